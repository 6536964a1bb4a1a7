// binascii_qp.c - quoted-printable text (RFC 2045, section 6.7, and RFC 1522 for headers) of module binascii.
// SPDX-License-Identifier: MIT
#include "binascii_part.h"

enum { LINE = 76 };

// ---- Decoding --------------------------------------------------------------------------------------------------------------------

typedef struct {
    const uint8_t *at, *end;
    uint8_t *to;
} Reader;

static void skip_line_end(Reader *r) { // behind a = : to the end of the line, whatever is in between
    if (*r->at == '\r')
        while (r->at < r->end && *r->at != '\n') r->at++;
    if (r->at < r->end) r->at++;
}

static void decode_escape(Reader *r) {
    const uint8_t *p = ++r->at;
    if (p == r->end) return;
    if (*p == '\n' || *p == '\r') {
        skip_line_end(r);
    } else if (*p == '=') { // written so by mistake, by other programs
        *r->to++ = '=';
        r->at++;
    } else if (r->end - p >= 2 && kr_hex_digit(p[0]) >= 0 && kr_hex_digit(p[1]) >= 0) {
        *r->to++ = (uint8_t)(kr_hex_digit(p[0]) << 4 | kr_hex_digit(p[1]));
        r->at += 2;
    } else {
        *r->to++ = '=';
    }
}

KR_BINASCII(a2b_qp) {
    KrBuffer b;
    bool header;
    (void)self;
    if (!kr_binascii_ascii(vm, arg[0], &b)) return KR_ERROR;
    KrValue bytes = kr_truth(vm, arg[1], &header) ? kr_bytes(vm, NULL, b.len) : KR_ERROR;
    bool ok = !kr_is_error(bytes);
    uint8_t *start = ok ? kr_bytes_data(bytes, NULL) : NULL;
    Reader r = { b.data, (const uint8_t *)b.data + b.len, start };
    for (size_t i = 0; ok && r.at < r.end; i++) {
        if (*r.at == '=') decode_escape(&r);
        else *r.to++ = header && *r.at == '_' ? ' ' : *r.at, r.at++;
        ok = kr_binascii_poll(vm, i);
    }
    kr_release_buffer(vm, &b);
    return ok ? kr_binascii_shorten(vm, bytes, (size_t)(r.to - start), b.len) : KR_ERROR;
}

// ---- Encoding --------------------------------------------------------------------------------------------------------------------

typedef struct {
    const uint8_t *start, *at, *end;
    bool tabs, text, header, crlf;
    uint8_t *to; // NULL: only counting
    size_t count, line;
    uint8_t last; // byte that was written
} Writer;

static void put(Writer *w, uint8_t c) {
    if (w->to) w->to[w->count] = c;
    w->count++;
    w->last = c;
}

static void put_hex(Writer *w, uint8_t c) {
    put(w, '=');
    put(w, (uint8_t)kr_hex_upper[c >> 4]);
    put(w, (uint8_t)kr_hex_upper[c & 15]);
}

static void put_line_end(Writer *w) {
    if (w->crlf) put(w, '\r');
    put(w, '\n');
    w->line = 0;
}

static void break_line(Writer *w) {
    put(w, '=');
    put_line_end(w);
}

static bool must_escape(const Writer *w, uint8_t c) {
    bool last = w->at + 1 == w->end, line_end = c == '\r' || c == '\n', blank = c == '\t' || c == ' ';
    if (c > 126 || c == '=' || (w->header && c == '_')) return true;
    if (c == '.' && w->line == 0) return last || w->at[1] == '\n' || w->at[1] == '\r' || !w->at[1]; // alone on its line: SMTP's end
    if (line_end) return !w->text;
    if (blank) return last || w->tabs;
    return c < 33;
}

// A line end of the text: white space before it is not to be lost.
static void encode_line_end(Writer *w, uint8_t c) {
    if (w->count && (w->last == ' ' || w->last == '\t')) {
        uint8_t blank = w->last;
        w->count--;
        put_hex(w, blank);
    }
    put_line_end(w);
    w->at += c == '\r' ? 2 : 1;
}

static void encode_byte(Writer *w) {
    uint8_t c = *w->at;
    bool more = w->at + 1 < w->end;
    if (must_escape(w, c)) {
        if (w->line + 3 >= LINE) break_line(w);
        put_hex(w, c);
        w->line += 3;
        w->at++;
    } else if (w->text && (c == '\n' || (c == '\r' && more && w->at[1] == '\n'))) {
        encode_line_end(w, c);
    } else {
        if (more && w->at[1] != '\n' && w->line + 1 >= LINE) break_line(w);
        w->line++;
        put(w, w->header && c == ' ' ? '_' : c);
        w->at++;
    }
}

static bool encode(KrVm *vm, Writer *w) {
    w->at = w->start;
    w->count = w->line = 0;
    w->last = 0;
    for (size_t i = 0; w->at < w->end; i++) {
        encode_byte(w);
        if (!kr_binascii_poll(vm, i)) return false;
    }
    return true;
}

KR_BINASCII(b2a_qp) {
    KrBuffer b;
    Writer w = { 0 };
    (void)self;
    if (!kr_truth(vm, arg[1], &w.tabs) || !kr_truth(vm, arg[2], &w.text) || !kr_truth(vm, arg[3], &w.header)) return KR_ERROR;
    if (!kr_get_buffer(vm, arg[0], &b, KR_BUFFER_READ)) return KR_ERROR;
    w.start = b.data;
    w.end = w.start + b.len;
    const uint8_t *first = b.len ? memchr(b.data, '\n', b.len) : NULL;
    w.crlf = first && first > w.start && first[-1] == '\r'; // line ends are made as the first one is
    KrValue bytes = encode(vm, &w) ? kr_bytes(vm, NULL, w.count) : KR_ERROR;
    if (!kr_is_error(bytes)) {
        w.to = kr_bytes_data(bytes, NULL);
        if (!encode(vm, &w)) bytes = KR_ERROR;
    }
    kr_release_buffer(vm, &b);
    return bytes;
}
