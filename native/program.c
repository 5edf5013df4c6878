/* Match patterns over code points: the same answers as the regular expressions of cscheck/patterns/expression.py.
 *
 * A program is a set of flat arrays made by cscheck/patterns/lower.py and build.py: tries with the children of a node side
 * by side, the code of each pattern, and what a text must hold for it to be tried. Nothing here keeps state between calls.
 */

#include "kernel.h"

#include <stdlib.h>
#include <string.h>

enum {
    OP_MATCH, OP_CHARS, OP_TRIE, OP_JUMP, OP_SPLIT, OP_GAP, OP_NUMBER, OP_DIGITS, OP_EDGE, OP_AHEAD, OP_BEHIND,
    OP_MARK_START, OP_MARK_END, OP_SWITCH, OP_WORD
};
enum { CLAUSE, SENTENCE, SPACE, LEAD };
enum { LONGEST_WORD = 64, MOST_WORDS = 512 };
enum { SENTENCE_START, SENTENCE_END, CLAUSE_START, CLAUSE_END, TURN_START, TURN_END };

typedef struct {
    PyObject_HEAD
    Py_buffer code, pool, starts, firsts, chars, children, values, classes;
    Py_buffer roots, always, always_starts, posts, post_starts, rests, rest_starts, groups, group_starts, needs, slots;
    int32_t *tops; /* for each group, by character, what is below its root */
} Program;

typedef struct { int32_t pc, pos, aux, least, mark_start, mark_end; } Frame;

/* The words of a text by their parts of speech; without them any few characters pass for a word. */
typedef struct { const Py_UCS4 *chars; int32_t length, kind; } Word;

typedef struct {
    const Program *program;
    const Word *words; /* the longest first, NULL where they are not known */
    int32_t word_count;
    const Py_UCS4 *text;
    int32_t end;      /* the text seems to end here */
    int32_t must_end; /* a match has to end here, -1 for anywhere */
    Frame *frames;
    size_t size, room;
    int32_t mark_start, mark_end;
    Frame first[64];
    int failed;
} Run;

static inline int is_in(const Program *p, int set, Py_UCS4 c)
{
    return c < 0x10000 && (((const uint8_t *)p->classes.buf)[set * 8192 + (c >> 3)] >> (c & 7) & 1);
}

static inline int is_digit(Py_UCS4 c) { return c >= '0' && c <= '9'; }

static inline int is_numeral(Py_UCS4 c)
{
    static const Py_UCS4 han[] = {0x96f6, 0x4e00, 0x4e8c, 0x4e24, 0x4e09, 0x56db, 0x4e94, 0x516d, 0x4e03, 0x516b,
                                  0x4e5d, 0x5341, 0x767e, 0x5343, 0x4e07, 0x4ebf, 0x534a, 0x51e0};
    if (is_digit(c)) return 1;
    if (c < 0x4e00) return 0;
    for (size_t i = 0; i < sizeof han / sizeof *han; i++)
        if (han[i] == c) return 1;
    return 0;
}

static inline int32_t step(const Program *p, int32_t node, Py_UCS4 c)
{
    return child(INTS(p->chars), INTS(p->children), node, c);
}

static int push(Run *run, int32_t pc, int32_t pos, int32_t aux, int32_t least)
{
    if (run->size == run->room) {
        size_t room = run->room * 2;
        Frame *frames = run->frames == run->first ? malloc(room * sizeof(Frame))
                                                  : realloc(run->frames, room * sizeof(Frame));
        if (!frames) { run->failed = 1; return 0; }
        if (run->frames == run->first) memcpy(frames, run->first, sizeof run->first);
        run->frames = frames;
        run->room = room;
    }
    run->frames[run->size++] = (Frame){pc, pos, aux, least, run->mark_start, run->mark_end};
    return 1;
}

static int holds_edge(const Program *p, const Py_UCS4 *text, int32_t pos, int32_t end, int32_t kind)
{
    switch (kind) {
    case SENTENCE_START:
        return pos == 0 || is_in(p, SENTENCE, text[pos - 1]) || is_in(p, SPACE, text[pos - 1]);
    case CLAUSE_START:
        return pos == 0 || is_in(p, CLAUSE, text[pos - 1]);
    case CLAUSE_END:
        return pos >= end || is_in(p, CLAUSE, text[pos]);
    case SENTENCE_END:
        for (;; pos++) {
            if (pos >= end || (pos == end - 1 && text[pos] == '\n') || is_in(p, SENTENCE, text[pos])) return 1;
            if (!is_in(p, CLAUSE, text[pos])) return 0;
        }
    default:
        while (pos < end && is_in(p, CLAUSE, text[pos])) pos++;
        return pos >= end;
    }
}

/* Where one alternative ends, in the order in which they are tried: the last pushed comes first. */
static int push_ends(Run *run, int32_t pc, int32_t first, int32_t last)
{
    for (int32_t pos = first; pos <= last; pos++)
        if (!push(run, pc, pos, -1, 0)) return 0;
    return 1;
}

static int32_t execute(Run *run, int32_t pc, int32_t pos);

static int looks_ahead(Run *run, int32_t pc, int32_t pos)
{
    Run inner = {.program = run->program, .words = run->words, .word_count = run->word_count, .text = run->text, .end = run->end, .must_end = -1, .room = 64,
                 .mark_start = -1, .mark_end = -1};
    inner.frames = inner.first;
    int32_t found = execute(&inner, pc, pos);
    if (inner.frames != inner.first) free(inner.frames);
    run->failed |= inner.failed;
    return found >= 0;
}

/* Give where a match that starts at pos ends, -1 where there is none. */
static int32_t execute(Run *run, int32_t pc, int32_t pos)
{
    const Program *p = run->program;
    const int32_t *code = INTS(p->code);
    const Py_UCS4 *text = run->text;
    const int32_t end = run->end;
    const size_t bottom = run->size;

    for (;;) {
        int ok = 1;
        switch (code[pc]) {
        case OP_MATCH:
            if (run->must_end < 0 || pos == run->must_end) { run->size = bottom; return pos; }
            ok = 0;
            break;
        case OP_CHARS: {
            int32_t length = code[pc + 2];
            ok = pos + length <= end && !memcmp(text + pos, INTS(p->pool) + code[pc + 1], 4 * (size_t)length);
            pos += length;
            pc += 3;
            break;
        }
        case OP_TRIE: {
            int32_t node = code[pc + 1], at = pos, longest = -1;
            pc += 2;
            while (at < end && (node = step(p, node, text[at])) >= 0) {
                at++;
                if (INTS(p->values)[node] < 0) continue;
                if (longest >= 0 && !push(run, pc, longest, -1, 0)) return -1;
                longest = at;
            }
            ok = longest >= 0;
            pos = longest;
            break;
        }
        case OP_JUMP:
            pc = code[pc + 1];
            break;
        case OP_SPLIT: { /* each branch: where it is, and the characters that it may start with */
            const int32_t *branch = code + pc + 2, *stop = branch + 3 * code[pc + 1];
            const int32_t *chosen = NULL;
            for (const int32_t *last = stop - 3; last >= branch; last -= 3) {
                if (pos < end) {
                    if (!((uint32_t)last[1 + (text[pos] >> 5 & 1)] >> (text[pos] & 31) & 1)) continue;
                } else if ((last[1] & last[2]) != -1) {
                    continue;
                }
                if (chosen && !push(run, *chosen, pos, -1, 0)) return -1;
                chosen = last;
            }
            ok = chosen != NULL;
            if (ok) pc = *chosen;
            break;
        }
        case OP_SWITCH: { /* many branches: for each kind of character those that it may start, the last for none */
            int32_t kind = pos < end ? (int32_t)(text[pos] & 63) : 64;
            int32_t first = code[pc + 1 + kind], last = code[pc + 2 + kind];
            ok = first < last;
            for (int32_t i = last - 1; i > first; i--)
                if (!push(run, code[i], pos, -1, 0)) return -1;
            if (ok) pc = code[first];
            break;
        }
        case OP_WORD: {
            int32_t kind = code[pc + 1];
            pc += 2;
            ok = 0;
            if (!run->words) {
                int32_t stop = end - pos < LONGEST_WORD ? end : pos + LONGEST_WORD;
                if (!push_ends(run, pc, pos + 1, stop)) return -1;
                break;
            }
            for (int32_t i = run->word_count - 1; i >= 0; i--) {
                const Word *word = run->words + i;
                if (word->kind == kind && pos + word->length <= end
                    && !memcmp(text + pos, word->chars, 4 * (size_t)word->length)
                    && !push(run, pc, pos + word->length, -1, 0)) return -1;
            }
            break;
        }
        case OP_GAP: { /* as few as will do */
            int32_t set = code[pc + 1], least = code[pc + 2], most = code[pc + 3], taken = 0;
            while (ok && taken < least) {
                ok = pos < end && !is_in(p, set, text[pos]);
                pos++;
                taken++;
            }
            if (ok && most > taken && !push(run, pc, pos, most - taken, set)) return -1;
            pc += 4;
            break;
        }
        case OP_NUMBER: { /* [0-9][0-9.,]*[0-9], then a run of numerals */
            int32_t stop = pos;
            pc += 1;
            while (stop < end && is_numeral(text[stop])) stop++;
            if (!push_ends(run, pc, pos + 1, stop)) return -1;
            if (pos < end && is_digit(text[pos])) {
                stop = pos + 1;
                while (stop < end && (is_digit(text[stop]) || text[stop] == '.' || text[stop] == ',')) stop++;
                for (int32_t last = pos + 1; last < stop; last++)
                    if (is_digit(text[last]) && !push(run, pc, last + 1, -1, 0)) return -1;
            }
            ok = 0;
            break;
        }
        case OP_DIGITS: { /* so many digits, the last may be an x */
            int32_t least = code[pc + 1], most = code[pc + 2], count = 0;
            pc += 3;
            if (pos > 0 && is_digit(text[pos - 1])) { ok = 0; break; }
            while (pos + count < end && count < most - 1 && is_digit(text[pos + count])) count++;
            for (int32_t taken = least - 1; taken <= count; taken++) {
                int32_t last = pos + taken;
                if (last < end && (is_digit(text[last]) || text[last] == 'x')
                    && !(last + 1 < end && is_digit(text[last + 1])) && !push(run, pc, last + 1, -1, 0)) return -1;
            }
            ok = 0;
            break;
        }
        case OP_EDGE:
            if (code[pc + 1] == TURN_START) {
                int32_t stop = pos;
                ok = pos == 0;
                while (ok && stop < end && is_in(p, LEAD, text[stop])) stop++;
                if (ok && !push_ends(run, pc + 2, pos, stop - 1)) return -1;
                pos = stop;
            } else {
                ok = holds_edge(p, text, pos, end, code[pc + 1]);
            }
            pc += 2;
            break;
        case OP_AHEAD:
            ok = looks_ahead(run, pc + 3, pos) == code[pc + 1];
            pc = code[pc + 2];
            break;
        case OP_BEHIND: {
            int32_t wanted = code[pc + 1], count = code[pc + 2];
            int found = wanted && !count;
            for (int32_t i = 0; i < count && !found; i++) {
                int32_t length = code[pc + 4 + 2 * i];
                found = length <= pos
                    && !memcmp(text + pos - length, INTS(p->pool) + code[pc + 3 + 2 * i], 4 * (size_t)length);
            }
            ok = found == wanted;
            pc += 3 + 2 * count;
            break;
        }
        case OP_MARK_START:
            run->mark_start = pos;
            pc += 1;
            break;
        case OP_MARK_END:
            run->mark_end = pos;
            pc += 1;
            break;
        }
        if (run->failed) return -1;
        while (!ok) {
            if (run->size == bottom) return -1;
            Frame *frame = &run->frames[--run->size];
            pos = frame->pos;
            run->mark_start = frame->mark_start;
            run->mark_end = frame->mark_end;
            pc = frame->pc;
            ok = 1;
            if (frame->aux >= 0) { /* a gap takes one more */
                int32_t left = frame->aux, set = frame->least;
                if (pos < end && !is_in(p, set, text[pos])) {
                    pos++;
                    if (left > 1 && !push(run, pc, pos, left - 1, set)) return -1;
                    pc += 4;
                } else {
                    ok = 0;
                }
            }
        }
    }
}

static void start_run(Run *run, const Program *program, const Py_UCS4 *text, int32_t end)
{
    run->program = program;
    run->words = NULL;
    run->word_count = 0;
    run->text = text;
    run->end = end;
    run->must_end = -1;
    run->frames = run->first;
    run->size = 0;
    run->room = 64;
    run->failed = 0;
}

static void end_run(Run *run)
{
    if (run->frames != run->first) free(run->frames);
}

/* Find the first match from a place on; its whole stretch, and the marked one where there is a mark. */
static int search(Run *run, int32_t pattern, int32_t from, int32_t *whole, int32_t *hit)
{
    const int32_t pc = INTS(run->program->starts)[pattern];
    const uint64_t *first = (const uint64_t *)run->program->firsts.buf + 4 * pattern;
    const int32_t last = (first[0] & first[1] & first[2] & first[3]) == ~(uint64_t)0 ? run->end : run->end - 1;
    for (int32_t at = from; at <= last; at++) {
        if (at < run->end && !(first[run->text[at] >> 6 & 3] >> (run->text[at] & 63) & 1)) continue;
        run->mark_start = run->mark_end = -1;
        int32_t stop = execute(run, pc, at);
        if (stop < 0) {
            if (run->failed) return 0;
            continue;
        }
        whole[0] = at;
        whole[1] = stop;
        hit[0] = run->mark_end >= 0 ? run->mark_start : at;
        hit[1] = run->mark_end >= 0 ? run->mark_end : stop;
        return 1;
    }
    return 0;
}

/* ---- Python's side ---- */

static int check_pattern(const Program *self, Py_ssize_t pattern)
{
    if (pattern >= 0 && pattern < COUNT(self->starts)) return 1;
    PyErr_SetString(PyExc_IndexError, "no such pattern");
    return 0;
}

static PyObject *program_search(Program *self, PyObject *args)
{
    Py_ssize_t pattern, from;
    PyObject *object;
    if (!PyArg_ParseTuple(args, "nOn", &pattern, &object, &from) || !check_pattern(self, pattern)) return NULL;
    Text text;
    if (!read_text(object, &text)) return NULL;
    Run run;
    int32_t whole[2], hit[2];
    start_run(&run, self, text.chars, text.length);
    int found = from >= 0 && from <= text.length && search(&run, (int32_t)pattern, (int32_t)from, whole, hit);
    end_run(&run);
    drop_text(&text);
    if (run.failed) return PyErr_NoMemory();
    if (!found) Py_RETURN_NONE;
    return Py_BuildValue("(iiii)", hit[0], hit[1], whole[0], whole[1]);
}

/* All matches, one after the other; a new reference to a tuple of (start, end). */
static PyObject *all_spans(Run *run, int32_t pattern)
{
    PyObject *found = NULL;
    int32_t place = 0, whole[2], hit[2];
    while (place <= run->end && search(run, pattern, place, whole, hit)) {
        int is_hit = hit[1] > hit[0];
        place = is_hit && whole[1] > whole[0] ? whole[1] : whole[0] + 1;
        if (!is_hit) continue;
        PyObject *span = Py_BuildValue("(ii)", hit[0], hit[1]);
        if (!found && span) found = PyList_New(0);
        int ok = span && found && PyList_Append(found, span) == 0;
        Py_XDECREF(span);
        if (!ok) { Py_XDECREF(found); return NULL; }
    }
    if (run->failed) { Py_XDECREF(found); return PyErr_NoMemory(); }
    if (!found) return PyTuple_New(0);
    PyObject *spans = PyList_AsTuple(found);
    Py_DECREF(found);
    return spans;
}

/* Words as (text, kind) pairs, the longest first. */
static int read_words(PyObject *pairs, Word *words, Text *texts, int32_t *count)
{
    if (!PyTuple_Check(pairs) || PyTuple_GET_SIZE(pairs) > MOST_WORDS) {
        PyErr_SetString(PyExc_ValueError, "too many words");
        return 0;
    }
    for (*count = 0; *count < PyTuple_GET_SIZE(pairs); (*count)++) {
        PyObject *text;
        int kind;
        if (!PyArg_ParseTuple(PyTuple_GET_ITEM(pairs, *count), "Oi", &text, &kind)) return 0;
        if (!read_text(text, texts + *count)) return 0;
        words[*count] = (Word){texts[*count].chars, texts[*count].length, kind};
    }
    return 1;
}

static PyObject *program_spans(Program *self, PyObject *args)
{
    Py_ssize_t pattern;
    PyObject *object, *pairs = NULL;
    if (!PyArg_ParseTuple(args, "nO|O", &pattern, &object, &pairs) || !check_pattern(self, pattern)) return NULL;
    Text text;
    if (!read_text(object, &text)) return NULL;
    PyObject *found = NULL;
    Run run;
    start_run(&run, self, text.chars, text.length);
    if (!pairs) {
        found = all_spans(&run, (int32_t)pattern);
    } else {
        Word *words = PyMem_Malloc(MOST_WORDS * sizeof(Word));
        Text *texts = PyMem_Malloc(MOST_WORDS * sizeof(Text));
        int32_t count = 0;
        if (!words || !texts) PyErr_NoMemory();
        else if (read_words(pairs, words, texts, &count)) {
            run.words = words;
            run.word_count = count;
            found = all_spans(&run, (int32_t)pattern);
        }
        while (count--) drop_text(texts + count);
        PyMem_Free(words);
        PyMem_Free(texts);
    }
    end_run(&run);
    drop_text(&text);
    return found;
}

/* Several patterns at once: a list with, for each that matches, its place in ``numbers`` and its spans. */
static PyObject *program_many(Program *self, PyObject *args)
{
    PyObject *numbers, *object;
    if (!PyArg_ParseTuple(args, "O!O", &PyTuple_Type, &numbers, &object)) return NULL;
    Text text;
    if (!read_text(object, &text)) return NULL;
    PyObject *found = PyList_New(0);
    Run run;
    start_run(&run, self, text.chars, text.length);
    int ok = found != NULL;
    for (Py_ssize_t i = 0; ok && i < PyTuple_GET_SIZE(numbers); i++) {
        Py_ssize_t pattern = PyLong_AsSsize_t(PyTuple_GET_ITEM(numbers, i));
        if (!check_pattern(self, pattern)) { ok = 0; break; }
        PyObject *spans = all_spans(&run, (int32_t)pattern);
        ok = spans != NULL;
        if (ok && PyTuple_GET_SIZE(spans)) {
            PyObject *pair = Py_BuildValue("(nO)", i, spans);
            ok = pair && PyList_Append(found, pair) == 0;
            Py_XDECREF(pair);
        }
        Py_XDECREF(spans);
    }
    end_run(&run);
    drop_text(&text);
    if (!ok) Py_CLEAR(found);
    return found;
}

/* ---- Conditions: words in a place near a hit, as cscheck/conditions.py tells it ---- */

enum { COVERS, OVERLAPS, BEFORE_HIT, AFTER_HIT, RIGHT_BEFORE, RIGHT_AFTER, IN_CLAUSE, IN_SENTENCE, NEXT_SENTENCE, LEAD_IN,
       REST, QUOTED };

/* The clause or sentence around a stretch; one that ends with its own stop goes no further. */
static void around(const Program *p, int set, const Py_UCS4 *text, int32_t length, int32_t start, int32_t end,
                   int32_t *first, int32_t *last)
{
    *first = start < length ? start : length;
    while (*first > 0 && !is_in(p, set, text[*first - 1])) (*first)--;
    *last = end;
    if (end > start && end <= length && is_in(p, set, text[end - 1])) return;
    while (*last < length && !is_in(p, set, text[*last])) (*last)++;
    if (*last > length) *last = length;
}

static int is_quoted(const Py_UCS4 *text, int32_t length, int32_t start, int32_t end)
{
    static const Py_UCS4 marks[][2] = {{0x201c, 0x201d}, {0x2018, 0x2019}, {0x300c, 0x300d}, {0x300e, 0x300f}, {'"', '"'}};
    for (int32_t at = 0; at < start; at++) {
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
            if (text[at] != marks[i][0]) continue;
            int32_t close = at + 1;
            while (close < length && text[close] != marks[i][1]) close++;
            if (close == length) break;
            if (end < close + 1) return 1;
            at = close;
            break;
        }
    }
    return 0;
}

static int stands_well(int where, const int32_t *hit, int32_t start, int32_t end, int32_t least, int32_t most)
{
    switch (where) {
    case COVERS: return hit[0] <= start && end <= hit[1];
    case OVERLAPS: return hit[0] < end && start < hit[1];
    case RIGHT_BEFORE: return hit[1] == start;
    case RIGHT_AFTER: return hit[0] == end;
    default: return least <= hit[0] && hit[1] <= most;
    }
}

/* Tell whether one of the patterns stands where it is wanted; -1 after an error. */
static int condition_holds(Run *run, int where, PyObject *patterns, int32_t start, int32_t end)
{
    const Program *p = run->program;
    const int32_t length = run->end;
    int32_t least = 0, most = length, first, whole[2], hit[2];
    if (where == QUOTED) return is_quoted(run->text, length, start, end);
    if (where == LEAD_IN) most = start;
    else if (where == REST) least = end;
    else if (where == NEXT_SENTENCE) {
        around(p, SENTENCE, run->text, length, start, end, &first, &least);
        most = least;
        if (least < length) around(p, SENTENCE, run->text, length, least + 1, least + 1, &first, &most);
    } else if (where == IN_SENTENCE) around(p, SENTENCE, run->text, length, start, end, &least, &most);
    else if (where == IN_CLAUSE || where == BEFORE_HIT || where == AFTER_HIT) {
        around(p, CLAUSE, run->text, length, start, end, &least, &most);
        if (where == BEFORE_HIT) most = start;
        if (where == AFTER_HIT) least = end;
    }
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(patterns); i++) {
        Py_ssize_t pattern = PyLong_AsSsize_t(PyTuple_GET_ITEM(patterns, i));
        if (!check_pattern(p, pattern)) return -1;
        int32_t place = 0;
        /* The leftmost matches of the whole turn may have passed by one that meets the hit. */
        if (where == RIGHT_AFTER) {
            run->mark_start = run->mark_end = -1;
            if (execute(run, INTS(p->starts)[pattern], end) >= 0) return 1;
        } else if (where == RIGHT_BEFORE) {
            run->end = run->must_end = start;
            int found = search(run, (int32_t)pattern, 0, whole, hit);
            run->end = length;
            run->must_end = -1;
            if (found) return 1;
        }
        while (place <= length && search(run, (int32_t)pattern, place, whole, hit)) {
            int is_match = hit[1] > hit[0];
            if (is_match && stands_well(where, hit, start, end, least, most)) return 1;
            place = is_match && whole[1] > whole[0] ? whole[1] : whole[0] + 1;
        }
        if (run->failed) { PyErr_NoMemory(); return -1; }
    }
    return 0;
}

/* The place of the first of some conditions, (where, patterns) each, that holds (or, unless ``wanted``, does not); -1. */
static PyObject *program_first(Program *self, PyObject *args)
{
    PyObject *conditions, *object;
    int start, end, wanted;
    if (!PyArg_ParseTuple(args, "O!Oiip", &PyTuple_Type, &conditions, &object, &start, &end, &wanted)) return NULL;
    Text text;
    if (!read_text(object, &text)) return NULL;
    Run run;
    start_run(&run, self, text.chars, text.length);
    Py_ssize_t found = -1;
    int holds = 0;
    if (start < 0 || end < start || end > text.length) {
        PyErr_SetString(PyExc_IndexError, "no such stretch");
        holds = -1;
    }
    for (Py_ssize_t i = 0; holds >= 0 && found < 0 && i < PyTuple_GET_SIZE(conditions); i++) {
        int where;
        PyObject *patterns;
        if (!PyArg_ParseTuple(PyTuple_GET_ITEM(conditions, i), "iO!", &where, &PyTuple_Type, &patterns)) { holds = -1; break; }
        holds = condition_holds(&run, where, patterns, start, end);
        if (holds >= 0 && holds == wanted) found = i;
    }
    end_run(&run);
    drop_text(&text);
    return holds < 0 ? NULL : PyLong_FromSsize_t(found);
}

static PyObject *program_ends_at(Program *self, PyObject *args)
{
    Py_ssize_t pattern, place;
    PyObject *object;
    if (!PyArg_ParseTuple(args, "nOn", &pattern, &object, &place) || !check_pattern(self, pattern)) return NULL;
    Text text;
    if (!read_text(object, &text)) return NULL;
    Run run;
    int32_t whole[2], hit[2];
    int32_t end = place < text.length ? (int32_t)place : text.length;
    start_run(&run, self, text.chars, end);
    run.must_end = end;
    int found = end >= 0 && search(&run, (int32_t)pattern, 0, whole, hit);
    end_run(&run);
    drop_text(&text);
    if (run.failed) return PyErr_NoMemory();
    return PyBool_FromLong(found);
}

static PyObject *program_starts_at(Program *self, PyObject *args)
{
    Py_ssize_t pattern, place;
    PyObject *object;
    if (!PyArg_ParseTuple(args, "nOn", &pattern, &object, &place) || !check_pattern(self, pattern)) return NULL;
    Text text;
    if (!read_text(object, &text)) return NULL;
    Run run;
    start_run(&run, self, text.chars, text.length);
    run.mark_start = run.mark_end = -1;
    int found = place >= 0 && place <= text.length
        && execute(&run, INTS(self->starts)[pattern], (int32_t)place) >= 0;
    end_run(&run);
    drop_text(&text);
    if (run.failed) return PyErr_NoMemory();
    return PyBool_FromLong(found);
}

/* Which literals of a group's trie occur: sorted numbers, each once, and a filter in front of them. */
typedef struct { int32_t *numbers; size_t size, room; uint64_t filter[64]; int32_t few[512]; } Hits;

static int add_hit(Hits *hits, int32_t number)
{
    uint64_t bit = (uint64_t)1 << (number & 63);
    uint64_t *word = &hits->filter[number >> 6 & 63];
    if (*word & bit)
        for (size_t i = 0; i < hits->size; i++)
            if (hits->numbers[i] == number) return 1;
    *word |= bit;
    if (hits->size == hits->room) {
        size_t room = hits->room * 2;
        int32_t *numbers = hits->numbers == hits->few ? malloc(room * 4) : realloc(hits->numbers, room * 4);
        if (!numbers) return 0;
        if (hits->numbers == hits->few) memcpy(numbers, hits->few, sizeof hits->few);
        hits->numbers = numbers;
        hits->room = room;
    }
    hits->numbers[hits->size++] = number;
    return 1;
}

static inline int is_hit(const Hits *hits, int32_t number)
{
    if (!(hits->filter[number >> 6 & 63] >> (number & 63) & 1)) return 0;
    for (size_t i = 0; i < hits->size; i++)
        if (hits->numbers[i] == number) return 1;
    return 0;
}

static int meets(const Program *p, const Hits *hits, int32_t need)
{
    const int32_t *rest_starts = INTS(p->rest_starts), *group_starts = INTS(p->group_starts);
    for (int32_t r = rest_starts[need]; r < rest_starts[need + 1]; r++) {
        int32_t group = INTS(p->rests)[r], i = group_starts[group];
        while (i < group_starts[group + 1] && !is_hit(hits, INTS(p->groups)[i])) i++;
        if (i == group_starts[group + 1]) return 0;
    }
    return 1;
}

/* A slot is an owner's pattern; where the pattern is none of ours, its needs alone decide. */
static int try_slot(Run *run, int32_t slot, PyObject *found)
{
    int32_t pattern = INTS(run->program->slots)[slot], whole[2], hit[2];
    if (pattern >= 0 && !search(run, pattern, 0, whole, hit)) return !run->failed;
    PyObject *number = PyLong_FromLong(slot);
    int ok = number && PyList_Append(found, number) == 0;
    Py_XDECREF(number);
    return ok;
}

static PyObject *program_scan(Program *self, PyObject *args)
{
    Py_ssize_t group;
    PyObject *object;
    if (!PyArg_ParseTuple(args, "nO", &group, &object)) return NULL;
    if (group < 0 || group >= COUNT(self->roots)) { PyErr_SetString(PyExc_IndexError, "no such group"); return NULL; }
    Text text;
    if (!read_text(object, &text)) return NULL;
    PyObject *found = PyList_New(0);
    Hits hits, tried;
    memset(hits.filter, 0, sizeof hits.filter);
    memset(tried.filter, 0, sizeof tried.filter);
    hits.numbers = hits.few;
    tried.numbers = tried.few;
    hits.size = tried.size = 0;
    hits.room = tried.room = 512;
    int ok = found != NULL;
    const int32_t root = INTS(self->roots)[group];
    for (int32_t at = 0; ok && at < text.length; at++) {
        int32_t node, place = at + 1;
        node = text.chars[at] < PLANE ? self->tops[group * PLANE + text.chars[at]] : step(self, root, text.chars[at]);
        while (ok && node >= 0) {
            int32_t literal = INTS(self->values)[node];
            if (literal >= 0) ok = add_hit(&hits, literal);
            node = place < text.length ? step(self, node, text.chars[place++]) : -1;
        }
    }
    Run run;
    start_run(&run, self, text.chars, text.length);
    const int32_t *always = INTS(self->always_starts);
    for (int32_t i = always[group]; ok && i < always[group + 1]; i++) ok = try_slot(&run, INTS(self->always)[i], found);
    const int32_t *post_starts = INTS(self->post_starts);
    for (size_t h = 0; ok && h < hits.size; h++) {
        int32_t literal = hits.numbers[h];
        for (int32_t i = post_starts[literal]; ok && i < post_starts[literal + 1]; i++) {
            int32_t need = INTS(self->posts)[i], slot = INTS(self->needs)[need];
            if (is_hit(&tried, slot) || !meets(self, &hits, need)) continue;
            ok = add_hit(&tried, slot) && try_slot(&run, slot, found);
        }
    }
    end_run(&run);
    if (hits.numbers != hits.few) free(hits.numbers);
    if (tried.numbers != tried.few) free(tried.numbers);
    drop_text(&text);
    if (!ok) {
        Py_XDECREF(found);
        return PyErr_Occurred() ? NULL : PyErr_NoMemory();
    }
    return found;
}

static Py_buffer *buffer_of(Program *self, int number)
{
    Py_buffer *buffers[] = {
        &self->code, &self->pool, &self->starts, &self->firsts, &self->chars, &self->children, &self->values,
        &self->classes, &self->roots, &self->always, &self->always_starts, &self->posts, &self->post_starts,
        &self->rests, &self->rest_starts, &self->groups, &self->group_starts, &self->needs, &self->slots,
    };
    return number < (int)(sizeof buffers / sizeof *buffers) ? buffers[number] : NULL;
}

static int program_init(Program *self, PyObject *args, PyObject *kwargs)
{
    Py_buffer *buffer;
    int number = 0;
    if (kwargs && PyDict_GET_SIZE(kwargs)) { PyErr_SetString(PyExc_TypeError, "no keywords"); return -1; }
    for (; (buffer = buffer_of(self, number)); number++) {
        if (number >= PyTuple_GET_SIZE(args)) { PyErr_SetString(PyExc_TypeError, "too few arrays"); return -1; }
        if (buffer->obj) PyBuffer_Release(buffer);
        if (PyObject_GetBuffer(PyTuple_GET_ITEM(args, number), buffer, PyBUF_SIMPLE) < 0) return -1;
    }
    if (number != PyTuple_GET_SIZE(args)) { PyErr_SetString(PyExc_TypeError, "too many arrays"); return -1; }
    if (self->classes.len != 4 * 8192 || COUNT(self->children) != COUNT(self->chars) + 1
        || COUNT(self->values) != COUNT(self->chars)) {
        PyErr_SetString(PyExc_ValueError, "arrays do not fit together");
        return -1;
    }
    PyMem_RawFree(self->tops);
    self->tops = PyMem_RawMalloc(((size_t)COUNT(self->roots) * PLANE + 1) * sizeof *self->tops);
    if (!self->tops) { PyErr_NoMemory(); return -1; }
    for (Py_ssize_t group = 0; group < COUNT(self->roots); group++) {
        int32_t root = INTS(self->roots)[group], *tops = self->tops + group * PLANE;
        for (int32_t c = 0; c < PLANE; c++) tops[c] = -1;
        for (int32_t node = INTS(self->children)[root]; node < INTS(self->children)[root + 1]; node++)
            if (INTS(self->chars)[node] < PLANE) tops[INTS(self->chars)[node]] = node;
    }
    return 0;
}

static void program_dealloc(Program *self)
{
    Py_buffer *buffer;
    PyMem_RawFree(self->tops);
    for (int number = 0; (buffer = buffer_of(self, number)); number++)
        if (buffer->obj) PyBuffer_Release(buffer);
    PyTypeObject *type = Py_TYPE(self);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyMethodDef program_methods[] = {
    {"search", (PyCFunction)program_search, METH_VARARGS, NULL},
    {"spans", (PyCFunction)program_spans, METH_VARARGS, NULL},
    {"many", (PyCFunction)program_many, METH_VARARGS, NULL},
    {"first", (PyCFunction)program_first, METH_VARARGS, NULL},
    {"ends_at", (PyCFunction)program_ends_at, METH_VARARGS, NULL},
    {"starts_at", (PyCFunction)program_starts_at, METH_VARARGS, NULL},
    {"scan", (PyCFunction)program_scan, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot program_slots[] = {
    {Py_tp_init, program_init},
    {Py_tp_new, PyType_GenericNew},
    {Py_tp_dealloc, program_dealloc},
    {Py_tp_methods, program_methods},
    {0, NULL},
};

PyType_Spec program_spec = {
    "cscheck.patterns._kernel.Program", sizeof(Program), 0, Py_TPFLAGS_DEFAULT, program_slots,
};
