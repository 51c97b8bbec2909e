/* Where words stand in a whole segment, and where they follow each other. */

#include "kernels.h"

#include <stdlib.h>

enum { MOST_MOVES = 8 }; /* steps for each place that it may take to put places in order, one by one */

/* Ascending numbers of 4 or 8 bytes. */
typedef struct {
    const void *items;
    Py_ssize_t count;
    int size;
} Numbers;

static inline int64_t number(const Numbers *numbers, Py_ssize_t at)
{
    return numbers->size == 4 ? ((const int32_t *)numbers->items)[at] : ((const int64_t *)numbers->items)[at];
}

/* Return *count* numbers as the bytes of an array whose elements have *size* bytes. */
static PyObject *as_bytes(const int64_t *items, Py_ssize_t count, int size)
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

/* Places in the whole segment. */
typedef struct {
    int64_t *items;
    Py_ssize_t count, room, moves;
    int is_mixed; /* whether putting them in order one by one took too long */
    Numbers starts;
    const int32_t *documents; /* NULL if each place is that of the document */
} Places;

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

static int ascending(const void *one, const void *other)
{
    int64_t first = *(const int64_t *)one, second = *(const int64_t *)other;
    return (first > second) - (first < second);
}

static int take_place(void *into, Py_ssize_t place, int64_t position)
{
    Places *all = into;
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
    all->items[all->count++] = number(&all->starts, all->documents ? all->documents[place] : place) + position;
    sink(all);
    return 1;
}

const char places_doc[] = PyDoc_STR(
"places(record, articles, wide, gap, documents, starts, size, form, slots, counts, skips) -> bytes\n\n"
"Return where a word stands in *documents* (int32, ascending), or in all that hold it if that is None: ascending\n"
"numbers of *size* bytes, as *starts* has, which says where each document begins. Only where it has the exact *form*,\n"
"if that is not -1: in the slots of that code, and in mixed *slots* (uint32), *counts* of them after *skips* (int64)\n"
"others: `PlaceMap.places`, `places_within`.");

/* What the function is asked. */
typedef struct {
    RawRecord raw;
    Py_buffer documents, starts, slots, counts, skips;
    FormSlots form;
    int wide, size;
    long long gap;
} AskedPlaces;

/* Say what is wrong with the arguments; NULL if nothing is. */
static const char *fault_of(const AskedPlaces *asked)
{
    if ((asked->size != 4 && asked->size != 8)
        || (size_t)asked->starts.len < (size_t)asked->raw.record.articles * (size_t)asked->size)
        return "each article must have a start of 4 or 8 bytes";
    if ((size_t)asked->counts.len < (size_t)asked->form.mixed * sizeof(int64_t)
        || (size_t)asked->skips.len < (size_t)asked->form.mixed * sizeof(int64_t))
        return "each mixed slot must have a count and a skip";
    return NULL;
}

static PyObject *places_of(const AskedPlaces *asked)
{
    const Record *record = &asked->raw.record;
    const int32_t *wanted = asked->documents.buf;
    Py_ssize_t count = wanted ? asked->documents.len / (Py_ssize_t)sizeof(int32_t) : record->articles;
    Places all = {.starts = {asked->starts.buf, record->articles, asked->size}, .documents = wanted};
    int32_t *own = NULL;
    PyObject *result = NULL;
    if (wanted && !are_within(wanted, count, record->articles))
        return NULL;
    if (!wanted && record->width >= 0 && !(own = documents_of(record)))
        return NULL;
    if (own)
        all.documents = own;
    if (each_occurrence(record, &asked->form, wanted, count, asked->wide, asked->gap, take_place, &all)) {
        if (all.is_mixed)
            qsort(all.items, (size_t)all.count, sizeof *all.items, ascending);
        result = as_bytes(all.items, all.count, asked->size);
    }
    free(own);
    free(all.items);
    return result;
}

PyObject *places(PyObject *module, PyObject *args)
{
    AskedPlaces asked;
    unsigned int articles;
    PyObject *record, *result = NULL;
    if (!PyArg_ParseTuple(args, "O!IpLz*y*iiy*y*y*", &PyTuple_Type, &record, &articles, &asked.wide, &asked.gap,
                          &asked.documents, &asked.starts, &asked.size, &asked.form.code, &asked.slots,
                          &asked.counts, &asked.skips))
        return NULL;
    asked.form.slots = asked.slots.buf;
    asked.form.counts = asked.counts.buf;
    asked.form.skips = asked.skips.buf;
    asked.form.mixed = asked.slots.len / (Py_ssize_t)sizeof(uint32_t);
    if (read_record(record, articles, &asked.raw)) {
        const char *fault = fault_of(&asked);
        if (fault)
            PyErr_SetString(PyExc_ValueError, fault);
        else
            result = places_of(&asked);
        release_record(&asked.raw);
    }
    if (asked.documents.obj)
        PyBuffer_Release(&asked.documents);
    PyBuffer_Release(&asked.starts);
    PyBuffer_Release(&asked.slots);
    PyBuffer_Release(&asked.counts);
    PyBuffer_Release(&asked.skips);
    return result;
}

const char following_doc[] = PyDoc_STR(
"following(places, word, offset, size) -> bytes\n\n"
"Return those of *places* that have one of *word* *offset* places on; all are ascending numbers of *size* bytes:\n"
"`phrases._common`.");

/* Return where the first number that is not below *least* is, from *at on: few steps if it is near. */
static Py_ssize_t reached(const Numbers *numbers, Py_ssize_t at, int64_t least)
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

PyObject *following(PyObject *module, PyObject *args)
{
    Py_buffer places, word;
    long long offset;
    int size;
    PyObject *result = NULL;
    if (!PyArg_ParseTuple(args, "y*y*Li", &places, &word, &offset, &size))
        return NULL;
    if (size != 4 && size != 8) {
        PyErr_SetString(PyExc_ValueError, "places have 4 or 8 bytes");
        goto done;
    }
    Numbers all = {places.buf, places.len / size, size}, other = {word.buf, word.len / size, size};
    int64_t *found = malloc(((size_t)all.count + 1) * sizeof *found);
    if (!found) {
        PyErr_NoMemory();
        goto done;
    }
    Py_ssize_t count = 0;
    for (Py_ssize_t at = 0, on = 0; at < all.count && on < other.count; at++) {
        int64_t wanted = number(&all, at) + offset;
        on = reached(&other, on, wanted);
        if (on < other.count && number(&other, on) == wanted)
            found[count++] = wanted - offset;
    }
    result = as_bytes(found, count, size);
    free(found);
done:
    PyBuffer_Release(&places);
    PyBuffer_Release(&word);
    return result;
}
