// code_load.c - makes code objects of a code file. Whatever the bytes are, reading stays inside them and what is made is well formed;
// that instructions do only what the loop expects is for the verifier to say.
// SPDX-License-Identifier: MIT
#include "base/crc32.h"
#include "base/utf8.h"
#include "code/code_file.h"
#include "code/verify.h"
#include "object/int.h"
#include "object/object.h"
#include "object/set.h"
#include "object/str.h"
#include "object/tuple.h"

typedef struct {
    KrVm *vm;
    const uint8_t *data;
    size_t at, len;
    KrValue strings;       // tuple
    const uint8_t *tables; // the next ones, apart from the file; NULL: in it
    bool in_place, trusted;
    unsigned depth;
} Reader;

static bool bad(Reader *r, const char *what) {
    return kr_fail(kr_raise(r->vm, &kr_import_error, "bad code file: %s at byte %u", what, r->at));
}

// Reading a foreign file counts steps; the library's own modules cost a program none.
static bool step(Reader *r) { return r->trusted || kr_poll(r->vm, 1); }

// ---- Numbers -------------------------------------------------------------------------------------------------------------------

static uint32_t word_at(const uint8_t *p) { return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24; }

static bool long_number(Reader *r, uint64_t *out) {
    uint64_t n = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        if (r->at == r->len) return bad(r, "end of file inside a number");
        uint8_t byte = r->data[r->at++];
        if (shift == 63 && byte > 1) break;
        n |= (uint64_t)(byte & 127) << shift;
        if (byte < 128) return *out = n, true;
    }
    return bad(r, "number too long");
}

static bool number(Reader *r, uint32_t max, uint32_t *out) {
    uint64_t n;
    if (!long_number(r, &n)) return false;
    if (n > max) return bad(r, "number too large");
    return *out = (uint32_t)n, true;
}

// A number of things that take at least `size` bytes each.
static bool count(Reader *r, size_t size, uint32_t *out) {
    if (!number(r, UINT32_MAX, out)) return false;
    return r->tables || *out <= (r->len - r->at) / size || bad(r, "more items than the file has room for");
}

static bool word(Reader *r, uint32_t *out) {
    if (r->len - r->at < 4) return bad(r, "end of file inside a number");
    *out = word_at(r->data + r->at);
    r->at += 4;
    return true;
}

static bool real(Reader *r, KrValue *out) {
    uint32_t low, high;
    if (!word(r, &low) || !word(r, &high)) return false;
    *out = kr_float_from_bits(r->vm, low | (uint64_t)high << 32);
    return !kr_is_error(*out);
}

// ---- Strings -------------------------------------------------------------------------------------------------------------------

static bool string_table(Reader *r) {
    uint32_t n;
    if (!count(r, 1, &n)) return false;
    r->strings = kr_tuple(r->vm, n, NULL);
    if (kr_is_error(r->strings)) return false;
    for (uint32_t i = 0; i < n; i++) {
        uint64_t head;
        KrUtf8Scan scan;
        if (!step(r) || !long_number(r, &head)) return false;
        uint64_t len = head >> 1;
        if (len > r->len - r->at) return bad(r, "end of file inside a string");
        const char *text = (const char *)r->data + r->at;
        if (!r->trusted && !kr_utf8_scan(text, (size_t)len, true, &scan)) return bad(r, "string that is not UTF-8");
        KrValue v = head & 1 ? kr_name_len(r->vm, text, (size_t)len) : kr_str(r->vm, text, (size_t)len);
        if (kr_is_error(v)) return false;
        kr_store(r->vm, kr_ptr(r->strings), &kr_tuple_items(r->strings, NULL)[i], v);
        r->at += (size_t)len;
    }
    return true;
}

static bool string(Reader *r, KrValue *out) {
    size_t n;
    uint32_t i;
    const KrValue *item = kr_tuple_items(r->strings, &n);
    if (!number(r, UINT32_MAX, &i)) return false;
    if (i >= n) return bad(r, "number of a string that is not there");
    return *out = item[i], true;
}

static bool name_row(Reader *r, size_t n, KrValue *out) { // a tuple of interned strings
    *out = kr_tuple(r->vm, n, NULL);
    if (kr_is_error(*out)) return false;
    for (size_t i = 0; i < n; i++) {
        KrValue v;
        if (!string(r, &v)) return false;
        if (!kr_is_interned(v)) return bad(r, "name that is a plain string");
        kr_store(r->vm, kr_ptr(*out), &kr_tuple_items(*out, NULL)[i], v);
    }
    return true;
}

// ---- Constants -----------------------------------------------------------------------------------------------------------------

static bool code(Reader *r, KrValue *out);
static bool constant(Reader *r, bool code_too, KrValue *out);

static bool big_int(Reader *r, KrValue *out) {
    uint64_t head;
    if (!long_number(r, &head)) return false;
    uint64_t len = head >> 1;
    if (len > r->len - r->at) return bad(r, "end of file inside an int");
    KrBigInt *big = kr_bigint_new(r->vm, (size_t)(len + sizeof(KrLimb) - 1) / sizeof(KrLimb));
    if (!big) return false;
    for (size_t i = 0; i < len; i++) big->limb[i / sizeof(KrLimb)] |= (KrLimb)r->data[r->at + i] << i % sizeof(KrLimb) * 8;
    big->negative = head & 1;
    r->at += (size_t)len;
    *out = kr_bigint_finish(r->vm, big);
    return !kr_is_error(*out);
}

static bool small_int(Reader *r, KrValue *out) {
    uint64_t n;
    if (!long_number(r, &n)) return false;
    *out = kr_int(r->vm, (int64_t)(n >> 1 ^ -(n & 1)));
    return !kr_is_error(*out);
}

static bool complex_number(Reader *r, KrValue *out) {
    KrValue part[2];
    if (!real(r, &part[0]) || !real(r, &part[1])) return false;
    *out = kr_complex(r->vm, kr_float_value(part[0]), kr_float_value(part[1]));
    return !kr_is_error(*out);
}

static bool byte_string(Reader *r, KrValue *out) {
    uint32_t n;
    if (!count(r, 1, &n)) return false;
    *out = kr_bytes(r->vm, r->data + r->at, n);
    r->at += n;
    return !kr_is_error(*out);
}

static bool tuple(Reader *r, KrValue *out) {
    uint32_t n;
    if (!count(r, 1, &n)) return false;
    *out = kr_tuple(r->vm, n, NULL);
    if (kr_is_error(*out)) return false;
    for (uint32_t i = 0; i < n; i++) {
        KrValue v;
        if (!constant(r, false, &v)) return false;
        kr_store(r->vm, kr_ptr(*out), &kr_tuple_items(*out, NULL)[i], v);
    }
    return true;
}

static bool frozen_set(Reader *r, KrValue *out) {
    KrValue items;
    if (!tuple(r, &items)) return false;
    *out = kr_call(r->vm, kr_type_value(&kr_frozenset_type), 1, &items);
    return !kr_is_error(*out);
}

static bool nested(Reader *r, uint8_t tag, KrValue *out) {
    if (r->depth >= KR_CODE_FILE_NESTING) return bad(r, "nesting that is too deep");
    if (!kr_enter(r->vm, " while loading code")) return false;
    r->depth++;
    bool ok = tag == KR_TAG_TUPLE ? tuple(r, out) : tag == KR_TAG_FROZENSET ? frozen_set(r, out) : code(r, out);
    r->depth--;
    kr_leave(r->vm);
    return ok;
}

static bool constant(Reader *r, bool code_too, KrValue *out) {
    if (!step(r)) return false;
    if (r->at == r->len) return bad(r, "end of file inside a constant");
    uint8_t tag = r->data[r->at++];
    switch (tag) {
    case KR_TAG_NONE: return *out = KR_NONE, true;
    case KR_TAG_TRUE: return *out = KR_TRUE, true;
    case KR_TAG_FALSE: return *out = KR_FALSE, true;
    case KR_TAG_ELLIPSIS: return *out = KR_ELLIPSIS, true;
    case KR_TAG_INT: return small_int(r, out);
    case KR_TAG_BIG_INT: return big_int(r, out);
    case KR_TAG_FLOAT: return real(r, out);
    case KR_TAG_COMPLEX: return complex_number(r, out);
    case KR_TAG_STR: return string(r, out);
    case KR_TAG_BYTES: return byte_string(r, out);
    case KR_TAG_TUPLE:
    case KR_TAG_FROZENSET: return nested(r, tag, out);
    case KR_TAG_CODE: return code_too ? nested(r, tag, out) : bad(r, "code inside a tuple");
    default: r->at--; return bad(r, "unknown constant");
    }
}

// ---- Code objects --------------------------------------------------------------------------------------------------------------

typedef struct { // numbers at the start of a code object, in the order of the file
    uint32_t flags, nregs, nparams, npos, nposonly, nkwonly, nlocals, ncaches, first_line, names, frees, hidden, consts, instrs, handlers,
        lines;
} Head;

static bool head(Reader *r, Head *h) {
    return number(r, UINT32_MAX, &h->flags) && number(r, UINT16_MAX, &h->nregs) && number(r, UINT16_MAX, &h->nparams) &&
           number(r, UINT16_MAX, &h->npos) && number(r, UINT16_MAX, &h->nposonly) && number(r, UINT16_MAX, &h->nkwonly) &&
           number(r, UINT16_MAX, &h->nlocals) && number(r, UINT16_MAX, &h->ncaches) && number(r, KR_CODE_LINE_MAX, &h->first_line) &&
           count(r, 1, &h->names) && count(r, 1, &h->frees) && count(r, sizeof(KrHidden), &h->hidden) && count(r, 1, &h->consts) &&
           count(r, sizeof(KrInstr), &h->instrs) && count(r, sizeof(KrHandler), &h->handlers) && count(r, 1, &h->lines);
}

// Words as this machine has them; the halves of a word that holds two numbers change places on big-endian machines.
static void copy_words(uint8_t *to, const uint8_t *from, size_t words, size_t record, size_t halves) {
    for (size_t i = 0; i < words; i++) {
        uint32_t n = word_at(from + i * 4);
        if (record && i % record == halves) {
            uint16_t half[2] = { (uint16_t)n, (uint16_t)(n >> 16) };
            memcpy(to + i * 4, half, 4);
        } else {
            memcpy(to + i * 4, &n, 4);
        }
    }
}

static bool tables(Reader *r, KrCode *c, const Head *h) {
    const KrCodeSizes n = { h->instrs, h->handlers, h->hidden, h->lines, h->nlocals };
    size_t size = kr_code_tables_size(&n), instr = (size_t)h->instrs * 4, handlers = (size_t)h->handlers * sizeof(KrHandler),
           words = instr + handlers + (size_t)h->hidden * sizeof(KrHidden);
    if (r->tables) {
        kr_code_use_tables(c, &n, r->tables);
        r->tables += (size + 3) & ~(size_t)3;
        return true;
    }
    r->at = (r->at + 3) & ~(size_t)3;
    if (r->at > r->len || size > r->len - r->at) return bad(r, "end of file inside a table of code");
    const uint8_t *p = r->data + r->at;
    r->at += size;
    if (r->in_place) return kr_code_use_tables(c, &n, p), true;
    uint8_t *to = kr_code_new_tables(r->vm, c, &n);
    if (!to) return false;
    copy_words(to, p, h->instrs, 0, 0);
    copy_words(to + instr, p + instr, handlers / 4, 4, 3);
    copy_words(to + instr + handlers, p + instr + handlers, (words - instr - handlers) / 4, 3, 2);
    memcpy(to + words, p + words, h->lines + h->nlocals);
    return true;
}

static bool constants(Reader *r, KrCode *c, size_t n) {
    KrValue all = kr_tuple(r->vm, n, NULL);
    if (kr_is_error(all)) return false;
    for (size_t i = 0; i < n; i++) {
        KrValue v;
        if (!constant(r, true, &v)) return false;
        kr_store(r->vm, kr_ptr(all), &kr_tuple_items(all, NULL)[i], v);
    }
    kr_store(r->vm, c, &c->consts, all);
    return true;
}

static bool names(Reader *r, KrCode *c, const Head *h) {
    KrValue v[3], row[4] = { KR_NONE, KR_NONE, KR_NONE, KR_NONE };
    for (size_t i = 0; i < 3; i++)
        if (!string(r, &v[i])) return false;
    if (!name_row(r, h->nlocals, &row[0]) || !name_row(r, h->names, &row[1]) || !name_row(r, h->frees, &row[2])) return false;
    if (h->hidden && !name_row(r, h->hidden, &row[3])) return false;
    kr_store(r->vm, c, &c->name, v[0]);
    kr_store(r->vm, c, &c->qualname, v[1]);
    kr_store(r->vm, c, &c->filename, v[2]);
    kr_store(r->vm, c, &c->locals, row[0]);
    kr_store(r->vm, c, &c->names, row[1]);
    kr_store(r->vm, c, &c->frees, row[2]);
    kr_store(r->vm, c, &c->hidden_names, row[3]);
    return true;
}

static bool code(Reader *r, KrValue *out) {
    Head h;
    KrCode *c = kr_code_new(r->vm);
    if (!c || !head(r, &h)) return false;
    c->flags = h.flags >> 4 | h.flags << 28;
    c->nregs = (uint16_t)h.nregs;
    c->nparams = (uint16_t)h.nparams;
    c->npos = (uint16_t)h.npos;
    c->nposonly = (uint16_t)h.nposonly;
    c->nkwonly = (uint16_t)h.nkwonly;
    c->nlocals = (uint16_t)h.nlocals;
    c->ncaches = (uint16_t)h.ncaches;
    c->first_line = h.first_line;
    if (!names(r, c, &h) || !constants(r, c, h.consts) || !tables(r, c, &h)) return false;
    return *out = kr_from_ptr(c), true;
}

// ---- The file ------------------------------------------------------------------------------------------------------------------

bool kr_code_is_file(const void *data, size_t len) { return len >= 4 && memcmp(data, KR_CODE_FILE_MAGIC, 4) == 0; }

static bool file_head(Reader *r) {
    const uint8_t *p = r->data;
    if (!kr_code_is_file(p, r->len) || r->len < KR_CODE_FILE_HEADER) return bad(r, "no header of a code file");
    if (r->len > KR_CODE_FILE_MAX || word_at(p + 12) != r->len) return bad(r, "length that differs from the file's own");
    if (word_at(p + 4) != KR_CODE_FILE_VERSION)
        return kr_fail(kr_raise(r->vm, &kr_import_error, "code file of version %u, this Krait reads %u", (size_t)word_at(p + 4),
                                (size_t)KR_CODE_FILE_VERSION));
    if (r->trusted) return true;
    if (word_at(p + 8) != kr_code_set_hash())
        return kr_fail(kr_raise(r->vm, &kr_import_error, "code file made by a Krait with other instructions"));
    if (word_at(p + 16) != kr_crc32(0, p + 20, r->len - 20)) return bad(r, "checksum that does not fit the contents");
    return true;
}

static bool little_endian(void) {
    const uint16_t one = 1;
    uint8_t first;
    memcpy(&first, &one, 1);
    return first == 1;
}

static KrCode *load(Reader *r) {
    KrValue v;
    if (!file_head(r)) return NULL;
    r->at = KR_CODE_FILE_HEADER;
    if (!string_table(r)) return NULL;
    r->at = (r->at + 3) & ~(size_t)3;
    if (r->at > r->len || r->at != word_at(r->data + 20)) return (void)bad(r, "strings that do not end where the code begins"), NULL;
    if (!code(r, &v)) return NULL;
    if (r->at != r->len) return (void)bad(r, "bytes behind the code"), NULL;
    if (!r->trusted && !kr_code_verify(r->vm, KR_AS(KrCode, v), true)) return NULL;
    return KR_AS(KrCode, v);
}

KrCode *kr_code_load(KrVm *vm, const void *data, size_t len, unsigned how) {
    Reader r = { .vm = vm, .data = data, .len = len, .trusted = how & KR_LOAD_TRUSTED };
    r.in_place = (how & KR_LOAD_PERMANENT) && little_endian() && !((uintptr_t)data & 3);
    return load(&r);
}

KrCode *kr_code_load_apart(KrVm *vm, const void *data, size_t len, const uint8_t *tables) {
    Reader r = { .vm = vm, .data = data, .len = len, .tables = tables, .trusted = true };
    return load(&r);
}
