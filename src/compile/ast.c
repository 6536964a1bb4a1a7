// ast.c - what trees share: the table of names, and how messages call an expression.
// SPDX-License-Identifier: MIT
#include "compile/ast.h"

#include <string.h>

#include "base/name_hash.h"
#include "compile/arena.h"

enum { NAMES_FIRST = 32 };

bool kr_names_init(KrNameTable *names, KrArena *arena) {
    names->arena = arena;
    names->count = 0;
    names->bucket_count = NAMES_FIRST;
    names->bucket = kr_arena_array(arena, NAMES_FIRST, sizeof *names->bucket);
    return names->bucket != NULL;
}

// Doubles the table. Without memory for that the old one stays; the arena then says that it failed.
static void names_grow(KrNameTable *names) {
    if (names->bucket_count > UINT32_MAX / 4) return;
    uint32_t count = names->bucket_count * 2;
    KrName **bucket = kr_arena_array(names->arena, count, sizeof *bucket);
    if (bucket == NULL) return;
    for (uint32_t i = 0; i < names->bucket_count; i++) {
        KrName *next;
        for (KrName *name = names->bucket[i]; name != NULL; name = next) {
            next = name->chain;
            KrName **head = &bucket[name->hash & (count - 1)];
            name->chain = *head;
            *head = name;
        }
    }
    names->bucket = bucket;
    names->bucket_count = count;
}

const KrName *kr_names_intern(KrNameTable *names, const char *text, size_t len) {
    if (len > UINT32_MAX / 2) return NULL;
    uint32_t hash = kr_name_hash(text, len);
    for (KrName *name = names->bucket[hash & (names->bucket_count - 1)]; name != NULL; name = name->chain) {
        if (name->hash == hash && name->len == len && memcmp(name->text, text, len) == 0) return name;
    }
    if (names->count >= names->bucket_count) names_grow(names);
    KrName *name = kr_arena_alloc(names->arena, sizeof *name + len + 1);
    if (name == NULL) return NULL;
    char *copy = (char *)(name + 1);
    memcpy(copy, text, len);
    copy[len] = '\0';
    KrName **head = &names->bucket[hash & (names->bucket_count - 1)];
    *name = (KrName){ .text = copy, .len = (uint32_t)len, .hash = hash, .id = names->count++, .chain = *head };
    *head = name;
    return name;
}

static const char *constant_describe(const KrNode *node) {
    switch (node->op) {
    case KR_CONSTANT_NONE: return "None";
    case KR_CONSTANT_TRUE: return "True";
    case KR_CONSTANT_FALSE: return "False";
    case KR_CONSTANT_ELLIPSIS: return "ellipsis";
    default: return "literal";
    }
}

const char *kr_node_describe(const KrNode *node) {
    switch (node->kind) {
    case KR_NODE_ATTRIBUTE: return "attribute";
    case KR_NODE_SUBSCRIPT: return "subscript";
    case KR_NODE_STARRED: return "starred";
    case KR_NODE_NAME: return "name";
    case KR_NODE_LIST: return "list";
    case KR_NODE_TUPLE: return "tuple";
    case KR_NODE_LAMBDA: return "lambda";
    case KR_NODE_CALL: return "function call";
    case KR_NODE_GENERATOR_EXP: return "generator expression";
    case KR_NODE_YIELD:
    case KR_NODE_YIELD_FROM: return "yield expression";
    case KR_NODE_AWAIT: return "await expression";
    case KR_NODE_LIST_COMP: return "list comprehension";
    case KR_NODE_SET_COMP: return "set comprehension";
    case KR_NODE_DICT_COMP: return "dict comprehension";
    case KR_NODE_DICT: return "dict literal";
    case KR_NODE_SET: return "set display";
    case KR_NODE_JOINED_STR:
    case KR_NODE_FORMATTED_VALUE: return "f-string expression";
    case KR_NODE_CONSTANT: return constant_describe(node);
    case KR_NODE_COMPARE: return "comparison";
    case KR_NODE_IF_EXP: return "conditional expression";
    case KR_NODE_NAMED_EXPR: return "named expression";
    default: return "expression";
    }
}
