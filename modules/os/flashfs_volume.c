// flashfs_volume.c - mounting, formatting, and making room: the live entries of the oldest block are moved to the end of the log, and the
// block is free.
//
// Before each transaction there has to be room for it and, after it, for emptying whichever block comes next, and the one after that, and so
// on: so it never happens that nothing can be erased.
// SPDX-License-Identifier: MIT
#include "flashfs_part.h"

// ---- Scanning a block ----------------------------------------------------------------------------------------------------------

// The first entry at *address or behind it. ENOENT: the block holds no more. What is no entry is passed over unit by unit.
static int scan(const KrFlashFs *fs, KrFlashBlock block, uint32_t *address, KrFlashEntry *out) {
    for (; *address + fs->header <= block.base + block.size; *address += 1u << fs->unit) {
        int error = kr_flash_entry_read(fs, (uint16_t)(*address >> fs->unit), out);
        if (error != KR_FLASH_CORRUPT) return error;
    }
    return KR_PORT_ENOENT;
}

static uint32_t first_entry(const KrFlashFs *fs, KrFlashBlock block) { return block.base + kr_flash_label_size(fs); }

// ---- Room ----------------------------------------------------------------------------------------------------------------------

static uint32_t room_left(const KrFlashFs *fs) {
    KrFlashBlock block = kr_flash_block(fs, fs->newest);
    uint32_t left = block.base + block.size - fs->position, waste = kr_flash_largest(fs) - (1u << fs->unit);
    return fs->spare + (left > waste ? left - waste : 0);
}

// The most that emptying the blocks in turn can need before it gains, when `live` bytes are spread over them in the worst way: none can hold
// more than there is, or than its size, and what a full block held may fit less well elsewhere.
static uint32_t room_needed(const KrFlashFs *fs, uint32_t live) {
    uint32_t most = 0, waste = 0;
    for (uint32_t sequence = fs->oldest; sequence <= fs->newest && live > most; sequence++) {
        uint32_t usable = kr_flash_usable(fs, kr_flash_block(fs, sequence));
        waste += kr_flash_largest(fs);
        uint32_t held = usable + waste < live ? usable + waste : live;
        if (held > most) most = held;
        live -= usable < live ? usable : live;
    }
    return most;
}

static int empty_oldest(KrFlashFs *fs) {
    KrFlashBlock block = kr_flash_block(fs, fs->oldest);
    KrFlashEntry entry;
    KrFlashWay way;
    for (uint32_t address = first_entry(fs, block);; address += kr_flash_bytes(fs, entry.length)) {
        int error = scan(fs, block, &address, &entry);
        if (error == KR_PORT_ENOENT) break;
        if (!error) error = kr_flash_walk(fs, entry.key, &way);
        if (error == KR_FLASH_CORRUPT) continue; // nothing leads to it any more
        if (!error && way.found && kr_flash_address(fs, way.at) == address) error = kr_flash_move(fs, &way);
        if (error) return error;
    }
    fs->oldest++;
    fs->spare += kr_flash_usable(fs, block);
    return 0;
}

int kr_flash_begin(KrFlashFs *fs, int entries, int beyond) {
    uint32_t size = (uint32_t)entries * kr_flash_largest(fs), live = ((uint32_t)fs->live << fs->unit) + size;
    uint32_t cuts = KR_FLASH_CUTS * kr_flash_largest(fs); // what they take is there again when the log has gone round
    fs->limit = fs->capacity + ((uint32_t)beyond * kr_flash_largest(fs) >> fs->unit);
    for (uint32_t i = 0; i < 2 * fs->blocks && fs->oldest < fs->newest; i++) {
        if (room_left(fs) >= size + cuts + room_needed(fs, live)) return 0;
        int error = empty_oldest(fs);
        if (error) return error;
    }
    return room_left(fs) >= size + room_needed(fs, live) ? 0 : KR_PORT_ENOSPC;
}

int kr_flash_finish(KrFlashFs *fs, int error) {
    if (error) fs->root = fs->sure_root, fs->live = fs->sure_live;
    return error == KR_FLASH_CORRUPT ? KR_PORT_EIO : error;
}

// ---- Mounting ------------------------------------------------------------------------------------------------------------------

// The last whole transaction in a block, and where its last entry ends. Those of a block that has none leave *root as it is.
static int find_root(const KrFlashFs *fs, KrFlashBlock block, uint16_t *root, uint16_t *live, uint32_t *end) {
    KrFlashEntry entry;
    *end = first_entry(fs, block);
    for (uint32_t address = *end;; address = *end = address + kr_flash_bytes(fs, entry.length)) {
        int error = scan(fs, block, &address, &entry);
        if (error) return error == KR_PORT_ENOENT ? 0 : error;
        if (entry.length & KR_FLASH_MORE) continue;
        *root = (uint16_t)(address >> fs->unit);
        *live = entry.live;
    }
}

// From `address` on, the place behind the last byte that is not erased.
static int find_erased(const KrFlashFs *fs, KrFlashBlock block, uint32_t *address) {
    uint8_t piece[KR_FLASH_PIECE];
    uint32_t end = block.base + block.size;
    for (uint32_t at = *address, n; at < end; at += n) {
        n = end - at < KR_FLASH_PIECE ? end - at : KR_FLASH_PIECE;
        int error = fs->device->read(fs->device, at, piece, n);
        if (error) return error;
        for (uint32_t i = 0; i < n; i++)
            if (piece[i] != 0xFF) *address = kr_flash_round(fs, at + i + 1);
    }
    return 0;
}

static uint32_t spare_blocks(const KrFlashFs *fs) {
    uint32_t sum = 0;
    for (uint32_t sequence = fs->newest + 1; sequence < fs->oldest + fs->blocks; sequence++)
        sum += kr_flash_usable(fs, kr_flash_block(fs, sequence));
    return sum;
}

// A block whose labels are both damaged has its entries still; the newest one would be missed, and the log end before it.
static void find_unlabelled(KrFlashFs *fs) {
    KrFlashEntry entry;
    fs->newest++; // entries are checked with the sequence number of their block
    uint32_t address = first_entry(fs, kr_flash_block(fs, fs->newest));
    if (kr_flash_entry_read(fs, (uint16_t)(address >> fs->unit), &entry) != 0) fs->newest--;
    else if (fs->newest >= fs->oldest + fs->blocks) fs->oldest = fs->newest - fs->blocks + 1;
}

int kr_flashfs_mount(KrFlashFs *fs, const KrBlockDevice *device) {
    int error = kr_flash_shape(fs, device);
    if (!error) error = kr_flash_label_find(fs, &fs->newest, &fs->oldest);
    if (error) return error;
    find_unlabelled(fs);
    KrFlashBlock block = kr_flash_block(fs, fs->newest);
    error = find_root(fs, block, &fs->root, &fs->live, &fs->position);
    if (!error) error = find_erased(fs, block, &fs->position);
    for (uint32_t sequence = fs->newest, end; !error && fs->root == KR_FLASH_NONE && sequence-- > fs->oldest;)
        error = find_root(fs, kr_flash_block(fs, sequence), &fs->root, &fs->live, &end);
    if (error) return error;
    if (fs->root == KR_FLASH_NONE) return KR_PORT_ENODEV; // formatting it was not finished
    fs->sure_root = fs->root;
    fs->sure_live = fs->live;
    fs->spare = spare_blocks(fs);
    return 0;
}

static int erase_all(const KrFlashFs *fs) {
    int error = 0;
    for (uint32_t i = 0; !error && i < fs->blocks; i++) {
        KrFlashBlock block = kr_flash_block(fs, i);
        error = fs->device->erase(fs->device, block.base, block.size);
    }
    return error;
}

// The root's folder is in place before the label that makes it count. Labels of another shape must go, since they may be newer.
int kr_flashfs_format(KrFlashFs *fs, const KrBlockDevice *device) {
    uint32_t newest, oldest;
    int error = kr_flash_shape(fs, device);
    if (error) return error;
    error = kr_flash_label_find(fs, &newest, &oldest);
    fs->newest = fs->oldest = error ? fs->blocks : newest + 1;
    if (error == KR_PORT_EINVAL) error = erase_all(fs);
    if (error && error != KR_PORT_ENODEV) return error;
    KrFlashBlock block = kr_flash_block(fs, fs->newest);
    fs->position = first_entry(fs, block);
    fs->spare = spare_blocks(fs);
    fs->limit = fs->capacity;
    error = device->erase(device, block.base, block.size);
    if (!error) error = kr_flash_put(fs, 0, &(KrFlashWay){ .found = false }, &(KrFlashBody){ .length = 0 }, 0, 0);
    if (!error) error = kr_flash_label_write(fs, block);
    return error ? kr_flash_finish(fs, error) : kr_flashfs_sync(fs);
}

int kr_flashfs_sync(KrFlashFs *fs) { return fs->device->sync(fs->device); }

// ---- Figures -------------------------------------------------------------------------------------------------------------------

void kr_flashfs_space(const KrFlashFs *fs, uint32_t *total, uint32_t *free) {
    uint32_t entry = kr_flash_largest(fs) >> fs->unit, left = fs->capacity > fs->live ? fs->capacity - fs->live : 0;
    *total = fs->capacity / entry * fs->chunk;
    *free = left / entry * fs->chunk;
}

uint32_t kr_flashfs_erases(const KrFlashFs *fs) { return fs->newest / fs->blocks; }
