/*
 * Carrying forward: what the next meeting's workbook begins with. Pure.
 *
 * Its memo has the issues that are open, bracketed, deferred, or agreed ad referendum and
 * not yet confirmed, and those with an unfinished action; under their own topics and
 * letters, for issues are never renumbered. Its log has the live events about them, with
 * their ids and times, so that the history reads on: first those that raised issues in
 * the room, then all others in their order. The people and sides come along, and what
 * was expunged stays told; then the `carried` event, after which the new meeting begins.
 * Sittings, floor, clock and discussion times stay behind, and so does what was undone.
 *
 * An entry that was moved here from an issue that stays behind is as if made here (of an
 * answer the move is told still: what was sounded before is not about it). A
 * recommendation names no issue that was agreed and stays behind.
 *
 * Invariant: the memo with the events applied sets no event aside. One that would be (its
 * own ground was undone) is left out and counted.
 *
 * Ownership: strings are borrowed from the workbook, or belong to the carry's arena.
 */
#ifndef MODEL_CARRY_H
#define MODEL_CARRY_H

#include "workbook.h"

struct carry {
    struct arena arena;
    struct memo *memo;
    VEC(struct event) events; /* n counts from 1 */
    uint32_t issues, actions, people;
    uint32_t left; /* live events about carried issues that hold no more */
};

/* *c is zero or released. `id` and `at` are those of the carried event, `from` the id of
 * the workbook. */
void carry_forward(struct carry *c, const struct workbook *w, const char *from,
                   const char *id, int64_t at);
void carry_release(struct carry *c);

#endif
