// fcntl_module.c - the fcntl module: what a program can ask of and tell to an open file.
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/fs.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>

#include "system_part.h"
#include "vm/audit.h"

#define FUNCTION(name) static KrValue fcntl_##name(KrVm *vm, KR_UNUSED KrValue self, KR_UNUSED const KrValue *arg)

enum { ROOM = 1024 }; // bytes that are copied for a call

typedef struct {
    enum { CONTROL, DEVICE, LOCK } kind;
    int fd, command;
    unsigned request;
    int number;   // the argument, unless
    void *memory; // there is this one
    int result, error;
} Call;

static void call_outside(void *context) {
    Call *c = context;
    if (c->kind == LOCK) c->result = flock(c->fd, c->command);
    else if (c->kind == DEVICE) c->result = c->memory ? ioctl(c->fd, c->request, c->memory) : ioctl(c->fd, c->request, c->number);
    else c->result = c->memory ? fcntl(c->fd, c->command, c->memory) : fcntl(c->fd, c->command, c->number);
    c->error = errno;
}

// While other threads run; again when a signal came. False: raised.
static bool call(KrVm *vm, Call *c) {
    do {
        kr_blocking(vm, call_outside, c);
        errno = c->error;
    } while (kr_linux_again(vm, c->result));
    return c->result >= 0 || kr_fail(kr_raised(vm) ? KR_ERROR : kr_raise_os(vm, c->error, KR_UNSET));
}

// The lowest 32 bits of any integer.
static bool low_bits(KrVm *vm, KrValue v, unsigned *out) {
    int64_t n;
    uint64_t u;
    v = kr_index(vm, v);
    if (kr_is_error(v)) return false;
    if (kr_int_fits(v, &n)) return *out = (unsigned)n, true;
    if (!kr_int_fits_u64(v, &u)) {
        v = kr_binary(vm, KR_AND, v, kr_int(vm, UINT32_MAX));
        if (kr_is_error(v) || !kr_int_fits_u64(v, &u)) return false;
    }
    return *out = (unsigned)u, true;
}

// A copy of the bytes of an argument that is text or bytes-like. *len: KR_UNSET-like -1, it is something else.
static bool copied(KrVm *vm, KrValue v, const char *function, char *room, intptr_t *len) {
    KrBuffer b;
    size_t size;
    *len = -1;
    if (kr_is_str(v)) {
        const char *text = kr_str_text(v, &size);
        if (size <= ROOM) memcpy(room, text, size);
    } else {
        if (!kr_get_buffer(vm, v, &b, KR_BUFFER_READ)) return kr_raised_is(vm, &kr_type_error) && ((void)kr_take_raised(vm), true);
        size = b.len;
        if (size <= ROOM) memcpy(room, b.data, size);
        kr_release_buffer(vm, &b);
    }
    if (size > ROOM) return kr_fail(kr_raise(vm, &kr_value_error, "%s string arg too long", function));
    room[size] = 0;
    return *len = (intptr_t)size, true;
}

static bool is_number(KrValue v) { return kr_is_unset(v) || kr_is_integer(v); }

FUNCTION(fcntl) { // fd, cmd, arg
    Call c = { .kind = CONTROL };
    char room[ROOM + 1];
    intptr_t len = -1;
    unsigned number = 0;
    if (!kr_linux_file(vm, arg[0], &c.fd) || !kr_linux_int(vm, arg[1], &c.command) || !kr_audit(vm, "fcntl.fcntl", 3, arg)) return KR_ERROR;
    if (!is_number(arg[2]) && !copied(vm, arg[2], "fcntl", room, &len)) return KR_ERROR;
    if (len < 0 && !kr_is_unset(arg[2]) && !low_bits(vm, arg[2], &number)) return KR_ERROR;
    c.number = (int)number;
    if (len >= 0) c.memory = room;
    if (!call(vm, &c)) return KR_ERROR;
    return len >= 0 ? kr_bytes(vm, room, (size_t)len) : kr_int_box(c.result);
}

// ioctl() whose argument is memory that it may write to: that of the object itself.
static KrValue change(KrVm *vm, Call *c, KrBuffer *b) {
    char room[ROOM + 1];
    c->memory = b->len > ROOM ? b->data : room;
    if (b->len <= ROOM) memcpy(room, b->data, b->len), room[b->len] = 0;
    bool ok = call(vm, c);
    if (b->len <= ROOM) memcpy(b->data, room, b->len);
    kr_release_buffer(vm, b);
    return ok ? kr_int_box(c->result) : KR_ERROR;
}

FUNCTION(ioctl) { // fd, request, arg, mutate_flag
    Call c = { .kind = DEVICE };
    char room[ROOM + 1];
    KrBuffer b;
    bool mutate;
    intptr_t len = -1;
    unsigned number = 0;
    if (!kr_linux_file(vm, arg[0], &c.fd) || !low_bits(vm, arg[1], &c.request) || !kr_truth(vm, arg[3], &mutate)) return KR_ERROR;
    if (!kr_audit(vm, "fcntl.ioctl", 3, arg)) return KR_ERROR;
    if (mutate && !is_number(arg[2]) && !kr_is_str(arg[2]) && !kr_is_bytes(arg[2])) {
        if (kr_get_buffer(vm, arg[2], &b, KR_BUFFER_WRITE)) return change(vm, &c, &b);
        (void)kr_take_raised(vm);
    }
    if (!is_number(arg[2]) && !copied(vm, arg[2], "ioctl", room, &len)) return KR_ERROR;
    if (len < 0 && !kr_is_unset(arg[2]) && !low_bits(vm, arg[2], &number)) return KR_ERROR;
    c.number = (int)number;
    if (len >= 0) c.memory = room;
    if (!call(vm, &c)) return KR_ERROR;
    return len >= 0 ? kr_bytes(vm, room, (size_t)len) : kr_int_box(c.result);
}

FUNCTION(flock) { // fd, operation
    Call c = { .kind = LOCK };
    if (!kr_linux_file(vm, arg[0], &c.fd) || !kr_linux_int(vm, arg[1], &c.command) || !kr_audit(vm, "fcntl.flock", 2, arg)) return KR_ERROR;
    return call(vm, &c) ? KR_NONE : KR_ERROR;
}

FUNCTION(lockf) { // fd, cmd, len, start, whence
    Call c = { .kind = CONTROL };
    int how, whence;
    int64_t len = 0, start = 0;
    struct flock lock = { 0 };
    if (!kr_linux_file(vm, arg[0], &c.fd) || !kr_linux_int(vm, arg[1], &how) || !kr_linux_int(vm, arg[4], &whence)) return KR_ERROR;
    if (!kr_audit(vm, "fcntl.lockf", 5, arg)) return KR_ERROR;
    if (how == LOCK_UN) lock.l_type = F_UNLCK;
    else if (how & LOCK_SH) lock.l_type = F_RDLCK;
    else if (how & LOCK_EX) lock.l_type = F_WRLCK;
    else return kr_raise(vm, &kr_value_error, "unrecognized lockf argument");
    if (!kr_to_int64(vm, arg[2], &len) || !kr_to_int64(vm, arg[3], &start)) return KR_ERROR;
    lock.l_start = start, lock.l_len = len, lock.l_whence = (short)whence;
    c.command = how & LOCK_NB ? F_SETLK : F_SETLKW;
    c.memory = &lock;
    return call(vm, &c) ? KR_NONE : KR_ERROR;
}

static const KrMethod functions[] = {
    { "fcntl(fd, cmd, arg=0, /)", fcntl_fcntl,
      KR_DOC("Do cmd with an open file. arg is an integer, or bytes (at most 1024), which come back as the call leaves them."), 0 },
    { "ioctl(fd, request, arg=0, mutate_flag=True, /)", fcntl_ioctl,
      KR_DOC(
          "Ask the device behind an open file. arg is an integer, or bytes (at most 1024), which come back as the call leaves them; memory "
          "that can be written to is changed itself, unless mutate_flag is false."),
      0 },
    { "flock(fd, operation, /)", fcntl_flock,
      KR_DOC("Lock a whole file, or unlock it: LOCK_SH, LOCK_EX, LOCK_UN, and LOCK_NB not to wait."), 0 },
    { "lockf(fd, cmd, len=0, start=0, whence=0, /)", fcntl_lockf,
      KR_DOC("Lock a part of a file, or unlock it: LOCK_SH, LOCK_EX, LOCK_UN, and LOCK_NB not to wait; len 0 is all of the rest."), 0 },
    { 0 },
};

#define NUMBER(name) \
    { \
#name, KR_CONST_INT, { .i = (int64_t)(name) } \
    }

// clang-format off
static const KrConst constants[] = {
    NUMBER(DN_ACCESS), NUMBER(DN_ATTRIB), NUMBER(DN_CREATE), NUMBER(DN_DELETE), NUMBER(DN_MODIFY), NUMBER(DN_MULTISHOT),
    NUMBER(DN_RENAME), NUMBER(FASYNC), NUMBER(FD_CLOEXEC), NUMBER(F_ADD_SEALS), NUMBER(F_DUPFD), NUMBER(F_DUPFD_CLOEXEC), NUMBER(F_EXLCK),
    NUMBER(F_GETFD), NUMBER(F_GETFL), NUMBER(F_GETLEASE), NUMBER(F_GETLK), NUMBER(F_GETLK64), NUMBER(F_GETOWN), NUMBER(F_GETPIPE_SZ),
    NUMBER(F_GETSIG), NUMBER(F_GET_SEALS), NUMBER(F_NOTIFY), NUMBER(F_OFD_GETLK), NUMBER(F_OFD_SETLK), NUMBER(F_OFD_SETLKW),
    NUMBER(F_RDLCK), NUMBER(F_SEAL_GROW), NUMBER(F_SEAL_SEAL), NUMBER(F_SEAL_SHRINK), NUMBER(F_SEAL_WRITE), NUMBER(F_SETFD),
    NUMBER(F_SETFL), NUMBER(F_SETLEASE), NUMBER(F_SETLK), NUMBER(F_SETLK64), NUMBER(F_SETLKW), NUMBER(F_SETLKW64), NUMBER(F_SETOWN),
    NUMBER(F_SETPIPE_SZ), NUMBER(F_SETSIG), NUMBER(F_SHLCK), NUMBER(F_UNLCK), NUMBER(F_WRLCK), NUMBER(LOCK_EX), NUMBER(LOCK_MAND),
    NUMBER(LOCK_NB), NUMBER(LOCK_READ), NUMBER(LOCK_RW), NUMBER(LOCK_SH), NUMBER(LOCK_UN), NUMBER(LOCK_WRITE),
    { 0 },
};
// clang-format on

const KrModuleDef kr_fcntl_module = { "fcntl", KR_DOC("Control of open files and devices, and locks on files."), functions, constants,
                                      NULL };
