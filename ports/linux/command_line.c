// command_line.c - options as CPython 3.13 has them, limits of Krait's own, and the environment variables that go with them.
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include "linux/command_line.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

// ---- The environment -----------------------------------------------------------------------------------------------------------

const char *kr_command_env(const KrCommandLine *c, const char *name) {
    const char *value = c->flags.ignore_environment ? NULL : getenv(name);
    return value && *value ? value : NULL;
}

// What raises a flag at least to a number: "2" to 2; other texts, and those below zero, to 1.
static void raise_flag(uint8_t *flag, const char *text) {
    unsigned n = 0;
    while (*text >= '0' && *text <= '9' && n < 255) n = n * 10 + (unsigned)(*text++ - '0');
    if (*text || n > 255) n = 1;
    if (*flag < n) *flag = (uint8_t)n;
}

typedef struct {
    const char *name;
    size_t flag, text; // offsets in KrCommandLine; 0: none of this kind
    bool number;       // the flag takes a number; otherwise it is 1 when the variable is not empty
} Variable;

#define FLAG(name) offsetof(KrCommandLine, flags.name)
#define TEXT(name) offsetof(KrCommandLine, name)
static const Variable variables[] = {
    { "KRAITPATH", 0, TEXT(path_env[0]), false },
    { "KRAIT_BOARD", 0, TEXT(board), false },
    { "KRAIT_CLOCK", 0, TEXT(clock), false },
    { "KRAIT_STDLIB", 0, TEXT(stdlib), false },
    { "PYTHONDEBUG", FLAG(debug), 0, true },
    { "PYTHONDEVMODE", FLAG(dev_mode), 0, false },
    { "PYTHONDONTWRITEBYTECODE", FLAG(dont_write_bytecode), 0, true },
    { "PYTHONINSPECT", FLAG(inspect), 0, false },
    { "PYTHONINTMAXSTRDIGITS", 0, TEXT(max_digits), false },
    { "PYTHONNOUSERSITE", FLAG(no_user_site), 0, false },
    { "PYTHONOPTIMIZE", FLAG(optimize), 0, true },
    { "PYTHONPATH", 0, TEXT(path_env[1]), false },
    { "PYTHONSAFEPATH", FLAG(safe_path), 0, false },
    { "PYTHONSTARTUP", 0, TEXT(startup), false },
    { "PYTHONUNBUFFERED", FLAG(unbuffered), 0, true },
    { "PYTHONVERBOSE", FLAG(verbose), 0, true },
    { "PYTHONWARNDEFAULTENCODING", FLAG(warn_default_encoding), 0, false },
    { "PYTHONWARNINGS", 0, TEXT(warnings_env), false },
    { "PYTHONIOENCODING", 0, TEXT(io_encoding), false },
    { "PYTHONUTF8", 0, TEXT(utf8_env), false },
    { "PYTHONNODEBUGRANGES", FLAG(no_debug_ranges), 0, false },
    { "PYTHONPROFILEIMPORTTIME", FLAG(import_time), 0, false },
};

static void take_variable(KrCommandLine *c, const Variable *v, const char *value) {
    char *base = (char *)c;
    if (v->text) *(const char **)(void *)(base + v->text) = value;
    else if (v->number) raise_flag((uint8_t *)base + v->flag, value);
    else *((uint8_t *)base + v->flag) = 1;
}

// The value of an entry with this name; NULL: it has another. By hand: the C library's functions would have to be looked up at start.
static const char *value_of(const char *entry, const char *name) {
    while (*name && *entry == *name) entry++, name++;
    return !*name && *entry == '=' && entry[1] ? entry + 1 : NULL;
}

// One pass over the environment: most of it is nobody's business.
static void read_environment(KrCommandLine *c) {
    for (char **e = environ; e && *e; e++) {
        const char *s = *e;
        if (!(s[0] == 'P' && s[1] == 'Y') && !(s[0] == 'K' && s[1] == 'R')) continue;
        for (size_t i = 0; i < KR_COUNT_OF(variables); i++) {
            const char *value = value_of(s, variables[i].name);
            if (value) take_variable(c, &variables[i], value);
        }
    }
    if (c->max_digits) c->max_digits_of = "PYTHONINTMAXSTRDIGITS";
}

// Krait's hashes are the same in every run: a seed is not needed, but a wrong one is wrong.
static bool check_hash_seed(const KrCommandLine *c) {
    const char *seed = kr_command_env(c, "PYTHONHASHSEED");
    char *end = NULL;
    if (!seed || strcmp(seed, "random") == 0) return true;
    unsigned long long n = *seed >= '0' && *seed <= '9' ? strtoull(seed, &end, 10) : 0;
    if (end && !*end && n <= UINT32_MAX) return true;
    fputs("Fatal Python error: config_init_hash_seed: PYTHONHASHSEED must be \"random\" or an integer in range [0; 4294967295]\n", stderr);
    return false;
}

static bool check_max_digits(const KrCommandLine *c) {
    char *end = NULL;
    if (!c->max_digits) return true;
    long n = *c->max_digits ? strtol(c->max_digits, &end, 10) : -1;
    if (end && !*end && (n == 0 || (n >= 640 && n <= INT32_MAX))) return true;
    fprintf(stderr, "Fatal Python error: config_init_int_max_str_digits: %s: invalid limit; must be >= 640 or 0 for unlimited.\n",
            c->max_digits_of);
    return false;
}

static bool is_switch(const char *text) { return (*text == '0' || *text == '1') && !text[1]; }

static bool check_switches(const KrCommandLine *c) {
    const char *wrong = NULL, *frozen = c->frozen_option;
    if (c->utf8_option && !is_switch(c->utf8_option)) wrong = "preconfig_init_utf8_mode: invalid -X utf8 option value";
    else if (!c->utf8_option && c->utf8_env && !is_switch(c->utf8_env))
        wrong = "preconfig_init_utf8_mode: invalid PYTHONUTF8 environment variable value";
    else if (frozen && *frozen && strcmp(frozen, "on") != 0 && strcmp(frozen, "off") != 0)
        wrong = "bad value for option -X frozen_modules (expected \"on\" or \"off\")";
    if (wrong) fprintf(stderr, "Fatal Python error: %s\n", wrong);
    return !wrong;
}

// Where nobody asked for an encoding (the locales C and POSIX, and -X utf8), bytes that are no UTF-8 pass through as they are.
static const char *errors_of_streams(const KrCommandLine *c) {
    static const char *const plain[] = { "C", "POSIX", "C.UTF-8", "C.utf8", "UTF-8" };
    const char *colon = c->io_encoding ? strchr(c->io_encoding, ':') : NULL, *switched = c->utf8_option ? c->utf8_option : c->utf8_env;
    if (colon && colon[1]) return colon + 1;
    if (c->io_encoding && *c->io_encoding != ':') return NULL;
    if (switched && *switched == '1') return "surrogateescape";
    const char *locale = getenv("LC_ALL");
    if (!locale || !*locale) locale = getenv("LC_CTYPE");
    if (!locale || !*locale) locale = getenv("LANG");
    if (!locale || !*locale) return "surrogateescape";
    for (size_t i = 0; i < KR_COUNT_OF(plain); i++)
        if (strcmp(locale, plain[i]) == 0) return "surrogateescape";
    return NULL;
}

// The encoding that PYTHONIOENCODING begins with; what no encoding's name is as long as is cut off, and found by nobody.
static void take_stream_encoding(KrCommandLine *c) {
    size_t len = c->io_encoding ? strcspn(c->io_encoding, ":") : 0, most = sizeof c->flags.stream_encoding - 1;
    if (len) memcpy(c->flags.stream_encoding, c->io_encoding, len < most ? len : most);
}

// ---- Limits --------------------------------------------------------------------------------------------------------------------

// A number above zero, with a unit behind it where `units` are allowed; false: it is none, or more than `most`.
static bool number_argument(const char *text, bool units, double most, double *out) {
    char *end;
    double n = strtod(text, &end);
    if (end == text) return false;
    if (units && *end && strchr("kKMG", *end)) n *= *end == 'M' ? 1048576.0 : *end == 'G' ? 1073741824.0 : 1024.0, end++;
    *out = n;
    return !*end && n > 0 && n <= most;
}

static bool wrong(const char *program, const char *format, const char *what) {
    fprintf(stderr, format, what);
    kr_command_usage(program);
    return false;
}

// What stands behind an option of this name, after = or as the next argument. False: it is another option, or *value is NULL and nothing does.
static bool option_value(const char *name, int argc, char **argv, int *i, const char **value) {
    size_t len = strlen(name);
    const char *s = argv[*i];
    if (strncmp(s, name, len) != 0 || (s[len] && s[len] != '=')) return false;
    *value = NULL;
    if (s[len] == '=') *value = s + len + 1;
    else if (*i + 1 < argc) *value = argv[++*i];
    return true;
}

// --heap, --steps and --deadline; *known: it was one of them.
static bool limit_option(KrCommandLine *c, int argc, char **argv, int *i, bool *known) {
    static const char *const names[] = { "--heap", "--steps", "--deadline" };
    for (int n = 0; n < 3; n++) {
        const char *value;
        double number;
        if (!option_value(names[n], argc, argv, i, &value)) continue;
        *known = true;
        if (!value) return wrong(argv[0], "Argument expected for the %s option\n", names[n]);
        if (!number_argument(value, n == 0, n == 2 ? 1e9 : 9e18, &number) || (n == 1 && number != (double)(uint64_t)number))
            return wrong(argv[0],
                         n ? "%s: not a number above zero that fits\n"
                           : "%s: not a number above zero that fits, with k, M or G behind it or not\n",
                         value);
        if (n == 0) c->vm.heap_cap = (size_t)number;
        if (n == 1) c->vm.steps = (uint64_t)number;
        if (n == 2) c->vm.deadline = number;
    }
    return true;
}

// ---- Options -------------------------------------------------------------------------------------------------------------------

static bool add_text(KrTexts *t, const char *text) {
    if (!(t->count & (t->count - 1))) { // room is always a power of two
        const char **larger = realloc(t->item, (t->count ? t->count * 2 : 1) * sizeof *larger);
        if (!larger) return fputs("krait: not enough memory to start\n", stderr), false;
        t->item = larger;
    }
    t->item[t->count++] = text;
    return true;
}

static bool x_option(KrCommandLine *c, const char *text) {
    const char *equals = strchr(text, '=');
    size_t len = equals ? (size_t)(equals - text) : strlen(text);
    if (len == 3 && memcmp(text, "dev", 3) == 0) c->flags.dev_mode = 1;
    if (len == 21 && memcmp(text, "warn_default_encoding", 21) == 0) c->flags.warn_default_encoding = 1;
    if (len == 18 && memcmp(text, "int_max_str_digits", 18) == 0)
        c->max_digits = equals ? equals + 1 : "", c->max_digits_of = "-X int_max_str_digits";
    if (len == 15 && memcmp(text, "no_debug_ranges", 15) == 0) c->flags.no_debug_ranges = 1;
    if (len == 10 && memcmp(text, "importtime", 10) == 0) c->flags.import_time = 1;
    if (len == 4 && memcmp(text, "utf8", 4) == 0) c->utf8_option = equals ? equals + 1 : "1";
    if (len == 14 && memcmp(text, "frozen_modules", 14) == 0) c->frozen_option = equals ? equals + 1 : "";
    return add_text(&c->x_options, text);
}

// A letter without a value; false: there is no such option.
static bool letter(KrCommandLine *c, char which) {
    KrFlags *f = &c->flags;
    uint8_t *count = which == 'b'   ? &f->bytes_warning
                     : which == 'B' ? &f->dont_write_bytecode
                     : which == 'd' ? &f->debug
                     : which == 'O' ? &f->optimize
                     : which == 'P' ? &f->safe_path
                     : which == 'q' ? &f->quiet
                     : which == 's' ? &f->no_user_site
                     : which == 'S' ? &f->no_site
                     : which == 'u' ? &f->unbuffered
                     : which == 'v' ? &f->verbose
                                    : NULL;
    bool is_flag = which == 'P' || which == 's' || which == 'S' || which == 'B';
    if (count) return *count = (uint8_t)(is_flag ? 1 : *count < 255 ? *count + 1 : 255), true;
    switch (which) {
    case 'i': f->inspect = f->interactive = 1; return true;
    case 'E': return true; // seen before the environment was read
    case 'I': return true;
    case 'x': c->skip_first_line = true; return true;
    case 'R':
    case 't': return true; // as in CPython: nothing to do
    case 'V': c->show = KR_SHOW_VERSION; return true;
    case '?':
    case 'h': c->show = KR_SHOW_HELP; return true;
    default: return false;
    }
}

// Where the console is; *known: it was such an option.
static bool console_option(KrCommandLine *c, int argc, char **argv, int *i, bool *known) {
    static const struct {
        const char *name;
        size_t text;
    } option[] = { { "--serial", TEXT(serial) }, { "--listen", TEXT(listen) }, { "--root", TEXT(root) },
                   { "--cert", TEXT(cert) },     { "--key", TEXT(key) },       { "--token-file", TEXT(token_file) } };
    *known = strcmp(argv[*i], "--no-token") == 0;
    c->no_token |= *known;
    for (size_t n = 0; n < KR_COUNT_OF(option) && !*known; n++) {
        const char *value;
        if (!option_value(option[n].name, argc, argv, i, &value)) continue;
        *known = true;
        if (!value || !*value) return wrong(argv[0], "Argument expected for the %s option\n", option[n].name);
        *(const char **)(void *)((char *)c + option[n].text) = value;
    }
    return true;
}

static bool check_console(const KrCommandLine *c, const char *program) {
    if (c->serial && c->listen) return wrong(program, "%s: one of --serial and --listen\n", program);
    if ((c->serial || c->listen) && (c->command || c->module || c->file))
        return wrong(program, "%s: --serial and --listen run boot.py and main.py, and no other program\n", program);
    if (c->root && !c->serial && !c->listen) return wrong(program, "%s: --root belongs to --serial or --listen\n", program);
    if ((c->cert || c->key || c->token_file || c->no_token) && !c->listen)
        return wrong(program, "%s: --cert, --key, --token-file and --no-token belong to --listen\n", program);
    return (!c->cert == !c->key) || wrong(program, "%s: --cert and --key belong together\n", program);
}

// --word; false: wrong.
static bool long_option(KrCommandLine *c, int argc, char **argv, int *i) {
    const char *s = argv[*i];
    bool known = false;
    if (!limit_option(c, argc, argv, i, &known)) return false;
    if (!known && !console_option(c, argc, argv, i, &known)) return false;
    if (known) return true;
    if (strcmp(s, "--no-stdlib") == 0) return c->stdlib = "none", true;
    if (option_value("--board", argc, argv, i, &c->board))
        return c->board || wrong(argv[0], "Argument expected for the %s option\n", "--board");
    if (option_value("--clock", argc, argv, i, &c->clock))
        return c->clock || wrong(argv[0], "Argument expected for the %s option\n", "--clock");
    if (option_value("--stdlib", argc, argv, i, &c->stdlib))
        return c->stdlib || wrong(argv[0], "Argument expected for the %s option\n", "--stdlib");
    if (strcmp(s, "--version") == 0) return c->show = KR_SHOW_VERSION, true;
    if (strcmp(s, "--help") == 0) return c->show = KR_SHOW_HELP, true;
    if (strcmp(s, "--help-env") == 0) return c->show = KR_SHOW_HELP_ENV, true;
    if (strcmp(s, "--help-xoptions") == 0) return c->show = KR_SHOW_HELP_X, true;
    if (strcmp(s, "--help-all") == 0) return c->show = KR_SHOW_HELP_ALL, true;
    if (strcmp(s, "--check-hash-based-pycs") != 0) return wrong(argv[0], "unknown option %s\n", s);
    if (*i + 1 >= argc) return wrong(argv[0], "Argument expected for the %s option\n", s); // code files of Krait's have no hash
    const char *when = argv[++*i];
    bool one = strcmp(when, "default") == 0 || strcmp(when, "always") == 0 || strcmp(when, "never") == 0;
    return one || wrong(argv[0], "%s must be one of 'default', 'always', or 'never'\n", s);
}

// An option with a value, which follows at once or as the next argument.
static bool valued(KrCommandLine *c, char which, const char *value) {
    switch (which) {
    case 'c': c->command = value; return true;
    case 'm': c->module = value; return true;
    case 'W': return add_text(&c->warn_options, value);
    default: return x_option(c, value);
    }
}

// One argument of letters, as -Ic or -Wignore; *end: what follows belongs to the program.
static bool letters(KrCommandLine *c, int argc, char **argv, int *i, bool *end) {
    char text[2] = { 0 };
    for (const char *p = argv[*i] + 1; *p; p++) {
        text[0] = *p;
        if (strchr("cmWX", *p)) {
            const char *value = p[1] ? p + 1 : *i + 1 < argc ? argv[++*i] : NULL;
            if (!value) return wrong(argv[0], "Argument expected for the -%s option\n", text);
            *end = *p == 'c' || *p == 'm';
            return valued(c, *p, value);
        }
        if (*p == 'J') return wrong(argv[0], "-%s is reserved for Jython\n", text);
        if (!letter(c, *p)) return wrong(argv[0], "Unknown option: -%s\n", text);
    }
    return true;
}

static bool parse(KrCommandLine *c, int argc, char **argv) {
    int i = 1;
    for (bool end = false; i < argc && !end; i++) {
        const char *s = argv[i];
        if (s[0] != '-' || !s[1]) break;
        if (strcmp(s, "--") == 0) {
            i++;
            break;
        }
        if (s[1] == '-' ? !long_option(c, argc, argv, &i) : !letters(c, argc, argv, &i, &end)) return false;
    }
    c->rest = i;
    if (!c->command && !c->module && i < argc) c->file = argv[c->rest++];
    if (c->file && strcmp(c->file, "deps") == 0 && access("deps", F_OK) != 0) c->module = "_deps", c->file = NULL;
    if (c->file && strcmp(c->file, "remote") == 0 && access("remote", F_OK) != 0) c->module = "_remote", c->file = NULL;
    if (c->file && strcmp(c->file, "compile") == 0 && access("compile", F_OK) != 0) c->module = "_compile", c->file = NULL;
    return check_console(c, argv[0]);
}

// -E and -I say whether the environment counts, wherever they stand among the options.
static void find_isolation(KrCommandLine *c, int argc, char **argv) {
    for (int i = 1; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
        if (strcmp(argv[i], "--") == 0) return;
        if (argv[i][1] == '-') {
            i += !strchr(argv[i], '=') && strncmp(argv[i], "--help", 6) != 0 && strcmp(argv[i], "--version") != 0 &&
                 strncmp(argv[i], "--no-", 5) != 0;
            continue;
        }
        for (const char *p = argv[i] + 1; *p; p++) {
            c->flags.ignore_environment |= *p == 'E' || *p == 'I';
            c->flags.isolated |= *p == 'I';
            if (*p == 'c' || *p == 'm') return;
            if (*p != 'W' && *p != 'X') continue;
            i += !p[1];
            break;
        }
    }
    if (c->flags.isolated) c->flags.no_user_site = c->flags.safe_path = 1;
}

// system, virtual or virtual:2026-01-01T12:30:00, where the time may be cut short.
static bool check_clock(KrCommandLine *c) {
    struct tm t = { .tm_year = 2026, .tm_mon = 1, .tm_mday = 1 };
    int end = 0;
    c->clock_start = -1;
    if (!c->clock || strcmp(c->clock, "system") == 0) return true;
    bool ok = strncmp(c->clock, "virtual", 7) == 0;
    const char *start = ok && c->clock[7] == ':' ? c->clock + 8 : NULL;
    if (start) {
        int fields = sscanf(start, "%4d-%2d-%2d%nT%2d:%2d%n:%2d%n", &t.tm_year, &t.tm_mon, &t.tm_mday, &end, &t.tm_hour, &t.tm_min, &end,
                            &t.tm_sec, &end);
        ok = (fields == 3 || fields == 5 || fields == 6) && !start[end] && t.tm_year >= 1970;
    } else ok = ok && !c->clock[7];
    t.tm_year -= 1900, t.tm_mon -= 1;
    struct tm asked = t;
    c->clock_start = ok ? timegm(&t) : -1;
    ok = ok && asked.tm_mday == t.tm_mday && asked.tm_mon == t.tm_mon && asked.tm_hour == t.tm_hour && asked.tm_min == t.tm_min &&
         asked.tm_sec == t.tm_sec;
    if (!ok) fprintf(stderr, "krait: clock must be system, virtual or virtual:2026-01-01T00:00:00, not %s\n", c->clock);
    return ok;
}

bool kr_command_line(KrCommandLine *c, int argc, char **argv, int *status) {
    *c = (KrCommandLine){ .rest = argc };
    find_isolation(c, argc, argv);
    if (c->flags.isolated) c->flags.no_user_site = c->flags.safe_path = 1;
    if (!c->flags.ignore_environment) read_environment(c);
    *status = 2;
    if (!parse(c, argc, argv)) return false;
    *status = 1;
    c->flags.stream_errors = errors_of_streams(c);
    take_stream_encoding(c);
    return c->show || (check_switches(c) && check_clock(c) && check_hash_seed(c) && check_max_digits(c));
}
