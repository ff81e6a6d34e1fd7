/*
 * A memo: what a facilitator brings to the meeting. Never changed by a session.
 *
 * Invariants: every id is set (a missing one was lettered when it was read) and unique
 * among its siblings; the issues of a topic stand together in memo.issues; the policy
 * recommendations, where there are any, are the last topic, with the id `R`, and each
 * recommendation is an issue of it, so that it can be discussed like one. All strings
 * are UTF-8, never NULL ("" where absent), and belong to memo.arena.
 */
#ifndef MODEL_MEMO_H
#define MODEL_MEMO_H

#include "base/err.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stdint.h>

#define NONE UINT32_MAX /* no index */

enum { MEMO_ID_MAX = 16, MEMO_MINUTES_MAX = 1440 };

/* Emphasised bytes of a paragraph: s[start, end). */
struct memo_span {
    uint32_t start, end;
};

struct memo_text {
    const char *s;
    uint32_t len, n_em;
    const struct memo_span *em;
};

/* A run of texts; v may be NULL when n is 0. */
struct memo_texts {
    const struct memo_text *v;
    uint32_t n;
};

enum memo_rule { RULE_ATTRIBUTABLE, RULE_SIDE_ONLY, RULE_CHATHAM_HOUSE };

enum memo_issue_kind {
    ISSUE_UNSPECIFIED,
    ISSUE_QUESTION,
    ISSUE_THEME,
    ISSUE_PROPOSAL,
    ISSUE_AREA,
    ISSUE_OTHER
};

struct memo_issue {
    const char *id;      /* "b" */
    const char *to;      /* ids of the sides it is addressed to, blank separated */
    struct memo_texts p; /* its paragraphs: the sub-questions, when there are several */
    uint16_t minutes;    /* time box; 0 for none */
    uint8_t kind;        /* enum memo_issue_kind */
    uint8_t priority;    /* 1 high to 3 low; 0 for none */
};

struct memo_topic {
    const char *id;             /* "B" */
    struct memo_text statement; /* its name in the list of topics */
    struct memo_text title;     /* the heading of its section */
    struct memo_texts p;        /* background */
    struct memo_text lead;      /* "Open issues:" */
    uint32_t first, n_issues;   /* memo.issues.v[first .. first + n_issues) */
    uint16_t minutes;
    bool recommendations; /* the section R */
};

struct memo_side {
    const char *id, *name;
};

struct memo_author {
    const char *name, *role;
};

/* A reference or an entry of the chronology. */
struct memo_item {
    const char *id, *date, *url;
    const char *issues; /* refs that it belongs to: "A.b B.a" */
    struct memo_text text;
};

struct memo_name {
    const char *lang, *name;
};

struct memo_term {
    const char *id;
    const struct memo_name *names;
    uint32_t n_names;
    struct memo_text definition;
};

struct memo {
    struct arena arena;
    const char *lang; /* BCP 47; "" where the memo does not say */
    enum memo_rule rule;
    const char *title, *genre;
    struct memo_text title_text;
    const char *meeting, *host, *place, *from, *to; /* dates YYYY-MM-DD */
    VEC(struct memo_author) authors;
    VEC(struct memo_side) sides;
    bool has_introduction;
    struct memo_text introduction_title;
    struct memo_texts introduction;
    struct memo_text topics_title, topics_lead;
    VEC(struct memo_topic) topics;
    VEC(struct memo_issue) issues;
    VEC(struct memo_item) references, chronology;
    VEC(struct memo_term) terms;
};

/* An empty memo; the caller fills it. memo_free(NULL) is allowed. */
struct memo *memo_new(void);
void memo_free(struct memo *m);

/* The id that follows `prev` in a list ("" gives "a"; "a" "b"; "z" "aa"; "az" "ba"),
 * in the case of prev; `first` is what "" gives. Ids that are no letters ("fig-1") are
 * followed by `first`. */
void memo_next_id(const char *prev, const char *first, char out[MEMO_ID_MAX + 1]);
/* Letters, digits and '-', 1 to 16 of them. */
bool memo_id_ok(const char *id);
/* YYYY-MM-DD, or with `partial` also YYYY and YYYY-MM, a day that exists. */
bool memo_date_ok(const char *date, bool partial);
/* Whether the blank separated list holds the word. */
bool memo_list_has(const char *list, const char *word);
/* "6–7 December 2011"; empty when the memo gives no dates. */
void memo_dates(const struct memo *m, struct buf *out);

const char *memo_rule_name(enum memo_rule r);
const char *memo_issue_kind_name(enum memo_issue_kind k);
/* -1 when the word names none. */
int memo_rule_parse(const char *word);
int memo_issue_kind_parse(const char *word);

#endif
