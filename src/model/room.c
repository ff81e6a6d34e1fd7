#include "room.h"

#include "id_map.h"
#include "room_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int64_t room_later(int64_t from, int64_t to) {
    int64_t end = to > from ? to : from;
    return end ? end : 1;
}

/* ---- room time */

/* What the room used of the wall time since the last event. */
static int64_t used(const struct workbook *w, int64_t at, int64_t lost) {
    if (!w->room.started)
        return 0;
    int64_t ms = at - w->room.last_at - lost;
    return ms < 0 || ms > ROOM_GAP_MAX ? 0 : ms;
}

int64_t room_time(const struct workbook *w, int64_t now) {
    return w->room.time + used(w, now, 0);
}

void room_tick(struct workbook *w, uint32_t log_index) {
    struct log_item *item = &w->log.v[log_index];
    struct room *r = &w->room;
    const char *lost = event_get(&item->event, FIELD_LOST);
    bool clock = item->event.kind && item->event.kind->id == EVENT_CLOCK;
    r->time += used(w, item->event.at, clock ? strtoll(lost, NULL, 10) : 0);
    r->started = true;
    r->last_at = item->event.at;
    item->room = r->time;
}

/* ---- sides */

static uint32_t side_of_event(struct workbook *w, const struct event *e) {
    const char *id = event_get(e, FIELD_SIDE);
    struct room *r = &w->room;
    for (uint32_t i = 0; i < r->sides.n; i++)
        if (strcmp(r->sides.v[i].id, id) == 0)
            return i;
    vec_push(&r->sides, ((struct side){arena_strdup(&w->arena, id), "", false}));
    return (uint32_t)r->sides.n - 1;
}

static void side_apply(struct workbook *w, uint32_t log_index) {
    const struct log_item *item = &w->log.v[log_index];
    struct side *s = &w->room.sides.v[item->object];
    s->name = item->event.text;
    s->live = true;
}

/* ---- sittings */

uint32_t sitting_open(const struct workbook *w) {
    size_t n = w->room.sittings.n;
    return n && !w->room.sittings.v[n - 1].adjourned ? (uint32_t)n - 1 : NONE;
}

uint32_t sitting_of(const struct workbook *w, uint32_t log_index) {
    size_t from = 0, to = w->room.sittings.n;
    while (from < to) {
        size_t mid = from + (to - from) / 2;
        if (w->room.sittings.v[mid].first <= log_index)
            from = mid + 1;
        else
            to = mid;
    }
    return from ? (uint32_t)from - 1 : NONE;
}

int64_t sitting_spent(const struct workbook *w, uint32_t sitting, int64_t room) {
    const struct sitting *s = &w->room.sittings.v[sitting];
    int64_t running = !s->adjourned && room > s->since ? room - s->since : 0;
    return s->spent + running;
}

static void open_sitting(struct workbook *w, uint32_t log_index) {
    const struct log_item *item = &w->log.v[log_index];
    char title[32];
    snprintf(title, sizeof title, "Sitting %zu", w->room.sittings.n + 1);
    struct sitting s = {.title = *item->event.text ? item->event.text
                                                   : arena_strdup(&w->arena, title),
                        .opened = item->event.at,
                        .since = item->room,
                        .first = log_index};
    vec_push(&w->room.sittings, s);
    people_sit_down(w, item->event.at);
}

static void adjourn(struct workbook *w, const struct log_item *item, struct sitting *s) {
    s->spent = sitting_spent(w, (uint32_t)(s - w->room.sittings.v), item->room);
    s->adjourned = room_later(s->opened, item->event.at);
    floor_stop(w, item->room);
    people_rise(w, s->adjourned);
}

static void resume(struct workbook *w, const struct log_item *item, struct sitting *s) {
    s->adjourned = 0;
    s->since = item->room;
    if (s->until <= item->event.at)
        s->until = 0;
    people_sit_down(w, item->event.at);
}

static void sitting_apply(struct workbook *w, uint32_t log_index) {
    const struct log_item *item = &w->log.v[log_index];
    const char *state = event_get(&item->event, FIELD_STATE);
    if (!*state || strcmp(state, "open") == 0)
        open_sitting(w, log_index);
    struct sitting *s = &w->room.sittings.v[w->room.sittings.n - 1];
    if (strcmp(state, "adjourn") == 0)
        adjourn(w, item, s);
    else if (strcmp(state, "resume") == 0)
        resume(w, item, s);
    int64_t until;
    if (event_time_parse(event_get(&item->event, FIELD_UNTIL), &until))
        s->until = until;
    else if (strcmp(state, "plan") == 0)
        s->until = 0;
}

static int sitting_check(const struct workbook *w, const struct event *e,
                         const char *state, struct err *err) {
    uint32_t open = sitting_open(w);
    bool opens = !*state || strcmp(state, "open") == 0;
    bool resumes = strcmp(state, "resume") == 0;
    if ((opens || resumes) && open != NONE)
        return err_set(err, "%s %s: “%s” is open", e->name, e->id,
                       w->room.sittings.v[open].title);
    if (resumes && w->room.sittings.n == 0)
        return err_set(err, "%s %s: there is no sitting to resume", e->name, e->id);
    if (!opens && !resumes && open == NONE)
        return err_set(err, "%s %s: no sitting is open", e->name, e->id);
    return 0;
}

/* ---- off the record */

static void record_apply(struct workbook *w, const struct log_item *item) {
    struct room *r = &w->room;
    r->is_off_record = strcmp(event_get(&item->event, FIELD_STATE), "off") == 0;
    if (r->is_off_record) {
        vec_push(&r->off_record, ((struct spell){.from = item->event.at}));
    } else {
        struct spell *s = &r->off_record.v[r->off_record.n - 1];
        s->to = room_later(s->from, item->event.at);
    }
}

static int record_check(const struct workbook *w, const struct event *e,
                        const char *state, struct err *err) {
    bool off = strcmp(state, "off") == 0;
    if (off == w->room.is_off_record)
        return err_set(err, "%s %s: it is %s the record already", e->name, e->id,
                       off ? "off" : "on");
    return 0;
}

/* ---- events */

int room_check(const struct workbook *w, const struct event *e, struct err *err) {
    const char *state = event_get(e, FIELD_STATE);
    switch (e->kind->id) {
    case EVENT_SITTING:
        return sitting_check(w, e, state, err);
    case EVENT_RECORD:
        return record_check(w, e, state, err);
    case EVENT_PERSON:
        if (!*state || person_by_id(w, event_get(e, FIELD_PERSON)) != NONE)
            return 0;
        return err_set(err, "%s %s: it removes nobody", e->name, e->id);
    case EVENT_FLOOR:
        return floor_check(w, e, err);
    default:
        return 0;
    }
}

static void apply(struct workbook *w, uint32_t log_index, uint32_t issue) {
    const struct log_item *item = &w->log.v[log_index];
    switch (item->event.kind->id) {
    case EVENT_SITTING:
        sitting_apply(w, log_index);
        break;
    case EVENT_PERSON:
        person_apply(w, log_index);
        break;
    case EVENT_PRESENCE:
        presence_apply(w, log_index);
        break;
    case EVENT_SIDE:
        side_apply(w, log_index);
        break;
    case EVENT_FLOOR:
        floor_apply(w, log_index, issue);
        break;
    case EVENT_TIMEBOX:
        w->topics.v[item->object].minutes =
            (uint16_t)atoi(event_get(&item->event, FIELD_MINUTES));
        break;
    case EVENT_RECORD:
        record_apply(w, item);
        break;
    default:
        break;
    }
}

static uint32_t object_of(struct workbook *w, const struct event *e) {
    switch (e->kind->id) {
    case EVENT_PERSON:
        return person_of_event(w, e);
    case EVENT_PRESENCE:
    case EVENT_FLOOR:
        return person_by_id(w, event_get(e, FIELD_PERSON));
    case EVENT_SIDE:
        return side_of_event(w, e);
    default:
        return NONE;
    }
}

void room_apply(struct workbook *w, uint32_t log_index) {
    struct log_item *item = &w->log.v[log_index];
    if (item->event.kind->id != EVENT_TIMEBOX)
        item->object = object_of(w, &item->event);
    vec_push(&w->room.events, log_index);
    apply(w, log_index, w->discussed);
    if (item->event.kind->id == EVENT_PERSON)
        people_make_keys(w);
}

static void forget(struct workbook *w) {
    struct room *r = &w->room;
    for (uint32_t i = 0; i < r->sides.n; i++) {
        bool own = i < w->memo->sides.n;
        r->sides.v[i].name = own ? w->memo->sides.v[i].name : "";
        r->sides.v[i].live = own;
    }
    for (uint32_t i = 0; i < w->topics.n; i++)
        w->topics.v[i].minutes = w->topics.v[i].text->minutes;
    r->sittings.n = r->off_record.n = 0;
    r->is_off_record = false;
    people_forget(w);
    floor_forget(w);
}

/* The issue under discussion after one more event of w->discussions. */
static uint32_t discussed_after(const struct workbook *w, uint32_t log_index,
                                uint32_t before) {
    const struct log_item *item = &w->log.v[log_index];
    if (item->dead)
        return before;
    if (item->event.kind->id != EVENT_DISCUSS)
        return NONE;
    if (strcmp(event_get(&item->event, FIELD_STATE), "start") == 0)
        return item->issue;
    return before == item->issue ? NONE : before;
}

void room_replay(struct workbook *w) {
    const struct room *r = &w->room;
    uint32_t issue = NONE;
    size_t k = 0;
    forget(w);
    for (size_t i = 0; i < r->events.n; i++) {
        uint32_t index = r->events.v[i];
        for (; k < w->discussions.n && w->discussions.v[k] < index; k++)
            issue = discussed_after(w, w->discussions.v[k], issue);
        if (!w->log.v[index].dead)
            apply(w, index, issue);
    }
    people_make_keys(w);
}

void room_init(struct workbook *w) {
    struct room *r = &w->room;
    for (size_t i = 0; i < w->memo->sides.n; i++) {
        const struct memo_side *s = &w->memo->sides.v[i];
        vec_push(&r->sides, ((struct side){s->id, s->name, true}));
    }
    r->floor.speaker = NONE;
    r->ids = id_map_new();
}

void room_release(struct workbook *w) {
    struct room *r = &w->room;
    for (size_t i = 0; i < r->people.n; i++)
        vec_release(&r->people.v[i].stays);
    vec_release(&r->sides);
    vec_release(&r->people);
    vec_release(&r->sittings);
    vec_release(&r->off_record);
    vec_release(&r->events);
    vec_release(&r->floor.list);
    vec_release(&r->floor.interventions);
    id_map_free(r->ids);
}
