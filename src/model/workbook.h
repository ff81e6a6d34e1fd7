/*
 * The state of a workbook: its memo with the events of its log applied in order.
 *
 * All that a screen shows or the notes print is read from here. workbook_apply() is the
 * only way to change it; it is the same for opening, recording, undoing, merging.
 *
 * Invariants: issues are never renumbered or removed, so an index into w->issues or
 * w->entries is good for ever; the first memo->issues.n issues are the memo's, in its
 * order. An entry that was undone or withdrawn stays, marked. Cost: an event costs what
 * its own issue holds at most; undoing one replays the events of the object it changed.
 *
 * Ownership: the workbook borrows the memo and copies each event. Strings live as long
 * as the workbook. Times as in event.h.
 */
#ifndef MODEL_WORKBOOK_H
#define MODEL_WORKBOOK_H

#include "event.h"
#include "memo.h"
#include "room.h"

enum disposition {
    DISPOSITION_OPEN,
    DISPOSITION_AGREED,
    DISPOSITION_AD_REFERENDUM,
    DISPOSITION_BRACKETED,
    DISPOSITION_DEFERRED,
    DISPOSITION_NO_AGREEMENT,
    DISPOSITION_NOTED,
    DISPOSITION_WITHDRAWN,
    DISPOSITION_COUNT
};

struct disposition_words {
    const char *code;  /* agreed-ad-referendum: in files and JSON */
    const char *words; /* agreed ad referendum: for people */
    const char *mark;  /* one column, for the outline */
    char letter;       /* in the menu */
};
extern const struct disposition_words dispositions[DISPOSITION_COUNT];

enum progress { PROGRESS_NOT_DISCUSSED, PROGRESS_UNDER_DISCUSSION, PROGRESS_DISCUSSED };
const char *progress_words(enum progress p);

enum attribution { ATTRIBUTION_NAME, ATTRIBUTION_SIDE, ATTRIBUTION_NONE };
const char *attribution_code(enum attribution a); /* name, side, none */

enum note_kind {
    NOTE_COMMENT,
    NOTE_FOR,
    NOTE_AGAINST,
    NOTE_PROPOSAL,
    NOTE_QUESTION,
    NOTE_FACT,
    NOTE_KIND_COUNT
};
struct note_kind_words {
    const char *code; /* comment, for, against, … */
    char mark;        /* of the capture line; blank for a comment */
};
extern const struct note_kind_words note_kinds[NOTE_KIND_COUNT];

enum stance { STANCE_NONE, STANCE_FOR, STANCE_AGAINST, STANCE_CONDITIONAL, STANCE_COUNT };
struct stance_words {
    const char *code;  /* for, against, conditional; "" for none */
    const char *words; /* in favour, against, on conditions */
    char mark;         /* + - ? in front of a position that is typed; blank for none */
};
extern const struct stance_words stances[STANCE_COUNT];
int stance_parse(const char *word);

/* The gradient of agreement: 1 against, 2 serious doubts, 3 can live with it, 4 in favour
 * with reservations, 5 in full. */
enum { LEVEL_COUNT = 5 };
const char *level_words(int level);

/* The value of a code in a file, or -1. */
int disposition_code_parse(const char *word);
int attribution_parse(const char *word);
int note_kind_parse(const char *word);

enum entry_kind { ENTRY_NOTE, ENTRY_ANSWER, ENTRY_POSITION, ENTRY_ACTION };

/* Something recorded under an issue. */
struct entry {
    uint8_t kind;        /* enum entry_kind */
    uint8_t note_kind;   /* enum note_kind */
    uint8_t attribution; /* enum attribution */
    bool live;           /* not undone */
    bool retracted;      /* withdrawn; shown struck in the history only */
    uint8_t stance;      /* enum stance, of a position */
    bool shared;         /* a position that the room knows; others are private */
    bool done;           /* an action item */
    uint16_t sub;        /* of which sub-question, from 1; 0 for the issue as a whole */
    uint32_t event;      /* what made it: index into w->log */
    uint32_t last;       /* the last live event that changed it */
    uint32_t tail;       /* the last event about it, live or not */
    uint32_t issue;      /* where it stands now */
    int64_t at;          /* when it was made */
    const char *text;    /* as last corrected */
    const char *speaker, *side, *owner, *due;
};

typedef VEC(uint32_t) index_vec;

enum sub_state { SUB_OPEN, SUB_ANSWERED, SUB_NOT_APPLICABLE };

/* How a sub-question was closed. */
struct sub_question {
    uint16_t sub;     /* from 1 */
    uint8_t state;    /* enum sub_state */
    const char *text; /* the part of the answer, or why not; or "" */
};

struct confirmation {
    const char *side;
    uint32_t event; /* log index */
    int64_t at;
    const char *text;
};

struct sounding {
    const char *side; /* id, or "" */
    uint32_t person;  /* or NONE */
    uint8_t level;    /* 1 to LEVEL_COUNT */
    uint32_t event;   /* log index */
    int64_t at;
};

enum assent { ASSENT_GIVEN, ASSENT_RESERVATION, ASSENT_SILENCE };

struct assent_word {
    const char *side;
    uint8_t assent;   /* enum assent */
    const char *text; /* the words of a reservation */
    int64_t at;
};

/* A wording read back to the sides. */
struct readback {
    uint32_t issue;
    uint16_t sub;
    uint32_t event; /* log index */
    int64_t at;
    const char *text; /* the frozen wording */
    bool live;        /* not undone */
    bool ended;
    VEC(struct assent_word) words; /* one for each side that spoke, its last */
    index_vec events;              /* all that replaying needs */
};

/* What has been recorded under an issue; NULL in an issue where nothing has. */
struct issue_record {
    index_vec entries;    /* live and not, in the order of the log */
    index_vec answers;    /* entries: the last live answer of each sub-question */
    index_vec events;     /* every event that is about this issue, entries' included */
    int64_t spent;        /* ms of finished discussion */
    uint32_t reworded;    /* log index of the wording in force, or NONE */
    uint32_t disposed;    /* log index of the disposition in force, or NONE */
    const char *asked;    /* sides that are to confirm it, blank separated; or "" */
    const char *owner;    /* who keeps a deferred issue; or "" */
    const char *supports; /* stored references of what a recommendation rests on; or "" */
    VEC(struct confirmation) confirmed;
    VEC(struct sub_question) subs; /* those that were closed */
    VEC(struct sounding) soundings;
};

struct issue {
    const struct memo_issue *text; /* the memo's, or the wording in force */
    struct issue_record *record;
    uint32_t topic;
    uint8_t priority;    /* 1 to 3; 0 none */
    uint8_t disposition; /* enum disposition */
    uint8_t progress;    /* enum progress */
    bool raised;         /* in the room, not in the memo */
    bool live;           /* false: raised, and undone */
    bool answered;       /* has an answer that stands, or no sub-question is open */
    uint16_t n_brackets; /* open owned ones, in the answers that stand */
    uint16_t n_broken;   /* broken ones */
    uint16_t minutes;    /* time box; 0 for none */
};

struct topic {
    const struct memo_topic *text;
    index_vec raised;    /* issues raised in the room, after the memo's */
    uint32_t n_answered; /* live issues that have an answer */
    uint32_t n_live;
    uint32_t n_brackets; /* of its live issues */
    int64_t spent;       /* ms of finished discussion of its issues */
    uint16_t minutes;    /* time box; 0 for none */
};

/* An event in the log, and what it did. The events of one command (a roster) are a group:
 * the undo of the first takes back all of them. */
struct log_item {
    struct event event;
    uint32_t object; /* index of the issue or entry it changed, or of the undone event */
    uint32_t issue;  /* the issue that it is about, or NONE */
    uint32_t next;   /* the next event about the same entry, or NONE */
    uint16_t sub;    /* the sub-question that it is about, or 0 */
    uint32_t mates;  /* the next event of its group, or NONE */
    bool follows;    /* in a group, and not the first of it */
    uint32_t dead;   /* how many live undos name it; 0: it counts */
    int64_t room;    /* room time */
    const char *odd; /* why it was set aside, or NULL */
};

struct workbook {
    const struct memo *memo;
    struct arena arena;
    VEC(struct log_item) log;
    VEC(struct issue) issues;
    VEC(struct topic) topics;
    VEC(struct entry) entries;
    uint32_t discussed;    /* the issue under discussion, or NONE */
    int64_t discussed_at;  /* since when, room time */
    uint32_t n_odd;        /* events set aside */
    index_vec undo_stack;  /* log indices that undo would take back, last on top */
    index_vec redo_stack;  /* undo events that redo would take back */
    index_vec discussions; /* every discuss event, live or not, and what ends one */
    VEC(struct readback) readbacks;
    uint32_t carried; /* log indices below it are an earlier meeting's; 0 for none */
    struct room room;
    struct id_map *ids; /* event id -> log index */
    uint64_t version;   /* grows with every event, and when it is reset */
};

struct workbook *workbook_new(const struct memo *memo);
void workbook_free(struct workbook *w);
/* Forgets every event, to be given them anew: all indices but those of the memo's own
 * issues are stale then. */
void workbook_reset(struct workbook *w);

/* Whether the event could be applied: its fields, its references. 0, or -1 with *err.
 * To be asked before an event is written. */
int workbook_check(const struct workbook *w, const struct event *e, struct err *err);
/* Applies one event. One that workbook_check() refuses is kept in the log, set aside
 * with its reason (log_item.odd), and -1 is returned; the state is as before. */
int workbook_apply(struct workbook *w, const struct event *e, struct err *err);

/* Log index of an event id, or NONE. */
uint32_t workbook_event(const struct workbook *w, const char *id);
/* Entry that the event made, or NONE. */
uint32_t workbook_entry(const struct workbook *w, uint32_t log_index);

/* A place in the memo: a topic (issue NONE), an issue, or a sub-question (sub > 0). */
struct ref {
    uint32_t topic, issue;
    uint16_t sub;
};
#define REF_NONE ((struct ref){NONE, NONE, 0})

/* Parses B.b, B(b), Bb, B(b)2, B.b.2, B, ignoring case; the whole of `word`. 0 or -1. */
int ref_parse(const struct workbook *w, const char *word, struct ref *out,
              struct err *err);
/* B(b)2, for people; B.b.2, for files. */
void ref_print(const struct workbook *w, struct ref r, struct buf *out);
void ref_store(const struct workbook *w, struct ref r, struct buf *out);
struct ref ref_of_issue(const struct workbook *w, uint32_t issue);
/* "B(b), D(a)": a blank separated list of stored references, for people. One that names
 * nothing here is printed as it stands. */
void refs_print(const struct workbook *w, const char *list, struct buf *out);

/* Issues of a topic, the memo's and those from the room, live or not. */
uint32_t topic_count(const struct workbook *w, uint32_t topic);
uint32_t topic_issue(const struct workbook *w, uint32_t topic, uint32_t i);
/* "Institutional framework for cooperation". */
const char *topic_title(const struct workbook *w, uint32_t topic);

const char *issue_id(const struct workbook *w, uint32_t issue);
/* All its paragraphs, separated by a blank, appended to out. */
void issue_words(const struct workbook *w, uint32_t issue, struct buf *out);
/* The answer in force for the issue (sub 0) or a sub-question; entry index or NONE. */
uint32_t issue_answer(const struct workbook *w, uint32_t issue, uint16_t sub);
/* A side's position in force; entry index or NONE. */
uint32_t issue_position(const struct workbook *w, uint32_t issue, const char *side);
/* How many live, not withdrawn entries of a kind it has. */
uint32_t issue_entries(const struct workbook *w, uint32_t issue, enum entry_kind kind);
/* Ms of discussion until a room time, the running one included. Never negative. */
int64_t issue_spent(const struct workbook *w, uint32_t issue, int64_t room);
/* Whether the entry is what stands (live, not withdrawn, and for an answer or position
 * not superseded by a later one). */
bool entry_stands(const struct workbook *w, uint32_t entry);
/* The participant who spoke (of a note) or owns it (of an action): an index, or NONE
 * where none is named or the name is no participant's id. */
uint32_t entry_person(const struct workbook *w, const struct entry *e);
/* The side of the entry, else of who spoke: its id, or "". */
const char *entry_side(const struct workbook *w, const struct entry *e);
/* The name of who spoke, or owns it, as it is shown: a participant's, else as typed. */
const char *entry_name(const struct workbook *w, const struct entry *e);

/* The id that the next issue from the room takes in this topic. */
void topic_next_id(const struct workbook *w, uint32_t topic, char out[MEMO_ID_MAX + 1]);

/* Name of a side, or its id where nobody knows it. */
const char *side_name(const struct workbook *w, const char *id);
/* Log indices of what undo and redo would take back, or NONE. */
uint32_t workbook_undo_target(const struct workbook *w);
uint32_t workbook_redo_target(const struct workbook *w);

/* "priority B(e) 1": what the event did, for the history and for "undone: …". */
void workbook_describe(const struct workbook *w, uint32_t log_index, struct buf *out);

#endif
