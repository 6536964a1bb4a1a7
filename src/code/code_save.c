// code_save.c - writes a code object, with all that it refers to, as a code file. The format is described in docs/code-files.md.
//
// Code is written into `body` while its strings are collected, each once; the file is header, strings, body.
// SPDX-License-Identifier: MIT
#include "base/crc32.h"
#include "code/code_file.h"
#include "object/bytes.h"
#include "object/float.h"
#include "object/int.h"
#include "object/object.h"
#include "object/set.h"
#include "object/str.h"
#include "object/tuple.h"

typedef struct {
    KrRaw *raw;
    size_t len;
} Bytes;

typedef struct {
    KrVm *vm;
    KrValue index;   // dict: str -> its number
    KrValue strings; // list, in order
    Bytes body;
    Bytes *tables; // &body, or apart from it
    unsigned how;
    unsigned depth;
} Writer;

uint32_t kr_code_set_hash(void) {
    uint32_t crc = 0;
    for (size_t i = 0; i < KR_OP_COUNT; i++) {
        crc = kr_crc32(crc, kr_opcode_names[i], strlen(kr_opcode_names[i]) + 1);
        crc = kr_crc32(crc, kr_opcode_operands[i], strlen(kr_opcode_operands[i]) + 1);
        crc = kr_crc32(crc, &kr_opcode_words[i], 1);
    }
    return crc;
}

// ---- Bytes ---------------------------------------------------------------------------------------------------------------------

static bool put(KrVm *vm, Bytes *b, const void *data, size_t len) {
    if (!b->raw || b->raw->cap - b->len < len) {
        KrRaw *raw = kr_raw_new(vm, (b->len + len) * 2 + 256);
        if (!raw) return false;
        if (b->len) memcpy(raw->data, b->raw->data, b->len);
        b->raw = raw;
    }
    if (len) memcpy(b->raw->data + b->len, data, len);
    b->len += len;
    return true;
}

static bool put_number(KrVm *vm, Bytes *b, uint64_t n) { // seven bits a byte, low first
    uint8_t byte[10];
    size_t len = 0;
    for (; n > 127; n >>= 7) byte[len++] = (uint8_t)(n | 128);
    byte[len++] = (uint8_t)n;
    return put(vm, b, byte, len);
}

static bool put_word(KrVm *vm, Bytes *b, uint32_t n) {
    uint8_t byte[4] = { (uint8_t)n, (uint8_t)(n >> 8), (uint8_t)(n >> 16), (uint8_t)(n >> 24) };
    return put(vm, b, byte, sizeof byte);
}

static bool put_double(KrVm *vm, Bytes *b, double d) {
    uint64_t bits;
    memcpy(&bits, &d, sizeof bits);
    return put_word(vm, b, (uint32_t)bits) && put_word(vm, b, (uint32_t)(bits >> 32));
}

static bool align(KrVm *vm, Bytes *b) { return put(vm, b, "\0\0\0", (4 - b->len % 4) % 4); }

static bool number(Writer *w, uint64_t n) { return put_number(w->vm, &w->body, n); }

// ---- Values --------------------------------------------------------------------------------------------------------------------

static bool string(Writer *w, KrValue v) {
    KrValue at;
    if (!kr_dict_find(w->vm, w->index, v, &at)) return false;
    if (kr_is_unset(at)) {
        size_t count;
        kr_list_items(w->strings, &count);
        at = kr_int_box((intptr_t)count);
        if (!kr_list_append(w->vm, w->strings, v) || !kr_dict_set(w->vm, w->index, v, at)) return false;
    } else if (kr_is_interned(v)) { // the same text may have come as a plain constant before
        KrValue *slot = &kr_list_items(w->strings, NULL)[kr_int_value(at)];
        kr_store(w->vm, kr_ptr(w->strings), slot, v);
    }
    return number(w, (uint64_t)kr_int_value(at));
}

static bool string_row(Writer *w, KrValue tuple) {
    size_t count;
    const KrValue *item = kr_tuple_items(tuple, &count);
    for (size_t i = 0; i < count; i++)
        if (!string(w, item[i])) return false;
    return true;
}

static bool code(Writer *w, const KrCode *c);
static bool constant(Writer *w, KrValue v);

static bool tag(Writer *w, char which) { return put(w->vm, &w->body, &which, 1); }

static bool integer(Writer *w, KrValue v) {
    if (kr_is_int(v)) {
        int64_t n = kr_int_value(v);
        return tag(w, KR_TAG_INT) && number(w, (uint64_t)n << 1 ^ (uint64_t)(n >> 63));
    }
    KrIntView view;
    kr_int_view(v, &view);
    size_t len = view.len * sizeof(KrLimb);
    while (len && !(view.limb[(len - 1) / sizeof(KrLimb)] >> (len - 1) % sizeof(KrLimb) * 8 & 255)) len--;
    if (!tag(w, KR_TAG_BIG_INT) || !number(w, (uint64_t)len << 1 | view.negative)) return false;
    for (size_t i = 0; i < len; i++) {
        uint8_t byte = (uint8_t)(view.limb[i / sizeof(KrLimb)] >> i % sizeof(KrLimb) * 8);
        if (!put(w->vm, &w->body, &byte, 1)) return false;
    }
    return true;
}

static bool collection(Writer *w, KrValue v) {
    size_t count = 0, at = 0;
    KrValue key;
    if (kr_is_exact(v, &kr_tuple_type)) {
        const KrValue *item = kr_tuple_items(v, &count);
        if (!tag(w, KR_TAG_TUPLE) || !number(w, count)) return false;
        for (size_t i = 0; i < count; i++)
            if (!constant(w, item[i])) return false;
        return true;
    }
    if (!kr_len(w->vm, v, &count) || !tag(w, KR_TAG_FROZENSET) || !number(w, count)) return false;
    while (kr_set_next(v, &at, &key))
        if (!constant(w, key)) return false;
    return true;
}

static bool object(Writer *w, KrValue v) {
    KrVm *vm = w->vm;
    if (kr_is_exact(v, &kr_str_type)) return tag(w, KR_TAG_STR) && string(w, v);
    if (kr_is_exact(v, &kr_code_type)) return tag(w, KR_TAG_CODE) && code(w, KR_AS(KrCode, v));
    if (kr_is_exact(v, &kr_int_type)) return integer(w, v);
    if (kr_is_exact(v, &kr_bytes_type)) {
        size_t len;
        const uint8_t *data = kr_bytes_data(v, &len);
        return tag(w, KR_TAG_BYTES) && number(w, len) && put(vm, &w->body, data, len);
    }
    if (kr_is_exact(v, &kr_complex_type)) {
        const KrComplexObject *c = KR_AS(KrComplexObject, v);
        return tag(w, KR_TAG_COMPLEX) && put_double(vm, &w->body, c->real) && put_double(vm, &w->body, c->imag);
    }
    if (kr_is_exact(v, &kr_tuple_type) || kr_is_exact(v, &kr_frozenset_type)) return collection(w, v);
    return kr_fail(kr_raise(vm, &kr_type_error, "a constant of type %T cannot be saved", v));
}

static bool constant(Writer *w, KrValue v) {
    if (kr_is_none(v)) return tag(w, KR_TAG_NONE);
    if (kr_is_true_value(v)) return tag(w, KR_TAG_TRUE);
    if (kr_is_false_value(v)) return tag(w, KR_TAG_FALSE);
    if (kr_same(v, KR_ELLIPSIS)) return tag(w, KR_TAG_ELLIPSIS);
    if (kr_is_int(v)) return integer(w, v);
    if (kr_is_float(v) && !(kr_is_ptr(v) && !kr_is_exact(v, &kr_float_type)))
        return tag(w, KR_TAG_FLOAT) && put_double(w->vm, &w->body, kr_float_value(v));
    if (++w->depth > KR_CODE_FILE_NESTING) return kr_fail(kr_raise(w->vm, &kr_value_error, "code is nested too deeply to be saved"));
    bool ok = kr_is_ptr(v) ? object(w, v) : kr_fail(kr_raise(w->vm, &kr_type_error, "a constant of type %T cannot be saved", v));
    w->depth--;
    return ok;
}

// ---- Code objects --------------------------------------------------------------------------------------------------------------

static size_t hidden_count(const KrCode *c) {
    size_t count = 0;
    if (kr_is_tuple(c->hidden_names)) kr_tuple_items(c->hidden_names, &count);
    return count;
}

// What is read in place: instructions, handlers, hidden ranges, lines, kinds of locals.
static bool tables(Writer *w, const KrCode *c, size_t lines_len) {
    KrVm *vm = w->vm;
    Bytes *b = w->tables;
    if (!align(vm, b)) return false;
    for (uint32_t i = 0; i < c->instr_count; i++)
        if (!put_word(vm, b, c->instr[i])) return false;
    for (uint32_t i = 0; i < c->handler_count; i++) {
        const KrHandler *h = &c->handlers[i];
        if (!put_word(vm, b, h->start) || !put_word(vm, b, h->end) || !put_word(vm, b, h->target) || !put_word(vm, b, h->reg)) return false;
    }
    for (size_t i = 0; i < hidden_count(c); i++) {
        const KrHidden *h = &c->hidden[i];
        if (!put_word(vm, b, h->start) || !put_word(vm, b, h->end) || !put_word(vm, b, h->reg | (uint32_t)h->kind << 16)) return false;
    }
    return put(vm, b, c->lines, lines_len) && put(vm, b, c->local_kinds, c->nlocals);
}

// Flags are rotated: those of Krait's own are at the top.
static bool code(Writer *w, const KrCode *c) {
    size_t names, frees, consts, hidden = hidden_count(c), lines_len = w->how & KR_SAVE_NO_LINES ? 0 : c->lines_len;
    kr_tuple_items(c->names, &names);
    kr_tuple_items(c->frees, &frees);
    const KrValue *k = kr_tuple_items(c->consts, &consts);
    const uint64_t head[] = { c->flags << 4 | c->flags >> 28,
                              c->nregs,
                              c->nparams,
                              c->npos,
                              c->nposonly,
                              c->nkwonly,
                              c->nlocals,
                              c->ncaches,
                              c->first_line,
                              names,
                              frees,
                              hidden,
                              consts,
                              c->instr_count,
                              c->handler_count,
                              lines_len };
    for (size_t i = 0; i < KR_COUNT_OF(head); i++)
        if (!number(w, head[i])) return false;
    if (!string(w, c->name) || !string(w, c->qualname) || !string(w, c->filename)) return false;
    if (c->nlocals && !string_row(w, c->locals)) return false;
    if (!string_row(w, c->names) || !string_row(w, c->frees) || (hidden && !string_row(w, c->hidden_names))) return false;
    for (size_t i = 0; i < consts; i++)
        if (!constant(w, k[i])) return false;
    return tables(w, c, lines_len);
}

// ---- The file ------------------------------------------------------------------------------------------------------------------

static bool string_table(Writer *w, Bytes *b) {
    size_t count, len;
    kr_list_items(w->strings, &count);
    if (!put_number(w->vm, b, count)) return false;
    for (size_t i = 0; i < count; i++) {
        KrValue v = kr_list_items(w->strings, NULL)[i];
        const char *text = kr_str_text(v, &len);
        if (!put_number(w->vm, b, (uint64_t)len << 1 | kr_is_interned(v)) || !put(w->vm, b, text, len)) return false;
    }
    return true;
}

static void set_word(Bytes *b, size_t at, uint32_t n) {
    for (size_t i = 0; i < 4; i++) b->raw->data[at + i] = (uint8_t)(n >> i * 8);
}

static KrValue save(Writer *w, const KrCode *c) {
    static const uint8_t blank[KR_CODE_FILE_HEADER] = { 0 };
    KrVm *vm = w->vm;
    Bytes file = { NULL, 0 };
    w->index = kr_dict(vm);
    w->strings = kr_list(vm, 0, NULL);
    if (kr_is_error(w->index) || kr_is_error(w->strings) || !code(w, c)) return KR_ERROR;
    if (!put(vm, &file, blank, sizeof blank) || !string_table(w, &file) || !align(vm, &file)) return KR_ERROR;
    size_t start = file.len;
    if (!put(vm, &file, w->body.raw->data, w->body.len)) return KR_ERROR;
    if (file.len > KR_CODE_FILE_MAX) return kr_raise(vm, &kr_overflow_error, "code is too large to be saved: %u bytes", file.len);
    memcpy(file.raw->data, KR_CODE_FILE_MAGIC, 4);
    set_word(&file, 4, KR_CODE_FILE_VERSION);
    set_word(&file, 8, kr_code_set_hash());
    set_word(&file, 12, (uint32_t)file.len);
    set_word(&file, 20, (uint32_t)start);
    set_word(&file, 16, kr_crc32(0, file.raw->data + 20, file.len - 20));
    return kr_bytes(vm, file.raw->data, file.len);
}

KrValue kr_code_save(KrVm *vm, const KrCode *c, unsigned how) {
    Writer w = { .vm = vm, .how = how, .tables = &w.body };
    return save(&w, c);
}

KrValue kr_code_save_apart(KrVm *vm, const KrCode *c, unsigned how, KrValue *tables) {
    Bytes apart = { NULL, 0 };
    Writer w = { .vm = vm, .how = how, .tables = &apart };
    KrValue file = save(&w, c);
    *tables = kr_is_error(file) ? file : kr_bytes(vm, apart.raw->data, apart.len);
    return kr_is_error(*tables) ? *tables : file;
}
