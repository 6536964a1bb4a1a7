// flashfs_block.c - the ring of blocks. A block is erased right before it is used, whatever it holds, since an erase that a power cut ended may
// look complete and not be. Then it gets a label, written twice, with its sequence number and that of the oldest block of the log.
// SPDX-License-Identifier: MIT
#include "base/crc32.h"
#include "flashfs_part.h"

enum { LABEL_SIZE = 32, MAGIC = 0x5346524B /* KRFS */, FORMAT = 1, MOST_UNITS = 65536 };

typedef struct { // little endian; at the start of each block, and once more behind
    uint32_t crc, magic, sequence, oldest;
    uint32_t blocks, size;
    uint16_t chunk, header;
    uint8_t format, unit, depth, index_bits;
} Label;
_Static_assert(sizeof(Label) == LABEL_SIZE, "it is stored as it is");

// ---- Shape ---------------------------------------------------------------------------------------------------------------------

static uint8_t bits_for(uint32_t n) { // the least that can count n things
    uint8_t bits = 0;
    while (bits < 31 && 1u << bits < n) bits++;
    return bits;
}

static uint8_t within(uint8_t n, uint8_t least, uint8_t most) { return n < least ? least : n > most ? most : n; }

uint32_t kr_flash_label_size(const KrFlashFs *fs) { return kr_flash_round(fs, 2 * LABEL_SIZE); }

uint32_t kr_flash_usable(const KrFlashFs *fs, KrFlashBlock block) {
    return block.size - kr_flash_label_size(fs) - (kr_flash_largest(fs) - (1u << fs->unit));
}

// What live entries may take: all but the largest block, which can be emptied into the rest, what the ends of blocks may waste, and the
// reserve; and never more than three quarters, so that writing to a full device copies at most a few bytes for each one written.
static uint32_t capacity(const KrFlashFs *fs) {
    uint32_t sum = 0, largest = 0;
    for (const KrBlockRun *run = fs->device->run; run->count; run++) {
        uint32_t usable = kr_flash_usable(fs, (KrFlashBlock){ .size = run->size });
        sum += usable * run->count;
        if (usable > largest) largest = usable;
    }
    uint32_t kept = largest + (fs->blocks + KR_FLASH_RESERVE) * kr_flash_largest(fs), most = sum / 4 * 3;
    if (kept >= sum) return 0;
    return (sum - kept < most ? sum - kept : most) >> fs->unit;
}

int kr_flash_shape(KrFlashFs *fs, const KrBlockDevice *device) {
    *fs = (KrFlashFs){ .device = device, .root = KR_FLASH_NONE, .sure_root = KR_FLASH_NONE };
    uint32_t smallest = UINT32_MAX;
    for (const KrBlockRun *run = device->run; run->count; run++) {
        fs->blocks += run->count;
        fs->size += run->size * run->count;
        if (run->size < smallest) smallest = run->size;
    }
    uint8_t unit = bits_for((fs->size + MOST_UNITS - 1) / MOST_UNITS),
            least = bits_for(device->program_size < 4 ? 4 : device->program_size);
    fs->unit = unit > least ? unit : least;
    fs->index_bits = within(bits_for(fs->size / 256), 8, 16);
    fs->depth = (uint8_t)(fs->index_bits + within(bits_for(fs->size / 512), 8, 14));
    fs->header =
        (uint16_t)((offsetof(KrFlashEntry, alt) + 2u * fs->depth + device->program_size - 1) / device->program_size * device->program_size);
    fs->header = (uint16_t)((fs->header + 3) & ~3);
    fs->chunk = fs->unit <= 4 ? 256 : (uint16_t)(512 - fs->header);
    if (fs->unit > 8 || fs->blocks < 2 || smallest < 2048 || smallest < kr_flash_label_size(fs) + 3 * kr_flash_largest(fs))
        return KR_PORT_EINVAL;
    fs->capacity = capacity(fs);
    return fs->capacity ? 0 : KR_PORT_EINVAL;
}

// ---- Finding blocks ------------------------------------------------------------------------------------------------------------

KrFlashBlock kr_flash_block(const KrFlashFs *fs, uint32_t sequence) {
    uint32_t left = sequence % fs->blocks, base = 0;
    const KrBlockRun *run = fs->device->run;
    for (; left >= run->count; run++) left -= run->count, base += run->count * run->size;
    return (KrFlashBlock){ .sequence = sequence, .base = base + left * run->size, .size = run->size };
}

// The address must be inside the device. The sequence number is the one that the block has while it is in the log.
KrFlashBlock kr_flash_block_at(const KrFlashFs *fs, uint32_t address) {
    uint32_t number = 0, base = 0;
    const KrBlockRun *run = fs->device->run;
    for (; address - base >= run->count * run->size; run++) number += run->count, base += run->count * run->size;
    uint32_t in_run = (address - base) / run->size, newest = fs->newest % fs->blocks;
    number += in_run;
    uint32_t behind = newest >= number ? newest - number : newest + fs->blocks - number;
    return (KrFlashBlock){ .sequence = fs->newest - behind, .base = base + in_run * run->size, .size = run->size };
}

// ---- Labels --------------------------------------------------------------------------------------------------------------------

static Label label_of(const KrFlashFs *fs, uint32_t sequence) {
    Label label = { .magic = MAGIC,
                    .sequence = sequence,
                    .oldest = fs->oldest,
                    .blocks = fs->blocks,
                    .size = fs->size,
                    .chunk = fs->chunk,
                    .header = fs->header,
                    .format = FORMAT,
                    .unit = fs->unit,
                    .depth = fs->depth,
                    .index_bits = fs->index_bits };
    label.crc = kr_crc32(0, &label.magic, LABEL_SIZE - sizeof label.crc);
    return label;
}

// ENOENT: the block has none.
static int label_read(const KrFlashFs *fs, uint32_t base, Label *out) {
    for (uint32_t copy = 0; copy < 2; copy++) {
        int error = fs->device->read(fs->device, base + copy * LABEL_SIZE, out, LABEL_SIZE);
        if (error) return error;
        if (out->magic == MAGIC && out->crc == kr_crc32(0, &out->magic, LABEL_SIZE - sizeof out->crc)) return 0;
    }
    return KR_PORT_ENOENT;
}

static bool label_fits(const KrFlashFs *fs, const Label *label) {
    return label->format == FORMAT && label->blocks == fs->blocks && label->size == fs->size && label->chunk == fs->chunk &&
           label->header == fs->header && label->unit == fs->unit && label->depth == fs->depth && label->index_bits == fs->index_bits;
}

// The newest block of all. ENODEV: no block has a label. EINVAL: it is of another shape.
int kr_flash_label_find(const KrFlashFs *fs, uint32_t *newest, uint32_t *oldest) {
    Label best = { .sequence = 0 };
    for (uint32_t i = 0; i < fs->blocks; i++) {
        Label label;
        int error = label_read(fs, kr_flash_block(fs, i).base, &label);
        if (error && error != KR_PORT_ENOENT) return error;
        if (error || label.sequence <= best.sequence) continue;
        if (label.sequence % fs->blocks == i || !label_fits(fs, &label)) best = label;
    }
    *newest = best.sequence;
    *oldest = best.oldest;
    if (!best.sequence) return KR_PORT_ENODEV;
    bool sound = label_fits(fs, &best) && best.sequence >= fs->blocks && best.sequence < UINT32_MAX - fs->blocks &&
                 best.oldest <= best.sequence && best.sequence - best.oldest < fs->blocks;
    return sound ? 0 : KR_PORT_EINVAL;
}

int kr_flash_label_write(KrFlashFs *fs, KrFlashBlock block) {
    Label label = label_of(fs, block.sequence), read;
    for (uint32_t copy = 0; copy < 2; copy++) {
        int error = fs->device->program(fs->device, block.base + copy * LABEL_SIZE, &label, LABEL_SIZE);
        if (error) return error;
    }
    int error = label_read(fs, block.base, &read);
    return error == KR_PORT_ENOENT || (!error && memcmp(&read, &label, LABEL_SIZE) != 0) ? KR_PORT_EIO : error;
}

// ENOSPC: the oldest block would have to go, which kr_flash_begin prevents.
int kr_flash_next_block(KrFlashFs *fs) {
    if (fs->newest + 1 >= fs->oldest + fs->blocks) return KR_PORT_ENOSPC;
    KrFlashBlock block = kr_flash_block(fs, fs->newest + 1);
    int error = fs->device->erase(fs->device, block.base, block.size);
    if (!error) error = kr_flash_label_write(fs, block);
    if (error) return error;
    fs->newest++;
    fs->position = block.base + kr_flash_label_size(fs);
    fs->spare -= kr_flash_usable(fs, block);
    return 0;
}
