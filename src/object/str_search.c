// str_search.c - looking for text in text: find, count, startswith, replace and the methods around them.
// SPDX-License-Identifier: MIT
#include "base/search.h"
#include "base/utf8.h"
#include "object/bulk.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/str_method.h"
#include "object/tuple.h"

bool kr_is_c_text(KrVm *vm, KrValue text) {
    size_t len;
    const char *data = kr_str_text(text, &len);
    if (kr_str_of(text)->flags & KR_STR_SURROGATES && kr_is_error(kr_encode(vm, text, "utf-8", NULL))) return false;
    return !memchr(data, 0, len) || kr_fail(kr_raise(vm, &kr_value_error, "embedded null character"));
}

bool kr_codec_argument(KrVm *vm, const char *function, const char *name, KrValue v) {
    if (kr_is_str(v)) return kr_is_c_text(vm, v);
    return kr_fail(kr_raise(vm, &kr_type_error, "%s() argument '%s' must be str, not %s", function, name, kr_shown_type(v)));
}

const char *kr_shown_type(KrValue v) { return kr_is_none(v) ? "None" : kr_type_name(kr_type_of(v)); }

bool kr_str_need(KrVm *vm, KrValue v, const char *method, int number) {
    if (KR_LIKELY(kr_is_str(v))) return true;
    return kr_fail(kr_raise(vm, &kr_type_error, "%s() argument %d must be str, not %s", method, number, kr_shown_type(v)));
}

bool kr_arg_size(KrVm *vm, KrValue v, intptr_t *out) {
    if (KR_LIKELY(kr_is_int(v))) return *out = kr_int_value(v), true;
    if (kr_to_index(vm, v, out)) return true;
    if (!kr_raised_is(vm, &kr_index_error)) return false;
    (void)kr_take_raised(vm);
    return kr_fail(kr_raise(vm, &kr_overflow_error, "Python int too large to convert to C ssize_t"));
}

bool kr_arg_int(KrVm *vm, KrValue v, int *out) {
    intptr_t wide = 0;
    bool small = kr_is_int(v);
    if (small) wide = kr_int_value(v);
    else if (!kr_to_index_clipped(vm, v, &wide)) return false;
    if (wide > INT_MAX || wide < INT_MIN || (!small && (wide == INTPTR_MAX || wide == INTPTR_MIN)))
        return kr_fail(kr_raise(vm, &kr_overflow_error, "Python int too large to convert to C int"));
    return *out = (int)wide, true;
}

// One end of a range: None and UNSET mean fallback.
static bool range_end(KrVm *vm, KrValue v, size_t len, size_t fallback, size_t *out) {
    intptr_t i;
    *out = fallback;
    if (kr_is_none(v) || kr_is_unset(v)) return true;
    if (kr_is_int(v)) {
        i = kr_int_value(v);
    } else {
        bool number = kr_is_integer(v) || !kr_is_unset(kr_type_lookup(vm, kr_type_of(v), KR_N(__index__)));
        if (!number) return kr_fail(kr_raise(vm, &kr_type_error, "slice indices must be integers or None or have an __index__ method"));
        if (!kr_to_index_clipped(vm, v, &i)) return false;
    }
    if (i < 0) *out = 0 - (size_t)i > len ? 0 : len + (size_t)i;
    else *out = (size_t)i;
    return true;
}

bool kr_clip_range(KrVm *vm, KrValue start, KrValue stop, size_t len, size_t *from, size_t *to) {
    if (!range_end(vm, start, len, 0, from) || !range_end(vm, stop, len, len, to)) return false;
    if (*to > len) *to = len;
    return true;
}

// The range in bytes that start and stop select in s. *some is false when it is nowhere: start beyond stop.
static bool byte_range(KrVm *vm, KrValue self, const KrValue *ends, size_t *from, size_t *to, bool *some) {
    const KrStrObject *s = kr_str_of(self);
    if (kr_is_none(ends[0]) && kr_is_none(ends[1])) return *from = 0, *to = s->len, *some = true, true;
    if (!kr_clip_range(vm, ends[0], ends[1], s->chars, from, to)) return false;
    *some = *from <= *to;
    if (*some && !(s->flags & KR_STR_ASCII)) {
        *from = kr_str_offset(s, *from);
        *to = kr_str_offset(s, *to);
    }
    return true;
}

// Offset of the first or last arg[0] in self[arg[1]:arg[2]], in characters; KR_NOT_FOUND; false: raised.
static bool find_text(KrVm *vm, KrValue self, const KrValue *arg, const char *method, bool last, size_t *found) {
    size_t from, to;
    bool some;
    if (!kr_str_need(vm, arg[0], method, 1) || !byte_range(vm, self, arg + 1, &from, &to, &some)) return false;
    *found = KR_NOT_FOUND;
    const KrStrObject *s = kr_str_of(self), *needle = kr_str_of(arg[0]);
    if (some) kr_spend(vm, (to - from) >> 8);
    if (!some || ((s->flags & KR_STR_ASCII) && !(needle->flags & KR_STR_ASCII))) return true;
    size_t at = last ? kr_bytes_rfind(kr_str_data(s) + from, to - from, kr_str_data(needle), needle->len)
                     : kr_bytes_find(kr_str_data(s) + from, to - from, kr_str_data(needle), needle->len);
    if (at != KR_NOT_FOUND) *found = kr_str_chars(s, from + at);
    return true;
}

static KrValue found_or_minus(KrVm *vm, KrValue self, const KrValue *arg, const char *method, bool last) {
    size_t found;
    if (!find_text(vm, self, arg, method, last, &found)) return KR_ERROR;
    return found == KR_NOT_FOUND ? kr_int_box(-1) : kr_int(vm, (int64_t)found);
}

static KrValue found_or_raise(KrVm *vm, KrValue self, const KrValue *arg, const char *method, bool last) {
    size_t found;
    if (!find_text(vm, self, arg, method, last, &found)) return KR_ERROR;
    if (found == KR_NOT_FOUND) return kr_raise(vm, &kr_value_error, "substring not found");
    return kr_int(vm, (int64_t)found);
}

KR_STR_METHOD(find) { return found_or_minus(vm, self, arg, "find", false); }
KR_STR_METHOD(rfind) { return found_or_minus(vm, self, arg, "rfind", true); }
KR_STR_METHOD(index) { return found_or_raise(vm, self, arg, "index", false); }
KR_STR_METHOD(rindex) { return found_or_raise(vm, self, arg, "rindex", true); }

KR_STR_METHOD(count) {
    size_t from, to;
    bool some;
    if (!kr_str_need(vm, arg[0], "count", 1) || !byte_range(vm, self, arg + 1, &from, &to, &some)) return KR_ERROR;
    const KrStrObject *s = kr_str_of(self), *needle = kr_str_of(arg[0]);
    if (!some) return kr_int_box(0);
    kr_spend(vm, (to - from) >> 5);
    if (needle->len == 0) return kr_int(vm, (int64_t)kr_utf8_count(kr_str_data(s) + from, to - from) + 1);
    size_t count;
    if (!kr_bulk_count(vm, kr_str_data(s) + from, to - from, kr_str_data(needle), needle->len, SIZE_MAX, &count)) return KR_ERROR;
    return kr_int(vm, (int64_t)count);
}

static bool ends_match(const KrStrObject *s, size_t from, size_t to, KrValue part, bool at_end) {
    const KrStrObject *p = kr_str_of(part);
    if (to - from < p->len) return false;
    return memcmp(kr_str_data(s) + (at_end ? to - p->len : from), kr_str_data(p), p->len) == 0;
}

static KrValue starts_or_ends(KrVm *vm, KrValue self, const KrValue *arg, const char *method, bool at_end) {
    size_t from, to;
    bool some;
    if (!byte_range(vm, self, arg + 1, &from, &to, &some)) return KR_ERROR;
    const KrStrObject *s = kr_str_of(self);
    if (KR_LIKELY(kr_is_str(arg[0]))) return kr_bool(some && ends_match(s, from, to, arg[0], at_end));
    if (!kr_is_tuple(arg[0])) return kr_raise(vm, &kr_type_error, "%s first arg must be str or a tuple of str, not %T", method, arg[0]);
    const KrTupleObject *t = KR_AS(const KrTupleObject, arg[0]);
    for (size_t i = 0; i < t->len; i++) {
        if (!kr_is_str(t->item[i])) return kr_raise(vm, &kr_type_error, "tuple for %s must only contain str, not %T", method, t->item[i]);
        if (some && ends_match(s, from, to, t->item[i], at_end)) return KR_TRUE;
    }
    return KR_FALSE;
}

KR_STR_METHOD(startswith) { return starts_or_ends(vm, self, arg, "startswith", false); }
KR_STR_METHOD(endswith) { return starts_or_ends(vm, self, arg, "endswith", true); }

KR_STR_METHOD(removeprefix) {
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "removeprefix() argument must be str, not %s", kr_shown_type(arg[0]));
    const KrStrObject *s = kr_str_of(self);
    return kr_str_part(vm, self, ends_match(s, 0, s->len, arg[0], false) ? kr_str_of(arg[0])->len : 0, s->len);
}

KR_STR_METHOD(removesuffix) {
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "removesuffix() argument must be str, not %s", kr_shown_type(arg[0]));
    const KrStrObject *s = kr_str_of(self);
    return kr_str_part(vm, self, 0, s->len - (ends_match(s, 0, s->len, arg[0], true) ? kr_str_of(arg[0])->len : 0));
}

// ---- replace -------------------------------------------------------------------------------------------------------------------

// Puts `new` before each character and at the end, at most count times.
static bool replace_nothing(KrVm *vm, const KrStrObject *s, const KrStrObject *new, size_t count, char *out) {
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        if (KR_UNLIKELY(i % 8192 == 8191) && !kr_bulk_done(vm, KR_BULK_BYTES)) return false;
        if (!kr_bulk_copy(vm, out, kr_str_data(new), new->len)) return false;
        out += new->len;
        if (at == s->len) return true;
        size_t width = kr_utf8_width_at(kr_str_data(s)[at]);
        memcpy(out, kr_str_data(s) + at, width);
        out += width;
        at += width;
    }
    return kr_bulk_copy(vm, out, kr_str_data(s) + at, s->len - at);
}

static bool replace_all(KrVm *vm, const KrStrObject *s, const KrStrObject *old, const KrStrObject *new, size_t count, char *out) {
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        size_t gap = kr_bytes_find(kr_str_data(s) + at, s->len - at, kr_str_data(old), old->len);
        if (!kr_bulk_copy(vm, out, kr_str_data(s) + at, gap) || !kr_bulk_copy(vm, out + gap, kr_str_data(new), new->len)) return false;
        out += gap + new->len;
        at += gap + old->len;
        if (KR_UNLIKELY(i % 8192 == 8191) && !kr_bulk_done(vm, KR_BULK_BYTES)) return false;
    }
    return kr_bulk_copy(vm, out, kr_str_data(s) + at, s->len - at);
}

static bool replace_bytes(KrVm *vm, const KrStrObject *s, char old, char new, size_t count, char *out) {
    if (!kr_bulk_copy(vm, out, kr_str_data(s), s->len)) return false;
    for (size_t at = 0; count > 0; count--, at++) {
        at += kr_byte_find(out + at, s->len - at, (uint8_t)old);
        out[at] = new;
        if (KR_UNLIKELY(count % 16384 == 0) && !kr_bulk_done(vm, KR_BULK_BYTES)) return false;
    }
    return true;
}

static KrValue replaced(KrVm *vm, KrValue self, const KrStrObject *old, const KrStrObject *new, size_t max) {
    const KrStrObject *s = kr_str_of(self);
    kr_spend(vm, s->len >> 5);
    size_t count = s->chars < max ? (size_t)s->chars + 1 : max;
    if (old->len && !kr_bulk_count(vm, kr_str_data(s), s->len, kr_str_data(old), old->len, max, &count)) return KR_ERROR;
    if (count == 0) return kr_str_exact(vm, self);
    size_t kept = s->len - count * old->len;
    if (new->len && count > (SIZE_MAX - kept) / new->len) return kr_raise(vm, &kr_overflow_error, "replace string is too long");
    bool ascii = (s->flags & new->flags &KR_STR_ASCII) != 0;
    KrStrObject *out = kr_str_new(vm, kept + count * new->len, ascii);
    if (!out) return KR_ERROR;
    bool ok;
    if (old->len == 0) ok = replace_nothing(vm, s, new, count, out->own);
    else if (old->len == 1 && new->len == 1) ok = replace_bytes(vm, s, kr_str_data(old)[0], kr_str_data(new)[0], count, out->own);
    else ok = replace_all(vm, s, old, new, count, out->own);
    if (!ok) return KR_ERROR;
    return ascii ? kr_from_ptr(out) : kr_str_finish(out);
}

KR_STR_METHOD(replace) {
    intptr_t max;
    if (!kr_str_need(vm, arg[0], "replace", 1) || !kr_str_need(vm, arg[1], "replace", 2) || !kr_arg_size(vm, arg[2], &max)) return KR_ERROR;
    return replaced(vm, self, kr_str_of(arg[0]), kr_str_of(arg[1]), max < 0 ? SIZE_MAX : (size_t)max);
}
