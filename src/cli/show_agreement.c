#include "show_agreement.h"

#include "base/text.h"
#include "model/agreement.h"

static const char *const assent_names[] = {[ASSENT_GIVEN] = "assent",
                                           [ASSENT_RESERVATION] = "reservation",
                                           [ASSENT_SILENCE] = "silence"};
static const char *const sub_names[] = {[SUB_OPEN] = "open",
                                        [SUB_ANSWERED] = "answered",
                                        [SUB_NOT_APPLICABLE] = "not-applicable"};

/* ---- asking */

/* The event of the outcome in force, or NULL. */
static const struct event *outcome(const struct workbook *w, uint32_t issue) {
    const struct issue_record *r = w->issues.v[issue].record;
    return r && r->disposed != NONE ? &w->log.v[r->disposed].event : NULL;
}

/* What a sub-question is, and the words that closed it. */
static struct sub_question sub_of(const struct workbook *w, uint32_t issue,
                                  uint16_t sub) {
    const struct issue_record *r = w->issues.v[issue].record;
    struct sub_question s = {.sub = sub, .text = ""};
    for (size_t i = 0; r && i < r->subs.n; i++)
        if (r->subs.v[i].sub == sub)
            return r->subs.v[i];
    s.state = issue_answer(w, issue, sub) == NONE ? SUB_OPEN : SUB_ANSWERED;
    return s;
}

/* ---- for people */

void show_entry_state(const struct workbook *w, const struct entry *e, struct buf *out) {
    if (e->kind == ENTRY_ACTION && e->done)
        buf_puts(out, ", done");
    if (e->kind != ENTRY_POSITION)
        return;
    if (e->stance != STANCE_NONE)
        buf_addf(out, ", %s", stances[e->stance].words);
    uint32_t known = e->sub ? NONE : issue_shared_position(w, e->issue, e->side);
    buf_puts(out, e->shared       ? ", shared"
                  : known == NONE ? ", private"
                                  : ", private (the room knows an earlier one)");
}

/* "HEAD: text" on a line; what is empty is left out. */
static void line(struct buf *out, const char *head, const char *text) {
    if (!*text)
        return;
    text_visible(out, head, strlen(head));
    buf_puts(out, ": ");
    text_visible(out, text, strlen(text));
    buf_putc(out, '\n');
}

static void show_sides(const struct workbook *w, const side_vec *v, const char *head,
                       struct buf *out) {
    struct buf names = BUF_INIT;
    for (size_t i = 0; i < v->n; i++)
        buf_addf(&names, "%s%s", i ? ", " : "", side_name(w, v->v[i]));
    line(out, head, names.s);
    buf_release(&names);
}

static void show_confirmed(const struct workbook *w, const struct issue_record *r,
                           struct buf *out) {
    for (size_t i = 0; i < r->confirmed.n; i++) {
        const struct confirmation *c = &r->confirmed.v[i];
        struct buf said = BUF_INIT;
        char at[25];
        event_time_format(c->at, at);
        buf_addf(&said, "%s, %s%s%s", side_name(w, c->side), at, *c->text ? ": " : "",
                 c->text);
        line(out, "Confirmed", said.s);
        buf_release(&said);
    }
}

static void show_outcome(const struct workbook *w, uint32_t issue, struct buf *out) {
    const struct event *e = outcome(w, issue);
    side_vec pending = {0};
    if (!e)
        return;
    issue_pending(w, issue, &pending);
    line(out, "Reason", e->text);
    line(out, "In spite of", event_get(e, FIELD_OVERRIDE));
    line(out, "Kept by", issue_keeper(w, issue));
    show_sides(w, &pending, "Still to confirm", out);
    show_confirmed(w, w->issues.v[issue].record, out);
    vec_release(&pending);
}

static void show_subs(const struct workbook *w, uint32_t issue, struct buf *out) {
    uint32_t n = issue_subs(w, issue), closed = issue_subs_closed(w, issue);
    if (n == 0)
        return;
    buf_addf(out, "Sub-questions: %u of %u closed\n", (unsigned)closed, (unsigned)n);
    for (uint16_t sub = 1; closed && sub <= n; sub++) {
        struct sub_question s = sub_of(w, issue, sub);
        buf_addf(out, "  %u %s%s", (unsigned)sub, sub_names[s.state],
                 *s.text ? ": " : "");
        text_visible(out, s.text, strlen(s.text));
        buf_putc(out, '\n');
    }
}

static void show_readback(const struct workbook *w, uint32_t readback, struct buf *out) {
    const struct readback *b = &w->readbacks.v[readback];
    char at[25];
    event_time_format(b->at, at);
    buf_puts(out, "Read back ");
    if (b->sub)
        buf_addf(out, "of %u ", (unsigned)b->sub);
    buf_addf(out, "%s%s%s\n", at, b->ended ? "" : ", going on",
             readback_covers(w, readback) ? "" : "; the answer has changed since");
    for (size_t i = 0; i < b->words.n; i++) {
        const struct assent_word *word = &b->words.v[i];
        buf_puts(out, "  ");
        text_visible(out, side_name(w, word->side), strlen(side_name(w, word->side)));
        buf_addf(out, ": %s%s", assent_names[word->assent], *word->text ? ": " : "");
        text_visible(out, word->text, strlen(word->text));
        buf_putc(out, '\n');
    }
}

static void show_supports(const struct workbook *w, uint32_t issue, struct buf *out) {
    const struct issue_record *r = w->issues.v[issue].record;
    struct buf refs = BUF_INIT, doubts = BUF_INIT;
    refs_print(w, r ? r->supports : "", &refs);
    recommendation_doubts(w, issue, &doubts);
    line(out, "Rests on", refs.s);
    line(out, "In doubt", doubts.s);
    buf_release(&refs);
    buf_release(&doubts);
}

static void show_temperature(const struct workbook *w, uint32_t issue, struct buf *out) {
    uint32_t counts[LEVEL_COUNT + 1], n = soundings_count(w, issue, counts);
    if (n == 0)
        return;
    buf_puts(out, "Temperature: ");
    for (int level = 1, any = 0; level <= LEVEL_COUNT; level++)
        if (counts[level])
            buf_addf(out, "%s%u %s", any++ ? "; " : "", (unsigned)counts[level],
                     level_words(level));
    buf_putc(out, '\n');
}

static void show_readbacks(const struct workbook *w, uint32_t issue, struct buf *out) {
    for (uint32_t sub = 0; sub <= issue_subs(w, issue); sub++) {
        uint32_t b = issue_readback(w, issue, (uint16_t)sub);
        if (b != NONE)
            show_readback(w, b, out);
    }
}

void show_agreement(const struct workbook *w, uint32_t issue, struct buf *out) {
    const struct issue *i = &w->issues.v[issue];
    struct buf all = BUF_INIT;
    show_outcome(w, issue, &all);
    if (i->n_brackets + i->n_broken)
        buf_addf(&all, "Brackets: %u open, %u broken\n", (unsigned)i->n_brackets,
                 (unsigned)i->n_broken);
    show_subs(w, issue, &all);
    show_readbacks(w, issue, &all);
    show_supports(w, issue, &all);
    show_temperature(w, issue, &all);
    if (all.len)
        buf_addf(out, "\n%s", all.s);
    buf_release(&all);
}

/* ---- for programs */

static void json_at(struct json *j, int64_t at) {
    char text[25];
    event_time_format(at, text);
    json_string(j, "at", text);
}

/* A blank separated list as an array. */
static void json_list(struct json *j, const char *key, const char *list) {
    json_array(j, key);
    for (size_t len; list += strspn(list, " "), (len = strcspn(list, " ")); list += len) {
        char *word = mem_strndup(list, len);
        json_string(j, NULL, word);
        mem_free(word);
    }
    json_end(j, ']');
}

static void json_pending(struct json *j, const struct workbook *w, uint32_t issue) {
    side_vec v = {0};
    issue_pending(w, issue, &v);
    json_array(j, "pending");
    for (size_t i = 0; i < v.n; i++)
        json_string(j, NULL, v.v[i]);
    json_end(j, ']');
    vec_release(&v);
}

static void json_confirmed(struct json *j, const struct issue_record *r) {
    json_array(j, "confirmed");
    for (size_t i = 0; i < r->confirmed.n; i++) {
        json_object(j, NULL);
        json_string(j, "side", r->confirmed.v[i].side);
        json_at(j, r->confirmed.v[i].at);
        json_string(j, "text", r->confirmed.v[i].text);
        json_end(j, '}');
    }
    json_end(j, ']');
}

static void json_outcome(struct json *j, const struct workbook *w, uint32_t issue) {
    const struct event *e = outcome(w, issue);
    const struct issue_record *r = w->issues.v[issue].record;
    if (!e) {
        json_string_or_null(j, "outcome", NULL);
        return;
    }
    json_object(j, "outcome");
    json_at(j, e->at);
    json_string(j, "reason", e->text);
    json_string(j, "override", event_get(e, FIELD_OVERRIDE));
    json_string(j, "owner", r->owner);
    json_list(j, "asked", r->asked);
    json_pending(j, w, issue);
    json_confirmed(j, r);
    json_end(j, '}');
}

static void json_subs(struct json *j, const struct workbook *w, uint32_t issue) {
    json_array(j, "sub_questions");
    for (uint16_t sub = 1; sub <= issue_subs(w, issue); sub++) {
        struct sub_question s = sub_of(w, issue, sub);
        json_object(j, NULL);
        json_int(j, "sub", sub);
        json_string(j, "state", sub_names[s.state]);
        json_string(j, "text", s.text);
        json_end(j, '}');
    }
    json_end(j, ']');
}

static void json_readback(struct json *j, const struct workbook *w, uint32_t readback) {
    const struct readback *b = &w->readbacks.v[readback];
    json_object(j, NULL);
    json_int(j, "sub", b->sub);
    json_at(j, b->at);
    json_string(j, "text", b->text);
    json_bool(j, "covers", readback_covers(w, readback));
    json_bool(j, "ended", b->ended);
    json_array(j, "words");
    for (size_t i = 0; i < b->words.n; i++) {
        json_object(j, NULL);
        json_string(j, "side", b->words.v[i].side);
        json_string(j, "assent", assent_names[b->words.v[i].assent]);
        json_string(j, "text", b->words.v[i].text);
        json_at(j, b->words.v[i].at);
        json_end(j, '}');
    }
    json_end(j, ']');
    json_end(j, '}');
}

static void json_readbacks(struct json *j, const struct workbook *w, uint32_t issue) {
    json_array(j, "readbacks");
    for (uint32_t sub = 0; sub <= issue_subs(w, issue); sub++) {
        uint32_t b = issue_readback(w, issue, (uint16_t)sub);
        if (b != NONE)
            json_readback(j, w, b);
    }
    json_end(j, ']');
}

static void json_temperature(struct json *j, const struct workbook *w, uint32_t issue) {
    uint32_t counts[LEVEL_COUNT + 1];
    soundings_count(w, issue, counts);
    json_array(j, "temperature");
    for (int level = 1; level <= LEVEL_COUNT; level++)
        json_int(j, NULL, counts[level]);
    json_end(j, ']');
}

void show_agreement_json(struct json *j, const struct workbook *w, uint32_t issue) {
    const struct issue *i = &w->issues.v[issue];
    struct buf doubts = BUF_INIT;
    recommendation_doubts(w, issue, &doubts);
    json_outcome(j, w, issue);
    json_int(j, "brackets", i->n_brackets);
    json_int(j, "broken_brackets", i->n_broken);
    json_subs(j, w, issue);
    json_readbacks(j, w, issue);
    json_list(j, "supports", i->record ? i->record->supports : "");
    json_string(j, "doubts", doubts.s);
    json_temperature(j, w, issue);
    buf_release(&doubts);
}
