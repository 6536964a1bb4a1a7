// repl.c - boot.py and main.py, the prompt for people, and MicroPython's raw and raw-paste modes for tools (MicroPython documentation, "The
// MicroPython Interactive Interpreter Mode"). The same in Python, for Linux: lib/_console.
//
// A program that comes over the line is gathered in one block of the heap and compiled from there. While nothing runs, Ctrl-C is a byte.
// SPDX-License-Identifier: MIT
#include <string.h>

#include "base/utf8.h"
#include "code/code_file.h"
#include "compile/compiler.h"
#include "object/module.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/slots.h"
#include "stm32f405/board.h"
#include "stm32f405/crash.h"
#include "vm/builtins.h"
#include "vm/import.h"
#include "vm/main.h"

enum { WINDOW = 128, FIRST = 480 };
static const int64_t patience = 10000000000; // ns that a raw-paste client may be silent

typedef struct {
    KrRaw *raw;
    size_t len;
    bool full; // there was no memory for all of it
} Source;

typedef enum { NEXT_FRIENDLY, NEXT_RAW, NEXT_RESET, NEXT_SAME } Next;

static void send(const char *text) { kr_port_console_write(1, text, strlen(text)); }

// ---- Programs ------------------------------------------------------------------------------------------------------------------

static void add(KrVm *vm, Source *s, char c) {
    if (s->full) return;
    if (!s->raw || s->len == s->raw->cap) {
        KrRaw *more = kr_raw_new(vm, (s->raw ? s->raw->cap + s->raw->cap / 8 : 0) + FIRST);
        if (!more) {
            (void)kr_take_raised(vm);
            s->full = true;
            return;
        }
        if (s->raw) memcpy(more->data, s->raw->data, s->len);
        s->raw = more;
    }
    s->raw->data[s->len++] = (uint8_t)c;
}

// \r\n and \r become \n.
static void translate(Source *s) {
    size_t to = 0;
    for (size_t i = 0; i < s->len; i++) {
        bool pair = i && s->raw->data[i] == '\n' && s->raw->data[i - 1] == '\r';
        if (!pair) s->raw->data[to++] = s->raw->data[i] == '\r' ? '\n' : s->raw->data[i];
    }
    s->len = to;
}

static KrValue run_code(KrVm *vm, KrValue code) {
    KrValue dict = kr_from_ptr(KR_AS(KrModuleObject, vm->main_module)->dict);
    return kr_is_error(code) ? code : kr_run_code(vm, code, dict, dict, KR_NONE);
}

// Source text, or a code file, which is verified.
static KrValue run_source(KrVm *vm, Source *s, const char *name) {
    KrValue file = kr_str_c(vm, name);
    KrUtf8Scan scan;
    if (s->full) return kr_raise_memory(vm);
    if (kr_is_error(file)) return file;
    if (s->raw && kr_code_is_file(s->raw->data, s->len)) {
        KrCode *code = kr_code_load(vm, s->raw->data, s->len, 0);
        *s = (Source){ .raw = NULL };
        return code ? run_code(vm, kr_from_ptr(code)) : KR_ERROR;
    }
    if (s->raw) translate(s);
    const char *text = s->raw ? (const char *)s->raw->data : "";
    if (!kr_utf8_scan(text, s->len, false, &scan)) return kr_raise(vm, &kr_syntax_error, "the source is not UTF-8");
    if (memchr(text, 0, s->len)) return kr_raise(vm, &kr_syntax_error, "source code string cannot contain null bytes");
    return kr_run_pieces(vm, &(KrProgram){ text, s->len, file, 0, &s->raw });
}

static KrValue run(KrVm *vm, Source *s, const char *name) {
    kr_console_attach(vm);
    KrValue v = run_source(vm, s, name);
    kr_console_attach(NULL);
    return v;
}

// What is raised goes to the console. False: it was SystemExit.
static bool report(KrVm *vm) {
    if (kr_raised_is(vm, &kr_system_exit)) return (void)kr_take_raised(vm), false;
    if (kr_is_unset(kr_print_unhandled(vm))) return true;
    return false;
}

// A file of the file system, or else a frozen module of that name. Whatever it raises, the prompt comes.
static bool run_named(KrVm *vm, const char *path, const char *module) {
    Source s = { .raw = NULL };
    char piece[64];
    KrValue v;
    int fd = kr_port_open(path, KR_OPEN_READ);
    for (intptr_t n; fd >= 0 && (n = kr_port_read(fd, piece, sizeof piece)) > 0;)
        for (intptr_t i = 0; i < n; i++) add(vm, &s, piece[i]);
    const KrFrozen *f = kr_frozen_modules;
    while (fd < 0 && f->name && strcmp(f->name, module) != 0) f++;
    if (fd < 0 && !f->name) return true; // a Ctrl-C that has come is for what runs next
    kr_console_attach(vm);
    if (fd >= 0) (void)kr_port_close(fd), v = run_source(vm, &s, path);
    else v = run_code(vm, kr_frozen_code(vm, f));
    kr_console_attach(NULL);
    bool goes_on = !kr_is_error(v) || report(vm);
    kr_flush_stdout(vm);
    return goes_on;
}

// ---- The mode for tools --------------------------------------------------------------------------------------------------------

static const char raw_banner[] = "raw REPL; CTRL-B to exit\r\n>";

// Runs a program and sends what becomes of it: its output, Ctrl-D, its error, Ctrl-D.
static Next answer(KrVm *vm, Source *s, KrValue error) {
    KrValue v = kr_is_unset(error) ? run(vm, s, "<stdin>") : error;
    *s = (Source){ .raw = NULL };
    KrValue raised = kr_is_error(v) ? kr_take_raised(vm) : KR_UNSET;
    kr_flush_stdout(vm);
    send("\x04");
    bool goes_on = true;
    if (!kr_is_unset(raised)) {
        vm->thread.raised = raised;
        goes_on = report(vm);
        kr_flush_stdout(vm);
    }
    send(goes_on ? "\x04>" : "\x04");
    return goes_on ? NEXT_SAME : NEXT_RESET;
}

// What the client still sends after its program was given up is none.
static Next give_up(KrVm *vm) {
    int c;
    Source none = { .raw = NULL };
    send("\x04");
    do c = kr_console_get(INT64_MAX);
    while (c < KR_CTRL_A || c > KR_CTRL_D);
    if (c == KR_CTRL_A) return send(raw_banner), NEXT_SAME;
    if (c == KR_CTRL_B) return NEXT_FRIENDLY;
    return answer(vm, &none, kr_raise(vm, &kr_timeout_error, "the program has not come to its end"));
}

// A program with flow control: Ctrl-A from here lets the client send another window, Ctrl-D ends what it sends.
static Next raw_paste(KrVm *vm) {
    Source s = { .raw = NULL };
    kr_port_console_write(1, "R\x01\x80\x00\x01", 5);
    for (int left = WINDOW;;) {
        int c = kr_console_get(kr_port_monotonic_ns() + patience);
        if (c < 0) return give_up(vm);
        if (c == KR_CTRL_C || c == KR_CTRL_D) {
            send("\x04");
            return answer(vm, &s, c == KR_CTRL_C ? kr_raise(vm, &kr_keyboard_interrupt, "") : KR_UNSET);
        }
        add(vm, &s, (char)c);
        if (--left) continue;
        left = WINDOW;
        send("\x01");
    }
}

static bool is(const Source *s, const char *text) { return s->len == strlen(text) && (!s->len || memcmp(s->raw->data, text, s->len) == 0); }

static Next raw_mode(KrVm *vm) {
    Source s = { .raw = NULL };
    Next next = NEXT_SAME;
    send(raw_banner);
    while (next == NEXT_SAME) {
        int c = kr_console_get(INT64_MAX);
        if (c == KR_CTRL_A) {
            if (is(&s, "\x05"
                       "A"))
                next = raw_paste(vm);
            else if (s.len == 2 && s.raw->data[0] == KR_CTRL_E) kr_port_console_write(1, "R\x00>", 3);
            else send(raw_banner);
        } else if (c == KR_CTRL_B) {
            next = NEXT_FRIENDLY;
        } else if (c == KR_CTRL_D) {
            send("OK");
            if (!s.len) next = NEXT_RESET;
            else next = answer(vm, &s, KR_UNSET);
            if (next == NEXT_RESET) send("\r\n");
        } else if (c != KR_CTRL_C) {
            add(vm, &s, (char)c);
            continue;
        }
        s = (Source){ .raw = NULL };
    }
    return next;
}

// ---- The prompt for people -----------------------------------------------------------------------------------------------------

// Lines are taken as they are, up to Ctrl-D; Ctrl-C drops them.
static Next paste_mode(KrVm *vm) {
    Source s = { .raw = NULL };
    send("paste mode; Ctrl-C to cancel, Ctrl-D to finish\n=== ");
    for (;;) {
        int c = kr_console_get(INT64_MAX);
        if (c == KR_CTRL_C) return send("\n"), NEXT_FRIENDLY;
        if (c == KR_CTRL_D) break;
        add(vm, &s, (char)c);
        const char shown = (char)c;
        if (c == '\r') send("\n=== ");
        else kr_port_console_write(1, &shown, 1);
    }
    send("\n");
    bool goes_on = !kr_is_error(run(vm, &s, "<stdin>")) || report(vm);
    kr_flush_stdout(vm);
    return goes_on ? NEXT_FRIENDLY : NEXT_RESET;
}

static Next friendly_mode(KrVm *vm) {
    kr_console_attach(vm); // at the prompt Ctrl-C forgets the block
    KrValue v = kr_prompt(vm, KR_UNSET);
    kr_console_attach(NULL);
    if (kr_is_error(v)) return (void)kr_take_raised(vm), NEXT_RESET;
    switch (kr_console_key()) {
    case KR_CTRL_A: return NEXT_RAW;
    case KR_CTRL_B: return kr_prompt_banner(vm), NEXT_FRIENDLY;
    case KR_CTRL_E: return paste_mode(vm);
    default: return NEXT_RESET;
    }
}

// Modules are looked for in the root and in /lib. Without memory for that, only those in flash are found.
static void set_path(KrVm *vm) {
    static const char *const folder[] = { "/", "/lib" };
    KrValue path = kr_getattr(vm, vm->sys, KR_N(path));
    for (size_t i = 0; !kr_is_error(path) && i < KR_COUNT_OF(folder); i++) {
        KrValue name = kr_str_c(vm, folder[i]);
        if (kr_is_error(name) || !kr_list_append(vm, path, name)) path = KR_ERROR;
    }
    if (kr_is_error(path)) (void)kr_take_raised(vm);
}

// False: SystemExit. What has crashed the chip twice does not run, so that it can be mended.
static bool run_start(KrVm *vm, bool raw) {
    bool repeats = kr_crash_repeats(), goes_on = true;
    if (repeats) send("krait: the last two starts have crashed (machine.last_crash()): boot.py and main.py do not run\n");
    else goes_on = run_named(vm, "boot.py", "boot") && (raw || run_named(vm, "main.py", "main"));
    kr_crash_settle();
    return goes_on;
}

bool kr_repl(KrVm *vm, bool raw) {
    set_path(vm);
    bool goes_on = run_start(vm, raw);
    Next next = !goes_on ? NEXT_RESET : raw ? NEXT_RAW : NEXT_FRIENDLY;
    if (next == NEXT_FRIENDLY) kr_prompt_banner(vm);
    while (next != NEXT_RESET) {
        raw = next == NEXT_RAW;
        kr_console_raw(raw);
        next = raw ? raw_mode(vm) : friendly_mode(vm);
        if (raw && next == NEXT_FRIENDLY) send("\r\n"), kr_prompt_banner(vm);
    }
    return raw;
}
