/* How many positions the words of a text take. */

#include "texts.h"

/* Whether some signs of a text are letters, one at least. */
static int are_letters(PyObject *text, Py_ssize_t start, Py_ssize_t end)
{
    int width = PyUnicode_KIND(text);
    const void *signs = PyUnicode_DATA(text);
    for (Py_ssize_t at = start; at < end; at++)
        if (!Py_UNICODE_ISALPHA(PyUnicode_READ(width, signs, at)))
            return 0;
    return start < end;
}

static int is_around(PyObject *around, Py_UCS4 sign)
{
    return !Py_UNICODE_ISALNUM(sign) && PyUnicode_FindChar(around, sign, 0, PyUnicode_GET_LENGTH(around), 1) >= 0;
}

/* How many positions a piece takes: one if it is letters, else as many as is read; -1 for an error. */
static Py_ssize_t positions_of(PyObject *text, Py_ssize_t start, Py_ssize_t end, PyObject *around, PyObject *read)
{
    while (start < end && is_around(around, PyUnicode_READ_CHAR(text, start)))
        start++;
    while (start < end && is_around(around, PyUnicode_READ_CHAR(text, end - 1)))
        end--;
    if (are_letters(text, start, end))
        return 1;
    PyObject *piece = PyUnicode_Substring(text, start, end);
    PyObject *count = piece ? PyObject_CallOneArg(read, piece) : NULL;
    Py_ssize_t found = count ? PyLong_AsSsize_t(count) : -1;
    Py_XDECREF(piece);
    Py_XDECREF(count);
    return found;
}

PyObject *positions(PyObject *module, PyObject *args)
{
    PyObject *text, *around, *read;
    Py_ssize_t place, end, count = 0;
    if (!PyArg_ParseTuple(args, "UnnUO", &text, &place, &end, &around, &read))
        return NULL;
    if (place < 0 || end > PyUnicode_GET_LENGTH(text)) {
        PyErr_SetString(PyExc_ValueError, "the places are not within the text");
        return NULL;
    }
    while (place < end) {
        Py_ssize_t start = place;
        while (place < end && !Py_UNICODE_ISSPACE(PyUnicode_READ_CHAR(text, place)))
            place++;
        Py_ssize_t own = place > start ? positions_of(text, start, place, around, read) : 0;
        if (own < 0)
            return PyErr_Occurred() ? NULL : PyErr_Format(PyExc_ValueError, "a piece takes fewer positions than none");
        count += own;
        place += place < end;
    }
    return PyLong_FromSsize_t(count);
}
