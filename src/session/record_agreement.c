/*
 * What records how far something is agreed: positions, outcomes, brackets, read-backs.
 */
#include "record_private.h"

#include "base/text.h"
#include "model/agreement.h"

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

static const char *skip_blanks(const char *s) {
    return s + strspn(s, " \t\r\n");
}

static int nothing_recorded(struct err *err) {
    return err_todo(err, "nothing was recorded");
}

/* ---- positions */

static bool is_stance(const char *p) {
    for (int i = STANCE_FOR; i < STANCE_COUNT; i++)
        if (*p == stances[i].mark && (p[1] == ' ' || p[1] == '\n') && !text_blank(p + 1))
            return true;
    return false;
}

enum stance record_take_stance(const char **text) {
    const char *p = skip_blanks(*text);
    if (*p == '\\' && is_stance(p + 1))
        *text = p + 1;
    for (int i = STANCE_FOR; i < STANCE_COUNT; i++)
        if (is_stance(p) && *p == stances[i].mark) {
            *text = skip_blanks(p + 1);
            return (enum stance)i;
        }
    return STANCE_NONE;
}

int record_position(struct session *s, const struct command_args *a, struct err *err) {
    struct event_draft d;
    const char *text = a->text;
    if (text_blank(text))
        return record_refuse_empty(err, "the position");
    event_draft_init(&d, EVENT_POSITION);
    event_draft_set(&d, FIELD_SIDE, a->side);
    event_draft_set(&d, FIELD_STANCE, stances[record_take_stance(&text)].code);
    return record_about(s, &d, a->ref, text, err);
}

/* An event about an entry: its state, and a text. */
static int about_entry(struct session *s, enum event_kind_id kind, const struct entry *e,
                       const char *state, const char *text, struct err *err) {
    const struct workbook *w = session_workbook(s);
    struct event_draft d;
    event_draft_init(&d, kind);
    event_draft_set(&d, FIELD_EVENT, w->log.v[e->event].event.id);
    event_draft_set(&d, FIELD_STATE, state);
    return record_with_text(s, &d, text, err);
}

static bool begins(const char *whole, const char *word) {
    return *word && strncasecmp(whole, word, strlen(word)) == 0;
}

/* The entry that the command names, which must be of this kind: "only WHAT". */
static int find_entry(struct session *s, const struct command_args *a,
                      enum entry_kind kind, const char *what, const struct entry **out,
                      struct err *err) {
    if (record_find_entry(s, a->entry, out, err) < 0)
        return -1;
    if ((*out)->kind == kind)
        return 0;
    err_set(err, "only %s", what);
    return nothing_recorded(err);
}

int record_share(struct session *s, const struct command_args *a, struct err *err) {
    const struct entry *e;
    if (find_entry(s, a, ENTRY_POSITION, "a position is private or shared", &e, err) < 0)
        return -1;
    bool share = *a->label ? begins("shared", a->label) : !e->shared;
    if (*a->label && !share && !begins("private", a->label)) {
        err_set(err, "“%s” is neither shared nor private", a->label);
        return nothing_recorded(err);
    }
    if (share == e->shared)
        return record_refuse_same(err, share ? "it is shared" : "it is private");
    return about_entry(s, EVENT_SHARE, e, share ? "shared" : "private", "", err);
}

int record_done(struct session *s, const struct command_args *a, struct err *err) {
    const struct entry *e;
    if (find_entry(s, a, ENTRY_ACTION, "an action item is done", &e, err) < 0)
        return -1;
    bool open = e->done && text_blank(a->text);
    return about_entry(s, EVENT_DONE, e, open ? "open" : "done", a->text, err);
}

/* ---- outcomes */

/* What an outcome is recorded with; the draft borrows the strings. */
struct outcome {
    struct session *s;
    struct event_draft *d;
    uint32_t issue;
    uint8_t disposition;
    const char *text; /* what is left of it: the reason */
    struct buf asked, objections, owner, notice;
};

/* The sides asked to confirm answer for themselves. */
static void find_objections(struct outcome *o) {
    const struct workbook *w = session_workbook(o->s);
    objection_vec v = {0};
    agreement_objections(w, o->issue, &v);
    for (size_t i = v.n; i-- > 0;)
        if (v.v[i].side && memo_list_has(o->asked.s, v.v[i].side))
            vec_remove(&v, i);
    objections_say(w, &v, &o->objections);
    vec_release(&v);
}

/* What speaks against it is kept with it; the reason is the text that comes along. */
static int check_objections(struct outcome *o, struct err *err) {
    const struct workbook *w = session_workbook(o->s);
    struct buf cite = BUF_INIT;
    find_objections(o);
    event_draft_set(o->d, FIELD_OVERRIDE, o->objections.s);
    if (o->objections.len == 0 || !text_blank(o->text))
        return 0;
    ref_print(w, ref_of_issue(w, o->issue), &cite);
    err_set(err, "%s", o->objections.s);
    err_todo(
        err, "to record it all the same, give the reason: disposition %s %s%s%s REASON",
        cite.s, dispositions[o->disposition].code, o->asked.len ? " " : "", o->asked.s);
    buf_release(&cite);
    return -1;
}

/* The length of `name` where the text begins with it and goes on with no letter of it. */
static size_t begins_with(const char *text, const char *name) {
    size_t len = strlen(name);
    bool is = len > 0 && strncasecmp(text, name, len) == 0 &&
              strchr(" ,:\t\r\n", text[len]) != NULL;
    return is ? len : 0;
}

/* The side that the text begins with, by its id or its name; *text is moved on. */
static const char *take_side(const struct workbook *w, const char **text) {
    const char *p = *text + strspn(*text, " ,\t\r\n");
    for (size_t i = 0; i < w->room.sides.n; i++) {
        const struct side *side = &w->room.sides.v[i];
        size_t len = begins_with(p, side->name);
        if (len == 0)
            len = begins_with(p, side->id);
        if (side->live && len > 0) {
            *text = p + len;
            return side->id;
        }
    }
    return NULL;
}

static int refuse_unasked(const struct workbook *w, struct err *err) {
    struct buf ids = BUF_INIT;
    for (size_t i = 0; i < w->room.sides.n; i++)
        if (w->room.sides.v[i].live)
            buf_addf(&ids, "%s%s", ids.len ? ", " : "", w->room.sides.v[i].id);
    err_set(err, "which side has still to confirm it?");
    if (ids.len)
        err_todo(err,
                 "disposition ISSUE agreed-ad-referendum SIDE… REASON; the sides "
                 "are %s",
                 ids.s);
    else
        err_todo(err, "there are no sides; side ID NAME adds one");
    buf_release(&ids);
    return -1;
}

/* "ru us: the reason". A colon ends the sides where the reason could be one. */
static int take_asked(struct outcome *o, struct err *err) {
    const struct workbook *w = session_workbook(o->s);
    for (const char *side; (side = take_side(w, &o->text));) {
        if (!memo_list_has(o->asked.s, side))
            buf_addf(&o->asked, "%s%s", o->asked.len ? " " : "", side);
        if (*o->text == ':')
            break;
    }
    o->text += strspn(o->text, " :,\t\r\n");
    event_draft_set(o->d, FIELD_SIDES, o->asked.s);
    return o->asked.len ? 0 : refuse_unasked(w, err);
}

/* "@lee " in front of the reason for deferring: who keeps it. */
static void take_owner(struct outcome *o) {
    const char *p = skip_blanks(o->text);
    size_t len = strcspn(p, " \t\r\n");
    if (*p != '@' || len < 2)
        return;
    buf_add(&o->owner, p + 1, len - 1);
    o->text = skip_blanks(p + len);
    const char *side = record_side_named(o->s, o->owner.s);
    event_draft_set(o->d, FIELD_OWNER,
                    side ? side : record_person_named(o->s, o->owner.s, &o->notice));
}

/* What the outcome has besides its reason, and whether it may stand. */
static int complete_outcome(struct outcome *o, struct err *err) {
    const struct issue *i = &session_workbook(o->s)->issues.v[o->issue];
    switch (o->disposition) {
    case DISPOSITION_AGREED:
        return check_objections(o, err);
    case DISPOSITION_AD_REFERENDUM:
        return take_asked(o, err) < 0 ? -1 : check_objections(o, err);
    case DISPOSITION_DEFERRED:
        take_owner(o);
        return 0;
    case DISPOSITION_BRACKETED:
        if (i->n_brackets + i->n_broken == 0)
            buf_puts(&o->notice, " (the answer has no brackets)");
        return 0;
    default:
        return 0;
    }
}

int record_disposition(struct session *s, const struct command_args *a, struct err *err) {
    struct event_draft d;
    const struct workbook *w = session_workbook(s);
    struct outcome o = {s,       &d,       a->ref.issue, (uint8_t)a->number,
                        a->text, BUF_INIT, BUF_INIT,     BUF_INIT,
                        BUF_INIT};
    if (w->issues.v[o.issue].disposition == o.disposition && text_blank(o.text))
        return record_refuse_same(err, "it has this disposition");
    event_draft_init(&d, EVENT_DISPOSITION);
    event_draft_set(&d, FIELD_DISPOSITION, dispositions[o.disposition].code);
    int result = complete_outcome(&o, err);
    if (result == 0)
        result = record_about(s, &d, ref_of_issue(w, o.issue), o.text, err);
    if (result == 0)
        session_add_message(s, "%s", o.notice.s);
    buf_release(&o.asked);
    buf_release(&o.objections);
    buf_release(&o.owner);
    buf_release(&o.notice);
    return result;
}

static bool holds(const side_vec *v, const char *side) {
    for (size_t i = 0; i < v->n; i++)
        if (strcmp(v->v[i], side) == 0)
            return true;
    return false;
}

static int refuse_unpending(const struct workbook *w, uint32_t issue, const char *side,
                            struct err *err) {
    const struct issue_record *r = w->issues.v[issue].record;
    bool open = w->issues.v[issue].disposition == DISPOSITION_AD_REFERENDUM;
    for (size_t i = 0; r && i < r->confirmed.n; i++)
        if (strcmp(r->confirmed.v[i].side, side) == 0) {
            err_set(err, "%s has confirmed it already", side_name(w, side));
            return nothing_recorded(err);
        }
    if (open && r && *r->asked) {
        err_set(err, "%s was not asked to confirm it", side_name(w, side));
        return nothing_recorded(err);
    }
    err_set(err, open
                     ? "no side was asked to confirm it"
                     : "it is not agreed ad referendum: nothing is left to be confirmed");
    return err_todo(err, "disposition ISSUE agreed-ad-referendum SIDE asks one");
}

/* What it made of the outcome; what speaks against that is said, too. */
static void say_confirmed(struct session *s, uint32_t issue) {
    const struct workbook *w = session_workbook(s);
    side_vec pending = {0};
    objection_vec against = {0};
    struct buf said = BUF_INIT;
    issue_pending(w, issue, &pending);
    agreement_objections(w, issue, &against);
    for (size_t i = 0; i < pending.n; i++)
        buf_addf(&said, "%s%s",
                 i ? ", " : "; still to confirm it: ", side_name(w, pending.v[i]));
    if (pending.n == 0)
        buf_puts(&said, against.n ? "; it is agreed, but: " : "; it is agreed");
    if (pending.n == 0)
        objections_say(w, &against, &said);
    session_add_message(s, "%s", said.s);
    buf_release(&said);
    vec_release(&pending);
    vec_release(&against);
}

int record_confirm(struct session *s, const struct command_args *a, struct err *err) {
    const struct workbook *w = session_workbook(s);
    struct event_draft d;
    side_vec pending = {0};
    issue_pending(w, a->ref.issue, &pending);
    bool asked = holds(&pending, a->side);
    vec_release(&pending);
    if (!asked)
        return refuse_unpending(w, a->ref.issue, a->side, err);
    event_draft_init(&d, EVENT_CONFIRM);
    event_draft_set(&d, FIELD_SIDE, a->side);
    int result = record_about(s, &d, ref_of_issue(w, a->ref.issue), a->text, err);
    if (result == 0)
        say_confirmed(s, a->ref.issue);
    return result;
}

/* ---- brackets and wordings */

/* What a bracket becomes: a side's alternative, or "= a third wording". */
struct resolution {
    int alternative;     /* or -1 */
    const char *wording; /* for -1 */
    const char *side;    /* or "=" */
};

static int read_resolution(const struct workbook *w, const struct brackets *b,
                           const char *answer, size_t at, const char *text,
                           struct resolution *out, struct err *err) {
    const struct bracket *k = &b->v.v[at];
    text = skip_blanks(text);
    if (*text == '=') {
        *out = (struct resolution){-1, skip_blanks(text + 1), "="};
        return 0;
    }
    int side = side_parse(w, text, err);
    if (side < 0)
        return -1;
    out->side = w->room.sides.v[side].id;
    for (uint32_t i = 0; i < k->n; i++)
        if (alternative_has(answer, &b->alternatives.v[k->first + i], out->side)) {
            out->alternative = (int)i;
            return 0;
        }
    err_set(err, "%s has no text in bracket %zu", w->room.sides.v[side].name, at + 1);
    return err_todo(err, "name another side, or give a third wording: = TEXT");
}

static int find_bracket(const struct brackets *b, int number, struct err *err) {
    if (number < 1 || (size_t)number > b->v.n) {
        err_set(err,
                b->v.n ? "there is no bracket %d: the answer has %zu"
                       : "there is no bracket %d: the answer has none",
                number, b->v.n);
        return nothing_recorded(err);
    }
    if (!b->v.v[number - 1].broken)
        return number - 1;
    err_set(err, "bracket %d is broken: it does not close, or has a text without owner",
            number);
    return err_todo(err, "mend it in the answer (a) first");
}

static int resolve(struct session *s, const struct command_args *a, const char *answer,
                   const struct brackets *b, struct err *err) {
    struct resolution r = {-1, "", ""};
    struct event_draft d;
    char resolves[MEMO_ID_MAX + 16];
    struct buf text = BUF_INIT;
    int at = find_bracket(b, a->number, err);
    if (at < 0 ||
        read_resolution(session_workbook(s), b, answer, (size_t)at, a->text, &r, err) < 0)
        return -1;
    brackets_resolve(b, answer, strlen(answer), (size_t)at, r.alternative, r.wording,
                     &text);
    snprintf(resolves, sizeof resolves, "%d %s", a->number, r.side);
    event_draft_init(&d, EVENT_ANSWER);
    event_draft_set(&d, FIELD_RESOLVES, resolves);
    int result = text_blank(text.s) ? record_refuse_empty(err, "what is left")
                                    : record_about(s, &d, a->ref, text.s, err);
    buf_release(&text);
    return result;
}

int record_resolve(struct session *s, const struct command_args *a, struct err *err) {
    const struct workbook *w = session_workbook(s);
    const char *answer = issue_wording(w, a->ref.issue, a->ref.sub);
    struct brackets b = {0};
    workbook_brackets(w, answer, &b);
    int result = resolve(s, a, answer, &b, err);
    brackets_release(&b);
    return result;
}

int record_restore(struct session *s, const struct command_args *a, struct err *err) {
    const struct workbook *w = session_workbook(s);
    wording_vec v = {0};
    struct event_draft d;
    int result = -1;
    wordings_of(w, a->ref.issue, a->ref.sub, &v);
    if (a->number < 1 || (size_t)a->number > v.n) {
        err_set(err, "there is no wording %d: there are %zu", a->number, v.n);
        nothing_recorded(err);
    } else if (strcmp(v.v[a->number - 1].text,
                      issue_wording(w, a->ref.issue, a->ref.sub)) == 0) {
        record_refuse_same(err, "it is the answer");
    } else {
        event_draft_init(&d, EVENT_ANSWER);
        result = record_about(s, &d, a->ref, v.v[a->number - 1].text, err);
    }
    vec_release(&v);
    return result;
}

/* ---- read-backs */

int record_readback(struct session *s, const struct command_args *a, struct err *err) {
    const struct workbook *w = session_workbook(s);
    const char *text = issue_wording(w, a->ref.issue, a->ref.sub);
    uint32_t now = readback_now(w);
    struct event_draft d;
    if (!*text) {
        err_set(err, "there is no answer to read back");
        return err_todo(err, "record one first (a)");
    }
    if (now != NONE && w->readbacks.v[now].issue == a->ref.issue &&
        w->readbacks.v[now].sub == a->ref.sub && readback_covers(w, now))
        return record_refuse_same(err, "it is being read back");
    event_draft_init(&d, EVENT_READBACK);
    event_draft_set(&d, FIELD_STATE, "start");
    return record_about(s, &d, a->ref, text, err);
}

static int no_readback(struct err *err) {
    err_set(err, "it is not being read back");
    return err_todo(err, "readback ISSUE freezes the answer and begins (R)");
}

int record_readback_end(struct session *s, const struct command_args *a,
                        struct err *err) {
    const struct workbook *w = session_workbook(s);
    uint32_t b = issue_readback(w, a->ref.issue, a->ref.sub);
    struct event_draft d;
    if (b == NONE || w->readbacks.v[b].ended)
        return no_readback(err);
    event_draft_init(&d, EVENT_READBACK);
    event_draft_set(&d, FIELD_STATE, "end");
    return record_about(s, &d, a->ref, "", err);
}

static const char *assent_code(const char *word) {
    static const char *const codes[] = {"assent", "reservation", "silence"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (begins(codes[i], word))
            return codes[i];
    return NULL;
}

/* Whether the side's last word is this one. */
static bool said_so(const struct workbook *w, uint32_t readback, const char *side,
                    const char *code, const char *text) {
    static const char *const codes[] = {[ASSENT_GIVEN] = "assent",
                                        [ASSENT_RESERVATION] = "reservation",
                                        [ASSENT_SILENCE] = "silence"};
    uint32_t at = readback_word(w, readback, side);
    if (at == NONE)
        return false;
    const struct assent_word *word = &w->readbacks.v[readback].words.v[at];
    return strcmp(codes[word->assent], code) == 0 && strcmp(word->text, text) == 0;
}

static int refuse_assent(const struct workbook *w, const struct command_args *a,
                         uint32_t readback, const char *code, struct err *err) {
    if (!code) {
        err_set(err, "“%s” is none of assent, reservation, silence", a->label);
        return nothing_recorded(err);
    }
    if (strcmp(code, "reservation") == 0 && text_blank(a->text)) {
        err_set(err, "a reservation needs its words");
        return err_todo(err, "assent ISSUE SIDE reservation WORDS; nothing was recorded");
    }
    return said_so(w, readback, a->side, code, a->text)
               ? record_refuse_same(err, "that is its word")
               : 0;
}

int record_assent(struct session *s, const struct command_args *a, struct err *err) {
    const struct workbook *w = session_workbook(s);
    uint32_t b = issue_readback(w, a->ref.issue, a->ref.sub);
    const char *code = assent_code(a->label);
    struct event_draft d;
    if (b == NONE)
        return no_readback(err);
    if (refuse_assent(w, a, b, code, err) < 0)
        return -1;
    event_draft_init(&d, EVENT_ASSENT);
    event_draft_set(&d, FIELD_EVENT, w->log.v[w->readbacks.v[b].event].event.id);
    event_draft_set(&d, FIELD_SIDE, a->side);
    event_draft_set(&d, FIELD_STATE, code);
    int result = record_with_text(s, &d, a->text, err);
    if (result == 0 && !readback_covers(w, b))
        session_add_message(s, " (the answer has changed since it was read back)");
    return result;
}

/* ---- sub-questions, recommendations, temperature */

/* "answered" and the like, in full; or NULL. */
static const char *sub_state_code(const char *word) {
    static const char *const codes[] = {"answered", "not-applicable", "open"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (begins(codes[i], word))
            return codes[i];
    return NULL;
}

/* Whether the sub-question is marked so, and tied to this. */
static bool is_marked(const struct workbook *w, struct ref ref, const char *code,
                      const char *text) {
    static const char *const codes[] = {[SUB_OPEN] = "open",
                                        [SUB_ANSWERED] = "answered",
                                        [SUB_NOT_APPLICABLE] = "not-applicable"};
    const struct issue_record *r = w->issues.v[ref.issue].record;
    for (size_t i = 0; r && i < r->subs.n; i++)
        if (r->subs.v[i].sub == ref.sub)
            return strcmp(codes[r->subs.v[i].state], code) == 0 &&
                   strcmp(r->subs.v[i].text, text) == 0;
    return strcmp(code, "open") == 0;
}

int record_subquestion(struct session *s, const struct command_args *a, struct err *err) {
    const struct workbook *w = session_workbook(s);
    const char *code = sub_state_code(a->label);
    struct event_draft d;
    if (a->ref.sub == 0) {
        err_set(err, issue_subs(w, a->ref.issue) ? "name the sub-question, as in B(b)2"
                                                 : "this issue has no sub-questions");
        return nothing_recorded(err);
    }
    if (!code) {
        err_set(err, "“%s” is none of answered, not-applicable, open", a->label);
        return nothing_recorded(err);
    }
    if (is_marked(w, a->ref, code, a->text))
        return record_refuse_same(err, "it is marked so");
    event_draft_init(&d, EVENT_SUBQUESTION);
    event_draft_set(&d, FIELD_STATE, code);
    return record_about(s, &d, a->ref, a->text, err);
}

static int read_support(const struct workbook *w, const char *word, struct buf *out,
                        struct err *err) {
    struct buf stored = BUF_INIT;
    struct ref r;
    if (ref_parse(w, word, &r, err) < 0)
        return -1;
    if (r.issue == NONE || w->topics.v[r.topic].text->recommendations) {
        err_set(err, "%s is no issue that a recommendation can rest on", word);
        return nothing_recorded(err);
    }
    ref_store(w, r, &stored);
    if (!memo_list_has(out->s, stored.s))
        buf_addf(out, "%s%s", out->len ? " " : "", stored.s);
    buf_release(&stored);
    return 0;
}

/* "B(b), D(a)"; "-" for none. */
static int read_supports(const struct workbook *w, const char *text, struct buf *out,
                         struct err *err) {
    text = skip_blanks(text);
    char *list = mem_strdup(strcmp(text, "-") == 0 ? "" : text), *rest = NULL;
    int result = 0;
    for (char *word = strtok_r(list, " ,\t\r\n", &rest); word && result == 0;
         word = strtok_r(NULL, " ,\t\r\n", &rest))
        result = read_support(w, word, out, err);
    mem_free(list);
    return result;
}

int record_support(struct session *s, const struct command_args *a, struct err *err) {
    const struct workbook *w = session_workbook(s);
    const struct issue_record *r = w->issues.v[a->ref.issue].record;
    struct event_draft d;
    struct buf issues = BUF_INIT;
    if (!w->topics.v[a->ref.topic].text->recommendations) {
        err_set(err, "only a recommendation rests on issues");
        return err_todo(err, "support R(a) B(b) D(a); “-” for none");
    }
    int result = read_supports(w, a->text, &issues, err);
    if (result == 0 && strcmp(issues.s, r ? r->supports : "") == 0)
        result = record_refuse_same(err, "it rests on these");
    event_draft_init(&d, EVENT_SUPPORT);
    event_draft_set(&d, FIELD_ISSUES, issues.s);
    if (result == 0)
        result = record_about(s, &d, ref_of_issue(w, a->ref.issue), "", err);
    buf_release(&issues);
    return result;
}

/* A side before a participant; with an @ in front, a participant. */
static int read_sounded(const struct workbook *w, const char *word, const char **side,
                        uint32_t *person, struct err *err) {
    struct err unknown = ERR_INIT;
    int found = side_parse(w, word, &unknown);
    err_release(&unknown);
    *side = found < 0 ? "" : w->room.sides.v[found].id;
    *person = found < 0 ? person_parse(w, word, err) : NONE;
    return found < 0 && *person == NONE ? -1 : 0;
}

int record_sounding(struct session *s, const struct command_args *a, struct err *err) {
    const struct workbook *w = session_workbook(s);
    struct event_draft d;
    char level[2] = {(char)('0' + a->number), '\0'};
    const char *side;
    uint32_t person;
    if (a->number < 1 || a->number > LEVEL_COUNT) {
        err_set(err, "a level is 1 (%s) to %d (%s)", level_words(1), LEVEL_COUNT,
                level_words(LEVEL_COUNT));
        return nothing_recorded(err);
    }
    if (read_sounded(w, a->label, &side, &person, err) < 0)
        return -1;
    if (sounding_of(w, a->ref.issue, side, person) == a->number)
        return record_refuse_same(err, "that is where it stands");
    event_draft_init(&d, EVENT_SOUNDING);
    event_draft_set(&d, FIELD_LEVEL, level);
    event_draft_set(&d, FIELD_SIDE, side);
    event_draft_set(&d, FIELD_PERSON, person == NONE ? "" : w->room.people.v[person].id);
    return record_about(s, &d, ref_of_issue(w, a->ref.issue), "", err);
}
