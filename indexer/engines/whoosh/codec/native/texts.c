/* Texts that are written as what each adds to the one before it. */

#include "kernels.h"

#include <stdlib.h>
#include <string.h>

const char place_doc[] = PyDoc_STR(
"place(content, shared, own, width, skipped, text) -> (int, int)\n\n"
"Return the place of the first of some texts that is not below *text*, and how many from there on equal it. The first\n"
"of all is a head; the first *skipped* are not asked for. *own* has *width* bytes for each: `dictionary.Texts.listed`.");

PyObject *place(PyObject *module, PyObject *args)
{
    Py_buffer content, shared, own, text;
    int width;
    Py_ssize_t skipped;
    PyObject *result = NULL;
    uint8_t *current = NULL;
    if (!PyArg_ParseTuple(args, "y*y*y*iny*", &content, &shared, &own, &width, &skipped, &text))
        return NULL;
    if ((width != 1 && width != 2 && width != 4) || own.len != shared.len * width) {
        PyErr_SetString(PyExc_ValueError, "each text must have two lengths");
        goto done;
    }
    if (!(current = malloc((size_t)content.len + 1))) {
        PyErr_NoMemory();
        goto done;
    }
    const uint8_t *next = content.buf, *end = next + content.len, *kept = shared.buf, *more = own.buf;
    Py_ssize_t number = 0, below = skipped, equal = 0, length = 0;
    for (; number < shared.len; number++) {
        uint32_t added = 0;
        for (int byte = 0; byte < width; byte++)
            added |= (uint32_t)*more++ << 8 * byte;
        if (kept[number] > length || added > end - next) {
            PyErr_SetString(PyExc_ValueError, "the texts are damaged");
            goto done;
        }
        memcpy(current + kept[number], next, added);
        next += added;
        length = kept[number] + (Py_ssize_t)added;
        if (number < skipped)
            continue;
        int order = memcmp(current, text.buf, (size_t)(length < text.len ? length : text.len));
        if (!order)
            order = length < text.len ? -1 : length > text.len;
        if (order > 0)
            break;
        below += order < 0;
        equal += order == 0;
    }
    result = Py_BuildValue("nn", below, equal);
done:
    free(current);
    PyBuffer_Release(&content);
    PyBuffer_Release(&shared);
    PyBuffer_Release(&own);
    PyBuffer_Release(&text);
    return result;
}
