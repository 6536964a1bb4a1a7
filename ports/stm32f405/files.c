// files.c - files and folders of the STM32F405: 0, 1 and 2 are the console, the rest is the flash file system, and in /remote, while it is mounted, a
// folder of the computer at the other end of the console. There are one folder that listings go through, and a few open files, in static memory.
// SPDX-License-Identifier: MIT
#include <string.h>

#include "../modules/os/flashfs.h"
#include "object/heap.h"
#include "stm32f405/board.h"
#include "stm32f405/flash.h"
#include "stm32f405/host_files.h"

enum {
    FIRST = 3,
    FILES = 8,
    PATH = 160,
    EPERM_ = 1,
    EBUSY_ = 16,
    EXDEV_ = 18,
    ERANGE_ = 34,
    MODE_FOLDER = 0040777,
    MODE_FILE = 0100666,
    MODE_CONSOLE = 0020666
};

static KrFlashFs fs;
static int state = KR_PORT_ENODEV; // why there are no files; 0: there are
static struct {
    KrFlashFile file; // fs: NULL: on the host, with the number `at`
    bool used;
} open_file[FILES];
static KrFlashFolder listed; // fs: NULL: on the host
static bool listing, mounted;
static char current[PATH]; // the folder that relative paths begin at, without a slash at its end: "" or "/a/b"
static KrVm *owner;

// ---- Start and end -------------------------------------------------------------------------------------------------------------

// A chip that never had a file system gets one; a damaged one, or one of another shape, stays as it is.
int kr_files_init(void) {
    state = kr_flashfs_mount(&fs, kr_flash_device());
    if (state == KR_PORT_ENODEV) state = kr_files_format();
    return state;
}

int kr_files_format(void) {
    kr_files_attach(owner);
    return state = kr_flashfs_format(&fs, kr_flash_device());
}

void kr_files_attach(KrVm *vm) {
    owner = vm;
    listing = mounted = false;
    for (int i = 0; i < FILES; i++)
        if (open_file[i].used) (void)kr_port_close(FIRST + i);
    current[0] = 0;
}

void kr_files_mount(bool on) { mounted = on; }

int kr_files_sync(void) { return state ? state : kr_flashfs_sync(&fs); }

int kr_files_space(uint32_t *total, uint32_t *free, uint32_t *chunk) {
    if (!state) kr_flashfs_space(&fs, total, free), *chunk = fs.chunk;
    return state;
}

// ---- Paths ---------------------------------------------------------------------------------------------------------------------

static size_t above(const char *path, size_t len) { // without its last part
    while (len && path[--len] != '/') continue;
    return len;
}

// From the root, with "." and ".." resolved as they are written.
static int resolve(const char *path, char out[PATH]) {
    size_t len = *path == '/' ? 0 : strlen(current);
    if (state) return state;
    if (!*path) return KR_PORT_ENOENT;
    memcpy(out, current, len);
    while (*path) {
        size_t n = strcspn(path, "/");
        if (n == 2 && path[0] == '.' && path[1] == '.') len = above(out, len);
        else if (n && !(n == 1 && *path == '.')) {
            if (len + n + 2 > PATH) return KR_PORT_ENAMETOOLONG;
            out[len++] = '/';
            memcpy(out + len, path, n);
            len += n;
        }
        path += n + (path[n] == '/');
    }
    out[len] = 0;
    return 0;
}

// The path on the host of one that was resolved; NULL: it is not there.
static const char *on_host(const char *full) {
    static const char point[] = "/remote";
    size_t n = sizeof point - 1;
    return mounted && strncmp(full, point, n) == 0 && (full[n] == '/' || !full[n]) ? full[n] ? full + n : "/" : NULL;
}

static int stat_path(const char *full, KrFlashStat *out) {
    const char *there = on_host(full);
    return there ? kr_host_stat(there, out) : kr_flashfs_stat(&fs, full, out);
}

int kr_port_folder_current(char *out, size_t size) {
    size_t len = strlen(current);
    if (size < len + 2) return ERANGE_;
    memcpy(out, *current ? current : "/", len + 2); // "/" has its NUL as well
    return 0;
}

int kr_port_folder_change(const char *path) {
    char full[PATH];
    KrFlashStat stat;
    int error = resolve(path, full);
    if (!error) error = stat_path(full, &stat);
    if (!error && !stat.folder) error = KR_PORT_ENOTDIR;
    if (!error) memcpy(current, full, sizeof full);
    return error;
}

// ---- Open files ----------------------------------------------------------------------------------------------------------------

static KrFlashFile *file_of(int fd) {
    return fd >= FIRST && fd < FIRST + FILES && open_file[fd - FIRST].used ? &open_file[fd - FIRST].file : NULL;
}

static int open_path(KrFlashFile *file, const char *full, int how) {
    const char *there = on_host(full);
    if (!there) return kr_flashfs_open(&fs, file, full, how);
    int64_t number = kr_host_open(there, how);
    *file = (KrFlashFile){ .fs = NULL, .at = (uint32_t)number };
    return number < 0 ? (int)-number : 0;
}

int kr_port_open(const char *path, int how) {
    char full[PATH];
    int error = resolve(path, full), i = 0;
    while (i < FILES && open_file[i].used) i++;
    if (!error) error = i == FILES ? KR_PORT_EMFILE : open_path(&open_file[i].file, full, how);
    if (error) return -error;
    open_file[i].used = true;
    return FIRST + i;
}

int kr_port_open_flags(const char *path, int flags, unsigned mode) {
    static const uint8_t ways[] = { KR_OPEN_READ, KR_OPEN_WRITE, KR_OPEN_READ | KR_OPEN_WRITE, 0 };
    int how = ways[flags & 3];
    (void)mode;
    if (flags & KR_PORT_O_CREATE) how |= KR_OPEN_CREATE;
    if (flags & KR_PORT_O_EXCLUSIVE && flags & KR_PORT_O_CREATE) how |= KR_OPEN_EXCLUSIVE;
    if (flags & KR_PORT_O_TRUNCATE) how |= KR_OPEN_TRUNCATE;
    if (flags & KR_PORT_O_APPEND) how |= KR_OPEN_APPEND;
    return kr_port_open(path, how);
}

bool kr_port_is_terminal(int fd) { return fd >= 0 && fd < FIRST; }
bool kr_port_blocks(int fd) { return fd == 0; }

intptr_t kr_port_read(int fd, void *data, size_t len) {
    KrFlashFile *file = file_of(fd);
    if (file) return file->fs ? kr_flashfs_read(file, data, len) : kr_host_read(file->at, data, len);
    return fd == 0 ? kr_console_read(data, len) : -KR_PORT_EBADF;
}

intptr_t kr_port_write(int fd, const void *data, size_t len) {
    KrFlashFile *file = file_of(fd);
    if (file) return file->fs ? kr_flashfs_write(file, data, len) : kr_host_write(file->at, data, len);
    if (fd != 1 && fd != 2) return -KR_PORT_EBADF;
    kr_port_console_write(fd, data, len);
    return (intptr_t)len;
}

int64_t kr_port_seek(int fd, int64_t offset, int whence) {
    KrFlashFile *file = file_of(fd);
    if (file) return file->fs ? kr_flashfs_seek(file, offset, whence) : kr_host_seek(file->at, offset, whence);
    return kr_port_is_terminal(fd) ? -KR_PORT_ESPIPE : -KR_PORT_EBADF;
}

int kr_port_close(int fd) {
    KrFlashFile *file = file_of(fd);
    if (!file) return kr_port_is_terminal(fd) ? 0 : -KR_PORT_EBADF;
    open_file[fd - FIRST].used = false;
    if (!file->fs) return mounted ? kr_host_close(file->at) : 0;
    kr_flashfs_close(file);
    return 0;
}

// ---- What is known about a file ------------------------------------------------------------------------------------------------

static int size_of(KrFlashFile *file, uint32_t *size) {
    if (file->fs) return kr_flashfs_size(file, size);
    int64_t at = kr_host_seek(file->at, 0, 1), end = at < 0 ? at : kr_host_seek(file->at, 0, 2);
    *size = (uint32_t)end;
    if (end >= 0) end = kr_host_seek(file->at, at, 0);
    return end < 0 ? (int)-end : 0;
}

static int stat_of(const char *path, int fd, KrFlashStat *out) {
    char full[PATH];
    KrFlashFile *file = path ? NULL : file_of(fd);
    *out = (KrFlashStat){ .object = file ? file->object : 0 };
    int error = path ? resolve(path, full) : file ? size_of(file, &out->size) : KR_PORT_EBADF;
    return path && !error ? stat_path(full, out) : error;
}

// Flash keeps no times: they are 0.
int kr_port_stat(const char *path, int fd, bool follow, KrPortStat *out) {
    KrFlashStat stat;
    (void)follow;
    *out = (KrPortStat){ .mode = MODE_CONSOLE, .links = 1 };
    if (!path && kr_port_is_terminal(fd)) return 0;
    int error = stat_of(path, fd, &stat);
    out->mode = stat.folder ? MODE_FOLDER : MODE_FILE;
    out->inode = stat.object;
    out->size = stat.size;
    out->block_size = fs.chunk;
    out->blocks = (stat.size + 511) / 512;
    return error;
}

int kr_port_path_kind(const char *path) {
    KrFlashStat stat;
    return stat_of(path, -1, &stat) ? KR_PATH_NONE : stat.folder ? KR_PATH_FOLDER : KR_PATH_FILE;
}

bool kr_port_may_access(const char *path, int mode, bool effective, bool follow) {
    return (void)mode, (void)effective, (void)follow, kr_port_path_kind(path) != KR_PATH_NONE;
}

// ---- Changing ------------------------------------------------------------------------------------------------------------------

int kr_port_make_folder(const char *path, unsigned mode) {
    char full[PATH];
    int error = resolve(path, full);
    (void)mode;
    const char *there = error ? NULL : on_host(full);
    return error ? error : there ? kr_host_make_folder(there) : kr_flashfs_make_folder(&fs, full);
}

static int remove_path(const char *path, bool folder) {
    char full[PATH];
    int error = resolve(path, full);
    const char *there = error ? NULL : on_host(full);
    if (!error && folder && strcmp(full, current) == 0) error = EBUSY_;
    return error ? error : there ? kr_host_remove(there, folder) : kr_flashfs_remove(&fs, full, folder);
}

int kr_port_remove_folder(const char *path) { return remove_path(path, true); }
int kr_port_remove_file(const char *path) { return remove_path(path, false); }

int kr_port_rename(const char *from, const char *to) {
    char full[PATH], target[PATH];
    int error = resolve(from, full);
    if (!error) error = resolve(to, target);
    const char *there = error ? NULL : on_host(full), *then = error ? NULL : on_host(target);
    if (!error && !there != !then) error = EXDEV_;
    return error ? error : there ? kr_host_rename(there, then) : kr_flashfs_rename(&fs, full, target);
}

int kr_port_truncate(const char *path, int fd, int64_t size) {
    int opened = path ? kr_port_open(path, KR_OPEN_WRITE) : fd;
    KrFlashFile *file = file_of(opened);
    int error = opened < 0 ? -opened
                : !file    ? KR_PORT_EBADF
                : file->fs ? kr_flashfs_truncate(file, size)
                           : kr_host_truncate(file->at, size);
    if (path && file) (void)kr_port_close(opened);
    return error;
}

int kr_port_symlink(const char *target, const char *path) { return (void)target, (void)path, EPERM_; }
int kr_port_read_link(const char *path, char *out, size_t size) { return (void)path, (void)out, (void)size, KR_PORT_EINVAL; }
int kr_port_change_mode(const char *path, unsigned mode) { return (void)path, (void)mode, EPERM_; }

// ---- Listing -------------------------------------------------------------------------------------------------------------------

void *kr_port_folder_open(const char *path, int *error) {
    char full[PATH];
    *error = listing ? KR_PORT_EMFILE : resolve(path, full);
    const char *there = *error ? NULL : on_host(full);
    if (there) listed = (KrFlashFolder){ .fs = NULL };
    if (!*error) *error = there ? kr_host_folder_open(there) : kr_flashfs_folder_open(&fs, &listed, full);
    listing |= !*error;
    return *error ? NULL : &listed;
}

// Damage ends the listing.
const char *kr_port_folder_next(void *folder, int *kind, uint64_t *inode) {
    KrFlashFolder *f = folder;
    KrFlashStat stat;
    if ((f->fs ? kr_flashfs_folder_next(f, &stat) : kr_host_folder_next(f->index++, &stat, f->name)) != 0) return NULL;
    if (kind) *kind = (stat.folder ? MODE_FOLDER : MODE_FILE) >> 12;
    if (inode) *inode = stat.object;
    return f->name;
}

void kr_port_folder_close(void *folder) {
    (void)folder;
    listing = false;
}

// ---- Files as a whole, in the heap ---------------------------------------------------------------------------------------------

int kr_port_read_file(const char *path, char **data, size_t *len) {
    KrFlashStat stat;
    int error = stat_of(path, -1, &stat), fd = error ? -error : kr_port_open(path, KR_OPEN_READ);
    if (fd < 0) return -fd;
    size_t size = sizeof size + stat.size;
    size_t *block = kr_side_alloc(owner, &size); // its size goes first
    intptr_t n = block ? kr_port_read(fd, block + 1, stat.size) : -KR_PORT_ENOMEM;
    (void)kr_port_close(fd);
    if (block) *block = size;
    if (n < (intptr_t)stat.size) {
        if (block) kr_side_free(owner, block, size);
        return n < 0 ? (int)-n : KR_PORT_EIO;
    }
    *data = (char *)(block + 1);
    *len = stat.size;
    return 0;
}

void kr_port_free(void *data) {
    if (data) kr_side_free(owner, (size_t *)data - 1, ((size_t *)data)[-1]);
}

char *kr_port_executable(void) { return NULL; }
