/*
 * The balance of speaking time.
 */
#include "base/text.h"
#include "room.h"
#include "workbook.h"

#include <stdlib.h>
#include <string.h>

/* The row that a person's time goes to. */
static struct balance_row *row_of(struct balance *b, const struct workbook *w,
                                  enum balance_by by, uint32_t person) {
    const struct person *p = &w->room.people.v[person];
    const char *name = by == BALANCE_PERSON ? p->name
                       : by == BALANCE_SIDE ? (*p->side ? side_name(w, p->side) : "")
                                            : p->constituency;
    for (size_t i = 0; by != BALANCE_PERSON && i < b->rows.n; i++)
        if (text_same(b->rows.v[i].name, name))
            return &b->rows.v[i];
    vec_push(&b->rows, ((struct balance_row){.name = name, .person = NONE}));
    struct balance_row *row = &b->rows.v[b->rows.n - 1];
    if (by == BALANCE_PERSON)
        row->person = person;
    return row;
}

/* Rows are made in the order of the roster, which settles a tie. */
static int larger(const void *a, const void *b) {
    const struct balance_row *x = a, *y = b;
    if (x->ms != y->ms)
        return x->ms < y->ms ? 1 : -1;
    return x->first < y->first ? -1 : x->first > y->first;
}

/* What someone said, in all or in one sitting. */
struct said {
    int64_t ms;
    uint32_t turns;
};

static void said_in_all(const struct workbook *w, int64_t room, struct said *said) {
    for (uint32_t i = 0; i < w->room.people.n; i++)
        said[i] =
            (struct said){person_spoken(w, i, room), w->room.people.v[i].interventions +
                                                         (w->room.floor.speaker == i)};
}

static void said_in(const struct workbook *w, uint32_t sitting, int64_t room,
                    struct said *said) {
    const struct floor *f = &w->room.floor;
    for (size_t i = 0; i < f->interventions.n; i++) {
        const struct intervention *v = &f->interventions.v[i];
        bool lasts = f->speaker != NONE && i + 1 == f->interventions.n;
        if (v->sitting != sitting)
            continue;
        said[v->person].ms += lasts ? floor_elapsed(w, room) : v->ms;
        said[v->person].turns++;
    }
}

void balance_compute(struct balance *b, const struct workbook *w, enum balance_by by,
                     int64_t room) {
    balance_of_sitting(b, w, by, NONE, room);
}

void balance_of_sitting(struct balance *b, const struct workbook *w, enum balance_by by,
                        uint32_t sitting, int64_t room) {
    struct said *said = mem_zalloc((w->room.people.n + 1) * sizeof *said);
    b->rows.n = 0;
    b->total = 0;
    if (sitting == NONE)
        said_in_all(w, room, said);
    else
        said_in(w, sitting, room, said);
    for (uint32_t i = 0; i < w->room.people.n; i++) {
        const struct person *p = &w->room.people.v[i];
        if (!person_counts(p) || (!p->live && !said[i].turns))
            continue;
        struct balance_row *row = row_of(b, w, by, i);
        if (row->people == 0)
            row->first = i;
        row->ms += said[i].ms;
        row->turns += said[i].turns;
        row->people++;
        b->total += said[i].ms;
    }
    mem_free(said);
    if (b->rows.n)
        qsort(b->rows.v, b->rows.n, sizeof *b->rows.v, larger);
}

void balance_release(struct balance *b) {
    vec_release(&b->rows);
}
