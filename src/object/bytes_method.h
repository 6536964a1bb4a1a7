// bytes_method.h - what the files of bytes, bytearray and memoryview share.
//
// Most methods serve bytes and bytearray alike: `self` is either. A bytearray may be changed by Python code that runs while arguments are
// converted, so a method takes its span last.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_BYTES_METHOD_H
#define KR_OBJECT_BYTES_METHOD_H

#include "object/bytes.h"

typedef struct {
    const uint8_t *data; // never NULL
    size_t len;
} KrSpan;

static inline KrSpan kr_span_of(KrValue bytes_or_bytearray) {
    KrSpan span;
    if (kr_is_exact(bytes_or_bytearray, &kr_bytes_type)) {
        const KrBytesObject *b = KR_AS(const KrBytesObject, bytes_or_bytearray);
        return (KrSpan){ b->data, b->len };
    }
    span.data = kr_bytes_data(bytes_or_bytearray, &span.len);
    return span;
}
// A new bytes, or bytearray if self is one. Of the whole of an exact bytes: self.
KrValue kr_bytes_like(KrVm *vm, KrValue self, const uint8_t *data, size_t len) KR_RAISES;
bool kr_span_hash(KrSpan span, KrHash *out);                                                                        // true
KrValue kr_bytes_quote(KrVm *vm, const uint8_t *data, size_t len, const char *before, const char *after) KR_RAISES; // repr
KrValue kr_span_compare(KrSpan a, KrSpan b, KrCompareOp op);
bool kr_bytes_warn(KrVm *vm, KrValue other, const char *name) KR_RAISES; // -b: `name` is compared with a str or an int
// An integer from 0 to 255; ValueError with message otherwise.
bool kr_arg_byte(KrVm *vm, KrValue v, const char *message, uint8_t *out) KR_RAISES;
KrValue kr_hex_of(KrVm *vm, KrValue bytes, const KrValue *arg) KR_RAISES; // hex(sep, bytes_per_sep)
bool kr_is_number(KrVm *vm, KrValue v);                                   // has __index__, __int__ or __float__
bool kr_is_iterable(KrVm *vm, KrValue v);
bool kr_bytearray_resize(KrVm *vm, KrByteArrayObject *b, size_t len) KR_RAISES;
bool kr_span_contains(KrVm *vm, KrValue self, KrValue item, bool *out) KR_RAISES;
KrValue kr_span_repeat(KrVm *vm, KrValue self, KrValue count) KR_RAISES;
KrValue kr_span_concat(KrVm *vm, KrValue left, KrValue right) KR_RAISES; // left + right, or KR_NOTIMPL
KrValue kr_bytes_iterator(KrVm *vm, KrValue self) KR_RAISES;
// The arguments (source, encoding, errors) of bytes() and bytearray() as bytes; a buffer of its own unless source is bytes.
KrValue kr_bytes_source(KrVm *vm, const KrValue *arg, bool array) KR_RAISES;
bool kr_bytes_check_source(KrVm *vm, const KrValue *arg, const char *type) KR_RAISES; // encoding and errors of these: texts?
KrValue kr_bytes_of_object(KrVm *vm, KrValue source) KR_RAISES;                       // by __bytes__, its buffer or its items
// A copy of what a buffer holds, in C order whatever its strides.
KrValue kr_buffer_bytes(KrVm *vm, const KrBuffer *buffer) KR_RAISES;
// data[start], step apart, count of them.
bool kr_span_pick(KrVm *vm, KrSpan span, intptr_t start, intptr_t step, size_t count, uint8_t *out) KR_RAISES;

#define KR_BYTES_METHOD(name) KrValue kr_bytes_##name##_method(KrVm *vm, KrValue self, const KrValue *arg)

// clang-format off
#define KR_BYTES_METHODS(X)                                                                                                                \
    X(capitalize, "capitalize()", KR_DOC("The first byte in upper case and the rest in lower case."), 0)                                   \
    X(center, "center(width, fillchar=<b' '>, /)", KR_DOC("Centered in width bytes."), 0)                                                 \
    X(count, "count(sub, start=None, end=None, /)", KR_DOC("How often sub occurs in [start:end], without overlaps."), 0)                   \
    X(decode, "decode(encoding='utf-8', errors='strict')", KR_DOC("The text that the bytes encode."), 0)                                   \
    X(endswith, "endswith(suffix, start=None, end=None, /)", KR_DOC("Whether [start:end] ends with suffix, or one of a tuple."), 0)        \
    X(expandtabs, "expandtabs(tabsize=8)", KR_DOC("With tabs replaced by spaces."), 0)                                                     \
    X(find, "find(sub, start=None, end=None, /)", KR_DOC("First position of sub in [start:end], or -1."), 0)                               \
    X(fromhex, "fromhex(string, /)", KR_DOC("The bytes that pairs of hexadecimal digits spell."), KR_CLASS_METHOD)                         \
    X(hex, "hex(sep=<unrepresentable>, bytes_per_sep=1)", KR_DOC("Two hexadecimal digits for each byte."), 0)                                        \
    X(index, "index(sub, start=None, end=None, /)", KR_DOC("First position of sub in [start:end]; ValueError if absent."), 0)              \
    X(isalnum, "isalnum()", KR_DOC("Whether all bytes are ASCII letters or digits, and there are some."), 0)                               \
    X(isalpha, "isalpha()", KR_DOC("Whether all bytes are ASCII letters, and there are some."), 0)                                         \
    X(isascii, "isascii()", KR_DOC("Whether all bytes are below 128."), 0)                                                                 \
    X(isdigit, "isdigit()", KR_DOC("Whether all bytes are ASCII digits, and there are some."), 0)                                          \
    X(islower, "islower()", KR_DOC("Whether all ASCII letters are lower case, and there are some."), 0)                                    \
    X(isspace, "isspace()", KR_DOC("Whether all bytes are ASCII white space, and there are some."), 0)                                     \
    X(istitle, "istitle()", KR_DOC("Whether each word begins with a capital and goes on in lower case."), 0)                               \
    X(isupper, "isupper()", KR_DOC("Whether all ASCII letters are upper case, and there are some."), 0)                                    \
    X(join, "join(iterable_of_bytes, /)", KR_DOC("The items, with these bytes between them."), 0)                                          \
    X(ljust, "ljust(width, fillchar=<b' '>, /)", KR_DOC("On the left of width bytes."), 0)                                                \
    X(lower, "lower()", KR_DOC("With ASCII letters in lower case."), 0)                                                                    \
    X(lstrip, "lstrip(bytes=None, /)", KR_DOC("Without white space, or the given bytes, at the beginning."), 0)                            \
    X(maketrans, "maketrans(frm, to, /)", KR_DOC("A table for translate()."), KR_STATIC_METHOD)                                            \
    X(partition, "partition(sep, /)", KR_DOC("Before the first sep, sep, and after it."), 0)                                               \
    X(removeprefix, "removeprefix(prefix, /)", KR_DOC("Without prefix, if it begins with it."), 0)                                         \
    X(removesuffix, "removesuffix(suffix, /)", KR_DOC("Without suffix, if it ends with it."), 0)                                           \
    X(replace, "replace(old, new, count=-1, /)", KR_DOC("With (the first count) old replaced by new."), 0)                                 \
    X(rfind, "rfind(sub, start=None, end=None, /)", KR_DOC("Last position of sub in [start:end], or -1."), 0)                              \
    X(rindex, "rindex(sub, start=None, end=None, /)", KR_DOC("Last position of sub in [start:end]; ValueError if absent."), 0)             \
    X(rjust, "rjust(width, fillchar=<b' '>, /)", KR_DOC("On the right of width bytes."), 0)                                               \
    X(rpartition, "rpartition(sep, /)", KR_DOC("Before the last sep, sep, and after it."), 0)                                              \
    X(rsplit, "rsplit(sep=None, maxsplit=-1)", KR_DOC("The parts between sep or white space, cut from the right."), 0)                     \
    X(rstrip, "rstrip(bytes=None, /)", KR_DOC("Without white space, or the given bytes, at the end."), 0)                                  \
    X(split, "split(sep=None, maxsplit=-1)", KR_DOC("The parts between sep or white space."), 0)                                           \
    X(splitlines, "splitlines(keepends=False)", KR_DOC("The lines."), 0)                                                                   \
    X(startswith, "startswith(prefix, start=None, end=None, /)", KR_DOC("Whether [start:end] begins with prefix, or one of a tuple."), 0)  \
    X(strip, "strip(bytes=None, /)", KR_DOC("Without white space, or the given bytes, at both ends."), 0)                                  \
    X(swapcase, "swapcase()", KR_DOC("With upper and lower case exchanged."), 0)                                                           \
    X(title, "title()", KR_DOC("With each word in title case."), 0)                                                                        \
    X(translate, "translate(table, /, delete=<b''>)", KR_DOC("With each byte replaced as table says, those in delete removed."), 0)      \
    X(upper, "upper()", KR_DOC("With ASCII letters in upper case."), 0)                                                                    \
    X(zfill, "zfill(width, /)", KR_DOC("Filled up to width with zeros after the sign."), 0)
// clang-format on

#define X(name, signature, doc, flags) KR_BYTES_METHOD(name);
KR_BYTES_METHODS(X)
#undef X

// Rows for a method table.
#define KR_BYTES_ROW(name, signature, doc, flags) { signature, kr_bytes_##name##_method, doc, flags },

#endif
