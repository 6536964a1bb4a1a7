// bytes_case.c - bytes and bytearray as ASCII text: case mappings and predicates.
// SPDX-License-Identifier: MIT
#include "base/utf8.h"
#include "object/bulk.h"
#include "object/bytes_method.h"

static bool is_lower(uint8_t c) { return c >= 'a' && c <= 'z'; }
static bool is_upper(uint8_t c) { return c >= 'A' && c <= 'Z'; }
static bool is_alpha(uint8_t c) { return is_lower(c | 0x20); }
static bool is_digit(uint8_t c) { return c >= '0' && c <= '9'; }
static bool is_alnum(uint8_t c) { return is_alpha(c) || is_digit(c); }
static bool is_space(uint8_t c) { return c == ' ' || (c >= 9 && c <= 13); }

static uint8_t to_lower(uint8_t c) { return is_upper(c) ? (uint8_t)(c + 32) : c; }
static uint8_t to_upper(uint8_t c) { return is_lower(c) ? (uint8_t)(c - 32) : c; }

// How a byte is mapped; after_letter: the byte before it is a letter; first: there is none.
typedef uint8_t (*Mapper)(uint8_t c, bool after_letter, bool first);

static uint8_t map_lower(uint8_t c, bool after, bool first) { return (void)after, (void)first, to_lower(c); }
static uint8_t map_upper(uint8_t c, bool after, bool first) { return (void)after, (void)first, to_upper(c); }
static uint8_t map_swap(uint8_t c, bool after, bool first) { return (void)after, (void)first, is_lower(c) ? to_upper(c) : to_lower(c); }
static uint8_t map_title(uint8_t c, bool after, bool first) { return (void)first, after ? to_lower(c) : to_upper(c); }
static uint8_t map_capital(uint8_t c, bool after, bool first) { return (void)after, first ? to_upper(c) : to_lower(c); }

static KrValue map_bytes(KrVm *vm, KrValue self, Mapper mapper) {
    KrSpan s = kr_span_of(self);
    KrValue result = kr_isa(self, &kr_bytearray_type) ? kr_bytearray(vm, NULL, s.len) : kr_bytes(vm, NULL, s.len);
    if (kr_is_error(result) || s.len == 0) return result;
    uint8_t *out = kr_bytes_data(result, NULL);
    bool after = false;
    kr_spend(vm, s.len >> 4);
    for (size_t i = 0; i < s.len; i++) {
        out[i] = mapper(s.data[i], after, i == 0);
        after = is_alpha(s.data[i]);
        if (KR_UNLIKELY(i % 32768 == 32767) && !kr_bulk_done(vm, KR_BULK_BYTES)) return KR_ERROR;
    }
    return result;
}

KR_BYTES_METHOD(lower) { return (void)arg, map_bytes(vm, self, map_lower); }
KR_BYTES_METHOD(upper) { return (void)arg, map_bytes(vm, self, map_upper); }
KR_BYTES_METHOD(swapcase) { return (void)arg, map_bytes(vm, self, map_swap); }
KR_BYTES_METHOD(title) { return (void)arg, map_bytes(vm, self, map_title); }
KR_BYTES_METHOD(capitalize) { return (void)arg, map_bytes(vm, self, map_capital); }

static KrValue all_of(KrVm *vm, KrValue self, bool (*is)(uint8_t c)) {
    KrSpan s = kr_span_of(self);
    kr_spend(vm, s.len >> 5);
    for (size_t i = 0; i < s.len; i++) {
        if (!is(s.data[i])) return KR_FALSE;
        if (KR_UNLIKELY(i % 32768 == 32767) && !kr_bulk_done(vm, KR_BULK_BYTES)) return KR_ERROR;
    }
    return kr_bool(s.len > 0);
}

KR_BYTES_METHOD(isalnum) { return (void)arg, all_of(vm, self, is_alnum); }
KR_BYTES_METHOD(isalpha) { return (void)arg, all_of(vm, self, is_alpha); }
KR_BYTES_METHOD(isdigit) { return (void)arg, all_of(vm, self, is_digit); }
KR_BYTES_METHOD(isspace) { return (void)arg, all_of(vm, self, is_space); }

KR_BYTES_METHOD(isascii) {
    (void)vm, (void)arg;
    KrSpan s = kr_span_of(self);
    return kr_bool(kr_is_ascii((const char *)s.data, s.len));
}

// At least one letter of the wanted case, and none of the other.
static KrValue cased_as(KrVm *vm, KrValue self, bool (*wanted)(uint8_t c), bool (*other)(uint8_t c)) {
    KrSpan s = kr_span_of(self);
    kr_spend(vm, s.len >> 5);
    bool found = false;
    for (size_t i = 0; i < s.len; i++) {
        if (other(s.data[i])) return KR_FALSE;
        found = found || wanted(s.data[i]);
    }
    return kr_bool(found);
}

KR_BYTES_METHOD(islower) { return (void)arg, cased_as(vm, self, is_lower, is_upper); }
KR_BYTES_METHOD(isupper) { return (void)arg, cased_as(vm, self, is_upper, is_lower); }

KR_BYTES_METHOD(istitle) {
    (void)arg;
    KrSpan s = kr_span_of(self);
    kr_spend(vm, s.len >> 5);
    bool found = false, inside = false;
    for (size_t i = 0; i < s.len; i++) {
        bool capital = is_upper(s.data[i]), small = is_lower(s.data[i]);
        if (capital ? inside : small && !inside) return KR_FALSE;
        inside = capital || small;
        found = found || inside;
    }
    return kr_bool(found);
}
