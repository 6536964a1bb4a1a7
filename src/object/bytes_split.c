// bytes_split.c - cutting bytes into parts and joining them: split, splitlines, partition, strip, join.
// SPDX-License-Identifier: MIT
#include "base/search.h"
#include "object/bytes_method.h"
#include "object/list.h"
#include "object/str_method.h"
#include "object/text.h"
#include "object/vm_state.h"

static bool is_space(uint8_t c) { return c == ' ' || (c >= 9 && c <= 13); }

static bool push_part(KrVm *vm, KrListObject *list, KrValue self, KrSpan s, size_t from, size_t to) {
    KrValue part = kr_bytes_like(vm, self, s.data + from, to - from);
    kr_spend(vm, 1 + ((to - from) >> 6));
    return !kr_is_error(part) && kr_list_push(vm, list, part) && kr_limits_settle(vm); // no Python code: it could change the bytes
}

static KrValue reverse(KrVm *vm, KrListObject *list) {
    for (size_t i = 0, j = list->len; i + 1 < j; i++) {
        KrValue left = list->items->item[i], right = list->items->item[--j];
        kr_store(vm, list->items, &list->items->item[i], right);
        kr_store(vm, list->items, &list->items->item[j], left);
    }
    return kr_from_ptr(list);
}

static bool split_space(KrVm *vm, KrListObject *list, KrValue self, KrSpan s, size_t max) {
    for (size_t at = 0;;) {
        while (at < s.len && is_space(s.data[at])) at++;
        if (at == s.len) return true;
        size_t end = at;
        if (max-- == 0) end = s.len;
        while (end < s.len && !is_space(s.data[end])) end++;
        if (!push_part(vm, list, self, s, at, end)) return false;
        at = end;
    }
}

static bool rsplit_space(KrVm *vm, KrListObject *list, KrValue self, KrSpan s, size_t max) {
    for (size_t end = s.len;;) {
        while (end > 0 && is_space(s.data[end - 1])) end--;
        if (end == 0) return true;
        size_t at = end;
        if (max-- == 0) at = 0;
        while (at > 0 && !is_space(s.data[at - 1])) at--;
        if (!push_part(vm, list, self, s, at, end)) return false;
        end = at;
    }
}

static bool split_at(KrVm *vm, KrListObject *list, KrValue self, KrSpan s, KrSpan sep, size_t max) {
    size_t at = 0;
    for (; max > 0; max--) {
        size_t gap = kr_bytes_find(s.data + at, s.len - at, sep.data, sep.len);
        if (gap == KR_NOT_FOUND) break;
        if (!push_part(vm, list, self, s, at, at + gap)) return false;
        at += gap + sep.len;
    }
    return push_part(vm, list, self, s, at, s.len);
}

static bool rsplit_at(KrVm *vm, KrListObject *list, KrValue self, KrSpan s, KrSpan sep, size_t max) {
    size_t end = s.len;
    for (; max > 0; max--) {
        size_t at = kr_bytes_rfind(s.data, end, sep.data, sep.len);
        if (at == KR_NOT_FOUND) break;
        if (!push_part(vm, list, self, s, at + sep.len, end)) return false;
        end = at;
    }
    return push_part(vm, list, self, s, 0, end);
}

static KrValue split(KrVm *vm, KrValue self, const KrValue *arg, bool right) {
    intptr_t count;
    KrBuffer sep;
    bool space = kr_is_none(arg[0]), ok;
    if (!kr_arg_size(vm, arg[1], &count) || (!space && !kr_get_buffer(vm, arg[0], &sep, KR_BUFFER_READ))) return KR_ERROR;
    size_t max = count < 0 ? SIZE_MAX : (size_t)count;
    KrListObject *list = kr_list_new(vm, 0);
    KrSpan s = kr_span_of(self);
    kr_spend(vm, s.len >> 5);
    if (!list) ok = false;
    else if (space) ok = right ? rsplit_space(vm, list, self, s, max) : split_space(vm, list, self, s, max);
    else if (sep.len == 0) ok = kr_fail(kr_raise(vm, &kr_value_error, "empty separator"));
    else ok = (right ? rsplit_at : split_at)(vm, list, self, s, (KrSpan){ sep.data, sep.len }, max);
    if (!space) kr_release_buffer(vm, &sep);
    if (!ok) return KR_ERROR;
    return right ? reverse(vm, list) : kr_from_ptr(list);
}

KR_BYTES_METHOD(split) { return split(vm, self, arg, false); }
KR_BYTES_METHOD(rsplit) { return split(vm, self, arg, true); }

KR_BYTES_METHOD(splitlines) {
    bool keep;
    if (!kr_truth(vm, arg[0], &keep)) return KR_ERROR;
    KrListObject *list = kr_list_new(vm, 0);
    if (!list) return KR_ERROR;
    KrSpan s = kr_span_of(self);
    kr_spend(vm, s.len >> 5);
    for (size_t start = 0; start < s.len;) {
        size_t end = start;
        while (end < s.len && s.data[end] != '\n' && s.data[end] != '\r') end++;
        size_t next = end < s.len ? end + 1 : end;
        if (next < s.len && s.data[end] == '\r' && s.data[next] == '\n') next++;
        if (!push_part(vm, list, self, s, start, keep ? next : end)) return KR_ERROR;
        start = next;
    }
    return kr_from_ptr(list);
}

static KrValue partition(KrVm *vm, KrValue self, KrValue sep, bool last) {
    KrBuffer buffer;
    if (!kr_get_buffer(vm, sep, &buffer, KR_BUFFER_READ)) return KR_ERROR;
    if (buffer.len == 0) {
        kr_release_buffer(vm, &buffer);
        return kr_raise(vm, &kr_value_error, "empty separator");
    }
    KrSpan s = kr_span_of(self);
    kr_spend(vm, s.len >> 8);
    size_t at = last ? kr_bytes_rfind(s.data, s.len, buffer.data, buffer.len) : kr_bytes_find(s.data, s.len, buffer.data, buffer.len);
    bool found = at != KR_NOT_FOUND;
    size_t end = found ? at + buffer.len : last ? 0 : s.len;
    if (!found) at = end;
    KrValue part[3];
    part[0] = kr_bytes_like(vm, self, s.data, at);
    part[1] = found && kr_is_bytes(self) ? sep : kr_bytes_like(vm, self, s.data + at, end - at);
    part[2] = kr_bytes_like(vm, self, s.data + end, s.len - end);
    kr_release_buffer(vm, &buffer);
    for (int i = 0; i < 3; i++)
        if (kr_is_error(part[i])) return KR_ERROR;
    return kr_tuple(vm, 3, part);
}

KR_BYTES_METHOD(partition) { return partition(vm, self, arg[0], false); }
KR_BYTES_METHOD(rpartition) { return partition(vm, self, arg[0], true); }

// ---- strip ---------------------------------------------------------------------------------------------------------------------

enum { LEFT = 1, RIGHT = 2 };

static KrValue strip_set(KrVm *vm, KrValue self, const bool *set, unsigned sides) {
    KrSpan s = kr_span_of(self);
    size_t from = 0, to = s.len;
    while ((sides & LEFT) && from < to && set[s.data[from]]) from++;
    while ((sides & RIGHT) && from < to && set[s.data[to - 1]]) to--;
    kr_spend(vm, (s.len - (to - from)) >> 4);
    return kr_bytes_like(vm, self, s.data + from, to - from);
}

static KrValue strip(KrVm *vm, KrValue self, KrValue bytes, unsigned sides) {
    bool set[256] = { false };
    KrBuffer buffer;
    if (kr_is_none(bytes)) {
        for (unsigned i = 0; i <= ' '; i++) set[i] = is_space((uint8_t)i);
        return strip_set(vm, self, set, sides);
    }
    if (!kr_get_buffer(vm, bytes, &buffer, KR_BUFFER_READ)) return KR_ERROR;
    for (size_t i = 0; i < buffer.len; i++) set[((const uint8_t *)buffer.data)[i]] = true;
    kr_release_buffer(vm, &buffer);
    return strip_set(vm, self, set, sides);
}

KR_BYTES_METHOD(strip) { return strip(vm, self, arg[0], LEFT | RIGHT); }
KR_BYTES_METHOD(lstrip) { return strip(vm, self, arg[0], LEFT); }
KR_BYTES_METHOD(rstrip) { return strip(vm, self, arg[0], RIGHT); }

// ---- join ----------------------------------------------------------------------------------------------------------------------

static bool add_item(KrText *t, KrValue item, size_t number) {
    KrVm *vm = t->vm;
    if (kr_is_bytes(item)) {
        KrSpan s = kr_span_of(item);
        kr_text_add(t, (const char *)s.data, s.len);
        return !t->failed;
    }
    KrBuffer buffer;
    if (!kr_get_buffer(vm, item, &buffer, KR_BUFFER_READ)) {
        if (!kr_raised_is(vm, &kr_exception) || kr_raised_is(vm, &kr_memory_error)) return false;
        (void)kr_take_raised(vm);
        return kr_fail(kr_raise(vm, &kr_type_error, "sequence item %u: expected a bytes-like object, %T found", number, item));
    }
    kr_text_add(t, buffer.data, buffer.len);
    kr_release_buffer(vm, &buffer);
    return !t->failed;
}

static KrValue joined(KrVm *vm, KrValue self, KrValue items) {
    KrText t;
    kr_text_init(vm, &t);
    for (size_t i = 0;; i++) { // a buffer's __buffer__ may change the list
        size_t count;
        const KrValue *item = kr_is_tuple(items) ? kr_tuple_items(items, &count) : kr_list_items(items, &count);
        if (i >= count) break;
        if (count == 1 && kr_is_exact(item[0], &kr_bytes_type) && kr_is_bytes(self)) return item[0];
        KrSpan sep = kr_span_of(self);
        if (i > 0) kr_text_add(&t, (const char *)sep.data, sep.len);
        kr_spend(vm, 1);
        if (!add_item(&t, item[i], i) || !kr_settle(vm)) return KR_ERROR;
    }
    if (t.failed) return KR_ERROR;
    return kr_has_flag(self, KR_TYPE_IS_BYTEARRAY) ? kr_bytearray(vm, t.data, t.len) : kr_text_bytes(&t);
}

KR_BYTES_METHOD(join) {
    KrByteArrayObject *array = kr_has_flag(self, KR_TYPE_IS_BYTEARRAY) ? KR_AS(KrByteArrayObject, self) : NULL;
    if (array) array->exports++; // while Python code may run
    KrValue items = kr_row_of(vm, arg[0], "can only join an iterable"), v = kr_is_error(items) ? items : joined(vm, self, items);
    if (array) array->exports--;
    return v;
}
