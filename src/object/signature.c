// signature.c - the signature text of a native function, parsed once, and the binding of arguments to it.
//
// "index(value, start=0, stop=maxsize, /)": parameters in order, `/` ends the positional-only ones, `*` or `*args` begins the keyword-only
// ones, `**kwargs` takes the rest. Slots of arg[]: positional and keyword-only parameters in order, *args where it stands, **kwargs last.
// SPDX-License-Identifier: MIT
#include "base/double_text.h"
#include "base/phrase.h"
#include "base/search.h"
#include "object/list.h"
#include "object/module.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/text.h"
#include "object/tuple.h"
#include "object/type.h"

enum { KR_PARAMETERS = 24, FEW = 6 }; // FEW: slots that most functions do with

// ---- Parsing -------------------------------------------------------------------------------------------------------------------

typedef struct {
    KrVm *vm;
    const char *at;
} Reader;

static void skip(Reader *r) {
    while (*r->at == ' ' || *r->at == ',') r->at++;
}

static bool word_is(const char *text, size_t len, const char *word) { return strlen(word) == len && memcmp(text, word, len) == 0; }

// The default value behind `=`. KR_UNSET for <unset>, and for <TEXT>: there is none, but TEXT is what __text_signature__ shows.
static KrValue default_value(Reader *r) {
    const char *from = r->at;
    if (*from == '<') return r->at = strchr(from, '>') + 1, KR_UNSET;
    if (*from == '\'' || *from == '"') {
        const char *end = strchr(from + 1, *from);
        r->at = end + 1;
        return kr_name_len(r->vm, from + 1, (size_t)(end - from - 1));
    }
    unsigned depth = 0;
    while (*r->at && (depth || (*r->at != ',' && *r->at != ')'))) {
        depth += *r->at == '(';
        depth -= *r->at == ')' && depth;
        r->at++;
    }
    size_t len = (size_t)(r->at - from);
    while (len && from[len - 1] == ' ') len--;
    if (word_is(from, len, "None")) return KR_NONE;
    if (word_is(from, len, "True")) return KR_TRUE;
    if (word_is(from, len, "False")) return KR_FALSE;
    if (word_is(from, len, "maxsize")) return kr_int(r->vm, (int64_t)(SIZE_MAX >> 1));
    if (word_is(from, len, "()")) return r->vm->empty_tuple;
    if (word_is(from, len, "b''")) return r->vm->empty_bytes;
    bool integer = true, negative = *from == '-';
    int64_t n = 0;
    for (size_t i = negative; i < len; i++) {
        integer = integer && from[i] >= '0' && from[i] <= '9';
        n = n * 10 + (from[i] - '0');
    }
    if (integer) return kr_int(r->vm, negative ? -n : n);
    double d = 0;
    kr_double_from_text(from, len, &d);
    return kr_float(r->vm, d);
}

// *out: the parameters of a signature in plain letters, from the bracket on, which may be in t; NULL: it has none.
static bool read_parameters(KrVm *vm, const KrMethod *row, KrText *t, const char **out) {
    *out = strchr(row->signature, '(');
    if (!KR_SHORT_TEXTS || !*out) return true;
    kr_text_init(vm, t);
    KrShortText text = { *out, NULL };
    for (char c; (c = kr_short_next(&text)) != 0;) kr_text_add_char(t, (unsigned char)c);
    kr_text_add(t, "", 1);
    *out = t->data;
    return !t->failed;
}

static bool parse(KrVm *vm, KrNativeObject *native) {
    Reader r = { vm, NULL };
    KrText letters;
    KrSignature sig = { 0 };
    KrValue name[KR_PARAMETERS], value[KR_PARAMETERS];
    size_t n = 0;
    bool keyword_only = false;
    if (!read_parameters(vm, native->row, &letters, &r.at)) return false;
    if (r.at) r.at++;
    for (skip(&r); r.at && *r.at && *r.at != ')'; skip(&r)) {
        if (r.at[0] == '*' && r.at[1] == '*') {
            sig.has_varkw = true;
            while (*r.at && *r.at != ',' && *r.at != ')') r.at++;
            continue;
        }
        if (*r.at == '*') {
            keyword_only = true;
            r.at++;
            sig.has_varargs = *r.at != ',' && *r.at != ' ' && *r.at != ')';
            while (*r.at && *r.at != ',' && *r.at != ')') r.at++;
            continue;
        }
        if (*r.at == '/') {
            sig.positional_only = sig.positional;
            r.at++;
            continue;
        }
        const char *from = r.at;
        while (*r.at && *r.at != ',' && *r.at != ')' && *r.at != '=') r.at++;
        name[n] = kr_name_len(vm, from, (size_t)(r.at - from));
        if (kr_is_error(name[n])) return false;
        bool optional = *r.at == '=';
        value[n] = KR_DONE; // required
        if (optional) {
            r.at++;
            value[n] = default_value(&r);
            if (kr_is_error(value[n])) return false;
        }
        if (keyword_only) {
            sig.keyword_only++;
            sig.required_keywords += !optional;
        } else {
            sig.positional++;
            sig.required += !optional;
        }
        n++;
    }
    sig.total = (uint8_t)(n + sig.has_varargs + sig.has_varkw);
    sig.least = sig.required_keywords || sig.total > FEW ? 255 : sig.required;
    sig.most = sig.has_varargs ? 255 : sig.positional;
    KrValue names = kr_tuple(vm, n, name), defaults = kr_is_error(names) ? names : kr_tuple(vm, n, value);
    if (kr_is_error(defaults)) return false;
    kr_store(vm, native, &native->names, names);
    kr_store(vm, native, &native->defaults, defaults);
    native->signature = sig;
    native->parsed = true;
    bool plain = !sig.has_varargs && !sig.has_varkw && !sig.keyword_only && sig.positional < 255;
    native->exact = plain && !(native->row->flags & KR_SETS_HOOKS) ? sig.positional : 255;
    return true;
}

bool kr_native_parse(KrVm *vm, KrNativeObject *native) { return native->parsed || parse(vm, native); }

// ---- Messages ------------------------------------------------------------------------------------------------------------------

static size_t name_length(const char *signature) {
    const char *end = strchr(signature, '(');
    return end ? (size_t)(end - signature) : strlen(signature);
}

static KrValue function_name(KrVm *vm, const KrNativeObject *n) {
    KrValue name = kr_str(vm, n->row->signature, name_length(n->row->signature));
    if (kr_is_error(name)) return name;
    if (!n->owner && kr_is_module(n->self) && !kr_str_is(KR_AS(KrModuleObject, n->self)->name, "builtins"))
        return kr_format(vm, "%S.%S", KR_AS(KrModuleObject, n->self)->name, name);
    if (!n->owner || n->row == n->owner->make || n->row == n->owner->init) return name;
    const KrType *owner = kr_is_type(n->self) ? kr_as_type(n->self) : n->owner; // a class method is the class's
    return kr_is_heap_type(owner) ? kr_format(vm, "%S.%S", kr_heap_type(owner)->qualname, name)
                                  : kr_format(vm, "%s.%S", kr_type_bare_name(owner), name);
}

static KrValue plain_name(KrVm *vm, const KrNativeObject *n) { return kr_str(vm, n->row->signature, name_length(n->row->signature)); }

static bool wrong_count(KrVm *vm, const KrNativeObject *n, size_t count) {
    const KrSignature *s = &n->signature;
    size_t least = s->required, most = s->positional;
    if (n->row->flags & KR_LIKE_SORT)
        return kr_fail(kr_raise(vm, &kr_type_error, "%S expected 1 argument, got %u", plain_name(vm, n), count));
    if (s->positional_only < s->positional || s->keyword_only) {
        KrValue name = plain_name(vm, n);
        if (kr_is_error(name)) return false;
        if (!most) return kr_fail(kr_raise(vm, &kr_type_error, "%S() takes no positional arguments", name));
        if (count < least) return true; // the missing one is named later
        if (n->row->flags & KR_LIKE_STR)
            return kr_fail(kr_raise(vm, &kr_type_error, "%S expected at most %u arguments, got %u", name, most, count));
        if (!s->keyword_only)
            return kr_fail(
                kr_raise(vm, &kr_type_error, "%S() takes at most %u argument%s (%u given)", name, most, most == 1 ? "" : "s", count));
        return kr_fail(kr_raise(vm, &kr_type_error, "%S() takes %s %u positional argument%s (%u given)", name,
                                least == most ? "exactly" : "at most", most, most == 1 ? "" : "s", count));
    }
    KrValue name = function_name(vm, n);
    if (kr_is_error(name)) return false;
    if (least == most) {
        bool type_call = n->owner && (n->row == n->owner->make || n->row == n->owner->init);
        if (type_call && most == 1) return kr_fail(kr_raise(vm, &kr_type_error, "%S expected 1 argument, got %u", name, count));
        if (most == 0) return kr_fail(kr_raise(vm, &kr_type_error, "%S() takes no arguments (%u given)", name, count));
        if (most == 1) return kr_fail(kr_raise(vm, &kr_type_error, "%S() takes exactly one argument (%u given)", name, count));
        return kr_fail(kr_raise(vm, &kr_type_error, "%S expected %u arguments, got %u", plain_name(vm, n), most, count));
    }
    bool few = count < least;
    size_t bound = few ? least : most;
    return kr_fail(kr_raise(vm, &kr_type_error, "%S expected at %s %u argument%s, got %u", plain_name(vm, n), few ? "least" : "most", bound,
                            bound == 1 ? "" : "s", count));
}

static bool missing(KrVm *vm, const KrNativeObject *n, size_t slot) {
    const KrSignature *s = &n->signature;
    if (slot < s->positional_only && s->positional_only == s->positional && (!s->keyword_only || n->row->flags & KR_LIKE_SORT))
        return wrong_count(vm, n, slot);
    KrValue name = plain_name(vm, n);
    if (kr_is_error(name)) return false;
    size_t least = s->required < s->positional_only ? s->required : s->positional_only;
    if (slot < s->positional_only)
        return kr_fail(kr_raise(vm, &kr_type_error, "%S() takes %s %u positional argument%s (%u given)", name,
                                least == s->positional ? "exactly" : "at least", least, least == 1 ? "" : "s", slot));
    return kr_fail(
        kr_raise(vm, &kr_type_error, "%S() missing required argument '%S' (pos %u)", name, kr_tuple_items(n->names, NULL)[slot], slot + 1));
}

// ---- Binding -------------------------------------------------------------------------------------------------------------------

static size_t find_parameter(const KrNativeObject *n, KrValue name) {
    size_t count;
    const KrValue *item = kr_tuple_items(n->names, &count);
    for (size_t i = 0; i < count; i++)
        if (kr_same(item[i], name) || kr_str_equal(item[i], name)) return i;
    return SIZE_MAX;
}

static bool unexpected_keyword(KrVm *vm, const KrNativeObject *n, KrValue name) {
    size_t i = find_parameter(n, name);
    if (i != SIZE_MAX && i >= n->signature.positional_only) { // given by position as well
        if (n->signature.has_varargs) return kr_fail(kr_raise(vm, &kr_type_error, "invalid keyword argument for %S()", plain_name(vm, n)));
        return kr_fail(
            kr_raise(vm, &kr_type_error, "argument for %S() given by name ('%S') and position (%u)", plain_name(vm, n), name, i + 1));
    }
    KrValue shown = n->row->flags & KR_LIKE_SORT ? kr_str_c(vm, "sort") : plain_name(vm, n);
    if (kr_is_error(shown)) return false;
    KrValue list = kr_list_from(vm, n->names), hint = kr_is_error(list) ? list : kr_nearest_name(vm, list, name);
    if (kr_is_error(hint)) return false;
    if (kr_is_str(hint))
        return kr_fail(kr_raise(vm, &kr_type_error, "%S() got an unexpected keyword argument '%S'. Did you mean '%S'?", shown, name, hint));
    return kr_fail(kr_raise(vm, &kr_type_error, "%S() got an unexpected keyword argument '%S'", shown, name));
}

// A subclass with an __init__ of its own may have keywords that the inherited __new__ takes no notice of, and the other way round.
static bool meant_for_other(KrVm *vm, const KrNativeObject *n, KrValue self) {
    if (!n->owner || (n->row != n->owner->make && n->row != n->owner->init)) return false;
    bool makes = n->row == n->owner->make;
    if (!makes && !(n->owner->flags & KR_TYPE_IS_LIST)) return false; // set.__init__, for one, is strict
    const KrType *type = makes && kr_is_type(self) ? kr_as_type(self) : kr_type_of(self);
    if (type == n->owner) return false;
    KrValue name = makes ? KR_N(__init__) : KR_N(__new__);
    return !kr_same(kr_type_lookup(vm, type, name), kr_type_lookup(vm, n->owner, name));
}

// *wrong is the first keyword that fits no parameter: a missing argument is reported before it.
static bool bind_keyword(KrVm *vm, const KrNativeObject *n, KrValue self, KrValue *slot, KrValue extra, KrValue name, KrValue value,
                         KrValue *wrong) {
    const KrSignature *s = &n->signature;
    size_t i = find_parameter(n, name);
    if (i != SIZE_MAX && i >= s->positional_only && kr_is_done(slot[i])) return slot[i] = value, true;
    if (!kr_is_unset(extra) && (i == SIZE_MAX || i < s->positional_only)) return kr_dict_set(vm, extra, name, value);
    if (!s->keyword_only && s->positional_only == s->positional)
        return meant_for_other(vm, n, self) ||
               kr_fail(kr_raise(vm, &kr_type_error, "%S() takes no keyword arguments", function_name(vm, n)));
    if (kr_is_unset(*wrong)) *wrong = name;
    return true;
}

// Fills slot[0 .. total) in the order of the row's parameters.
static bool bind(KrVm *vm, KrNativeObject *n, KrValue self, KrValue *slot, const KrValue *arg, size_t count, KrValue names) {
    const KrSignature *s = &n->signature;
    size_t parameters = (size_t)s->positional + s->keyword_only, positional = count < s->positional ? count : s->positional;
    KrValue rest = KR_UNSET, extra = KR_UNSET, wrong = KR_UNSET;
    for (size_t i = 0; i < parameters; i++) slot[i] = i < positional ? arg[i] : KR_DONE;
    if (count > s->positional && !s->has_varargs) return wrong_count(vm, n, count), false;
    if (s->has_varargs) rest = kr_tuple(vm, count - positional, arg + positional);
    if (s->has_varkw) extra = kr_dict(vm);
    if (kr_is_error(rest) || kr_is_error(extra)) return false;
    if (!kr_is_unset(names)) {
        size_t named;
        const KrValue *name = kr_tuple_items(names, &named);
        for (size_t i = 0; i < named; i++)
            if (!bind_keyword(vm, n, self, slot, extra, name[i], arg[count + i], &wrong)) return false;
    }
    const KrValue *value = kr_tuple_items(n->defaults, NULL);
    for (size_t i = 0; i < parameters; i++) {
        if (!kr_is_done(slot[i])) continue;
        if (kr_is_done(value[i])) {
            if (i >= s->positional)
                return kr_fail(kr_raise(vm, &kr_type_error, "%S() missing required keyword-only argument: '%S'", plain_name(vm, n),
                                        kr_tuple_items(n->names, NULL)[i]));
            if (!missing(vm, n, i)) return false;
        }
        slot[i] = value[i];
    }
    if (!kr_is_unset(wrong)) return unexpected_keyword(vm, n, wrong);
    // *args stands between the positional and the keyword-only parameters, **kwargs at the end.
    if (s->has_varargs) {
        memmove(slot + s->positional + 1, slot + s->positional, s->keyword_only * sizeof *slot);
        slot[s->positional] = rest;
    }
    if (s->has_varkw) slot[s->total - 1] = extra;
    return true;
}

// In CPython enumerate() looks at its arguments by hand.
static bool wrong_for_enumerate(KrVm *vm, size_t count, KrValue names) {
    size_t named = 0, wrong = 0;
    const KrValue *name = kr_is_unset(names) ? NULL : kr_tuple_items(names, &named);
    (void)kr_take_raised(vm);
    if (count && count + named > 2)
        return kr_fail(kr_raise(vm, &kr_type_error, "enumerate() takes at most 2 arguments (%u given)", count + named));
    if (!count && (!named || named > 2)) return kr_fail(kr_raise(vm, &kr_type_error, "enumerate() missing required argument 'iterable'"));
    if (named == 2 && (kr_str_is(name[0], "iterable") || kr_str_is(name[0], "start"))) wrong = 1;
    return kr_fail(kr_raise(vm, &kr_type_error, "'%S' is an invalid keyword argument for enumerate()", name[wrong]));
}

// The window is cleared, so that no stale word in it keeps an object alive while the function runs.
static KrValue bind_and_call(KrVm *vm, KrNativeObject *n, KrValue self, const KrValue *arg, size_t count, KrValue names, KrValue *slot) {
    memset(slot, 0, n->signature.total * sizeof *slot);
    if (bind(vm, n, self, slot, arg, count, names)) return n->row->call(vm, self, slot);
    if (n->row->flags & KR_LIKE_ENUMERATE && kr_is_type(self) && kr_as_type(self) == n->owner) (void)wrong_for_enumerate(vm, count, names);
    return KR_ERROR;
}

// What is between sig->least and sig->most: the arguments, then the defaults of those that are not given.
static KR_NOINLINE KrValue call_positional(KrVm *vm, KrNativeObject *n, KrValue self, const KrValue *arg, size_t count) {
    KrValue slot[FEW] = { { 0 } }; // cleared as in bind_and_call
    const KrSignature *s = &n->signature;
    const KrValue *value = KR_AS(const KrTupleObject, n->defaults)->item;
    size_t positional = s->positional, parameters = positional + s->keyword_only, i = 0;
    for (; i < positional && i < count; i++) slot[i] = arg[i];
    for (; i < positional; i++) slot[i] = value[i];
    if (KR_LIKELY(s->total == positional)) return n->row->call(vm, self, slot);
    if (s->has_varargs) {
        slot[i] = count > i ? kr_tuple(vm, count - i, arg + i) : vm->empty_tuple;
        if (kr_is_error(slot[i])) return KR_ERROR;
    }
    for (; i < parameters; i++) slot[i + s->has_varargs] = value[i];
    if (s->has_varkw) {
        slot[s->total - 1] = n->row->flags & KR_NO_EMPTY_KEYWORDS ? KR_UNSET : kr_dict(vm);
        if (kr_is_error(slot[s->total - 1])) return KR_ERROR;
    }
    return n->row->call(vm, self, slot);
}

static KR_NOINLINE KrValue call_with_few(KrVm *vm, KrNativeObject *n, KrValue self, const KrValue *arg, size_t count, KrValue names) {
    KrValue slot[FEW] = { { 0 } };
    return bind_and_call(vm, n, self, arg, count, names, slot);
}

static KR_NOINLINE KrValue call_with_many(KrVm *vm, KrNativeObject *n, KrValue self, const KrValue *arg, size_t count, KrValue names) {
    KrValue slot[KR_PARAMETERS + 2];
    return bind_and_call(vm, n, self, arg, count, names, slot);
}

KrValue kr_native_call(KrVm *vm, KrNativeObject *n, KrValue self, const KrValue *arg, size_t count, KrValue names) {
    if (KR_UNLIKELY(!n->parsed) && !parse(vm, n)) return KR_ERROR;
    if (n->exact == count && kr_is_unset(names)) return n->row->call(vm, self, arg);
    if (KR_LIKELY(kr_is_unset(names)) && count >= n->signature.least && count <= n->signature.most)
        return call_positional(vm, n, self, arg, count);
    return n->signature.total <= FEW ? call_with_few(vm, n, self, arg, count, names) : call_with_many(vm, n, self, arg, count, names);
}

// Parameters as inspect wants to read them.
static void add_parameters(KrText *t, const char *text) {
    while (*text && *text != '\n') {
        const char *end = *text == '<' ? strchr(text, '>') : NULL;
        if (end && strncmp(text, "<unrepresentable>", 17) != 0) {
            kr_text_add(t, text + 1, (size_t)(end - text) - 1);
            text = end + 1;
        } else if (strncmp(text, "=maxsize", 8) == 0) {
            kr_text_add_c(t, "=sys.maxsize");
            text += 8;
        } else kr_text_add(t, text++, 1);
    }
}

const char *kr_doc_body(const char *doc) {
    if (!doc) return NULL;
    size_t len = *doc == '(' ? strlen(doc) : 0, at = kr_bytes_find(doc, len, "\n\n", 2);
    return len && at != KR_NOT_FOUND ? doc + at + 2 : doc;
}

// "($self, value, start=0, /)" for __text_signature__; None: some argument has no default, and no text for it.
KrValue kr_native_text_signature(KrVm *vm, const KrMethod *row, bool method) {
    const char *text = row->doc;
    KrText t, letters;
    if (kr_doc_body(text) == text && !read_parameters(vm, row, &letters, &text)) return KR_ERROR;
    if (!text || kr_bytes_find(text, strlen(text), "<unset>", 7) != KR_NOT_FOUND) return KR_NONE;
    kr_text_init(vm, &t);
    kr_text_add_c(&t, row->flags & KR_STATIC_METHOD ? "(" : row->flags & KR_CLASS_METHOD ? "($type" : method ? "($self" : "($module");
    if (!(row->flags & KR_STATIC_METHOD))
        kr_text_add_c(
            &t, text[1] == ')' || !memchr(text, '/', kr_doc_body(text) == text ? strlen(text) : (size_t)(kr_doc_body(text) - text)) ? ", /"
                                                                                                                                    : "");
    if (text[1] != ')') kr_text_add_c(&t, row->flags & KR_STATIC_METHOD ? "" : ", ");
    add_parameters(&t, text + 1);
    return kr_text_str(&t);
}
