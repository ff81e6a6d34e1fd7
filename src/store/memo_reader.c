#include "memo_codec.h"

#include "file.h"
#include "memo_grammar.h"

#include "model/id_map.h"

#include <ctype.h>

enum { DEPTH_MAX = 8 };

struct frame {
    enum memo_element element;
    unsigned at; /* place in the grammar's list of children */
    bool seen;   /* the child at that place has stood once */
};

/* Ids of the elements of one kind under one parent. */
struct siblings {
    const char *last;
    struct id_map *ids; /* once they leave the order a, b, c */
};

struct memo_builder {
    struct memo *memo;
    struct frame stack[DEPTH_MAX];
    int depth;
    struct buf text; /* of the text-bearing element, its blanks folded */
    bool blank;      /* a blank is due before the next character */
    uint32_t em_start;
    VEC(struct memo_span) em;
    VEC(struct memo_text) p;
    VEC(struct memo_name) names;
    /* Attributes of the issue, item, author … until its end. */
    struct memo_issue issue;
    struct memo_item item;
    struct memo_topic topic;
    const char *id, *role;
    struct siblings topics, others;
};

static const char *const element_names[EL_COUNT] = {
    [EL_MEMO] = "memo",
    [EL_HEAD] = "head",
    [EL_TITLE] = "title",
    [EL_GENRE] = "genre",
    [EL_AUTHOR] = "author",
    [EL_MEETING] = "meeting",
    [EL_NAME] = "name",
    [EL_HOST] = "host",
    [EL_PLACE] = "place",
    [EL_SIDE] = "side",
    [EL_INTRODUCTION] = "introduction",
    [EL_P] = "p",
    [EL_TOPICS] = "topics",
    [EL_LEAD] = "lead",
    [EL_TOPIC] = "topic",
    [EL_STATEMENT] = "statement",
    [EL_ISSUE] = "issue",
    [EL_RECOMMENDATIONS] = "recommendations",
    [EL_RECOMMENDATION] = "recommendation",
    [EL_REFERENCES] = "references",
    [EL_REFERENCE] = "reference",
    [EL_CHRONOLOGY] = "chronology",
    [EL_ENTRY] = "entry",
    [EL_TERMS] = "terms",
    [EL_TERM] = "term",
    [EL_TERM_NAME] = "name",
    [EL_DEFINITION] = "definition",
    [EL_EM] = "em",
};

struct memo_builder *memo_builder_new(void) {
    struct memo_builder *b = mem_zalloc(sizeof *b);
    b->memo = memo_new();
    b->text = (struct buf)BUF_INIT;
    b->topics.last = b->others.last = "";
    return b;
}

void memo_builder_free(struct memo_builder *b) {
    if (!b)
        return;
    memo_free(b->memo);
    buf_release(&b->text);
    vec_release(&b->em);
    vec_release(&b->p);
    vec_release(&b->names);
    id_map_free(b->topics.ids);
    id_map_free(b->others.ids);
    mem_free(b);
}

int memo_builder_depth(const struct memo_builder *b) {
    return b->depth;
}

struct memo *memo_builder_take(struct memo_builder *b) {
    struct memo *m = b->memo;
    b->memo = NULL;
    return m;
}

static struct frame *top(struct memo_builder *b) {
    return &b->stack[b->depth];
}

static const char *keep(struct memo_builder *b, const char *s) {
    return *s ? arena_strdup(&b->memo->arena, s) : "";
}

/* Nearly all names differ in their first letter. */
static bool same(const char *a, const char *b) {
    return *a == *b && strcmp(a, b) == 0;
}

/* ---- attributes */

static int bad_attr(struct err *err, const char *name, const char *value,
                    const char *todo) {
    err_set(err, "%s=\"%s\" is not allowed here", name, value);
    return err_todo(err, "%s", todo);
}

static bool has_side(const struct memo *m, const char *id, size_t len) {
    for (size_t i = 0; i < m->sides.n; i++)
        if (strlen(m->sides.v[i].id) == len && strncmp(m->sides.v[i].id, id, len) == 0)
            return true;
    return false;
}

/* Digits at s, up to len, make the number of one of the issue's paragraphs. */
static bool has_part(const struct memo_issue *i, const char *s, size_t len) {
    uint32_t n = 0;
    if (len == 0 || len > 5 || *s == '0')
        return false;
    for (size_t k = 0; k < len; k++) {
        if (s[k] < '0' || s[k] > '9')
            return false;
        n = n * 10 + (uint32_t)(s[k] - '0');
    }
    return n <= i->p.n;
}

static bool same_id(const char *id, const char *s, size_t len) {
    return strlen(id) == len && strncmp(id, s, len) == 0;
}

/* B.e, or B.e.2 for a sub-question. */
static bool has_ref(const struct memo *m, const char *ref, size_t len) {
    const char *end = ref + len, *issue = memchr(ref, '.', len);
    if (!issue)
        return false;
    issue++;
    const char *part = memchr(issue, '.', (size_t)(end - issue));
    size_t issue_len = (size_t)((part ? part : end) - issue);
    for (size_t t = 0; t < m->topics.n; t++) {
        const struct memo_topic *mt = &m->topics.v[t];
        if (!same_id(mt->id, ref, (size_t)(issue - 1 - ref)))
            continue;
        for (uint32_t i = mt->first; i < mt->first + mt->n_issues; i++)
            if (same_id(m->issues.v[i].id, issue, issue_len))
                return !part ||
                       has_part(&m->issues.v[i], part + 1, (size_t)(end - part - 1));
    }
    return false;
}

/* Whether every word of a blank separated list is known. */
static bool all_known(const struct memo *m, const char *list,
                      bool (*known)(const struct memo *, const char *, size_t)) {
    size_t words = 0;
    for (const char *p = list; *p;) {
        size_t n = strcspn(p, " \t\r\n");
        if (n > 0 && !known(m, p, n))
            return false;
        words += n > 0;
        p += n;
        p += strspn(p, " \t\r\n");
    }
    return words > 0;
}

static int number_in(const char *s, int low, int high) {
    size_t len = strlen(s);
    int n = 0;
    if (len == 0 || len > 4 || *s == '0')
        return -1;
    for (; *s; s++) {
        if (*s < '0' || *s > '9')
            return -1;
        n = n * 10 + (*s - '0');
    }
    return n >= low && n <= high ? n : -1;
}

/* Subtags of 1 to 8 letters or digits, the first of letters alone (RFC 5646). */
static bool lang_ok(const char *s) {
    for (bool first = true;; first = false) {
        size_t n = 0;
        while (isalpha((unsigned char)s[n]) || (!first && isdigit((unsigned char)s[n])))
            n++;
        if (n == 0 || n > 8 || (s[n] && s[n] != '-'))
            return false;
        if (s[n] == '\0')
            return true;
        s += n + 1;
    }
}

static const char *attr_problem(const struct memo *m, enum memo_attr_type type,
                                const char *v) {
    switch (type) {
    case ATTR_VERSION:
        return strcmp(v, "1") == 0 ? NULL : "this memobook reads version 1";
    case ATTR_LANG:
        return lang_ok(v) ? NULL : "write a language tag such as en, ru, zh";
    case ATTR_RULE:
        return memo_rule_parse(v) >= 0 ? NULL
                                       : "write chatham-house, side-only or attributable";
    case ATTR_ID:
        return *v == '\0' || memo_id_ok(v) ? NULL
                                           : "an id is 1 to 16 letters, digits or -";
    case ATTR_DAY:
        return memo_date_ok(v, false) ? NULL : "write a day that exists: YYYY-MM-DD";
    case ATTR_DATE:
        return memo_date_ok(v, true) ? NULL : "write YYYY, YYYY-MM or YYYY-MM-DD";
    case ATTR_MINUTES:
        return number_in(v, 1, MEMO_MINUTES_MAX) > 0 ? NULL : "write minutes, 1 to 1440";
    case ATTR_PRIORITY:
        return number_in(v, 1, 3) > 0 ? NULL : "write 1, 2 or 3";
    case ATTR_KIND:
        return memo_issue_kind_parse(v) > 0
                   ? NULL
                   : "write question, theme, proposal, area or other";
    case ATTR_SIDES:
        return all_known(m, v, has_side) ? NULL : "name sides that the head has";
    case ATTR_REFS:
        return all_known(m, v, has_ref) ? NULL : "name issues of the memo, as in B.e";
    default:
        return NULL;
    }
}

static int check_attrs(struct memo_builder *b, enum memo_element el,
                       const struct xml_element *e, struct err *err) {
    const struct memo_attr_rule *rules = memo_grammar[el].attrs;
    for (size_t i = 0; i < e->n_attrs; i++) {
        const struct memo_attr_rule *r = rules;
        while (r->name && !same(r->name, e->attrs[i].name))
            r++;
        if (!r->name) {
            err_set(err, "<%s> has no attribute %s", e->name, e->attrs[i].name);
            return err_todo(err, "remove it, or see memobook(5) for those it may have");
        }
        const char *problem = attr_problem(b->memo, r->type, e->attrs[i].value);
        if (problem)
            return bad_attr(err, r->name, e->attrs[i].value, problem);
    }
    for (const struct memo_attr_rule *r = rules; r->name; r++)
        if (r->required && !xml_attr_get(e, r->name)) {
            err_set(err, "<%s> needs the attribute %s", e->name, r->name);
            return err_todo(err, "add %s=\"…\"", r->name);
        }
    return 0;
}

/* ---- ids among siblings */

static void forget_siblings(struct memo_builder *b) {
    b->others.last = "";
    id_map_free(b->others.ids);
    b->others.ids = NULL;
}

static int clash(struct err *err, const char *id) {
    err_set(err, "the id %s stands twice", id);
    return err_todo(err, "give one of the two another id");
}

/* While ids run a, b, c… none can clash; after that all are kept in a table. `n` siblings
 * stand before, whose ids id_of() tells. */
static int next_sibling(struct memo_builder *b, struct siblings *sib, const char *given,
                        const char *first, size_t n,
                        const char *(*id_of)(const struct memo *, size_t),
                        struct err *err) {
    char next[MEMO_ID_MAX + 1];
    memo_next_id(sib->last, first, next);
    b->id = keep(b, given && *given ? given : next);
    bool in_order = strcmp(b->id, next) == 0;
    if (!in_order && !sib->ids) {
        sib->ids = id_map_new();
        for (size_t i = 0; i < n; i++)
            id_map_add(sib->ids, id_of(b->memo, i), (uint32_t)i);
    }
    if (sib->ids) {
        if (id_map_get(sib->ids, b->id) != UINT32_MAX)
            return clash(err, b->id);
        id_map_add(sib->ids, b->id, (uint32_t)n);
    }
    sib->last = b->id;
    return 0;
}

static const char *topic_id_of(const struct memo *m, size_t i) {
    return m->topics.v[i].id;
}

static const char *issue_id_of(const struct memo *m, size_t i) {
    return m->issues.v[m->topics.v[m->topics.n - 1].first + i].id;
}

static bool reserved(const char *id) {
    return strcasecmp(id, "R") == 0;
}

static int topic_id(struct memo_builder *b, const char *given, struct err *err) {
    if (given && reserved(given)) {
        err_set(err, "the id R is kept for the recommendations");
        return err_todo(err, "give the topic another id");
    }
    char next[MEMO_ID_MAX + 1];
    memo_next_id(b->topics.last, "A", next);
    if ((!given || !*given) && reserved(next))
        given = *next == 'R' ? "S" : "s";
    return next_sibling(b, &b->topics, given, "A", b->memo->topics.n, topic_id_of, err);
}

/* ---- what stands where */

static enum memo_element find_child(struct memo_builder *b, const struct xml_element *e,
                                    struct err *err) {
    struct frame *f = top(b);
    const struct memo_child *c = memo_grammar[f->element].children;
    for (unsigned at = f->at; c[at].name; at++) {
        bool here = same(c[at].name, e->name);
        bool again = at == f->at && f->seen;
        if (here && !(again && (c[at].occurs == ONE || c[at].occurs == MAYBE))) {
            f->at = at;
            f->seen = true;
            return c[at].element;
        }
        if (!here && !again && (c[at].occurs == ONE || c[at].occurs == SOME)) {
            err_set(err, "<%s> stands where <%s> must come first", e->name, c[at].name);
            err_todo(err, "add <%s>, or put the two in order", c[at].name);
            return EL_NONE;
        }
    }
    err_set(err, "<%s> cannot stand here", e->name);
    err_todo(err, "remove it or move it; see memobook(5) for what may stand where");
    return EL_NONE;
}

static int check_complete(struct memo_builder *b, struct err *err) {
    const struct frame *f = top(b);
    const struct memo_child *c = memo_grammar[f->element].children;
    for (unsigned at = f->at; c[at].name; at++) {
        bool again = at == f->at && f->seen;
        if (!again && (c[at].occurs == ONE || c[at].occurs == SOME)) {
            err_set(err, "<%s> has no <%s>", element_names[f->element], c[at].name);
            return err_todo(err, "add <%s>", c[at].name);
        }
    }
    return 0;
}

static const char *attr_or(const struct xml_element *e, const char *name,
                           const char *other) {
    const char *v = xml_attr_get(e, name);
    return v ? v : other;
}

static uint16_t attr_number(const struct xml_element *e, const char *name) {
    return (uint16_t)atoi(attr_or(e, name, "0"));
}

static int start_memo(struct memo_builder *b, const struct xml_element *e) {
    b->memo->lang = keep(b, attr_or(e, "xml:lang", ""));
    int rule = memo_rule_parse(attr_or(e, "rule", ""));
    b->memo->rule = rule < 0 ? RULE_ATTRIBUTABLE : (enum memo_rule)rule;
    return 0;
}

static int start_meeting(struct memo_builder *b, const struct xml_element *e,
                         struct err *err) {
    b->memo->from = keep(b, attr_or(e, "from", ""));
    b->memo->to = keep(b, attr_or(e, "to", b->memo->from));
    if (!*b->memo->from && *b->memo->to)
        b->memo->from = b->memo->to;
    if (strcmp(b->memo->from, b->memo->to) <= 0)
        return 0;
    return bad_attr(err, "to", b->memo->to, "the meeting ends before it starts");
}

static const struct memo_text no_text = {"", 0, 0, NULL};

static int start_topic(struct memo_builder *b, const struct xml_element *e,
                       struct err *err) {
    if (topic_id(b, xml_attr_get(e, "id"), err) < 0)
        return -1;
    b->topic = (struct memo_topic){.id = b->id,
                                   .statement = no_text,
                                   .title = no_text,
                                   .lead = no_text,
                                   .first = (uint32_t)b->memo->issues.n,
                                   .minutes = attr_number(e, "minutes")};
    vec_push(&b->memo->topics, b->topic);
    forget_siblings(b);
    return 0;
}

static struct memo_topic *last_topic(struct memo_builder *b) {
    return &b->memo->topics.v[b->memo->topics.n - 1];
}

static int start_recommendations(struct memo_builder *b) {
    struct memo_topic t = {.id = "R",
                           .statement = no_text,
                           .title = no_text,
                           .lead = no_text,
                           .first = (uint32_t)b->memo->issues.n,
                           .recommendations = true};
    vec_push(&b->memo->topics, t);
    forget_siblings(b);
    return 0;
}

static int start_issue(struct memo_builder *b, const struct xml_element *e,
                       struct err *err) {
    uint32_t n = last_topic(b)->n_issues;
    if (next_sibling(b, &b->others, xml_attr_get(e, "id"), "a", n, issue_id_of, err) < 0)
        return -1;
    int kind = memo_issue_kind_parse(attr_or(e, "kind", ""));
    b->issue = (struct memo_issue){.id = b->id,
                                   .to = keep(b, attr_or(e, "to", "")),
                                   .minutes = attr_number(e, "minutes"),
                                   .kind = (uint8_t)(kind < 0 ? 0 : kind),
                                   .priority = (uint8_t)attr_number(e, "priority")};
    return 0;
}

static const char *reference_id_of(const struct memo *m, size_t i) {
    return m->references.v[i].id;
}

static const char *side_id_of(const struct memo *m, size_t i) {
    return m->sides.v[i].id;
}

static const char *term_id_of(const struct memo *m, size_t i) {
    return m->terms.v[i].id;
}

static int start_item(struct memo_builder *b, const struct xml_element *e) {
    b->item = (struct memo_item){.id = b->id ? b->id : "",
                                 .date = keep(b, attr_or(e, "date", "")),
                                 .url = keep(b, attr_or(e, "url", "")),
                                 .issues = keep(b, attr_or(e, "issues", ""))};
    return 0;
}

static int start_element(struct memo_builder *b, enum memo_element el,
                         const struct xml_element *e, struct err *err) {
    const char *id = xml_attr_get(e, "id");
    switch (el) {
    case EL_MEMO:
        return start_memo(b, e);
    case EL_MEETING:
        return start_meeting(b, e, err);
    case EL_AUTHOR:
        b->role = keep(b, attr_or(e, "role", ""));
        return 0;
    case EL_SIDE:
        if (id && !*id)
            return bad_attr(err, "id", id, "a side needs an id, such as us");
        return next_sibling(b, &b->others, id, "a", b->memo->sides.n, side_id_of, err);
    case EL_TOPIC:
        return start_topic(b, e, err);
    case EL_RECOMMENDATIONS:
        return start_recommendations(b);
    case EL_ISSUE:
    case EL_RECOMMENDATION:
        return start_issue(b, e, err);
    case EL_REFERENCE:
        if (next_sibling(b, &b->others, id, "a", b->memo->references.n, reference_id_of,
                         err) < 0)
            return -1;
        return start_item(b, e);
    case EL_ENTRY:
        b->id = NULL;
        return start_item(b, e);
    case EL_TERM:
        return next_sibling(b, &b->others, id, "a", b->memo->terms.n, term_id_of, err);
    case EL_TERM_NAME:
        b->role = keep(b, attr_or(e, "xml:lang", ""));
        return 0;
    case EL_INTRODUCTION:
        b->memo->has_introduction = true;
        return 0;
    case EL_TOPICS:
    case EL_REFERENCES:
    case EL_TERMS:
    case EL_HEAD:
        forget_siblings(b);
        return 0;
    default:
        return 0;
    }
}

static void start_text(struct memo_builder *b, enum memo_element el) {
    if (el == EL_EM) {
        b->em_start = UINT32_MAX; /* set by the first character */
        return;
    }
    if (memo_grammar[el].text != TEXT_NO) {
        buf_clear(&b->text);
        b->blank = false;
        b->em.n = 0;
    }
}

static struct memo_texts take_paragraphs(struct memo_builder *b) {
    size_t size = b->p.n * sizeof(struct memo_text);
    struct memo_texts t = {NULL, (uint32_t)b->p.n};
    if (b->p.n)
        t.v = memcpy(arena_alloc(&b->memo->arena, size), b->p.v, size);
    b->p.n = 0;
    return t;
}

/* A topic's background ends where its lead, its first issue or its end stands. */
static void close_background(struct memo_builder *b) {
    if (top(b)->element == EL_TOPIC && b->p.n > 0)
        last_topic(b)->p = take_paragraphs(b);
}

int memo_builder_start(struct memo_builder *b, const struct xml_element *e,
                       struct err *err) {
    if (!e->ours) {
        err_set(err, "<%s> is not in the namespace %s", e->name, MEMOBOOK_NS);
        return b->depth > 0
                   ? err_todo(err, "remove it: a memo has elements of its own only")
                   : err_todo(err, "write <memo xmlns=\"%s\" version=\"1\">",
                              MEMOBOOK_NS);
    }
    enum memo_element el = find_child(b, e, err);
    if (el == EL_NONE || check_attrs(b, el, e, err) < 0)
        return -1;
    if (el != EL_P)
        close_background(b);
    if (b->depth + 1 == DEPTH_MAX)
        return err_set(err, "<%s> stands too deep", e->name);
    b->stack[++b->depth] = (struct frame){.element = el};
    start_text(b, el);
    return start_element(b, el, e, err);
}

/* ---- text: runs of blanks become one, none at the ends */

static bool xml_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void add_word(struct memo_builder *b, const char *s, size_t len) {
    if (b->blank && b->text.len > 0)
        buf_putc(&b->text, ' ');
    b->blank = false;
    if (top(b)->element == EL_EM && b->em_start == UINT32_MAX)
        b->em_start = (uint32_t)b->text.len;
    buf_add(&b->text, s, len);
}

/* The end of a stretch that can be taken as it is: words with single blanks between. */
static size_t stretch_end(const char *s, size_t at, size_t len) {
    while (at < len && ((unsigned char)s[at] > ' ' || !xml_blank(s[at]) ||
                        (s[at] == ' ' && at + 1 < len && !xml_blank(s[at + 1]))))
        at++;
    return at;
}

int memo_builder_text(struct memo_builder *b, const char *s, size_t len,
                      struct err *err) {
    bool allowed = memo_grammar[top(b)->element].text != TEXT_NO;
    for (size_t i = 0; i < len;) {
        size_t word = xml_blank(s[i]) ? i : stretch_end(s, i, len);
        if (word > i && !allowed) {
            err_set(err, "text stands where none can: “%.*s”",
                    (int)(word - i > 40 ? 40 : word - i), s + i);
            return err_todo(err, "put it into a <p>, or remove it");
        }
        if (word > i)
            add_word(b, s + i, word - i);
        else
            b->blank = true;
        i = word > i ? word : word + 1;
    }
    return 0;
}

static struct memo_text take_text(struct memo_builder *b) {
    struct memo_text t = {"", (uint32_t)b->text.len, (uint32_t)b->em.n, NULL};
    if (b->text.len)
        t.s = arena_strndup(&b->memo->arena, b->text.s, b->text.len);
    if (b->em.n) {
        struct memo_span *em = arena_alloc(&b->memo->arena, b->em.n * sizeof *em);
        memcpy(em, b->em.v, b->em.n * sizeof *em);
        t.em = em;
    }
    return t;
}

/* ---- ends */

static void end_em(struct memo_builder *b) {
    if (b->em_start == UINT32_MAX)
        return;
    struct memo_span s = {b->em_start, (uint32_t)b->text.len};
    vec_push(&b->em, s);
}

static void end_title(struct memo_builder *b, enum memo_element parent) {
    struct memo_text t = take_text(b);
    if (parent == EL_HEAD) {
        b->memo->title_text = t;
        b->memo->title = t.s;
    } else if (parent == EL_INTRODUCTION)
        b->memo->introduction_title = t;
    else if (parent == EL_TOPICS)
        b->memo->topics_title = t;
    else
        last_topic(b)->title = t;
}

static void end_lead(struct memo_builder *b, enum memo_element parent) {
    if (parent == EL_TOPICS)
        b->memo->topics_lead = take_text(b);
    else
        last_topic(b)->lead = take_text(b);
}

static void end_issue(struct memo_builder *b) {
    b->issue.p = take_paragraphs(b);
    vec_push(&b->memo->issues, b->issue);
    last_topic(b)->n_issues++;
}

/* Where a recommendations section gives no title, its readers still need one. */
static void end_recommendations(struct memo_builder *b) {
    static const char title[] = "Policy Recommendations";
    if (last_topic(b)->title.len == 0)
        last_topic(b)->title =
            (struct memo_text){title, (uint32_t)(sizeof title - 1), 0, NULL};
}

static void end_term(struct memo_builder *b) {
    size_t size = b->names.n * sizeof(struct memo_name);
    struct memo_term t = {
        .id = b->others.last,
        .names = memcpy(arena_alloc(&b->memo->arena, size), b->names.v, size),
        .n_names = (uint32_t)b->names.n,
        .definition = no_text,
    };
    if (top(b)->at > 0)
        t.definition = take_text(b);
    b->names.n = 0;
    vec_push(&b->memo->terms, t);
}

static const char *text_of(struct memo_builder *b) {
    return take_text(b).s;
}

static void end_structure(struct memo_builder *b, enum memo_element el) {
    struct memo *m = b->memo;
    switch (el) {
    case EL_INTRODUCTION:
        m->introduction = take_paragraphs(b);
        break;
    case EL_ISSUE:
    case EL_RECOMMENDATION:
        end_issue(b);
        break;
    case EL_RECOMMENDATIONS:
        end_recommendations(b);
        break;
    case EL_TERM:
        end_term(b);
        break;
    default:
        break;
    }
}

static void end_text(struct memo_builder *b, enum memo_element el,
                     enum memo_element parent) {
    struct memo *m = b->memo;
    switch (el) {
    case EL_TITLE:
        end_title(b, parent);
        break;
    case EL_LEAD:
        end_lead(b, parent);
        break;
    case EL_GENRE:
        m->genre = text_of(b);
        break;
    case EL_NAME:
        m->meeting = text_of(b);
        break;
    case EL_HOST:
        m->host = text_of(b);
        break;
    case EL_PLACE:
        m->place = text_of(b);
        break;
    case EL_STATEMENT:
        last_topic(b)->statement = take_text(b);
        break;
    case EL_AUTHOR:
        vec_push(&m->authors, ((struct memo_author){text_of(b), b->role}));
        break;
    case EL_SIDE:
        vec_push(&m->sides, ((struct memo_side){b->id, text_of(b)}));
        break;
    case EL_P:
        vec_push(&b->p, take_text(b));
        break;
    case EL_REFERENCE:
        b->item.text = take_text(b);
        vec_push(&m->references, b->item);
        break;
    case EL_ENTRY:
        b->item.text = take_text(b);
        vec_push(&m->chronology, b->item);
        break;
    case EL_TERM_NAME:
        vec_push(&b->names, ((struct memo_name){b->role, text_of(b)}));
        break;
    default:
        break;
    }
}

/* A paragraph, a title, a name that says nothing is a slip worth telling. */
static int check_text(struct memo_builder *b, enum memo_element el, struct err *err) {
    bool must = el == EL_P || el == EL_TITLE || el == EL_SIDE || el == EL_TERM_NAME;
    if (!must || b->text.len > 0)
        return 0;
    err_set(err, "<%s> is empty", element_names[el]);
    return err_todo(err, "write its text, or remove it");
}

int memo_builder_end(struct memo_builder *b, struct err *err) {
    enum memo_element el = top(b)->element;
    if (check_complete(b, err) < 0)
        return -1;
    close_background(b);
    enum memo_element parent = b->stack[b->depth - 1].element;
    if (el == EL_EM)
        end_em(b);
    else if (memo_grammar[el].text == TEXT_NO) {
        end_structure(b, el);
    } else {
        if (check_text(b, el, err) < 0)
            return -1;
        end_text(b, el, parent);
    }
    b->depth--;
    return 0;
}

/* ---- a memo of its own */

static int on_start(void *ctx, struct xml_reader *r, const struct xml_element *e,
                    struct err *err) {
    struct memo_builder *b = ctx;
    (void)r;
    if (b->depth == 0 && e->ours && strcmp(e->name, "workbook") == 0) {
        err_set(err, "it is a workbook, not a memo");
        return err_todo(err, "open it with: memobook FILE");
    }
    if (b->depth == 0 && strcmp(e->name, "memo") != 0) {
        err_set(err, "it is no memo: its root is <%s>", e->name);
        return err_todo(err, "a memo starts with <memo xmlns=\"%s\" version=\"1\">",
                        MEMOBOOK_NS);
    }
    return memo_builder_start(b, e, err);
}

static int on_end(void *ctx, struct xml_reader *r, struct err *err) {
    (void)r;
    return memo_builder_end(ctx, err);
}

static int on_text(void *ctx, struct xml_reader *r, const char *s, size_t len,
                   struct err *err) {
    (void)r;
    return memo_builder_text(ctx, s, len, err);
}

/* libxml2 takes a NUL after the root for the end; only UTF-16 may hold any. */
static int refuse_nul(const char *bytes, size_t len, const char *file, struct err *err) {
    const char *nul = memchr(bytes, '\0', len);
    bool utf16 =
        len >= 2 && (!bytes[0] || !bytes[1] || memcmp(bytes, "\xff\xfe", 2) == 0 ||
                     memcmp(bytes, "\xfe\xff", 2) == 0);
    if (!nul || utf16)
        return 0;
    long line = 1, column = 1;
    for (const char *p = bytes; p < nul; p++) {
        column = *p == '\n' ? 1 : column + 1;
        line += *p == '\n';
    }
    err_set(err, "the file holds a NUL byte");
    err_todo(err, "remove it, or restore the file");
    return err_at(err, file, line, column);
}

struct memo *memo_parse(const char *bytes, size_t len, const char *file,
                        struct err *err) {
    static const struct xml_handler handler = {on_start, on_end, on_text};
    struct memo_builder *b = memo_builder_new();
    struct memo *m = NULL;
    if (refuse_nul(bytes, len, file, err) == 0 &&
        xml_read(bytes, len, file, false, &handler, b, err) == 0)
        m = memo_builder_take(b);
    memo_builder_free(b);
    return m;
}

struct memo *memo_load(const char *path, struct err *err) {
    struct buf bytes = BUF_INIT;
    struct memo *m = NULL;
    if (file_slurp(path, &bytes, err) == 0)
        m = memo_parse(bytes.s, bytes.len, path, err);
    buf_release(&bytes);
    return m;
}
