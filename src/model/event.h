/*
 * Events: what a session records. A workbook's log is a list of them, in the order of
 * the file, and the state is what they give when applied in that order.
 *
 * event_kinds[] is the one table of them: the codec, the log, the history screen and
 * memobook(5) derive from it. To add a kind: a line in the table, an apply function.
 *
 * Times are milliseconds since 1970-01-01T00:00:00Z; nothing depends on their order.
 */
#ifndef MODEL_EVENT_H
#define MODEL_EVENT_H

#include "base/err.h"
#include "base/mem.h"

#include <stdbool.h>
#include <stdint.h>

struct workbook;

/* Attributes that an event may carry, besides n, id, at and crc. */
#define EVENT_FIELDS(X)                                                                  \
    X(ISSUE, "issue")               /* a reference: B.b, or B.b.2 for a sub-question */  \
    X(KIND, "kind")                 /* of an annotation, or of an issue */               \
    X(SPEAKER, "speaker")           /* who said it, as typed or as in the roster */      \
    X(SIDE, "side")                 /* id of a side */                                   \
    X(ATTRIBUTION, "attribution")   /* name, side, none */                               \
    X(EVENT, "event")               /* id of the event that this one is about */         \
    X(PRIORITY, "priority")         /* 0 to 3 */                                         \
    X(DISPOSITION, "disposition")   /* code of a disposition */                          \
    X(STATE, "state")               /* a word that the kind says */                      \
    X(OWNER, "owner")               /* of an action item */                              \
    X(DUE, "due")                   /* YYYY-MM-DD */                                     \
    X(EVENTS, "events")             /* ids of events, blank separated */                 \
    X(PERSON, "person")             /* id of a participant */                            \
    X(CONSTITUENCY, "constituency") /* government, business, civil society… */         \
    X(ROLE, "role")                 /* chair, facilitator, rapporteur, speaker… */     \
    X(MINUTES, "minutes")           /* of a time box, 0 for none */                      \
    X(PLACE, "place")               /* in the list of speakers, from 1 */                \
    X(UNTIL, "until")               /* a time, as at: the planned end of a sitting */    \
    X(STANCE, "stance")             /* of a position: for, against, conditional */       \
    X(SIDES, "sides")               /* ids of sides, blank separated */                  \
    X(OVERRIDE, "override")         /* what an outcome was recorded in spite of */       \
    X(ISSUES, "issues")             /* references, blank separated */                    \
    X(LEVEL, "level")               /* of agreement: 1 to 5 */                           \
    X(FROM, "from")                 /* id of the workbook of an earlier meeting */       \
    X(RESOLVES, "resolves") /* number of a bracket, and the side whose text it is */     \
    X(LOST, "lost")         /* ms that the wall clock ran ahead of the room */           \
    X(TEMPLATE, "template") /* of notes that were handed out */                          \
    X(FORMAT, "format")     /* text, markdown, html, odt, docx, pdf; paper: printed */   \
    X(GROUP, "group")       /* id of the first event of the same command */

enum event_field {
#define X(sym, name) FIELD_##sym,
    EVENT_FIELDS(X)
#undef X
        FIELD_COUNT,
    FIELD_UNKNOWN = FIELD_COUNT /* an attribute that this version does not know */
};

const char *event_field_name(enum event_field f);
enum event_field event_field_parse(const char *name);

enum event_kind_id {
    EVENT_NOTE,
    EVENT_ANSWER,
    EVENT_POSITION,
    EVENT_ACTION,
    EVENT_PRIORITY,
    EVENT_DISPOSITION,
    EVENT_DISCUSS,
    EVENT_ISSUE,
    EVENT_REVISE,
    EVENT_MOVE,
    EVENT_RETRACT,
    EVENT_UNDO,
    EVENT_EXPUNGED,
    EVENT_SITTING,
    EVENT_PERSON,
    EVENT_PRESENCE,
    EVENT_SIDE,
    EVENT_FLOOR,
    EVENT_TIMEBOX,
    EVENT_RECORD,
    EVENT_CLOCK,
    EVENT_SHARE,
    EVENT_DONE,
    EVENT_CONFIRM,
    EVENT_READBACK,
    EVENT_ASSENT,
    EVENT_SUBQUESTION,
    EVENT_SUPPORT,
    EVENT_SOUNDING,
    EVENT_CARRIED,
    EVENT_RELEASED,
    EVENT_KIND_COUNT
};

struct event_attr {
    enum event_field field;
    const char *name; /* set for FIELD_UNKNOWN too */
    const char *value;
};

enum { EVENT_ATTRS_MAX = 32 };

struct event {
    const struct event_kind *kind; /* NULL: a kind that this version does not know */
    const char *name;              /* of the element */
    const char *id;                /* "k4q7.2": writer and number, unique in all copies */
    uint32_t n;                    /* its place in the file, from 1 */
    int64_t at;
    const struct event_attr *attrs;
    uint32_t n_attrs;
    const char *text; /* never NULL */
    const char *odd;  /* why the reader could not take it as it stands, or NULL */
    uint32_t line;    /* of the file it was read from; 0 for a new one */
    bool edited;      /* its check sum is wrong: it was changed by hand */
};

/* A kind of event. */
struct event_kind {
    enum event_kind_id id;
    const char *name; /* of the element */
    const char *help; /* for memobook(5) */
    struct {
        enum event_field field;
        bool required;
    } fields[9];
    uint8_t n_fields;
    enum { EVENT_TEXT_NONE, EVENT_TEXT_OPTIONAL, EVENT_TEXT_REQUIRED } text;
    bool undoable;
    /* What it says to a person, in one line, without the time and the issue. */
    void (*describe)(const struct workbook *w, const struct event *e, struct buf *out);
};

extern const struct event_kind event_kinds[EVENT_KIND_COUNT];
const struct event_kind *event_kind_parse(const char *name);

/* The value of an attribute, or "" when it has none. */
const char *event_get(const struct event *e, enum event_field f);

/* A copy in the arena, strings included. */
struct event event_copy(struct arena *a, const struct event *e);

/* Builds an event on the stack: event_draft_init, event_draft_set…, then d.event. The
 * strings are borrowed. */
struct event_draft {
    struct event event;
    struct event_attr attrs[8];
};
void event_draft_init(struct event_draft *d, enum event_kind_id kind);
/* Leaves an empty value out. */
void event_draft_set(struct event_draft *d, enum event_field f, const char *value);

/* 2011-12-06T09:02:11.250Z, both ways; parsing returns false for what is no such time. */
void event_time_format(int64_t at, char out[25]);
bool event_time_parse(const char *s, int64_t *at);

#endif
