// source.c - program text: decoding by byte order mark and cookie, and small functions of builtins that work on text.
// SPDX-License-Identifier: MIT
#include "base/utf8.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/str.h"
#include "object/list.h"
#include "object/vm_state.h"
#include "vm/builtins.h"

KrValue kr_source_decode(KrVm *vm, const char *bytes, size_t len) {
    char name[KR_ENCODING_NAME_MAX];
    size_t mark = kr_source_encoding(bytes, len, name);
    if (strcmp(name, "utf-8") == 0 || strcmp(name, "utf-8-sig") == 0) { // the parser checks it, and reports where it is wrong
        KrValue text = kr_decode(vm, (const uint8_t *)bytes + mark, len - mark, "utf-8", NULL);
        if (!kr_is_error(text) || !kr_raised_is(vm, &kr_unicode_decode_error)) return text;
        KrValue e = kr_take_raised(vm);
        (void)e;
        return kr_raise(vm, &kr_syntax_error, "(unicode error) 'utf-8' codec can't decode the source");
    }
    if (mark) return kr_raise(vm, &kr_syntax_error, "encoding problem: %s with BOM", name);
    KrValue text = kr_decode(vm, (const uint8_t *)bytes + mark, len - mark, name, NULL);
    if (kr_is_error(text) && kr_raised_is(vm, &kr_lookup_error)) {
        (void)kr_take_raised(vm);
        return kr_raise(vm, &kr_syntax_error, "unknown encoding: %s", name);
    }
    return text;
}

// In a file: the byte that is no UTF-8, and its line.
KrValue kr_source_decode_file(KrVm *vm, const char *bytes, size_t len, KrValue filename) {
    char name[KR_ENCODING_NAME_MAX];
    KrUtf8Scan scan;
    size_t mark = kr_source_encoding(bytes, len, name), line = 1;
    if (strcmp(name, "utf-8") != 0 || kr_utf8_scan(bytes + mark, len - mark, false, &scan)) return kr_source_decode(vm, bytes, len);
    for (size_t i = 0; i < mark + scan.start; i++) line += bytes[i] == '\n';
    return kr_raise(vm, &kr_syntax_error,
                    "Non-UTF-8 code starting with '\\x%x' in file %S on line %u, but no encoding declared; see "
                    "https://peps.python.org/pep-0263/ for details",
                    (size_t)(uint8_t)bytes[mark + scan.start], filename, line);
}

// ---- Sources without a file ----------------------------------------------------------------------------------------------------

enum { KR_TYPED_MOST = KR_DEVICE ? 2 : 2000 }; // older ones are forgotten: their lines are not shown any more

// What came before goes to the list.
void kr_typed_keep(KrVm *vm, KrValue filename, KrValue text) {
    KrValue before[2] = { vm->typed_name, vm->typed_text }, zero = kr_int_box(0);
    size_t count;
    vm->typed_name = filename;
    vm->typed_text = text;
    if (kr_is_unset(before[0])) return;
    KrValue list = kr_is_unset(vm->typed) ? kr_list(vm, 0, NULL) : vm->typed;
    bool ok = !kr_is_error(list) && kr_list_append(vm, list, before[0]) && kr_list_append(vm, list, before[1]);
    if (ok) kr_list_items(list, &count);
    for (int i = 0; ok && count > 2 * KR_TYPED_MOST && i < 2; i++) ok = !kr_is_error(kr_call_method(vm, list, "pop", 1, &zero));
    vm->typed = ok ? list : KR_UNSET; // half a pair would shift all others
    if (!ok) (void)kr_take_raised(vm);
}

void kr_typed_forget(KrVm *vm) { vm->typed_name = vm->typed_text = KR_UNSET; }

KrValue kr_typed_source(KrVm *vm, KrValue filename) {
    size_t count;
    if (kr_same(vm->typed_name, filename)) return vm->typed_text;
    if (kr_is_unset(vm->typed)) return KR_UNSET;
    const KrValue *item = kr_list_items(vm->typed, &count);
    for (; count >= 2; count -= 2)
        if (kr_same(item[count - 2], filename)) return item[count - 1];
    return KR_UNSET;
}

KrValue kr_builtin_ord(KrVm *vm, KrValue self, const KrValue *arg) {
    size_t len;
    (void)self;
    if (kr_is_str(arg[0])) {
        const KrStrObject *s = kr_str_of(arg[0]);
        if (s->chars != 1)
            return kr_raise(vm, &kr_type_error, "ord() expected a character, but string of length %u found", (size_t)s->chars);
        len = 0;
        return kr_int_box((intptr_t)kr_utf8_next(kr_str_data(s), &len));
    }
    if (!kr_has_flag(arg[0], KR_TYPE_IS_BYTES | KR_TYPE_IS_BYTEARRAY))
        return kr_raise(vm, &kr_type_error, "ord() expected string of length 1, but %T found", arg[0]);
    const uint8_t *p = kr_bytes_data(arg[0], &len);
    if (len != 1) return kr_raise(vm, &kr_type_error, "ord() expected a character, but string of length %u found", len);
    return kr_int_box(p[0]);
}
