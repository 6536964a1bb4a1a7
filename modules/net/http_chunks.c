// http_chunks.c - _http.Chunks: bodies in chunks (RFC 9112, 7.1), piece by piece as they come.
// SPDX-License-Identifier: MIT
#include "http_part.h"

#include <string.h>

enum {
    LINE_MOST = 4096, // bytes of a line with a size and extensions, and of all trailers
    DIGITS_MOST = 15,
};

typedef enum { SIZE, EXTENSION, SIZE_END, DATA, DATA_CR, DATA_END, TRAILER, TRAILER_LINE, TRAILER_END, LAST_END, DONE } State;

typedef struct {
    KrObject head;
    State state;
    unsigned digits;
    uint64_t left; // of the chunk
    size_t line;   // bytes of this line so far
} Chunks;

#define SELF ((Chunks *)kr_ptr(self))

static int digit(uint8_t c) {
    if (c >= '0' && c <= '9') return c - '0';
    c |= 32;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// A byte between the data. NULL, or what is wrong with it.
static const char *step(Chunks *s, uint8_t c) {
    if (s->state != DATA && ++s->line > LINE_MOST) return "a line of a chunk is too long";
    switch (s->state) {
    case SIZE:
        if (digit(c) >= 0 && s->digits < DIGITS_MOST) return s->left = s->left << 4 | (unsigned)digit(c), s->digits++, NULL;
        if (!s->digits || (c != '\r' && c != ';')) return "a chunk begins with its size in hexadecimal digits";
        return s->state = c == ';' ? EXTENSION : SIZE_END, NULL;
    case EXTENSION:
        if (c == '\n') return "a line of a chunk ends without CR";
        if (c == '\r') s->state = SIZE_END;
        return NULL;
    case SIZE_END:
        if (c != '\n') return "a chunk's size does not end with CRLF";
        return s->state = s->left ? DATA : TRAILER, s->digits = 0, s->line = 0, NULL;
    case DATA_CR: return s->state = DATA_END, c == '\r' ? NULL : "a chunk does not end with CRLF";
    case DATA_END: return s->state = SIZE, s->line = 0, c == '\n' ? NULL : "a chunk does not end with CRLF";
    case TRAILER:
        if (c == '\n') return "a trailer ends without CR";
        return s->state = c == '\r' ? LAST_END : TRAILER_LINE, NULL;
    case TRAILER_LINE:
        if (c == '\n') return "a trailer ends without CR";
        return s->state = c == '\r' ? TRAILER_END : TRAILER_LINE, NULL;
    case TRAILER_END: return s->state = TRAILER, c == '\n' ? NULL : "a trailer does not end with CRLF";
    default: return s->state = DONE, c == '\n' ? NULL : "the last chunk does not end with CRLF";
    }
}

// Copies what is data in `from` to `to`; *used: how far it got. NULL, or what is wrong.
static const char *run(Chunks *s, const uint8_t *from, size_t len, uint8_t *to, size_t *used, size_t *made) {
    size_t i = 0, n = 0;
    const char *wrong = NULL;
    while (i < len && s->state != DONE && !wrong) {
        if (s->state != DATA) {
            wrong = step(s, from[i++]);
            continue;
        }
        size_t part = s->left < len - i ? (size_t)s->left : len - i;
        memcpy(to + n, from + i, part);
        i += part, n += part, s->left -= part;
        if (!s->left) s->state = DATA_CR, s->line = 0;
    }
    return *used = i, *made = n, wrong;
}

// feed(data, start=0): (data of the chunks, where it stopped)
static KrValue chunks_feed(KrVm *vm, KrValue self, const KrValue *arg) {
    intptr_t start;
    KrBuffer view;
    size_t used = 0, made = 0;
    if (!kr_to_index(vm, arg[1], &start) || !kr_get_buffer(vm, arg[0], &view, KR_BUFFER_READ)) return KR_ERROR;
    const char *wrong = NULL;
    KrValue out = KR_ERROR;
    if (start < 0 || (size_t)start > view.len) (void)kr_raise(vm, &kr_value_error, "start is outside of the data");
    else out = kr_bytes(vm, NULL, view.len - (size_t)start);
    if (!kr_is_error(out))
        wrong = run(SELF, (const uint8_t *)view.data + start, view.len - (size_t)start, kr_bytes_data(out, NULL), &used, &made);
    kr_release_buffer(vm, &view);
    if (wrong) return kr_http_refuse(vm, KR_HTTP_BAD, "%s", wrong);
    if (!kr_is_error(out)) out = kr_bytes(vm, kr_bytes_data(out, NULL), made);
    KrValue item[] = { out, kr_int_box(start + (intptr_t)used) };
    return kr_is_error(out) ? out : kr_tuple(vm, 2, item);
}

static KrValue make(KrVm *vm, KrValue self, KR_UNUSED const KrValue *arg) { return kr_alloc_instance(vm, kr_as_type(self)); }

static KrValue get_done(KR_UNUSED KrVm *vm, KrValue self) { return kr_bool(SELF->state == DONE); }

static const KrMethod chunks_make = { "Chunks()", make, NULL, 0 };

static const KrMethod chunks_methods[] = {
    { "feed(data, start=0, /)", chunks_feed,
      KR_DOC("Return the bytes of the body that data has from start on, and where reading stopped: at the end of data, or of the body. "
             "ValueError(status, text)."),
      0 },
    { 0 },
};

static const KrGetSet chunks_attributes[] = { { "done", get_done, NULL, KR_DOC("whether the body has ended") }, { 0 } };

const KrType kr_http_chunks_type = {
    KR_TYPE_HEAD(kr_http_chunks_type),
    .name = "Chunks",
    .module = "_http",
    .doc = KR_DOC("A reader of a body in chunks."),
    .size = sizeof(Chunks),
    .make = &chunks_make,
    .methods = chunks_methods,
    .attributes = chunks_attributes,
};
