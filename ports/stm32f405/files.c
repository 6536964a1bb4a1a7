// files.c - files and folders of the STM32F405: there is no file system; 0, 1 and 2 are the console.
// SPDX-License-Identifier: MIT
#include <string.h>

#include "stm32f405/board.h"

enum { ENOENT_ = 2, ENODEV_ = 19, EINVAL_ = 22, ESPIPE_ = 29 };

// ---- By number -----------------------------------------------------------------------------------------------------------------

intptr_t kr_port_read(int fd, void *data, size_t len) { return fd == 0 ? kr_console_read(data, len) : -KR_PORT_EBADF; }

intptr_t kr_port_write(int fd, const void *data, size_t len) {
    if (fd != 1 && fd != 2) return -KR_PORT_EBADF;
    kr_port_console_write(fd, data, len);
    return (intptr_t)len;
}

bool kr_port_is_terminal(int fd) { return fd >= 0 && fd <= 2; }
bool kr_port_blocks(int fd) { return fd == 0; }
int kr_port_close(int fd) { return kr_port_is_terminal(fd) ? 0 : -KR_PORT_EBADF; }
int64_t kr_port_seek(int fd, int64_t offset, int whence) {
    return (void)offset, (void)whence, kr_port_is_terminal(fd) ? -ESPIPE_ : -KR_PORT_EBADF;
}

// ---- By name -------------------------------------------------------------------------------------------------------------------

int kr_port_open(const char *path, int how) { return (void)path, (void)how, -ENODEV_; }
int kr_port_open_flags(const char *path, int flags, unsigned mode) { return (void)path, (void)flags, (void)mode, -ENODEV_; }
int kr_port_read_file(const char *path, char **data, size_t *len) { return (void)path, (void)data, (void)len, ENOENT_; }
void kr_port_free(void *data) { (void)data; }
char *kr_port_executable(void) { return NULL; }
int kr_port_path_kind(const char *path) { return (void)path, KR_PATH_NONE; }

int kr_port_stat(const char *path, int fd, bool follow, KrPortStat *out) {
    (void)follow;
    if (path) return ENODEV_;
    if (!kr_port_is_terminal(fd)) return KR_PORT_EBADF;
    *out = (KrPortStat){ .mode = 0020666 }; // a character device
    return 0;
}
bool kr_port_may_access(const char *path, int mode, bool effective, bool follow) {
    return (void)path, (void)mode, (void)effective, (void)follow, false;
}
int kr_port_make_folder(const char *path, unsigned mode) { return (void)path, (void)mode, ENODEV_; }
int kr_port_remove_folder(const char *path) { return (void)path, ENODEV_; }
int kr_port_remove_file(const char *path) { return (void)path, ENODEV_; }
int kr_port_rename(const char *from, const char *to) { return (void)from, (void)to, ENODEV_; }
int kr_port_truncate(const char *path, int fd, int64_t size) { return (void)path, (void)fd, (void)size, ENODEV_; }
int kr_port_symlink(const char *target, const char *path) { return (void)target, (void)path, 1; } // EPERM
int kr_port_read_link(const char *path, char *out, size_t size) { return (void)path, (void)out, (void)size, EINVAL_; }
int kr_port_change_mode(const char *path, unsigned mode) { return (void)path, (void)mode, 1; } // EPERM

void *kr_port_folder_open(const char *path, int *error) { return (void)path, *error = ENODEV_, NULL; }
const char *kr_port_folder_next(void *folder, int *kind, uint64_t *inode) { return (void)folder, (void)kind, (void)inode, NULL; }
void kr_port_folder_close(void *folder) { (void)folder; }
int kr_port_folder_change(const char *path) { return (void)path, ENODEV_; }
int kr_port_folder_current(char *out, size_t size) {
    if (size < 2) return 34; // ERANGE
    memcpy(out, "/", 2);
    return 0;
}
