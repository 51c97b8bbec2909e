/* Ascending places of words, and what is asked of them. */

#ifndef TELUSUR_PLACES_H
#define TELUSUR_PLACES_H

#include "kernels.h"

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

/* Return where the first number that is not below *least* is, from *at on: few steps if it is near. */
Py_ssize_t reached(const Numbers *numbers, Py_ssize_t at, int64_t least);

/* Return *count* numbers as the bytes of an array whose elements have *size* bytes. */
PyObject *as_bytes(const int64_t *items, Py_ssize_t count, int size);

/* Places that are added one after the other, those of one form of a word after those of another. */
typedef struct {
    int64_t *items; /* to be freed */
    Py_ssize_t count, room, moves;
    int is_mixed; /* whether putting them in order one by one took too long */
} Places;

/* Add a place; 0 and an error if there is no memory. */
int add_place(Places *all, int64_t place);

/* Have all places ascend, where adding them did not. */
void put_in_order(Places *all);

/* The occurrences of a form as Python has them: `compiled._form_slots`. */
typedef struct {
    Py_buffer slots, counts, skips;
    FormSlots form;
} RawForm;

/* Take in what Python has; 0 and an error if that cannot be. What was taken in is to be released. */
int read_form(PyObject *tuple, RawForm *raw);
void release_form(RawForm *raw);

#endif
