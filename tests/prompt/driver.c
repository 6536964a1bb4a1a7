// driver.c - runs a program on a pseudo terminal, types what a script says, and compares what stands on the screen.
//
// usage: driver PROGRAM SCRIPT...     Lines of a script:
//     ## NAME            a test begins: a fresh program on a terminal of 24 rows and 80 columns
//     size ROWS COLUMNS  of the next program, or of the one that runs (SIGWINCH)
//     env NAME=VALUE     for the next program
//     args ...           of the next program
//     send TEXT          types it: \r \n \t \e \xHH \\ and \z (nothing) are known
//     repeat N TEXT      types it N times
//     paste FILE         types the contents of a file between the marks of a paste
//     screen [ROW COLUMN] what the screen must show, from its top: the lines after it that begin with |. Waits until it does.
//     tail               likewise, the last rows that are not empty
//     signal N           to the program
//     end STATUS         the program must end with this status
//     plain              no colour may have been set until now; `colour`: one must have
//     hangup             the terminal goes away; the program must end
// The last line is the sum: N passed, N failed.
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "screen.h"

enum { PATIENCE = 10000, QUIET = 60, LINES = 200 }; // ms

typedef struct {
    const char *program, *script;
    char name[128], args[256], env[16][128];
    int env_count, rows, columns, line, passed, failed, patience;
    bool bad, running;
    pid_t pid;
    int fd;
    Screen screen;
} Test;

static int64_t now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void show(const Test *t) {
    char row[1024];
    printf("    the screen, cursor at %d %d:\n", t->screen.row, t->screen.column);
    int last = t->screen.rows - 1;
    while (last > 0 && (screen_row(&t->screen, last, row, sizeof row), !*row)) last--;
    for (int r = 0; r <= last; r++) screen_row(&t->screen, r, row, sizeof row), printf("    |%s\n", row);
}

static void fail(Test *t, const char *why) {
    if (!t->bad) printf("FAIL %s, line %d: %s: %s\n", t->script, t->line, t->name, why), show(t);
    t->bad = true;
}

// ---- The program ---------------------------------------------------------------------------------------------------------------

static void child(Test *t) {
    char *argv[20] = { (char *)t->program };
    int count = 1;
    clearenv();
    setenv("TERM", "xterm", 1);
    setenv("PATH", "/usr/bin:/bin", 1);
    setenv("HOME", ".", 1);
    for (int i = 0; i < t->env_count; i++) putenv(t->env[i]);
    for (char *a = strtok(t->args, " "); a && count < 19; a = strtok(NULL, " ")) argv[count++] = a;
    execv(t->program, argv);
    _exit(127);
}

static void start(Test *t) {
    struct winsize size = { .ws_row = (unsigned short)t->rows, .ws_col = (unsigned short)t->columns };
    screen_reset(&t->screen, t->rows, t->columns);
    t->pid = forkpty(&t->fd, NULL, NULL, &size);
    if (t->pid == 0) child(t);
    t->running = t->pid > 0;
    if (!t->running) fail(t, "forkpty failed");
}

// Takes what comes within the time; false: nothing did.
static bool take(Test *t, int ms) {
    char data[8192];
    struct pollfd p = { .fd = t->fd, .events = POLLIN };
    if (t->fd < 0 || poll(&p, 1, ms) <= 0) return false;
    ssize_t n = read(t->fd, data, sizeof data);
    if (n <= 0) return usleep(1000), false;
    screen_feed(&t->screen, data, (size_t)n);
    return true;
}

static int stop(Test *t, int patience) { // waits for the end; the status, -1: none came
    int status = 0;
    int64_t end = now_ms() + patience;
    pid_t got = 0;
    while (t->running && (got = waitpid(t->pid, &status, WNOHANG)) == 0 && now_ms() < end)
        if (!take(t, 10)) usleep(1000);
    if (!t->running) return -1;
    while (got > 0 && take(t, 20)) {}
    if (got <= 0) kill(t->pid, SIGKILL), waitpid(t->pid, &status, 0);
    if (t->fd >= 0) close(t->fd);
    t->fd = -1;
    t->running = false;
    return got <= 0 ? -1 : WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// ---- Typing --------------------------------------------------------------------------------------------------------------------

static size_t unescape(const char *text, char *out, size_t size) {
    size_t n = 0;
    for (; *text && n + 1 < size; text++) {
        if (*text != '\\') {
            out[n++] = *text;
            continue;
        }
        switch (*++text) {
        case 'r': out[n++] = '\r'; break;
        case 'n': out[n++] = '\n'; break;
        case 't': out[n++] = '\t'; break;
        case 'e': out[n++] = 27; break;
        case 'z': break;
        case 'x': out[n++] = (char)strtol((char[]){ text[1], text[2], 0 }, NULL, 16), text += 2; break;
        default: out[n++] = *text;
        }
    }
    return n;
}

static void type(Test *t, const char *data, size_t len) { // the program's output is taken meanwhile: it might block otherwise
    int64_t end = now_ms() + t->patience;
    fcntl(t->fd, F_SETFL, O_NONBLOCK);
    while (len && now_ms() < end) {
        ssize_t n = write(t->fd, data, len < 256 ? len : 256);
        if (n > 0) data += n, len -= (size_t)n;
        else if (errno != EAGAIN) break;
        take(t, n > 0 ? 0 : 5);
    }
    if (len) fail(t, "the program does not read");
}

static void paste(Test *t, const char *path) {
    static char data[1 << 20];
    FILE *f = fopen(path, "rb");
    if (!f) return fail(t, "no such file");
    size_t n = fread(data, 1, sizeof data, f);
    fclose(f);
    type(t, "\033[200~", 6);
    type(t, data, n);
    type(t, "\033[201~", 6);
}

// ---- Looking -------------------------------------------------------------------------------------------------------------------

typedef struct {
    char text[LINES][512];
    int count, row, column; // row -1: wherever the cursor is
    bool tail;
} Want;

static bool looks_right(const Test *t, const Want *w) {
    char row[1024];
    int last = t->screen.rows - 1;
    while (last >= 0 && (screen_row(&t->screen, last, row, sizeof row), !*row)) last--;
    int first = w->tail ? last + 1 - w->count : 0;
    if (first < 0 || (!w->tail && last + 1 > w->count)) return false;
    for (int i = 0; i < w->count; i++) {
        if (first + i < t->screen.rows) screen_row(&t->screen, first + i, row, sizeof row);
        if (strcmp(row, w->text[i]) != 0) return false;
    }
    return w->row < 0 || (w->row == t->screen.row && w->column == t->screen.column);
}

static void expect(Test *t, const Want *w) {
    int64_t end = now_ms() + t->patience;
    for (;;) {
        while (take(t, QUIET)) {}
        if (looks_right(t, w)) break;
        if (now_ms() >= end) return fail(t, "the screen is not as it should be");
    }
    if (t->screen.unknown[0]) fail(t, t->screen.unknown);
}

static void resize(Test *t, int rows, int columns) {
    t->rows = rows;
    t->columns = columns;
    if (!t->running) return;
    while (take(t, QUIET)) {}
    struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns };
    screen_resize(&t->screen, rows, columns);
    ioctl(t->fd, TIOCSWINSZ, &size);
}

// ---- Scripts -------------------------------------------------------------------------------------------------------------------

static void finish(Test *t) {
    if (!t->name[0]) return;
    if (t->running) {
        kill(t->pid, SIGKILL);
        stop(t, 1000);
    }
    if (t->bad) t->failed++;
    else t->passed++;
    t->name[0] = 0;
}

static void begin(Test *t, const char *name) {
    finish(t);
    snprintf(t->name, sizeof t->name, "%s", name);
    t->bad = false;
    t->env_count = 0;
    t->args[0] = 0;
    t->rows = 24;
    t->columns = 80;
}

static bool before_start(Test *t, const char *line) { // what must be known when the program starts
    if (strncmp(line, "## ", 3) == 0) begin(t, line + 3);
    else if (strncmp(line, "env ", 4) == 0 && t->env_count < 16) snprintf(t->env[t->env_count++], sizeof t->env[0], "%s", line + 4);
    else if (strncmp(line, "args ", 5) == 0) snprintf(t->args, sizeof t->args, "%s", line + 5);
    else if (strncmp(line, "size ", 5) == 0) {
        int rows = 24, columns = 80;
        sscanf(line + 5, "%d %d", &rows, &columns);
        resize(t, rows, columns);
    } else return false;
    return true;
}

static void step(Test *t, const char *line) {
    char data[8192];
    int n = 1, used = 0;
    if (!*line || *line == '|' || (*line == '#' && line[1] != '#') || before_start(t, line) || t->bad) return;
    if (!t->running) start(t);
    if (strncmp(line, "send ", 5) == 0) type(t, data, unescape(line + 5, data, sizeof data));
    else if (sscanf(line, "repeat %d %n", &n, &used) == 1 && used) {
        size_t len = unescape(line + used, data, sizeof data);
        for (int i = 0; i < n && !t->bad; i++) type(t, data, len);
    } else if (strncmp(line, "paste ", 6) == 0) paste(t, line + 6);
    else if (sscanf(line, "signal %d", &n) == 1) {
        while (take(t, QUIET)) {}
        kill(t->pid, n);
    } else if (sscanf(line, "end %d", &n) == 1) {
        int status = stop(t, t->patience);
        if (status != n) printf("    status %d, expected %d\n", status, n), fail(t, "it did not end as it should");
    } else if (strcmp(line, "hangup") == 0) {
        while (take(t, QUIET)) {}
        close(t->fd);
        t->fd = -1;
        if (stop(t, t->patience) < 0) fail(t, "it goes on without a terminal");
    } else if (strcmp(line, "plain") == 0 || strcmp(line, "colour") == 0) {
        if (t->screen.coloured != (*line == 'c')) fail(t, t->screen.coloured ? "there is colour" : "there is no colour");
    } else fail(t, "this line of the script says nothing");
}

static void run_script(Test *t, const char *path) {
    char line[4096];
    Want want = { .count = -1 };
    FILE *f = fopen(path, "r");
    t->script = path;
    t->line = 0;
    if (!f) return fail(t, "no such script");
    for (;;) {
        bool more = fgets(line, sizeof line, f) != NULL;
        if (more) line[strcspn(line, "\n")] = 0, t->line++;
        if (more && *line == '|' && want.count >= 0 && want.count < LINES) {
            snprintf(want.text[want.count++], sizeof want.text[0], "%s", line + 1);
            continue;
        }
        if (want.count >= 0 && !t->bad) expect(t, &want);
        want = (Want){ .count = -1, .row = -1 };
        if (!more) break;
        if (strncmp(line, "screen", 6) == 0 || strcmp(line, "tail") == 0) {
            want.count = 0;
            want.tail = *line == 't';
            if (sscanf(line, "screen %d %d", &want.row, &want.column) != 2) want.row = -1;
            if (!t->running && !t->bad && t->fd < 0) start(t);
        } else step(t, line);
    }
    finish(t);
    fclose(f);
}

int main(int argc, char **argv) {
    static Test t = { .fd = -1, .rows = 24, .columns = 80, .patience = PATIENCE };
    if (argc < 3) return fputs("usage: driver PROGRAM SCRIPT...\n", stderr), 2;
    setvbuf(stdout, NULL, _IOLBF, 0);
    signal(SIGPIPE, SIG_IGN);
    if (getenv("KR_TEST_TIMEOUT")) t.patience *= atoi(getenv("KR_TEST_TIMEOUT"));
    t.program = argv[1];
    for (int i = 2; i < argc; i++) run_script(&t, argv[i]);
    printf("%d passed, %d failed\n", t.passed, t.failed);
    return t.failed != 0;
}
