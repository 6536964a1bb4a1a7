// super.c - super: attributes of an object as the classes behind a given one in its method resolution order have them.
// SPDX-License-Identifier: MIT
#include "object/container.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/tuple.h"
#include "object/type.h"

typedef struct {
    KrObject head;
    const KrType *type;        // attributes come from behind it
    KrValue object;            // bound to; KR_UNSET: unbound
    const KrType *object_type; // whose order is followed: the object's class, or the object itself if that is a class
} Super;

#define SELF KR_AS(Super, self)

static KrValue super_alloc(KrVm *vm, const KrType *type) {
    KrValue self = kr_alloc_instance(vm, type);
    if (!kr_is_error(self)) SELF->object = KR_UNSET;
    return self;
}

static void super_trace(KrTracer *tracer, KrObject *o) {
    Super *s = (Super *)o;
    kr_trace_object(tracer, s->type);
    kr_trace(tracer, s->object);
    kr_trace_object(tracer, s->object_type);
}

// Whose method resolution order super(type, object) follows; NULL: object is nothing of the kind (raised).
static const KrType *check(KrVm *vm, const KrType *type, KrValue object) {
    if (kr_is_type(object) && kr_is_subtype(kr_as_type(object), type)) return kr_as_type(object);
    if (kr_is_subtype(kr_type_of(object), type)) return kr_type_of(object);
    KrValue claimed; // a proxy's __class__
    if (!kr_find_attr(vm, object, KR_N(__class__), &claimed)) return NULL;
    if (kr_is_type(claimed) && kr_as_type(claimed) != kr_type_of(object) && kr_is_subtype(kr_as_type(claimed), type))
        return kr_as_type(claimed);
    bool is_class = kr_is_type(object);
    kr_raise(vm, &kr_type_error, "super(type, obj): obj (%s %N) is not an instance or subtype of type (%N).",
             is_class ? "type" : "instance of", is_class ? kr_as_type(object) : kr_type_of(object), type);
    return NULL;
}

static KrValue super_init(KrVm *vm, KrValue self, const KrValue *arg) {
    size_t count;
    const KrValue *item = kr_tuple_items(arg[0], &count);
    if (kr_dict_len(arg[1])) return kr_raise(vm, &kr_type_error, "super() takes no keyword arguments");
    if (count > 2) return kr_raise(vm, &kr_type_error, "super() expected at most 2 arguments, got %u", count);
    KrValue type = count ? item[0] : KR_UNSET, object = count > 1 ? item[1] : KR_UNSET;
    const KrType *object_type = NULL;
    if (!count && !kr_super_context(vm, &type, &object)) return KR_ERROR;
    if (!kr_is_type(type)) return kr_raise(vm, &kr_type_error, "super() argument 1 must be a type, not %T", type);
    if (kr_is_none(object)) object = KR_UNSET;
    if (!kr_is_unset(object) && !(object_type = check(vm, kr_as_type(type), object))) return KR_ERROR;
    KR_STORE_PTR(vm, SELF, SELF->type, kr_as_type(type));
    KR_STORE_PTR(vm, SELF, SELF->object_type, object_type);
    kr_store(vm, SELF, &SELF->object, object);
    return KR_NONE;
}

KrValue kr_super_here(KrVm *vm) {
    KrValue type, object;
    if (!kr_super_context(vm, &type, &object)) return KR_ERROR;
    bool bound = !kr_is_none(object);
    const KrType *object_type = bound ? check(vm, kr_as_type(type), object) : NULL;
    KrValue self = object_type || !bound ? super_alloc(vm, &kr_super_type) : KR_ERROR;
    if (kr_is_error(self)) return self;
    SELF->type = kr_as_type(type);
    SELF->object_type = object_type;
    SELF->object = bound ? object : KR_UNSET;
    return self;
}

// What the classes behind have under the name, as it stands there; KR_UNSET: nothing.
static KrValue find_behind(KrVm *vm, KrValue self, KrValue name) {
    const KrType *start = SELF->object_type;
    if (!start || kr_same(name, KR_N(__class__))) return KR_UNSET;
    KrValue mro = kr_type_mro(vm, start), found = KR_UNSET;
    if (kr_is_error(mro)) return mro;
    size_t len = 0, i = 0;
    const KrValue *item = kr_is_tuple(mro) ? kr_tuple_items(mro, &len) : NULL;
    while (i < len && kr_as_type(item[i]) != SELF->type) i++;
    for (i++; i < len && kr_is_unset(found); i++) found = kr_type_own(vm, kr_as_type(item[i]), name);
    return found;
}

static bool is_bound_to_class(KrValue self) { return kr_same(SELF->object, kr_type_value(SELF->object_type)); }

static KrValue super_getattr(KrVm *vm, KrValue self, KrValue name) {
    KrValue found = find_behind(vm, self, name);
    if (kr_is_unset(found)) return kr_generic_getattr(vm, self, name);
    if (kr_is_error(found)) return found;
    return kr_descr_get(vm, found, is_bound_to_class(self) ? KR_UNSET : SELF->object, SELF->object_type);
}

bool kr_super_method(KrVm *vm, KrValue self, KrValue name, KrValue *function, KrValue *object) {
    *function = find_behind(vm, self, name);
    *object = SELF->object;
    return kr_is_ptr(*function) && kr_type_of(*function)->flags & KR_TYPE_DESCR_METHOD && !is_bound_to_class(self);
}

static KrValue super_get(KrVm *vm, KrValue self, KrValue object, const KrType *type) {
    (void)type;
    if (kr_is_unset(object) || kr_is_none(object) || !kr_is_unset(SELF->object) || !SELF->type) return self;
    KrValue arg[2] = { kr_type_value(SELF->type), object };
    return kr_call(vm, kr_type_value(kr_type_of(self)), 2, arg);
}

static KrValue super_repr(KrVm *vm, KrValue self) {
    const char *name = SELF->type ? kr_type_name(SELF->type) : "NULL";
    if (SELF->object_type) return kr_format(vm, "<super: <class '%s'>, <%N object>>", name, SELF->object_type);
    return kr_format(vm, "<super: <class '%s'>, NULL>", name);
}

static KrValue get_type(KrVm *vm, KrValue self) { return (void)vm, SELF->type ? kr_type_value(SELF->type) : KR_NONE; }
static KrValue get_object(KrVm *vm, KrValue self) { return (void)vm, kr_is_unset(SELF->object) ? KR_NONE : SELF->object; }
static KrValue get_object_type(KrVm *vm, KrValue self) { return (void)vm, SELF->object_type ? kr_type_value(SELF->object_type) : KR_NONE; }

static const KrGetSet super_attributes[] = {
    { "__thisclass__", get_type, kr_read_only, KR_DOC("the class invoking super()") },
    { "__self__", get_object, kr_read_only, KR_DOC("the instance invoking super(); may be None") },
    { "__self_class__", get_object_type, kr_read_only, KR_DOC("the type of the instance invoking super(); may be None") },
    { 0 },
};
static const KrMethod super_make = { "super(*args, **kwargs)", super_init,
                                     KR_DOC("Give access to the methods of the next classes in the order."), 0 };

const KrType kr_super_type = {
    KR_TYPE_HEAD(kr_super_type),
    .name = "super",
    .size = sizeof(Super),
    .flags = KR_TYPE_BASE,
    .alloc = super_alloc,
    .init = &super_make,
    .doc = KR_DOC("super() -> same as super(__class__, <first argument>)\nsuper(type) -> unbound super object\n"
                  "super(type, obj) -> bound super object; requires isinstance(obj, type)\n"
                  "super(type, type2) -> bound super object; requires issubclass(type2, type)"),
    .trace = super_trace,
    .getattr = super_getattr,
    .descr_get = super_get,
    .repr = super_repr,
    .attributes = super_attributes,
};
