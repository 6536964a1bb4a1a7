// posix_part.h - arguments of the functions of os, for module posix and for the port's own part of it.
// SPDX-License-Identifier: MIT
#ifndef KR_POSIX_PART_H
#define KR_POSIX_PART_H

#include "krait.h"

// A path as the system wants it: from str, bytes or an object with __fspath__. `keep` holds the text alive.
typedef struct {
    const char *text;
    KrValue keep, given;
    bool bytes;
} KrPosixPath;

#define KR_POSIX_PLAIN    "string, bytes or os.PathLike"
#define KR_POSIX_NUMBERED "string, bytes, os.PathLike or integer"
#define KR_POSIX_OPTIONAL "string, bytes, os.PathLike, integer or None"

// function, name: whose argument this is, for messages; kinds: what it could be.
bool kr_posix_path(KrVm *vm, KrValue v, const char *function, const char *name, const char *kinds, KrPosixPath *out) KR_RAISES;
bool kr_posix_under(KrVm *vm, KrValue dir_fd, KrPosixPath *p) KR_RAISES; // a path that may be relative to an open folder
bool kr_posix_number(KrVm *vm, KrValue v, int *fd) KR_RAISES;            // of an open file that the VM may use
KrValue kr_posix_from_system(KrVm *vm, const char *text, bool bytes) KR_RAISES;
KrValue kr_posix_done(KrVm *vm, int error, const KrPosixPath *path) KR_RAISES; // None, or OSError; path may be NULL
KrValue kr_posix_done2(KrVm *vm, int error, const KrPosixPath *from, const KrPosixPath *to) KR_RAISES;

#endif
