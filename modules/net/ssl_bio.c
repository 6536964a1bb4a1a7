// ssl_bio.c - MemoryBIO: bytes that go into, or come out of, a TLS connection which has no socket.
// SPDX-License-Identifier: MIT
#include "object/object.h"
#include "ssl_part.h"

#define METHOD(name) static KrValue bio_##name(KrVm *vm, KrValue self, const KrValue *arg)
#define SELF         kr_ssl_bio(self)

METHOD(new) {
    (void)arg;
    KrValue v = kr_alloc_instance(vm, kr_as_type(self));
    if (kr_is_error(v)) return v;
    kr_ssl_bio(v)->memory = kr_tls_memory_new();
    return kr_ssl_bio(v)->memory ? v : kr_raise_memory(vm);
}

static void bio_finalize(KrVm *vm, KrObject *o) {
    KrSslBio *b = (KrSslBio *)o;
    kr_uncharge(vm, b->charged);
    kr_tls_memory_free(b->memory);
    b->memory = NULL, b->charged = 0;
}

METHOD(read) {
    int64_t size;
    if (!kr_to_int64(vm, arg[0], &size) || !kr_ssl_turn_take(vm, &SELF->turn)) return KR_ERROR;
    size_t len = kr_tls_memory_len(SELF->memory);
    if (size >= 0 && (uint64_t)size < len) len = (size_t)size;
    KrValue bytes = kr_bytes(vm, NULL, len);
    if (!kr_is_error(bytes)) (void)kr_tls_memory_read(SELF->memory, kr_bytes_data(bytes, NULL), len);
    kr_ssl_turn_give(vm, &SELF->turn);
    return kr_ssl_charge(vm, &SELF->charged, kr_tls_memory_room(SELF->memory)) ? bytes : KR_ERROR;
}

METHOD(write) {
    KrBuffer b;
    if (!kr_get_buffer(vm, arg[0], &b, KR_BUFFER_READ)) return KR_ERROR;
    size_t len = b.len;
    bool ok = !SELF->ended || kr_fail(kr_ssl_raise_text(vm, &kr_ssl_error, -1, "cannot write() after write_eof()"));
    ok = ok && kr_ssl_turn_take(vm, &SELF->turn);
    if (ok) {
        ok = kr_tls_memory_write(SELF->memory, b.data, len) || kr_fail(kr_raise_memory(vm));
        kr_ssl_turn_give(vm, &SELF->turn);
    }
    kr_release_buffer(vm, &b);
    return ok && kr_ssl_charge(vm, &SELF->charged, kr_tls_memory_room(SELF->memory)) ? kr_int(vm, (int64_t)len) : KR_ERROR;
}

METHOD(write_eof) { return (void)vm, (void)arg, SELF->ended = true, KR_NONE; }

static KrValue get_pending(KrVm *vm, KrValue self) { return kr_int(vm, (int64_t)kr_tls_memory_len(SELF->memory)); }
static KrValue get_eof(KrVm *vm, KrValue self) { return (void)vm, kr_bool(SELF->ended && !kr_tls_memory_len(SELF->memory)); }

static const KrMethod new_row = { "MemoryBIO()", bio_new, NULL, 0 };
static const KrMethod methods[] = {
    { "read(size=-1, /)", bio_read, KR_DOC("Return up to size bytes, all without size; b'' if there are none."), 0 },
    { "write(b, /)", bio_write, KR_DOC("Append bytes; return how many."), 0 },
    { "write_eof()", bio_write_eof, KR_DOC("Say that no more bytes come: eof is True once all are read."), 0 },
    { 0 },
};
static const KrGetSet attributes[] = { { "pending", get_pending, NULL, KR_DOC("How many bytes wait to be read.") },
                                       { "eof", get_eof, NULL, KR_DOC("Is all read, and the end was written?") },
                                       { 0 } };

const KrType kr_ssl_bio_type = {
    KR_TYPE_HEAD(kr_ssl_bio_type),
    .name = "_ssl.MemoryBIO",
    .module = "_ssl",
    .doc = KR_DOC("Bytes in memory between a program and a TLS connection (SSLContext.wrap_bio)."),
    .size = sizeof(KrSslBio),
    .methods = methods,
    .attributes = attributes,
    .make = &new_row,
    .finalize = bio_finalize,
};
