// str_type.c - the str type: its operators, indexing, construction, and the table of its methods.
// SPDX-License-Identifier: MIT
#include "base/search.h"
#include "object/bytes.h"
#include "object/format.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/range.h"
#include "object/str_method.h"
#include "object/vm_state.h"

#define STR_FIXED offsetof(KrStrObject, own)

// ---- Making --------------------------------------------------------------------------------------------------------------------

static KrValue new_instance(KrVm *vm, const KrType *type, KrValue text) {
    if (type == &kr_str_type || kr_is_error(text)) return text;
    const KrStrObject *s = kr_str_of(text);
    KrStrObject *copy = kr_alloc_var(vm, type, kr_str_size(s->len, (s->flags & KR_STR_ASCII) != 0) - STR_FIXED);
    if (!copy) return KR_ERROR;
    copy->len = s->len;
    copy->chars = s->chars;
    copy->flags = s->flags & (KR_STR_ASCII | KR_STR_SURROGATES);
    memcpy(copy->own, kr_str_data(s), s->len);
    return kr_from_ptr(copy);
}

// str(bytes, encoding, errors)
static bool codec_argument(KrVm *vm, const KrType *type, const char *name, KrValue v) {
    if (kr_is_unset(v)) return true;
    bool plain = type == &kr_str_type; // that names the type of None, classes derived from it do not
    if (!kr_is_str(v) && plain) return kr_fail(kr_raise(vm, &kr_type_error, "str() argument '%s' must be str, not %T", name, v));
    return kr_codec_argument(vm, "str", name, v);
}

static KrValue decoded(KrVm *vm, const KrType *type, KrValue object, KrValue encoding, KrValue errors) {
    if (!codec_argument(vm, type, "encoding", encoding) || !codec_argument(vm, type, "errors", errors)) return KR_ERROR;
    if (kr_is_str(object)) return kr_raise(vm, &kr_type_error, "decoding str is not supported");
    KrBuffer buffer;
    if (!kr_get_buffer(vm, object, &buffer, KR_BUFFER_READ)) {
        if (!kr_raised_is(vm, &kr_exception) || kr_raised_is(vm, &kr_memory_error)) return KR_ERROR;
        (void)kr_take_raised(vm);
        return kr_raise(vm, &kr_type_error, "decoding to str: need a bytes-like object, %T found", object);
    }
    KrValue text = !buffer.len ? vm->empty_str
                               : kr_decode(vm, buffer.data, buffer.len, kr_is_unset(encoding) ? "utf-8" : kr_str_text(encoding, NULL),
                                           kr_is_unset(errors) ? NULL : kr_str_text(errors, NULL));
    kr_release_buffer(vm, &buffer);
    return text;
}

static KrValue str_make(KrVm *vm, KrValue self, const KrValue *arg) {
    const KrType *type = kr_as_type(self);
    KrValue text;
    if (kr_is_unset(arg[0])) text = kr_str(vm, "", 0);
    else if (kr_is_unset(arg[1]) && kr_is_unset(arg[2])) text = kr_to_str(vm, arg[0]);
    else text = decoded(vm, type, arg[0], arg[1], arg[2]);
    return new_instance(vm, type, text);
}

static const KrMethod str_make_row = { "str(object=<unset>, encoding=<unset>, errors=<unset>)", str_make, "", KR_LIKE_STR };

// ---- Slots ---------------------------------------------------------------------------------------------------------------------

static size_t str_var_size(const KrObject *o) {
    const KrStrObject *s = (const KrStrObject *)o;
    return s->flags & KR_STR_OUTSIDE ? STR_FIXED + sizeof(KrStrBuffer *) : kr_str_size(s->len, (s->flags & KR_STR_ASCII) != 0);
}

static KrValue str_str(KrVm *vm, KrValue self) { return kr_str_exact(vm, self); }

static bool str_hash(KrVm *vm, KrValue self, KrHash *out) { return (void)vm, *out = (KrHash)kr_str_hash(self), true; }

static bool str_truth(KrVm *vm, KrValue self, bool *out) { return (void)vm, *out = kr_str_of(self)->len != 0, true; }

static bool str_length(KrVm *vm, KrValue self, size_t *out) { return (void)vm, *out = kr_str_of(self)->chars, true; }

static KrValue str_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    (void)vm;
    if (!kr_is_str(other)) return KR_NOTIMPL;
    if (op == KR_EQ) return kr_bool(kr_str_equal(self, other));
    if (op == KR_NE) return kr_bool(!kr_str_equal(self, other));
    return kr_bool(kr_order_holds(kr_str_order(self, other), op));
}

static KrValue get_slice(KrVm *vm, KrValue self, KrValue slice) {
    intptr_t start, stop, step;
    size_t count;
    const KrStrObject *s = kr_str_of(self);
    if (!kr_slice_bounds(vm, slice, s->chars, &start, &stop, &step, &count)) return KR_ERROR;
    if (count == 0) return kr_str(vm, "", 0);
    if (step == 1) return kr_str_slice(vm, self, (size_t)start, (size_t)start + count);
    if (s->flags & KR_STR_ASCII) {
        KrStrObject *out = kr_str_new(vm, count, true);
        if (!out) return KR_ERROR;
        for (size_t i = 0; i < count; i++) out->own[i] = kr_str_data(s)[start + (intptr_t)i * step];
        return kr_from_ptr(out);
    }
    return kr_str_pick(vm, self, start, step, count);
}

static KrValue str_getitem(KrVm *vm, KrValue self, KrValue key) {
    intptr_t i;
    if (kr_is_int(key)) {
        i = kr_int_value(key);
    } else {
        if (kr_is_exact(key, &kr_slice_type)) return get_slice(vm, self, key);
        if (!kr_is_integer(key) && kr_is_unset(kr_type_lookup(vm, kr_type_of(key), KR_N(__index__))))
            return kr_raise(vm, &kr_type_error, "string indices must be integers, not '%T'", key);
        if (!kr_to_index(vm, key, &i)) return KR_ERROR;
    }
    size_t chars = kr_str_of(self)->chars, at = (size_t)(i < 0 ? i + (intptr_t)chars : i);
    if (at >= chars) return kr_raise(vm, &kr_index_error, "string index out of range");
    return kr_str_char_at(vm, self, at);
}

static bool str_contains(KrVm *vm, KrValue self, KrValue item, bool *out) {
    if (!kr_is_str(item)) return kr_fail(kr_raise(vm, &kr_type_error, "'in <string>' requires string as left operand, not %T", item));
    const KrStrObject *s = kr_str_of(self), *needle = kr_str_of(item);
    kr_spend(vm, s->len >> 8);
    return *out = kr_bytes_find(kr_str_data(s), s->len, kr_str_data(needle), needle->len) != KR_NOT_FOUND, true;
}

bool kr_repeat_count(KrVm *vm, KrValue v, intptr_t *out, bool *foreign) {
    *foreign = false;
    if (KR_LIKELY(kr_is_int(v))) return *out = kr_int_value(v), true;
    *foreign = !kr_is_integer(v) && kr_is_unset(kr_type_lookup(vm, kr_type_of(v), KR_N(__index__)));
    if (*foreign) return false;
    return kr_to_index_overflow(vm, v, out);
}

bool kr_may_reflect(KrVm *vm, KrValue other, KrValue name) {
    const uint32_t builtin = KR_TYPE_IS_INT | KR_TYPE_IS_FLOAT | KR_TYPE_IS_COMPLEX | KR_TYPE_IS_STR | KR_TYPE_IS_BYTES | KR_TYPE_IS_LIST |
                             KR_TYPE_IS_TUPLE | KR_TYPE_IS_BYTEARRAY;
    const KrType *type = kr_type_of(other);
    if ((type->flags & builtin) && !(type->flags & KR_TYPE_HEAP)) return false;
    return !kr_is_unset(kr_type_lookup(vm, type, name));
}

KrValue kr_repeat_foreign(KrVm *vm, KrValue v) {
    if (kr_may_reflect(vm, v, KR_N(__rmul__))) return KR_NOTIMPL;
    return kr_raise(vm, &kr_type_error, "can't multiply sequence by non-int of type '%T'", v);
}

static KrValue concat(KrVm *vm, KrValue left, KrValue right) {
    if (KR_LIKELY(kr_is_str(right)))
        return !kr_is_str(left) ? KR_NOTIMPL : kr_str_grows(left, right) ? kr_str_grow(vm, left, right) : kr_str_concat(vm, left, right);
    if (kr_may_reflect(vm, right, KR_N(__radd__))) return KR_NOTIMPL;
    return kr_raise(vm, &kr_type_error, "can only concatenate str (not \"%T\") to str", right);
}

static KrValue repeat(KrVm *vm, KrValue str, KrValue count) {
    intptr_t times;
    bool foreign;
    if (!kr_repeat_count(vm, count, &times, &foreign)) return foreign ? kr_repeat_foreign(vm, count) : KR_ERROR;
    return kr_str_repeat(vm, str, times);
}

static KrValue str_binary(KrVm *vm, KrBinary op, KrValue left, KrValue right) {
    bool is_left = kr_is_str(left);
    switch (op) {
    case KR_ADD: return concat(vm, left, right);
    case KR_MUL: return is_left ? repeat(vm, left, right) : repeat(vm, right, left);
    case KR_MOD: return is_left ? kr_str_percent(vm, left, right) : KR_NOTIMPL;
    default: return KR_NOTIMPL;
    }
}

static KrValue str_getnewargs(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    KrValue text = kr_str_exact(vm, self);
    return kr_is_error(text) ? text : kr_tuple(vm, 1, &text);
}

static KrValue str_sizeof(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    const KrStrObject *s = kr_str_of(self); // with a text of its own, also if it shares one
    return kr_int(vm, (int64_t)kr_str_size(s->len, (s->flags & KR_STR_ASCII) != 0));
}

static const KrMethod str_methods[] = {
    { "capitalize()", kr_str_capitalize_method, KR_DOC("The text with its first character in title case and the rest in lower case."), 0 },
    { "casefold()", kr_str_casefold_method, KR_DOC("A version for comparisons that ignore case."), 0 },
    { "center(width, fillchar=' ', /)", kr_str_center_method, KR_DOC("The text centered in width characters."), 0 },
    { "count(sub, start=None, end=None, /)", kr_str_count_method, KR_DOC("How often sub occurs in [start:end], without overlaps."), 0 },
    { "encode(encoding='utf-8', errors='strict')", kr_str_encode_method, KR_DOC("The text as bytes."), 0 },
    { "endswith(suffix, start=None, end=None, /)", kr_str_endswith_method,
      KR_DOC("Whether [start:end] ends with suffix, or one of a tuple."), 0 },
    { "expandtabs(tabsize=8)", kr_str_expandtabs_method, KR_DOC("The text with tabs replaced by spaces."), 0 },
    { "find(sub, start=None, end=None, /)", kr_str_find_method, KR_DOC("First position of sub in [start:end], or -1."), 0 },
    { "format(*args, **kwargs)", kr_str_format_method, KR_DOC("The text with {} fields replaced by the arguments."), KR_NO_EMPTY_KEYWORDS },
    { "format_map(mapping, /)", kr_str_format_map_method, KR_DOC("The text with {} fields replaced from a mapping."), 0 },
    { "index(sub, start=None, end=None, /)", kr_str_index_method, KR_DOC("First position of sub in [start:end]; ValueError if absent."),
      0 },
    { "isalnum()", kr_str_isalnum_method, KR_DOC("Whether all characters are letters or numbers, and there are some."), 0 },
    { "isalpha()", kr_str_isalpha_method, KR_DOC("Whether all characters are letters, and there are some."), 0 },
    { "isascii()", kr_str_isascii_method, KR_DOC("Whether all characters are ASCII."), 0 },
    { "isdecimal()", kr_str_isdecimal_method, KR_DOC("Whether all characters are decimal digits, and there are some."), 0 },
    { "isdigit()", kr_str_isdigit_method, KR_DOC("Whether all characters are digits, and there are some."), 0 },
    { "isidentifier()", kr_str_isidentifier_method, KR_DOC("Whether the text can be a Python name."), 0 },
    { "islower()", kr_str_islower_method, KR_DOC("Whether all cased characters are lower case, and there are some."), 0 },
    { "isnumeric()", kr_str_isnumeric_method, KR_DOC("Whether all characters are numeric, and there are some."), 0 },
    { "isprintable()", kr_str_isprintable_method, KR_DOC("Whether repr() shows all characters as they are."), 0 },
    { "isspace()", kr_str_isspace_method, KR_DOC("Whether all characters are white space, and there are some."), 0 },
    { "istitle()", kr_str_istitle_method, KR_DOC("Whether each word begins with a capital and goes on in lower case."), 0 },
    { "isupper()", kr_str_isupper_method, KR_DOC("Whether all cased characters are upper case, and there are some."), 0 },
    { "join(iterable, /)", kr_str_join_method, KR_DOC("The items of iterable, with this text between them."), 0 },
    { "ljust(width, fillchar=' ', /)", kr_str_ljust_method, KR_DOC("The text on the left of width characters."), 0 },
    { "lower()", kr_str_lower_method, KR_DOC("The text in lower case."), 0 },
    { "lstrip(chars=None, /)", kr_str_lstrip_method, KR_DOC("The text without white space, or chars, at its beginning."), 0 },
    { "maketrans(x, y=<unset>, z=<unset>, /)", kr_str_maketrans_method, KR_DOC("A table for translate()."), KR_STATIC_METHOD },
    { "partition(sep, /)", kr_str_partition_method, KR_DOC("Before the first sep, sep, and after it."), 0 },
    { "removeprefix(prefix, /)", kr_str_removeprefix_method, KR_DOC("The text without prefix, if it begins with it."), 0 },
    { "removesuffix(suffix, /)", kr_str_removesuffix_method, KR_DOC("The text without suffix, if it ends with it."), 0 },
    { "replace(old, new, /, count=-1)", kr_str_replace_method, KR_DOC("The text with (the first count) old replaced by new."), 0 },
    { "rfind(sub, start=None, end=None, /)", kr_str_rfind_method, KR_DOC("Last position of sub in [start:end], or -1."), 0 },
    { "rindex(sub, start=None, end=None, /)", kr_str_rindex_method, KR_DOC("Last position of sub in [start:end]; ValueError if absent."),
      0 },
    { "rjust(width, fillchar=' ', /)", kr_str_rjust_method, KR_DOC("The text on the right of width characters."), 0 },
    { "rpartition(sep, /)", kr_str_rpartition_method, KR_DOC("Before the last sep, sep, and after it."), 0 },
    { "rsplit(sep=None, maxsplit=-1)", kr_str_rsplit_method, KR_DOC("The parts between sep or white space, cut from the right."), 0 },
    { "rstrip(chars=None, /)", kr_str_rstrip_method, KR_DOC("The text without white space, or chars, at its end."), 0 },
    { "split(sep=None, maxsplit=-1)", kr_str_split_method, KR_DOC("The parts between sep or white space."), 0 },
    { "splitlines(keepends=False)", kr_str_splitlines_method, KR_DOC("The lines of the text."), 0 },
    { "startswith(prefix, start=None, end=None, /)", kr_str_startswith_method,
      KR_DOC("Whether [start:end] begins with prefix, or one of a tuple."), 0 },
    { "strip(chars=None, /)", kr_str_strip_method, KR_DOC("The text without white space, or chars, at both ends."), 0 },
    { "swapcase()", kr_str_swapcase_method, KR_DOC("The text with upper and lower case exchanged."), 0 },
    { "title()", kr_str_title_method, KR_DOC("The text with each word in title case."), 0 },
    { "translate(table, /)", kr_str_translate_method, KR_DOC("The text with each character replaced as table says."), 0 },
    { "upper()", kr_str_upper_method, KR_DOC("The text in upper case."), 0 },
    { "zfill(width, /)", kr_str_zfill_method, KR_DOC("The text filled up to width with zeros after its sign."), 0 },
    { "__format__(format_spec, /)", kr_str_dunder_format, KR_DOC("The text as format_spec says."), 0 },
    { "__getnewargs__()", str_getnewargs, "", 0 },
    { "__sizeof__()", str_sizeof, KR_DOC("Bytes of memory."), 0 },
    { 0 },
};

const KrType kr_str_type = {
    KR_TYPE_HEAD(kr_str_type),
    .name = "str",
    .doc = KR_DOC(
        "str(object='') -> str\nstr(bytes, encoding='utf-8', errors='strict') -> str\n\nText: the str() of any object, or decoded bytes."),
    .flags = KR_TYPE_BASE | KR_TYPE_VAR | KR_TYPE_MATCH_SELF | KR_TYPE_IS_STR,
    .size = STR_FIXED,
    .methods = str_methods,
    .make = &str_make_row,
    .trace = kr_str_trace,
    .var_size = str_var_size,
    .repr = kr_str_repr,
    .str = str_str,
    .hash = str_hash,
    .truth = str_truth,
    .length = str_length,
    .compare = str_compare,
    .iter = kr_str_iterator,
    .getitem = str_getitem,
    .contains = str_contains,
    .binary_ops = KR_OP(KR_ADD) | KR_OP(KR_MUL) | KR_OP(KR_MOD),
    .binary = str_binary,
    .more = &(const KrMoreSlots){ .convert = kr_to_str },
};
