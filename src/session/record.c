#include "record.h"

#include "session.h"

#include "base/text.h"
#include "model/capture.h"

#include <stdio.h>
#include <strings.h>

_Static_assert((int)CAPTURE_FACT == (int)NOTE_FACT, "the two lists of kinds agree");

/* A text made fit for XML, to be freed; how many characters had to change is added. */
static char *clean(const char *text, size_t *changed) {
    struct buf b = BUF_INIT;
    *changed += text_clean(&b, text, strlen(text));
    return buf_detach(&b);
}

static void tell_changed(struct session *s, size_t changed) {
    if (changed)
        session_add_message(s, " (%zu character%s that XML cannot hold made visible)",
                            changed, changed == 1 ? "" : "s");
}

static bool only_blanks(const char *text) {
    return text[strspn(text, " \t\r\n")] == '\0';
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

static char *stored(const struct session *s, struct ref r) {
    struct buf b = BUF_INIT;
    ref_store(session_workbook(s), r, &b);
    return buf_detach(&b);
}

/* Records an event about an issue whose text is the person's. */
static int record_text(struct session *s, struct event_draft *d, struct ref ref,
                       const char *text, struct err *err) {
    size_t changed = 0;
    char *issue = stored(s, ref), *cleaned = clean(text, &changed);
    event_draft_set(d, FIELD_ISSUE, issue);
    d->event.text = cleaned;
    int result = session_record(s, d, err);
    if (result == 0)
        tell_changed(s, changed);
    free(issue);
    free(cleaned);
    return result;
}

static int refuse_empty(struct err *err, const char *what) {
    err_set(err, "%s is empty", what);
    return err_todo(err, "type its text; nothing was recorded");
}

/* ---- the capture line */

static const char *as_side(const struct session *s, const char *name) {
    const struct memo *m = session_workbook(s)->memo;
    for (size_t i = 0; name && i < m->sides.n; i++)
        if (strcasecmp(m->sides.v[i].id, name) == 0)
            return m->sides.v[i].id;
    return NULL;
}

static void draft_capture(const struct session *s, struct event_draft *d,
                          const struct capture *c) {
    const char *side = as_side(s, c->speaker);
    event_draft_init(d, c->action ? EVENT_ACTION : EVENT_NOTE);
    if (c->action) {
        event_draft_set(d, FIELD_OWNER, c->owner ? c->owner : "");
        event_draft_set(d, FIELD_DUE, c->due);
    } else {
        event_draft_set(d, FIELD_KIND, note_kinds[c->kind].code);
        event_draft_set(d, FIELD_SPEAKER, c->speaker && !side ? c->speaker : "");
        event_draft_set(d, FIELD_SIDE, side ? side : "");
    }
    set_attribution(s, d, c->non_attributable);
}

static int record_capture(struct session *s, struct ref ref, const char *line,
                          struct err *err) {
    struct capture c = CAPTURE_INIT;
    struct event_draft d;
    size_t changed = 0;
    char *cleaned = clean(line, &changed);
    capture_parse(cleaned, &c);
    free(cleaned);
    int result = -1;
    if (!*c.text) {
        refuse_empty(err, c.action ? "the action" : "the annotation");
    } else {
        draft_capture(s, &d, &c);
        result = record_text(s, &d, ref, c.text, err);
    }
    if (result == 0 && c.notice)
        session_add_message(s, " (%s)", c.notice);
    if (result == 0)
        tell_changed(s, changed);
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
    int result = only_blanks(text) ? refuse_empty(err, "the action")
                                   : record_capture(s, a->ref, line.s, err);
    buf_release(&line);
    return result;
}

/* ---- answers, positions, issues */

int record_answer(struct session *s, const struct command_args *a, struct err *err) {
    struct event_draft d;
    if (only_blanks(a->text))
        return refuse_empty(err, "the answer");
    event_draft_init(&d, EVENT_ANSWER);
    return record_text(s, &d, a->ref, a->text, err);
}

int record_position(struct session *s, const struct command_args *a, struct err *err) {
    struct event_draft d;
    if (only_blanks(a->text))
        return refuse_empty(err, "the position");
    event_draft_init(&d, EVENT_POSITION);
    event_draft_set(&d, FIELD_SIDE, a->side);
    return record_text(s, &d, a->ref, a->text, err);
}

int record_issue(struct session *s, const struct command_args *a, struct err *err) {
    char id[MEMO_ID_MAX + 1];
    struct buf issue = BUF_INIT;
    struct event_draft d;
    size_t changed = 0;
    if (only_blanks(a->text))
        return refuse_empty(err, "the issue");
    const struct workbook *w = session_workbook(s);
    topic_next_id(w, a->ref.topic, id);
    buf_addf(&issue, "%s.%s", w->topics.v[a->ref.topic].text->id, id);
    event_draft_init(&d, EVENT_ISSUE);
    event_draft_set(&d, FIELD_ISSUE, issue.s);
    char *text = clean(a->text, &changed);
    d.event.text = text;
    int result = session_record(s, &d, err);
    if (result == 0)
        tell_changed(s, changed);
    free(text);
    buf_release(&issue);
    return result;
}

int record_reword(struct session *s, const struct command_args *a, struct err *err) {
    struct event_draft d;
    if (only_blanks(a->text))
        return refuse_empty(err, "the wording");
    event_draft_init(&d, EVENT_ISSUE);
    return record_text(s, &d, ref_of_issue(session_workbook(s), a->ref.issue), a->text,
                       err);
}

/* ---- priority, disposition, discussion */

static int refuse_same(struct err *err, const char *what) {
    return err_set(err, "%s already; nothing was recorded", what);
}

int record_priority(struct session *s, const struct command_args *a, struct err *err) {
    struct event_draft d;
    char number[2] = {(char)('0' + a->number), '\0'};
    if (session_workbook(s)->issues.v[a->ref.issue].priority == a->number)
        return refuse_same(err, "it has this priority");
    event_draft_init(&d, EVENT_PRIORITY);
    event_draft_set(&d, FIELD_PRIORITY, number);
    return record_text(s, &d, ref_of_issue(session_workbook(s), a->ref.issue), "", err);
}

int record_disposition(struct session *s, const struct command_args *a, struct err *err) {
    struct event_draft d;
    const struct issue *i = &session_workbook(s)->issues.v[a->ref.issue];
    if (i->disposition == a->number && only_blanks(a->text))
        return refuse_same(err, "it has this disposition");
    event_draft_init(&d, EVENT_DISPOSITION);
    event_draft_set(&d, FIELD_DISPOSITION, dispositions[a->number].code);
    return record_text(s, &d, ref_of_issue(session_workbook(s), a->ref.issue), a->text,
                       err);
}

int record_discuss(struct session *s, const struct command_args *a, struct err *err) {
    struct event_draft d;
    bool running = session_workbook(s)->discussed == a->ref.issue;
    bool start = a->number < 0 ? !running : a->number == 1;
    if (start == running)
        return refuse_same(err, running ? "it is under discussion"
                                        : "it is not under discussion");
    event_draft_init(&d, EVENT_DISCUSS);
    event_draft_set(&d, FIELD_STATE, start ? "start" : "stop");
    return record_text(s, &d, ref_of_issue(session_workbook(s), a->ref.issue), "", err);
}

/* ---- corrections */

static int find_entry(const struct session *s, uint32_t event, const struct entry **out,
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
                           const struct entry *e, const struct capture *c) {
    const char *side = as_side(s, c->speaker);
    if (e->kind == ENTRY_ACTION) {
        set_even_empty(d, FIELD_OWNER, c->owner ? c->owner : "");
        set_even_empty(d, FIELD_DUE, c->due);
    } else if (e->kind == ENTRY_NOTE) {
        set_even_empty(d, FIELD_KIND, note_kinds[c->kind].code);
        set_even_empty(d, FIELD_SPEAKER, c->speaker && !side ? c->speaker : "");
        set_even_empty(d, FIELD_SIDE, side ? side : "");
    }
    if (c->non_attributable && e->attribution != ATTRIBUTION_NONE)
        event_draft_set(d, FIELD_ATTRIBUTION, attribution_code(ATTRIBUTION_NONE));
}

int record_revise(struct session *s, const struct command_args *a, struct err *err) {
    const struct entry *e;
    struct event_draft d;
    struct capture c = CAPTURE_INIT;
    size_t changed = 0;
    if (find_entry(s, a->entry, &e, err) < 0)
        return -1;
    if (only_blanks(a->text)) {
        err_set(err, "the correction is empty");
        return err_todo(err, "withdraw the entry instead");
    }
    bool captured = e->kind == ENTRY_NOTE || e->kind == ENTRY_ACTION;
    struct buf line = BUF_INIT;
    if (e->kind == ENTRY_ACTION && *a->text != '>')
        buf_puts(&line, "> ");
    buf_puts(&line, a->text);
    char *text = clean(line.s, &changed);
    buf_release(&line);
    event_draft_init(&d, EVENT_REVISE);
    event_draft_set(&d, FIELD_EVENT, entry_id(s, e));
    if (captured) {
        capture_parse(text, &c);
        revise_capture(s, &d, e, &c);
    }
    d.event.text = captured ? c.text : text;
    int result = session_record(s, &d, err);
    if (result == 0)
        tell_changed(s, changed);
    capture_release(&c);
    free(text);
    return result;
}

int record_move(struct session *s, const struct command_args *a, struct err *err) {
    const struct entry *e;
    struct event_draft d;
    if (find_entry(s, a->entry, &e, err) < 0)
        return -1;
    if (e->issue == a->to.issue && e->sub == a->to.sub)
        return refuse_same(err, "it stands there");
    event_draft_init(&d, EVENT_MOVE);
    event_draft_set(&d, FIELD_EVENT, entry_id(s, e));
    return record_text(s, &d, a->to, "", err);
}

int record_retract(struct session *s, const struct command_args *a, struct err *err) {
    const struct entry *e;
    struct event_draft d;
    size_t changed = 0;
    if (find_entry(s, a->entry, &e, err) < 0)
        return -1;
    event_draft_init(&d, EVENT_RETRACT);
    event_draft_set(&d, FIELD_EVENT, entry_id(s, e));
    char *reason = clean(a->text, &changed);
    d.event.text = reason;
    int result = session_record(s, &d, err);
    if (result == 0)
        tell_changed(s, changed);
    free(reason);
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
