// termios_module.c - the termios module: the settings of terminals and serial lines.
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>

#include "port.h"
#include "system_part.h"

#define FUNCTION(name) static KrValue termios_##name(KrVm *vm, KR_UNUSED KrValue self, KR_UNUSED const KrValue *arg)

enum { FIELDS = 7, CHARACTERS = NCCS };

static const KrType error_type = { KR_TYPE_HEAD(error_type), .name = "error", .module = "termios", .base = &kr_exception,
                                   KR_EXCEPTION_REST };

static KrValue failed(KrVm *vm, int error) {
    KrValue item[2] = { kr_int_box(error), kr_str_c(vm, kr_port_error_text(error)) };
    KrValue args = kr_is_error(item[1]) ? KR_ERROR : kr_tuple(vm, 2, item);
    return kr_is_error(args) ? args : kr_raise_args(vm, &error_type, args);
}

static KrValue done(KrVm *vm, int result) { return result < 0 ? failed(vm, errno) : KR_NONE; }

FUNCTION(tcgetattr) {
    int fd;
    struct termios t;
    if (!kr_linux_file(vm, arg[0], &fd)) return KR_ERROR;
    if (tcgetattr(fd, &t) < 0) return failed(vm, errno);
    KrValue cc = kr_list(vm, 0, NULL);
    for (int i = 0; i < CHARACTERS && !kr_is_error(cc); i++) {
        bool number = !(t.c_lflag & ICANON) && (i == VMIN || i == VTIME); // counts, no characters
        KrValue v = number ? kr_int_box(t.c_cc[i]) : kr_bytes(vm, &t.c_cc[i], 1);
        if (kr_is_error(v) || !kr_list_append(vm, cc, v)) return KR_ERROR;
    }
    KrValue item[FIELDS] = { kr_int(vm, t.c_iflag),
                             kr_int(vm, t.c_oflag),
                             kr_int(vm, t.c_cflag),
                             kr_int(vm, t.c_lflag),
                             kr_int(vm, cfgetispeed(&t)),
                             kr_int(vm, cfgetospeed(&t)),
                             cc };
    return kr_is_error(cc) ? cc : kr_list(vm, FIELDS, item);
}

static bool character_of(KrVm *vm, KrValue v, cc_t *out) {
    size_t len;
    int64_t n;
    if (kr_is_bytes(v)) {
        const uint8_t *p = kr_bytes_data(v, &len);
        if (len == 1) return *out = *p, true;
    } else if (kr_is_integer(v)) {
        if (!kr_to_int64(vm, v, &n)) return false;
        return *out = (cc_t)n, true;
    }
    return kr_fail(kr_raise(vm, &kr_type_error, "tcsetattr: elements of attributes must be characters or integers"));
}

static bool settings_of(KrVm *vm, KrValue list, struct termios *t) {
    KrValue *item = kr_is_list(list) ? kr_list_items(list, &(size_t){ 0 }) : NULL, field[FIELDS];
    size_t len = 0, count = 0;
    int64_t n[FIELDS - 1];
    if (item) (void)kr_list_items(list, &len);
    if (len != FIELDS) return kr_fail(kr_raise(vm, &kr_type_error, "tcsetattr, arg 3: must be %d element list", (int)FIELDS));
    memcpy(field, item, sizeof field);
    for (int i = 0; i < FIELDS - 1; i++)
        if (!kr_to_int64(vm, field[i], &n[i])) return false;
    t->c_iflag = (tcflag_t)n[0], t->c_oflag = (tcflag_t)n[1], t->c_cflag = (tcflag_t)n[2], t->c_lflag = (tcflag_t)n[3];
    if (kr_is_list(field[6])) (void)kr_list_items(field[6], &count);
    if (count != CHARACTERS)
        return kr_fail(kr_raise(vm, &kr_type_error, "tcsetattr: attributes[6] must be %d element list", (int)CHARACTERS));
    for (int i = 0; i < CHARACTERS; i++) // no Python runs meanwhile
        if (!character_of(vm, kr_list_items(field[6], NULL)[i], &t->c_cc[i])) return false;
    if (cfsetispeed(t, (speed_t)n[4]) < 0 || cfsetospeed(t, (speed_t)n[5]) < 0) return kr_fail(failed(vm, errno));
    return true;
}

FUNCTION(tcsetattr) { // fd, when, attributes
    int fd, when;
    struct termios t;
    if (!kr_linux_file(vm, arg[0], &fd) || !kr_linux_int(vm, arg[1], &when)) return KR_ERROR;
    if (!kr_is_list(arg[2])) return kr_raise(vm, &kr_type_error, "tcsetattr, arg 3: must be %d element list", (int)FIELDS);
    if (tcgetattr(fd, &t) < 0) return failed(vm, errno); // for what the list does not say
    return settings_of(vm, arg[2], &t) ? done(vm, tcsetattr(fd, when, &t)) : KR_ERROR;
}

typedef struct {
    int fd, error;
} Drain;

static void drain_outside(void *context) {
    Drain *d = context;
    d->error = tcdrain(d->fd) < 0 ? errno : 0;
}

FUNCTION(tcdrain) {
    Drain d;
    if (!kr_linux_file(vm, arg[0], &d.fd)) return KR_ERROR;
    do kr_blocking(vm, drain_outside, &d);
    while (d.error == EINTR && kr_poll(vm, 1));
    return kr_raised(vm) ? KR_ERROR : d.error ? failed(vm, d.error) : KR_NONE;
}

FUNCTION(tcsendbreak) { // fd, duration
    int fd, duration;
    if (!kr_linux_file(vm, arg[0], &fd) || !kr_linux_int(vm, arg[1], &duration)) return KR_ERROR;
    return done(vm, tcsendbreak(fd, duration));
}
FUNCTION(tcflush) { // fd, queue
    int fd, queue;
    if (!kr_linux_file(vm, arg[0], &fd) || !kr_linux_int(vm, arg[1], &queue)) return KR_ERROR;
    return done(vm, tcflush(fd, queue));
}
FUNCTION(tcflow) { // fd, action
    int fd, action;
    if (!kr_linux_file(vm, arg[0], &fd) || !kr_linux_int(vm, arg[1], &action)) return KR_ERROR;
    return done(vm, tcflow(fd, action));
}

FUNCTION(tcgetwinsize) {
    int fd;
    struct winsize w;
    if (!kr_linux_file(vm, arg[0], &fd)) return KR_ERROR;
    if (ioctl(fd, TIOCGWINSZ, &w) < 0) return failed(vm, errno);
    KrValue item[2] = { kr_int_box(w.ws_row), kr_int_box(w.ws_col) };
    return kr_tuple(vm, 2, item);
}

FUNCTION(tcsetwinsize) { // fd, (rows, columns)
    int fd;
    struct winsize w;
    int64_t n[2];
    size_t count = 0;
    if (!kr_linux_file(vm, arg[0], &fd)) return KR_ERROR;
    if (!kr_has_flag(arg[1], KR_TYPE_SEQUENCE | KR_TYPE_IS_STR | KR_TYPE_IS_BYTES) || !kr_len(vm, arg[1], &count) || count != 2)
        return kr_raised(vm) ? KR_ERROR : kr_raise(vm, &kr_type_error, "tcsetwinsize, arg 2: must be a two-item sequence");
    for (int i = 0; i < 2; i++) {
        KrValue v = kr_getitem(vm, arg[1], kr_int_box(i));
        if (kr_is_error(v) || !kr_to_int64(vm, v, &n[i])) return KR_ERROR;
    }
    if (ioctl(fd, TIOCGWINSZ, &w) < 0) return failed(vm, errno); // for its size in pixels
    if (n[0] != (unsigned short)n[0] || n[1] != (unsigned short)n[1])
        return kr_raise(vm, &kr_overflow_error, "winsize value(s) out of range.");
    w.ws_row = (unsigned short)n[0], w.ws_col = (unsigned short)n[1];
    return done(vm, ioctl(fd, TIOCSWINSZ, &w));
}

static const KrMethod functions[] = {
    { "tcgetattr(fd, /)", termios_tcgetattr,
      KR_DOC("The settings of a terminal: [iflag, oflag, cflag, lflag, ispeed, ospeed, cc]; cc is a list of characters (bytes of length 1, "
             "but for "
             "the counts at VMIN and VTIME without ICANON)."),
      0 },
    { "tcsetattr(fd, when, attributes, /)", termios_tcsetattr,
      KR_DOC("Set what tcgetattr() gives: at once (TCSANOW), when all is written (TCSADRAIN), and without what was not read (TCSAFLUSH)."),
      0 },
    { "tcsendbreak(fd, duration, /)", termios_tcsendbreak, KR_DOC("Send a break, of a quarter to half a second with duration 0."), 0 },
    { "tcdrain(fd, /)", termios_tcdrain, KR_DOC("Wait until all that was written has been sent."), 0 },
    { "tcflush(fd, queue, /)", termios_tcflush, KR_DOC("Forget what was not read (TCIFLUSH), not sent (TCOFLUSH), or both (TCIOFLUSH)."),
      0 },
    { "tcflow(fd, action, /)", termios_tcflow, KR_DOC("Stop (TCOOFF, TCIOFF) or go on with (TCOON, TCION) sending or being sent to."), 0 },
    { "tcgetwinsize(fd, /)", termios_tcgetwinsize, KR_DOC("The size of a terminal's window: (rows, columns)."), 0 },
    { "tcsetwinsize(fd, winsize, /)", termios_tcsetwinsize, KR_DOC("Set the size of a terminal's window: (rows, columns)."), 0 },
    { 0 },
};

#define NUMBER(name) \
    { \
#name, KR_CONST_INT, { .i = (int64_t)(name) } \
    }

// clang-format off
static const KrConst constants[] = {
    NUMBER(B0), NUMBER(B1000000), NUMBER(B110), NUMBER(B115200), NUMBER(B1152000), NUMBER(B1200), NUMBER(B134), NUMBER(B150),
    NUMBER(B1500000), NUMBER(B1800), NUMBER(B19200), NUMBER(B200), NUMBER(B2000000), NUMBER(B230400), NUMBER(B2400), NUMBER(B2500000),
    NUMBER(B300), NUMBER(B3000000), NUMBER(B3500000), NUMBER(B38400), NUMBER(B4000000), NUMBER(B460800), NUMBER(B4800), NUMBER(B50),
    NUMBER(B500000), NUMBER(B57600), NUMBER(B576000), NUMBER(B600), NUMBER(B75), NUMBER(B921600), NUMBER(B9600), NUMBER(BRKINT),
    NUMBER(BS0), NUMBER(BS1), NUMBER(BSDLY), NUMBER(CBAUD), NUMBER(CBAUDEX), NUMBER(CDSUSP), NUMBER(CEOF), NUMBER(CEOL), NUMBER(CEOT),
    NUMBER(CERASE), NUMBER(CFLUSH), NUMBER(CIBAUD), NUMBER(CINTR), NUMBER(CKILL), NUMBER(CLNEXT), NUMBER(CLOCAL), NUMBER(CQUIT),
    NUMBER(CR0), NUMBER(CR1), NUMBER(CR2), NUMBER(CR3), NUMBER(CRDLY), NUMBER(CREAD), NUMBER(CRPRNT), NUMBER(CRTSCTS), NUMBER(CS5),
    NUMBER(CS6), NUMBER(CS7), NUMBER(CS8), NUMBER(CSIZE), NUMBER(CSTART), NUMBER(CSTOP), NUMBER(CSTOPB), NUMBER(CSUSP), NUMBER(CWERASE),
    NUMBER(ECHO), NUMBER(ECHOCTL), NUMBER(ECHOE), NUMBER(ECHOK), NUMBER(ECHOKE), NUMBER(ECHONL), NUMBER(ECHOPRT), NUMBER(EXTA),
    NUMBER(EXTB), NUMBER(FF0), NUMBER(FF1), NUMBER(FFDLY), NUMBER(FIOASYNC), NUMBER(FIOCLEX), NUMBER(FIONBIO), NUMBER(FIONCLEX),
    NUMBER(FIONREAD), NUMBER(FLUSHO), NUMBER(HUPCL), NUMBER(ICANON), NUMBER(ICRNL), NUMBER(IEXTEN), NUMBER(IGNBRK), NUMBER(IGNCR),
    NUMBER(IGNPAR), NUMBER(IMAXBEL), NUMBER(INLCR), NUMBER(INPCK), NUMBER(IOCSIZE_MASK), NUMBER(IOCSIZE_SHIFT), NUMBER(ISIG),
    NUMBER(ISTRIP), NUMBER(IUCLC), NUMBER(IXANY), NUMBER(IXOFF), NUMBER(IXON), NUMBER(NCC), NUMBER(NCCS), NUMBER(NL0), NUMBER(NL1),
    NUMBER(NLDLY), NUMBER(NOFLSH), NUMBER(N_MOUSE), NUMBER(N_PPP), NUMBER(N_SLIP), NUMBER(N_STRIP), NUMBER(N_TTY), NUMBER(OCRNL),
    NUMBER(OFDEL), NUMBER(OFILL), NUMBER(OLCUC), NUMBER(ONLCR), NUMBER(ONLRET), NUMBER(ONOCR), NUMBER(OPOST), NUMBER(PARENB),
    NUMBER(PARMRK), NUMBER(PARODD), NUMBER(PENDIN), NUMBER(TAB0), NUMBER(TAB1), NUMBER(TAB2), NUMBER(TAB3), NUMBER(TABDLY),
    NUMBER(TCFLSH), NUMBER(TCGETA), NUMBER(TCGETS), NUMBER(TCIFLUSH), NUMBER(TCIOFF), NUMBER(TCIOFLUSH), NUMBER(TCION), NUMBER(TCOFLUSH),
    NUMBER(TCOOFF), NUMBER(TCOON), NUMBER(TCSADRAIN), NUMBER(TCSAFLUSH), NUMBER(TCSANOW), NUMBER(TCSBRK), NUMBER(TCSBRKP), NUMBER(TCSETA),
    NUMBER(TCSETAF), NUMBER(TCSETAW), NUMBER(TCSETS), NUMBER(TCSETSF), NUMBER(TCSETSW), NUMBER(TCXONC), NUMBER(TIOCCONS),
    NUMBER(TIOCEXCL), NUMBER(TIOCGETD), NUMBER(TIOCGICOUNT), NUMBER(TIOCGLCKTRMIOS), NUMBER(TIOCGPGRP), NUMBER(TIOCGSERIAL),
    NUMBER(TIOCGSOFTCAR), NUMBER(TIOCGWINSZ), NUMBER(TIOCINQ), NUMBER(TIOCLINUX), NUMBER(TIOCMBIC), NUMBER(TIOCMBIS), NUMBER(TIOCMGET),
    NUMBER(TIOCMIWAIT), NUMBER(TIOCMSET), NUMBER(TIOCM_CAR), NUMBER(TIOCM_CD), NUMBER(TIOCM_CTS), NUMBER(TIOCM_DSR), NUMBER(TIOCM_DTR),
    NUMBER(TIOCM_LE), NUMBER(TIOCM_RI), NUMBER(TIOCM_RNG), NUMBER(TIOCM_RTS), NUMBER(TIOCM_SR), NUMBER(TIOCM_ST), NUMBER(TIOCNOTTY),
    NUMBER(TIOCNXCL), NUMBER(TIOCOUTQ), NUMBER(TIOCPKT), NUMBER(TIOCPKT_DATA), NUMBER(TIOCPKT_DOSTOP), NUMBER(TIOCPKT_FLUSHREAD),
    NUMBER(TIOCPKT_FLUSHWRITE), NUMBER(TIOCPKT_NOSTOP), NUMBER(TIOCPKT_START), NUMBER(TIOCPKT_STOP), NUMBER(TIOCSCTTY),
    NUMBER(TIOCSERCONFIG), NUMBER(TIOCSERGETLSR), NUMBER(TIOCSERGETMULTI), NUMBER(TIOCSERGSTRUCT), NUMBER(TIOCSERGWILD),
    NUMBER(TIOCSERSETMULTI), NUMBER(TIOCSERSWILD), NUMBER(TIOCSER_TEMT), NUMBER(TIOCSETD), NUMBER(TIOCSLCKTRMIOS), NUMBER(TIOCSPGRP),
    NUMBER(TIOCSSERIAL), NUMBER(TIOCSSOFTCAR), NUMBER(TIOCSTI), NUMBER(TIOCSWINSZ), NUMBER(TOSTOP), NUMBER(VDISCARD), NUMBER(VEOF),
    NUMBER(VEOL), NUMBER(VEOL2), NUMBER(VERASE), NUMBER(VINTR), NUMBER(VKILL), NUMBER(VLNEXT), NUMBER(VMIN), NUMBER(VQUIT),
    NUMBER(VREPRINT), NUMBER(VSTART), NUMBER(VSTOP), NUMBER(VSUSP), NUMBER(VSWTC), NUMBER(VT0), NUMBER(VT1), NUMBER(VTDLY), NUMBER(VTIME),
    NUMBER(VWERASE), NUMBER(XCASE), NUMBER(XTABS), { "VSWTCH", KR_CONST_INT, { .i = VSWTC } },
    { "error", KR_CONST_TYPE, { .p = &error_type } },
    { 0 },
};
// clang-format on

const KrModuleDef kr_termios_module = { "termios", KR_DOC("The settings of terminals and serial lines (POSIX)."), functions, constants,
                                        NULL };
