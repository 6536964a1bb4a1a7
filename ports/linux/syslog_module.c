// syslog_module.c - the _syslog module: the system's log. lib/syslog.py holds what a program has opened.
// SPDX-License-Identifier: MIT
#include <string.h>
#include <syslog.h>

#include "system_part.h"

#define FUNCTION(name) static KrValue syslog_##name(KrVm *vm, KR_UNUSED KrValue self, KR_UNUSED const KrValue *arg)

enum { NAME_MOST = 256 };
static char name[NAME_MOST]; // libc keeps the pointer that openlog() was given: the log is the process's

static const char *text_of(KrVm *vm, KrValue v, const char *function) {
    size_t len;
    if (!kr_is_str(v)) return (void)kr_raise(vm, &kr_type_error, "%s() argument must be str, not %T", function, v), NULL;
    const char *text = kr_str_text(v, &len);
    if (memchr(text, 0, len)) return (void)kr_raise(vm, &kr_value_error, "embedded null character"), NULL;
    return text;
}

FUNCTION(open) { // ident, logoption, facility
    int option, facility;
    const char *text = text_of(vm, arg[0], "openlog");
    if (!text || !kr_linux_int(vm, arg[1], &option) || !kr_linux_int(vm, arg[2], &facility)) return KR_ERROR;
    if (!kr_access(vm, KR_ACCESS_PROCESSES, KR_UNSET)) return KR_ERROR;
    size_t len = strlen(text) < NAME_MOST ? strlen(text) : NAME_MOST - 1;
    closelog();
    memcpy(name, text, len);
    name[len] = 0;
    return openlog(len ? name : NULL, option, facility), KR_NONE;
}

FUNCTION(write) { // priority, message
    int priority;
    const char *text = text_of(vm, arg[1], "syslog");
    if (!text || !kr_linux_int(vm, arg[0], &priority) || !kr_access(vm, KR_ACCESS_PROCESSES, KR_UNSET)) return KR_ERROR;
    return syslog(priority, "%s", text), KR_NONE;
}

FUNCTION(close) { return kr_access(vm, KR_ACCESS_PROCESSES, KR_UNSET) ? closelog(), KR_NONE : KR_ERROR; }

FUNCTION(mask) {
    int mask;
    if (!kr_linux_int(vm, arg[0], &mask) || !kr_access(vm, KR_ACCESS_PROCESSES, KR_UNSET)) return KR_ERROR;
    return kr_int_box(setlogmask(mask));
}

static const KrMethod functions[] = {
    { "open(ident, logoption, facility, /)", syslog_open, "", 0 },
    { "write(priority, message, /)", syslog_write, "", 0 },
    { "close()", syslog_close, "", 0 },
    { "mask(mask, /)", syslog_mask, "", 0 },
    { 0 },
};

#define NUMBER(name) \
    { \
#name, KR_CONST_INT, { .i = (int64_t)(name) } \
    }

// clang-format off
static const KrConst constants[] = {
    NUMBER(LOG_ALERT), NUMBER(LOG_AUTH), NUMBER(LOG_AUTHPRIV), NUMBER(LOG_CONS), NUMBER(LOG_CRIT), NUMBER(LOG_CRON), NUMBER(LOG_DAEMON),
    NUMBER(LOG_DEBUG), NUMBER(LOG_EMERG), NUMBER(LOG_ERR), NUMBER(LOG_INFO), NUMBER(LOG_KERN), NUMBER(LOG_LOCAL0), NUMBER(LOG_LOCAL1),
    NUMBER(LOG_LOCAL2), NUMBER(LOG_LOCAL3), NUMBER(LOG_LOCAL4), NUMBER(LOG_LOCAL5), NUMBER(LOG_LOCAL6), NUMBER(LOG_LOCAL7),
    NUMBER(LOG_LPR), NUMBER(LOG_MAIL), NUMBER(LOG_NDELAY), NUMBER(LOG_NEWS), NUMBER(LOG_NOTICE), NUMBER(LOG_NOWAIT), NUMBER(LOG_ODELAY),
    NUMBER(LOG_PERROR), NUMBER(LOG_PID), NUMBER(LOG_SYSLOG), NUMBER(LOG_USER), NUMBER(LOG_UUCP), NUMBER(LOG_WARNING),
    { 0 },
};
// clang-format on

const KrModuleDef kr_syslog_module = { "_syslog", KR_DOC("What module syslog needs of Linux."), functions, constants, NULL };
