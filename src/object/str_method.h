// str_method.h - what the files of str's methods share.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_STR_METHOD_H
#define KR_OBJECT_STR_METHOD_H

#include "object/str.h"

// The argument must be a str: "find() argument 1 must be str, not int".
bool kr_str_need(KrVm *vm, KrValue v, const char *method, int number) KR_RAISES;
// The type's name as messages about arguments show it: None, not NoneType.
const char *kr_shown_type(KrValue v);
bool kr_is_c_text(KrVm *vm, KrValue text) KR_RAISES; // without null characters and lone surrogates?
bool kr_codec_argument(KrVm *vm, const char *function, const char *name,
                       KrValue v) KR_RAISES; // the name of a codec or of how to treat errors?
// start and stop of find, count, startswith, ...: None and UNSET are the ends, negative numbers count from the end. Not clipped against
// each other: *start may be beyond *stop.
bool kr_clip_range(KrVm *vm, KrValue start, KrValue stop, size_t len, size_t *from, size_t *to) KR_RAISES;
// An int argument: as kr_to_index, but OverflowError when out of range.
bool kr_arg_size(KrVm *vm, KrValue v, intptr_t *out) KR_RAISES;
bool kr_arg_int(KrVm *vm, KrValue v, int *out) KR_RAISES; // of C's int
// The count of a repetition, sequence * v: false with *foreign set when v is no integer, else raised.
bool kr_repeat_count(KrVm *vm, KrValue v, intptr_t *out, bool *foreign) KR_RAISES;

// Whether the other operand of + or * may know what to do: its type has the reflected method, and is not one of those builtin
// types whose answer is known to be no. If not, the sequence says what is wrong itself.
bool kr_may_reflect(KrVm *vm, KrValue other, KrValue name);
// sequence * v with a foreign v: KR_NOTIMPL or TypeError.
KrValue kr_repeat_foreign(KrVm *vm, KrValue v) KR_RAISES;

#define KR_STR_METHOD(name) KrValue kr_str_##name##_method(KrVm *vm, KrValue self, const KrValue *arg)
KR_STR_METHOD(capitalize);
KR_STR_METHOD(casefold);
KR_STR_METHOD(center);
KR_STR_METHOD(count);
KR_STR_METHOD(encode);
KR_STR_METHOD(endswith);
KR_STR_METHOD(expandtabs);
KR_STR_METHOD(find);
KR_STR_METHOD(format);
KR_STR_METHOD(format_map);
KR_STR_METHOD(index);
KR_STR_METHOD(isalnum);
KR_STR_METHOD(isalpha);
KR_STR_METHOD(isascii);
KR_STR_METHOD(isdecimal);
KR_STR_METHOD(isdigit);
KR_STR_METHOD(isidentifier);
KR_STR_METHOD(islower);
KR_STR_METHOD(isnumeric);
KR_STR_METHOD(isprintable);
KR_STR_METHOD(isspace);
KR_STR_METHOD(istitle);
KR_STR_METHOD(isupper);
KR_STR_METHOD(join);
KR_STR_METHOD(ljust);
KR_STR_METHOD(lower);
KR_STR_METHOD(lstrip);
KR_STR_METHOD(maketrans);
KR_STR_METHOD(partition);
KR_STR_METHOD(removeprefix);
KR_STR_METHOD(removesuffix);
KR_STR_METHOD(replace);
KR_STR_METHOD(rfind);
KR_STR_METHOD(rindex);
KR_STR_METHOD(rjust);
KR_STR_METHOD(rpartition);
KR_STR_METHOD(rsplit);
KR_STR_METHOD(rstrip);
KR_STR_METHOD(split);
KR_STR_METHOD(splitlines);
KR_STR_METHOD(startswith);
KR_STR_METHOD(strip);
KR_STR_METHOD(swapcase);
KR_STR_METHOD(title);
KR_STR_METHOD(translate);
KR_STR_METHOD(upper);
KR_STR_METHOD(zfill);

#endif
