/*
 * Where the sentence around a place starts and ends.
 *
 * The counterpart of `sentences.sentence_by_pattern`, whose regular expression says the same.
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

PyObject *sentence_around(PyObject *module, PyObject *args)
{
    PyObject *given, *abbreviations;
    Py_ssize_t place, since;
    if (!PyArg_ParseTuple(args, "UnnO!", &given, &place, &since, &PyTuple_Type, &abbreviations))
        return NULL;
    Text text = {PyUnicode_KIND(given), PyUnicode_DATA(given), PyUnicode_GET_LENGTH(given)};
    if (since < 0 || place < since || place >= text.length) {
        PyErr_SetString(PyExc_ValueError, "the place is not in the text");
        return NULL;
    }
    Py_ssize_t start = place, end = text.length;
    while (start > since && at(&text, start - 1) != '\n')
        start--;
    for (Py_ssize_t from = start; from < text.length; from++) {
        Py_ssize_t found = ending(&text, from, abbreviations);
        if (found > place) {
            end = found;
            break;
        }
        if (found >= 0) {
            start = found;
            from = found - 1;
        }
    }
    while (start < end && Py_UNICODE_ISSPACE(at(&text, start)))
        start++;
    while (end > start && Py_UNICODE_ISSPACE(at(&text, end - 1)))
        end--;
    return Py_BuildValue("(nn)", start, end);
}
