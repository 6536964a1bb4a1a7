// flashfs_part.h - what the files of the flash file system share.
//
// The device is a ring of blocks, and the log runs through it: entries are only ever appended. An entry has a key (number of an object, index
// in it), a body, and pointers to older entries, so that it is the root of a binary trie of all entries that are live: for each bit of its key,
// alt[bit] leads to the newest entry of those whose keys agree with its own before that bit, and differ in it. The newest entry is the root of
// everything. Pointers only lead to older entries, and each one fixes a bit more: no walk is longer than a key has bits, whatever the flash holds.
//
//   flashfs_block.c   blocks: shape, labels, erasing the next one
//   flashfs_entry.c   entries: reading, appending
//   flashfs_tree.c    the trie: finding, putting, dropping
//   flashfs_volume.c  mounting, formatting, making room
//   flashfs_name.c    paths and folders
//   flashfs_file.c    bytes of files
// SPDX-License-Identifier: MIT
#ifndef KR_FLASHFS_PART_H
#define KR_FLASHFS_PART_H

#include <string.h>

#include "flashfs.h"
#include "port.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "what is on the flash is little endian, and is used as it is");

enum {
    KR_FLASH_DEPTH = 32,   // bits of the longest key
    KR_FLASH_NONE = 0,     // no pointer: block 0 begins with a label
    KR_FLASH_BUCKET = 256, // bytes of names with the same hash, at most
    KR_FLASH_PIECE = 64,   // bytes that are copied or programmed at once
    KR_FLASH_CORRUPT = 74, // a check failed: inside only, KR_PORT_EIO to callers
    KR_FLASH_CUTS = 12,    // entries that power cuts may spoil while one block is emptied
    KR_FLASH_RESERVE = 18  // entries that stay free: those, and the largest transaction with what it may take beyond the capacity
};

// An entry's length: the bytes of its body, and flags.
enum { KR_FLASH_LENGTH = 0x0FFF, KR_FLASH_MORE = 0x1000, KR_FLASH_MARK = 0x4000, KR_FLASH_MARKS = 0xE000 };

typedef struct {         // as it is stored; fs->header bytes of it, the body behind
    uint32_t header_crc; // of the block's sequence number, the entry's address, and the header behind this
    uint32_t body_crc, key;
    uint16_t live, length;        // live: units of all live entries with this one
    uint16_t alt[KR_FLASH_DEPTH]; // fs->depth of them
} KrFlashEntry;

typedef struct { // the way to a key: what is beside it
    uint16_t alt[KR_FLASH_DEPTH];
    KrFlashEntry entry; // the last one that was read
    uint16_t at;        // its place
    uint8_t depth;      // bits of the key that the last entry had to have
    bool found;         // the last entry has the key
} KrFlashWay;

typedef struct {         // a new body: bytes of an old one, with new bytes in it
    uint16_t old;        // an entry, or KR_FLASH_NONE
    uint16_t old_length; // bytes of it that count; zeros follow
    uint16_t from, count;
    const uint8_t *data; // `count` bytes that begin at `from`
    uint16_t length;
} KrFlashBody;

typedef struct {
    uint32_t sequence, base, size;
} KrFlashBlock;

static inline int kr_flash_bit(const KrFlashFs *fs, uint32_t key, int depth) { return key >> (fs->depth - 1 - depth) & 1; }
static inline uint32_t kr_flash_key(const KrFlashFs *fs, uint32_t object, uint32_t index) { return object << fs->index_bits | index; }
static inline uint32_t kr_flash_object(const KrFlashFs *fs, uint32_t key) { return key >> fs->index_bits; }
static inline uint32_t kr_flash_last_index(const KrFlashFs *fs) { return (1u << fs->index_bits) - 1; }
static inline uint32_t kr_flash_address(const KrFlashFs *fs, uint16_t at) { return (uint32_t)at << fs->unit; }
static inline uint32_t kr_flash_round(const KrFlashFs *fs, uint32_t bytes) {
    return (bytes + (1u << fs->unit) - 1) >> fs->unit << fs->unit;
}
static inline uint32_t kr_flash_bytes(const KrFlashFs *fs, uint16_t length) {
    return kr_flash_round(fs, (length & KR_FLASH_LENGTH) + fs->header);
}
static inline uint32_t kr_flash_largest(const KrFlashFs *fs) { return kr_flash_bytes(fs, fs->chunk); }
static inline uint16_t kr_flash_units(const KrFlashFs *fs, uint16_t length) { return (uint16_t)(kr_flash_bytes(fs, length) >> fs->unit); }

// flashfs_block.c
int kr_flash_shape(KrFlashFs *fs, const KrBlockDevice *device);        // fills in what follows from the device
uint32_t kr_flash_label_size(const KrFlashFs *fs);                     // bytes at the start of each block
KrFlashBlock kr_flash_block(const KrFlashFs *fs, uint32_t sequence);   // of the log
KrFlashBlock kr_flash_block_at(const KrFlashFs *fs, uint32_t address); // likewise
uint32_t kr_flash_usable(const KrFlashFs *fs, KrFlashBlock block);     // bytes of entries that fit for certain
int kr_flash_label_find(const KrFlashFs *fs, uint32_t *newest, uint32_t *oldest);
int kr_flash_label_write(KrFlashFs *fs, KrFlashBlock block);
int kr_flash_next_block(KrFlashFs *fs); // erases the one behind the newest, which it becomes

// flashfs_entry.c
int kr_flash_entry_read(const KrFlashFs *fs, uint16_t at, KrFlashEntry *out);
bool kr_flash_older(const KrFlashFs *fs, uint16_t a, uint16_t b);
int kr_flash_body_read(const KrFlashFs *fs, uint16_t at, const KrFlashEntry *entry, void *out, size_t from,
                       size_t count); // and checks all of it
int kr_flash_append(KrFlashFs *fs, KrFlashEntry *entry, const KrFlashBody *body, bool moved, uint16_t *at);

// flashfs_tree.c
int kr_flash_walk(const KrFlashFs *fs, uint32_t key, KrFlashWay *way);
int kr_flash_nearest(const KrFlashFs *fs, uint32_t key, bool up, KrFlashWay *way);       // the key itself, or the next one that there is
int kr_flash_weigh(const KrFlashFs *fs, uint32_t first, uint32_t last, uint32_t *units); // of the entries of all keys between
int kr_flash_put(KrFlashFs *fs, uint32_t key, const KrFlashWay *way, const KrFlashBody *body, int more, uint32_t gone);
int kr_flash_move(KrFlashFs *fs, KrFlashWay *way);                  // the entry found, to the end of the log
int kr_flash_drop(KrFlashFs *fs, uint32_t key, int bits, int more); // all keys that begin with these bits

// flashfs_volume.c
int kr_flash_begin(KrFlashFs *fs, int entries, int beyond); // room for a transaction of so many, `beyond` of them from the reserve
int kr_flash_finish(KrFlashFs *fs, int error);              // takes back what an error left half done; gives the error as callers see it

// flashfs_name.c
typedef struct {                 // what a path leads to, or would
    const char *name;            // its last part
    uint32_t bucket;             // key of the entry that has its record
    uint16_t parent, object, at; // at: offset of the record
    uint8_t len;                 // of the name; 0: the root
    bool found, folder;
} KrFlashPlace;
int kr_flash_find(const KrFlashFs *fs, const char *path, int avoid, KrFlashPlace *out); // avoid: a folder that must not be passed, or -1
int kr_flash_make(KrFlashFs *fs, KrFlashPlace *place, bool folder);

// flashfs_file.c
int kr_flash_file_size(const KrFlashFs *fs, uint16_t object, uint32_t *size);

#endif
