// resolve_number.c - numeric addresses as users write them, with scopes: 127.1, fe80::1%eth0.
// SPDX-License-Identifier: MIT
#include "resolve_part.h"
#include "socket_part.h"

static unsigned digit_of(char c) {
    return c >= '0' && c <= '9' ? (unsigned)(c - '0') : (c | 32) >= 'a' && (c | 32) <= 'f' ? (unsigned)((c | 32) - 'a') + 10 : 99;
}

// The last number fills what is left.
const char *kr_number_read_4(const char *text, uint8_t ip[4]) {
    const char *p = text;
    uint32_t whole = 0;
    for (unsigned part = 0; part < 4; part++) {
        uint64_t n = 0;
        unsigned base = *p == '0' ? (p[1] | 32) == 'x' ? 16 : 8 : 10, d;
        const char *first = p += base == 16 ? 2 : 0;
        for (; (d = digit_of(*p)) < base && n <= UINT32_MAX; p++) n = n * base + d;
        bool last = *p != '.';
        uint64_t most = last ? UINT32_MAX >> (8 * part) : 255;
        if (p == first || n > most || (part == 3 && !last)) return NULL;
        whole |= (uint32_t)n << (last ? 0 : 24 - 8 * part);
        if (last) break;
        p++;
    }
    for (int i = 0; i < 4; i++) ip[i] = (uint8_t)(whole >> (24 - 8 * i));
    return p;
}

static bool is_local(const uint8_t *ip) {
    return (ip[0] == 0xFE && (ip[1] & 0xC0) == 0x80) || (ip[0] == 0xFF && ((ip[1] & 15) == 1 || (ip[1] & 15) == 2));
}

// An interface by name, where the address is only good on one, or by number.
static bool read_scope(const char *text, const uint8_t *ip, uint32_t *scope) {
    char name[16];
    int number;
    uint64_t n = 0;
    if (is_local(ip))
        for (size_t i = 0; kr_port_interface(i, &number, name); i++)
            if (strcmp(name, text) == 0) return *scope = (uint32_t)number, true;
    if (!*text) return false;
    for (; *text >= '0' && *text <= '9' && n <= UINT32_MAX; text++) n = n * 10 + (unsigned)(*text - '0');
    return *scope = (uint32_t)n, !*text && n <= UINT32_MAX;
}

bool kr_number_read(const char *text, KrHostAddress *out, bool *bad_scope) {
    char part[64];
    const char *end = kr_number_read_4(text, out->ip), *scope = strchr(text, '%');
    *bad_scope = false;
    out->scope = 0;
    if (end && !*end) return out->family = KR_FAMILY_4, true;
    size_t len = scope ? (size_t)(scope - text) : strlen(text);
    if (len >= sizeof part) return false;
    memcpy(part, text, len);
    part[len] = 0;
    if (!kr_socket_ip_read(part, KR_FAMILY_6, out->ip)) return false;
    out->family = KR_FAMILY_6;
    if (scope && !read_scope(scope + 1, out->ip, &out->scope)) return *bad_scope = true, false;
    return true;
}

static void write_scope(const KrHostAddress *a, char *out) {
    char name[16], digit[12];
    int number, len = 0;
    *out++ = '%';
    if (is_local(a->ip))
        for (size_t i = 0; kr_port_interface(i, &number, name); i++)
            if ((uint32_t)number == a->scope) {
                strcpy(out, name);
                return;
            }
    uint32_t n = a->scope;
    do digit[len++] = (char)('0' + n % 10), n /= 10;
    while (n);
    while (len) *out++ = digit[--len];
    *out = 0;
}

void kr_number_write(const KrHostAddress *a, char out[96]) {
    kr_socket_ip_write(a->ip, a->family, out);
    if (a->family == KR_FAMILY_6 && a->scope) write_scope(a, out + strlen(out));
}
