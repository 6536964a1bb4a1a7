// file_module.c - the module _files: what the device's module os has of the file system beyond module posix.
// SPDX-License-Identifier: MIT
#include "krait.h"
#include "object/object.h"
#include "stm32f405/board.h"
#include "vm/access.h"

#define FUNCTION(name) static KrValue files_##name(KrVm *vm, KrValue self, const KrValue *arg)

static KrValue done(KrVm *vm, int error, KrValue about) { return error ? kr_raise_os(vm, error, about) : KR_NONE; }

FUNCTION(sync) { return (void)self, (void)arg, done(vm, kr_files_sync(), KR_UNSET); }

static bool to_fd(KrVm *vm, KrValue v, int *fd) {
    intptr_t n;
    if (!kr_to_index(vm, v, &n)) return false;
    *fd = n < 0 || n > INT32_MAX ? -1 : (int)n;
    return kr_access_fd(vm, *fd);
}

FUNCTION(fsync) {
    KrPortStat stat;
    int fd;
    (void)self;
    if (!to_fd(vm, arg[0], &fd)) return KR_ERROR;
    int error = kr_port_stat(NULL, fd, true, &stat);
    return done(vm, error ? error : kr_files_sync(), KR_UNSET);
}

FUNCTION(truncate) {
    int64_t size;
    int fd = -1;
    bool number = kr_is_integer(arg[0]);
    (void)self;
    if (!number && !kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "truncate: path should be str or integer, not %T", arg[0]);
    if (!kr_to_int64(vm, arg[1], &size) || (number && !to_fd(vm, arg[0], &fd))) return KR_ERROR;
    if (!number && !kr_access(vm, KR_ACCESS_FILES_WRITE, arg[0])) return KR_ERROR;
    return done(vm, kr_port_truncate(number ? NULL : kr_str_text(arg[0], NULL), fd, size), number ? KR_UNSET : arg[0]);
}

FUNCTION(space) {
    uint32_t total, free, chunk;
    (void)self, (void)arg;
    int error = kr_files_space(&total, &free, &chunk);
    if (error) return kr_raise_os(vm, error, KR_UNSET);
    KrValue item[3] = { kr_int_box(chunk), kr_int_box((intptr_t)total), kr_int_box((intptr_t)free) };
    return kr_tuple(vm, 3, item);
}

FUNCTION(format) {
    (void)self, (void)arg;
    if (!kr_access(vm, KR_ACCESS_FILES_WRITE, KR_UNSET)) return KR_ERROR;
    return done(vm, kr_files_format(), KR_UNSET);
}

FUNCTION(mount) {
    (void)self;
    if (!kr_access(vm, KR_ACCESS_DEVICES, KR_UNSET)) return KR_ERROR;
    kr_files_mount(kr_same(arg[0], KR_TRUE));
    return KR_NONE;
}

static const KrMethod functions[] = {
    { "sync()", files_sync, KR_DOC("Return when all that was written is in the flash."), 0 },
    { "fsync(fd, /)", files_fsync, KR_DOC("Return when all that was written to an open file is in the flash."), 0 },
    { "truncate(path, length, /)", files_truncate,
      KR_DOC("Cut a file off, or fill it up with zeros; a path or the number of an open file."), 0 },
    { "space()", files_space, KR_DOC("Bytes of a block, bytes that one large file may have on an empty device, and has left now."), 0 },
    { "format()", files_format, KR_DOC("Make an empty file system."), 0 },
    { "mount(on, /)", files_mount, KR_DOC("Have /remote be a folder of the computer at the other end of the console, or not."), 0 },
    { 0 },
};

const KrModuleDef kr_files_module = { "_files", KR_DOC("The flash file system."), functions, NULL, NULL };
