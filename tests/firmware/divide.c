// divide.c - the STM32F405's division of doubles against this machine's: all pairs of odd values, and random ones.
// usage: divide COUNT SEED
// SPDX-License-Identifier: MIT
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

uint64_t __aeabi_ddiv(uint64_t a, uint64_t b);

static uint64_t state;
static uint64_t next(void) { // xorshift
    state ^= state << 13;
    state ^= state >> 7;
    return state ^= state << 17;
}

static int check(uint64_t a, uint64_t b) {
    double x, y, z;
    uint64_t right, got = __aeabi_ddiv(a, b);
    memcpy(&x, &a, 8);
    memcpy(&y, &b, 8);
    z = x / y;
    memcpy(&right, &z, 8);
    if (got == right || (z != z && (got << 1) > UINT64_C(0xFFE0000000000000))) return 0;
    printf("%016" PRIx64 " / %016" PRIx64 ": %016" PRIx64 ", should be %016" PRIx64 "\n", a, b, got, right);
    return 1;
}

int main(int argc, char **argv) {
    static const uint64_t odd[] = { 0,
                                    1,
                                    2,
                                    3,
                                    0x000FFFFFFFFFFFFF,
                                    0x0010000000000000,
                                    0x0010000000000001,
                                    0x001FFFFFFFFFFFFF,
                                    0x0020000000000000,
                                    0x3CA0000000000000,
                                    0x3FE0000000000000,
                                    0x3FF0000000000000,
                                    0x3FF0000000000001,
                                    0x3FFFFFFFFFFFFFFF,
                                    0x4000000000000000,
                                    0x4008000000000000,
                                    0x7FE0000000000000,
                                    0x7FEFFFFFFFFFFFFF,
                                    0x7FF0000000000000,
                                    0x7FF8000000000000,
                                    0x7FF0000000000001 };
    enum { ODD = sizeof odd / sizeof *odd };
    long count = argc > 1 ? atol(argv[1]) : 1000000, wrong = 0;
    state = argc > 2 ? strtoull(argv[2], NULL, 10) | 1 : 1;
    for (int i = 0; i < ODD * ODD * 4; i++)
        wrong += check(odd[i / 4 / ODD] | (uint64_t)(i & 1) << 63, odd[i / 4 % ODD] | (uint64_t)(i >> 1 & 1) << 63);
    for (long i = 0; i < count && wrong < 10; i++) {
        uint64_t a = next(), b = next();
        switch (i % 4) {
        case 1: b = (b & ~UINT64_C(0x7FF0000000000000)) | (a & UINT64_C(0x7FF0000000000000)); break; // close together
        case 2: a &= ~UINT64_C(0) << (next() % 52), b &= ~UINT64_C(0) << (next() % 52); break;       // few bits: exact, and halves
        case 3:
            a &= UINT64_C(0x801FFFFFFFFFFFFF), b = (b & UINT64_C(0x80FFFFFFFFFFFFFF)) | UINT64_C(0x3F00000000000000);
            break; // subnormal
        default: break;
        }
        wrong += check(a, b);
    }
    printf("%ld divisions, %ld wrong\n", count + ODD * ODD * 4, wrong);
    return wrong != 0;
}
