// parser.h - text to tree: a recursive descent parser for all of Python 3.13's grammar.
// SPDX-License-Identifier: MIT
#ifndef KR_COMPILE_PARSER_H
#define KR_COMPILE_PARSER_H

#include "compile/arena.h"
#include "compile/ast.h"
#include "compile/syntax_error.h"

typedef enum KrParseMode { KR_PARSE_EXEC, KR_PARSE_EVAL, KR_PARSE_SINGLE } KrParseMode;

// A block that is read twice (parse_later.c): where it starts, for the second time.
struct KrLaterBody {
    uint32_t at, line_start;
    int32_t line;
    uint32_t size;         // bytes of text
    bool checked;          // by kr_scopes_check
    uint32_t indent_count; // of the lexer, in the block
    struct KrIndent *indent;
};

// Who gets the statements of such a block at the first time, one by one. Their trees are gone afterwards.
typedef struct KrLaterSink {
    void (*open)(void *ctx, KrNode *definition); // all but its block is there
    void (*statement)(void *ctx, KrNode *statement);
    void (*close)(void *ctx, KrNode *definition);
    void *ctx;
} KrLaterSink;

// Where a statement of a module begins.
typedef struct KrParserPlace {
    uint32_t at, line_start; // 0: the beginning of the text
    int32_t line;
    bool at_line_start;
} KrParserPlace;

typedef struct KrParserOptions {
    const char *source; // UTF-8; must outlive the parse
    size_t source_len;
    const char *filename; // only for messages about encodings
    KrParseMode mode;
    KrParserPlace start;     // in exec mode: the text before it has been read
    KrArena *names;          // names and the parser's own tables: live as long as the parse
    KrArena *tree;           // nodes; may be the same arena. Between statements the caller may free or reset it
    const char *stack_limit; // lowest address that recursion may reach
    KrWarningSink warnings;  // warn may be NULL
    KrPollSink poll;         // poll may be NULL
    KrLaterSink later;       // open may be NULL: no block is read twice
    uint32_t max_int_digits; // sys.set_int_max_str_digits; 0: no limit
    bool allow_incomplete;   // report KR_SYNTAX_INCOMPLETE where more lines could help (codeop, REPL)
    bool future_annotations; // inherited from the calling code
    bool top_level_await;    // PyCF_ALLOW_TOP_LEVEL_AWAIT
    bool dont_imply_dedent;  // PyCF_DONT_IMPLY_DEDENT
    bool script;             // errors at the end of the text have no column
} KrParserOptions;

typedef struct KrParser KrParser;

// NULL: out of memory. The parser lives in options->names.
KrParser *kr_parser_new(const KrParserOptions *options);

// Exec mode, one top-level statement at a time. `a; b` on one line are two statements. *statement is NULL at the end of the text.
// False: kr_parser_error says why.
bool kr_parser_next_statement(KrParser *parser, KrNode **statement) KR_RAISES;

// Where the next statement begins. False: where reading cannot begin, as behind a semicolon.
bool kr_parser_place(const KrParser *parser, KrParserPlace *place);

// The whole text: a Module, Expression or Interactive node by options->mode. NULL: kr_parser_error says why.
KrNode *kr_parser_parse(KrParser *parser);

void kr_parser_read_once(KrParser *parser); // from now on

// The second reading of a block, by a parser of its own that lives in arena and shares the names. NULL: out of memory.
KrParser *kr_parser_again(KrParser *parser, const KrLaterBody *later, KrArena *arena);

// Its next statements (one, or all of a line); none at the end. They are gone with the next call.
bool kr_parser_next_of_block(KrParser *parser, KrSeq *statements) KR_RAISES;

// NULL: it is no definition, or one with all of its block.
KrLaterBody *kr_node_later(const KrNode *node);

const KrSyntaxError *kr_parser_error(const KrParser *parser);
const KrParserOptions *kr_parser_options(const KrParser *parser);

// The one KrName of a spelling in this parse. NULL: out of memory.
const KrName *kr_parser_intern(KrParser *parser, const char *text, size_t len);

// The names of this parse, as the scope pass needs them.
KrNameTable *kr_parser_names(KrParser *parser);

// PEP 263: finds a byte order mark or an encoding cookie in the first two lines. *name gets the cookie's encoding in normalised form
// ("utf-8", "iso-8859-1", …) or "utf-8", NUL-terminated. *declared: there is a mark or a cookie. Returns the length of the mark (0 or 3).
// The parser itself takes UTF-8 without a mark (skip its length) and ignores the cookie.
enum { KR_ENCODING_NAME_MAX = 64 };
size_t kr_source_encoding(const char *bytes, size_t len, char name[KR_ENCODING_NAME_MAX], bool *declared);

#endif
