// bisect_module.c - the _bisect module: binary search in sorted sequences, and insertion. lib/bisect.py gives its names.
// SPDX-License-Identifier: MIT
#include "krait.h"

#define FUNCTION(name) static KrValue bisect_##name(KrVm *vm, KrValue self, const KrValue *arg)

// arg: (a, x, lo, hi, key)
static KrValue item_at(KrVm *vm, const KrValue *arg, bool list, size_t i) {
    size_t len;
    KrValue v;
    if (list) {
        const KrValue *item = kr_list_items(arg[0], &len);
        v = i < len ? item[i] : kr_raise(vm, &kr_index_error, "list index out of range");
    } else {
        v = kr_getitem(vm, arg[0], kr_int(vm, (int64_t)i));
    }
    return kr_is_error(v) || kr_is_none(arg[4]) ? v : kr_call(vm, arg[4], 1, &v);
}

static bool less(KrVm *vm, KrValue a, KrValue b, bool *out) {
    if (kr_both_int(a, b)) return *out = kr_int_less(a, b), true;
    if (kr_is_double(a) && kr_is_double(b)) return *out = kr_double_unbox(a) < kr_double_unbox(b), true;
    return kr_compare_bool(vm, a, b, KR_LT, out);
}

// Where x belongs: behind all items that are equal to it, or before them. x has been through key.
static bool search(KrVm *vm, const KrValue *arg, KrValue x, bool right, size_t *out) {
    intptr_t lo, hi = -1;
    size_t len;
    bool list = kr_is_list(arg[0]) && !kr_has_flag(arg[0], KR_TYPE_HEAP), smaller;
    if (!kr_to_index(vm, arg[2], &lo) || (!kr_is_none(arg[3]) && !kr_to_index(vm, arg[3], &hi))) return false;
    if (lo < 0) return kr_fail(kr_raise(vm, &kr_value_error, "lo must be non-negative"));
    if (hi == -1 && !kr_len(vm, arg[0], &len)) return false;
    size_t from = (size_t)lo, to = hi == -1 ? len : hi < 0 ? 0 : (size_t)hi;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        KrValue v = item_at(vm, arg, list, middle);
        if (kr_is_error(v) || !(right ? less(vm, x, v, &smaller) : less(vm, v, x, &smaller))) return false; // at most 64 times
        if (smaller == right) to = middle;
        else from = middle + 1;
    }
    return *out = from, true;
}

static KrValue place(KrVm *vm, const KrValue *arg, bool right) {
    size_t at;
    return search(vm, arg, arg[1], right, &at) ? kr_int(vm, (int64_t)at) : KR_ERROR;
}

static KrValue insert(KrVm *vm, const KrValue *arg, bool right) {
    size_t at;
    KrValue x = kr_is_none(arg[4]) ? arg[1] : kr_call(vm, arg[4], 1, arg + 1);
    if (kr_is_error(x) || !search(vm, arg, x, right, &at)) return KR_ERROR;
    KrValue pair[2] = { kr_int(vm, (int64_t)at), arg[1] };
    return kr_is_error(pair[0]) || kr_is_error(kr_call_method(vm, arg[0], "insert", 2, pair)) ? KR_ERROR : KR_NONE;
}

FUNCTION(bisect_right) { return (void)self, place(vm, arg, true); }
FUNCTION(bisect_left) { return (void)self, place(vm, arg, false); }
FUNCTION(insort_right) { return (void)self, insert(vm, arg, true); }
FUNCTION(insort_left) { return (void)self, insert(vm, arg, false); }

static const KrMethod functions[] = {
    { "bisect_right(a, x, lo=0, hi=None, *, key=None)", bisect_bisect_right,
      KR_DOC(
          "Return where to insert x in the sorted list a: behind all items that are equal to it.\n\nlo and hi bound the slice of a to be "
          "searched; key is applied to its items."),
      0 },
    { "bisect_left(a, x, lo=0, hi=None, *, key=None)", bisect_bisect_left,
      KR_DOC(
          "Return where to insert x in the sorted list a: before all items that are equal to it.\n\nlo and hi bound the slice of a to be "
          "searched; key is applied to its items."),
      0 },
    { "insort_right(a, x, lo=0, hi=None, *, key=None)", bisect_insort_right,
      KR_DOC(
          "Insert x in the sorted list a, behind all items that are equal to it.\n\nlo and hi bound the slice of a to be searched; key is "
          "applied to its items and to x."),
      0 },
    { "insort_left(a, x, lo=0, hi=None, *, key=None)", bisect_insort_left,
      KR_DOC(
          "Insert x in the sorted list a, before all items that are equal to it.\n\nlo and hi bound the slice of a to be searched; key is "
          "applied to its items and to x."),
      0 },
    { 0 },
};

const KrModuleDef kr_bisect_module = { "_bisect", KR_DOC("Binary search in sorted sequences."), functions, NULL, NULL };
