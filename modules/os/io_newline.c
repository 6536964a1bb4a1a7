// io_newline.c - IncrementalNewlineDecoder: \r and \r\n become \n, over an incremental decoder, or over one of the core's own encodings.
// SPDX-License-Identifier: MIT
#include "io_part.h"

#include "base/utf8.h"
#include "object/bytes.h"
#include "object/codec.h"
#include "object/str.h"
#include "object/text.h"

#define METHOD(name) static KrValue newline_##name(KrVm *vm, KrValue self, const KrValue *arg)
#define SELF         KR_AS(KrIoNewline, self)

static void newline_trace(KrTracer *tracer, KrObject *o) {
    kr_trace(tracer, ((KrIoNewline *)o)->decoder);
    kr_trace(tracer, ((KrIoNewline *)o)->errors);
}

static KrValue newline_alloc(KrVm *vm, const KrType *type) {
    KrValue v = kr_alloc_instance(vm, type);
    if (!kr_is_error(v)) KR_AS(KrIoNewline, v)->decoder = KR_AS(KrIoNewline, v)->errors = KR_NONE;
    return v;
}

KrIoNewline *kr_io_newline_new(KrVm *vm, KrValue decoder, const char *native, KrValue errors, bool universal, bool translate) {
    KrValue v = newline_alloc(vm, &kr_io_newline_type);
    if (kr_is_error(v)) return NULL;
    KrIoNewline *n = KR_AS(KrIoNewline, v);
    n->decoder = decoder;
    n->native = native;
    n->errors = errors;
    n->universal = universal;
    n->translate = translate;
    return n;
}

// ---- Decoding --------------------------------------------------------------------------------------------------------------------

static KrValue decode_native(KrVm *vm, KrIoNewline *n, KrValue input, bool final) {
    size_t len, taken;
    int order = 0;
    KrBuffer b;
    if (!kr_get_buffer(vm, input, &b, KR_BUFFER_READ)) return KR_ERROR;
    bool ascii = false;
    if (!n->waiting && b.len <= 65536 && (ascii = kr_is_ascii(b.data, b.len))) {
        KrValue text = kr_str_from_ascii(vm, b.data, b.len);
        kr_release_buffer(vm, &b);
        return text;
    }
    KrBuffer whole = b;
    if (n->waiting) {
        KrBytesObject *joined = kr_bytes_new(vm, n->waiting + b.len);
        if (!joined) return kr_release_buffer(vm, &b), KR_ERROR;
        memcpy(joined->data, n->wait, n->waiting);
        memcpy(joined->data + n->waiting, b.data, b.len);
        whole.data = joined->data;
        whole.len = joined->len;
    }
    KrValue text = kr_codec_decode(vm, n->native, &whole, kr_str_text(n->errors, NULL), !final, &order, KR_UNSET, &taken);
    if (!kr_is_error(text)) {
        len = whole.len - taken;
        n->waiting = (uint8_t)(len < sizeof n->wait ? len : 0);
        memcpy(n->wait, (const uint8_t *)whole.data + taken, n->waiting);
    }
    kr_release_buffer(vm, &b);
    return text;
}

static KrValue decode_below(KrVm *vm, KrIoNewline *n, KrValue input, bool final) {
    if (kr_is_unset(n->decoder)) return decode_native(vm, n, input, final);
    if (kr_is_none(n->decoder)) return input;
    KrValue pair[2] = { input, kr_bool(final) };
    return kr_call_method(vm, n->decoder, "decode", final ? 2 : 1, pair);
}

static void look(KrIoNewline *n, const char *text, size_t len) {
    for (size_t i = 0; i < len && n->seen != 7; i++) {
        if (text[i] == '\n') n->seen |= KR_IO_SEEN_LF;
        if (text[i] != '\r') continue;
        bool both = i + 1 < len && text[i + 1] == '\n';
        n->seen |= both ? KR_IO_SEEN_CRLF : KR_IO_SEEN_CR;
        i += both;
    }
}

static KrValue translated(KrVm *vm, const char *text, size_t len) {
    KrText t;
    kr_text_init(vm, &t);
    for (const char *end = text + len; text < end;) {
        const char *cr = memchr(text, '\r', (size_t)(end - text));
        kr_text_add(&t, text, (size_t)((cr ? cr : end) - text));
        if (!cr) break;
        kr_text_add(&t, "\n", 1);
        text = cr + 1 < end && cr[1] == '\n' ? cr + 2 : cr + 1;
    }
    return kr_text_str(&t);
}

KrValue kr_io_newline_decode(KrVm *vm, KrIoNewline *n, KrValue input, bool final) {
    KrValue out = decode_below(vm, n, input, final);
    if (kr_is_error(out)) return out;
    if (!kr_is_str(out)) return kr_raise(vm, &kr_type_error, "decoder should return a string result, not '%T'", out);
    if (!n->universal) return out;
    size_t len;
    const char *text = kr_str_text(out, &len);
    if (n->held && (final || len)) {
        out = kr_format(vm, "\r%S", out);
        if (kr_is_error(out)) return out;
        n->held = false;
        text = kr_str_text(out, &len);
    }
    if (!final && len && text[len - 1] == '\r') { // a \n may follow
        n->held = true;
        out = kr_str(vm, text, --len);
        if (kr_is_error(out)) return out;
        text = kr_str_text(out, NULL);
    }
    bool cr = len && memchr(text, '\r', len);
    if (!cr && n->seen & KR_IO_SEEN_LF) return out;
    look(n, text, len);
    return cr && n->translate ? translated(vm, text, len) : out;
}

// ---- State -----------------------------------------------------------------------------------------------------------------------

bool kr_io_newline_state(KrVm *vm, KrIoNewline *n, KrValue *waiting, intptr_t *flags) {
    *flags = 0;
    *waiting = kr_is_unset(n->decoder) ? kr_bytes(vm, n->wait, n->waiting) : kr_bytes(vm, "", 0);
    if (kr_is_error(*waiting)) return false;
    if (!kr_is_unset(n->decoder) && !kr_is_none(n->decoder)) {
        size_t len;
        KrValue state = kr_call_method(vm, n->decoder, "getstate", 0, NULL);
        if (kr_is_error(state)) return false;
        KrValue *item = kr_is_tuple(state) ? kr_tuple_items(state, &len) : NULL;
        if (!item || len != 2 || !kr_is_bytes(item[0]))
            return kr_fail(
                kr_raise(vm, &kr_type_error,
                         item ? "illegal decoder state: the first item should be a bytes object, not '%T'" : "illegal decoder state",
                         item && len ? item[0] : state));
        if (!kr_to_index(vm, item[1], flags)) return false;
        *waiting = item[0];
    }
    if (n->universal) *flags = *flags * 2 + n->held;
    return true;
}

bool kr_io_newline_set_state(KrVm *vm, KrIoNewline *n, KrValue waiting, intptr_t flags) {
    if (n->universal) {
        n->held = flags & 1;
        flags >>= 1;
    }
    if (kr_is_unset(n->decoder)) {
        size_t len;
        const uint8_t *data = kr_bytes_data(waiting, &len);
        n->waiting = (uint8_t)(len < sizeof n->wait ? len : 0);
        memcpy(n->wait, data, n->waiting);
        return true;
    }
    if (kr_is_none(n->decoder)) return true;
    KrValue item[2] = { waiting, kr_int(vm, flags) }, state = kr_is_error(item[1]) ? item[1] : kr_tuple(vm, 2, item);
    return !kr_is_error(state) && !kr_is_error(kr_call_method(vm, n->decoder, "setstate", 1, &state));
}

bool kr_io_newline_reset(KrVm *vm, KrIoNewline *n) {
    n->held = false;
    n->waiting = n->seen = 0;
    if (kr_is_unset(n->decoder) || kr_is_none(n->decoder)) return true;
    return !kr_is_error(kr_call_method(vm, n->decoder, "reset", 0, NULL));
}

KrValue kr_io_newline_seen(KrVm *vm, uint8_t seen) {
    static const struct {
        uint8_t bit;
        const char *text;
    } end[] = { { KR_IO_SEEN_CR, "\r" }, { KR_IO_SEEN_LF, "\n" }, { KR_IO_SEEN_CRLF, "\r\n" } };
    KrValue item[3];
    size_t count = 0;
    for (size_t i = 0; i < 3; i++)
        if (seen & end[i].bit && kr_is_error(item[count++] = kr_str_c(vm, end[i].text))) return KR_ERROR;
    return count == 0 ? KR_NONE : count == 1 ? item[0] : kr_tuple(vm, count, item);
}

// Behind the first line of text[from..len); its end is what line_end says: '' any of three, None \n.
size_t kr_io_line_end(const char *text, size_t from, size_t len, KrValue line_end, bool *found) {
    const char *start = text + from, *end = NULL;
    size_t width = 1, left = len - from;
    const char *mark = kr_is_str(line_end) ? kr_str_text(line_end, NULL) : "\n";
    if (!left) return *found = false, len;
    if (!*mark) {
        const char *lf = memchr(start, '\n', left), *cr = memchr(start, '\r', lf ? (size_t)(lf - start) : left);
        end = cr ? cr : lf;
        width = cr && cr + 1 < text + len && cr[1] == '\n' ? 2 : 1;
    } else if (mark[0] == '\r' && mark[1]) {
        width = 2;
        for (end = start; (end = memchr(end, '\r', (size_t)(text + len - end))); end++)
            if (end + 1 < text + len && end[1] == '\n') break;
    } else {
        end = memchr(start, *mark, left);
    }
    *found = end;
    return end ? (size_t)(end - text) + width : len;
}

// ---- The type --------------------------------------------------------------------------------------------------------------------

METHOD(init) { // decoder, translate, errors
    kr_store(vm, SELF, &SELF->decoder, arg[0]);
    SELF->universal = true;
    SELF->held = false;
    SELF->seen = 0;
    kr_store(vm, SELF, &SELF->errors, arg[2]);
    return kr_truth(vm, arg[1], &SELF->translate) ? KR_NONE : KR_ERROR;
}

static bool is_ready(KrVm *vm, const KrIoNewline *n) {
    return n->universal || kr_fail(kr_raise(vm, &kr_value_error, "IncrementalNewlineDecoder.__init__() not called"));
}

METHOD(decode) {
    bool final;
    if (!is_ready(vm, SELF) || !kr_truth(vm, arg[1], &final)) return KR_ERROR;
    if (kr_is_none(SELF->decoder) && !kr_is_str(arg[0]))
        return kr_raise(vm, &kr_type_error, "decoder should return a string result, not '%T'", arg[0]);
    return kr_io_newline_decode(vm, SELF, arg[0], final);
}

METHOD(getstate) {
    KrValue item[2];
    intptr_t flags;
    (void)arg;
    if (!is_ready(vm, SELF) || !kr_io_newline_state(vm, SELF, &item[0], &flags)) return KR_ERROR;
    item[1] = kr_int(vm, flags);
    return kr_is_error(item[1]) ? KR_ERROR : kr_tuple(vm, 2, item);
}

METHOD(setstate) {
    size_t len;
    intptr_t flags;
    if (!is_ready(vm, SELF)) return KR_ERROR;
    KrValue *item = kr_is_tuple(arg[0]) ? kr_tuple_items(arg[0], &len) : NULL;
    if (!item) return kr_raise(vm, &kr_type_error, "state argument must be a tuple");
    if (len != 2) return kr_raise(vm, &kr_type_error, "setstate(): illegal state argument");
    return kr_to_index(vm, item[1], &flags) && kr_io_newline_set_state(vm, SELF, item[0], flags) ? KR_NONE : KR_ERROR;
}

METHOD(reset) { return (void)arg, is_ready(vm, SELF) && kr_io_newline_reset(vm, SELF) ? KR_NONE : KR_ERROR; }
static KrValue get_newlines(KrVm *vm, KrValue self) { return is_ready(vm, SELF) ? kr_io_newline_seen(vm, SELF->seen) : KR_ERROR; }

static const KrMethod newline_init_row = { "IncrementalNewlineDecoder(decoder, translate, errors='strict')", newline_init, "", 0 };
static const KrMethod newline_methods[] = {
    { "decode(input, final=False)", newline_decode, "", 0 },
    { "getstate()", newline_getstate, "", 0 },
    { "setstate(state, /)", newline_setstate, "", 0 },
    { "reset()", newline_reset, "", 0 },
    { 0 },
};
static const KrGetSet newline_attributes[] = { { "newlines", get_newlines, NULL, "" }, { 0 } };

const KrType kr_io_newline_type = {
    KR_TYPE_HEAD(kr_io_newline_type),
    .name = "_io.IncrementalNewlineDecoder",
    .doc = KR_DOC("Codec used when reading a file in universal newlines mode."),
    .size = sizeof(KrIoNewline),
    .flags = KR_TYPE_BASE,
    .alloc = newline_alloc,
    .trace = newline_trace,
    .init = &newline_init_row,
    .methods = newline_methods,
    .attributes = newline_attributes,
};
