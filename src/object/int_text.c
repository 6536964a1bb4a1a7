// int_text.c - ints from text and back: int('...', base), literals, str(), hex() and their limit on the number of digits.
// SPDX-License-Identifier: MIT
#include "base/int_text.h"
#include "object/number.h"
#include "object/object.h"
#include "object/text.h"
#include "object/vm_state.h"

// Conversion in bases that are not powers of two takes more than linear time, so sys.set_int_max_str_digits() bounds it.
static bool is_binary(unsigned base) { return (base & (base - 1)) == 0; }

// ---- To text ---------------------------------------------------------------------------------------------------------------------

static KrValue too_long(KrVm *vm) {
    return kr_raise(vm, &kr_value_error,
                    "Exceeds the limit (%u digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit",
                    (size_t)vm->int_max_str_digits);
}

// Whether the number has more decimal digits than the limit for certain: log10(2) is more than 3/10.
static bool surely_too_long(KrVm *vm, const KrBigInt *big) {
    if (!vm->int_max_str_digits) return false;
    return (kr_limbs_bit_length(big->limb, big->len) - 1) / 10 * 3 > vm->int_max_str_digits;
}

static size_t write_prefix(char *out, bool negative, int base, bool prefix) {
    size_t n = 0;
    if (negative) out[n++] = '-';
    if (prefix && base != 10) {
        out[n++] = '0';
        out[n++] = base == 2 ? 'b' : base == 8 ? 'o' : 'x';
    }
    return n;
}

static KrValue big_text(KrVm *vm, const KrBigInt *big, int base, bool prefix) {
    unsigned b = (unsigned)base;
    if (!is_binary(b) && surely_too_long(vm, big)) return too_long(vm);
    size_t room = kr_limbs_to_text_size(big->limb, big->len, b), n;
    if (room > SIZE_MAX / 2) return kr_raise_memory(vm);
    KrLimb small[KR_INT_SCRATCH], *scratch;
    KrPoll poll = kr_int_poll(vm);
    KrText t;
    kr_text_init(vm, &t);
    char *out = kr_text_room(&t, room + 3);
    if (!out || !kr_int_scratch(vm, kr_limbs_to_text_scratch(big->len, b), small, &scratch)) return KR_ERROR;
    size_t before = write_prefix(out, big->negative, base, prefix);
    if (!kr_limbs_to_text(out + before, &n, big->limb, big->len, b, scratch, &poll)) return KR_ERROR;
    if (!is_binary(b) && vm->int_max_str_digits && n > vm->int_max_str_digits) return too_long(vm);
    return kr_str_from_ascii(vm, out, before + n);
}

static char *write_before(int64_t i, int base, char *end) {
    return kr_uint64_to_text_before(i < 0 ? (uint64_t)0 - (uint64_t)i : (uint64_t)i, (unsigned)base, end);
}

KrValue kr_int_text(KrVm *vm, KrValue v, int base, bool prefix) {
    int64_t i;
    if (!kr_int_fits(v, &i)) return big_text(vm, KR_AS(const KrBigInt, v), base, prefix);
    char text[KR_INT64_TEXT_MAX + 3], before[3], *end = text + sizeof text, *start = write_before(i, base, end);
    for (size_t n = write_prefix(before, i < 0, base, prefix); n;) *--start = before[--n];
    return kr_str_from_ascii(vm, start, (size_t)(end - start));
}

bool kr_int_digits(KrVm *vm, KrValue v, int base, KrIntDigits *digits) {
    int64_t i;
    if (kr_int_fits(v, &i)) {
        digits->negative = i < 0;
        digits->text = write_before(i, base, digits->small + sizeof digits->small);
        digits->len = (size_t)(digits->small + sizeof digits->small - digits->text);
        if (i < 0) digits->text[-1] = '-';
        return true;
    }
    KrValue text = big_text(vm, KR_AS(const KrBigInt, v), base, false);
    if (kr_is_error(text)) return false;
    digits->text = (char *)(uintptr_t)kr_str_text(text, &digits->len); // nobody else has this str
    digits->negative = digits->text[0] == '-';
    digits->text += digits->negative;
    digits->len -= digits->negative;
    return true;
}

void kr_int_digits_upper(KrIntDigits *digits) {
    for (size_t i = 0; i < digits->len; i++)
        if (digits->text[i] >= 'a') digits->text[i] = (char)(digits->text[i] - 32);
}

// ---- From text -------------------------------------------------------------------------------------------------------------------

static KrValue from_scanned(KrVm *vm, const KrIntText *text) {
    int64_t i;
    if (kr_int_text_to_int64(text, &i)) return kr_int(vm, i);
    uint32_t limit = vm->int_max_str_digits;
    if (!is_binary(text->base) && limit && text->digits > limit)
        return kr_raise(vm, &kr_value_error,
                        "Exceeds the limit (%u digits) for integer string conversion: value has %u digits; use "
                        "sys.set_int_max_str_digits() to increase the limit",
                        (size_t)limit, text->digits);
    KrLimb small[KR_INT_SCRATCH], *scratch;
    KrPoll poll = kr_int_poll(vm);
    KrIntResult r;
    size_t n;
    if (!kr_int_result_open(vm, &r, kr_limbs_from_text_size(text->digits, text->base))) return KR_ERROR;
    if (!kr_int_scratch(vm, kr_limbs_from_text_scratch(text->digits, text->base), small, &scratch)) return KR_ERROR;
    if (!kr_limbs_from_text(r.limb, &n, text->body, text->len, text->digits, text->base, scratch, &poll)) return KR_ERROR;
    return kr_int_result_close(&r, n, text->negative);
}

// ValueError; what cannot be read is shown with at most 200 characters.
static KrValue invalid_literal(KrVm *vm, int base, KrValue shown) {
    KrValue repr = kr_repr(vm, shown);
    if (kr_is_error(repr)) return repr;
    if (kr_str_length(repr) > 200) repr = kr_str_slice(vm, repr, 0, 200);
    if (kr_is_error(repr)) return repr;
    return kr_raise(vm, &kr_value_error, "invalid literal for int() with base %d: %S", base, repr);
}

KrValue kr_int_from_text(KrVm *vm, const char *text, size_t len, int base, KrValue shown) {
    KrNumberSource source;
    KrIntText parts;
    if (!kr_number_source(vm, &source, text, len, kr_is_str(shown))) return KR_ERROR;
    if (!kr_int_text_scan(source.text, source.len, (unsigned)base, &parts)) return invalid_literal(vm, base, shown);
    return from_scanned(vm, &parts);
}

KrValue kr_int_from_digits(KrVm *vm, const char *digits, size_t len, int base) {
    KrIntText parts = { .body = digits, .len = len, .base = (unsigned)base };
    for (size_t i = 0; i < len; i++) parts.digits += digits[i] != '_';
    return from_scanned(vm, &parts);
}
