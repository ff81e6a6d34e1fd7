#include "base/text.h"
#include "clock.h"
#include "names.h"
#include "screens.h"

#include <stdio.h>

enum { WITH_RECORD = 76 }; /* columns */

/* Who waits, as many as fit in `room` columns: " · next: SCHMIDT, LEE +3". */
static void add_next(const struct workbook *w, int room, struct buf *out) {
    const struct floor *f = &w->room.floor;
    size_t fit = 0;
    char rest[24];

    for (; fit < f->list.n; fit++) {
        size_t before = out->len, after = f->list.n - fit - 1;
        buf_puts(out, fit ? ", " : " · next: ");
        person_short(w, f->list.v[fit].person, out);
        snprintf(rest, sizeof rest, " +%zu", after);
        if ((int)(text_columns(out->s, out->len) + (after ? strlen(rest) : 0)) > room) {
            buf_cut(out, before);
            break;
        }
    }
    if (fit && fit < f->list.n)
        buf_addf(out, " +%zu", f->list.n - fit);
}

/* "YAKUSHEV (ru)", " has the floor ", "2:10". */
struct speaker {
    struct buf name, said, span;
};

static void say_speaker(struct shell *sh, bool brief, struct speaker *out) {
    const struct workbook *w = shell_workbook(sh);
    const struct floor *f = &w->room.floor;
    const char *side = w->room.people.v[f->speaker].side;
    const char *kind = turn_words((enum turn_kind)f->kind);

    person_short(w, f->speaker, &out->name);
    if (*side)
        buf_addf(&out->name, " (%s)", brief ? side : side_name(w, side));
    buf_puts(&out->said, *kind ? ": " : " has the floor");
    buf_puts(&out->said, kind);
    buf_putc(&out->said, ' ');
    clock_span(floor_elapsed(w, shell_room(sh)), &out->span);
}

static int columns_of(const struct speaker *s) {
    return (int)(text_columns(s->name.s, s->name.len) +
                 text_columns(s->said.s, s->said.len) +
                 text_columns(s->span.s, s->span.len));
}

static void speaker_release(struct speaker *s) {
    buf_release(&s->name);
    buf_release(&s->said);
    buf_release(&s->span);
}

/* Who has the floor, in strong type; the column after it. A side is called by its id
 * where more than half of the line would be gone. */
static int draw_speaker(struct shell *sh, struct canvas *c, int y, int right) {
    struct speaker s = {BUF_INIT, BUF_INIT, BUF_INIT};
    int x = 1;

    shell_count_seconds(sh, shell_workbook(sh)->room.floor.since);
    say_speaker(sh, false, &s);
    if (columns_of(&s) > right / 2) {
        speaker_release(&s);
        say_speaker(sh, true, &s);
    }
    x += canvas_text(c, y, x, right - x, ROLE_LIVE, s.name.s, s.name.len);
    x += canvas_text(c, y, x, right - x, ROLE_NORMAL, s.said.s, s.said.len);
    x += canvas_text(c, y, x, right - x, ROLE_STRONG, s.span.s, s.span.len);
    speaker_release(&s);
    return x;
}

bool floor_line_draw(struct shell *sh, struct canvas *c, int y) {
    const struct workbook *w = shell_workbook(sh);
    const struct floor *f = &w->room.floor;
    bool off = w->room.is_off_record;
    const char *record = off ? "off the record: YES" : "off the record: no";
    struct buf next = BUF_INIT;
    int x = 1, right = c->columns - 1;

    if (f->speaker == NONE && !f->list.n)
        return false;
    if (c->columns >= WITH_RECORD) {
        int columns = (int)strlen(record);
        canvas_right(c, y, right, right, off ? ROLE_STRONG : ROLE_DIM, record);
        canvas_spot(c, (struct rect){y, right - columns, 1, columns}, "O");
        right -= columns + 2;
    }
    if (f->speaker != NONE)
        x = draw_speaker(sh, c, y, right);
    else
        x += canvas_string(c, y, x, right - x, ROLE_NORMAL, "nobody has the floor");
    add_next(w, right - x, &next);
    canvas_text(c, y, x, right - x, ROLE_NORMAL, next.s, next.len);
    canvas_spot(c, (struct rect){y, 0, 1, right}, "f");
    buf_release(&next);
    return true;
}
