/*
 * What the files of the notes document share: the projection that is being made, and the
 * pieces that its elements are made of.
 *
 *     document.c            the root, the memo, topics, the lists after them
 *     document_issue.c      an issue, and what stands under it
 *     document_agreement.c  outcomes, read-backs, soundings, what advice rests on
 *     document_room.c       sittings, who was there, speaking time, interventions
 *     document_timeline.c   everything in order
 *     document_brackets.c   texts of answers
 *     document_pieces.c     texts, times, references
 *     document_voice.c      attribution: what may be said of who, there and nowhere else
 */
#ifndef NOTES_DOCUMENT_PRIVATE_H
#define NOTES_DOCUMENT_PRIVATE_H

#include "document.h"
#include "document_tree.h"

#include "model/agreement.h"
#include "model/pace.h"

/* Why an issue is carried forward to the next meeting. */
enum carried {
    CARRIED_NOT,
    CARRIED_OPEN,
    CARRIED_BRACKETED,
    CARRIED_DEFERRED,
    CARRIED_NO_ANSWER,
    CARRIED_TO_CONFIRM
};
const char *carried_code(enum carried why); /* "" for not */

struct carried_issue {
    uint32_t issue;
    uint8_t why;         /* enum carried */
    uint8_t disposition; /* at the end of the sitting */
};

struct totals {
    unsigned issues, recorded, discussed, answered, notes, positions, actions, done,
        carried, brackets, broken;
    unsigned dispositions[DISPOSITION_COUNT];
    int64_t spent;
};

struct voice {
    const char *person, *side; /* "" for what may not be printed, or is not known */
};

/* An annotation: what it is, and whose. */
struct said {
    int kind; /* enum note_kind */
    struct voice by;
};

struct projection {
    const struct workbook *w;
    const struct notes_options *o;
    unsigned needs;      /* enum notes_needs */
    int64_t room;        /* room time of the notes */
    uint32_t first, end; /* log indices of the sitting, or of all */
    int64_t *spent;      /* of each issue in the sitting; NULL for all */
    struct tree t;
    struct totals all, topic; /* of everything but the recommendations; of one topic */
    index_vec actions;        /* entries, in the order of the document */
    VEC(struct carried_issue) carried;
    index_vec standing; /* answers and positions of one issue */
    VEC(struct said) said;
    const struct lone_side *veiled; /* whose entries do not tell the side */
    size_t n_veiled;
};

/* Whether what a log index recorded is of the sitting. */
static inline bool is_of_sitting(const struct projection *p, uint32_t log_index) {
    return log_index >= p->first && log_index < p->end;
}
/* Whether an entry may be told: live, not withdrawn, not private; and is of the sitting.
 */
bool is_open(const struct projection *p, const struct entry *e);
bool is_told(const struct projection *p, const struct entry *e);

/* ---- document_voice.c */

/* What notes and entry allow together. */
enum attribution tier_of(const struct projection *p, const struct entry *e);
/* Whether the notes may tell a side, or a person. */
bool sides_told(const struct projection *p);
bool people_told(const struct projection *p);
/* Who a name as it was recorded is: a participant, a side, or as typed. */
struct voice voice_of(const struct projection *p, const char *who, const char *side,
                      enum attribution tier);
struct voice voice_of_entry(const struct projection *p, const struct entry *e);
/* Less a side that is veiled. */
struct voice voice_shown(const struct projection *p, const struct entry *e);
struct voice voice_of_person(const struct projection *p, uint32_t person);
/* `person` is the name of the attribute; "" in the voice leaves it out. */
void add_voice(struct projection *p, xmlNode *n, struct voice v, const char *person);
struct voice add_entry_voice(struct projection *p, xmlNode *n, const struct entry *e,
                             const char *person);
/* side and side-name, where sides are told. */
void add_side(struct projection *p, xmlNode *n, const char *side);
/* How many people at least made the annotations p->said, a line for each kind. */
void add_said(struct projection *p, xmlNode *parent);
void find_lone_sides(const struct projection *p, lone_vec *out);
void lone_side_say(const struct projection *p, const struct lone_side *s,
                   struct buf *out);

/* ---- document_pieces.c */

/* The next word of a list with blanks between them, copied; false after the last. */
bool next_word(const char **list, char *word, size_t size);
void add_memo_text(struct projection *p, xmlNode *n, const struct memo_text *text);
/* Nothing where the text is empty. */
void add_titled(struct projection *p, xmlNode *parent, const char *name,
                const struct memo_text *text);
void add_paragraphs(struct projection *p, xmlNode *parent,
                    const struct memo_texts *texts);
/* What was typed: a line feed ends a paragraph. */
void add_typed(struct projection *p, xmlNode *parent, const char *s);
void add_named(struct projection *p, xmlNode *parent, const char *name, const char *text);
void add_day(struct projection *p, xmlNode *n, const char *name, const char *words,
             const char *day);
/* at, day, day-words, time. */
void add_time(struct projection *p, xmlNode *n, int64_t at);
/* from…, to… and when; `to` 0: it lasts. */
void add_span(struct projection *p, xmlNode *n, int64_t from, int64_t to);
/* until, until-day, until-day-words, until-time. */
void add_time_as(struct projection *p, xmlNode *n, const char *name, int64_t at);
void add_spent(struct projection *p, xmlNode *n, int64_t ms);
/* minutes, and where some of it was used, share and box. */
void add_box(struct projection *p, xmlNode *n, int64_t box, int64_t spent);
/* share: part of whole, in whole per cent. */
void add_share(struct projection *p, xmlNode *n, int64_t part, int64_t whole);
void add_ref(struct projection *p, xmlNode *n, struct ref r);
void add_issue_ref(struct projection *p, xmlNode *n, uint32_t issue, uint16_t sub);
void add_earlier(struct projection *p, xmlNode *n, uint32_t log_index);
void add_yes(struct projection *p, xmlNode *n, const char *name, bool yes);

/* ---- document_brackets.c */

/* The paragraphs of an answer; counts its brackets in *open and *broken unless NULL. */
void add_answer_text(struct projection *p, xmlNode *parent, const char *s, unsigned *open,
                     unsigned *broken);

/* ---- document_issue.c */

void add_issue(struct projection *p, xmlNode *parent, uint32_t issue);
/* Its paragraphs, without how far its questions came. */
void add_wording(struct projection *p, xmlNode *n, uint32_t issue);
void add_action(struct projection *p, xmlNode *parent, const struct entry *e,
                size_t number);

/* ---- document_agreement.c */

/* How an issue came out at the end of the sitting. */
struct outcome {
    uint8_t disposition; /* enum disposition */
    bool disposed;       /* a step was recorded, in the sitting or before */
    bool step;           /* one that the notes tell */
    bool confirming;     /* a side has still to confirm it */
};
struct outcome add_dispositions(struct projection *p, xmlNode *parent, uint32_t issue);
/* Each returns whether it added anything. */
bool add_readbacks(struct projection *p, xmlNode *parent, uint32_t issue);
bool add_sounding(struct projection *p, xmlNode *parent, uint32_t issue);
bool add_supports(struct projection *p, xmlNode *parent, uint32_t issue);
void add_wordings(struct projection *p, xmlNode *parent, uint32_t issue);

/* ---- document_room.c */

void find_spent(struct projection *p);
void add_carried_from(struct projection *p, xmlNode *root);
void add_sittings(struct projection *p, xmlNode *root);
void add_attendance(struct projection *p, xmlNode *root);
void add_balances(struct projection *p, xmlNode *root);
void add_off_record(struct projection *p, xmlNode *root);
void add_interventions(struct projection *p, xmlNode *root);

/* ---- document_timeline.c */

void add_timeline(struct projection *p, xmlNode *root);

#endif
