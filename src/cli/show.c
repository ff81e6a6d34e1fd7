#include "cli.h"
#include "show_agreement.h"

#include "base/json.h"
#include "base/text.h"
#include "model/pace.h"

#include <getopt.h>
#include <stdio.h>

enum { COLUMNS = 80 };

static const char *answer_text(const struct workbook *w, uint32_t issue, uint16_t sub) {
    uint32_t answer = issue_answer(w, issue, sub);
    return answer == NONE ? NULL : w->entries.v[answer].text;
}

/* ---- for people */

static void outline_issue(const struct workbook *w, uint32_t issue, struct buf *out) {
    const struct issue *i = &w->issues.v[issue];
    struct buf ref = BUF_INIT, words = BUF_INIT;
    ref_print(w, ref_of_issue(w, issue), &ref);
    issue_words(w, issue, &words);
    buf_addf(out, "  %-6s %c %s ", ref.s, i->priority ? '0' + i->priority : ' ',
             dispositions[i->disposition].mark);
    text_cut(out, words.s, words.len, COLUMNS - 13, false);
    buf_putc(out, '\n');
    buf_release(&ref);
    buf_release(&words);
}

static void outline(const struct workbook *w, struct buf *out) {
    text_visible(out, w->memo->title, strlen(w->memo->title));
    buf_putc(out, '\n');
    for (uint32_t t = 0; t < w->topics.n; t++) {
        const struct topic *topic = &w->topics.v[t];
        buf_addf(out, "\n%s  ", topic->text->id);
        text_visible(out, topic->text->title.s, topic->text->title.len);
        buf_addf(out, "  %u/%u answered", (unsigned)topic->n_answered,
                 (unsigned)topic->n_live);
        if (topic->n_brackets)
            buf_addf(out, ", %u open bracket%s", (unsigned)topic->n_brackets,
                     topic->n_brackets == 1 ? "" : "s");
        buf_putc(out, '\n');
        for (uint32_t i = 0; i < topic_count(w, t); i++)
            if (w->issues.v[topic_issue(w, t, i)].live)
                outline_issue(w, topic_issue(w, t, i), out);
    }
}

static void wrapped(struct buf *out, size_t indent, const char *s, size_t len) {
    struct text_line l;
    for (size_t at = 0; text_wrap(s, len, at, COLUMNS - indent, &l); at = l.next) {
        buf_fill(out, ' ', indent);
        text_visible(out, s + l.start, l.end - l.start);
        buf_putc(out, '\n');
    }
}

static void detail_entry(const struct workbook *w, const struct entry *e,
                         struct buf *out) {
    static const char *const names[] = {"Annotation", "Answer", "Position", "Action"};
    struct buf head = BUF_INIT;
    buf_addf(&head, "%s", names[e->kind]);
    if (e->sub)
        buf_addf(&head, " to %u", (unsigned)e->sub);
    if (e->kind == ENTRY_NOTE)
        buf_addf(&head, ", %s", note_kinds[e->note_kind].code);
    if (*entry_side(w, e))
        buf_addf(&head, ", %s", side_name(w, entry_side(w, e)));
    if (*e->speaker || *e->owner)
        buf_addf(&head, ", %s%s", entry_person(w, e) == NONE ? "@" : "",
                 entry_name(w, e));
    if (*e->due)
        buf_addf(&head, ", by %s", e->due);
    show_entry_state(w, e, &head);
    buf_addf(&head, "  [%s]", w->log.v[e->event].event.id);
    buf_putc(out, '\n');
    text_visible(out, head.s, head.len);
    buf_putc(out, '\n');
    wrapped(out, 2, e->text, strlen(e->text));
    buf_release(&head);
}

static void detail(const struct workbook *w, uint32_t issue, int64_t room,
                   struct buf *out) {
    const struct issue *i = &w->issues.v[issue];
    ref_print(w, ref_of_issue(w, issue), out);
    if (i->priority)
        buf_addf(out, "  priority %d", i->priority);
    buf_addf(out, "  %s  %s", dispositions[i->disposition].words,
             progress_words(i->progress));
    long long seconds = (long long)(issue_spent(w, issue, room) / 1000);
    if (seconds)
        buf_addf(out, "  %lld:%02lld", seconds / 60, seconds % 60);
    if (i->minutes)
        buf_addf(out, "%sof %d min", seconds ? " " : "  0:00 ", i->minutes);
    buf_puts(out, "\n\n");
    for (uint32_t k = 0; k < i->text->p.n; k++)
        wrapped(out, 0, i->text->p.v[k].s, i->text->p.v[k].len);
    show_agreement(w, issue, out);
    for (size_t k = 0; i->record && k < i->record->entries.n; k++)
        if (entry_stands(w, i->record->entries.v[k]))
            detail_entry(w, &w->entries.v[i->record->entries.v[k]], out);
}

/* ---- for programs */

static void json_texts(struct json *j, const char *key, const struct memo_texts *p) {
    json_array(j, key);
    for (uint32_t i = 0; i < p->n; i++)
        json_string(j, NULL, p->v[i].s);
    json_end(j, ']');
}

static void json_entry(struct json *j, const struct workbook *w, const struct entry *e) {
    char at[25];
    event_time_format(e->at, at);
    json_object(j, NULL);
    json_string(j, "id", w->log.v[e->event].event.id);
    json_string(j, "at", at);
    if (e->kind == ENTRY_NOTE)
        json_string(j, "kind", note_kinds[e->note_kind].code);
    if (e->sub)
        json_int(j, "sub", e->sub);
    if (*e->speaker)
        json_string(j, "speaker", e->speaker);
    if (*entry_side(w, e))
        json_string(j, "side", entry_side(w, e));
    if (*e->owner)
        json_string(j, "owner", e->owner);
    if (entry_person(w, e) != NONE)
        json_string(j, "name", entry_name(w, e));
    if (*e->due)
        json_string(j, "due", e->due);
    if (e->kind == ENTRY_POSITION) {
        json_string(j, "stance", stances[e->stance].code);
        json_bool(j, "shared", e->shared);
    }
    if (e->kind == ENTRY_ACTION)
        json_bool(j, "done", e->done);
    json_string(j, "attribution", attribution_code(e->attribution));
    json_string(j, "text", e->text);
    json_end(j, '}');
}

static void json_entries(struct json *j, const struct workbook *w, uint32_t issue,
                         const char *key, enum entry_kind kind) {
    const struct issue_record *r = w->issues.v[issue].record;
    json_array(j, key);
    for (size_t k = 0; r && k < r->entries.n; k++) {
        const struct entry *e = &w->entries.v[r->entries.v[k]];
        if (e->kind == kind && entry_stands(w, r->entries.v[k]))
            json_entry(j, w, e);
    }
    json_end(j, ']');
}

static void json_issue(struct json *j, const struct workbook *w, uint32_t issue,
                       int64_t room) {
    const struct issue *i = &w->issues.v[issue];
    struct buf b = BUF_INIT;
    json_line(j);
    json_object(j, NULL);
    json_string(j, "id", i->text->id);
    ref_print(w, ref_of_issue(w, issue), &b);
    json_string(j, "ref", b.s);
    buf_clear(&b);
    issue_words(w, issue, &b);
    json_string(j, "text", b.s);
    json_texts(j, "paragraphs", &i->text->p);
    json_string(j, "kind", memo_issue_kind_name(i->text->kind));
    json_string(j, "to", i->text->to);
    json_int(j, "priority", i->priority);
    json_string(j, "disposition", dispositions[i->disposition].code);
    json_string(j, "progress", progress_words(i->progress));
    json_string_or_null(j, "answer", answer_text(w, issue, 0));
    json_entries(j, w, issue, "answers", ENTRY_ANSWER);
    json_entries(j, w, issue, "positions", ENTRY_POSITION);
    json_entries(j, w, issue, "annotations", ENTRY_NOTE);
    json_entries(j, w, issue, "actions", ENTRY_ACTION);
    show_agreement_json(j, w, issue);
    json_int(j, "minutes", i->minutes);
    json_int(j, "seconds", issue_spent(w, issue, room) / 1000);
    json_bool(j, "raised", i->raised);
    json_end(j, '}');
    buf_release(&b);
}

static void json_issues(struct json *j, const struct workbook *w, uint32_t topic,
                        const char *key, int64_t room) {
    json_array(j, key);
    for (uint32_t i = 0; i < topic_count(w, topic); i++)
        if (w->issues.v[topic_issue(w, topic, i)].live)
            json_issue(j, w, topic_issue(w, topic, i), room);
    json_end(j, ']');
}

static void json_topic(struct json *j, const struct workbook *w, uint32_t t,
                       int64_t room) {
    const struct topic *topic = &w->topics.v[t];
    json_line(j);
    json_object(j, NULL);
    json_string(j, "id", topic->text->id);
    json_string(j, "title", topic->text->title.s);
    json_string(j, "statement", topic->text->statement.s);
    json_texts(j, "background", &topic->text->p);
    json_int(j, "minutes", topic->minutes);
    json_int(j, "spent", topic_spent(w, t, room) / 1000);
    json_int(j, "answered", topic->n_answered);
    json_int(j, "brackets", topic->n_brackets);
    json_issues(j, w, t, "issues", room);
    json_end(j, '}');
}

static void json_head(struct json *j, const struct workbook *w) {
    const struct memo *m = w->memo;
    json_string(j, "title", m->title);
    json_string(j, "genre", m->genre);
    json_string(j, "meeting", m->meeting);
    json_string(j, "host", m->host);
    json_string(j, "place", m->place);
    json_string(j, "from", m->from);
    json_string(j, "to", m->to);
    json_string(j, "rule", memo_rule_name(m->rule));
    json_array(j, "sides");
    for (size_t i = 0; i < w->room.sides.n; i++) {
        if (!w->room.sides.v[i].live)
            continue;
        json_object(j, NULL);
        json_string(j, "id", w->room.sides.v[i].id);
        json_string(j, "name", w->room.sides.v[i].name);
        json_end(j, '}');
    }
    json_end(j, ']');
}

/* null for 0, which stands for "not yet". */
static void json_time(struct json *j, const char *key, int64_t at) {
    char text[25];
    event_time_format(at, text);
    json_string_or_null(j, key, at ? text : NULL);
}

static void json_sittings(struct json *j, const struct workbook *w, int64_t room) {
    json_array(j, "sittings");
    for (uint32_t i = 0; i < w->room.sittings.n; i++) {
        const struct sitting *s = &w->room.sittings.v[i];
        json_line(j);
        json_object(j, NULL);
        json_string(j, "title", s->title);
        json_time(j, "opened", s->opened);
        json_time(j, "adjourned", s->adjourned);
        json_time(j, "until", s->until);
        json_int(j, "spent", sitting_spent(w, i, room) / 1000);
        json_end(j, '}');
    }
    json_end(j, ']');
}

static void json_people(struct json *j, const struct workbook *w, int64_t room) {
    json_array(j, "people");
    for (uint32_t i = 0; i < w->room.people.n; i++) {
        const struct person *p = &w->room.people.v[i];
        if (!p->live)
            continue;
        json_line(j);
        json_object(j, NULL);
        json_string(j, "id", p->id);
        json_string(j, "name", p->name);
        json_string(j, "side", p->side);
        json_string(j, "constituency", p->constituency);
        json_string(j, "role", person_role_name((enum role_in_room)p->role));
        json_bool(j, "present", p->present);
        json_int(j, "interventions", p->interventions);
        json_int(j, "spent", person_spoken(w, i, room) / 1000);
        json_end(j, '}');
    }
    json_end(j, ']');
}

static void json_floor(struct json *j, const struct workbook *w, int64_t room) {
    const struct floor *f = &w->room.floor;
    const struct person *people = w->room.people.v;
    json_line(j);
    json_object(j, "floor");
    json_string_or_null(j, "speaker", f->speaker == NONE ? NULL : people[f->speaker].id);
    json_string(j, "kind", f->speaker == NONE ? "" : turn_words((enum turn_kind)f->kind));
    json_int(j, "spent", floor_elapsed(w, room) / 1000);
    json_bool(j, "closed", f->closed);
    json_array(j, "list");
    for (size_t i = 0; i < f->list.n; i++) {
        json_object(j, NULL);
        json_string(j, "person", people[f->list.v[i].person].id);
        json_string(j, "kind", turn_words((enum turn_kind)f->list.v[i].kind));
        json_end(j, '}');
    }
    json_end(j, ']');
    json_end(j, '}');
}

static void json_whole(struct json *j, const struct session *s) {
    const struct workbook *w = session_workbook(s);
    size_t n = w->topics.n;
    int64_t room = session_room(s);
    bool has_r = n > 0 && w->topics.v[n - 1].text->recommendations;
    json_object(j, NULL);
    json_head(j, w);
    json_int(j, "saved", session_saved(s));
    json_bool(j, "on_record", !session_off_record(s));
    json_sittings(j, w, room);
    json_people(j, w, room);
    json_floor(j, w, room);
    json_array(j, "topics");
    for (uint32_t t = 0; t + has_r < n; t++)
        json_topic(j, w, t, room);
    json_end(j, ']');
    if (has_r) {
        json_issues(j, w, (uint32_t)n - 1, "recommendations", room);
    } else {
        json_array(j, "recommendations");
        json_end(j, ']');
    }
    json_end(j, '}');
    json_line(j);
}

/* ---- the command */

static int print(const struct session *s, const char *word, bool as_json) {
    const struct workbook *w = session_workbook(s);
    struct buf out = BUF_INIT;
    struct err err = ERR_INIT;
    struct ref ref = REF_NONE;
    struct json j = {&out, false};
    int status = EXIT_OK;
    if (word && ref_parse(w, word, &ref, &err) < 0)
        status = cli_fail(&err);
    else if (ref.issue != NONE && as_json)
        json_issue(&j, w, ref.issue, session_room(s));
    else if (ref.issue != NONE)
        detail(w, ref.issue, session_room(s), &out);
    else if (ref.topic != NONE && as_json)
        json_topic(&j, w, ref.topic, session_room(s));
    else if (as_json)
        json_whole(&j, s);
    else if (ref.topic != NONE)
        for (uint32_t i = 0; i < topic_count(w, ref.topic); i++)
            outline_issue(w, topic_issue(w, ref.topic, i), &out);
    else
        outline(w, &out);
    if (status == EXIT_OK)
        status = cli_print(&out);
    buf_release(&out);
    return status;
}

static int run(int argc, char **argv) {
    static const struct option options[] = {
        {"json", no_argument, NULL, 'j'}, CLI_STANDARD_OPTIONS, {NULL, 0, NULL, 0}};
    bool as_json = false;
    for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (o == 'j')
            as_json = true;
        else if (cli_standard_option(&cli_show, o))
            return EXIT_OK;
        else
            return EXIT_USAGE;
    }
    if (argc - optind < 1 || argc - optind > 2)
        return cli_misuse(&cli_show, "it takes a FILE, and an ISSUE if you like");
    struct err err = ERR_INIT;
    struct session *s = session_open(argv[optind], SESSION_READ, &err);
    if (!s)
        return cli_fail(&err);
    int status = print(s, argc - optind == 2 ? argv[optind + 1] : NULL, as_json);
    session_close(s);
    return status;
}

const struct cli_command cli_show = {"show", "FILE [ISSUE] [--json]",
                                     "Print topics and issues with their state.",
                                     "      --json     as JSON\n", run};
