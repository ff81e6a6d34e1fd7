#include "document_private.h"

#include "base/text.h"

#include <string.h>

/* ---- time of discussion in one sitting */

struct discussion {
    uint32_t issue; /* or NONE */
    uint32_t event; /* that began it */
    int64_t since;  /* room time */
};

static void end_discussion(struct projection *p, struct discussion *d, int64_t room) {
    if (d->issue != NONE && is_of_sitting(p, d->event) && room > d->since)
        p->spent[d->issue] += room - d->since;
    d->issue = NONE;
}

/* As the state has it: one at a time, each ends the one before, adjourning ends it. */
void find_spent(struct projection *p) {
    const struct workbook *w = p->w;
    struct discussion d = {.issue = NONE};
    p->spent = mem_zalloc((w->issues.n + 1) * sizeof *p->spent);
    for (size_t i = 0; i < w->discussions.n; i++) {
        uint32_t index = w->discussions.v[i];
        const struct log_item *item = &w->log.v[index];
        bool discuss = item->event.kind->id == EVENT_DISCUSS;
        bool start =
            discuss && strcmp(event_get(&item->event, FIELD_STATE), "start") == 0;
        bool same = d.issue == item->issue;
        if (item->dead || (discuss && start == same))
            continue;
        end_discussion(p, &d, item->room);
        if (start)
            d = (struct discussion){item->issue, index, item->room};
    }
    end_discussion(p, &d, p->room);
}

/* ---- sittings */

void add_carried_from(struct projection *p, xmlNode *root) {
    if (p->w->carried == 0)
        return;
    const struct event *e = &p->w->log.v[p->w->carried - 1].event;
    xmlNode *n = tree_add(&p->t, root, "carried-from");
    add_time(p, n, e->at);
    tree_text(&p->t, n, e->text, strlen(e->text));
}

static void add_sitting(struct projection *p, xmlNode *parent, uint32_t i) {
    const struct sitting *s = &p->w->room.sittings.v[i];
    xmlNode *n = tree_add(&p->t, parent, "sitting");
    tree_number(&p->t, n, "n", i + 1);
    tree_attr(&p->t, n, "title", s->title);
    add_span(p, n, s->opened, s->adjourned);
    if (s->until)
        add_time_as(p, n, "until", s->until);
    add_spent(p, n, sitting_spent(p->w, i, p->room));
    add_yes(p, n, "current", p->o->sitting == i);
}

void add_sittings(struct projection *p, xmlNode *root) {
    size_t count = p->w->room.sittings.n;
    int64_t spent = 0;
    if (count == 0)
        return;
    xmlNode *n = tree_add(&p->t, root, "sittings");
    for (uint32_t i = 0; i < count; i++) {
        add_sitting(p, n, i);
        spent += sitting_spent(p->w, i, p->room);
    }
    tree_number(&p->t, n, "count", (int64_t)count);
    add_spent(p, n, spent);
}

void add_off_record(struct projection *p, xmlNode *root) {
    xmlNode *n = NULL;
    uint32_t i = p->o->sitting;
    const struct sitting *s = i == NONE ? NULL : &p->w->room.sittings.v[i];
    int64_t end = s && i + 1 < p->w->room.sittings.n ? s[1].opened : INT64_MAX;
    for (size_t k = 0; k < p->w->room.off_record.n; k++) {
        const struct spell *spell = &p->w->room.off_record.v[k];
        if (s && (spell->from < s->opened || spell->from >= end))
            continue;
        n = n ? n : tree_add(&p->t, root, "off-record");
        add_span(p, tree_add(&p->t, n, "spell"), spell->from, spell->to);
    }
}

/* ---- who was there */

static bool is_stay_told(const struct projection *p, const struct stay *s) {
    return p->o->sitting == NONE || s->sitting == p->o->sitting;
}

/* Ms that someone was there; -1 for not at all. */
static int64_t stayed(const struct projection *p, const struct person *who) {
    int64_t ms = -1;
    for (size_t i = 0; i < who->stays.n; i++) {
        const struct stay *s = &who->stays.v[i];
        int64_t to = s->to ? s->to : p->o->now;
        if (is_stay_told(p, s))
            ms = (ms < 0 ? 0 : ms) + (to > s->from ? to - s->from : 0);
    }
    return ms < 0 && who->present && p->o->sitting == NONE ? 0 : ms;
}

struct headcount {
    const char *name; /* id of the side, or constituency */
    unsigned present, total;
};
typedef VEC(struct headcount) headcount_vec;

static void count_head(headcount_vec *v, const char *name, bool present) {
    size_t i = 0;
    while (i < v->n && strcmp(v->v[i].name, name) != 0)
        i++;
    if (i == v->n)
        vec_push(v, ((struct headcount){name, 0, 0}));
    v->v[i].total++;
    v->v[i].present += present;
}

static void add_headcounts(struct projection *p, xmlNode *parent, bool sides) {
    headcount_vec v = {0};
    for (size_t i = 0; i < p->w->room.people.n; i++) {
        const struct person *who = &p->w->room.people.v[i];
        if (who->live)
            count_head(&v, sides ? who->side : who->constituency, stayed(p, who) >= 0);
    }
    for (size_t i = 0; i < v.n && (v.n > 1 || *v.v[0].name); i++) {
        xmlNode *n = tree_add(&p->t, parent, sides ? "side" : "constituency");
        if (sides)
            add_side(p, n, v.v[i].name);
        else
            tree_attr(&p->t, n, "name", v.v[i].name);
        tree_number(&p->t, n, "present", v.v[i].present);
        tree_number(&p->t, n, "total", v.v[i].total);
    }
    vec_release(&v);
}

/* `most`: how long those were there who missed nothing. */
static void add_participant(struct projection *p, xmlNode *parent,
                            const struct person *who, int64_t most) {
    enum { SLACK = 60 * 1000 };
    int64_t ms = stayed(p, who);
    xmlNode *n = tree_add(&p->t, parent, "person");
    tree_attr(&p->t, n, "name", who->name);
    add_side(p, n, who->side);
    tree_attr(&p->t, n, "constituency", who->constituency);
    tree_attr(&p->t, n, "role", person_role_name((enum role_in_room)who->role));
    tree_attr(&p->t, n, "present", ms >= 0 ? "yes" : "no");
    add_yes(p, n, "part", ms >= 0 && ms + SLACK < most);
    for (size_t i = 0; i < who->stays.n; i++)
        if (is_stay_told(p, &who->stays.v[i]))
            add_span(p, tree_add(&p->t, n, "stay"), who->stays.v[i].from,
                     who->stays.v[i].to);
}

static void add_people(struct projection *p, xmlNode *n) {
    int64_t most = 0;
    for (size_t i = 0; i < p->w->room.people.n; i++) {
        int64_t ms = stayed(p, &p->w->room.people.v[i]);
        most = ms > most ? ms : most;
    }
    for (size_t i = 0; i < p->w->room.people.n; i++)
        if (p->w->room.people.v[i].live)
            add_participant(p, n, &p->w->room.people.v[i], most);
}

void add_attendance(struct projection *p, xmlNode *root) {
    unsigned present = 0, total = 0;
    for (size_t i = 0; i < p->w->room.people.n; i++) {
        const struct person *who = &p->w->room.people.v[i];
        total += who->live;
        present += who->live && stayed(p, who) >= 0;
    }
    if (total == 0)
        return;
    xmlNode *n = tree_add(&p->t, root, "attendance");
    tree_number(&p->t, n, "present", present);
    tree_number(&p->t, n, "total", total);
    if (sides_told(p)) {
        add_headcounts(p, n, true);
        add_headcounts(p, n, false);
    }
    if (people_told(p))
        add_people(p, n);
}

/* ---- speaking time */

static void add_row(struct projection *p, xmlNode *parent, const struct balance *b,
                    const struct balance_row *row, enum balance_by by) {
    xmlNode *n = tree_add(&p->t, parent, "row");
    tree_attr(&p->t, n, "name", row->name);
    if (by == BALANCE_SIDE)
        tree_attr(&p->t, n, "side", p->w->room.people.v[row->first].side);
    add_spent(p, n, row->ms);
    add_share(p, n, row->ms, b->total);
    tree_number(&p->t, n, "turns", row->turns);
    tree_number(&p->t, n, "people", row->people);
}

static void add_balance(struct projection *p, xmlNode *root, enum balance_by by) {
    static const char *const words[] = {[BALANCE_PERSON] = "person",
                                        [BALANCE_SIDE] = "side",
                                        [BALANCE_CONSTITUENCY] = "constituency"};
    struct balance b = {0};
    balance_of_sitting(&b, p->w, by, p->o->sitting, p->room);
    if (b.total > 0) {
        xmlNode *n = tree_add(&p->t, root, "balance");
        tree_attr(&p->t, n, "by", words[by]);
        add_spent(p, n, b.total);
        for (size_t i = 0; i < b.rows.n; i++)
            add_row(p, n, &b, &b.rows.v[i], by);
    }
    balance_release(&b);
}

void add_balances(struct projection *p, xmlNode *root) {
    if (people_told(p))
        add_balance(p, root, BALANCE_PERSON);
    if (sides_told(p)) {
        add_balance(p, root, BALANCE_SIDE);
        add_balance(p, root, BALANCE_CONSTITUENCY);
    }
}

static void add_intervention(struct projection *p, xmlNode *parent, size_t i) {
    static const char *const kinds[] = {[TURN_USUAL] = "",
                                        [TURN_ORDER] = "order",
                                        [TURN_REPLY] = "reply",
                                        [TURN_TOUR] = "tour",
                                        [TURN_LAST] = "last"};
    const struct floor *f = &p->w->room.floor;
    const struct intervention *v = &f->interventions.v[i];
    bool lasts = f->speaker != NONE && i + 1 == f->interventions.n;
    xmlNode *n = tree_add(&p->t, parent, "intervention");
    tree_number(&p->t, n, "n", (int64_t)i + 1);
    tree_attr(&p->t, n, "kind", kinds[v->kind]);
    if (v->issue != NONE)
        add_issue_ref(p, n, v->issue, 0);
    add_time(p, n, v->at);
    add_spent(p, n, lasts ? floor_elapsed(p->w, p->room) : v->ms);
    if (v->sitting != NONE)
        tree_number(&p->t, n, "sitting", v->sitting + 1);
    add_voice(p, n, voice_of_person(p, v->person), "person");
}

void add_interventions(struct projection *p, xmlNode *root) {
    const struct floor *f = &p->w->room.floor;
    xmlNode *n = f->interventions.n ? tree_add(&p->t, root, "interventions") : NULL;
    for (size_t i = 0; i < f->interventions.n; i++)
        if (p->o->sitting == NONE || f->interventions.v[i].sitting == p->o->sitting)
            add_intervention(p, n, i);
}
