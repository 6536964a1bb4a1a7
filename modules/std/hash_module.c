// hash_module.c - the modules _md5, _sha1, _sha2, _sha3 and _blake2: hash objects.
// SPDX-License-Identifier: MIT
#include "hash_part.h"

typedef struct {
    KrObject head;
    const KrHashKind *kind;
    KrDigest hash;
} Object;

static Object *object_of(KrValue v) { return (Object *)kr_ptr(v); }

// ---- What all have ---------------------------------------------------------------------------------------------------------------

// Adds data to a hash, with polls.
static bool add(KrVm *vm, KrDigest *hash, const KrHashKind *kind, KrValue data) {
    enum { PIECE = 65536 };
    KrBuffer b;
    if (kr_is_str(data)) return kr_fail(kr_raise(vm, &kr_type_error, "Strings must be encoded before hashing"));
    if (!kr_get_buffer(vm, data, &b, KR_BUFFER_READ)) {
        if (!kr_raised_is(vm, &kr_type_error)) return false;
        (void)kr_take_raised(vm);
        return kr_fail(kr_raise(vm, &kr_type_error, "object supporting the buffer API required"));
    }
    bool ok = true;
    for (size_t at = 0, n; ok && at < b.len; at += n) {
        n = b.len - at < PIECE ? b.len - at : PIECE;
        kr_hash_add(hash, kind, (const uint8_t *)b.data + at, n);
        ok = n < PIECE || kr_poll_limits(vm, PIECE / 64);
    }
    kr_release_buffer(vm, &b);
    return ok;
}

static KrValue hash_update(KrVm *vm, KrValue self, const KrValue *arg) {
    return add(vm, &object_of(self)->hash, object_of(self)->kind, arg[0]) ? KR_NONE : KR_ERROR;
}

static KrValue hash_copy(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    KrValue copy = kr_alloc_instance(vm, kr_type_of(self));
    if (kr_is_error(copy)) return copy;
    object_of(copy)->kind = object_of(self)->kind;
    object_of(copy)->hash = object_of(self)->hash;
    return copy;
}

// The digest as bytes; of SHAKE as long as asked for.
static KrValue digest(KrVm *vm, KrValue self, size_t len) {
    const Object *o = object_of(self);
    KrDigest hash = o->hash;
    KrValue bytes = kr_bytes(vm, NULL, len);
    if (kr_is_error(bytes)) return bytes;
    o->kind->end(&hash, o->kind, kr_bytes_data(bytes, NULL), len);
    return kr_poll(vm, (uint32_t)(len / 64)) ? bytes : KR_ERROR;
}

static KrValue hex(KrVm *vm, KrValue bytes) { return kr_is_error(bytes) ? bytes : kr_call_method(vm, bytes, "hex", 0, NULL); }

static KrValue hash_digest(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)arg, digest(vm, self, object_of(self)->hash.out_size);
}
static KrValue hash_hexdigest(KrVm *vm, KrValue self, const KrValue *arg) { return hex(vm, hash_digest(vm, self, arg)); }

static KrValue shake_digest(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue index = arg[0];
    int64_t len;
    if (!kr_is_integer(index)) return kr_raise(vm, &kr_type_error, "an integer is required");
    if (kr_int_is_negative(index)) return kr_raise(vm, &kr_value_error, "value must be positive");
    if (!kr_int_fits(index, &len)) return kr_raise(vm, &kr_overflow_error, "Python int too large to convert to C unsigned long");
    return len >= 1 << 29 ? kr_raise(vm, &kr_value_error, "length is too large") : digest(vm, self, (size_t)len);
}
static KrValue shake_hexdigest(KrVm *vm, KrValue self, const KrValue *arg) { return hex(vm, shake_digest(vm, self, arg)); }

static KrValue get_name(KrVm *vm, KrValue self) { return kr_str_c(vm, object_of(self)->kind->name); }
static KrValue get_block_size(KrVm *vm, KrValue self) { return (void)vm, kr_int_box(object_of(self)->kind->block_size); }
static KrValue get_digest_size(KrVm *vm, KrValue self) { return (void)vm, kr_int_box(object_of(self)->hash.out_size); }
static KrValue get_rate(KrVm *vm, KrValue self) { return (void)vm, kr_int_box(object_of(self)->kind->block_size * 8); }
static KrValue get_capacity(KrVm *vm, KrValue self) { return (void)vm, kr_int_box(1600 - object_of(self)->kind->block_size * 8); }
static KrValue get_suffix(KrVm *vm, KrValue self) { return kr_bytes(vm, &object_of(self)->kind->suffix, 1); }

#define COPY_ROW \
    { "copy()", hash_copy, KR_DOC("Return a copy of the hash object."), 0 }
#define UPDATE_ROW \
    { "update(obj, /)", hash_update, KR_DOC("Update this hash object's state with the provided bytes-like object."), 0 }
static const KrMethod methods[] = {
    COPY_ROW,
    { "digest()", hash_digest, KR_DOC("Return the digest value as a bytes object."), 0 },
    { "hexdigest()", hash_hexdigest, KR_DOC("Return the digest value as a string of hexadecimal digits."), 0 },
    UPDATE_ROW,
    { 0 },
};
static const KrMethod shake_methods[] = {
    COPY_ROW,
    { "digest(length, /)", shake_digest, KR_DOC("Return the digest value, of so many bytes, as a bytes object."), 0 },
    { "hexdigest(length, /)", shake_hexdigest, KR_DOC("Return the digest value, of so many bytes, as a string of hexadecimal digits."), 0 },
    UPDATE_ROW,
    { 0 },
};

#define COMMON_ROWS \
    { "block_size", get_block_size, NULL, NULL }, { "digest_size", get_digest_size, NULL, NULL }, { "name", get_name, NULL, NULL }
static const KrGetSet attributes[] = { COMMON_ROWS, { 0 } };
static const KrGetSet sponge_attributes[] = {
    COMMON_ROWS,
    { "_capacity_bits", get_capacity, NULL, NULL },
    { "_rate_bits", get_rate, NULL, NULL },
    { "_suffix", get_suffix, NULL, NULL },
    { 0 },
};

// ---- Making them -----------------------------------------------------------------------------------------------------------------

static KrValue make(KrVm *vm, const KrType *type, const KrHashKind *kind, KrValue data, KrValue for_security) {
    bool secure;
    if (!kr_truth(vm, for_security, &secure)) return KR_ERROR;
    KrValue made = kr_alloc_instance(vm, type);
    if (kr_is_error(made)) return made;
    Object *o = object_of(made);
    o->kind = kind;
    kind->begin(&o->hash, kind);
    o->hash.out_size = kind->digest_size;
    return kr_is_unset(data) || add(vm, &o->hash, kind, data) ? made : KR_ERROR;
}

#define HASH_FUNCTION(kind, type) \
    static const KrType type = { KR_TYPE_HEAD(type), .name = HASH_MODULE "." #type, .flags = KR_TYPE_NO_NEW, .size = sizeof(Object), \
                                 .methods = methods, .attributes = attributes }; \
    static KrValue new_##kind(KrVm *vm, KrValue self, const KrValue *arg) { \
        return (void)self, make(vm, &type, &kr_hash_##kind, arg[0], arg[1]); \
    }

#define HASH_MODULE "_md5"
HASH_FUNCTION(md5, md5)
#undef HASH_MODULE
#define HASH_MODULE "_sha1"
HASH_FUNCTION(sha1, sha1)
#undef HASH_MODULE
#define HASH_MODULE "_sha2"
HASH_FUNCTION(sha224, SHA224Type)
HASH_FUNCTION(sha256, SHA256Type)
HASH_FUNCTION(sha384, SHA384Type)
HASH_FUNCTION(sha512, SHA512Type)

#define NEW_ROW(kind, text) \
    { \
#kind "(string=<unset>, *, usedforsecurity=True)", new_##kind, \
            KR_DOC("Return a new " text " hash object; optionally initialized with a string."), 0 \
    }
static const KrMethod md5_functions[] = { NEW_ROW(md5, "MD5"), { 0 } };
static const KrMethod sha1_functions[] = { NEW_ROW(sha1, "SHA1"), { 0 } };
static const KrMethod sha2_functions[] = {
    NEW_ROW(sha224, "SHA-224"), NEW_ROW(sha256, "SHA-256"), NEW_ROW(sha384, "SHA-384"), NEW_ROW(sha512, "SHA-512"), { 0 }
};

#define SPONGE(symbol, own_methods) \
    static KrValue new_##symbol(KrVm *vm, KrValue self, const KrValue *arg) { \
        return make(vm, kr_as_type(self), &kr_hash_##symbol, arg[0], arg[1]); \
    } \
    static const KrMethod make_##symbol = { #symbol "(data=<unset>, /, *, usedforsecurity=True)", new_##symbol, "", 0 }; \
    static const KrType symbol##_type = { \
        KR_TYPE_HEAD(symbol##_type), .name = "_sha3." #symbol, \
        .flags = KR_TYPE_BASE,       .doc = KR_DOC(#symbol "([data], *, usedforsecurity=True) -> hash object"), \
        .size = sizeof(Object),      .make = &make_##symbol, \
        .methods = own_methods,      .attributes = sponge_attributes \
    };
SPONGE(sha3_224, methods)
SPONGE(sha3_256, methods)
SPONGE(sha3_384, methods)
SPONGE(sha3_512, methods)
SPONGE(shake_128, shake_methods)
SPONGE(shake_256, shake_methods)

// ---- BLAKE2 ----------------------------------------------------------------------------------------------------------------------

// An int argument between low and high, or the message of what it has to be.
static bool number(KrVm *vm, KrValue v, int64_t low, int64_t high, const char *format, int last, int64_t *out) {
    if (!kr_to_int64(vm, v, out)) return false;
    return (*out >= low && *out <= high) || kr_fail(kr_raise(vm, &kr_value_error, format, last));
}

static bool unsigned_number(KrVm *vm, KrValue v, uint64_t most, const char *name, uint64_t *out) {
    KrValue index = kr_index(vm, v);
    if (kr_is_error(index)) return false;
    if (kr_int_is_negative(index)) return kr_fail(kr_raise(vm, &kr_value_error, "value must be positive"));
    if (!kr_int_fits_u64(index, out)) return kr_fail(kr_raise(vm, &kr_overflow_error, "int too big to convert"));
    return *out <= most || kr_fail(kr_raise(vm, &kr_overflow_error, "%s is too large", name));
}

// Bytes of at most `room`; the rest of `to` stays zero.
static bool text(KrVm *vm, KrValue v, const char *name, size_t room, uint8_t *to, size_t *len) {
    KrBuffer b;
    *len = 0;
    if (kr_is_unset(v)) return true;
    if (!kr_get_buffer(vm, v, &b, KR_BUFFER_READ)) return false;
    bool ok = b.len <= room;
    if (ok && b.len) memcpy(to, b.data, *len = b.len);
    kr_release_buffer(vm, &b);
    return ok || kr_fail(kr_raise(vm, &kr_value_error, "maximum %s length is %u bytes", name, room));
}

enum { DATA, DIGEST_SIZE, KEY, SALT, PERSON, FANOUT, DEPTH, LEAF_SIZE, NODE_OFFSET, NODE_DEPTH, INNER_SIZE, LAST_NODE, SECURITY };

static bool parameters(KrVm *vm, const KrHashKind *kind, const KrValue *arg, KrBlake2 *b, uint8_t key[128]) {
    int most = kind->digest_size;
    size_t len;
    int64_t digest_size, fanout, depth, node_depth, inner;
    uint64_t leaf, offset;
    if (!number(vm, arg[DIGEST_SIZE], 1, most, "digest_size must be between 1 and %d bytes", most, &digest_size)) return false;
    if (!text(vm, arg[SALT], "salt", kind->block_size / 8u, b->salt, &len) ||
        !text(vm, arg[PERSON], "person", kind->block_size / 8u, b->person, &len))
        return false;
    if (!number(vm, arg[FANOUT], 0, 255, "fanout must be between 0 and 255", 0, &fanout)) return false;
    if (!number(vm, arg[DEPTH], 1, 255, "depth must be between 1 and 255", 0, &depth)) return false;
    if (!unsigned_number(vm, arg[LEAF_SIZE], UINT32_MAX, "leaf_size", &leaf)) return false;
    if (!unsigned_number(vm, arg[NODE_OFFSET], most == 64 ? UINT64_MAX : UINT64_MAX >> 16, "node_offset", &offset)) return false;
    if (!number(vm, arg[NODE_DEPTH], 0, 255, "node_depth must be between 0 and 255", 0, &node_depth)) return false;
    if (!number(vm, arg[INNER_SIZE], 0, most, "inner_size must be between 0 and is %d", most, &inner)) return false;
    if (!text(vm, arg[KEY], "key", (size_t)most, key, &len)) return false;
    b->digest_size = (uint8_t)digest_size, b->key_len = (uint8_t)len, b->fanout = (uint8_t)fanout, b->depth = (uint8_t)depth;
    b->node_depth = (uint8_t)node_depth, b->inner_size = (uint8_t)inner, b->leaf_size = (uint32_t)leaf, b->node_offset = offset;
    return true;
}

static KrValue blake2_make(KrVm *vm, KrValue self, const KrHashKind *kind, const KrValue *arg) {
    KrBlake2 b = { 0 };
    uint8_t key[128] = { 0 };
    bool last_node, secure;
    if (!parameters(vm, kind, arg, &b, key) || !kr_truth(vm, arg[LAST_NODE], &last_node) || !kr_truth(vm, arg[SECURITY], &secure))
        return KR_ERROR;
    KrValue made = kr_alloc_instance(vm, kr_as_type(self));
    if (kr_is_error(made)) return made;
    Object *o = object_of(made);
    o->kind = kind;
    kr_blake2_begin(&o->hash, kind, &b);
    o->hash.last_node = last_node;
    if (b.key_len) kr_hash_add(&o->hash, kind, key, kind->block_size);
    return kr_is_unset(arg[DATA]) || add(vm, &o->hash, kind, arg[DATA]) ? made : KR_ERROR;
}

#define INT(name, n) \
    static KrValue int_##name(KrVm *vm, KrValue self) { return (void)vm, (void)self, kr_int_box(n); }
INT(8, 8)
INT(16, 16)
INT(32, 32)
INT(64, 64)

#define BLAKE2(symbol, most, text_size) \
    static KrValue new_##symbol(KrVm *vm, KrValue self, const KrValue *arg) { return blake2_make(vm, self, &kr_hash_##symbol, arg); } \
    static const KrMethod make_##symbol = { #symbol \
                                            "(data=<unset>, /, *, digest_size=" #most \
                                            ", key=<unset>, salt=<unset>, person=<unset>, fanout=1, depth=1, leaf_size=0, node_offset=0, " \
                                            "node_depth=0, inner_size=0, last_node=False, usedforsecurity=True)", \
                                            new_##symbol, "", 0 }; \
    static const KrGetSet attributes_##symbol[] = { \
        COMMON_ROWS, \
        { "MAX_DIGEST_SIZE", int_##most, kr_class_constant, NULL }, \
        { "MAX_KEY_SIZE", int_##most, kr_class_constant, NULL }, \
        { "PERSON_SIZE", int_##text_size, kr_class_constant, NULL }, \
        { "SALT_SIZE", int_##text_size, kr_class_constant, NULL }, \
        { 0 }, \
    }; \
    static const KrType symbol##_type = { KR_TYPE_HEAD(symbol##_type), .name = "_blake2." #symbol, \
                                          .flags = KR_TYPE_BASE,       .doc = KR_DOC("Return a new BLAKE2 hash object."), \
                                          .size = sizeof(Object),      .make = &make_##symbol, \
                                          .methods = methods,          .attributes = attributes_##symbol };
BLAKE2(blake2b, 64, 16)
BLAKE2(blake2s, 32, 8)

// ---- The modules -----------------------------------------------------------------------------------------------------------------

#define TYPE_ROW(name, type) \
    { \
        name, KR_CONST_TYPE, { .p = &type } \
    }
#define INT_ROW(name, n) \
    { \
        name, KR_CONST_INT, { .i = n } \
    }

static const KrConst md5_constants[] = { TYPE_ROW("MD5Type", md5), { 0 } };
static const KrConst sha1_constants[] = { TYPE_ROW("SHA1Type", sha1), { 0 } };
static const KrConst sha2_constants[] = { TYPE_ROW("SHA224Type", SHA224Type),
                                          TYPE_ROW("SHA256Type", SHA256Type),
                                          TYPE_ROW("SHA384Type", SHA384Type),
                                          TYPE_ROW("SHA512Type", SHA512Type),
                                          { 0 } };
static const KrConst sha3_constants[] = {
    TYPE_ROW("sha3_224", sha3_224_type),
    TYPE_ROW("sha3_256", sha3_256_type),
    TYPE_ROW("sha3_384", sha3_384_type),
    TYPE_ROW("sha3_512", sha3_512_type),
    TYPE_ROW("shake_128", shake_128_type),
    TYPE_ROW("shake_256", shake_256_type),
    { "implementation", KR_CONST_STR, { .p = "Krait" } },
    { 0 },
};
static const KrConst blake2_constants[] = {
    TYPE_ROW("blake2b", blake2b_type),
    TYPE_ROW("blake2s", blake2s_type),
    INT_ROW("BLAKE2B_SALT_SIZE", 16),
    INT_ROW("BLAKE2B_PERSON_SIZE", 16),
    INT_ROW("BLAKE2B_MAX_KEY_SIZE", 64),
    INT_ROW("BLAKE2B_MAX_DIGEST_SIZE", 64),
    INT_ROW("BLAKE2S_SALT_SIZE", 8),
    INT_ROW("BLAKE2S_PERSON_SIZE", 8),
    INT_ROW("BLAKE2S_MAX_KEY_SIZE", 32),
    INT_ROW("BLAKE2S_MAX_DIGEST_SIZE", 32),
    { 0 },
};
static const KrMethod no_functions[] = { { 0 } };

const KrModuleDef kr_md5_module = { "_md5", KR_DOC("MD5, for hashlib."), md5_functions, md5_constants, NULL };
const KrModuleDef kr_sha1_module = { "_sha1", KR_DOC("SHA-1, for hashlib."), sha1_functions, sha1_constants, NULL };
const KrModuleDef kr_sha2_module = { "_sha2", KR_DOC("SHA-2, for hashlib."), sha2_functions, sha2_constants, NULL };
const KrModuleDef kr_sha3_module = { "_sha3", KR_DOC("SHA-3 and SHAKE, for hashlib."), no_functions, sha3_constants, NULL };
const KrModuleDef kr_blake2_module = { "_blake2", KR_DOC("BLAKE2, for hashlib."), no_functions, blake2_constants, NULL };
