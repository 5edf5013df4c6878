/* What the parts of the kernel share: texts as code points, and tries in flat arrays. */

#ifndef CSCHECK_KERNEL_H
#define CSCHECK_KERNEL_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>

#define INTS(buffer) ((const int32_t *)(buffer).buf)
#define COUNT(buffer) ((buffer).len / 4)

enum { PLANE = 0x10000 };

typedef struct { Py_UCS4 *chars; int32_t length; Py_UCS4 few[256]; } Text;

/* 0 and a Python error where the object is no text. */
int read_text(PyObject *object, Text *text);
void drop_text(Text *text);

/* The children of a node stand side by side, sorted by their characters; -1 where there is none of this one. */
static inline int32_t child(const int32_t *chars, const int32_t *children, int32_t node, Py_UCS4 c)
{
    int32_t low = children[node], high = children[node + 1];
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if ((Py_UCS4)chars[middle] < c) low = middle + 1;
        else high = middle;
    }
    return low < children[node + 1] && (Py_UCS4)chars[low] == c ? low : -1;
}

extern PyType_Spec program_spec, learned_spec;

#endif
