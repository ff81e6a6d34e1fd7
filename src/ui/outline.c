#include "outline.h"

#include "agreed.h"
#include "model/agreement.h"
#include "model/pace.h"

#include <stdio.h>

enum { HEADING = 1 << 30, ID_MOST = 8, WIDE = 64, MINUTE = 60000 };
/* Columns that a topic's title keeps beside its time. */
enum { TITLE_LEAST = 16, TITLE_MOST = 30 };

const char *const outline_views[VIEW_COUNT] = {
    "all",           "unanswered", "priority 1",     "bracketed",
    "not discussed", "deferred",   "to be confirmed"};
const char *const outline_orders[ORDER_COUNT] = {"memo", "priority"};

/* ---- Rows ---- */

static bool is_pending(const struct workbook *w, uint32_t issue) {
    side_vec pending = {0};

    issue_pending(w, issue, &pending);
    bool any = pending.n > 0;
    vec_release(&pending);
    return any;
}

static bool in_view(const struct workbook *w, uint32_t issue, enum outline_view view) {
    const struct issue *i = &w->issues.v[issue];

    switch (view) {
    case VIEW_UNANSWERED:
        return !i->answered || issue_subs_closed(w, issue) < issue_subs(w, issue);
    case VIEW_PRIORITY:
        return i->priority == 1;
    case VIEW_BRACKETED:
        return i->disposition == DISPOSITION_BRACKETED || i->n_brackets + i->n_broken;
    case VIEW_NOT_DISCUSSED:
        return i->progress == PROGRESS_NOT_DISCUSSED;
    case VIEW_DEFERRED:
        return i->disposition == DISPOSITION_DEFERRED;
    case VIEW_TO_CONFIRM:
        return is_pending(w, issue);
    default:
        return true;
    }
}

/* What is being laid out; `kept` are the issues that stay whatever the view says. */
struct layout {
    struct outline *o;
    const uint32_t *kept; /* row_of of before, or NULL */
    uint32_t n_kept;
};

static bool shown(const struct layout *l, uint32_t issue) {
    const struct issue *i = &l->o->w->issues.v[issue];

    if (!i->live)
        return false;
    if (l->kept && (issue >= l->n_kept || l->kept[issue] != NONE))
        return true;
    return in_view(l->o->w, issue, l->o->view);
}

static void add_issue(struct outline *o, uint32_t issue) {
    o->row_of[issue] = (uint32_t)o->rows.n;
    vec_push(&o->rows, issue);
}

/* Each topic with its issues. A topic of which the view shows nothing is left out. */
static void lay_out_memo(const struct layout *l) {
    struct outline *o = l->o;

    for (uint32_t t = 0; t < o->w->topics.n; t++) {
        size_t heading = o->rows.n;
        uint32_t n = topic_count(o->w, t);
        o->topic_row[t] = (uint32_t)heading;
        vec_push(&o->rows, HEADING | t);
        for (uint32_t i = 0; i < n; i++) {
            uint32_t issue = topic_issue(o->w, t, i);
            if (shown(l, issue))
                add_issue(o, issue);
        }
        if (o->view != VIEW_ALL && o->rows.n == heading + 1) {
            o->rows.n = heading;
            o->topic_row[t] = NONE;
        }
    }
}

static void lay_out_priority(const struct layout *l, unsigned priority) {
    struct outline *o = l->o;
    size_t heading = o->rows.n;

    vec_push(&o->rows, HEADING | priority);
    for (uint32_t t = 0; t < o->w->topics.n; t++) {
        uint32_t n = topic_count(o->w, t);
        for (uint32_t i = 0; i < n; i++) {
            uint32_t issue = topic_issue(o->w, t, i);
            if (o->w->issues.v[issue].priority == priority && shown(l, issue))
                add_issue(o, issue);
        }
    }
    if (o->rows.n == heading + 1)
        o->rows.n = heading;
}

static uint32_t count_live(const struct workbook *w) {
    uint32_t n = 0;

    for (size_t t = 0; t < w->topics.n; t++)
        n += w->topics.v[t].n_live;
    return n;
}

static void lay_out(struct outline *o, bool keep) {
    uint32_t *before = o->row_of;
    struct layout l = {o, keep ? before : NULL, o->n_issues};

    o->n_issues = (uint32_t)o->w->issues.n;
    o->n_live = count_live(o->w);
    o->row_of = mem_array(NULL, o->n_issues + 1, sizeof *o->row_of);
    memset(o->row_of, 0xff, o->n_issues * sizeof *o->row_of);
    o->topic_row = mem_array(o->topic_row, o->w->topics.n + 1, sizeof *o->topic_row);
    memset(o->topic_row, 0xff, o->w->topics.n * sizeof *o->topic_row);
    o->rows.n = 0;
    vec_reserve(&o->rows, o->n_issues + o->w->topics.n + 4);
    if (o->order == ORDER_MEMO)
        lay_out_memo(&l);
    for (unsigned p = 1; o->order == ORDER_PRIORITY && p <= 4; p++)
        lay_out_priority(&l, p % 4);
    mem_free(before);
    list_set_count(&o->list, o->rows.n);
}

/* The focus goes back to its issue; where that is gone, to what now stands in its row. */
static void lay_out_around(struct outline *o, bool keep) {
    struct ref focus = outline_focus(o);

    lay_out(o, keep);
    outline_go(o, focus);
}

void outline_init(struct outline *o, const struct workbook *w) {
    *o = (struct outline){.w = w};
    lay_out(o, false);
}

void outline_release(struct outline *o) {
    vec_release(&o->rows);
    mem_free(o->row_of);
    mem_free(o->topic_row);
}

void outline_choose(struct outline *o, enum outline_view view, enum outline_order order) {
    o->view = view;
    o->order = order;
    lay_out_around(o, false);
}

void outline_changed(struct outline *o) {
    uint32_t before = o->n_issues;

    if (before == o->w->issues.n && o->n_live == count_live(o->w))
        return;
    lay_out_around(o, true);
    if (o->w->issues.n > before)
        outline_go(o, ref_of_issue(o->w, (uint32_t)o->w->issues.n - 1));
}

struct ref outline_focus(const struct outline *o) {
    if (o->list.at >= o->rows.n)
        return REF_NONE;
    uint32_t row = o->rows.v[o->list.at];
    if (!(row & HEADING))
        return ref_of_issue(o->w, row);
    if (o->order != ORDER_MEMO)
        return REF_NONE;
    return (struct ref){row & (HEADING - 1), NONE, 0};
}

bool outline_go(struct outline *o, struct ref ref) {
    uint32_t row = NONE;

    if (ref.issue != NONE)
        row = ref.issue < o->n_issues ? o->row_of[ref.issue] : NONE;
    else if (ref.topic < o->w->topics.n)
        row = o->topic_row[ref.topic];
    if (row == NONE)
        return false;
    list_go(&o->list, row);
    return true;
}

/* ---- Drawing ---- */

struct drawing {
    struct outline *o;
    bool focused; /* the pane has the focus */
    int id_width; /* columns of ids */
    int64_t room; /* time */
};

/* The focused row is reversed where the pane has the focus, and marked in any case. */
static unsigned begin_row(const struct drawing *d, struct canvas *c, struct rect line,
                          bool at) {
    unsigned on = at && d->focused ? (unsigned)ROLE_SELECTED : 0;

    if (!at)
        return 0;
    canvas_fill(c, line.y, line.x, line.w, on);
    canvas_string(c, line.y, line.x, 1, ROLE_STRONG | on, "▸");
    if (d->focused)
        canvas_cursor(c, line.y, line.x);
    return on;
}

/* "34/90 min", "91/90 min!", without a box "34 min". */
static int used_words(int64_t spent, int64_t box, char *out, size_t size) {
    if (box <= 0)
        return snprintf(out, size, "%ld min", (long)(spent / MINUTE));
    return snprintf(out, size, "%ld/%ld min%s", (long)(spent / MINUTE),
                    (long)(box / MINUTE), box_state(spent, box) == BOX_OVER ? "!" : "");
}

/* The time used, ending at column `right` where that leaves `least` columns of the line;
 * the columns taken. */
static int draw_used(struct canvas *c, struct rect line, int right, int least,
                     int64_t spent, int64_t box, unsigned on) {
    enum box_state state = box_state(spent, box);
    unsigned role = state == BOX_OVER   ? ROLE_BAD
                    : state == BOX_NEAR ? ROLE_STRONG
                                        : ROLE_DIM;
    char text[48];

    int n = used_words(spent, box, text, sizeof text);
    if (right - n - line.x < least)
        return 0;
    canvas_string(c, line.y, right - n, n, role | on, text);
    return n + 1;
}

/* Where the topic has a box. Before a minute of it was used the title matters more. */
static int draw_box(const struct drawing *d, struct canvas *c, uint32_t topic,
                    struct rect line, int right, unsigned on) {
    int64_t box = topic_box(d->o->w, topic);
    int64_t spent = topic_spent(d->o->w, topic, d->room);

    if (box <= 0)
        return 0;
    int taken = draw_used(c, line, right, spent >= MINUTE ? TITLE_LEAST : TITLE_MOST,
                          spent, box, on);
    return taken ? taken + 1 : 0;
}

/* "[2]": open brackets, ending at column `right`; the columns taken. */
static int draw_brackets(struct canvas *c, unsigned n_open, unsigned n_broken,
                         struct rect line, int right, unsigned on) {
    struct buf b = BUF_INIT;

    agreed_brackets_mark(n_open, n_broken, &b);
    int n = (int)b.len;
    if (n)
        canvas_text(c, line.y, right - n, n, ROLE_BAD | on, b.s, b.len);
    buf_release(&b);
    return n ? n + 1 : 0;
}

/* "1/3": sub-questions that are closed. */
static int draw_subs(const struct drawing *d, struct canvas *c, uint32_t issue,
                     struct rect line, int right, unsigned on) {
    const struct workbook *w = d->o->w;
    char text[24];

    if (!agreed_has_subs(w, issue))
        return 0;
    int n = snprintf(text, sizeof text, "%u/%u", (unsigned)issue_subs_closed(w, issue),
                     (unsigned)issue_subs(w, issue));
    canvas_string(c, line.y, right - n, n, ROLE_DIM | on, text);
    return n + 1;
}

static void draw_topic(const struct drawing *d, struct canvas *c, uint32_t topic,
                       struct rect line, unsigned on) {
    const struct topic *t = &d->o->w->topics.v[topic];
    char count[32];

    int n = snprintf(count, sizeof count, "%u/%u", (unsigned)t->n_answered,
                     (unsigned)t->n_live);
    int x = line.x + 1, right = line.x + line.w - 1;
    x += canvas_string(c, line.y, x, 8, ROLE_TOPIC | on, t->text->id) + 1;
    canvas_string(c, line.y, right - n, n, ROLE_DIM | on, count);
    right -= n + 1;
    right -= draw_brackets(c, t->n_brackets, 0, line, right, on);
    right -= draw_box(d, c, topic, line, right - 1, on);
    canvas_found(c, line.y, x, right - x, ROLE_TOPIC | on, t->text->title.s,
                 t->text->title.len);
}

static void draw_priority_heading(struct canvas *c, uint32_t priority, struct rect line,
                                  unsigned on) {
    static const char *const words[] = {"No priority", "Priority 1: high",
                                        "Priority 2: middle", "Priority 3: low"};

    canvas_string(c, line.y, line.x + 1, line.w - 2, ROLE_TOPIC | on,
                  words[priority % 4]);
}

static unsigned disposition_role(enum disposition d) {
    switch (d) {
    case DISPOSITION_AGREED:
    case DISPOSITION_AD_REFERENDUM:
        return ROLE_GOOD;
    case DISPOSITION_BRACKETED:
    case DISPOSITION_NO_AGREEMENT:
        return ROLE_BAD;
    default:
        return ROLE_NORMAL;
    }
}

/* The first words: as much of the paragraphs as a row can show. */
static void first_words(const struct memo_issue *t, int columns, struct buf *out) {
    size_t enough = (size_t)columns * 4 + 16;

    for (uint32_t i = 0; i < t->p.n && out->len < enough; i++) {
        if (i)
            buf_putc(out, ' ');
        buf_add(out, t->p.v[i].s, t->p.v[i].len);
    }
}

/* "answered, 2 notes", ending at column `right`; the columns taken. */
static int draw_count(const struct drawing *d, struct canvas *c, uint32_t issue,
                      struct rect line, int right, unsigned on) {
    const struct issue *i = &d->o->w->issues.v[issue];
    char text[64] = "";

    unsigned notes = i->record ? issue_entries(d->o->w, issue, ENTRY_NOTE) : 0;
    if (i->answered || notes)
        snprintf(text, sizeof text, "%s%s%.0u%s", i->answered ? "answered" : "",
                 i->answered && notes ? ", " : "", notes,
                 notes == 1 ? " note"
                 : notes    ? " notes"
                            : "");
    int n = (int)strlen(text);
    canvas_string(c, line.y, right - n, n, ROLE_DIM | on, text);
    return n ? n + 1 : 0;
}

/* The clock of the issue under discussion, open brackets, sub-questions; where there is
 * room, what has been recorded. The columns taken at the right. */
static int draw_record(const struct drawing *d, struct canvas *c, uint32_t issue,
                       struct rect line, unsigned on) {
    const struct workbook *w = d->o->w;
    const struct issue *i = &w->issues.v[issue];
    int end = line.x + line.w - 1, right = end;

    if (w->discussed == issue)
        right -= draw_used(c, line, right, TITLE_LEAST, issue_spent(w, issue, d->room),
                           issue_box(w, issue), on);
    right -= draw_brackets(c, i->n_brackets, i->n_broken, line, right, on);
    right -= draw_subs(d, c, issue, line, right, on);
    if (line.w >= WIDE && w->discussed != issue)
        right -= draw_count(d, c, issue, line, right, on);
    return end - right;
}

static int draw_id(const struct drawing *d, struct canvas *c, uint32_t issue,
                   struct rect line, unsigned on) {
    int x = line.x + 2, least = d->id_width, taken;

    if (d->o->order == ORDER_MEMO) {
        taken = canvas_string(c, line.y, x, MEMO_ID_MAX, ROLE_NORMAL | on,
                              issue_id(d->o->w, issue));
    } else {
        struct buf ref = BUF_INIT;
        ref_print(d->o->w, ref_of_issue(d->o->w, issue), &ref);
        taken =
            canvas_text(c, line.y, x, 2 * MEMO_ID_MAX, ROLE_NORMAL | on, ref.s, ref.len);
        buf_release(&ref);
    }
    return x + (taken > least ? taken : least) + 1;
}

static void draw_issue(const struct drawing *d, struct canvas *c, uint32_t issue,
                       struct rect line, unsigned on) {
    const struct workbook *w = d->o->w;
    const struct issue *i = &w->issues.v[issue];
    const struct search *s = d->o->search;
    struct buf words = BUF_INIT;
    char priority[2] = {(char)('0' + i->priority), 0};

    if (w->discussed == issue)
        canvas_string(c, line.y, line.x + 1, 1, ROLE_LIVE | on, "▶");
    else if (s && search_matches(s, issue))
        canvas_string(c, line.y, line.x + 1, 1, ROLE_STRONG | on, "*");
    int x = draw_id(d, c, issue, line, on);
    if (i->priority)
        canvas_string(c, line.y, x, 1, (i->priority == 1 ? ROLE_PRIORITY : 0) | on,
                      priority);
    canvas_string(c, line.y, x + 2, 1,
                  disposition_role((enum disposition)i->disposition) | on,
                  dispositions[i->disposition].mark);
    int room = line.x + line.w - 1 - (x + 4) - draw_record(d, c, issue, line, on);
    first_words(i->text, room, &words);
    canvas_found(c, line.y, x + 4, room, ROLE_NORMAL | on, words.s, words.len);
    buf_release(&words);
}

static void draw_row(void *ctx, struct canvas *c, size_t row, struct rect line, bool at) {
    const struct drawing *d = ctx;
    uint32_t what = d->o->rows.v[row];
    unsigned on = begin_row(d, c, line, at);

    if (!(what & HEADING))
        draw_issue(d, c, what, line, on);
    else if (d->o->order == ORDER_MEMO)
        draw_topic(d, c, what & (HEADING - 1), line, on);
    else
        draw_priority_heading(c, what & (HEADING - 1), line, on);
}

/* Ids stand in a column as wide as those nearby need. */
static int id_width(const struct outline *o, size_t rows) {
    size_t from = o->list.at > rows ? o->list.at - rows : 0, widest = 1;

    for (size_t i = from; i < o->rows.n && i < from + 2 * rows; i++) {
        if (o->rows.v[i] & HEADING)
            continue;
        size_t len = strlen(issue_id(o->w, o->rows.v[i]));
        if (o->order != ORDER_MEMO)
            len +=
                2 + strlen(o->w->topics.v[o->w->issues.v[o->rows.v[i]].topic].text->id);
        widest = len > widest ? len : widest;
    }
    return widest < ID_MOST ? (int)widest : ID_MOST;
}

void outline_draw(struct outline *o, struct canvas *c, struct rect area, bool focused,
                  int64_t room) {
    struct drawing d = {o, focused, id_width(o, (size_t)area.h), room};

    if (o->rows.n == 0) {
        const char *none = o->view == VIEW_ALL ? "This memo has no topics yet."
                                               : "No issue is in this view; v chooses.";
        canvas_string(c, area.y, area.x + 1, area.w - 2, ROLE_DIM, none);
        if (focused)
            canvas_cursor(c, area.y, area.x);
        return;
    }
    list_draw(&o->list, c, area, draw_row, &d);
}
