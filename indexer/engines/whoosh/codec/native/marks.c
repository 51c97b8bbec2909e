/* Which articles hold words. */

#include "kernels.h"

#include <stdlib.h>

const char mark_doc[] = PyDoc_STR(
"mark(record, articles, marks)\n\n"
"Set the *marks*, a byte for each article, of those that hold the word: `FrequentWord.mark`.");

PyObject *mark(PyObject *module, PyObject *args)
{
    Py_buffer marks;
    RawRecord raw;
    unsigned int articles;
    PyObject *tuple, *result = NULL;
    if (!PyArg_ParseTuple(args, "O!Iw*", &PyTuple_Type, &tuple, &articles, &marks))
        return NULL;
    if (!read_record(tuple, articles, &raw)) {
        PyBuffer_Release(&marks);
        return NULL;
    }
    const Record *record = &raw.record;
    if ((size_t)marks.len < articles) {
        PyErr_SetString(PyExc_ValueError, "there must be a mark for each article");
        goto done;
    }
    uint8_t *mark = marks.buf;
    if (record->width < 0) { /* the symbol of what does not occur is 0, as its count is */
        for (uint32_t slot = 0; slot < articles; slot++)
            mark[slot] |= record->counts[slot] > 0;
    } else {
        int32_t *documents = documents_of(record);
        if (!documents)
            goto done;
        for (uint32_t place = 0; place < record->holding; place++)
            mark[documents[place]] = 1;
        free(documents);
    }
    result = Py_NewRef(Py_None);
done:
    release_record(&raw);
    PyBuffer_Release(&marks);
    return result;
}

/* Some terms: where the record of each begins and ends in the bytes of all, and how many documents hold it. */
typedef struct {
    Py_buffer content, starts, stops, holding, codes, mixed, ends, marks;
    Py_ssize_t count;
    unsigned int articles;
} Terms;

enum { CODES = 256 };
static const uint32_t CODED = 1u << 31;

/* Mark the articles whose form of a term is wanted: *wanted says so of each form, *mixed has the other slots. */
static int mark_wanted(const Record *record, const uint8_t *wanted, const int64_t *mixed, Py_ssize_t count,
                       uint8_t *marks)
{
    int32_t *documents = NULL;
    uint8_t of_byte[256];
    Py_ssize_t next = 0;
    if (record->width >= 0 && !(documents = documents_of(record)))
        return 0;
    for (int byte = 0; byte < 256; byte++)
        of_byte[byte] = wanted[record->further ? form_of[byte] : 0];
    if (record->width < 0)
        of_byte[0] = 0; /* where a dense term does not occur */
    for (uint32_t slot = 0; slot < record->slots; slot++) {
        uint8_t byte = record->counts[slot], is_wanted = of_byte[byte];
        if (record->further && byte == FURTHER)
            is_wanted = wanted[record->further[record->more + next++]];
        marks[documents ? documents[slot] : (int32_t)slot] |= is_wanted;
    }
    for (Py_ssize_t place = 0; place < count; place++)
        if (mixed[place] >= 0 && mixed[place] < record->slots)
            marks[documents ? documents[mixed[place]] : mixed[place]] = 1;
    free(documents);
    return 1;
}

static int mark_each(const Terms *terms)
{
    const int64_t *starts = terms->starts.buf, *stops = terms->stops.buf, *ends = terms->ends.buf;
    const uint8_t *codes = terms->codes.buf;
    int64_t done = 0, mixed = terms->mixed.len / (Py_ssize_t)sizeof(int64_t);
    for (Py_ssize_t term = 0; term < terms->count; term++) {
        uint32_t holding = ((const uint32_t *)terms->holding.buf)[term];
        if (starts[term] < 0 || stops[term] < starts[term] || stops[term] > terms->content.len || ends[term] < done
            || ends[term] > mixed) {
            PyErr_SetString(PyExc_ValueError, "a term lies outside of the arrays");
            return 0;
        }
        Py_buffer bytes = {.buf = (char *)terms->content.buf + starts[term], .len = stops[term] - starts[term]};
        Record record;
        if (!split(&record, &bytes, holding & ~CODED, terms->articles, (holding & CODED) != 0)
            || !mark_wanted(&record, codes + CODES * term, (const int64_t *)terms->mixed.buf + done,
                            ends[term] - done, terms->marks.buf))
            return 0;
        done = ends[term];
    }
    return 1;
}

const char mark_forms_doc[] = PyDoc_STR(
"mark_forms(records, starts, stops, holding, articles, codes, mixed, ends, marks)\n\n"
"Set the *marks*, a byte for each article, of those that hold a form that is wanted of any of some terms. The record\n"
"of each lies from one of *starts* to before that of *stops* (int64); *holding* has as many as the index has (uint32);\n"
"*codes* are 256 bytes a term, 1 for the forms that are wanted; *mixed* (int64) has the other slots of all terms, those\n"
"of each up to that of *ends*: `unions.documents_of_forms`.");

PyObject *mark_forms(PyObject *module, PyObject *args)
{
    Terms terms;
    PyObject *result = NULL;
    if (!PyArg_ParseTuple(args, "y*y*y*y*Iy*y*y*w*", &terms.content, &terms.starts, &terms.stops, &terms.holding,
                          &terms.articles, &terms.codes, &terms.mixed, &terms.ends, &terms.marks))
        return NULL;
    terms.count = terms.starts.len / (Py_ssize_t)sizeof(int64_t);
    size_t count = (size_t)terms.count;
    if ((size_t)terms.stops.len < count * sizeof(int64_t) || (size_t)terms.ends.len < count * sizeof(int64_t)
        || (size_t)terms.holding.len < count * sizeof(uint32_t) || (size_t)terms.codes.len < count * CODES
        || (size_t)terms.marks.len < terms.articles)
        PyErr_SetString(PyExc_ValueError, "an array is too short for the terms");
    else if (mark_each(&terms))
        result = Py_NewRef(Py_None);
    Py_buffer *all[] = {&terms.content, &terms.starts, &terms.stops, &terms.holding,
                        &terms.codes, &terms.mixed, &terms.ends, &terms.marks};
    for (size_t place = 0; place < sizeof all / sizeof *all; place++)
        PyBuffer_Release(all[place]);
    return result;
}
