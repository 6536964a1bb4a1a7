// chip.c - the driver of the STM32F405's flash, ports/stm32f405/flash.c, over a model of the flash controller (RM0090, section 3.9), with the file
// system on top.
// SPDX-License-Identifier: MIT
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../../modules/os/flashfs.h"
#include "port.h"
#include "stm32f405/registers.h"

enum { FILES_SIZE = 114688, ERASE_POLLS = 40, PROGRAM_POLLS = 2 };
#define FILES 0x08004000u
#define KEYR  0x40023C04u
#define SR    0x40023C0Cu
#define CR    0x40023C10u
#define LOCK  0x80000000u

enum {
    PG = 1,
    SER = 2,
    STRT = 1 << 16,
    BSY = 1 << 16,
    PSIZE = 3 << 8,
    BY_WORDS = 2 << 8,
    PGSERR = 1 << 7,
    WRPERR = 1 << 4,
    DCRST = 1 << 12,
    DCEN = 1 << 10
};

const KrBlockDevice *kr_flash_device(void);
uint8_t kr_files_start[FILES_SIZE];

static struct {
    uint32_t cr, sr, acr, busy, key;
    bool interrupts_off, stuck, worn;
    int64_t now, paused;
    uint32_t erases[4], words, received, fed, emptied;
} model = { .cr = LOCK, .acr = DCEN };

#define CHECK(condition) ((condition) ? (void)0 : failed(__LINE__, #condition))
static void failed(int line, const char *what) {
    fprintf(stderr, "chip.c:%d: not %s\n", line, what);
    exit(1);
}

// ---- The controller ------------------------------------------------------------------------------------------------------------

static void erase(uint32_t sector) {
    static const uint32_t start[] = { 0, 16384, 32768, 49152, FILES_SIZE };
    CHECK(sector >= 1 && sector <= 4);
    memset(kr_files_start + start[sector - 1], 0xFF, start[sector] - start[sector - 1]);
    model.erases[sector - 1]++;
    model.busy = ERASE_POLLS;
}

static void control(uint32_t value) {
    CHECK(!(model.cr & LOCK));
    CHECK(!model.busy);
    if (value & SER) CHECK((value & PSIZE) == BY_WORDS && !(value & PG));
    if (value & STRT && model.cr & SER) erase(value >> 3 & 15);
    model.cr = value & ~(uint32_t)STRT;
}

static void program(uint32_t address, uint32_t word) {
    uint32_t at = address - FILES, before;
    memcpy(&before, kr_files_start + at, 4);
    CHECK(at % 4 == 0 && model.cr == (PG | BY_WORDS) && !model.busy);
    CHECK(before == UINT32_MAX); // programmed once
    if (model.worn && rand() % 50 == 0) word &= (uint32_t)rand(), model.sr |= rand() % 2 ? PGSERR : 0;
    memcpy(kr_files_start + at, &word, 4);
    model.words++;
    model.busy = PROGRAM_POLLS;
}

uint32_t kr_reg_get(uint32_t address) {
    if (address == FLASH_ACR) return model.acr;
    if (address == CR) return model.cr;
    CHECK(address == SR && model.interrupts_off);
    if (model.busy && !model.stuck) model.busy--;
    return model.sr | (model.busy ? BSY : 0);
}

void kr_reg_set(uint32_t address, uint32_t value) {
    CHECK(model.interrupts_off);
    if (address == KEYR) {
        CHECK(model.cr & LOCK && value == (model.key ? 0xCDEF89ABu : 0x45670123u));
        model.key = !model.key;
        if (!model.key) model.cr &= ~LOCK;
    } else if (address == SR) model.sr &= ~value;
    else if (address == CR) control(value);
    else if (address == IWDG_KR) model.fed++, CHECK(value == 0xAAAA);
    else if (address == FLASH_ACR) {
        if (value & DCRST) model.emptied++, CHECK(!(value & DCEN));
        model.acr = value;
    } else {
        CHECK(address >= FILES && address < FILES + FILES_SIZE);
        program(address, value);
    }
}

uint32_t kr_irq_save(void) {
    CHECK(!model.interrupts_off);
    return model.interrupts_off = true;
}

void kr_irq_restore(uint32_t before) {
    CHECK(before && (model.cr == LOCK || model.busy));
    model.interrupts_off = false;
}

void kr_console_receive(void) { model.received++; }
int64_t kr_port_monotonic_ns(void) { return model.now += 1000; }
void kr_watchdog_pause(int64_t ns) { model.paused += ns; }
uint32_t kr_chip_read_or(uint32_t address, uint32_t fallback) { return (void)address, fallback; } // the chip has nothing there

// ---- Tests ---------------------------------------------------------------------------------------------------------------------

static int write_file(KrFlashFs *fs, const char *path, const void *data, size_t len) {
    KrFlashFile file;
    int error = kr_flashfs_open(fs, &file, path, KR_OPEN_WRITE | KR_OPEN_CREATE | KR_OPEN_TRUNCATE);
    if (error) return error;
    intptr_t n = kr_flashfs_write(&file, data, len);
    kr_flashfs_close(&file);
    return n < 0 ? (int)-n : n == (intptr_t)len ? 0 : KR_PORT_ENOSPC;
}

static void check_file(KrFlashFs *fs, const char *path, const uint8_t *data, size_t len) {
    static uint8_t read[8192];
    KrFlashFile file;
    CHECK(!kr_flashfs_open(fs, &file, path, KR_OPEN_READ));
    CHECK(kr_flashfs_read(&file, read, sizeof read) == (intptr_t)len && memcmp(read, data, len) == 0);
    kr_flashfs_close(&file);
}

static void fill(uint8_t *data, size_t len) {
    for (size_t i = 0; i < len; i++) data[i] = (uint8_t)rand();
}

// The log runs through all sectors several times.
static void work(KrFlashFs *fs, uint8_t data[6000]) {
    for (int i = 0; i < 80; i++) {
        fill(data, 6000);
        CHECK(!write_file(fs, "file", data, 6000));
        check_file(fs, "file", data, 6000);
    }
}

int main(void) {
    const KrBlockDevice *device = kr_flash_device();
    static uint8_t data[6000];
    KrFlashFs fs;
    fill(kr_files_start, FILES_SIZE);
    CHECK(kr_flashfs_mount(&fs, device) == KR_PORT_ENODEV);
    CHECK(!kr_flashfs_format(&fs, device));
    work(&fs, data);
    CHECK(!kr_flashfs_mount(&fs, device));
    check_file(&fs, "file", data, sizeof data);
    for (int i = 0; i < 4; i++) CHECK(model.erases[i] >= 3);
    CHECK(model.received >= model.words && model.fed == model.received); // while it waits, the line is heard and the watchdog fed
    CHECK(model.paused == (int64_t)model.emptied * 1000);
    CHECK(model.emptied > 0 && model.acr == DCEN);
    puts("format, write, mount: every sector is erased in turn");

    model.sr = WRPERR; // an error of an operation before
    CHECK(!write_file(&fs, "small", "x", 1));
    model.worn = true; // one word of fifty is not what was programmed, and the controller tells of half of those
    int errors = 0;
    for (int i = 0; i < 60; i++) {
        uint8_t more[40];
        fill(more, sizeof more);
        if (write_file(&fs, "worn", more, sizeof more) != 0) errors++;
        else check_file(&fs, "worn", more, sizeof more);
    }
    model.worn = false;
    CHECK(!kr_flashfs_mount(&fs, device));
    check_file(&fs, "file", data, sizeof data);
    CHECK(errors < 30);
    printf("worn cells: other places are taken; %d of 60 writes gave up\n", errors);

    model.stuck = true;
    CHECK(write_file(&fs, "never", "x", 1) == KR_PORT_EIO);
    model.stuck = false;
    model.busy = 0;
    CHECK(!write_file(&fs, "again", "x", 1));
    check_file(&fs, "file", data, sizeof data);
    puts("a controller that is busy for ever: EIO, and nothing is lost");
    return 0;
}
