/*
 * For the unit tests: a small memo, a workbook over it, events given in few words, a
 * scratch folder, and a session in it that runs lines as `memobook do` does.
 */
#ifndef TESTS_FIXTURE_H
#define TESTS_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/workbook.h"
#include "session/session.h"
#include "store/memo_codec.h"

/* Topics A (issues a, b with two sub-questions) and B (a to c), recommendation R(a),
 * sides us and ru. `rule` is an attribute such as " rule=\"chatham-house\"", or "". */
struct memo *fixture_memo(const char *rule);

/* Applies the event "n.id KIND field=value … :text" at `at` ms; 0 or -1. A comma in a
 * value stands for a blank. */
int fixture_event(struct workbook *w, int64_t at, const char *words);

/* A workbook to record into: the state of a test, or what such a state begins with. */
struct fixture {
    struct memo *memo;
    struct workbook *w;
    int64_t now; /* of the last event */
    int n;       /* events so far */
};
/* 9:00 on 6 December 2011, UTC: before the first event. */
#define FIXTURE_MORNING INT64_C(1323162000000)

/* Takes the memo over. */
void fixture_init(struct fixture *f, struct memo *m);
void fixture_release(struct fixture *f);
/* For cmocka: a struct fixture over fixture_memo(""). */
int fixture_set_up(void **state);
int fixture_tear_down(void **state);
struct workbook *fixture_book(void **state);

/* The event "KIND field=value … :text", w.1, w.2 … by its turn, `ms` after the last; 0 or
 * -1. */
int fixture_record(void **state, int64_t ms, const char *words);
/* A second after the last; the test fails where it is refused. */
void fixture_apply(void **state, const char *words);
/* At once: set aside with this in its reason, and kept. */
void fixture_refuse(void **state, const char *words, const char *why);
/* What the last event says to a person is this. */
void fixture_described(void **state, const char *expected);

/* A fresh folder, made the current one, with HOME and XDG_STATE_HOME inside. */
void fixture_enter_scratch(void);
void fixture_leave_scratch(void);
void fixture_write(const char *path, const char *text);
/* The bytes of a file. */
struct buf fixture_read(const char *path);

/* A scratch folder with a memo m.xml, whose rule is as in fixture_memo(), and a workbook
 * of it, w.xml; the time zone is UTC. */
void fixture_enter_workbook(const char *rule);
struct session *fixture_open(const char *path, enum session_mode mode);
/* Runs a line as `memobook do` does; 0, or -1 with the reason in *why, unless NULL. */
int fixture_run(struct session *s, const char *line, struct buf *why);
void fixture_must(struct session *s, const char *line);
/* Recorded, and the message has this in it. */
void fixture_says(struct session *s, const char *line, const char *what);
/* Refused with this in the reason, and nothing saved. */
void fixture_must_not(struct session *s, const char *line, const char *because);
/* Of the session's workbook, what was made last. */
const struct entry *fixture_last_entry(const struct session *s);

/* The issue cited, which must exist. */
uint32_t fixture_issue(const struct workbook *w, const char *cite);

#endif
