/*
 * What was agreed: whether an outcome fits the recorded positions, who has still to
 * confirm it, what a side was read back, how a wording came to be. Part of the state of a
 * workbook, changed by workbook_apply() alone; the functions here only ask.
 *
 * Practice: a decision ad referendum holds once those who reserved it have confirmed it
 * (Satow's Diplomatic Practice); a read-back takes each side's word on one frozen
 * wording; the gradient of agreement after Kaner, Facilitator's Guide to Participatory
 * Decision-Making, in five steps.
 */
#ifndef MODEL_AGREEMENT_H
#define MODEL_AGREEMENT_H

#include "bracket.h"
#include "workbook.h"

/* ---- positions */

/* The live sides whose word an issue needs: those that it is addressed to, else all.
 * Appends their ids. */
typedef VEC(const char *) side_vec;
void issue_sides(const struct workbook *w, uint32_t issue, side_vec *out);
/* The side's last position that was shared with the room; entry or NONE, too where it
 * was withdrawn. What stands (issue_position()) may be a later, private one. */
uint32_t issue_shared_position(const struct workbook *w, uint32_t issue,
                               const char *side);

/* ---- what speaks against calling an issue agreed */

enum objection_kind {
    OBJECTION_NO_POSITION, /* of a side, on the issue or any sub-question */
    OBJECTION_AGAINST,     /* a side's position says no, on the issue or a sub-question */
    OBJECTION_CONDITIONAL, /* a side agrees on conditions */
    OBJECTION_UNCONFIRMED, /* agreed ad referendum, and a side has yet to confirm it */
    OBJECTION_BRACKETS     /* open ones in the answer, and broken ones: count */
};
struct objection {
    uint8_t kind;
    const char *side; /* id, or NULL */
    uint32_t count;
};
typedef VEC(struct objection) objection_vec;
void agreement_objections(const struct workbook *w, uint32_t issue, objection_vec *out);
/* "Russian Federation is against; the answer has 2 open brackets" appended. */
void objections_say(const struct workbook *w, const objection_vec *v, struct buf *out);
/* The stance that an objection, so said, tells of a side; else STANCE_NONE. */
enum stance objection_stance(const char *said, size_t len);

/* Sides that were asked to confirm an agreement ad referendum and have not: appended. */
void issue_pending(const struct workbook *w, uint32_t issue, side_vec *out);

/* Who keeps a deferred issue, as it is shown: a participant's name, a side's, what was
 * typed; or "". */
const char *issue_keeper(const struct workbook *w, uint32_t issue);

/* ---- wordings */

/* A version of an answer (of the issue, or of a sub-question). */
struct wording {
    uint32_t event; /* log index: answer or revise */
    int64_t at;
    const char *text;
};
typedef VEC(struct wording) wording_vec;
/* All live versions, oldest first, those too that were withdrawn; one that says what the
 * one before said is left out. People number them from 1. */
void wordings_of(const struct workbook *w, uint32_t issue, uint16_t sub,
                 wording_vec *out);
/* The text of the answer in force, or "". */
const char *issue_wording(const struct workbook *w, uint32_t issue, uint16_t sub);

/* The brackets of a text, with this workbook's live sides as owners, in either case. */
void workbook_brackets(const struct workbook *w, const char *text, struct brackets *out);

/* ---- read-backs */

/* The one that is being taken now (the last, when it is live, not ended, and of this
 * meeting), or NONE. */
uint32_t readback_now(const struct workbook *w);
/* The last live one of an issue (sub 0) or sub-question, or NONE. */
uint32_t issue_readback(const struct workbook *w, uint32_t issue, uint16_t sub);
/* Whether the answer is still, to the letter, what was read back. */
bool readback_covers(const struct workbook *w, uint32_t readback);
/* What a side said to it: index into its words, or NONE. */
uint32_t readback_word(const struct workbook *w, uint32_t readback, const char *side);

/* ---- sub-questions, recommendations */

/* How many sub-questions an issue has (0 or at least 2), and how many are closed:
 * answered, or not applicable. */
uint32_t issue_subs(const struct workbook *w, uint32_t issue);
uint32_t issue_subs_closed(const struct workbook *w, uint32_t issue);
bool issue_sub_closed(const struct workbook *w, uint32_t issue, uint16_t sub);
/* Of a recommendation: what it rests on that is bracketed, deferred, or not agreed:
 * "rests on B(b) (bracketed), D(a) (deferred)" appended; nothing when all is well. What
 * was agreed over open brackets says so; what was not carried to this workbook, too. */
void recommendation_doubts(const struct workbook *w, uint32_t issue, struct buf *out);

/* ---- temperature checks */

/* The level of a side (person NONE) or a participant (side "") in the last check, which
 * is about the wording in force; 0 for none. */
int sounding_of(const struct workbook *w, uint32_t issue, const char *side,
                uint32_t person);
/* How many stand at each level of the last check of an issue, [1 … LEVEL_COUNT]. By whom
 * is never told here. Returns how many in all. */
uint32_t soundings_count(const struct workbook *w, uint32_t issue,
                         uint32_t counts[LEVEL_COUNT + 1]);

#endif
