/*
 * Applying events. An object (an issue, an entry, the discussions) is always what its
 * live events give when replayed in order; so an event that arrives is applied on top,
 * and one that is undone or redone makes its object be replayed.
 */
#include "apply_private.h"

#include "agreement_private.h"
#include "id_map.h"

void index_vec_drop(index_vec *v, uint32_t index) {
    for (size_t i = v->n; i-- > 0;)
        if (v->v[i] == index) {
            vec_remove(v, i);
            return;
        }
}

/* ---- undo, and undo of undo */

static bool of_room(const struct log_item *item) {
    enum event_kind_id kind = item->event.kind->id;
    return kind >= EVENT_SITTING && kind <= EVENT_CLOCK &&
           !(kind == EVENT_TIMEBOX && item->issue != NONE);
}

static bool of_readback(const struct log_item *item) {
    return item->event.kind->id == EVENT_READBACK || item->event.kind->id == EVENT_ASSENT;
}

/* Another side: what was editorial may be its bracket. */
static void recount_all(struct workbook *w) {
    for (uint32_t i = 0; i < w->issues.n; i++)
        if (w->issues.v[i].record)
            issue_count_brackets(w, i, NONE);
}

/* All before it was an earlier meeting's: it cannot be undone any more, and no time of it
 * counts. */
static void apply_carried(struct workbook *w, uint32_t index) {
    w->carried = index + 1;
    w->undo_stack.n = w->redo_stack.n = w->discussions.n = 0;
    w->discussed = NONE;
    for (uint32_t t = 0; t < w->topics.n; t++)
        w->topics.v[t].spent = 0;
    for (uint32_t i = 0; i < w->issues.n; i++)
        if (w->issues.v[i].record) {
            w->issues.v[i].record->spent = 0;
            issue_refresh_progress(w, i);
        }
}

static void replay_object(struct workbook *w, uint32_t index) {
    const struct log_item *item = &w->log.v[index];
    if (item->event.kind->id == EVENT_DISCUSS) {
        discussions_replay(w);
        if (w->room.floor.interventions.n)
            room_replay(w); /* they say what was under discussion */
    } else if (of_readback(item)) {
        readback_replay(w, item->object);
    } else if (of_room(item)) {
        room_replay(w);
    } else if (event_about_issue(item->event.kind->id)) {
        issue_replay(w, item->object);
    } else {
        entry_replay(w, item->object);
    }
}

/* Those that follow in the group count as the first does. */
static void change_mates(struct workbook *w, uint32_t index, int by) {
    for (uint32_t i = w->log.v[index].mates; i != NONE && !w->log.v[index].follows;
         i = w->log.v[i].mates)
        w->log.v[i].dead += by > 0 ? 1u : -1u;
}

/* Takes the event into its group. One whose first event is not there, or does not count
 * any more, stands alone. */
static void join_group(struct workbook *w, uint32_t index) {
    struct log_item *item = &w->log.v[index];
    uint32_t first = workbook_event(w, event_get(&item->event, FIELD_GROUP));
    if (first == NONE || first == index || first < w->carried)
        return;
    struct log_item *leader = &w->log.v[first];
    if (leader->odd || leader->dead || leader->follows ||
        leader->event.kind != item->event.kind)
        return;
    item->follows = true;
    item->mates = leader->mates;
    leader->mates = index;
}

/* Counts one more (+1) or one less (-1) live undo against an event, and carries what that
 * changes to the events that this one undid. Iterative: a chain may be as long as a log.
 */
static void change_dead(struct workbook *w, uint32_t index, int by) {
    for (;;) {
        struct log_item *item = &w->log.v[index];
        bool was = item->dead > 0;
        item->dead = by > 0 ? item->dead + 1 : item->dead - 1;
        if (was == (item->dead > 0))
            return;
        if (item->event.kind->id != EVENT_UNDO) {
            change_mates(w, index, by);
            replay_object(w, index);
            if (w->log.v[index].event.kind->id == EVENT_SIDE)
                recount_all(w);
            return;
        }
        index = item->object;
        by = -by;
    }
}

/* Keeps what undo and redo would take back: a new change forgets what could be redone. */
static void update_stacks(struct workbook *w, uint32_t index) {
    const struct log_item *item = &w->log.v[index];
    if (item->event.kind->undoable) {
        if (!item->follows)
            vec_push(&w->undo_stack, index);
        w->redo_stack.n = 0;
        return;
    }
    if (item->event.kind->id != EVENT_UNDO)
        return;
    const struct log_item *target = &w->log.v[item->object];
    if (target->event.kind->id == EVENT_UNDO) {
        index_vec_drop(&w->redo_stack, item->object);
        vec_push(&w->undo_stack, target->object);
    } else {
        index_vec_drop(&w->undo_stack, item->object);
        vec_push(&w->redo_stack, index);
    }
}

/* ---- one event */

static bool names_event(enum event_kind_id kind) {
    return (kind >= EVENT_REVISE && kind <= EVENT_UNDO) || kind == EVENT_SHARE ||
           kind == EVENT_DONE;
}

/* Resolves what the event is about, once, so that replaying need not. */
static void resolve(struct workbook *w, uint32_t index) {
    struct log_item *item = &w->log.v[index];
    const struct event *e = &item->event;
    struct err none = ERR_INIT;
    struct ref r;
    if (e->kind->id == EVENT_ISSUE) {
        uint32_t issue = issue_raise(w, e);
        item->issue = item->object = issue;
    } else if (*event_get(e, FIELD_ISSUE) &&
               ref_parse(w, event_get(e, FIELD_ISSUE), &r, &none) == 0) {
        item->issue = r.issue;
        item->object = r.issue != NONE ? r.issue : r.topic;
        item->sub = r.sub;
    }
    err_release(&none);
    if (e->kind->id <= EVENT_ACTION) {
        uint32_t entry = entry_new(w, index);
        entry_link(w, index, entry);
    } else if (of_readback(item)) {
        readback_resolve(w, index);
    } else if (names_event(e->kind->id)) {
        uint32_t target = workbook_event(w, event_get(e, FIELD_EVENT));
        if (e->kind->id == EVENT_UNDO)
            item->object = target;
        else
            entry_link(w, index, w->log.v[target].object);
        if (item->issue == NONE)
            item->issue = e->kind->id == EVENT_UNDO
                              ? w->log.v[target].issue
                              : w->entries.v[w->log.v[target].object].issue;
    }
}

/* An event belongs to the history of its issue; a move, to that of both. */
static void file_event(struct workbook *w, uint32_t index) {
    const struct log_item *item = &w->log.v[index];
    if (event_adjourns(&item->event))
        vec_push(&w->discussions, index);
    if (item->issue == NONE)
        return;
    vec_push(&issue_record_of(w, item->issue)->events, index);
    uint32_t from = item->event.kind->id == EVENT_MOVE ? w->entries.v[item->object].issue
                                                       : item->issue;
    if (from != item->issue)
        vec_push(&issue_record_of(w, from)->events, index);
    if (item->event.kind->id == EVENT_DISCUSS)
        vec_push(&w->discussions, index);
}

/* Kinds that cannot change whether an issue is answered, and are the most frequent. */
static bool answers_none(enum event_kind_id kind) {
    return kind == EVENT_NOTE || kind == EVENT_POSITION || kind == EVENT_ACTION ||
           kind == EVENT_SOUNDING || kind == EVENT_ASSENT;
}

static void dispatch(struct workbook *w, uint32_t index) {
    enum event_kind_id kind = w->log.v[index].event.kind->id;
    uint32_t issue = w->log.v[index].issue;
    if (kind == EVENT_UNDO)
        change_dead(w, w->log.v[index].object, 1);
    else if (kind == EVENT_DISCUSS)
        discussions_apply(w, index);
    else if (kind == EVENT_CARRIED)
        apply_carried(w, index);
    else if (of_readback(&w->log.v[index]))
        readback_apply(w, index);
    else if (of_room(&w->log.v[index]))
        room_apply(w, index);
    else if (event_about_issue(kind))
        issue_apply(w, index);
    else if (kind != EVENT_EXPUNGED && kind != EVENT_RELEASED)
        entry_apply(w, index);
    if (event_adjourns(&w->log.v[index].event))
        discussions_apply(w, index);
    if (kind == EVENT_SIDE)
        recount_all(w);
    if (issue != NONE && answers_none(kind))
        issue_refresh_progress(w, issue);
    else if (issue != NONE)
        issue_refresh(w, issue);
}

static uint32_t append(struct workbook *w, const struct event *e) {
    struct log_item item = {.event = event_copy(&w->arena, e),
                            .object = NONE,
                            .issue = NONE,
                            .next = NONE,
                            .mates = NONE};
    vec_push(&w->log, item);
    return (uint32_t)w->log.n - 1;
}

int workbook_apply(struct workbook *w, const struct event *e, struct err *err) {
    int ok = workbook_check(w, e, err);
    uint32_t index = append(w, e);
    w->version++;
    struct log_item *item = &w->log.v[index];
    item->room = w->room.time;
    if (ok < 0) {
        item->odd = arena_strdup(&w->arena, err->what);
        w->n_odd++;
        return -1;
    }
    id_map_add(w->ids, item->event.id, index);
    room_tick(w, index);
    if (!e->kind) {
        w->n_odd++;
        item->odd = "this version of memobook does not know the kind";
        return 0;
    }
    resolve(w, index);
    join_group(w, index);
    file_event(w, index);
    dispatch(w, index);
    update_stacks(w, index);
    return 0;
}
