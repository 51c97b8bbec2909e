/* What is asked of texts that are read for a query: compiled, as each answer has the sentences of ten articles. */

#ifndef TELUSUR_TEXTS_H
#define TELUSUR_TEXTS_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

void learn_kinds(void);

PyObject *sightings(PyObject *module, PyObject *args);
PyObject *spotted(PyObject *module, PyObject *args);
PyObject *by_sentence(PyObject *module, PyObject *args);
PyObject *positions(PyObject *module, PyObject *args);

#endif
