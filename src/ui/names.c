#include "names.h"

#include "base/text.h"

enum { FOUND_MAX = 512, HINTED = 3 };

void name_and_side(const struct workbook *w, uint32_t person, struct buf *out) {
    const char *side = w->room.people.v[person].side;

    person_short(w, person, out);
    if (*side)
        buf_addf(out, " (%s)", side_name(w, side));
}

/* Blanks and commas at the ends stand between the family name and the others. */
static void add_trimmed(struct buf *out, const char *s, size_t len) {
    while (len > 0 && strchr(" ,", *s))
        s++, len--;
    while (len > 0 && strchr(" ,", s[len - 1]))
        len--;
    if (len && out->len)
        buf_putc(out, ' ');
    buf_add(out, s, len);
}

void name_given(const char *name, struct buf *out) {
    struct buf given = BUF_INIT;
    size_t len;
    const char *family = person_family(name, &len);

    add_trimmed(&given, name, (size_t)(family - name));
    add_trimmed(&given, family + len, strlen(family + len));
    buf_add(out, given.s, given.len);
    buf_release(&given);
}

/* ---- Finding ---- */

void name_find(const struct workbook *w, const char *words, index_vec *found) {
    uint32_t some[FOUND_MAX];
    size_t n = words[strspn(words, " ")] ? people_find(w, words, some, FOUND_MAX) : 0;

    for (size_t i = 0; i < n; i++)
        vec_push(found, some[i]);
}

void name_hint(const struct workbook *w, const char *words, struct buf *out) {
    index_vec found = {0};

    name_find(w, words, &found);
    if (found.n == 1) {
        buf_puts(out, "→ ");
        name_and_side(w, found.v[0], out);
    }
    for (size_t i = 0; found.n > 1 && i < found.n && i < HINTED; i++) {
        if (i)
            buf_puts(out, i + 1 == found.n ? " or " : ", ");
        person_short(w, found.v[i], out);
    }
    if (found.n > HINTED)
        buf_puts(out, "…");
    vec_release(&found);
}

/* ---- Tab ---- */

static void offer_people(const struct workbook *w, const char *at, const char *words,
                         struct buf *out) {
    index_vec found = {0};

    if (*words)
        name_find(w, words, &found);
    for (uint32_t i = 0; !*words && i < w->room.people.n; i++)
        if (w->room.people.v[i].live)
            vec_push(&found, i);
    for (size_t i = 0; i < found.n; i++) {
        buf_puts(out, at);
        person_handle(w, found.v[i], out);
        buf_putc(out, '\t');
        name_and_side(w, found.v[i], out);
        buf_putc(out, '\n');
    }
    vec_release(&found);
}

/* Whether "@NAME" is in the list already. */
static bool listed(const struct buf *out, const char *name) {
    size_t len = strlen(name);

    for (const char *p = out->s; (p = strstr(p, name)) != NULL; p++)
        if (p > out->s && p[-1] == '@' && (p[len] == '\n' || p[len] == '\t'))
            return true;
    return false;
}

static void offer_used(const struct workbook *w, const char *name, const char *start,
                       struct buf *out) {
    if (*name && !strpbrk(name, " \n\t") && text_begins(name, start) &&
        !listed(out, name) && person_by_id(w, name) == NONE)
        buf_addf(out, "@%s\n", name);
}

static void offer_sides(const struct workbook *w, const char *start, struct buf *out) {
    for (size_t i = 0; i < w->room.sides.n; i++) {
        const struct side *s = &w->room.sides.v[i];
        if (s->live && !listed(out, s->id) &&
            (text_begins(s->id, start) || text_begins(s->name, start)))
            buf_addf(out, "@%s\t%s\n", s->id, s->name);
    }
}

size_t name_complete_at(const struct workbook *w, const char *line, struct buf *out) {
    size_t start = strlen(line);

    while (start > 0 && line[start - 1] != ' ' && line[start - 1] != '@')
        start--;
    if (start == 0 || line[start - 1] != '@')
        return strlen(line);
    offer_people(w, "@", line + start, out);
    offer_sides(w, line + start, out);
    for (size_t i = w->entries.n; i-- > 0;) {
        offer_used(w, w->entries.v[i].speaker, line + start, out);
        offer_used(w, w->entries.v[i].owner, line + start, out);
    }
    return start - 1;
}

size_t name_complete(const struct workbook *w, const char *line, struct buf *out) {
    size_t start = strspn(line, " ");

    offer_people(w, "", line + start, out);
    return start;
}

/* ---- Short names ---- */

/* Changes whenever a name does, or who there is (FNV-1a). */
static uint64_t mark_of(const struct workbook *w) {
    uint64_t mark = UINT64_C(14695981039346656037);

    for (size_t i = 0; i < w->room.people.n; i++) {
        const struct person *p = &w->room.people.v[i];
        for (const char *s = p->name; *s; s++)
            mark = (mark ^ (unsigned char)*s) * UINT64_C(1099511628211);
        mark = (mark ^ (p->live ? 1 : 2)) * UINT64_C(1099511628211);
    }
    return mark;
}

static void forget(struct name_table *t) {
    for (size_t i = 0; i < t->shorts.n; i++)
        mem_free(t->shorts.v[i]);
    t->shorts.n = 0;
    t->columns = 0;
}

void name_table_update(struct name_table *t, const struct workbook *w) {
    uint64_t mark = mark_of(w);

    if (t->mark == mark && t->shorts.n == w->room.people.n)
        return;
    forget(t);
    for (uint32_t i = 0; i < w->room.people.n; i++) {
        struct buf b = BUF_INIT;
        person_short(w, i, &b);
        int columns = (int)text_columns(b.s, b.len);
        if (w->room.people.v[i].live && columns > t->columns)
            t->columns = columns;
        vec_push(&t->shorts, buf_detach(&b));
    }
    t->mark = mark;
}

void name_table_release(struct name_table *t) {
    forget(t);
    vec_release(&t->shorts);
    t->mark = 0;
}
