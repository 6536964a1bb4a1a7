// fuzz.c - types noise at the prompt: keys, sequences that are cut, pastes, bytes that are no text, windows of any size.
//
// usage: fuzz PROGRAM SECONDS SEED     The program may end by what is typed; it must not die, hang, or show an error of the editor's own.
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static uint64_t state;
static unsigned draw(unsigned below) {
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    return (unsigned)(state >> 33) % below;
}

static const char *const pieces[] = { "\r",
                                      "\r\r",
                                      "\033[A",
                                      "\033[B",
                                      "\033[C",
                                      "\033[D",
                                      "\x01",
                                      "\x05",
                                      "\x0b",
                                      "\x15",
                                      "\x17",
                                      "\x19",
                                      "\033y",
                                      "\x14",
                                      "\033f",
                                      "\033b",
                                      "\033d",
                                      "\t",
                                      "\t\t",
                                      "\x12",
                                      "\x07",
                                      "\x7f",
                                      "\x1f",
                                      "\x10",
                                      "\x0e",
                                      "\033p",
                                      "\033n",
                                      "\x0c",
                                      "\033[200~",
                                      "\033[201~",
                                      "\033[",
                                      "\033",
                                      "\033O",
                                      "\x11",
                                      "\x03",
                                      "if 1:",
                                      "def f(x):",
                                      "os.",
                                      "import ",
                                      "from a import ",
                                      "\"\"\"",
                                      "'",
                                      "(",
                                      "[",
                                      "]",
                                      ")",
                                      "日本",
                                      "e\xcc\x81",
                                      "\xf0\x9f",
                                      "\xff\xfe",
                                      "x = 1\n  y",
                                      "str.",
                                      "    ",
                                      "#",
                                      "1/0\r",
                                      "f'{",
                                      "\033[5~",
                                      "\033[6~",
                                      "\033[3~",
                                      "\033[1;5D",
                                      "lambda: 0\r",
                                      "print(1)\r",
                                      "x\xed\xa0\x80",
                                      "\033[99999999999;1~",
                                      "\033\033\033[",
                                      "\x1a",
                                      "\xc2",
                                      "\0" };

static pid_t start(const char *program, int *fd, bool dumb) {
    struct winsize size = { .ws_row = (unsigned short)(1 + draw(30)), .ws_col = (unsigned short)(1 + draw(100)) };
    pid_t pid = forkpty(fd, NULL, NULL, &size);
    if (pid) return pid;
    setenv("TERM", dumb ? "dumb" : "xterm", 1);
    setenv("KRAIT_HISTORY", "fuzz_history", 1);
    execl(program, program, "-q", (char *)NULL);
    _exit(126);
}

static char seen[1 << 16];
static size_t seen_len;

static void keep(const char *data, size_t len) { // the last 32 KB and more of what was shown
    if (seen_len + len >= sizeof seen) {
        size_t half = sizeof seen / 2 < seen_len ? sizeof seen / 2 : seen_len;
        memmove(seen, seen + seen_len - half, half);
        seen_len = half;
    }
    memcpy(seen + seen_len, data, len);
    seen_len += len;
}

static bool take(int fd, int ms) {
    char data[8192];
    struct pollfd p = { .fd = fd, .events = POLLIN };
    if (poll(&p, 1, ms) <= 0) return false;
    ssize_t n = read(fd, data, sizeof data);
    if (n > 0) keep(data, (size_t)n);
    return n > 0;
}

static bool is_wrong(int status) {
    static const char *const signs[] = { "Sanitizer", "frozen _prompt", "assertion failed", "runtime error:" };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (memmem(seen, seen_len, signs[i], strlen(signs[i]))) return printf("found: %s\n", signs[i]), true;
    return !(WIFEXITED(status) && WEXITSTATUS(status) <= 1) &&
           !(WIFSIGNALED(status) && (WTERMSIG(status) == SIGHUP || WTERMSIG(status) == SIGINT || WTERMSIG(status) == SIGQUIT));
}

static void noise(int fd) {
    char byte = (char)draw(256);
    const char *text = pieces[draw(sizeof pieces / sizeof *pieces)];
    size_t len = *text ? strlen(text) : 1;
    if (draw(8) == 0) text = &byte, len = 1;
    if (draw(16) == 0) len = 1 + draw((unsigned)len);
    if (write(fd, text, len) < 0 && errno != EAGAIN) return;
    if (draw(60) == 0) {
        struct winsize size = { .ws_row = (unsigned short)draw(40), .ws_col = (unsigned short)draw(120) };
        ioctl(fd, TIOCSWINSZ, &size);
    }
}

// One life of the program; false: something was wrong.
static bool life(const char *program, time_t end, bool dumb) {
    int fd, status = 0, calm = 0;
    seen_len = 0;
    pid_t pid = start(program, &fd, dumb), gone = 0;
    fcntl(fd, F_SETFL, O_NONBLOCK);
    for (int i = 0; i < 4000 && time(NULL) < end && !(gone = waitpid(pid, &status, WNOHANG)); i++) {
        noise(fd);
        while (take(fd, i % 16 ? 0 : 20)) {}
    }
    if (!gone) { // it answers: Ctrl-C, and Ctrl-D on an empty line
        for (; calm < 300 && !(gone = waitpid(pid, &status, WNOHANG)); calm++) {
            const char *bye = calm % 2 ? "\x04" : dumb ? "\x11\x03" : "\033[201~\x03"; // Ctrl-C forgets what was typed behind it
            if (write(fd, bye, strlen(bye)) < 0 && errno != EAGAIN) break;
            while (take(fd, 60)) {}
        }
        for (int i = 0; i < 300 && !gone && !(gone = waitpid(pid, &status, WNOHANG)); i++)
            if (!take(fd, 10)) usleep(10000);
    }
    if (!gone) kill(pid, SIGKILL), waitpid(pid, &status, 0);
    close(fd);
    if (gone && !is_wrong(status)) return true;
    printf("%s, status %x; the last that was shown:\n%.*s\n", gone ? "wrong" : "it hangs", (unsigned)status,
           (int)(seen_len < 3000 ? seen_len : 3000), seen + (seen_len < 3000 ? 0 : seen_len - 3000));
    return false;
}

int main(int argc, char **argv) {
    if (argc != 4) return fputs("usage: fuzz PROGRAM SECONDS SEED\n", stderr), 2;
    state = 88172645463325252u + (uint64_t)atoll(argv[3]) * 0x9E3779B97F4A7C15u;
    signal(SIGPIPE, SIG_IGN);
    time_t end = time(NULL) + atoi(argv[2]);
    int lives = 0;
    for (; time(NULL) < end; lives++)
        if (!life(argv[1], end, lives % 4 == 3)) return printf("seed %s, life %d\n", argv[3], lives), 1;
    printf("%d programs\n", lives);
    return 0;
}
