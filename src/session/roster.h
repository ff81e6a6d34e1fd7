/*
 * A roster: participants in a CSV file, as a spreadsheet saves it.
 *
 * CSV as in RFC 4180, and what programs make of it: comma or semicolon, with or without a
 * byte order mark, any line ends, blank lines. The first line may name the columns, in
 * any order: name, side, constituency, role; without it they are these, in this order.
 * Columns of other names are passed over.
 *
 * roster_parse() is pure. A row that is wrong carries its fault; the others are good
 * still. Lines and columns count from 1, columns in bytes. Strings belong to the roster.
 */
#ifndef SESSION_ROSTER_H
#define SESSION_ROSTER_H

#include "base/err.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stdint.h>

enum roster_field {
    ROSTER_NAME,
    ROSTER_SIDE,
    ROSTER_CONSTITUENCY,
    ROSTER_ROLE,
    ROSTER_FIELD_COUNT
};

enum { ROSTER_SIZE_MAX = 1 << 20, ROSTER_NAME_MAX = 200, ROSTER_ROWS_MAX = 2000 };

struct roster_cell {
    char *s; /* NULL: the row has no such field */
    long line, column;
};

struct roster_row {
    struct roster_cell cell[ROSTER_FIELD_COUNT];
    long line;
    struct err fault; /* fault.what is NULL where the row is good; no file in it */
};

struct roster {
    VEC(struct roster_row) rows;
};

#define ROSTER_INIT                                                                      \
    {                                                                                    \
        { 0 }                                                                            \
    }

/* Appends the rows of a text. 0, or -1 with *err where it is no such text at all. */
int roster_parse(struct roster *r, const char *s, size_t len, struct err *err);
/* Reads one row "NAME, SIDE, CONSTITUENCY, ROLE", as a person types it. */
int roster_parse_line(struct roster *r, const char *s, struct err *err);
/* The text in a cell, "" where there is none. */
const char *roster_get(const struct roster_row *row, enum roster_field f);
/* Sets the fault of a row, where it has none, at one of its cells. */
void roster_fault(struct roster_row *row, enum roster_field f, const char *what,
                  const char *todo);
/* How many rows are wrong; the first of them in *first. */
size_t roster_wrong(const struct roster *r, const struct roster_row **first);
void roster_release(struct roster *r);

#endif
