// sqlite.c - the functions of SQLite for module sqlite3: loaded with the first import, or linked in.
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

#include "../modules/data/sqlite_api.h"

#if KR_SQLITE_STATIC

#define X(result, name, arguments) extern result sqlite3_##name arguments;
KR_SQLITE_CALLS(X)
#undef X

const KrSqliteCalls kr_sqlite = {
#define X(result, name, arguments) sqlite3_##name,
    KR_SQLITE_CALLS(X)
#undef X
};

bool kr_sqlite_open(const char **problem) { return *problem = NULL, true; }

#else

enum { CALLS = sizeof(KrSqliteCalls) / sizeof(void *) };

KrSqliteCalls kr_sqlite;
static const char *missing;

// In the order of the table's pointers, each followed by a NUL.
static const char names[] =
#define X(result, name, arguments) "sqlite3_" #name "\0"
    KR_SQLITE_CALLS(X)
#undef X
    ;

static void load(void) {
    void *library = dlopen("libsqlite3.so.0", RTLD_NOW | RTLD_LOCAL), *call[CALLS];
    const char *name = names;
    if (!library) library = dlopen("libsqlite3.so", RTLD_NOW | RTLD_LOCAL); // musl and others have no version in the name
    if (!library) missing = "libsqlite3.so.0";
    for (size_t i = 0; !missing && i < CALLS; i++, name += strlen(name) + 1)
        if (!(call[i] = dlsym(library, name))) missing = name;
    if (!missing) memcpy(&kr_sqlite, call, sizeof kr_sqlite); // a function pointer has the size of others, POSIX says
}

bool kr_sqlite_open(const char **problem) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    if (pthread_once(&once, load) != 0) missing = "pthread_once";
    return *problem = missing, !missing;
}

#endif
