// screen.c - see screen.h. What it does not know is kept in `unknown`, and fails the test.
// SPDX-License-Identifier: MIT
#include "screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void screen_reset(Screen *s, int rows, int columns) {
    memset(s, 0, sizeof *s);
    s->rows = rows;
    s->columns = columns;
}

void screen_resize(Screen *s, int rows, int columns) {
    for (int r = 0; r < SCREEN_ROWS; r++)
        for (int c = columns; c < SCREEN_COLUMNS; c++) s->cell[r][c] = (Cell){ 0 };
    while (s->row >= rows) { // the top goes out of view
        memmove(s->cell[0], s->cell[1], sizeof s->cell - sizeof s->cell[0]);
        s->row--;
    }
    for (int r = rows; r < SCREEN_ROWS; r++) memset(s->cell[r], 0, sizeof s->cell[r]);
    s->rows = rows;
    s->columns = columns;
    if (s->column >= columns) s->column = columns - 1;
    s->pending = false;
}

static void new_row(Screen *s) {
    if (s->row + 1 < s->rows) {
        s->row++;
        return;
    }
    memmove(s->cell[0], s->cell[1], sizeof s->cell[0] * (size_t)(s->rows - 1));
    memset(s->cell[s->rows - 1], 0, sizeof s->cell[0]);
}

static int width_of(uint32_t c) { // independent of the editor's own table: what the tests use
    if ((c >= 0x300 && c <= 0x36F) || c == 0x200D || c == 0xFE0F) return 0;
    bool wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
                (c >= 0xFF01 && c <= 0xFF60) || (c >= 0x1F300 && c <= 0x1F64F);
    return wide ? 2 : 1;
}

static void put(Screen *s, const char *text, size_t len, uint32_t code) {
    int width = width_of(code);
    if (!width) {
        int at = s->pending ? s->columns - 1 : s->column - 1;
        if (at > 0 && s->cell[s->row][at].second) at--;
        if (at >= 0 && strlen(s->cell[s->row][at].text) + len < sizeof s->cell[0][0].text) strncat(s->cell[s->row][at].text, text, len);
        return;
    }
    if (s->pending || s->column + width > s->columns) {
        s->pending = false;
        s->column = 0;
        new_row(s);
    }
    Cell *c = &s->cell[s->row][s->column];
    *c = (Cell){ .wide = width == 2 };
    memcpy(c->text, text, len);
    if (width == 2) c[1] = (Cell){ .second = true };
    s->column += width;
    if (s->column >= s->columns) s->column = s->columns - 1, s->pending = true;
}

static void erase(Screen *s, int row, int from, int to) {
    for (int c = from; c < to; c++) s->cell[row][c] = (Cell){ 0 };
}

static void sequence(Screen *s, const char *parameters, char final) {
    int n = atoi(parameters), one = n ? n : 1;
    bool private = parameters[0] == '?';
    s->pending = final != 'm' && final != 'h' && final != 'l' ? false : s->pending;
    if (final == 'A') s->row = s->row > one ? s->row - one : 0;
    else if (final == 'B') s->row = s->row + one < s->rows ? s->row + one : s->rows - 1;
    else if (final == 'C') s->column = s->column + one < s->columns ? s->column + one : s->columns - 1;
    else if (final == 'H' && !*parameters) s->row = s->column = 0;
    else if (final == 'K' && !n) erase(s, s->row, s->column, s->columns);
    else if (final == 'J' && n < 3) {
        if (n == 0) erase(s, s->row, s->column, s->columns);
        for (int r = n ? 0 : s->row + 1; r < s->rows; r++) erase(s, r, 0, s->columns);
    } else if (final == 'm') s->coloured |= *parameters && strcmp(parameters, "0") != 0;
    else if (private && strcmp(parameters, "?2004") == 0) s->paste = final == 'h';
    else if (!(final == 'J' && n == 3) && !(private && strcmp(parameters, "?25") == 0))
        snprintf(s->unknown, sizeof s->unknown, "ESC [ %s %c", parameters, final);
}

// A sequence or a character at data; the bytes it takes, 0: it is not whole yet.
static size_t one(Screen *s, const char *data, size_t len) {
    unsigned char b = (unsigned char)data[0];
    if (b == 0x1B) {
        if (len < 2) return 0;
        if (data[1] != '[') return snprintf(s->unknown, sizeof s->unknown, "ESC %c", data[1]), 2;
        size_t i = 2;
        while (i < len && (unsigned char)data[i] < 0x40) i++;
        if (i == len) return 0;
        char parameters[40] = { 0 };
        memcpy(parameters, data + 2, i - 2 < 39 ? i - 2 : 39);
        sequence(s, parameters, data[i]);
        return i + 1;
    }
    if (b == '\r') return s->column = 0, s->pending = false, (size_t)1;
    if (b == '\n') return new_row(s), s->pending = false, (size_t)1;
    if (b == '\b') return s->column -= s->column > 0, (size_t)1;
    if (b == 7) return 1;
    if (b < 0x20) return snprintf(s->unknown, sizeof s->unknown, "byte %d", b), 1;
    size_t need = b < 0x80 ? 1 : b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
    if (len < need) return 0;
    uint32_t code = need == 1 ? b : b & (0xFFu >> (need + 1));
    for (size_t i = 1; i < need; i++) code = code << 6 | ((unsigned char)data[i] & 0x3F);
    put(s, data, need, code);
    return need;
}

void screen_feed(Screen *s, const char *data, size_t len) {
    char whole[8192 + sizeof s->held];
    while (len) {
        size_t part = len < 8192 ? len : 8192, at = 0, n;
        memcpy(whole, s->held, s->held_len);
        memcpy(whole + s->held_len, data, part);
        size_t total = s->held_len + part;
        while (at < total && (n = one(s, whole + at, total - at))) at += n;
        s->held_len = total - at < sizeof s->held ? total - at : 0;
        memcpy(s->held, whole + at, s->held_len);
        data += part;
        len -= part;
    }
}

void screen_row(const Screen *s, int row, char *out, size_t size) {
    size_t len = 0, end = 0;
    for (int c = 0; c < s->columns; c++) {
        const Cell *cell = &s->cell[row][c];
        if (cell->second) continue;
        const char *text = cell->text[0] ? cell->text : " ";
        if (len + strlen(text) + 1 > size) break;
        memcpy(out + len, text, strlen(text));
        len += strlen(text);
        if (strcmp(text, " ") != 0) end = len;
    }
    out[end] = 0;
}
