// text_check.h - CHECK for the plain C tests of src/base text code.
// SPDX-License-Identifier: MIT
#ifndef KRAIT_TESTS_TEXT_CHECK_H
#define KRAIT_TESTS_TEXT_CHECK_H

#include <stdint.h>
#include <stdio.h>

static int check_failures;

#define CHECK(x) ((x) ? (void)0 : check_failed(#x, __FILE__, __LINE__))

static inline void check_failed(const char *what, const char *file, int line) {
    if (++check_failures <= 20) printf("%s:%d: failed: %s\n", file, line, what);
}

static inline int check_result(const char *name) {
    if (check_failures) printf("%s: %d checks failed\n", name, check_failures);
    else printf("%s: ok\n", name);
    return check_failures != 0;
}

// A small generator of repeatable random numbers: xorshift64*, S. Vigna, An experimental exploration of Marsaglia's xorshift
// generators, scrambled (2016).
static uint64_t check_random_state = 88172645463325252u;

static inline uint32_t check_random(uint32_t below) {
    check_random_state ^= check_random_state >> 12;
    check_random_state ^= check_random_state << 25;
    check_random_state ^= check_random_state >> 27;
    return (uint32_t)((check_random_state * 2685821657736338717u) >> 32) % below;
}

#endif
