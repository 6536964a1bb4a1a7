// binascii_part.h - what the files of module binascii share.
// SPDX-License-Identifier: MIT
#ifndef KR_STD_BINASCII_PART_H
#define KR_STD_BINASCII_PART_H

#include "krait.h"

extern const KrType kr_binascii_error;
#define KR_BINASCII(name) KrValue kr_binascii_##name(KrVm *vm, KrValue self, const KrValue *arg)

// What is to be decoded: bytes-like, or a str of ASCII characters. Give it back with kr_release_buffer.
bool kr_binascii_ascii(KrVm *vm, KrValue v, KrBuffer *out) KR_RAISES;
// The first `len` bytes of a bytes object that was made for `room` at most.
KrValue kr_binascii_shorten(KrVm *vm, KrValue bytes, size_t len, size_t room) KR_RAISES;
static inline bool kr_binascii_poll(KrVm *vm, size_t at) { return (at & 16383) != 16383 || kr_poll(vm, 256); } // in loops over bytes

extern const int8_t kr_hex_value[256];
static inline int kr_hex_digit(uint8_t c) { return kr_hex_value[c]; } // -1: it is none
extern const char kr_hex_upper[], kr_hex_lower[];

KR_BINASCII(a2b_base64);
KR_BINASCII(b2a_base64);
KR_BINASCII(a2b_qp);
KR_BINASCII(b2a_qp);

#endif
