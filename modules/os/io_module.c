// io_module.c - the _io module: open(), the standard streams, and what print() uses. Module io of lib/ adds abstract classes.
// SPDX-License-Identifier: MIT
#include "io_part.h"

#include "object/codec.h"
#include "object/name_table.h"
#include "object/str.h"
#include "object/vm_state.h"
#include "port.h"
#include "vm/access.h"
#include "vm/builtins.h"

// ---- open() ----------------------------------------------------------------------------------------------------------------------

typedef struct {
    bool creating, reading, writing, appending, updating, text, binary;
    char raw[8]; // for FileIO
} Mode;

static bool parse_mode(KrVm *vm, const char *mode, Mode *m) {
    static const char letters[] = "xrwa+tb";
    bool seen[8] = { false };
    size_t len = 0;
    for (const char *c = mode; *c; c++) {
        const char *at = strchr(letters, *c);
        if (!at || seen[at - letters]) return kr_fail(kr_raise(vm, &kr_value_error, "invalid mode: '%s'", mode));
        seen[at - letters] = true;
    }
    *m = (Mode){ seen[0], seen[1], seen[2], seen[3], seen[4], seen[5], seen[6], "" };
    for (int i = 0; i < 5; i++)
        if (seen[i]) m->raw[len++] = letters[i];
    if (m->text && m->binary) return kr_fail(kr_raise(vm, &kr_value_error, "can't have text and binary mode at once"));
    if (m->creating + m->reading + m->writing + m->appending > 1) // none of them: FileIO says so
        return kr_fail(kr_raise(vm, &kr_value_error, "must have exactly one of create/read/write/append mode"));
    return true;
}

static bool check_str(KrVm *vm, KrValue v, const char *name) {
    size_t len;
    if (kr_is_none(v)) return true;
    if (!kr_is_str(v)) return kr_fail(kr_raise(vm, &kr_type_error, "open() argument '%s' must be str or None, not %T", name, v));
    if (kr_str_of(v)->flags & KR_STR_SURROGATES && kr_is_error(kr_encode(vm, v, "utf-8", NULL))) return false;
    const char *text = kr_str_text(v, &len);
    return !memchr(text, 0, len) || kr_fail(kr_raise(vm, &kr_value_error, "embedded null character"));
}

static bool check_binary(KrVm *vm, const KrValue *arg, intptr_t buffering) {
    static const char *const name[] = { "encoding", "errors", "newline" };
    for (int i = 0; i < 3; i++)
        if (!kr_is_none(arg[3 + i]))
            return kr_fail(kr_raise(vm, &kr_value_error, "binary mode doesn't take %s %s argument", i == 2 ? "a" : "an", name[i]));
    return buffering != 1 || kr_warn(vm, &kr_runtime_warning,
                                     "line buffering (buffering=1) isn't supported in binary mode, the default buffer size will be used");
}

static KrValue layers(KrVm *vm, KrValue raw, const Mode *m, const KrValue *arg, intptr_t buffering) {
    KrIoFile *f = KR_AS(KrIoFile, raw);
    bool terminal = buffering < 0 && (m->writing || !m->binary) && kr_port_is_terminal(f->fd), line = buffering == 1 || terminal;
    if (buffering == 0) return m->binary ? raw : kr_raise(vm, &kr_value_error, "can't have unbuffered text I/O");
    intptr_t size = buffering > 1 ? buffering : f->block > KR_IO_BUFFER ? (intptr_t)f->block : KR_IO_BUFFER;
    const KrType *type = m->updating ? &kr_io_random_type : m->reading ? &kr_io_reader_type : &kr_io_writer_type;
    KrValue buffer = kr_io_buffered_new(vm, type, raw, size);
    if (kr_is_error(buffer) || m->binary) return buffer;
    KrValue errors = kr_is_none(arg[4]) ? kr_str_c(vm, "strict") : arg[4];
    if (kr_is_error(errors) || !kr_io_text_check_newline(vm, arg[5])) return KR_ERROR;
    KrValue encoding = kr_is_none(arg[3]) || kr_str_is(arg[3], "locale") ? kr_str_c(vm, "utf-8") : arg[3];
    if (kr_is_error(encoding)) return encoding;
    KrValue text = kr_io_text_new(vm, buffer, encoding, errors, arg[5], line, false);
    return kr_is_error(text) || kr_setattr(vm, text, KR_N(mode), arg[1]) ? text : KR_ERROR;
}

KrValue kr_builtin_open(KrVm *vm, KrValue self, const KrValue *arg) { // file, mode, buffering, encoding, errors, newline, closefd, opener
    Mode m;
    intptr_t buffering;
    (void)self;
    if (!kr_is_str(arg[1])) return kr_raise(vm, &kr_type_error, "open() argument 'mode' must be str, not %T", arg[1]);
    if (!kr_to_index(vm, arg[2], &buffering)) return KR_ERROR;
    if (!check_str(vm, arg[3], "encoding") || !check_str(vm, arg[4], "errors") || !check_str(vm, arg[5], "newline")) return KR_ERROR;
    if (!parse_mode(vm, kr_str_text(arg[1], NULL), &m) || (m.binary && !check_binary(vm, arg, buffering))) return KR_ERROR;
    KrValue raw = kr_io_file_open(vm, arg[0], m.raw, arg[6], arg[7]);
    if (kr_is_error(raw)) return raw;
    KrValue file = layers(vm, raw, &m, arg, buffering);
    if (!kr_is_error(file)) return file;
    KrValue raised = kr_take_raised(vm);
    if (kr_is_error(kr_io_file_close(vm, raw))) (void)kr_take_raised(vm);
    return kr_raise_value(vm, raised);
}

// ---- Standard streams ------------------------------------------------------------------------------------------------------------

// The codec's own name. Where nobody knows the encoding, errors are still shown.
static KrValue stream_encoding(KrVm *vm, int number) {
    const char *name = vm->flags.stream_encoding;
    if (!*name || (kr_codec_is_builtin(name, &name) && strcmp(name, "utf_8") == 0)) return kr_str_c(vm, "utf-8");
    KrValue codecs = kr_import(vm, "codecs"), text = kr_str_c(vm, name);
    KrValue info = kr_is_error(codecs) || kr_is_error(text) ? KR_ERROR : kr_call_method(vm, codecs, "lookup", 1, &text);
    if (!kr_is_error(info)) return kr_getattr_c(vm, info, "name");
    if (number != 2 || !kr_raised_is(vm, &kr_lookup_error)) return KR_ERROR;
    (void)kr_take_raised(vm);
    return kr_str_c(vm, "utf-8");
}

KrValue kr_standard_stream(KrVm *vm, int number) {
    static const char *const names[] = { "<stdin>", "<stdout>", "<stderr>" };
    if (!kr_is_unset(vm->stream[number])) return vm->stream[number];
    if (kr_may(vm, KR_ACCESS_CONSOLE) && kr_port_seek(number, 0, 1) == -KR_PORT_EBADF) return vm->stream[number] = KR_NONE; // it is closed
    KrValue name = kr_str_c(vm, names[number]), mode = kr_str_c(vm, number ? "w" : "r");
    KrValue errors = kr_str_c(vm, number == 2 ? "backslashreplace" : vm->flags.stream_errors ? vm->flags.stream_errors : "strict");
    KrValue encoding = stream_encoding(vm, number);
    if (kr_is_error(name) || kr_is_error(mode) || kr_is_error(errors) || kr_is_error(encoding)) return KR_ERROR;
    KrValue raw = kr_io_file_of(vm, number, !number, name);
    if (kr_is_error(raw)) return raw;
    KR_AS(KrIoFile, raw)->refused = !kr_may(vm, KR_ACCESS_CONSOLE);
    kr_heap_no_del(vm); // it is there to the end
    KrValue buffer = kr_io_buffered_new(vm, number ? &kr_io_writer_type : &kr_io_reader_type, raw, KR_IO_BUFFER);
    if (kr_is_error(buffer)) return buffer;
    kr_heap_no_del(vm);
    bool line = number == 2 || (kr_may(vm, KR_ACCESS_CONSOLE) && kr_port_is_terminal(number));
    KrValue newline = number ? kr_str(vm, "\n", 1) : KR_NONE;
    KrValue text =
        kr_is_error(newline) ? newline : kr_io_text_new(vm, buffer, encoding, errors, newline, line, number && vm->flags.unbuffered);
    if (kr_is_error(text) || !kr_setattr(vm, text, KR_N(mode), mode)) return KR_ERROR;
    return vm->stream[number] = text;
}

bool kr_file_is_own(KrValue file) {
    return kr_is_ptr(file) && kr_type_of(file) == &kr_io_text_type && KR_AS(KrIoText, file)->direct && KR_AS(KrIoText, file)->ready;
}

bool kr_file_flush(KrVm *vm, KrValue file) {
    KrIoText *t = KR_AS(KrIoText, file);
    KrIoBuffered *b = KR_AS(KrIoBuffered, t->buffer);
    bool closed;
    if (!b->writing || !b->len) return true;
    if (!kr_io_buffered_closed(vm, b, &closed)) return false;
    return closed || kr_io_buffered_flush(vm, b);
}

// print(): straight into our own files, through write() for others.
bool kr_file_write(KrVm *vm, KrValue file, KrValue text) {
    if (kr_file_is_own(file)) return kr_io_text_write(vm, KR_AS(KrIoText, file), text);
    return !kr_is_error(kr_call_method(vm, file, "write", 1, &text));
}

// ---- The module ------------------------------------------------------------------------------------------------------------------

static KrValue io_open_code(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue open[8] = { arg[0], kr_str_c(vm, "rb"), kr_int_box(-1), KR_NONE, KR_NONE, KR_NONE, KR_TRUE, KR_NONE };
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "open_code() argument 'path' must be str, not %T", arg[0]);
    return kr_is_error(open[1]) ? KR_ERROR : kr_builtin_open(vm, self, open);
}

static KrValue io_text_encoding(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)self;
    return kr_is_none(arg[0]) ? kr_str_c(vm, "locale") : arg[0];
}

static const KrMethod functions[] = {
    { "open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)", kr_builtin_open,
      KR_DOC("Open file and return a stream."), 0 },
    { "open_code(path)", io_open_code, KR_DOC("Opens the provided file with the intent to import the contents."), 0 },
    { "text_encoding(encoding, stacklevel=2, /)", io_text_encoding, KR_DOC("A helper function to choose the text encoding."), 0 },
    { 0 },
};

static const KrConst constants[] = {
    { "DEFAULT_BUFFER_SIZE", KR_CONST_INT, { .i = KR_IO_BUFFER } },
    { "UnsupportedOperation", KR_CONST_TYPE, { .p = &kr_io_unsupported_type } },
    { "BlockingIOError", KR_CONST_TYPE, { .p = &kr_blocking_io_error } },
    { "_IOBase", KR_CONST_TYPE, { .p = &kr_io_base_type } },
    { "_RawIOBase", KR_CONST_TYPE, { .p = &kr_io_raw_base_type } },
    { "_BufferedIOBase", KR_CONST_TYPE, { .p = &kr_io_buffered_base_type } },
    { "_TextIOBase", KR_CONST_TYPE, { .p = &kr_io_text_base_type } },
    { "FileIO", KR_CONST_TYPE, { .p = &kr_io_file_type } },
    { "BytesIO", KR_CONST_TYPE, { .p = &kr_io_bytes_type } },
    { "StringIO", KR_CONST_TYPE, { .p = &kr_io_string_type } },
    { "BufferedReader", KR_CONST_TYPE, { .p = &kr_io_reader_type } },
    { "BufferedWriter", KR_CONST_TYPE, { .p = &kr_io_writer_type } },
    { "BufferedRandom", KR_CONST_TYPE, { .p = &kr_io_random_type } },
    { "BufferedRWPair", KR_CONST_TYPE, { .p = &kr_io_pair_type } },
    { "TextIOWrapper", KR_CONST_TYPE, { .p = &kr_io_text_type } },
    { "IncrementalNewlineDecoder", KR_CONST_TYPE, { .p = &kr_io_newline_type } },
    { 0 },
};

const KrModuleDef kr_io_module = { "_io", KR_DOC("Streams."), functions, constants, NULL };
