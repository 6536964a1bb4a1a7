// socket_message.c - sockets' sendmsg(), recvmsg() and recvmsg_into(): several buffers in one call, and ancillary data.
// SPDX-License-Identifier: MIT
#include "socket_part.h"

#define SELF ((KrSocket *)kr_ptr(self))

static void do_receive_message(void *c) {
    KrSocketCall *call = c;
    call->result = kr_port_socket_message(call->fd, call->message, call->flags, false);
}

static void do_send_message(void *c) {
    KrSocketCall *call = c;
    call->result = kr_port_socket_message(call->fd, call->message, call->flags, true);
}

// ---- Several buffers -------------------------------------------------------------------------------------------------------------

typedef struct { // the buffers of an iterable; the list holds their objects
    KrValue list;
    KrBuffer *buffer;
    KrPortPiece *piece;
    size_t count;
} Pieces;

static void release_pieces(KrVm *vm, Pieces *p) {
    while (p->count) kr_release_buffer(vm, &p->buffer[--p->count]);
}

static bool get_pieces(KrVm *vm, KrValue parts, const char *function, bool writes, Pieces *p) {
    KrValue iterator = kr_iter(vm, parts);
    size_t len;
    *p = (Pieces){ 0 };
    if (kr_is_error(iterator) && kr_raised_is(vm, &kr_type_error))
        return (void)kr_take_raised(vm), kr_fail(kr_raise(vm, &kr_type_error, "%s() argument 1 must be an iterable", function));
    p->list = kr_is_error(iterator) ? iterator : kr_list_from(vm, iterator);
    if (kr_is_error(p->list)) return false;
    (void)kr_list_items(p->list, &len);
    p->buffer = kr_buffer_alloc(vm, (len + 1) * sizeof *p->buffer);
    p->piece = p->buffer ? kr_buffer_alloc(vm, (len + 1) * sizeof *p->piece) : NULL;
    if (!p->piece) return false;
    for (size_t i = 0; i < len; i++) {
        if (!kr_get_buffer(vm, kr_list_items(p->list, NULL)[i], &p->buffer[i], writes ? KR_BUFFER_WRITE : KR_BUFFER_READ)) {
            release_pieces(vm, p);
            if (!writes || !(kr_raised_is(vm, &kr_type_error) || kr_raised_is(vm, &kr_buffer_error))) return false;
            return (void)kr_take_raised(vm),
                   kr_fail(
                       kr_raise(vm, &kr_type_error, "%s() argument 1 must be an iterable of single-segment read-write buffers", function));
        }
        p->piece[p->count++] = (KrPortPiece){ p->buffer[i].data, p->buffer[i].len };
    }
    return true;
}

// ---- Receiving -------------------------------------------------------------------------------------------------------------------

static KrValue ancillary(KrVm *vm, const KrPortMessage *m) {
    KrValue list = kr_list(vm, 0, NULL);
    size_t at = 0, len;
    int level, type;
    void *data;
    while (!kr_is_error(list) && kr_port_control_item(m->control, m->control_len, &at, &level, &type, &data, &len, false)) {
        KrValue item[3] = { kr_int_box(level), kr_int_box(type), kr_bytes(vm, data, len) };
        KrValue row = kr_is_error(item[2]) ? item[2] : kr_tuple(vm, 3, item);
        if (kr_is_error(row) || !kr_list_append(vm, list, row)) return KR_ERROR;
    }
    return list;
}

// arg: ancillary size, flags. *c has what was received, m the rest.
static bool receive_message(KrVm *vm, KrValue self, const KrValue *arg, KrPortMessage *m, KrSocketCall *c) {
    intptr_t room;
    c->message = m;
    if (!kr_to_index(vm, arg[0], &room) || !kr_socket_int(vm, arg[1], &c->flags)) return false;
    if (room < 0 || room > INT_MAX) return kr_fail(kr_raise(vm, &kr_value_error, "invalid ancillary data buffer length"));
    m->control_len = (size_t)room;
    m->control = kr_buffer_alloc(vm, m->control_len + 16);
    return m->control && kr_socket_run(vm, SELF, do_receive_message, c, false, kr_socket_end(vm, SELF));
}

static KrValue received(KrVm *vm, KrValue first, const KrPortMessage *m) {
    KrValue item[4] = { first, ancillary(vm, m), kr_int_box(m->flags), kr_socket_address_value(vm, m->address) };
    return kr_is_error(item[0]) || kr_is_error(item[1]) || kr_is_error(item[3]) ? KR_ERROR : kr_tuple(vm, 4, item);
}

// recvmsg(bufsize, ancbufsize=0, flags=0, /)
KrValue kr_socket_recvmsg(KrVm *vm, KrValue self, const KrValue *arg) {
    KrPortAddress from = { .protocol = SELF->protocol };
    intptr_t len;
    if (!kr_to_index(vm, arg[0], &len)) return KR_ERROR;
    if (len < 0) return kr_raise(vm, &kr_value_error, "negative buffer size in recvmsg()");
    KrValue bytes = kr_bytes(vm, NULL, (size_t)len);
    if (kr_is_error(bytes)) return bytes;
    KrPortPiece piece = { kr_bytes_data(bytes, NULL), (size_t)len };
    KrPortMessage m = { .piece = &piece, .count = 1, .address = &from };
    KrSocketCall c = { 0 };
    if (!receive_message(vm, self, arg + 1, &m, &c)) return KR_ERROR;
    return received(vm, c.result == len ? bytes : kr_bytes(vm, piece.data, (size_t)c.result), &m);
}

// recvmsg_into(buffers, ancbufsize=0, flags=0, /)
KrValue kr_socket_recvmsg_into(KrVm *vm, KrValue self, const KrValue *arg) {
    KrPortAddress from = { .protocol = SELF->protocol };
    Pieces p;
    if (!get_pieces(vm, arg[0], "recvmsg_into", true, &p)) return KR_ERROR;
    KrPortMessage m = { .piece = p.piece, .count = p.count, .address = &from };
    KrSocketCall c = { 0 };
    bool ok = receive_message(vm, self, arg + 1, &m, &c);
    release_pieces(vm, &p);
    return ok ? received(vm, kr_int(vm, c.result), &m) : KR_ERROR;
}

// ---- Sending ---------------------------------------------------------------------------------------------------------------------

#define NO_ITEM "[sendmsg() ancillary data items]() argument must be "

// An item of ancillary data: (level, type, content).
static bool item_of(KrVm *vm, KrValue row, int *level, int *type, KrBuffer *content) {
    size_t len;
    if (!kr_is_tuple(row) && !kr_is_list(row)) return kr_fail(kr_raise(vm, &kr_type_error, NO_ITEM "3-item sequence, not %T", row));
    KrValue item[3], all = kr_is_tuple(row) ? row : kr_tuple_from(vm, row);
    if (kr_is_error(all)) return false;
    const KrValue *from = kr_tuple_items(all, &len);
    if (len != 3) return kr_fail(kr_raise(vm, &kr_type_error, NO_ITEM "sequence of length 3, not %z", (intptr_t)len));
    memcpy(item, from, sizeof item);
    return kr_socket_int(vm, item[0], level) && kr_socket_int(vm, item[1], type) && kr_get_buffer(vm, item[2], content, KR_BUFFER_READ);
}

// The size that the items take, and with `to` the items themselves.
static bool put_ancillary(KrVm *vm, KrValue list, void *to, size_t *size) {
    size_t at = 0, room = *size, count;
    *size = 0;
    for (size_t i = 0; kr_list_items(list, &count), i < count; i++) {
        int level, type;
        void *data;
        KrBuffer b;
        if (!item_of(vm, kr_list_items(list, NULL)[i], &level, &type, &b)) return false;
        size_t len = b.len;
        if (to && kr_port_control_item(to, room, &at, &level, &type, &data, &len, true)) memcpy(data, b.data, len < b.len ? len : b.len);
        *size += kr_port_control_space(b.len, false);
        kr_release_buffer(vm, &b);
    }
    return true;
}

static bool ancillary_of(KrVm *vm, KrValue items, KrPortMessage *m) {
    KrValue iterator = kr_iter(vm, items);
    if (kr_is_error(iterator) && kr_raised_is(vm, &kr_type_error))
        return (void)kr_take_raised(vm), kr_fail(kr_raise(vm, &kr_type_error, "sendmsg() argument 2 must be an iterable"));
    KrValue list = kr_is_error(iterator) ? iterator : kr_list_from(vm, iterator);
    if (kr_is_error(list) || !put_ancillary(vm, list, NULL, &m->control_len)) return false;
    m->control = kr_buffer_alloc(vm, m->control_len + 16);
    return m->control && put_ancillary(vm, list, m->control, &m->control_len);
}

// sendmsg(buffers, ancdata=(), flags=0, address=None, /)
KrValue kr_socket_sendmsg(KrVm *vm, KrValue self, const KrValue *arg) {
    KrPortAddress to;
    KrPortMessage m = { 0 };
    KrSocketCall c = { .message = &m };
    Pieces p;
    if (!kr_socket_int(vm, arg[2], &c.flags)) return KR_ERROR;
    if (!kr_is_none(arg[3]) && (!kr_socket_may(vm) || !kr_socket_address_of(vm, SELF->family, arg[3], "sendmsg", &to))) return KR_ERROR;
    if (!kr_is_none(arg[3])) m.address = &to;
    if (!get_pieces(vm, arg[0], "sendmsg", false, &p)) return KR_ERROR;
    m.piece = p.piece, m.count = p.count;
    bool ok = ancillary_of(vm, arg[1], &m) && kr_socket_run(vm, SELF, do_send_message, &c, true, kr_socket_end(vm, SELF));
    release_pieces(vm, &p);
    return ok ? kr_int(vm, c.result) : KR_ERROR;
}
