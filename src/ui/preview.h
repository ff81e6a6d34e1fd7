/*
 * The preview of the session notes, inside: shared by preview.c (choices, what is shown)
 * and preview_save.c (its file).
 *
 * Shown is text, or Markdown as it is. Text and Markdown are saved as they are shown;
 * a file in another format is made when it is wanted, or beforehand where that tells the
 * number of pages.
 */
#ifndef UI_PREVIEW_H
#define UI_PREVIEW_H

#include "making.h"
#include "reader.h"

struct preview {
    struct reader reader;
    struct notes_options options; /* template_name and format are the next two */
    char *template_name, *format;

    struct buf shown;
    const char *shown_format;
    size_t shown_width;
    struct making *showing; /* what is to be shown, or NULL */
    struct buf failed;      /* why there is nothing to show */
    struct buf refused;     /* why it is shown, but not to leave this screen */
    bool stale, stopped;    /* to be made anew; Esc stopped it */

    struct buf file; /* in the format, where that is not what is shown */
    size_t pages;    /* of it, where that is known */
    bool made, tried;
    struct making *filing; /* the file, or NULL */
    char *path;            /* where to save it when it is made, or NULL */
    bool replace;
    int64_t drawn, ended; /* when a bar was, when what was awaited came */
};

/* Whether what is shown is what the file would be. */
bool preview_is_file(const struct preview *p);
/* The row of notes_formats() for the format. */
const struct notes_choice *preview_format(const struct preview *p);
/* Whether nothing stands against saving and printing it; else says what. */
bool preview_may_leave(struct preview *p);
/* The i-th of notes_formats() from now on. */
void preview_set_format(struct preview *p, size_t i);
/* The options for the file. */
struct notes_options preview_options(const struct preview *p);

/* preview_save.c */

/* Saves as `word`, or asks for a name. */
void preview_save(struct preview *p, const char *word);
/* A slice of making the file; true while there is more. */
bool preview_step_file(struct preview *p, int ms);
/* Forgets the file, which is of other choices now. */
void preview_drop_file(struct preview *p);

#endif
