/* Where words stand in a whole segment. */

#include "places.h"

#include <stdlib.h>

enum { MOST_MOVES = 8 }; /* steps for each place that it may take to put places in order, one by one */

Py_ssize_t reached(const Numbers *numbers, Py_ssize_t at, int64_t least)
{
    Py_ssize_t step = 1, end = at;
    while (end < numbers->count && number(numbers, end) < least) {
        at = end + 1;
        end += step;
        step *= 2;
    }
    if (end > numbers->count)
        end = numbers->count;
    while (at < end) {
        Py_ssize_t middle = at + (end - at) / 2;
        if (number(numbers, middle) < least)
            at = middle + 1;
        else
            end = middle;
    }
    return at;
}

PyObject *as_bytes(const int64_t *items, Py_ssize_t count, int size)
{
    PyObject *bytes = PyBytes_FromStringAndSize(NULL, count * size);
    if (!bytes)
        return NULL;
    void *into = PyBytes_AS_STRING(bytes);
    for (Py_ssize_t at = 0; at < count; at++) {
        if (size == 4)
            ((int32_t *)into)[at] = (int32_t)items[at];
        else
            ((int64_t *)into)[at] = items[at];
    }
    return bytes;
}

/* Put the last place where it belongs among those of its document, in which one form comes after another. */
static void sink(Places *all)
{
    Py_ssize_t at = all->count - 1;
    int64_t last = all->items[at];
    for (; at && all->items[at - 1] > last && !all->is_mixed; at--) {
        all->items[at] = all->items[at - 1];
        all->is_mixed = ++all->moves > MOST_MOVES * all->count;
    }
    all->items[at] = last;
}

int add_place(Places *all, int64_t place)
{
    if (all->count == all->room) {
        Py_ssize_t room = all->room ? 2 * all->room : 256;
        int64_t *items = realloc(all->items, (size_t)room * sizeof *items);
        if (!items) {
            PyErr_NoMemory();
            return 0;
        }
        all->items = items;
        all->room = room;
    }
    all->items[all->count++] = place;
    sink(all);
    return 1;
}

static int ascending(const void *one, const void *other)
{
    int64_t first = *(const int64_t *)one, second = *(const int64_t *)other;
    return (first > second) - (first < second);
}

void put_in_order(Places *all)
{
    if (all->is_mixed)
        qsort(all->items, (size_t)all->count, sizeof *all->items, ascending);
}

int read_form(PyObject *tuple, RawForm *raw)
{
    FormSlots *form = &raw->form;
    if (!PyTuple_Check(tuple)) {
        PyErr_SetString(PyExc_TypeError, "the slots of a form are a tuple");
        return 0;
    }
    if (!PyArg_ParseTuple(tuple, "iy*y*y*", &form->code, &raw->slots, &raw->counts, &raw->skips))
        return 0;
    form->slots = raw->slots.buf;
    form->counts = raw->counts.buf;
    form->skips = raw->skips.buf;
    form->mixed = raw->slots.len / (Py_ssize_t)sizeof(uint32_t);
    Py_ssize_t least = form->mixed * (Py_ssize_t)sizeof(int64_t);
    if (raw->counts.len >= least && raw->skips.len >= least)
        return 1;
    release_form(raw);
    PyErr_SetString(PyExc_ValueError, "each mixed slot must have a count and a skip");
    return 0;
}

void release_form(RawForm *raw)
{
    PyBuffer_Release(&raw->slots);
    PyBuffer_Release(&raw->counts);
    PyBuffer_Release(&raw->skips);
}

const char places_doc[] = PyDoc_STR(
"places(record, articles, wide, gap, documents, starts, size, form) -> bytes\n\n"
"Return where a word stands in *documents* (int32, ascending), or in all that hold it if that is None: ascending\n"
"numbers of *size* bytes, as *starts* has, which says where each document begins. *form* is a tuple: only where the\n"
"word has this exact form, if it is not -1: in the slots of that code, and in mixed slots (uint32), so many (int64)\n"
"after so many others (int64): `PlaceMap.places`, `places_within`.");

/* The places of a word, and of the documents in which they are. */
typedef struct {
    Places places;
    Numbers starts;
    const int32_t *documents; /* NULL if each place is that of the document */
} Placed;

static int take_place(void *into, Py_ssize_t place, int64_t position)
{
    Placed *all = into;
    return add_place(&all->places, number(&all->starts, all->documents ? all->documents[place] : place) + position);
}

/* What the function is asked. */
typedef struct {
    RawRecord raw;
    RawForm form;
    Py_buffer documents, starts;
    int wide, size;
    long long gap;
} AskedPlaces;

static PyObject *places_of(const AskedPlaces *asked)
{
    const Record *record = &asked->raw.record;
    const int32_t *wanted = asked->documents.buf;
    Py_ssize_t count = wanted ? asked->documents.len / (Py_ssize_t)sizeof(int32_t) : record->articles;
    Placed all = {.starts = {asked->starts.buf, record->articles, asked->size}, .documents = wanted};
    int32_t *own = NULL;
    PyObject *result = NULL;
    if ((asked->size != 4 && asked->size != 8)
        || (size_t)asked->starts.len < (size_t)record->articles * (size_t)asked->size) {
        PyErr_SetString(PyExc_ValueError, "each article must have a start of 4 or 8 bytes");
        return NULL;
    }
    if (wanted && !are_within(wanted, count, record->articles))
        return NULL;
    if (!wanted && record->width >= 0 && !(own = documents_of(record)))
        return NULL;
    if (own)
        all.documents = own;
    if (each_occurrence(record, &asked->form.form, wanted, count, asked->wide, asked->gap, take_place, &all)) {
        put_in_order(&all.places);
        result = as_bytes(all.places.items, all.places.count, asked->size);
    }
    free(own);
    free(all.places.items);
    return result;
}

PyObject *places(PyObject *module, PyObject *args)
{
    AskedPlaces asked;
    unsigned int articles;
    PyObject *record, *form, *result = NULL;
    if (!PyArg_ParseTuple(args, "O!IpLz*y*iO", &PyTuple_Type, &record, &articles, &asked.wide, &asked.gap,
                          &asked.documents, &asked.starts, &asked.size, &form))
        return NULL;
    if (read_form(form, &asked.form)) {
        if (read_record(record, articles, &asked.raw)) {
            result = places_of(&asked);
            release_record(&asked.raw);
        }
        release_form(&asked.form);
    }
    if (asked.documents.obj)
        PyBuffer_Release(&asked.documents);
    PyBuffer_Release(&asked.starts);
    return result;
}
