#include "record_private.h"

#include "base/text.h"

#include <stdio.h>

/* -1 with "YAKUSHEV has the floor already". */
static int refuse_person(const struct session *s, uint32_t person, const char *what,
                         const char *todo, struct err *err) {
    struct buf name = BUF_INIT;
    person_short(session_workbook(s), person, &name);
    err_set(err, "%s %s", name.s, what);
    buf_release(&name);
    return err_todo(err, "%s", todo);
}

static int floor_event(struct session *s, const char *state, uint32_t person,
                       uint32_t place, struct err *err) {
    struct event_draft d;
    char number[16] = "";
    event_draft_init(&d, EVENT_FLOOR);
    event_draft_set(&d, FIELD_STATE, state);
    if (person != NONE)
        event_draft_set(&d, FIELD_PERSON, session_workbook(s)->room.people.v[person].id);
    if (place != NONE)
        snprintf(number, sizeof number, "%u", (unsigned)place + 1);
    event_draft_set(&d, FIELD_PLACE, number);
    return session_record(s, &d, err);
}

/* ---- onto the list */

static bool waits_for(const struct workbook *w, uint32_t person, enum turn_kind kind) {
    for (size_t i = 0; i < w->room.floor.list.n; i++)
        if (w->room.floor.list.v[i].person == person &&
            w->room.floor.list.v[i].kind == kind)
            return true;
    return false;
}

static int refuse_closed(const struct workbook *w, struct err *err) {
    if (!w->room.floor.closed)
        return 0;
    err_set(err, "the list is closed");
    return err_todo(err,
                    "c opens it (floor close); points of order, replies and the last "
                    "word are taken still");
}

int record_floor_add(struct session *s, const struct command_args *a, struct err *err) {
    if (refuse_closed(session_workbook(s), err) < 0)
        return -1;
    if (floor_place(session_workbook(s), a->person) != NONE)
        return refuse_person(s, a->person, "is on the list already",
                             "Enter gives the floor, K moves up, w takes off the list",
                             err);
    return floor_event(s, "add", a->person, NONE, err);
}

/* Who waits as a usual speaker keeps that place. */
static int special_turn(struct session *s, const char *state, uint32_t person,
                        enum turn_kind kind, struct err *err) {
    struct buf what = BUF_INIT;
    if (!waits_for(session_workbook(s), person, kind))
        return floor_event(s, state, person, NONE, err);
    buf_addf(&what, "waits for that already (%s)", turn_words(kind));
    refuse_person(s, person, what.s, "Enter gives the floor, w takes off the list", err);
    buf_release(&what);
    return -1;
}

int record_floor_order(struct session *s, const struct command_args *a, struct err *err) {
    return special_turn(s, "order", a->person, TURN_ORDER, err);
}

int record_floor_reply(struct session *s, const struct command_args *a, struct err *err) {
    return special_turn(s, "reply", a->person, TURN_REPLY, err);
}

int record_floor_last(struct session *s, const struct command_args *a, struct err *err) {
    return special_turn(s, "last", a->person, TURN_LAST, err);
}

/* ---- the floor itself */

/* "YAKUSHEV (Russian Federation) has the floor; next: SMITH". */
static void say_floor(struct session *s) {
    const struct workbook *w = session_workbook(s);
    const struct floor *f = &w->room.floor;
    const struct person *p = &w->room.people.v[f->speaker];
    struct buf b = BUF_INIT;
    person_short(w, f->speaker, &b);
    if (*p->side)
        buf_addf(&b, " (%s)", side_name(w, p->side));
    buf_puts(&b, " has the floor");
    if (*turn_words((enum turn_kind)f->kind))
        buf_addf(&b, ": %s", turn_words((enum turn_kind)f->kind));
    if (f->list.n) {
        buf_puts(&b, "; next: ");
        person_short(w, f->list.v[0].person, &b);
    }
    session_say(s, "%s", b.s);
    buf_release(&b);
}

int record_floor_give(struct session *s, const struct command_args *a, struct err *err) {
    const struct floor *f = &session_workbook(s)->room.floor;
    if (a->person == NONE && f->list.n == 0) {
        err_set(err, "nobody waits for the floor");
        return err_todo(err, "name who has it: floor give NAME");
    }
    uint32_t person = a->person == NONE ? f->list.v[0].person : a->person;
    if (person == f->speaker && floor_place(session_workbook(s), person) == NONE)
        return refuse_person(s, person, "has the floor already", "e ends an intervention",
                             err);
    if (floor_event(s, "give", person, NONE, err) < 0)
        return -1;
    say_floor(s);
    return 0;
}

int record_floor_end(struct session *s, const struct command_args *a, struct err *err) {
    const struct floor *f = &session_workbook(s)->room.floor;
    (void)a;
    if (f->speaker == NONE)
        return err_set(err, "nobody has the floor");
    if (floor_event(s, "end", NONE, NONE, err) < 0)
        return -1;
    struct buf name = BUF_INIT;
    const struct intervention *last = &f->interventions.v[f->interventions.n - 1];
    long long seconds = (long long)(last->ms / 1000);
    person_short(session_workbook(s), last->person, &name);
    session_say(s, "%s spoke for %lld:%02lld", name.s, seconds / 60, seconds % 60);
    buf_release(&name);
    return 0;
}

int record_floor_withdraw(struct session *s, const struct command_args *a,
                          struct err *err) {
    if (floor_place(session_workbook(s), a->person) == NONE)
        return refuse_person(s, a->person, "is not on the list", "nothing was recorded",
                             err);
    return floor_event(s, "withdraw", a->person, NONE, err);
}

/* ---- the order of the list */

static int move_by(struct session *s, uint32_t person, int by, struct err *err) {
    const struct workbook *w = session_workbook(s);
    const struct floor *f = &w->room.floor;
    /* Without a name: the last goes up, the first goes down. */
    if (person == NONE && f->list.n)
        person = f->list.v[by < 0 ? f->list.n - 1 : 0].person;
    if (person == NONE)
        return err_set(err, "nobody waits for the floor");
    uint32_t place = floor_place(w, person);
    if (place == NONE)
        return refuse_person(s, person, "is not on the list", "s adds a speaker", err);
    if (by < 0 ? place == 0 : place + 1 == f->list.n)
        return refuse_person(s, person, by < 0 ? "is the first" : "is the last",
                             "nothing was recorded", err);
    return floor_event(s, "move", person, by < 0 ? place - 1 : place + 1, err);
}

int record_floor_up(struct session *s, const struct command_args *a, struct err *err) {
    return move_by(s, a->person, -1, err);
}

int record_floor_down(struct session *s, const struct command_args *a, struct err *err) {
    return move_by(s, a->person, 1, err);
}

int record_floor_close(struct session *s, const struct command_args *a, struct err *err) {
    (void)a;
    bool closed = session_workbook(s)->room.floor.closed;
    return floor_event(s, closed ? "open" : "close", NONE, NONE, err);
}

int record_floor_tour(struct session *s, const struct command_args *a, struct err *err) {
    const struct workbook *w = session_workbook(s);
    uint32_t more = 0;
    (void)a;
    if (refuse_closed(w, err) < 0)
        return -1;
    for (uint32_t i = 0; i < w->room.people.n; i++) {
        const struct person *p = &w->room.people.v[i];
        more += p->live && p->present && person_counts(p) && i != w->room.floor.speaker &&
                floor_place(w, i) == NONE;
    }
    if (more)
        return floor_event(s, "tour", NONE, NONE, err);
    err_set(err, "there is nobody to add: all who are here wait or speak");
    return err_todo(err, "say who is here: m, then Space, or A for all");
}
