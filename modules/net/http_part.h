// http_part.h - the files of module _http: reading heads, and chunks.
// SPDX-License-Identifier: MIT
#ifndef KR_NET_HTTP_PART_H
#define KR_NET_HTTP_PART_H

#include "krait.h"

enum {
    KR_HTTP_FIELDS = 100, // most fields of a head

    KR_HTTP_BAD = 400,
    KR_HTTP_LONG_TARGET = 414,
    KR_HTTP_LARGE_HEAD = 431,
    KR_HTTP_UNKNOWN_CODING = 501,
    KR_HTTP_VERSION = 505,
};

extern const KrType kr_http_chunks_type;

// ValueError(status, text): the status to answer with.
KrValue kr_http_refuse(KrVm *vm, int status, const char *format, ...);

KrValue kr_http_read_request(KrVm *vm, KrValue self, const KrValue *arg) KR_RAISES;
KrValue kr_http_read_response(KrVm *vm, KrValue self, const KrValue *arg) KR_RAISES;

// Text of a head: each byte is a character (RFC 9110, 5.5: ISO-8859-1 is what others may mean).
KrValue kr_http_text(KrVm *vm, const uint8_t *data, size_t len) KR_RAISES;

bool kr_http_is_token(uint8_t c); // RFC 9110, 5.6.2

#endif
