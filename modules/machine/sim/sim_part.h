// sim_part.h - the simulated board's own halves of pins, in C for speed; what hangs on them is Python: lib/sim.
//
// The state of the board is an instance of sim.Board, a class derived from _sim.Board, which has the pins. Buses are objects of that class's making
// (KrI2c.port and so on), whose methods are called for each transfer.
// SPDX-License-Identifier: MIT
#ifndef KR_MACHINE_SIM_PART_H
#define KR_MACHINE_SIM_PART_H

#include "../machine_part.h"

enum { KR_SIM_FREE = 2 }; // nobody drives it from outside

typedef struct {
    KrObject head;
    KrValue name, listeners; // listeners: list of functions, or KR_UNSET
    KrPin *pin;              // the program's; NULL: it has not asked for it
    int32_t number;
    uint8_t level, outside; // outside: 0, 1, KR_SIM_FREE
    uint32_t conflicts;     // how often both sides drove it, apart
} KrSimPin;

typedef struct { // of a trace: the level changed
    int64_t ns;
    int32_t pin, level;
} KrSimChange;

typedef struct {
    KrObject head;
    KrSlots *pins; // KrSimPin or KR_NONE, by number
    KrValue names; // dict: name to number
    KrRaw *trace;  // of KrSimChange; NULL: none yet
    size_t trace_count;
    bool tracing;
} KrSimBoard;

extern const KrType kr_sim_board_type, kr_sim_pin_type, kr_sim_line_type;
extern const KrPinTable kr_sim_pins;
extern const KrI2cTable kr_sim_i2c;
extern const KrSpiTable kr_sim_spi;
extern const KrUartTable kr_sim_uart;
extern const KrAdcTable kr_sim_adc;
extern const KrPwmTable kr_sim_pwm;
extern const KrWireTable kr_sim_wire;

static inline KrSimBoard *kr_sim(KrValue v) { return KR_AS(KrSimBoard, v); }
KrSimPin *kr_sim_pin_at(KrVm *vm, KrSimBoard *board, KrValue number);      // NULL: raised
bool kr_sim_refresh(KrVm *vm, KrSimBoard *board, KrSimPin *pin) KR_RAISES; // after either side has changed: level, trace, edges, listeners

#endif
