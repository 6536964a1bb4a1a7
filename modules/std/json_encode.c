// json_encode.c - values to JSON text in one go, and the module _json.
//
// What is being written stands in a chain on the C stack, by which a value that contains itself is found; what is deeper than
// CHAIN_MAX, in a dict.
// SPDX-License-Identifier: MIT
#include "base/double_text.h"
#include "base/int_text.h"
#include "json_part.h"
#include "object/dict.h"

typedef struct {
    KrObject head;
    KrValue markers, fallback, encoder, indent, key_separator, item_separator;
    bool sort_keys, skip_keys, allow_nan;
    uint8_t quote; // how strings are written
} Encoder;

enum { QUOTE_CALL, QUOTE_ASCII, QUOTE_WIDE };

enum { CHAIN_MAX = 64 };

typedef struct Outer { // the containers around a value
    KrValue value;
    const struct Outer *outer;
    size_t depth; // 1 for the outermost
} Outer;

typedef struct {
    KrVm *vm;
    KrJsonText text;
    const Encoder *e;
    KrValue deep;      // the addresses of what stands in the chain beyond CHAIN_MAX, in a dict that the first of them makes
    const Outer *edge; // the one of depth CHAIN_MAX
    unsigned count;
} Writer;

static bool write_value(Writer *w, KrValue v, const Outer *outer, size_t level);

static bool put(Writer *w, const char *text, size_t len) {
    if (!kr_json_room(&w->text, len)) return false;
    memcpy(w->text.data + w->text.len, text, len);
    return w->text.len += len, true;
}

static bool put_str(Writer *w, KrValue str) {
    size_t len;
    const char *text = kr_str_text(str, &len);
    return put(w, text, len);
}

static bool put_line(Writer *w, size_t level) { // a new line, if there is indentation
    if (kr_is_none(w->e->indent)) return true;
    if (!put(w, "\n", 1)) return false;
    for (size_t i = 0; i < level; i++)
        if (!put_str(w, w->e->indent)) return false;
    return true;
}

// ---- Numbers and strings ---------------------------------------------------------------------------------------------------------

static bool put_float(Writer *w, double d) {
    if (d - d != 0) {
        const char *name = d != d ? "NaN" : d > 0 ? "Infinity" : "-Infinity";
        if (w->e->allow_nan) return put(w, name, strlen(name));
        return kr_fail(kr_raise(w->vm, &kr_value_error, "Out of range float values are not JSON compliant: %R", kr_float(w->vm, d)));
    }
    if (!kr_json_room(&w->text, KR_DOUBLE_REPR_MAX)) return false;
    w->text.len += kr_double_repr(d, w->text.data + w->text.len);
    return true;
}

static bool put_int(Writer *w, KrValue v) {
    int64_t n;
    if (kr_int_fits(v, &n)) {
        if (!kr_json_room(&w->text, KR_INT64_TEXT_MAX)) return false;
        w->text.len += kr_int64_to_text(n, 10, w->text.data + w->text.len);
        return true;
    }
    KrValue exact = kr_index(w->vm, v), text = kr_is_error(exact) ? exact : kr_repr(w->vm, exact);
    return !kr_is_error(text) && put_str(w, text);
}

static bool put_quoted(Writer *w, KrValue str) {
    if (w->e->quote != QUOTE_CALL) return kr_json_quote(&w->text, str, w->e->quote == QUOTE_ASCII);
    KrValue text = kr_call(w->vm, w->e->encoder, 1, &str);
    if (kr_is_error(text)) return false;
    if (!kr_is_str(text)) return kr_fail(kr_raise(w->vm, &kr_type_error, "encoder() must return a string, not %T", text));
    return put_str(w, text);
}

// ---- Containers ------------------------------------------------------------------------------------------------------------------

static KrValue address_of(Writer *w, KrValue v) { return kr_int(w->vm, (int64_t)(intptr_t)kr_ptr(v)); }

// Whether v, of which default() may have made anything, is in the dict; it is added if not.
static bool enter_deep(Writer *w, KrValue v, bool *found) {
    KrValue address = kr_is_ptr(v) ? address_of(w, v) : v, old;
    if (kr_is_error(address)) return false;
    if (kr_is_unset(w->deep) && kr_is_error(w->deep = kr_dict(w->vm))) return false;
    if (!kr_dict_find(w->vm, w->deep, address, &old)) return false;
    *found = !kr_is_unset(old);
    return *found || kr_dict_set(w->vm, w->deep, address, KR_NONE);
}

// Makes v the innermost of the chain, unless it is in it already.
static bool enter(Writer *w, KrValue v, const Outer *outer, Outer *here) {
    *here = (Outer){ v, outer, outer ? outer->depth + 1 : 1 };
    if (kr_is_none(w->e->markers)) return true;
    bool found = false;
    if (here->depth > CHAIN_MAX && !enter_deep(w, v, &found)) return false;
    if (here->depth > CHAIN_MAX + 1) outer = w->edge;
    for (; outer && !found; outer = outer->outer) found = kr_same(outer->value, v);
    if (here->depth == CHAIN_MAX) w->edge = here;
    return !found || kr_fail(kr_raise(w->vm, &kr_value_error, "Circular reference detected"));
}

static bool leave(Writer *w, const Outer *here) {
    bool found;
    if (here->depth <= CHAIN_MAX || kr_is_none(w->e->markers)) return true;
    KrValue address = kr_is_ptr(here->value) ? address_of(w, here->value) : here->value;
    return !kr_is_error(address) && kr_dict_delete(w->vm, w->deep, address, &found);
}

// Between items: what goes before the next one.
static bool put_before(Writer *w, bool *first, size_t level) {
    if (*first) return *first = false, true;
    return put_str(w, w->e->item_separator) && put_line(w, level);
}

static bool write_sequence(Writer *w, KrValue v, const Outer *outer, size_t level) {
    bool list = kr_is_list(v), first = true;
    size_t len;
    KrValue *item = list ? kr_list_items(v, &len) : kr_tuple_items(v, &len);
    if (len == 0) return put(w, "[]", 2);
    if (!put(w, "[", 1) || !put_line(w, level + 1)) return false;
    for (size_t i = 0; i < len; i++) {
        if (!put_before(w, &first, level + 1) || !write_value(w, item[i], outer, level + 1)) return false;
        if (list) item = kr_list_items(v, &len); // default() may have changed it
    }
    return put_line(w, level) && put(w, "]", 1);
}

// A key as text that is still to be quoted; KR_UNSET: to be left out.
static bool key_text(Writer *w, KrValue key, KrValue *out) {
    KrVm *vm = w->vm;
    if (kr_is_str(key)) return *out = key, true;
    Writer sub = { .vm = vm, .text = { .vm = vm }, .e = w->e };
    bool ok;
    if (kr_is_none(key) || kr_is_bool(key)) {
        const char *name = kr_is_none(key) ? "null" : kr_is_true_value(key) ? "true" : "false";
        ok = put(&sub, name, strlen(name));
    } else if (kr_is_float(key)) {
        ok = put_float(&sub, kr_float_value(key));
    } else if (kr_is_integer(key)) {
        ok = put_int(&sub, key);
    } else if (w->e->skip_keys) {
        return *out = KR_UNSET, true;
    } else {
        return kr_fail(kr_raise(vm, &kr_type_error, "keys must be str, int, float, bool or None, not %T", key));
    }
    return ok && !kr_is_error(*out = kr_str(vm, sub.text.data, sub.text.len));
}

static bool write_item(Writer *w, KrValue key, KrValue value, const Outer *outer, size_t level, bool *first) {
    KrValue text;
    if (!key_text(w, key, &text)) return false;
    if (kr_is_unset(text)) return true;
    return put_before(w, first, level) && put_quoted(w, text) && put_str(w, w->e->key_separator) && write_value(w, value, outer, level);
}

static bool write_items(Writer *w, KrValue dict, const Outer *outer, size_t level, bool *first) {
    KrVm *vm = w->vm;
    KrValue items = kr_call_method(vm, dict, "items", 0, NULL), list = kr_is_error(items) ? items : kr_list_from(vm, items);
    if (kr_is_error(list) || (w->e->sort_keys && kr_is_error(kr_call_method(vm, list, "sort", 0, NULL)))) return false;
    size_t len, two;
    KrValue *item = kr_list_items(list, &len);
    for (size_t i = 0; i < len; item = kr_list_items(list, &len), i++) {
        KrValue *pair = kr_is_tuple(item[i]) ? kr_tuple_items(item[i], &two) : NULL;
        if (!pair || two != 2) return kr_fail(kr_raise(vm, &kr_value_error, "items must return 2-tuples"));
        if (!write_item(w, pair[0], pair[1], outer, level, first)) return false;
    }
    return true;
}

static bool write_dict(Writer *w, KrValue v, const Outer *outer, size_t level) {
    bool first = true;
    size_t len;
    if (kr_is_exact(v, &kr_dict_type) ? kr_dict_len(v) == 0 : kr_len(w->vm, v, &len) && len == 0) return put(w, "{}", 2);
    if (kr_raised(w->vm) || !put(w, "{", 1) || !put_line(w, level + 1)) return false;
    if (kr_is_exact(v, &kr_dict_type) && !w->e->sort_keys) {
        KrValue key, value;
        for (size_t position = 0; kr_dict_next(v, &position, &key, &value);)
            if (!write_item(w, key, value, outer, level + 1, &first)) return false;
    } else if (!write_items(w, v, outer, level + 1, &first)) {
        return false;
    }
    return put_line(w, level) && put(w, "}", 1);
}

// ---- Any value -------------------------------------------------------------------------------------------------------------------

static bool write_other(Writer *w, KrValue v, const Outer *outer, size_t level) {
    KrVm *vm = w->vm;
    Outer here;
    if (!enter(w, v, outer, &here)) return false;
    KrValue instead = kr_call(vm, w->e->fallback, 1, &v);
    if (kr_is_error(instead) || !kr_enter(vm, " while encoding a JSON object")) return false;
    bool ok = write_value(w, instead, &here, level);
    kr_leave(vm);
    return ok && leave(w, &here);
}

static bool write_container(Writer *w, KrValue v, const Outer *outer, size_t level) {
    Outer here;
    if (!enter(w, v, outer, &here) || !kr_enter(w->vm, " while encoding a JSON object")) return false;
    bool ok = kr_is_dict(v) ? write_dict(w, v, &here, level) : write_sequence(w, v, &here, level);
    kr_leave(w->vm);
    return ok && leave(w, &here);
}

static bool write_value(Writer *w, KrValue v, const Outer *outer, size_t level) {
    if (++w->count >= 64 && (w->count = 0, !kr_poll(w->vm, 64))) return false;
    if (kr_is_str(v)) return put_quoted(w, v);
    if (kr_is_none(v)) return put(w, "null", 4);
    if (kr_is_bool(v)) return kr_is_true_value(v) ? put(w, "true", 4) : put(w, "false", 5);
    if (kr_is_integer(v)) return put_int(w, v);
    if (kr_is_float(v)) return put_float(w, kr_float_value(v));
    if (kr_is_list(v) || kr_is_tuple(v) || kr_is_dict(v)) return write_container(w, v, outer, level);
    return write_other(w, v, outer, level);
}

// ---- make_encoder ----------------------------------------------------------------------------------------------------------------

static Encoder *encoder_of(KrValue v) { return (Encoder *)kr_ptr(v); }

static void encoder_trace(KrTracer *tracer, KrObject *o) {
    const Encoder *e = (const Encoder *)o;
    kr_trace(tracer, e->markers);
    kr_trace(tracer, e->fallback);
    kr_trace(tracer, e->encoder);
    kr_trace(tracer, e->indent);
    kr_trace(tracer, e->key_separator);
    kr_trace(tracer, e->item_separator);
}

static KrValue quote(KrVm *vm, KrValue str, bool ascii) {
    KrJsonText t = { .vm = vm };
    if (!kr_is_str(str)) return kr_raise(vm, &kr_type_error, "first argument must be a string, not %T", str);
    return kr_json_quote(&t, str, ascii) ? kr_str(vm, t.data, t.len) : KR_ERROR;
}

static KrValue json_quote(KrVm *vm, KrValue self, const KrValue *arg) { return (void)self, quote(vm, arg[0], false); }
static KrValue json_quote_ascii(KrVm *vm, KrValue self, const KrValue *arg) { return (void)self, quote(vm, arg[0], true); }

// Whether the function that is to write strings is the module's own.
static bool quote_of(KrVm *vm, KrValue encoder, uint8_t *out) {
    KrValue module = kr_import(vm, "_json"), own;
    *out = QUOTE_CALL;
    if (kr_is_error(module)) return false;
    if (kr_is_error(own = kr_getattr_c(vm, module, "encode_basestring_ascii"))) return false;
    if (kr_same(own, encoder)) return *out = QUOTE_ASCII, true;
    if (kr_is_error(own = kr_getattr_c(vm, module, "encode_basestring"))) return false;
    if (kr_same(own, encoder)) *out = QUOTE_WIDE;
    return true;
}

static KrValue encoder_make(KrVm *vm, KrValue self, const KrValue *arg) {
    bool sort, skip, nan;
    uint8_t how;
    if (!kr_is_none(arg[0]) && !kr_is_dict(arg[0]))
        return kr_raise(vm, &kr_type_error, "make_encoder() argument 1 must be dict or None, not %T", arg[0]);
    for (int i = 4; i <= 5; i++)
        if (!kr_is_str(arg[i])) return kr_raise(vm, &kr_type_error, "make_encoder() argument %d must be str, not %T", i + 1, arg[i]);
    if (!kr_truth(vm, arg[6], &sort) || !kr_truth(vm, arg[7], &skip) || !kr_truth(vm, arg[8], &nan) || !quote_of(vm, arg[2], &how))
        return KR_ERROR;
    KrValue made = kr_alloc_instance(vm, kr_as_type(self));
    if (kr_is_error(made)) return made;
    Encoder *e = encoder_of(made);
    *e = (Encoder){ e->head, arg[0], arg[1], arg[2], arg[3], arg[4], arg[5], sort, skip, nan, how };
    return made;
}

static KrValue encode(KrVm *vm, KrValue self, KrValue v, KrValue level) {
    intptr_t n;
    const Encoder *e = encoder_of(self);
    if (!kr_to_index(vm, level, &n)) return KR_ERROR;
    if (!kr_is_none(e->indent) && !kr_is_str(e->indent)) return kr_raise(vm, &kr_type_error, "'%T' object can't be repeated", e->indent);
    Writer w = { .vm = vm, .text = { .vm = vm }, .e = e, .deep = KR_UNSET };
    if (!write_value(&w, v, NULL, n < 0 ? 0 : (size_t)n)) return KR_ERROR;
    KrValue text = kr_str(vm, w.text.data, w.text.len);
    return kr_is_error(text) ? text : kr_tuple(vm, 1, &text);
}

static KrValue encoder_call(KrVm *vm, KrValue self, const KrValue *arg, size_t count, KrValue names) {
    static const char *const name[] = { "obj", "_current_indent_level" };
    KrValue bound[2] = { KR_UNSET, KR_UNSET };
    size_t named = 0;
    KrValue *key = kr_is_unset(names) ? NULL : kr_tuple_items(names, &named);
    if (count + named > 2) return kr_raise(vm, &kr_type_error, "_iterencode() takes at most 2 arguments (%u given)", count + named);
    for (size_t i = 0; i < count; i++) bound[i] = arg[i];
    for (size_t i = 0; i < named; i++) {
        size_t which = kr_str_is(key[i], name[0]) ? 0 : kr_str_is(key[i], name[1]) ? 1 : 2;
        if (which == 2) return kr_raise(vm, &kr_type_error, "_iterencode() got an unexpected keyword argument '%S'", key[i]);
        if (which < count)
            return kr_raise(vm, &kr_type_error, "argument for _iterencode() given by name ('%s') and position (%u)", name[which],
                            which + 1);
        bound[which] = arg[count + i];
    }
    for (int i = 0; i < 2; i++)
        if (kr_is_unset(bound[i]))
            return kr_raise(vm, &kr_type_error, "_iterencode() missing required argument '%s' (pos %d)", name[i], i + 1);
    return encode(vm, self, bound[0], bound[1]);
}

#define FIELD(name, value) \
    static KrValue get_##name(KrVm *vm, KrValue self) { return (void)vm, value; }
FIELD(markers, encoder_of(self)->markers)
FIELD(default, encoder_of(self)->fallback)
FIELD(encoder, encoder_of(self)->encoder)
FIELD(indent, encoder_of(self)->indent)
FIELD(key_separator, encoder_of(self)->key_separator)
FIELD(item_separator, encoder_of(self)->item_separator)
FIELD(sort_keys, kr_bool(encoder_of(self)->sort_keys))
FIELD(skipkeys, kr_bool(encoder_of(self)->skip_keys))

static const KrGetSet attributes[] = {
    { "markers", get_markers, NULL, "markers" },
    { "default", get_default, NULL, "default" },
    { "encoder", get_encoder, NULL, "encoder" },
    { "indent", get_indent, NULL, "indent" },
    { "key_separator", get_key_separator, NULL, "key_separator" },
    { "item_separator", get_item_separator, NULL, "item_separator" },
    { "sort_keys", get_sort_keys, NULL, "sort_keys" },
    { "skipkeys", get_skipkeys, NULL, "skipkeys" },
    { 0 },
};

static const KrMethod make_row = {
    "make_encoder(markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, allow_nan)", encoder_make, "", 0
};

const KrType kr_json_encoder_type = {
    KR_TYPE_HEAD(kr_json_encoder_type),
    .name = "Encoder",
    .module = "_json",
    .doc = KR_DOC("Encoder(markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, allow_nan)"),
    .flags = KR_TYPE_BASE,
    .size = sizeof(Encoder),
    .make = &make_row,
    .trace = encoder_trace,
    .call = encoder_call,
    .attributes = attributes,
};

// ---- The module ------------------------------------------------------------------------------------------------------------------

static const KrMethod functions[] = {
    { "encode_basestring(string, /)", json_quote, KR_DOC("A JSON string of a str."), 0 },
    { "encode_basestring_ascii(string, /)", json_quote_ascii, KR_DOC("A JSON string of a str, in ASCII."), 0 },
    { "scanstring(string, end, strict=True, /)", kr_json_scanstring,
      KR_DOC("Reads the JSON string whose first character is at end: (str, index behind its quote).\n\n"
             "Unless strict is true, it may contain control characters."),
      0 },
    { 0 },
};

static const KrConst constants[] = {
    { "make_scanner", KR_CONST_TYPE, { .p = &kr_json_scanner_type } },
    { "make_encoder", KR_CONST_TYPE, { .p = &kr_json_encoder_type } },
    { 0 },
};

const KrModuleDef kr_json_module = { "_json", KR_DOC("The inner loops of module json."), functions, constants, NULL };
