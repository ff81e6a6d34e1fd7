/*
 * Participants: who they are, and when they were here. What their names are found by is
 * in person_name.c.
 */
#include "id_map.h"
#include "room_private.h"

#include <string.h>
#include <strings.h>

static const char *const roles[PERSON_ROLE_COUNT] = {
    [PERSON_SPEAKER] = "speaker",         [PERSON_CHAIR] = "chair",
    [PERSON_FACILITATOR] = "facilitator", [PERSON_RAPPORTEUR] = "rapporteur",
    [PERSON_OBSERVER] = "observer",       [PERSON_INTERPRETER] = "interpreter",
};

const char *person_role_name(enum role_in_room r) {
    return roles[r];
}

int person_role_parse(const char *word) {
    size_t len = strlen(word);
    for (int i = 0; len > 0 && i < PERSON_ROLE_COUNT; i++)
        if (strncasecmp(roles[i], word, len) == 0)
            return i;
    return len > 0 && strncasecmp("participant", word, len) == 0 ? PERSON_SPEAKER : -1;
}

bool person_id_ok(const char *id) {
    size_t len = strlen(id);
    return len > 0 && len <= PERSON_ID_MAX &&
           strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-") == len;
}

uint32_t person_by_id(const struct workbook *w, const char *id) {
    return id_map_get(w->room.ids, id);
}

bool person_counts(const struct person *p) {
    return p->role != PERSON_INTERPRETER && p->role != PERSON_CHAIR &&
           p->role != PERSON_FACILITATOR;
}

/* ---- here or not */

static struct stay *open_stay(struct person *p) {
    size_t n = p->stays.n;
    return n && !p->stays.v[n - 1].to ? &p->stays.v[n - 1] : NULL;
}

void person_arrives(struct workbook *w, uint32_t person, int64_t at) {
    struct person *p = &w->room.people.v[person];
    if (p->present || !p->live)
        return;
    p->present = true;
    vec_push(&p->stays, ((struct stay){.from = at, .sitting = sitting_open(w)}));
}

static void end_stay(struct person *p, int64_t at) {
    struct stay *s = open_stay(p);
    if (s)
        s->to = room_later(s->from, at);
}

void person_leaves(struct workbook *w, uint32_t person, int64_t at) {
    end_stay(&w->room.people.v[person], at);
    w->room.people.v[person].present = false;
}

void people_sit_down(struct workbook *w, int64_t at) {
    for (uint32_t i = 0; i < w->room.people.n; i++) {
        struct person *p = &w->room.people.v[i];
        struct stay here = {.from = at, .sitting = sitting_open(w)};
        struct stay *early = open_stay(p);
        if (early)
            *early = here;
        else if (p->present)
            vec_push(&p->stays, here);
    }
}

void people_rise(struct workbook *w, int64_t at) {
    for (uint32_t i = 0; i < w->room.people.n; i++)
        end_stay(&w->room.people.v[i], at);
}

static void move(struct workbook *w, uint32_t person, bool here,
                 const struct log_item *item) {
    if (here) {
        person_arrives(w, person, item->event.at);
        return;
    }
    if (w->room.floor.speaker == person)
        floor_stop(w, item->room);
    person_leaves(w, person, item->event.at);
}

void presence_apply(struct workbook *w, uint32_t log_index) {
    const struct log_item *item = &w->log.v[log_index];
    bool here = strcmp(event_get(&item->event, FIELD_STATE), "arrive") == 0;
    bool all = *event_get(&item->event, FIELD_PERSON) == '\0';
    for (uint32_t i = 0; all && i < w->room.people.n; i++)
        move(w, i, here, item);
    if (!all)
        move(w, item->object, here, item);
}

/* ---- who they are */

uint32_t person_of_event(struct workbook *w, const struct event *e) {
    const char *id = event_get(e, FIELD_PERSON);
    uint32_t known = person_by_id(w, id);
    if (known != NONE)
        return known;
    struct person p = {.id = id,
                       .name = "",
                       .side = "",
                       .constituency = "",
                       .keyed = "",
                       .key = "",
                       .loose = "",
                       .family = ""};
    vec_push(&w->room.people, p);
    uint32_t index = (uint32_t)w->room.people.n - 1;
    id_map_add(w->room.ids, id, index);
    return index;
}

void person_apply(struct workbook *w, uint32_t log_index) {
    const struct log_item *item = &w->log.v[log_index];
    const struct event *e = &item->event;
    struct person *p = &w->room.people.v[item->object];
    const char *role = event_get(e, FIELD_ROLE);
    p->name = e->text;
    p->side = event_get(e, FIELD_SIDE);
    p->constituency = event_get(e, FIELD_CONSTITUENCY);
    p->role = (uint8_t)(*role ? person_role_parse(role) : PERSON_SPEAKER);
    p->live = *event_get(e, FIELD_STATE) == '\0';
    if (p->live)
        return;
    floor_drop(w, item->object, item->room);
    person_leaves(w, item->object, e->at);
}

void people_forget(struct workbook *w) {
    for (uint32_t i = 0; i < w->room.people.n; i++) {
        struct person *p = &w->room.people.v[i];
        p->name = p->side = p->constituency = "";
        p->role = PERSON_SPEAKER;
        p->live = p->present = false;
        p->interventions = 0;
        p->spoken = 0;
        p->stays.n = 0;
    }
}

uint32_t entry_person(const struct workbook *w, const struct entry *e) {
    const char *who = e->kind == ENTRY_ACTION ? e->owner : e->speaker;
    uint32_t person = *who ? person_by_id(w, who) : NONE;
    return person != NONE && *w->room.people.v[person].name ? person : NONE;
}

const char *entry_side(const struct workbook *w, const struct entry *e) {
    uint32_t person = *e->side ? NONE : entry_person(w, e);
    return person == NONE ? e->side : w->room.people.v[person].side;
}

const char *entry_name(const struct workbook *w, const struct entry *e) {
    uint32_t person = entry_person(w, e);
    if (person != NONE)
        return w->room.people.v[person].name;
    return e->kind == ENTRY_ACTION ? e->owner : e->speaker;
}
