#include "apply_private.h"

#include <string.h>

bool event_adjourns(const struct event *e) {
    return e->kind->id == EVENT_SITTING &&
           strcmp(event_get(e, FIELD_STATE), "adjourn") == 0;
}

static void end_discussion(struct workbook *w, int64_t room) {
    uint32_t was = w->discussed;
    if (was == NONE)
        return;
    int64_t ms = room > w->discussed_at ? room - w->discussed_at : 0;
    issue_record_of(w, was)->spent += ms;
    w->topics.v[w->issues.v[was].topic].spent += ms;
    w->discussed = NONE;
    issue_refresh_progress(w, was);
}

void discussions_apply(struct workbook *w, uint32_t index) {
    const struct log_item *item = &w->log.v[index];
    if (item->event.kind->id != EVENT_DISCUSS) {
        end_discussion(w, item->room); /* the sitting was adjourned */
        return;
    }
    bool start = strcmp(event_get(&item->event, FIELD_STATE), "start") == 0;
    if (start ? w->discussed == item->issue : w->discussed != item->issue)
        return;
    end_discussion(w, item->room);
    if (start) {
        w->discussed = item->issue;
        w->discussed_at = item->room;
    }
    issue_refresh_progress(w, item->issue);
}

void discussions_replay(struct workbook *w) {
    w->discussed = NONE;
    for (uint32_t t = 0; t < w->topics.n; t++)
        w->topics.v[t].spent = 0;
    for (size_t i = 0; i < w->discussions.n; i++) {
        uint32_t issue = w->log.v[w->discussions.v[i]].issue;
        if (issue != NONE)
            issue_record_of(w, issue)->spent = 0;
    }
    for (size_t i = 0; i < w->discussions.n; i++) {
        uint32_t index = w->discussions.v[i];
        if (!w->log.v[index].dead)
            discussions_apply(w, index);
        if (w->log.v[index].issue != NONE)
            issue_refresh_progress(w, w->log.v[index].issue);
    }
}
