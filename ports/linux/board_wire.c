// board_wire.c - 1-wire of Linux: buses that a driver of the kernel drives (w1-gpio, a bridge), through sysfs.
//
// The kernel gives no bits, but devices with files: it searches by itself, and talks to thermometers (w1_therm); devices that it has no driver for can be written
// and read in blocks (`rw`). So the transactions of a program are understood byte by byte, and done with those files. Sources: Linux,
// Documentation/w1/w1-generic.rst, slaves/w1_therm.rst; the datasheet of the DS18B20, 19-7487 Rev 6.
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include "linux/board_part.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { READ_ROM = 0x33, MATCH_ROM = 0x55, SKIP_ROM = 0xCC };
enum { CONVERT = 0x44, COPY_SCRATCHPAD = 0x48, WRITE_SCRATCHPAD = 0x4E, RECALL = 0xB8, READ_SCRATCHPAD = 0xBE };
enum { NAME_BYTES = 16, FOLDER_BYTES = 64, PATH_BYTES = 128, MOST_PENDING = 512, MOST_MASTERS = 64 };

typedef enum { IDLE, ROM_COMMAND, ROM, COMMAND, ANSWER, SCRATCHPAD, RAW } State;

typedef struct {
    KrObject head;
    char folder[FOLDER_BYTES]; // of the bus
    char name[NAME_BYTES];     // of the device that is selected, as the kernel calls it: "28-0316a2794aff"; "": all
    State state;
    size_t count, at; // of data
    bool written;     // RAW: data has bytes that the device has not got yet
    uint8_t data[MOST_PENDING];
} Bus;

static const KrType bus_type = { KR_TYPE_HEAD(bus_type), .name = "_onewire", .flags = KR_TYPE_NO_NEW, .size = sizeof(Bus) };

// ---- What the kernel has found -------------------------------------------------------------------------------------------------------------------

// A device's name is its family and its number, the highest byte first. Family 0 is what noise looks like.
static bool rom_of(const char *name, uint8_t rom[8]) {
    unsigned family;
    unsigned long long number;
    int end = 0;
    if (strlen(name) != 15 || sscanf(name, "%2x-%12llx%n", &family, &number, &end) != 2 || end != 15 || !family) return false;
    rom[0] = (uint8_t)family;
    for (int i = 1; i < 7; i++) rom[i] = (uint8_t)(number >> 8 * (i - 1));
    rom[7] = kr_wire_crc8(rom, 7);
    return true;
}

static void name_of(const uint8_t rom[8], char out[NAME_BYTES]) {
    snprintf(out, NAME_BYTES, "%02x-%02x%02x%02x%02x%02x%02x", rom[0], rom[6], rom[5], rom[4], rom[3], rom[2], rom[1]);
}

// Calls what() with each device of the bus while that gives true; how many there are.
static int each_device(KrVm *vm, const Bus *b, bool (*what)(KrVm *vm, const char *name, const uint8_t rom[8], void *context),
                       void *context) {
    char path[KR_LINUX_PATH];
    int count = 0;
    uint8_t rom[8];
    bool more = true;
    DIR *folder = opendir(kr_linux_path(vm, b->folder, path));
    for (const struct dirent *e; more && folder && (e = readdir(folder));) {
        if (!rom_of(e->d_name, rom)) continue;
        count++;
        more = !what || what(vm, e->d_name, rom, context);
    }
    if (folder) closedir(folder);
    return count;
}

static bool take_first(KrVm *vm, const char *name, const uint8_t rom[8], void *context) {
    (void)vm, (void)rom;
    snprintf(context, NAME_BYTES, "%s", name);
    return true;
}

static bool append_rom(KrVm *vm, const char *name, const uint8_t rom[8], void *context) {
    KrValue *list = context;
    (void)name;
    if (!kr_wire_append(vm, *list, rom)) *list = KR_ERROR;
    return !kr_is_error(*list);
}

static KrValue wire_scan(KrVm *vm, KrWire *w) {
    KrValue list = kr_list(vm, 0, NULL);
    if (!kr_is_error(list)) (void)each_device(vm, KR_AS(Bus, w->port), append_rom, &list);
    return list;
}

// ---- Files of the device that is selected -----------------------------------------------------------------------------------------------------------

static const char *file_of(const Bus *b, const char *file, char out[PATH_BYTES]) {
    snprintf(out, PATH_BYTES, "%s/%s/%s", b->folder, b->name, file);
    return out;
}

typedef struct {
    char path[KR_LINUX_PATH];
    bool writes;
    uint8_t *data;
    size_t len;
    ssize_t done; // below zero: errno
} Transfer;

// A conversion takes up to 750 ms.
static void transfer_now(void *context) {
    Transfer *t = context;
    int fd = open(t->path, (t->writes ? O_WRONLY | O_TRUNC : O_RDONLY) | O_CLOEXEC);
    t->done = fd < 0 ? -1 : t->writes ? write(fd, t->data, t->len) : read(fd, t->data, t->len);
    if (t->done < 0) t->done = -errno;
    if (fd >= 0) close(fd);
}

static ssize_t transfer(KrVm *vm, const Bus *b, const char *file, bool writes, void *data, size_t len) {
    char path[PATH_BYTES];
    Transfer t = { .writes = writes, .data = data, .len = len };
    (void)kr_linux_path(vm, file_of(b, file, path), t.path);
    kr_blocking(vm, transfer_now, &t);
    if (t.done >= 0) return t.done;
    int error = (int)-t.done;
    const char *hint = error == EACCES || error == EPERM ? " (it takes root, or a rule of udev that lets a group write)"
                       : error == EIO                    ? ": the device does not answer"
                                                         : "";
    (void)kr_board_fail(vm, error,
                        kr_format(vm, "1-wire: %s cannot be %s: %s%s", t.path, writes ? "written" : "read", strerror(error), hint));
    return -1;
}

static bool has_file(KrVm *vm, const Bus *b, const char *file) {
    char path[PATH_BYTES], at[KR_LINUX_PATH];
    return access(kr_linux_path(vm, file_of(b, file, path), at), F_OK) == 0;
}

static bool is_thermometer(const Bus *b) {
    static const char *const families[] = { "10-", "22-", "28-", "3b-", "42-" }; // that w1_therm drives
    for (size_t i = 0; i < KR_COUNT_OF(families); i++)
        if (strncmp(b->name, families[i], 3) == 0) return true;
    return false;
}

static bool flush(KrVm *vm, Bus *b) {
    if (b->state != RAW || !b->written) return true;
    b->written = false;
    size_t len = b->count;
    b->count = b->at = 0;
    return transfer(vm, b, "rw", true, b->data, len) >= 0;
}

// ---- Transactions ----------------------------------------------------------------------------------------------------------------------------

static int refuse(KrVm *vm, const Bus *b, unsigned code) {
    (void)kr_raise(vm, &kr_not_implemented_error, "1-wire on Linux is the kernel's: it has no way for command 0x%x to %s", code,
                   *b->name ? b->name : "all devices");
    return -1;
}

static bool answer(Bus *b, const void *data, size_t len) {
    memcpy(b->data, data, len);
    b->count = len, b->at = 0;
    return b->state = ANSWER, true;
}

// The nine bytes of "72 01 4b 46 7f ff 0e 10 57 : crc=57 YES", with their checksum, right or wrong.
static bool read_scratchpad(KrVm *vm, Bus *b) {
    char text[256];
    uint8_t pad[9];
    ssize_t n = transfer(vm, b, "w1_slave", false, text, sizeof text - 1);
    if (n < 0) return false;
    text[n] = 0;
    for (unsigned i = 0, value; i < sizeof pad; i++) {
        if (sscanf(text + 3 * i, "%2x", &value) != 1 || 3 * i >= (size_t)n)
            return kr_board_fail(vm, EIO, kr_format(vm, "1-wire: %s gives no scratchpad: %s", b->name, text));
        pad[i] = (uint8_t)value;
    }
    return answer(b, pad, sizeof pad);
}

// The resolution, which is what of the scratchpad the kernel lets one write; where it is that already, nobody has to have the right to.
static bool write_scratchpad(KrVm *vm, Bus *b) {
    char path[PATH_BYTES], text[16];
    int bits = 9 + (b->data[2] >> 5 & 3), now = 12;
    if (kr_linux_sysfs_read(vm, file_of(b, "resolution", path), text, sizeof text)) (void)sscanf(text, "%d", &now);
    int len = snprintf(text, sizeof text, "%d", bits);
    return bits == now || transfer(vm, b, "resolution", true, text, (size_t)len) >= 0;
}

static int begin_rom(KrVm *vm, Bus *b, unsigned code) {
    uint8_t rom[8];
    *b->name = 0;
    int devices = each_device(vm, b, take_first, b->name);
    if (devices != 1) *b->name = 0;
    b->count = b->at = 0;
    if (code == MATCH_ROM) b->state = ROM;
    else if (code == SKIP_ROM) b->state = COMMAND;
    else if (code == READ_ROM && rom_of(b->name, rom)) (void)answer(b, rom, 8);
    else return refuse(vm, b, code);
    return 0;
}

static int select_device(KrVm *vm, Bus *b) {
    name_of(b->data, b->name);
    b->count = 0, b->state = COMMAND;
    if (has_file(vm, b, "")) return 0;
    return (void)kr_board_fail(vm, ENODEV, kr_format(vm, "1-wire: the kernel has found no device %s in %s", b->name, b->folder)), -1;
}

static int begin_command(KrVm *vm, Bus *b, unsigned code) {
    if (code == CONVERT && (!*b->name || is_thermometer(b))) return b->state = IDLE, 0; // the kernel converts when it is read
    if (*b->name && has_file(vm, b, "rw")) {
        b->state = RAW, b->data[0] = (uint8_t)code;
        return b->count = 1, b->written = true, 0;
    }
    if (!*b->name || !is_thermometer(b)) return refuse(vm, b, code);
    if (code == READ_SCRATCHPAD) return read_scratchpad(vm, b) ? 0 : -1;
    if (code == WRITE_SCRATCHPAD) return b->state = SCRATCHPAD, 0;
    if (code != COPY_SCRATCHPAD && code != RECALL) return refuse(vm, b, code);
    char text[] = "restore";
    if (code == COPY_SCRATCHPAD) strcpy(text, "save");
    b->state = IDLE;
    return transfer(vm, b, "eeprom_cmd", true, text, strlen(text)) >= 0 ? 0 : -1;
}

static int raw_byte(KrVm *vm, Bus *b, int out) {
    if (out >= 0) {
        if (!b->written) b->count = 0;
        if (b->count == MOST_PENDING && !flush(vm, b)) return -1;
        b->data[b->count++] = (uint8_t)out;
        return b->written = true, out;
    }
    if (!flush(vm, b)) return -1;
    uint8_t in;
    return transfer(vm, b, "rw", false, &in, 1) >= 0 ? in : -1;
}

static int take(KrVm *vm, Bus *b, uint8_t out) {
    b->data[b->count++] = out;
    if (b->state == ROM && b->count == 8) return select_device(vm, b);
    if (b->state == SCRATCHPAD && b->count == 3) return b->state = IDLE, write_scratchpad(vm, b) ? 0 : -1;
    return 0;
}

static int wire_byte(KrVm *vm, KrWire *w, int out) {
    Bus *b = KR_AS(Bus, w->port);
    if (b->state == RAW) return raw_byte(vm, b, out);
    if (out < 0) return b->state == ANSWER && b->at < b->count ? b->data[b->at++] : 0xFF; // nobody holds the line
    int done = 0;
    if (b->state == ROM_COMMAND) done = begin_rom(vm, b, (unsigned)out);
    else if (b->state == COMMAND) done = begin_command(vm, b, (unsigned)out);
    else if (b->state == ROM || b->state == SCRATCHPAD) done = take(vm, b, (uint8_t)out);
    return done < 0 ? -1 : out;
}

static int wire_reset(KrVm *vm, KrWire *w) {
    Bus *b = KR_AS(Bus, w->port);
    if (!flush(vm, b)) return -1;
    b->state = ROM_COMMAND;
    return each_device(vm, b, NULL, NULL) > 0;
}

// A read slot after a conversion: it is done.
static int wire_bit(KrVm *vm, KrWire *w, bool out) {
    if (out && KR_AS(Bus, w->port)->state == IDLE) return 1;
    (void)kr_raise(vm, &kr_not_implemented_error,
                   "1-wire on Linux is the kernel's, which gives devices and bytes, no bits: scan(), select_rom(), write(), readinto()");
    return -1;
}

// A bus by its name ("w1_bus_master1"); by anything else, as by the pin, which only the device tree knows: the only one.
static bool wire_open(KrVm *vm, KrWire *w) {
    Bus *b = kr_alloc(vm, &bus_type.shape, sizeof *b);
    int found = 0;
    if (!b) return false;
    const char *wanted = kr_is_str(w->pin) ? kr_str_text(w->pin, NULL) : "";
    bool named = strncmp(wanted, "w1_bus_master", 13) == 0;
    for (int i = 1; i <= MOST_MASTERS; i++) {
        char folder[sizeof b->folder], path[KR_LINUX_PATH];
        snprintf(folder, sizeof folder, "/sys/bus/w1/devices/w1_bus_master%d", i);
        if (access(kr_linux_path(vm, folder, path), F_OK) != 0 || (named && strcmp(wanted, strrchr(folder, '/') + 1) != 0)) continue;
        if (!found++) memcpy(b->folder, folder, sizeof folder);
    }
    if (!found)
        return kr_board_fail(vm, ENODEV,
                             kr_format(vm,
                                       "there is no 1-wire bus %s: is it switched on in the device tree (Raspberry Pi: dtoverlay=w1-gpio)?",
                                       named ? wanted : "in /sys/bus/w1/devices"));
    if (found > 1)
        return kr_fail(kr_raise(vm, &kr_value_error,
                                "there are %d 1-wire buses: OneWire(\"w1_bus_master1\") says which; ls /sys/bus/w1/devices lists them",
                                found));
    b->state = IDLE;
    kr_store(vm, w, &w->port, kr_from_ptr(b));
    return true;
}

const KrWireTable kr_linux_wire = { .open = wire_open, .reset = wire_reset, .bit = wire_bit, .byte = wire_byte, .scan = wire_scan };
