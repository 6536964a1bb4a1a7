// ssl_certificate.c - Certificate: one of a chain, as its bytes (DER). What they say is read by lib/_ssl_certificate.py.
// SPDX-License-Identifier: MIT
#include "object/object.h"
#include "ssl_part.h"

#define METHOD(name) static KrValue certificate_##name(KrVm *vm, KrValue self, const KrValue *arg)

enum { AS_PEM = 1, AS_DER = 2 };

typedef struct {
    KrObject head;
    KrValue der; // bytes
} Certificate;

#define SELF ((Certificate *)kr_ptr(self))

KrValue kr_ssl_certificate_call(KrVm *vm, const char *function, KrValue der) {
    KrValue module = kr_is_error(der) ? der : kr_import(vm, "_ssl_certificate");
    return kr_is_error(module) ? module : kr_call_method(vm, module, function, 1, &der);
}

KrValue kr_ssl_certificate_new(KrVm *vm, const KrTlsFact *fact) {
    KrValue der = kr_bytes(vm, fact->data, fact->len), v = kr_is_error(der) ? der : kr_alloc_instance(vm, &kr_ssl_certificate_type);
    if (!kr_is_error(v)) kr_store(vm, kr_ptr(v), &((Certificate *)kr_ptr(v))->der, der);
    return v;
}

static KrValue certificate_alloc(KrVm *vm, const KrType *type) {
    return kr_alloc_instance(vm, type);
} // an own one: object.__new__ cannot make these

static void certificate_trace(KrTracer *tracer, KrObject *o) { kr_trace(tracer, ((Certificate *)o)->der); }
static bool certificate_hash(KrVm *vm, KrValue self, KrHash *out) { return kr_hash(vm, SELF->der, out); }
static KrValue certificate_repr(KrVm *vm, KrValue self) { return kr_ssl_certificate_call(vm, "text", SELF->der); }

static KrValue certificate_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    if (!kr_is_exact(other, &kr_ssl_certificate_type) || (op != KR_EQ && op != KR_NE)) return KR_NOTIMPL;
    return kr_compare(vm, SELF->der, ((Certificate *)kr_ptr(other))->der, op);
}

METHOD(get_info) { return (void)arg, kr_ssl_certificate_call(vm, "info", SELF->der); }

METHOD(public_bytes) {
    int64_t format;
    if (!kr_to_int64(vm, arg[0], &format)) return KR_ERROR;
    if (format == AS_PEM) return kr_ssl_certificate_call(vm, "pem", SELF->der);
    return format == AS_DER ? SELF->der : kr_raise(vm, &kr_value_error, "Unsupported format");
}

static const KrMethod methods[] = {
    { "get_info()", certificate_get_info, KR_DOC("What the certificate says, as a dict."), 0 },
    { "public_bytes(format=1)", certificate_public_bytes, KR_DOC("The certificate as text (ENCODING_PEM) or bytes (ENCODING_DER)."), 0 },
    { 0 },
};

const KrType kr_ssl_certificate_type = {
    KR_TYPE_HEAD(kr_ssl_certificate_type),
    .name = "_ssl.Certificate",
    .module = "_ssl",
    .doc = KR_DOC("A certificate (X.509) of a chain."),
    .flags = KR_TYPE_NO_NEW,
    .size = sizeof(Certificate),
    .methods = methods,
    .alloc = certificate_alloc,
    .trace = certificate_trace,
    .hash = certificate_hash,
    .repr = certificate_repr,
    .compare = certificate_compare,
};
