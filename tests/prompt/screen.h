// screen.h - a terminal as the prompt's tests see it: a grid of characters, a cursor, and the sequences that the line editor writes.
// SPDX-License-Identifier: MIT
#ifndef KR_TEST_SCREEN_H
#define KR_TEST_SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SCREEN_ROWS = 200, SCREEN_COLUMNS = 200 };

typedef struct {
    char text[16]; // UTF-8, with combining characters; empty: blank, or the right half of a wide character
    bool wide, second;
} Cell;

typedef struct {
    int rows, columns, row, column;
    bool pending;     // the last column was written: the next character begins a new row
    bool paste;       // bracketed paste is on
    bool coloured;    // a colour was set, ever
    char unknown[64]; // the first sequence that no terminal of ours knows
    char held[64];    // of a sequence that is not whole
    size_t held_len;
    Cell cell[SCREEN_ROWS][SCREEN_COLUMNS];
} Screen;

void screen_reset(Screen *s, int rows, int columns);
void screen_resize(Screen *s, int rows, int columns); // without reflow, as a plain terminal
void screen_feed(Screen *s, const char *data, size_t len);
void screen_row(const Screen *s, int row, char *out, size_t size); // without blanks at its end

#endif
