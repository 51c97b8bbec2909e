/* Records, taken apart: which documents hold a term, and where in the record their slots are. */

#include "kernels.h"

#include <stdlib.h>

static int chunk_width(uint32_t articles)
{
    uint32_t last = articles ? (articles - 1) >> 16 : 0;
    return !last ? 0 : last < 256 ? 1 : 2;
}

static Py_ssize_t heads_size(uint32_t articles, int width)
{
    Py_ssize_t chunks = ((Py_ssize_t)articles + (1 << 8 * width) - 1) >> 8 * width;
    return 2 * width * (chunks ? chunks : 1);
}

static Py_ssize_t count_further(const uint8_t *symbols, Py_ssize_t slots)
{
    Py_ssize_t more = 0;
    for (Py_ssize_t slot = 0; slot < slots; slot++)
        more += symbols[slot] == FURTHER;
    return more;
}

int split(Record *record, const Py_buffer *bytes, unsigned int holding, unsigned int articles, int coded)
{
    const uint8_t *start = bytes->buf, *end = start + bytes->len;
    Py_ssize_t size;
    record->holding = record->slots = holding;
    record->articles = articles;
    if (holding <= SHORT) {
        record->width = 0;
        size = (Py_ssize_t)(2 + chunk_width(articles)) * holding;
    } else if ((uint64_t)holding * DENSE > articles) {
        record->width = -1;
        record->slots = articles;
        size = 0;
    } else {
        record->width = (uint64_t)holding * FINE > articles ? 1 : 2;
        size = heads_size(articles, record->width) + (Py_ssize_t)record->width * holding;
    }
    record->documents = start;
    record->counts = start + size;
    record->further = NULL;
    record->more = record->escaped = 0;
    record->end = end;
    if (size + (Py_ssize_t)record->slots > bytes->len)
        goto damaged;
    record->positions = record->counts + record->slots;
    if (coded) {
        record->further = record->positions;
        record->more = count_further(record->counts, record->slots);
        if (2 * record->more > end - record->positions)
            goto damaged;
        record->positions += 2 * record->more;
    }
    return 1;
damaged:
    PyErr_SetString(PyExc_ValueError, "the record of a term is too short");
    return 0;
}

int read_record(PyObject *tuple, unsigned int articles, RawRecord *raw)
{
    unsigned int holding;
    int coded;
    if (!PyArg_ParseTuple(tuple, "y*Ipy*y*y*", &raw->bytes, &holding, &coded, &raw->slots, &raw->title, &raw->body))
        return 0;
    if (!split(&raw->record, &raw->bytes, holding, articles, coded)) {
        release_record(raw);
        return 0;
    }
    raw->record.escaped_slots = raw->slots.buf;
    raw->record.escaped_title = raw->title.buf;
    raw->record.escaped_body = raw->body.buf;
    raw->record.escaped = raw->slots.len / (Py_ssize_t)sizeof(uint32_t);
    if (raw->title.len == raw->slots.len && raw->body.len == raw->slots.len)
        return 1;
    PyErr_SetString(PyExc_ValueError, "each escaped slot must have its counts");
    release_record(raw);
    return 0;
}

void release_record(RawRecord *raw)
{
    PyBuffer_Release(&raw->bytes);
    PyBuffer_Release(&raw->slots);
    PyBuffer_Release(&raw->title);
    PyBuffer_Release(&raw->body);
}

/* Return the documents that were found, the first *read of them, with others in place of those that cannot be. */
static int32_t *within(int32_t *found, uint32_t read, const Record *record)
{
    int32_t last = (int32_t)record->articles - 1;
    for (uint32_t place = 0; place < record->holding; place++)
        if (place >= read || found[place] < 0 || found[place] > last)
            found[place] = last;
    return found;
}

int32_t *documents_of(const Record *record)
{
    uint32_t holding = record->holding;
    int32_t *found = malloc(((size_t)holding + 1) * sizeof *found);
    if (!found) {
        PyErr_NoMemory();
        return NULL;
    }
    if (record->width == 0) {
        const uint8_t *low = record->documents, *high = low + 2 * holding;
        int width = chunk_width(record->articles);
        for (uint32_t place = 0; place < holding; place++) {
            found[place] = low[2 * place] | low[2 * place + 1] << 8;
            for (int byte = 0; byte < width; byte++)
                found[place] |= (int32_t)((uint32_t)high[width * place + byte] << (16 + 8 * byte));
        }
        return within(found, holding, record);
    }
    Py_ssize_t size = heads_size(record->articles, record->width), chunks = size / (2 * record->width);
    const uint8_t *head = record->documents, *low = head + size;
    uint32_t place = 0;
    for (Py_ssize_t chunk = 0; chunk < chunks; chunk++) {
        uint32_t own = 0;
        for (int byte = 0; byte < 2 * record->width; byte++)
            own |= (uint32_t)*head++ << 8 * byte;
        if (own > holding - place)
            break;
        int32_t base = (int32_t)(chunk << 8 * record->width);
        if (record->width == 1)
            for (uint32_t stop = place + own; place < stop; place++)
                found[place] = base + low[place];
        else
            for (uint32_t stop = place + own; place < stop; place++)
                found[place] = base + (low[2 * place] | low[2 * place + 1] << 8);
    }
    return within(found, place, record);
}

int step(Walk *walk, int32_t document, uint8_t *count, uint8_t *form)
{
    const Record *record = walk->record;
    Py_ssize_t slot = walk->slot;
    if (!walk->documents) {
        slot = document;
    } else {
        Py_ssize_t low = slot, high = record->holding, stride = 1;
        while (low + stride < high && walk->documents[low + stride] <= document) { /* gallop, then bisect */
            low += stride;
            stride *= 2;
        }
        if (low + stride < high)
            high = low + stride;
        while (low < high) {
            Py_ssize_t middle = (low + high) / 2;
            if (walk->documents[middle] < document)
                low = middle + 1;
            else
                high = middle;
        }
        slot = low;
        if (slot == record->holding || walk->documents[slot] != document) {
            walk->slot = slot;
            return 0;
        }
    }
    walk->slot = slot;
    if (record->further) {
        walk->next += count_further(record->counts + walk->counted, slot - walk->counted);
        walk->counted = slot;
    }
    *count = count_at(record, slot, walk->next, form);
    return *count > 0;
}

int are_within(const int32_t *documents, Py_ssize_t count, uint32_t articles)
{
    for (Py_ssize_t place = 0; place < count; place++)
        if (documents[place] < (place ? documents[place - 1] : 0) || (uint32_t)documents[place] >= articles) {
            PyErr_SetString(PyExc_ValueError, "documents must be ascending numbers of articles");
            return 0;
        }
    return 1;
}
