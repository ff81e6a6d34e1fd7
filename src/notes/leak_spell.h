/*
 * The spellings of a name: what one and the same name looks like as passports (ICAO
 * 9303), maps (BGN/PCGN), libraries (ISO 9, the scientific one, GOST 7.79 B) and
 * newspapers (English, French, German) write it in Latin letters.
 *
 * A spelling is a key as person_key() makes it. What the loose key makes one (y, i and j;
 * sch and sh; w and v) is not told apart here.
 */
#ifndef NOTES_LEAK_SPELL_H
#define NOTES_LEAK_SPELL_H

#include "base/buf.h"

#include <stdbool.h>

/* Takes a spelling; `read`: it may be declined. `cyrillic`: it is one in Cyrillic letters
 * only. */
typedef void (*leak_spelling_taker)(void *ctx, const char *key, bool read, bool cyrillic);

/* Those of a name as it was written. */
void leak_spellings(const char *s, size_t len, leak_spelling_taker take, void *ctx);
/* Appends s with the letters that libraries and some languages have marks on spelt out:
 * š as sh, â as ya, ü as ue. False where there is none. */
bool leak_spell_out(struct buf *out, const char *s, size_t len);

#endif
