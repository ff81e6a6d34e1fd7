/*
 * Participants and sides as a person types and reads them: who a few letters mean, Tab,
 * and the names that lists show.
 *
 * Candidates are those of line.h. A piece of a name is any start of any part of it, in
 * Latin or Cyrillic letters, ignoring case and accents (model/room.h, people_find()).
 */
#ifndef UI_NAMES_H
#define UI_NAMES_H

#include "base/buf.h"
#include "base/vec.h"
#include "model/workbook.h"

/* "YAKUSHEV (Russian Federation)"; without a side the name alone. */
void name_and_side(const struct workbook *w, uint32_t person, struct buf *out);
/* The given names: what person_family() leaves. */
void name_given(const char *name, struct buf *out);

/* The participants that the whole of `words` fits: each of its words begins a part of
 * the name. Appends to *found. */
void name_find(const struct workbook *w, const char *words, index_vec *found);
/* "→ YAKUSHEV (Russian Federation)", "LEE or LEONTYEV", or nothing when it fits nobody.
 */
void name_hint(const struct workbook *w, const char *words, struct buf *out);

/* Candidates for the @name that ends `line`: participants, sides, and names used before
 * that are no participant's. */
size_t name_complete_at(const struct workbook *w, const char *line, struct buf *out);
/* The same for a line that is nothing but a participant's name. */
size_t name_complete(const struct workbook *w, const char *line, struct buf *out);

/* The short names of all people, kept from one drawing to the next: making one asks all
 * namesakes. */
struct name_table {
    VEC(char *) shorts; /* by person */
    int columns;        /* of the widest one that is live */
    uint64_t mark;      /* of the names that it was made of */
};
void name_table_update(struct name_table *t, const struct workbook *w);
void name_table_release(struct name_table *t);

#endif
