// tls_memory.c - a queue of bytes between a TLS connection and a program: data + from is the first byte that was not read.
// SPDX-License-Identifier: MIT
#include <stdlib.h>
#include <string.h>

#include "../modules/net/tls.h"

struct KrTlsMemory {
    char *data; // NULL while it is empty, so that idle connections have none
    size_t from, len, room;
};

KrTlsMemory *kr_tls_memory_new(void) { return calloc(1, sizeof(KrTlsMemory)); }

void kr_tls_memory_free(KrTlsMemory *m) {
    if (m) free(m->data);
    free(m);
}

bool kr_tls_memory_write(KrTlsMemory *m, const void *data, size_t len) {
    if (m->from && m->room - m->from - m->len < len) {
        memmove(m->data, m->data + m->from, m->len);
        m->from = 0;
    }
    if (m->room - m->from - m->len < len) {
        size_t room = m->len + len > m->room * 2 ? m->len + len : m->room * 2;
        char *bigger = room > m->len ? realloc(m->data, room) : NULL;
        if (!bigger) return len == 0;
        m->data = bigger, m->room = room;
    }
    if (len) memcpy(m->data + m->from + m->len, data, len);
    m->len += len;
    return true;
}

size_t kr_tls_memory_read(KrTlsMemory *m, void *out, size_t len) {
    if (len > m->len) len = m->len;
    if (len) memcpy(out, m->data + m->from, len);
    m->from += len, m->len -= len;
    if (m->len) return len;
    free(m->data);
    m->data = NULL, m->from = m->room = 0;
    return len;
}

size_t kr_tls_memory_len(const KrTlsMemory *m) { return m->len; }
size_t kr_tls_memory_room(const KrTlsMemory *m) { return m->room; }
