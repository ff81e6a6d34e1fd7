#include "fixture.h"

#include "base/text.h"
#include "store/file.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct memo *fixture_memo(const char *rule) {
    struct buf b = BUF_INIT;
    struct err err = ERR_INIT;
    buf_addf(&b, "<memo xmlns='urn:memobook:1' version='1'%s><head><title>T</title>",
             rule);
    buf_puts(&b, "<meeting from='2011-12-06' to='2011-12-07'/>"
                 "<side id='us'>United States</side><side id='ru'>Россия</side></head>"
                 "<topics><topic><title>Framework</title><p>Background of A</p>"
                 "<issue><p>First question?</p></issue>"
                 "<issue to='ru'><p>Why?</p><p>Is it the only one?</p></issue></topic>"
                 "<topic><title>Steps</title><issue><p>Émile asks</p></issue>"
                 "<issue priority='2'><p>Второй вопрос</p></issue>"
                 "<issue><p>A glossary</p></issue></topic></topics>"
                 "<recommendations><recommendation to='us ru'><p>Do it</p>"
                 "</recommendation></recommendations></memo>");
    struct memo *m = memo_parse(b.s, b.len, "fixture", &err);
    if (!m)
        fail_msg("%s", err.what);
    buf_release(&b);
    return m;
}

int fixture_event(struct workbook *w, int64_t at, const char *words) {
    char *copy = mem_strdup(words), *text = strchr(copy, ':'), *save = NULL;
    struct event_draft d;
    struct err err = ERR_INIT;
    if (text)
        *text++ = '\0';
    char *id = strtok_r(copy, " ", &save), *kind = strtok_r(NULL, " ", &save);
    assert_non_null(event_kind_parse(kind));
    event_draft_init(&d, event_kind_parse(kind)->id);
    for (char *f; (f = strtok_r(NULL, " ", &save));) {
        char *value = strchr(f, '=');
        assert_non_null(value);
        *value++ = '\0';
        for (char *comma = value; (comma = strchr(comma, ','));)
            *comma = ' ';
        assert_int_not_equal(event_field_parse(f), FIELD_UNKNOWN);
        event_draft_set(&d, event_field_parse(f), value);
    }
    d.event.id = id;
    d.event.at = at;
    d.event.n = (uint32_t)w->log.n + 1;
    d.event.text = text ? text : "";
    int result = workbook_apply(w, &d.event, &err);
    err_release(&err);
    free(copy);
    return result;
}

void fixture_init(struct fixture *f, struct memo *m) {
    *f = (struct fixture){.memo = m, .w = workbook_new(m), .now = FIXTURE_MORNING};
}

void fixture_release(struct fixture *f) {
    workbook_free(f->w);
    memo_free(f->memo);
}

int fixture_set_up(void **state) {
    struct fixture *f = mem_alloc(sizeof *f);
    fixture_init(f, fixture_memo(""));
    *state = f;
    return 0;
}

int fixture_tear_down(void **state) {
    fixture_release(*state);
    mem_free(*state);
    return 0;
}

struct workbook *fixture_book(void **state) {
    return ((struct fixture *)*state)->w;
}

int fixture_record(void **state, int64_t ms, const char *words) {
    struct fixture *f = *state;
    struct buf all = BUF_INIT;
    f->now += ms;
    buf_addf(&all, "w.%d %s", ++f->n, words);
    int result = fixture_event(f->w, f->now, all.s);
    buf_release(&all);
    return result;
}

/* Why the last event was set aside. */
static const char *reason(void **state) {
    const struct workbook *w = fixture_book(state);
    return w->log.v[w->log.n - 1].odd;
}

static void assert_holds(const char *words, const char *text, const char *part) {
    if (!strstr(text, part))
        fail_msg("%s: “%s” is not in “%s”", words, part, text);
}

void fixture_apply(void **state, const char *words) {
    if (fixture_record(state, 1000, words) < 0)
        fail_msg("%s: %s", words, reason(state));
}

void fixture_refuse(void **state, const char *words, const char *why) {
    size_t before = fixture_book(state)->log.n;
    assert_int_equal(fixture_record(state, 0, words), -1);
    assert_int_equal(fixture_book(state)->log.n, before + 1);
    assert_holds(words, reason(state), why);
}

void fixture_described(void **state, const char *expected) {
    const struct workbook *w = fixture_book(state);
    struct buf said = BUF_INIT;
    workbook_describe(w, (uint32_t)w->log.n - 1, &said);
    assert_string_equal(said.s, expected);
    buf_release(&said);
}

static char scratch[] = "/tmp/memobook-test-XXXXXX";
static char template[] = "/tmp/memobook-test-XXXXXX";

void fixture_enter_scratch(void) {
    memcpy(scratch, template, sizeof scratch);
    assert_non_null(mkdtemp(scratch));
    assert_int_equal(chdir(scratch), 0);
    setenv("HOME", scratch, 1);
    setenv("XDG_STATE_HOME", scratch, 1);
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *f) {
    (void)st, (void)type, (void)f;
    return remove(path);
}

void fixture_leave_scratch(void) {
    assert_int_equal(chdir("/"), 0);
    nftw(scratch, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

void fixture_write(const char *path, const char *text) {
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
    assert_int_equal(fclose(f), 0);
}

struct buf fixture_read(const char *path) {
    struct buf b = BUF_INIT;
    struct err err = ERR_INIT;
    if (file_slurp(path, &b, &err) < 0)
        fail_msg("%s: %s", path, err.what);
    return b;
}

void fixture_enter_workbook(const char *rule) {
    struct err err = ERR_INIT;
    struct buf b = BUF_INIT;
    text_locale();
    setenv("TZ", "UTC", 1);
    tzset();
    fixture_enter_scratch();
    struct memo *m = fixture_memo(rule);
    memo_write(m, &b);
    fixture_write("m.xml", b.s);
    buf_release(&b);
    memo_free(m);
    assert_int_equal(session_create("m.xml", "w.xml", &err), 0);
}

struct session *fixture_open(const char *path, enum session_mode mode) {
    struct err err = ERR_INIT;
    struct session *s = session_open(path, mode, &err);
    if (!s)
        fail_msg("%s", err.what);
    return s;
}

int fixture_run(struct session *s, const char *line, struct buf *why) {
    struct err err = ERR_INIT;
    struct command_line l;
    int result = command_parse(session_workbook(s), line, &l, &err);
    if (result == 0) {
        result = session_run(s, l.command, &l.args, &err);
        command_line_release(&l);
    }
    if (why) {
        buf_clear(why);
        err_format(&err, why);
    }
    err_release(&err);
    return result;
}

void fixture_must(struct session *s, const char *line) {
    struct buf why = BUF_INIT;
    if (fixture_run(s, line, &why) < 0)
        fail_msg("%s: %s", line, why.s);
    buf_release(&why);
}

void fixture_says(struct session *s, const char *line, const char *what) {
    fixture_must(s, line);
    assert_holds(line, session_message(s), what);
}

void fixture_must_not(struct session *s, const char *line, const char *because) {
    struct buf why = BUF_INIT;
    uint32_t saved = session_saved(s);
    if (fixture_run(s, line, &why) == 0)
        fail_msg("%s was not refused: %s", line, session_message(s));
    assert_holds(line, why.s, because);
    assert_int_equal(session_saved(s), saved);
    buf_release(&why);
}

const struct entry *fixture_last_entry(const struct session *s) {
    const struct workbook *w = session_workbook(s);
    return &w->entries.v[w->entries.n - 1];
}

uint32_t fixture_issue(const struct workbook *w, const char *cite) {
    struct ref r;
    struct err err = ERR_INIT;
    if (ref_parse(w, cite, &r, &err) < 0)
        fail_msg("%s", err.what);
    assert_int_not_equal(r.issue, NONE);
    return r.issue;
}
