// command_help.c - what --help and its kin print.
// SPDX-License-Identifier: MIT
#include <stdio.h>

#include "linux/command_line.h"

static const char call[] = "usage: %s [option] ... [-c cmd | -m mod | file | -] [arg] ...\n";
static const char deps[] = "       %s deps file ...   what programs import, and where it comes from\n";

static const char compile[] = "       %s compile ...     Python files to code files: see compile --help\n";
static const char remote[] = "       %s remote ...      talk to a board, or to another Krait: see remote --help\n";

static const char options[] = "Options (and the environment variables that do the same):\n"
                              "-b             : warn about str(bytes) and comparing bytes with str or int\n"
                              "                 (-bb: raise an exception)\n"
                              "-B             : sys.dont_write_bytecode (PYTHONDONTWRITEBYTECODE=x)\n"
                              "-c cmd         : program passed in as a string; ends the options\n"
                              "-d             : sys.flags.debug (PYTHONDEBUG=x)\n"
                              "-E             : ignore PYTHON* and KRAITPATH in the environment\n"
                              "-h, --help     : this text\n"
                              "-i             : prompt after running the program, even if standard input is\n"
                              "                 no terminal (PYTHONINSPECT=x)\n"
                              "-I             : isolated: implies -E, -P and -s\n"
                              "-m mod         : run a module as a program; ends the options\n"
                              "-O             : leave out assert statements, __debug__ is False\n"
                              "                 (PYTHONOPTIMIZE=x)\n"
                              "-OO            : -O, and leave out docstrings\n"
                              "-P             : do not put an unsafe path first in sys.path (PYTHONSAFEPATH)\n"
                              "-q             : no version and copyright before the prompt\n"
                              "-s             : sys.flags.no_user_site (PYTHONNOUSERSITE=x)\n"
                              "-S             : without exit, help and the like in the builtins\n"
                              "-u             : output without a buffer (PYTHONUNBUFFERED=x)\n"
                              "-v             : say what is imported, and where from (PYTHONVERBOSE=x)\n"
                              "-V, --version  : print the version and exit\n"
                              "-W arg         : warnings: action:message:category:module:lineno\n"
                              "                 (PYTHONWARNINGS=arg,arg)\n"
                              "-x             : skip the first line of the source\n"
                              "-X opt         : see --help-xoptions\n"
                              "--heap BYTES   : cap on the heap (k, M, G behind the number)\n"
                              "--steps N      : step budget: a step is a call or a jump backwards\n"
                              "--deadline S   : seconds of run time\n"
                              "--board NAME   : the board of module machine: linux, sim, or a file that describes\n"
                              "                 a simulated one (KRAIT_BOARD=NAME); default: what is found\n"
                              "--clock CLOCK  : system; or virtual, or virtual:2026-01-01T00:00:00: time jumps\n"
                              "                 when all threads wait (KRAIT_CLOCK=CLOCK)\n"
                              "--stdlib WHERE : what Krait lacks of the standard library comes from an installed\n"
                              "                 CPython's: auto finds one, or its folder (KRAIT_STDLIB=WHERE);\n"
                              "                 --no-stdlib or none: not\n"
                              "--serial DEV[:BAUD]: the prompt on a serial line (115200 baud, 8N1), as boards have\n"
                              "                 it; - is standard input and output; runs boot.py and main.py\n"
                              "--listen [HOST:]PORT: the same over TCP, for one client at a time; without HOST\n"
                              "                 on 127.0.0.1; on other addresses only with TLS\n"
                              "--cert FILE, --key FILE: certificate and key for TLS (PEM)\n"
                              "--token-file FILE: what clients have to know; made where it does not exist\n"
                              "                 (~/.krait_token)\n"
                              "--no-token     : whoever can reach the port may do anything\n"
                              "--root DIR     : the folder in which --serial and --listen work\n"
                              "--help-env     : about environment variables\n"
                              "--help-xoptions: about -X\n"
                              "--help-all     : all of this\n"
                              "Arguments:\n"
                              "file           : program read from a file, or from __main__.py of a folder\n"
                              "-              : program read from standard input (a prompt, if it is a terminal)\n"
                              "arg ...        : sys.argv[1:]\n";

static const char environment[] = "Environment variables:\n"
                                  "KRAITPATH       : folders, separated by ':', put before those of PYTHONPATH\n"
                                  "PYTHONPATH      : folders, separated by ':', to import from\n"
                                  "PYTHONSTARTUP   : file run before the prompt\n"
                                  "PYTHONIOENCODING: [encoding][:errors] of stdin and stdout\n"
                                  "PYTHONINTMAXSTRDIGITS: limit on the digits of ints as text (0: none)\n"
                                  "PYTHONHASHSEED  : accepted; hashes are the same in every run\n"
                                  "PYTHON_BASIC_REPL: a prompt without line editing\n"
                                  "PYTHON_COLORS   : 0: no colours at the prompt\n"
                                  "NO_COLOR        : set: no colours at the prompt\n"
                                  "KRAIT_HISTORY   : file of what was typed, instead of ~/.krait_history\n"
                                  "KRAIT_HOSTS     : file to read instead of /etc/hosts\n"
                                  "KRAIT_RESOLV_CONF: file to read instead of /etc/resolv.conf; its servers may have ports\n"
                                  "Those of options: see --help\n";

static const char x_options[] = "Options of -X:\n"
                                "-X dev         : development mode: warnings are shown (PYTHONDEVMODE=x)\n"
                                "-X importtime  : how long each import took, in microseconds (PYTHONPROFILEIMPORTTIME=x)\n"
                                "-X int_max_str_digits=N: limit on the digits of ints as text, 0 for none\n"
                                "-X no_debug_ranges: tracebacks without marks below the lines (PYTHONNODEBUGRANGES=x)\n"
                                "-X utf8        : what is no UTF-8 on stdin and stdout passes through (PYTHONUTF8=1)\n"
                                "-X warn_default_encoding: sys.flags.warn_default_encoding\n"
                                "Others are kept in sys._xoptions.\n";

void kr_command_usage(const char *program) {
    fprintf(stderr, call, program);
    fputs("Try `krait -h' for more information.\n", stderr);
}

void kr_command_show(KrShow what, const char *program) {
    if (what == KR_SHOW_VERSION) puts("Krait 0.1 (Python 3.13)");
    if (what == KR_SHOW_HELP || what == KR_SHOW_HELP_ALL)
        printf(call, program), printf(deps, program), printf(compile, program), printf(remote, program), fputs(options, stdout);
    if (what == KR_SHOW_HELP_ENV || what == KR_SHOW_HELP_ALL) fputs(environment, stdout);
    if (what == KR_SHOW_HELP_X || what == KR_SHOW_HELP_ALL) fputs(x_options, stdout);
}
