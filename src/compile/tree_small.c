// tree_small.c - devices have no trees as objects: compile() says so.
// SPDX-License-Identifier: MIT
#include "compile/tree.h"

#if KR_DEVICE

static KrValue none_here(KrVm *vm) {
    return kr_raise(vm, &kr_not_implemented_error, "compile() has no abstract syntax trees on this device");
}

KrValue kr_tree_object(KrVm *vm, const KrNode *tree) { return (void)tree, none_here(vm); }
bool kr_tree_is(KrVm *vm, KrValue object, bool *out) { return (void)vm, (void)object, *out = false, true; }
KrNode *kr_tree_read(KrTreeReader *reader, KrValue object, KrParseMode mode) {
    (void)object, (void)mode;
    (void)none_here(reader->vm);
    return NULL;
}

#endif
