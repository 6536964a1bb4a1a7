// import_alias.c - modules under MicroPython's other names: a `u` before the name of those that MicroPython has.
//
// Under the other name stands the same module. It is looked for when no finder knows the name, so that a program may bring a module of its own.
// SPDX-License-Identifier: MIT
#include "vm/import_alias.h"

#include <string.h>

// With a space before and after each.
static const char named[] = " array asyncio binascii collections contextlib cryptolib errno hashlib heapq io json logging machine platform "
                            "random re select socket ssl struct sys time websocket zlib ";

static bool is_named(const char *text, size_t len) {
    for (const char *at = named; (at = strchr(at, ' ')) && at[1]; at++)
        if (strncmp(at + 1, text, len) == 0 && at[1 + len] == ' ') return true;
    return false;
}

KrValue kr_import_alias(KrVm *vm, KrValue name) {
    size_t len;
    const char *text = kr_str_text(name, &len), *dot = memchr(text, '.', len);
    size_t first = dot ? (size_t)(dot - text) : len;
    if (first < 2 || text[0] != 'u' || !is_named(text + 1, first - 1)) return KR_UNSET;
    return kr_name_len(vm, text + 1, len - 1);
}
