#include "record_private.h"

#include "base/text.h"
#include "model/capture.h"

#include <stdio.h>
#include <strings.h>

_Static_assert((int)CAPTURE_FACT == (int)NOTE_FACT, "the two lists of kinds agree");

char *record_clean(const char *text, size_t *changed) {
    struct buf b = BUF_INIT;
    *changed += text_clean(&b, text, strlen(text));
    return buf_detach(&b);
}

void record_tell_changed(struct session *s, size_t changed) {
    if (changed)
        session_add_message(s, " (%zu character%s that XML cannot hold made visible)",
                            changed, changed == 1 ? "" : "s");
}

/* The wording of the rule that the memo sets for who may be named. */
static enum attribution default_attribution(const struct session *s) {
    switch (session_workbook(s)->memo->rule) {
    case RULE_CHATHAM_HOUSE:
        return ATTRIBUTION_NONE;
    case RULE_SIDE_ONLY:
        return ATTRIBUTION_SIDE;
    default:
        return ATTRIBUTION_NAME;
    }
}

static void set_attribution(const struct session *s, struct event_draft *d,
                            bool non_attributable) {
    enum attribution a = non_attributable ? ATTRIBUTION_NONE : default_attribution(s);
    if (a != ATTRIBUTION_NAME)
        event_draft_set(d, FIELD_ATTRIBUTION, attribution_code(a));
}

int record_with_text(struct session *s, struct event_draft *d, const char *text,
                     struct err *err) {
    size_t changed = 0;
    char *cleaned = record_clean(text, &changed);
    d->event.text = cleaned;
    int result = session_record(s, d, err);
    if (result == 0)
        record_tell_changed(s, changed);
    mem_free(cleaned);
    return result;
}

static char *stored(const struct session *s, struct ref r) {
    struct buf b = BUF_INIT;
    ref_store(session_workbook(s), r, &b);
    return buf_detach(&b);
}

int record_about(struct session *s, struct event_draft *d, struct ref ref,
                 const char *text, struct err *err) {
    char *issue = stored(s, ref);
    event_draft_set(d, FIELD_ISSUE, issue);
    int result = record_with_text(s, d, text, err);
    mem_free(issue);
    return result;
}

int record_refuse_empty(struct err *err, const char *what) {
    err_set(err, "%s is empty", what);
    return err_todo(err, "type its text; nothing was recorded");
}

/* ---- the capture line */

const char *record_side_named(const struct session *s, const char *name) {
    const struct workbook *w = session_workbook(s);
    for (size_t i = 0; name && i < w->room.sides.n; i++)
        if (w->room.sides.v[i].live && strcasecmp(w->room.sides.v[i].id, name) == 0)
            return w->room.sides.v[i].id;
    return NULL;
}

static bool any_people(const struct workbook *w) {
    for (size_t i = 0; i < w->room.people.n; i++)
        if (w->room.people.v[i].live)
            return true;
    return false;
}

const char *record_person_named(const struct session *s, const char *name,
                                struct buf *notice) {
    const struct workbook *w = session_workbook(s);
    struct err err = ERR_INIT;
    if (!name || !*name || !any_people(w))
        return name ? name : "";
    uint32_t person = person_parse(w, name, &err);
    uint32_t same = person == NONE ? person_by_id(w, name) : NONE;
    if (same != NONE && w->room.people.v[same].live)
        buf_addf(notice, " (%s: taken for %s)", err.what, w->room.people.v[same].name);
    else if (person == NONE)
        buf_addf(notice, " (%s: kept as typed)", err.what);
    err_release(&err);
    return person == NONE ? name : w->room.people.v[person].id;
}

/* Who speaks where no name is typed: who has the floor. */
static const char *on_the_floor(const struct session *s, const struct capture *c) {
    const struct workbook *w = session_workbook(s);
    bool asked = !c->speaker && !c->action && !c->non_attributable;
    return asked && w->room.floor.speaker != NONE
               ? w->room.people.v[w->room.floor.speaker].id
               : "";
}

/* Who is named in a capture: a side, a participant, another, nobody ("@-"). */
struct named {
    const char *side, *speaker, *owner; /* "" where none is */
};

static struct named names_of(const struct session *s, const struct capture *c,
                             struct buf *notice) {
    const char *side = record_side_named(s, c->speaker);
    struct named n = {side ? side : "", "", ""};
    if (c->speaker && !side && strcmp(c->speaker, "-") != 0)
        n.speaker = record_person_named(s, c->speaker, notice);
    if (c->owner && strcmp(c->owner, "-") != 0)
        n.owner = record_side_named(s, c->owner)
                      ? c->owner
                      : record_person_named(s, c->owner, notice);
    return n;
}

static void draft_capture(const struct session *s, struct event_draft *d,
                          const struct capture *c, struct buf *notice) {
    struct named n = names_of(s, c, notice);
    event_draft_init(d, c->action ? EVENT_ACTION : EVENT_NOTE);
    if (c->action) {
        event_draft_set(d, FIELD_OWNER, n.owner);
        event_draft_set(d, FIELD_DUE, c->due);
    } else {
        event_draft_set(d, FIELD_KIND, note_kinds[c->kind].code);
        event_draft_set(d, FIELD_SPEAKER, *n.speaker ? n.speaker : on_the_floor(s, c));
        event_draft_set(d, FIELD_SIDE, n.side);
    }
    set_attribution(s, d, c->non_attributable);
}

static int record_capture(struct session *s, struct ref ref, const char *line,
                          struct err *err) {
    struct capture c = CAPTURE_INIT;
    struct event_draft d;
    struct buf notice = BUF_INIT;
    size_t changed = 0;
    char *cleaned = record_clean(line, &changed);
    capture_parse(cleaned, &c);
    mem_free(cleaned);
    int result = -1;
    if (!*c.text) {
        record_refuse_empty(err, c.action ? "the action" : "the annotation");
    } else {
        draft_capture(s, &d, &c, &notice);
        result = record_about(s, &d, ref, c.text, err);
    }
    if (result == 0)
        session_add_message(s, "%s", notice.s);
    buf_release(&notice);
    if (result == 0 && c.notice)
        session_add_message(s, " (%s)", c.notice);
    if (result == 0)
        record_tell_changed(s, changed);
    capture_release(&c);
    return result;
}

int record_note(struct session *s, const struct command_args *a, struct err *err) {
    return record_capture(s, a->ref, a->text, err);
}

int record_action(struct session *s, const struct command_args *a, struct err *err) {
    struct buf line = BUF_INIT;
    const char *text = a->text + strspn(a->text, " \t");
    buf_addf(&line, "%s%s", *text == '>' ? "" : "> ", text);
    int result = text_blank(text) ? record_refuse_empty(err, "the action")
                                    : record_capture(s, a->ref, line.s, err);
    buf_release(&line);
    return result;
}

/* ---- answers, positions, issues */

int record_answer(struct session *s, const struct command_args *a, struct err *err) {
    struct event_draft d;
    if (text_blank(a->text))
        return record_refuse_empty(err, "the answer");
    event_draft_init(&d, EVENT_ANSWER);
    return record_about(s, &d, a->ref, a->text, err);
}

int record_issue(struct session *s, const struct command_args *a, struct err *err) {
    char id[MEMO_ID_MAX + 1];
    struct buf issue = BUF_INIT;
    struct event_draft d;
    size_t changed = 0;
    if (text_blank(a->text))
        return record_refuse_empty(err, "the issue");
    const struct workbook *w = session_workbook(s);
    topic_next_id(w, a->ref.topic, id);
    buf_addf(&issue, "%s.%s", w->topics.v[a->ref.topic].text->id, id);
    event_draft_init(&d, EVENT_ISSUE);
    event_draft_set(&d, FIELD_ISSUE, issue.s);
    char *text = record_clean(a->text, &changed);
    d.event.text = text;
    int result = session_record(s, &d, err);
    if (result == 0)
        record_tell_changed(s, changed);
    mem_free(text);
    buf_release(&issue);
    return result;
}

int record_reword(struct session *s, const struct command_args *a, struct err *err) {
    struct event_draft d;
    if (text_blank(a->text))
        return record_refuse_empty(err, "the wording");
    event_draft_init(&d, EVENT_ISSUE);
    return record_about(s, &d, ref_of_issue(session_workbook(s), a->ref.issue), a->text,
                        err);
}

/* ---- priority, disposition, discussion */

int record_refuse_same(struct err *err, const char *what) {
    return err_set(err, "%s already; nothing was recorded", what);
}

int record_priority(struct session *s, const struct command_args *a, struct err *err) {
    struct event_draft d;
    char number[2] = {(char)('0' + a->number), '\0'};
    if (session_workbook(s)->issues.v[a->ref.issue].priority == a->number)
        return record_refuse_same(err, "it has this priority");
    event_draft_init(&d, EVENT_PRIORITY);
    event_draft_set(&d, FIELD_PRIORITY, number);
    return record_about(s, &d, ref_of_issue(session_workbook(s), a->ref.issue), "", err);
}

int record_discuss(struct session *s, const struct command_args *a, struct err *err) {
    struct event_draft d;
    bool running = session_workbook(s)->discussed == a->ref.issue;
    bool start = a->number < 0 ? !running : a->number == 1;
    if (start == running)
        return record_refuse_same(err, running ? "it is under discussion"
                                               : "it is not under discussion");
    event_draft_init(&d, EVENT_DISCUSS);
    event_draft_set(&d, FIELD_STATE, start ? "start" : "stop");
    return record_about(s, &d, ref_of_issue(session_workbook(s), a->ref.issue), "", err);
}

/* ---- corrections */

int record_find_entry(const struct session *s, uint32_t event, const struct entry **out,
                      struct err *err) {
    const struct workbook *w = session_workbook(s);
    uint32_t entry = event < w->log.n ? workbook_entry(w, event) : NONE;
    *out = entry == NONE ? NULL : &w->entries.v[entry];
    if (*out && (*out)->live && !(*out)->retracted)
        return 0;
    err_set(err, "there is no such entry any more");
    return err_todo(err, "`log` shows the ids of entries");
}

static const char *entry_id(const struct session *s, const struct entry *e) {
    return session_workbook(s)->log.v[e->event].event.id;
}

/* An attribute that a correction takes away must be there, empty. */
static void set_even_empty(struct event_draft *d, enum event_field f, const char *value) {
    event_draft_set(d, f, *value ? value : "-");
    d->attrs[d->event.n_attrs - 1].value = value;
}

static void revise_capture(const struct session *s, struct event_draft *d,
                           const struct entry *e, const struct capture *c,
                           struct buf *notice) {
    struct named n = names_of(s, c, notice);
    if (e->kind == ENTRY_ACTION) {
        set_even_empty(d, FIELD_OWNER, n.owner);
        set_even_empty(d, FIELD_DUE, c->due);
    } else if (e->kind == ENTRY_NOTE) {
        set_even_empty(d, FIELD_KIND, note_kinds[c->kind].code);
        set_even_empty(d, FIELD_SPEAKER, n.speaker);
        set_even_empty(d, FIELD_SIDE, n.side);
    }
    if (c->non_attributable && e->attribution != ATTRIBUTION_NONE)
        event_draft_set(d, FIELD_ATTRIBUTION, attribution_code(ATTRIBUTION_NONE));
}

int record_revise(struct session *s, const struct command_args *a, struct err *err) {
    const struct entry *e;
    struct event_draft d;
    struct capture c = CAPTURE_INIT;
    struct buf notice = BUF_INIT;
    size_t changed = 0;
    if (record_find_entry(s, a->entry, &e, err) < 0)
        return -1;
    if (text_blank(a->text)) {
        err_set(err, "the correction is empty");
        return err_todo(err, "withdraw the entry instead");
    }
    bool captured = e->kind == ENTRY_NOTE || e->kind == ENTRY_ACTION;
    struct buf line = BUF_INIT;
    if (e->kind == ENTRY_ACTION && *a->text != '>')
        buf_puts(&line, "> ");
    buf_puts(&line, a->text);
    char *text = record_clean(line.s, &changed);
    buf_release(&line);
    event_draft_init(&d, EVENT_REVISE);
    event_draft_set(&d, FIELD_EVENT, entry_id(s, e));
    const char *said = text;
    if (captured) {
        capture_parse(text, &c);
        revise_capture(s, &d, e, &c, &notice);
        said = c.text;
    } else if (e->kind == ENTRY_POSITION) {
        event_draft_set(&d, FIELD_STANCE, stances[record_take_stance(&said)].code);
    }
    d.event.text = said;
    int result = session_record(s, &d, err);
    if (result == 0)
        session_add_message(s, "%s", notice.s);
    if (result == 0)
        record_tell_changed(s, changed);
    buf_release(&notice);
    capture_release(&c);
    mem_free(text);
    return result;
}

int record_move(struct session *s, const struct command_args *a, struct err *err) {
    const struct entry *e;
    struct event_draft d;
    if (record_find_entry(s, a->entry, &e, err) < 0)
        return -1;
    if (e->issue == a->to.issue && e->sub == a->to.sub)
        return record_refuse_same(err, "it stands there");
    event_draft_init(&d, EVENT_MOVE);
    event_draft_set(&d, FIELD_EVENT, entry_id(s, e));
    return record_about(s, &d, a->to, "", err);
}

int record_retract(struct session *s, const struct command_args *a, struct err *err) {
    const struct entry *e;
    struct event_draft d;
    size_t changed = 0;
    if (record_find_entry(s, a->entry, &e, err) < 0)
        return -1;
    event_draft_init(&d, EVENT_RETRACT);
    event_draft_set(&d, FIELD_EVENT, entry_id(s, e));
    char *reason = record_clean(a->text, &changed);
    d.event.text = reason;
    int result = session_record(s, &d, err);
    if (result == 0)
        record_tell_changed(s, changed);
    mem_free(reason);
    return result;
}

int record_expunge(struct session *s, const struct command_args *a, struct err *err) {
    const struct workbook *w = session_workbook(s);
    if (a->entry >= w->log.n || workbook_entry(w, a->entry) == NONE)
        return err_set(err, "there is no such entry");
    if (strcasecmp(a->text, "yes") != 0) {
        err_set(err, "expunging cannot be undone; nothing was expunged");
        return err_todo(err, "to take the entry out of the file for good: expunge %s yes",
                        w->log.v[a->entry].event.id);
    }
    return session_expunge(s, w->log.v[a->entry].event.id, err);
}

/* ---- undo */

static int take_back(struct session *s, uint32_t target, struct err *err) {
    struct event_draft d;
    event_draft_init(&d, EVENT_UNDO);
    event_draft_set(&d, FIELD_EVENT, session_workbook(s)->log.v[target].event.id);
    return session_record(s, &d, err);
}

int record_undo(struct session *s, const struct command_args *a, struct err *err) {
    (void)a;
    uint32_t target = workbook_undo_target(session_workbook(s));
    return target == NONE ? err_set(err, "there is nothing to undo")
                          : take_back(s, target, err);
}

int record_redo(struct session *s, const struct command_args *a, struct err *err) {
    (void)a;
    uint32_t target = workbook_redo_target(session_workbook(s));
    return target == NONE ? err_set(err, "there is nothing to redo")
                          : take_back(s, target, err);
}

/* ---- notes handed out */

int session_released(struct session *s, const char *names, const char *template_name,
                     const char *format, enum attribution attribution, struct err *err) {
    /* A template may be a file: its folder is nobody's business. */
    const char *slash = strrchr(template_name, '/');
    struct event_draft d;
    event_draft_init(&d, EVENT_RELEASED);
    event_draft_set(&d, FIELD_TEMPLATE, slash ? slash + 1 : template_name);
    event_draft_set(&d, FIELD_FORMAT, format);
    event_draft_set(&d, FIELD_ATTRIBUTION, attribution_code(attribution));
    return record_with_text(s, &d, names, err);
}
