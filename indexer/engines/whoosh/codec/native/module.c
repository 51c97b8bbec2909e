/* The module that Python imports. */

#include "kernels.h"

#include <string.h>

uint8_t count_of[256], form_of[256];

PyDoc_STRVAR(prepare_doc, "prepare(counts, forms)\n\nTake in what each of the 256 symbols stands for: `symbols`.");

static PyObject *prepare(PyObject *module, PyObject *args)
{
    Py_buffer counts, forms;
    if (!PyArg_ParseTuple(args, "y*y*", &counts, &forms))
        return NULL;
    int is_good = counts.len == sizeof count_of && forms.len == sizeof form_of;
    if (is_good) {
        memcpy(count_of, counts.buf, sizeof count_of);
        memcpy(form_of, forms.buf, sizeof form_of);
    }
    PyBuffer_Release(&counts);
    PyBuffer_Release(&forms);
    if (is_good)
        Py_RETURN_NONE;
    PyErr_SetString(PyExc_ValueError, "there are 256 symbols");
    return NULL;
}

static PyMethodDef methods[] = {
    {"place", place, METH_VARARGS, place_doc},
    {"prepare", prepare, METH_VARARGS, prepare_doc},
    {"scored", scored, METH_VARARGS, scored_doc},
    {"scores_at", scores_at, METH_VARARGS, scores_at_doc},
    {"mark", mark, METH_VARARGS, mark_doc},
    {"mark_forms", mark_forms, METH_VARARGS, mark_forms_doc},
    {"places", places, METH_VARARGS, places_doc},
    {"following", following, METH_VARARGS, following_doc},
    {"phrase", phrase, METH_VARARGS, phrase_doc},
    {"similar", similar, METH_VARARGS, similar_doc},
    {"standing", standing, METH_VARARGS, standing_doc},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_kernels",
    .m_doc = "What a query does to the postings of a term, and to known words, in one pass.",
    .m_size = -1,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit__kernels(void)
{
    return PyModule_Create(&definition);
}
