// flashfs.h - a file system on flash that survives power cuts: docs/flashfs.md has its format and the reasons.
//
// All that a call wrote is on the device when it returns: nothing is buffered. Paths are UTF-8, parts are separated by slashes and counted
// from the root; "." and ".." are not resolved here. Results are errno values (Linux's numbers), 0 on success; counts below zero are errno
// values, negated. One thread at a time.
// SPDX-License-Identifier: MIT
#ifndef KR_FLASHFS_H
#define KR_FLASHFS_H

#include "block.h"

enum { KR_FLASHFS_NAME = 120 }; // bytes of the longest name

typedef struct KrFlashFile KrFlashFile;

typedef struct {
    const KrBlockDevice *device;
    KrFlashFile *open; // the first of the open files
    // What follows from the device's shape.
    uint32_t blocks, size;           // bytes
    uint32_t capacity, limit;        // units that live entries may take; for the transaction that runs
    uint16_t chunk, header;          // bytes of a file in an entry; of an entry's header
    uint8_t unit, depth, index_bits; // 1 << unit bytes is what pointers count; bits of a key; those of them that are the index
    // The log: blocks oldest to newest, by sequence numbers; number of a block = sequence number modulo blocks.
    uint32_t newest, oldest;
    uint32_t position, spare;      // where the next entry goes; bytes that surely fit into the blocks that are free
    uint16_t root, live;           // the newest entry, and units of entries that are reachable from it
    uint16_t sure_root, sure_live; // of the last whole transaction
    uint16_t object;               // that was made last
} KrFlashFs;

struct KrFlashFile {
    KrFlashFs *fs;
    KrFlashFile *next;
    uint32_t at;     // position in the file
    uint16_t object; // its number
    bool stale;      // it was removed or replaced
    uint8_t how;     // KR_OPEN_...
};

typedef struct {
    KrFlashFs *fs;
    uint32_t index; // of the bucket of names that is next
    uint16_t object, record;
    char name[KR_FLASHFS_NAME + 1];
} KrFlashFolder;

typedef struct {
    uint32_t object, size; // size: bytes; 0 of folders
    bool folder;
} KrFlashStat;

// Mounting finds the end of the log: KR_PORT_ENODEV says that there is no file system, KR_PORT_EINVAL that it is one of another shape.
int kr_flashfs_mount(KrFlashFs *fs, const KrBlockDevice *device);
int kr_flashfs_format(KrFlashFs *fs, const KrBlockDevice *device); // and mounts; erase counts are kept
int kr_flashfs_sync(KrFlashFs *fs);
void kr_flashfs_space(const KrFlashFs *fs, uint32_t *total, uint32_t *free); // bytes of one large file
uint32_t kr_flashfs_erases(const KrFlashFs *fs);                             // of the most worn block

int kr_flashfs_stat(KrFlashFs *fs, const char *path, KrFlashStat *out);
int kr_flashfs_make_folder(KrFlashFs *fs, const char *path);
int kr_flashfs_remove(KrFlashFs *fs, const char *path, bool folder);    // folder: an empty folder, else a file
int kr_flashfs_rename(KrFlashFs *fs, const char *from, const char *to); // replaces a file, or an empty folder
int kr_flashfs_folder_open(KrFlashFs *fs, KrFlashFolder *folder, const char *path);
int kr_flashfs_folder_next(KrFlashFolder *folder, KrFlashStat *out); // KR_PORT_ENOENT at the end; size is not set

int kr_flashfs_open(KrFlashFs *fs, KrFlashFile *file, const char *path, int how); // how: KR_OPEN_... of port.h
intptr_t kr_flashfs_read(KrFlashFile *file, void *out, size_t len);
intptr_t kr_flashfs_write(KrFlashFile *file, const void *data, size_t len); // less than len: the device is full
int64_t kr_flashfs_seek(KrFlashFile *file, int64_t offset, int whence);
int kr_flashfs_size(KrFlashFile *file, uint32_t *size);
int kr_flashfs_truncate(KrFlashFile *file, int64_t size); // or makes it longer, with zeros
void kr_flashfs_close(KrFlashFile *file);

#endif
