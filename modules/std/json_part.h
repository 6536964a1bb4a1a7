// json_part.h - what the files of module _json share.
// SPDX-License-Identifier: MIT
#ifndef KR_STD_JSON_PART_H
#define KR_STD_JSON_PART_H

#include "krait.h"

extern const KrType kr_json_scanner_type, kr_json_encoder_type;

KrValue kr_json_scanstring(KrVm *vm, KrValue self, const KrValue *arg);

// What a text grows in: bytes of the collector, which the C stack keeps alive.
typedef struct {
    KrVm *vm;
    char *data;
    size_t len, room;
} KrJsonText;

bool kr_json_grow(KrJsonText *t, size_t more) KR_RAISES; // for kr_json_room
// Room for `more` bytes at t->data + t->len.
KR_RAISES static inline bool kr_json_room(KrJsonText *t, size_t more) { return t->room - t->len >= more || kr_json_grow(t, more); }
// A str as a JSON string: with its quotes, and without characters beyond ASCII if `ascii`.
bool kr_json_quote(KrJsonText *t, KrValue str, bool ascii) KR_RAISES;

#endif
