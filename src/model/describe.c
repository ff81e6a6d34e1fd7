#include "describe.h"

#include "workbook.h"

#include <stdlib.h>
#include <time.h>

static void add_text(struct buf *out, const char *text) {
    if (!*text)
        return;
    buf_puts(out, ": ");
    buf_puts(out, text);
}

static void add_word(struct buf *out, const char *before, const char *word) {
    if (*word)
        buf_addf(out, "%s%s", before, word);
}

/* "YAKUSHEV" for a participant's id; what was typed for any other. */
static void add_person(const struct workbook *w, const char *before, const char *who,
                       struct buf *out) {
    uint32_t person = *who ? person_by_id(w, who) : NONE;
    if (person == NONE || !*w->room.people.v[person].name) {
        add_word(out, before, who);
        return;
    }
    buf_puts(out, before);
    person_short(w, person, out);
}

void describe_note(const struct workbook *w, const struct event *e, struct buf *out) {
    const char *kind = event_get(e, FIELD_KIND);
    buf_puts(out, *kind ? kind : "comment");
    add_person(w, " @", event_get(e, FIELD_SPEAKER), out);
    const char *side = event_get(e, FIELD_SIDE);
    add_word(out, ", ", *side ? side_name(w, side) : "");
    add_text(out, e->text);
}

/* "2 ru": the second bracket became the text of ru; "2 =", a third wording. */
static void add_resolution(const struct workbook *w, const char *resolves,
                           struct buf *out) {
    size_t number = strcspn(resolves, " ");
    const char *side = resolves + number + strspn(resolves + number, " ");
    if (!*resolves)
        return;
    buf_addf(out, ", bracket %.*s resolved: ", (int)number, resolves);
    if (strcmp(side, "=") == 0)
        buf_puts(out, "a third wording");
    else
        buf_addf(out, "the text of %s", side_name(w, side));
}

void describe_answer(const struct workbook *w, const struct event *e, struct buf *out) {
    buf_puts(out, "answer");
    add_resolution(w, event_get(e, FIELD_RESOLVES), out);
    add_text(out, e->text);
}

void describe_position(const struct workbook *w, const struct event *e, struct buf *out) {
    int stance = stance_parse(event_get(e, FIELD_STANCE));
    buf_addf(out, "position of %s", side_name(w, event_get(e, FIELD_SIDE)));
    if (stance > 0)
        buf_addf(out, ", %s", stances[stance].words);
    add_text(out, e->text);
}

void describe_action(const struct workbook *w, const struct event *e, struct buf *out) {
    buf_puts(out, "action");
    add_person(w, " @", event_get(e, FIELD_OWNER), out);
    add_word(out, " by ", event_get(e, FIELD_DUE));
    add_text(out, e->text);
}

void describe_priority(const struct workbook *w, const struct event *e, struct buf *out) {
    (void)w;
    const char *p = event_get(e, FIELD_PRIORITY);
    buf_addf(out, "priority %s", *p == '0' ? "none" : p);
}

/* The names of sides: "Россия, United States". */
static void add_sides(const struct workbook *w, const char *before, const char *list,
                      struct buf *out) {
    for (size_t len; list += strspn(list, " "), (len = strcspn(list, " ")); list += len) {
        char *id = mem_strndup(list, len);
        add_word(out, before, side_name(w, id));
        mem_free(id);
        before = ", ";
    }
}

void describe_disposition(const struct workbook *w, const struct event *e,
                          struct buf *out) {
    int d = disposition_code_parse(event_get(e, FIELD_DISPOSITION));
    const char *owner = event_get(e, FIELD_OWNER);
    buf_addf(out, "disposition %s", d >= 0 ? dispositions[d].words : "?");
    add_sides(w, ", to be confirmed by ", event_get(e, FIELD_SIDES), out);
    if (person_by_id(w, owner) == NONE)
        add_word(out, ", kept by ", side_name(w, owner));
    else
        add_person(w, ", kept by ", owner, out);
    add_word(out, ", in spite of: ", event_get(e, FIELD_OVERRIDE));
    add_text(out, e->text);
}

void describe_discuss(const struct workbook *w, const struct event *e, struct buf *out) {
    (void)w;
    bool start = strcmp(event_get(e, FIELD_STATE), "start") == 0;
    buf_puts(out, start ? "discussion starts" : "discussion stops");
}

void describe_issue(const struct workbook *w, const struct event *e, struct buf *out) {
    struct err ignored = ERR_INIT;
    struct ref r;
    uint32_t index = workbook_event(w, e->id);
    bool raised =
        ref_parse(w, event_get(e, FIELD_ISSUE), &r, &ignored) < 0 ||
        (r.issue != NONE && w->issues.v[r.issue].raised && w->issues.v[r.issue].record &&
         w->issues.v[r.issue].record->events.v[0] == index);
    err_release(&ignored);
    buf_puts(out, raised ? "new issue" : "new wording");
    add_text(out, e->text);
}

/* "note k4q7.2" says nothing to a person: say what the entry was. */
static void add_target(const struct workbook *w, const struct event *e, struct buf *out) {
    uint32_t target = workbook_event(w, event_get(e, FIELD_EVENT));
    if (target == NONE) {
        buf_puts(out, event_get(e, FIELD_EVENT));
        return;
    }
    const struct event *t = &w->log.v[target].event;
    t->kind->describe(w, t, out);
}

void describe_revise(const struct workbook *w, const struct event *e, struct buf *out) {
    uint32_t target = workbook_event(w, event_get(e, FIELD_EVENT));
    buf_addf(out, "%s corrected", target == NONE ? "entry" : w->log.v[target].event.name);
    add_text(out, e->text);
}

/* Where the entry stood when the move was recorded. */
static uint32_t moved_from(const struct workbook *w, uint32_t move) {
    const struct entry *entry = &w->entries.v[w->log.v[move].object];
    uint32_t from = w->log.v[entry->event].issue;
    for (uint32_t i = entry->event; i != NONE && i != move; i = w->log.v[i].next)
        if (w->log.v[i].event.kind->id == EVENT_MOVE && !w->log.v[i].dead)
            from = w->log.v[i].issue;
    return from;
}

void describe_move(const struct workbook *w, const struct event *e, struct buf *out) {
    uint32_t index = workbook_event(w, e->id);
    const struct log_item *item = &w->log.v[index];
    struct ref to = ref_of_issue(w, item->issue);
    to.sub = item->sub;
    ref_print(w, ref_of_issue(w, moved_from(w, index)), out);
    buf_puts(out, " moved to ");
    ref_print(w, to, out);
    buf_puts(out, ": ");
    add_target(w, e, out);
}

void describe_retract(const struct workbook *w, const struct event *e, struct buf *out) {
    buf_puts(out, "withdrawn: ");
    add_target(w, e, out);
    if (*e->text)
        buf_addf(out, " (%s)", e->text);
}

/* " (and 14 more)": those that were recorded with it. */
static void add_mates(const struct workbook *w, uint32_t log_index, struct buf *out) {
    unsigned n = 0;
    if (w->log.v[log_index].follows)
        return;
    for (uint32_t i = w->log.v[log_index].mates; i != NONE; i = w->log.v[i].mates)
        n++;
    if (n)
        buf_addf(out, " (and %u more)", n);
}

/* Undo of undo of … : says what counts again or no longer, not the chain. */
void describe_undo(const struct workbook *w, const struct event *e, struct buf *out) {
    uint32_t target = workbook_event(w, event_get(e, FIELD_EVENT));
    bool redo = false;
    while (target != NONE && w->log.v[target].event.kind &&
           w->log.v[target].event.kind->id == EVENT_UNDO) {
        redo = !redo;
        target = w->log.v[target].object;
    }
    buf_puts(out, redo ? "redone: " : "undone: ");
    if (target == NONE)
        return;
    workbook_describe(w, target, out);
    add_mates(w, target, out);
}

void describe_expunged(const struct workbook *w, const struct event *e, struct buf *out) {
    (void)w;
    unsigned n = 0;
    for (const char *p = event_get(e, FIELD_EVENTS); *p; n++) {
        p += strcspn(p, " ");
        p += strspn(p, " ");
    }
    buf_addf(out, "%u event%s expunged", n, n == 1 ? "" : "s");
}

/* ---- the room */

/* " until 12:30", where people are. */
static void add_until(struct buf *out, const char *value) {
    int64_t until;
    char clock[16];
    struct tm tm;
    if (!event_time_parse(value, &until))
        return;
    time_t seconds = (time_t)(until / 1000);
    localtime_r(&seconds, &tm);
    strftime(clock, sizeof clock, "%H:%M", &tm);
    buf_addf(out, " until %s", clock);
}

void describe_sitting(const struct workbook *w, const struct event *e, struct buf *out) {
    static const char *const words[][2] = {{"adjourn", "sitting adjourned"},
                                           {"resume", "sitting resumed"},
                                           {"plan", "sitting planned"}};
    const char *state = event_get(e, FIELD_STATE), *said = "sitting opened";
    (void)w;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(state, words[i][0]) == 0)
            said = words[i][1];
    if (strcmp(state, "plan") == 0 && !*event_get(e, FIELD_UNTIL))
        said = "sitting without a planned end";
    buf_puts(out, said);
    add_text(out, e->text);
    add_until(out, event_get(e, FIELD_UNTIL));
}

void describe_person(const struct workbook *w, const struct event *e, struct buf *out) {
    const char *side = event_get(e, FIELD_SIDE);
    buf_puts(out, *event_get(e, FIELD_STATE) ? "participant removed: " : "participant: ");
    buf_puts(out, e->text);
    add_word(out, ", ", *side ? side_name(w, side) : "");
    add_word(out, ", ", event_get(e, FIELD_CONSTITUENCY));
    add_word(out, ", ", event_get(e, FIELD_ROLE));
}

void describe_presence(const struct workbook *w, const struct event *e, struct buf *out) {
    const char *who = event_get(e, FIELD_PERSON);
    bool here = strcmp(event_get(e, FIELD_STATE), "arrive") == 0;
    add_person(w, "", *who ? who : "everybody", out);
    buf_puts(out, here ? " arrives" : " leaves");
}

void describe_side(const struct workbook *w, const struct event *e, struct buf *out) {
    (void)w;
    buf_addf(out, "side %s: %s", event_get(e, FIELD_SIDE), e->text);
}

/* Who was given the floor where the event names nobody: the first who waited. */
static void add_speaker(const struct workbook *w, const struct event *e,
                        struct buf *out) {
    uint32_t index = workbook_event(w, e->id);
    uint32_t person = index == NONE ? NONE : w->log.v[index].object;
    const char *who = event_get(e, FIELD_PERSON);
    if (*who || person == NONE || person >= w->room.people.n)
        add_person(w, "", *who ? who : "the next", out);
    else
        person_short(w, person, out);
}

void describe_floor(const struct workbook *w, const struct event *e, struct buf *out) {
    static const char *const words[][2] = {{"add", " asks for the floor"},
                                           {"order", ": point of order"},
                                           {"reply", ": right of reply"},
                                           {"last", ": last word"},
                                           {"give", " has the floor"},
                                           {"withdraw", " withdraws from the list"},
                                           {"move", " moves in the list to "},
                                           {"end", "intervention ends"},
                                           {"close", "list of speakers closed"},
                                           {"open", "list of speakers open"},
                                           {"tour", "tour de table"}};
    const char *state = event_get(e, FIELD_STATE);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(state, words[i][0]) != 0)
            continue;
        if (strchr(" :", *words[i][1]))
            add_speaker(w, e, out);
        buf_puts(out, words[i][1]);
    }
    if (strcmp(state, "move") == 0)
        buf_puts(out, event_get(e, FIELD_PLACE));
}

void describe_timebox(const struct workbook *w, const struct event *e, struct buf *out) {
    uint32_t index = workbook_event(w, e->id);
    const char *minutes = event_get(e, FIELD_MINUTES);
    if (index != NONE && w->log.v[index].issue == NONE)
        buf_addf(out, "topic %s ", event_get(e, FIELD_ISSUE));
    if (strcmp(minutes, "0") == 0)
        buf_puts(out, "no time box");
    else
        buf_addf(out, "time box %s min", minutes);
}

void describe_record(const struct workbook *w, const struct event *e, struct buf *out) {
    bool off = strcmp(event_get(e, FIELD_STATE), "off") == 0;
    (void)w;
    buf_puts(out, off ? "off the record" : "on the record");
}

void describe_clock(const struct workbook *w, const struct event *e, struct buf *out) {
    long long lost = strtoll(event_get(e, FIELD_LOST), NULL, 10) / 1000;
    (void)w;
    buf_addf(out, "the clock ran %s by %lld min %lld s, which count for nobody",
             lost < 0 ? "back" : "on", (lost < 0 ? -lost : lost) / 60,
             (lost < 0 ? -lost : lost) % 60);
}

/* ---- agreement */

void describe_share(const struct workbook *w, const struct event *e, struct buf *out) {
    bool shared = strcmp(event_get(e, FIELD_STATE), "shared") == 0;
    buf_puts(out, shared ? "shared with the room: " : "private again: ");
    add_target(w, e, out);
}

void describe_done(const struct workbook *w, const struct event *e, struct buf *out) {
    bool done = strcmp(event_get(e, FIELD_STATE), "done") == 0;
    buf_puts(out, done ? "done: " : "open again: ");
    add_target(w, e, out);
    if (*e->text)
        buf_addf(out, " (%s)", e->text);
}

void describe_confirm(const struct workbook *w, const struct event *e, struct buf *out) {
    buf_addf(out, "confirmed by %s", side_name(w, event_get(e, FIELD_SIDE)));
    add_text(out, e->text);
}

void describe_readback(const struct workbook *w, const struct event *e, struct buf *out) {
    (void)w;
    bool ends = strcmp(event_get(e, FIELD_STATE), "end") == 0;
    buf_puts(out, ends ? "read-back ends" : "read back");
    add_text(out, e->text);
}

void describe_assent(const struct workbook *w, const struct event *e, struct buf *out) {
    buf_addf(out, "%s: %s", side_name(w, event_get(e, FIELD_SIDE)),
             event_get(e, FIELD_STATE));
    add_text(out, e->text);
}

void describe_subquestion(const struct workbook *w, const struct event *e,
                          struct buf *out) {
    const char *state = event_get(e, FIELD_STATE);
    (void)w;
    buf_puts(out, strcmp(state, "not-applicable") == 0 ? "not applicable" : state);
    add_text(out, e->text);
}

void describe_support(const struct workbook *w, const struct event *e, struct buf *out) {
    const char *issues = event_get(e, FIELD_ISSUES);
    buf_puts(out, *issues ? "rests on " : "rests on no issue");
    refs_print(w, issues, out);
}

void describe_sounding(const struct workbook *w, const struct event *e, struct buf *out) {
    int level = atoi(event_get(e, FIELD_LEVEL));
    const char *side = event_get(e, FIELD_SIDE);
    buf_puts(out, "temperature: ");
    add_word(out, "", *side ? side_name(w, side) : "");
    add_person(w, "", event_get(e, FIELD_PERSON), out);
    buf_addf(out, ", %s", level >= 1 && level <= LEVEL_COUNT ? level_words(level) : "?");
    add_text(out, e->text);
}

void describe_carried(const struct workbook *w, const struct event *e, struct buf *out) {
    (void)w;
    buf_puts(out, "carried forward");
    add_word(out, " from ", e->text);
}

/* "notes handed out with names: YAKUSHEV, LEE (session-notes, pdf, attribution none)" */
void describe_released(const struct workbook *w, const struct event *e, struct buf *out) {
    (void)w;
    buf_addf(out, "notes handed out with names: %s (", e->text);
    const char *template_name = event_get(e, FIELD_TEMPLATE);
    const char *format = event_get(e, FIELD_FORMAT);
    if (*template_name)
        buf_addf(out, "%s, ", template_name);
    if (*format)
        buf_addf(out, "%s, ", format);
    buf_addf(out, "attribution %s)", event_get(e, FIELD_ATTRIBUTION));
}

void workbook_describe(const struct workbook *w, uint32_t log_index, struct buf *out) {
    const struct log_item *item = &w->log.v[log_index];
    const struct event *e = &item->event;
    if (!e->kind || item->odd) {
        buf_addf(out, "%s (set aside: %s)", e->name, item->odd ? item->odd : "");
        return;
    }
    bool says_itself = e->kind->id == EVENT_UNDO || e->kind->id == EVENT_MOVE;
    if (item->issue != NONE && !says_itself) {
        struct ref r = ref_of_issue(w, item->issue);
        r.sub = item->sub;
        ref_print(w, r, out);
        buf_putc(out, ' ');
    }
    e->kind->describe(w, e, out);
}
