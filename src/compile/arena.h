// arena.h - bump allocation for one parse: trees, names, scopes. Freed whole, never piece by piece.
// Running out of memory is a state of the arena (kr_arena_failed), so callers may check once at the end of a step.
// SPDX-License-Identifier: MIT
#ifndef KR_COMPILE_ARENA_H
#define KR_COMPILE_ARENA_H

#include "krait_config.h"

// Where blocks come from. grab returns max-aligned memory or NULL; drop gets back what grab gave, with the same size.
typedef struct KrArenaSource {
    void *(*grab)(void *ctx, size_t size);
    void (*drop)(void *ctx, void *block, size_t size);
    void *ctx;
} KrArenaSource;

typedef struct KrArenaBlock KrArenaBlock;

typedef struct KrArena {
    KrArenaSource source;
    KrArenaBlock *blocks; // newest first
    char *next;           // first free byte of the newest block
    char *end;
    size_t grabbed; // bytes held from the source
    size_t cap;     // upper bound of grabbed
    bool failed;    // an allocation was refused since the last reset
} KrArena;

// cap: the most bytes that the arena may hold at one time; 0 means no bound.
void kr_arena_init(KrArena *arena, const KrArenaSource *source, size_t cap);

// Returns size bytes aligned for any object, not cleared; NULL when memory is exhausted.
void *kr_arena_alloc(KrArena *arena, size_t size);

// As kr_arena_alloc, for count items of item_size bytes, cleared.
void *kr_arena_array(KrArena *arena, size_t count, size_t item_size);

// For an array that grows: a block of its own with room for size bytes, which begins with what old (NULL at first) has; old is gone. Not cleared.
void *kr_arena_regrow(KrArena *arena, void *old, size_t old_size, size_t size);

// What was allocated after the mark was set is given back; arrays of before have not grown meanwhile.
typedef struct KrArenaMark {
    KrArenaBlock *block;
    char *next, *end;
} KrArenaMark;
KrArenaMark kr_arena_mark(const KrArena *arena);
void kr_arena_rewind(KrArena *arena, KrArenaMark mark);

// Gives every block back; what was allocated is gone, and the arena can be used again.
void kr_arena_free(KrArena *arena);

// As kr_arena_free, but keeps one block for what comes next.
void kr_arena_reset(KrArena *arena);

static inline bool kr_arena_failed(const KrArena *arena) { return arena->failed; }

#endif
