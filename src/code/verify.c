// verify.c - the verifier's front: code objects from outside, one after another.
//
// The loop trusts instructions: operands are not checked when they run. So every code object that comes from a file is proved first:
// each instruction by itself (verify_operand.c), the tables beside them (verify_table.c), and by following control what each register
// may hold where an instruction relies on it (verify_flow.c, verify_effect.c). All takes time in proportion to the size of the code.
// SPDX-License-Identifier: MIT
#include "code/verify.h"

#include "code/code_file.h"
#include "code/verify_state.h"
#include "object/object.h"
#include "object/str.h"
#include "object/tuple.h"

bool kr_verify_fail(KrVerifier *v, const char *what) {
    return kr_fail(kr_raise(v->vm, &kr_import_error, "bad code file: %S, instruction %u: %s", v->code->qualname, (size_t)v->at, what));
}

static bool flags_fit(const KrCode *c) {
    const uint32_t plain = KR_CODE_OPTIMIZED | KR_CODE_NEWLOCALS, generators = c->flags & KR_CODE_ANY_GENERATOR;
    const uint32_t known = plain | KR_CODE_VARARGS | KR_CODE_VARKEYWORDS | KR_CODE_NESTED | KR_CODE_ANY_GENERATOR |
                           KR_CODE_ITERABLE_COROUTINE | KR_CODE_FUTURE_ANNOTATIONS | KR_CODE_DOCSTRING | KR_CODE_NAMESPACE |
                           KR_CODE_SIMPLE | KR_CODE_CLEANUP;
    if ((c->flags & ~known) || (generators & (generators - 1))) return false;
    if (c->flags & KR_CODE_NAMESPACE) return !(c->flags & (plain | KR_CODE_VARARGS | KR_CODE_VARKEYWORDS | KR_CODE_SIMPLE));
    if ((c->flags & plain) != plain) return false;
    return !(c->flags & KR_CODE_SIMPLE) || (!generators && c->nparams == c->npos);
}

static bool counts_fit(const KrVerifier *v) {
    const KrCode *c = v->code;
    unsigned star = (c->flags & KR_CODE_VARARGS ? 1u : 0) + (c->flags & KR_CODE_VARKEYWORDS ? 1u : 0), far = kr_code_far(c);
    if (v->namespace && (c->nlocals || c->nparams || c->npos || c->nposonly || c->nkwonly || !c->nregs)) return false;
    if (c->nparams != (unsigned)c->npos + c->nkwonly + star || c->nposonly > c->npos || c->nparams > c->nlocals) return false;
    unsigned near = kr_code_near(c);
    return c->nlocals <= c->nregs && near <= c->nlocals && c->nlocals - near <= far && c->ncaches <= c->instr_count;
}

static bool begin(KrVerifier *v, KrVm *vm, const KrCode *c) {
    size_t n, hidden = 0;
    *v = (KrVerifier){ .vm = vm, .code = c, .generator = c->flags & KR_CODE_ANY_GENERATOR, .namespace = c->flags & KR_CODE_NAMESPACE };
    const KrValue *first = kr_tuple_items(c->consts, &n);
    v->consts = (uint32_t)n;
    if (!c->instr_count) return kr_verify_fail(v, "no instructions");
    if (!flags_fit(c)) return kr_verify_fail(v, "flags that do not fit together");
    if ((c->flags & KR_CODE_DOCSTRING) && (!n || !kr_is_str(*first))) return kr_verify_fail(v, "no docstring where the flags promise one");
    kr_tuple_items(c->names, &n);
    v->names = (uint32_t)n;
    kr_tuple_items(c->frees, &n);
    v->frees = (uint32_t)n;
    if (kr_is_tuple(c->hidden_names)) kr_tuple_items(c->hidden_names, &hidden);
    v->hidden = (uint32_t)hidden;
    if (kr_code_near(c) > 256) return kr_verify_fail(v, "far variables that nothing prepares");
    if (!counts_fit(v)) return kr_verify_fail(v, "counts of parameters, variables and registers that do not fit together");
    v->kept = v->namespace ? 1 : kr_code_near(c);
    KrRaw *mark = kr_raw_new(vm, c->instr_count);
    if (!mark) return false;
    v->mark = mark->data;
    return true;
}

static bool kinds_fit(KrVerifier *v) {
    for (unsigned i = 0; i < v->code->nlocals; i++)
        if (v->code->local_kinds[i] & ~(KR_LOCAL_PARAM | KR_LOCAL_CELL)) return kr_verify_fail(v, "unknown kind of variable");
    return true;
}

bool kr_code_verify(KrVm *vm, const KrCode *code, bool top) {
    KrVerifier v;
    if (!begin(&v, vm, code) || !kinds_fit(&v) || !kr_verify_operands(&v) || !kr_verify_tables(&v) || !kr_verify_yields(&v) ||
        !kr_verify_flow(&v))
        return false;
    if (top && (v.frees || !v.namespace)) return v.at = 0, kr_verify_fail(&v, "not the code of a module");
    size_t n;
    const KrValue *k = kr_tuple_items(code->consts, &n);
    for (size_t i = 0; i < n; i++) {
        if (!kr_is_exact(k[i], &kr_code_type)) continue;
        if (!kr_enter(vm, " while code is verified")) return false; // the loader has bounded the nesting
        bool ok = kr_code_verify(vm, KR_AS(KrCode, k[i]), false);
        kr_leave(vm);
        if (!ok) return false;
    }
    return true;
}

bool kr_verify_jump(KrVm *vm, const KrCode *code, KrJump *jump, bool *fits) {
    KrVerifier v;
    *fits = begin(&v, vm, code) && kr_verify_operands(&v) && kr_verify_tables(&v) && kr_verify_yields(&v);
    if (*fits) {
        v.jump = jump;
        v.mark[jump->from] |= KR_MARK_LEADER;
        if (jump->to != KR_JUMP_NOWHERE) v.mark[jump->to] |= KR_MARK_LEADER | KR_MARK_ENTERED;
        *fits = kr_verify_flow(&v);
    }
    jump->at = v.at;
    if (*fits) return true;
    if (!kr_raised_is(vm, &kr_import_error)) return false;
    return (void)kr_take_raised(vm), true;
}
