#include "document_private.h"

#include "base/text.h"

#include <string.h>

static enum attribution lower(enum attribution a, enum attribution b) {
    return a > b ? a : b;
}

enum attribution tier_of(const struct projection *p, const struct entry *e) {
    return lower((enum attribution)e->attribution, p->o->attribution);
}

bool sides_told(const struct projection *p) {
    return p->o->attribution <= ATTRIBUTION_SIDE;
}

bool people_told(const struct projection *p) {
    return p->o->attribution == ATTRIBUTION_NAME;
}

bool is_open(const struct projection *p, const struct entry *e) {
    if (!e->live || e->retracted)
        return false;
    return e->kind != ENTRY_POSITION || e->shared || p->o->private;
}

bool is_told(const struct projection *p, const struct entry *e) {
    return is_open(p, e) && is_of_sitting(p, e->event);
}

/* ---- who it was */

/* The side that a speaker or owner is, when what was typed names a side and no person. */
static const char *side_named(const struct projection *p, const char *who) {
    for (size_t i = 0; *who && i < p->w->room.sides.n; i++) {
        const struct side *s = &p->w->room.sides.v[i];
        if (text_same(s->id, who) || text_same(s->name, who))
            return s->id;
    }
    return "";
}

static struct voice limited(struct voice v, enum attribution tier) {
    if (tier != ATTRIBUTION_NAME)
        v.person = "";
    if (tier == ATTRIBUTION_NONE)
        v.side = "";
    return v;
}

struct voice voice_of(const struct projection *p, const char *who, const char *side,
                      enum attribution tier) {
    uint32_t index = *who ? person_by_id(p->w, who) : NONE;
    const struct person *person = index == NONE ? NULL : &p->w->room.people.v[index];
    struct voice v = {who, side};
    if (person && *person->name) {
        v.person = person->name;
        v.side = *side ? side : person->side;
    } else if (*side_named(p, who)) {
        v.person = "";
        v.side = *side ? side : side_named(p, who);
    }
    return limited(v, tier);
}

struct voice voice_of_entry(const struct projection *p, const struct entry *e) {
    return voice_of(p, e->kind == ENTRY_ACTION ? e->owner : e->speaker, e->side,
                    tier_of(p, e));
}

struct voice voice_of_person(const struct projection *p, uint32_t person) {
    const struct person *who = &p->w->room.people.v[person];
    struct voice v = {who->name, who->side};
    return limited(v, p->o->attribution);
}

/* ---- telling it */

void add_voice(struct projection *p, xmlNode *n, struct voice v, const char *person) {
    const char *side = *v.side ? side_name(p->w, v.side) : "";
    struct buf by = BUF_INIT;
    tree_attr(&p->t, n, person, v.person);
    tree_attr(&p->t, n, "side", v.side);
    tree_attr(&p->t, n, "side-name", side);
    buf_addf(&by, "%s%s%s", v.person, *v.person && *side ? ", " : "", side);
    tree_attr(&p->t, n, "by", by.s);
    buf_release(&by);
}

struct voice add_entry_voice(struct projection *p, xmlNode *n, const struct entry *e,
                             const char *person) {
    add_voice(p, n, voice_shown(p, e), person);
    tree_attr(&p->t, n, "attribution", attribution_code(tier_of(p, e)));
    return voice_of_entry(p, e);
}

void add_side(struct projection *p, xmlNode *n, const char *side) {
    if (!sides_told(p) || !*side)
        return;
    tree_attr(&p->t, n, "side", side);
    tree_attr(&p->t, n, "side-name", side_name(p->w, side));
}

/* ---- how many people it was */

static int by_person(const void *a, const void *b) {
    const struct said *x = a, *y = b;
    int c = x->kind - y->kind;
    return c ? c : strcmp(x->by.person, y->by.person);
}

/* Of a side, who is not named comes first. */
static int by_side(const void *a, const void *b) {
    const struct said *x = a, *y = b;
    int c = x->kind - y->kind;
    c = c ? c : strcmp(x->by.side, y->by.side);
    return c ? c : strcmp(x->by.person, y->by.person);
}

static bool same_side(const struct said *x, const struct said *y) {
    return x->kind == y->kind && strcmp(x->by.side, y->by.side) == 0;
}

/* Those who are named, and a side of which nobody is: who spoke for a side may be the one
 * who is named elsewhere. */
void add_said(struct projection *p, xmlNode *parent) {
    unsigned people[NOTE_KIND_COUNT] = {0};
    struct said *v = p->said.v;
    size_t n = p->said.n;
    if (n == 0)
        return;
    qsort(v, n, sizeof *v, by_person);
    for (size_t i = 0; i < n; i++)
        people[v[i].kind] += *v[i].by.person && (i == 0 || by_person(&v[i - 1], &v[i]));
    qsort(v, n, sizeof *v, by_side);
    for (size_t i = 0; i < n; i++)
        people[v[i].kind] += *v[i].by.side && !*v[i].by.person &&
                             (i + 1 == n || !same_side(&v[i], &v[i + 1]));
    for (int kind = 0; kind < NOTE_KIND_COUNT; kind++) {
        if (people[kind] == 0)
            continue;
        xmlNode *said = tree_add(&p->t, parent, "said");
        tree_attr(&p->t, said, "kind", note_kinds[kind].code);
        tree_number(&p->t, said, "people", people[kind]);
    }
}

/* ---- a side of one: to name it is to name who spoke */

static uint32_t members(const struct projection *p, const char *side) {
    uint32_t n = 0;
    for (size_t i = 0; i < p->w->room.people.n; i++) {
        const struct person *who = &p->w->room.people.v[i];
        n += who->live && who->role != PERSON_INTERPRETER && strcmp(who->side, side) == 0;
    }
    return n;
}

static void count_one(lone_vec *v, const char *side) {
    for (size_t i = 0; i < v->n; i++)
        v->v[i].count += strcmp(v->v[i].side, side) == 0;
}

static bool is_of_side(const struct projection *p, const struct entry *e) {
    bool spoken = e->kind == ENTRY_NOTE || e->kind == ENTRY_ACTION;
    return spoken && tier_of(p, e) == ATTRIBUTION_SIDE;
}

struct voice voice_shown(const struct projection *p, const struct entry *e) {
    struct voice v = voice_of_entry(p, e);
    for (size_t i = 0; i < p->n_veiled && is_of_side(p, e); i++)
        if (strcmp(p->veiled[i].side, v.side) == 0)
            v.side = "";
    return v;
}

static void count_entries(const struct projection *p, lone_vec *v) {
    for (size_t i = 0; i < p->w->entries.n; i++) {
        const struct entry *e = &p->w->entries.v[i];
        if (is_of_side(p, e) && is_told(p, e))
            count_one(v, voice_of_entry(p, e).side);
    }
}

void find_lone_sides(const struct projection *p, lone_vec *out) {
    size_t kept = 0;
    for (size_t i = 0; sides_told(p) && i < p->w->room.sides.n; i++) {
        const struct side *s = &p->w->room.sides.v[i];
        struct lone_side lone = {s->id, 0};
        if (s->live && members(p, s->id) == 1)
            vec_push(out, lone);
    }
    if (out->n)
        count_entries(p, out);
    for (size_t i = 0; i < out->n; i++)
        if (out->v[i].count)
            out->v[kept++] = out->v[i];
    out->n = kept;
}

void lone_side_say(const struct projection *p, const struct lone_side *s,
                   struct buf *out) {
    buf_addf(out,
             "%s has one participant: that %u %s attributed to the side tells who it was",
             side_name(p->w, s->side), (unsigned)s->count,
             s->count == 1 ? "entry is" : "entries are");
}
