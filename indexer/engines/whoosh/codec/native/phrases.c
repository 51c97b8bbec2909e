/* Where words follow each other. */

#include "places.h"

#include <stdlib.h>

const char following_doc[] = PyDoc_STR(
"following(places, word, offset, size) -> bytes\n\n"
"Return those of *places* that have one of *word* *offset* places on; all are ascending numbers of *size* bytes:\n"
"`phrases._common`.");

/* Keep those of so many ascending places that have one *offset* places on among others; return how many these are. */
static Py_ssize_t met(int64_t *places, Py_ssize_t count, const Numbers *others, int64_t offset)
{
    Py_ssize_t kept = 0;
    for (Py_ssize_t at = 0, on = 0; at < count && on < others->count; at++) {
        on = reached(others, on, places[at] + offset);
        if (on < others->count && number(others, on) == places[at] + offset)
            places[kept++] = places[at];
    }
    return kept;
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
    for (Py_ssize_t at = 0; at < all.count; at++)
        found[at] = number(&all, at);
    result = as_bytes(found, met(found, all.count, &other, offset), size);
    free(found);
done:
    PyBuffer_Release(&places);
    PyBuffer_Release(&word);
    return result;
}

const char phrase_doc[] = PyDoc_STR(
"phrase(records, forms, articles, wide, gap) -> (bytes, bytes)\n\n"
"Return the documents (int32, ascending) in which words stand one right after the other, and how often (float32).\n"
"*records* has that of each word, *forms* which of its slots, as in `places`: `PlaceMap.row`.");

/* A word of a phrase, and where it stands in the documents that hold all words: place of that and position. */
typedef struct {
    RawRecord raw;
    RawForm form;
    Places places;
} PhraseWord;

/* The words of a phrase, and the documents that hold all of them. */
typedef struct {
    PhraseWord *words;
    Py_ssize_t count, held;
    int32_t *documents;
} Row;

static const int64_t REACH = (int64_t)1 << 32; /* of the positions of a document */

static int take_in_document(void *into, Py_ssize_t place, int64_t position)
{
    return add_place(into, place * REACH + position);
}

/* Leave those of the documents that are among others, which ascend too. */
static void leave_common(Row *row, const int32_t *others, Py_ssize_t count)
{
    Numbers held = {others, count, sizeof *others};
    Py_ssize_t kept = 0;
    for (Py_ssize_t at = 0, on = 0; at < row->held && on < count; at++) {
        on = reached(&held, on, row->documents[at]);
        if (on < count && others[on] == row->documents[at])
            row->documents[kept++] = row->documents[at];
    }
    row->held = kept;
}

/* Return which word the fewest documents hold; -1 if most documents hold each of them. */
static Py_ssize_t rarest_of(const Row *row)
{
    Py_ssize_t rarest = -1;
    for (Py_ssize_t word = 0; word < row->count; word++) {
        const Record *record = &row->words[word].raw.record;
        if (record->width >= 0 && (rarest < 0 || record->holding < row->words[rarest].raw.record.holding))
            rarest = word;
    }
    return rarest;
}

/* Find the documents that hold all words but for those that most hold, which are looked for in these. */
static int find_documents(Row *row, unsigned int articles)
{
    Py_ssize_t rarest = rarest_of(row);
    if (rarest < 0) {
        row->documents = malloc((size_t)articles * sizeof *row->documents + 1);
        for (; row->documents && row->held < articles; row->held++)
            row->documents[row->held] = (int32_t)row->held;
        return row->documents || PyErr_NoMemory();
    }
    row->documents = documents_of(&row->words[rarest].raw.record);
    row->held = row->words[rarest].raw.record.holding;
    for (Py_ssize_t word = 0; word < row->count && row->documents; word++) {
        const Record *record = &row->words[word].raw.record;
        if (word == rarest || record->width < 0)
            continue;
        int32_t *own = documents_of(record);
        if (!own)
            return 0;
        leave_common(row, own, record->holding);
        free(own);
    }
    return row->documents && are_within(row->documents, row->held, articles);
}

/* Find where each word stands in these documents. */
static int find_places(Row *row, int wide, int64_t gap)
{
    for (Py_ssize_t number = 0; number < row->count; number++) {
        PhraseWord *word = &row->words[number];
        if (!each_occurrence(&word->raw.record, &word->form.form, row->documents, row->held, wide, gap,
                             take_in_document, &word->places))
            return 0;
        put_in_order(&word->places);
    }
    return 1;
}

/* Leave the places of the rarest word where all of them stand in a row, as those of the first; return how many. */
static Py_ssize_t meet(const Row *row, int64_t **found)
{
    Py_ssize_t rarest = 0;
    for (Py_ssize_t word = 1; word < row->count; word++)
        if (row->words[word].places.count < row->words[rarest].places.count)
            rarest = word;
    Py_ssize_t count = row->words[rarest].places.count;
    *found = row->words[rarest].places.items;
    for (Py_ssize_t at = 0; at < count; at++)
        (*found)[at] -= rarest;
    for (Py_ssize_t word = 0; word < row->count; word++) {
        const Places *own = &row->words[word].places;
        if (word != rarest)
            count = met(*found, count, &(Numbers){own->items, own->count, sizeof *own->items}, word);
    }
    return count;
}

/* Return the documents of so many places, and how many of these each has. */
static PyObject *counted(const Row *row, const int64_t *places, Py_ssize_t count)
{
    Py_ssize_t different = 0;
    for (Py_ssize_t at = 0; at < count; at++)
        different += !at || places[at] / REACH != places[at - 1] / REACH;
    PyObject *documents = PyBytes_FromStringAndSize(NULL, different * (Py_ssize_t)sizeof(int32_t));
    PyObject *counts = PyBytes_FromStringAndSize(NULL, different * (Py_ssize_t)sizeof(float));
    if (!documents || !counts) {
        Py_XDECREF(documents);
        Py_XDECREF(counts);
        return NULL;
    }
    int32_t *document = (int32_t *)PyBytes_AS_STRING(documents) - 1;
    float *times = (float *)PyBytes_AS_STRING(counts) - 1;
    for (Py_ssize_t at = 0; at < count; at++) {
        if (!at || places[at] / REACH != places[at - 1] / REACH) {
            *++document = row->documents[places[at] / REACH];
            *++times = 0;
        }
        ++*times;
    }
    return Py_BuildValue("(NN)", documents, counts);
}

/* Take in the words of a row; its count says how many were. */
static int take_words(Row *row, PyObject *records, PyObject *forms, unsigned int articles)
{
    Py_ssize_t words = PyTuple_GET_SIZE(records);
    if (!words || words != PyTuple_GET_SIZE(forms)) {
        PyErr_SetString(PyExc_ValueError, "a phrase has words, and each of them the slots of a form");
        return 0;
    }
    row->words = calloc((size_t)words, sizeof *row->words);
    if (!row->words) {
        PyErr_NoMemory();
        return 0;
    }
    for (; row->count < words; row->count++) {
        PhraseWord *word = &row->words[row->count];
        PyObject *record = PyTuple_GET_ITEM(records, row->count);
        if (!PyTuple_Check(record)) {
            PyErr_SetString(PyExc_TypeError, "a record is a tuple");
            return 0;
        }
        if (!read_form(PyTuple_GET_ITEM(forms, row->count), &word->form))
            return 0;
        if (!read_record(record, articles, &word->raw)) {
            release_form(&word->form);
            return 0;
        }
    }
    return 1;
}

PyObject *phrase(PyObject *module, PyObject *args)
{
    PyObject *records, *forms, *result = NULL;
    unsigned int articles;
    int wide;
    long long gap;
    Row row = {0};
    if (!PyArg_ParseTuple(args, "O!O!IpL", &PyTuple_Type, &records, &PyTuple_Type, &forms, &articles, &wide, &gap))
        return NULL;
    if (take_words(&row, records, forms, articles) && find_documents(&row, articles) && find_places(&row, wide, gap)) {
        int64_t *found;
        Py_ssize_t count = meet(&row, &found);
        result = counted(&row, found, count);
    }
    for (Py_ssize_t word = 0; word < row.count; word++) {
        release_record(&row.words[word].raw);
        release_form(&row.words[word].form);
        free(row.words[word].places.items);
    }
    free(row.words);
    free(row.documents);
    return result;
}
