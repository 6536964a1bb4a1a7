// list_sort.c - list.sort(): stable, adaptive merging of the runs that are there already.
//
// Runs are merged in the order that Powersort gives (J. I. Munro, S. Wild: Nearly-Optimal Mergesorts, ESA 2018); a merge gallops where one
// side wins again and again (T. Peters, listsort; P. McIlroy: Optimistic Sorting and Information Theoretic Complexity, SODA 1993).
//
// A comparison may be Python code, and may be inconsistent: no index depends on what it answers. The list shows itself as empty meanwhile,
// and is sorted in a copy; the original array and a copy of the keys stay untouched until the end, so that the collector sees every item in
// at least one place that does not change. SPDX-License-Identifier: MIT
#include "base/word.h"
#include "object/bulk.h"
#include "object/container.h"
#include "object/list.h"
#include "object/object.h"
#include "object/tuple.h"

enum { KR_RUN_PIECE = 8192, KR_MIN_GALLOP = 7, KR_RUNS_MAX = 90, KR_MIN_RUN_LIMIT = 64 };

typedef enum { BY_INT, BY_FLOAT, BY_STR, BY_CALL } Mode; // how keys are compared: BY_CALL through Sort.less

typedef struct { // keys, and the values that travel with them (NULL: the keys are the values)
    KrValue *k, *v;
} Row;

typedef struct Sort {
    KrVm *vm;
    int (*less)(struct Sort *s, KrValue a, KrValue b);       // 1, 0, or -1: raised
    int (*first_less)(struct Sort *s, KrValue a, KrValue b); // of the first items of tuples
    Row row, spare;                                          // spare: room for half of the row
    size_t len, min_gallop;
    KrSlots *key, *value, *spare_key, *spare_value, *held; // held: the keys in their first order
} Sort;

typedef struct {
    size_t start, len;
    unsigned power; // of the boundary with the run before
} Run;

// ---- Comparing -----------------------------------------------------------------------------------------------------------------

#if KR_TAGGED
static inline double number(KrValue v) { return kr_float_value(v); }
#else
static inline double number(KrValue v) { return kr_double_unbox(v); }
#endif

static int less_any(Sort *s, KrValue a, KrValue b) {
    bool less;
    if (kr_both_int(a, b)) return kr_int_less(a, b);
    return kr_compare_bool(s->vm, a, b, KR_LT, &less) ? less : -1;
}

// The first bytes of a text as a number that orders as they do. Cells are rounded up to words, so there is a whole one to load.
static inline uint64_t prefix(KrValue v) {
    const KrStrObject *str = kr_str_of(v);
    KrWord word = kr_word_load(kr_str_data(str));
    if (str->len < KR_WORD_BYTES) word &= ((KrWord)1 << 8 * str->len) - 1;
    return KR_WORD_BYTES == 8 ? __builtin_bswap64(word) : __builtin_bswap32((uint32_t)word);
}

static KR_HOT_INLINE int str_less(KrValue a, KrValue b) {
    uint64_t x = prefix(a), y = prefix(b);
    return x != y ? x < y : kr_str_order(a, b) < 0;
}

static int less_str(Sort *s, KrValue a, KrValue b) { return (void)s, str_less(a, b); }
static int less_int(Sort *s, KrValue a, KrValue b) { return (void)s, kr_int_less(a, b); }
static int less_float(Sort *s, KrValue a, KrValue b) { return (void)s, number(a) < number(b); }

// Exact tuples, whose first items are all of one kind: that of s->first_less.
static int less_tuple(Sort *s, KrValue a, KrValue b) {
    const KrTupleObject *x = KR_AS(const KrTupleObject, a), *y = KR_AS(const KrTupleObject, b);
    size_t len = x->len < y->len ? x->len : y->len;
    for (size_t i = 0; i < len; i++) {
        KrValue v = x->item[i], w = y->item[i];
        bool same = false;
        if (kr_same(v, w)) continue;
        if (!kr_both_int(v, w) && !kr_equal(s->vm, v, w, &same)) return -1;
        if (!same) return i ? less_any(s, v, w) : s->first_less(s, v, w);
    }
    return x->len < y->len;
}

static KR_HOT_INLINE int less(Sort *s, KrValue a, KrValue b, Mode mode) {
    if (mode == BY_INT) return kr_int_less(a, b);
    if (mode == BY_FLOAT) return number(a) < number(b);
    if (mode == BY_STR) return str_less(a, b);
    return s->less(s, a, b);
}

static bool is_plain_float(KrValue v) { return kr_is_float(v) && !(kr_is_ptr(v) && (kr_type_of(v)->flags & KR_TYPE_HEAP)); }

typedef int (*Less)(Sort *s, KrValue a, KrValue b);

// The comparison for a value of this kind, if all others are of the same.
static Less less_for(KrValue v) {
    if (kr_is_int(v)) return less_int;
    if (is_plain_float(v)) return less_float;
    if (kr_is_exact(v, &kr_str_type)) return less_str;
    return kr_is_exact(v, &kr_tuple_type) && KR_AS(KrTupleObject, v)->len ? less_tuple : less_any;
}

// Looks at the limits now and then, without Python code.
static bool may_go_on(Sort *s, size_t i) { return KR_LIKELY(i % 16384 != 16383) || kr_bulk_done(s->vm, KR_BULK_BYTES / 4); }

static bool choose_less(Sort *s, size_t n) {
    const KrValue *key = s->row.k;
    s->less = less_for(key[0]);
    for (size_t i = 1; i < n && s->less != less_any; i++) {
        if (less_for(key[i]) != s->less) s->less = less_any;
        if (!may_go_on(s, i)) return false;
    }
    if (s->less != less_tuple) return true;
    s->first_less = less_for(KR_AS(KrTupleObject, key[0])->item[0]);
    if (s->first_less == less_tuple) s->first_less = less_any;
    for (size_t i = 1; i < n && s->first_less != less_any; i++) {
        if (less_for(KR_AS(KrTupleObject, key[i])->item[0]) != s->first_less) s->first_less = less_any;
        if (!may_go_on(s, i)) return false;
    }
    return true;
}

// ---- Moving --------------------------------------------------------------------------------------------------------------------

static KR_HOT_INLINE Row at(Row r, size_t i) { return (Row){ r.k + i, r.v ? r.v + i : NULL }; }

static KR_HOT_INLINE void put(Row to, size_t i, Row from, size_t j) {
    to.k[i] = from.k[j];
    if (to.v) to.v[i] = from.v[j];
}

static KR_NOINLINE void move(Row to, size_t i, Row from, size_t j, size_t n) {
    memmove(to.k + i, from.k + j, n * sizeof(KrValue));
    if (to.v) memmove(to.v + i, from.v + j, n * sizeof(KrValue));
}

static void reverse(KrValue *item, size_t n) {
    for (size_t i = 0, j = n; j > i + 1; i++) {
        KrValue v = item[i];
        item[i] = item[--j];
        item[j] = v;
    }
}

static void reverse_row(Row r, size_t n) {
    reverse(r.k, n);
    if (r.v) reverse(r.v, n);
}

// ---- Runs ----------------------------------------------------------------------------------------------------------------------

// Length of the run that begins here; one that descends (strictly, for the sake of stability) is turned round. 0: raised.
static KR_HOT_INLINE size_t count_run(Sort *s, Row r, size_t n, Mode mode) {
    const KrValue *const end = r.k + n, *k = r.k + 1;
    if (n < 2) return n;
    int down = less(s, k[0], k[-1], mode), c = down;
    while (c >= 0 && c == down && k < end) {
        const KrValue *stop = end - k < KR_RUN_PIECE ? end : k + KR_RUN_PIECE;
        while (c >= 0 && c == down && ++k < stop) c = less(s, k[0], k[-1], mode);
        if (k < end && k == stop && !kr_bulk_done(s->vm, KR_BULK_BYTES / 4)) return 0;
        if (k < end && k == stop) c = less(s, k[0], k[-1], mode);
    }
    if (down < 0 || c < 0) return 0;
    if (down) reverse_row(r, (size_t)(k - r.k));
    return (size_t)(k - r.k);
}

// Sorts r[0..n), of which [0..sorted) is sorted, by binary insertion.
static KR_HOT_INLINE bool insert_rest(Sort *s, Row r, size_t sorted, size_t n, Mode mode) {
    for (; sorted < n; sorted++) {
        KrValue key = r.k[sorted], value = r.v ? r.v[sorted] : key;
        size_t low = 0, high = sorted;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            int c = less(s, key, r.k[middle], mode);
            if (c < 0) return false;
            if (c) high = middle;
            else low = middle + 1;
        }
        move(r, low + 1, r, low, sorted - low);
        r.k[low] = key;
        if (r.v) r.v[low] = value;
    }
    return true;
}

// How many of a[0..n) come before key: those less than it (right: also those equal to it). Searches in growing steps from the first item,
// or from the last. SIZE_MAX: raised. It compares seldom for what it saves: one copy serves all modes.
static KR_NOINLINE size_t gallop(Sort *s, KrValue key, const KrValue *a, size_t n, bool from_end, bool right) {
    size_t low = 0, high = n, step = 1;
    int c;
    for (; low < high; step = step * 2 + 1) { // at most log2(n) rounds
        size_t probe = from_end ? (step < n ? n - step : 0) : (step <= n ? step - 1 : n - 1);
        c = right ? s->less(s, key, a[probe]) : s->less(s, a[probe], key);
        if (c < 0) return SIZE_MAX;
        bool before = right ? !c : c; // a[probe] comes before key
        if (before) low = probe + 1;
        else high = probe;
        if (before == from_end || (from_end ? probe == 0 : probe == n - 1)) break;
    }
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        c = right ? s->less(s, key, a[middle]) : s->less(s, a[middle], key);
        if (c < 0) return SIZE_MAX;
        if (right ? !c : c) low = middle + 1;
        else high = middle;
    }
    return low;
}

// ---- Merging -------------------------------------------------------------------------------------------------------------------

// Merges a[0..na) with b, which is a[na..na+nb), na <= nb: a moves to the spare room, and both come back from the left. The first item of b
// comes first, the last of a last. The gap to be filled begins at `all - na - nb`, and ends where b does.
static KR_HOT_INLINE bool merge_low(Sort *s, Row a, size_t na, size_t nb, Mode mode) {
    Row b = at(a, na), t = s->spare;
    size_t to = 0, pa = 0, pb = 0, gallops = s->min_gallop, k;
    bool ok = true;
    move(t, 0, a, 0, na);
    put(a, to++, b, pb++);
    if (--nb == 0 || na == 1) goto done;
    for (;;) {
        size_t wins_a = 0, wins_b = 0;
        do {
            int c = less(s, b.k[pb], t.k[pa], mode);
            if (c < 0) goto failed;
            if (c) {
                put(a, to++, b, pb++);
                wins_b++, wins_a = 0;
                if (--nb == 0) goto done;
            } else {
                put(a, to++, t, pa++);
                wins_a++, wins_b = 0;
                if (--na == 1) goto done;
            }
        } while (wins_a < gallops && wins_b < gallops);
        gallops++;
        do {
            gallops -= gallops > 1;
            if ((k = gallop(s, b.k[pb], t.k + pa, na, false, true)) == SIZE_MAX) goto failed;
            move(a, to, t, pa, k);
            to += k, pa += k, na -= k, wins_a = k;
            if (na <= 1) goto done;
            put(a, to++, b, pb++);
            if (--nb == 0) goto done;
            if ((k = gallop(s, t.k[pa], b.k + pb, nb, false, false)) == SIZE_MAX) goto failed;
            move(a, to, b, pb, k);
            to += k, pb += k, nb -= k, wins_b = k;
            if (nb == 0) goto done;
            put(a, to++, t, pa++);
            if (--na == 1) goto done;
        } while (wins_a >= KR_MIN_GALLOP || wins_b >= KR_MIN_GALLOP);
        gallops++;
    }
failed:
    ok = false;
done: // what is left of a comes last: at the end it is one item, or b is used up
    s->min_gallop = gallops;
    if (ok) {
        move(a, to, b, pb, nb);
        move(a, to + nb, t, pa, na);
    } else {
        move(a, to, t, pa, na); // the gap is as long as what is left of a; b's rest is in its place
    }
    return ok;
}

// As merge_low from the right, na >= nb: b moves to the spare room. The gap is a[na..na+nb).
static KR_HOT_INLINE bool merge_high(Sort *s, Row a, size_t na, size_t nb, Mode mode) {
    Row t = s->spare;
    size_t gallops = s->min_gallop, k;
    bool ok = true;
    move(t, 0, a, na, nb);
    na--;
    put(a, na + nb, a, na);
    if (na == 0 || nb == 1) goto done;
    for (;;) {
        size_t wins_a = 0, wins_b = 0;
        do {
            int c = less(s, t.k[nb - 1], a.k[na - 1], mode);
            if (c < 0) goto failed;
            if (c) {
                na--;
                put(a, na + nb, a, na);
                wins_a++, wins_b = 0;
                if (na == 0) goto done;
            } else {
                nb--;
                put(a, na + nb, t, nb);
                wins_b++, wins_a = 0;
                if (nb == 1) goto done;
            }
        } while (wins_a < gallops && wins_b < gallops);
        gallops++;
        do {
            gallops -= gallops > 1;
            if ((k = gallop(s, t.k[nb - 1], a.k, na, true, true)) == SIZE_MAX) goto failed;
            wins_a = na - k;
            move(a, k + nb, a, k, wins_a);
            if ((na = k) == 0) goto done;
            nb--;
            put(a, na + nb, t, nb);
            if (nb <= 1) goto done;
            if ((k = gallop(s, a.k[na - 1], t.k, nb, true, false)) == SIZE_MAX) goto failed;
            wins_b = nb - k;
            move(a, na + k, t, k, wins_b);
            if ((nb = k) <= 1) goto done;
            na--;
            put(a, na + nb, a, na);
            if (na == 0) goto done;
        } while (wins_a >= KR_MIN_GALLOP || wins_b >= KR_MIN_GALLOP);
        gallops++;
    }
failed:
    ok = false;
done: // what is left of b comes first: it is one item, or a is used up
    s->min_gallop = gallops;
    if (ok && nb == 1) {
        move(a, 1, a, 0, na);
        put(a, 0, t, 0);
    } else {
        move(a, na, t, 0, nb);
    }
    return ok;
}

// Room for the shorter side of any merge, which has at most half of the items. A list that is sorted already never needs it.
static KR_NOINLINE bool make_spare(Sort *s) {
    s->spare_key = kr_slots_new(s->vm, s->len / 2 + 1);
    if (!s->spare_key) return false;
    if (s->value && !(s->spare_value = kr_slots_new(s->vm, s->len / 2 + 1))) return false;
    s->spare = (Row){ s->spare_key->item, s->value ? s->spare_value->item : NULL };
    return true;
}

// Merges two runs that lie side by side. What is in its place already, at both ends, is left out.
static KR_HOT_INLINE bool merge_runs(Sort *s, Row r, size_t na, size_t nb, Mode mode) {
    if (!kr_poll(s->vm, (uint32_t)((na + nb) / 8 < 1000000 ? (na + nb) / 8 : 1000000))) return false;
    size_t k = gallop(s, r.k[na], r.k, na, false, true);
    if (k == SIZE_MAX) return false;
    r = at(r, k);
    na -= k;
    if (na == 0) return true;
    nb = gallop(s, r.k[na - 1], r.k + na, nb, true, false);
    if (nb == SIZE_MAX) return false;
    if (nb == 0) return true;
    if (!s->spare.k && !make_spare(s)) return false;
    return na <= nb ? merge_low(s, r, na, nb, mode) : merge_high(s, r, na, nb, mode);
}

// The depth of the boundary between two runs in the binary tree over [0, n) that Powersort merges along.
static unsigned boundary_power(size_t start, size_t na, size_t nb, size_t n) {
    uint64_t a = 2 * (uint64_t)start + na, b = a + na + nb; // twice the middles of the runs
    for (unsigned power = 1;; power++) {
        if (a >= n) {
            a -= n;
            b -= n;
        } else if (b >= n) {
            return power;
        }
        a *= 2;
        b *= 2;
    }
}

// Short runs are made this long: a little less than a power of two times smaller than n, so that merges are even.
static size_t min_run(size_t n) {
    size_t odd = 0;
    for (; n >= KR_MIN_RUN_LIMIT; n >>= 1) odd |= n & 1;
    return n + odd;
}

static KR_HOT_INLINE bool merge_top(Sort *s, Run *run, size_t *runs, Mode mode) {
    Run *a = &run[*runs - 2];
    if (!kr_poll(s->vm, (uint32_t)((a->len + a[1].len) >> 3))) return false;
    if (!merge_runs(s, at(s->row, a->start), a->len, a[1].len, mode)) return false;
    a->len += a[1].len;
    --*runs;
    return true;
}

static KR_HOT_INLINE bool sort_by(Sort *s, size_t n, Mode mode) {
    Run run[KR_RUNS_MAX]; // powers grow from one to the next, and are at most the bits of n
    size_t runs = 0, least = min_run(n), len = 0;
    for (size_t start = 0;; start += len) {
        unsigned power = 0; // at the end: every boundary has more, so that all runs become one
        if (start < n) {
            Row r = at(s->row, start);
            size_t left = n - start, wanted = least < left ? least : left;
            if (!(len = count_run(s, r, left, mode))) return false;
            if (len < wanted && !insert_rest(s, r, len, wanted, mode)) return false;
            if (len < wanted) len = wanted;
            if (runs) power = boundary_power(run[runs - 1].start, run[runs - 1].len, len, n);
        }
        while (runs > 1 && run[runs - 1].power > power)
            if (!merge_top(s, run, &runs, mode)) return false;
        if (start == n) return true;
        run[runs++] = (Run){ start, len, power };
    }
}

static KR_NOINLINE bool sort_ints(Sort *s, size_t n) { return sort_by(s, n, BY_INT); }
static KR_NOINLINE bool sort_floats(Sort *s, size_t n) { return sort_by(s, n, BY_FLOAT); }
static KR_NOINLINE bool sort_strs(Sort *s, size_t n) { return sort_by(s, n, BY_STR); }
static KR_NOINLINE bool sort_others(Sort *s, size_t n) { return sort_by(s, n, BY_CALL); }

// ---- The method ----------------------------------------------------------------------------------------------------------------

static KrSlots *copy_slots(KrVm *vm, const KrSlots *from, size_t n) {
    KrSlots *copy = kr_slots_new(vm, n);
    return copy && kr_bulk_copy(vm, copy->item, from->item, n * sizeof(KrValue)) ? copy : NULL;
}

// s->key and, with a key function, s->value: copies of what is to be sorted.
static bool prepare(Sort *s, const KrSlots *items, size_t n, KrValue key) {
    KrVm *vm = s->vm;
    KrSlots *copy = copy_slots(vm, items, n);
    if (!copy) return false;
    if (kr_is_none(key)) {
        s->key = copy;
    } else {
        s->value = copy;
        s->key = kr_slots_new(vm, n);
        if (!s->key) return false;
        for (size_t i = 0; i < n; i++) {
            KrValue k = kr_call(vm, key, 1, &items->item[i]);
            kr_spend(vm, 1);
            if (kr_is_error(k) || !kr_settle(vm)) return false;
            kr_store(vm, s->key, &s->key->item[i], k);
        }
        if (!(s->held = copy_slots(vm, s->key, n))) return false;
    }
    s->row = (Row){ s->key->item, s->value ? s->value->item : NULL };
    s->len = n;
    s->min_gallop = KR_MIN_GALLOP;
    return true;
}

static bool sort_items(Sort *s, const KrSlots *items, size_t n, KrValue key, bool backwards) {
    if (!prepare(s, items, n, key)) return false;
    if (n < 2) return true;
    kr_shade_items(s->vm, s->key->item, n); // they move while a collection may be half done
    if (s->value) kr_shade_items(s->vm, s->value->item, n);
    if (backwards) reverse_row(s->row, n); // equal items keep their order: reversed twice
    if (!choose_less(s, n)) return false;
    bool ok = KR_DEVICE               ? sort_others(s, n) // one copy of the code has to do
              : s->less == less_int   ? sort_ints(s, n)
              : s->less == less_float ? sort_floats(s, n)
              : s->less == less_str   ? sort_strs(s, n)
                                      : sort_others(s, n);
    if (ok && backwards) reverse_row(s->row, n);
    return ok;
}

KrValue kr_list_sort(KrVm *vm, KrValue self, KrValue key, bool backwards) {
    KrListObject *list = KR_AS(KrListObject, self);
    KrSlots *items = list->items, *hidden;
    size_t n = list->len;
    Sort s = { .vm = vm };
    if (n == 0 || (n == 1 && kr_is_none(key))) return KR_NONE;
    hidden = kr_slots_new(vm, 0);
    if (!hidden) return KR_ERROR;
    KR_STORE_PTR(vm, list, list->items, hidden);
    list->len = 0;
    bool ok = sort_items(&s, items, n, key, backwards);
    bool changed = list->items != hidden || list->len != 0;
    KR_STORE_PTR(vm, list, list->items, ok ? s.value ? s.value : s.key : items);
    list->len = n;
    if (ok && changed) return kr_raise(vm, &kr_value_error, "list modified during sort");
    return ok ? KR_NONE : KR_ERROR;
}
