/* Which words few changes of a letter make of another: `near_words._similar`. */

#include "kernels.h"

#include <string.h>

enum { LONGEST = 24, FAR = 100 }; /* `words.LONGEST`, letters of a known word; more changes than any of them has */

const char similar_doc[] = PyDoc_STR(
"similar(text, starts, numbers, word, changes) -> bytes\n\n"
"Return those of the words *numbers* (int64) that *changes* make of *word*: *text* has the letters of all words,\n"
"*starts* (uint32) where each begins. None has more than 24 letters.");

static int smaller(int one, int other)
{
    return one < other ? one : other;
}

/*
 * Whether so many changes make one word of another: a letter put in, taken out or exchanged, or two swapped.
 *
 * What is further from the diagonal than that takes more of them, and is left far away.
 */
static int are_near(const uint8_t *word, int length, const uint8_t *other, int size, int changes)
{
    uint8_t rows[3][LONGEST + 2];
    memset(rows, FAR, sizeof rows);
    for (int column = 0; column <= smaller(size, changes); column++)
        rows[0][column] = (uint8_t)column;
    for (int row = 1; row <= length; row++) {
        const uint8_t *above = rows[(row + 2) % 3], *before = rows[(row + 1) % 3];
        uint8_t *here = rows[row % 3];
        int first = row > changes ? row - changes : 1, last = smaller(size, row + changes), fewest = FAR;
        here[first - 1] = (uint8_t)(row <= changes ? row : FAR);
        for (int column = first; column <= last; column++) {
            int least = smaller(smaller(above[column], here[column - 1]) + 1,
                                above[column - 1] + (word[row - 1] != other[column - 1]));
            if (row > 1 && column > 1 && word[row - 1] == other[column - 2] && word[row - 2] == other[column - 1])
                least = smaller(least, before[column - 2] + 1);
            here[column] = (uint8_t)least;
            fewest = smaller(fewest, least);
        }
        here[last + 1] = FAR;
        if (smaller(fewest, here[first - 1]) > changes)
            return 0; /* nor has a row below less: two letters swapped take one more than what is two rows above */
    }
    return rows[length % 3][size] <= changes;
}

/* What the function is asked. */
typedef struct {
    Py_buffer text, starts, numbers, word;
    int changes;
} Asked;

/* Whether there is a word of this number, which has its letters within the text, and no more than a word may have. */
static int has_word(const Asked *asked, int64_t number)
{
    const uint32_t *starts = asked->starts.buf;
    if (number < 0 || number >= asked->starts.len / (Py_ssize_t)sizeof *starts - 1)
        return 0;
    uint32_t start = starts[number], end = starts[number + 1];
    return start <= end && end - start <= LONGEST && end <= (size_t)asked->text.len;
}

static PyObject *similar_to(const Asked *asked)
{
    const uint32_t *starts = asked->starts.buf;
    const int64_t *numbers = asked->numbers.buf;
    Py_ssize_t count = asked->numbers.len / (Py_ssize_t)sizeof *numbers, near = 0;
    if (asked->word.len > LONGEST || asked->changes < 0 || asked->changes > LONGEST) {
        PyErr_SetString(PyExc_ValueError, "a word has 24 letters and changes at most, and no fewer than none");
        return NULL;
    }
    PyObject *found = PyBytes_FromStringAndSize(NULL, asked->numbers.len);
    for (Py_ssize_t at = 0; found && at < count; at++) {
        int64_t number = numbers[at];
        if (!has_word(asked, number)) {
            PyErr_SetString(PyExc_ValueError, "words have numbers, and 24 letters at most");
            Py_CLEAR(found);
        } else if (are_near(asked->word.buf, (int)asked->word.len, (const uint8_t *)asked->text.buf + starts[number],
                            (int)(starts[number + 1] - starts[number]), asked->changes))
            ((int64_t *)PyBytes_AS_STRING(found))[near++] = number;
    }
    if (found)
        _PyBytes_Resize(&found, near * (Py_ssize_t)sizeof *numbers);
    return found;
}

PyObject *similar(PyObject *module, PyObject *args)
{
    Asked asked;
    if (!PyArg_ParseTuple(args, "y*y*y*y*i", &asked.text, &asked.starts, &asked.numbers, &asked.word, &asked.changes))
        return NULL;
    PyObject *result = similar_to(&asked);
    PyBuffer_Release(&asked.text);
    PyBuffer_Release(&asked.starts);
    PyBuffer_Release(&asked.numbers);
    PyBuffer_Release(&asked.word);
    return result;
}
