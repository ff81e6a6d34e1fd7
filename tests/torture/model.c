/*
 * model: long random sequences of commands, undo and redo, the workbook closed and opened
 * or the program killed between them, against a model that is as plain as can be: a list
 * of the edits that count, from which the state is made anew each time.
 *
 * After each command the session's state is the model's, and it recorded or refused as
 * the model did; after each opening, too. Each step hangs on the seed and its number
 * alone, so that a kill does not change what follows.
 */
#include "torture.h"

#include "base/err.h"
#include "base/mem.h"
#include "session/command.h"
#include "session/session.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- the model ---- */

enum { ISSUES_MAX = 64, TEXT_MAX = 200, MEMO_ISSUES = 6, RAISED_MAX = 12 };
enum verb {
    NOTE,
    ANSWER,
    POSITION,
    ACTION,
    PRIORITY,
    DISPOSITION,
    DISCUSS,
    ISSUE,
    REWORD,
    REVISE,
    MOVE,
    RETRACT,
    UNDO,
    REDO,
    VERBS
};

struct edit {
    enum verb verb;
    char issue[8]; /* "A.a" */
    int number;    /* priority, disposition, start */
    char mark;     /* of a note */
    bool hidden;   /* with ~ */
    char speaker[8], side[4], owner[12], due[12], text[TEXT_MAX];
    unsigned entry; /* log index of the edit that made the entry */
    unsigned index; /* its own */
    int64_t at;
};

static VEC(struct edit) applied, undone;
static unsigned recorded; /* events in the log */
static unsigned n_steps;

struct m_issue {
    char id[8], text[TEXT_MAX];
    int priority, disposition;
    bool touched;
    int64_t spent;
};
struct m_entry {
    struct edit e;
    bool retracted;
};
static struct {
    struct m_issue issues[ISSUES_MAX];
    size_t n_issues;
    VEC(struct m_entry) entries;
    int discussed; /* index of an issue, or -1 */
    int64_t since;
} m;

static int issue_of(const char *id) {
    for (size_t i = 0; i < m.n_issues; i++)
        if (strcmp(m.issues[i].id, id) == 0)
            return (int)i;
    return -1;
}

static struct m_entry *entry_of(unsigned index) {
    for (size_t i = 0; i < m.entries.n; i++)
        if (m.entries.v[i].e.index == index)
            return &m.entries.v[i];
    return NULL;
}

static void add_issue(const char *id, const char *text, int priority) {
    struct m_issue *i = &m.issues[m.n_issues++];
    memset(i, 0, sizeof *i);
    snprintf(i->id, sizeof i->id, "%s", id);
    snprintf(i->text, sizeof i->text, "%s", text);
    i->priority = priority;
}

static void stop_discussion(int64_t at) {
    if (m.discussed >= 0)
        m.issues[m.discussed].spent += at - m.since;
    m.discussed = -1;
}

static void revise(struct edit *e, const struct edit *by) {
    snprintf(e->text, sizeof e->text, "%s", by->text);
    if (e->verb == NOTE) {
        e->mark = by->mark;
        memcpy(e->speaker, by->speaker, sizeof e->speaker);
        memcpy(e->side, by->side, sizeof e->side);
        e->hidden |= by->hidden;
    } else if (e->verb == ACTION) {
        memcpy(e->owner, by->owner, sizeof e->owner);
        memcpy(e->due, by->due, sizeof e->due);
    }
}

static void fold(const struct edit *e) {
    int i = *e->issue ? issue_of(e->issue) : -1;
    switch (e->verb) {
    case PRIORITY:
        m.issues[i].priority = e->number;
        break;
    case DISPOSITION:
        m.issues[i].disposition = e->number;
        break;
    case DISCUSS:
        stop_discussion(e->at);
        m.discussed = e->number ? i : -1;
        m.since = e->at;
        break;
    case ISSUE:
        add_issue(e->issue, e->text, 0);
        break;
    case REWORD:
        memcpy(m.issues[i].text, e->text, TEXT_MAX);
        break;
    case REVISE:
        revise(&entry_of(e->entry)->e, e);
        break;
    case MOVE:
        memcpy(entry_of(e->entry)->e.issue, e->issue, sizeof e->issue);
        break;
    case RETRACT:
        entry_of(e->entry)->retracted = true;
        break;
    default:
        vec_push(&m.entries, ((struct m_entry){*e, false}));
    }
}

static void make_state(void) {
    static const char *const memo[MEMO_ISSUES][2] = {
        {"A.a", "First question?"}, {"A.b", "Why? Is it the only one?"},
        {"B.a", "Émile asks"},      {"B.b", "Второй вопрос"},
        {"B.c", "A glossary"},      {"R.a", "Do it"}};
    m.n_issues = m.entries.n = 0;
    m.discussed = -1;
    for (size_t i = 0; i < MEMO_ISSUES; i++)
        add_issue(memo[i][0], memo[i][1], strcmp(memo[i][0], "B.b") == 0 ? 2 : 0);
    for (size_t i = 0; i < applied.n; i++)
        fold(&applied.v[i]);
}

/* The id that an issue raised in the topic gets, or "" where there are enough. */
static void next_issue(char topic, char out[8]) {
    unsigned n = 0;
    for (size_t i = 0; i < m.n_issues; i++)
        n += m.issues[i].id[0] == topic;
    if (n < RAISED_MAX)
        snprintf(out, 8, "%c.%c", topic, (char)('a' + n));
    else
        *out = '\0';
}

/* ---- a step: an edit, its line, and whether it is to be refused ---- */

static const char marks[] = " +-!?=";
static const char *const codes[] = {"open",      "agreed",   "agreed-ad-referendum",
                                    "bracketed", "deferred", "no-agreement",
                                    "noted",     "withdrawn"};

static void make_text(struct edit *e) {
    static const char *const words[] = {"слово",     "文字",        "a < b & c",
                                        "“x”",       "]]>",         "tab\there",
                                        "new\nline", "back\\slash", "é̂"};
    int n = snprintf(e->text, TEXT_MAX, "step %u", n_steps);
    for (unsigned k = torture_random(6); k > 0; k--)
        n += snprintf(e->text + n, TEXT_MAX - (size_t)n, " %s", words[torture_random(9)]);
}

static void add_escaped(struct buf *b, const char *text) {
    for (; *text; text++)
        if (*text == '\n')
            buf_puts(b, "\\n");
        else if (*text == '\\')
            buf_puts(b, "\\\\");
        else
            buf_putc(b, *text);
}

static void choose_speaker(struct edit *e) {
    e->mark = marks[torture_random(6)];
    e->hidden = torture_random(8) == 0;
    if (torture_random(3) == 0)
        snprintf(e->speaker, sizeof e->speaker, "yak");
    else if (torture_random(3) == 0)
        snprintf(e->side, sizeof e->side, "ru");
}

static void add_capture(struct buf *b, const struct edit *e, bool action) {
    if (action)
        buf_addf(b, "%s%s%s", *e->owner ? "@" : "", e->owner, *e->owner ? " " : "");
    if (!action && e->hidden)
        buf_puts(b, "~ ");
    if (!action && (*e->speaker || *e->side))
        buf_addf(b, "@%s%s ", e->speaker, e->side);
    if (!action && e->mark != ' ')
        buf_addf(b, "%c ", e->mark);
    add_escaped(b, e->text);
    if (action && *e->due)
        buf_addf(b, " by %s", e->due);
}

static void choose_owner(struct edit *e) {
    if (torture_random(2))
        snprintf(e->owner, sizeof e->owner, "schmidt");
    if (torture_random(2))
        snprintf(e->due, sizeof e->due, "2011-12-2%u", torture_random(9));
}

static void choose_issue(struct edit *e, struct buf *line) {
    /* Now and then one that is not there. */
    if (torture_random(25) == 0)
        snprintf(e->issue, sizeof e->issue, "%c.z", "AB"[torture_random(2)]);
    else
        memcpy(e->issue, m.issues[torture_random((uint32_t)m.n_issues)].id, 8);
    buf_addf(line, " %s", e->issue);
}

static bool choose_about_issue(struct edit *e, struct buf *line) {
    choose_issue(e, line);
    int i = issue_of(e->issue);
    if (i < 0) {
        buf_puts(line, e->verb == DISCUSS ? "" : e->verb == POSITION ? " us x" : " 1");
        return false;
    }
    const struct m_issue *at = &m.issues[i];
    switch (e->verb) {
    case PRIORITY:
        e->number = (int)torture_random(4);
        buf_addf(line, " %d", e->number);
        return at->priority != e->number;
    case DISPOSITION:
        e->number = (int)torture_random(8);
        buf_addf(line, " %s", codes[e->number]);
        /* What is said with these two makes them worth recording again. */
        if (e->number == 1 || e->number == 2)
            buf_puts(line, e->number == 1 ? " all the same" : " us all the same");
        return e->number == 1 || e->number == 2 || at->disposition != e->number;
    case DISCUSS:
        e->number = m.discussed != i;
        return true;
    case POSITION:
        snprintf(e->side, sizeof e->side, "%s", torture_random(2) ? "us" : "ru");
        buf_addf(line, " %s", e->side);
        break;
    default:
        break;
    }
    buf_putc(line, ' ');
    make_text(e);
    if (e->verb == NOTE)
        choose_speaker(e);
    else if (e->verb == ACTION)
        choose_owner(e);
    if (e->verb == NOTE || e->verb == ACTION)
        add_capture(line, e, e->verb == ACTION);
    else
        add_escaped(line, e->text);
    return true;
}

static bool choose_about_entry(struct edit *e, const struct workbook *w,
                               struct buf *line) {
    if (m.entries.n == 0)
        return buf_puts(line, " nobody.1 A.a"), false;
    const struct m_entry *about = &m.entries.v[torture_random((uint32_t)m.entries.n)];
    e->entry = about->e.index;
    buf_addf(line, " %s", w ? w->log.v[e->entry].event.id : "");
    if (e->verb == MOVE) {
        choose_issue(e, line);
        return !about->retracted && issue_of(e->issue) >= 0 &&
               strcmp(e->issue, about->e.issue) != 0;
    }
    buf_putc(line, ' ');
    make_text(e);
    if (e->verb == REVISE && about->e.verb == NOTE)
        choose_speaker(e);
    if (e->verb == REVISE && about->e.verb == ACTION)
        choose_owner(e);
    if (e->verb == REVISE && (about->e.verb == NOTE || about->e.verb == ACTION))
        add_capture(line, e, about->e.verb == ACTION);
    else
        add_escaped(line, e->text);
    return !about->retracted;
}

/* Undo and redo come in runs. */
static enum verb choose_verb(void) {
    static const enum verb often[] = {NOTE,   NOTE,     ANSWER, REVISE, MOVE,
                                      ACTION, UNDO,     UNDO,   UNDO,   REDO,
                                      REDO,   PRIORITY, ISSUE,  REWORD, DISCUSS};
    return torture_random(2) ? (enum verb)torture_random(VERBS)
                             : often[torture_random(sizeof often / sizeof *often)];
}

/* Whether it is to be recorded. The line needs the workbook for the ids of entries. */
static bool choose(struct edit *e, const struct workbook *w, struct buf *line) {
    static const char *const names[VERBS] = {
        "note",  "answer", "position", "action", "priority", "disposition", "discuss",
        "issue", "reword", "revise",   "move",   "retract",  "undo",        "redo"};
    memset(e, 0, sizeof *e);
    torture_set_seed(torture_seed() * 1000003u + n_steps);
    e->verb = choose_verb();
    e->at = 1323162131000 + 1000 * (int64_t)n_steps;
    buf_puts(line, names[e->verb]);
    if (e->verb == UNDO || e->verb == REDO)
        return e->verb == UNDO ? applied.n > 0 : undone.n > 0;
    if (e->verb == REVISE || e->verb == MOVE || e->verb == RETRACT)
        return choose_about_entry(e, w, line);
    if (e->verb != ISSUE)
        return choose_about_issue(e, line);
    char topic = "AB"[torture_random(2)];
    next_issue(topic, e->issue);
    if (*e->issue == '\0')
        return buf_puts(line, " X none"), false;
    make_text(e);
    buf_addf(line, " %c ", topic);
    add_escaped(line, e->text);
    return true;
}

static void apply(const struct edit *e) {
    struct edit edit = *e;
    edit.index = recorded++;
    if (e->verb == UNDO) {
        vec_push(&undone, applied.v[applied.n - 1]);
        applied.n--;
    } else if (e->verb == REDO) {
        vec_push(&applied, undone.v[undone.n - 1]);
        undone.n--;
    } else {
        vec_push(&applied, edit);
        undone.n = 0;
    }
    make_state();
}

/* ---- comparing ---- */

static void expect(bool same, const char *what, const char *which) {
    if (!same)
        torture_fail("%s of %s is not the model's", what, which);
}

/* Paragraphs are told apart by a blank. */
static bool same_words(const char *mine, const char *theirs) {
    for (; *mine && *theirs; mine++, theirs++)
        if (*mine != *theirs && !(*mine == '\n' && *theirs == ' '))
            return false;
    return *mine == *theirs;
}

static void compare_entries(const struct workbook *w) {
    size_t live = 0;
    for (uint32_t i = 0; i < w->entries.n; i++) {
        const struct entry *e = &w->entries.v[i];
        const struct m_entry *mine = entry_of(e->event);
        const char *id = w->log.v[e->event].event.id;
        expect(e->live == (mine != NULL), "being there", id);
        if (!mine)
            continue;
        live++;
        struct buf ref = BUF_INIT;
        ref_store(w, ref_of_issue(w, e->issue), &ref);
        expect(strcmp(ref.s, mine->e.issue) == 0, "the issue", id);
        expect((int)e->kind == (int)mine->e.verb, "the kind", id);
        expect(e->retracted == mine->retracted, "being withdrawn", id);
        expect(strcmp(e->text, mine->e.text) == 0, "the text", id);
        expect(strcmp(e->speaker, mine->e.speaker) == 0, "the speaker", id);
        expect(strcmp(e->side, mine->e.side) == 0, "the side", id);
        expect(strcmp(e->owner, mine->e.owner) == 0, "the owner", id);
        expect(strcmp(e->due, mine->e.due) == 0, "the date", id);
        if (mine->e.verb == NOTE) {
            expect(marks[e->note_kind] == mine->e.mark, "the mark", id);
            expect((e->attribution == ATTRIBUTION_NONE) == mine->e.hidden, "being hidden",
                   id);
        }
        buf_release(&ref);
    }
    expect(live == m.entries.n, "the number", "entries");
}

static bool model_answered(const struct m_issue *i, bool *touched) {
    bool answered = false;
    for (size_t k = 0; k < m.entries.n; k++) {
        const struct m_entry *e = &m.entries.v[k];
        if (strcmp(e->e.issue, i->id) != 0)
            continue;
        *touched |= !e->retracted;
        if (e->e.verb == ANSWER)
            answered = !e->retracted; /* the last in the order of the log decides */
    }
    return answered;
}

static void compare_issue(const struct workbook *w, uint32_t index, int64_t now) {
    const struct issue *i = &w->issues.v[index];
    struct buf ref = BUF_INIT, words = BUF_INIT;
    ref_store(w, ref_of_issue(w, index), &ref);
    int k = issue_of(ref.s);
    expect(i->live == (k >= 0), "being there", ref.s);
    if (k >= 0) {
        const struct m_issue *mine = &m.issues[k];
        bool touched = mine->disposition != 0 || mine->spent > 0;
        int64_t spent = mine->spent + (m.discussed == k ? now - m.since : 0);
        issue_words(w, index, &words);
        expect(same_words(mine->text, words.s), "the wording", ref.s);
        expect(i->priority == mine->priority, "the priority", ref.s);
        expect(i->disposition == mine->disposition, "the disposition", ref.s);
        expect(i->answered == model_answered(mine, &touched), "being answered", ref.s);
        expect((w->discussed == index) == (m.discussed == k), "being discussed", ref.s);
        expect(issue_spent(w, index, room_time(w, now)) == spent, "the time", ref.s);
        expect((int)i->progress == (m.discussed == k ? PROGRESS_UNDER_DISCUSSION
                                    : touched        ? PROGRESS_DISCUSSED
                                                     : PROGRESS_NOT_DISCUSSED),
               "the progress", ref.s);
    }
    buf_release(&ref);
    buf_release(&words);
}

static void compare(const struct session *s) {
    const struct workbook *w = session_workbook(s);
    size_t live = 0;
    expect(w->log.n == recorded && session_saved(s) == recorded, "the number", "events");
    expect(w->n_odd == 0, "the number of odd ones", "events");
    for (uint32_t i = 0; i < w->issues.n; i++) {
        compare_issue(w, i, session_now(s));
        live += w->issues.v[i].live;
    }
    expect(live == m.n_issues, "the number", "issues");
    compare_entries(w);
    expect((workbook_undo_target(w) != NONE) == (applied.n > 0), "having any", "undo");
    expect((workbook_redo_target(w) != NONE) == (undone.n > 0), "having any", "redo");
}

/* ---- a sitting: the child has the session, the parent the model alone ---- */

static int64_t step_time(void *ctx) {
    (void)ctx;
    return 1323162131000 + 1000 * (int64_t)n_steps;
}

static void step(struct session *s, int told) {
    struct edit e;
    struct buf line = BUF_INIT;
    struct command_line l;
    struct err err = ERR_INIT;
    n_steps++;
    bool wanted = choose(&e, session_workbook(s), &line);
    torture_try("step %u: %s", n_steps, line.s);
    bool done = command_parse(session_workbook(s), line.s, &l, &err) == 0;
    if (done) {
        done = session_run(s, l.command, &l.args, &err) == 0;
        command_line_release(&l);
    }
    if (done && write(told, "r", 1) != 1)
        torture_fail("the pipe is gone");
    if (done != wanted)
        torture_fail("it was %s: %s", done ? "recorded" : "refused",
                     err.what ? err.what : session_message(s));
    if (done)
        apply(&e);
    compare(s);
    err_release(&err);
    buf_release(&line);
}

static _Noreturn void sit(unsigned steps, int told) {
    struct err err = ERR_INIT;
    torture_try("opening after step %u", n_steps);
    struct session *s = session_open("w.xml", SESSION_WRITE, &err);
    if (!s)
        torture_fail("it is refused: %s", err.what);
    session_set_clock(s, step_time, NULL);
    compare(s);
    for (unsigned i = 0; i < steps; i++)
        step(s, told);
    session_close(s);
    exit(0);
}

/* What the child did, on the model: until the log has as many events as the file. */
static void catch_up(unsigned steps, unsigned events, bool killed) {
    for (unsigned i = 0; i < steps && (!killed || recorded < events); i++) {
        struct edit e;
        struct buf line = BUF_INIT;
        n_steps++;
        if (choose(&e, NULL, &line))
            apply(&e);
        buf_release(&line);
    }
    if (recorded != events)
        torture_fail("%u events in the file, %u in the model", events, recorded);
}

static unsigned events_in_file(void) {
    struct err err = ERR_INIT;
    struct session *s = session_open("w.xml", SESSION_READ, &err);
    if (!s)
        torture_fail("it is refused: %s", err.what);
    unsigned n = session_saved(s);
    session_close(s);
    return n;
}

static bool sitting(unsigned number) {
    int told[2], status;
    char s[256];
    torture_set_seed(torture_seed() * 7919 + number);
    unsigned steps = 1 + torture_random(80), acknowledged = 0;
    bool killing = torture_random(2) == 0;
    unsigned after = 500 + torture_random(20000);
    if (pipe(told) < 0)
        torture_fail("pipe");
    pid_t pid = fork();
    if (pid == 0) {
        close(told[0]);
        sit(steps, told[1]);
    }
    close(told[1]);
    if (killing) {
        usleep(after);
        kill(pid, SIGKILL);
    }
    for (ssize_t n; (n = read(told[0], s, sizeof s)) > 0;)
        acknowledged += (unsigned)n;
    close(told[0]);
    if (waitpid(pid, &status, 0) != pid || (WIFEXITED(status) && WEXITSTATUS(status)))
        exit(1); /* the child has said why */
    bool killed = WIFSIGNALED(status);
    unsigned events = events_in_file();
    if (events < recorded + acknowledged || events > recorded + acknowledged + killed)
        torture_fail("%u acknowledged after %u, %u are there", acknowledged, recorded,
                     events);
    catch_up(steps, events, killed);
    return killed;
}

int main(int argc, char **argv) {
    torture_begin("model", argc, argv);
    unsigned wanted = torture_full ? 20000 : 700, kills = 0, openings = 0, events = 0;
    for (unsigned books = 0; n_steps < wanted; books++) {
        unsigned until = n_steps + 1500;
        torture_remove("w.xml");
        torture_make("w.xml");
        events += recorded;
        recorded = 0;
        applied.n = undone.n = 0;
        make_state();
        for (; n_steps < wanted && n_steps < until; openings++)
            kills += sitting(openings);
    }
    torture_say("%u steps, %u events, %u openings, %u kills: the state is the model's "
                "(seed %llu)",
                n_steps, events + recorded, openings, kills,
                (unsigned long long)torture_seed());
    vec_release(&applied);
    vec_release(&undone);
    vec_release(&m.entries);
    return torture_end();
}
