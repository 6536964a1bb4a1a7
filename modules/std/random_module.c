// random_module.c - the _random module: the Mersenne Twister MT19937 (M. Matsumoto, T. Nishimura, "Mersenne twister", 1998). lib/random.py makes
// distributions of it.
// SPDX-License-Identifier: MIT
#include "base/sha512.h"
#include "krait.h"
#include "port.h"

enum { WORDS = 624, SHIFT = 397 };

typedef struct {
    KrObject head;
    uint32_t at; // the next word, WORDS: all are used up
    uint32_t word[WORDS];
} Random;

static Random *random_of(KrValue v) { return (Random *)kr_ptr(v); }

// ---- The generator ---------------------------------------------------------------------------------------------------------------

static uint32_t twist(uint32_t high, uint32_t low) {
    return ((high & 0x80000000u) | (low & 0x7FFFFFFFu)) >> 1 ^ (low & 1 ? 0x9908B0DFu : 0);
}

static void refill(Random *r) {
    uint32_t *w = r->word;
    for (size_t i = 0; i < WORDS; i++) w[i] = w[(i + SHIFT) % WORDS] ^ twist(w[i], w[(i + 1) % WORDS]);
    r->at = 0;
}

static uint32_t next_word(Random *r) {
    if (KR_UNLIKELY(r->at >= WORDS)) refill(r);
    uint32_t y = r->word[r->at++];
    y ^= y >> 11;
    y ^= y << 7 & 0x9D2C5680u;
    y ^= y << 15 & 0xEFC60000u;
    return y ^ y >> 18;
}

static void start_from(Random *r, uint32_t seed) {
    r->word[0] = seed;
    for (uint32_t i = 1; i < WORDS; i++) r->word[i] = 1812433253u * (r->word[i - 1] ^ r->word[i - 1] >> 30) + i;
    r->at = WORDS;
}

static void start_from_key(Random *r, const uint32_t *key, size_t len) {
    uint32_t *w = r->word;
    size_t i = 1, k = 0;
    start_from(r, 19650218u);
    for (size_t n = WORDS > len ? WORDS : len; n; n--) {
        w[i] = (w[i] ^ (w[i - 1] ^ w[i - 1] >> 30) * 1664525u) + key[k] + (uint32_t)k;
        if (++i == WORDS) w[0] = w[WORDS - 1], i = 1;
        if (++k == len) k = 0;
    }
    for (size_t n = WORDS - 1; n; n--) {
        w[i] = (w[i] ^ (w[i - 1] ^ w[i - 1] >> 30) * 1566083941u) - (uint32_t)i;
        if (++i == WORDS) w[0] = w[WORDS - 1], i = 1;
    }
    w[0] = 0x80000000u;
}

// ---- Seeds -----------------------------------------------------------------------------------------------------------------------

static bool seed_from_system(KrVm *vm, Random *r) {
    uint32_t key[WORDS];
    if (!kr_port_entropy(key, sizeof key)) return kr_fail(kr_raise(vm, &kr_not_implemented_error, "this system has no random numbers"));
    return start_from_key(r, key, WORDS), true;
}

// The magnitude of an int, 32 bits at a time, the lowest first.
static bool seed_from_int(KrVm *vm, Random *r, KrValue v) {
    uint64_t small;
    KrValue n = kr_unary(vm, KR_ABS, v);
    if (kr_is_error(n)) return false;
    if (kr_int_fits_u64(n, &small)) {
        uint32_t key[2] = { (uint32_t)small, (uint32_t)(small >> 32) };
        return start_from_key(r, key, key[1] ? 2 : 1), true;
    }
    KrValue bits = kr_call_method(vm, n, "bit_length", 0, NULL);
    int64_t count;
    if (kr_is_error(bits) || !kr_to_int64(vm, bits, &count)) return false;
    size_t len = (size_t)(count + 31) / 32;
    KrValue part[2] = { kr_int(vm, (int64_t)len * 4), kr_name(vm, "little") };
    KrValue bytes = kr_is_error(part[0]) || kr_is_error(part[1]) ? KR_ERROR : kr_call_method(vm, n, "to_bytes", 2, part);
    uint32_t *key = kr_is_error(bytes) ? NULL : kr_buffer_alloc(vm, len * sizeof *key);
    if (!key) return false;
    const uint8_t *p = kr_bytes_data(bytes, NULL);
    for (size_t i = 0; i < len; i++, p += 4) key[i] = p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
    return start_from_key(r, key, len), kr_poll(vm, (uint32_t)(len >> 4));
}

static bool seed(KrVm *vm, KrValue self, KrValue v) {
    KrHash hash;
    if (kr_is_none(v)) return seed_from_system(vm, random_of(self));
    if (kr_is_integer(v)) return seed_from_int(vm, random_of(self), v);
    if (!kr_hash(vm, v, &hash)) return false;
    KrValue n = kr_int_from_u64(vm, (uintptr_t)hash);
    return !kr_is_error(n) && seed_from_int(vm, random_of(self), n);
}

// ---- Methods ---------------------------------------------------------------------------------------------------------------------

#define METHOD(name) static KrValue random_##name(KrVm *vm, KrValue self, const KrValue *arg)

METHOD(seed) { return seed(vm, self, arg[0]) ? KR_NONE : KR_ERROR; }

METHOD(random) {
    (void)arg;
    uint32_t a = next_word(random_of(self)) >> 5, b = next_word(random_of(self)) >> 6;
    return kr_float(vm, (a * 67108864.0 + b) * (1.0 / 9007199254740992.0));
}

// More than 64 bits: from bytes.
static KrValue many_bits(KrVm *vm, Random *r, size_t bits) {
    size_t len = (bits + 31) / 32;
    KrValue bytes = len > PTRDIFF_MAX / 8 ? kr_raise_memory(vm) : kr_bytes(vm, NULL, len * 4);
    if (kr_is_error(bytes)) return bytes;
    uint8_t *p = kr_bytes_data(bytes, NULL);
    for (size_t i = 0; i < len; i++, bits -= bits < 32 ? bits : 32) {
        uint32_t w = next_word(r) >> (bits < 32 ? 32 - bits : 0);
        for (unsigned k = 0; k < 4; k++) *p++ = (uint8_t)(w >> 8 * k);
        if ((i & 16383) == 16383 && !kr_poll(vm, 1024)) return KR_ERROR;
    }
    KrValue part[2] = { bytes, kr_name(vm, "little") };
    return kr_is_error(part[1]) ? part[1] : kr_call_method(vm, kr_int_box(0), "from_bytes", 2, part);
}

METHOD(getrandbits) {
    KrValue index = kr_index(vm, arg[0]);
    int64_t bits;
    Random *r = random_of(self);
    if (kr_is_error(index)) return index;
    if (!kr_int_fits(index, &bits) || bits > INT32_MAX) bits = kr_int_is_negative(index) ? -1 : INT64_MAX;
    if (bits < 0) return kr_raise(vm, &kr_value_error, "number of bits must be non-negative");
    if (bits == INT64_MAX) return kr_raise(vm, &kr_overflow_error, "Python int too large to convert to C int");
    if (bits == 0) return kr_int_box(0);
    if (bits <= 32) return kr_int(vm, next_word(r) >> (32 - bits));
    if (bits > 64) return many_bits(vm, r, (size_t)bits);
    uint64_t low = next_word(r);
    return kr_int_from_u64(vm, low | (uint64_t)(next_word(r) >> (64 - bits)) << 32);
}

METHOD(getstate) {
    const Random *r = random_of(self);
    KrValue tuple = kr_tuple(vm, WORDS + 1, NULL), *item = kr_is_error(tuple) ? NULL : kr_tuple_items(tuple, NULL);
    (void)arg;
    for (size_t i = 0; item && i <= WORDS; i++) {
        KrValue v = kr_int(vm, i < WORDS ? r->word[i] : r->at);
        if (kr_is_error(v)) return v;
        kr_store(vm, kr_ptr(tuple), item + i, v);
    }
    return tuple;
}

METHOD(setstate) {
    uint32_t word[WORDS];
    uint64_t v = 0;
    size_t len = 0;
    if (!kr_is_tuple(arg[0])) return kr_raise(vm, &kr_type_error, "state vector must be a tuple");
    const KrValue *item = kr_tuple_items(arg[0], &len);
    if (len != WORDS + 1) return kr_raise(vm, &kr_value_error, "state vector is the wrong size");
    for (size_t i = 0; i <= WORDS; i++) {
        if (!kr_is_integer(item[i])) return kr_raise(vm, &kr_type_error, "'%T' object cannot be interpreted as an integer", item[i]);
        if (!kr_int_fits_u64(item[i], &v))
            return kr_raise(vm, &kr_overflow_error,
                            kr_int_is_negative(item[i]) ? "can't convert negative value to unsigned int"
                                                        : "Python int too large to convert to C unsigned long");
        if (i < WORDS) word[i] = (uint32_t)v;
    }
    if (v > WORDS) return kr_raise(vm, &kr_value_error, "invalid state");
    memcpy(random_of(self)->word, word, sizeof word);
    random_of(self)->at = (uint32_t)v;
    return KR_NONE;
}

// _below(n, /): an int from 0 to n - 1, as getrandbits() gives it of so many bits as n has, again and again until it is small enough.
METHOD(below) {
    uint64_t n, v;
    Random *r = random_of(self);
    if (!kr_is_integer(arg[0]) || kr_int_is_negative(arg[0]) || kr_same(arg[0], kr_int_box(0)))
        return kr_raise(vm, &kr_value_error, "_below() argument must be a positive int, not %R", arg[0]);
    if (!kr_int_fits_u64(arg[0], &n)) {
        KrValue bits = kr_call_method(vm, arg[0], "bit_length", 0, NULL), x = KR_ERROR;
        for (bool small = false; !small;) {
            if (kr_is_error(bits) || !kr_poll(vm, 1)) return KR_ERROR;
            x = random_getrandbits(vm, self, &bits);
            if (kr_is_error(x) || !kr_compare_bool(vm, x, arg[0], KR_LT, &small)) return KR_ERROR;
        }
        return x;
    }
    unsigned bits = 64 - (unsigned)__builtin_clzll(n);
    do {
        v = next_word(r);
        if (bits <= 32) v >>= 32 - bits;
        else v |= (uint64_t)(next_word(r) >> (64 - bits)) << 32;
    } while (v >= n);
    return kr_int_from_u64(vm, v);
}

static KrValue random_init(KrVm *vm, KrValue self, const KrValue *arg) { return seed(vm, self, arg[0]) ? KR_NONE : KR_ERROR; }

static const KrMethod random_init_row = { "Random(x=None, /)", random_init, "", 0 };

static const KrMethod random_methods[] = {
    { "random()", random_random, KR_DOC("random() -> x in the interval [0, 1)."), 0 },
    { "seed(n=None, /)", random_seed,
      KR_DOC("Begin a sequence: the same for the same integer, or hash; None takes random numbers of the system."), 0 },
    { "getrandbits(k, /)", random_getrandbits, KR_DOC("getrandbits(k) -> x. Generates an int with k random bits."), 0 },
    { "_below(n, /)", random_below, KR_DOC("An int from 0 to n - 1."), 0 },
    { "getstate()", random_getstate, KR_DOC("getstate() -> tuple containing the current state."), 0 },
    { "setstate(state, /)", random_setstate, KR_DOC("setstate(state) -> None. Restores generator state."), 0 },
    { 0 },
};

static const KrType random_type = {
    KR_TYPE_HEAD(random_type),
    .name = "_random.Random",
    .doc = KR_DOC("Random() -> create a random number generator with its own internal state."),
    .flags = KR_TYPE_BASE | KR_TYPE_WEAKREF,
    .size = sizeof(Random),
    .init = &random_init_row,
    .methods = random_methods,
};

// ---- The module ------------------------------------------------------------------------------------------------------------------

static KrValue module_sha512(KrVm *vm, KrValue self, const KrValue *arg) {
    enum { PIECE = 16384 };
    KrSha512 s;
    KrBuffer b;
    uint8_t digest[KR_SHA512_SIZE];
    (void)self;
    if (!kr_get_buffer(vm, arg[0], &b, KR_BUFFER_READ)) return KR_ERROR;
    bool ok = true;
    kr_sha512_begin(&s);
    for (size_t at = 0, n; ok && at < b.len; at += n) {
        n = b.len - at < PIECE ? b.len - at : PIECE;
        kr_sha512_add(&s, (const uint8_t *)b.data + at, n);
        ok = kr_poll(vm, (uint32_t)(n >> 6));
    }
    kr_release_buffer(vm, &b);
    kr_sha512_end(&s, digest);
    return ok ? kr_bytes(vm, digest, sizeof digest) : KR_ERROR;
}

static KrValue module_entropy(KrVm *vm, KrValue self, const KrValue *arg) {
    size_t len;
    (void)self;
    if (!kr_to_size(vm, arg[0], "n", &len)) return KR_ERROR;
    KrValue bytes = kr_bytes(vm, NULL, len);
    if (kr_is_error(bytes) || (len && !kr_port_entropy(kr_bytes_data(bytes, NULL), len)))
        return kr_is_error(bytes) ? bytes : kr_raise(vm, &kr_not_implemented_error, "this system has no random numbers");
    return bytes;
}

static const KrMethod functions[] = {
    { "_sha512(data, /)", module_sha512, KR_DOC("The SHA-512 of data, for seeds that are text."), 0 },
    { "_entropy(n, /)", module_entropy, KR_DOC("n random bytes of the system."), 0 },
    { 0 },
};

static const KrConst constants[] = {
    { "Random", KR_CONST_TYPE, { .p = &random_type } },
    { 0 },
};

const KrModuleDef kr_random_module = { "_random", KR_DOC("Module implements the Mersenne Twister random number generator."), functions,
                                       constants, NULL };
