// dfu.c - writes what an ELF file puts into flash as a DfuSe file, which the STM32's boot loader takes over USB (dfu-util -a 0 -D FILE).
//
// Each loadable segment is an element of its own: what lies between them, the file system, is neither erased nor written.
// Format: ST's UM0391 "DfuSe File Format Specification"; the suffix is USB's "Device Class Specification for DFU" 1.1, appendix B.
// SPDX-License-Identifier: MIT
#include <elf.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PREFIX = 11, TARGET = 274, ELEMENT = 8, SUFFIX = 16, MOST = 2 << 20, VENDOR = 0x0483, PRODUCT = 0xDF11, VERSION = 0x011A };

static uint8_t image[MOST], file[MOST];

static size_t put(size_t at, uint64_t value, int bytes) { // little-endian
    for (int i = 0; i < bytes; i++) file[at++] = (uint8_t)(value >> (8 * i));
    return at;
}

static size_t put_text(size_t at, const char *text) {
    memcpy(file + at, text, strlen(text));
    return at + strlen(text);
}

// The bits that CRC-32 has before it is inverted at the end.
static uint32_t checksum(size_t len) {
    uint32_t crc = UINT32_MAX;
    for (size_t i = 0; i < len; i++) {
        crc ^= file[i];
        for (int bit = 0; bit < 8; bit++) crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
    }
    return crc;
}

// The segments that have contents, from `at` on; gives the offset behind them, 0: they do not fit.
static size_t put_elements(const Elf32_Ehdr *head, size_t size, size_t at, uint32_t *count) {
    for (int i = 0; i < head->e_phnum; i++) {
        Elf32_Phdr part;
        if (head->e_phoff + (i + 1u) * sizeof part > size) return 0;
        memcpy(&part, image + head->e_phoff + (size_t)i * sizeof part, sizeof part);
        if (part.p_type != PT_LOAD || !part.p_filesz) continue;
        if (part.p_offset > size || part.p_filesz > size - part.p_offset || at + ELEMENT + part.p_filesz + SUFFIX > MOST) return 0;
        at = put(put(at, part.p_paddr, 4), part.p_filesz, 4);
        memcpy(file + at, image + part.p_offset, part.p_filesz);
        at += part.p_filesz;
        ++*count;
    }
    return at;
}

static size_t convert(size_t size) {
    Elf32_Ehdr head;
    uint32_t count = 0;
    memcpy(&head, image, sizeof head);
    if (size < sizeof head || memcmp(head.e_ident, ELFMAG, SELFMAG) != 0 || head.e_ident[EI_CLASS] != ELFCLASS32) return 0;
    size_t end = put_elements(&head, size, PREFIX + TARGET, &count);
    if (!end || !count) return 0;
    put(put(put(put_text(0, "DfuSe"), 1, 1), end, 4), 1, 1);
    put(put(put_text(PREFIX, "Target"), 0, 1), 1, 4);
    put_text(PREFIX + 11, "Krait");
    put(put(PREFIX + 266, end - PREFIX - TARGET, 4), count, 4);
    size_t at = put(put(put(put(end, 0xFFFF, 2), PRODUCT, 2), VENDOR, 2), VERSION, 2);
    at = put(put_text(at, "UFD"), SUFFIX, 1);
    return put(at, checksum(at), 4);
}

int main(int argc, char **argv) {
    if (argc != 3) return fputs("usage: dfu FILE.elf FILE.dfu\n", stderr), 2;
    FILE *in = fopen(argv[1], "rb");
    if (!in) return perror(argv[1]), 1;
    size_t size = fread(image, 1, MOST, in), len = convert(size);
    fclose(in);
    if (!len) return fprintf(stderr, "%s: no ELF file of 32 bits with something to flash\n", argv[1]), 1;
    FILE *out = fopen(argv[2], "wb");
    bool ok = out && fwrite(file, 1, len, out) == len;
    if (!out || fclose(out) != 0 || !ok) return perror(argv[2]), 1;
    return 0;
}
