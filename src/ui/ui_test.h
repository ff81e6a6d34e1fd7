/*
 * For tests: the screen program over a given session, on a surface of a given size,
 * without a terminal.
 *
 *     struct ui_test *t = ui_test_open(session, 80, 24);   // NULL: the chooser
 *     ui_test_keys(t, "g b e n");                          // names of commands.def
 *     ui_test_type(t, "+ a shared glossary");
 *     ui_test_keys(t, "Enter");
 *     ui_test_text(t, &out);                               // rows, each ended by '\n'
 *     ui_test_close(t);                                    // the session stays open
 *
 * Nothing is drawn until it is asked for; searches run to their end first. The terminal
 * is TERM=xterm-256color (where that is not known, what TERM says) onto /dev/null; give
 * the session a clock of its own (session_set_clock()), and set TZ, for a fixed header.
 */
#ifndef UI_UI_TEST_H
#define UI_UI_TEST_H

#include "session/session.h"

struct ui_test;

/* NULL where no terminal description is found. */
struct ui_test *ui_test_open(struct session *s, int columns, int rows);
void ui_test_close(struct ui_test *t);
void ui_test_resize(struct ui_test *t, int columns, int rows);
/* Key names, blank separated. */
void ui_test_keys(struct ui_test *t, const char *names);
/* Text typed character by character; pasted in one. */
void ui_test_type(struct ui_test *t, const char *text);
void ui_test_paste(struct ui_test *t, const char *text);
void ui_test_click(struct ui_test *t, int y, int x);
void ui_test_wheel(struct ui_test *t, int y, int x, int step);
/* What a second without typing does: drafts are kept, and the clock is looked at. */
void ui_test_pause(struct ui_test *t);
/* Ms until the program would wake up by itself. */
int ui_test_wait(const struct ui_test *t);
/* Whether the program would have ended. */
bool ui_test_done(const struct ui_test *t);
/* The rows as text, blanks at their ends taken off. */
void ui_test_text(struct ui_test *t, struct buf *out);
/* One letter for each cell: r reversed, b bold, u underlined, D dim, '.' plain. */
void ui_test_attributes(struct ui_test *t, struct buf *out);
void ui_test_cursor(struct ui_test *t, int *y, int *x);

#endif
