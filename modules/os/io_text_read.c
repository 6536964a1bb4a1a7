// io_text_read.c - TextIOWrapper: reading, and positions in text.
//
// A position that is not at the start of what was decoded last is a cookie: where in the file decoding can start, in what state of the decoder, how
// many bytes it has to get, and how many characters to leave out. `snapshot` keeps the bytes and the state that `decoded` came from for this.
// SPDX-License-Identifier: MIT
#include "io_part.h"

#include "base/utf8.h"
#include "object/bytes.h"
#include "object/str.h"
#include "object/text.h"
#include "object/vm_state.h"

#define BUFFERED(t) KR_AS(KrIoBuffered, (t)->buffer)

static bool can_read(KrVm *vm, const KrIoText *t) { return t->decoder || kr_fail(kr_io_no_support(vm, "not readable")); }

// ---- Pieces ----------------------------------------------------------------------------------------------------------------------

static KrValue read_bytes(KrVm *vm, KrIoText *t, size_t count) {
    if (KR_LIKELY(t->direct)) return kr_io_buffered_read1(vm, BUFFERED(t), count);
    const char *method = t->has_read1 ? "read1" : "read";
    KrValue want = kr_int(vm, (int64_t)count), v = kr_is_error(want) ? want : kr_call_method(vm, t->buffer, method, 1, &want);
    KrBuffer b;
    if (kr_is_error(v) || kr_is_bytes(v)) return v;
    if (!kr_get_buffer(vm, v, &b, KR_BUFFER_READ)) {
        (void)kr_take_raised(vm);
        return kr_raise(vm, &kr_type_error, "underlying %s() should have returned a bytes-like object, not '%T'", method, v);
    }
    v = kr_bytes(vm, b.data, b.len);
    kr_release_buffer(vm, &b);
    return v;
}

static KrValue joined_bytes(KrVm *vm, KrValue first, KrValue second) {
    size_t a, b;
    const uint8_t *data = kr_bytes_data(first, &a);
    kr_bytes_data(second, &b);
    if (!a) return second;
    KrBytesObject *all = kr_bytes_new(vm, a + b);
    if (!all) return KR_ERROR;
    memcpy(all->data, data, a);
    memcpy(all->data + a, kr_bytes_data(second, NULL), b);
    return kr_from_ptr(all);
}

// The next piece of the file into `decoded`, which has been read to its end. *end: there is none.
static bool read_piece(KrVm *vm, KrIoText *t, size_t hint, bool *end) {
    KrValue waiting = KR_NONE;
    intptr_t flags = 0;
    size_t count = (size_t)t->chunk, len;
    if (!can_read(vm, t)) return false;
    if (t->telling && !kr_io_newline_state(vm, t->decoder, &waiting, &flags)) return false;
    if (hint && t->ratio * (double)hint > (double)count) count = (size_t)(t->ratio * (double)hint);
    KrValue input = read_bytes(vm, t, count);
    if (kr_is_error(input)) return false;
    kr_bytes_data(input, &len);
    KrValue text = kr_io_newline_decode(vm, t->decoder, input, !len);
    if (kr_is_error(text)) return false;
    size_t chars = kr_str_length(text);
    kr_store(vm, t, &t->decoded, text);
    t->at = 0;
    t->ratio = chars ? (double)len / (double)chars : 0;
    *end = !len && !chars;
    if (!t->telling) return true;
    KrValue snapshot = joined_bytes(vm, waiting, input);
    if (kr_is_error(snapshot)) return false;
    kr_store(vm, t, &t->snapshot, snapshot);
    t->snapshot_flags = flags;
    return true;
}

static size_t left(const KrIoText *t) { return kr_str_of(t->decoded)->len - t->at; }

static KrValue take(KrVm *vm, KrIoText *t, size_t end) {
    size_t from = t->at;
    t->at = end;
    return from == 0 && end == kr_str_of(t->decoded)->len ? t->decoded : kr_str_part(vm, t->decoded, from, end);
}

// ---- Reading ---------------------------------------------------------------------------------------------------------------------

static KrValue read_rest(KrVm *vm, KrIoText *t) {
    KrValue bytes = t->direct && BUFFERED(t)->readable && !BUFFERED(t)->writing ? kr_io_buffered_read_all(vm, BUFFERED(t))
                                                                                : kr_call_method(vm, t->buffer, "read", 0, NULL);
    KrValue text = kr_is_error(bytes) ? bytes : kr_io_newline_decode(vm, t->decoder, bytes, true);
    if (kr_is_error(text)) return text;
    if (left(t)) {
        KrValue first = take(vm, t, kr_str_of(t->decoded)->len);
        text = kr_is_error(first) ? first : kr_str_concat(vm, first, text);
    }
    if (!kr_is_error(text)) kr_io_text_forget(vm, t);
    return text;
}

KrValue kr_io_text_read(KrVm *vm, KrIoText *t, intptr_t count) {
    if (!can_read(vm, t) || !kr_io_text_flush_pending(vm, t)) return KR_ERROR;
    if (count < 0) return read_rest(vm, t);
    KrText all;
    kr_text_init(vm, &all);
    for (size_t want = (size_t)count; want;) {
        bool end = false;
        const KrStrObject *s = kr_str_of(t->decoded);
        size_t stop =
            s->flags & KR_STR_ASCII ? (left(t) < want ? s->len : t->at + want) : kr_utf8_offset(kr_str_data(s), s->len, t->at, want);
        KrValue part = take(vm, t, stop);
        if (kr_is_error(part)) return part;
        want -= kr_str_length(part);
        if (!want && !all.len) return part;
        kr_text_add_str(&all, part);
        if (!want || all.failed) break;
        if (!read_piece(vm, t, want, &end)) return KR_ERROR;
        if (end) break;
    }
    return kr_text_str(&all);
}

// Cuts [at, *end) to `limit` characters; true: it is that long.
static bool at_limit(const KrIoText *t, size_t limit, size_t *end, size_t *count) {
    const KrStrObject *s = kr_str_of(t->decoded);
    size_t stop = kr_utf8_offset(kr_str_data(s), s->len, t->at, limit);
    bool reached = stop <= *end && (stop < s->len || kr_utf8_count(kr_str_data(s) + t->at, stop - t->at) == limit);
    if (reached) *end = stop;
    *count = kr_utf8_count(kr_str_data(s) + t->at, *end - t->at);
    return reached;
}

KrValue kr_io_text_readline(KrVm *vm, KrIoText *t, intptr_t limit) {
    KrText line;
    bool found, split, end = false;
    size_t count = 0;
    if (!kr_io_text_flush_pending(vm, t)) return KR_ERROR;
    if (!limit) return vm->empty_str;
    kr_text_init(vm, &line);
    for (;;) {
        if (!left(t)) {
            if (!read_piece(vm, t, 0, &end)) return KR_ERROR;
            if (end) break;
            if (!left(t)) continue;
        }
        const KrStrObject *s = kr_str_of(t->decoded);
        const char *text = kr_str_data(s);
        split = line.len && line.data[line.len - 1] == '\r' && text[t->at] == '\n' && kr_str_is(t->line_end, "\r\n");
        size_t stop = split ? t->at + 1 : kr_io_line_end(text, t->at, s->len, t->line_end, &found);
        if (limit > 0 && at_limit(t, (size_t)limit, &stop, &count)) split = true;
        else if (limit > 0) limit -= (intptr_t)count;
        if ((found || split) && !line.len) return take(vm, t, stop);
        kr_text_add(&line, text + t->at, stop - t->at);
        t->at = stop;
        if (found || split || line.failed) return kr_text_str(&line);
    }
    kr_io_text_forget(vm, t);
    return kr_text_str(&line);
}

// ---- Cookies ---------------------------------------------------------------------------------------------------------------------

typedef struct {
    int64_t start;
    intptr_t flags, feed, skip;
    bool end;
} Cookie;

static KrValue shifted(KrVm *vm, KrValue sum, int64_t part, int bits) {
    KrValue v = kr_int(vm, part);
    if (!kr_is_error(v)) v = kr_binary(vm, KR_LSHIFT, v, kr_int_box(bits));
    return kr_is_error(v) || kr_is_error(sum) ? KR_ERROR : kr_binary(vm, KR_OR, sum, v);
}

static KrValue cookie_value(KrVm *vm, const Cookie *c) {
    KrValue v = kr_int(vm, c->start);
    if (c->flags) v = shifted(vm, v, c->flags, 64);
    if (c->feed) v = shifted(vm, v, c->feed, 128);
    if (c->skip) v = shifted(vm, v, c->skip, 192);
    return c->end ? shifted(vm, v, 1, 256) : v;
}

static bool part_of(KrVm *vm, KrValue v, int bits, int64_t *out) {
    KrValue one = kr_int_box(1), mask = kr_binary(vm, KR_LSHIFT, one, kr_int_box(64));
    if (!kr_is_error(mask)) mask = kr_binary(vm, KR_SUB, mask, one);
    if (!kr_is_error(mask)) v = kr_binary(vm, KR_RSHIFT, v, kr_int_box(bits));
    if (kr_is_error(mask) || kr_is_error(v)) return false;
    v = kr_binary(vm, KR_AND, v, mask);
    return !kr_is_error(v) && kr_to_int64(vm, v, out);
}

static bool cookie_parts(KrVm *vm, KrValue v, Cookie *c) {
    int64_t part[5];
    for (int i = 0; i < 5; i++)
        if (!part_of(vm, v, 64 * i, &part[i])) return false;
    *c = (Cookie){ part[0], (intptr_t)part[1], (intptr_t)part[2], (intptr_t)part[3], part[4] };
    return true;
}

// How many characters come of input[from..to).
static bool decoded_length(KrVm *vm, KrIoText *t, const uint8_t *input, size_t from, size_t to, bool final, size_t *count) {
    KrValue bytes = kr_bytes(vm, input + from, to - from),
            text = kr_is_error(bytes) ? bytes : kr_io_newline_decode(vm, t->decoder, bytes, final);
    if (kr_is_error(text)) return false;
    return *count = kr_str_length(text), true;
}

static bool state_of(KrVm *vm, KrIoText *t, size_t *waiting, intptr_t *flags) {
    KrValue bytes;
    if (!kr_io_newline_state(vm, t->decoder, &bytes, flags)) return false;
    return kr_bytes_data(bytes, waiting), true;
}

static bool set_state(KrVm *vm, KrIoText *t, intptr_t flags) {
    KrValue none = kr_bytes(vm, "", 0);
    return !kr_is_error(none) && kr_io_newline_set_state(vm, t->decoder, none, flags);
}

// As far as a guess gets from the start of the snapshot with nothing that waits in the decoder; the rest goes byte by byte.
static bool find_safe_start(KrVm *vm, KrIoText *t, const uint8_t *input, size_t len, Cookie *c, size_t *used) {
    size_t guess = (size_t)(t->ratio * (double)c->skip), back = 1, count, waiting;
    intptr_t flags;
    if (guess > len) guess = len;
    for (; guess > 0; guess = guess > back ? guess - back : 0, back *= 2) {
        if (!set_state(vm, t, c->flags) || !decoded_length(vm, t, input, 0, guess, false, &count)) return false;
        if ((intptr_t)count > c->skip) continue;
        if (!state_of(vm, t, &waiting, &flags)) return false;
        if (!waiting) {
            c->flags = flags;
            c->skip -= (intptr_t)count;
            break;
        }
        back = waiting;
    }
    if (!guess && !set_state(vm, t, c->flags)) return false;
    c->start += (int64_t)guess;
    return *used = guess, true;
}

static bool find_exact(KrVm *vm, KrIoText *t, const uint8_t *input, size_t len, size_t at, Cookie *c) {
    intptr_t skip = c->skip, seen = 0, fed = 0, flags;
    size_t count, waiting;
    for (; skip && at < len; at++) {
        if (!decoded_length(vm, t, input, at, at + 1, false, &count) || !state_of(vm, t, &waiting, &flags)) return false;
        fed++;
        seen += (intptr_t)count;
        if (!waiting && seen <= skip) {
            c->start += fed;
            c->flags = flags;
            skip -= seen;
            fed = seen = 0;
        }
        if (seen >= skip) break;
    }
    c->skip = skip;
    c->feed = skip ? fed : 0;
    if (!skip || at < len) return true;
    if (!decoded_length(vm, t, input, len, len, true, &count)) return false;
    c->end = true;
    return seen + (intptr_t)count >= skip || kr_fail(kr_raise(vm, &kr_os_error, "can't reconstruct logical file position"));
}

KrValue kr_io_text_tell(KrVm *vm, KrIoText *t, KrValue self) {
    if (!t->seekable) return kr_io_no_support(vm, "underlying stream is not seekable");
    if (!t->telling) return kr_raise(vm, &kr_os_error, "telling position disabled by next() call");
    if (!kr_io_text_flush_pending(vm, t) || kr_is_error(kr_call_method(vm, self, "flush", 0, NULL))) return KR_ERROR;
    KrValue at = kr_call_method(vm, t->buffer, "tell", 0, NULL);
    if (kr_is_error(at) || !t->decoder || kr_is_none(t->snapshot)) return at;
    size_t len, used;
    Cookie c = { .flags = t->snapshot_flags, .skip = (intptr_t)kr_str_chars(kr_str_of(t->decoded), t->at) };
    if (!kr_to_int64(vm, at, &c.start)) return KR_ERROR;
    const uint8_t *input = kr_bytes_data(t->snapshot, &len);
    c.start -= (int64_t)len;
    if (!c.skip) return cookie_value(vm, &c);
    KrValue waiting;
    intptr_t flags;
    if (!kr_io_newline_state(vm, t->decoder, &waiting, &flags)) return KR_ERROR;
    bool ok = find_safe_start(vm, t, input, len, &c, &used) && find_exact(vm, t, input, len, used, &c);
    KrValue raised = ok ? KR_NONE : kr_take_raised(vm);
    if (!kr_io_newline_set_state(vm, t->decoder, waiting, flags)) return KR_ERROR;
    return ok ? cookie_value(vm, &c) : kr_raise_value(vm, raised);
}

// ---- Seeking ---------------------------------------------------------------------------------------------------------------------

static bool reset_encoder(KrVm *vm, KrIoText *t, bool start) {
    if (t->native || !kr_is_ptr(t->encoder) || kr_is_none(t->encoder)) return true;
    KrValue state = kr_int_box(0);
    return !kr_is_error(start ? kr_call_method(vm, t->encoder, "reset", 0, NULL) : kr_call_method(vm, t->encoder, "setstate", 1, &state));
}

static KrValue seek_end(KrVm *vm, KrIoText *t, KrValue self) {
    if (kr_is_error(kr_call_method(vm, self, "flush", 0, NULL))) return KR_ERROR;
    kr_io_text_forget(vm, t);
    if (t->decoder && !kr_io_newline_reset(vm, t->decoder)) return KR_ERROR;
    KrValue to[2] = { kr_int_box(0), kr_int_box(2) }, at = kr_call_method(vm, t->buffer, "seek", 2, to);
    bool zero;
    if (kr_is_error(at) || !kr_equal(vm, at, kr_int_box(0), &zero)) return KR_ERROR;
    return reset_encoder(vm, t, zero) ? at : KR_ERROR;
}

// The characters that the cookie leaves out are decoded again.
static bool skip_characters(KrVm *vm, KrIoText *t, const Cookie *c) {
    KrValue want = kr_int(vm, c->feed), input = kr_is_error(want) ? want : kr_call_method(vm, t->buffer, "read", 1, &want);
    if (kr_is_error(input)) return false;
    if (!kr_is_bytes(input))
        return kr_fail(kr_raise(vm, &kr_type_error, "underlying read() should have returned a bytes object, not '%T'", input));
    kr_store(vm, t, &t->snapshot, input);
    t->snapshot_flags = c->flags;
    KrValue text = kr_io_newline_decode(vm, t->decoder, input, c->end);
    if (kr_is_error(text)) return false;
    kr_store(vm, t, &t->decoded, text);
    if (kr_str_length(text) < (size_t)c->skip) return kr_fail(kr_raise(vm, &kr_os_error, "can't restore logical file position"));
    t->at = kr_str_offset(kr_str_of(text), (size_t)c->skip);
    return true;
}

static KrValue seek_cookie(KrVm *vm, KrIoText *t, KrValue self, KrValue cookie) {
    Cookie c;
    bool negative;
    if (!kr_compare_bool(vm, cookie, kr_int_box(0), KR_LT, &negative)) return KR_ERROR;
    if (negative) return kr_raise(vm, &kr_value_error, "negative seek position %R", cookie);
    if (kr_is_error(kr_call_method(vm, self, "flush", 0, NULL)) || !cookie_parts(vm, cookie, &c)) return KR_ERROR;
    KrValue start = kr_int(vm, c.start);
    if (kr_is_error(start) || kr_is_error(kr_call_method(vm, t->buffer, "seek", 1, &start))) return KR_ERROR;
    kr_io_text_forget(vm, t);
    bool first = !c.start && !c.flags;
    if (t->decoder && !(first ? kr_io_newline_reset(vm, t->decoder) : set_state(vm, t, c.flags))) return KR_ERROR;
    if (c.skip && t->decoder && !skip_characters(vm, t, &c)) return KR_ERROR;
    if (!c.skip && t->decoder) {
        KrValue none = kr_bytes(vm, "", 0);
        if (kr_is_error(none)) return none;
        kr_store(vm, t, &t->snapshot, none);
        t->snapshot_flags = c.flags;
    }
    return reset_encoder(vm, t, first) ? cookie : KR_ERROR;
}

KrValue kr_io_text_seek(KrVm *vm, KrIoText *t, KrValue self, KrValue cookie, int whence) {
    bool zero;
    if (!t->seekable) return kr_io_no_support(vm, "underlying stream is not seekable");
    if (whence < 0 || whence > 2) return kr_raise(vm, &kr_value_error, "invalid whence (%d, should be 0, 1 or 2)", whence);
    if (!kr_is_integer(cookie) && kr_is_error(cookie = kr_index(vm, cookie))) return KR_ERROR;
    if (!kr_equal(vm, cookie, kr_int_box(0), &zero)) return KR_ERROR;
    if (whence == 1) {
        if (!zero) return kr_io_no_support(vm, "can't do nonzero cur-relative seeks");
        cookie = kr_call_method(vm, self, "tell", 0, NULL);
        if (kr_is_error(cookie)) return cookie;
    }
    if (whence == 2) return zero ? seek_end(vm, t, self) : kr_io_no_support(vm, "can't do nonzero end-relative seeks");
    return seek_cookie(vm, t, self, cookie);
}
