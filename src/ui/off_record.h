/*
 * Off the record: the switch, and what it does to what is shown and kept.
 *
 * While it lasts nothing can be recorded, no draft is written, and no line is remembered.
 * Going back overwrites what was typed meanwhile, wherever the program or curses still
 * has it: base/mem.h sees to what is freed, the screens to what they hold (forget() of
 * screen.h), and the next drawing, which is one of the whole screen, to the rest.
 */
#ifndef UI_OFF_RECORD_H
#define UI_OFF_RECORD_H

#include "shell.h"

bool is_off_record(const struct shell *sh);
/* Off at once, and says so; back after a question. */
void off_record_switch(struct shell *sh);
/* The same from a line or an editor that has just been closed; `kept`: with a draft. */
void off_record_from_typing(struct shell *sh, bool kept);
/* Given by name: there is nothing to do where it is so already. */
void off_record_by_name(struct shell *sh, bool off);
/* Columns at the left of the header for the words of it; 0 on the record. */
int off_record_columns(const struct shell *sh);
/* Turns the header round, once it is drawn, and puts the words there. */
void off_record_draw(const struct shell *sh, struct canvas *c);

#endif
