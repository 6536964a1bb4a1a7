// terminal.c - the terminal, for line editing: raw mode, waiting for keys, the size of the window.
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "port.h"

static void window_changed(int signal_number) { (void)signal_number; } // it ends a wait: that is all it is for

static void on_window_change(void (*handler)(int)) {
    struct sigaction old, action = { .sa_handler = handler };
    if (sigaction(SIGWINCH, NULL, &old) == 0 && (old.sa_handler == SIG_DFL || old.sa_handler == window_changed))
        sigaction(SIGWINCH, &action, NULL);
}

int kr_port_terminal_raw(int fd, void *saved, size_t room) {
    struct termios before, raw;
    if (room < sizeof before) return -ENOSPC;
    if (tcgetattr(fd, &before) != 0) return -errno;
    raw = before;
    raw.c_iflag &= ~(tcflag_t)(BRKINT | ICRNL | INLCR | IGNCR | INPCK | ISTRIP | IXON);
    raw.c_oflag |= OPOST | ONLCR;
    raw.c_cflag = (raw.c_cflag & ~(tcflag_t)(CSIZE | PARENB)) | CS8;
    raw.c_lflag &= ~(tcflag_t)(ECHO | ICANON | IEXTEN | ISIG);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    if (tcsetattr(fd, TCSADRAIN, &raw) != 0) return -errno;
    memcpy(saved, &before, sizeof before);
    on_window_change(window_changed);
    return (int)sizeof before;
}

int kr_port_terminal_restore(int fd, const void *saved, size_t len) {
    struct termios before;
    if (len != sizeof before) return EINVAL;
    memcpy(&before, saved, sizeof before);
    on_window_change(SIG_DFL);
    return tcsetattr(fd, TCSADRAIN, &before) == 0 ? 0 : errno;
}

bool kr_port_terminal_size(int fd, int *columns, int *rows) {
    struct winsize w;
    if (ioctl(fd, TIOCGWINSZ, &w) != 0 || !w.ws_col || !w.ws_row) return false;
    *columns = w.ws_col;
    *rows = w.ws_row;
    return true;
}

int kr_port_wait_readable(int fd, int64_t ms) {
    struct pollfd p = { .fd = fd, .events = POLLIN };
    int n = poll(&p, 1, ms < 0 ? -1 : ms > 1000000000 ? 1000000000 : (int)ms);
    return n < 0 ? -errno : n;
}

void kr_port_suspend(void) { raise(SIGTSTP); }
