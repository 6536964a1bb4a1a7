// source.c - program text: decoding by byte order mark and cookie, and small functions of builtins that work on text.
// SPDX-License-Identifier: MIT
#include "base/utf8.h"
#include "object/exception.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/str.h"
#include "object/list.h"
#include "object/tuple.h"
#include "port.h"
#include "vm/access.h"
#include "object/vm_state.h"
#include "vm/builtins.h"

// A text that cannot be read. CPython gives those that programs compile a place without a line, and those it runs none at all.
static KrValue raise_encoding(KrVm *vm, KrValue message, KrValue filename, bool script) {
    if (kr_is_error(message)) return message;
    if (script) return kr_raise_args(vm, &kr_syntax_error, kr_tuple(vm, 1, &message));
    KrValue where[4] = { filename, kr_int_box(0), kr_int_box(-1), KR_NONE }, place = kr_tuple(vm, 4, where);
    return kr_is_error(place) ? place : kr_raise_args(vm, &kr_syntax_error, kr_tuple2(vm, message, place));
}

static int32_t line_of(const char *bytes, size_t at) {
    int32_t line = 1;
    for (size_t i = 0; i < at; i++) line += bytes[i] == '\n' || (bytes[i] == '\r' && bytes[i + 1] != '\n');
    return line;
}

static KrValue raise_null_byte(KrVm *vm, const char *bytes, size_t at, KrValue filename) {
    size_t start = at;
    while (start > 0 && bytes[start - 1] != '\n' && bytes[start - 1] != '\r') start--;
    KrValue text = kr_decode(vm, (const uint8_t *)bytes + start, at - start, "utf-8", "replace");
    KrValue where[4] = { filename, kr_int_box(line_of(bytes, at)), kr_int_box(0), text }, place = kr_tuple(vm, 4, where);
    KrValue message = kr_str_c(vm, "source code cannot contain null bytes");
    if (kr_is_error(text) || kr_is_error(place) || kr_is_error(message)) return KR_ERROR;
    return kr_raise_args(vm, &kr_syntax_error, kr_tuple2(vm, message, place));
}

// In a program's main file, which has to say what it is encoded in.
static KrValue raise_no_encoding(KrVm *vm, const char *bytes, size_t len, KrValue filename) {
    KrUtf8Scan scan;
    kr_utf8_scan(bytes, len, false, &scan);
    static const char hex[] = "0123456789abcdef";
    unsigned byte = (unsigned char)bytes[scan.start];
    char shown[] = { '\\', 'x', hex[byte >> 4], hex[byte & 15], 0 };
    KrValue message = kr_format(vm,
                                "Non-UTF-8 code starting with '%s' in file %S on line %d, but no encoding declared; "
                                "see https://peps.python.org/pep-0263/ for details",
                                shown, filename, line_of(bytes, scan.start));
    return raise_encoding(vm, message, filename, true);
}

KrValue kr_source_decode(KrVm *vm, const char *bytes, size_t len, KrValue filename, bool script) {
    char name[KR_ENCODING_NAME_MAX];
    bool declared;
    const char *null = script ? memchr(bytes, 0, len) : NULL;
    size_t mark = kr_source_encoding(bytes, len, name, &declared);
    bool utf8 = strcmp(name, "utf-8") == 0 || strcmp(name, "utf-8-sig") == 0;
    if (null) {
        KrUtf8Scan scan;
        if (utf8 && !declared && !kr_utf8_scan(bytes, (size_t)(null - bytes), false, &scan))
            return raise_no_encoding(vm, bytes, len, filename);
        return raise_null_byte(vm, bytes, (size_t)(null - bytes), filename);
    }
    if (!utf8 && mark) return raise_encoding(vm, kr_format(vm, "encoding problem: %s with BOM", name), filename, script);
    KrValue text = kr_decode(vm, (const uint8_t *)bytes + mark, len - mark, name, NULL);
    if (!kr_is_error(text) || !(kr_raised_is(vm, &kr_unicode_decode_error) || kr_raised_is(vm, &kr_lookup_error))) return text;
    bool unknown = kr_raised_is(vm, &kr_lookup_error);
    KrValue e = kr_take_raised(vm);
    if (utf8 && script && !declared) return raise_no_encoding(vm, bytes, len, filename);
    if (utf8) return kr_decode(vm, (const uint8_t *)bytes + mark, len - mark, name, "surrogateescape"); // the parser says where
    KrValue message = script    ? kr_format(vm, "encoding problem: %s", name)
                      : unknown ? kr_format(vm, "unknown encoding: %s", name)
                                : kr_to_str(vm, e);
    return raise_encoding(vm, message, filename, script);
}

// What cannot be decoded is shown as U+FFFD.
KrValue kr_file_line(KrVm *vm, KrValue filename, int32_t line) {
    char name[KR_ENCODING_NAME_MAX], *data;
    size_t len, start, end;
    if (!kr_is_str(filename) || !kr_may(vm, KR_ACCESS_FILES_READ) || kr_port_path_kind(kr_str_text(filename, NULL)) != KR_PATH_FILE ||
        kr_port_read_file(kr_str_text(filename, NULL), &data, &len) != 0)
        return KR_NONE;
    bool declared;
    size_t mark = kr_source_encoding(data, len, name, &declared);
    KrValue text = KR_NONE;
    if (kr_text_line(data + mark, len - mark, line, &start, &end) && mark + start < len) {
        text = kr_decode(vm, (const uint8_t *)data + mark + start, end - start, name, "replace");
        if (!kr_is_error(text) && mark + end < len) text = kr_format(vm, "%S\n", text);
    }
    kr_port_free(data);
    return text;
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
    if (kr_is_str(vm->typed_name) && kr_str_equal(vm->typed_name, filename)) return vm->typed_text;
    if (kr_is_unset(vm->typed)) return KR_UNSET;
    const KrValue *item = kr_list_items(vm->typed, &count);
    for (; count >= 2; count -= 2)
        if (kr_str_equal(item[count - 2], filename)) return item[count - 1];
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
