/*
 * Where a text may hold certain words: its pieces, the runs without white space, that hold one of some hints.
 *
 * The counterpart of `sightings.sightings_by_pattern` and `sightings.spotted_by_pattern`, which give the same.
 */

#include "texts.h"

#include <stdint.h>
#include <string.h>

enum { MOST_HINTS = 512, LONGEST = 96, SHORT = 2, KINDS = 128 };
enum { WHITE = 1, LETTER = 2, FIGURE = 4, SIGN = 8, FOREIGN = 16 };

typedef struct {
    const char *letters;
    int length;
    int next; /* of those that begin with the same letter, -1 for none */
} Hint;

typedef struct {
    Hint hints[MOST_HINTS];
    int first[KINDS]; /* by letter */
    int count;
    int has_short, wants_figures;
} Hints;

/* A piece without its signs, in small letters; is_apart says of each letter or figure that a sign stands before it. */
typedef struct {
    char letters[LONGEST];
    char is_apart[LONGEST];
    int length;
    int is_sighted;
} Piece;

static uint8_t kind_of[KINDS];

void learn_kinds(void)
{
    for (int sign = 0; sign < KINDS; sign++) {
        if (sign == ' ' || (sign >= '\t' && sign <= '\r') || (sign >= 0x1c && sign <= 0x1f))
            kind_of[sign] = WHITE;
        else if ((sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z'))
            kind_of[sign] = LETTER;
        else
            kind_of[sign] = sign >= '0' && sign <= '9' ? FIGURE : SIGN;
    }
}

static inline int kind(Py_UCS4 sign)
{
    if (sign < KINDS)
        return kind_of[sign];
    if (Py_UNICODE_ISSPACE(sign))
        return WHITE;
    /* letters, marks and format signs, which may be part of a word; the signs of print are not */
    return sign < 0xaa || (sign >= 0x2010 && sign <= 0x2029) || (sign >= 0x2030 && sign <= 0x205f) ? SIGN : FOREIGN;
}

static int is_letter(const Piece *piece, int at)
{
    return at >= 0 && at < piece->length && piece->letters[at] >= 'a';
}

/* Whether no letter stands right before or right after some letters of a piece. */
static int stands_alone(const Piece *piece, int from, int to)
{
    return (!is_letter(piece, from - 1) || piece->is_apart[from]) && (!is_letter(piece, to) || piece->is_apart[to]);
}

/* Whether a piece has a pair of letters of before 1972: oe, tj, dj, sj. */
static int is_old(const Piece *piece)
{
    for (int at = 1; at < piece->length; at++) {
        char before = piece->letters[at - 1], letter = piece->letters[at];
        if ((letter == 'e' && before == 'o') || (letter == 'j' && (before == 't' || before == 'd' || before == 's')))
            return 1;
    }
    return 0;
}

static int holds_hint(const Piece *piece, const Hints *hints)
{
    for (int at = 0; at < piece->length; at++) {
        for (int number = hints->first[(int)piece->letters[at]]; number >= 0; number = hints->hints[number].next) {
            const Hint *hint = &hints->hints[number];
            if (hint->length > piece->length - at || memcmp(piece->letters + at, hint->letters, (size_t)hint->length))
                continue;
            if (hint->length > SHORT || stands_alone(piece, at, at + hint->length))
                return 1;
        }
    }
    return 0;
}

/* Read the piece of a text that starts at a place; return where it ends. */
static Py_ssize_t read_piece(Piece *piece, int width, const void *text, Py_ssize_t place, Py_ssize_t length,
                             const Hints *hints)
{
    Py_ssize_t start = place;
    int before = SIGN, is_figured = 0; /* whether figures, and a letter right before them, stand right before */
    piece->length = piece->is_sighted = 0;
    for (; place < length; place++) {
        Py_UCS4 sign = PyUnicode_READ(width, text, place);
        int found = kind(sign);
        if (found == WHITE)
            break;
        if (found == FOREIGN || (found == FIGURE && hints->wants_figures) || (found == LETTER && is_figured) ||
            (hints->has_short && (sign == '#' || (found == FIGURE && before == LETTER))) ||
            place - start == LONGEST)
            piece->is_sighted = 1;
        if (found & (LETTER | FIGURE) && !piece->is_sighted) {
            piece->is_apart[piece->length] = !(before & (LETTER | FIGURE));
            piece->letters[piece->length++] = (char)(found == LETTER ? sign | 0x20 : sign);
        }
        is_figured = found == FIGURE && (is_figured || before == LETTER);
        before = found;
    }
    return place;
}

static int take_in(Hints *hints, PyObject *given)
{
    if (PyTuple_GET_SIZE(given) > MOST_HINTS) {
        PyErr_Format(PyExc_ValueError, "there are more than %d hints", MOST_HINTS);
        return 0;
    }
    memset(hints->first, -1, sizeof hints->first);
    hints->count = (int)PyTuple_GET_SIZE(given);
    hints->has_short = 0;
    for (int number = 0; number < hints->count; number++) {
        Py_ssize_t length;
        const char *letters = PyUnicode_AsUTF8AndSize(PyTuple_GET_ITEM(given, number), &length);
        if (!letters)
            return 0;
        if (!length || length > LONGEST || (unsigned char)letters[0] >= KINDS) {
            PyErr_SetString(PyExc_ValueError, "a hint is some letters");
            return 0;
        }
        hints->hints[number] = (Hint){letters, (int)length, hints->first[(int)letters[0]]};
        hints->first[(int)letters[0]] = number;
        hints->has_short |= length <= SHORT;
    }
    return 1;
}

/* A text, and the place up to which it was looked through for pieces that hold one of some hints. */
typedef struct {
    const Hints *hints;
    int width;
    const void *signs;
    Py_ssize_t length, place;
} Look;

static Look look_through(PyObject *text, const Hints *hints)
{
    return (Look){hints, PyUnicode_KIND(text), PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text), 0};
}

/* Find the next piece that may hold a hint; it ends where the look goes on. Return its start, -1 if there is none. */
static Py_ssize_t next_sighting(Look *look)
{
    Piece piece;
    while (look->place < look->length) {
        Py_ssize_t start = look->place;
        if (kind(PyUnicode_READ(look->width, look->signs, start)) == WHITE) {
            look->place++;
            continue;
        }
        look->place = read_piece(&piece, look->width, look->signs, start, look->length, look->hints);
        if (piece.is_sighted || is_old(&piece) || holds_hint(&piece, look->hints))
            return start;
    }
    return -1;
}

/* Append a new reference, which may be missing; return whether that was done. */
static int append(PyObject *list, PyObject *item)
{
    int failed = !item || PyList_Append(list, item);
    Py_XDECREF(item);
    return !failed;
}

PyObject *sightings(PyObject *module, PyObject *args)
{
    PyObject *text, *given;
    Hints hints;
    if (!PyArg_ParseTuple(args, "UO!p", &text, &PyTuple_Type, &given, &hints.wants_figures))
        return NULL;
    PyObject *found = take_in(&hints, given) ? PyList_New(0) : NULL;
    if (!found)
        return NULL;
    Look look = look_through(text, &hints);
    for (Py_ssize_t start; (start = next_sighting(&look)) >= 0;)
        if (!append(found, Py_BuildValue("(nn)", start, look.place))) {
            Py_DECREF(found);
            return NULL;
        }
    return found;
}

/* Return what is known of a piece, borrowed from what is known; it is read if nothing is. */
static PyObject *spots_of(PyObject *piece, PyObject *known, PyObject *read)
{
    PyObject *spots = PyDict_GetItemWithError(known, piece);
    if (spots || PyErr_Occurred())
        return spots;
    spots = PyObject_CallFunctionObjArgs(read, piece, NULL);
    if (!spots)
        return NULL;
    int failed = PyDict_SetItem(known, piece, spots);
    Py_DECREF(spots); /* what is known holds it */
    return failed ? NULL : spots;
}

static int is_tuple(PyObject *given)
{
    if (PyTuple_Check(given))
        return 1;
    PyErr_SetString(PyExc_TypeError, "what is known of a piece is a tuple of bits and of marks, tuples too");
    return 0;
}

/* Add the marks of a piece that starts at a place, and the bits of what it holds; return whether that was done. */
static int add_spots(PyObject *spots, Py_ssize_t place, PyObject *marks, long long *held)
{
    long long bits;
    PyObject *own;
    if (!is_tuple(spots) || !PyArg_ParseTuple(spots, "LO!", &bits, &PyTuple_Type, &own))
        return 0;
    *held |= bits;
    for (Py_ssize_t number = 0; number < PyTuple_GET_SIZE(own); number++) {
        Py_ssize_t start, end;
        PyObject *concepts, *mark = PyTuple_GET_ITEM(own, number);
        if (!is_tuple(mark) || !PyArg_ParseTuple(mark, "nnO", &start, &end, &concepts) ||
            !append(marks, Py_BuildValue("(nnO)", place + start, place + end, concepts)))
            return 0;
    }
    return 1;
}

PyObject *spotted(PyObject *module, PyObject *args)
{
    PyObject *text, *given, *known, *read;
    Hints hints;
    if (!PyArg_ParseTuple(args, "UO!pO!O", &text, &PyTuple_Type, &given, &hints.wants_figures, &PyDict_Type, &known,
                          &read))
        return NULL;
    PyObject *marks = take_in(&hints, given) ? PyList_New(0) : NULL;
    if (!marks)
        return NULL;
    long long held = 0;
    Look look = look_through(text, &hints);
    for (Py_ssize_t start; (start = next_sighting(&look)) >= 0;) {
        PyObject *piece = PyUnicode_Substring(text, start, look.place);
        PyObject *spots = piece ? spots_of(piece, known, read) : NULL;
        Py_XDECREF(piece);
        if (!spots || !add_spots(spots, start, marks, &held)) {
            Py_DECREF(marks);
            return NULL;
        }
    }
    return Py_BuildValue("(NL)", marks, held);
}
