/* The scores of words. */

#include "kernels.h"

#include <stdlib.h>

/* What a weight counts, in units: `leaves.saturated` and `leaves.units`. */
static inline int32_t units(float weight, float norm, float factor)
{
    const double half_even = 6755399441055744.0; /* 1.5 * 2^52: what is added to it is rounded */
    float sum = weight + norm, counted = weight / (sum > 1e-9f ? sum : 1e-9f), told = counted * factor;
    int32_t score = (int32_t)((double)told + half_even - half_even);
    return score + ((score < 1) & (counted > 0));
}

/* How a word is scored: its stem if the factor is not negative, and those of its occurrences that are of a form. */
typedef struct {
    float stem_factor, form_factor, title_weight;
    int form;
    const uint32_t *mixed_slots;
    const float *mixed_weights;
    Py_ssize_t mixed;
} Scoring;

static inline float weight_of(const Scoring *scoring, uint8_t count)
{
    return (float)(count >> TITLE_BITS) * scoring->title_weight + (float)(count & MOST_BODY);
}

static inline float escaped_weight(const Scoring *scoring, const Record *record, Py_ssize_t place)
{
    return (float)record->escaped_title[place] * scoring->title_weight + (float)record->escaped_body[place];
}

static inline int is_of_form(const Scoring *scoring, uint8_t form)
{
    return scoring->form == ANY_FORM || scoring->form == form;
}

/* Score slots by the *weights of the stem, those of its form in *own*, and the norms of their documents. */
static void score_all(const Scoring *scoring, Py_ssize_t count, const float *restrict weights,
                      const float *restrict own, const float *restrict norms, int32_t *restrict scores)
{
    float stem = scoring->stem_factor, form = scoring->form_factor;
    if (stem < 0)
        for (Py_ssize_t place = 0; place < count; place++)
            scores[place] = units(own[place], norms[place], form);
    else if (scoring->form == NO_FORM)
        for (Py_ssize_t place = 0; place < count; place++)
            scores[place] = units(weights[place], norms[place], stem);
    else
        for (Py_ssize_t place = 0; place < count; place++)
            scores[place] = units(weights[place], norms[place], stem) + units(own[place], norms[place], form);
}

/* What both functions are asked: a word, how it is scored, and the arrays for documents and scores. */
typedef struct {
    RawRecord raw;
    Py_buffer norms, slots, weights, documents, scores;
    Scoring scoring;
    int32_t *found; /* the documents of the record; NULL if dense */
} Asked;

static void release(Asked *asked)
{
    free(asked->found);
    PyBuffer_Release(&asked->norms);
    PyBuffer_Release(&asked->slots);
    PyBuffer_Release(&asked->weights);
    PyBuffer_Release(&asked->documents);
    PyBuffer_Release(&asked->scores);
}

/* Take in the arguments by their *format*; 0 and an error if they do not fit. What was taken in is to be released. */
static int read_asked(PyObject *args, const char *format, Asked *asked)
{
    Scoring *scoring = &asked->scoring;
    unsigned int articles;
    PyObject *record;
    asked->found = NULL;
    if (!PyArg_ParseTuple(args, format, &PyTuple_Type, &record, &articles, &asked->norms, &scoring->stem_factor,
                          &scoring->form_factor, &scoring->title_weight, &scoring->form,
                          &asked->slots, &asked->weights, &asked->documents, &asked->scores))
        return 0;
    scoring->mixed_slots = asked->slots.buf;
    scoring->mixed_weights = asked->weights.buf;
    scoring->mixed = asked->slots.len / (Py_ssize_t)sizeof(uint32_t);
    if (asked->weights.len / (Py_ssize_t)sizeof(float) != scoring->mixed)
        PyErr_SetString(PyExc_ValueError, "mixed slots must have a weight each");
    else if ((size_t)asked->norms.len < articles * sizeof(float))
        PyErr_SetString(PyExc_ValueError, "the norms are too short for the articles");
    else if (read_record(record, articles, &asked->raw)) {
        if (asked->raw.record.width < 0 || (asked->found = documents_of(&asked->raw.record)))
            return 1;
        release_record(&asked->raw);
    }
    release(asked);
    return 0;
}

enum { BLOCK = 1024 };

/* Score all slots of a record, of these documents (NULL: all); put them beside each other, or each in its place. */
static Py_ssize_t score_slots(const Record *record, const Scoring *scoring, const int32_t *found, const float *norms,
                              int32_t *documents, int32_t *scores, int spread)
{
    float weights[BLOCK], own[BLOCK], gathered[BLOCK], weight_of_byte[256], own_of_byte[256];
    int32_t values[BLOCK];
    Py_ssize_t next = 0, mixed = 0, escaped = 0, kept = 0, slots = record->slots;
    for (int byte = 0; byte < 256; byte++) {
        weight_of_byte[byte] = weight_of(scoring, record->further ? count_of[byte] : (uint8_t)byte);
        own_of_byte[byte] = is_of_form(scoring, record->further ? form_of[byte] : 0) ? weight_of_byte[byte] : 0;
    }
    for (Py_ssize_t start = 0; start < slots; start += BLOCK) {
        Py_ssize_t count = slots - start < BLOCK ? slots - start : BLOCK;
        const uint8_t *bytes = record->counts + start;
        const float *norm = found ? gathered : norms + start;
        for (Py_ssize_t place = 0; place < count; place++) {
            weights[place] = weight_of_byte[bytes[place]];
            own[place] = own_of_byte[bytes[place]];
        }
        for (Py_ssize_t place = 0; record->further && next < record->more && place < count; place++)
            if (bytes[place] == FURTHER) {
                weights[place] = weight_of(scoring, record->further[next]);
                own[place] = is_of_form(scoring, record->further[record->more + next]) ? weights[place] : 0;
                next++;
            }
        for (; escaped < record->escaped && record->escaped_slots[escaped] < start + count; escaped++) {
            Py_ssize_t place = (Py_ssize_t)record->escaped_slots[escaped] - start;
            if (place < 0)
                continue;
            weights[place] = escaped_weight(scoring, record, escaped);
            own[place] = own[place] > 0 ? weights[place] : 0;
        }
        for (; mixed < scoring->mixed && scoring->mixed_slots[mixed] < start + count; mixed++)
            if (scoring->mixed_slots[mixed] >= start)
                own[scoring->mixed_slots[mixed] - start] = scoring->mixed_weights[mixed];
        for (Py_ssize_t place = 0; found && place < count; place++)
            gathered[place] = norms[found[start + place]];
        score_all(scoring, count, weights, own, norm, values);
        for (Py_ssize_t place = 0; place < count; place++) {
            int32_t document = found ? found[start + place] : (int32_t)(start + place);
            scores[spread ? document : kept] = values[place];
            if (!spread) /* there is room for one more, so that what is not kept may be written over */
                documents[kept] = document;
            kept += values[place] > 0;
        }
    }
    return kept;
}

const char scored_doc[] = PyDoc_STR(
"scored(record, articles, norms, stem_factor, form_factor, title_weight, form, mixed_slots,\n"
"       mixed_weights, documents, scores) -> int\n\n"
"Put the documents of a word into *documents* (int32, of *holding* and one) and their scores beside, in units; into\n"
"*scores* of all articles, if *documents* is empty. Return how many there are: `TermScorer._formed`.");

PyObject *scored(PyObject *module, PyObject *args)
{
    Asked asked;
    PyObject *result = NULL;
    if (!read_asked(args, "O!Iy*fffiy*y*w*w*", &asked))
        return NULL;
    const Record *record = &asked.raw.record;
    int spread = !asked.documents.len;
    size_t room = (spread ? record->articles : record->holding + 1) * sizeof(int32_t);
    if ((size_t)asked.scores.len < room || (!spread && ((size_t)asked.documents.len < room || record->width < 0)))
        PyErr_SetString(PyExc_ValueError, "an array is too short for the record");
    else
        result = PyLong_FromSsize_t(score_slots(record, &asked.scoring, asked.found, asked.norms.buf,
                                                asked.documents.buf, asked.scores.buf, spread));
    release_record(&asked.raw);
    release(&asked);
    return result;
}

const char scores_at_doc[] = PyDoc_STR(
"scores_at(record, articles, norms, stem_factor, form_factor, title_weight, form, mixed_slots,\n"
"          mixed_weights, documents, scores)\n\n"
"Put the score of each of *documents* (int32, ascending) into *scores*, 0 where one does not hold the word:\n"
"`TermScorer.word_at`.");

PyObject *scores_at(PyObject *module, PyObject *args)
{
    Asked asked;
    PyObject *result = NULL;
    if (!read_asked(args, "O!Iy*fffiy*y*y*w*", &asked))
        return NULL;
    const Scoring *scoring = &asked.scoring;
    const Record *record = &asked.raw.record;
    const int32_t *wanted = asked.documents.buf;
    Py_ssize_t count = asked.documents.len / (Py_ssize_t)sizeof(int32_t), mixed = 0, escaped = 0;
    if (!are_within(wanted, count, record->articles))
        goto done;
    if (asked.scores.len < asked.documents.len) {
        PyErr_SetString(PyExc_ValueError, "an array is too short for the documents");
        goto done;
    }
    Walk walk = {record, asked.found, 0, 0, 0};
    const float *norm = asked.norms.buf;
    int32_t *score = asked.scores.buf;
    for (Py_ssize_t place = 0; place < count; place++) {
        uint8_t occurs, form;
        score[place] = 0;
        if (!step(&walk, wanted[place], &occurs, &form))
            continue;
        while (mixed < scoring->mixed && scoring->mixed_slots[mixed] < walk.slot)
            mixed++;
        int is_mixed = mixed < scoring->mixed && scoring->mixed_slots[mixed] == walk.slot;
        while (escaped < record->escaped && record->escaped_slots[escaped] < walk.slot)
            escaped++;
        int is_escaped = escaped < record->escaped && record->escaped_slots[escaped] == walk.slot;
        float weight = is_escaped ? escaped_weight(scoring, record, escaped) : weight_of(scoring, occurs);
        float own = is_of_form(scoring, form) ? weight : 0;
        if (is_mixed)
            own = scoring->mixed_weights[mixed];
        score_all(scoring, 1, &weight, &own, &norm[wanted[place]], &score[place]);
    }
    result = Py_NewRef(Py_None);
done:
    release_record(&asked.raw);
    release(&asked);
    return result;
}
