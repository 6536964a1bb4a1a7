// host_files.c - asks the computer at the other end of the console about its files.
//
// Questions and answers are base64 of a CRC-32 and a Python tuple. Neither is ever in memory as a whole: a question is gone through twice, for its
// sum and for the line; an answer is taken apart as it comes, and counts if its sum is right at the end. A question whose answer does not come whole
// is put again, with the same number, and is not done again.
// SPDX-License-Identifier: MIT
#include "stm32f405/host_files.h"

#include <string.h>

#include "base/crc32.h"
#include "stm32f405/board.h"

enum { MARK = 0x1C, PIECE = 256, TRIES = 5, NUMBERS = 9, SUM_DIGITS = 8, MODE = 1, SIZE = 7, KIND_FOLDER = 4 };
static const int64_t patience = 3000000000; // ns without an answer

typedef struct {
    const char *name;
    const char *text[2]; // what is not NULL comes first, then numbers, then bytes
    int numbers;
    int64_t number[3];
    const uint8_t *data;
    size_t len;
} Question;

typedef struct {
    int64_t number[NUMBERS]; // of the question, then of the value, in its order
    char *out;               // where text or bytes go, or NULL
    size_t room, len;
} Answer;

// ---- Questions -----------------------------------------------------------------------------------------------------------------

typedef struct {
    bool sends; // or else counts the sum
    uint32_t sum, bits, count;
} Sink;

static const char digits64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", digits16[] = "0123456789abcdef";

static void send_group(uint32_t bits, uint32_t bytes) {
    char group[4] = { digits64[bits >> 18 & 63], digits64[bits >> 12 & 63], bytes > 1 ? digits64[bits >> 6 & 63] : '=',
                      bytes > 2 ? digits64[bits & 63] : '=' };
    kr_port_console_write(1, group, sizeof group);
}

static void put(Sink *s, uint8_t c) {
    if (!s->sends) {
        s->sum = kr_crc32(s->sum, &c, 1);
        return;
    }
    s->bits = s->bits << 8 | c;
    if (++s->count == 3) send_group(s->bits, 3), s->count = 0;
}

static void put_text(Sink *s, const char *text) {
    while (*text) put(s, (uint8_t)*text++);
}

static void put_number(Sink *s, int64_t number) {
    char text[21];
    size_t at = sizeof text - 1;
    uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    text[at] = 0;
    do text[--at] = digits16[left % 10];
    while (left /= 10);
    if (number < 0) put(s, '-');
    put_text(s, text + at);
}

static void put_quoted(Sink *s, const uint8_t *data, size_t len, bool text) {
    put(s, '\'');
    for (; len; data++, len--) {
        bool plain = *data >= ' ' && *data != '\'' && *data != '\\' && (text || *data < 127);
        if (!plain) put_text(s, "\\x"), put(s, (uint8_t)digits16[*data >> 4]), put(s, (uint8_t)digits16[*data & 15]);
        else put(s, *data);
    }
    put(s, '\'');
}

static void put_question(Sink *s, uint32_t number, const Question *q) {
    put(s, '(');
    put_number(s, number);
    put_text(s, ",'");
    put_text(s, q->name);
    put(s, '\'');
    for (size_t i = 0; i < KR_COUNT_OF(q->text) && q->text[i]; i++)
        put(s, ','), put_quoted(s, (const uint8_t *)q->text[i], strlen(q->text[i]), true);
    for (int i = 0; i < q->numbers; i++) put(s, ','), put_number(s, q->number[i]);
    if (q->data) put_text(s, ",b"), put_quoted(s, q->data, q->len, false);
    put(s, ')');
}

static void send(uint32_t number, const Question *q) {
    static const char mark[] = { MARK };
    Sink sum = { .sends = false }, line = { .sends = true };
    put_question(&sum, number, q);
    kr_port_console_write(1, mark, 1);
    for (int shift = 28; shift >= 0; shift -= 4) put(&line, (uint8_t)digits16[sum.sum >> shift & 15]);
    put_question(&line, number, q);
    if (line.count) send_group(line.bits << 8 * (3 - line.count), line.count);
    kr_port_console_write(1, mark, 1);
}

// ---- Answers -------------------------------------------------------------------------------------------------------------------

typedef struct {
    int64_t until;
    uint32_t bits, count;
    uint32_t said, sum; // the sum as the answer has it, and as it is
    int skipped;        // digits of it that have come
    bool ended, silent; // at the end of a line; for lack of patience
} Source;

// The next byte of the line behind its sum; 0: it has ended.
static uint8_t next(Source *s) {
    while (!s->silent && !s->ended) {
        while (!kr_console_ready() && kr_port_monotonic_ns() < s->until) __asm volatile("wfi"); // Ctrl-C waits until this is done
        int c = kr_console_ready() ? kr_console_get(0) : KR_CONSOLE_SILENT;
        const char *digit = c > 0 ? strchr(digits64, c) : NULL;
        s->silent = c < 0;
        s->ended = c == '\r';
        if (!digit) continue;
        s->bits = s->bits << 6 | (uint32_t)(digit - digits64);
        if (++s->count % 4 == 1) continue;
        uint8_t byte = (uint8_t)(s->bits >> (2 * (3 - (s->count - 1) % 4)));
        const char *hex = memchr(digits16, byte, 16);
        if (s->skipped++ < SUM_DIGITS) s->said = s->said << 4 | (hex ? (uint32_t)(hex - digits16) : 0);
        else return s->sum = kr_crc32(s->sum, &byte, 1), byte;
    }
    return 0;
}

static uint8_t unescaped(Source *s) {
    uint8_t c = next(s), high;
    switch (c) {
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case 'x': break;
    default: return c;
    }
    high = next(s), c = next(s);
    return (uint8_t)((high % 32 + 9 * (high > '9')) % 16 << 4 | (c % 32 + 9 * (c > '9')) % 16);
}

// Gives the text's first byte.
static uint8_t take_text(Source *s, uint8_t quote, char *out, size_t room, size_t *len) {
    uint8_t first = 0, c;
    for (*len = 0; (c = next(s)) && c != quote; ++*len) {
        if (c == '\\') c = unescaped(s);
        if (!*len) first = c;
        if (*len < room) out[*len] = (char)c;
    }
    return first;
}

// (number, 'R', value) or (number, 'E', errno), where a value is a number, text, bytes, None, or a tuple of such. Of what it is not, nothing is believed.
static uint8_t take(Source *s, Answer *a) {
    uint8_t kind = 0;
    int at = 0;
    bool in_number = false;
    for (uint8_t c; (c = next(s));) {
        bool digit = c >= '0' && c <= '9';
        if (digit && !in_number && at < NUMBERS) a->number[at++] = 0;
        if (digit && at) a->number[at - 1] = (int64_t)((uint64_t)a->number[at - 1] * 10 + c - '0');
        in_number = digit;
        if (c != '\'' && c != '"') continue;
        if (kind) (void)take_text(s, c, a->out, a->room, &a->len);
        else kind = take_text(s, c, NULL, 0, &a->len), a->len = 0;
    }
    return kind;
}

// True: it is an answer, perhaps an older question's.
static bool listen(Answer *a, uint8_t *kind) {
    Source s = { .until = kr_port_monotonic_ns() + patience };
    memset(a->number, 0, sizeof a->number);
    a->len = 0;
    *kind = take(&s, a);
    return s.ended && s.skipped > SUM_DIGITS && s.sum == s.said;
}

static int ask(const Question *q, Answer *a) {
    static uint32_t number;
    number++;
    for (int tries = 0; tries < TRIES; tries++) {
        uint8_t kind;
        bool good;
        send(number, q);
        do good = listen(a, &kind);
        while (good && a->number[0] != number);
        if (good && kind == 'R') return a->len > a->room ? KR_PORT_EIO : 0;
        if (good) return a->number[1] > 0 ? (int)a->number[1] : KR_PORT_EIO;
    }
    return KR_PORT_EIO;
}

// ---- Files ---------------------------------------------------------------------------------------------------------------------

static int64_t ask_number(const Question *q) {
    Answer a = { .out = NULL };
    int error = ask(q, &a);
    return error ? -error : a.number[1];
}

static int do_path(const char *name, const char *path, const char *other) {
    return (int)-ask_number(&(Question){ .name = name, .text = { path, other } });
}

int kr_host_stat(const char *path, KrFlashStat *out) {
    Answer a = { .out = NULL };
    int error = ask(&(Question){ .name = "stat", .text = { path } }, &a);
    *out = (KrFlashStat){ .folder = a.number[MODE] >> 12 == KIND_FOLDER, .size = (uint32_t)a.number[SIZE] };
    return error;
}

int kr_host_make_folder(const char *path) { return do_path("mkdir", path, NULL); }
int kr_host_remove(const char *path, bool folder) { return do_path(folder ? "rmdir" : "remove", path, NULL); }
int kr_host_rename(const char *from, const char *to) { return do_path("rename", from, to); }
int kr_host_folder_open(const char *path) { return do_path("folder", path, NULL); }

int kr_host_folder_next(uint32_t index, KrFlashStat *out, char *name) {
    Answer a = { .out = name, .room = KR_FLASHFS_NAME };
    int error = ask(&(Question){ .name = "entry", .numbers = 1, .number = { index } }, &a);
    *out = (KrFlashStat){ .folder = a.number[MODE] == KIND_FOLDER };
    if (!error) name[a.len] = 0;
    return error;
}

int64_t kr_host_open(const char *path, int how) {
    return ask_number(&(Question){ .name = "open", .text = { path }, .numbers = 1, .number = { how } });
}

intptr_t kr_host_read(uint32_t number, void *out, size_t len) {
    size_t done = 0, wanted = 1;
    for (Answer a = { .len = 1 }; done < len && a.len == wanted; done += a.len) {
        wanted = len - done < PIECE ? len - done : PIECE;
        a.out = (char *)out + done, a.room = wanted;
        int error = ask(&(Question){ .name = "read", .numbers = 2, .number = { number, (int64_t)wanted } }, &a);
        if (error) return -error;
        if (!a.len) break;
    }
    return (intptr_t)done;
}

intptr_t kr_host_write(uint32_t number, const void *data, size_t len) {
    size_t done = 0;
    while (done < len) {
        size_t piece = len - done < PIECE ? len - done : PIECE;
        int64_t n = ask_number(
            &(Question){ .name = "write", .numbers = 1, .number = { number }, .data = (const uint8_t *)data + done, .len = piece });
        if (n <= 0) return n < 0 && !done ? (intptr_t)n : (intptr_t)done;
        done += n < (int64_t)piece ? (size_t)n : piece;
    }
    return (intptr_t)done;
}

int64_t kr_host_seek(uint32_t number, int64_t offset, int whence) {
    return ask_number(&(Question){ .name = "seek", .numbers = 3, .number = { number, offset, whence } });
}

int kr_host_truncate(uint32_t number, int64_t size) {
    int64_t n = ask_number(&(Question){ .name = "truncate", .numbers = 2, .number = { number, size } });
    return n < 0 ? (int)-n : 0;
}

int kr_host_close(uint32_t number) { return (int)-ask_number(&(Question){ .name = "close", .numbers = 1, .number = { number } }); }
