/*
 * The preview of the session notes, inside: shared by preview.c (what is shown, and how
 * it leaves), preview_choices.c, preview_save.c (its file) and preview_leaks.c (names
 * that may not be told).
 *
 * Shown is text, or Markdown as it is. Text and Markdown are saved as they are shown;
 * a file in another format is made when it is wanted, or beforehand where that tells the
 * number of pages.
 */
#ifndef UI_PREVIEW_H
#define UI_PREVIEW_H

#include "making.h"
#include "reader.h"

/* How notes leave the screen. */
enum preview_way { WAY_NONE, WAY_SAVE, WAY_PRINT };

struct preview {
    struct reader reader;
    struct notes_options options; /* template_name and format are the next two */
    char *template_name, *format;

    struct buf shown;
    const char *shown_format;
    size_t shown_width;
    struct making *showing; /* what is to be shown, or NULL */
    struct buf failed;      /* why there is nothing to show */
    struct buf warned;      /* what was said of it last */
    struct leaks leaks;     /* names in what is shown that may not be told */
    unsigned version;       /* of what is shown */
    bool stale, stopped;    /* to be made anew; Esc stopped it */

    struct buf file; /* in the format, where that is not what is shown */
    size_t pages;    /* of it, where that is known */
    bool made, tried;
    struct making *filing; /* the file, or NULL */
    struct leaks file_leaks;
    bool outdated; /* the state has changed since */
    char *path;    /* where to save it when it is made, or NULL */
    bool replace;
    enum preview_way way; /* what waits for a person's word */
    char *word;           /* with it: the name that was given, or NULL */
    int64_t drawn, ended; /* when a bar was, when what was awaited came */
};

/* Whether what is shown is what the file would be. */
bool preview_is_file(const struct preview *p);
/* The row of notes_formats() for the format. */
const struct notes_choice *preview_format(const struct preview *p);
/* Whether names stand in it that keep it here. The person may allow them, until the next
 * choice or event. */
bool preview_refused(const struct preview *p);
/* Saves (as `word`, or asks for a name) or prints; asks first where names may not be told
 * or what is private would leave. */
void preview_leave(struct preview *p, enum preview_way way, const char *word);
/* The names are allowed: what was under way goes on. */
void preview_allow(struct preview *p);
/* Makes what is to be shown, where it is not. */
void preview_refresh(struct preview *p);
/* The options for the file. */
struct notes_options preview_options(const struct preview *p);

/* preview_choices.c */

/* Makes the choice that a command stands for; false where it stands for none. */
bool preview_choose(struct preview *p, enum command_id id,
                    const struct command_args *args);
/* The i-th of notes_formats() from now on. */
void preview_set_format(struct preview *p, size_t i);

/* preview_save.c */

/* Saves as `word`, or with NULL asks for a name. */
void preview_save(struct preview *p, const char *word);
/* A slice of making the file; true while there is more. */
bool preview_step_file(struct preview *p, int ms);
/* Forgets the file, which is of other choices now. */
void preview_drop_file(struct preview *p);

/* preview_leaks.c: the list of the names, each with its place. */
void preview_open_leaks(struct preview *p);

#endif
