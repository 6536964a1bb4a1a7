// code_file.h - compiled code as bytes: what import reads from .krc files and from the modules frozen into a binary.
//
// The format is the same for all targets: docs/code-files.md. Numbers are little-endian; instructions, handlers and line tables stand in
// a file as they stand in memory, 4-aligned, so that code in flash runs where it is.
// SPDX-License-Identifier: MIT
#ifndef KR_CODE_CODE_FILE_H
#define KR_CODE_CODE_FILE_H

#include "code/code.h"

enum {
    KR_CODE_FILE_VERSION = 1,
    KR_CODE_FILE_HEADER = 24,   // bytes
    KR_CODE_FILE_NESTING = 200, // functions in functions, tuples in tuples
    KR_CODE_FILE_MAX = 1 << 30, // bytes
};

#define KR_CODE_FILE_MAGIC "KRC\x1A"

// Tags of constants.
enum {
    KR_TAG_NONE = 'N',
    KR_TAG_TRUE = 'T',
    KR_TAG_FALSE = 'F',
    KR_TAG_ELLIPSIS = '.',
    KR_TAG_INT = 'i',
    KR_TAG_BIG_INT = 'I',
    KR_TAG_FLOAT = 'f',
    KR_TAG_COMPLEX = 'c',
    KR_TAG_STR = 's',
    KR_TAG_BYTES = 'b',
    KR_TAG_TUPLE = '(',
    KR_TAG_FROZENSET = '<',
    KR_TAG_CODE = 'C',
};

enum { KR_SAVE_NO_LINES = 1 }; // leave out the line tables: tracebacks name the first line of each function
enum {
    KR_LOAD_PERMANENT = 1, // the data is 4-aligned and stays as it is for as long as the VM lives: it is used in place
    KR_LOAD_TRUSTED = 2,   // part of the program: neither the checksum nor the code is looked at
};

uint32_t kr_code_set_hash(void);                                            // of opcode.def: names and operands of all instructions
KrValue kr_code_save(KrVm *vm, const KrCode *code, unsigned how) KR_RAISES; // a bytes object
KrCode *kr_code_load(KrVm *vm, const void *data, size_t len, unsigned how) KR_RAISES; // NULL: ImportError says what is wrong with the file
// The file without its tables (instructions and what is read beside them), which stand in *tables, those of all code objects: where memory is scarce
// but flash is not, they are used in place and the rest is packed.
KrValue kr_code_save_apart(KrVm *vm, const KrCode *code, unsigned how, KrValue *tables) KR_RAISES;
KrCode *kr_code_load_apart(KrVm *vm, const void *data, size_t len, const uint8_t *tables) KR_RAISES; // permanent ones; all are trusted
bool kr_code_is_file(const void *data, size_t len);                                                  // does it begin as a code file does?

#endif
