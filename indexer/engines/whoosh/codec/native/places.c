/* Where words stand: positions within articles, and places in the whole segment. */

#include "kernels.h"

#include <stdlib.h>

static inline uint8_t occurrences(uint8_t count)
{
    return (uint8_t)((count & MOST_BODY) + (count >> TITLE_BITS));
}

enum { STRETCH = 512 };

/* How many occurrences stand before each stretch of slots, and in all: `postings.Postings._starts`. */
typedef struct {
    const Record *record;
    uint8_t of_byte[256]; /* occurrences of a slot by its byte, 0 where that does not say them */
    int64_t *before;      /* of those that the bytes say */
    int64_t *further;     /* of slots whose bytes do not, before each of these */
    int64_t total;
} Sums;

static int64_t said(const uint8_t *of_byte, const uint8_t *bytes, Py_ssize_t count)
{
    uint32_t sums[4] = {0};
    Py_ssize_t slot = 0;
    for (; slot + 4 <= count; slot += 4)
        for (int lane = 0; lane < 4; lane++)
            sums[lane] += of_byte[bytes[slot + lane]];
    for (; slot < count; slot++)
        sums[0] += of_byte[bytes[slot]];
    return (int64_t)sums[0] + sums[1] + sums[2] + sums[3];
}

static int add_up(Sums *sums, const Record *record)
{
    Py_ssize_t slots = record->slots, stretches = slots / STRETCH + 1;
    sums->record = record;
    for (int byte = 0; byte < 256; byte++)
        sums->of_byte[byte] = occurrences(record->further ? count_of[byte] : (uint8_t)byte);
    if (record->further)
        sums->of_byte[FURTHER] = 0;
    sums->before = malloc((size_t)(stretches + record->more + 2) * sizeof *sums->before);
    if (!sums->before) {
        PyErr_NoMemory();
        return 0;
    }
    sums->further = sums->before + stretches + 1;
    int64_t total = 0;
    for (Py_ssize_t stretch = 0; stretch < stretches; stretch++) {
        Py_ssize_t start = stretch * STRETCH, count = slots - start < STRETCH ? slots - start : STRETCH;
        sums->before[stretch] = total;
        total += said(sums->of_byte, record->counts + start, count);
    }
    sums->further[0] = 0;
    for (Py_ssize_t place = 0; place < record->more; place++)
        sums->further[place + 1] = sums->further[place] + occurrences(record->further[place]);
    sums->total = total + sums->further[record->more];
    return 1;
}

/* How many occurrences stand before a slot; *next counts the slots before it whose bytes do not say theirs. */
static int64_t before(const Sums *sums, Py_ssize_t slot, Py_ssize_t next)
{
    Py_ssize_t stretch = slot / STRETCH, start = stretch * STRETCH;
    return sums->before[stretch] + said(sums->of_byte, sums->record->counts + start, slot - start)
        + sums->further[next];
}

static int popcount(uint8_t byte)
{
    int bits = 0;
    for (; byte; byte &= (uint8_t)(byte - 1))
        bits++;
    return bits;
}

/* What stands behind the counts of a record: see `positions`. *flags is NULL where all fit into a byte. */
typedef struct {
    const uint8_t *low, *flags, *high, *end;
    int width;             /* bytes of what is above the lowest one */
    int64_t place, before; /* how many bits of the flags are set before this byte of them */
} Positions;

static int find_positions(Positions *found, const Record *record, int64_t total, int wide)
{
    const uint8_t *low = record->positions;
    *found = (Positions){low, NULL, NULL, record->end, wide ? 4 : 1, 0, 0};
    if (total == record->end - low)
        return 1;
    if (total + ((total + 7) >> 3) <= record->end - low) {
        found->flags = low + total;
        found->high = found->flags + ((total + 7) >> 3);
        return 1;
    }
    PyErr_SetString(PyExc_ValueError, "the positions of a term are too short");
    return 0;
}

/* Read what is above the lowest byte of the position *at, which is not before the one asked for last. */
static int read_high(Positions *found, int64_t at, uint32_t *high)
{
    *high = 0;
    if (!found->flags || !(found->flags[at >> 3] & (128 >> (at & 7))))
        return 1;
    for (; found->place < at >> 3; found->place++)
        found->before += popcount(found->flags[found->place]);
    int64_t rank = found->before + popcount((uint8_t)(found->flags[at >> 3] >> (8 - (at & 7))));
    const uint8_t *bytes = found->high + rank * found->width;
    if (bytes + found->width > found->end) {
        PyErr_SetString(PyExc_ValueError, "the positions of a term are too short");
        return 0;
    }
    for (int byte = 0; byte < found->width && byte < 3; byte++)
        *high |= (uint32_t)bytes[byte] << 8 * byte;
    return 1;
}

int each_occurrence(const Record *record, const int32_t *documents, Py_ssize_t count, int wide, int64_t gap,
                           Take take, void *into)
{
    Sums sums = {0};
    Positions positions;
    int32_t *own = NULL;
    int is_good = add_up(&sums, record) && find_positions(&positions, record, sums.total, wide)
        && (record->width < 0 || (own = documents_of(record)));
    int is_whole = !documents; /* slot by slot, so that the positions follow each other */
    if (is_whole && own) {
        documents = own;
        count = record->holding;
    }
    Walk walk = {record, own, 0, 0, 0};
    int64_t at = 0;
    for (Py_ssize_t place = 0; place < count && is_good; place++) {
        uint8_t occurs, form;
        if (!step(&walk, documents ? documents[place] : (int32_t)place, &occurs, &form))
            continue;
        if (!is_whole)
            at = before(&sums, walk.slot, walk.next);
        for (int64_t stop = at + occurrences(occurs); at < stop && is_good; at++) {
            uint32_t high;
            is_good = at < sums.total && read_high(&positions, at, &high);
            if (!is_good)
                break;
            uint32_t position = positions.low[at] + (high << 8) + (uint32_t)gap;
            is_good = take(into, place, wide ? position : position & 0xffff);
        }
    }
    free(own);
    free(sums.before);
    if (!is_good && !PyErr_Occurred())
        PyErr_SetString(PyExc_ValueError, "the positions of a term are too short");
    return is_good;
}

/* Places in the whole segment, in 32 or 64 bits, as wide as the starts of the documents that they count from. */
typedef struct {
    char *items;
    size_t count, room, size;
    const char *starts;
    const int32_t *documents; /* NULL if each place is that of the document */
} Places;

static int take_place(void *into, Py_ssize_t place, int64_t position)
{
    Places *all = into;
    if (all->count == all->room) {
        size_t room = all->room ? 2 * all->room : 256;
        char *items = realloc(all->items, room * all->size);
        if (!items) {
            PyErr_NoMemory();
            return 0;
        }
        all->items = items;
        all->room = room;
    }
    int32_t document = all->documents ? all->documents[place] : (int32_t)place;
    if (all->size == 4)
        ((int32_t *)all->items)[all->count++] = ((const int32_t *)all->starts)[document] + (int32_t)position;
    else
        ((int64_t *)all->items)[all->count++] = ((const int64_t *)all->starts)[document] + position;
    return 1;
}

const char places_doc[] = PyDoc_STR(
"places(record, holding, articles, coded, wide, gap, documents, starts, size) -> bytes\n\n"
"Return where a word stands in *documents* (int32, ascending), or in all that hold it if that is None: numbers of\n"
"*size* bytes, as *starts* has, which says where each document begins: `PlaceMap.places`, `places_within`.");

PyObject *places(PyObject *module, PyObject *args)
{
    Py_buffer bytes, documents, starts;
    unsigned int holding, articles;
    int coded, wide, size;
    long long gap;
    Record record;
    PyObject *result = NULL;
    Places all = {0};
    int32_t *own = NULL;
    if (!PyArg_ParseTuple(args, "y*IIppLz*y*i", &bytes, &holding, &articles, &coded, &wide, &gap, &documents, &starts,
                          &size))
        return NULL;
    const int32_t *wanted = documents.buf;
    Py_ssize_t count = wanted ? documents.len / (Py_ssize_t)sizeof(int32_t) : 0;
    if (!split(&record, &bytes, holding, articles, coded) || (wanted && !are_within(wanted, count, articles)))
        goto done;
    if ((size != 4 && size != 8) || (size_t)starts.len < (size_t)articles * (size_t)size) {
        PyErr_SetString(PyExc_ValueError, "each article must have a start of 4 or 8 bytes");
        goto done;
    }
    all.size = (size_t)size;
    all.starts = starts.buf;
    all.documents = wanted;
    if (!wanted && record.width >= 0) {
        if (!(own = documents_of(&record)))
            goto done;
        all.documents = own;
    }
    if (each_occurrence(&record, wanted, wanted ? count : articles, wide, gap, take_place, &all))
        result = PyBytes_FromStringAndSize(all.items, (Py_ssize_t)(all.count * all.size));
done:
    free(own);
    free(all.items);
    PyBuffer_Release(&bytes);
    if (documents.obj)
        PyBuffer_Release(&documents);
    PyBuffer_Release(&starts);
    return result;
}
