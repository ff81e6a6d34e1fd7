/*
 * The room: sittings, the people and sides in it, the floor, time, and whether it is on
 * the record. Part of the state of a workbook (w->room), changed by workbook_apply()
 * alone.
 *
 * Room time. Wall clocks are set, and computers sleep, so what was used is never measured
 * with them. Room time (ms) grows from one event to the next by the wall time between
 * them, less what a `clock` event says was lost; by nothing where that is negative or
 * longer than ROOM_GAP_MAX without an event. It never runs backwards, so no duration is
 * negative or absurd. log_item.room is the room time of an event.
 *
 * Practice: list of speakers, point of order, right of reply, closing the list as in the
 * UN General Assembly's Rules of Procedure (71 to 73). The list is advice: nothing is
 * reordered unasked.
 *
 * Invariants: an index into people, sides or sittings is good for ever; the first
 * memo->sides.n sides are the memo's. Undoing replays the events of the room, which makes
 * the interventions anew. Strings live as long as the workbook.
 */
#ifndef MODEL_ROOM_H
#define MODEL_ROOM_H

#include "memo.h"

struct workbook;
struct id_map;

enum { ROOM_GAP_MAX = 3 * 3600 * 1000, PERSON_ID_MAX = 32 };

/* ---- people and sides */

struct side {
    const char *id, *name;
    bool live; /* false: added, and undone */
};

enum role_in_room {
    PERSON_SPEAKER, /* a participant like any other */
    PERSON_CHAIR,
    PERSON_FACILITATOR,
    PERSON_RAPPORTEUR,
    PERSON_OBSERVER,
    PERSON_INTERPRETER,
    PERSON_ROLE_COUNT
};
const char *person_role_name(enum role_in_room r); /* "speaker", "chair"… */
/* By any start of the name, ignoring case; "participant" is who has no other role. Or -1.
 */
int person_role_parse(const char *word);

/* From one arrival to the departure after it; wall times. An adjournment ends the stays;
 * who was here then is taken to be here when the next sitting opens. Whoever arrived
 * before it opened has a stay in it from its opening on. */
struct stay {
    int64_t from, to; /* to 0: still here */
    uint32_t sitting; /* index, or NONE */
};

struct person {
    const char *id;           /* "yakushev" */
    const char *name;         /* "Michael YAKUSHEV" */
    const char *side;         /* id, or "" */
    const char *constituency; /* "government", "business", "civil society", other, "" */
    uint8_t role;             /* enum role_in_room */
    bool live;                /* not undone, not removed */
    bool present;
    uint32_t interventions; /* finished ones */
    int64_t spoken;         /* ms of them */
    VEC(struct stay) stays;
    const char *keyed;  /* the name that what follows was made of */
    const char *key;    /* words to find: of the name and the id, in Latin letters */
    const char *loose;  /* the same in its loosest spelling (person_name.c) */
    const char *family; /* the family name in such letters */
};

/* The family name: the words in capitals, where others are not; else what stands before
 * a comma, else the last word; initials ("M.V."), titles ("PhD") and what is in brackets
 * are none of it. A piece of name, which is not ended by NUL; *len its length. */
const char *person_family(const char *name, size_t *len);
/* One of the marks that "O'Brien" is written with. */
bool person_apostrophe(uint32_t c);
/* "YAKUSHEV": the family name in capitals, for the floor and lists; with the first letter
 * of the given name where a live namesake has the same: "A. SMITH"; with the handle where
 * that is the same too: "SMITH (smith-2)". Appended. */
void person_short(const struct workbook *w, uint32_t person, struct buf *out);
/* An id for a new person, made of the family name (Cyrillic in Latin letters, by BGN/PCGN
 * without marks), unlike those there are: "yakushev", "yakushev-2"; "p7" where no
 * letter is left. */
void person_new_id(const struct workbook *w, const char *name,
                   char out[PERSON_ID_MAX + 1]);
bool person_id_ok(const char *id);
/* The words of any text as names are compared: lower case, without marks, Cyrillic in
 * Latin letters, a blank after each. Appended. */
void person_key(struct buf *out, const char *s, size_t len);
/* A key in its loosest spelling, in which Yakushev, Iakushev and Jakuschew are one. */
void person_loose_key(struct buf *out, const char *key);

/* The person of an id, or NONE; live or not. */
uint32_t person_by_id(const struct workbook *w, const char *id);
/* The live people that a word begins some part of the name (or id) of, in Latin or
 * Cyrillic letters, ignoring case and accents; a leading @ is dropped. Of several words
 * ("a. smith") each begins some part. A whole id or a whole family name beats all that it
 * merely begins; a start as it is spelt beats one in another spelling. Puts the indices
 * at `found`; returns how many, `max` at most. */
size_t people_find(const struct workbook *w, const char *word, uint32_t *found,
                   size_t max);
/* A word that names this one alone: the id; with -1 where that is a family name that
 * namesakes share. Appended. */
void person_handle(const struct workbook *w, uint32_t person, struct buf *out);
/* The one that a word names: an index, or NONE with *err (unknown, or which it could be).
 */
uint32_t person_parse(const struct workbook *w, const char *word, struct err *err);

/* ---- the floor */

enum turn_kind {
    TURN_USUAL,
    TURN_ORDER, /* a point of order: to the front */
    TURN_REPLY, /* right of reply: next, after points of order */
    TURN_TOUR,  /* in a tour de table */
    TURN_LAST   /* the last word, after the list is closed */
};
const char *turn_words(enum turn_kind k); /* "", "point of order", "right of reply"… */

struct turn { /* of one who waits */
    uint32_t person;
    uint8_t kind; /* enum turn_kind */
};

struct intervention {
    uint32_t person;
    uint8_t kind;
    uint32_t issue;   /* under discussion when it began, or NONE */
    uint32_t sitting; /* or NONE */
    int64_t at;       /* wall time when it began */
    int64_t ms;       /* how long it took; 0 while it lasts */
};

struct floor {
    VEC(struct turn) list;
    uint32_t speaker; /* person who has the floor, or NONE */
    uint8_t kind;     /* of that turn */
    int64_t since;    /* room time */
    bool closed;      /* the list is */
    bool tour;        /* a tour de table is under way: someone of it waits or speaks */
    VEC(struct intervention) interventions; /* in order; the last one may last still */
};

/* Ms that the speaker has had, at a room time; 0 when nobody has the floor. */
int64_t floor_elapsed(const struct workbook *w, int64_t room);
/* Where in the list someone waits, or NONE. */
uint32_t floor_place(const struct workbook *w, uint32_t person);
/* Speaking time of a person until a room time, the running turn included. */
int64_t person_spoken(const struct workbook *w, uint32_t person, int64_t room);
/* Whether someone counts in the balance: no interpreter, not the chair, not the
 * facilitator. */
bool person_counts(const struct person *p);

/* The balance of speaking time: shares, largest first. */
enum balance_by { BALANCE_PERSON, BALANCE_SIDE, BALANCE_CONSTITUENCY };
struct balance_row {
    const char
        *name;       /* of the side or constituency ("" for none), or the person's name */
    uint32_t person; /* BALANCE_PERSON: index; else NONE */
    int64_t ms;
    uint32_t turns, people;
    uint32_t first; /* the first of its people */
};
struct balance {
    VEC(struct balance_row) rows;
    int64_t total;
};
/* *b is zero, released, or computed before. People who count and are live, those too who
 * have not spoken; and those taken off the list who have. */
void balance_compute(struct balance *b, const struct workbook *w, enum balance_by by,
                     int64_t room);
/* The same of what was said in one sitting; NONE for all. */
void balance_of_sitting(struct balance *b, const struct workbook *w, enum balance_by by,
                        uint32_t sitting, int64_t room);
void balance_release(struct balance *b);

/* ---- sittings */

struct sitting {
    const char *title; /* "Day 1 morning"; "Sitting 2" where none was given */
    int64_t opened;    /* wall time */
    int64_t adjourned; /* wall time; 0 while it is open */
    int64_t spent;     /* ms, room time, of what is over */
    int64_t since;     /* room time of opening or resuming */
    int64_t until;     /* wall time of the planned end, or 0 */
    uint32_t first;    /* log index of the event that opened it */
};

/* The sitting of a log index (entries typed after it was adjourned are its own still), or
 * NONE for what came before the first. */
uint32_t sitting_of(const struct workbook *w, uint32_t log_index);
/* The one that is open, or NONE. */
uint32_t sitting_open(const struct workbook *w);
int64_t sitting_spent(const struct workbook *w, uint32_t sitting, int64_t room);

/* Off the record; wall times. */
struct spell {
    int64_t from, to; /* to 0: it lasts */
};

struct room {
    VEC(struct side) sides;
    VEC(struct person) people;
    VEC(struct sitting) sittings;
    VEC(struct spell) off_record;
    VEC(uint32_t) events; /* log indices of all that is replayed */
    struct floor floor;
    struct id_map *ids; /* id -> index into people */
    bool is_off_record;
    bool started;    /* there was an event */
    int64_t time;    /* room time of the last event */
    int64_t last_at; /* wall time of the last event */
};

/* Room time at a wall time, after the last event. */
int64_t room_time(const struct workbook *w, int64_t now);

/* ---- for workbook_apply() and the like alone */

struct event;
void room_init(struct workbook *w);
void room_release(struct workbook *w);
/* Whether an event of the room may be applied. 0, or -1 with *err. */
int room_check(const struct workbook *w, const struct event *e, struct err *err);
/* Moves room time on to the event at the end of the log. */
void room_tick(struct workbook *w, uint32_t log_index);
void room_apply(struct workbook *w, uint32_t log_index);
void room_replay(struct workbook *w);

#endif
