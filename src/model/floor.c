/*
 * The floor: the list of speakers, who speaks, and the balance of speaking time.
 */
#include "base/text.h"
#include "room_private.h"

#include <string.h>

const char *turn_words(enum turn_kind k) {
    static const char *const words[] = {[TURN_USUAL] = "",
                                        [TURN_ORDER] = "point of order",
                                        [TURN_REPLY] = "right of reply",
                                        [TURN_TOUR] = "tour de table",
                                        [TURN_LAST] = "last word"};
    return words[k];
}

int64_t floor_elapsed(const struct workbook *w, int64_t room) {
    const struct floor *f = &w->room.floor;
    return f->speaker != NONE && room > f->since ? room - f->since : 0;
}

uint32_t floor_place(const struct workbook *w, uint32_t person) {
    const struct floor *f = &w->room.floor;
    for (uint32_t i = 0; i < f->list.n; i++)
        if (f->list.v[i].person == person)
            return i;
    return NONE;
}

int64_t person_spoken(const struct workbook *w, uint32_t person, int64_t room) {
    bool speaks = w->room.floor.speaker == person;
    return w->room.people.v[person].spoken + (speaks ? floor_elapsed(w, room) : 0);
}

/* ---- the list */

static bool waits_as(const struct floor *f, uint32_t person, enum turn_kind kind) {
    for (size_t i = 0; i < f->list.n; i++)
        if (f->list.v[i].person == person && f->list.v[i].kind == kind)
            return true;
    return false;
}

/* After the points of order that stand in front, and for a reply after the replies. */
static size_t front(const struct floor *f, enum turn_kind kind) {
    size_t at = 0;
    while (at < f->list.n && f->list.v[at].kind == TURN_ORDER)
        at++;
    while (kind == TURN_REPLY && at < f->list.n && f->list.v[at].kind == TURN_REPLY)
        at++;
    return at;
}

/* Before the last words, which stay last. */
static size_t back(const struct floor *f) {
    size_t at = f->list.n;
    while (at > 0 && f->list.v[at - 1].kind == TURN_LAST)
        at--;
    return at;
}

static void add(struct floor *f, uint32_t person, enum turn_kind kind) {
    size_t at = kind == TURN_LAST                          ? f->list.n
                : kind == TURN_ORDER || kind == TURN_REPLY ? front(f, kind)
                                                           : back(f);
    struct turn turn = {.person = person, .kind = (uint8_t)kind};
    vec_insert(&f->list, at, turn);
}

/* Whether a tour de table would ask them. */
static bool joins_tour(const struct workbook *w, uint32_t person) {
    const struct person *p = &w->room.people.v[person];
    return p->live && p->present && person_counts(p) && w->room.floor.speaker != person &&
           floor_place(w, person) == NONE;
}

static void tour(struct workbook *w) {
    for (uint32_t i = 0; i < w->room.people.n; i++)
        if (joins_tour(w, i))
            add(&w->room.floor, i, TURN_TOUR);
}

static void withdraw(struct workbook *w, uint32_t person) {
    uint32_t at = floor_place(w, person);
    if (at != NONE)
        vec_remove(&w->room.floor.list, at);
}

static void move(struct workbook *w, uint32_t person, const char *place) {
    struct floor *f = &w->room.floor;
    uint32_t from = floor_place(w, person);
    if (from == NONE)
        return;
    struct turn turn = f->list.v[from];
    size_t to = strtoul(place, NULL, 10) - 1;
    vec_remove(&f->list, from);
    vec_insert(&f->list, to < f->list.n ? to : f->list.n, turn);
}

/* ---- who speaks */

static bool under_tour(const struct floor *f) {
    bool is = f->speaker != NONE && f->kind == TURN_TOUR;
    for (size_t i = 0; !is && i < f->list.n; i++)
        is = f->list.v[i].kind == TURN_TOUR;
    return is;
}

void floor_stop(struct workbook *w, int64_t room) {
    struct floor *f = &w->room.floor;
    if (f->speaker == NONE)
        return;
    int64_t ms = floor_elapsed(w, room);
    struct person *p = &w->room.people.v[f->speaker];
    f->interventions.v[f->interventions.n - 1].ms = ms;
    p->spoken += ms;
    p->interventions++;
    f->speaker = NONE;
    f->tour = under_tour(f);
}

/* To whom the event names, or the first who waits. */
static void give(struct workbook *w, uint32_t log_index, uint32_t issue) {
    struct log_item *item = &w->log.v[log_index];
    struct floor *f = &w->room.floor;
    if (!*event_get(&item->event, FIELD_PERSON))
        item->object = f->list.n ? f->list.v[0].person : NONE;
    uint32_t person = item->object;
    if (person == NONE)
        return;
    uint32_t place = floor_place(w, person);
    uint8_t kind = place == NONE ? TURN_USUAL : f->list.v[place].kind;
    withdraw(w, person);
    floor_stop(w, item->room);
    f->speaker = person;
    f->kind = kind;
    f->since = item->room;
    person_arrives(w, person, item->event.at);
    struct intervention i = {.person = person,
                             .kind = kind,
                             .issue = issue,
                             .sitting = sitting_open(w),
                             .at = item->event.at};
    vec_push(&f->interventions, i);
}

void floor_drop(struct workbook *w, uint32_t person, int64_t room) {
    while (floor_place(w, person) != NONE)
        withdraw(w, person);
    if (w->room.floor.speaker == person)
        floor_stop(w, room);
    w->room.floor.tour = under_tour(&w->room.floor);
}

/* ---- events */

enum what { ADD, ORDER, REPLY, LAST, GIVE, END, WITHDRAW, MOVE, CLOSE, OPEN, TOUR };

static enum what what_of(const struct event *e) {
    static const char *const states[] = {"add",   "order", "reply",    "last",
                                         "give",  "end",   "withdraw", "move",
                                         "close", "open",  "tour"};
    const char *state = event_get(e, FIELD_STATE);
    int i = 0;
    while (i < TOUR && strcmp(states[i], state) != 0)
        i++;
    return (enum what)i;
}

static enum turn_kind kind_of(enum what what) {
    return what == ORDER   ? TURN_ORDER
           : what == REPLY ? TURN_REPLY
           : what == LAST  ? TURN_LAST
                           : TURN_USUAL;
}

static void change(struct workbook *w, uint32_t log_index, uint32_t issue) {
    const struct log_item *item = &w->log.v[log_index];
    enum what what = what_of(&item->event);
    struct floor *f = &w->room.floor;
    switch (what) {
    case GIVE:
        give(w, log_index, issue);
        break;
    case END:
        floor_stop(w, item->room);
        break;
    case WITHDRAW:
        withdraw(w, item->object);
        break;
    case MOVE:
        move(w, item->object, event_get(&item->event, FIELD_PLACE));
        break;
    case CLOSE:
    case OPEN:
        f->closed = what == CLOSE;
        break;
    case TOUR:
        tour(w);
        break;
    default:
        if (!waits_as(f, item->object, kind_of(what)))
            add(f, item->object, kind_of(what));
    }
}

void floor_apply(struct workbook *w, uint32_t log_index, uint32_t issue) {
    const struct log_item *item = &w->log.v[log_index];
    bool names = *event_get(&item->event, FIELD_PERSON) != '\0';
    if (names && !w->room.people.v[item->object].live)
        return;
    change(w, log_index, issue);
    w->room.floor.tour = under_tour(&w->room.floor);
}

void floor_forget(struct workbook *w) {
    struct floor *f = &w->room.floor;
    f->list.n = f->interventions.n = 0;
    f->speaker = NONE;
    f->since = 0;
    f->closed = f->tour = false;
}

/* Why it cannot be now, or NULL. */
static const char *objection(const struct workbook *w, const struct event *e,
                             enum what what, uint32_t person) {
    const struct floor *f = &w->room.floor;
    bool waits = floor_place(w, person) != NONE;
    bool adds = what == ADD || what == TOUR;
    if (adds && f->closed)
        return "the list of speakers is closed";
    if (what == ADD && waits)
        return "the person is on the list already";
    if (what <= LAST && waits_as(f, person, kind_of(what)))
        return "the person is on the list for that already";
    if ((what == WITHDRAW || what == MOVE) && !waits)
        return "the person is not on the list";
    if (what == MOVE && !*event_get(e, FIELD_PLACE))
        return "it has no place";
    if (what == GIVE && person == NONE && f->list.n == 0)
        return "nobody waits for the floor";
    if (what == GIVE && person != NONE && f->speaker == person && !waits)
        return "the person has the floor already";
    if (what == END && f->speaker == NONE)
        return "nobody has the floor";
    return NULL;
}

int floor_check(const struct workbook *w, const struct event *e, struct err *err) {
    enum what what = what_of(e);
    uint32_t person = person_by_id(w, event_get(e, FIELD_PERSON));
    bool names = what <= LAST || what == WITHDRAW || what == MOVE;
    if (names && person == NONE)
        return err_set(err, "%s %s: it has no person", e->name, e->id);
    const char *why = objection(w, e, what, person);
    return why ? err_set(err, "%s %s: %s", e->name, e->id, why) : 0;
}
