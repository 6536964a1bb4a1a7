// ssl_error.c - the exceptions of module _ssl, and the turns of threads.
// SPDX-License-Identifier: MIT
#include <string.h>

#include "ssl_part.h"

// str() of an SSLError is its text alone.
static KrValue error_str(KrVm *vm, KrValue self) {
    KrValue text = kr_getattr_c(vm, self, "strerror");
    if (kr_is_error(text) || kr_is_str(text)) return text;
    KrValue args = kr_getattr_c(vm, self, "args");
    return kr_is_error(args) ? args : kr_to_str(vm, args);
}

// What makes them is inherited: OSError, which knows errno and strerror.
#define ERROR(symbol, title, parent, text, ...) \
    const KrType symbol = { KR_TYPE_HEAD(symbol), \
                            .name = title, \
                            .module = "ssl", \
                            .base = &parent, \
                            .doc = KR_DOC(text), \
                            .str = error_str, \
                            .flags = KR_TYPE_BASE | KR_TYPE_HAS_DICT | KR_TYPE_IS_EXCEPTION | KR_TYPE_WEAKREF, \
                            .size = KR_EXCEPTION_SIZE, \
                            .trace = kr_exception_trace __VA_ARGS__ }

ERROR(kr_ssl_error, "SSLError", kr_os_error, "TLS failed. library and reason say where and why, where that is known.", );
static const KrType *const verify_bases[] = { &kr_ssl_error, &kr_value_error, NULL };
ERROR(kr_ssl_verify_error, "SSLCertVerificationError", kr_ssl_error,
      "The other side's certificate was refused. verify_code and verify_message say why.", , .bases = verify_bases);
ERROR(kr_ssl_closed_error, "SSLZeroReturnError", kr_ssl_error, "The other side has closed the TLS connection.", );
ERROR(kr_ssl_want_read_error, "SSLWantReadError", kr_ssl_error, "More has to be received before the operation can go on.", );
ERROR(kr_ssl_want_write_error, "SSLWantWriteError", kr_ssl_error, "More has to be sent before the operation can go on.", );
ERROR(kr_ssl_system_error, "SSLSyscallError", kr_ssl_error, "The system failed during an operation.", );
ERROR(kr_ssl_eof_error, "SSLEOFError", kr_ssl_error, "The connection ended without the end of TLS.", );

KrValue kr_ssl_raise_text(KrVm *vm, const KrType *type, int number, const char *text) {
    KrValue item[2] = { kr_int_box(number), kr_str_c(vm, text) };
    if (kr_is_error(item[1])) return KR_ERROR;
    KrValue e = number < 0 ? kr_call(vm, kr_type_value(type), 1, item + 1) : kr_call(vm, kr_type_value(type), 2, item);
    bool ok = !kr_is_error(e) && kr_setattr_c(vm, e, "library", KR_NONE) && kr_setattr_c(vm, e, "reason", KR_NONE);
    return ok ? kr_raise_value(vm, e) : KR_ERROR;
}

static KrValue word(KrVm *vm, const char *text) { return *text ? kr_str_c(vm, text) : KR_NONE; }

// "[SSL: REASON] text"
static KrValue text_of(KrVm *vm, const KrTlsError *error) {
    const char *text = error->text ? error->text : "unknown error";
    if (*error->reason && *error->library) return kr_format(vm, "[%s: %s] %s", error->library, error->reason, text);
    return *error->library ? kr_format(vm, "[%s] %s", error->library, text) : kr_str_c(vm, text);
}

static KrValue raise_with(KrVm *vm, const KrType *type, int number, KrValue text, const KrTlsError *error, KrValue refusal) {
    KrValue item[2] = { kr_int_box(number), text };
    KrValue e = kr_is_error(text) ? text : kr_call(vm, kr_type_value(type), 2, item), library = word(vm, error->library),
            reason = word(vm, error->reason);
    if (kr_is_error(e) || kr_is_error(library) || kr_is_error(reason)) return KR_ERROR;
    bool ok = kr_setattr_c(vm, e, "library", library) && kr_setattr_c(vm, e, "reason", reason);
    if (ok && error->unverified)
        ok = kr_setattr_c(vm, e, "verify_code", kr_int_box((int)error->verify_code)) && kr_setattr_c(vm, e, "verify_message", refusal);
    return ok ? kr_raise_value(vm, e) : KR_ERROR;
}

KrValue kr_ssl_raise(KrVm *vm, const KrTlsError *error) {
    if (error->kind == KR_TLS_SYSTEM && error->system) return kr_raise_os(vm, error->system, KR_UNSET);
    if (!error->text && !error->code) return kr_raise_memory(vm);
    return raise_with(vm, &kr_ssl_error, error->code, text_of(vm, error), error, KR_NONE);
}

// Why a certificate was refused, in the library's words, but for names that it is not for.
static KrValue refusal_of(KrVm *vm, const KrTlsError *error, KrValue host) {
    enum { HOST_MISMATCH = 62, ADDRESS_MISMATCH = 64 };
    if (error->verify_code == HOST_MISMATCH && kr_is_str(host))
        return kr_format(vm, "Hostname mismatch, certificate is not valid for '%S'.", host);
    if (error->verify_code == ADDRESS_MISMATCH && kr_is_str(host))
        return kr_format(vm, "IP address mismatch, certificate is not valid for '%S'.", host);
    return kr_str_c(vm, error->verify_text ? error->verify_text : "unknown reason");
}

static KrValue raise_refusal(KrVm *vm, const KrTlsError *error, KrValue host) {
    KrValue why = refusal_of(vm, error, host), text = kr_is_error(why) ? why : text_of(vm, error);
    if (!kr_is_error(text)) text = kr_format(vm, "%S: %S", text, why);
    return raise_with(vm, &kr_ssl_verify_error, KR_TLS_FAILED, text, error, why);
}

KrValue kr_ssl_raise_step(KrVm *vm, const KrTlsError *error, KrValue host) {
    switch (error->kind) {
    case KR_TLS_WANT_READ: return kr_ssl_raise_text(vm, &kr_ssl_want_read_error, KR_TLS_WANT_READ, "The operation did not complete (read)");
    case KR_TLS_WANT_WRITE:
        return kr_ssl_raise_text(vm, &kr_ssl_want_write_error, KR_TLS_WANT_WRITE, "The operation did not complete (write)");
    case KR_TLS_CLOSED: return kr_ssl_raise_text(vm, &kr_ssl_closed_error, KR_TLS_CLOSED, "TLS/SSL connection has been closed (EOF)");
    case KR_TLS_SYSTEM: return kr_raise_os(vm, error->system, KR_UNSET);
    case KR_TLS_EOF:
        if (*error->reason) return raise_with(vm, &kr_ssl_eof_error, KR_TLS_EOF, text_of(vm, error), error, KR_NONE);
        return kr_ssl_raise_text(vm, &kr_ssl_eof_error, KR_TLS_EOF, "EOF occurred in violation of protocol");
    default: break;
    }
    if (error->unverified) return raise_refusal(vm, error, host);
    return raise_with(vm, &kr_ssl_error, KR_TLS_FAILED, text_of(vm, error), error, KR_NONE);
}

// ---- Turns -------------------------------------------------------------------------------------------------------------------------

static const void *me(const KrVm *vm) { return vm->threads ? (const void *)vm->threads->current : vm; }

// A step that began before there were threads was begun by the thread that is now the first.
bool kr_ssl_turn_mine(KrVm *vm, const KrSslTurn *turn) {
    return turn->holder && (turn->holder == me(vm) || (turn->holder == vm && kr_thread_is_first(vm)));
}

bool kr_ssl_turn_take(KrVm *vm, KrSslTurn *turn) {
    if (kr_ssl_turn_mine(vm, turn))
        return kr_fail(kr_raise(vm, &kr_runtime_error, "the TLS connection is in the middle of an operation, which has called this"));
    while (turn->holder)
        if (kr_wait(vm, &turn->waiters, INT64_MAX) < 0) return false;
    turn->holder = me(vm);
    return true;
}

void kr_ssl_turn_give(KrVm *vm, KrSslTurn *turn) {
    turn->holder = NULL;
    kr_wake_one(vm, &turn->waiters);
}

// ---- Small things ------------------------------------------------------------------------------------------------------------------

bool kr_ssl_add(void *facts, const KrTlsFact *fact) {
    KrSslFacts *f = facts;
    KrValue v = f->make(f->vm, fact);
    if (!kr_is_error(v) && kr_list_append(f->vm, f->list, v)) return true;
    return f->list = KR_ERROR, false;
}

bool kr_ssl_keep(void *facts, const KrTlsFact *fact) {
    KrSslFacts *f = facts;
    return f->list = f->make(f->vm, fact), !kr_is_error(f->list);
}

bool kr_ssl_charge(KrVm *vm, size_t *charged, size_t now) {
    size_t before = *charged;
    *charged = now;
    if (now < before) kr_uncharge(vm, before - now);
    if (now <= before || kr_charge(vm, now - before)) return true;
    return *charged = before, false;
}
