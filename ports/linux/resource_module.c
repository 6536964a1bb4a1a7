// resource_module.c - the resource module: what the process has used, and what it may use.
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include <sys/resource.h>
#include <unistd.h>

#include "system_part.h"
#include "vm/audit.h"

#define FUNCTION(name) static KrValue resource_##name(KrVm *vm, KR_UNUSED KrValue self, KR_UNUSED const KrValue *arg)

static bool kind_of(KrVm *vm, KrValue v, int *out) {
    if (!kr_linux_int(vm, v, out)) return false;
    return (*out >= 0 && *out < (int)RLIM_NLIMITS) || kr_fail(kr_raise(vm, &kr_value_error, "invalid resource specified"));
}

static int64_t shown(rlim_t n) { return n == RLIM_INFINITY ? -1 : (int64_t)n; } // rlim_t may have 32 bits

static KrValue limits(KrVm *vm, const struct rlimit *r) {
    KrValue item[2] = { kr_int(vm, shown(r->rlim_cur)), kr_int(vm, shown(r->rlim_max)) };
    return kr_tuple(vm, 2, item);
}

static bool limits_of(KrVm *vm, KrValue v, struct rlimit *out) {
    size_t count;
    int64_t n[2];
    KrValue pair = kr_tuple_from(vm, v);
    if (kr_is_error(pair)) return false;
    const KrValue *item = kr_tuple_items(pair, &count);
    if (count != 2) return kr_fail(kr_raise(vm, &kr_value_error, "expected a tuple of 2 integers"));
    if (!kr_to_int64(vm, item[0], &n[0]) || !kr_to_int64(vm, item[1], &n[1])) return false;
    return *out = (struct rlimit){ (rlim_t)n[0], (rlim_t)n[1] }, true;
}

static KrValue failed(KrVm *vm) {
    if (errno == EINVAL) return kr_raise(vm, &kr_value_error, "current limit exceeds maximum limit");
    if (errno == EPERM) return kr_raise(vm, &kr_value_error, "not allowed to raise maximum limit");
    return kr_raise_os(vm, errno, KR_UNSET);
}

FUNCTION(getrlimit) {
    int kind;
    struct rlimit r;
    if (!kind_of(vm, arg[0], &kind)) return KR_ERROR;
    return getrlimit((__rlimit_resource_t)kind, &r) < 0 ? kr_raise_os(vm, errno, KR_UNSET) : limits(vm, &r);
}

FUNCTION(setrlimit) { // resource, limits
    int kind;
    struct rlimit r;
    if (!kr_access(vm, KR_ACCESS_PROCESSES, KR_UNSET) || !kr_audit(vm, "resource.setrlimit", 2, arg)) return KR_ERROR;
    if (!kind_of(vm, arg[0], &kind) || !limits_of(vm, arg[1], &r)) return KR_ERROR;
    return setrlimit((__rlimit_resource_t)kind, &r) < 0 ? failed(vm) : KR_NONE;
}

FUNCTION(prlimit) { // pid, resource, limits
    int pid, kind;
    struct rlimit now, before;
    bool sets = !kr_is_none(arg[2]);
    if (!kr_access(vm, KR_ACCESS_PROCESSES, KR_UNSET) || !kr_linux_int(vm, arg[0], &pid)) return KR_ERROR;
    if (!kr_audit(vm, "resource.prlimit", 3, arg) || !kind_of(vm, arg[1], &kind) || (sets && !limits_of(vm, arg[2], &now))) return KR_ERROR;
    if (prlimit(pid, (__rlimit_resource_t)kind, sets ? &now : NULL, &before) == 0) return limits(vm, &before);
    return errno == EINVAL ? failed(vm) : kr_raise_os(vm, errno, KR_UNSET);
}

static double seconds(struct timeval t) { return (double)t.tv_sec + (double)t.tv_usec * 1e-6; }

FUNCTION(usage) {
    int who;
    struct rusage u;
    if (!kr_linux_int(vm, arg[0], &who)) return KR_ERROR;
    if (getrusage(who, &u) < 0)
        return errno == EINVAL ? kr_raise(vm, &kr_value_error, "invalid who parameter") : kr_raise_os(vm, errno, KR_UNSET);
    const long n[] = { u.ru_maxrss,  u.ru_ixrss,   u.ru_idrss,  u.ru_isrss,  u.ru_minflt,   u.ru_majflt, u.ru_nswap,
                       u.ru_inblock, u.ru_oublock, u.ru_msgsnd, u.ru_msgrcv, u.ru_nsignals, u.ru_nvcsw,  u.ru_nivcsw };
    KrValue item[2 + KR_COUNT_OF(n)] = { kr_float(vm, seconds(u.ru_utime)), kr_float(vm, seconds(u.ru_stime)) };
    for (size_t i = 0; i < KR_COUNT_OF(n); i++) item[2 + i] = kr_int(vm, n[i]);
    return kr_tuple(vm, KR_COUNT_OF(item), item);
}

FUNCTION(getpagesize) { return kr_int(vm, sysconf(_SC_PAGESIZE)); }

static const KrMethod functions[] = {
    { "getrlimit(resource, /)", resource_getrlimit, KR_DOC("The limits of a resource: (what holds now, what it may be raised to)."), 0 },
    { "setrlimit(resource, limits, /)", resource_setrlimit,
      KR_DOC("Set the limits of a resource: (what holds now, what it may be raised to)."), 0 },
    { "prlimit(pid, resource, limits=None, /)", resource_prlimit,
      KR_DOC("The limits of a process, 0 is this one; with limits, those are set."), 0 },
    { "getpagesize()", resource_getpagesize, KR_DOC("Bytes of a page of memory."), 0 },
    { "_usage(who, /)", resource_usage, KR_DOC("The items of struct_rusage."), 0 },
    { 0 },
};

#define NUMBER(name) \
    { \
#name, KR_CONST_INT, { .i = (int64_t)(name) } \
    }

// clang-format off
static const KrConst constants[] = {
    NUMBER(RLIMIT_AS), NUMBER(RLIMIT_CORE), NUMBER(RLIMIT_CPU), NUMBER(RLIMIT_DATA), NUMBER(RLIMIT_FSIZE), NUMBER(RLIMIT_MEMLOCK),
    NUMBER(RLIMIT_MSGQUEUE), NUMBER(RLIMIT_NICE), NUMBER(RLIMIT_NOFILE), NUMBER(RLIMIT_NPROC), NUMBER(RLIMIT_OFILE), NUMBER(RLIMIT_RSS),
    NUMBER(RLIMIT_RTPRIO), NUMBER(RLIMIT_RTTIME), NUMBER(RLIMIT_SIGPENDING), NUMBER(RLIMIT_STACK), { "RLIM_INFINITY", KR_CONST_INT, { .i = -1 } },
    NUMBER(RUSAGE_CHILDREN), NUMBER(RUSAGE_SELF), NUMBER(RUSAGE_THREAD),
    { 0 },
};
// clang-format on

const KrModuleDef kr_resource_module = { "_resource", KR_DOC("What module resource needs of Linux."), functions, constants, NULL };
