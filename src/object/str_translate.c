// str_translate.c - str.translate and str.maketrans.
// SPDX-License-Identifier: MIT
#include "base/utf8.h"
#include "object/dict.h"
#include "object/str_method.h"
#include "object/text.h"
#include "object/vm_state.h"

// What the table says about cp: KR_UNSET when it says nothing.
static KrValue look_up(KrVm *vm, KrValue table, uint32_t cp) {
    KrValue key = kr_int_box((intptr_t)cp), value;
    if (kr_type_of(table)->flags & KR_TYPE_IS_DICT && !(kr_type_of(table)->flags & KR_TYPE_HEAP))
        return kr_dict_find(vm, table, key, &value) ? value : KR_ERROR;
    value = kr_getitem(vm, table, key);
    if (!kr_is_error(value) || !kr_raised_is(vm, &kr_lookup_error)) return value;
    (void)kr_take_raised(vm);
    return KR_UNSET;
}

static bool add_mapped(KrText *t, uint32_t cp, KrValue to) {
    KrVm *vm = t->vm;
    if (kr_is_error(to)) return false;
    if (kr_is_unset(to)) return kr_text_add_char(t, cp), true;
    if (kr_is_none(to)) return true;
    if (kr_is_str(to)) return kr_text_add_str(t, to), true;
    if (!kr_is_integer(to)) return kr_fail(kr_raise(vm, &kr_type_error, "character mapping must return integer, None or str"));
    int64_t code;
    if (!kr_int_fits(to, &code) || code < 0 || code > (int64_t)KR_CODE_POINT_MAX)
        return kr_fail(kr_raise(vm, &kr_value_error, "character mapping must be in range(0x110000)"));
    return kr_text_add_char(t, (uint32_t)code), true;
}

KR_STR_METHOD(translate) {
    KrText t;
    kr_text_init(vm, &t);
    size_t count = 0;
    for (size_t at = 0; at < kr_str_of(self)->len && !t.failed;) {
        uint32_t cp = kr_utf8_next(kr_str_data(kr_str_of(self)), &at);
        if (!add_mapped(&t, cp, look_up(vm, arg[0], cp))) return KR_ERROR;
        if (++count % 4096 == 0 && !kr_poll(vm, 4096)) return KR_ERROR;
    }
    return kr_text_str(&t);
}

static KrValue table_of_pairs(KrVm *vm, KrValue from, KrValue to, KrValue drop) {
    if (!kr_is_str(to)) return kr_raise(vm, &kr_type_error, "maketrans() argument 2 must be str, not %s", kr_shown_type(to));
    if (!kr_is_unset(drop) && !kr_is_str(drop))
        return kr_raise(vm, &kr_type_error, "maketrans() argument 3 must be str, not %s", kr_shown_type(drop));
    if (!kr_is_str(from)) return kr_raise(vm, &kr_type_error, "first maketrans argument must be a string if there is a second argument");
    const KrStrObject *s = kr_str_of(from), *d = kr_str_of(to);
    if (s->chars != d->chars) return kr_raise(vm, &kr_value_error, "the first two maketrans arguments must have equal length");
    KrValue dict = kr_dict(vm);
    if (kr_is_error(dict)) return dict;
    for (size_t i = 0, j = 0; i < s->len;) {
        KrValue key = kr_int_box((intptr_t)kr_utf8_next(kr_str_data(s), &i)),
                value = kr_int_box((intptr_t)kr_utf8_next(kr_str_data(d), &j));
        if (!kr_dict_set(vm, dict, key, value) || !kr_poll(vm, 1)) return KR_ERROR;
    }
    for (size_t i = 0; !kr_is_unset(drop) && i < kr_str_of(drop)->len;)
        if (!kr_dict_set(vm, dict, kr_int_box((intptr_t)kr_utf8_next(kr_str_data(kr_str_of(drop)), &i)), KR_NONE) || !kr_poll(vm, 1))
            return KR_ERROR;
    return dict;
}

static KrValue table_of_dict(KrVm *vm, KrValue source) {
    if (!kr_is_exact(source, &kr_dict_type))
        return kr_raise(vm, &kr_type_error, "if you give only one argument to maketrans it must be a dict"); // no subclass
    KrValue dict = kr_dict(vm), key, value;
    if (kr_is_error(dict)) return dict;
    for (size_t position = 0; kr_dict_next(source, &position, &key, &value);) {
        if (kr_is_str(key)) {
            const KrStrObject *s = kr_str_of(key);
            size_t at = 0;
            if (s->chars != 1) return kr_raise(vm, &kr_value_error, "string keys in translate table must be of length 1");
            key = kr_int_box((intptr_t)kr_utf8_next(kr_str_data(s), &at));
        } else if (!kr_is_integer(key)) {
            return kr_raise(vm, &kr_type_error, "keys in translate table must be strings or integers");
        }
        if (!kr_dict_set(vm, dict, key, value) || !kr_poll(vm, 1)) return KR_ERROR;
    }
    return dict;
}

KR_STR_METHOD(maketrans) {
    (void)self;
    return kr_is_unset(arg[1]) ? table_of_dict(vm, arg[0]) : table_of_pairs(vm, arg[0], arg[1], arg[2]);
}
