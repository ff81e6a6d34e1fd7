#include "search.h"

#include "base/text.h"

enum { UNKNOWN, NO_MATCH, MATCH, RECHECK };

struct search {
    const struct workbook *w;
    struct buf needle; /* folded */
    uint32_t n;        /* issues, when the search was set */
    uint64_t version;  /* of the workbook, likewise */
    uint32_t *order;   /* place in the memo's order -> issue */
    uint32_t *place;   /* issue -> place */
    char *state;       /* by place */
    uint32_t start, looked, count;
};

struct search *search_new(const struct workbook *w) {
    struct search *s = mem_zalloc(sizeof *s);
    s->w = w;
    s->needle = (struct buf)BUF_INIT;
    return s;
}

void search_free(struct search *s) {
    if (!s)
        return;
    buf_release(&s->needle);
    mem_free(s->order);
    mem_free(s->place);
    mem_free(s->state);
    mem_free(s);
}

static void lay_out(struct search *s) {
    const struct workbook *w = s->w;
    if (s->n == w->issues.n && s->state)
        return;
    s->n = (uint32_t)w->issues.n;
    s->order = mem_array(s->order, s->n, sizeof *s->order);
    s->place = mem_array(s->place, s->n, sizeof *s->place);
    s->state = mem_realloc(s->state, s->n);
    uint32_t k = 0;
    for (uint32_t t = 0; t < w->topics.n; t++)
        for (uint32_t i = 0; i < topic_count(w, t); i++, k++) {
            s->order[k] = topic_issue(w, t, i);
            s->place[s->order[k]] = k;
        }
    s->needle.len = 0;
}

/* What did not match a shorter needle cannot match a longer one. */
static void keep_misses(struct search *s) {
    for (uint32_t i = 0; i < s->n; i++)
        if (s->state[i] == MATCH)
            s->state[i] = RECHECK;
}

void search_set(struct search *s, const char *needle, uint32_t from_issue) {
    struct buf folded = BUF_INIT;
    text_fold(&folded, needle, strlen(needle));
    bool same_text = s->version == s->w->version;
    lay_out(s);
    bool narrows = same_text && s->needle.len > 0 && folded.len >= s->needle.len &&
                   memcmp(folded.s, s->needle.s, s->needle.len) == 0;
    if (narrows)
        keep_misses(s);
    else
        memset(s->state, UNKNOWN, s->n);
    buf_release(&s->needle);
    s->needle = folded;
    s->version = s->w->version;
    s->start = from_issue < s->n ? s->place[from_issue] : 0;
    s->looked = folded.len ? 0 : s->n;
    s->count = 0;
    if (folded.len == 0)
        memset(s->state, NO_MATCH, s->n);
}

static bool in_text(const struct search *s, const char *text, size_t len) {
    size_t start, end;
    return text_find(text, len, 0, s->needle.s, s->needle.len, &start, &end);
}

static bool in_string(const struct search *s, const char *text) {
    return *text && in_text(s, text, strlen(text));
}

static bool in_texts(const struct search *s, const struct memo_texts *p) {
    for (uint32_t i = 0; i < p->n; i++)
        if (in_text(s, p->v[i].s, p->v[i].len))
            return true;
    return false;
}

static bool in_topic(const struct search *s, const struct memo_topic *t) {
    return in_text(s, t->title.s, t->title.len) ||
           in_text(s, t->statement.s, t->statement.len) || in_texts(s, &t->p);
}

static bool in_record(const struct search *s, const struct issue_record *r) {
    for (size_t i = 0; r && i < r->entries.n; i++) {
        const struct entry *e = &s->w->entries.v[r->entries.v[i]];
        if (e->live && !e->retracted &&
            (in_string(s, e->text) || in_string(s, entry_name(s->w, e))))
            return true;
    }
    return false;
}

static bool issue_matches(const struct search *s, uint32_t issue) {
    const struct issue *i = &s->w->issues.v[issue];
    const struct topic *t = &s->w->topics.v[i->topic];
    if (!i->live)
        return false;
    return in_texts(s, &i->text->p) || in_record(s, i->record) ||
           (topic_issue(s->w, i->topic, 0) == issue && in_topic(s, t->text));
}

bool search_step(struct search *s, uint32_t items) {
    while (s->looked < s->n && items > 0) {
        uint32_t k = (s->start + s->looked++) % s->n;
        if (s->state[k] == NO_MATCH)
            continue;
        bool match = issue_matches(s, s->order[k]);
        s->state[k] = match ? MATCH : NO_MATCH;
        s->count += match;
        items--;
    }
    return s->looked < s->n;
}

bool search_matches(const struct search *s, uint32_t issue) {
    return issue < s->n && s->state[s->place[issue]] == MATCH;
}

uint32_t search_count(const struct search *s) {
    return s->count;
}

bool search_done(const struct search *s) {
    return s->looked >= s->n;
}

static uint32_t at_place(const struct search *s, const char *found) {
    return found ? s->order[found - s->state] : NONE;
}

uint32_t search_first(const struct search *s, uint32_t from) {
    if (s->n == 0)
        return NONE;
    uint32_t place = from < s->n ? s->place[from] : 0;
    const char *found = memchr(s->state + place, MATCH, s->n - place);
    return at_place(s, found ? found : memchr(s->state, MATCH, place));
}

uint32_t search_next(const struct search *s, uint32_t from, int step) {
    if (s->n == 0)
        return NONE;
    uint32_t place = from < s->n ? s->place[from] : 0;
    const char *found;
    if (step > 0) {
        found = memchr(s->state + place + 1, MATCH, s->n - place - 1);
        return at_place(s, found ? found : memchr(s->state, MATCH, place + 1));
    }
    found = memrchr(s->state, MATCH, place);
    return at_place(s, found ? found : memrchr(s->state + place, MATCH, s->n - place));
}

const char *search_needle(const struct search *s, size_t *len) {
    *len = s->needle.len;
    return s->needle.s;
}
