#include "fixture.h"

#include "store/file.h"
#include "store/workbook_file.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* What a reader is told. */
struct told {
    struct memo *memo;
    unsigned events, resets, odd, edited;
    char last[256];
};

static void take_memo(void *ctx, struct memo *m) {
    struct told *t = ctx;
    t->memo = m;
}

static void take_event(void *ctx, const struct event *e) {
    struct told *t = ctx;
    t->events++;
    t->odd += e->odd != NULL;
    t->edited += e->edited;
    snprintf(t->last, sizeof t->last, "%s", e->text);
}

static void forget(void *ctx) {
    struct told *t = ctx;
    memo_free(t->memo);
    *t = (struct told){.resets = t->resets + 1};
}

static struct workbook_file *open_book(const char *path, enum workbook_mode mode,
                                       struct told *t, struct err *err) {
    const struct workbook_sink sink = {t, take_memo, take_event, forget};
    *t = (struct told){0};
    return workbook_file_open(path, mode, &sink, err);
}

static void close_book(struct workbook_file *f, struct told *t) {
    struct err err = ERR_INIT;
    if (f)
        assert_int_equal(workbook_file_close(f, &err), 0);
    memo_free(t->memo);
    t->memo = NULL;
}

static int add(struct workbook_file *f, const char *id, const char *text,
               struct err *err) {
    struct event_draft d;
    event_draft_init(&d, EVENT_NOTE);
    event_draft_set(&d, FIELD_ISSUE, "A.a");
    d.event.id = id;
    d.event.text = text;
    return workbook_file_append(f, &d.event, err);
}

static int set_up(void **state) {
    (void)state;
    struct err err = ERR_INIT;
    fixture_enter_scratch();
    struct memo *m = fixture_memo("");
    assert_int_equal(workbook_file_create("w.xml", m, &err), 0);
    memo_free(m);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    fixture_leave_scratch();
    return 0;
}

/* A workbook with three notes in it, closed. */
static void add_three(void) {
    struct told t;
    struct err err = ERR_INIT;
    struct workbook_file *f = open_book("w.xml", WORKBOOK_WRITE, &t, &err);
    assert_non_null(f);
    assert_int_equal(add(f, "w.1", "first", &err), 0);
    assert_int_equal(add(f, "w.2", "второй", &err), 0);
    assert_int_equal(add(f, "w.3", "third\nline", &err), 0);
    close_book(f, &t);
}

static void expect_read(const char *path, unsigned events, const char *last) {
    struct told t;
    struct err err = ERR_INIT;
    struct workbook_file *f = open_book(path, WORKBOOK_READ, &t, &err);
    if (!f)
        fail_msg("%s", err.what);
    assert_int_equal(t.events, events);
    if (last)
        assert_string_equal(t.last, last);
    close_book(f, &t);
}

static void a_new_file_is_private_and_not_replaced(void **state) {
    (void)state;
    struct stat st;
    struct err err = ERR_INIT;
    assert_int_equal(stat("w.xml", &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    struct memo *m = fixture_memo("");
    assert_int_equal(workbook_file_create("w.xml", m, &err), -1);
    memo_free(m);
    err_release(&err);
    expect_read("w.xml", 0, NULL);
}

static void events_are_read_back(void **state) {
    (void)state;
    add_three();
    expect_read("w.xml", 3, "third\nline");
    struct buf b = fixture_read("w.xml");
    assert_string_equal(b.s + b.len - strlen("</log>\n</workbook>\n"),
                        "</log>\n</workbook>\n");
    buf_release(&b);
}

static void the_file_is_well_formed_while_open(void **state) {
    (void)state;
    struct told t;
    struct err err = ERR_INIT;
    struct workbook_file *f = open_book("w.xml", WORKBOOK_WRITE, &t, &err);
    char id[16];
    struct buf text = BUF_INIT;
    for (unsigned i = 1; i <= 40; i++) {
        snprintf(id, sizeof id, "w.%u", i);
        buf_fill(&text, 'x', 400 * i);
        assert_int_equal(add(f, id, text.s, &err), 0);
        expect_read("w.xml", i, NULL);
        struct stat st;
        assert_int_equal(stat("w.xml", &st), 0);
        buf_clear(&text);
    }
    buf_release(&text);
    close_book(f, &t);
    expect_read("w.xml", 40, NULL);
}

static void a_runway_lies_behind_the_tail(void **state) {
    (void)state;
    struct told t;
    struct err err = ERR_INIT;
    struct workbook_file *f = open_book("w.xml", WORKBOOK_WRITE, &t, &err);
    assert_int_equal(add(f, "w.1", "x", &err), 0);
    struct buf b = fixture_read("w.xml");
    size_t root = (size_t)(strstr(b.s, "</workbook>\n") - b.s) + strlen("</workbook>\n");
    assert_true(b.len - root >= 4096 && b.len - root <= 68 * 1024);
    assert_int_equal(strspn(b.s + root, " \n"), b.len - root);
    buf_release(&b);
    close_book(f, &t);
    b = fixture_read("w.xml");
    assert_int_equal(b.s[b.len - 2], '>');
    buf_release(&b);
}

static void opening_writes_nothing(void **state) {
    (void)state;
    add_three();
    struct stat before, after;
    struct told t;
    struct err err = ERR_INIT;
    assert_int_equal(stat("w.xml", &before), 0);
    close_book(open_book("w.xml", WORKBOOK_WRITE, &t, &err), &t);
    assert_int_equal(stat("w.xml", &after), 0);
    assert_int_equal(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
    assert_int_equal(before.st_size, after.st_size);
}

static void there_is_one_writer(void **state) {
    (void)state;
    struct told t, u;
    struct err err = ERR_INIT;
    struct workbook_file *f = open_book("w.xml", WORKBOOK_WRITE, &t, &err);
    assert_null(open_book("w.xml", WORKBOOK_WRITE, &u, &err));
    assert_non_null(strstr(err.what, "in use by"));
    err_release(&err);
    struct workbook_file *g = open_book("w.xml", WORKBOOK_PREFER, &u, &err);
    assert_non_null(g);
    assert_non_null(strstr(workbook_file_read_only(g), "in use by"));
    assert_int_equal(add(g, "v.1", "x", &err), -1);
    err_release(&err);
    close_book(g, &u);
    assert_int_equal(add(f, "w.1", "x", &err), 0);
    close_book(f, &t);
}

static void reading_needs_no_lock(void **state) {
    (void)state;
    struct told t;
    struct err err = ERR_INIT;
    struct workbook_file *f = open_book("w.xml", WORKBOOK_WRITE, &t, &err);
    assert_int_equal(add(f, "w.1", "x", &err), 0);
    expect_read("w.xml", 1, "x");
    close_book(f, &t);
}

static int count_files(const char *pattern) {
    struct buf command = BUF_INIT;
    buf_addf(&command, "ls | grep -c '%s'", pattern);
    FILE *p = popen(command.s, "r");
    int n = -1;
    assert_int_equal(fscanf(p, "%d", &n), 1);
    pclose(p);
    buf_release(&command);
    return n;
}

/* Cut anywhere after the start of the log: every whole event comes back, and the rest is
 * aside. */
static void a_torn_tail_is_repaired(void **state) {
    (void)state;
    add_three();
    struct buf whole = fixture_read("w.xml");
    size_t log = (size_t)(strstr(whole.s, "<log>\n") - whole.s) + strlen("<log>\n");
    for (size_t cut = log; cut < whole.len - 1; cut += 7) {
        char kept = whole.s[cut];
        unsigned complete = 0;
        struct told t;
        struct err err = ERR_INIT;
        whole.s[cut] = '\0';
        for (const char *p = whole.s + log; (p = strstr(p, "</note>")); p++)
            complete++;
        unlink("w.xml");
        fixture_write("w.xml", whole.s);
        whole.s[cut] = kept;
        struct workbook_file *f = open_book("w.xml", WORKBOOK_WRITE, &t, &err);
        if (!f)
            fail_msg("cut at %zu: %s", cut, err.what);
        assert_int_equal(t.events, complete);
        assert_non_null(workbook_file_notice(f));
        assert_int_equal(add(f, "w.9", "after", &err), 0);
        close_book(f, &t);
        expect_read("w.xml", complete + 1, "after");
        assert_int_equal(system("rm -f w.xml.torn-*"), 0);
    }
    buf_release(&whole);
}

static void the_torn_bytes_are_kept(void **state) {
    (void)state;
    add_three();
    struct told t;
    struct err err = ERR_INIT;
    struct buf whole = fixture_read("w.xml");
    char *last = strstr(whole.s, "third");
    last[3] = '\0';
    fixture_write("w.xml", whole.s);
    buf_release(&whole);
    struct workbook_file *f = open_book("w.xml", WORKBOOK_WRITE, &t, &err);
    assert_int_equal(t.events, 2);
    close_book(f, &t);
    assert_int_equal(count_files("w.xml.torn-"), 1);
    assert_int_equal(system("grep -q 'thi$' w.xml.torn-*"), 0);
}

static void reading_a_torn_file_writes_nothing(void **state) {
    (void)state;
    add_three();
    struct buf whole = fixture_read("w.xml");
    strstr(whole.s, "third")[0] = '\0';
    fixture_write("w.xml", whole.s);
    expect_read("w.xml", 2, "второй");
    struct buf after = fixture_read("w.xml");
    assert_string_equal(after.s, whole.s);
    assert_int_equal(count_files("torn"), 0);
    buf_release(&whole);
    buf_release(&after);
}

static void nuls_of_a_power_cut_are_cut_off(void **state) {
    (void)state;
    add_three();
    struct told t;
    struct err err = ERR_INIT;
    int fd = open("w.xml", O_WRONLY);
    struct stat st;
    assert_int_equal(fstat(fd, &st), 0);
    assert_int_equal(ftruncate(fd, st.st_size + 5000), 0);
    close(fd);
    struct workbook_file *f = open_book("w.xml", WORKBOOK_WRITE, &t, &err);
    assert_non_null(f);
    assert_int_equal(t.events, 3);
    assert_int_equal(add(f, "w.4", "x", &err), 0);
    close_book(f, &t);
    expect_read("w.xml", 4, "x");
}

static void damage_in_the_middle_is_not_written_over(void **state) {
    (void)state;
    add_three();
    struct told t;
    struct err err = ERR_INIT;
    struct buf whole = fixture_read("w.xml");
    memset(strstr(whole.s, "второй"), '<', 6);
    fixture_write("w.xml", whole.s);
    struct workbook_file *f = open_book("w.xml", WORKBOOK_PREFER, &t, &err);
    assert_non_null(f);
    assert_int_equal(t.events, 2);
    assert_string_equal(t.last, "third\nline");
    assert_non_null(workbook_file_read_only(f));
    close_book(f, &t);
    struct buf after = fixture_read("w.xml");
    assert_string_equal(after.s, whole.s);
    buf_release(&whole);
    buf_release(&after);
}

static void an_edit_by_hand_is_noticed_and_kept(void **state) {
    (void)state;
    add_three();
    struct told t;
    struct err err = ERR_INIT;
    struct buf whole = fixture_read("w.xml");
    memcpy(strstr(whole.s, "first"), "FIRST", 5);
    fixture_write("w.xml", whole.s);
    buf_release(&whole);
    struct workbook_file *f = open_book("w.xml", WORKBOOK_WRITE, &t, &err);
    assert_int_equal(t.events, 3);
    assert_int_equal(t.edited, 1);
    assert_int_equal(add(f, "w.4", "x", &err), 0);
    close_book(f, &t);
}

static void another_tools_log_goes_on(void **state) {
    (void)state;
    struct buf whole = fixture_read("w.xml");
    char *log = strstr(whole.s, "<log>\n</log>");
    memcpy(log, "<log/>      ", 12);
    fixture_write("w.xml", whole.s);
    buf_release(&whole);
    struct told t;
    struct err err = ERR_INIT;
    struct workbook_file *f = open_book("w.xml", WORKBOOK_WRITE, &t, &err);
    assert_non_null(f);
    assert_int_equal(add(f, "w.1", "one", &err), 0);
    assert_int_equal(add(f, "w.2", "two", &err), 0);
    expect_read("w.xml", 2, "two");
    close_book(f, &t);
    expect_read("w.xml", 2, "two");
}

static void a_file_changed_under_us_is_not_touched(void **state) {
    (void)state;
    add_three();
    struct told t;
    struct err err = ERR_INIT;
    struct workbook_file *f = open_book("w.xml", WORKBOOK_WRITE, &t, &err);
    struct buf whole = fixture_read("w.xml");
    fixture_write("theirs.xml", whole.s);
    buf_release(&whole);
    assert_int_equal(rename("theirs.xml", "w.xml"), 0);
    assert_int_equal(add(f, "w.4", "x", &err), -1);
    assert_non_null(strstr(err.what, "not saved"));
    assert_non_null(strstr(err.todo, "conflict-"));
    err_release(&err);
    expect_read("w.xml", 3, NULL);
    assert_int_equal(count_files("conflict"), 1);
    assert_int_equal(add(f, "w.4", "x", &err), -1);
    assert_int_equal(count_files("conflict"), 1);
    err_release(&err);
    close_book(f, &t);
}

static void odd_events_do_not_lock_anybody_out(void **state) {
    (void)state;
    struct buf whole = fixture_read("w.xml"), b = BUF_INIT;
    char *end = strstr(whole.s, "</log>");
    buf_add(&b, whole.s, (size_t)(end - whole.s));
    buf_puts(
        &b, "<note n='1' id='x.1' at='2011-12-06T09:02:11.250Z' issue='A.a'>fine</note>\n"
            "<note issue='A.a'>no id</note>\n"
            "<note n='1' id='x.2' at='2011-12-06T09:02:11.250Z'>again n 1</note>\n"
            "<note n='3' id='x.3' at='noon' issue='A.a'>no time</note>\n"
            "<hologram n='4' id='x.4' at='2011-12-06T09:02:11.250Z'><i/>?</hologram>\n"
            "<note n='5' id='x.5' at='2011-12-06T09:02:11.250Z'><b/></note>\n");
    buf_puts(&b, end);
    fixture_write("w.xml", b.s);
    struct told t;
    struct err err = ERR_INIT;
    struct workbook_file *f = open_book("w.xml", WORKBOOK_WRITE, &t, &err);
    assert_non_null(f);
    assert_int_equal(t.events, 6);
    assert_int_equal(t.odd, 4);
    assert_int_equal(add(f, "w.1", "x", &err), 0);
    close_book(f, &t);
    struct buf after = fixture_read("w.xml");
    assert_non_null(strstr(after.s, "<hologram n='4'"));
    assert_non_null(strstr(after.s, "<note n=\"6\" id=\"w.1\""));
    buf_release(&whole);
    buf_release(&after);
    buf_release(&b);
}

static void only_regular_files_are_opened(void **state) {
    (void)state;
    struct told t;
    struct err err = ERR_INIT;
    assert_int_equal(mkfifo("pipe", 0600), 0);
    assert_null(open_book("pipe", WORKBOOK_READ, &t, &err));
    err_release(&err);
    assert_null(open_book(".", WORKBOOK_READ, &t, &err));
    err_release(&err);
    assert_null(open_book("nothing", WORKBOOK_READ, &t, &err));
    assert_string_equal(err.file, "nothing");
    err_release(&err);
}

static void damage_is_recovered_and_only_bad_bytes_set_aside(void **state) {
    (void)state;
    add_three();
    struct told t;
    struct err err = ERR_INIT;
    struct buf whole = fixture_read("w.xml");
    memset(strstr(whole.s, "второй"), '<', 6);
    fixture_write("w.xml", whole.s);
    buf_release(&whole);
    struct workbook_file *f = open_book("w.xml", WORKBOOK_RECOVER, &t, &err);
    assert_non_null(f);
    assert_int_equal(t.events, 2);
    assert_null(workbook_file_read_only(f));
    assert_int_equal(add(f, "w.4", "on", &err), 0);
    close_book(f, &t);
    expect_read("w.xml", 3, "on");
    assert_int_equal(count_files("w.xml.damaged-"), 1);
    assert_int_equal(system("grep -q '<<<<<<' w.xml.damaged-*"), 0);
    assert_int_not_equal(system("grep -q 'first' w.xml.damaged-*"), 0);
}

static int expunge(struct workbook_file *f, const char *id, struct err *err) {
    struct event_draft d;
    bool expunged;
    event_draft_init(&d, EVENT_EXPUNGED);
    d.event.id = "x.1";
    return workbook_file_expunge(f, id, &d, &expunged, err);
}

static void expunged_events_leave_no_byte(void **state) {
    (void)state;
    add_three();
    struct told t;
    struct err err = ERR_INIT;
    struct stat before, after;
    fixture_write("w.xml.torn-20111206T090211", "<note id=\"w.2\">второй</no");
    fixture_write("other.torn-20111206T090211", "<note id=\"w.2\">второй</no");
    assert_int_equal(chmod("w.xml", 0640), 0);
    assert_int_equal(stat("w.xml", &before), 0);
    struct workbook_file *f = open_book("w.xml", WORKBOOK_WRITE, &t, &err);
    assert_int_equal(expunge(f, "w.2", &err), 0);
    assert_int_equal(add(f, "w.4", "on", &err), 0);
    expect_read("w.xml", 4, "on");
    assert_int_not_equal(system("grep -q второй w.xml w.xml.torn-*"), 0);
    assert_int_equal(system("grep -q второй other.torn-*"), 0);
    assert_int_equal(system("grep -q 'events=\"w.2\"' w.xml"), 0);
    assert_int_equal(stat("w.xml", &after), 0);
    assert_int_equal(after.st_mode, before.st_mode);
    assert_int_not_equal(after.st_ino, before.st_ino);
    struct told u;
    assert_null(
        open_book("w.xml", WORKBOOK_WRITE, &u, &err)); /* the new file is locked */
    err_release(&err);
    close_book(f, &t);
}

static void several_names_are_not_torn_apart(void **state) {
    (void)state;
    add_three();
    struct told t;
    struct err err = ERR_INIT;
    assert_int_equal(link("w.xml", "also.xml"), 0);
    struct workbook_file *f = open_book("w.xml", WORKBOOK_WRITE, &t, &err);
    assert_int_equal(expunge(f, "w.2", &err), -1);
    assert_non_null(strstr(err.what, "hard links"));
    err_release(&err);
    assert_int_equal(add(f, "w.4", "on", &err), 0);
    close_book(f, &t);
    expect_read("also.xml", 4, "on");
}

static void a_change_by_hand_is_accepted_on_request(void **state) {
    (void)state;
    add_three();
    struct told t;
    struct err err = ERR_INIT;
    size_t resealed;
    struct buf whole = fixture_read("w.xml");
    memcpy(strstr(whole.s, "first"), "FIRST", 5);
    fixture_write("w.xml", whole.s);
    buf_release(&whole);
    struct workbook_file *f = open_book("w.xml", WORKBOOK_WRITE, &t, &err);
    assert_int_equal(t.edited, 1);
    assert_int_equal(workbook_file_reseal(f, &resealed, &err), 0);
    assert_int_equal(resealed, 1);
    close_book(f, &t);
    f = open_book("w.xml", WORKBOOK_READ, &t, &err);
    assert_int_equal(t.edited, 0);
    assert_int_equal(t.events, 3);
    close_book(f, &t);
}

static void a_copy_is_a_workbook(void **state) {
    (void)state;
    add_three();
    struct told t;
    struct err err = ERR_INIT;
    struct workbook_file *f = open_book("w.xml", WORKBOOK_WRITE, &t, &err);
    assert_int_equal(workbook_file_copy(f, "copy.xml", &err), 0);
    assert_int_equal(workbook_file_copy(f, "copy.xml", &err), -1);
    err_release(&err);
    close_book(f, &t);
    expect_read("copy.xml", 3, "third\nline");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_new_file_is_private_and_not_replaced),
        TEST(events_are_read_back),
        TEST(the_file_is_well_formed_while_open),
        TEST(a_runway_lies_behind_the_tail),
        TEST(opening_writes_nothing),
        TEST(there_is_one_writer),
        TEST(reading_needs_no_lock),
        TEST(a_torn_tail_is_repaired),
        TEST(the_torn_bytes_are_kept),
        TEST(reading_a_torn_file_writes_nothing),
        TEST(nuls_of_a_power_cut_are_cut_off),
        TEST(damage_in_the_middle_is_not_written_over),
        TEST(an_edit_by_hand_is_noticed_and_kept),
        TEST(another_tools_log_goes_on),
        TEST(a_file_changed_under_us_is_not_touched),
        TEST(odd_events_do_not_lock_anybody_out),
        TEST(only_regular_files_are_opened),
        TEST(damage_is_recovered_and_only_bad_bytes_set_aside),
        TEST(expunged_events_leave_no_byte),
        TEST(several_names_are_not_torn_apart),
        TEST(a_change_by_hand_is_accepted_on_request),
        TEST(a_copy_is_a_workbook),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
