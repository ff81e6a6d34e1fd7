/*
 * For the unit tests: a small memo, a workbook over it, events given in few words, and a
 * scratch folder.
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

/* A fresh folder, made the current one, with HOME and XDG_STATE_HOME inside. */
void fixture_enter_scratch(void);
void fixture_leave_scratch(void);
void fixture_write(const char *path, const char *text);
/* The bytes of a file. */
struct buf fixture_read(const char *path);

/* The issue cited, which must exist. */
uint32_t fixture_issue(const struct workbook *w, const char *cite);

#endif
