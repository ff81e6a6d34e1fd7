#include "document_private.h"

#include "base/text.h"

#include <string.h>
#include <time.h>

bool next_word(const char **list, char *word, size_t size) {
    static const char blanks[] = " \t\r\n";
    const char *start = *list + strspn(*list, blanks);
    size_t len = strcspn(start, blanks);
    *list = start + len;
    snprintf(word, size, "%.*s", (int)(len < size ? len : size - 1), start);
    return len > 0;
}

/* ---- texts */

void add_memo_text(struct projection *p, xmlNode *n, const struct memo_text *text) {
    uint32_t at = 0;
    for (uint32_t i = 0; i < text->n_em; i++) {
        const struct memo_span *em = &text->em[i];
        if (em->start < at || em->end > text->len || em->end <= em->start)
            continue;
        tree_text(&p->t, n, text->s + at, em->start - at);
        tree_text(&p->t, tree_add(&p->t, n, "em"), text->s + em->start,
                  em->end - em->start);
        at = em->end;
    }
    tree_text(&p->t, n, text->s + at, text->len - at);
}

void add_titled(struct projection *p, xmlNode *parent, const char *name,
                const struct memo_text *text) {
    if (text->len)
        add_memo_text(p, tree_add(&p->t, parent, name), text);
}

void add_paragraphs(struct projection *p, xmlNode *parent,
                    const struct memo_texts *texts) {
    for (uint32_t i = 0; i < texts->n; i++)
        add_memo_text(p, tree_add(&p->t, parent, "p"), &texts->v[i]);
}

static bool blank(const char *s, size_t len) {
    for (size_t i = 0; i < len; i++)
        if (s[i] != ' ' && s[i] != '\t' && s[i] != '\r')
            return false;
    return true;
}

void add_typed(struct projection *p, xmlNode *parent, const char *s) {
    for (size_t len; *s; s += len + (s[len] == '\n')) {
        len = strcspn(s, "\n");
        if (!blank(s, len))
            tree_text(&p->t, tree_add(&p->t, parent, "p"), s, len);
    }
}

void add_named(struct projection *p, xmlNode *parent, const char *name,
               const char *text) {
    if (*text)
        tree_text(&p->t, tree_add(&p->t, parent, name), text, strlen(text));
}

void add_yes(struct projection *p, xmlNode *n, const char *name, bool yes) {
    if (yes)
        tree_attr(&p->t, n, name, "yes");
}

/* ---- times */

/* "20 December 2011" of 2011-12-20. */
static void say_day(const char *day, struct buf *out) {
    const struct memo m = {.from = day, .to = ""};
    memo_dates(&m, out);
}

void add_day(struct projection *p, xmlNode *n, const char *name, const char *words,
             const char *day) {
    struct buf b = BUF_INIT;
    if (!memo_date_ok(day, false))
        return;
    say_day(day, &b);
    tree_attr(&p->t, n, name, day);
    tree_attr(&p->t, n, words, b.s);
    buf_release(&b);
}

/* A time as the clock of the place shows it. */
struct local {
    char day[16], time[16];
};

static struct local local_of(int64_t at) {
    struct local l;
    struct tm tm;
    time_t seconds = (time_t)(at / 1000 - (at % 1000 < 0));
    localtime_r(&seconds, &tm);
    strftime(l.day, sizeof l.day, "%Y-%m-%d", &tm);
    strftime(l.time, sizeof l.time, "%H:%M", &tm);
    return l;
}

void add_time(struct projection *p, xmlNode *n, int64_t at) {
    char utc[25];
    struct local l = local_of(at);
    event_time_format(at, utc);
    tree_attr(&p->t, n, "at", utc);
    add_day(p, n, "day", "day-words", l.day);
    tree_attr(&p->t, n, "time", l.time);
}

void add_time_as(struct projection *p, xmlNode *n, const char *name, int64_t at) {
    char utc[25], day[32], words[32], hour[32];
    struct local l = local_of(at);
    event_time_format(at, utc);
    snprintf(day, sizeof day, "%.10s-day", name);
    snprintf(words, sizeof words, "%.10s-day-words", name);
    snprintf(hour, sizeof hour, "%.10s-time", name);
    tree_attr(&p->t, n, name, utc);
    add_day(p, n, day, words, l.day);
    tree_attr(&p->t, n, hour, l.time);
}

/* "6 December 2011, 09:02–12:31"; the day of the end where it is another. */
static void say_span(int64_t from, int64_t to, struct buf *out) {
    struct local a = local_of(from), b = local_of(to);
    say_day(a.day, out);
    buf_addf(out, to ? ", %s" : ", from %s", a.time);
    if (to && strcmp(a.day, b.day) == 0) {
        buf_addf(out, "–%s", b.time);
    } else if (to) {
        buf_puts(out, " – ");
        say_day(b.day, out);
        buf_addf(out, ", %s", b.time);
    }
}

void add_span(struct projection *p, xmlNode *n, int64_t from, int64_t to) {
    struct buf when = BUF_INIT;
    add_time_as(p, n, "from", from);
    if (to)
        add_time_as(p, n, "to", to);
    say_span(from, to, &when);
    tree_attr(&p->t, n, "when", when.s);
    buf_release(&when);
}

/* "1 h 05 min", "12 min", "40 s"; the blanks do not break. */
void add_spent(struct projection *p, xmlNode *n, int64_t ms) {
    int64_t seconds = ms / 1000, minutes = (seconds + 30) / 60;
    if (seconds <= 0)
        return;
    char words[64];
    if (minutes >= 60 && minutes % 60)
        snprintf(words, sizeof words, "%lld\u00a0h %lld\u00a0min",
                 (long long)minutes / 60, (long long)minutes % 60);
    else if (minutes >= 60)
        snprintf(words, sizeof words, "%lld\u00a0h", (long long)minutes / 60);
    else if (seconds >= 60)
        snprintf(words, sizeof words, "%lld\u00a0min", (long long)minutes);
    else
        snprintf(words, sizeof words, "%lld\u00a0s", (long long)seconds);
    tree_number(&p->t, n, "spent", seconds);
    tree_attr(&p->t, n, "spent-words", words);
}

void add_share(struct projection *p, xmlNode *n, int64_t part, int64_t whole) {
    if (whole > 0)
        tree_number(&p->t, n, "share", (part * 100 + whole / 2) / whole);
}

void add_box(struct projection *p, xmlNode *n, int64_t box, int64_t spent) {
    static const char *const words[] = {
        [BOX_NONE] = "", [BOX_CALM] = "calm", [BOX_NEAR] = "near", [BOX_OVER] = "over"};
    if (box <= 0)
        return;
    tree_number(&p->t, n, "minutes", box / 60000);
    if (spent <= 0)
        return;
    add_share(p, n, spent, box);
    tree_attr(&p->t, n, "box", words[box_state(spent, box)]);
}

/* ---- references */

void add_ref(struct projection *p, xmlNode *n, struct ref r) {
    struct buf b = BUF_INIT;
    ref_store(p->w, r, &b);
    tree_attr(&p->t, n, "ref", b.s);
    buf_clear(&b);
    ref_print(p->w, r, &b);
    tree_attr(&p->t, n, "cite", b.s);
    buf_release(&b);
}

void add_issue_ref(struct projection *p, xmlNode *n, uint32_t issue, uint16_t sub) {
    struct ref r = ref_of_issue(p->w, issue);
    r.sub = sub;
    add_ref(p, n, r);
}

void add_earlier(struct projection *p, xmlNode *n, uint32_t log_index) {
    add_yes(p, n, "earlier", log_index < p->w->carried);
}
