// heap_asan.h - tells AddressSanitizer which bytes of the heap belong to objects: cells not in use, and the end of a cell that is larger than its
// object, must not be touched. Nothing in other builds.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_HEAP_ASAN_H
#define KR_OBJECT_HEAP_ASAN_H

#include <stddef.h>

#if defined(__SANITIZE_ADDRESS__)
void __asan_poison_memory_region(void const volatile *from, size_t size);
void __asan_unpoison_memory_region(void const volatile *from, size_t size);
enum { KR_GUARD = 16 }; // bytes behind each object that belong to nobody
static inline void kr_hide(const void *from, size_t size) { __asan_poison_memory_region(from, size); }
static inline void kr_show(const void *from, size_t size) { __asan_unpoison_memory_region(from, size); }

// Free cells that are to be handed out. Their first word stays in sight: the collector asks it whether that has happened.
static inline void kr_hide_cells(const char *from, const char *to, size_t size) {
    for (; from < to; from += size) kr_hide(from + sizeof(void *), size - sizeof(void *));
}
#else
enum { KR_GUARD = 0 };
static inline void kr_hide_cells(const char *from, const char *to, size_t size) { (void)from, (void)to, (void)size; }
static inline void kr_hide(const void *from, size_t size) { (void)from, (void)size; }
static inline void kr_show(const void *from, size_t size) { (void)from, (void)size; }
#endif

#endif
