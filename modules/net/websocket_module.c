// websocket_module.c - the module _websocket_mask: masking of WebSocket frames (RFC 6455, section 5.3).
// SPDX-License-Identifier: MIT
#include <string.h>

#include "krait.h"

static void mask_bytes(uint8_t *to, const uint8_t *from, size_t len, const uint8_t key[4]) {
    uint64_t word, wide;
    size_t i = 0;
    memcpy(&wide, key, 4);
    memcpy((uint8_t *)&wide + 4, key, 4);
    for (; len - i >= sizeof word; i += sizeof word) {
        memcpy(&word, from + i, sizeof word);
        word ^= wide;
        memcpy(to + i, &word, sizeof word);
    }
    for (; i < len; i++) to[i] = from[i] ^ key[i & 3];
}

static KrValue mask(KrVm *vm, KrValue self, const KrValue *arg) {
    KrBuffer data, key;
    size_t len;
    (void)self;
    if (!kr_get_buffer(vm, arg[1], &key, KR_BUFFER_READ)) return KR_ERROR;
    uint8_t bytes[4] = { 0 };
    bool fits = key.len == sizeof bytes;
    if (fits) memcpy(bytes, key.data, sizeof bytes);
    size_t key_len = key.len;
    kr_release_buffer(vm, &key);
    if (!fits) return kr_raise(vm, &kr_value_error, "key: 4 bytes are expected, not %u", key_len);
    if (!kr_get_buffer(vm, arg[0], &data, KR_BUFFER_READ)) return KR_ERROR;
    KrValue masked = kr_bytes(vm, NULL, data.len);
    if (!kr_is_error(masked)) mask_bytes(kr_bytes_data(masked, &len), data.data, data.len, bytes);
    kr_release_buffer(vm, &data);
    return masked;
}

static const KrMethod functions[] = {
    { "mask(data, key, /)", mask,
      KR_DOC("The data with each byte exclusive-or-ed with one of the 4 bytes of the key in turn; twice gives the data again."), 0 },
    { 0 },
};

const KrModuleDef kr_websocket_module = { "_websocket_mask", KR_DOC("Masking of WebSocket frames."), functions, NULL, NULL };
