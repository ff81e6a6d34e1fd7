/*
 * A text that is being edited: UTF-8, a cursor, a selection, undo, a kill buffer, and its
 * wrapped rows. Pure: no screen, no clock, no files.
 *
 * Invariants: the text is valid UTF-8 that XML can hold, with line feeds alone as line
 * ends (none in single-line mode). The cursor and the mark stand between grapheme
 * clusters. All offsets are in bytes, widths in columns.
 *
 * Undo: a step is a run of typed characters (to the end of a line), of backspaces or of
 * deletes, or any other one operation that changed the text. Any other call that moves,
 * marks or changes ends the run; a query does not.
 *
 * Ownership: what textbuf_text() returns is valid until the next change. Memory that held
 * text is overwritten before it is freed, always.
 */
#ifndef MODEL_TEXTBUF_H
#define MODEL_TEXTBUF_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct textbuf;

/* In single-line mode (for prompts) line feeds become blanks. */
struct textbuf *textbuf_new(bool single_line);
void textbuf_free(struct textbuf *tb);
/* Overwrites all that was typed, killed or can be undone; empty and usable afterwards. */
void textbuf_wipe(struct textbuf *tb);

/* Terminated; *len may be asked for. */
const char *textbuf_text(const struct textbuf *tb, size_t *len);
size_t textbuf_cursor(const struct textbuf *tb);
/* False when nothing is selected. */
bool textbuf_selection(const struct textbuf *tb, size_t *start, size_t *end);
/* Goes up with each change of the text: what was drawn or saved as a draft is stale. */
uint64_t textbuf_version(const struct textbuf *tb);
/* Whether there is something to undo since textbuf_new(), _reset() or _wipe(). */
bool textbuf_changed(const struct textbuf *tb);

/* ---- Changes. Each clears the selection. ---- */

/* These four make what they are given fit: CR LF and CR become a line feed, the rest as
 * text_clean() does. They return the number of characters that text_clean() changed. */

/* What was typed; selected text stays. */
size_t textbuf_insert(struct textbuf *tb, const char *s, size_t len);
/* What was pasted: a step of its own. Give the whole paste at once. */
size_t textbuf_paste(struct textbuf *tb, const char *s, size_t len);
/* The whole text, as one step (none when it is the same); the cursor stays where the text
 * before it did not change, else it goes to the end of the change. */
size_t textbuf_set(struct textbuf *tb, const char *s, size_t len);
/* The text to begin with: forgets the undo steps; the cursor goes to the end. */
size_t textbuf_reset(struct textbuf *tb, const char *s, size_t len);

/* The selection, or one cluster. */
void textbuf_backspace(struct textbuf *tb);
void textbuf_delete(struct textbuf *tb);

/* Ctrl-K (at the end of a line: the line feed), Ctrl-U, Ctrl-W (back to a blank, or one
 * ideograph). Kills in a row make one text in the kill buffer. */
void textbuf_kill_to_end(struct textbuf *tb);
void textbuf_kill_line_start(struct textbuf *tb);
void textbuf_kill_word(struct textbuf *tb);
/* Into the kill buffer. False when nothing is selected; copying keeps the selection. */
bool textbuf_cut(struct textbuf *tb);
bool textbuf_copy(struct textbuf *tb);
/* The kill buffer at the cursor; false when it is empty. */
bool textbuf_yank(struct textbuf *tb);
/* [ ] around the selection; without one, an empty pair with the cursor in it. */
void textbuf_bracket(struct textbuf *tb);

/* False when there is nothing to undo or redo. */
bool textbuf_undo(struct textbuf *tb);
bool textbuf_redo(struct textbuf *tb);

/* ---- Selecting ---- */

/* Ctrl-Space: sets the mark at the cursor, or takes it away. */
void textbuf_mark(struct textbuf *tb);
/* To be called before each movement: with shift held it begins a selection where there is
 * none; without, it ends one that was begun so (the mark of textbuf_mark() stays). */
void textbuf_select(struct textbuf *tb, bool shift);

/* ---- Moving ---- */

void textbuf_left(struct textbuf *tb);
void textbuf_right(struct textbuf *tb);
/* A word is a run of letters, digits, marks and low lines, or one ideograph. */
void textbuf_word_left(struct textbuf *tb);
void textbuf_word_right(struct textbuf *tb);
/* Of the line as it is written, from line feed to line feed. */
void textbuf_line_home(struct textbuf *tb);
void textbuf_line_end(struct textbuf *tb);
/* Of the wrapped row. */
void textbuf_row_home(struct textbuf *tb, size_t width);
void textbuf_row_end(struct textbuf *tb, size_t width);
/* By wrapped rows; a run of these keeps the column it began in. False at the first and
 * the last row. */
bool textbuf_up(struct textbuf *tb, size_t width);
bool textbuf_down(struct textbuf *tb, size_t width);
/* By so many rows (negative: up), to the first or the last at most. */
bool textbuf_page(struct textbuf *tb, size_t width, ptrdiff_t rows);
void textbuf_text_home(struct textbuf *tb);
void textbuf_text_end(struct textbuf *tb);
/* To the cluster that holds the offset (a click of the mouse). */
void textbuf_move(struct textbuf *tb, size_t offset);

/* ---- Rows, wrapped to a width by text_wrap() ----
 *
 * Rows are numbered from 0. Known row starts are kept for one width at a time; an edit
 * forgets those after it. A query costs the rows from the last known one to the wanted
 * one, so drawing what is seen and moving in it do not cost the whole text.
 *
 * The cursor may stand after a full row, in column `width`: let width be one less than
 * the columns of the window. */

/* False after the last row. */
bool textbuf_row(struct textbuf *tb, size_t width, size_t row, struct text_line *line);
/* The row where the offset is drawn; *column, if asked for, is at most width. */
size_t textbuf_row_of(struct textbuf *tb, size_t width, size_t offset, size_t *column);
/* The offset that is drawn at that column of the row, or the nearest one before; rows
 * after the last count as the last. */
size_t textbuf_offset_at(struct textbuf *tb, size_t width, size_t row, size_t column);
/* How many there are; costs the whole text after an edit. */
size_t textbuf_rows(struct textbuf *tb, size_t width);

/* For one unwrapped line in a window of `columns`: the offset to draw it from, given the
 * one it was drawn from, so that the cursor is seen (it takes a cell of its own). */
size_t textbuf_scroll(const struct textbuf *tb, size_t columns, size_t from);

#endif
