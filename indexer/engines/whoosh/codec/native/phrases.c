/* Where words follow each other. */

#include "places.h"

#include <stdlib.h>
#include <string.h>

const char following_doc[] = PyDoc_STR(
"following(places, word, offset, size) -> bytes\n\n"
"Return those of *places* that have one of *word* *offset* places on; all are ascending numbers of *size* bytes:\n"
"`phrases._common`.");

/* Keep those of so many ascending places that have one *offset* places on among others; return how many these are. */
static Py_ssize_t keep_followed(int64_t *places, Py_ssize_t count, const Numbers *others, int64_t offset)
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
    result = as_bytes(found, keep_followed(found, all.count, &other, offset), size);
    free(found);
done:
    PyBuffer_Release(&places);
    PyBuffer_Release(&word);
    return result;
}

const char phrase_doc[] = PyDoc_STR(
"phrase(records, forms, articles, wide, gap) -> (bytes, bytes)\n\n"
"Return the documents (int32, ascending) in which words stand one right after the other, and how often (float32).\n"
"*records* has that of each word, *forms* which of its slots, as in `places`: `phrases.following`, `PlaceMap.counted`.");

static const int64_t REACH = (int64_t)1 << 32; /* of the positions of a document */

typedef struct {
    RawRecord raw;
    RawForm form;
} PhraseWord;

/* The words of a phrase, and where those stand in a row that were read, as places of the first of all. */
typedef struct {
    PhraseWord *words;
    Py_ssize_t count;
    int32_t *documents; /* that may hold the phrase */
    Py_ssize_t held;
    Places found; /* each is its document times REACH, and the position there */
    int is_begun;
} Phrase;

/* Where a word stands in these documents. */
typedef struct {
    Places places;
    const int32_t *documents;
} Standing;

static int take_standing(void *into, Py_ssize_t place, int64_t position)
{
    Standing *standing = into;
    return add_place(&standing->places, standing->documents[place] * REACH + position);
}

/* Return which word the fewest documents hold; -1 if most documents hold each of them. */
static Py_ssize_t rarest_of(const Phrase *phrase)
{
    Py_ssize_t rarest = -1;
    for (Py_ssize_t word = 0; word < phrase->count; word++) {
        const Record *record = &phrase->words[word].raw.record;
        if (record->width >= 0 && (rarest < 0 || record->holding < phrase->words[rarest].raw.record.holding))
            rarest = word;
    }
    return rarest;
}

/* Leave those of the documents that are among others, which ascend too. */
static void leave_common(Phrase *phrase, const int32_t *others, Py_ssize_t count)
{
    Numbers all = {others, count, sizeof *others};
    Py_ssize_t kept = 0;
    for (Py_ssize_t at = 0, on = 0; at < phrase->held && on < count; at++) {
        on = reached(&all, on, phrase->documents[at]);
        if (on < count && others[on] == phrase->documents[at])
            phrase->documents[kept++] = phrase->documents[at];
    }
    phrase->held = kept;
}

/* Find the documents that hold all words but for those that most hold, which are looked for in these. */
static int find_documents(Phrase *phrase, Py_ssize_t rarest, unsigned int articles)
{
    if (rarest < 0) {
        phrase->documents = malloc((size_t)articles * sizeof *phrase->documents + 1);
        if (!phrase->documents) {
            PyErr_NoMemory();
            return 0;
        }
        for (; phrase->held < articles; phrase->held++)
            phrase->documents[phrase->held] = (int32_t)phrase->held;
    } else {
        phrase->documents = documents_of(&phrase->words[rarest].raw.record);
        phrase->held = phrase->words[rarest].raw.record.holding;
    }
    for (Py_ssize_t word = 0; word < phrase->count && phrase->documents; word++) {
        const Record *record = &phrase->words[word].raw.record;
        if (word == rarest || record->width < 0)
            continue;
        int32_t *own = documents_of(record);
        if (!own)
            return 0;
        leave_common(phrase, own, record->holding);
        free(own);
    }
    return phrase->documents && are_within(phrase->documents, phrase->held, articles);
}

/* Begin with the places of a word, as those of the first: it has *offset* others before it. */
static void begin(Phrase *phrase, Places places, Py_ssize_t offset)
{
    Py_ssize_t kept = 0;
    for (Py_ssize_t at = 0; at < places.count; at++)
        if (places.items[at] % REACH >= offset)
            places.items[kept++] = places.items[at] - offset;
    phrase->found = places;
    phrase->found.count = kept;
    phrase->is_begun = 1;
}

/* Leave the documents that have places still. */
static void leave_found(Phrase *phrase)
{
    phrase->held = 0;
    for (Py_ssize_t at = 0; at < phrase->found.count; at++) {
        int32_t document = (int32_t)(phrase->found.items[at] / REACH);
        if (!phrase->held || phrase->documents[phrase->held - 1] != document)
            phrase->documents[phrase->held++] = document;
    }
}

/* Read where a word stands in the documents that are left, and leave the places that have it where it must be. */
static int read_word(Phrase *phrase, Py_ssize_t word, int wide, int64_t gap)
{
    Standing own = {.documents = phrase->documents};
    const PhraseWord *asked = &phrase->words[word];
    if (!each_occurrence(&asked->raw.record, &asked->form.form, phrase->documents, phrase->held, wide, gap,
                         take_standing, &own)) {
        free(own.places.items);
        return 0;
    }
    put_in_order(&own.places);
    if (phrase->is_begun) {
        Numbers places = {own.places.items, own.places.count, sizeof *own.places.items};
        phrase->found.count = keep_followed(phrase->found.items, phrase->found.count, &places, word);
        free(own.places.items);
    } else {
        begin(phrase, own.places, word);
    }
    leave_found(phrase);
    return 1;
}

/* Read all words, the rarest first, as long as there is a document that may hold the phrase. */
static int read_words(Phrase *phrase, Py_ssize_t rarest, int wide, int64_t gap)
{
    if (phrase->held && rarest >= 0 && !read_word(phrase, rarest, wide, gap))
        return 0;
    for (Py_ssize_t word = 0; word < phrase->count && phrase->held; word++)
        if (word != rarest && !read_word(phrase, word, wide, gap))
            return 0;
    return 1;
}

/* Return the documents that hold the phrase, and how often each does. */
static PyObject *counted(const Phrase *phrase)
{
    PyObject *documents = PyBytes_FromStringAndSize(NULL, phrase->held * (Py_ssize_t)sizeof(int32_t));
    PyObject *counts = PyBytes_FromStringAndSize(NULL, phrase->held * (Py_ssize_t)sizeof(float));
    if (!documents || !counts) {
        Py_XDECREF(documents);
        Py_XDECREF(counts);
        return NULL;
    }
    float *times = (float *)PyBytes_AS_STRING(counts);
    if (phrase->held)
        memcpy(PyBytes_AS_STRING(documents), phrase->documents, (size_t)phrase->held * sizeof(int32_t));
    for (Py_ssize_t place = 0, at = 0; place < phrase->held; place++)
        for (times[place] = 0; at < phrase->found.count
             && phrase->found.items[at] / REACH == phrase->documents[place]; at++)
            times[place]++;
    return Py_BuildValue("(NN)", documents, counts);
}

/* Take in the words of a phrase; its count says how many were. */
static int take_words(Phrase *phrase, PyObject *records, PyObject *forms, unsigned int articles)
{
    Py_ssize_t words = PyTuple_GET_SIZE(records);
    if (!words || words != PyTuple_GET_SIZE(forms)) {
        PyErr_SetString(PyExc_ValueError, "a phrase has words, and each of them the slots of a form");
        return 0;
    }
    phrase->words = calloc((size_t)words, sizeof *phrase->words);
    if (!phrase->words) {
        PyErr_NoMemory();
        return 0;
    }
    for (; phrase->count < words; phrase->count++) {
        PhraseWord *word = &phrase->words[phrase->count];
        PyObject *record = PyTuple_GET_ITEM(records, phrase->count);
        if (!PyTuple_Check(record)) {
            PyErr_SetString(PyExc_TypeError, "a record is a tuple");
            return 0;
        }
        if (!read_form(PyTuple_GET_ITEM(forms, phrase->count), &word->form))
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
    Phrase asked = {0};
    if (!PyArg_ParseTuple(args, "O!O!IpL", &PyTuple_Type, &records, &PyTuple_Type, &forms, &articles, &wide, &gap))
        return NULL;
    if (take_words(&asked, records, forms, articles)) {
        Py_ssize_t rarest = rarest_of(&asked);
        if (find_documents(&asked, rarest, articles) && read_words(&asked, rarest, wide, gap))
            result = counted(&asked);
    }
    for (Py_ssize_t word = 0; word < asked.count; word++) {
        release_record(&asked.words[word].raw);
        release_form(&asked.words[word].form);
    }
    free(asked.words);
    free(asked.documents);
    free(asked.found.items);
    return result;
}
