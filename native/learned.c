/* Judge by learned models: what cscheck/learned/model.py computes, in the same order of additions. */

#include "kernel.h"

#include <math.h>
#include <stdlib.h>

typedef struct {
    PyObject_HEAD
    Py_buffer chars, children, values, idf, starts, cells;
    Py_ssize_t labels;
    int32_t *tops; /* by character, what is below the root, and what is below BEFORE */
} Learned;

enum { BEFORE = 1, START = 2, END = 3, FORM = 4, LONGEST = 3, LONGEST_BEFORE = 2, MOST_LENGTH = 6, MOST_ECHO = 5,
       LEAST_PAIRS = 4 };
static const double SHORT = 1e6;

typedef struct {
    const Learned *model;
    int32_t *features, *counts, *table; /* in the order of their first appearance */
    size_t size, mask;
} Bag;

static inline int32_t below(const Learned *model, int32_t node, Py_UCS4 c)
{
    return child(INTS(model->chars), INTS(model->children), node, c);
}

static inline int32_t top(const Learned *model, int is_before, Py_UCS4 c)
{
    if (c < PLANE) return model->tops[is_before * PLANE + c];
    int32_t root = is_before ? below(model, 0, BEFORE) : 0;
    return root < 0 ? -1 : below(model, root, c);
}

static void fill_tops(Learned *model, int is_before)
{
    int32_t root = is_before ? below(model, 0, BEFORE) : 0, *tops = model->tops + is_before * PLANE;
    for (int32_t c = 0; c < PLANE; c++) tops[c] = -1;
    for (int32_t node = root < 0 ? 0 : INTS(model->children)[root];
         root >= 0 && node < INTS(model->children)[root + 1]; node++)
        if (INTS(model->chars)[node] < PLANE) tops[INTS(model->chars)[node]] = node;
}

static inline void count_node(Bag *bag, int32_t node)
{
    int32_t feature = node < 0 ? -1 : INTS(bag->model->values)[node];
    if (feature < 0) return;
    size_t place = ((uint32_t)feature * 2654435761u) & bag->mask;
    while (bag->table[place]) {
        int32_t at = bag->table[place] - 1;
        if (bag->features[at] == feature) { bag->counts[at]++; return; }
        place = (place + 1) & bag->mask;
    }
    bag->features[bag->size] = feature;
    bag->counts[bag->size++] = 1;
    bag->table[place] = (int32_t)bag->size;
}

static void count_mark(Bag *bag, const char *mark, int number)
{
    int32_t node = below(bag->model, 0, FORM);
    for (; node >= 0 && *mark; mark++) node = below(bag->model, node, (Py_UCS4)*mark);
    if (node >= 0 && number >= 0) node = below(bag->model, node, (Py_UCS4)('0' + number));
    count_node(bag, node);
}

static int by_value(const void *one, const void *other)
{
    uint64_t a = *(const uint64_t *)one, b = *(const uint64_t *)other;
    return (a > b) - (a < b);
}

/* The different pairs of neighbours, sorted; texts one after the other. */
static size_t sorted_pairs(const Text *texts, size_t count, uint64_t *pairs)
{
    size_t size = 0, kept = 0;
    for (size_t t = 0; t < count; t++)
        for (int32_t i = 0; i + 1 < texts[t].length; i++)
            pairs[size++] = (uint64_t)texts[t].chars[i] << 32 | texts[t].chars[i + 1];
    qsort(pairs, size, sizeof *pairs, by_value);
    for (size_t i = 0; i < size; i++)
        if (!kept || pairs[kept - 1] != pairs[i]) pairs[kept++] = pairs[i];
    return kept;
}

static int asks(const Text *text)
{
    static const Py_UCS4 ends[] = {'?', 0x5417, 0x5462, 0x4e48, 0x5427, 0x4e0d, 0x6ca1}; /* ? 吗 呢 么 吧 不 没 */
    if (!text->length) return 0;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (text->chars[text->length - 1] == ends[i]) return 1;
    return 0;
}

/* The features of a piece with their values, of length 1 together: ``found`` gets the sums of weights of the labels, or,
 * where there is no ``sums``, pairs of feature and value. */
static int score_piece(const Learned *model, const Text *text, const Text *heard, size_t heard_count, int is_first,
                       const uint64_t *heard_pairs, size_t heard_size, double *sums, PyObject *found)
{
    const int32_t length = text->length;
    const Text *before = heard_count ? heard + heard_count - 1 : NULL;
    size_t most = 3 * (size_t)length + 8 + (before ? 2 * (size_t)before->length : 0), room = 64;
    while (room < 2 * most) room *= 2;
    int32_t *memory = PyMem_RawCalloc(2 * most + room, sizeof *memory);
    uint64_t *pairs = PyMem_RawMalloc(sizeof *pairs * ((size_t)length + 1));
    double *values = PyMem_RawMalloc(sizeof *values * most);
    int ok = memory && pairs && values;
    if (ok) {
        Bag bag = {model, memory, memory + most, memory + 2 * most, 0, room - 1};
        /* What starts at each place, one character longer in each round. */
        int32_t *nodes = (int32_t *)values;
        for (int32_t size = 1; size <= LONGEST; size++) {
            for (int32_t at = -1; at <= length - size + 1; at++) {
                int32_t last = at + size - 1, node = size == 1 ? 0 : nodes[at + 1];
                Py_UCS4 c = last < 0 ? START : last >= length ? END : text->chars[last];
                node = size == 1 ? top(model, 0, c) : node < 0 ? -1 : below(model, node, c);
                nodes[at + 1] = node;
                if (size > 1 || (at >= 0 && at < length)) count_node(&bag, node);
            }
        }
        for (int32_t size = 1; before && size <= LONGEST_BEFORE; size++) {
            for (int32_t at = 0; at <= before->length - size; at++) {
                int32_t node = top(model, 1, before->chars[at]);
                if (node >= 0 && size == 2) node = below(model, node, before->chars[at + 1]);
                count_node(&bag, node);
            }
        }
        size_t own = sorted_pairs(text, 1, pairs), shared = 0;
        for (size_t i = 0, j = 0; i < own && j < heard_size;) {
            if (pairs[i] == heard_pairs[j]) { shared++; i++; j++; }
            else if (pairs[i] < heard_pairs[j]) i++;
            else j++;
        }
        int bits = 0, echo = (int)(10 * ((double)shared / (double)(own > LEAST_PAIRS ? own : LEAST_PAIRS)));
        for (int32_t n = length; n; n >>= 1) bits++;
        count_mark(&bag, is_first ? "first" : "later", -1);
        count_mark(&bag, asks(text) ? "asks" : "tells", -1);
        count_mark(&bag, "length", bits < MOST_LENGTH ? bits : MOST_LENGTH);
        count_mark(&bag, "echo", echo < MOST_ECHO ? echo : MOST_ECHO);
        const uint16_t *idf = model->idf.buf;
        double norm = 0;
        for (size_t i = 0; i < bag.size; i++) {
            double rare = idf[bag.features[i]];
            values[i] = bag.counts[i] == 1 ? rare : (1 + log((double)bag.counts[i])) * rare;
            norm += values[i] * values[i];
        }
        norm = sqrt(norm + SHORT);
        const uint8_t *cells = model->cells.buf;
        const int32_t *starts = INTS(model->starts);
        for (size_t i = 0; ok && i < bag.size; i++) {
            double value = values[i] / norm;
            if (!sums) {
                PyObject *pair = Py_BuildValue("(id)", (int)bag.features[i], value);
                ok = pair && PyList_Append(found, pair) == 0;
                Py_XDECREF(pair);
                continue;
            }
            for (int32_t at = starts[bag.features[i]]; at < starts[bag.features[i] + 1]; at += 2)
                sums[cells[at]] += value * (int8_t)cells[at + 1];
        }
    }
    PyMem_RawFree(memory);
    PyMem_RawFree(pairs);
    PyMem_RawFree(values);
    return ok;
}

static int add_row(PyObject *found, const double *sums, Py_ssize_t labels)
{
    PyObject *row = PyList_New(labels);
    for (Py_ssize_t n = 0; row && n < labels; n++) {
        PyObject *sum = PyFloat_FromDouble(sums[n]);
        if (!sum) { Py_CLEAR(row); break; }
        PyList_SET_ITEM(row, n, sum);
    }
    int ok = row && PyList_Append(found, row) == 0;
    Py_XDECREF(row);
    return ok;
}

/* For each piece of a text the sum of weights of each label; ``heard`` are the other side's last texts. With
 * ``needed`` sums, only the numbers of the labels that reach theirs in some piece. */
static PyObject *judge_pieces(Learned *self, PyObject *args, int as_values)
{
    PyObject *object, *pieces, *heard, *least = NULL;
    int is_first;
    if (!PyArg_ParseTuple(args, "OO!O!p|O", &object, &PyList_Type, &pieces, &PyTuple_Type, &heard, &is_first, &least))
        return NULL;
    Py_buffer needed = {.obj = NULL};
    uint8_t reached[256] = {0};
    if (least) {
        if (PyObject_GetBuffer(least, &needed, PyBUF_SIMPLE) < 0) return NULL;
        if (needed.len != self->labels * (Py_ssize_t)sizeof(double)) {
            PyBuffer_Release(&needed);
            PyErr_SetString(PyExc_ValueError, "a sum for each label is needed");
            return NULL;
        }
    }
    Text text, others[8];
    size_t count = 0, wanted = (size_t)PyTuple_GET_SIZE(heard);
    if (wanted > 8 || !read_text(object, &text)) {
        if (needed.obj) PyBuffer_Release(&needed);
        if (!PyErr_Occurred()) PyErr_SetString(PyExc_ValueError, "too many texts");
        return NULL;
    }
    uint64_t *pairs = NULL;
    double *sums = NULL;
    PyObject *found = NULL;
    size_t total = 1;
    for (; count < wanted; count++) {
        if (!read_text(PyTuple_GET_ITEM(heard, count), others + count)) goto done;
        total += (size_t)others[count].length;
    }
    pairs = PyMem_RawMalloc(total * sizeof *pairs);
    sums = PyMem_RawMalloc(((size_t)self->labels + 1) * sizeof *sums);
    if (!pairs || !sums) { PyErr_NoMemory(); goto done; }
    size_t heard_size = sorted_pairs(others, count, pairs);
    found = PyList_New(0);
    for (Py_ssize_t i = 0; found && i < PyList_GET_SIZE(pieces); i++) {
        int start, end;
        if (!PyArg_ParseTuple(PyList_GET_ITEM(pieces, i), "ii", &start, &end)) { Py_CLEAR(found); break; }
        if (start < 0 || end < start || end > text.length) {
            PyErr_SetString(PyExc_IndexError, "no such piece");
            Py_CLEAR(found);
            break;
        }
        Text piece = {.chars = text.chars + start, .length = end - start};
        for (Py_ssize_t n = 0; n < self->labels; n++) sums[n] = 0;
        if (!score_piece(self, &piece, others, count, is_first, pairs, heard_size, as_values ? NULL : sums, found)) {
            if (!PyErr_Occurred()) PyErr_NoMemory();
            Py_CLEAR(found);
            break;
        }
        if (as_values) continue;
        for (Py_ssize_t n = 0; least && n < self->labels; n++) reached[n] |= sums[n] >= ((double *)needed.buf)[n];
        if (!least && !add_row(found, sums, self->labels)) Py_CLEAR(found);
    }
    for (Py_ssize_t n = 0; found && least && n < self->labels; n++) {
        if (!reached[n]) continue;
        PyObject *number = PyLong_FromSsize_t(n);
        int ok = number && PyList_Append(found, number) == 0;
        Py_XDECREF(number);
        if (!ok) Py_CLEAR(found);
    }
done:
    while (count--) drop_text(others + count);
    drop_text(&text);
    PyMem_RawFree(pairs);
    PyMem_RawFree(sums);
    if (needed.obj) PyBuffer_Release(&needed);
    return found;
}

static PyObject *learned_sums(Learned *self, PyObject *args) { return judge_pieces(self, args, 0); }

/* The features of the pieces, one after the other, with their values. */
static PyObject *learned_values(Learned *self, PyObject *args) { return judge_pieces(self, args, 1); }

static int learned_init(Learned *self, PyObject *args, PyObject *kwargs)
{
    PyObject *parts[6];
    Py_buffer *buffers[] = {&self->chars, &self->children, &self->values, &self->idf, &self->starts, &self->cells};
    if (kwargs && PyDict_GET_SIZE(kwargs)) { PyErr_SetString(PyExc_TypeError, "no keywords"); return -1; }
    if (!PyArg_ParseTuple(args, "OOOOOOn", parts, parts + 1, parts + 2, parts + 3, parts + 4, parts + 5, &self->labels))
        return -1;
    for (int i = 0; i < 6; i++) {
        if (buffers[i]->obj) PyBuffer_Release(buffers[i]);
        if (PyObject_GetBuffer(parts[i], buffers[i], PyBUF_SIMPLE) < 0) return -1;
    }
    if (self->labels < 0 || self->labels > 256 || COUNT(self->children) != COUNT(self->chars) + 1
        || COUNT(self->values) != COUNT(self->chars) || COUNT(self->starts) != self->idf.len / 2 + 1) {
        PyErr_SetString(PyExc_ValueError, "arrays do not fit together");
        return -1;
    }
    if (!self->tops) self->tops = PyMem_RawMalloc(2 * PLANE * sizeof *self->tops);
    if (!self->tops) { PyErr_NoMemory(); return -1; }
    fill_tops(self, 0);
    fill_tops(self, 1);
    return 0;
}

static void learned_dealloc(Learned *self)
{
    PyMem_RawFree(self->tops);
    Py_buffer *buffers[] = {&self->chars, &self->children, &self->values, &self->idf, &self->starts, &self->cells};
    for (int i = 0; i < 6; i++)
        if (buffers[i]->obj) PyBuffer_Release(buffers[i]);
    PyTypeObject *type = Py_TYPE(self);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyMethodDef learned_methods[] = {
    {"sums", (PyCFunction)learned_sums, METH_VARARGS, NULL},
    {"over", (PyCFunction)learned_sums, METH_VARARGS, NULL},
    {"values", (PyCFunction)learned_values, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot learned_slots[] = {
    {Py_tp_init, learned_init},
    {Py_tp_new, PyType_GenericNew},
    {Py_tp_dealloc, learned_dealloc},
    {Py_tp_methods, learned_methods},
    {0, NULL},
};

PyType_Spec learned_spec = {
    "cscheck.patterns._kernel.Learned", sizeof(Learned), 0, Py_TPFLAGS_DEFAULT, learned_slots,
};
