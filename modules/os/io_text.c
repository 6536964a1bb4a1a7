// io_text.c - TextIOWrapper: text before a stream of bytes. Making it, writing, and what else it has; reading is in io_text_read.c.
//
// UTF-8, ASCII and Latin-1 are done here (`native`); other encodings by the incremental coders of module codecs. What is written goes to
// `pending`, and from there to the stream below; where that is one of our own with a buffer, straight into its buffer.
// SPDX-License-Identifier: MIT
#include "io_part.h"

#include "object/codec.h"
#include "object/name_table.h"
#include "object/str.h"
#include "object/vm_state.h"
#include "vm/access.h"

#define METHOD(name)  static KrValue text_##name(KrVm *vm, KrValue self, const KrValue *arg)
#define SELF          KR_AS(KrIoText, self)
#define BUFFERED(t)   KR_AS(KrIoBuffered, (t)->buffer)
#define IS_SET(value) (kr_is_ptr(value) && !kr_is_none(value) && !kr_is_unset(value))

static void text_trace(KrTracer *tracer, KrObject *o) {
    KrIoText *t = (KrIoText *)o;
    KrValue value[] = { t->buffer, t->encoding, t->errors, t->line_end, t->encoder, t->decoded, t->snapshot };
    for (size_t i = 0; i < KR_COUNT_OF(value); i++) kr_trace(tracer, value[i]);
    kr_trace_object(tracer, t->decoder);
    kr_trace_object(tracer, t->pending);
}

static KrValue text_alloc(KrVm *vm, const KrType *type) {
    KrValue v = kr_alloc_instance(vm, type);
    if (kr_is_error(v)) return v;
    KrIoText *t = KR_AS(KrIoText, v);
    t->buffer = t->encoding = t->errors = t->line_end = t->encoder = t->snapshot = KR_NONE;
    t->decoded = vm->empty_str;
    t->chunk = KR_IO_BUFFER;
    return v;
}

// ---- State -----------------------------------------------------------------------------------------------------------------------

bool kr_io_text_is_attached(KrVm *vm, const KrIoText *t) {
    if (KR_LIKELY(t->ready)) return true;
    return kr_fail(
        kr_raise(vm, &kr_value_error, t->detached ? "underlying buffer has been detached" : "I/O operation on uninitialized object"));
}

static bool is_closed(KrVm *vm, KrIoText *t, bool *out) {
    return t->direct ? kr_io_buffered_closed(vm, BUFFERED(t), out) : kr_io_is_closed(vm, t->buffer, out);
}

bool kr_io_text_is_open(KrVm *vm, KrIoText *t) {
    bool closed;
    if (!kr_io_text_is_attached(vm, t) || !is_closed(vm, t, &closed)) return false;
    return !closed || kr_fail(kr_raise(vm, &kr_value_error, "I/O operation on closed file."));
}

void kr_io_text_forget(KrVm *vm, KrIoText *t) {
    kr_store(vm, t, &t->decoded, vm->empty_str);
    kr_store(vm, t, &t->snapshot, KR_NONE);
    t->at = 0;
}

// ---- Coders ----------------------------------------------------------------------------------------------------------------------

bool kr_io_text_check_newline(KrVm *vm, KrValue newline) {
    if (kr_is_none(newline)) return true;
    static const char *const good[] = { "", "\n", "\r", "\r\n" };
    for (size_t i = 0; i < KR_COUNT_OF(good); i++)
        if (kr_str_is(newline, good[i])) return true;
    return kr_fail(kr_raise(vm, &kr_value_error, "illegal newline value: %S", newline));
}

static const char *native_encoding(KrValue encoding) {
    const char *name;
    size_t len;
    const char *text = kr_str_text(encoding, &len);
    if (memchr(text, 0, len) || !kr_codec_is_builtin(text, &name)) return NULL;
    return strcmp(name, "utf_8") == 0 || strcmp(name, "ascii") == 0 || strcmp(name, "latin_1") == 0 ? name : NULL;
}

static bool asks(KrVm *vm, const KrIoText *t, const char *method, bool *out) {
    if (!t->direct) return kr_io_asks(vm, t->buffer, method, out);
    *out = *method == 'r' ? BUFFERED(t)->readable : BUFFERED(t)->writable;
    return true;
}

static KrValue codec_part(KrVm *vm, KrValue info, const char *name, KrValue errors) {
    KrValue class = kr_getattr_c(vm, info, name);
    if (kr_is_none(class)) return kr_raise(vm, &kr_lookup_error, "%s", name);
    return kr_is_error(class) ? class : kr_call(vm, class, 1, &errors);
}

// The encoder of a stream that goes on in the middle writes no mark.
static bool begin_encoding(KrVm *vm, KrIoText *t) {
    bool zero = true;
    if (!IS_SET(t->encoder) || !t->seekable) return true;
    KrValue at = kr_call_method(vm, t->buffer, "tell", 0, NULL), state = kr_int_box(0);
    if (kr_is_error(at) || !kr_equal(vm, at, state, &zero)) return false;
    return zero || !kr_is_error(kr_call_method(vm, t->encoder, "setstate", 1, &state));
}

static bool find_codec(KrVm *vm, const KrIoText *t, KrValue *info) {
    KrValue codecs = kr_import(vm, "codecs"), arg[2] = { t->encoding, kr_str_c(vm, "codecs.open()") };
    if (kr_is_error(codecs) || kr_is_error(arg[1])) return false;
    return !kr_is_error(*info = kr_call_method(vm, codecs, "_text_codec", 2, arg));
}

bool kr_io_text_set_coders(KrVm *vm, KrIoText *t) {
    bool readable, writable, universal = kr_is_none(t->line_end) || !*kr_str_text(t->line_end, NULL);
    KrValue info = KR_NONE, decoder = KR_UNSET, encoder = KR_NONE;
    const char *native = native_encoding(t->encoding);
    if (!native && !find_codec(vm, t, &info)) return false;
    if (!asks(vm, t, "readable", &readable) || !asks(vm, t, "writable", &writable)) return false;
    if (!native && readable && kr_is_error(decoder = codec_part(vm, info, "incrementaldecoder", t->errors))) return false;
    if (!native && writable && kr_is_error(encoder = codec_part(vm, info, "incrementalencoder", t->errors))) return false;
    if (native && writable) encoder = KR_TRUE;
    KrIoNewline *n = NULL;
    if (readable && !(n = kr_io_newline_new(vm, decoder, native, t->errors, universal, kr_is_none(t->line_end)))) return false;
    t->native = native; // from here on nothing fails
    KR_STORE_PTR(vm, t, t->decoder, n);
    kr_store(vm, t, &t->encoder, encoder);
    return true;
}

bool kr_io_text_init(KrVm *vm, KrIoText *t, KrValue buffer, KrValue encoding, KrValue errors, KrValue newline, bool line, bool through) {
    t->ready = t->detached = false;
    kr_io_text_forget(vm, t);
    t->pending_len = 0;
    t->line_buffering = line;
    t->write_through = through;
    kr_store(vm, t, &t->line_end, newline);
    kr_store(vm, t, &t->errors, errors);
    kr_store(vm, t, &t->encoding, encoding);
    kr_store(vm, t, &t->buffer, buffer);
    t->direct = kr_io_buffered_is_own(buffer);
    if (!kr_io_text_set_coders(vm, t)) return false;
    KrValue read1, name = kr_name(vm, "read1");
    if (kr_is_error(name) || (!t->direct && !kr_find_attr(vm, buffer, name, &read1))) return false;
    t->has_read1 = t->direct || !kr_is_unset(read1);
    if (!kr_io_asks(vm, buffer, "seekable", &t->seekable)) return false;
    t->telling = t->seekable;
    if (!begin_encoding(vm, t)) return false;
    if (t->direct && kr_type_of(kr_from_ptr(t)) == &kr_io_text_type) kr_store(vm, BUFFERED(t), &BUFFERED(t)->owner, kr_from_ptr(t));
    return t->ready = true;
}

static KrValue default_text(KrVm *vm, KrValue v, const char *otherwise) { return kr_is_none(v) ? kr_str_c(vm, otherwise) : v; }

static bool check_str(KrVm *vm, KrValue v, const char *function, const char *name) {
    size_t len;
    if (kr_is_none(v)) return true;
    if (!kr_is_str(v)) return kr_fail(kr_raise(vm, &kr_type_error, "%s() argument '%s' must be str or None, not %T", function, name, v));
    if (kr_str_of(v)->flags & KR_STR_SURROGATES && kr_is_error(kr_encode(vm, v, "utf-8", NULL))) return false;
    const char *text = kr_str_text(v, &len);
    return !memchr(text, 0, len) || kr_fail(kr_raise(vm, &kr_value_error, "embedded null character"));
}

static KrValue locale_or(KrVm *vm, KrValue encoding) {
    return kr_is_none(encoding) || kr_str_is(encoding, "locale") ? kr_str_c(vm, "utf-8") : encoding;
}

METHOD(init) { // buffer, encoding, errors, newline, line_buffering, write_through
    bool line, through;
    SELF->ready = false;
    SELF->detached = false;
    if (!check_str(vm, arg[1], "TextIOWrapper", "encoding") || !check_str(vm, arg[2], "TextIOWrapper", "errors")) return KR_ERROR;
    if (!check_str(vm, arg[3], "TextIOWrapper", "newline") || !kr_io_text_check_newline(vm, arg[3])) return KR_ERROR;
    if (!kr_truth(vm, arg[4], &line) || !kr_truth(vm, arg[5], &through)) return KR_ERROR;
    KrValue encoding = locale_or(vm, arg[1]), errors = default_text(vm, arg[2], "strict");
    if (kr_is_error(encoding) || kr_is_error(errors)) return KR_ERROR;
    return kr_io_text_init(vm, SELF, arg[0], encoding, errors, arg[3], line, through) ? KR_NONE : KR_ERROR;
}

KrValue kr_io_text_new(KrVm *vm, KrValue buffer, KrValue encoding, KrValue errors, KrValue newline, bool line, bool through) {
    KrValue v = text_alloc(vm, &kr_io_text_type);
    if (kr_is_error(v)) return KR_ERROR;
    return kr_io_text_init(vm, KR_AS(KrIoText, v), buffer, encoding, errors, newline, line, through) ? v : KR_ERROR;
}

// ---- Writing ---------------------------------------------------------------------------------------------------------------------

bool kr_io_text_flush_pending(KrVm *vm, KrIoText *t) {
    if (!t->pending_len) return true;
    KrValue bytes = kr_bytes(vm, t->pending->data, t->pending_len), done;
    if (kr_is_error(bytes)) return false;
    t->pending_len = 0;
    do done = kr_call_method(vm, t->buffer, "write", 1, &bytes);
    while (kr_is_error(done) && kr_raised_is(vm, &kr_interrupted_error) && ((void)kr_take_raised(vm), true));
    return !kr_is_error(done);
}

void kr_io_text_drain(KrVm *vm, KrIoText *t) {
    if (!t->ready || !t->direct || !t->pending_len) return;
    KrIoBuffered *b = BUFFERED(t);
    if (b->direct && KR_AS(KrIoFile, b->raw)->fd >= 0) {
        if (b->writing && b->len) kr_io_fd_drain(vm, KR_AS(KrIoFile, b->raw)->fd, b->buffer->data, b->len), b->len = 0;
        kr_io_fd_drain(vm, KR_AS(KrIoFile, b->raw)->fd, t->pending->data, t->pending_len);
    }
    t->pending_len = 0;
}

static bool add_pending(KrVm *vm, KrIoText *t, const char *data, size_t len) {
    while (t->pending_len && t->pending_len + len > (size_t)t->chunk)
        if (!kr_io_text_flush_pending(vm, t)) return false;
    if (!t->pending || t->pending_len + len > t->pending->cap) {
        KrRaw *larger = kr_raw_new(vm, t->pending_len + len < KR_IO_BUFFER / 8 ? KR_IO_BUFFER / 8 : (t->pending_len + len) * 5 / 4);
        if (!larger) return false;
        if (t->pending_len) memcpy(larger->data, t->pending->data, t->pending_len);
        KR_STORE_PTR(vm, t, t->pending, larger);
    }
    memcpy(t->pending->data + t->pending_len, data, len);
    t->pending_len += len;
    return true;
}

static bool give_bytes(KrVm *vm, KrIoText *t, const char *data, size_t len) {
    size_t done;
    if (KR_LIKELY(t->direct)) {
        bool ok = kr_io_buffered_write(vm, BUFFERED(t), data, len, &done);
        if (!ok) kr_io_buffered_drop(vm, BUFFERED(t));
        return ok;
    }
    return add_pending(vm, t, data, len) && (t->pending_len < (size_t)t->chunk || kr_io_text_flush_pending(vm, t));
}

static bool give_text(KrVm *vm, KrIoText *t, KrValue text) {
    const KrStrObject *s = kr_str_of(text);
    bool plain = t->native && (s->flags & KR_STR_ASCII || (t->native[0] == 'u' && !(s->flags & KR_STR_SURROGATES)));
    if (KR_LIKELY(plain)) return give_bytes(vm, t, kr_str_data(s), s->len);
    KrValue bytes = t->native ? kr_codec_encode(vm, t->native, text, kr_str_text(t->errors, NULL), 0, KR_UNSET)
                              : kr_call_method(vm, t->encoder, "encode", 1, &text);
    if (kr_is_error(bytes)) return false;
    if (!kr_is_bytes(bytes)) return kr_fail(kr_raise(vm, &kr_type_error, "encoder should return a bytes object, not '%T'", bytes));
    size_t len;
    const char *data = (const char *)kr_bytes_data(bytes, &len);
    return give_bytes(vm, t, data, len);
}

static KrValue with_line_ends(KrVm *vm, const KrIoText *t, KrValue text) {
    KrValue replace[2] = { kr_str(vm, "\n", 1), t->line_end };
    return kr_is_error(replace[0]) ? KR_ERROR : kr_call_method(vm, text, "replace", 2, replace);
}

static bool below_flush(KrVm *vm, KrIoText *t) {
    if (t->direct && BUFFERED(t)->writable && !BUFFERED(t)->readable) return kr_io_buffered_flush(vm, BUFFERED(t));
    return !kr_is_error(kr_call_method(vm, t->buffer, "flush", 0, NULL));
}

bool kr_io_text_write(KrVm *vm, KrIoText *t, KrValue text) {
    if (!kr_io_text_is_open(vm, t)) return false;
    if (kr_is_none(t->encoder)) return kr_fail(kr_io_no_support(vm, "not writable"));
    const KrStrObject *s = kr_str_of(text);
    bool line = t->line_buffering && (memchr(kr_str_data(s), '\n', s->len) || memchr(kr_str_data(s), '\r', s->len));
    if (kr_is_str(t->line_end) && kr_str_text(t->line_end, NULL)[0] == '\r' && kr_is_error(text = with_line_ends(vm, t, text)))
        return false;
    if (!give_text(vm, t, text)) return false;
    if ((line || t->write_through) && !kr_io_text_flush_pending(vm, t)) return false;
    if ((line || (t->write_through && t->direct)) && !below_flush(vm, t)) {
        if (t->write_through && t->direct) kr_io_buffered_drop(vm, BUFFERED(t));
        return false;
    }
    if (t->decoder && !kr_is_none(t->snapshot)) {
        kr_io_text_forget(vm, t);
        return kr_io_newline_reset(vm, t->decoder);
    }
    return true;
}

METHOD(write) {
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "write() argument must be str, not %T", arg[0]);
    return kr_io_text_write(vm, SELF, arg[0]) ? kr_int(vm, (int64_t)kr_str_length(arg[0])) : KR_ERROR;
}

bool kr_io_text_flush(KrVm *vm, KrIoText *t) {
    if (!kr_io_text_is_open(vm, t)) return false;
    t->telling = t->seekable;
    return kr_io_text_flush_pending(vm, t) && below_flush(vm, t);
}

METHOD(flush) { return (void)arg, kr_io_text_flush(vm, SELF) ? KR_NONE : KR_ERROR; }

// ---- Reading ---------------------------------------------------------------------------------------------------------------------

METHOD(read) {
    intptr_t count;
    if (!kr_io_text_is_attached(vm, SELF) || !kr_io_size(vm, arg[0], &count) || !kr_io_text_is_open(vm, SELF)) return KR_ERROR;
    return kr_io_text_read(vm, SELF, count);
}

METHOD(readline) {
    intptr_t limit;
    if (!kr_io_text_is_attached(vm, SELF) || !kr_to_index_overflow(vm, arg[0], &limit) || !kr_io_text_is_open(vm, SELF)) return KR_ERROR;
    return kr_io_text_readline(vm, SELF, limit);
}

static KrValue text_next(KrVm *vm, KrValue self) {
    KrValue line;
    if (!kr_io_text_is_attached(vm, SELF)) return KR_ERROR;
    SELF->telling = false;
    if (KR_LIKELY(kr_type_of(self) == &kr_io_text_type)) {
        line = kr_io_text_is_open(vm, SELF) ? kr_io_text_readline(vm, SELF, -1) : KR_ERROR;
    } else {
        line = kr_call_method(vm, self, "readline", 0, NULL);
        if (!kr_is_error(line) && !kr_is_str(line))
            return kr_raise(vm, &kr_os_error, "readline() should have returned a str object, not '%T'", line);
    }
    if (kr_is_error(line) || kr_str_of(line)->len) return line;
    kr_store(vm, SELF, &SELF->snapshot, KR_NONE);
    SELF->telling = SELF->seekable;
    return KR_DONE;
}

METHOD(tell) { return (void)arg, kr_io_text_is_open(vm, SELF) ? kr_io_text_tell(vm, SELF, self) : KR_ERROR; }

METHOD(seek) {
    intptr_t whence;
    if (!kr_io_text_is_open(vm, SELF) || !kr_to_index(vm, arg[1], &whence)) return KR_ERROR;
    return kr_io_text_seek(vm, SELF, self, arg[0], (int)whence);
}

METHOD(truncate) {
    if (!kr_io_text_is_attached(vm, SELF) || kr_is_error(kr_call_method(vm, self, "flush", 0, NULL))) return KR_ERROR;
    return kr_call_method(vm, SELF->buffer, "truncate", 1, arg);
}

// ---- The end ---------------------------------------------------------------------------------------------------------------------

METHOD(close) {
    bool closed;
    (void)arg;
    if (!kr_io_text_is_attached(vm, SELF) || !is_closed(vm, SELF, &closed)) return KR_ERROR;
    if (closed) return KR_NONE;
    if (SELF->base.finalizing && kr_is_error(kr_call_method(vm, SELF->buffer, "_dealloc_warn", 1, &self))) (void)kr_take_raised(vm);
    KrValue done = kr_call_method(vm, self, "flush", 0, NULL), raised = kr_is_error(done) ? kr_take_raised(vm) : KR_NONE;
    done = kr_call_method(vm, SELF->buffer, "close", 0, NULL);
    if (kr_is_none(raised)) return done;
    if (kr_is_error(done)) {
        KrValue second = kr_take_raised(vm);
        if (!kr_setattr_c(vm, second, "__context__", raised)) (void)kr_take_raised(vm);
        raised = second;
    }
    return kr_raise_value(vm, raised);
}

METHOD(detach) {
    (void)arg;
    if (!kr_io_text_is_attached(vm, SELF) || kr_is_error(kr_call_method(vm, self, "flush", 0, NULL))) return KR_ERROR;
    KrValue buffer = SELF->buffer;
    if (SELF->direct) kr_store(vm, BUFFERED(SELF), &BUFFERED(SELF)->owner, KR_NONE);
    kr_store(vm, SELF, &SELF->buffer, KR_NONE);
    SELF->direct = SELF->ready = false;
    SELF->detached = true;
    return buffer;
}

// ---- reconfigure() ---------------------------------------------------------------------------------------------------------------

// A truth value, or None: as it was.
static bool given_truth(KrVm *vm, KrValue v, bool *out) { return kr_is_none(v) || kr_truth(vm, v, out); }

METHOD(reconfigure) { // encoding, errors, newline, line_buffering, write_through
    bool line = SELF->line_buffering, through = SELF->write_through, newline = !kr_is_unset(arg[2]);
    bool coders = !kr_is_none(arg[0]) || !kr_is_none(arg[1]) || newline;
    if (!kr_io_text_is_attached(vm, SELF)) return KR_ERROR;
    if (kr_is_str(arg[0]) && memchr(kr_str_data(kr_str_of(arg[0])), 0, kr_str_of(arg[0])->len))
        return kr_raise(vm, &kr_lookup_error, "unknown encoding: %S", arg[0]);
    if (!check_str(vm, arg[0], "reconfigure", "encoding") || !check_str(vm, arg[1], "reconfigure", "errors")) return KR_ERROR;
    if (newline && (!check_str(vm, arg[2], "reconfigure", "newline") || !kr_io_text_check_newline(vm, arg[2]))) return KR_ERROR;
    if (coders && kr_str_of(SELF->decoded)->len)
        return kr_io_no_support(vm, "It is not possible to set the encoding or newline of stream after the first read");
    if (!given_truth(vm, arg[3], &line) || !given_truth(vm, arg[4], &through)) return KR_ERROR;
    if (kr_is_error(kr_call_method(vm, self, "flush", 0, NULL))) return KR_ERROR;
    SELF->ratio = 0;
    if (coders) {
        KrValue before[3] = { SELF->encoding, SELF->errors, SELF->line_end };
        KrValue encoding = kr_is_none(arg[0]) ? before[0] : locale_or(vm, arg[0]);
        KrValue errors = kr_is_none(arg[1]) ? kr_is_none(arg[0]) ? before[1] : kr_str_c(vm, "strict") : arg[1];
        if (kr_is_error(encoding) || kr_is_error(errors)) return KR_ERROR;
        kr_store(vm, SELF, &SELF->encoding, encoding);
        kr_store(vm, SELF, &SELF->errors, errors);
        if (newline) kr_store(vm, SELF, &SELF->line_end, arg[2]);
        if (!kr_io_text_set_coders(vm, SELF) || !begin_encoding(vm, SELF)) {
            kr_store(vm, SELF, &SELF->encoding, before[0]);
            kr_store(vm, SELF, &SELF->errors, before[1]);
            kr_store(vm, SELF, &SELF->line_end, before[2]);
            return KR_ERROR;
        }
    }
    SELF->line_buffering = line;
    SELF->write_through = through;
    return KR_NONE;
}

// ---- What else it has ------------------------------------------------------------------------------------------------------------

#define ASK(name) \
    METHOD(name) { return (void)arg, kr_io_text_is_attached(vm, SELF) ? kr_call_method(vm, SELF->buffer, #name, 0, NULL) : KR_ERROR; }
ASK(seekable)
ASK(readable)
ASK(writable)
ASK(fileno)
ASK(isatty)

METHOD(reduce) { return (void)arg, kr_raise(vm, &kr_type_error, "cannot pickle '%s' instances", kr_type_bare_name(kr_type_of(self))); }

static KrValue get_closed(KrVm *vm, KrValue self) {
    bool closed;
    return kr_io_text_is_attached(vm, SELF) && is_closed(vm, SELF, &closed) ? kr_bool(closed) : KR_ERROR;
}
static KrValue get_name(KrVm *vm, KrValue self) {
    return kr_io_text_is_attached(vm, SELF) ? kr_getattr(vm, SELF->buffer, KR_N(name)) : KR_ERROR;
}
static KrValue get_buffer(KrVm *vm, KrValue self) { return (void)vm, SELF->buffer; }
static KrValue get_encoding(KrVm *vm, KrValue self) { return (void)vm, SELF->encoding; }
static KrValue get_errors(KrVm *vm, KrValue self) { return (void)vm, SELF->errors; }
static KrValue get_line_buffering(KrVm *vm, KrValue self) { return (void)vm, kr_bool(SELF->line_buffering); }
static KrValue get_write_through(KrVm *vm, KrValue self) { return (void)vm, kr_bool(SELF->write_through); }
static KrValue get_finalizing(KrVm *vm, KrValue self) { return (void)vm, kr_bool(SELF->base.finalizing); }
static KrValue get_newlines(KrVm *vm, KrValue self) {
    if (!kr_io_text_is_attached(vm, SELF)) return KR_ERROR;
    return SELF->decoder && SELF->decoder->universal ? kr_io_newline_seen(vm, SELF->decoder->seen) : KR_NONE;
}

static KrValue get_chunk(KrVm *vm, KrValue self) { return kr_io_text_is_attached(vm, SELF) ? kr_int(vm, SELF->chunk) : KR_ERROR; }

static bool set_chunk(KrVm *vm, KrValue self, KrValue v) {
    intptr_t n;
    if (!kr_io_text_is_attached(vm, SELF)) return false;
    if (kr_is_unset(v)) return kr_fail(kr_raise(vm, &kr_attribute_error, "cannot delete attribute"));
    if (!kr_to_index_overflow(vm, v, &n)) {
        if (kr_raised_is(vm, &kr_overflow_error)) {
            (void)kr_take_raised(vm);
            return kr_fail(kr_raise(vm, &kr_value_error, "cannot fit 'int' into an index-sized integer"));
        }
        return false;
    }
    if (n <= 0) return kr_fail(kr_raise(vm, &kr_value_error, "a strictly positive integer is required"));
    SELF->chunk = n;
    return true;
}

// " name='x'": nothing where there is no such attribute.
static KrValue shown(KrVm *vm, KrValue self, const char *name) {
    KrValue v, key = kr_name(vm, name);
    if (kr_is_error(key)) return key;
    if (!kr_find_attr(vm, self, key, &v)) {
        if (!kr_raised_is(vm, &kr_value_error)) return KR_ERROR;
        (void)kr_take_raised(vm);
        v = KR_UNSET;
    }
    return kr_is_unset(v) ? kr_str(vm, "", 0) : kr_format(vm, " %s=%R", name, v);
}

static KrValue text_repr(KrVm *vm, KrValue self) {
    bool again;
    const char *type = kr_type_name(kr_type_of(self));
    if (!SELF->ready && !SELF->detached) return kr_raise(vm, &kr_value_error, "I/O operation on uninitialized object");
    if (!kr_repr_enter(vm, self, &again)) return KR_ERROR;
    if (again) return kr_raise(vm, &kr_runtime_error, "reentrant call inside %s.__repr__", type);
    KrValue name = shown(vm, self, "name"), mode = kr_is_error(name) ? name : shown(vm, self, "mode");
    KrValue text = kr_is_error(mode) ? mode : kr_format(vm, "<%s%S%S encoding=%R>", type, name, mode, SELF->encoding);
    kr_repr_leave(vm, self);
    return text;
}

static const KrMethod text_init_row = {
    "TextIOWrapper(buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False)", text_init, "", 0
};

static const KrMethod text_methods[] = {
    { "read(size=-1, /)", text_read, KR_DOC("Read at most size characters; all that is left by default."), 0 },
    { "readline(size=-1, /)", text_readline, KR_DOC("Read a line, with its newline; empty at the end."), 0 },
    { "write(text, /)", text_write, KR_DOC("Write; returns the number of characters."), 0 },
    { "flush()", text_flush, KR_DOC("Hand what is buffered to the system."), 0 },
    { "close()", text_close, KR_DOC("Flush and close."), 0 },
    { "detach()", text_detach, KR_DOC("Flush, and give the stream below, which is not closed with this one any more."), 0 },
    { "seek(cookie, whence=0, /)", text_seek, KR_DOC("Move to where tell() was called, to the start or the end."), 0 },
    { "tell()", text_tell, KR_DOC("The position, for seek()."), 0 },
    { "truncate(pos=None, /)", text_truncate, KR_DOC("Cut the file off."), 0 },
    { "reconfigure(*, encoding=None, errors=None, newline=<unset>, line_buffering=None, write_through=None)", text_reconfigure,
      KR_DOC("Change how text is written and read."), 0 },
    { "seekable()", text_seekable, "", 0 },
    { "readable()", text_readable, "", 0 },
    { "writable()", text_writable, "", 0 },
    { "fileno()", text_fileno, KR_DOC("The file descriptor."), 0 },
    { "isatty()", text_isatty, KR_DOC("Is it a terminal?"), 0 },
    { "__reduce__()", text_reduce, "", 0 },
    { "__reduce_ex__(protocol, /)", text_reduce, "", 0 },
    { 0 },
};

static const KrGetSet text_attributes[] = {
    { "closed", get_closed, NULL, "" },
    { "name", get_name, NULL, "" },
    { "buffer", get_buffer, NULL, "" },
    { "encoding", get_encoding, NULL, "" },
    { "errors", get_errors, NULL, "" },
    { "newlines", get_newlines, NULL, "" },
    { "line_buffering", get_line_buffering, NULL, "" },
    { "write_through", get_write_through, NULL, "" },
    { "_CHUNK_SIZE", get_chunk, set_chunk, "" },
    { "_finalizing", get_finalizing, NULL, "" },
    { 0 },
};

const KrType kr_io_text_type = {
    KR_TYPE_HEAD(kr_io_text_type),
    .name = "_io.TextIOWrapper",
    .doc = KR_DOC("Character and line based layer over a BufferedIOBase object, buffer."),
    .base = &kr_io_text_base_type,
    .size = sizeof(KrIoText),
    .flags = KR_TYPE_BASE | KR_TYPE_HAS_DICT | KR_TYPE_WEAKREF | KR_TYPE_FINAL_DEL,
    .alloc = text_alloc,
    .trace = text_trace,
    .init = &text_init_row,
    .repr = text_repr,
    .next = text_next,
    .methods = text_methods,
    .attributes = text_attributes,
};
