// flashfs.c - images of the flash file system, on a PC: makes one of a folder, lists, extracts and checks it. docs/flashfs.md tells the use.
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../modules/os/flashfs_part.h"

enum { MOST_DEPTH = 32, MOST_PATH = 4096, SPI_BLOCK = 4096, MOST_SPI = 16 << 20 };

static KR_NORETURN __attribute__((format(printf, 1, 2))) void fail(const char *format, ...) {
    va_list list;
    va_start(list, format);
    fprintf(stderr, "flashfs: ");
    vfprintf(stderr, format, list);
    fprintf(stderr, "\n");
    va_end(list);
    exit(1);
}

static const char *error_text(int error) { return error == KR_PORT_ENOSPC ? "the image is full" : strerror(error); }

// ---- The device: an image in memory --------------------------------------------------------------------------------------------

static uint8_t *image;
static uint32_t image_size;

static int image_read(const KrBlockDevice *device, uint32_t address, void *out, uint32_t len) {
    (void)device;
    memcpy(out, image + address, len);
    return 0;
}

static int image_program(const KrBlockDevice *device, uint32_t address, const void *data, uint32_t len) {
    (void)device;
    for (uint32_t i = 0; i < len; i++) image[address + i] &= ((const uint8_t *)data)[i];
    return 0;
}

static int image_erase(const KrBlockDevice *device, uint32_t address, uint32_t size) {
    (void)device;
    memset(image + address, 0xFF, size);
    return 0;
}

static int image_sync(const KrBlockDevice *device) { return (void)device, 0; }

static const KrBlockRun internal_run[] = { { 16384, 3 }, { 65536, 1 }, { 0, 0 } };
static KrBlockRun spi_run[] = { { SPI_BLOCK, 0 }, { 0, 0 } };
static KrBlockDevice device = { .program_size = 4, .read = image_read, .program = image_program, .erase = image_erase, .sync = image_sync };

// The layout with this size: the STM32F405's sectors 1 to 4, or equal blocks of 4 KB (QEMU's 64 KB, and serial flash).
static void set_layout(uint32_t size) {
    enum { INTERNAL = 3 * 16384 + 65536 };
    image_size = size;
    spi_run[0].count = size / SPI_BLOCK;
    device.run = size == INTERNAL ? internal_run : spi_run;
    if (size % SPI_BLOCK || size < 8 * SPI_BLOCK || size > MOST_SPI)
        fail("%u bytes: an image is %d (internal) or a multiple of %d up to 16 MB", size, INTERNAL, SPI_BLOCK);
}

static uint32_t layout_size(const char *name) {
    if (!strcmp(name, "internal")) return 3 * 16384 + 65536;
    if (!strcmp(name, "qemu")) return 65536;
    char *end = NULL;
    unsigned long n = strncmp(name, "spi=", 4) == 0 ? strtoul(name + 4, &end, 10) : 0;
    if (end && (*end == 'K' || *end == 'M')) n *= *end++ == 'K' ? 1024 : 1048576;
    if (!n || n > MOST_SPI || *end) fail("layout %s: expected internal, qemu, or spi=SIZE with SIZE such as 512K or 4M", name);
    return (uint32_t)n;
}

static void save_image(const char *path) {
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(image, 1, image_size, f) != image_size || fclose(f) != 0) fail("%s: %s", path, strerror(errno));
}

static void load_image(KrFlashFs *fs, const char *path) {
    FILE *f = fopen(path, "rb");
    struct stat st;
    if (!f || fstat(fileno(f), &st) != 0) fail("%s: %s", path, strerror(errno));
    if (st.st_size > MOST_SPI) fail("%s: larger than 16 MB", path);
    set_layout((uint32_t)st.st_size);
    image = malloc(image_size);
    if (!image || fread(image, 1, image_size, f) != image_size) fail("%s: %s", path, strerror(errno));
    fclose(f);
    int error = kr_flashfs_mount(fs, &device);
    if (error)
        fail("%s: %s", path,
             error == KR_PORT_ENODEV   ? "no file system in it"
             : error == KR_PORT_EINVAL ? "a file system of another layout"
                                       : error_text(error));
}

// ---- Making one ----------------------------------------------------------------------------------------------------------------

static char *join(char out[MOST_PATH], const char *folder, const char *name) {
    if (snprintf(out, MOST_PATH, "%s%s%s", folder, *folder ? "/" : "", name) >= MOST_PATH)
        fail("%s/%s: the path is too long", folder, name);
    return out;
}

static void put_file(KrFlashFs *fs, const char *from, const char *to) {
    char data[4096];
    KrFlashFile file;
    FILE *f = fopen(from, "rb");
    if (!f) fail("%s: %s", from, strerror(errno));
    int error = kr_flashfs_open(fs, &file, to, KR_OPEN_WRITE | KR_OPEN_CREATE | KR_OPEN_TRUNCATE);
    if (error) fail("%s: %s", to, error_text(error));
    for (size_t n; (n = fread(data, 1, sizeof data, f)) > 0;) {
        intptr_t done = kr_flashfs_write(&file, data, n);
        if (done != (intptr_t)n) fail("%s: %s", to, error_text(done < 0 ? (int)-done : KR_PORT_ENOSPC));
    }
    kr_flashfs_close(&file);
    fclose(f);
}

static int by_name(const struct dirent *entry) { return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0; }

static void put_folder(KrFlashFs *fs, const char *from, const char *to, int depth) {
    struct dirent **entry;
    int count = scandir(from, &entry, by_name, alphasort);
    if (count < 0) fail("%s: %s", from, strerror(errno));
    if (depth > MOST_DEPTH) fail("%s: more than %d folders deep", from, MOST_DEPTH);
    for (int i = 0; i < count; i++) {
        char source[MOST_PATH], target[MOST_PATH];
        struct stat st;
        join(source, from, entry[i]->d_name);
        join(target, to, entry[i]->d_name);
        if (stat(source, &st) != 0) fail("%s: %s", source, strerror(errno));
        int error = S_ISDIR(st.st_mode) ? kr_flashfs_make_folder(fs, target) : 0;
        if (error) fail("%s: %s", target, error_text(error));
        if (S_ISDIR(st.st_mode)) put_folder(fs, source, target, depth + 1);
        else if (S_ISREG(st.st_mode)) put_file(fs, source, target);
        else fprintf(stderr, "flashfs: %s: neither a file nor a folder, left out\n", source);
        free(entry[i]);
    }
    free(entry);
}

static void make(const char *layout, const char *path, const char *folder) {
    KrFlashFs fs;
    set_layout(layout_size(layout));
    image = malloc(image_size);
    memset(image, 0xFF, image_size);
    int error = kr_flashfs_format(&fs, &device);
    if (error) fail("%s: %s", layout, error_text(error));
    put_folder(&fs, folder, "", 0);
    save_image(path);
}

// ---- Reading one ---------------------------------------------------------------------------------------------------------------

typedef int (*Visit)(KrFlashFs *fs, const char *path, const KrFlashStat *stat, void *context); // 1: it is damaged

// All of a folder, each folder before what is in it. Gives how much is damaged.
static int visit_all(KrFlashFs *fs, const char *path, int depth, Visit visit, void *context) {
    KrFlashFolder folder;
    KrFlashStat stat;
    int damaged = 0, error = depth > MOST_DEPTH ? KR_PORT_EIO : kr_flashfs_folder_open(fs, &folder, path);
    while (!error && (error = kr_flashfs_folder_next(&folder, &stat)) == 0) {
        char inner[MOST_PATH];
        join(inner, path, folder.name);
        int problem = strchr(folder.name, '/') ? KR_PORT_EIO : kr_flashfs_stat(fs, inner, &stat);
        if (problem) fprintf(stderr, "flashfs: %s: %s\n", inner, error_text(problem)), damaged++;
        else damaged += visit(fs, inner, &stat, context);
        if (!problem && stat.folder) damaged += visit_all(fs, inner, depth + 1, visit, context);
    }
    if (error == KR_PORT_ENOENT) return damaged;
    fprintf(stderr, "flashfs: %s: %s\n", *path ? path : "/", error_text(error));
    return damaged + 1;
}

static int copy_out(KrFlashFs *fs, const char *path, FILE *out) { // an errno value
    char data[4096];
    KrFlashFile file;
    intptr_t n = 0;
    int error = kr_flashfs_open(fs, &file, path, KR_OPEN_READ);
    if (error) return error;
    while ((n = kr_flashfs_read(&file, data, sizeof data)) > 0)
        if (out && fwrite(data, 1, (size_t)n, out) != (size_t)n) fail("%s: %s", path, strerror(errno));
    kr_flashfs_close(&file);
    return n < 0 ? (int)-n : 0;
}

static int print_one(KrFlashFs *fs, const char *path, const KrFlashStat *stat, void *context) {
    (void)fs, (void)context;
    if (stat->folder) printf("         %s/\n", path);
    else printf("%8u %s\n", stat->size, path);
    return 0;
}

static int extract_one(KrFlashFs *fs, const char *path, const KrFlashStat *stat, void *context) {
    char target[MOST_PATH];
    join(target, context, path);
    if (stat->folder) {
        if (mkdir(target, 0777) != 0 && errno != EEXIST) fail("%s: %s", target, strerror(errno));
        return 0;
    }
    FILE *f = fopen(target, "wb");
    if (!f) fail("%s: %s", target, strerror(errno));
    int error = copy_out(fs, path, f);
    if (fclose(f) != 0) fail("%s: %s", target, strerror(errno));
    if (error) fprintf(stderr, "flashfs: %s: %s\n", path, error_text(error));
    return error != 0;
}

static int check_one(KrFlashFs *fs, const char *path, const KrFlashStat *stat, void *context) {
    uint32_t *count = context;
    count[stat->folder]++;
    int error = stat->folder ? 0 : copy_out(fs, path, NULL);
    if (error) fprintf(stderr, "flashfs: %s: %s\n", path, error_text(error));
    return error != 0;
}

static int check(const char *path) {
    KrFlashFs fs;
    uint32_t count[2] = { 0, 0 }, units, total, left;
    load_image(&fs, path);
    int damaged = visit_all(&fs, "", 0, check_one, count);
    if (kr_flash_weigh(&fs, 0, (uint32_t)((1ull << fs.depth) - 1), &units) != 0 || units != fs.live) {
        fprintf(stderr, "flashfs: %u units are told to be in use, %u are\n", fs.live, units);
        damaged++;
    }
    kr_flashfs_space(&fs, &total, &left);
    printf("%u files, %u folders, %u of %u bytes free, blocks erased %u times\n", count[0], count[1], left, total, kr_flashfs_erases(&fs));
    return damaged;
}

static int extract(const char *path, char *folder) {
    KrFlashFs fs;
    load_image(&fs, path);
    if (mkdir(folder, 0777) != 0 && errno != EEXIST) fail("%s: %s", folder, strerror(errno));
    return visit_all(&fs, "", 0, extract_one, folder);
}

static int list(const char *path) {
    KrFlashFs fs;
    load_image(&fs, path);
    return visit_all(&fs, "", 0, print_one, NULL);
}

int main(int argc, char **argv) {
    const char *command = argc > 1 ? argv[1] : "";
    if (!strcmp(command, "make") && argc == 5) return make(argv[2], argv[3], argv[4]), 0;
    if (!strcmp(command, "list") && argc == 3) return list(argv[2]) != 0;
    if (!strcmp(command, "extract") && argc == 4) return extract(argv[2], argv[3]) != 0;
    if (!strcmp(command, "check") && argc == 3) return check(argv[2]) != 0;
    fprintf(stderr, "usage: flashfs make LAYOUT IMAGE FOLDER   LAYOUT: internal, qemu, or spi=SIZE (512K, 4M)\n"
                    "       flashfs list IMAGE\n"
                    "       flashfs extract IMAGE FOLDER\n"
                    "       flashfs check IMAGE\n");
    return 2;
}
