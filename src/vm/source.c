// source.c - program text: decoding by byte order mark and cookie, and small functions of builtins that work on text.
// SPDX-License-Identifier: MIT
#include "base/utf8.h"
#include "object/exception.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/str.h"
#include "port.h"
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

// What cannot be decoded is shown as U+FFFD.
KrValue kr_file_line(KrVm *vm, KrValue filename, int32_t line) {
    char name[KR_ENCODING_NAME_MAX], *data;
    size_t len, start, end;
    if (!kr_is_str(filename) || kr_port_read_file(kr_str_text(filename, NULL), &data, &len) != 0) return KR_NONE;
    size_t mark = kr_source_encoding(data, len, name);
    KrValue text = KR_NONE;
    if (kr_source_line(data + mark, len - mark, line, &start, &end) && mark + start < len) {
        text = kr_decode(vm, (const uint8_t *)data + mark + start, end - start, name, "replace");
        if (!kr_is_error(text) && mark + end < len) text = kr_format(vm, "%S\n", text);
    }
    kr_port_free(data);
    return text;
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
