// hash_kdf.c - the module _kdf: HMAC (RFC 2104) at one go, PBKDF2 (RFC 8018) and scrypt (RFC 7914).
// SPDX-License-Identifier: MIT
#include "hash_part.h"

#include "../modules.h"

static const KrHashKind *const kinds[] = { &kr_hash_md5,      &kr_hash_sha1,     &kr_hash_sha224,   &kr_hash_sha256,
                                           &kr_hash_sha384,   &kr_hash_sha512,   &kr_hash_sha3_224, &kr_hash_sha3_256,
                                           &kr_hash_sha3_384, &kr_hash_sha3_512, &kr_hash_blake2b,  &kr_hash_blake2s };

const KrHashKind *kr_hash_find(const char *name) {
    for (size_t i = 0; i < KR_COUNT_OF(kinds); i++) {
        const char *a = name, *b = kinds[i]->name;
        while (*a && (*a >= 'A' && *a <= 'Z' ? *a + 32 : *a) == *b) a++, b++;
        if (!*a && !*b) return kinds[i];
    }
    return NULL;
}

// ---- HMAC ------------------------------------------------------------------------------------------------------------------------

enum { DIGEST_MAX = 64, BLOCK_MAX = 168 };

typedef struct { // the hash as it is behind the two padded keys
    const KrHashKind *kind;
    KrDigest inner, outer;
} Hmac;

static void begin(KrDigest *s, const KrHashKind *kind) {
    memset(s, 0, sizeof *s);
    kind->begin(s, kind);
}

static void hmac_begin(Hmac *h, const KrHashKind *kind, const uint8_t *key, size_t len) {
    uint8_t block[BLOCK_MAX] = { 0 };
    h->kind = kind;
    if (len > kind->block_size) {
        begin(&h->inner, kind);
        kr_hash_add(&h->inner, kind, key, len);
        kind->end(&h->inner, kind, block, kind->digest_size);
    } else if (len) {
        memcpy(block, key, len);
    }
    for (size_t i = 0; i < kind->block_size; i++) block[i] ^= 0x36;
    begin(&h->inner, kind);
    kr_hash_add(&h->inner, kind, block, kind->block_size);
    for (size_t i = 0; i < kind->block_size; i++) block[i] ^= 0x36 ^ 0x5C;
    begin(&h->outer, kind);
    kr_hash_add(&h->outer, kind, block, kind->block_size);
}

// What was begun with `inner` becomes the digest.
static void hmac_end(const Hmac *h, KrDigest *inner, uint8_t *out) {
    KrDigest outer = h->outer;
    h->kind->end(inner, h->kind, out, h->kind->digest_size);
    kr_hash_add(&outer, h->kind, out, h->kind->digest_size);
    h->kind->end(&outer, h->kind, out, h->kind->digest_size);
}

static void hmac(const Hmac *h, const uint8_t *data, size_t len, uint8_t *out) {
    KrDigest inner = h->inner;
    kr_hash_add(&inner, h->kind, data, len);
    hmac_end(h, &inner, out);
}

// hmac_digest(name, key, msg): None if there is no such hash here.
static KrValue kdf_hmac_digest(KrVm *vm, KrValue self, const KrValue *arg) {
    KrBuffer key, msg;
    uint8_t out[DIGEST_MAX];
    Hmac h;
    (void)self;
    const KrHashKind *kind = kr_is_str(arg[0]) ? kr_hash_find(kr_str_text(arg[0], NULL)) : NULL;
    if (!kind) return KR_NONE;
    if (!kr_get_buffer(vm, arg[1], &key, KR_BUFFER_READ)) return KR_ERROR;
    bool ok = kr_get_buffer(vm, arg[2], &msg, KR_BUFFER_READ);
    if (ok) {
        hmac_begin(&h, kind, key.data, key.len);
        hmac(&h, msg.data, msg.len, out);
        ok = kr_poll_limits(vm, (uint32_t)((key.len + msg.len) / 64));
        kr_release_buffer(vm, &msg);
    }
    kr_release_buffer(vm, &key);
    return ok ? kr_bytes(vm, out, kind->digest_size) : KR_ERROR;
}

// ---- PBKDF2 ----------------------------------------------------------------------------------------------------------------------

// One block of the result: the sum of `rounds` HMACs, each of the one before.
static bool pbkdf2_block(KrVm *vm, const Hmac *h, const uint8_t *salt, size_t salt_len, uint32_t number, uint64_t rounds, uint8_t *sum) {
    const uint8_t index[4] = { (uint8_t)(number >> 24), (uint8_t)(number >> 16), (uint8_t)(number >> 8), (uint8_t)number };
    uint8_t last[DIGEST_MAX];
    KrDigest inner = h->inner;
    kr_hash_add(&inner, h->kind, salt, salt_len);
    kr_hash_add(&inner, h->kind, index, 4);
    hmac_end(h, &inner, last);
    memcpy(sum, last, h->kind->digest_size);
    for (uint64_t i = 1; i < rounds; i++) {
        hmac(h, last, h->kind->digest_size, last);
        for (size_t k = 0; k < h->kind->digest_size; k++) sum[k] ^= last[k];
        if (i % 128 == 0 && !kr_poll(vm, 128)) return false;
    }
    return true;
}

static bool pbkdf2(KrVm *vm, const KrHashKind *kind, const KrBuffer *password, const KrBuffer *salt, uint64_t rounds, uint8_t *out,
                   size_t len) {
    uint8_t block[DIGEST_MAX];
    Hmac h;
    hmac_begin(&h, kind, password->data, password->len);
    for (uint32_t number = 1; len; number++) {
        size_t n = len < kind->digest_size ? len : kind->digest_size;
        if (!pbkdf2_block(vm, &h, salt->data, salt->len, number, rounds, block) || !kr_poll(vm, 1)) return false;
        memcpy(out, block, n);
        out += n;
        len -= n;
    }
    return true;
}

static bool amount(KrVm *vm, KrValue v, const char *what, int64_t *out) {
    KrValue index = kr_index(vm, v);
    if (kr_is_error(index)) return false;
    if (!kr_int_fits(index, out) || *out > INT32_MAX) {
        if (!kr_int_is_negative(index)) return kr_fail(kr_raise(vm, &kr_overflow_error, "%s is too great.", what));
        *out = 0;
    }
    return *out > 0 || kr_fail(kr_raise(vm, &kr_value_error, "%s must be greater than 0.", what));
}

static KrValue kdf_pbkdf2_hmac(KrVm *vm, KrValue self, const KrValue *arg) {
    KrBuffer password, salt;
    int64_t rounds, len;
    (void)self;
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "pbkdf2_hmac() argument 'hash_name' must be str, not %T", arg[0]);
    const KrHashKind *kind = kr_hash_find(kr_str_text(arg[0], NULL));
    if (!kind) return kr_raise(vm, &kr_value_error, "unsupported hash type %S", arg[0]);
    if (!kr_get_buffer(vm, arg[1], &password, KR_BUFFER_READ)) return KR_ERROR;
    bool ok = kr_get_buffer(vm, arg[2], &salt, KR_BUFFER_READ);
    KrValue made = KR_ERROR;
    if (ok) {
        len = kind->digest_size;
        ok = amount(vm, arg[3], "iteration value", &rounds) && (kr_is_none(arg[4]) || amount(vm, arg[4], "key length", &len));
        if (ok) made = kr_bytes(vm, NULL, (size_t)len);
        ok = !kr_is_error(made) && pbkdf2(vm, kind, &password, &salt, (uint64_t)rounds, kr_bytes_data(made, NULL), (size_t)len);
        kr_release_buffer(vm, &salt);
    }
    kr_release_buffer(vm, &password);
    return ok ? made : KR_ERROR;
}

// ---- scrypt ----------------------------------------------------------------------------------------------------------------------

static void salsa20_8(uint32_t b[16]) { // RFC 7914, section 3
    static const uint8_t quarter[8][4] = { { 0, 4, 8, 12 }, { 5, 9, 13, 1 }, { 10, 14, 2, 6 }, { 15, 3, 7, 11 },
                                           { 0, 1, 2, 3 },  { 5, 6, 7, 4 },  { 10, 11, 8, 9 }, { 15, 12, 13, 14 } };
    uint32_t x[16];
    memcpy(x, b, sizeof x);
    for (unsigned i = 0; i < 32; i++) {
        const uint8_t *q = quarter[i % 8];
        x[q[1]] ^= kr_rotate_left(x[q[0]] + x[q[3]], 7);
        x[q[2]] ^= kr_rotate_left(x[q[1]] + x[q[0]], 9);
        x[q[3]] ^= kr_rotate_left(x[q[2]] + x[q[1]], 13);
        x[q[0]] ^= kr_rotate_left(x[q[3]] + x[q[2]], 18);
    }
    for (unsigned i = 0; i < 16; i++) b[i] += x[i];
}

// Section 4: 2 * r blocks of 16 words; to holds those with even numbers first.
static void block_mix(const uint32_t *from, uint32_t *to, size_t r) {
    uint32_t x[16];
    memcpy(x, from + (2 * r - 1) * 16, sizeof x);
    for (size_t i = 0; i < 2 * r; i++) {
        for (size_t k = 0; k < 16; k++) x[k] ^= from[i * 16 + k];
        salsa20_8(x);
        memcpy(to + (i / 2 + (i % 2 ? r : 0)) * 16, x, sizeof x);
    }
}

typedef struct {
    size_t n, r;
    uint32_t *v, *x, *y; // n blocks; two for work
} Scrypt;

static bool rom_mix(KrVm *vm, const Scrypt *s, uint8_t *b) { // section 5
    size_t words = 32 * s->r;
    for (size_t i = 0; i < words; i++)
        s->x[i] = (uint32_t)b[4 * i + 3] << 24 | (uint32_t)b[4 * i + 2] << 16 | (uint32_t)b[4 * i + 1] << 8 | b[4 * i];
    for (size_t i = 0; i < 2 * s->n; i++) {
        uint32_t *stored = s->v + (i < s->n ? i : s->x[words - 16] & (s->n - 1)) * words;
        if (i < s->n) memcpy(stored, s->x, words * 4);
        else
            for (size_t k = 0; k < words; k++) s->x[k] ^= stored[k];
        block_mix(s->x, s->y, s->r);
        memcpy(s->x, s->y, words * 4);
        if (i * s->r % 64 == 0 && !kr_poll(vm, 64)) return false;
    }
    for (size_t i = 0; i < words * 4; i++) b[i] = (uint8_t)(s->x[i / 4] >> 8 * (i % 4));
    return true;
}

static KrValue scrypt(KrVm *vm, const KrBuffer *password, const KrBuffer *salt, size_t n, size_t r, size_t p, size_t len) {
    size_t size = 128 * r;
    uint8_t *b = kr_buffer_alloc(vm, size * p);
    uint32_t *memory = b ? (uint32_t *)(void *)kr_buffer_alloc(vm, size * (n + 2)) : NULL;
    if (!memory) return KR_ERROR;
    Scrypt s = { n, r, memory, memory + n * 32 * r, memory + (n + 1) * 32 * r };
    if (!pbkdf2(vm, &kr_hash_sha256, password, salt, 1, b, size * p)) return KR_ERROR;
    for (size_t i = 0; i < p; i++)
        if (!rom_mix(vm, &s, b + i * size)) return KR_ERROR;
    KrBuffer mixed = { .data = b, .len = size * p };
    KrValue made = kr_bytes(vm, NULL, len);
    return !kr_is_error(made) && pbkdf2(vm, &kr_hash_sha256, password, &mixed, 1, kr_bytes_data(made, NULL), len) ? made : KR_ERROR;
}

static bool cost(KrVm *vm, KrValue v, const char *name, uint64_t *out) {
    if (kr_is_unset(v)) return kr_fail(kr_raise(vm, &kr_type_error, "%s is required and must be an unsigned int", name));
    if (!kr_is_integer(v)) return kr_fail(kr_raise(vm, &kr_type_error, "scrypt() argument '%s' must be int, not %T", name, v));
    return kr_int_fits_u64(v, out) || kr_fail(kr_raise(vm, &kr_type_error, "%s is required and must be an unsigned int", name));
}

static bool limited(KrVm *vm, KrValue v, const char *name, const char *least, int64_t low, int64_t *out) {
    KrValue index = kr_index(vm, v);
    if (kr_is_error(index)) return false;
    if (kr_int_fits(index, out) && *out >= low && *out <= INT32_MAX) return true;
    return kr_fail(kr_raise(vm, &kr_value_error, "%s must be %s and smaller than %d", name, least, INT32_MAX));
}

enum { PASSWORD, SALT, N, R, P, MAXMEM, DKLEN };

static bool check_costs(KrVm *vm, const KrValue *arg, uint64_t *n, uint64_t *r, uint64_t *p, int64_t *len) {
    int64_t memory;
    if (kr_is_unset(arg[SALT])) return kr_fail(kr_raise(vm, &kr_type_error, "salt is required"));
    if (!cost(vm, arg[N], "n", n) || !cost(vm, arg[R], "r", r) || !cost(vm, arg[P], "p", p)) return false;
    if (*n < 2 || *n & (*n - 1)) return kr_fail(kr_raise(vm, &kr_value_error, "n must be a power of 2."));
    if (!limited(vm, arg[MAXMEM], "maxmem", "positive", 0, &memory) || !limited(vm, arg[DKLEN], "dklen", "greater than 0", 1, len))
        return false;
    if (!*r || !*p || *p > ((1u << 30) - 1) / *r || (*r < 4 && *n >> (16 * *r) > 0))
        return kr_fail(kr_raise(vm, &kr_value_error, "Invalid parameter combination for n, r, p, maxmem."));
    uint64_t most = memory ? (uint64_t)memory : 32 << 20;
    if (*n > most || *r > most / 128 || *n + 2 > (most - 128 * *r * *p % (most + 1)) / (128 * *r) || 128 * *r * *p > most)
        return kr_fail(kr_raise(vm, &kr_value_error, "[digital envelope routines] memory limit exceeded"));
    return true;
}

static KrValue kdf_scrypt(KrVm *vm, KrValue self, const KrValue *arg) {
    uint64_t n, r, p;
    int64_t len;
    KrBuffer password, salt;
    (void)self;
    if (!kr_get_buffer(vm, arg[PASSWORD], &password, KR_BUFFER_READ)) return KR_ERROR;
    KrValue made = KR_ERROR;
    if (check_costs(vm, arg, &n, &r, &p, &len) && kr_get_buffer(vm, arg[SALT], &salt, KR_BUFFER_READ)) {
        made = scrypt(vm, &password, &salt, (size_t)n, (size_t)r, (size_t)p, (size_t)len);
        kr_release_buffer(vm, &salt);
    }
    kr_release_buffer(vm, &password);
    return made;
}

static const KrMethod functions[] = {
    { "compare_digest(a, b, /)", kr_compare_digest,
      KR_DOC("Return 'a == b', in a time that does not tell where they differ; both str in ASCII, or both bytes-like."), 0 },
    { "hmac_digest(digest, key, msg, /)", kdf_hmac_digest, KR_DOC("The HMAC of msg with the hash of that name; None if there is none."),
      0 },
    { "pbkdf2_hmac(hash_name, password, salt, iterations, dklen=None)", kdf_pbkdf2_hmac,
      KR_DOC("Password based key derivation function 2 (PKCS #5 v2.0) with HMAC as pseudorandom function."), 0 },
    { "scrypt(password, *, salt=<unset>, n=<unset>, r=<unset>, p=<unset>, maxmem=0, dklen=64)", kdf_scrypt,
      KR_DOC("scrypt password-based key derivation function."), 0 },
    { 0 },
};
static const KrConst constants[] = { { 0 } };

const KrModuleDef kr_kdf_module = { "_kdf", KR_DOC("Message authentication and keys from passwords, for hashlib and hmac."), functions,
                                    constants, NULL };
