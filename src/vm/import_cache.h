// import_cache.h - code of imported source files kept in __pycache__, and paths as importers see them: docs/code-files.md has the format.
// SPDX-License-Identifier: MIT
#ifndef KR_VM_IMPORT_CACHE_H
#define KR_VM_IMPORT_CACHE_H

#include "krait.h"

enum {
    KR_CACHE_HEADER = 32,
    KR_CACHE_HASH = 1,  // the source's hash decides, not its time and size
    KR_CACHE_CHECK = 2, // the source is read and compared; without it the file holds for ever
    KR_CACHE_YOUNG = 4, // written so soon after its source that only the hash can tell; gives way to one without
};

#define KR_CACHE_MAGIC "KRP\x1A"
#define KR_CACHE_TAG   "krait-01" // sys.implementation.cache_tag

// The code of a source file: from the cache, or compiled and then written there. `path` ends with .py; co_filename is `filename`.
KrValue kr_cache_code(KrVm *vm, const char *path, KrValue filename) KR_RAISES;
// The name of the cache file of a source file; level: "", "1", "2" for the file of that optimization.
KrValue kr_cache_path(KrVm *vm, KrValue source, const char *level) KR_RAISES;
KrValue kr_path_absolute(KrVm *vm, KrValue path) KR_RAISES;

#endif
