// arena.c - bump allocation over blocks. Blocks grow with the arena, so that small texts take little and large ones few blocks.
// SPDX-License-Identifier: MIT
#include "compile/arena.h"

#include <string.h>

#include "object/heap_asan.h"

struct KrArenaBlock {
    KrArenaBlock *older;
    size_t size; // of the whole block, header included
};

enum {
    ARENA_ALIGN = KR_DEVICE ? sizeof(void *) : 8, // that of the blocks
    ARENA_FIRST = KR_DEVICE ? 512 : 1024,
    ARENA_LARGEST = KR_DEVICE ? 512 : 64 * 1024
};

#define ARENA_HEADER ((sizeof(KrArenaBlock) + ARENA_ALIGN - 1) / ARENA_ALIGN * ARENA_ALIGN)

void kr_arena_init(KrArena *arena, const KrArenaSource *source, size_t cap) {
    memset(arena, 0, sizeof *arena);
    arena->source = *source;
    arena->cap = cap > 0 ? cap : SIZE_MAX;
}

// Gets a block of exactly total bytes: the newest, or NULL.
static KrArenaBlock *block_new(KrArena *arena, size_t total) {
    if (total > arena->cap || arena->grabbed > arena->cap - total) return NULL;
    KrArenaBlock *block = arena->source.grab(arena->source.ctx, total);
    if (block == NULL) return NULL;
    block->older = arena->blocks;
    block->size = total;
    arena->blocks = block;
    arena->grabbed += total;
    return block;
}

static void block_free(KrArena *arena, KrArenaBlock *block) {
    kr_hide((char *)block + ARENA_HEADER, block->size - ARENA_HEADER); // what pointed here must not be used any more
    arena->grabbed -= block->size;
    arena->source.drop(arena->source.ctx, block, block->size);
}

// A block that allocations are cut from.
static bool arena_grab(KrArena *arena, size_t total) {
    KrArenaBlock *block = block_new(arena, total);
    if (block == NULL) return false;
    arena->next = (char *)block + ARENA_HEADER;
    arena->end = (char *)block + total;
    kr_hide(arena->next, (size_t)(arena->end - arena->next)); // what nobody has been given yet
    return true;
}

// A block with room for size bytes: a quarter of what is held already, within bounds; when memory is short, just what is needed.
static bool arena_grow(KrArena *arena, size_t size) {
    size_t least = ARENA_HEADER + size;
    size_t wish = arena->grabbed / 4;
    if (wish < ARENA_FIRST) wish = ARENA_FIRST;
    if (wish > ARENA_LARGEST) wish = ARENA_LARGEST;
    wish = wish / ARENA_ALIGN * ARENA_ALIGN;
    if (wish > least && arena_grab(arena, wish)) return true;
    return arena_grab(arena, least);
}

void *kr_arena_alloc(KrArena *arena, size_t size) {
    if (arena->failed || size > SIZE_MAX / 2) {
        arena->failed = true;
        return NULL;
    }
    size_t asked = size;
    size = (size + KR_GUARD + ARENA_ALIGN - 1) / ARENA_ALIGN * ARENA_ALIGN;
    if (size > (size_t)(arena->end - arena->next) && !arena_grow(arena, size)) {
        arena->failed = true;
        return NULL;
    }
    void *result = arena->next;
    arena->next += size;
    kr_show(result, asked);
    return result;
}

void *kr_arena_array(KrArena *arena, size_t count, size_t item_size) {
    if (item_size > 0 && count > SIZE_MAX / 2 / item_size) {
        arena->failed = true;
        return NULL;
    }
    void *result = kr_arena_alloc(arena, count * item_size);
    if (result != NULL) memset(result, 0, count * item_size);
    return result;
}

// A growing array has a block of its own, which goes when there is a larger one.
void *kr_arena_regrow(KrArena *arena, void *old, size_t old_size, size_t size) {
    KrArenaBlock *block = arena->failed || size > SIZE_MAX / 2 ? NULL : block_new(arena, ARENA_HEADER + size);
    if (block == NULL) {
        arena->failed = true;
        return NULL;
    }
    char *result = (char *)block + ARENA_HEADER;
    kr_show(result, size);
    if (old_size > 0) memcpy(result, old, old_size);
    for (KrArenaBlock **link = &block->older; old != NULL && *link != NULL; link = &(*link)->older) {
        if ((char *)*link + ARENA_HEADER != old) continue;
        KrArenaBlock *gone = *link;
        *link = gone->older;
        block_free(arena, gone);
        break;
    }
    return result;
}

KrArenaMark kr_arena_mark(const KrArena *arena) { return (KrArenaMark){ arena->blocks, arena->next, arena->end }; }

void kr_arena_rewind(KrArena *arena, KrArenaMark mark) {
    while (arena->blocks != mark.block) {
        KrArenaBlock *block = arena->blocks;
        arena->blocks = block->older;
        block_free(arena, block);
    }
    arena->next = mark.next;
    arena->end = mark.end;
    kr_hide(arena->next, (size_t)(arena->end - arena->next));
}

// Drops blocks until `keep` is the only one left (all of them for NULL).
static void arena_drop(KrArena *arena, KrArenaBlock *keep) {
    while (arena->blocks != NULL) {
        KrArenaBlock *block = arena->blocks;
        arena->blocks = block->older;
        if (block != keep) block_free(arena, block);
    }
    arena->blocks = keep;
    arena->next = keep != NULL ? (char *)keep + ARENA_HEADER : NULL;
    arena->end = keep != NULL ? (char *)keep + keep->size : NULL;
    if (keep != NULL) {
        keep->older = NULL;
        kr_hide(arena->next, (size_t)(arena->end - arena->next));
    }
    arena->failed = false;
}

void kr_arena_free(KrArena *arena) { arena_drop(arena, NULL); }

void kr_arena_reset(KrArena *arena) { arena_drop(arena, arena->blocks); }
