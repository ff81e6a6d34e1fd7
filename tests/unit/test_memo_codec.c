#include "fixture.h"

#include "base/text.h"

#include <stdio.h>

static struct memo *parse(const char *xml, struct err *err) {
    return memo_parse(xml, strlen(xml), "x.xml", err);
}

#define MEMO(inner)                                                                      \
    "<memo xmlns='urn:memobook:1' version='1'>\n<head><title>T</title></head>\n" inner   \
    "</memo>"

static void expect_error(const char *xml, const char *place_and_what) {
    struct err err = ERR_INIT;
    struct buf b = BUF_INIT;
    assert_null(parse(xml, &err));
    err_format(&err, &b);
    if (!strstr(b.s, place_and_what))
        fail_msg("expected “%s” in “%s”", place_and_what, b.s);
    assert_non_null(err.todo);
    assert_null(strchr(b.s, '\n'));
    buf_release(&b);
    err_release(&err);
}

static void text_is_folded_and_em_kept(void **state) {
    (void)state;
    struct err err = ERR_INIT;
    struct memo *m =
        parse(MEMO("<topics><topic><title>X</title><p>\n  one\ttwo <em>three "
                   "four</em>,\n five  </p></topic></topics>"),
              &err);
    assert_non_null(m);
    const struct memo_text *p = &m->topics.v[0].p.v[0];
    assert_string_equal(p->s, "one two three four, five");
    assert_int_equal(p->n_em, 1);
    assert_int_equal(p->em[0].start, 8);
    assert_int_equal(p->em[0].end, 18);
    memo_free(m);
}

static void missing_ids_are_lettered(void **state) {
    (void)state;
    struct err err = ERR_INIT;
    struct memo *m = parse(MEMO("<topics><topic><title>X</title><issue><p>1</p></issue>"
                                "<issue id='d'><p>2</p></issue><issue id=''><p>3</p>"
                                "</issue></topic><topic id='Q'><title>Y</title></topic>"
                                "<topic><title>Z</title></topic></topics>"),
                           &err);
    assert_non_null(m);
    assert_string_equal(m->topics.v[0].id, "A");
    assert_string_equal(m->issues.v[0].id, "a");
    assert_string_equal(m->issues.v[1].id, "d");
    assert_string_equal(m->issues.v[2].id, "e");
    assert_string_equal(m->topics.v[2].id, "S"); /* R is the recommendations' */
    memo_free(m);
}

static void errors_say_where_and_what(void **state) {
    (void)state;
    expect_error(MEMO("<topics><topic/></topics>"), "x.xml:3:1");
    expect_error(MEMO("<topics>\n<issue/></topics>"), "x.xml:4:1: <issue> cannot stand");
    expect_error(MEMO("<topics>stray</topics>"), "“stray”");
    expect_error(MEMO("<topics><topic id='R'><title>X</title></topic></topics>"),
                 "kept for the recommendations");
    expect_error(MEMO("<topics/><chronology><entry date='2011-02-30'>x</entry>"
                      "</chronology>"),
                 "YYYY");
    expect_error("<memo xmlns='urn:memobook:1' version='1'><head>", "not well-formed");
    expect_error("", "empty");
    expect_error("<!DOCTYPE memo [<!ENTITY e 'x'>]><memo xmlns='urn:memobook:1'/>",
                 "entity");
}

static void a_memo_survives_writing(void **state) {
    (void)state;
    struct err err = ERR_INIT;
    struct memo *m = fixture_memo(" rule='chatham-house' xml:lang='en'");
    struct buf once = BUF_INIT, twice = BUF_INIT;
    memo_write(m, &once);
    struct memo *again = memo_parse(once.s, once.len, "again", &err);
    assert_non_null(again);
    memo_write(again, &twice);
    assert_string_equal(once.s, twice.s);
    assert_int_equal(again->issues.n, m->issues.n);
    assert_int_equal(again->rule, RULE_CHATHAM_HOUSE);
    buf_release(&once);
    buf_release(&twice);
    memo_free(m);
    memo_free(again);
}

/* The line that starts the log stands once in a workbook, whatever the memo says. */
static void no_memo_text_looks_like_the_log(void **state) {
    (void)state;
    struct err err = ERR_INIT;
    struct memo *m = parse(MEMO("<topics><topic><title>X</title><p><![CDATA[\n<log>\n"
                                "</log>\n]]></p></topic></topics>"),
                           &err);
    assert_non_null(m);
    struct buf b = BUF_INIT;
    memo_write(m, &b);
    assert_null(strstr(b.s, "<log>"));
    assert_non_null(strstr(b.s, "&lt;log&gt;"));
    buf_release(&b);
    memo_free(m);
}

static void shipped_memos_survive_writing(void **state) {
    (void)state;
    static const char *const names[] = {"supr-2011.xml", "river-basin.xml"};
    for (size_t i = 0; i < 2; i++) {
        struct buf path = BUF_INIT, once = BUF_INIT, twice = BUF_INIT;
        struct err err = ERR_INIT;
        const char *top = getenv("top_srcdir");
        buf_addf(&path, "%s/memos/%s", top ? top : ".", names[i]);
        struct memo *m = memo_load(path.s, &err);
        if (!m)
            fail_msg("%s", err.what);
        memo_write(m, &once);
        struct memo *again = memo_parse(once.s, once.len, "again", &err);
        assert_non_null(again);
        memo_write(again, &twice);
        assert_string_equal(once.s, twice.s);
        assert_int_equal(again->references.n, m->references.n);
        assert_int_equal(again->chronology.n, m->chronology.n);
        assert_int_equal(again->terms.n, m->terms.n);
        memo_free(m);
        memo_free(again);
        buf_release(&path);
        buf_release(&once);
        buf_release(&twice);
    }
}

int main(void) {
    text_locale();
    const struct CMUnitTest tests[] = {cmocka_unit_test(text_is_folded_and_em_kept),
                                       cmocka_unit_test(missing_ids_are_lettered),
                                       cmocka_unit_test(errors_say_where_and_what),
                                       cmocka_unit_test(a_memo_survives_writing),
                                       cmocka_unit_test(no_memo_text_looks_like_the_log),
                                       cmocka_unit_test(shipped_memos_survive_writing)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
