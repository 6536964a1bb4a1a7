// subprocess_module.c - the _posixsubprocess module: starts a program with its streams and descriptors as asked for. lib/subprocess.py uses it.
// SPDX-License-Identifier: MIT
#include "object/object.h"
#include "port.h"
#include "vm/thread.h"

#include "../modules/modules.h"

#define FUNCTION(name) static KrValue name(KrVm *vm, KrValue self, const KrValue *arg)

// The arguments of fork_exec, in order.
enum {
    ARGS,
    PROGRAMS,
    CLOSE_FDS,
    PASS_FDS,
    FOLDER,
    ENVIRONMENT,
    P2C_READ,
    P2C_WRITE,
    C2P_READ,
    C2P_WRITE,
    ERR_READ,
    ERR_WRITE,
    PIPE_READ,
    PIPE_WRITE,
    RESTORE_SIGNALS,
    NEW_SESSION,
    PROCESS_GROUP,
    GID,
    GROUPS,
    UID,
    UMASK,
    PREPARE
};

static bool int_of(KrVm *vm, KrValue v, int *out) {
    int64_t i;
    if (!kr_to_int64(vm, v, &i)) return false;
    if (i < INT_MIN || i > INT_MAX) return kr_fail(kr_raise(vm, &kr_overflow_error, "signed integer is greater than maximum"));
    return *out = (int)i, true;
}

// The texts of a sequence of bytes, behind which NULL stands; in memory of the collector. `keep` gets what holds them.
static bool texts(KrVm *vm, KrValue v, KrValue *keep, char *const **out) {
    *keep = kr_list_from(vm, v);
    if (kr_is_error(*keep)) return false;
    size_t count, len;
    kr_list_items(*keep, &count);
    char **text = kr_buffer_alloc(vm, (count + 1) * sizeof *text);
    if (!text) return false;
    for (size_t i = 0; i < count; i++) {
        KrValue item = kr_list_items(*keep, NULL)[i];
        if (!kr_is_bytes(item)) return kr_fail(kr_raise(vm, &kr_type_error, "expected bytes, %T found", item));
        text[i] = (char *)kr_bytes_data(item, &len);
        if (memchr(text[i], 0, len)) return kr_fail(kr_raise(vm, &kr_value_error, "embedded null byte"));
    }
    text[count] = NULL;
    *out = text;
    return true;
}

static bool check_bytes(KrVm *vm, KrValue v, const char **out) {
    size_t len;
    if (kr_is_none(v)) return *out = NULL, true;
    if (!kr_is_bytes(v)) return kr_fail(kr_raise(vm, &kr_type_error, "expected bytes, %T found", v));
    *out = (const char *)kr_bytes_data(v, &len);
    return !memchr(*out, 0, len) || kr_fail(kr_raise(vm, &kr_value_error, "embedded null byte"));
}

static bool numbers(KrVm *vm, KrValue v, const char *what, int **out, size_t *count) {
    const KrValue *item = kr_is_tuple(v) ? kr_tuple_items(v, count) : NULL;
    if (!item && !kr_is_tuple(v)) return kr_fail(kr_raise(vm, &kr_type_error, "fork_exec() argument 4 must be tuple, not %T", v));
    if (!(*out = kr_buffer_alloc(vm, (*count + 1) * sizeof **out))) return false;
    for (size_t i = 0; i < *count; i++) {
        int64_t fd;
        if (!kr_is_integer(item[i]) || !kr_int_fits(item[i], &fd) || fd < 0 || fd > INT_MAX || (i && (int)fd <= (*out)[i - 1]))
            return kr_fail(kr_raise(vm, &kr_value_error, "%s", what));
        (*out)[i] = (int)fd;
    }
    return true;
}

static bool owner(KrVm *vm, const KrValue *arg, KrPortSpawn *s) {
    int64_t *to[] = { &s->uid, &s->gid };
    const KrValue from[] = { arg[UID], arg[GID] };
    for (int i = 0; i < 2; i++) {
        *to[i] = -1;
        if (kr_is_none(from[i])) continue;
        if (!kr_to_int64(vm, from[i], to[i])) return false;
        if (*to[i] < 0 || *to[i] > UINT32_MAX) return kr_fail(kr_raise(vm, &kr_value_error, i ? "invalid group id" : "invalid user id"));
    }
    s->group_count = -1;
    if (kr_is_none(arg[GROUPS])) return true;
    KrValue list = kr_list_from(vm, arg[GROUPS]);
    size_t count;
    if (kr_is_error(list)) return false;
    const KrValue *item = kr_list_items(list, &count);
    unsigned *group = kr_buffer_alloc(vm, (count + 1) * sizeof *group);
    for (size_t i = 0; group && i < count; i++) {
        int64_t n;
        if (!kr_is_integer(item[i]) || !kr_int_fits(item[i], &n) || n < 0 || n > UINT32_MAX)
            return kr_fail(kr_raise(vm, &kr_value_error, "invalid group id"));
        group[i] = (unsigned)n;
    }
    s->groups = group;
    s->group_count = (int64_t)count;
    return group != NULL;
}

typedef struct {
    KrVm *vm;
    KrValue function;
} Prepare;

static bool prepare(void *context) {
    Prepare *p = context;
    kr_threads_forked(p->vm);
    if (!kr_is_error(kr_call(p->vm, p->function, 0, NULL))) return true;
    (void)kr_take_raised(p->vm);
    return false;
}

static bool flags_of(KrVm *vm, const KrValue *arg, KrPortSpawn *s) {
    int group, mask;
    if (!kr_truth(vm, arg[CLOSE_FDS], &s->close_others) || !kr_truth(vm, arg[RESTORE_SIGNALS], &s->restore_signals)) return false;
    if (!kr_truth(vm, arg[NEW_SESSION], &s->new_session) || !int_of(vm, arg[PROCESS_GROUP], &group) || !int_of(vm, arg[UMASK], &mask))
        return false;
    s->process_group = group;
    s->umask = mask;
    return int_of(vm, arg[P2C_READ], &s->stream[0]) && int_of(vm, arg[C2P_WRITE], &s->stream[1]) &&
           int_of(vm, arg[ERR_WRITE], &s->stream[2]) && int_of(vm, arg[PIPE_READ], &s->parent_end) &&
           int_of(vm, arg[PIPE_WRITE], &s->error_pipe) && owner(vm, arg, s);
}

FUNCTION(fork_exec) {
    KrPortSpawn s = { 0 };
    KrValue hold[3];
    int *keep;
    (void)self;
    if (!kr_access(vm, KR_ACCESS_PROCESSES, KR_UNSET) || !flags_of(vm, arg, &s)) return KR_ERROR;
    if (!numbers(vm, arg[PASS_FDS], "bad value(s) in fds_to_keep", &keep, &s.keep_count)) return KR_ERROR;
    if (s.close_others && s.error_pipe < 3) return kr_raise(vm, &kr_value_error, "errpipe_write must be >= 3");
    s.keep = keep;
    if (!texts(vm, arg[PROGRAMS], &hold[0], &s.programs) || !check_bytes(vm, arg[FOLDER], &s.folder)) return KR_ERROR;
    if (kr_is_none(arg[ARGS])) return kr_raise(vm, &kr_type_error, "argv must be a tuple or a list of bytes");
    if (!texts(vm, arg[ARGS], &hold[1], &s.args)) return KR_ERROR;
    if (!kr_is_none(arg[ENVIRONMENT]) && !texts(vm, arg[ENVIRONMENT], &hold[2], &s.environment)) return KR_ERROR;
    Prepare p = { vm, arg[PREPARE] };
    if (!kr_is_none(arg[PREPARE])) s.prepare = prepare, s.context = &p;
    int64_t pid = kr_port_spawn(&s);
    return pid < 0 ? kr_raise_os(vm, (int)-pid, KR_UNSET) : kr_int(vm, pid);
}

static const KrMethod functions[] = {
    { "fork_exec(args, executable_list, close_fds, pass_fds, cwd, env, p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite, "
      "errpipe_read, "
      "errpipe_write, restore_signals, start_new_session, process_group, gid, extra_groups, uid, child_umask, preexec_fn, "
      "allow_vfork=True, /)",
      fork_exec, KR_DOC("Start a program; return its process id. What goes wrong in the child is written to errpipe_write."), 0 },
    { 0 },
};

const KrModuleDef kr_subprocess_module = { "_posixsubprocess", KR_DOC("Starting programs."), functions, NULL, NULL };
