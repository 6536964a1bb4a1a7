// flash.c - the memory below the file system: sectors 1 to 4 of the chip's own flash (RM0090, section 3), or, in an emulator, whose flash cannot
// be written, the 64 KB of RAM at 0x20020000, which the chip lacks.
//
// While the flash erases or programs, whoever reads it waits until that is over: up to a second. So what runs then is in RAM, interrupts are
// off, and the loop that waits takes what the console's line brings, with the interrupt's own function, and feeds the watchdog.
// SPDX-License-Identifier: MIT
#include "stm32f405/flash.h"

#include <string.h>

#include "stm32f405/board.h"

enum { FIRST_SECTOR = 1, SECTORS = 4, EMULATED = 0x20020000, EMULATED_SIZE = 65536 };

// ---- The flash controller ------------------------------------------------------------------------------------------------------

#define FILES      0x08004000u // where sector 1 begins
#define FLASH_KEYR 0x40023C04u
#define FLASH_SR   0x40023C0Cu
#define FLASH_CR   0x40023C10u
#define KEY_1      0x45670123u
#define KEY_2      0xCDEF89ABu
#define LOCK       0x80000000u
#define FEED       0xAAAAu

enum { PG = 1, SER = 1 << 1, SNB = 3, WORDS = 2 << 8, STRT = 1 << 16, BUSY = 1 << 16, ERRORS = 0xF2, DCEN = 1 << 10, DCRST = 1 << 12 };
enum { MOST_POLLS = KR_CHIP_MODEL ? 1000 : 100000000 }; // some 25 cycles each; the longest erase takes 1.1 s (DS8626, table 40)

// False: it is busy for ever.
KR_IN_RAM static bool finished(void) {
    for (uint32_t n = 0; n < MOST_POLLS; n++) {
        if (!(kr_reg_get(FLASH_SR) & BUSY)) return true;
        kr_console_receive();
        kr_reg_set(IWDG_KR, FEED);
    }
    return false;
}

// Starts what `control` says, or programs words from `address` on. False: it did not work.
KR_IN_RAM static bool start(uint32_t control, uint32_t address, const uint8_t *data, uint32_t len) {
    bool ok = true;
    if (kr_reg_get(FLASH_CR) & LOCK) { // a third key would lock it until the next reset
        kr_reg_set(FLASH_KEYR, KEY_1);
        kr_reg_set(FLASH_KEYR, KEY_2);
    }
    kr_reg_set(FLASH_SR, ERRORS); // ones clear
    kr_reg_set(FLASH_CR, control);
    if (!len) kr_reg_set(FLASH_CR, control | STRT), ok = finished();
    for (uint32_t i = 0; ok && i < len; i += 4) {
        uint32_t word = data[i] | (uint32_t)data[i + 1] << 8 | (uint32_t)data[i + 2] << 16 | (uint32_t)data[i + 3] << 24;
        kr_reg_set(address + i, word);
        ok = finished() && !(kr_reg_get(FLASH_SR) & ERRORS);
    }
    return ok && !(kr_reg_get(FLASH_SR) & ERRORS);
}

// Writing its registers while it is busy would wait for it, so one that hangs is left alone.
KR_IN_RAM static bool operate(uint32_t control, uint32_t address, const uint8_t *data, uint32_t len) {
    bool ok = finished() && start(control, address, data, len);
    if (!(kr_reg_get(FLASH_SR) & BUSY)) kr_reg_set(FLASH_CR, LOCK);
    kr_reg_change(FLASH_ACR, DCEN, 0); // the data cache may hold what was there before; it is emptied while it is off
    kr_reg_change(FLASH_ACR, 0, DCRST);
    kr_reg_change(FLASH_ACR, DCRST, DCEN);
    return ok;
}

static int run(uint32_t control, uint32_t address, const uint8_t *data, uint32_t len) {
    uint32_t masked = kr_irq_save();
    int64_t begin = kr_port_monotonic_ns();
    bool ok = operate(control, address, data, len);
    kr_watchdog_pause(kr_port_monotonic_ns() - begin);
    kr_irq_restore(masked);
    return ok ? 0 : KR_PORT_EIO;
}

static int chip_read(const KrBlockDevice *device, uint32_t address, void *out, uint32_t len) {
    (void)device;
    memcpy(out, kr_files_start + address, len);
    return 0;
}

static int chip_program(const KrBlockDevice *device, uint32_t address, const void *data, uint32_t len) {
    (void)device;
    return run(PG | WORDS, FILES + address, data, len);
}

static int chip_erase(const KrBlockDevice *device, uint32_t address, uint32_t size) {
    uint32_t sector = FIRST_SECTOR;
    for (uint32_t base = 0; base < address && sector < FIRST_SECTOR + SECTORS; sector++) base += device->run[0].size;
    (void)size;
    return run(SER | sector << SNB | WORDS, 0, NULL, 0);
}

static int nothing_waits(const KrBlockDevice *device) { return (void)device, 0; }

static const KrBlockRun chip_run[] = { { 16384, 3 }, { 65536, 1 }, { 0, 0 } };
static const KrBlockDevice chip = { chip_run, 4, chip_read, chip_program, chip_erase, nothing_waits, NULL };

// ---- RAM in its place ----------------------------------------------------------------------------------------------------------

static uint8_t *emulated(uint32_t address) { return (uint8_t *)(uintptr_t)(EMULATED + address); }

static int ram_read(const KrBlockDevice *device, uint32_t address, void *out, uint32_t len) {
    (void)device;
    memcpy(out, emulated(address), len);
    return 0;
}

static int ram_program(const KrBlockDevice *device, uint32_t address, const void *data, uint32_t len) {
    (void)device;
    for (uint32_t i = 0; i < len; i++) emulated(address)[i] &= ((const uint8_t *)data)[i];
    return 0;
}

static int ram_erase(const KrBlockDevice *device, uint32_t address, uint32_t size) {
    (void)device;
    memset(emulated(address), 0xFF, size);
    return 0;
}

static const KrBlockRun ram_run[] = { { 4096, EMULATED_SIZE / 4096 }, { 0, 0 } };
static const KrBlockDevice ram = { ram_run, 4, ram_read, ram_program, ram_erase, nothing_waits, NULL };

const KrBlockDevice *kr_flash_device(void) { return kr_chip_read_or(EMULATED, 0) == kr_chip_read_or(EMULATED, 1) ? &ram : &chip; }
