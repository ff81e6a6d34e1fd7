/*
 * Files compiled in: build-aux/embed.sh makes their table, stock_templates.c, from
 * templates/ and html.css.
 */
#ifndef NOTES_STOCK_H
#define NOTES_STOCK_H

#include <stddef.h>

struct stock_file {
    const char *name;           /* "session-notes.xsl" */
    const char *help;           /* its `help:` comment; "" for parts of templates */
    const unsigned char *bytes; /* ended by NUL, which len does not count */
    size_t len;
};

/* Ended by a name of NULL. */
extern const struct stock_file stock_files[];

/* NULL when there is none of the name. */
const struct stock_file *stock_find(const char *name);

#endif
