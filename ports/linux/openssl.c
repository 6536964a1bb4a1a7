// openssl.c - finds OpenSSL 3: libssl.so.3 and libcrypto.so.3, loaded when somebody first asks, or the linked one (KR_OPENSSL_STATIC).
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include "linux/openssl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

#ifndef KR_OPENSSL_STATIC // the build says so
#define KR_OPENSSL_STATIC 0
#endif

#if KR_OPENSSL_STATIC

#define X(result, name, arguments) result name arguments;
KR_OPENSSL_SSL(X)
KR_OPENSSL_CRYPTO(X)
#undef X

#define X(result, name, arguments) .name = name,
KrOpenSsl kr_openssl = { KR_OPENSSL_SSL(X) KR_OPENSSL_CRYPTO(X) };
#undef X

bool kr_openssl_open(const char **why) { return (void)why, true; }

#else

KrOpenSsl kr_openssl;
static const char *missing; // NULL: all is there

// The names, in the order of the table's slots, each with its NUL.
#define X(result, name, arguments) #name "\0"
static const char ssl_names[] = KR_OPENSSL_SSL(X), crypto_names[] = KR_OPENSSL_CRYPTO(X);
#undef X

static char *find(void *library, const char *names, char *slot) { // a function pointer has the size of others, POSIX says
    for (const char *name = names; *name; name += strlen(name) + 1, slot += sizeof(void *)) {
        void *symbol = dlsym(library, name);
        if (!symbol) return missing = name, NULL;
        memcpy(slot, &symbol, sizeof symbol);
    }
    return slot;
}

static void load(void) {
    void *crypto = dlopen("libcrypto.so.3", RTLD_NOW), *ssl = crypto ? dlopen("libssl.so.3", RTLD_NOW) : NULL;
    missing = crypto ? "libssl.so.3" : "libcrypto.so.3";
    if (!ssl) return;
    missing = NULL;
    char *rest = find(ssl, ssl_names, (char *)&kr_openssl);
    if (rest) (void)find(crypto, crypto_names, rest);
}

bool kr_openssl_open(const char **why) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    if (pthread_once(&once, load) != 0) missing = "pthread_once";
    return *why = missing, !missing;
}

#endif
