/*
 * A session: the only writer. command -> event -> file -> state -> observers.
 *
 * Invariant: an event is applied to the state only after it is on disk, so that what a
 * screen shows as saved is saved. session_saved() counts the events that are.
 *
 * Errors are returned with nothing recorded; what the person typed is the caller's to
 * keep. Opening writes nothing.
 */
#ifndef SESSION_SESSION_H
#define SESSION_SESSION_H

#include "command.h"

struct session;

enum session_mode {
    SESSION_READ,  /* never writes a byte, takes no lock; takes a memo as well */
    SESSION_WRITE, /* refuses where it cannot write */
    SESSION_SCREEN /* writes where it can, else reads: session_read_only() says why */
};

/* Added to a mode: writes where the file system has no locks, too. */
enum { SESSION_UNLOCKED = 1 << 4 };

/* NULL with *err. What was odd or repaired is told by session_notice(). */
struct session *session_open(const char *path, unsigned mode, struct err *err);
/* Closes; -1 with *err where the file could not be closed as it should: what was saved
 * is on disk all the same. */
int session_finish(struct session *s, struct err *err);
/* The same, for a session that wrote nothing. session_close(NULL) is allowed. */
void session_close(struct session *s);

/* Makes the workbook of a memo at `path`; refuses to replace a file. */
int session_create(const char *memo_path, const char *path, struct err *err);
/* Makes the next meeting's workbook at `path` of what this one leaves open
 * (model/carry.h); refuses to replace a file. *said: what was carried, in one line. */
int session_next(const char *from, const char *path, struct buf *said, struct err *err);
/* NAME.workbook.xml in the current folder, for a memo NAME.xml. Caller frees. */
char *session_workbook_name(const char *memo_path);
/* Whether the file is a workbook (1), a memo (0), or neither (-1 with *err). */
int session_file_kind(const char *path, struct err *err);

const struct workbook *session_workbook(const struct session *s);
const char *session_path(const struct session *s);
uint32_t session_saved(const struct session *s);
/* The id of the workbook; "" for a memo. */
const char *session_id(const struct session *s);
/* NULL when it can write; else the reason: "in use by memobook (1234)". */
const char *session_read_only(const struct session *s);
/* Whether it could write and no longer can: the disk failed, or another program changed
 * the file. */
bool session_failed(const struct session *s);
/* One line about what opening found odd or repaired, or NULL. */
const char *session_notice(const struct session *s);

/* What is wrong with the file as it stands on disk, for check; or NULL. */
const char *session_fault(const struct session *s);

/* Runs a command that records. 0: recorded; session_message() says what, in one line. */
int session_run(struct session *s, const struct command *c,
                const struct command_args *args, struct err *err);
const char *session_message(const struct session *s);
/* The end of the message: what the person did not type, as how a name was understood. */
const char *session_remark(const struct session *s);

/* Records that notes are handed out with names that their attribution does not allow:
 * `names`, as leaks_names() has them. `format` may be "paper". */
int session_released(struct session *s, const char *names, const char *template_name,
                     const char *format, enum attribution attribution, struct err *err);

/* After the disk failed: writes the workbook anew and goes on writing. */
int session_retry(struct session *s, struct err *err);
/* The workbook as it is in memory, to a new file. */
int session_copy(const struct session *s, const char *path, struct err *err);

/* Mends a workbook on disk, keeping every whole event; what it did, in *report. */
int session_recover(const char *path, struct buf *report, struct err *err);
/* Accepts what was changed by hand: gives those events right check sums. */
int session_reseal(const char *path, size_t *resealed, struct err *err);

/* Called after each event that was applied. One observer; NULL takes it away. */
void session_observe(struct session *s, void (*changed)(void *ctx), void *ctx);

/* The clock, in ms (event.h). Tests give their own. */
int64_t session_now(const struct session *s);
void session_set_clock(struct session *s, int64_t (*now)(void *ctx), void *ctx);
/* Room time (model/room.h) now: what the clocks on the screen are read from. It leaves
 * out that the wall clock was set, that the computer slept, and that memobook was closed
 * for more than ten minutes; the next event is preceded by a `clock` event that says so.
 */
int64_t session_room(const struct session *s);
/* The steady clock, in ms, which stands still while the computer sleeps; tests give their
 * own, else it goes with the clock of session_set_clock(). */
void session_set_steady(struct session *s, int64_t (*steady)(void *ctx));
/* Ms that the wall clock has jumped since the last event (less than 0: it was set back),
 * or 0. Worth a word to the person. */
int64_t session_jumped(const struct session *s);

/* Following a workbook that was opened with SESSION_READ: whether there was anything new.
 * Every index into the state may be stale then. Costs next to nothing while there is
 * not. */
bool session_poll(struct session *s);
/* A descriptor that becomes readable when session_poll() is worth asking, or -1 where it
 * is to be asked every SESSION_POLL ms. The session closes it. */
int session_watch(struct session *s);
enum { SESSION_POLL = 200 };

/* Off the record: every command that records is refused, but the way back; no draft is
 * written; what is freed is overwritten (base/mem.h). */
bool session_off_record(const struct session *s);

#endif
