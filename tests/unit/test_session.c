#include "fixture.h"

#include "session/draft.h"
#include "session/recent.h"

#include <sys/stat.h>
#include <unistd.h>

static int64_t fixed_now(void *ctx) {
    return *(int64_t *)ctx;
}

static int64_t now = 1323162131250;

static struct session *open_session(const char *path, enum session_mode mode) {
    struct session *s = fixture_open(path, mode);
    session_set_clock(s, fixed_now, &now);
    return s;
}

static int set_up_with(const char *rule, void **state) {
    fixture_enter_workbook(rule);
    *state = open_session("w.xml", SESSION_WRITE);
    return 0;
}

static int set_up(void **state) {
    return set_up_with("", state);
}

static int set_up_chatham(void **state) {
    return set_up_with(" rule='chatham-house'", state);
}

static int tear_down(void **state) {
    session_close(*state);
    fixture_leave_scratch();
    return 0;
}

static void a_capture_line_becomes_a_note(void **state) {
    struct session *s = *state;
    fixture_must(s, "note A(b) @yak + Art. 32(b) lets a foreign service read data");
    const struct entry *e = fixture_last_entry(s);
    assert_int_equal(e->note_kind, NOTE_FOR);
    assert_string_equal(e->speaker, "yak");
    assert_string_equal(e->text, "Art. 32(b) lets a foreign service read data");
    assert_int_equal(e->attribution, ATTRIBUTION_NAME);
    fixture_must(s, "note Ab ~ @us - no");
    e = fixture_last_entry(s);
    assert_string_equal(e->side, "us");
    assert_string_equal(e->speaker, "");
    assert_int_equal(e->attribution, ATTRIBUTION_NONE);
}

static void a_note_may_be_an_action(void **state) {
    struct session *s = *state;
    fixture_must(s, "note Ab > @schmidt send the CERT contact list by 2011-12-20");
    const struct entry *e = fixture_last_entry(s);
    assert_int_equal(e->kind, ENTRY_ACTION);
    assert_string_equal(e->owner, "schmidt");
    assert_string_equal(e->due, "2011-12-20");
    fixture_must(s, "action Ab @lee call them");
    assert_string_equal(fixture_last_entry(s)->owner, "lee");
}

static void the_memos_rule_sets_the_attribution(void **state) {
    struct session *s = *state;
    fixture_must(s, "note A(b) @yak + text");
    assert_int_equal(fixture_last_entry(s)->attribution, ATTRIBUTION_NONE);
}

static void escapes_make_line_breaks(void **state) {
    struct session *s = *state;
    fixture_must(s, "answer A(b) one\\ntwo \\\\n three");
    assert_string_equal(fixture_last_entry(s)->text, "one\ntwo \\n three");
}

static void what_xml_cannot_hold_is_made_visible(void **state) {
    struct session *s = *state;
    fixture_must(s, "note A(a) bell\a escape\x1b[31m bad\xff");
    assert_string_equal(fixture_last_entry(s)->text, "bell␇ escape␛[31m bad\xef\xbf\xbd");
    assert_non_null(strstr(session_message(s), "3 characters"));
}

static void commands_are_found_by_their_start(void **state) {
    struct session *s = *state;
    fixture_must(s, "dispo A(a) agreed ad referendum ru: us has not spoken");
    assert_int_equal(session_workbook(s)
                         ->issues.v[fixture_issue(session_workbook(s), "Aa")]
                         .disposition,
                     DISPOSITION_AD_REFERENDUM);
    fixture_must(s, "disposition A(a) no agreement  they would not");
    fixture_must(s, "disposition A(a) b because");
    fixture_must_not(s, "dis A(a) agreed", "could be");
    fixture_must_not(s, "frobnicate", "no command");
}

static void bad_commands_say_what_to_do(void **state) {
    struct session *s = *state;
    fixture_must_not(s, "note", "needs ISSUE CAPTURE");
    fixture_must_not(s, "note A(a)", "needs");
    fixture_must_not(s, "note A(a) \\n ", "empty");
    fixture_must_not(s, "note X(a) text", "no topic");
    fixture_must_not(s, "note A text", "topic, not an issue");
    fixture_must_not(s, "priority A(a) 7", "no priority");
    fixture_must_not(s, "priority A(a) 1 2", "more than");
    fixture_must_not(s, "disposition A(a) maybe", "no disposition");
    fixture_must_not(s, "position A(a) fr oui", "sides are us, ru");
    fixture_must_not(s, "revise nobody.1 text", "no entry");
    fixture_must_not(s, "undo", "nothing to undo");
    fixture_must_not(s, "redo", "nothing to redo");
    fixture_must_not(s, "help", "screen");
    fixture_must_not(s, "discuss A(a) maybe", "start nor stop");
}

static void nothing_is_recorded_twice_by_mistake(void **state) {
    struct session *s = *state;
    fixture_must(s, "priority A(a) 1");
    fixture_must_not(s, "priority A(a) 1", "already");
    fixture_must(s, "discuss A(a) start");
    fixture_must_not(s, "discuss A(a) start", "already");
    fixture_must(s, "discuss A(a)");
    fixture_must_not(s, "discuss A(a) stop", "already");
}

static void undo_says_what(void **state) {
    struct session *s = *state;
    fixture_must(s, "priority B(c) 1");
    fixture_must(s, "undo");
    assert_string_equal(session_message(s), "undone: B(c) priority 1");
    fixture_must(s, "redo");
    assert_string_equal(session_message(s), "redone: B(c) priority 1");
}

static void entries_are_cited_by_their_event(void **state) {
    struct session *s = *state;
    fixture_must(s, "note A(a) @yak + teh list");
    const struct workbook *w = session_workbook(s);
    struct buf line = BUF_INIT;
    buf_addf(&line, "revise %s - the list", w->log.v[0].event.id);
    fixture_must(s, line.s);
    assert_string_equal(w->entries.v[0].text, "the list");
    assert_string_equal(w->entries.v[0].speaker, "");
    assert_int_equal(w->entries.v[0].note_kind, NOTE_AGAINST);
    buf_clear(&line);
    buf_addf(&line, "move %s B(b)", w->log.v[0].event.id);
    fixture_must(s, line.s);
    assert_int_equal(w->entries.v[0].issue, fixture_issue(w, "Bb"));
    buf_clear(&line);
    buf_addf(&line, "retract %s a slip", w->log.v[0].event.id);
    fixture_must(s, line.s);
    fixture_must_not(s, line.s, "no such entry");
    buf_release(&line);
}

static void reopening_gives_the_same_state(void **state) {
    struct session *s = *state;
    fixture_must(s, "note A(a) @yak + one");
    fixture_must(s, "answer A(b) Ответ\\n答案");
    fixture_must(s, "issue A From the room?");
    fixture_must(s, "note A(c) on it");
    fixture_must(s, "priority B(c) 1");
    fixture_must(s, "undo");
    session_close(s);
    s = *state = open_session("w.xml", SESSION_WRITE);
    const struct workbook *w = session_workbook(s);
    assert_int_equal(session_saved(s), 6);
    assert_null(session_notice(s));
    assert_int_equal(w->issues.v[fixture_issue(w, "Bc")].priority, 0);
    assert_true(w->issues.v[fixture_issue(w, "Ac")].live);
    fixture_must(s, "redo");
    assert_int_equal(w->issues.v[fixture_issue(w, "Bc")].priority, 1);
}

static void the_observer_is_told_after_the_disk(void **state) {
    struct session *s = *state;
    assert_null(session_read_only(s));
    fixture_must(s, "note A(a) x");
    struct session *reader = open_session("w.xml", SESSION_READ);
    assert_int_equal(session_saved(reader), 1);
    session_close(reader);
}

static void a_memo_is_read_but_not_written(void **state) {
    (void)state;
    struct err err = ERR_INIT;
    assert_null(session_open("m.xml", SESSION_WRITE, &err));
    assert_non_null(strstr(err.todo, "memobook new"));
    err_release(&err);
    struct session *s = open_session("m.xml", SESSION_READ);
    assert_int_equal(session_workbook(s)->topics.n, 3);
    session_close(s);
}

static void workbooks_are_named_after_their_memo(void **state) {
    (void)state;
    char *a = session_workbook_name("../memos/supr-2011.xml");
    char *b = session_workbook_name("memo");
    assert_string_equal(a, "supr-2011.workbook.xml");
    assert_string_equal(b, "memo.workbook.xml");
    free(a);
    free(b);
}

static void drafts_are_kept_and_dropped(void **state) {
    struct session *s = *state;
    struct buf b = BUF_INIT;
    struct err err = ERR_INIT;
    assert_int_equal(draft_load(s, "answer A.b", &b, &err), 0);
    assert_int_equal(draft_save(s, "answer A.b", "черновик\n2", 18, &err), 0);
    assert_int_equal(draft_save(s, "answer A.b", "черновик", 16, &err), 0);
    assert_int_equal(draft_load(s, "answer A.b", &b, &err), 1);
    assert_string_equal(b.s, "черновик");
    assert_int_equal(draft_load(s, "answer A.a", &b, &err), 0);
    assert_int_equal(draft_drop(s, "answer A.b", &err), 0);
    assert_int_equal(draft_drop(s, "answer A.b", &err), 0);
    buf_clear(&b);
    assert_int_equal(draft_load(s, "answer A.b", &b, &err), 0);
    buf_release(&b);
}

static void drafts_are_private(void **state) {
    struct session *s = *state;
    struct err err = ERR_INIT;
    struct stat st;
    assert_int_equal(draft_save(s, "../../x", "secret", 6, &err), 0);
    assert_int_equal(access("x", F_OK), -1);
    assert_int_equal(system("test $(ls memobook/drafts | wc -l) = 1"), 0);
    assert_int_equal(stat("memobook/drafts", &st), 0);
    assert_int_equal(st.st_mode & 077, 0);
    assert_int_equal(system("test $(stat -c %a memobook/drafts/*) = 600"), 0);
}

static void recent_files_are_newest_first(void **state) {
    (void)state;
    path_vec v = {0};
    fixture_write("one.xml", "x");
    fixture_write("two.xml", "x");
    recent_add("one.xml");
    recent_add("two.xml");
    recent_add("one.xml");
    recent_add("nothing.xml");
    recent_list(&v);
    assert_int_equal(v.n, 2);
    assert_non_null(strstr(v.v[0], "/one.xml"));
    assert_non_null(strstr(v.v[1], "/two.xml"));
    unlink("two.xml");
    path_vec_release(&v);
    recent_list(&v);
    assert_int_equal(v.n, 1);
    path_vec_release(&v);
    recent_memos(NULL, &v);
    assert_int_equal(v.n, 1);
    assert_string_equal(v.v[0], "m.xml");
    path_vec_release(&v);
}

static void every_key_stands_for_one_command(void **state) {
    (void)state;
    char key[KEY_NAME_MAX];
    for (unsigned where = 1; where < ON_ALL; where <<= 1)
        for (int i = 0; i < COMMAND_COUNT; i++)
            for (size_t k = 0;
                 (commands[i].where & where) && command_key(&commands[i], k, key); k++) {
                const struct command *c = command_of_key(key, where);
                if (c != &commands[i])
                    fail_msg("%s is %s and %s", key, c->name, commands[i].name);
            }
}

static void completion_offers_what_may_follow(void **state) {
    struct session *s = *state;
    struct buf b = BUF_INIT;
    assert_int_equal(command_complete(session_workbook(s), "disp", &b), 0);
    assert_string_equal(b.s, "disposition\n");
    buf_clear(&b);
    assert_int_equal(command_complete(session_workbook(s), "note A(", &b), 5);
    assert_string_equal(b.s, "A(a)\nA(b)\n");
    buf_clear(&b);
    assert_int_equal(command_complete(session_workbook(s), "disposition A(a) no", &b),
                     17);
    assert_string_equal(b.s, "no-agreement\nnoted\n");
    buf_clear(&b);
    command_complete(session_workbook(s), "position A(a) ", &b);
    assert_string_equal(b.s, "us\nru\n");
    buf_release(&b);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_capture_line_becomes_a_note),
        TEST(a_note_may_be_an_action),
        cmocka_unit_test_setup_teardown(the_memos_rule_sets_the_attribution,
                                        set_up_chatham, tear_down),
        TEST(escapes_make_line_breaks),
        TEST(what_xml_cannot_hold_is_made_visible),
        TEST(commands_are_found_by_their_start),
        TEST(bad_commands_say_what_to_do),
        TEST(nothing_is_recorded_twice_by_mistake),
        TEST(undo_says_what),
        TEST(entries_are_cited_by_their_event),
        TEST(reopening_gives_the_same_state),
        TEST(the_observer_is_told_after_the_disk),
        TEST(a_memo_is_read_but_not_written),
        TEST(workbooks_are_named_after_their_memo),
        TEST(drafts_are_kept_and_dropped),
        TEST(drafts_are_private),
        TEST(recent_files_are_newest_first),
        TEST(every_key_stands_for_one_command),
        TEST(completion_offers_what_may_follow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
