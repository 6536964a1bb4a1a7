// bytes_search.c - looking for bytes in bytes: find, count, startswith, replace and the methods around them.
// SPDX-License-Identifier: MIT
#include "base/search.h"
#include "object/bulk.h"
#include "object/bytes_method.h"
#include "object/name_table.h"
#include "object/str_method.h"
#include "object/tuple.h"

// What is looked for: one byte, given as an int, or the bytes of a buffer, which is held until release.
typedef struct {
    KrSpan span;
    uint8_t byte;
    bool held;
    KrBuffer buffer;
} Needle;

static bool is_index(KrVm *vm, KrValue v) { return kr_is_integer(v) || !kr_is_unset(kr_type_lookup(vm, kr_type_of(v), KR_N(__index__))); }

bool kr_arg_byte(KrVm *vm, KrValue v, const char *message, uint8_t *out) {
    intptr_t i;
    if (kr_is_int(v)) i = kr_int_value(v);
    else if (!kr_to_index_clipped(vm, v, &i)) return false;
    if (i < 0 || i > 255) return kr_fail(kr_raise(vm, &kr_value_error, "%s", message));
    return *out = (uint8_t)i, true;
}

static bool get_needle(KrVm *vm, KrValue v, Needle *needle) {
    needle->held = false;
    if (kr_is_bytes(v)) {
        needle->span = kr_span_of(v);
        return true;
    }
    if (is_index(vm, v)) {
        needle->span = (KrSpan){ &needle->byte, 1 };
        return kr_arg_byte(vm, v, "byte must be in range(0, 256)", &needle->byte);
    }
    if (!kr_get_buffer(vm, v, &needle->buffer, KR_BUFFER_READ)) {
        if (!kr_raised_is(vm, &kr_type_error)) return false;
        (void)kr_take_raised(vm);
        return kr_fail(kr_raise(vm, &kr_type_error, "argument should be integer or bytes-like object, not '%T'", v));
    }
    needle->span = (KrSpan){ needle->buffer.data, needle->buffer.len };
    return needle->held = true;
}

static void release(KrVm *vm, Needle *needle) {
    if (needle->held) kr_release_buffer(vm, &needle->buffer);
}

// The range of self, clipped to what self has after the arguments were converted.
static bool get_range(KrVm *vm, KrValue self, const KrValue *ends, size_t *from, size_t *to) {
    return kr_clip_range(vm, ends[0], ends[1], kr_span_of(self).len, from, to);
}

static KrSpan range_of(KrValue self, size_t from, size_t to) {
    KrSpan s = kr_span_of(self);
    if (to > s.len) to = s.len;
    if (from > to) from = to;
    return (KrSpan){ s.data + from, to - from };
}

static bool find_bytes(KrVm *vm, KrValue self, const KrValue *arg, bool last, size_t *found) {
    size_t from, to;
    Needle needle;
    if (!get_range(vm, self, arg + 1, &from, &to) || !get_needle(vm, arg[0], &needle)) return false;
    KrSpan s = range_of(self, from, to);
    *found = KR_NOT_FOUND;
    if (from <= to) {
        kr_spend(vm, s.len >> 8);
        *found = last ? kr_bytes_rfind(s.data, s.len, needle.span.data, needle.span.len)
                      : kr_bytes_find(s.data, s.len, needle.span.data, needle.span.len);
        if (*found != KR_NOT_FOUND) *found += from;
    }
    release(vm, &needle);
    return true;
}

static KrValue found_or_minus(KrVm *vm, KrValue self, const KrValue *arg, bool last) {
    size_t found;
    if (!find_bytes(vm, self, arg, last, &found)) return KR_ERROR;
    return found == KR_NOT_FOUND ? kr_int_box(-1) : kr_int(vm, (int64_t)found);
}

static KrValue found_or_raise(KrVm *vm, KrValue self, const KrValue *arg, bool last) {
    size_t found;
    if (!find_bytes(vm, self, arg, last, &found)) return KR_ERROR;
    return found == KR_NOT_FOUND ? kr_raise(vm, &kr_value_error, "subsection not found") : kr_int(vm, (int64_t)found);
}

KR_BYTES_METHOD(find) { return found_or_minus(vm, self, arg, false); }
KR_BYTES_METHOD(rfind) { return found_or_minus(vm, self, arg, true); }
KR_BYTES_METHOD(index) { return found_or_raise(vm, self, arg, false); }
KR_BYTES_METHOD(rindex) { return found_or_raise(vm, self, arg, true); }

KR_BYTES_METHOD(count) {
    size_t from, to;
    Needle needle;
    if (!get_range(vm, self, arg + 1, &from, &to) || !get_needle(vm, arg[0], &needle)) return KR_ERROR;
    KrSpan s = range_of(self, from, to);
    kr_spend(vm, s.len >> 5);
    size_t count = 0;
    bool ok = from > to || kr_bulk_count(vm, s.data, s.len, needle.span.data, needle.span.len, SIZE_MAX, &count);
    release(vm, &needle);
    return ok ? kr_int(vm, (int64_t)count) : KR_ERROR;
}

bool kr_span_contains(KrVm *vm, KrValue self, KrValue item, bool *out) {
    KrSpan span;
    if (is_index(vm, item)) {
        intptr_t i;
        if (kr_to_index_clipped(vm, item, &i)) {
            if (i < 0 || i > 255) return kr_fail(kr_raise(vm, &kr_value_error, "byte must be in range(0, 256)"));
            span = kr_span_of(self); // only now: __index__ may have changed it
            return *out = kr_byte_find(span.data, span.len, (uint8_t)i) != KR_NOT_FOUND, true;
        }
        if (kr_raised_is(vm, &kr_limit_exceeded) || kr_raised_is(vm, &kr_memory_error)) return false;
        (void)kr_take_raised(vm); // whatever it was: then it must be a buffer
    }
    KrBuffer buffer;
    if (!kr_get_buffer(vm, item, &buffer, KR_BUFFER_READ)) return false;
    span = kr_span_of(self);
    kr_spend(vm, span.len >> 8);
    *out = kr_bytes_find(span.data, span.len, buffer.data, buffer.len) != KR_NOT_FOUND;
    kr_release_buffer(vm, &buffer);
    return true;
}

// ---- Ends ----------------------------------------------------------------------------------------------------------------------

static bool ends_match(KrSpan s, KrSpan part, bool at_end) {
    if (s.len < part.len) return false;
    return memcmp(at_end ? s.data + s.len - part.len : s.data, part.data, part.len) == 0;
}

static bool one_end_matches(KrVm *vm, KrValue self, size_t from, size_t to, KrValue part, bool at_end, bool *match) {
    KrBuffer buffer;
    if (!kr_get_buffer(vm, part, &buffer, KR_BUFFER_READ)) return false;
    *match = from <= to && ends_match(range_of(self, from, to), (KrSpan){ buffer.data, buffer.len }, at_end);
    kr_release_buffer(vm, &buffer);
    return true;
}

static KrValue starts_or_ends(KrVm *vm, KrValue self, const KrValue *arg, const char *method, bool at_end) {
    size_t from, to;
    bool match = false;
    if (!get_range(vm, self, arg + 1, &from, &to)) return KR_ERROR;
    if (kr_is_tuple(arg[0])) {
        const KrTupleObject *t = KR_AS(const KrTupleObject, arg[0]);
        for (size_t i = 0; i < t->len && !match; i++)
            if (!one_end_matches(vm, self, from, to, t->item[i], at_end, &match)) return KR_ERROR;
        return kr_bool(match);
    }
    if (one_end_matches(vm, self, from, to, arg[0], at_end, &match)) return kr_bool(match);
    if (!kr_raised_is(vm, &kr_type_error)) return KR_ERROR;
    (void)kr_take_raised(vm);
    return kr_raise(vm, &kr_type_error, "%s first arg must be bytes or a tuple of bytes, not %T", method, arg[0]);
}

KR_BYTES_METHOD(startswith) { return starts_or_ends(vm, self, arg, "startswith", false); }
KR_BYTES_METHOD(endswith) { return starts_or_ends(vm, self, arg, "endswith", true); }

static KrValue remove_end(KrVm *vm, KrValue self, KrValue part, bool at_end) {
    KrBuffer buffer;
    if (!kr_get_buffer(vm, part, &buffer, KR_BUFFER_READ)) return KR_ERROR;
    KrSpan s = kr_span_of(self);
    size_t cut = ends_match(s, (KrSpan){ buffer.data, buffer.len }, at_end) ? buffer.len : 0;
    kr_release_buffer(vm, &buffer);
    return kr_bytes_like(vm, self, at_end ? s.data : s.data + cut, s.len - cut);
}

KR_BYTES_METHOD(removeprefix) { return remove_end(vm, self, arg[0], false); }
KR_BYTES_METHOD(removesuffix) { return remove_end(vm, self, arg[0], true); }

// ---- replace -------------------------------------------------------------------------------------------------------------------

static bool copy(KrVm *vm, uint8_t **out, const uint8_t *data, size_t len) {
    if (!kr_bulk_copy(vm, *out, data, len)) return false;
    *out += len;
    return true;
}

static bool fill_replaced(KrVm *vm, KrSpan s, KrSpan old, KrSpan new, size_t count, uint8_t *out) {
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        size_t gap = old.len == 0 ? (i > 0) : kr_bytes_find(s.data + at, s.len - at, old.data, old.len);
        if (!copy(vm, &out, s.data + at, gap) || !copy(vm, &out, new.data, new.len)) return false;
        at += gap + old.len;
        if (KR_UNLIKELY(i % 8192 == 8191) && !kr_bulk_done(vm, KR_BULK_BYTES)) return false;
    }
    return copy(vm, &out, s.data + at, s.len - at);
}

static KrValue replaced(KrVm *vm, KrValue self, KrSpan old, KrSpan new, size_t max) {
    KrSpan s = kr_span_of(self);
    kr_spend(vm, s.len >> 5);
    size_t count;
    if (!kr_bulk_count(vm, s.data, s.len, old.data, old.len, max, &count)) return KR_ERROR;
    if (count == 0) return kr_bytes_like(vm, self, s.data, s.len);
    size_t kept = s.len - count * old.len;
    if (new.len && count > (PTRDIFF_MAX - kept) / new.len) return kr_raise(vm, &kr_overflow_error, "replace bytes is too long");
    size_t len = kept + count * new.len;
    KrValue result = kr_isa(self, &kr_bytearray_type) ? kr_bytearray(vm, NULL, len) : kr_bytes(vm, NULL, len);
    if (kr_is_error(result) || len == 0) return result;
    return fill_replaced(vm, s, old, new, count, kr_bytes_data(result, NULL)) ? result : KR_ERROR;
}

KR_BYTES_METHOD(replace) {
    KrBuffer old, new;
    intptr_t max;
    if (!kr_get_buffer(vm, arg[0], &old, KR_BUFFER_READ)) return KR_ERROR;
    KrValue result = KR_ERROR;
    if (kr_get_buffer(vm, arg[1], &new, KR_BUFFER_READ)) {
        if (kr_arg_size(vm, arg[2], &max))
            result = replaced(vm, self, (KrSpan){ old.data, old.len }, (KrSpan){ new.data, new.len }, max < 0 ? SIZE_MAX : (size_t)max);
        kr_release_buffer(vm, &new);
    }
    kr_release_buffer(vm, &old);
    return result;
}
