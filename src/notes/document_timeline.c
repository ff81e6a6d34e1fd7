#include "document_private.h"

#include <stdlib.h>
#include <string.h>

/* One event being told. An element is made when it is known that it may be. */
struct telling {
    struct projection *p;
    xmlNode *parent;
    uint32_t index;
    const struct log_item *item;
    const struct event *e;
};

/* ---- the element */

static void add_place(struct telling *t, xmlNode *n) {
    const struct log_item *item = t->item;
    uint32_t entry = item->event.kind->id <= EVENT_ACTION ? item->object : NONE;
    if (entry != NONE) /* where it stands now */
        add_issue_ref(t->p, n, t->p->w->entries.v[entry].issue,
                      t->p->w->entries.v[entry].sub);
    else if (item->issue != NONE)
        add_issue_ref(t->p, n, item->issue, item->sub);
    else if (item->event.kind->id == EVENT_TIMEBOX)
        tree_attr(&t->p->t, n, "ref", event_get(t->e, FIELD_ISSUE));
}

static xmlNode *tell(struct telling *t, const char *state, const char *words) {
    struct tree *tree = &t->p->t;
    xmlNode *n = tree_add(tree, t->parent, "event");
    uint32_t sitting = sitting_of(t->p->w, t->index);
    tree_number(tree, n, "n", t->e->n);
    tree_attr(tree, n, "kind", t->e->kind->name);
    tree_attr(tree, n, "state", state);
    tree_attr(tree, n, "words", words);
    add_time(t->p, n, t->e->at);
    add_place(t, n);
    if (sitting != NONE)
        tree_number(tree, n, "sitting", sitting + 1);
    add_earlier(t->p, n, t->index);
    return n;
}

/* "annotation (for)" */
static xmlNode *tell_more(struct telling *t, const char *state, const char *what,
                          const char *more) {
    struct buf words = BUF_INIT;
    buf_addf(&words, *more ? "%s (%s)" : "%s", what, more);
    xmlNode *n = tell(t, state, words.s);
    buf_release(&words);
    return n;
}

static void tell_text(struct telling *t, const char *state, const char *words) {
    add_typed(t->p, tell(t, state, words), t->e->text);
}

static void tell_of_side(struct telling *t, const char *state, const char *words) {
    struct voice v = {"", sides_told(t->p) ? event_get(t->e, FIELD_SIDE) : ""};
    xmlNode *n = tell(t, state, words);
    add_voice(t->p, n, v, "person");
    add_typed(t->p, n, t->e->text);
}

static const char *state_of(const struct telling *t) {
    return event_get(t->e, FIELD_STATE);
}

/* What a word of a table says of a state; NULL where it is not there. */
struct state_words {
    const char *state, *words;
};

static const char *words_of(const struct state_words *v, size_t n, const char *state) {
    for (size_t i = 0; i < n; i++)
        if (strcmp(v[i].state, state) == 0)
            return v[i].words;
    return NULL;
}
#define WORDS_OF(table, state) words_of(table, sizeof(table) / sizeof *(table), state)

/* ---- entries: as last corrected, since what was corrected may not be for the notes */

static void tell_entry(struct telling *t) {
    static const char *const names[] = {[ENTRY_NOTE] = "annotation",
                                        [ENTRY_ANSWER] = "answer",
                                        [ENTRY_POSITION] = "position",
                                        [ENTRY_ACTION] = "action"};
    const struct entry *e = &t->p->w->entries.v[t->item->object];
    if (!is_told(t->p, e))
        return;
    const char *code = e->kind == ENTRY_NOTE       ? note_kinds[e->note_kind].code
                       : e->kind == ENTRY_POSITION ? stances[e->stance].code
                                                   : "";
    const char *more =
        e->kind == ENTRY_POSITION && e->stance ? stances[e->stance].words : code;
    xmlNode *n = tell_more(t, code, names[e->kind], more);
    if (e->kind == ENTRY_ANSWER) {
        add_answer_text(t->p, n, t->e->text, NULL, NULL);
        return;
    }
    add_voice(t->p, n, voice_shown(t->p, e), "person");
    add_typed(t->p, n, e->text);
}

static const struct entry *entry_meant(const struct telling *t) {
    const struct entry *e = &t->p->w->entries.v[t->item->object];
    return is_open(t->p, e) ? e : NULL;
}

/* Of corrections those of answers, which are wordings. */
static void tell_revision(struct telling *t) {
    const struct entry *e = entry_meant(t);
    if (e && e->kind == ENTRY_ANSWER)
        add_answer_text(t->p, tell(t, "", "answer corrected"), t->e->text, NULL, NULL);
}

static void tell_share(struct telling *t) {
    const struct entry *e = entry_meant(t);
    bool shared = strcmp(state_of(t), "shared") == 0;
    if (e && (shared || t->p->o->private))
        add_voice(t->p,
                  tell(t, state_of(t), shared ? "position shared" : "position private"),
                  voice_shown(t->p, e), "person");
}

static void tell_done(struct telling *t) {
    if (entry_meant(t))
        tell_text(t, state_of(t),
                  strcmp(state_of(t), "done") == 0 ? "action done" : "action open again");
}

/* ---- issues */

static void tell_disposition(struct telling *t) {
    const char *code = event_get(t->e, FIELD_DISPOSITION);
    int d = disposition_code_parse(code);
    tell_text(t, code, dispositions[d].words);
}

static void tell_discuss(struct telling *t) {
    bool start = strcmp(state_of(t), "start") == 0;
    tell(t, state_of(t), start ? "discussion starts" : "discussion stops");
}

static void tell_confirm(struct telling *t) {
    tell_of_side(t, "", "confirmed");
}

static void tell_assent(struct telling *t) {
    tell_of_side(t, state_of(t), state_of(t));
}

static void tell_priority(struct telling *t) {
    const char *p = event_get(t->e, FIELD_PRIORITY);
    bool none = *p == '0';
    tell_more(t, p, "priority", none ? "none" : p);
}

static void tell_issue(struct telling *t) {
    const struct issue *i = &t->p->w->issues.v[t->item->issue];
    bool raised = i->raised && i->record->events.v[0] == t->index;
    tell_text(t, "", raised ? "new issue" : "new wording");
}

static void tell_timebox(struct telling *t) {
    const char *minutes = event_get(t->e, FIELD_MINUTES);
    struct buf more = BUF_INIT;
    buf_addf(&more, strcmp(minutes, "0") == 0 ? "none" : "%s\u00a0min", minutes);
    tell_more(t, minutes, "time box", more.s);
    buf_release(&more);
}

static void tell_support(struct telling *t) {
    const char *issues = event_get(t->e, FIELD_ISSUES);
    struct buf words = BUF_INIT;
    buf_puts(&words, *issues ? "rests on " : "rests on no issue");
    refs_print(t->p->w, issues, &words);
    tell(t, issues, words.s);
    buf_release(&words);
}

static void tell_readback(struct telling *t) {
    bool ends = strcmp(state_of(t), "end") == 0;
    xmlNode *n = tell(t, ends ? "end" : "start", ends ? "read-back ends" : "read back");
    add_answer_text(t->p, n, t->e->text, NULL, NULL);
}

static void tell_subquestion(struct telling *t) {
    static const struct state_words words[] = {{"answered", "sub-question answered"},
                                               {"not-applicable", "not applicable"},
                                               {"open", "sub-question open again"}};
    const char *said = WORDS_OF(words, state_of(t));
    tell_text(t, state_of(t), said ? said : state_of(t));
}

/* By whom is told of people only where people are. */
static void tell_sounding(struct telling *t) {
    const char *level = event_get(t->e, FIELD_LEVEL);
    if (!people_told(t->p))
        return;
    xmlNode *n = tell_more(t, level, "temperature", level_words(atoi(level)));
    add_voice(t->p, n,
              voice_of(t->p, event_get(t->e, FIELD_PERSON), event_get(t->e, FIELD_SIDE),
                       t->p->o->attribution),
              "person");
}

/* ---- the room */

static void tell_sitting(struct telling *t) {
    static const struct state_words words[] = {{"open", "sitting opened"},
                                               {"", "sitting opened"},
                                               {"adjourn", "sitting adjourned"},
                                               {"resume", "sitting resumed"},
                                               {"plan", "end of the sitting planned"}};
    const char *state = state_of(t), *said = WORDS_OF(words, state);
    int64_t until;
    if (strcmp(state, "plan") == 0 && !*event_get(t->e, FIELD_UNTIL))
        said = "no end of the sitting planned";
    xmlNode *n = tell(t, *state ? state : "open", said ? said : state);
    if (event_time_parse(event_get(t->e, FIELD_UNTIL), &until))
        add_time_as(t->p, n, "until", until);
    add_typed(t->p, n, t->e->text);
}

/* Who is on the list, and who comes and goes: where people are told alone. */
static void tell_person(struct telling *t) {
    if (!people_told(t->p))
        return;
    const char *who = event_get(t->e, FIELD_PERSON);
    bool removed = *state_of(t) != '\0';
    add_voice(t->p, tell(t, state_of(t), removed ? "participant removed" : "participant"),
              voice_of(t->p, who, "", t->p->o->attribution), "person");
}

static void tell_presence(struct telling *t) {
    const char *who = event_get(t->e, FIELD_PERSON);
    bool here = strcmp(state_of(t), "arrive") == 0;
    if (!people_told(t->p))
        return;
    xmlNode *n = tell(t, state_of(t),
                      *who   ? here ? "arrives" : "leaves"
                      : here ? "all arrive"
                             : "all leave");
    add_voice(t->p, n, voice_of(t->p, who, "", t->p->o->attribution), "person");
}

static void tell_floor(struct telling *t) {
    static const struct state_words words[] = {
        {"add", "asks for the floor"},     {"order", "point of order"},
        {"reply", "right of reply"},       {"last", "last word"},
        {"give", "has the floor"},         {"withdraw", "withdraws from the list"},
        {"end", "intervention ends"},      {"close", "list of speakers closed"},
        {"open", "list of speakers open"}, {"tour", "tour de table"}};
    static const struct state_words impersonal[] = {{"give", "the floor is given"},
                                                    {"end", ""},
                                                    {"close", ""},
                                                    {"open", ""},
                                                    {"tour", ""}};
    const char *said = WORDS_OF(words, state_of(t));
    const char *bare = WORDS_OF(impersonal, state_of(t));
    uint32_t person = t->item->object;
    if (!said || (!sides_told(t->p) && !bare))
        return;
    if (!sides_told(t->p) && *bare)
        said = bare;
    xmlNode *n = tell(t, state_of(t), said);
    if (!(bare && !*bare) && person < t->p->w->room.people.n)
        add_voice(t->p, n, voice_of_person(t->p, person), "person");
}

static void tell_record(struct telling *t) {
    bool off = strcmp(state_of(t), "off") == 0;
    tell(t, state_of(t), off ? "off the record" : "on the record");
}

static void tell_side(struct telling *t) {
    if (sides_told(t->p))
        tell_of_side(t, "", "side");
}

static void tell_carried(struct telling *t) {
    tell_text(t, "", "carried forward");
}

/* ---- */

/* Not told: moves, withdrawals, what was undone, the clock. */
static void (*const tellers[EVENT_KIND_COUNT])(struct telling *) = {
    [EVENT_NOTE] = tell_entry,        [EVENT_ANSWER] = tell_entry,
    [EVENT_POSITION] = tell_entry,    [EVENT_ACTION] = tell_entry,
    [EVENT_PRIORITY] = tell_priority, [EVENT_DISPOSITION] = tell_disposition,
    [EVENT_DISCUSS] = tell_discuss,   [EVENT_ISSUE] = tell_issue,
    [EVENT_REVISE] = tell_revision,   [EVENT_SITTING] = tell_sitting,
    [EVENT_PERSON] = tell_person,     [EVENT_PRESENCE] = tell_presence,
    [EVENT_SIDE] = tell_side,         [EVENT_FLOOR] = tell_floor,
    [EVENT_TIMEBOX] = tell_timebox,   [EVENT_RECORD] = tell_record,
    [EVENT_SHARE] = tell_share,       [EVENT_DONE] = tell_done,
    [EVENT_CONFIRM] = tell_confirm,   [EVENT_READBACK] = tell_readback,
    [EVENT_ASSENT] = tell_assent,     [EVENT_SUBQUESTION] = tell_subquestion,
    [EVENT_SUPPORT] = tell_support,   [EVENT_SOUNDING] = tell_sounding,
    [EVENT_CARRIED] = tell_carried,
};

void add_timeline(struct projection *p, xmlNode *root) {
    xmlNode *n = tree_add(&p->t, root, "timeline");
    for (uint32_t i = 0; i < p->w->log.n; i++) {
        const struct log_item *item = &p->w->log.v[i];
        struct telling t = {p, n, i, item, &item->event};
        if (item->event.kind && !item->odd && !item->dead && is_of_sitting(p, i) &&
            tellers[item->event.kind->id])
            tellers[item->event.kind->id](&t);
    }
}
