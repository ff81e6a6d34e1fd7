#include "record_private.h"
#include "roster.h"

#include "base/text.h"
#include "store/file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

/* What is said of a participant; a field that is NULL is not said. Borrowed. */
struct said {
    const char *name, *side, *constituency;
    int role; /* -1: not said */
};

static char *folded(const char *s) {
    struct buf b = BUF_INIT;
    text_fold(&b, s, strlen(s));
    return buf_detach(&b);
}

/* ---- from a row to what is said */

static void take_fault(struct roster_row *row, enum roster_field f, struct err *err) {
    roster_fault(row, f, err->what, err->todo);
    err_release(err);
}

static const char *read_side(const struct workbook *w, struct roster_row *row) {
    struct err err = ERR_INIT;
    const char *word = roster_get(row, ROSTER_SIDE);
    if (!row->cell[ROSTER_SIDE].s || !*word)
        return row->cell[ROSTER_SIDE].s;
    int side = side_parse(w, word, &err);
    if (side >= 0)
        return w->room.sides.v[side].id;
    take_fault(row, ROSTER_SIDE, &err);
    return NULL;
}

/* "gov" is government; what is none of the usual three stays as typed. */
static const char *read_constituency(const struct roster_row *row) {
    static const char *const usual[] = {"government", "business", "civil society"};
    const char *word = row->cell[ROSTER_CONSTITUENCY].s;
    for (size_t i = 0; word && i < sizeof usual / sizeof *usual; i++)
        if (strlen(word) >= 3 && strncasecmp(usual[i], word, strlen(word)) == 0)
            return usual[i];
    return word;
}

static int read_role(struct roster_row *row) {
    const char *word = row->cell[ROSTER_ROLE].s;
    if (!word)
        return -1;
    int role = *word ? person_role_parse(word) : PERSON_SPEAKER;
    if (role < 0) {
        struct err err = ERR_INIT;
        err_set(&err, "“%s” is no role", word);
        err_todo(&err,
                 "chair, facilitator, rapporteur, observer, interpreter; of any other "
                 "participant leave it out");
        take_fault(row, ROSTER_ROLE, &err);
    }
    return role;
}

static struct said read_row(const struct workbook *w, struct roster_row *row) {
    return (struct said){roster_get(row, ROSTER_NAME), read_side(w, row),
                         read_constituency(row), read_role(row)};
}

/* What is not said is as it was, or with nobody as it is of most. */
static struct said completed(struct said x, const struct person *p) {
    if (!x.side)
        x.side = p ? p->side : "";
    if (!x.constituency)
        x.constituency = p ? p->constituency : "";
    if (x.role < 0)
        x.role = p ? p->role : PERSON_SPEAKER;
    return x;
}

static bool as_it_is(const struct person *p, struct said x) {
    x = completed(x, p);
    return strcmp(p->name, x.name) == 0 && strcmp(p->side, x.side) == 0 &&
           strcmp(p->constituency, x.constituency) == 0 && p->role == x.role;
}

/* ---- recording one */

/* `group`: the id of the first event of the roster, or "". */
static int person_event(struct session *s, const char *id, struct said x, bool removed,
                        const char *group, struct err *err) {
    struct event_draft d;
    event_draft_init(&d, EVENT_PERSON);
    event_draft_set(&d, FIELD_PERSON, id);
    event_draft_set(&d, FIELD_SIDE, x.side);
    event_draft_set(&d, FIELD_CONSTITUENCY, x.constituency);
    if (x.role != PERSON_SPEAKER)
        event_draft_set(&d, FIELD_ROLE, person_role_name((enum role_in_room)x.role));
    event_draft_set(&d, FIELD_STATE, removed ? "removed" : "");
    event_draft_set(&d, FIELD_GROUP, group);
    return record_with_text(s, &d, x.name, err);
}

/* Someone of this name and side, live or not, but not `but`; or NONE. */
static uint32_t namesake(const struct workbook *w, const char *name, const char *side,
                         bool live, uint32_t but) {
    char *want = folded(name);
    uint32_t found = NONE;
    for (uint32_t i = 0; found == NONE && i < w->room.people.n; i++) {
        const struct person *p = &w->room.people.v[i];
        if (i == but || p->live != live || (side && strcmp(p->side, side) != 0))
            continue;
        char *have = folded(p->name);
        if (strcmp(have, want) == 0)
            found = i;
        mem_free(have);
    }
    mem_free(want);
    return found;
}

static int refuse_twice(const struct workbook *w, struct said x, struct err *err) {
    if (*x.side)
        err_set(err, "%s (%s) is on the list already", x.name, side_name(w, x.side));
    else
        err_set(err, "%s is on the list already", x.name);
    return err_todo(err, "for another of this name and side, add something to the name");
}

/* Adds someone; one who was taken off the list comes back as who that was. */
static int add_person(struct session *s, struct said x, const char *group,
                      struct err *err) {
    char id[PERSON_ID_MAX + 1];
    const struct workbook *w = session_workbook(s);
    x = completed(x, NULL);
    uint32_t before = namesake(w, x.name, x.side, false, NONE);
    if (before != NONE)
        snprintf(id, sizeof id, "%s", w->room.people.v[before].id);
    else
        person_new_id(w, x.name, id);
    return person_event(s, id, x, false, group, err);
}

static bool same_family(const char *a, const char *b) {
    size_t a_len, b_len;
    const char *a_family = person_family(a, &a_len), *b_family = person_family(b, &b_len);
    char *x = mem_strndup(a_family, a_len), *y = mem_strndup(b_family, b_len);
    bool same = text_same(x, y);
    mem_free(x);
    mem_free(y);
    return same;
}

/* " (another SMITH is on the list: A. SMITH, B. SMITH)" */
static void tell_namesakes(struct session *s, const char *name) {
    const struct workbook *w = session_workbook(s);
    struct buf all = BUF_INIT;
    uint32_t n = 0;
    size_t len;
    const char *family = person_family(name, &len);
    for (uint32_t i = 0; i < w->room.people.n && n < 8; i++) {
        if (!w->room.people.v[i].live || !same_family(w->room.people.v[i].name, name))
            continue;
        buf_puts(&all, n++ ? ", " : "");
        person_short(w, i, &all);
    }
    if (n > 1)
        session_add_message(s, " (another %.*s is on the list: %s)", (int)len, family,
                            all.s);
    buf_release(&all);
}

/* ---- by hand */

/* The one row that a person typed. */
static int typed_row(const struct workbook *w, const char *line, struct roster *r,
                     struct said *x, struct err *err) {
    const struct roster_row *bad;
    if (roster_parse_line(r, line, err) < 0)
        return -1;
    *x = read_row(w, &r->rows.v[0]);
    if (roster_wrong(r, &bad) == 0)
        return 0;
    err_set(err, "%s", bad->fault.what);
    return bad->fault.todo ? err_todo(err, "%s", bad->fault.todo) : -1;
}

int record_person_add(struct session *s, const struct command_args *a, struct err *err) {
    const struct workbook *w = session_workbook(s);
    struct roster r = ROSTER_INIT;
    struct said x;
    int result = typed_row(w, a->text, &r, &x, err);
    if (result == 0) {
        x = completed(x, NULL);
        if (namesake(w, x.name, x.side, true, NONE) != NONE)
            result = refuse_twice(w, x, err);
        else
            result = add_person(s, x, "", err);
    }
    if (result == 0)
        tell_namesakes(s, x.name);
    roster_release(&r);
    return result;
}

int record_person_change(struct session *s, const struct command_args *a,
                         struct err *err) {
    const struct workbook *w = session_workbook(s);
    const struct person *p = &w->room.people.v[a->person];
    struct roster r = ROSTER_INIT;
    struct said x;
    int result = typed_row(w, a->text, &r, &x, err);
    if (result == 0) {
        x = completed(x, p);
        if (as_it_is(p, x))
            result = record_refuse_same(err, "all of this holds");
        else if (namesake(w, x.name, x.side, true, a->person) != NONE)
            result = refuse_twice(w, x, err);
        else
            result = person_event(s, p->id, x, false, "", err);
    }
    roster_release(&r);
    return result;
}

int record_person_remove(struct session *s, const struct command_args *a,
                         struct err *err) {
    const struct person *p = &session_workbook(s)->room.people.v[a->person];
    struct said x = {p->name, p->side, p->constituency, p->role};
    return person_event(s, p->id, x, true, "", err);
}

/* ---- here or not */

static bool any_who(const struct workbook *w, bool present) {
    for (uint32_t i = 0; i < w->room.people.n; i++)
        if (w->room.people.v[i].live && w->room.people.v[i].present == present)
            return true;
    return false;
}

static int presence(struct session *s, uint32_t person, bool arrives, struct err *err) {
    const struct workbook *w = session_workbook(s);
    struct event_draft d;
    event_draft_init(&d, EVENT_PRESENCE);
    if (person != NONE) {
        const struct person *p = &w->room.people.v[person];
        if (p->present == arrives)
            return err_set(err, "%s is %s; nothing was recorded", p->name,
                           arrives ? "here already" : "not here");
        event_draft_set(&d, FIELD_PERSON, p->id);
    } else if (!any_who(w, !arrives)) {
        err_set(err, "%s",
                any_who(w, arrives)
                    ? arrives ? "everybody is here already" : "nobody is here"
                    : "there are no participants");
        return err_todo(err, "person add NAME, or roster FILE, adds some (m)");
    }
    event_draft_set(&d, FIELD_STATE, arrives ? "arrive" : "leave");
    return session_record(s, &d, err);
}

int record_person_arrive(struct session *s, const struct command_args *a,
                         struct err *err) {
    return presence(s, a->person, true, err);
}

int record_person_leave(struct session *s, const struct command_args *a,
                        struct err *err) {
    const struct workbook *w = session_workbook(s);
    bool waits = a->person != NONE && floor_place(w, a->person) != NONE;
    if (presence(s, a->person, false, err) < 0)
        return -1;
    if (waits && floor_place(w, a->person) != NONE)
        session_add_message(s, " (still on the list of speakers: w takes off the list)");
    return 0;
}

int record_all_arrive(struct session *s, const struct command_args *a, struct err *err) {
    (void)a;
    return presence(s, NONE, true, err);
}

/* ---- sides */

/* The side that has this id, ignoring case, or this name; or NULL. */
static const struct side *side_of(const struct workbook *w, const char *id,
                                  const char *name) {
    for (size_t i = 0; i < w->room.sides.n; i++) {
        const struct side *x = &w->room.sides.v[i];
        bool same = (id && strcasecmp(x->id, id) == 0) ||
                    (name && strcasecmp(x->name, name) == 0);
        if (x->live && same)
            return x;
    }
    return NULL;
}

int record_side(struct session *s, const struct command_args *a, struct err *err) {
    const struct workbook *w = session_workbook(s);
    struct event_draft d;
    if (!memo_id_ok(a->label)) {
        err_set(err, "“%s” is no short name of a side", a->label);
        return err_todo(err,
                        "letters, digits and hyphens, %d at most: side eu European "
                        "Union",
                        MEMO_ID_MAX);
    }
    const struct side *have = side_of(w, a->label, NULL);
    const struct side *other = side_of(w, NULL, a->text);
    if (have && strcmp(have->name, a->text) == 0)
        return record_refuse_same(err, "it has this name");
    if (other && other != have)
        return err_set(err, "%s is called %s already; nothing was recorded", other->id,
                       other->name);
    event_draft_init(&d, EVENT_SIDE);
    event_draft_set(&d, FIELD_SIDE, have ? have->id : a->label);
    return record_with_text(s, &d, a->text, err);
}

/* ---- a roster */

static int read_roster_file(const char *path, struct buf *out, struct err *err) {
    struct stat st;
    int fd = file_open(path, 0, err);
    if (fd < 0)
        return -1;
    int result = 0;
    if (fstat(fd, &st) == 0 && st.st_size > ROSTER_SIZE_MAX) {
        err_set(err, "it is too large for a roster: over %d KiB", ROSTER_SIZE_MAX / 1024);
        result = err_at(err, path, 0, 0);
    } else {
        result = file_read(fd, path, out, err);
    }
    close(fd);
    return result;
}

/* What a row does: the person that it is about, or NONE for a new one. */
struct row_plan {
    struct said said;
    char *name;       /* folded */
    const char *side; /* "" where none is said */
    uint32_t person;
};

struct plan {
    struct roster roster;
    VEC(struct row_plan) rows;
    VEC(char *) names; /* folded, of the people there are */
    VEC(bool) taken;   /* person has a row */
    const char *group; /* id of the first event recorded, or "" */
    uint32_t added, changed, same;
};

static void plan_init(struct plan *p, const struct workbook *w) {
    *p = (struct plan){.roster = ROSTER_INIT, .group = ""};
    for (uint32_t i = 0; i < w->room.people.n; i++) {
        vec_push(&p->names, folded(w->room.people.v[i].name));
        vec_push(&p->taken, false);
    }
}

static void plan_release(struct plan *p) {
    for (size_t i = 0; i < p->names.n; i++)
        mem_free(p->names.v[i]);
    for (size_t i = 0; i < p->rows.n; i++)
        mem_free(p->rows.v[i].name);
    vec_release(&p->names);
    vec_release(&p->taken);
    vec_release(&p->rows);
    roster_release(&p->roster);
}

static int by_name_and_side(const void *a, const void *b) {
    const struct row_plan *x = *(const struct row_plan *const *)a;
    const struct row_plan *y = *(const struct row_plan *const *)b;
    int order = strcmp(x->name, y->name);
    if (order == 0)
        order = strcmp(x->side, y->side);
    return order ? order : x < y ? -1 : x > y;
}

/* A name and side that stand twice: the later one is wrong. */
static void refuse_doubles(struct plan *p) {
    VEC(struct row_plan *) sorted = {0};
    for (size_t i = 0; i < p->rows.n; i++)
        vec_push(&sorted, &p->rows.v[i]);
    if (sorted.n)
        qsort(sorted.v, sorted.n, sizeof *sorted.v, by_name_and_side);
    for (size_t i = 1; i < sorted.n; i++) {
        const struct row_plan *a = sorted.v[i - 1], *b = sorted.v[i];
        if (strcmp(a->name, b->name) != 0 || strcmp(a->side, b->side) != 0)
            continue;
        struct buf what = BUF_INIT;
        buf_addf(&what, "%s stands in line %ld already", b->said.name,
                 p->roster.rows.v[a - p->rows.v].line);
        roster_fault(&p->roster.rows.v[b - p->rows.v], ROSTER_NAME, what.s,
                     "for another of this name and side, add something to the name");
        buf_release(&what);
    }
    vec_release(&sorted);
}

static void read_rows(struct plan *p, const struct workbook *w) {
    for (size_t i = 0; i < p->roster.rows.n; i++) {
        struct row_plan row = {.said = read_row(w, &p->roster.rows.v[i]), .person = NONE};
        row.name = folded(row.said.name);
        row.side = row.said.side ? row.said.side : "";
        vec_push(&p->rows, row);
    }
    refuse_doubles(p);
}

/* First those whose side is the same too: there may be two of one name. */
static void match_rows(struct plan *p, const struct workbook *w, bool side_too) {
    for (size_t i = 0; i < p->rows.n; i++) {
        struct row_plan *row = &p->rows.v[i];
        for (uint32_t k = 0; row->person == NONE && k < p->names.n; k++) {
            const struct person *x = &w->room.people.v[k];
            if (!x->live || p->taken.v[k] || strcmp(p->names.v[k], row->name) != 0 ||
                (side_too && strcmp(x->side, row->side) != 0))
                continue;
            row->person = k;
            p->taken.v[k] = true;
        }
    }
}

static int record_row(struct session *s, struct plan *p, const struct row_plan *row,
                      struct err *err) {
    const struct workbook *w = session_workbook(s);
    const struct person *x = row->person == NONE ? NULL : &w->room.people.v[row->person];
    if (x && as_it_is(x, row->said)) {
        p->same++;
        return 0;
    }
    int result = x ? person_event(s, x->id, completed(row->said, x), false, p->group, err)
                   : add_person(s, row->said, p->group, err);
    if (result < 0)
        return -1;
    p->added += !x;
    p->changed += x != NULL;
    if (!*p->group)
        p->group = w->log.v[w->log.n - 1].event.id;
    return 0;
}

static int refuse_roster(const struct plan *p, const char *path, struct err *err) {
    const struct roster_row *bad;
    size_t wrong = roster_wrong(&p->roster, &bad);
    if (wrong > 1)
        err_set(err, "%s; %zu more line%s wrong", bad->fault.what, wrong - 1,
                wrong == 2 ? " is" : "s are");
    else
        err_set(err, "%s", bad->fault.what);
    err_at(err, path, bad->fault.line, bad->fault.column);
    return err_todo(err, "%s%snothing was recorded",
                    bad->fault.todo ? bad->fault.todo : "", bad->fault.todo ? "; " : "");
}

static int record_rows(struct session *s, struct plan *p, struct err *err) {
    for (size_t i = 0; i < p->rows.n; i++)
        if (record_row(s, p, &p->rows.v[i], err) < 0)
            return i ? err_todo(err, "%zu of %zu lines were read", i, p->rows.n) : -1;
    return 0;
}

int record_roster(struct session *s, const struct command_args *a, struct err *err) {
    struct buf text = BUF_INIT;
    struct plan p;
    const struct roster_row *bad;
    plan_init(&p, session_workbook(s));
    int result = read_roster_file(a->text, &text, err);
    if (result == 0 && roster_parse(&p.roster, text.s, text.len, err) < 0)
        result = err_at(err, a->text, 0, 0);
    if (result == 0) {
        read_rows(&p, session_workbook(s));
        match_rows(&p, session_workbook(s), true);
        match_rows(&p, session_workbook(s), false);
        result = roster_wrong(&p.roster, &bad) ? refuse_roster(&p, a->text, err)
                                               : record_rows(s, &p, err);
    }
    if (result == 0)
        session_say(s, "%u added, %u changed, %u as %s", (unsigned)p.added,
                    (unsigned)p.changed, (unsigned)p.same,
                    p.same == 1 ? "it was" : "they were");
    plan_release(&p);
    buf_release(&text);
    return result;
}
