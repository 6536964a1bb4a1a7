// host_files.h - the files of a folder of the computer at the other end of the console: `krait remote mount` (docs/repl.md says what goes over the
// line). Results are those of flashfs.h; numbers are those of files that the computer has opened.
// SPDX-License-Identifier: MIT
#ifndef KR_STM32_HOST_FILES_H
#define KR_STM32_HOST_FILES_H

#include "../modules/os/flashfs.h"

int kr_host_stat(const char *path, KrFlashStat *out);
int kr_host_make_folder(const char *path);
int kr_host_remove(const char *path, bool folder);
int kr_host_rename(const char *from, const char *to);
int kr_host_folder_open(const char *path);                             // the one that kr_host_folder_next goes through
int kr_host_folder_next(uint32_t index, KrFlashStat *out, char *name); // name: of KR_FLASHFS_NAME bytes and a NUL

int64_t kr_host_open(const char *path, int how); // a number, or a negated errno
intptr_t kr_host_read(uint32_t number, void *out, size_t len);
intptr_t kr_host_write(uint32_t number, const void *data, size_t len);
int64_t kr_host_seek(uint32_t number, int64_t offset, int whence);
int kr_host_truncate(uint32_t number, int64_t size);
int kr_host_close(uint32_t number);

#endif
