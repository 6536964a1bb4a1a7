// re_object.h - what the files of the re module share: subjects, matches, replacement texts.
// SPDX-License-Identifier: MIT
#ifndef KR_RE_OBJECT_H
#define KR_RE_OBJECT_H

#include "object/text.h"
#include "re_program.h"

typedef struct {
    KrObject head;
    KrValue pattern, string; // string: the subject as it was given
    size_t pos, endpos;      // in characters
    size_t last;             // number of the last group closed; 0: none
    size_t reg[];            // the ends of the groups, in bytes; 2 * (groups + 1)
} KrReMatch;

// Looks at string[pos:endpos]. *from: pos in bytes.
bool kr_re_open(KrVm *vm, const KrRePattern *p, KrValue string, KrValue pos, KrValue endpos, KrReSubject *s, size_t *from) KR_RAISES;
void kr_re_close(KrVm *vm, KrReSubject *s);
KrValue kr_re_slice(KrVm *vm, const KrReSubject *s, size_t from, size_t to) KR_RAISES; // bytes positions; a str or bytes
KrValue kr_re_new_match(KrVm *vm, const KrRePattern *p, const KrReSubject *s, size_t from, const size_t *reg) KR_RAISES;
KrValue kr_re_group(KrVm *vm, const KrReMatch *m, uint32_t group, KrValue absent) KR_RAISES; // its text; absent: if it did not match

// A replacement text: literals and group numbers take turns, a literal first, in a tuple. Kept with the pattern for the next time.
KrValue kr_re_template(KrVm *vm, KrValue module, KrRePattern *p, KrValue text) KR_RAISES;
// Adds what the pieces give for a match. An absent group is empty.
bool kr_re_expand(KrVm *vm, KrText *out, KrValue pieces, const KrReSubject *s, const size_t *reg) KR_RAISES;

KrValue kr_re_sub(KrVm *vm, KrRePattern *p, const KrValue *arg, bool count) KR_RAISES; // sub and subn
KrValue kr_re_module(KrVm *vm) KR_RAISES;                                              // where `error` is an attribute

enum { KR_RE_FEW = 32 };                                                        // registers that most patterns do with
size_t *kr_re_registers(KrVm *vm, const KrRePattern *p, size_t few[KR_RE_FEW]); // NULL: raised

#endif
