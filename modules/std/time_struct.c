// time_struct.c - time.struct_time: a tuple of nine, with the zone and its offset as attributes only.
// SPDX-License-Identifier: MIT
#include "object/container.h"
#include "object/tuple.h"
#include "time_part.h"

enum { SHOWN = 9, ALL = 11 };

static const char *const names[ALL] = { "tm_year", "tm_mon",  "tm_mday",  "tm_hour", "tm_min",   "tm_sec",
                                        "tm_wday", "tm_yday", "tm_isdst", "tm_zone", "tm_gmtoff" };

static KrTupleObject *new_struct(KrVm *vm, const KrValue *item) {
    KrValue v = kr_alloc_instance(vm, &kr_struct_time_type);
    if (kr_is_error(v)) return NULL;
    KrTupleObject *t = (KrTupleObject *)kr_ptr(v);
    t->len = SHOWN;
    for (size_t i = 0; i < ALL; i++) t->item[i] = item[i];
    return t;
}

KrValue kr_struct_time(KrVm *vm, const KrBrokenTime *t, bool has_zone) {
    const int field[] = { t->month, t->day, t->hour, t->minute, t->second, t->weekday, t->day_of_year, t->isdst };
    KrValue item[ALL] = { kr_int(vm, t->year) };
    if (kr_is_error(item[0])) return KR_ERROR;
    for (size_t i = 0; i < KR_COUNT_OF(field); i++) item[i + 1] = kr_int_box(field[i]);
    item[SHOWN] = has_zone ? t->zone : KR_NONE;
    item[SHOWN + 1] = has_zone ? kr_int_box((intptr_t)t->offset) : KR_NONE;
    KrTupleObject *made = new_struct(vm, item);
    return made ? kr_from_ptr(made) : KR_ERROR;
}

static bool hidden_of_dict(KrVm *vm, KrValue dict, KrValue *item, size_t from) {
    for (size_t i = from; i < ALL; i++) {
        KrValue name = kr_name(vm, names[i]);
        if (kr_is_error(name) || !kr_dict_find(vm, dict, name, &item[i])) return false;
        if (kr_is_unset(item[i])) item[i] = KR_NONE;
    }
    return true;
}

static KrValue struct_make(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue item[ALL] = { KR_NONE };
    size_t len;
    (void)self;
    if (!kr_is_unset(arg[1]) && !kr_is_dict(arg[1]))
        return kr_raise(vm, &kr_type_error, "time.struct_time() takes a dict as second arg, if any");
    KrValue tuple = kr_tuple_from(vm, arg[0]);
    if (kr_is_error(tuple)) {
        if (!kr_raised_is(vm, &kr_type_error)) return KR_ERROR;
        (void)kr_take_raised(vm);
        return kr_raise(vm, &kr_type_error, "constructor requires a sequence");
    }
    const KrValue *from = kr_tuple_items(tuple, &len);
    if (len < SHOWN || len > ALL)
        return kr_raise(vm, &kr_type_error, "time.struct_time() takes an at %s %d-sequence (%u-sequence given)",
                        len < SHOWN ? "least" : "most", len < SHOWN ? SHOWN : ALL, len);
    for (size_t i = 0; i < ALL; i++) item[i] = i < len ? from[i] : KR_NONE;
    if (kr_is_dict(arg[1]) && !hidden_of_dict(vm, arg[1], item, len)) return KR_ERROR;
    KrTupleObject *made = new_struct(vm, item);
    return made ? kr_from_ptr(made) : KR_ERROR;
}

static const KrMethod make_row = { "struct_time(sequence, dict=<unset>)", struct_make, "", 0 };

static KrTupleObject *struct_of(KrValue v) { return (KrTupleObject *)kr_ptr(v); }

static KrValue struct_repr(KrVm *vm, KrValue self) {
    KrText text;
    kr_text_init(vm, &text);
    kr_text_add_c(&text, "time.struct_time(");
    for (size_t i = 0; i < SHOWN; i++) kr_text_add_format(&text, "%s%s=%R", i ? ", " : "", names[i], struct_of(self)->item[i]);
    kr_text_add_c(&text, ")");
    return kr_text_str(&text);
}

static KrValue struct_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    const KrTupleObject *t = struct_of(self);
    KrValue part[2] = { kr_tuple(vm, SHOWN, t->item), kr_dict(vm) };
    if (kr_is_error(part[0]) || kr_is_error(part[1])) return KR_ERROR;
    for (size_t i = SHOWN; i < ALL; i++)
        if (!kr_dict_set_c(vm, part[1], names[i], t->item[i])) return KR_ERROR;
    KrValue whole[2] = { kr_type_value(&kr_struct_time_type), kr_tuple(vm, 2, part) };
    return kr_is_error(whole[1]) ? KR_ERROR : kr_tuple(vm, 2, whole);
}

static KrValue struct_replace(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue item[ALL], key, value;
    size_t count;
    kr_tuple_items(arg[0], &count);
    if (count) return kr_raise(vm, &kr_type_error, "__replace__() takes no positional arguments");
    for (size_t i = 0; i < ALL; i++) item[i] = struct_of(self)->item[i];
    for (size_t at = 0; kr_dict_next(arg[1], &at, &key, &value);) {
        size_t i = 0;
        while (i < ALL && !kr_str_is(key, names[i])) i++;
        if (i == ALL) return kr_raise(vm, &kr_type_error, "Got unexpected field name(s): [%R]", key);
        item[i] = value;
    }
    KrTupleObject *made = new_struct(vm, item);
    return made ? kr_from_ptr(made) : KR_ERROR;
}

static void struct_trace(KrTracer *tracer, KrObject *o) {
    for (size_t i = 0; i < ALL; i++) kr_trace(tracer, ((KrTupleObject *)o)->item[i]);
}

#define FIELD(index, name, doc) \
    { name, get_##index, kr_read_only, KR_DOC(doc) }
#define GET(index) \
    static KrValue get_##index(KrVm *vm, KrValue self) { return (void)vm, struct_of(self)->item[index]; }
GET(0)
GET(1)
GET(2)
GET(3)
GET(4)
GET(5)
GET(6)
GET(7)
GET(8)
GET(9)
GET(10)

static const KrGetSet struct_attributes[] = {
    FIELD(0, "tm_year", "year, for example, 1993"),
    FIELD(1, "tm_mon", "month of year, range [1, 12]"),
    FIELD(2, "tm_mday", "day of month, range [1, 31]"),
    FIELD(3, "tm_hour", "hours, range [0, 23]"),
    FIELD(4, "tm_min", "minutes, range [0, 59]"),
    FIELD(5, "tm_sec", "seconds, range [0, 61])"),
    FIELD(6, "tm_wday", "day of week, range [0, 6], Monday is 0"),
    FIELD(7, "tm_yday", "day of year, range [1, 366]"),
    FIELD(8, "tm_isdst", "1 if summer time is in effect, 0 if not, and -1 if unknown"),
    FIELD(9, "tm_zone", "abbreviation of timezone name"),
    FIELD(10, "tm_gmtoff", "offset from UTC in seconds"),
    { 0 },
};

static const KrMethod struct_methods[] = {
    { "__reduce__()", struct_reduce, "", 0 },
    { "__replace__(*args, **changes)", struct_replace, KR_DOC("Return a copy of the structure with new values for the specified fields."),
      0 },
    { 0 },
};

const KrType kr_struct_time_type = {
    KR_TYPE_HEAD(kr_struct_time_type),
    .name = "time.struct_time",
    .doc = KR_DOC("The time value as returned by gmtime(), localtime(), and strptime(), and\n"
                  "accepted by asctime(), mktime() and strftime(): a sequence of 9 integers."),
    .base = &kr_tuple_type,
    .flags = KR_TYPE_IS_TUPLE | KR_TYPE_SEQUENCE,
    .size = sizeof(KrTupleObject) + ALL * sizeof(KrValue),
    .methods = struct_methods,
    .attributes = struct_attributes,
    .make = &make_row,
    .alloc = kr_alloc_instance,
    .trace = struct_trace,
    .repr = struct_repr,
};

// ---- From Python -----------------------------------------------------------------------------------------------------------------

bool kr_time_int(KrVm *vm, KrValue v, int *out) {
    int64_t n;
    if (kr_is_int(v)) n = kr_int_value(v);
    else if (!kr_to_int64(vm, v, &n)) return false;
    if (n > INT32_MAX) return kr_fail(kr_raise(vm, &kr_overflow_error, "signed integer is greater than maximum"));
    if (n < INT32_MIN) return kr_fail(kr_raise(vm, &kr_overflow_error, "signed integer is less than minimum"));
    return *out = (int)n, true;
}

bool kr_time_from_tuple(KrVm *vm, KrValue tuple, const char *function, KrBrokenTime *out) {
    int field[SHOWN];
    size_t len;
    if (!kr_is_tuple(tuple)) return kr_fail(kr_raise(vm, &kr_type_error, "Tuple or struct_time argument required"));
    const KrValue *item = kr_tuple_items(tuple, &len);
    if (len != SHOWN) return kr_fail(kr_raise(vm, &kr_type_error, "%s(): illegal time tuple argument", function));
    for (size_t i = 0; i < SHOWN; i++)
        if (!kr_time_int(vm, item[i], &field[i])) return false;
    if (field[0] < INT32_MIN + 1900) return kr_fail(kr_raise(vm, &kr_overflow_error, "year out of range"));
    *out = (KrBrokenTime){ .year = field[0],
                           .month = field[1],
                           .day = field[2],
                           .hour = field[3],
                           .minute = field[4],
                           .second = field[5],
                           .weekday = field[6],
                           .day_of_year = field[7],
                           .isdst = field[8],
                           .zone = KR_UNSET };
    if (!kr_is_exact(tuple, &kr_struct_time_type)) return true;
    if (kr_is_str(item[SHOWN])) out->zone = item[SHOWN];
    return kr_is_none(item[SHOWN + 1]) || kr_to_int64(vm, item[SHOWN + 1], &out->offset);
}
