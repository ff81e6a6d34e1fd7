#include "actions_private.h"

#include "base/text.h"
#include "model/agreement.h"

#include <stdio.h>

enum { LABEL_BYTES = 160 };

/* A line that is being typed: what it is about. */
struct step {
    struct focus f;
    int number;        /* of a bracket, or a disposition */
    const char *label; /* of a sub-question: its state */
    char *asked;       /* sides that are to confirm it; or NULL */
};

static struct step *step_new(struct focus f) {
    struct step *s = mem_zalloc(sizeof *s);

    s->f = f;
    return s;
}

static void step_release(void *ctx) {
    mem_free(((struct step *)ctx)->asked);
    mem_free(ctx);
}

static void open_step(struct shell *sh, const struct line_ops *ops, struct step *s,
                      const char *prompt, const char *text) {
    struct line_setup setup = {ops, s, prompt, text, NULL};

    line_open(sh, &setup);
}

/* "WHAT B(b)2MORE": for a prompt or a title. */
static void name_step(const struct workbook *w, const char *what, struct ref ref,
                      const char *more, struct buf *out) {
    buf_puts(out, what);
    ref_print(w, ref, out);
    buf_puts(out, more);
}

/* ---- Agreed, all the same ---- */

/* What speaks against it; the sides asked to confirm it answer for themselves. */
static void find_objections(const struct workbook *w, uint32_t issue, const char *asked,
                            struct buf *out) {
    objection_vec v = {0};

    agreement_objections(w, issue, &v);
    for (size_t i = v.n; i-- > 0;)
        if (v.v[i].side && memo_list_has(asked, v.v[i].side))
            vec_remove(&v, i);
    objections_say(w, &v, out);
    vec_release(&v);
}

/* It stays in sight while the reason is typed. */
static void say_objections(struct shell *sh, void *ctx, const char *text) {
    const struct step *s = ctx;
    struct buf b = BUF_INIT;

    (void)text;
    find_objections(shell_workbook(sh), s->f.ref.issue, s->asked, &b);
    shell_say(sh, "%s", b.s);
    buf_release(&b);
}

static int dispose(struct shell *sh, struct focus f, enum disposition d,
                   const char *text) {
    struct command_args args = action_args(f);

    args.number = (int)d;
    args.text = text;
    return shell_run(sh, COMMAND_DISPOSITION, &args);
}

static bool accept_reason(struct shell *sh, void *ctx, const char *text) {
    const struct step *s = ctx;
    struct buf b = BUF_INIT;

    if (text_blank(text)) {
        shell_fail(sh, "it needs a reason; Esc records nothing");
        return false;
    }
    buf_addf(&b, "%s%s%s", s->asked, *s->asked ? ": " : "", text);
    bool done = dispose(sh, s->f, (enum disposition)s->number, b.s) == 0;
    buf_release(&b);
    return done;
}

static const struct line_ops reason_line = {
    .memory = "agreed",
    .enter = "Record",
    .accept = accept_reason,
    .changed = say_objections,
    .release = step_release,
};

/* Agreed (ad referendum): at once, or with a reason where something speaks against it. */
static void agree(struct shell *sh, struct focus f, enum disposition d,
                  const char *asked) {
    const struct workbook *w = shell_workbook(sh);
    struct buf objections = BUF_INIT;

    find_objections(w, f.ref.issue, asked, &objections);
    bool clear = objections.len == 0;
    buf_release(&objections);
    if (clear || (!*asked && w->issues.v[f.ref.issue].disposition == d)) {
        dispose(sh, f, d, asked);
        return;
    }
    struct step *s = step_new(f);
    s->number = (int)d;
    s->asked = mem_strdup(asked);
    open_step(sh, &reason_line, s, "agreed all the same? why> ", NULL);
    say_objections(sh, s, "");
}

/* ---- Agreed ad referendum: who has still to confirm it ---- */

static bool accept_asked(struct shell *sh, void *ctx, const char *text) {
    const struct step *s = ctx;

    return text_blank(text) || dispose(sh, s->f, DISPOSITION_AD_REFERENDUM, text) == 0;
}

static void hint_sides(struct shell *sh, void *ctx, const char *text, struct buf *out) {
    const struct workbook *w = shell_workbook(sh);
    const struct side *side;

    (void)ctx;
    (void)text;
    for (size_t i = 0; (side = action_side(w, i)); i++)
        buf_addf(out, "%s%s", i ? " " : "", side->id);
}

static const struct line_ops asked_line = {
    .memory = "asked",
    .enter = "Record",
    .accept = accept_asked,
    .hint = hint_sides,
    .release = step_release,
};

static size_t count_sides(const struct workbook *w) {
    size_t n = 0;

    while (action_side(w, n))
        n++;
    return n;
}

/* The sides, then all of them, then some. */
static void asked_chosen(struct shell *sh, void *ctx, size_t i) {
    const struct workbook *w = shell_workbook(sh);
    const struct focus *f = ctx;
    size_t n = count_sides(w);
    struct buf ids = BUF_INIT;

    if (i > n) {
        open_step(sh, &asked_line, step_new(*f), "to be confirmed by> ", NULL);
        return;
    }
    for (size_t k = 0; k < n; k++)
        if (i == n || i == k)
            buf_addf(&ids, "%s%s", ids.len ? " " : "", action_side(w, k)->id);
    agree(sh, *f, DISPOSITION_AD_REFERENDUM, ids.s);
    buf_release(&ids);
}

static void dispose_ad_referendum(struct shell *sh, struct focus f) {
    const struct workbook *w = shell_workbook(sh);
    struct menu_item items[MENU_MAX];
    const struct side *side;
    size_t n = 0;

    for (; n < MENU_MAX - 2 && (side = action_side(w, n)) != NULL; n++) {
        items[n].label = side->name;
        menu_letter(items, n, side->id);
    }
    if (n == 0) {
        dispose(sh, f, DISPOSITION_AD_REFERENDUM, "");
        return;
    }
    for (size_t more = n > 2 ? 2 : n - 1, k = 0; k < more; k++, n++) {
        items[n].label = k == 0 ? "all of them" : "several of them…";
        menu_letter(items, n, items[n].label);
    }
    struct menu_setup menu = {
        "Who has still to confirm it?", items,   n, MENU_MAX, asked_chosen,
        action_copy_focus(f),           mem_free};
    menu_open(sh, &menu);
}

/* ---- Deferred: who keeps it, and why ---- */

/* "@lee, at the next meeting" reads as "@lee at the next meeting". */
static bool accept_deferred(struct shell *sh, void *ctx, const char *text) {
    const struct step *s = ctx;
    char *copy = mem_strdup(text);
    char *p = copy + strspn(copy, " \t");
    char *after = p + strcspn(p, " \t,");

    after += strspn(after, " \t");
    if (*p == '@' && *after == ',')
        *after = ' ';
    bool done = dispose(sh, s->f, DISPOSITION_DEFERRED, text_blank(p) ? "" : p) == 0;
    mem_free(copy);
    return done;
}

static const struct line_ops deferred_line = {
    .memory = "deferred",
    .enter = "Record",
    .accept = accept_deferred,
    .complete = action_complete_name,
    .release = step_release,
};

void agreement_dispose_chosen(struct shell *sh, struct focus f, enum disposition d) {
    if (d == DISPOSITION_AGREED)
        agree(sh, f, DISPOSITION_AGREED, "");
    else if (d == DISPOSITION_AD_REFERENDUM)
        dispose_ad_referendum(sh, f);
    else if (d == DISPOSITION_DEFERRED)
        open_step(sh, &deferred_line, step_new(f), "deferred: @owner, why> ", NULL);
    else
        dispose(sh, f, d, "");
}

/* ---- Confirming ---- */

static void confirm_chosen(struct shell *sh, void *ctx, size_t i) {
    struct command_args args = action_args(*(struct focus *)ctx);
    side_vec pending = {0};

    issue_pending(shell_workbook(sh), args.ref.issue, &pending);
    if (i < pending.n) {
        args.side = pending.v[i];
        shell_run(sh, COMMAND_CONFIRM, &args);
    }
    vec_release(&pending);
}

static void choose_confirmed(struct shell *sh, struct focus f) {
    const struct workbook *w = shell_workbook(sh);
    struct menu_item items[MENU_MAX];
    side_vec pending = {0};
    size_t n = 0;

    issue_pending(w, f.ref.issue, &pending);
    for (; n < pending.n && n < MENU_MAX; n++) {
        items[n].label = side_name(w, pending.v[n]);
        menu_letter(items, n, pending.v[n]);
    }
    struct menu_setup menu = {"Who confirms it?", items, n,       MENU_MAX,
                              confirm_chosen,     NULL,  mem_free};
    if (n) {
        menu.ctx = action_copy_focus(f);
        menu_open(sh, &menu);
    } else {
        shell_say(sh, "no side is asked to confirm it: d r asks one");
    }
    vec_release(&pending);
}

/* ---- Resolving a bracket ---- */

static bool accept_wording(struct shell *sh, void *ctx, const char *text) {
    const struct step *s = ctx;
    struct command_args args = action_args(s->f);
    struct buf b = BUF_INIT;

    if (text_blank(text))
        return true;
    buf_addf(&b, "= %s", text);
    args.number = s->number;
    args.text = b.s;
    bool done = shell_run(sh, COMMAND_RESOLVE, &args) == 0;
    buf_release(&b);
    return done;
}

static const struct line_ops wording_line = {
    .memory = "wording",
    .enter = "Record",
    .accept = accept_wording,
    .release = step_release,
};

static char *owner_word(const char *text, const struct alternative *a) {
    size_t len;
    const char *owner = alternative_owner(text, a, &len);

    return mem_strndup(owner, len);
}

/* The alternatives, then a third wording. */
static void alternative_chosen(struct shell *sh, void *ctx, size_t i) {
    const struct step *s = ctx;
    struct command_args args = action_args(s->f);
    const struct workbook *w = shell_workbook(sh);
    const char *text = issue_wording(w, args.ref.issue, args.ref.sub);
    struct brackets b = {0};

    workbook_brackets(w, text, &b);
    const struct bracket *k = &b.v.v[s->number - 1];
    if (i < k->n) {
        char *owner = owner_word(text, &b.alternatives.v[k->first + i]);
        args.number = s->number;
        args.text = owner;
        shell_run(sh, COMMAND_RESOLVE, &args);
        mem_free(owner);
    } else {
        struct step *next = step_new(s->f);
        next->number = s->number;
        open_step(sh, &wording_line, next, "third wording> ", NULL);
    }
    brackets_release(&b);
}

static void label_alternative(const struct workbook *w, const char *text,
                              const struct alternative *a, char *label) {
    struct buf b = BUF_INIT;
    const char *between = "";

    for (size_t i = 0; i < w->room.sides.n; i++) {
        if (!alternative_has(text, a, w->room.sides.v[i].id))
            continue;
        buf_addf(&b, "%s%s", between, w->room.sides.v[i].name);
        between = ", ";
    }
    buf_puts(&b, ": ");
    buf_add(&b, text + a->start, a->end - a->start);
    snprintf(label, LABEL_BYTES, "%s%s", b.s, a->end > a->start ? "" : "(nothing)");
    buf_release(&b);
}

static void choose_alternative(struct shell *sh, struct focus f, const char *text,
                               const struct brackets *b, size_t at) {
    const struct bracket *k = &b->v.v[at];
    struct menu_item items[MENU_MAX];
    char labels[MENU_MAX][LABEL_BYTES];
    struct step *s = step_new(f);
    size_t n = 0;

    for (; n < k->n && n < MENU_MAX - 1; n++) {
        const struct alternative *a = &b->alternatives.v[k->first + n];
        char *owner = owner_word(text, a);
        label_alternative(shell_workbook(sh), text, a, labels[n]);
        items[n].label = labels[n];
        menu_letter(items, n, owner);
        mem_free(owner);
    }
    items[n++] = (struct menu_item){"=", "a third wording…"};
    s->number = (int)at + 1;
    struct menu_setup menu = {"Resolve the bracket to", items, n,           MENU_MAX,
                              alternative_chosen,       s,     step_release};
    menu_open(sh, &menu);
}

/* The i-th whole bracket, or b->v.n. */
static size_t whole_bracket(const struct brackets *b, size_t i) {
    size_t at = 0;

    for (; at < b->v.n; at++)
        if (!b->v.v[at].broken && i-- == 0)
            break;
    return at;
}

static void bracket_chosen(struct shell *sh, void *ctx, size_t i) {
    const struct focus *f = ctx;
    const struct workbook *w = shell_workbook(sh);
    const char *text = issue_wording(w, f->ref.issue, f->ref.sub);
    struct brackets b = {0};

    workbook_brackets(w, text, &b);
    size_t at = whole_bracket(&b, i);
    if (at < b.v.n)
        choose_alternative(sh, *f, text, &b, at);
    brackets_release(&b);
}

/* Its number is the letter; those after the ninth have none. */
static void set_digit(struct menu_item *item, size_t number) {
    item->key[0] = number <= 9 ? (char)('0' + number) : '\0';
    item->key[1] = '\0';
}

static void choose_bracket(struct shell *sh, struct focus f, const char *text,
                           const struct brackets *b) {
    struct menu_item items[MENU_MAX];
    char labels[MENU_MAX][LABEL_BYTES];
    size_t n = 0, at;

    for (; n < MENU_MAX && (at = whole_bracket(b, n)) < b->v.n; n++) {
        const struct bracket *k = &b->v.v[at];
        snprintf(labels[n], sizeof labels[n], "%*s%.*s", 2 * (int)k->depth, "",
                 (int)(k->end - k->start), text + k->start);
        set_digit(&items[n], at + 1);
        items[n].label = labels[n];
    }
    struct menu_setup menu = {"Which bracket?",     items,   n, MENU_MAX, bracket_chosen,
                              action_copy_focus(f), mem_free};
    menu_open(sh, &menu);
}

/* The answer in focus where it has brackets, else the first of the issue's that has. */
static uint16_t bracketed_answer(const struct workbook *w, struct ref ref) {
    uint32_t subs = issue_subs(w, ref.issue);

    for (uint32_t i = 0; i <= subs + 1; i++) {
        uint16_t sub = i ? (uint16_t)(i - 1) : ref.sub;
        struct brackets b = {0};
        workbook_brackets(w, issue_wording(w, ref.issue, sub), &b);
        bool any = b.n_open > 0;
        brackets_release(&b);
        if (any)
            return sub;
    }
    return ref.sub;
}

static void resolve(struct shell *sh, struct focus f) {
    const struct workbook *w = shell_workbook(sh);
    struct brackets b = {0};

    f.ref.sub = bracketed_answer(w, f.ref);
    const char *text = issue_wording(w, f.ref.issue, f.ref.sub);
    workbook_brackets(w, text, &b);
    if (b.n_open > 1)
        choose_bracket(sh, f, text, &b);
    else if (b.n_open == 1)
        choose_alternative(sh, f, text, &b, whole_bracket(&b, 0));
    else if (b.n_broken)
        shell_say(sh, "the bracket is broken: mend it in the answer (a) first");
    else
        shell_say(sh, "the answer has no open brackets");
    brackets_release(&b);
}

/* ---- What a recommendation rests on ---- */

static bool accept_support(struct shell *sh, void *ctx, const char *text) {
    const struct step *s = ctx;
    const struct workbook *w = shell_workbook(sh);
    struct command_args args = action_args(s->f);
    const struct issue_record *r = w->issues.v[s->f.ref.issue].record;
    bool none = text_blank(text);

    if (none && !(r && *r->supports))
        return true;
    args.text = none ? "-" : text;
    return shell_run(sh, COMMAND_SUPPORT, &args) == 0;
}

static size_t complete_last_issue(struct shell *sh, void *ctx, const char *line,
                                  struct buf *out) {
    size_t start = strlen(line);

    while (start > 0 && !strchr(" ,", line[start - 1]))
        start--;
    return start + action_complete_issue(sh, ctx, line + start, out);
}

static const struct line_ops support_line = {
    .memory = "support",
    .enter = "Record",
    .accept = accept_support,
    .complete = complete_last_issue,
    .release = step_release,
};

static void edit_support(struct shell *sh, struct focus f) {
    const struct workbook *w = shell_workbook(sh);
    const struct issue_record *r = w->issues.v[f.ref.issue].record;
    struct buf prompt = BUF_INIT, text = BUF_INIT;

    if (!w->topics.v[f.ref.topic].text->recommendations) {
        shell_say(sh, "only a recommendation rests on issues; a position is shared "
                      "with s in the right pane (Tab)");
        return;
    }
    f.ref.sub = 0;
    name_step(w, "", f.ref, " rests on> ", &prompt);
    if (r)
        refs_print(w, r->supports, &text);
    open_step(sh, &support_line, step_new(f), prompt.s, text.s);
    buf_release(&prompt);
    buf_release(&text);
}

/* ---- Sub-questions ---- */

static bool run_sub(struct shell *sh, struct focus f, const char *label,
                    const char *text) {
    struct command_args args = action_args(f);

    args.label = label;
    args.text = text;
    return shell_run(sh, COMMAND_SUBQUESTION, &args) == 0;
}

/* Why it is not applicable may stay unsaid; a part of the answer may not. */
static bool accept_sub(struct shell *sh, void *ctx, const char *text) {
    const struct step *s = ctx;
    bool none = text_blank(text);

    return (none && *s->label == 'a') || run_sub(sh, s->f, s->label, none ? "" : text);
}

static const struct line_ops sub_line = {
    .memory = "subquestion",
    .enter = "Record",
    .accept = accept_sub,
    .release = step_release,
};

static void ask_sub(struct shell *sh, struct focus f, const char *label) {
    struct step *s = step_new(f);
    struct buf prompt = BUF_INIT;
    const char *more = *label == 'a' ? ", in the answer> " : " not applicable, why> ";

    s->label = label;
    name_step(shell_workbook(sh), "", f.ref, more, &prompt);
    open_step(sh, &sub_line, s, prompt.s, NULL);
    buf_release(&prompt);
}

static void state_chosen(struct shell *sh, void *ctx, size_t i) {
    const struct focus *f = ctx;

    if (i == 0 || i == 3)
        run_sub(sh, *f, i ? "open" : "answered", "");
    else
        ask_sub(sh, *f, i == 1 ? "answered" : "not-applicable");
}

static void choose_state(struct shell *sh, struct focus f) {
    static const struct menu_item items[] = {{"a", "answered"},
                                             {"p", "answered by a part of the answer…"},
                                             {"n", "not applicable…"},
                                             {"o", "open"}};
    struct buf title = BUF_INIT;

    name_step(shell_workbook(sh), "Sub-question ", f.ref, "", &title);
    struct menu_setup menu = {
        title.s, items, 4, MENU_MAX, state_chosen, action_copy_focus(f), mem_free};
    menu_open(sh, &menu);
    buf_release(&title);
}

static void sub_chosen(struct shell *sh, void *ctx, size_t i) {
    struct focus f = *(struct focus *)ctx;

    f.ref.sub = (uint16_t)(i + 1);
    choose_state(sh, f);
}

/* The paragraphs, with a mark at those that are closed. */
static void choose_sub(struct shell *sh, struct focus f, uint32_t n) {
    const struct workbook *w = shell_workbook(sh);
    const struct memo_issue *t = w->issues.v[f.ref.issue].text;
    struct menu_item items[MENU_MAX];
    char labels[MENU_MAX][LABEL_BYTES];

    n = n < MENU_MAX ? n : MENU_MAX;
    for (uint32_t i = 0; i < n; i++) {
        bool closed = issue_sub_closed(w, f.ref.issue, (uint16_t)(i + 1));
        snprintf(labels[i], sizeof labels[i], "%s %s", closed ? "✓" : "·", t->p.v[i].s);
        items[i].label = labels[i];
        set_digit(&items[i], i + 1);
    }
    struct menu_setup menu = {"Which sub-question?", items,   n, MENU_MAX, sub_chosen,
                              action_copy_focus(f),  mem_free};
    menu_open(sh, &menu);
}

static void close_sub(struct shell *sh, struct focus f) {
    const struct workbook *w = shell_workbook(sh);
    uint32_t n = issue_subs(w, f.ref.issue), open = n - issue_subs_closed(w, f.ref.issue);

    for (uint16_t i = 1; f.ref.sub == 0 && open == 1 && i <= n; i++)
        if (!issue_sub_closed(w, f.ref.issue, i))
            f.ref.sub = i;
    if (f.ref.sub)
        choose_state(sh, f);
    else if (n)
        choose_sub(sh, f, n);
    else
        shell_say(sh, "this issue has no sub-questions");
}

/* ---- */

bool agreement_action(struct shell *sh, struct focus f, enum command_id id) {
    switch (id) {
    case COMMAND_CONFIRM:
        choose_confirmed(sh, f);
        return true;
    case COMMAND_RESOLVE:
        resolve(sh, f);
        return true;
    case COMMAND_SUPPORT:
        edit_support(sh, f);
        return true;
    case COMMAND_SUBQUESTION:
        close_sub(sh, f);
        return true;
    default:
        return false;
    }
}
