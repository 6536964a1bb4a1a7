// nor.c - NOR flash in memory.
// SPDX-License-Identifier: MIT
#include "nor.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "port.h"

// ---- Chance and checks ---------------------------------------------------------------------------------------------------------

static uint64_t state = 1;

void random_seed(uint64_t seed) { state = seed * 0x9E3779B97F4A7C15u + 1; }

uint32_t random_below(uint32_t n) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)((state >> 16) % n);
}

void check_failed(const char *file, int line, const char *what, const char *format, ...) {
    va_list list;
    va_start(list, format);
    fprintf(stderr, "%s:%d: not %s: ", file, line, what);
    vfprintf(stderr, format, list);
    fprintf(stderr, "\n");
    va_end(list);
    abort();
}

// ---- The device ----------------------------------------------------------------------------------------------------------------

static int nor_read(const KrBlockDevice *device, uint32_t address, void *out, uint32_t len) {
    Nor *nor = device->context;
    CHECK(address <= nor->size && len <= nor->size - address, "read of %u at %u", len, address);
    if (nor->most_reads && nor->reads >= nor->most_reads) return KR_PORT_EIO;
    nor->reads++;
    memcpy(out, nor->data + address, len);
    return 0;
}

static int nor_program(const KrBlockDevice *device, uint32_t address, const void *data, uint32_t len) {
    Nor *nor = device->context;
    const uint8_t *bytes = data;
    uint32_t step = device->program_size;
    CHECK(address % step == 0 && len % step == 0 && len, "%u bytes at %u, which are not multiples of %u", len, address, step);
    CHECK(address <= nor->size && len <= nor->size - address, "program of %u at %u", len, address);
    if (nor->before) nor->before(nor, &(NorOperation){ .address = address, .len = len, .data = data });
    for (uint32_t i = 0; i < len; i++) {
        CHECK(i % step || !nor->programmed[(address + i) / step], "byte %u is programmed twice", address + i);
        nor->programmed[(address + i) / step] |= bytes[i] != 0xFF;
        nor->data[address + i] &= bytes[i];
        if (nor->weak[address + i]) nor->data[address + i] &= (uint8_t)random_below(256);
    }
    nor->programs++;
    nor->bytes_programmed += len;
    return 0;
}

static int nor_erase(const KrBlockDevice *device, uint32_t address, uint32_t size) {
    Nor *nor = device->context;
    uint32_t base = 0, number = 0;
    const KrBlockRun *run = device->run;
    for (; run->count && address >= base + run->count * run->size; run++) base += run->count * run->size, number += run->count;
    CHECK(run->count && size == run->size && (address - base) % size == 0, "erase of %u at %u, which is no block", size, address);
    if (nor->before) nor->before(nor, &(NorOperation){ .erase = true, .address = address, .len = size });
    memset(nor->data + address, 0xFF, size);
    memset(nor->weak + address, 0, size);
    memset(nor->programmed + address / device->program_size, 0, size / device->program_size);
    number += (address - base) / size;
    if (number < KR_COUNT_OF(nor->erases)) nor->erases[number]++;
    return 0;
}

static int nor_sync(const KrBlockDevice *device) { return (void)device, 0; }

void nor_new(Nor *nor, const KrBlockRun *run, uint32_t program_size) {
    *nor = (Nor){ .device = { .run = run,
                              .program_size = program_size,
                              .read = nor_read,
                              .program = nor_program,
                              .erase = nor_erase,
                              .sync = nor_sync } };
    nor->device.context = nor;
    for (; run->count; run++) nor->size += run->size * run->count;
    nor->data = malloc(nor->size);
    nor->programmed = calloc(nor->size, 1);
    nor->weak = calloc(nor->size, 1);
    for (uint32_t i = 0; i < nor->size; i++) nor->data[i] = (uint8_t)random_below(256); // nobody has erased it yet
}

void nor_free(Nor *nor) {
    free(nor->data);
    free(nor->programmed);
    free(nor->weak);
}

void nor_copy(Nor *to, const Nor *from) {
    memcpy(to->data, from->data, from->size);
    memcpy(to->programmed, from->programmed, from->size / from->device.program_size);
    memcpy(to->weak, from->weak, from->size);
}

void nor_looks_programmed(Nor *nor) {
    uint32_t step = nor->device.program_size;
    memset(nor->programmed, 0, nor->size / step);
    for (uint32_t i = 0; i < nor->size; i++) nor->programmed[i / step] |= nor->data[i] != 0xFF;
}

// ---- Power cuts ----------------------------------------------------------------------------------------------------------------

// What was reached of the program operation. A piece that was not reached at all may be programmed later.
static void tear_program(Nor *nor, const NorOperation *o, int pattern) {
    uint32_t reached = pattern == 0 ? 0 : pattern == 1 ? o->len / 2 : pattern == 2 ? random_below(o->len + 1) : o->len;
    for (uint32_t i = 0; i < reached; i++) {
        uint8_t keep = pattern == 3   ? (uint8_t)random_below(256)
                       : pattern == 4 ? (uint8_t)(random_below(256) | random_below(256) | random_below(256))
                                      : 0;
        if (pattern == 5 && i == o->len - 1) keep = 0xFF; // all but the last byte
        if (pattern == 6) {                               // nothing to be seen, but it is not erased any more
            nor->weak[o->address + i] = 1;
            continue;
        }
        nor->data[o->address + i] &= (uint8_t)(o->data[i] | keep);
        nor->programmed[(o->address + i) / nor->device.program_size] |= nor->data[o->address + i] != 0xFF;
    }
}

static void tear_erase(Nor *nor, const NorOperation *o, int pattern) {
    uint32_t reached = pattern == 0 ? 0 : pattern == 1 ? o->len / 2 : pattern == 2 ? random_below(o->len + 1) : o->len;
    for (uint32_t i = 0; i < reached; i++) {
        uint8_t *byte = nor->data + o->address + i;
        uint8_t noise = (uint8_t)random_below(256);
        *byte = pattern == 3 ? noise : pattern == 4 ? *byte | noise : pattern == 5 && random_below(64) == 0 ? noise : 0xFF;
        if (pattern == 6 || pattern == 5) nor->weak[o->address + i] = random_below(2) == 0;
    }
}

void nor_tear(Nor *nor, const NorOperation *operation, int pattern) { // the last pattern: all of it was done
    if (operation->erase) tear_erase(nor, operation, pattern);
    else tear_program(nor, operation, pattern);
}
