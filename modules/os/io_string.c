// io_string.c - StringIO: a stream of text in memory.
//
// What is written at the end gathers in `tail`, and is joined to `text` when somebody looks.
// SPDX-License-Identifier: MIT
#include "io_part.h"

#include "object/str.h"
#include "object/vm_state.h"

typedef struct {
    KrIoBase base;
    KrValue text; // KR_UNSET: not initialized
    KrRaw *tail;
    size_t tail_len, tail_chars;
    size_t at; // in characters; may be beyond the end
    KrValue line_end;
    KrIoNewline *decoder; // NULL: \r is nothing special
} String;

#define METHOD(name) static KrValue string_##name(KrVm *vm, KrValue self, const KrValue *arg)
#define SELF         KR_AS(String, self)

static void string_trace(KrTracer *tracer, KrObject *o) {
    String *s = (String *)o;
    kr_trace(tracer, s->text);
    kr_trace(tracer, s->line_end);
    kr_trace_object(tracer, s->tail);
    kr_trace_object(tracer, s->decoder);
}

static KrValue string_alloc(KrVm *vm, const KrType *type) {
    KrValue v = kr_alloc_instance(vm, type);
    if (!kr_is_error(v)) KR_AS(String, v)->text = KR_UNSET, KR_AS(String, v)->line_end = KR_NONE;
    return v;
}

static bool is_open(KrVm *vm, const String *s) {
    if (kr_is_unset(s->text)) return kr_fail(kr_raise(vm, &kr_value_error, "I/O operation on uninitialized object"));
    return !s->base.closed || kr_fail(kr_raise(vm, &kr_value_error, "I/O operation on closed file"));
}

static size_t length(const String *s) { return kr_str_of(s->text)->chars + s->tail_chars; }

// All in `text`.
static bool join(KrVm *vm, String *s) {
    if (!s->tail_len) return true;
    KrValue tail = kr_str(vm, (const char *)s->tail->data, s->tail_len), all = tail;
    if (!kr_is_error(tail) && kr_str_of(s->text)->len) all = kr_str_concat(vm, s->text, tail);
    if (kr_is_error(all)) return false;
    kr_store(vm, s, &s->text, all);
    s->tail_len = s->tail_chars = 0;
    return true;
}

static bool append(KrVm *vm, String *s, const KrStrObject *more) {
    size_t need = s->tail_len + more->len;
    if (!s->tail || need > s->tail->cap) {
        KrRaw *tail = kr_raw_new(vm, need + need / 2 + 64);
        if (!tail) return false;
        if (s->tail_len) memcpy(tail->data, s->tail->data, s->tail_len);
        KR_STORE_PTR(vm, s, s->tail, tail);
    }
    memcpy(s->tail->data + s->tail_len, kr_str_data(more), more->len);
    s->tail_len = need;
    s->tail_chars += more->chars;
    return true;
}

// text, over what is at the position.
static bool overwrite(KrVm *vm, String *s, KrValue text) {
    if (!join(vm, s)) return false;
    size_t have = length(s), count = kr_str_of(text)->chars, end = s->at + count;
    KrValue part[3] = { kr_str_slice(vm, s->text, 0, s->at < have ? s->at : have), text, kr_str(vm, "", 0) };
    if (s->at > have) {
        KrValue pad[2] = { kr_str(vm, "\0", 1), kr_int(vm, (int64_t)(s->at - have)) };
        pad[0] = kr_is_error(pad[0]) || kr_is_error(pad[1]) ? KR_ERROR : kr_binary(vm, KR_MUL, pad[0], pad[1]);
        part[0] = kr_is_error(pad[0]) || kr_is_error(part[0]) ? KR_ERROR : kr_str_concat(vm, part[0], pad[0]);
    }
    if (end < have) part[2] = kr_str_slice(vm, s->text, end, have);
    if (kr_is_error(part[0]) || kr_is_error(part[2])) return false;
    KrValue all = kr_str_join(vm, part, 3);
    if (kr_is_error(all)) return false;
    return kr_store(vm, s, &s->text, all), true;
}

static bool write(KrVm *vm, String *s, KrValue text) {
    if (s->decoder) text = kr_io_newline_decode(vm, s->decoder, text, true);
    if (!kr_is_error(text) && kr_is_str(s->line_end) && kr_str_text(s->line_end, NULL)[0] == '\r') {
        KrValue replace[2] = { kr_str(vm, "\n", 1), s->line_end };
        text = kr_is_error(replace[0]) ? KR_ERROR : kr_call_method(vm, text, "replace", 2, replace);
    }
    if (kr_is_error(text)) return false;
    const KrStrObject *more = kr_str_of(text);
    if (!more->len) return true;
    if (!(s->at == length(s) ? append(vm, s, more) : overwrite(vm, s, text))) return false;
    s->at += more->chars;
    return true;
}

static bool set_up(KrVm *vm, String *s, KrValue initial, KrValue newline) {
    if (!kr_is_none(newline) && !kr_is_str(newline))
        return kr_fail(kr_raise(vm, &kr_type_error, "StringIO() argument 'newline' must be str or None, not %T", newline));
    if (!kr_io_text_check_newline(vm, newline)) {
        if (kr_raised_is(vm, &kr_value_error))
            (void)kr_take_raised(vm), (void)kr_raise(vm, &kr_value_error, "illegal newline value: %R", newline);
        return false;
    }
    if (!kr_is_none(initial) && !kr_is_str(initial))
        return kr_fail(kr_raise(vm, &kr_type_error, "initial_value must be str or None, not %T", initial));
    s->at = s->tail_len = s->tail_chars = 0;
    s->base.closed = false;
    kr_store(vm, s, &s->text, vm->empty_str);
    kr_store(vm, s, &s->line_end, newline);
    bool universal = kr_is_none(newline) || !*kr_str_text(newline, NULL);
    KrIoNewline *decoder = NULL;
    if (universal && !(decoder = kr_io_newline_new(vm, KR_NONE, NULL, KR_NONE, true, kr_is_none(newline)))) return false;
    KR_STORE_PTR(vm, s, s->decoder, decoder);
    if (kr_is_str(initial) && !write(vm, s, initial)) return false;
    return s->at = 0, true;
}

METHOD(init) { return set_up(vm, SELF, arg[0], arg[1]) ? KR_NONE : KR_ERROR; }

METHOD(write) {
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "string argument expected, got '%T'", arg[0]);
    if (!is_open(vm, SELF)) return KR_ERROR;
    size_t count = kr_str_length(arg[0]);
    return write(vm, SELF, arg[0]) ? kr_int(vm, (int64_t)count) : KR_ERROR;
}

// ---- Reading ---------------------------------------------------------------------------------------------------------------------

METHOD(read) {
    intptr_t size;
    if (!is_open(vm, SELF) || !kr_io_size(vm, arg[0], &size) || !join(vm, SELF)) return KR_ERROR;
    size_t have = length(SELF), left = SELF->at < have ? have - SELF->at : 0, count = size < 0 || (size_t)size > left ? left : (size_t)size;
    if (!count) return vm->empty_str;
    SELF->at += count;
    if (count == have) return SELF->text;
    return kr_str_slice(vm, SELF->text, SELF->at - count, SELF->at);
}

static KrValue read_line(KrVm *vm, String *s, intptr_t limit) {
    bool found;
    if (!join(vm, s)) return KR_ERROR;
    const KrStrObject *text = kr_str_of(s->text);
    if (s->at >= text->chars || !limit) return vm->empty_str;
    size_t from = kr_str_offset(text, s->at), end = kr_io_line_end(kr_str_data(text), from, text->len, s->line_end, &found);
    KrValue line = kr_str_part(vm, s->text, from, end);
    if (kr_is_error(line)) return line;
    size_t count = kr_str_length(line);
    if (limit > 0 && count > (size_t)limit) line = kr_str_slice(vm, line, 0, count = (size_t)limit);
    s->at += count;
    return line;
}

METHOD(readline) {
    intptr_t limit;
    return is_open(vm, SELF) && kr_io_size(vm, arg[0], &limit) ? read_line(vm, SELF, limit) : KR_ERROR;
}

static KrValue string_next(KrVm *vm, KrValue self) {
    if (!is_open(vm, SELF)) return KR_ERROR;
    KrValue line = kr_type_of(self) == &kr_io_string_type ? read_line(vm, SELF, -1) : kr_call_method(vm, self, "readline", 0, NULL);
    if (kr_is_error(line)) return line;
    if (!kr_is_str(line)) return kr_raise(vm, &kr_os_error, "readline() should have returned a str object, not '%T'", line);
    return kr_str_of(line)->len ? line : KR_DONE;
}

METHOD(getvalue) { return (void)arg, is_open(vm, SELF) && join(vm, SELF) ? SELF->text : KR_ERROR; }
METHOD(tell) { return (void)arg, is_open(vm, SELF) ? kr_int(vm, (int64_t)SELF->at) : KR_ERROR; }

METHOD(seek) {
    intptr_t at, whence;
    if (!is_open(vm, SELF) || !kr_to_index_overflow(vm, arg[0], &at) || !kr_to_index(vm, arg[1], &whence)) return KR_ERROR;
    if (whence < 0 || whence > 2) return kr_raise(vm, &kr_value_error, "Invalid whence (%z, should be 0, 1 or 2)", whence);
    if (at < 0 && whence == 0) return kr_raise(vm, &kr_value_error, "Negative seek position %z", at);
    if (whence && at) return kr_raise(vm, &kr_os_error, "Can't do nonzero cur-relative seeks");
    if (whence != 1) SELF->at = whence ? length(SELF) : (size_t)at;
    return kr_int(vm, (int64_t)SELF->at);
}

METHOD(truncate) {
    intptr_t size = (intptr_t)SELF->at;
    if (!is_open(vm, SELF)) return KR_ERROR;
    if (!kr_is_none(arg[0]) && !kr_io_size(vm, arg[0], &size)) return KR_ERROR;
    if (size < 0) return kr_raise(vm, &kr_value_error, "Negative size value %z", size);
    if (!join(vm, SELF)) return KR_ERROR;
    if ((size_t)size < length(SELF)) {
        KrValue text = kr_str_slice(vm, SELF->text, 0, (size_t)size);
        if (kr_is_error(text)) return text;
        kr_store(vm, SELF, &SELF->text, text);
    }
    return kr_int(vm, size);
}

METHOD(close) {
    (void)vm, (void)arg;
    SELF->base.closed = true;
    KR_STORE_PTR(vm, SELF, SELF->tail, (KrRaw *)NULL);
    SELF->tail_len = SELF->tail_chars = 0;
    if (!kr_is_unset(SELF->text)) kr_store(vm, SELF, &SELF->text, vm->empty_str);
    return KR_NONE;
}

METHOD(yes) { return (void)arg, is_open(vm, SELF) ? KR_TRUE : KR_ERROR; }
static KrValue get_line_buffering(KrVm *vm, KrValue self) { return is_open(vm, SELF) ? KR_FALSE : KR_ERROR; }
static KrValue get_newlines(KrVm *vm, KrValue self) {
    if (!is_open(vm, SELF)) return KR_ERROR;
    return SELF->decoder ? kr_io_newline_seen(vm, SELF->decoder->seen) : KR_NONE;
}

// ---- Copies ----------------------------------------------------------------------------------------------------------------------

METHOD(getstate) {
    KrValue item[4] = { string_getvalue(vm, self, arg), SELF->line_end, kr_int(vm, (int64_t)SELF->at), KR_NONE };
    if (kr_is_error(item[0]) || kr_is_error(item[2])) return KR_ERROR;
    KrValue dict = kr_getattr_c(vm, self, "__dict__");
    if (kr_is_error(dict)) return dict;
    if (kr_dict_len(dict)) item[3] = kr_call_method(vm, dict, "copy", 0, NULL);
    return kr_is_error(item[3]) ? KR_ERROR : kr_tuple(vm, 4, item);
}

METHOD(setstate) {
    size_t len;
    intptr_t at;
    KrValue *item = kr_is_tuple(arg[0]) ? kr_tuple_items(arg[0], &len) : NULL;
    if (SELF->base.closed) return kr_raise(vm, &kr_value_error, "__setstate__ on closed file");
    if (!item || len < 4) return kr_raise(vm, &kr_type_error, "%T.__setstate__ argument should be 4-tuple, got %T", self, arg[0]);
    if (!kr_is_none(item[1]) && !kr_is_str(item[1])) return kr_raise(vm, &kr_type_error, "newline must be str or None, not %T", item[1]);
    if (!kr_is_none(item[0]) && !kr_is_str(item[0]))
        return kr_raise(vm, &kr_type_error, "initial_value must be str or None, not %T", item[0]);
    if (!set_up(vm, SELF, KR_NONE, item[1])) return KR_ERROR;
    if (kr_is_str(item[0])) kr_store(vm, SELF, &SELF->text, item[0]);
    if (!kr_is_integer(item[2])) return kr_raise(vm, &kr_type_error, "third item of state must be an integer, got '%T'", item[2]);
    if (!kr_to_index(vm, item[2], &at)) return KR_ERROR;
    if (at < 0) return kr_raise(vm, &kr_value_error, "position value cannot be negative");
    SELF->at = (size_t)at;
    if (kr_is_none(item[3])) return KR_NONE;
    if (!kr_is_dict(item[3])) return kr_raise(vm, &kr_type_error, "fourth item of state should be a dict, got a %T", item[3]);
    KrValue dict = kr_getattr_c(vm, self, "__dict__");
    return kr_is_error(dict) || kr_is_error(kr_call_method(vm, dict, "update", 1, &item[3])) ? KR_ERROR : KR_NONE;
}

static const KrMethod string_init_row = { "StringIO(initial_value='', newline='\n')", string_init, "", 0 };

static const KrMethod string_methods[] = {
    { "read(size=-1, /)", string_read, KR_DOC("Read at most size characters, returned as a string."), 0 },
    { "readline(size=-1, /)", string_readline, KR_DOC("Read until newline or EOF."), 0 },
    { "write(s, /)", string_write, KR_DOC("Write string to file."), 0 },
    { "getvalue()", string_getvalue, KR_DOC("Retrieve the entire contents of the object."), 0 },
    { "seek(pos, whence=0, /)", string_seek, KR_DOC("Change stream position."), 0 },
    { "tell()", string_tell, KR_DOC("Tell the current file position."), 0 },
    { "truncate(pos=None, /)", string_truncate, KR_DOC("Truncate size to pos."), 0 },
    { "close()", string_close, KR_DOC("Close the IO object."), 0 },
    { "readable()", string_yes, "", 0 },
    { "writable()", string_yes, "", 0 },
    { "seekable()", string_yes, "", 0 },
    { "__getstate__()", string_getstate, "", 0 },
    { "__setstate__(state, /)", string_setstate, "", 0 },
    { 0 },
};

static const KrGetSet string_attributes[] = { { "line_buffering", get_line_buffering, NULL, "" },
                                              { "newlines", get_newlines, NULL, "" },
                                              { 0 } };

const KrType kr_io_string_type = {
    KR_TYPE_HEAD(kr_io_string_type),
    .name = "_io.StringIO",
    .doc = KR_DOC("Text I/O implementation using an in-memory buffer."),
    .base = &kr_io_text_base_type,
    .size = sizeof(String),
    .flags = KR_TYPE_BASE | KR_TYPE_HAS_DICT | KR_TYPE_WEAKREF,
    .alloc = string_alloc,
    .trace = string_trace,
    .init = &string_init_row,
    .next = string_next,
    .methods = string_methods,
    .attributes = string_attributes,
};
