/* The module that Python imports. */

#include "texts.h"

PyDoc_STRVAR(sightings_doc,
             "sightings(text, hints, wants_figures) -> list[tuple[int, int]]\n\n"
             "Return where the pieces of *text* stand that may hold what the tuple of *hints* is of.");

PyDoc_STRVAR(spotted_doc,
             "spotted(text, hints, wants_figures, known, read) -> tuple[list[tuple[int, int, int]], int]\n\n"
             "Return the marks of the pieces of *text* that may hold what the tuple of *hints* is of, as the dict of\n"
             "what is *known* of pieces has them or *read* says, and the bits of all that these hold.");

PyDoc_STRVAR(by_sentence_doc,
             "by_sentence(text, marks, abbreviations) -> list[tuple[tuple[int, int], list[Mark], int]]\n\n"
             "Return the sentences of *text* that have some of *marks*, a list of start, end and bits, in order: where each\n"
             "starts and ends, its marks, those that overlap made one, and all of their bits.");

PyDoc_STRVAR(positions_doc,
             "positions(text, start, end, around, read) -> int\n\n"
             "Return how many positions the pieces of *text* from *start* to *end* take without the signs *around* them,\n"
             "which are no letters or figures: letters alone take one, *read* says how many others do: `finder.positions_by_piece`.");

static PyMethodDef methods[] = {
    {"sightings", sightings, METH_VARARGS, sightings_doc},
    {"spotted", spotted, METH_VARARGS, spotted_doc},
    {"by_sentence", by_sentence, METH_VARARGS, by_sentence_doc},
    {"positions", positions, METH_VARARGS, positions_doc},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_texts",
    .m_doc = "What is asked of texts that are read for a query.",
    .m_size = -1,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit__texts(void)
{
    learn_kinds();
    return PyModule_Create(&definition);
}
