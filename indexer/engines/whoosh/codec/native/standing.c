/* How words stand in an article: near each other, in the order of the query, early in the body. */

#include "kernels.h"

#include <stdlib.h>
#include <string.h>

/* An occurrence of a word in one of the documents that are looked at. */
typedef struct {
    int32_t owner, word;
    int64_t position;
} Occurrence;

typedef struct {
    Occurrence *items;
    size_t count, room;
    int32_t word; /* that is being read */
} Occurrences;

static int take_occurrence(void *into, Py_ssize_t place, int64_t position)
{
    Occurrences *all = into;
    if (all->count == all->room) {
        size_t room = all->room ? 2 * all->room : 512;
        Occurrence *items = realloc(all->items, room * sizeof *items);
        if (!items) {
            PyErr_NoMemory();
            return 0;
        }
        all->items = items;
        all->room = room;
    }
    all->items[all->count++] = (Occurrence){(int32_t)place, all->word, position};
    return 1;
}

static int by_place(const void *one, const void *other)
{
    const Occurrence *a = one, *b = other;
    if (a->owner != b->owner)
        return a->owner < b->owner ? -1 : 1;
    if (a->position != b->position)
        return a->position < b->position ? -1 : 1;
    return a->word < b->word ? -1 : a->word > b->word;
}

enum { MOST_WORDS = 256 };

/* How the words stand in one document: `nearness._near`, `_ordered`, `_early`. */
static void stand(const Occurrence *items, size_t count, const double *rarity, int words, int64_t window, int64_t next,
                  float early_at, int64_t gap, float *near, float *ordered, float *early)
{
    int64_t last[MOST_WORDS];
    float first[MOST_WORDS];
    char follows[MOST_WORDS] = {0};
    double best = 0, most = 0, sum = 0;
    for (int word = 0; word < words; word++) {
        last[word] = -window;
        first[word] = -1;
    }
    for (size_t place = 0; place < count; place++) {
        int word = items[place].word;
        int64_t position = items[place].position;
        double told = 0;
        last[word] = position;
        for (int other = 0; other < words; other++)
            if (position - last[other] < window)
                told += rarity[other];
        if (told > best)
            best = told;
        if (rarity[word] > most)
            most = rarity[word];
        if (place && word - items[place - 1].word == 1 && position - items[place - 1].position <= next)
            follows[word - 1] = 1;
        if (first[word] < 0 && position >= gap)
            first[word] = (float)(position - gap);
    }
    *near = (float)(best - most);
    for (int word = 0; word + 1 < words; word++)
        if (follows[word])
            sum += rarity[word] > rarity[word + 1] ? rarity[word] : rarity[word + 1];
    *ordered = (float)sum;
    sum = 0;
    for (int word = 0; word < words; word++)
        if (first[word] >= 0)
            sum += (double)(early_at / (early_at + first[word])) * rarity[word];
    *early = (float)sum;
}

const char standing_doc[] = PyDoc_STR(
"standing(records, articles, wide, gap, documents, rarity, window, next, early_at, near, ordered, early)\n\n"
"Put into *near*, *ordered* and *early* (float32) how words stand in each of *documents* (int32, ascending): see\n"
"`nearness.standing`. *records* has that of each word, None if the segment lacks it.");

PyObject *standing(PyObject *module, PyObject *args)
{
    PyObject *records, *result = NULL;
    Py_buffer documents, rarity, near, ordered, early;
    unsigned int articles;
    int wide;
    long long gap, window, next;
    float early_at;
    Occurrences all = {0};
    if (!PyArg_ParseTuple(args, "O!IpLy*y*LLfw*w*w*", &PyTuple_Type, &records, &articles, &wide, &gap, &documents,
                          &rarity, &window, &next, &early_at, &near, &ordered, &early))
        return NULL;
    Py_ssize_t count = documents.len / (Py_ssize_t)sizeof(int32_t), words = PyTuple_GET_SIZE(records);
    if (!are_within(documents.buf, count, articles))
        goto done;
    if (words > MOST_WORDS || rarity.len < words * (Py_ssize_t)sizeof(double) || near.len < documents.len
        || ordered.len < documents.len || early.len < documents.len) {
        PyErr_SetString(PyExc_ValueError, "too many words, or an array that is too short");
        goto done;
    }
    for (Py_ssize_t word = 0; word < words; word++) {
        RawRecord raw;
        if (PyTuple_GET_ITEM(records, word) == Py_None)
            continue;
        if (!PyTuple_Check(PyTuple_GET_ITEM(records, word))) {
            PyErr_SetString(PyExc_TypeError, "a record is a tuple");
            goto done;
        }
        if (!read_record(PyTuple_GET_ITEM(records, word), articles, &raw))
            goto done;
        all.word = (int32_t)word;
        int is_good = each_occurrence(&raw.record, NULL, documents.buf, count, wide, gap, take_occurrence, &all);
        release_record(&raw);
        if (!is_good)
            goto done;
    }
    if (all.count)
        qsort(all.items, all.count, sizeof *all.items, by_place);
    memset(near.buf, 0, (size_t)documents.len);
    memset(ordered.buf, 0, (size_t)documents.len);
    memset(early.buf, 0, (size_t)documents.len);
    for (size_t start = 0, stop; start < all.count; start = stop) {
        int32_t owner = all.items[start].owner;
        for (stop = start; stop < all.count && all.items[stop].owner == owner; stop++)
            ;
        stand(all.items + start, stop - start, rarity.buf, (int)words, window, next, early_at, gap,
              (float *)near.buf + owner, (float *)ordered.buf + owner, (float *)early.buf + owner);
    }
    result = Py_NewRef(Py_None);
done:
    free(all.items);
    PyBuffer_Release(&documents);
    PyBuffer_Release(&rarity);
    PyBuffer_Release(&near);
    PyBuffer_Release(&ordered);
    PyBuffer_Release(&early);
    return result;
}
