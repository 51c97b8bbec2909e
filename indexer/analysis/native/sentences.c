/*
 * Which sentences of a text have marks.
 *
 * The counterpart of `sentences.by_sentence_in_python`, and of the regular expression that says where sentences end.
 */

#include "texts.h"

enum { LONGEST = 16, AHEAD = 20 }; /* letters of an abbreviation; signs before the first letter of a sentence */

typedef struct {
    int width;
    const void *signs;
    Py_ssize_t length;
} Text;

static inline Py_UCS4 at(const Text *text, Py_ssize_t place)
{
    return PyUnicode_READ(text->width, text->signs, place);
}

static inline int is_end(Py_UCS4 sign)
{
    return sign == '.' || sign == '!' || sign == '?' || sign == 0x2026;
}

static int is_closing(Py_UCS4 sign)
{
    return sign == '"' || sign == '\'' || sign == 0x201d || sign == 0x2019 || sign == ')' || sign == ']';
}

static int is_of_word(Py_UCS4 sign)
{
    return sign == '_' || Py_UNICODE_ISALNUM(sign);
}

static int is_capital(Py_UCS4 sign)
{
    return (sign >= 'A' && sign <= 'Z') || (sign >= 0xc0 && sign <= 0xde && sign != 0xd7);
}

/* A letter as a regular expression takes it that ignores case. */
static Py_UCS4 small(Py_UCS4 sign)
{
    sign = Py_UNICODE_TOLOWER(sign);
    return sign == 0x131 ? 'i' : sign == 0x17f ? 's' : sign;
}

static int is_among(const Py_UCS4 *letters, Py_ssize_t length, PyObject *abbreviations)
{
    for (Py_ssize_t number = 0; number < PyTuple_GET_SIZE(abbreviations); number++) {
        PyObject *one = PyTuple_GET_ITEM(abbreviations, number);
        Py_ssize_t same = 0;
        if (!PyUnicode_Check(one) || PyUnicode_GET_LENGTH(one) != length)
            continue;
        while (same < length && PyUnicode_READ_CHAR(one, same) == letters[same])
            same++;
        if (same == length)
            return 1;
    }
    return 0;
}

/* Whether what stands before the stop at a place is an initial or an abbreviation: letters and stops, and all of them. */
static int is_shortened(const Text *text, Py_ssize_t place, PyObject *abbreviations)
{
    Py_UCS4 letters[LONGEST];
    Py_ssize_t start = place;
    while (start && (at(text, start - 1) == '.' || is_of_word(at(text, start - 1)))) {
        if (place - start == LONGEST)
            return 0;
        start--;
    }
    if (place - start == 1 && is_capital(at(text, start)))
        return 1;
    for (Py_ssize_t from = start; from < place; from++)
        letters[from - start] = small(at(text, from));
    return place > start && is_among(letters, place - start, abbreviations);
}

/* Whether a sentence may begin at a place: with a capital or a figure, after a few signs. */
static int begins(const Text *text, Py_ssize_t place)
{
    for (int ahead = 0; ahead <= AHEAD && place < text->length; ahead++, place++) {
        Py_UCS4 sign = at(text, place);
        if ((sign >= 'A' && sign <= 'Z') || (sign >= '0' && sign <= '9') || (sign >= 0xc0 && sign <= 0xde))
            return 1;
        if (is_of_word(sign) && sign != '_')
            return 0;
    }
    return 0;
}

/* Return where the sentence ends that the sign at a place ends, with the white space after it; -1 if it ends none. */
static Py_ssize_t ending(const Text *text, Py_ssize_t place, PyObject *abbreviations)
{
    Py_UCS4 sign = at(text, place);
    Py_ssize_t end = place + 1;
    if (sign == '\n') {
        while (end < text->length && at(text, end) == '\n')
            end++;
        return end;
    }
    if (!is_end(sign) || (place && is_end(at(text, place - 1))))
        return -1;
    if (sign == '.' && is_shortened(text, place, abbreviations))
        return -1;
    while (end < text->length && is_end(at(text, end)))
        end++;
    while (end < text->length && is_closing(at(text, end)))
        end++;
    Py_ssize_t white = end;
    while (end < text->length && at(text, end) != '\n' && Py_UNICODE_ISSPACE(at(text, end)))
        end++;
    return end > white && begins(text, end) ? end : -1;
}

/* Find where the sentence around a place starts and ends, without the white space around it. */
static void find_around(const Text *text, Py_ssize_t place, Py_ssize_t since, PyObject *abbreviations,
                        Py_ssize_t *found_start, Py_ssize_t *found_end)
{
    Py_ssize_t start = place, end = text->length;
    while (start > since && at(text, start - 1) != '\n')
        start--;
    for (Py_ssize_t from = start; from < text->length; from++) {
        Py_ssize_t found = ending(text, from, abbreviations);
        if (found > place) {
            end = found;
            break;
        }
        if (found >= 0) {
            start = found;
            from = found - 1;
        }
    }
    while (start < end && Py_UNICODE_ISSPACE(at(text, start)))
        start++;
    while (end > start && Py_UNICODE_ISSPACE(at(text, end - 1)))
        end--;
    *found_start = start;
    *found_end = end;
}

/* A mark, and what it shows, borrowed. */
typedef struct {
    Py_ssize_t start, end;
    PyObject *concepts;
} Mark;

static int take_mark(PyObject *given, const Text *text, Py_ssize_t since, Mark *mark)
{
    if (!PyTuple_Check(given)) {
        PyErr_SetString(PyExc_TypeError, "a mark is a tuple of start, end and bits");
        return 0;
    }
    if (!PyArg_ParseTuple(given, "nnO!", &mark->start, &mark->end, &PyLong_Type, &mark->concepts))
        return 0;
    if (mark->start >= since && mark->start < mark->end && mark->end <= text->length)
        return 1;
    PyErr_SetString(PyExc_ValueError, "marks stand in the text, in order");
    return 0;
}

/* A sentence while its marks come in; those that overlap are made one. */
typedef struct {
    Py_ssize_t start, end, last; /* where the marks so far end */
    PyObject *marks, *concepts;
} Sentence;

/* Replace a reference by the union of two sets of concepts; return whether that was done. */
static int unite(PyObject **concepts, PyObject *more)
{
    PyObject *both = PyNumber_Or(*concepts, more);
    if (!both)
        return 0;
    Py_SETREF(*concepts, both);
    return 1;
}

static int add_mark(Sentence *sentence, const Mark *mark)
{
    Py_ssize_t count = PyList_GET_SIZE(sentence->marks);
    PyObject *made;
    if (!unite(&sentence->concepts, mark->concepts))
        return 0;
    if (mark->start >= sentence->last) {
        made = Py_BuildValue("(nnO)", mark->start, mark->end, mark->concepts);
        int failed = !made || PyList_Append(sentence->marks, made);
        Py_XDECREF(made);
        sentence->last = mark->end;
        return !failed;
    }
    PyObject *before = PyList_GET_ITEM(sentence->marks, count - 1);
    PyObject *concepts = PyNumber_Or(PyTuple_GET_ITEM(before, 2), mark->concepts);
    if (mark->end > sentence->last)
        sentence->last = mark->end;
    made = concepts ? Py_BuildValue("(OnN)", PyTuple_GET_ITEM(before, 0), sentence->last, concepts) : NULL;
    return made && !PyList_SetItem(sentence->marks, count - 1, made);
}

/* Append a sentence that has marks, and let go of it; return whether that was done. */
static int finish(Sentence *sentence, PyObject *found)
{
    int failed = 0;
    if (sentence->marks && PyList_GET_SIZE(sentence->marks)) {
        PyObject *made = Py_BuildValue("((nn)OO)", sentence->start, sentence->end, sentence->marks, sentence->concepts);
        failed = !made || PyList_Append(found, made);
        Py_XDECREF(made);
    }
    Py_CLEAR(sentence->marks);
    Py_CLEAR(sentence->concepts);
    return !failed;
}

PyObject *by_sentence(PyObject *module, PyObject *args)
{
    PyObject *given, *marks, *abbreviations;
    if (!PyArg_ParseTuple(args, "UO!O!", &given, &PyList_Type, &marks, &PyTuple_Type, &abbreviations))
        return NULL;
    Text text = {PyUnicode_KIND(given), PyUnicode_DATA(given), PyUnicode_GET_LENGTH(given)};
    Sentence sentence = {0, 0, 0, NULL, NULL};
    Mark mark = {0, 0, NULL};
    PyObject *found = PyList_New(0);
    if (!found)
        return NULL;
    for (Py_ssize_t number = 0; number < PyList_GET_SIZE(marks); number++) {
        if (!take_mark(PyList_GET_ITEM(marks, number), &text, mark.start, &mark))
            goto failed;
        if (mark.start >= sentence.end) {
            Py_ssize_t since = sentence.end;
            if (!finish(&sentence, found))
                goto failed;
            find_around(&text, mark.start, since, abbreviations, &sentence.start, &sentence.end);
            sentence.last = 0;
            sentence.marks = PyList_New(0);
            sentence.concepts = PyLong_FromLong(0);
            if (!sentence.marks || !sentence.concepts)
                goto failed;
        }
        if (mark.end <= sentence.end && !add_mark(&sentence, &mark))
            goto failed;
    }
    if (finish(&sentence, found))
        return found;
failed:
    Py_XDECREF(sentence.marks);
    Py_XDECREF(sentence.concepts);
    Py_DECREF(found);
    return NULL;
}
