// io_part.h - the streams of module io: what their files share.
//
// FileIO is a descriptor; Buffered objects hold bytes before it, TextIOWrapper turns them into text. Where the layer below is one of these types
// itself, and not a subclass, it is called directly; otherwise through its methods. `owner` leads from a layer to the one above it: when all of
// them have died, the uppermost is closed first, so that what it holds reaches the file. It is not traced, since it must not keep the layer above
// alive; that one clears it when it is finalized.
// SPDX-License-Identifier: MIT
#ifndef KR_IO_PART_H
#define KR_IO_PART_H

#include "object/object.h"
#include "object/slots.h"
#include "vm/thread.h"

enum { KR_IO_BUFFER = KR_DEVICE ? 512 : 8192, KR_IO_EINTR = 4, KR_IO_EAGAIN = 11 };

typedef struct { // what every stream begins with
    KrObject head;
    bool closed;     // of those that have no state of their own that says so
    bool finalizing; // being closed because nobody has it any more: warn
} KrIoBase;

typedef struct {
    KrIoBase base;
    int fd; // below 0: closed
    bool readable, writable, appending, created, owned;
    bool refused;    // the console of a VM that has no right to it: whatever is done with it raises
    int8_t seekable; // below 0: not known yet
    int64_t block;   // what the system likes to read at one time
    KrValue owner;   // the Buffered above, or None
} KrIoFile;

typedef struct {
    KrIoBase base;
    KrValue raw; // None: detached; KR_UNSET: not initialized
    KrValue owner;
    bool direct; // raw is a KrIoFile, called directly
    bool readable, writable, writing;
    KrRaw *buffer; // NULL: not needed yet
    KrValue room;  // a bytearray that raw reads into, as large as the buffer; KR_UNSET: none so far
    size_t cap;
    size_t at, len;   // reading: unread bytes are [at, len); writing: [0, len) wait, and at is 0
    int64_t position; // of raw in its file; below 0: not known
    bool busy;        // a thread waits in the system for raw, and the buffer is its own meanwhile
    KrWaiters waiters;
} KrIoBuffered;

typedef struct { // bytes to text, and line ends to \n
    KrObject head;
    KrValue decoder;    // an incremental decoder, None (str comes in), or KR_UNSET: `native`
    const char *native; // the encoding as the core's tables name it: UTF-8, ASCII or Latin-1
    KrValue errors;
    bool universal, translate, held; // held: a \r came last
    uint8_t seen;                    // KR_IO_SEEN_...
    uint8_t waiting;                 // bytes of a cut off character
    uint8_t wait[4];
} KrIoNewline;

enum { KR_IO_SEEN_CR = 1, KR_IO_SEEN_LF = 2, KR_IO_SEEN_CRLF = 4 };

typedef struct {
    KrIoBase base;
    bool ready, detached, direct; // direct: buffer is a KrIoBuffered, called directly
    KrValue buffer;
    KrValue encoding, errors, line_end; // line_end: as it was given: None, '', '\n', '\r', '\r\n'
    const char *native;                 // as in KrIoNewline; NULL: by `encoder` and the decoder's object
    KrValue encoder;
    KrIoNewline *decoder; // NULL: not for reading
    bool line_buffering, write_through, seekable, telling, has_read1, encoding_start;
    intptr_t chunk;
    KrRaw *pending; // encoded, not yet given to buffer
    size_t pending_len;
    KrValue decoded; // a str; what is before the byte offset `at` has been read
    size_t at;
    KrValue snapshot; // the bytes that `decoded` came from, with what waited before them; None: there is no way back
    intptr_t snapshot_flags;
    double ratio; // bytes for each character, about
} KrIoText;

extern const KrType kr_io_base_type, kr_io_raw_base_type, kr_io_buffered_base_type, kr_io_text_base_type, kr_io_file_type,
    kr_io_reader_type, kr_io_writer_type, kr_io_random_type, kr_io_pair_type, kr_io_bytes_type, kr_io_bytes_view_type, kr_io_string_type,
    kr_io_newline_type, kr_io_text_type, kr_io_unsupported_type;

// ---- Base classes (io_base.c)
bool kr_io_check_closed(KrVm *vm, KrValue self) KR_RAISES; // ValueError if self.closed
bool kr_io_is_closed(KrVm *vm, KrValue stream, bool *out) KR_RAISES;
KrValue kr_io_no_support(KrVm *vm, const char *what);          // raises io.UnsupportedOperation
bool kr_io_size(KrVm *vm, KrValue v, intptr_t *out) KR_RAISES; // an argument that is a size or None; None: -1
void kr_io_dealloc_warn(KrVm *vm, KrValue stream, KrValue source);
bool kr_io_asks(KrVm *vm, KrValue stream, const char *method, bool *out) KR_RAISES; // truth of stream.method()

// ---- Descriptors (io_file.c). Counts; below 0: KR_IO_FAILED, KR_IO_BLOCKED
enum { KR_IO_FAILED = -1, KR_IO_BLOCKED = -2 };
// While they wait, others run; b, unless it is NULL, is busy then.
intptr_t kr_io_fd_read(KrVm *vm, int fd, void *data, size_t len, KrIoBuffered *b) KR_RAISES;
intptr_t kr_io_fd_write(KrVm *vm, int fd, const void *data, size_t len, KrIoBuffered *b) KR_RAISES;
void kr_io_fd_drain(KrVm *vm, int fd, const void *data, size_t len); // at the end of the program: no errors any more
KrValue kr_io_file_read_all(KrVm *vm, KrValue self) KR_RAISES;
KrValue kr_io_file_open(KrVm *vm, KrValue file, const char *mode, KrValue closefd, KrValue opener) KR_RAISES;
KrValue kr_io_file_of(KrVm *vm, int fd, bool readable, KrValue name) KR_RAISES; // a standard stream
KrValue kr_io_file_close(KrVm *vm, KrValue self) KR_RAISES;
bool kr_io_file_is_open(KrVm *vm, const KrIoFile *f) KR_RAISES;

// ---- Buffered (io_buffered.c)
KrValue kr_io_buffered_new(KrVm *vm, const KrType *type, KrValue raw, intptr_t size) KR_RAISES;
KrValue kr_io_buffered_read1(KrVm *vm, KrIoBuffered *b, size_t most) KR_RAISES;
KrValue kr_io_buffered_read_all(KrVm *vm, KrIoBuffered *b) KR_RAISES; // bytes or None
bool kr_io_buffered_write(KrVm *vm, KrIoBuffered *b, const void *data, size_t len, size_t *done) KR_RAISES;
bool kr_io_buffered_flush(KrVm *vm, KrIoBuffered *b) KR_RAISES;
bool kr_io_buffered_is_open(KrVm *vm, KrIoBuffered *b, const char *what) KR_RAISES;
void kr_io_buffered_drop(KrVm *vm, KrIoBuffered *b); // what waits, where an OSError kept it back
void kr_io_buffered_drain(KrVm *vm, KrIoBuffered *b);
bool kr_io_buffered_is_own(KrValue v); // of exactly one of the three types
void kr_io_buffered_trace(KrTracer *tracer, KrObject *o);
bool kr_io_buffered_closed(KrVm *vm, KrIoBuffered *b, bool *out) KR_RAISES;
bool kr_io_buffered_init(KrVm *vm, KrIoBuffered *b, KrValue raw, intptr_t size, bool readable, bool writable) KR_RAISES;
KrValue kr_io_would_block(KrVm *vm, size_t written); // raises BlockingIOError

// ---- Text (io_text.c, io_newline.c)
KrIoNewline *kr_io_newline_new(KrVm *vm, KrValue decoder, const char *native, KrValue errors, bool universal, bool translate);
KrValue kr_io_newline_decode(KrVm *vm, KrIoNewline *n, KrValue input, bool final) KR_RAISES;
bool kr_io_newline_state(KrVm *vm, KrIoNewline *n, KrValue *waiting, intptr_t *flags) KR_RAISES;
bool kr_io_newline_set_state(KrVm *vm, KrIoNewline *n, KrValue waiting, intptr_t flags) KR_RAISES;
bool kr_io_newline_reset(KrVm *vm, KrIoNewline *n) KR_RAISES;
KrValue kr_io_newline_seen(KrVm *vm, uint8_t seen) KR_RAISES;                                    // what `newlines` says
size_t kr_io_line_end(const char *text, size_t from, size_t len, KrValue line_end, bool *found); // behind the first line of text[from..len)

KrValue kr_io_text_new(KrVm *vm, KrValue buffer, KrValue encoding, KrValue errors, KrValue newline, bool line, bool through) KR_RAISES;
bool kr_io_text_init(KrVm *vm, KrIoText *t, KrValue buffer, KrValue encoding, KrValue errors, KrValue newline, bool line,
                     bool through) KR_RAISES;
bool kr_io_text_is_open(KrVm *vm, KrIoText *t) KR_RAISES;
bool kr_io_text_is_attached(KrVm *vm, const KrIoText *t) KR_RAISES;
bool kr_io_text_write(KrVm *vm, KrIoText *t, KrValue text) KR_RAISES;
bool kr_io_text_flush_pending(KrVm *vm, KrIoText *t) KR_RAISES;
bool kr_io_text_flush(KrVm *vm, KrIoText *t) KR_RAISES;
bool kr_io_text_set_newline(KrVm *vm, KrIoText *t, KrValue newline) KR_RAISES;
bool kr_io_text_set_coders(KrVm *vm, KrIoText *t) KR_RAISES; // by encoding and line_end
bool kr_io_text_check_newline(KrVm *vm, KrValue newline) KR_RAISES;
KrValue kr_io_text_read(KrVm *vm, KrIoText *t, intptr_t count) KR_RAISES;
KrValue kr_io_text_readline(KrVm *vm, KrIoText *t, intptr_t limit) KR_RAISES;
KrValue kr_io_text_tell(KrVm *vm, KrIoText *t, KrValue self) KR_RAISES;
KrValue kr_io_text_seek(KrVm *vm, KrIoText *t, KrValue self, KrValue cookie, int whence) KR_RAISES;
void kr_io_text_forget(KrVm *vm, KrIoText *t); // what was read ahead
void kr_io_text_drain(KrVm *vm, KrIoText *t);

#endif
