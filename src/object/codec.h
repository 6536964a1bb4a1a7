// codec.h - text encodings: what the encoders and decoders share. Programs use kr_encode and kr_decode, see str.h.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_CODEC_H
#define KR_OBJECT_CODEC_H

#include "object/text.h"

// A decoder reads data from at on and adds to out. When it meets something malformed, kr_decode_fault applies the error handler: it adds
// the replacement and moves at on, or raises.
typedef struct {
    KrVm *vm;
    const uint8_t *data;
    size_t len, at;
    const char *encoding; // as exceptions name it
    const char *errors;   // NULL: strict
    int unit;             // bytes of a code unit, negative when the high byte comes first
    bool partial;         // more may follow: what is cut off at the end is left, `at` says where
    KrValue mapping;      // of charmap: a str of the characters by byte, or what __getitem__ is asked; KR_UNSET: code page 1252
    KrText out;
} KrDecoder;

bool kr_decode_fault(KrDecoder *d, size_t start, size_t end, const char *reason) KR_RAISES;

// An encoder reads text from at on and adds bytes to out. put adds one code point that the encoding has; false when it has not.
typedef struct KrEncoder {
    KrVm *vm;
    KrValue str;
    size_t at; // in bytes
    const char *encoding, *errors;
    int unit;
    bool (*put)(struct KrEncoder *e, uint32_t cp);
    const char *reason; // why put refuses
    bool grouped;       // neighbours that put refuses are reported together
    KrValue mapping;    // of charmap: what __getitem__ is asked; KR_UNSET: code page 1252
    KrText out;
} KrEncoder;

// Encodes the whole text with put, applying the error handler to what it refuses.
bool kr_encode_all(KrEncoder *e) KR_RAISES;
// Applies the error handler to the text [start..end), offsets in bytes, and moves at on.
bool kr_encode_fault(KrEncoder *e, size_t start, size_t end) KR_RAISES;

// One of the built-in decoders, or NULL; the encoder likewise.
bool kr_decode_utf16(KrDecoder *d) KR_RAISES;
bool kr_decode_utf32(KrDecoder *d) KR_RAISES;
bool kr_decode_charmap(KrDecoder *d) KR_RAISES;
bool kr_decode_unicode_escape(KrDecoder *d) KR_RAISES;
bool kr_decode_raw_unicode_escape(KrDecoder *d) KR_RAISES;
bool kr_put_utf16(KrEncoder *e, uint32_t cp);
bool kr_put_utf32(KrEncoder *e, uint32_t cp);
bool kr_put_charmap(KrEncoder *e, uint32_t cp);
bool kr_put_unicode_escape(KrEncoder *e, uint32_t cp);
bool kr_put_raw_unicode_escape(KrEncoder *e, uint32_t cp);

// One encoding by its name, as the functions of _codecs have them: decoding tells how much it has taken, which is all unless `partial`.
// order: of UTF-16 and UTF-32 without a mark, below 0 little, above 0 big, 0 the mark's; it is set to the mark's.
KrValue kr_codec_decode(KrVm *vm, const char *name, const KrBuffer *data, const char *errors, bool partial, int *order, KrValue mapping,
                        size_t *taken) KR_RAISES;
KrValue kr_codec_encode(KrVm *vm, const char *name, KrValue str, const char *errors, int order, KrValue mapping) KR_RAISES;
bool kr_codec_is_builtin(const char *encoding, const char **name); // name: as the table has it

// Handlers registered by programs (codecs.register_error), by name. Absent: *handler is KR_UNSET.
bool kr_error_handler_register(KrVm *vm, KrValue name, KrValue handler) KR_RAISES;
bool kr_error_handler_find(KrVm *vm, const char *name, KrValue *handler) KR_RAISES;

void kr_text_add_hex_escape(KrText *t, uint32_t cp); // \xhh, \uhhhh or \Uhhhhhhhh

#endif
