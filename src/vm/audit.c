// audit.c - sys.audit and sys.addaudithook. Hooks stay for the life of the VM: a list that programs cannot reach.
// SPDX-License-Identifier: MIT
#include "vm/audit.h"

#include "object/list.h"
#include "object/object.h"

static bool tell(KrVm *vm, KrValue event, KrValue args) {
    size_t count;
    for (size_t i = 0; kr_list_items(vm->audit_hooks, &count), i < count; i++) {
        KrValue arg[2] = { event, args };
        if (kr_is_error(kr_call(vm, kr_list_items(vm->audit_hooks, NULL)[i], 2, arg))) return false;
    }
    return true;
}

bool kr_audit_call(KrVm *vm, const char *event, size_t count, const KrValue *arg) {
    KrValue name = kr_str_c(vm, event), args = kr_is_error(name) ? name : kr_tuple(vm, count, arg);
    return !kr_is_error(args) && tell(vm, name, args);
}

// In a function of its own, so that the caller need not keep the code in memory while it runs it.
bool kr_audit_code(KrVm *vm, KrValue code) { return kr_audit(vm, "exec", 1, &code); }

bool kr_audit_wanted(const KrVm *vm) { return !kr_is_unset(vm->audit_hooks); }
bool kr_audit_event(KrVm *vm, const char *event, size_t count, const KrValue *arg) { return kr_audit(vm, event, count, arg); }

bool kr_audit_getattr(KrVm *vm, KrValue object, const char *name) {
    if (KR_LIKELY(kr_is_unset(vm->audit_hooks))) return true;
    KrValue arg[2] = { object, kr_name(vm, name) };
    return !kr_is_error(arg[1]) && kr_audit(vm, "object.__getattr__", 2, arg);
}

bool kr_audit_setattr(KrVm *vm, KrValue object, const char *name, KrValue value) {
    if (KR_LIKELY(kr_is_unset(vm->audit_hooks))) return true;
    KrValue arg[3] = { object, kr_name(vm, name), value };
    if (kr_is_error(arg[1])) return false;
    return kr_is_unset(value) ? kr_audit(vm, "object.__delattr__", 2, arg) : kr_audit(vm, "object.__setattr__", 3, arg);
}

KrValue kr_sys_audit(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)self;
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "expected str for argument 'event', not %s", kr_type_of(arg[0])->name);
    return kr_is_unset(vm->audit_hooks) || tell(vm, arg[0], arg[1]) ? KR_NONE : KR_ERROR;
}

// What events of imports show is made now: it would be an import itself then.
static bool begin(KrVm *vm) {
    static const char *const shown[] = { "path", "meta_path", "path_hooks" };
    KrValue list = kr_list(vm, 0, NULL);
    if (kr_is_error(list)) return false;
    for (size_t i = 0; i < KR_COUNT_OF(shown); i++) {
        if (!kr_is_error(kr_getattr_c(vm, vm->sys, shown[i]))) continue;
        if (!kr_raised_is(vm, &kr_attribute_error)) return false;
        (void)kr_take_raised(vm); // a program has deleted it
    }
    vm->audit_hooks = list;
    return true;
}

// Hooks that are there may refuse a new one: an Exception does it silently.
KrValue kr_sys_addaudithook(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)self;
    if (!kr_audit(vm, "sys.addaudithook", 0, NULL)) {
        if (!kr_raised_is(vm, &kr_exception)) return KR_ERROR;
        return (void)kr_take_raised(vm), KR_NONE;
    }
    if (kr_is_unset(vm->audit_hooks) && !begin(vm)) return KR_ERROR;
    return kr_list_append(vm, vm->audit_hooks, arg[0]) ? KR_NONE : KR_ERROR;
}
