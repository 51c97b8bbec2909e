/*
 * What a query does to the postings of terms, in one pass over the bytes of their records, and to known words.
 *
 * numpy takes a pass and an array for each step of it. Where this was not compiled, that is what is done: each function
 * here has its counterpart there, named beside it, and gives the same numbers. See `codec/records.py` for what a record
 * is. Arrays come in as buffers of known types; whatever a record says, nothing outside of them is read or written.
 */

#ifndef TELUSUR_KERNELS_H
#define TELUSUR_KERNELS_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdint.h>

enum { SHORT = 64, FINE = 64, DENSE = 4, TITLE_BITS = 6, MOST_BODY = 63, FURTHER = 255, ESCAPED = 255 };
enum { ANY_FORM = -1, NO_FORM = -2 };

extern uint8_t count_of[256], form_of[256]; /* of a symbol, from `symbols` */

/* A record, taken apart: `postings.RecordShape.split`. What no byte can say of some slots stands beside it. */
typedef struct {
    uint32_t holding, articles, slots;
    int width;                     /* bytes of a document: 1 and 2 with chunks, 0 if short, -1 if dense */
    const uint8_t *documents;      /* what stands before the counts */
    const uint8_t *counts;         /* one byte a slot: a count, or a symbol if coded */
    const uint8_t *further;        /* counts, then forms, of slots without a symbol; NULL if not coded */
    Py_ssize_t more;               /* how many these are */
    const uint8_t *positions, *end;
    const uint32_t *escaped_slots, *escaped_title, *escaped_body;
    Py_ssize_t escaped;            /* how many slots these are */
} Record;

/* Take a record apart; 0 and an error if it is too short. No slot of it is escaped. */
int split(Record *record, const Py_buffer *bytes, unsigned int holding, unsigned int articles, int coded);

/* A record as Python has it: `reading.RawRecord`. */
typedef struct {
    Py_buffer bytes, slots, title, body;
    Record record;
} RawRecord;

/* Take apart what Python has; 0 and an error if that cannot be. What was taken in is to be released. */
int read_record(PyObject *tuple, unsigned int articles, RawRecord *raw);
void release_record(RawRecord *raw);

/* The documents of a record, to be freed: `doclists.short_documents`, `chunked_documents`. NULL for an error. */
int32_t *documents_of(const Record *record);

/* Whether documents are ascending numbers of articles; 0 and an error if not. */
int are_within(const int32_t *documents, Py_ssize_t count, uint32_t articles);

/* The count of a slot and its form; *next counts the slots without a symbol before it. */
static inline uint8_t count_at(const Record *record, Py_ssize_t slot, Py_ssize_t next, uint8_t *form)
{
    uint8_t byte = record->counts[slot];
    *form = 0;
    if (!record->further)
        return byte;
    if (byte == FURTHER) {
        *form = record->further[record->more + next];
        return record->further[next];
    }
    *form = form_of[byte];
    return count_of[byte];
}

/* Walks over the slots of some ascending documents. */
typedef struct {
    const Record *record;
    const int32_t *documents; /* of the record; NULL if dense */
    Py_ssize_t slot, next, counted;
} Walk;

/* Go on to the slot of a document; return whether there is one in which the term occurs. */
int step(Walk *walk, int32_t document, uint8_t *count, uint8_t *form);

/* What is done with each occurrence: by the place of its document among those that are asked for. */
typedef int (*Take)(void *into, Py_ssize_t place, int64_t position);

/* The occurrences of an exact form: those of the slots of its code, and *counts after *skips of its mixed *slots. */
typedef struct {
    int code;
    const uint32_t *slots;
    const int64_t *counts, *skips;
    Py_ssize_t mixed;
} FormSlots;

/*
 * Take the occurrences of a word, or of a form of it if one is given, in some documents, or in all:
 * `PlaceMap.places_within`, `PositionFormat.picked`.
 */
int each_occurrence(const Record *record, const FormSlots *form, const int32_t *documents, Py_ssize_t count, int wide,
                    int64_t gap, Take take, void *into);

/* What Python calls. */
PyObject *scored(PyObject *module, PyObject *args), *scores_at(PyObject *module, PyObject *args);
PyObject *mark(PyObject *module, PyObject *args), *places(PyObject *module, PyObject *args);
PyObject *mark_forms(PyObject *module, PyObject *args), *following(PyObject *module, PyObject *args);
PyObject *standing(PyObject *module, PyObject *args), *place(PyObject *module, PyObject *args);
PyObject *phrase(PyObject *module, PyObject *args), *similar(PyObject *module, PyObject *args);
extern const char scored_doc[], scores_at_doc[], mark_doc[], mark_forms_doc[], places_doc[], standing_doc[],
    place_doc[], following_doc[], phrase_doc[], similar_doc[];

#endif
