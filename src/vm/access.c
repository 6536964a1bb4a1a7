// access.c - what a VM may touch: the one place that every way to the host goes through.
//
// Descriptors: those that the VM opened are its own; 0 to 2 are the console; all others belong to the process. Which ones are its own is
// only kept where it matters, in a VM without the right to the process's.
// SPDX-License-Identifier: MIT
#include "object/vm_state.h"
#include "port.h"
#include "vm/builtins.h"

typedef struct {
    unsigned bit;
    const char *what, *name;
} Right;

static const Right rights[] = {
    { KR_ACCESS_FILES_READ, "read files", "KR_ACCESS_FILES_READ" },
    { KR_ACCESS_FILES_WRITE, "write files", "KR_ACCESS_FILES_WRITE" },
    { KR_ACCESS_SOCKETS, "use sockets", "KR_ACCESS_SOCKETS" },
    { KR_ACCESS_DEVICES, "use devices", "KR_ACCESS_DEVICES" },
    { KR_ACCESS_PROCESSES, "touch the process and its descriptors", "KR_ACCESS_PROCESSES" },
    { KR_ACCESS_IMPORT, "import from files", "KR_ACCESS_IMPORT" },
    { KR_ACCESS_ENVIRONMENT, "use environment variables", "KR_ACCESS_ENVIRONMENT" },
    { KR_ACCESS_CONSOLE, "use the console", "KR_ACCESS_CONSOLE" },
};

bool kr_may(KrVm *vm, unsigned access) { return (vm->access & access) == access; }

// PermissionError(13, "this VM may not read files (KR_ACCESS_FILES_READ)", what): the first right that is missing.
static bool refuse(KrVm *vm, unsigned access, KrValue what) {
    const Right *r = rights;
    while (r < rights + KR_COUNT_OF(rights) - 1 && (!(r->bit & access) || vm->access & r->bit)) r++;
    KrValue item[3] = { kr_int_box(KR_PORT_EACCES), kr_format(vm, "this VM may not %s (%s)", r->what, r->name), what };
    if (kr_is_error(item[1])) return false;
    return kr_fail(kr_raise_args(vm, &kr_os_error, kr_tuple(vm, kr_is_unset(what) || kr_is_none(what) ? 2 : 3, item)));
}

bool kr_access(KrVm *vm, unsigned access, KrValue what) { return KR_LIKELY(kr_may(vm, access)) || refuse(vm, access, what); }

bool kr_access_open(KrVm *vm, unsigned access, const char *path, KrValue what) {
    if (!kr_access(vm, access, what)) return false;
    return kr_may(vm, KR_ACCESS_DEVICES) || kr_port_path_kind(path) != KR_PATH_DEVICE || refuse(vm, KR_ACCESS_DEVICES, what);
}

// ---- Descriptors ---------------------------------------------------------------------------------------------------------------

static bool keeps_own(const KrVm *vm) { return !(vm->access & KR_ACCESS_PROCESSES); }
static void *entry_of(int fd) { return (void *)((intptr_t)fd + 1); }

static size_t find_own(const KrVm *vm, int fd) {
    size_t i = vm->own_fds.len;
    while (i > 0 && vm->own_fds.item[i - 1] != entry_of(fd)) i--;
    return i; // its position + 1; 0: not there
}

static unsigned right_to(const KrVm *vm, int fd) {
    if (!keeps_own(vm)) return fd >= 0 && fd <= 2 ? KR_ACCESS_CONSOLE : 0;
    return find_own(vm, fd) ? 0 : fd >= 0 && fd <= 2 ? KR_ACCESS_CONSOLE : KR_ACCESS_PROCESSES;
}

bool kr_fd_opened(KrVm *vm, int fd) {
    if (!keeps_own(vm) || find_own(vm, fd) || kr_pointers_push(vm, &vm->own_fds, entry_of(fd))) return true;
    kr_port_close(fd);
    return false;
}

bool kr_fd_again(KrVm *vm, int error, bool *collected) {
    enum { INTERRUPTED = 4, NO_MORE_IN_SYSTEM = 23, NO_MORE = 24 };
    if (error == INTERRUPTED) return kr_poll(vm, 1000);
    if ((error != NO_MORE && error != NO_MORE_IN_SYSTEM) || *collected) return false;
    *collected = true;
    kr_collect(vm);
    return kr_poll(vm, 1000000); // finalizers close
}

void kr_fd_closed(KrVm *vm, int fd) {
    size_t i = find_own(vm, fd);
    if (i) vm->own_fds.item[i - 1] = vm->own_fds.item[--vm->own_fds.len];
}

bool kr_may_use_fd(KrVm *vm, int fd) { return kr_may(vm, right_to(vm, fd)); }
bool kr_may_close_fd(KrVm *vm, int fd) { return !keeps_own(vm) || find_own(vm, fd); }
bool kr_access_fd(KrVm *vm, int fd) { return KR_LIKELY(kr_may_use_fd(vm, fd)) || refuse(vm, right_to(vm, fd), KR_UNSET); }
bool kr_access_close(KrVm *vm, int fd) { return kr_may_close_fd(vm, fd) || refuse(vm, KR_ACCESS_PROCESSES, KR_UNSET); }

// ---- The console ---------------------------------------------------------------------------------------------------------------

void kr_console_write(KrVm *vm, int stream, const char *text, size_t len) {
    if (kr_may(vm, KR_ACCESS_CONSOLE)) kr_port_console_write(stream, text, len);
}
