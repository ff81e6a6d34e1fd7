/*
 * The screens, one file each. Opening one puts it on the shell's stack.
 */
#ifndef UI_SCREENS_H
#define UI_SCREENS_H

#include "page.h"
#include "shell.h"

/* workbook.c: the outline, and all that is known of an issue. */
void workbook_screen_open(struct shell *sh);
/* Focuses a topic or an issue; a view that hides it gives way to all. */
void workbook_screen_go(struct screen *s, struct ref ref);

/* goto.c: letters that jump at once, over the workbook screen. */
void goto_open(struct screen *workbook);

/* history.c: of an issue, or with NONE of everything. */
void history_open(struct shell *sh, uint32_t issue);

/* people.c: participants and sides. */
void people_open(struct shell *sh);

/* floor.c: the list of speakers, and the balance of speaking time. */
void floor_open(struct shell *sh);
/* Draws the floor line (who has the floor, for how long, who is next) on a row; false,
 * with nothing drawn, while nobody has or awaits the floor. */
bool floor_line_draw(struct shell *sh, struct canvas *c, int y);

/* pace.c: time boxes, what was used, what will not be reached. */
void pace_open(struct shell *sh);

/* sitting.c: the menu that opens, adjourns and resumes sittings. */
void sitting_open_menu(struct shell *sh);

/* readback.c: a frozen wording, large, and each side's word on it. */
enum { READBACK_INDENT = 3 }; /* of the wording, and of the names of sides */
void readback_open(struct shell *sh, struct ref ref);
/* For it and for the projector. A wording, large and calm: its lines wide apart where
 * that leaves it within `rows`. */
void readback_add_wording(struct page *p, const struct workbook *w, const char *text,
                          int rows);
/* A line for each side with its word, as items from 0; `whole` adds the words of
 * reservations and when each was said. */
void readback_add_words(struct page *p, const struct workbook *w, uint32_t readback,
                        bool whole, int64_t now);

/* wordings.c: the versions of an answer, compared. */
void wordings_open(struct shell *sh, struct ref ref);

/* sounding.c: a temperature check. */
void sounding_open(struct shell *sh, struct ref ref);

/* parking.c: deferred issues. */
void parking_open(struct shell *sh);

/* agreement_screens.c: opens one of these by its command, about the issue in focus.
 * False: it is none of them, or says all that is to be recorded. */
bool agreement_screen(struct shell *sh, struct focus f, const struct command *c,
                      const struct command_args *args);

/* preview.c: the session notes. */
void preview_open(struct shell *sh);

/* print.c: printers, for the session notes with these options (copied). `pdf`: the
 * document, where it was made already; taken over and left empty. */
struct notes_options;
void print_open(struct shell *sh, const struct notes_options *o, struct buf *pdf);

/* background.c: references and chronology of an issue or a topic. */
void background_open(struct shell *sh, struct ref ref);

/* help.c: the keys, those of the topmost screen first. */
void help_open(struct shell *sh);

/* palette.c: any command by name. */
void palette_open(struct shell *sh);

/* rescue.c: after the disk failed, the workbook written anew; where that fails, and on
 * request, a copy of it elsewhere (NULL asks for its name). */
void rescue_retry(struct shell *sh);
void rescue_copy(struct shell *sh, const char *path);

/* chooser.c: recent workbooks and memos. Whatever is chosen is opened by `open`: 0, or -1
 * with *err. The chooser closes when it was. */
void chooser_open(struct shell *sh,
                  int (*open)(struct shell *sh, const char *path, struct err *err));

#endif
