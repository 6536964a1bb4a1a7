// krait_config.h - what the compiler gives us, and the build's flags. The only place for compiler extensions outside the VM loop.
// SPDX-License-Identifier: MIT
#ifndef KRAIT_CONFIG_H
#define KRAIT_CONFIG_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Flags. Each is always 0 or 1 (or a number); a build sets them with -D.
#ifndef KR_DEBUG
#define KR_DEBUG 0 // assertions, heap verification, poisoning, collect-at-every-allocation, failure injection
#endif
#ifndef KR_GC_STRESS
#define KR_GC_STRESS KR_DEBUG // heap.stress: collect at every allocation. Without KR_DEBUG, gc.threshold(1) and (2) set it
#endif
#ifndef KR_PLANTED
#define KR_PLANTED \
    0 // a bug on purpose, which fuzzing has to find (make fuzz-planted): 1 in the verifier, 2 in the lexer, 3 in lists and tuples
#endif
#ifndef KR_DOCSTRINGS
#define KR_DOCSTRINGS 1 // keep KR_DOC texts
#endif
#ifndef KR_TAGGED
#define KR_TAGGED (UINTPTR_MAX == UINT32_MAX) // tagged words instead of NaN-boxing; builds on 64 bits as a cross-check
#endif
#ifndef KR_DEVICE
#define KR_DEVICE 0 // small tables and page sizes
#endif
#ifndef KR_THREADS
#define KR_THREADS (!KR_DEVICE) // threads of the system in one vm
#endif
#ifndef KR_VIRTUAL_CLOCK
#define KR_VIRTUAL_CLOCK (!KR_DEVICE) // time that a simulation lets jump
#endif
#ifndef KR_BLOCK_HEAP
#define KR_BLOCK_HEAP KR_DEVICE // the heap for a small fixed region, see src/object/heap_block.h
#endif
#ifndef KR_UNICODE_FULL
#define KR_UNICODE_FULL 1 // 0: Latin only
#endif
#ifndef KR_IO_FULL
#define KR_IO_FULL 1 // open() gives streams of module io (modules/os/io_*.c); 0: one plain object for each file (vm/file_small.c)
#endif
#ifndef KR_COMPUTED_GOTO
#define KR_COMPUTED_GOTO 1
#endif

#ifndef KR_SHORT_TEXTS
#define KR_SHORT_TEXTS 0 // formats and signatures have bytes that stand for phrases, see src/base/phrase.h
#endif
#ifndef KR_HINTS
#define KR_HINTS (!KR_DEVICE) // tell well-known syntax errors apart, and "Did you mean"
#endif
#ifndef KR_DEBUG_RANGES
#define KR_DEBUG_RANGES (!KR_DEVICE) // code knows columns, not lines alone (as with -X no_debug_ranges)
#endif
#ifndef KR_READ_TWICE // blocks of long definitions are read twice, and one statement is in memory: see parse_later.c
#define KR_READ_TWICE (KR_DEVICE || KR_DEBUG)
#endif

#if defined(__GNUC__) || defined(__clang__)
#define KR_API                        __attribute__((visibility("default")))
#define KR_RAISES                     __attribute__((warn_unused_result))
#define KR_PRINTF(f, a)               // formats are Krait's own, see kr_raise
#define KR_LIKELY(x)                  __builtin_expect(!!(x), 1)
#define KR_UNLIKELY(x)                __builtin_expect(!!(x), 0)
#define KR_NORETURN                   __attribute__((noreturn))
#define KR_NOINLINE                   __attribute__((noinline))
#define KR_COLD                       __attribute__((cold, noinline))
#define KR_ALWAYS_INLINE              inline __attribute__((always_inline))
#define KR_NO_ASAN                    __attribute__((no_sanitize("address"), noinline))
#define KR_COPY_FIXED(to, from, size) __builtin_memcpy((to), (from), (size)) // inline also in freestanding code
#define KR_UNUSED                     __attribute__((unused))
#define KR_FALLTHROUGH                __attribute__((fallthrough))
#else
#error "Krait needs gcc or clang"
#endif

// For code that is copied into each of several fast paths; where size counts, one copy is called.
#if KR_DEVICE
#define KR_HOT_INLINE KR_UNUSED
#else
#define KR_HOT_INLINE KR_ALWAYS_INLINE
#endif

#if KR_DEBUG
KR_API KR_NORETURN void kr_assert_failed(const char *what, const char *file, int line);
#define KR_ASSERT(x) ((x) ? (void)0 : kr_assert_failed(#x, __FILE__, __LINE__))
#else
#define KR_ASSERT(x) ((void)0)
#endif

#if KR_DOCSTRINGS
#define KR_DOC(text) text
#define KR_NO_DOC    NULL
typedef const char *KrDoc;
#else
#define KR_DOC(text) ""
#define KR_NO_DOC    ""
typedef char KrDoc[1]; // always empty: less than a pointer
#endif

#define KR_COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#endif
