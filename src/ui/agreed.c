#include "agreed.h"

#include "bracket_text.h"
#include "clock.h"
#include "model/agreement.h"
#include "names.h"

enum { BAR_MAX = 12 };

/* ---- How an answer is drawn ---- */

void agreed_how(const struct workbook *w, int how, struct buf *out) {
    if (how == ANSWERS_CLEAN)
        buf_puts(out, "clean");
    else if (how >= 0 && (size_t)how < w->room.sides.n)
        buf_addf(out, "as %s would have it", w->room.sides.v[how].name);
}

void agreed_add_text(struct page *p, int x, const struct workbook *w, const char *text,
                     int how) {
    struct brackets b = {0};
    struct buf clean = BUF_INIT;
    bool side = how >= 0 && (size_t)how < w->room.sides.n;

    if (how == ANSWERS_BRACKETED) {
        bracket_text_add(p, x, ROLE_NORMAL, w, text);
        return;
    }
    workbook_brackets(w, text, &b);
    brackets_clean(&b, text, strlen(text), side ? w->room.sides.v[how].id : NULL, &clean);
    page_add(p, x, ROLE_NORMAL, clean.s, clean.len);
    brackets_release(&b);
    buf_release(&clean);
}

/* ---- The outcome ---- */

static void add_because(struct buf *out, const char *text) {
    if (*text)
        buf_addf(out, ": “%s”", text);
}

static void add_pending(const struct workbook *w, uint32_t issue, struct buf *out) {
    side_vec pending = {0};

    issue_pending(w, issue, &pending);
    for (size_t i = 0; i < pending.n; i++)
        buf_addf(out, "%s%s", i ? ", " : " · to be confirmed by ",
                 side_name(w, pending.v[i]));
    vec_release(&pending);
}

static void add_owner(const struct workbook *w, const char *owner, struct buf *out) {
    uint32_t person = person_by_id(w, owner);

    if (!*owner)
        return;
    buf_puts(out, " · kept by ");
    if (person == NONE)
        buf_puts(out, side_name(w, owner));
    else
        name_and_side(w, person, out);
}

/* What the disposition was recorded with: only where that is more than its name. */
static void add_disposition(struct page *p, const struct workbook *w, uint32_t issue,
                            int64_t now) {
    const struct issue_record *r = w->issues.v[issue].record;
    const struct event *e = &w->log.v[r->disposed].event;
    int d = disposition_code_parse(event_get(e, FIELD_DISPOSITION));
    const char *override = event_get(e, FIELD_OVERRIDE);
    struct buf b = BUF_INIT, when = BUF_INIT;

    buf_puts(&b, d < 0 ? "" : dispositions[d].words);
    size_t bare = b.len;
    if (*override)
        buf_addf(&b, " although %s", override);
    add_pending(w, issue, &b);
    add_owner(w, r->owner, &b);
    add_because(&b, e->text);
    if (b.len > bare || r->confirmed.n) {
        page_blank(p);
        page_add(p, 1, ROLE_STRONG, b.s, b.len);
        clock_when(e->at, now, &when);
        page_sign(p, ROLE_DIM, when.s);
    }
    buf_release(&b);
    buf_release(&when);
}

static void add_confirmations(struct page *p, const struct workbook *w,
                              const struct issue_record *r, int64_t now) {
    for (size_t i = 0; i < r->confirmed.n; i++) {
        struct buf b = BUF_INIT, when = BUF_INIT;
        buf_addf(&b, "confirmed by %s", side_name(w, r->confirmed.v[i].side));
        add_because(&b, r->confirmed.v[i].text);
        page_add(p, 3, ROLE_GOOD, b.s, b.len);
        clock_when(r->confirmed.v[i].at, now, &when);
        page_sign(p, ROLE_DIM, when.s);
        buf_release(&b);
        buf_release(&when);
    }
}

static void add_brackets(struct page *p, const struct issue *i) {
    struct buf b = BUF_INIT;

    if (i->n_brackets)
        buf_addf(&b, "%u open bracket%s", (unsigned)i->n_brackets,
                 i->n_brackets == 1 ? "" : "s");
    if (i->n_broken)
        buf_addf(&b, "%s%u broken bracket%s", b.len ? " · " : "", (unsigned)i->n_broken,
                 i->n_broken == 1 ? "" : "s");
    if (b.len)
        page_add(p, 1, ROLE_BAD, b.s, b.len);
    buf_release(&b);
}

/* "B(b) (bracketed), D(a)": what is settled goes without a word. */
static void add_supports(struct page *p, const struct workbook *w, const char *list) {
    struct buf b = BUF_INIT;

    for (size_t len; list += strspn(list, " "), (len = strcspn(list, " ")); list += len) {
        char *word = mem_strndup(list, len);
        struct err ignored = ERR_INIT;
        struct ref ref = REF_NONE;
        buf_puts(&b, b.len ? ", " : "rests on ");
        refs_print(w, word, &b);
        ref_parse(w, word, &ref, &ignored);
        err_release(&ignored);
        mem_free(word);
        if (ref.issue == NONE)
            continue;
        const struct issue *i = &w->issues.v[ref.issue];
        bool settled =
            i->disposition == DISPOSITION_AGREED || i->disposition == DISPOSITION_NOTED;
        if (!settled)
            buf_addf(&b, " (%s)", dispositions[i->disposition].words);
        else if (i->n_brackets + i->n_broken)
            buf_puts(&b, " (agreed, with open brackets)");
    }
    if (b.len)
        page_add(p, 1, ROLE_STRONG, b.s, b.len);
    buf_release(&b);
}

/* The carried event ends what an earlier meeting recorded. */
static void add_carried(struct page *p, const struct workbook *w,
                        const struct issue_record *r) {
    if (!r->events.n || r->events.v[0] >= w->carried)
        return;
    const struct event *e = &w->log.v[w->carried - 1].event;
    page_printf(p, 1, ROLE_DIM, "Carried forward from %s; H has its history",
                *e->text ? e->text : "an earlier meeting");
}

void agreed_add_outcome(struct page *p, const struct workbook *w, uint32_t issue,
                        int64_t now) {
    const struct issue *i = &w->issues.v[issue];
    const struct issue_record *r = i->record;

    if (!r)
        return;
    add_carried(p, w, r);
    if (r->disposed != NONE) {
        add_disposition(p, w, issue, now);
        add_confirmations(p, w, r, now);
    }
    add_brackets(p, i);
    add_supports(p, w, r->supports);
}

/* ---- Read-backs ---- */

static const char *const assents[] = {[ASSENT_GIVEN] = "assent",
                                      [ASSENT_RESERVATION] = "reservation",
                                      [ASSENT_SILENCE] = "silence"};

void agreed_add_readback(struct page *p, int x, const struct workbook *w, uint32_t issue,
                         uint16_t sub, int64_t now) {
    uint32_t at = issue_readback(w, issue, sub);
    struct buf b = BUF_INIT;

    if (at == NONE)
        return;
    const struct readback *k = &w->readbacks.v[at];
    buf_puts(&b, at == readback_now(w) ? "being read back since " : "read back ");
    clock_when(k->at, now, &b);
    for (size_t i = 0; i < k->words.n; i++) {
        const struct assent_word *word = &k->words.v[i];
        buf_addf(&b, "%s %s %s", i ? ";" : ":", side_name(w, word->side),
                 assents[word->assent]);
        add_because(&b, word->text);
    }
    if (!k->words.n)
        buf_puts(&b, ": no side has spoken");
    page_add(p, x, ROLE_STRONG, b.s, b.len);
    if (!readback_covers(w, at))
        page_string(p, x, ROLE_BAD, "≠ the answer has changed since (w compares)");
    buf_release(&b);
}

/* ---- Sub-questions ---- */

bool agreed_has_subs(const struct workbook *w, uint32_t issue) {
    return issue_subs(w, issue) &&
           (w->issues.v[issue].answered || issue_subs_closed(w, issue));
}

static const struct sub_question *closing(const struct workbook *w, uint32_t issue,
                                          uint16_t sub) {
    const struct issue_record *r = w->issues.v[issue].record;

    for (size_t i = 0; r && i < r->subs.n; i++)
        if (r->subs.v[i].sub == sub)
            return &r->subs.v[i];
    return NULL;
}

void agreed_add_sub(struct page *p, int x, const struct workbook *w, uint32_t issue,
                    uint16_t sub) {
    const struct sub_question *q = closing(w, issue, sub);
    bool na = q && q->state == SUB_NOT_APPLICABLE;
    struct buf b = BUF_INIT;

    if (!agreed_has_subs(w, issue))
        return;
    if (!issue_sub_closed(w, issue, sub)) {
        page_string(p, x, ROLE_DIM, "· open");
        return;
    }
    buf_puts(&b, na ? "– not applicable" : "✓ answered");
    if (q)
        add_because(&b, q->text);
    page_add(p, x, na ? ROLE_NORMAL : ROLE_GOOD, b.s, b.len);
    buf_release(&b);
}

/* ---- Soundings ---- */

void agreed_add_soundings(struct page *p, const struct workbook *w, uint32_t issue) {
    uint32_t counts[LEVEL_COUNT + 1], most = 1;
    uint32_t n = soundings_count(w, issue, counts);

    if (!n)
        return;
    page_blank(p);
    page_printf(p, 1, ROLE_HEADING, "Temperature check (%u) · private", (unsigned)n);
    for (int level = 1; level <= LEVEL_COUNT; level++)
        most = counts[level] > most ? counts[level] : most;
    for (int level = LEVEL_COUNT; level >= 1; level--) {
        uint32_t bar =
            most > BAR_MAX ? (counts[level] * BAR_MAX + most - 1) / most : counts[level];
        struct buf b = BUF_INIT;
        if (!counts[level])
            continue;
        for (uint32_t i = 0; i < bar; i++)
            buf_puts(&b, "█");
        buf_addf(&b, " %u %s", (unsigned)counts[level], level_words(level));
        page_add(p, 3, ROLE_NORMAL, b.s, b.len);
        buf_release(&b);
    }
}

void agreed_brackets_mark(unsigned n_open, unsigned n_broken, struct buf *out) {
    if (n_open)
        buf_addf(out, "[%u%s]", n_open, n_broken ? "!" : "");
    else if (n_broken)
        buf_puts(out, "[!]");
}
