#include "detail.h"

#include "base/text.h"
#include "clock.h"
#include "keymap.h"

#include <stdio.h>

enum {
    INDENT = 2,
    SIDE_FROM = 60, /* columns from which on a speaker's side is shown */
    SUB = 1 << 30,  /* an item's value: a sub-question; else it is an entry */
};

void detail_init(struct detail *d) {
    page_init(&d->page);
    d->shown = REF_NONE;
    d->stale = true;
    d->columns = 80;
    d->how = ANSWERS_BRACKETED;
}

void detail_release(struct detail *d) {
    page_release(&d->page);
    pace_cache_release(&d->pace);
}

void detail_show(struct detail *d, struct ref ref) {
    if (d->shown.topic == ref.topic && d->shown.issue == ref.issue)
        return;
    d->shown = ref;
    d->stale = true;
    d->page.top = d->page.focus = 0;
}

void detail_draw_answers(struct detail *d, int how) {
    d->how = how;
    d->stale = true;
}

/* ---- The issue itself ---- */

static void add_text(struct page *p, const struct workbook *w, uint32_t issue, int x,
                     bool states) {
    const struct memo_issue *t = w->issues.v[issue].text;
    char number[16];

    for (uint32_t i = 0; i < t->p.n; i++) {
        size_t line = p->lines.n;
        bool several = t->p.n > 1;
        if (several)
            page_begin_item(p, SUB | (i + 1));
        page_memo(p, several ? x + 3 : x + 1, ROLE_NORMAL, &t->p.v[i]);
        if (!several)
            continue;
        if (states)
            agreed_add_sub(p, x + 3, w, issue, (uint16_t)(i + 1));
        page_end_item(p);
        snprintf(number, sizeof number, "%u", (unsigned)i + 1);
        page_head(p, line, x + 1, ROLE_DIM, number);
    }
}

void detail_add_text(struct page *p, const struct workbook *w, uint32_t issue, int x) {
    add_text(p, w, issue, x, false);
}

static void add_part(struct buf *out, const char *part) {
    if (out->len)
        buf_puts(out, " · ");
    buf_puts(out, part);
}

/* "us ru" in words. */
static void add_addressees(const struct workbook *w, const char *to, struct buf *out) {
    const char *between = "to ";

    if (*to && out->len)
        buf_puts(out, " · ");
    while (*to) {
        char id[MEMO_ID_MAX + 1];
        size_t len = strcspn(to, " ");
        snprintf(id, sizeof id, "%.*s", (int)len, to);
        buf_puts(out, between);
        buf_puts(out, side_name(w, id));
        between = ", ";
        to += len + strspn(to + len, " ");
    }
}

static void add_about(struct page *p, const struct workbook *w, const struct issue *i) {
    struct buf b = BUF_INIT;
    char minutes[24];

    if (i->text->kind != ISSUE_UNSPECIFIED)
        add_part(&b, memo_issue_kind_name((enum memo_issue_kind)i->text->kind));
    add_addressees(w, i->text->to, &b);
    if (i->minutes) {
        snprintf(minutes, sizeof minutes, "%u min", (unsigned)i->minutes);
        add_part(&b, minutes);
    }
    if (i->progress == PROGRESS_DISCUSSED)
        add_part(&b, progress_words(PROGRESS_DISCUSSED));
    if (i->raised)
        add_part(&b, "raised in the room");
    else if (i->record && i->record->reworded != NONE)
        add_part(&b, "reworded in the room");
    if (b.len)
        page_add(p, 1, ROLE_DIM, b.s, b.len);
    buf_release(&b);
}

/* ---- What is recorded ---- */

static const struct issue_record *record_of(const struct workbook *w, uint32_t issue) {
    return w->issues.v[issue].record;
}

static void entry_time(const struct entry *e, int64_t now, bool revised, char *out,
                       size_t size) {
    struct buf b = BUF_INIT;

    clock_when(e->at, now, &b);
    snprintf(out, size, "%s%s", b.s, revised ? "*" : "");
    buf_release(&b);
}

static void section(struct page *p, const char *title) {
    page_blank(p);
    page_string(p, 1, ROLE_HEADING, title);
}

static bool revised(const struct workbook *w, const struct entry *e) {
    const struct event_kind *k = e->last < w->log.n ? w->log.v[e->last].event.kind : NULL;
    return e->last != e->event && k && k->id == EVENT_REVISE;
}

/* The label of an entry, the time at the right. */
static void add_label(struct page *p, const struct workbook *w, const struct entry *e,
                      const char *label, unsigned role, int64_t now) {
    char when[40];

    page_string(p, 1, role, label);
    entry_time(e, now, revised(w, e), when, sizeof when);
    page_sign(p, ROLE_DIM, when);
}

static void add_answer(const struct detail *d, struct page *p, const struct workbook *w,
                       struct ref ref, int64_t now) {
    uint32_t entry = issue_answer(w, ref.issue, ref.sub);
    struct buf label = BUF_INIT, how = BUF_INIT;

    buf_puts(&label, "Answer");
    if (ref.sub)
        buf_addf(&label, " to %u", (unsigned)ref.sub);
    agreed_how(w, d->how, &how);
    if (how.len)
        buf_addf(&label, ", %s", how.s);
    page_blank(p);
    page_begin_item(p, entry);
    add_label(p, w, &w->entries.v[entry], label.s, ROLE_HEADING, now);
    agreed_add_text(p, INDENT + 1, w, w->entries.v[entry].text, d->how);
    page_end_item(p);
    buf_release(&label);
    buf_release(&how);
}

static void add_answers(const struct detail *d, struct page *p, const struct workbook *w,
                        uint32_t issue, int64_t now) {
    uint32_t subs = w->issues.v[issue].text->p.n;

    for (uint32_t sub = 0; sub <= subs; sub++) {
        struct ref ref = ref_of_issue(w, issue);
        ref.sub = (uint16_t)sub;
        if (issue_answer(w, issue, ref.sub) != NONE)
            add_answer(d, p, w, ref, now);
        agreed_add_readback(p, INDENT + 1, w, issue, ref.sub, now);
    }
}

/* "Russian Federation · against · private" */
static void position_label(const struct workbook *w, const struct entry *e,
                           struct buf *out) {
    buf_puts(out, side_name(w, e->side));
    if (e->stance != STANCE_NONE)
        buf_addf(out, " · %s", stances[e->stance].words);
    buf_puts(out, e->shared ? " · shared" : " · private");
}

static void add_position(struct page *p, const struct workbook *w, uint32_t entry,
                         int64_t now) {
    const struct entry *e = &w->entries.v[entry];
    struct buf label = BUF_INIT;

    position_label(w, e, &label);
    page_begin_item(p, entry);
    add_label(p, w, e, label.s, ROLE_STRONG, now);
    page_string(p, INDENT + 1, ROLE_NORMAL, e->text);
    page_end_item(p);
    buf_release(&label);
}

static void add_positions(struct page *p, const struct workbook *w, uint32_t issue,
                          int64_t now) {
    const struct issue_record *r = record_of(w, issue);
    bool first = true;

    for (size_t i = 0; i < r->entries.n; i++) {
        uint32_t entry = r->entries.v[i];
        if (w->entries.v[entry].kind != ENTRY_POSITION || !entry_stands(w, entry))
            continue;
        if (first)
            section(p, "Positions");
        first = false;
        add_position(p, w, entry, now);
    }
}

/* "SCHMIDT", where there is room "SCHMIDT (United States)"; a side; a name as typed. */
static void add_who(const struct page *p, const struct workbook *w, const struct entry *e,
                    struct buf *out) {
    uint32_t person = entry_person(w, e);
    const char *side = entry_side(w, e);

    if (person == NONE) {
        buf_puts(out, entry_name(w, e));
        if (!out->len && *side)
            buf_puts(out, side_name(w, side));
        return;
    }
    person_short(w, person, out);
    if (*side && p->columns >= SIDE_FROM)
        buf_addf(out, " (%s)", side_name(w, side));
}

/* What the memo's rule makes of an entry need not be said of each. */
static enum attribution usual_attribution(const struct memo *m) {
    return m->rule == RULE_CHATHAM_HOUSE ? ATTRIBUTION_NONE
           : m->rule == RULE_SIDE_ONLY   ? ATTRIBUTION_SIDE
                                         : ATTRIBUTION_NAME;
}

/* "~SCHMIDT: text", as the capture line has it. */
static void note_text(const struct page *p, const struct workbook *w,
                      const struct entry *e, struct buf *out) {
    bool special = e->attribution != usual_attribution(w->memo);
    struct buf who = BUF_INIT;

    add_who(p, w, e, &who);
    if (e->sub)
        buf_addf(out, "(%u) ", (unsigned)e->sub);
    if (special && e->attribution == ATTRIBUTION_NONE)
        buf_puts(out, who.len ? "~" : "~ ");
    buf_add(out, who.s, who.len);
    if (special && who.len && e->attribution == ATTRIBUTION_SIDE)
        buf_puts(out, " [side only]");
    if (special && who.len && e->attribution == ATTRIBUTION_NAME)
        buf_puts(out, " [by name]");
    if (who.len)
        buf_puts(out, ": ");
    buf_puts(out, e->text);
    buf_release(&who);
}

static unsigned note_role(const struct entry *e) {
    return e->note_kind == NOTE_FOR       ? ROLE_GOOD
           : e->note_kind == NOTE_AGAINST ? ROLE_BAD
                                          : ROLE_STRONG;
}

static void add_note(struct page *p, const struct workbook *w, uint32_t entry,
                     int64_t now) {
    const struct entry *e = &w->entries.v[entry];
    struct buf b = BUF_INIT;
    size_t line = p->lines.n;
    char mark[2] = {note_kinds[e->note_kind].mark, 0}, when[40];

    note_text(p, w, e, &b);
    page_begin_item(p, entry);
    page_add(p, INDENT + 1, ROLE_NORMAL, b.s, b.len);
    page_head(p, line, 1, note_role(e), mark);
    entry_time(e, now, revised(w, e), when, sizeof when);
    page_sign(p, ROLE_DIM, when);
    page_end_item(p);
    buf_release(&b);
}

static void add_action(struct page *p, const struct workbook *w, uint32_t entry,
                       int64_t now) {
    const struct entry *e = &w->entries.v[entry];
    struct buf b = BUF_INIT;
    size_t line = p->lines.n;
    char when[40], sign[56];

    add_who(p, w, e, &b);
    if (b.len)
        buf_puts(&b, ": ");
    buf_puts(&b, e->text);
    if (*e->due)
        buf_addf(&b, " (by %s)", e->due);
    page_begin_item(p, entry);
    page_add(p, INDENT + 1, ROLE_NORMAL, b.s, b.len);
    page_head(p, line, 1, ROLE_STRONG, e->done ? "✓" : ">");
    entry_time(e, now, revised(w, e), when, sizeof when);
    snprintf(sign, sizeof sign, "%s%s", e->done ? "done · " : "", when);
    page_sign(p, ROLE_DIM, sign);
    page_end_item(p);
    buf_release(&b);
}

static void add_kind(struct page *p, const struct workbook *w, uint32_t issue,
                     enum entry_kind kind, const char *title, int64_t now) {
    const struct issue_record *r = record_of(w, issue);
    uint32_t n = issue_entries(w, issue, kind);
    char heading[48];

    if (!n)
        return;
    snprintf(heading, sizeof heading, "%s (%u)", title, (unsigned)n);
    section(p, heading);
    for (size_t i = 0; i < r->entries.n; i++) {
        uint32_t entry = r->entries.v[i];
        if (w->entries.v[entry].kind != kind || !entry_stands(w, entry))
            continue;
        if (kind == ENTRY_NOTE)
            add_note(p, w, entry, now);
        else
            add_action(p, w, entry, now);
    }
}

static void add_hint(struct page *p) {
    static const enum command_id first[] = {COMMAND_NOTE, COMMAND_ANSWER,
                                            COMMAND_POSITION, COMMAND_DISPOSITION};
    struct buf b = BUF_INIT;

    for (size_t i = 0; i < sizeof first / sizeof *first; i++) {
        const struct command *c = &commands[first[i]];
        buf_puts(&b, i ? ", " : "Nothing is recorded yet: ");
        keymap_keys(c, &b);
        buf_addf(&b, " %s", c->name);
    }
    page_blank(p);
    page_add(p, 1, ROLE_DIM, b.s, b.len);
    buf_release(&b);
}

static bool any_entry(const struct workbook *w, uint32_t issue) {
    const struct issue_record *r = record_of(w, issue);

    for (size_t i = 0; r && i < r->entries.n; i++)
        if (entry_stands(w, r->entries.v[i]))
            return true;
    return false;
}

/* Whether it has what says how far it is agreed, though no entry. */
static bool any_outcome(const struct issue_record *r) {
    return r && (r->disposed != NONE || *r->supports || r->soundings.n);
}

static void build_issue(const struct detail *d, struct page *p, const struct workbook *w,
                        int64_t now) {
    uint32_t issue = d->shown.issue;

    add_text(p, w, issue, 0, true);
    add_about(p, w, &w->issues.v[issue]);
    agreed_add_outcome(p, w, issue, now);
    if (!any_entry(w, issue)) {
        agreed_add_soundings(p, w, issue);
        if (!any_outcome(record_of(w, issue)))
            add_hint(p);
        return;
    }
    add_answers(d, p, w, issue, now);
    agreed_add_soundings(p, w, issue);
    add_positions(p, w, issue, now);
    add_kind(p, w, issue, ENTRY_NOTE, "Annotations", now);
    add_kind(p, w, issue, ENTRY_ACTION, "Actions", now);
}

static void build_topic(struct page *p, const struct workbook *w, uint32_t topic) {
    const struct topic *t = &w->topics.v[topic];

    page_memo(p, 1, ROLE_STRONG, &t->text->title);
    if (t->text->statement.len) {
        page_blank(p);
        page_memo(p, 1, ROLE_NORMAL, &t->text->statement);
    }
    for (uint32_t i = 0; i < t->text->p.n; i++) {
        page_blank(p);
        page_memo(p, 1, ROLE_NORMAL, &t->text->p.v[i]);
    }
    page_blank(p);
    page_printf(p, 1, ROLE_DIM, "%u of %u answered", (unsigned)t->n_answered,
                (unsigned)t->n_live);
    if (t->n_brackets)
        page_printf(p, 1, ROLE_DIM, "%u open bracket%s", (unsigned)t->n_brackets,
                    t->n_brackets == 1 ? "" : "s");
    if (t->minutes)
        page_printf(p, 1, ROLE_DIM, "time box: %u minutes", (unsigned)t->minutes);
}

void detail_build(struct detail *d, struct shell *sh) {
    const struct workbook *w = shell_workbook(sh);
    uint32_t focus = page_focus(&d->page);
    int64_t now = shell_now(sh);

    if (!d->stale && d->page.columns == d->columns && d->built == w->version)
        return;
    page_begin(&d->page, d->columns);
    if (d->shown.issue != NONE)
        build_issue(d, &d->page, w, now);
    else if (d->shown.topic != NONE)
        build_topic(&d->page, w, d->shown.topic);
    page_set_focus(&d->page, focus);
    d->built = w->version;
    d->stale = false;
}

/* ---- The heading, which the running clock changes ---- */

/* The clock of an issue or a topic. */
struct used {
    int64_t spent, box;
    enum box_state state;
    bool runs;
};

static struct used time_used(const struct workbook *w, struct ref ref, int64_t room) {
    struct used u = {0};

    if (ref.issue != NONE) {
        u.spent = issue_spent(w, ref.issue, room);
        u.box = issue_box(w, ref.issue);
        u.runs = w->discussed == ref.issue;
    } else {
        u.spent = topic_spent(w, ref.topic, room);
        u.box = topic_box(w, ref.topic);
        u.runs = w->discussed != NONE && w->issues.v[w->discussed].topic == ref.topic;
    }
    u.state = box_state(u.spent, u.box);
    return u;
}

/* "▶ 12:04 of 15:00 · 80 %"; nothing where nothing was used. */
static void used_words(const struct used *u, struct buf *out) {
    if (!u->spent && !u->runs)
        return;
    if (u->runs)
        buf_puts(out, "▶ ");
    clock_span(u->spent, out);
    if (u->box > 0) {
        buf_puts(out, " of ");
        clock_span(u->box, out);
    }
    if (u->state == BOX_OVER)
        buf_puts(out, " · time is up");
    else if (u->state == BOX_NEAR)
        buf_addf(out, " · %d %%", (int)(u->spent * 100 / u->box));
}

static unsigned used_role(const struct used *u) {
    if (!u->runs)
        return ROLE_NORMAL;
    return u->state == BOX_OVER   ? ROLE_ERROR
           : u->state == BOX_NEAR ? ROLE_STRONG
                                  : ROLE_LIVE;
}

/* What stands before the clock: all of it, or as much as leaves the clock its place. */
static void outcome_words(const struct workbook *w, uint32_t issue, int room,
                          struct buf *out) {
    const struct issue *i = &w->issues.v[issue];
    const char *outcome = dispositions[i->disposition].words;
    int need = (int)text_columns(outcome, strlen(outcome));

    if (i->priority && need + 13 <= room)
        buf_addf(out, "priority %u · ", (unsigned)i->priority);
    if (need <= room)
        buf_puts(out, outcome);
}

static bool is_missed(const struct pace *p, uint32_t issue) {
    for (size_t i = p->missed ? p->first : p->items.n; i < p->items.n; i++)
        if (p->items.v[i].issue == issue)
            return !p->items.v[i].reached;
    return false;
}

/* Before the planned end of the sitting: "at this rate B(e) and 2 more are not reached"
 * at a topic, where that has room; a word at an issue. */
static void pace_note(struct detail *d, const struct shell *sh, int room,
                      struct buf *out) {
    const struct workbook *w = shell_workbook(sh);

    pace_update(&d->pace, sh);
    if (d->pace.limit != PACE_END)
        return;
    if (d->shown.issue == NONE) {
        pace_words(w, &d->pace.pace, out);
        if ((int)text_columns(out->s, out->len) > room) {
            buf_clear(out);
            buf_addf(out, "%u not reached", (unsigned)d->pace.pace.missed);
        }
    } else if (w->discussed != d->shown.issue &&
               is_missed(&d->pace.pace, d->shown.issue)) {
        buf_puts(out, "not reached at this rate");
    }
}

/* One part after another on the heading's line, a dot between them. */
static int add_piece(struct canvas *c, struct rect line, int x, unsigned role,
                     const struct buf *words) {
    int right = line.x + line.w, between = x > line.x + 1 ? 3 : 0;

    if (!words->len || right - x - between < 4)
        return x;
    canvas_string(c, line.y, x, between, ROLE_DIM, " · ");
    x += between;
    return x + canvas_text(c, line.y, x, right - x, role, words->s, words->len);
}

static void draw_heading(struct detail *d, struct shell *sh, struct canvas *c,
                         struct rect line) {
    const struct workbook *w = shell_workbook(sh);
    int64_t room_time = shell_room(sh);
    struct used used = time_used(w, d->shown, room_time);
    struct buf words = BUF_INIT, clock = BUF_INIT;

    ref_print(w, d->shown, &words);
    int x = line.x + 1;
    x += canvas_text(c, line.y, x, line.w - 1, ROLE_HEADING, words.s, words.len) + 2;
    struct rect rest = {line.y, x - 1, 1, line.x + line.w - x + 1};
    buf_clear(&words);
    used_words(&used, &clock);
    if (d->shown.issue != NONE) {
        int taken = clock.len ? (int)text_columns(clock.s, clock.len) + 3 : 0;
        outcome_words(w, d->shown.issue, rest.w - 1 - taken, &words);
    }
    int from = x;
    x = add_piece(c, rest, x, ROLE_NORMAL, &words);
    canvas_spot(c, (struct rect){line.y, from, 1, x - from}, "d");
    from = x;
    x = add_piece(c, rest, x, used_role(&used), &clock);
    canvas_spot(c, (struct rect){line.y, from, 1, x - from}, "T");
    buf_clear(&words);
    pace_note(d, sh, line.x + line.w - x - 3, &words);
    add_piece(c, rest, x, ROLE_DIM, &words);
    if (used.runs)
        shell_count_seconds(sh, room_time - used.spent);
    buf_release(&words);
    buf_release(&clock);
}

void detail_draw(struct detail *d, struct shell *sh, struct canvas *c, struct rect area,
                 bool focused) {
    if (area.h < 2 || (d->shown.issue == NONE && d->shown.topic == NONE))
        return;
    d->columns = area.w - 1;
    detail_build(d, sh);
    draw_heading(d, sh, c, (struct rect){area.y, area.x, 1, area.w});
    page_draw(&d->page, c, (struct rect){area.y + 1, area.x, area.h - 1, area.w},
              focused);
}

struct focus detail_focus(const struct detail *d, const struct workbook *w) {
    struct focus f = {d->shown, NONE};
    uint32_t value = page_focus(&d->page);

    if (d->shown.issue == NONE || value == NONE)
        return f;
    if (value & SUB) {
        f.ref.sub = (uint16_t)(value & ~(uint32_t)SUB);
    } else if (value < w->entries.n) {
        f.entry = w->entries.v[value].event;
        f.ref.sub = w->entries.v[value].sub;
    }
    return f;
}
