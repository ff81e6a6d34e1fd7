/*
 * A page to read through, with finding in it: the help and the preview are such. Their
 * structs begin with a struct reader, and their operations hand on to these.
 */
#ifndef UI_READER_H
#define UI_READER_H

#include "page.h"
#include "shell.h"

struct reader {
    struct screen screen;
    struct page page;
    struct buf needle; /* folded; empty: nothing is looked for */
    size_t found;      /* line of the match shown last */
    size_t origin;     /* first line seen when finding began */
};

void reader_init(struct reader *r);
/* A title line, and the page under it. */
void reader_draw(struct reader *r, struct canvas *c, struct rect area, const char *title);
/* Moves, finds, and goes back; false for other commands. */
bool reader_command(struct screen *s, const struct command *c,
                    const struct command_args *args, const char *key);
/* See screen.h. */
void reader_forget(struct screen *s);
void reader_mouse(struct screen *s, const struct input *in);
void reader_close(struct screen *s);

#endif
