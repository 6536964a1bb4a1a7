// board_part.h - what the files of the board `linux` share: the kernel's interfaces to pins and buses, as tables for module machine.
// SPDX-License-Identifier: MIT
#ifndef KR_LINUX_BOARD_PART_H
#define KR_LINUX_BOARD_PART_H

#include "../modules/machine/board.h"
#include "object/object.h"
#include "object/slots.h"
#include "object/vm_state.h"
#include "port.h"

enum { KR_LINUX_ROOT = 128, KR_LINUX_PATH = 320 };

typedef struct { // the board's state
    KrObject head;
    char root
        [KR_LINUX_ROOT]; // of a tree that stands for the system's, with its dev, proc and sys (board "linux:TREE"); "": it is the system's
    struct KrLinuxWatch *watch; // NULL: no edges were asked for
    int watchdog;               // its descriptor; -1: not started
} KrLinuxBoard;

extern const KrPinTable kr_linux_pins;
extern const KrI2cTable kr_linux_i2c;
extern const KrSpiTable kr_linux_spi;
extern const KrUartTable kr_linux_uart;
extern const KrAdcTable kr_linux_adc;
extern const KrPwmTable kr_linux_pwm;
extern const KrWireTable kr_linux_wire;
extern const KrBoard kr_linux_board;

const char *kr_linux_path(KrVm *vm, const char *path, char out[KR_LINUX_PATH]); // where a file of the system lies, as its root says
// Opens a device file; false: OSError that says what to do about it. what: "GPIO chip", ...; group: who may use it where one is not root.
bool kr_linux_open(KrVm *vm, const char *path, const char *what, const char *group, int *fd) KR_RAISES;
bool kr_linux_sysfs_read(KrVm *vm, const char *path, char *out, size_t size); // the first line, without its end; false: it cannot be read
bool kr_linux_sysfs_write(KrVm *vm, const char *path, const char *text) KR_RAISES;
bool kr_linux_is_pi(KrVm *vm); // a Raspberry Pi: pins are called by their BCM numbers

// Edges: a thread waits for the descriptors of watched pins, and wakes the VM.
bool kr_linux_watch_add(KrVm *vm, KrPin *pin) KR_RAISES;
void kr_linux_watch_remove(KrPin *pin);
void kr_linux_watch_end(struct KrLinuxWatch *watch);

#endif
