/* The extension module cscheck.patterns._kernel: its types are in program.c and learned.c. */

#include "kernel.h"

int read_text(PyObject *object, Text *text)
{
    if (!PyUnicode_Check(object)) { PyErr_SetString(PyExc_TypeError, "a text is wanted"); return 0; }
    Py_ssize_t length = PyUnicode_GET_LENGTH(object);
    if (length > 1 << 28) { PyErr_SetString(PyExc_OverflowError, "text too long"); return 0; }
    text->length = (int32_t)length;
    text->chars = length <= 255 ? text->few : PyMem_RawMalloc(4 * ((size_t)length + 1));
    if (!text->chars) { PyErr_NoMemory(); return 0; }
    int kind = PyUnicode_KIND(object);
    const void *data = PyUnicode_DATA(object);
    for (Py_ssize_t i = 0; i < length; i++) text->chars[i] = PyUnicode_READ(kind, data, i);
    return 1;
}

void drop_text(Text *text)
{
    if (text->chars != text->few) PyMem_RawFree(text->chars);
}

static int kernel_exec(PyObject *module)
{
    PyType_Spec *specs[] = {&program_spec, &learned_spec};
    const char *names[] = {"Program", "Learned"};
    for (int i = 0; i < 2; i++) {
        PyObject *type = PyType_FromSpec(specs[i]);
        if (!type) return -1;
        int failed = PyModule_AddObjectRef(module, names[i], type);
        Py_DECREF(type);
        if (failed) return -1;
    }
    return 0;
}

static PyModuleDef_Slot kernel_slots[] = {
    {Py_mod_exec, kernel_exec},
#ifdef Py_GIL_DISABLED
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef kernel = {
    PyModuleDef_HEAD_INIT, "_kernel", NULL, 0, NULL, kernel_slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit__kernel(void) { return PyModuleDef_Init(&kernel); }
