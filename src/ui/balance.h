/*
 * The balance of speaking time as bars, with numbers: advice for who chairs, nothing is
 * made of it. Bars are as long as the largest share is wide; the per cent are of all.
 */
#ifndef UI_BALANCE_H
#define UI_BALANCE_H

#include "canvas.h"
#include "names.h"

/* "by person", "by side", "by constituency". */
extern const char *const balance_ways[BALANCE_CONSTITUENCY + 1];

/* Draws it at a room time; with a heading where `heading` says so. */
void balance_draw(const struct workbook *w, const struct name_table *names,
                  enum balance_by by, int64_t room, struct canvas *c, struct rect area,
                  bool heading);

#endif
