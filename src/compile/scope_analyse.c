// scope_analyse.c - decides what every name of every scope means, and gives registers and closure slots their numbers.
//
// A name that a scope does not bind is looked up in the scopes around it, from the inside out. Classes are passed over, but for __class__
// and __classdict__. Where it is found it becomes a cell, and every scope on the way gets it as a free variable, unless all of the way
// is inlined comprehensions: these share the frame.
// SPDX-License-Identifier: MIT
#include "compile/scope_state.h"

#include <string.h>

// The scope whose code this scope is part of.
static KrScope *host_of(KrScope *scope) {
    while ((scope->flags & KR_SCOPE_INLINED) != 0) scope = scope->parent;
    return scope;
}

static bool is_class_name(const KrName *name) { return kr_name_is(name, "__class__") || kr_name_is(name, "__classdict__"); }

// Where a name that `scope` does not bind is bound; NULL: it is global.
static KrScope *find_binding(const KrScope *scope, const KrName *name) {
    bool special = is_class_name(name);
    for (KrScope *outer = scope->parent; outer->kind != KR_SCOPE_MODULE; outer = outer->parent) {
        if (outer->kind == KR_SCOPE_CLASS) {
            if (special) return outer;
            continue;
        }
        const KrSymbol *symbol = kr_scope_symbol(outer, name);
        if (symbol == NULL) continue;
        if ((symbol->flags & KR_SYMBOL_DEF_GLOBAL) != 0) return NULL;
        if ((symbol->flags & KR_SYMBOL_DEF_BOUND) != 0 && (symbol->flags & KR_SYMBOL_DEF_NONLOCAL) == 0) return outer;
    }
    return NULL;
}

// A free variable on its way from where it is bound to where it is used.
static bool pass_through(KrScopes *s, KrScope *scope, const KrName *name, KrScope *binding) {
    KrSymbol *known = kr_scope_symbol(scope, name);
    KrSymbol *symbol = kr_scope_add(s, scope, name);
    if (symbol == NULL) return false;
    scope->flags |= KR_SCOPE_FREE_INSIDE;
    if (known == NULL) {
        const KrScope *host = host_of(scope);
        bool shared = (scope->flags & KR_SCOPE_INLINED) != 0 && (host->kind != KR_SCOPE_CLASS || host_of(binding) == host);
        symbol->kind = shared ? KR_SYMBOL_HOST : KR_SYMBOL_FREE;
    } else if (scope->kind == KR_SCOPE_CLASS || (scope->flags & KR_SCOPE_SEES_CLASS) != 0) {
        symbol->flags |= KR_SYMBOL_DEF_FREE_CLASS;
    }
    return true;
}

// Marks the binding, and the way to it. same_frame: only inlined comprehensions lie between.
static bool bind_free(KrScopes *s, KrScope *scope, const KrName *name, KrScope *binding) {
    bool same_frame = (scope->flags & KR_SCOPE_INLINED) != 0;
    scope->flags |= KR_SCOPE_FREE_INSIDE;
    KrScope *outer = scope->parent;
    for (; outer != binding; outer = outer->parent) {
        if (!pass_through(s, outer, name, binding)) return false;
        if ((outer->flags & KR_SCOPE_INLINED) == 0) same_frame = false;
    }
    for (KrScope *around = outer; around != NULL; around = around->parent) around->flags |= KR_SCOPE_FREE_INSIDE;
    if (binding->kind == KR_SCOPE_CLASS) {
        binding->flags |= kr_name_is(name, "__class__") ? KR_SCOPE_CLASS_CELL : KR_SCOPE_CLASSDICT_CELL;
    } else if (!same_frame) {
        kr_scope_symbol(binding, name)->kind = KR_SYMBOL_CELL;
    }
    return true;
}

// ---- one name ----

static bool raise_at_directive(KrScopes *s, const KrScope *scope, const KrName *name, const char *format) {
    KrSpan span = { 0, -1, 0, -1 };
    for (const KrDirective *directive = scope->directives; directive != NULL; directive = directive->next) {
        if (directive->name == name) span = directive->span; // the list is in reverse: the first one counts
    }
    return kr_scopes_raise(s, span, format, name->text);
}

static bool resolve_nonlocal(KrScopes *s, KrScope *scope, KrSymbol *symbol) {
    KrScope *binding = find_binding(scope, symbol->name);
    if (binding == NULL) return raise_at_directive(s, scope, symbol->name, "no binding for nonlocal '%s' found");
    const KrSymbol *bound = kr_scope_symbol(binding, symbol->name);
    if (bound != NULL && (bound->flags & KR_SYMBOL_DEF_TYPE_PARAM) != 0) {
        return raise_at_directive(s, scope, symbol->name, "nonlocal binding not allowed for type parameter '%s'");
    }
    symbol->kind = (scope->flags & KR_SCOPE_INLINED) != 0 ? KR_SYMBOL_HOST : KR_SYMBOL_FREE;
    return bind_free(s, scope, symbol->name, binding);
}

// The class that a type scope looks through.
static const KrScope *class_around(const KrScope *scope) {
    while ((scope->flags & KR_SCOPE_SEES_CLASS) != 0) {
        scope = scope->parent;
        if (scope->kind == KR_SCOPE_CLASS) return scope;
    }
    return NULL;
}

// A name that the scope only uses.
static bool resolve_use(KrScopes *s, KrScope *scope, KrSymbol *symbol) {
    bool inlined = (scope->flags & KR_SCOPE_INLINED) != 0;
    KrScopeKind host = host_of(scope)->kind;
    symbol->kind = inlined && host == KR_SCOPE_MODULE ? KR_SYMBOL_HOST : KR_SYMBOL_GLOBAL_IMPLICIT;
    const KrScope *class_scope = class_around(scope);
    const KrSymbol *in_class = class_scope != NULL ? kr_scope_symbol(class_scope, symbol->name) : NULL;
    if (in_class != NULL && (in_class->flags & KR_SYMBOL_DEF_GLOBAL) != 0) {
        symbol->kind = KR_SYMBOL_GLOBAL_EXPLICIT;
        return true;
    }
    if (in_class != NULL && (in_class->flags & KR_SYMBOL_DEF_BOUND) != 0 && (in_class->flags & KR_SYMBOL_DEF_NONLOCAL) == 0) return true;
    KrScope *binding = find_binding(scope, symbol->name);
    if (binding == NULL) return true;
    if (inlined && binding == host_of(scope) && binding->kind == KR_SCOPE_CLASS) return true; // its own __class__ is not made yet
    symbol->kind = inlined && host != KR_SCOPE_CLASS ? KR_SYMBOL_HOST : KR_SYMBOL_FREE;
    if (inlined && host == KR_SCOPE_CLASS && host_of(binding) == host_of(scope)) symbol->kind = KR_SYMBOL_HOST;
    return bind_free(s, scope, symbol->name, binding);
}

static bool resolve_symbol(KrScopes *s, KrScope *scope, KrSymbol *symbol) {
    if ((symbol->flags & KR_SYMBOL_DEF_GLOBAL) != 0) {
        if ((symbol->flags & KR_SYMBOL_DEF_NONLOCAL) != 0) {
            return raise_at_directive(s, scope, symbol->name, "name '%s' is nonlocal and global");
        }
        symbol->kind = KR_SYMBOL_GLOBAL_EXPLICIT;
        return true;
    }
    if ((symbol->flags & KR_SYMBOL_DEF_NONLOCAL) != 0) return resolve_nonlocal(s, scope, symbol);
    if ((symbol->flags & KR_SYMBOL_DEF_BOUND) == 0) return resolve_use(s, scope, symbol);
    symbol->kind = KR_SYMBOL_LOCAL;
    return true;
}

// ---- numbers ----

static bool name_less(const KrName *a, const KrName *b) {
    uint32_t len = a->len < b->len ? a->len : b->len;
    int order = memcmp(a->text, b->text, len);
    return order < 0 || (order == 0 && a->len < b->len);
}

static void sift_down(KrSymbol **heap, uint32_t at, uint32_t count) {
    for (;;) {
        uint32_t child = 2 * at + 1;
        if (child >= count) return;
        if (child + 1 < count && name_less(heap[child]->name, heap[child + 1]->name)) child++;
        if (!name_less(heap[at]->name, heap[child]->name)) return;
        KrSymbol *symbol = heap[at];
        heap[at] = heap[child];
        heap[child] = symbol;
        at = child;
    }
}

// Heap sort by name: closures are ordered as in CPython.
static void sort_symbols(KrSymbol **symbols, uint32_t count) {
    for (uint32_t i = count / 2; i > 0; i--) sift_down(symbols, i - 1, count);
    for (uint32_t end = count; end > 1; end--) {
        KrSymbol *last = symbols[end - 1];
        symbols[end - 1] = symbols[0];
        symbols[0] = last;
        sift_down(symbols, 0, end - 1);
    }
}

static bool number_free(KrScopes *s, KrScope *scope) {
    uint32_t count = 0;
    for (const KrSymbol *symbol = scope->first; symbol != NULL; symbol = symbol->next) count += kr_symbol_is_free(symbol);
    scope->free_count = count;
    if (count == 0) return true;
    KrSymbol **symbols = kr_arena_alloc(s->tree, (size_t)count * sizeof *symbols);
    if (symbols == NULL) return kr_scopes_raise_memory(s);
    uint32_t n = 0;
    for (KrSymbol *symbol = scope->first; symbol != NULL; symbol = symbol->next) {
        if (kr_symbol_is_free(symbol)) symbols[n++] = symbol;
    }
    sort_symbols(symbols, count);
    for (uint32_t i = 0; i < count; i++) symbols[i]->index = i;
    return true;
}

static void number_locals(KrScope *scope) {
    bool inlined = (scope->flags & KR_SCOPE_INLINED) != 0;
    for (KrSymbol *symbol = scope->first; symbol != NULL; symbol = symbol->next) {
        bool local = symbol->kind == KR_SYMBOL_LOCAL || symbol->kind == KR_SYMBOL_CELL;
        bool hidden = inlined && (symbol->flags & KR_SYMBOL_DEF_PARAM) != 0; // the iterable is no variable then
        if (local && !hidden) symbol->index = scope->local_count++;
    }
}

// The comprehensions that are part of a class body use its closure.
static void share_closure(KrScope *scope, const KrScope *host) {
    for (KrScope *child = scope->child; child != NULL; child = child->sibling) {
        if ((child->flags & KR_SCOPE_INLINED) == 0) continue;
        for (KrSymbol *symbol = child->first; symbol != NULL; symbol = symbol->next) {
            const KrSymbol *shared = symbol->kind == KR_SYMBOL_FREE ? kr_scope_symbol(host, symbol->name) : NULL;
            if (shared != NULL) symbol->index = shared->index;
        }
        share_closure(child, host);
    }
}

// ---- scopes ----

// List, set and dict comprehensions become part of the code around them (PEP 709).
static bool is_inlined(const KrScope *scope) {
    return kr_scope_is_comprehension(scope) && scope->kind != KR_SCOPE_GENERATOR_EXP && (scope->parent->flags & KR_SCOPE_SEES_CLASS) == 0;
}

static bool analyse(KrScopes *s, KrScope *scope) {
    if (!kr_scopes_enter(s)) return false;
    if (is_inlined(scope)) {
        scope->flags |= KR_SCOPE_INLINED;
        scope->param_count = scope->positional_count = 0;
    }
    for (KrSymbol *symbol = scope->first; symbol != NULL; symbol = symbol->next) {
        if (!resolve_symbol(s, scope, symbol)) return false;
    }
    for (KrScope *child = scope->child; child != NULL; child = child->sibling) {
        if (!analyse(s, child)) return false;
    }
    if ((scope->flags & KR_SCOPE_COROUTINE) != 0 && (scope->flags & KR_SCOPE_GENERATOR) != 0) scope->flags |= KR_SCOPE_ASYNC_GENERATOR;
    if ((scope->flags & KR_SCOPE_FAST) != 0) number_locals(scope);
    if ((scope->flags & KR_SCOPE_INLINED) == 0 && !number_free(s, scope)) return false;
    if (scope->kind == KR_SCOPE_CLASS) share_closure(scope, scope);
    kr_scopes_leave(s);
    return true;
}

bool kr_scopes_resolve_module(KrScopes *s) {
    if (s->module->directives == NULL) return true;
    for (const KrSymbol *symbol = s->module->first; symbol != NULL; symbol = symbol->next) {
        if ((symbol->flags & KR_SYMBOL_DEF_NONLOCAL) == 0) continue;
        bool global = (symbol->flags & KR_SYMBOL_DEF_GLOBAL) != 0;
        return raise_at_directive(s, s->module, symbol->name,
                                  global ? "name '%s' is nonlocal and global" : "nonlocal declaration not allowed at module level");
    }
    return true;
}

bool kr_scopes_resolve_all(KrScopes *s) {
    for (KrScope *child = s->module->child; child != NULL; child = child->sibling) {
        if (!analyse(s, child)) return false;
    }
    return true;
}
