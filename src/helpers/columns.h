/*
 * Columns of a table: how many, and how wide, as their texts want it.
 */
#ifndef HELPERS_COLUMNS_H
#define HELPERS_COLUMNS_H

#include "notes/xhtml.h"

/* Word takes no more. */
enum { COLUMNS_MAX = 63, COLUMNS_WHOLE = 10000 };

/* A table, or a dl as a table of two columns: fills `share` with the part of each column
 * in 1/COLUMNS_WHOLE of the width, which they fill. Returns their number, at least 1. */
unsigned columns_measure(const struct xnode *table, unsigned share[COLUMNS_MAX]);

#endif
