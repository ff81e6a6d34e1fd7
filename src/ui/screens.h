/*
 * The screens, one file each. Opening one puts it on the shell's stack.
 */
#ifndef UI_SCREENS_H
#define UI_SCREENS_H

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

/* preview.c: the session notes. */
void preview_open(struct shell *sh);

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
