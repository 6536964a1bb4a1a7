// flashfs_name.c - folders and paths. A folder is an object; its entry 0 says that it exists, each other one is a bucket of names. A name may be
// in one of two buckets, by its hash: so buckets are a fixed size and no name is ever in the way of another.
//
// A record in a bucket: number of the object (2 bytes), length of the name and FOLDER (1 byte), the name.
// SPDX-License-Identifier: MIT
#include "base/crc32.h"
#include "flashfs_part.h"

enum { RECORD = 3, FOLDER = 0x80, CHOICES = 2, EBUSY_ = 16 };

typedef struct {
    KrFlashWay way;
    uint16_t len;
    uint8_t data[KR_FLASH_BUCKET];
} Bucket;

// ---- Buckets -------------------------------------------------------------------------------------------------------------------

static uint32_t bucket_key(const KrFlashFs *fs, uint16_t folder, const char *name, size_t len, int choice) {
    uint32_t hash = kr_crc32(0, name, len), count = kr_flash_last_index(fs);
    return kr_flash_key(fs, folder, 1 + (choice ? hash / count : hash) % count);
}

static int bucket_load(const KrFlashFs *fs, Bucket *out) { // its way leads to an entry
    out->len = out->way.entry.length & KR_FLASH_LENGTH;
    return out->len > sizeof out->data ? KR_FLASH_CORRUPT : kr_flash_body_read(fs, out->way.at, &out->way.entry, out->data, 0, out->len);
}

static int bucket_read(const KrFlashFs *fs, uint32_t key, Bucket *out) {
    int error = kr_flash_walk(fs, key, &out->way);
    out->len = 0;
    return error || !out->way.found ? error : bucket_load(fs, out);
}

static size_t record_size(const uint8_t *record) { return RECORD + (record[2] & ~FOLDER & 0xFF); }

// Is there a whole record at `at`?
static bool record_there(const Bucket *bucket, size_t at) {
    return at + RECORD < bucket->len && record_size(bucket->data + at) > RECORD && at + record_size(bucket->data + at) <= bucket->len &&
           record_size(bucket->data + at) <= RECORD + KR_FLASHFS_NAME;
}

static uint16_t record_object(const uint8_t *record) { return (uint16_t)(record[0] | record[1] << 8); }

static void record_begin(uint8_t *record, uint16_t object, uint8_t len, bool folder) {
    record[0] = object & 0xFF;
    record[1] = (uint8_t)(object >> 8);
    record[2] = (uint8_t)(len | (folder ? FOLDER : 0));
}

static int look_up(const KrFlashFs *fs, KrFlashPlace *place) {
    Bucket bucket;
    place->found = false;
    for (int choice = 0; choice < CHOICES; choice++) {
        place->bucket = bucket_key(fs, place->parent, place->name, place->len, choice);
        int error = bucket_read(fs, place->bucket, &bucket);
        if (error) return error;
        for (size_t at = 0; at < bucket.len; at += record_size(bucket.data + at)) {
            const uint8_t *record = bucket.data + at;
            if (!record_there(&bucket, at)) return KR_FLASH_CORRUPT;
            if (record_size(record) != (size_t)RECORD + place->len || memcmp(record + RECORD, place->name, place->len) != 0) continue;
            place->object = record_object(record);
            place->at = (uint16_t)at;
            place->folder = record[2] & FOLDER;
            place->found = true;
            return 0;
        }
    }
    return 0;
}

static int add_name(KrFlashFs *fs, const KrFlashPlace *place, uint16_t object, bool folder, int more) {
    Bucket bucket;
    uint8_t record[RECORD + KR_FLASHFS_NAME];
    uint16_t size = (uint16_t)(RECORD + place->len);
    record_begin(record, object, place->len, folder);
    memcpy(record + RECORD, place->name, place->len);
    for (int choice = 0; choice < CHOICES; choice++) {
        uint32_t key = bucket_key(fs, place->parent, place->name, place->len, choice);
        int error = bucket_read(fs, key, &bucket);
        if (error) return error;
        if (bucket.len + size > KR_FLASH_BUCKET) continue;
        KrFlashBody body = { .old = bucket.way.at, .old_length = bucket.len, .from = bucket.len, .count = size, .data = record };
        body.length = (uint16_t)(bucket.len + size);
        return kr_flash_put(fs, key, &bucket.way, &body, more, 0);
    }
    return KR_PORT_ENOSPC;
}

static int remove_name(KrFlashFs *fs, const KrFlashPlace *place, int more) {
    Bucket bucket;
    int error = bucket_read(fs, place->bucket, &bucket);
    if (error) return error;
    size_t size = (size_t)RECORD + place->len;
    bucket.len = (uint16_t)(bucket.len - size);
    if (!bucket.len) return kr_flash_drop(fs, place->bucket, fs->depth, more);
    memmove(bucket.data + place->at, bucket.data + place->at + size, bucket.len - place->at);
    return kr_flash_put(fs, place->bucket, &bucket.way, &(KrFlashBody){ .count = bucket.len, .data = bucket.data, .length = bucket.len },
                        more, 0);
}

// The record keeps its name, and leads to another object.
static int replace_object(KrFlashFs *fs, const KrFlashPlace *place, uint16_t object, int more) {
    Bucket bucket;
    uint8_t record[RECORD];
    int error = bucket_read(fs, place->bucket, &bucket);
    if (error) return error;
    record_begin(record, object, place->len, place->folder);
    KrFlashBody body = {
        .old = bucket.way.at, .old_length = bucket.len, .from = place->at, .count = RECORD, .data = record, .length = bucket.len
    };
    return kr_flash_put(fs, place->bucket, &bucket.way, &body, more, 0);
}

// ---- Paths ---------------------------------------------------------------------------------------------------------------------

// One part of a path, in the folder that *place is.
static int enter(const KrFlashFs *fs, const char *name, size_t len, int avoid, KrFlashPlace *place) {
    if (!place->found) return KR_PORT_ENOENT;
    if (!place->folder) return KR_PORT_ENOTDIR;
    if (place->object == avoid) return KR_PORT_EINVAL;
    if (len > KR_FLASHFS_NAME) return KR_PORT_ENAMETOOLONG;
    if (name[0] == '.' && (len == 1 || (len == 2 && name[1] == '.'))) return KR_PORT_EINVAL;
    place->parent = place->object;
    place->name = name;
    place->len = (uint8_t)len;
    return look_up(fs, place);
}

int kr_flash_find(const KrFlashFs *fs, const char *path, int avoid, KrFlashPlace *out) {
    *out = (KrFlashPlace){ .found = true, .folder = true };
    for (;;) {
        bool slash = *path == '/';
        while (*path == '/') path++;
        if (!*path) return slash && out->found && !out->folder ? KR_PORT_ENOTDIR : 0;
        size_t len = strcspn(path, "/");
        int error = enter(fs, path, len, avoid, out);
        if (error) return error;
        path += len;
    }
}

// The next number that no object has. ENOSPC: there is none.
static int free_object(const KrFlashFs *fs, uint16_t *out) {
    KrFlashWay way;
    uint32_t most = (1u << (fs->depth - fs->index_bits)) - 1, object = fs->object;
    for (uint32_t i = 0; i < most; i++) {
        object = object % most + 1;
        int error = kr_flash_nearest(fs, kr_flash_key(fs, object, 0), true, &way);
        if (error == KR_FLASH_CORRUPT) continue;
        if (error) return error;
        *out = (uint16_t)object;
        if (!way.found || kr_flash_object(fs, way.entry.key) != object) return 0;
    }
    return KR_PORT_ENOSPC;
}

int kr_flash_make(KrFlashFs *fs, KrFlashPlace *place, bool folder) {
    uint16_t object;
    KrFlashWay way;
    int error = place->len ? free_object(fs, &object) : KR_PORT_EEXIST;
    if (!error) error = kr_flash_begin(fs, 2, 0);
    if (!error) error = kr_flash_walk(fs, kr_flash_key(fs, object, 0), &way);
    if (!error) error = kr_flash_put(fs, kr_flash_key(fs, object, 0), &way, &(KrFlashBody){ .length = 0 }, KR_FLASH_MORE, 0);
    if (!error) error = add_name(fs, place, object, folder, 0);
    if (error) return error;
    place->object = fs->object = object;
    return 0;
}

// ---- What programs ask ---------------------------------------------------------------------------------------------------------

int kr_flashfs_stat(KrFlashFs *fs, const char *path, KrFlashStat *out) {
    KrFlashPlace place;
    int error = kr_flash_find(fs, path, -1, &place);
    if (!error && !place.found) error = KR_PORT_ENOENT;
    *out = (KrFlashStat){ .object = place.object, .folder = place.folder };
    if (!error && !place.folder) error = kr_flash_file_size(fs, place.object, &out->size);
    return kr_flash_finish(fs, error);
}

int kr_flashfs_make_folder(KrFlashFs *fs, const char *path) {
    KrFlashPlace place;
    int error = kr_flash_find(fs, path, -1, &place);
    if (!error) error = place.found ? KR_PORT_EEXIST : kr_flash_make(fs, &place, true);
    return kr_flash_finish(fs, error);
}

// ENOTEMPTY: there are names in it.
static int check_empty(const KrFlashFs *fs, uint16_t folder) {
    KrFlashWay way;
    int error = kr_flash_nearest(fs, kr_flash_key(fs, folder, 1), true, &way);
    return !error && way.found && kr_flash_object(fs, way.entry.key) == folder ? KR_PORT_ENOTEMPTY : error;
}

static int drop_object(KrFlashFs *fs, uint16_t object, int more) {
    int error = kr_flash_drop(fs, kr_flash_key(fs, object, 0), fs->depth - fs->index_bits, more);
    for (KrFlashFile *file = fs->open; !error && file; file = file->next) file->stale |= file->object == object;
    return error;
}

static int remove_place(KrFlashFs *fs, const KrFlashPlace *place, bool folder) {
    if (!place->found) return KR_PORT_ENOENT;
    if (place->folder != folder) return folder ? KR_PORT_ENOTDIR : KR_PORT_EISDIR;
    if (!place->len) return EBUSY_;
    int error = folder ? check_empty(fs, place->object) : 0;
    if (!error) error = kr_flash_begin(fs, 2, 0);
    if (!error) error = remove_name(fs, place, KR_FLASH_MORE);
    return error ? error : drop_object(fs, place->object, 0);
}

int kr_flashfs_remove(KrFlashFs *fs, const char *path, bool folder) {
    KrFlashPlace place;
    int error = kr_flash_find(fs, path, -1, &place);
    return kr_flash_finish(fs, error ? error : remove_place(fs, &place, folder));
}

static int check_replaces(const KrFlashFs *fs, const KrFlashPlace *from, const KrFlashPlace *to) {
    if (!from->found) return KR_PORT_ENOENT;
    if (!from->len || !to->len) return EBUSY_;
    if (!to->found || from->folder == to->folder) return to->found && to->folder ? check_empty(fs, to->object) : 0;
    return from->folder ? KR_PORT_ENOTDIR : KR_PORT_EISDIR;
}

static int rename_place(KrFlashFs *fs, const KrFlashPlace *from, const KrFlashPlace *to) {
    int error = kr_flash_begin(fs, 3, 1);
    if (!error && to->found) error = drop_object(fs, to->object, KR_FLASH_MORE);
    if (!error)
        error =
            to->found ? replace_object(fs, to, from->object, KR_FLASH_MORE) : add_name(fs, to, from->object, from->folder, KR_FLASH_MORE);
    return error ? error : remove_name(fs, from, 0);
}

int kr_flashfs_rename(KrFlashFs *fs, const char *from, const char *to) {
    KrFlashPlace source, target;
    int error = kr_flash_find(fs, from, -1, &source);
    if (!error) error = kr_flash_find(fs, to, source.found && source.folder && source.len ? source.object : -1, &target);
    if (!error && source.found && target.found && source.object == target.object) return 0;
    if (!error) error = check_replaces(fs, &source, &target);
    return kr_flash_finish(fs, error ? error : rename_place(fs, &source, &target));
}

// ---- Listing -------------------------------------------------------------------------------------------------------------------

int kr_flashfs_folder_open(KrFlashFs *fs, KrFlashFolder *folder, const char *path) {
    KrFlashPlace place;
    int error = kr_flash_find(fs, path, -1, &place);
    if (!error && !place.found) error = KR_PORT_ENOENT;
    if (!error && !place.folder) error = KR_PORT_ENOTDIR;
    *folder = (KrFlashFolder){ .fs = fs, .object = place.object, .index = 1 };
    return kr_flash_finish(fs, error);
}

static int next_record(KrFlashFolder *folder, KrFlashStat *out) {
    const KrFlashFs *fs = folder->fs;
    Bucket bucket;
    for (;; folder->index++, folder->record = 0) {
        if (folder->index > kr_flash_last_index(fs)) return KR_PORT_ENOENT;
        int error = kr_flash_nearest(fs, kr_flash_key(fs, folder->object, folder->index), true, &bucket.way);
        if (!error && (!bucket.way.found || kr_flash_object(fs, bucket.way.entry.key) != folder->object)) return KR_PORT_ENOENT;
        if (!error) error = bucket_load(fs, &bucket);
        if (error) return error;
        uint32_t index = bucket.way.entry.key & kr_flash_last_index(fs);
        if (index != folder->index) folder->index = index, folder->record = 0;
        size_t at = 0;
        for (int i = 0; i < folder->record && record_there(&bucket, at); i++) at += record_size(bucket.data + at);
        if (!record_there(&bucket, at)) continue;
        const uint8_t *record = bucket.data + at;
        memcpy(folder->name, record + RECORD, record_size(record) - RECORD);
        folder->name[record_size(record) - RECORD] = 0;
        folder->record++;
        *out = (KrFlashStat){ .object = record_object(record), .folder = record[2] & FOLDER };
        return 0;
    }
}

int kr_flashfs_folder_next(KrFlashFolder *folder, KrFlashStat *out) { return kr_flash_finish(folder->fs, next_record(folder, out)); }
