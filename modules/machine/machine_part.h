// machine_part.h - what the files of module machine share.
// SPDX-License-Identifier: MIT
#ifndef KR_MACHINE_PART_H
#define KR_MACHINE_PART_H

#include "board.h"
#include "object/object.h"
#include "object/slots.h"
#include "object/vm_state.h"
#include "port.h"
#include "vm/clock.h"

typedef struct {
    KrObject head;
    const KrBoard *board;
    KrValue state;    // the board's own
    KrValue pins;     // dict: number to Pin
    KrValue watchdog; // the WDT that was started, or KR_UNSET
} KrMachine;

KrMachine *kr_machine(KrVm *vm); // of this VM; finds a board at the first call. NULL: raised

extern const KrType kr_pin_type, kr_signal_type, kr_adc_type, kr_pwm_type, kr_i2c_type, kr_soft_i2c_type, kr_spi_type, kr_soft_spi_type,
    kr_memory_type, kr_uart_type, kr_wire_type, kr_timer_object_type, kr_rtc_type, kr_wdt_type;

KrValue kr_memory_8(KrVm *vm), kr_memory_16(KrVm *vm), kr_memory_32(KrVm *vm); // machine.mem8 and so on

static inline KrPin *kr_pin(KrValue v) { return KR_AS(KrPin, v); }
KrPin *kr_pin_of(KrVm *vm, KrValue v);                                          // a Pin, or what Pin() takes for one. NULL: raised
bool kr_pin_set(KrVm *vm, KrPin *pin, int mode, int pull, int value) KR_RAISES; // below zero: as it is
KrValue kr_lacks(KrVm *vm, const char *what);                                   // NotImplementedError: this board has no ...
// A number from a keyword that may be missing (KR_UNSET, None or -1): false: raised, or out of range.
bool kr_machine_number(KrVm *vm, KrValue v, const char *what, int64_t least, int64_t most, int64_t *out) KR_RAISES;

#endif
