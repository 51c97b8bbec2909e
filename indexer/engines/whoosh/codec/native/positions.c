/* Where words stand within articles. */

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
    Py_ssize_t escaped;   /* slots gone by whose counts no byte can say, and what these have more than theirs say */
    int64_t more;
    Py_ssize_t slot;      /* the one that was asked for last, and how many stand before it that the bytes say */
    int64_t sum;
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

/* How many more occurrences an escaped slot has than its byte says, which is the highest. */
static int64_t more_than_said(const Record *record, Py_ssize_t place)
{
    return (int64_t)record->escaped_title[place] + record->escaped_body[place] - occurrences(ESCAPED);
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
    sums->escaped = sums->slot = 0;
    sums->more = sums->sum = 0;
    for (Py_ssize_t place = 0; place < record->escaped; place++)
        sums->total += more_than_said(record, place);
    return 1;
}

/* Go on to a slot, after those that were gone to before; return how many occurrences it has by its byte and beyond. */
static int64_t occurrences_at(Sums *sums, Py_ssize_t slot, uint8_t count)
{
    const Record *record = sums->record;
    while (sums->escaped < record->escaped && record->escaped_slots[sums->escaped] < slot)
        sums->more += more_than_said(record, sums->escaped++);
    int is_escaped = sums->escaped < record->escaped && record->escaped_slots[sums->escaped] == slot;
    return occurrences(count) + (is_escaped ? more_than_said(record, sums->escaped) : 0);
}

/* How many occurrences stand before a slot, not before the last one; *next: slots before it without a count of theirs. */
static int64_t before(Sums *sums, Py_ssize_t slot, Py_ssize_t next)
{
    Py_ssize_t stretch = slot / STRETCH, start = stretch * STRETCH;
    if (start > sums->slot) {
        sums->slot = start;
        sums->sum = sums->before[stretch];
    }
    sums->sum += said(sums->of_byte, sums->record->counts + sums->slot, slot - sums->slot);
    sums->slot = slot;
    return sums->sum + sums->further[next] + sums->more;
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
    if (total < 0)
        goto damaged;
    if (total == record->end - low)
        return 1;
    if (total + ((total + 7) >> 3) <= record->end - low) {
        found->flags = low + total;
        found->high = found->flags + ((total + 7) >> 3);
        return 1;
    }
damaged:
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

/* The occurrences of a slot that are wanted: from *first to before *last. */
typedef struct {
    int64_t first, last;
} Part;

/* Which of so many occurrences of a slot are of a form; *mixed is how many of its mixed slots are gone by. */
static Part part_of(const FormSlots *form, Py_ssize_t slot, uint8_t code, int64_t count, Py_ssize_t *mixed)
{
    if (!form || form->code == ANY_FORM || form->code == code)
        return (Part){0, count};
    while (*mixed < form->mixed && form->slots[*mixed] < slot)
        ++*mixed;
    if (*mixed == form->mixed || form->slots[*mixed] != slot)
        return (Part){0, 0};
    int64_t first = form->skips[*mixed], own = form->counts[*mixed];
    if (first < 0 || own < 0 || first > count || own > count - first)
        return (Part){0, 0};
    return (Part){first, first + own};
}

/* Walks over the occurrences of a word in some documents. */
typedef struct {
    Walk walk;
    Sums sums;
    Positions positions;
    int wide;
    int64_t gap;
} Reading;

/* Take a part of the occurrences that begin at a place among the positions. */
static int take_part(Reading *reading, int64_t start, Part part, Py_ssize_t place, Take take, void *into)
{
    for (int64_t at = start + part.first; at < start + part.last; at++) {
        uint32_t high;
        if (at < 0 || at >= reading->sums.total || !read_high(&reading->positions, at, &high))
            return 0;
        uint32_t position = reading->positions.low[at] + (high << 8) + (uint32_t)reading->gap;
        if (!take(into, place, reading->wide ? position : position & 0xffff))
            return 0;
    }
    return 1;
}

int each_occurrence(const Record *record, const FormSlots *form, const int32_t *documents, Py_ssize_t count, int wide,
                    int64_t gap, Take take, void *into)
{
    Reading reading = {.wide = wide, .gap = gap};
    int32_t *own = NULL;
    int is_good = add_up(&reading.sums, record) && find_positions(&reading.positions, record, reading.sums.total, wide)
        && (record->width < 0 || (own = documents_of(record)));
    int is_whole = !documents; /* slot by slot, so that the positions follow each other */
    if (is_whole && own) {
        documents = own;
        count = record->holding;
    }
    reading.walk = (Walk){record, own, 0, 0, 0};
    int64_t next = 0;
    Py_ssize_t mixed = 0;
    for (Py_ssize_t place = 0; place < count && is_good; place++) {
        uint8_t occurs, code;
        if (!step(&reading.walk, documents ? documents[place] : (int32_t)place, &occurs, &code))
            continue;
        int64_t start = next;
        int64_t own_count = occurrences_at(&reading.sums, reading.walk.slot, occurs);
        Part part = part_of(form, reading.walk.slot, code, own_count, &mixed);
        next += own_count;
        if (part.first == part.last)
            continue;
        if (!is_whole)
            start = before(&reading.sums, reading.walk.slot, reading.walk.next);
        is_good = take_part(&reading, start, part, place, take, into);
    }
    free(own);
    free(reading.sums.before);
    if (!is_good && !PyErr_Occurred())
        PyErr_SetString(PyExc_ValueError, "the positions of a term are too short");
    return is_good;
}
