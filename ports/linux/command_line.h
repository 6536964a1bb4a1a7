// command_line.h - what the command line and the environment ask for.
// SPDX-License-Identifier: MIT
#ifndef KR_LINUX_COMMAND_LINE_H
#define KR_LINUX_COMMAND_LINE_H

#include "krait.h"
#include "object/vm_state.h"

typedef struct {
    const char **item; // the texts themselves belong to the command line or the environment
    size_t count;
} KrTexts;

typedef enum { KR_SHOW_NOTHING, KR_SHOW_HELP, KR_SHOW_HELP_ENV, KR_SHOW_HELP_X, KR_SHOW_HELP_ALL, KR_SHOW_VERSION } KrShow;

typedef struct {
    KrOptions vm;
    KrFlags flags;
    const char *command, *module, *file; // at most one; a file "-" is standard input
    int rest;                            // index of the first argument of the program
    KrShow show;
    bool skip_first_line;
    int status;                              // of a program that could not be started, which was said
    KrTexts warn_options, x_options;         // -W and -X, as given
    const char *warnings_env;                // PYTHONWARNINGS
    const char *path_env[2];                 // KRAITPATH, PYTHONPATH
    const char *startup;                     // PYTHONSTARTUP
    const char *stdlib;                      // --stdlib and KRAIT_STDLIB: "none", "auto" or a folder
    const char *board;                       // --board and KRAIT_BOARD: its name, or the file that describes a simulated one
    const char *clock;                       // --clock and KRAIT_CLOCK
    int64_t clock_start;                     // of the virtual clock, seconds since 1970; below zero: the system's clock
    const char *io_encoding, *utf8_env;      // PYTHONIOENCODING, PYTHONUTF8
    const char *utf8_option, *frozen_option; // -X
    const char *serial, *listen, *root;      // the console on a serial line, or over TCP, and the folder it is in
    const char *cert, *key, *token_file;     // of --listen
    bool no_token;
    const char *again;                      // how the console begins after a soft reset: "raw" or "friendly"; NULL: this is no reset
    const char *max_digits, *max_digits_of; // limit on digits of ints as text, and who asked for it; NULL: nobody
} KrCommandLine;

// False: it is wrong, which is said on standard error; the status is *status then.
bool kr_command_line(KrCommandLine *c, int argc, char **argv, int *status);
const char *kr_command_env(const KrCommandLine *c, const char *name); // NULL: not set, empty, or not to be looked at
void kr_command_show(KrShow what, const char *program);
void kr_command_usage(const char *program); // how to call it, on standard error

#endif
