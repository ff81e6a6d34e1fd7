#include "agreement.h"

#include "agreement_private.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- positions */

static bool names_live_side(const struct workbook *w, const char *list) {
    for (size_t i = 0; i < w->room.sides.n; i++)
        if (w->room.sides.v[i].live && memo_list_has(list, w->room.sides.v[i].id))
            return true;
    return false;
}

void issue_sides(const struct workbook *w, uint32_t issue, side_vec *out) {
    const char *to = w->issues.v[issue].text->to;
    bool all = !names_live_side(w, to);
    for (size_t i = 0; i < w->room.sides.n; i++) {
        const struct side *s = &w->room.sides.v[i];
        if (s->live && (all || memo_list_has(to, s->id)))
            vec_push(out, s->id);
    }
}

uint32_t issue_shared_position(const struct workbook *w, uint32_t issue,
                               const char *side) {
    const struct issue_record *r = w->issues.v[issue].record;
    for (size_t i = r ? r->entries.n : 0; i-- > 0;) {
        const struct entry *e = &w->entries.v[r->entries.v[i]];
        if (e->live && e->kind == ENTRY_POSITION && e->sub == 0 && e->shared &&
            strcmp(e->side, side) == 0)
            return e->retracted ? NONE : r->entries.v[i];
    }
    return NONE;
}

/* ---- objections */

static void object(objection_vec *out, enum objection_kind kind, const char *side,
                   uint32_t count) {
    struct objection o = {(uint8_t)kind, side, count};
    vec_push(out, o);
}

/* Its positions on the issue and on the sub-questions all count. */
static void side_objects(const struct workbook *w, uint32_t issue, const char *side,
                         objection_vec *out) {
    const struct issue_record *r = w->issues.v[issue].record;
    bool any = false, has[STANCE_COUNT] = {false};
    for (size_t i = 0; r && i < r->entries.n; i++) {
        const struct entry *e = &w->entries.v[r->entries.v[i]];
        if (e->kind == ENTRY_POSITION && strcmp(e->side, side) == 0 &&
            entry_stands(w, r->entries.v[i]))
            any = has[e->stance] = true;
    }
    if (!any)
        object(out, OBJECTION_NO_POSITION, side, 0);
    else if (has[STANCE_AGAINST])
        object(out, OBJECTION_AGAINST, side, 0);
    else if (has[STANCE_CONDITIONAL])
        object(out, OBJECTION_CONDITIONAL, side, 0);
}

void agreement_objections(const struct workbook *w, uint32_t issue, objection_vec *out) {
    const struct issue *i = &w->issues.v[issue];
    side_vec sides = {0};
    issue_sides(w, issue, &sides);
    for (size_t k = 0; k < sides.n; k++)
        side_objects(w, issue, sides.v[k], out);
    sides.n = 0;
    issue_pending(w, issue, &sides);
    for (size_t k = 0; k < sides.n; k++)
        object(out, OBJECTION_UNCONFIRMED, sides.v[k], 0);
    vec_release(&sides);
    if (i->n_brackets + i->n_broken)
        object(out, OBJECTION_BRACKETS, NULL, (uint32_t)(i->n_brackets + i->n_broken));
}

/* What a side does, after its name. */
static const char *const objection_words[] = {
    [OBJECTION_NO_POSITION] = " has no position",
    [OBJECTION_AGAINST] = " is against",
    [OBJECTION_CONDITIONAL] = " agrees on conditions",
    [OBJECTION_UNCONFIRMED] = " has yet to confirm it"};

static bool ends_with(const char *s, size_t len, const char *end) {
    size_t n = strlen(end);
    return len > n && memcmp(s + len - n, end, n) == 0;
}

enum stance objection_stance(const char *said, size_t len) {
    if (ends_with(said, len, objection_words[OBJECTION_AGAINST]))
        return STANCE_AGAINST;
    if (ends_with(said, len, objection_words[OBJECTION_CONDITIONAL]))
        return STANCE_CONDITIONAL;
    return STANCE_NONE;
}

void objections_say(const struct workbook *w, const objection_vec *v, struct buf *out) {
    for (size_t i = 0; i < v->n; i++) {
        const struct objection *o = &v->v[i];
        buf_puts(out, i ? "; " : "");
        if (o->kind == OBJECTION_BRACKETS)
            buf_addf(out, "the answer has %u open bracket%s", (unsigned)o->count,
                     o->count == 1 ? "" : "s");
        else
            buf_addf(out, "%s%s", side_name(w, o->side), objection_words[o->kind]);
    }
}

/* ---- agreed ad referendum */

static bool confirmed(const struct issue_record *r, const char *side) {
    for (size_t i = 0; i < r->confirmed.n; i++)
        if (strcmp(r->confirmed.v[i].side, side) == 0)
            return true;
    return false;
}

/* The next word of a blank separated list; false after the last. */
static bool next_word(const char **list, const char **word, size_t *len) {
    *word = *list + strspn(*list, " ");
    *len = strcspn(*word, " ");
    *list = *word + *len;
    return *len > 0;
}

/* The side's own id, which lasts; NULL where nobody knows it. */
static const char *known_side(const struct workbook *w, const char *word, size_t len) {
    for (size_t i = 0; i < w->room.sides.n; i++) {
        const char *id = w->room.sides.v[i].id;
        if (strlen(id) == len && strncmp(id, word, len) == 0)
            return id;
    }
    return NULL;
}

void issue_pending(const struct workbook *w, uint32_t issue, side_vec *out) {
    const struct issue_record *r = w->issues.v[issue].record;
    const char *list = r ? r->asked : "", *word;
    size_t len;
    while (next_word(&list, &word, &len)) {
        const char *side = known_side(w, word, len);
        if (side && !confirmed(r, side))
            vec_push(out, side);
    }
}

static bool is_pending(const struct workbook *w, uint32_t issue, const char *side) {
    side_vec pending = {0};
    bool is = false;
    issue_pending(w, issue, &pending);
    for (size_t i = 0; i < pending.n; i++)
        is = is || strcmp(pending.v[i], side) == 0;
    vec_release(&pending);
    return is;
}

const char *issue_keeper(const struct workbook *w, uint32_t issue) {
    const struct issue_record *r = w->issues.v[issue].record;
    const char *owner = r ? r->owner : "";
    uint32_t person = *owner ? person_by_id(w, owner) : NONE;
    bool named = person != NONE && *w->room.people.v[person].name;
    return named ? w->room.people.v[person].name : side_name(w, owner);
}

/* ---- wordings */

/* The versions of one answer: what made it, and its corrections. */
static void entry_wordings(const struct workbook *w, const struct entry *e,
                           wording_vec *out) {
    for (uint32_t i = e->event; i != NONE; i = w->log.v[i].next) {
        const struct log_item *item = &w->log.v[i];
        enum event_kind_id kind = item->event.kind->id;
        struct wording v = {i, item->event.at, item->event.text};
        if (!item->dead && (kind == EVENT_ANSWER || kind == EVENT_REVISE))
            vec_push(out, v);
    }
}

static int by_event(const void *a, const void *b) {
    uint32_t x = ((const struct wording *)a)->event;
    uint32_t y = ((const struct wording *)b)->event;
    return (x > y) - (x < y);
}

void wordings_of(const struct workbook *w, uint32_t issue, uint16_t sub,
                 wording_vec *out) {
    const struct issue_record *r = w->issues.v[issue].record;
    size_t kept = 0;
    for (size_t i = 0; r && i < r->entries.n; i++) {
        const struct entry *e = &w->entries.v[r->entries.v[i]];
        if (e->kind == ENTRY_ANSWER && e->sub == sub && e->live)
            entry_wordings(w, e, out);
    }
    if (out->n)
        qsort(out->v, out->n, sizeof *out->v, by_event);
    for (size_t i = 0; i < out->n; i++)
        if (kept == 0 || strcmp(out->v[kept - 1].text, out->v[i].text) != 0)
            out->v[kept++] = out->v[i];
    out->n = kept;
}

const char *issue_wording(const struct workbook *w, uint32_t issue, uint16_t sub) {
    uint32_t answer = issue_answer(w, issue, sub);
    return answer == NONE ? "" : w->entries.v[answer].text;
}

static bool is_side(const void *ctx, const char *word, size_t len) {
    const struct workbook *w = ctx;
    for (size_t i = 0; i < w->room.sides.n; i++) {
        const struct side *s = &w->room.sides.v[i];
        if (s->live && strlen(s->id) == len && strncasecmp(s->id, word, len) == 0)
            return true;
    }
    return false;
}

void workbook_brackets(const struct workbook *w, const char *text, struct brackets *out) {
    brackets_parse(out, text, strlen(text), is_side, w);
}

static uint16_t add_up(uint32_t a, uint32_t b) {
    return (uint16_t)(a + b < UINT16_MAX ? a + b : UINT16_MAX);
}

static void count_brackets(const struct workbook *w, struct issue *i, const char *text) {
    struct brackets b = {0};
    if (!strchr(text, '['))
        return;
    workbook_brackets(w, text, &b);
    i->n_brackets = add_up(i->n_brackets, b.n_open);
    i->n_broken = add_up(i->n_broken, b.n_broken);
    brackets_release(&b);
}

static uint32_t *answer_of_sub(const struct workbook *w, struct issue_record *r,
                               uint16_t sub) {
    for (size_t i = 0; i < r->answers.n; i++)
        if (w->entries.v[r->answers.v[i]].sub == sub)
            return &r->answers.v[i];
    return NULL;
}

/* A sub-question may be one that a new wording of the issue has no more. */
static void find_answers(const struct workbook *w, struct issue_record *r) {
    r->answers.n = 0;
    for (size_t i = r->entries.n; i-- > 0;) {
        const struct entry *e = &w->entries.v[r->entries.v[i]];
        if (e->kind == ENTRY_ANSWER && e->live && !answer_of_sub(w, r, e->sub))
            vec_push(&r->answers, r->entries.v[i]);
    }
}

static void take_answer(const struct workbook *w, struct issue_record *r,
                        uint32_t answer) {
    uint32_t *before = answer_of_sub(w, r, w->entries.v[answer].sub);
    if (before)
        *before = answer;
    else
        vec_push(&r->answers, answer);
}

void agreement_count_brackets(struct workbook *w, uint32_t issue, uint32_t answer) {
    struct issue *i = &w->issues.v[issue];
    struct issue_record *r = i->record;
    i->n_brackets = i->n_broken = 0;
    if (!r)
        return;
    if (answer == NONE)
        find_answers(w, r);
    else
        take_answer(w, r, answer);
    for (size_t k = 0; i->live && k < r->answers.n; k++) {
        const struct entry *e = &w->entries.v[r->answers.v[k]];
        if (!e->retracted)
            count_brackets(w, i, e->text);
    }
}

/* ---- sub-questions, recommendations */

uint32_t issue_subs(const struct workbook *w, uint32_t issue) {
    uint32_t n = w->issues.v[issue].text->p.n;
    return n > 1 ? n : 0;
}

bool issue_sub_closed(const struct workbook *w, uint32_t issue, uint16_t sub) {
    const struct issue_record *r = w->issues.v[issue].record;
    for (size_t i = 0; r && i < r->subs.n; i++)
        if (r->subs.v[i].sub == sub)
            return true;
    return issue_answer(w, issue, sub) != NONE;
}

uint32_t issue_subs_closed(const struct workbook *w, uint32_t issue) {
    uint32_t n = issue_subs(w, issue), closed = 0;
    for (uint16_t sub = 1; sub <= n; sub++)
        closed += issue_sub_closed(w, issue, sub);
    return closed;
}

/* Why a recommendation cannot rest on it, or NULL. */
static const char *doubt_of(const struct workbook *w, const char *cite) {
    struct err ignored = ERR_INIT;
    struct ref ref;
    bool known = ref_parse(w, cite, &ref, &ignored) == 0 && ref.issue != NONE;
    err_release(&ignored);
    if (!known)
        return "not in this workbook";
    const struct issue *i = &w->issues.v[ref.issue];
    if (i->disposition != DISPOSITION_AGREED && i->disposition != DISPOSITION_NOTED)
        return dispositions[i->disposition].words;
    return i->n_brackets + i->n_broken ? "open brackets" : NULL;
}

void recommendation_doubts(const struct workbook *w, uint32_t issue, struct buf *out) {
    const struct issue_record *r = w->issues.v[issue].record;
    const char *list = r ? r->supports : "", *word;
    size_t len, start = out->len;
    while (next_word(&list, &word, &len)) {
        char *cite = mem_strndup(word, len);
        const char *doubt = doubt_of(w, cite);
        if (doubt) {
            buf_puts(out, out->len == start ? "rests on " : ", ");
            refs_print(w, cite, out);
            buf_addf(out, " (%s)", doubt);
        }
        mem_free(cite);
    }
}

/* ---- temperature checks */

/* The log index after which a sounding is about the wording in force: since then the
 * last answer has not been given, corrected or withdrawn. */
static uint32_t wording_since(const struct workbook *w, uint32_t issue) {
    const struct issue_record *r = w->issues.v[issue].record;
    for (size_t i = r ? r->entries.n : 0; i-- > 0;) {
        const struct entry *e = &w->entries.v[r->entries.v[i]];
        if (e->live && e->kind == ENTRY_ANSWER && e->sub == 0)
            return e->last;
    }
    return 0;
}

int sounding_of(const struct workbook *w, uint32_t issue, const char *side,
                uint32_t person) {
    const struct issue_record *r = w->issues.v[issue].record;
    uint32_t since = wording_since(w, issue);
    for (size_t i = 0; r && i < r->soundings.n; i++) {
        const struct sounding *s = &r->soundings.v[i];
        if (s->event >= since && s->person == person && strcmp(s->side, side) == 0)
            return s->level;
    }
    return 0;
}

uint32_t soundings_count(const struct workbook *w, uint32_t issue,
                         uint32_t counts[LEVEL_COUNT + 1]) {
    const struct issue_record *r = w->issues.v[issue].record;
    uint32_t n = 0, since = wording_since(w, issue);
    memset(counts, 0, (LEVEL_COUNT + 1) * sizeof *counts);
    for (size_t i = 0; r && i < r->soundings.n; i++)
        if (r->soundings.v[i].event >= since) {
            counts[r->soundings.v[i].level]++;
            n++;
        }
    return n;
}

/* ---- applying */

void agreement_forget(struct issue_record *r) {
    r->disposed = NONE;
    r->asked = r->owner = r->supports = "";
    r->confirmed.n = r->subs.n = r->soundings.n = 0;
}

uint32_t agreement_disposed(const struct issue_record *r) {
    uint32_t last = r && r->disposed != NONE ? r->disposed : 0;
    for (size_t i = 0; r && i < r->confirmed.n; i++)
        if (r->confirmed.v[i].event > last)
            last = r->confirmed.v[i].event;
    return last;
}

void agreement_dispose(struct workbook *w, uint32_t log_index) {
    const struct log_item *item = &w->log.v[log_index];
    const struct event *e = &item->event;
    struct issue *i = &w->issues.v[item->object];
    i->disposition = (uint8_t)disposition_code_parse(event_get(e, FIELD_DISPOSITION));
    i->record->disposed = log_index;
    i->record->asked =
        i->disposition == DISPOSITION_AD_REFERENDUM ? event_get(e, FIELD_SIDES) : "";
    i->record->owner =
        i->disposition == DISPOSITION_DEFERRED ? event_get(e, FIELD_OWNER) : "";
    i->record->confirmed.n = 0;
}

static void confirm(struct workbook *w, uint32_t log_index) {
    const struct log_item *item = &w->log.v[log_index];
    struct issue *i = &w->issues.v[item->object];
    const char *side = event_get(&item->event, FIELD_SIDE);
    side_vec pending = {0};
    if (!is_pending(w, item->object, side))
        return; /* an undo took back what it confirmed */
    struct confirmation c = {side, log_index, item->event.at, item->event.text};
    vec_push(&i->record->confirmed, c);
    issue_pending(w, item->object, &pending);
    if (pending.n == 0)
        i->disposition = DISPOSITION_AGREED;
    vec_release(&pending);
}

static void close_sub(struct issue_record *r, const struct log_item *item) {
    const char *state = event_get(&item->event, FIELD_STATE);
    for (size_t i = r->subs.n; i-- > 0;)
        if (r->subs.v[i].sub == item->sub)
            vec_remove(&r->subs, i);
    if (strcmp(state, "open") == 0)
        return;
    struct sub_question s = {
        item->sub, strcmp(state, "answered") == 0 ? SUB_ANSWERED : SUB_NOT_APPLICABLE,
        item->event.text};
    vec_push(&r->subs, s);
}

/* A later word of the same one takes the place of the earlier. */
static void sound(struct workbook *w, struct issue_record *r, uint32_t log_index) {
    const struct log_item *item = &w->log.v[log_index];
    const struct event *e = &item->event;
    const char *person = event_get(e, FIELD_PERSON);
    struct sounding s = {.side = event_get(e, FIELD_SIDE),
                         .person = *person ? person_by_id(w, person) : NONE,
                         .level = (uint8_t)atoi(event_get(e, FIELD_LEVEL)),
                         .event = log_index,
                         .at = e->at};
    for (size_t i = r->soundings.n; i-- > 0;)
        if (r->soundings.v[i].person == s.person &&
            strcmp(r->soundings.v[i].side, s.side) == 0)
            vec_remove(&r->soundings, i);
    vec_push(&r->soundings, s);
}

void agreement_apply(struct workbook *w, uint32_t log_index) {
    const struct log_item *item = &w->log.v[log_index];
    struct issue_record *r = w->issues.v[item->object].record;
    switch (item->event.kind->id) {
    case EVENT_CONFIRM:
        confirm(w, log_index);
        break;
    case EVENT_SUBQUESTION:
        close_sub(r, item);
        break;
    case EVENT_SUPPORT:
        r->supports = event_get(&item->event, FIELD_ISSUES);
        break;
    case EVENT_SOUNDING:
        sound(w, r, log_index);
        break;
    default:
        break;
    }
}

/* ---- checking */

static const char *objection_to(const struct workbook *w, const struct event *e,
                                struct ref ref) {
    const char *state = event_get(e, FIELD_STATE);
    bool ends = strcmp(state, "end") == 0;
    uint32_t readback = issue_readback(w, ref.issue, ref.sub);
    switch (e->kind->id) {
    case EVENT_CONFIRM:
        return is_pending(w, ref.issue, event_get(e, FIELD_SIDE))
                   ? NULL
                   : "the side was not asked to confirm it";
    case EVENT_SUBQUESTION:
        return ref.sub ? NULL : "it names an issue, not a sub-question";
    case EVENT_SUPPORT:
        return w->topics.v[ref.topic].text->recommendations
                   ? NULL
                   : "it names an issue that is no recommendation";
    case EVENT_SOUNDING:
        return !*event_get(e, FIELD_SIDE) != !*event_get(e, FIELD_PERSON)
                   ? NULL
                   : "it needs a side or a participant";
    case EVENT_READBACK:
        if (ends)
            return readback != NONE && !w->readbacks.v[readback].ended
                       ? NULL
                       : "no read-back is under way";
        return *e->text ? NULL : "it has no text";
    default:
        return NULL;
    }
}

int agreement_check(const struct workbook *w, const struct event *e, struct err *err) {
    struct ref ref;
    if (ref_parse(w, event_get(e, FIELD_ISSUE), &ref, err) < 0)
        return -1;
    const char *why = objection_to(w, e, ref);
    return why ? err_set(err, "%s %s: %s", e->name, e->id, why) : 0;
}
