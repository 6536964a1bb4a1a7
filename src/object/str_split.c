// str_split.c - cutting text into parts and joining them: split, splitlines, partition, strip, join.
// SPDX-License-Identifier: MIT
#include "base/search.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "object/bulk.h"
#include "object/bytes_method.h"
#include "object/list.h"
#include "object/name_table.h"
#include "object/str_method.h"
#include "object/tuple.h"

static bool push_part(KrVm *vm, KrListObject *list, KrValue self, size_t from, size_t to) {
    const KrStrObject *s = kr_str_of(self);
    bool inside = s->flags & KR_STR_ASCII && to - from < s->len;
    KrValue part = inside ? kr_str_from_ascii(vm, kr_str_data(s) + from, to - from) : kr_str_part(vm, self, from, to);
    kr_spend(vm, 1 + ((to - from) >> 6));
    return !kr_is_error(part) && kr_list_push(vm, list, part) && (KR_LIKELY(vm->fuel >= 0) || kr_poll(vm, 0));
}

static KrValue reverse(KrVm *vm, KrListObject *list) {
    for (size_t i = 0, j = list->len; i + 1 < j; i++) {
        KrValue left = list->items->item[i], right = list->items->item[--j];
        kr_store(vm, list->items, &list->items->item[i], right);
        kr_store(vm, list->items, &list->items->item[j], left);
    }
    return kr_from_ptr(list);
}

// ---- Runs of white space -------------------------------------------------------------------------------------------------------

static bool is_ascii_space(unsigned char c) {
    const uint64_t spaces = 0x1F0003E00; // space, 09 to 0D, 1C to 1F
    return c <= ' ' && (spaces >> c & 1);
}

// Ends of the next run of characters at or after at that are space, or are not.
static size_t skip_forward(const KrStrObject *s, size_t at, bool space) {
    const char *text = kr_str_data(s);
    const size_t len = s->len;
    if (!space)
        while (at < len && (unsigned char)(text[at] - '!') < 0x80 - '!') at++; // visible ASCII
    while (at < len) {
        unsigned char c = (unsigned char)text[at];
        if (KR_LIKELY(c < 0x80)) {
            if (is_ascii_space(c) != space) break;
            at++;
            continue;
        }
        size_t next = at;
        if (kr_unicode_is_space(kr_utf8_next(text, &next)) != space) break;
        at = next;
    }
    return at;
}

static size_t skip_backward(const KrStrObject *s, size_t at, bool space) {
    while (at > 0) {
        unsigned char c = (unsigned char)kr_str_data(s)[at - 1];
        if (c < 0x80) {
            if (is_ascii_space(c) != space) break;
            at--;
            continue;
        }
        size_t before = at;
        if (kr_unicode_is_space(kr_utf8_prev(kr_str_data(s), &before)) != space) break;
        at = before;
    }
    return at;
}

static bool split_space(KrVm *vm, KrListObject *list, KrValue self, size_t max) {
    const KrStrObject *s = kr_str_of(self);
    size_t at = skip_forward(s, 0, true);
    kr_spend(vm, at >> 4);
    while (at < s->len) {
        size_t end = max-- > 0 ? skip_forward(s, at, false) : s->len; // the rest keeps its spaces
        if (!push_part(vm, list, self, at, end)) return false;
        at = skip_forward(s, end, true);
        kr_spend(vm, (at - end) >> 4);
    }
    return true;
}

static bool rsplit_space(KrVm *vm, KrListObject *list, KrValue self, size_t max) {
    const KrStrObject *s = kr_str_of(self);
    for (size_t end = skip_backward(s, s->len, true); end > 0;) {
        size_t at = max-- > 0 ? skip_backward(s, end, false) : 0;
        if (!push_part(vm, list, self, at, end)) return false;
        end = skip_backward(s, at, true);
    }
    return true;
}

// ---- A separator ---------------------------------------------------------------------------------------------------------------

// Where the byte is next, from `at` on; the end if it is nowhere. Parts are short as a rule.
static inline size_t next_byte(const KrStrObject *s, size_t at, char byte) {
    const char *text = kr_str_data(s);
    size_t near = s->len - at > 24 ? at + 24 : s->len;
    for (; at < near; at++)
        if (text[at] == byte) return at;
    size_t gap = kr_byte_find(text + at, s->len - at, (uint8_t)byte);
    return gap == KR_NOT_FOUND ? s->len : at + gap;
}

static bool split_byte(KrVm *vm, KrListObject *list, KrValue self, char sep, size_t max) { // of ASCII text
    const KrStrObject *s = kr_str_of(self);
    size_t from = 0;
    for (size_t at; max > 0 && (at = next_byte(s, from, sep)) < s->len; max--) {
        if (!push_part(vm, list, self, from, at)) return false;
        from = at + 1;
    }
    return push_part(vm, list, self, from, s->len);
}

static bool split_text(KrVm *vm, KrListObject *list, KrValue self, const KrStrObject *sep, size_t max) {
    if (sep->len == 1 && kr_str_of(self)->flags & KR_STR_ASCII) return split_byte(vm, list, self, kr_str_data(sep)[0], max);
    const KrStrObject *s = kr_str_of(self);
    size_t at = 0;
    for (; max > 0; max--) {
        size_t gap = kr_bytes_find(kr_str_data(s) + at, s->len - at, kr_str_data(sep), sep->len);
        if (gap == KR_NOT_FOUND) break;
        if (!push_part(vm, list, self, at, at + gap)) return false;
        at += gap + sep->len;
    }
    return push_part(vm, list, self, at, s->len);
}

static bool rsplit_text(KrVm *vm, KrListObject *list, KrValue self, const KrStrObject *sep, size_t max) {
    const KrStrObject *s = kr_str_of(self);
    size_t end = s->len;
    for (; max > 0; max--) {
        size_t at = kr_bytes_rfind(kr_str_data(s), end, kr_str_data(sep), sep->len);
        if (at == KR_NOT_FOUND) break;
        if (!push_part(vm, list, self, at + sep->len, end)) return false;
        end = at;
    }
    return push_part(vm, list, self, 0, end);
}

static bool separator(KrVm *vm, KrValue sep, KrValue maxsplit, size_t *max) {
    intptr_t count;
    if (!kr_arg_size(vm, maxsplit, &count)) return false;
    *max = count < 0 ? SIZE_MAX : (size_t)count;
    if (kr_is_none(sep)) return true;
    if (!kr_is_str(sep)) return kr_fail(kr_raise(vm, &kr_type_error, "must be str or None, not %T", sep));
    if (kr_str_of(sep)->len == 0) return kr_fail(kr_raise(vm, &kr_value_error, "empty separator"));
    return true;
}

// Room for all parts at once, where counting them is cheap.
static bool reserve_parts(KrVm *vm, KrListObject *list, KrValue self, KrValue sep) {
    const KrStrObject *s = kr_str_of(self);
    return kr_list_reserve(vm, list, kr_byte_count(kr_str_data(s), s->len, (uint8_t)kr_str_data(kr_str_of(sep))[0]) + 1);
}

KR_STR_METHOD(split) {
    size_t max;
    if (!separator(vm, arg[0], arg[1], &max)) return KR_ERROR;
    KrListObject *list = kr_list_new(vm, 0);
    if (!list) return KR_ERROR;
    if (max == SIZE_MAX && kr_is_str(arg[0]) && kr_str_of(arg[0])->len == 1 && !reserve_parts(vm, list, self, arg[0])) return KR_ERROR;
    bool ok = kr_is_none(arg[0]) ? split_space(vm, list, self, max) : split_text(vm, list, self, kr_str_of(arg[0]), max);
    return ok ? kr_from_ptr(list) : KR_ERROR;
}

KR_STR_METHOD(rsplit) {
    size_t max;
    if (!separator(vm, arg[0], arg[1], &max)) return KR_ERROR;
    KrListObject *list = kr_list_new(vm, 0);
    if (!list) return KR_ERROR;
    bool ok = kr_is_none(arg[0]) ? rsplit_space(vm, list, self, max) : rsplit_text(vm, list, self, kr_str_of(arg[0]), max);
    return ok ? reverse(vm, list) : KR_ERROR;
}

// Where the line that begins at start ends, and where the next one begins.
static size_t line_end(const KrStrObject *s, size_t start, size_t *next) {
    for (size_t at = start; at < s->len; at = *next) {
        unsigned char c = (unsigned char)kr_str_data(s)[at];
        *next = at + 1;
        if (c > 0x1E && c < 0x80) continue;
        *next = at;
        uint32_t cp = kr_utf8_next(kr_str_data(s), next);
        if (!kr_unicode_is_line_break(cp)) continue;
        if (cp == '\r' && *next < s->len && kr_str_data(s)[*next] == '\n') ++*next;
        return at;
    }
    return *next = s->len;
}

KR_STR_METHOD(splitlines) {
    bool keep;
    if (!kr_truth(vm, arg[0], &keep)) return KR_ERROR;
    KrListObject *list = kr_list_new(vm, 0);
    if (!list) return KR_ERROR;
    const KrStrObject *s = kr_str_of(self);
    for (size_t start = 0; start < s->len;) {
        size_t next, end = line_end(s, start, &next);
        if (!push_part(vm, list, self, start, keep ? next : end)) return KR_ERROR;
        start = next;
    }
    return kr_from_ptr(list);
}

static KrValue three_parts(KrVm *vm, KrValue self, size_t at, KrValue sep) {
    const KrStrObject *s = kr_str_of(self);
    KrValue part[3];
    part[0] = kr_str_part(vm, self, 0, at);
    part[1] = sep;
    part[2] = kr_str_part(vm, self, at + kr_str_of(sep)->len, s->len);
    return kr_is_error(part[0]) || kr_is_error(part[2]) ? KR_ERROR : kr_tuple(vm, 3, part);
}

static bool need_separator(KrVm *vm, KrValue sep) {
    if (!kr_is_str(sep)) return kr_fail(kr_raise(vm, &kr_type_error, "must be str, not %T", sep));
    return kr_str_of(sep)->len > 0 || kr_fail(kr_raise(vm, &kr_value_error, "empty separator"));
}

KR_STR_METHOD(partition) {
    if (!need_separator(vm, arg[0])) return KR_ERROR;
    const KrStrObject *s = kr_str_of(self), *sep = kr_str_of(arg[0]);
    kr_spend(vm, s->len >> 8);
    size_t at = kr_bytes_find(kr_str_data(s), s->len, kr_str_data(sep), sep->len);
    if (at != KR_NOT_FOUND) return three_parts(vm, self, at, arg[0]);
    KrValue empty = kr_str(vm, "", 0); // self stays what it is, even an instance of a subclass
    return kr_is_error(empty) ? empty : kr_tuple(vm, 3, (KrValue[]){ self, empty, empty });
}

KR_STR_METHOD(rpartition) {
    if (!need_separator(vm, arg[0])) return KR_ERROR;
    const KrStrObject *s = kr_str_of(self), *sep = kr_str_of(arg[0]);
    kr_spend(vm, s->len >> 8);
    size_t at = kr_bytes_rfind(kr_str_data(s), s->len, kr_str_data(sep), sep->len);
    if (at != KR_NOT_FOUND) return three_parts(vm, self, at, arg[0]);
    KrValue empty = kr_str(vm, "", 0);
    return kr_is_error(empty) ? empty : kr_tuple(vm, 3, (KrValue[]){ empty, empty, self });
}

// ---- strip ---------------------------------------------------------------------------------------------------------------------

enum { LEFT = 1, RIGHT = 2 };

// Whether the character text[from..to) is one of chars.
static bool is_among(const KrStrObject *s, size_t from, size_t to, const KrStrObject *chars) {
    return kr_bytes_find(kr_str_data(chars), chars->len, kr_str_data(s) + from, to - from) != KR_NOT_FOUND;
}

static KrValue strip_chars(KrVm *vm, KrValue self, const KrStrObject *chars, unsigned sides) {
    const KrStrObject *s = kr_str_of(self);
    size_t from = 0, to = s->len;
    while ((sides & LEFT) && from < to) {
        kr_spend(vm, 1);
        if (!kr_settle(vm)) return KR_ERROR;
        size_t next = from + kr_utf8_width_at(kr_str_data(s)[from]);
        if (!is_among(s, from, next, chars)) break;
        from = next;
    }
    while ((sides & RIGHT) && from < to) {
        kr_spend(vm, 1);
        if (!kr_settle(vm)) return KR_ERROR;
        size_t before = to;
        (void)kr_utf8_prev(kr_str_data(s), &before);
        if (!is_among(s, before, to, chars)) break;
        to = before;
    }
    return kr_str_part(vm, self, from, to);
}

static KrValue strip(KrVm *vm, KrValue self, KrValue chars, unsigned sides, const char *method) {
    const KrStrObject *s = kr_str_of(self);
    if (kr_is_str(chars)) return strip_chars(vm, self, kr_str_of(chars), sides);
    if (!kr_is_none(chars)) return kr_raise(vm, &kr_type_error, "%s arg must be None or str", method);
    size_t from = sides & LEFT ? skip_forward(s, 0, true) : 0;
    size_t to = sides & RIGHT && from < s->len ? skip_backward(s, s->len, true) : s->len;
    kr_spend(vm, (s->len - (to > from ? to - from : 0)) >> 4);
    return kr_str_part(vm, self, from, to);
}

KR_STR_METHOD(strip) { return strip(vm, self, arg[0], LEFT | RIGHT, "strip"); }
KR_STR_METHOD(lstrip) { return strip(vm, self, arg[0], LEFT, "lstrip"); }
KR_STR_METHOD(rstrip) { return strip(vm, self, arg[0], RIGHT, "rstrip"); }

// ---- join ----------------------------------------------------------------------------------------------------------------------

// The size of the joined text and what it contains; false: raised.
static bool measure(KrVm *vm, const KrStrObject *sep, const KrValue *item, size_t count, KrStrObject *sum, uint64_t *len) {
    uint32_t all = count > 1 ? sep->flags : KR_STR_ASCII, any = count > 1 ? sep->flags : 0;
    uint64_t bytes = (uint64_t)sep->len * (count - 1), chars = (uint64_t)sep->chars * (count - 1);
    for (size_t i = 0; i < count; i++) {
        if (KR_UNLIKELY(!kr_is_str(item[i])))
            return kr_fail(kr_raise(vm, &kr_type_error, "sequence item %u: expected str instance, %T found", i, item[i]));
        const KrStrObject *s = kr_str_of(item[i]);
        bytes += s->len;
        chars += s->chars;
        all &= s->flags;
        any |= s->flags;
        if (KR_UNLIKELY(i % 8192 == 8191) && !kr_bulk_done(vm, KR_BULK_BYTES)) return false;
    }
    *len = bytes;
    sum->chars = (uint32_t)chars;
    sum->flags = (all & KR_STR_ASCII) | (any & KR_STR_SURROGATES);
    return true;
}

static KrValue join_items(KrVm *vm, KrValue self, const KrValue *item, size_t count) {
    if (count == 0) return kr_str(vm, "", 0);
    if (count == 1 && kr_is_exact(item[0], &kr_str_type)) return item[0];
    const KrStrObject *sep = kr_str_of(self);
    KrStrObject sum;
    uint64_t len;
    if (!measure(vm, sep, item, count, &sum, &len)) return KR_ERROR;
    if (len > UINT32_MAX) return kr_raise_memory(vm);
    KrStrObject *out = kr_str_new(vm, (size_t)len, (sum.flags & KR_STR_ASCII) != 0);
    if (!out) return KR_ERROR;
    char *to = out->own;
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && sep->len == 1) *to++ = kr_str_data(sep)[0];
        else if (i > 0 && !kr_bulk_copy(vm, to, kr_str_data(sep), sep->len)) return KR_ERROR;
        else if (i > 0) to += sep->len;
        const KrStrObject *s = kr_str_of(item[i]);
        if (!kr_bulk_copy(vm, to, kr_str_data(s), s->len)) return KR_ERROR;
        to += s->len;
        if (KR_UNLIKELY(i % 8192 == 8191) && !kr_bulk_done(vm, KR_BULK_BYTES)) return KR_ERROR;
    }
    kr_spend(vm, count / 2);
    out->chars = sum.chars;
    out->flags = sum.flags;
    return kr_from_ptr(out);
}

bool kr_is_iterable(KrVm *vm, KrValue v) {
    const KrType *type = kr_type_of(v);
    return !kr_is_unset(kr_type_lookup(vm, type, KR_N(__iter__))) || !kr_is_unset(kr_type_lookup(vm, type, KR_N(__getitem__)));
}

KR_STR_METHOD(join) {
    KrValue items = kr_row_of(vm, arg[0], "can only join an iterable");
    if (kr_is_error(items)) return items;
    size_t count;
    const KrValue *item = kr_is_tuple(items) ? kr_tuple_items(items, &count) : kr_list_items(items, &count);
    return join_items(vm, self, item, count);
}
