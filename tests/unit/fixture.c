#include "fixture.h"

#include "store/file.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <sys/stat.h>
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

uint32_t fixture_issue(const struct workbook *w, const char *cite) {
    struct ref r;
    struct err err = ERR_INIT;
    if (ref_parse(w, cite, &r, &err) < 0)
        fail_msg("%s", err.what);
    assert_int_not_equal(r.issue, NONE);
    return r.issue;
}
