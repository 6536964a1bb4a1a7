// test_hash.c - numeric hashes against CPython's, SipHash against its definition, spread of the fast hash of bytes.
// SPDX-License-Identifier: MIT
#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

#include "base/double_math.h"
#include "base/int_text.h"
#include "text_check.h"

typedef struct {
    const char *kind, *arg;
    int64_t wide;   // the hash with 64 bits
    int32_t narrow; // with 32
} Row;

static const Row rows[] = {
#include "hash_expected.h"
};

static size_t parse_limbs(const char *s, KrLimb *limb) {
    size_t digits = strlen(s), per_limb = sizeof(KrLimb) * 2, n = (digits + per_limb - 1) / per_limb;
    memset(limb, 0, n * sizeof *limb);
    for (size_t i = 0; i < digits; i++) limb[i / per_limb] |= (KrLimb)kr_digit_value(s[digits - 1 - i]) << (i % per_limb * 4);
    return kr_limbs_trim(limb, n);
}

static KrHash hash_int(const char *s) {
    KrLimb limb[64];
    int64_t value;
    bool negative = *s == '-';
    size_t n = parse_limbs(s + negative, limb);
    KrHash hash = kr_hash_limbs(limb, n, negative);
    if (kr_limbs_to_int64(limb, n, negative, &value)) CHECK(kr_hash_int64(value) == hash);
    double x = kr_limbs_to_double(limb, n);
    if (kr_isfinite(x) && kr_limbs_cmp_double(limb, n, false, x) == 0) CHECK(kr_hash_double(negative ? -x : x, 0) == hash);
    return hash;
}

static KrHash hash_bytes(const char *s) {
    static const KrHashKey key = { 0x0706050403020100, 0x0F0E0D0C0B0A0908 };
    size_t len = strlen(s) / 2;
    uint8_t *bytes = malloc(len ? len : 1); // so that reading too far is noticed
    for (size_t i = 0; i < len; i++) bytes[i] = (uint8_t)(kr_digit_value(s[2 * i]) << 4 | kr_digit_value(s[2 * i + 1]));
    KrHash hash = kr_hash_bytes_keyed(bytes, len, &key);
    CHECK(kr_hash_bytes(bytes, len) != -1);
    free(bytes);
    return hash;
}

static void test_expected(void) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const Row *row = &rows[i];
        int64_t want = sizeof(KrHash) == sizeof row->wide ? row->wide : row->narrow;
        KrHash got = *row->kind == 'i'   ? hash_int(row->arg)
                     : *row->kind == 'd' ? kr_hash_double(kr_double_from_bits(strtoull(row->arg, NULL, 16)), 0)
                                         : hash_bytes(row->arg);
        if (got != want) printf("%s %s: %lld, not %lld\n", row->kind, row->arg, (long long)got, (long long)want);
        CHECK(got == want);
    }
    CHECK(kr_hash_double(kr_double_inf(), 0) == KR_HASH_INF && kr_hash_double(-kr_double_inf(), 0) == -KR_HASH_INF);
    CHECK(kr_hash_double(kr_double_nan(), 77) == 77 && kr_hash_double(-0.0, 7) == 0 && kr_hash_double(-1, 7) == -2);
    CHECK(kr_hash_int64(KR_HASH_MODULUS) == 0 && kr_hash_int64(-(int64_t)KR_HASH_MODULUS - 1) == -2);
}

enum { KEYS = 1 << 14 };

// The low bits choose a slot in tables: KEYS keys in KEYS slots leave 1 / e of these empty when they are spread at random.
static void check_spread(const char *what, size_t make(uint32_t i, char *key)) {
    static uint8_t slot[KEYS];
    size_t empty = 0, most = 0;
    memset(slot, 0, sizeof slot);
    for (uint32_t i = 0; i < KEYS; i++) {
        char key[64];
        size_t len = make(i, key);
        slot[(size_t)kr_hash_bytes(key, len) % KEYS]++;
    }
    for (size_t i = 0; i < KEYS; i++) {
        empty += !slot[i];
        if (slot[i] > most) most = slot[i];
    }
    bool good = empty > KEYS * 0.35 && empty < KEYS * 0.385 && most < 12;
    if (!good) printf("%s: %d slots empty, at most %d in one\n", what, (int)empty, (int)most);
    CHECK(good);
}

static size_t make_name(uint32_t i, char *key) { return (size_t)sprintf(key, "name_%u", (unsigned)i); }
static size_t make_number(uint32_t i, char *key) { return (size_t)sprintf(key, "%u", (unsigned)i); }
static size_t make_long(uint32_t i, char *key) { return (size_t)sprintf(key, "sensors/greenhouse/%05u/temperature", (unsigned)i); }
static size_t make_two(uint32_t i, char *key) { return key[0] = (char)i, key[1] = (char)(i >> 8), (size_t)2; }
static size_t make_sparse(uint32_t i, char *key) { // one bit of the first, a counter at the end
    memset(key, 0, 24);
    key[i % 64 / 8] = (char)(1 << (i % 8));
    key[23] = (char)(i / 64);
    return 24;
}
static size_t make_zeros(uint32_t i, char *key) { // all zeros but one of 40 bytes, and the last
    memset(key, 0, 41);
    key[i % 40] = (char)(i / 40 % 200 + 1);
    key[40] = (char)(i / 8000);
    return 41;
}

static void test_spread(void) {
    check_spread("names", make_name);
    check_spread("numbers", make_number);
    check_spread("long", make_long);
    check_spread("two bytes", make_two);
    check_spread("sparse", make_sparse);
    check_spread("zeros", make_zeros);
}

int main(void) {
    test_expected();
    test_spread();
    return check_result("test_hash");
}
