// flashfs_file.c - bytes of files. Entry i of a file holds the bytes from i * fs->chunk on; what an entry lacks are zeros. A file ends with its last
// entry, and has an entry 0 even if it is empty.
// SPDX-License-Identifier: MIT
#include "flashfs_part.h"

int kr_flash_file_size(const KrFlashFs *fs, uint16_t object, uint32_t *size) {
    KrFlashWay way;
    int error = kr_flash_nearest(fs, kr_flash_key(fs, object, kr_flash_last_index(fs)), false, &way);
    if (!error && (!way.found || kr_flash_object(fs, way.entry.key) != object)) error = KR_FLASH_CORRUPT;
    if (!error) *size = (way.entry.key & kr_flash_last_index(fs)) * fs->chunk + (way.entry.length & KR_FLASH_LENGTH);
    return error;
}

static uint32_t most_bytes(const KrFlashFs *fs) { return (kr_flash_last_index(fs) + 1) * fs->chunk; }

// ---- Changing ------------------------------------------------------------------------------------------------------------------

// Bytes in one entry, which gets at least so long; data NULL: only that.
static int write_chunk(KrFlashFs *fs, uint32_t key, uint16_t from, const uint8_t *data, uint16_t count, uint16_t least) {
    KrFlashWay way;
    int error = kr_flash_begin(fs, 1, 0);
    if (!error) error = kr_flash_walk(fs, key, &way);
    if (error) return error;
    uint16_t before = way.found ? way.entry.length & KR_FLASH_LENGTH : 0;
    if (before && (from || count < before)) error = kr_flash_body_read(fs, way.at, &way.entry, NULL, 0, 0); // some of it stays
    if (error) return error;
    KrFlashBody body = {
        .old = way.at, .old_length = before, .from = from, .count = count, .data = data, .length = before > least ? before : least
    };
    return kr_flash_put(fs, key, &way, &body, 0, 0);
}

static int shorten(KrFlashFs *fs, uint16_t object, uint32_t size) {
    KrFlashWay way;
    uint32_t last = size ? (size - 1) / fs->chunk : 0, key = kr_flash_key(fs, object, last),
             end = kr_flash_key(fs, object, kr_flash_last_index(fs)), gone = 0;
    uint16_t keep = (uint16_t)(size - last * fs->chunk);
    int error = kr_flash_begin(fs, 1, 0);
    if (!error && key < end) error = kr_flash_weigh(fs, key + 1, end, &gone);
    if (!error || error == KR_FLASH_CORRUPT) error = kr_flash_walk(fs, key, &way);
    if (error) return error;
    uint16_t before = way.found ? way.entry.length & KR_FLASH_LENGTH : 0;
    if (before && keep) error = kr_flash_body_read(fs, way.at, &way.entry, NULL, 0, 0);
    if (error) return error;
    for (int depth = fs->depth - fs->index_bits; depth < fs->depth; depth++)
        if (!kr_flash_bit(fs, key, depth)) way.alt[depth] = KR_FLASH_NONE; // what is behind it
    KrFlashBody body = { .old = way.at, .old_length = before < keep ? before : keep, .length = keep };
    return kr_flash_put(fs, key, &way, &body, 0, gone);
}

static int set_size(KrFlashFs *fs, uint16_t object, int64_t size) {
    uint32_t now;
    int error = size < 0 ? KR_PORT_EINVAL : size > most_bytes(fs) ? KR_PORT_EFBIG : kr_flash_file_size(fs, object, &now);
    if (error || size == now) return error;
    if (size < now) return shorten(fs, object, (uint32_t)size);
    uint32_t last = ((uint32_t)size - 1) / fs->chunk;
    return write_chunk(fs, kr_flash_key(fs, object, last), 0, NULL, 0, (uint16_t)((uint32_t)size - last * fs->chunk));
}

// ---- What programs ask ---------------------------------------------------------------------------------------------------------

static int open_place(KrFlashFs *fs, KrFlashPlace *place, int how) {
    if (!place->found && !(how & KR_OPEN_CREATE)) return KR_PORT_ENOENT;
    if (!place->found) return kr_flash_make(fs, place, false);
    if (how & KR_OPEN_EXCLUSIVE) return KR_PORT_EEXIST;
    if (place->folder) return KR_PORT_EISDIR;
    return how & KR_OPEN_TRUNCATE ? set_size(fs, place->object, 0) : 0;
}

int kr_flashfs_open(KrFlashFs *fs, KrFlashFile *file, const char *path, int how) {
    KrFlashPlace place;
    int error = kr_flash_find(fs, path, -1, &place);
    if (!error) error = open_place(fs, &place, how);
    if (error) return kr_flash_finish(fs, error);
    if (how & KR_OPEN_APPEND) how |= KR_OPEN_WRITE;
    *file = (KrFlashFile){ .fs = fs, .next = fs->open, .object = place.object, .how = (uint8_t)how };
    fs->open = file;
    return 0;
}

void kr_flashfs_close(KrFlashFile *file) {
    KrFlashFile **link = &file->fs->open;
    while (*link != file) link = &(*link)->next;
    *link = file->next;
}

static int check_open(const KrFlashFile *file, int how) {
    return file->stale ? KR_PORT_ESTALE : (file->how & how) != how ? KR_PORT_EBADF : 0;
}

static int read_chunk(const KrFlashFs *fs, uint32_t key, uint8_t *out, uint32_t from, uint32_t count) {
    KrFlashWay way;
    memset(out, 0, count);
    int error = kr_flash_walk(fs, key, &way);
    return error || !way.found ? error : kr_flash_body_read(fs, way.at, &way.entry, out, from, count);
}

intptr_t kr_flashfs_read(KrFlashFile *file, void *out, size_t len) {
    KrFlashFs *fs = file->fs;
    uint32_t size = 0, done = 0;
    int error = check_open(file, KR_OPEN_READ);
    if (!error) error = kr_flash_file_size(fs, file->object, &size);
    uint32_t left = file->at < size ? size - file->at : 0;
    if (left > len) left = (uint32_t)len;
    while (!error && done < left) {
        uint32_t index = file->at / fs->chunk, from = file->at % fs->chunk,
                 n = fs->chunk - from < left - done ? fs->chunk - from : left - done;
        error = read_chunk(fs, kr_flash_key(fs, file->object, index), (uint8_t *)out + done, from, n);
        if (error) break;
        file->at += n;
        done += n;
    }
    return error && !done ? -kr_flash_finish(fs, error) : (intptr_t)done;
}

intptr_t kr_flashfs_write(KrFlashFile *file, const void *data, size_t len) {
    KrFlashFs *fs = file->fs;
    uint32_t done = 0;
    int error = check_open(file, KR_OPEN_WRITE);
    if (!error && file->how & KR_OPEN_APPEND) error = kr_flash_file_size(fs, file->object, &file->at);
    while (!error && done < len) {
        uint32_t index = file->at / fs->chunk, from = file->at % fs->chunk, n = fs->chunk - from;
        if (n > len - done) n = (uint32_t)(len - done);
        if (index > kr_flash_last_index(fs)) error = KR_PORT_EFBIG;
        else
            error = write_chunk(fs, kr_flash_key(fs, file->object, index), (uint16_t)from, (const uint8_t *)data + done, (uint16_t)n,
                                (uint16_t)(from + n));
        if (error) break;
        file->at += n;
        done += n;
    }
    error = kr_flash_finish(fs, error);
    return error && !done ? -error : (intptr_t)done;
}

int kr_flashfs_size(KrFlashFile *file, uint32_t *size) {
    int error = check_open(file, 0);
    return kr_flash_finish(file->fs, error ? error : kr_flash_file_size(file->fs, file->object, size));
}

int64_t kr_flashfs_seek(KrFlashFile *file, int64_t offset, int whence) {
    uint32_t base = whence == 1 ? file->at : 0;
    int error = whence < 0 || whence > 2 ? KR_PORT_EINVAL : whence == 2 ? kr_flashfs_size(file, &base) : 0;
    if (error) return -error;
    if (offset < -(int64_t)base || offset > (int64_t)UINT32_MAX - base) return -KR_PORT_EINVAL;
    return file->at = (uint32_t)(base + offset);
}

int kr_flashfs_truncate(KrFlashFile *file, int64_t size) {
    int error = check_open(file, KR_OPEN_WRITE);
    return kr_flash_finish(file->fs, error ? error : set_size(file->fs, file->object, size));
}
