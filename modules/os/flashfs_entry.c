// flashfs_entry.c - entries of the log. The body is programmed first and the header last: an entry with a sound header is whole, whenever the
// power went. Headers are checked together with the place where they stand, so that copies of entries in the bodies of others are not taken
// for entries; bodies are checked for themselves, so that moving an entry keeps what was wrong with it wrong.
// SPDX-License-Identifier: MIT
#include "base/crc32.h"
#include "flashfs_part.h"

static uint32_t header_crc(const KrFlashFs *fs, const KrFlashEntry *entry, uint32_t sequence, uint32_t address) {
    const uint32_t place[2] = { sequence, address };
    return kr_crc32(kr_crc32(0, place, sizeof place), &entry->body_crc, fs->header - sizeof entry->header_crc);
}

// ---- Reading -------------------------------------------------------------------------------------------------------------------

int kr_flash_entry_read(const KrFlashFs *fs, uint16_t at, KrFlashEntry *out) {
    uint32_t address = kr_flash_address(fs, at);
    if (address >= fs->size) return KR_FLASH_CORRUPT;
    KrFlashBlock block = kr_flash_block_at(fs, address);
    uint32_t room = block.base + block.size - address;
    if (room < fs->header) return KR_FLASH_CORRUPT;
    int error = fs->device->read(fs->device, address, out, fs->header);
    if (error) return error;
    if ((out->length & KR_FLASH_MARKS) != KR_FLASH_MARK || (out->length & KR_FLASH_LENGTH) > fs->chunk) return KR_FLASH_CORRUPT;
    if (kr_flash_bytes(fs, out->length) > room || (fs->depth < 32 && out->key >> fs->depth)) return KR_FLASH_CORRUPT;
    return out->header_crc == header_crc(fs, out, block.sequence, address) ? 0 : KR_FLASH_CORRUPT;
}

// Was a written before b?
bool kr_flash_older(const KrFlashFs *fs, uint16_t a, uint16_t b) {
    uint32_t address_a = kr_flash_address(fs, a), address_b = kr_flash_address(fs, b);
    if (address_a >= fs->size || address_b >= fs->size) return false;
    uint32_t sequence_a = kr_flash_block_at(fs, address_a).sequence, sequence_b = kr_flash_block_at(fs, address_b).sequence;
    return sequence_a != sequence_b ? sequence_a < sequence_b : address_a < address_b;
}

// Bytes from..from+count of a body, which has at least so many; all of it is checked.
int kr_flash_body_read(const KrFlashFs *fs, uint16_t at, const KrFlashEntry *entry, void *out, size_t from, size_t count) {
    uint8_t piece[KR_FLASH_PIECE];
    uint32_t address = kr_flash_address(fs, at) + fs->header, length = entry->length & KR_FLASH_LENGTH, crc = 0;
    for (uint32_t i = 0, n; i < length; i += n) {
        n = length - i < KR_FLASH_PIECE ? length - i : KR_FLASH_PIECE;
        int error = fs->device->read(fs->device, address + i, piece, n);
        if (error) return error;
        crc = kr_crc32(crc, piece, n);
        for (uint32_t k = i < from ? from - i : 0; k < n && i + k < from + count; k++) ((uint8_t *)out)[i + k - from] = piece[k];
    }
    return crc == entry->body_crc ? 0 : KR_FLASH_CORRUPT;
}

// ---- Appending -----------------------------------------------------------------------------------------------------------------

// The piece of a new body that begins at `from`: n bytes.
static int compose(const KrFlashFs *fs, const KrFlashBody *body, uint32_t from, uint8_t *piece, uint32_t n) {
    uint32_t old = from < body->old_length ? body->old_length - from : 0;
    if (old > n) old = n;
    memset(piece + old, 0, n - old);
    int error = old ? fs->device->read(fs->device, kr_flash_address(fs, body->old) + fs->header + from, piece, old) : 0;
    for (uint32_t i = 0; i < n; i++)
        if (from + i >= body->from && from + i < (uint32_t)body->from + body->count) piece[i] = body->data[from + i - body->from];
    return error;
}

// The body into place; *crc is that of what should stand there.
static int program_body(const KrFlashFs *fs, const KrFlashBody *body, uint32_t address, uint32_t *crc) {
    uint8_t piece[KR_FLASH_PIECE];
    uint32_t step = fs->device->program_size;
    *crc = 0;
    for (uint32_t i = 0, n; i < body->length; i += n) {
        n = body->length - i < KR_FLASH_PIECE ? body->length - i : (uint32_t)KR_FLASH_PIECE;
        int error = compose(fs, body, i, piece, n);
        if (error) return error;
        *crc = kr_crc32(*crc, piece, n);
        uint32_t whole = (n + step - 1) / step * step;
        memset(piece + n, 0xFF, whole - n);
        error = fs->device->program(fs->device, address + i, piece, whole);
        if (error) return error;
    }
    return 0;
}

// What was programmed is read again: cells that a power cut left half programmed look erased. The body is sound before the header makes it count.
static int append_at(KrFlashFs *fs, KrFlashEntry *entry, const KrFlashBody *body, uint16_t at, bool moved) {
    KrFlashEntry read = { .length = body->length };
    uint32_t address = kr_flash_address(fs, at);
    int error = program_body(fs, body, address + fs->header, &read.body_crc);
    if (!error) error = kr_flash_body_read(fs, at, &read, NULL, 0, 0);
    if (error) return error;
    if (!moved) entry->body_crc = read.body_crc;
    entry->header_crc = header_crc(fs, entry, fs->newest, address);
    error = fs->device->program(fs->device, address, entry, fs->header);
    if (!error) error = kr_flash_entry_read(fs, at, &read);
    return !error && memcmp(&read, entry, fs->header) != 0 ? KR_FLASH_CORRUPT : error;
}

// Behind a place that does not take what is programmed: behind all that one program operation, which a power cut ended, may have spoiled.
static void pass_over(KrFlashFs *fs, uint32_t address, KrFlashBlock block) {
    uint32_t spoiled = kr_flash_round(fs, address + fs->header + KR_FLASH_PIECE), end = block.base + block.size;
    if (fs->position < spoiled) fs->position = spoiled < end ? spoiled : end;
}

// An entry that has an old one's body as it is (`moved`) keeps its check as well. A place that does not take what is programmed is left.
int kr_flash_append(KrFlashFs *fs, KrFlashEntry *entry, const KrFlashBody *body, bool moved, uint16_t *at) {
    enum { ATTEMPTS = 4 }; // the cells of three power cuts in a row
    uint32_t size = kr_flash_bytes(fs, body->length);
    int error = KR_PORT_EIO;
    for (int i = 0; error && i < ATTEMPTS; i++) {
        KrFlashBlock block = kr_flash_block(fs, fs->newest);
        if (fs->position + size > block.base + block.size) {
            if ((error = kr_flash_next_block(fs)) != 0) return error;
            block = kr_flash_block(fs, fs->newest);
        }
        uint32_t address = fs->position;
        *at = (uint16_t)(address >> fs->unit);
        fs->position += size;
        error = append_at(fs, entry, body, *at, moved);
        if (error) pass_over(fs, address, block);
    }
    return error;
}
