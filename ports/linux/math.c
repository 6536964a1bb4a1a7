// math.c - the functions of libm for module math. libm is loaded when they are first asked for: that costs every start 50 us otherwise;
// or it is the linked one (KR_MATH_STATIC).
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include <dlfcn.h>
#include <math.h>
#include <pthread.h>
#include <string.h>

#include "port.h"

#ifndef KR_MATH_STATIC // the build says so
#define KR_MATH_STATIC 0
#endif

#if KR_MATH_STATIC

#define X(name) .name = name,
KrPortMath kr_port_math = { KR_PORT_MATH_1(X) KR_PORT_MATH_2(X).fma = fma, .ldexp = ldexp, .frexp = frexp };
#undef X

bool kr_port_math_open(void) { return true; }

#else

KrPortMath kr_port_math;
static bool complete;

static bool find(void *library, const char *name, void *slot) { // a function pointer has the size of others, POSIX says
    void *symbol = library ? dlsym(library, name) : NULL;
    memcpy(slot, &symbol, sizeof symbol);
    return symbol != NULL;
}

static void load(void) {
    void *library = dlopen("libm.so.6", RTLD_NOW);  // glibc
    if (!library) library = dlopen(NULL, RTLD_NOW); // elsewhere it is part of the C library
    bool ok = true;
#define X(name) ok = find(library, #name, &kr_port_math.name) && ok;
    KR_PORT_MATH_1(X)
    KR_PORT_MATH_2(X)
#undef X
    complete = find(library, "fma", &kr_port_math.fma) && find(library, "ldexp", &kr_port_math.ldexp) &&
               find(library, "frexp", &kr_port_math.frexp) && ok;
}

bool kr_port_math_open(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    return pthread_once(&once, load) == 0 && complete;
}

#endif
