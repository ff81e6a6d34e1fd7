/* The pure parser of a roster. What is recorded of one is in test_session_room.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/text.h"
#include "session/roster.h"

/* All rows as "NAME/SIDE/CONSTITUENCY/ROLE\n", "." for a cell that is not there; a wrong
 * one as "!LINE:COLUMN WHAT\n". */
static struct buf shown(const char *s, size_t len) {
    struct roster r = ROSTER_INIT;
    struct err err = ERR_INIT;
    struct buf out = BUF_INIT;
    if (roster_parse(&r, s, len, &err) < 0)
        buf_addf(&out, "!! %s", err.what);
    for (size_t i = 0; i < r.rows.n; i++) {
        const struct roster_row *row = &r.rows.v[i];
        if (row->fault.what)
            buf_addf(&out, "!%ld:%ld %s\n", row->fault.line, row->fault.column,
                     row->fault.what);
        for (int f = 0; !row->fault.what && f < ROSTER_FIELD_COUNT; f++)
            buf_addf(&out, "%s%s", row->cell[f].s ? row->cell[f].s : ".",
                     f == ROSTER_ROLE ? "\n" : "/");
    }
    err_release(&err);
    roster_release(&r);
    return out;
}

#define ASSERT_ROWS(text, rows)                                                          \
    do {                                                                                 \
        struct buf shown_ = shown(text, sizeof(text) - 1);                               \
        assert_string_equal(shown_.s, rows);                                             \
        buf_release(&shown_);                                                            \
    } while (0)

static void test_rows(void **state) {
    (void)state;
    ASSERT_ROWS("Ann LEE,us,business,chair\nIvan PETROV,ru\n",
                "Ann LEE/us/business/chair\nIvan PETROV/ru/./.\n");
    ASSERT_ROWS("Ann LEE", "Ann LEE/././.\n");
    ASSERT_ROWS("  Ann   LEE\t, us ,,\n", "Ann LEE/us//\n");
    ASSERT_ROWS("Михаил ЯКУШЕВ,ru,гражданское общество\n",
                "Михаил ЯКУШЕВ/ru/гражданское общество/.\n");
}

static void test_line_ends_and_blank_lines(void **state) {
    (void)state;
    ASSERT_ROWS("A B,us\r\n\r\nC D,ru\r\n", "A B/us/./.\nC D/ru/./.\n");
    ASSERT_ROWS("A B,us\rC D,ru\r", "A B/us/./.\nC D/ru/./.\n");
    ASSERT_ROWS("\n \n,,,\nA B\n\n", "A B/././.\n");
}

static void test_byte_order_mark(void **state) {
    (void)state;
    ASSERT_ROWS("\xEF\xBB\xBF"
                "name,side\nA B,us\n",
                "A B/us/./.\n");
    ASSERT_ROWS("\xFF\xFE"
                "n\0a\0",
                "!! it is UTF-16, not UTF-8");
    ASSERT_ROWS("\xFE\xFF"
                "\0n\0a",
                "!! it is UTF-16, not UTF-8");
}

static void test_separator(void **state) {
    (void)state;
    ASSERT_ROWS("LEE, Ann;us\nPETROV, Ivan;ru;government;chair\n",
                "LEE, Ann/us/./.\nPETROV, Ivan/ru/government/chair\n");
    ASSERT_ROWS("name;side\nLEE, Ann;us\n", "LEE, Ann/us/./.\n");
    ASSERT_ROWS("name,side\n\"LEE; Ann\",us\n", "LEE; Ann/us/./.\n");
    ASSERT_ROWS("Ann LEE\nIvan PETROV;ru\n", "Ann LEE/././.\nIvan PETROV/ru/./.\n");
}

static void test_quotes(void **state) {
    (void)state;
    ASSERT_ROWS("\"LEE, Ann\",us\n", "LEE, Ann/us/./.\n");
    ASSERT_ROWS("\"Ann \"\"Annie\"\" LEE\", \"us\" \n", "Ann \"Annie\" LEE/us/./.\n");
    ASSERT_ROWS("\"Ann\nLEE\",us\nA B,x\n", "Ann LEE/us/./.\nA B/x/./.\n");
    ASSERT_ROWS("\"\",us\n", "!1:1 a participant needs a name\n");
    ASSERT_ROWS("Ann \"Annie\" LEE,us\n", "Ann \"Annie\" LEE/us/./.\n");
}

static void test_header(void **state) {
    (void)state;
    ASSERT_ROWS("Role,NAME,Side\nchair,Ann LEE,us\n", "Ann LEE/us/./chair\n");
    ASSERT_ROWS("ФИО;Сторона;Группа;Роль\nАнна ЛИ;us;;chair\n", "Анна ЛИ/us//chair\n");
    ASSERT_ROWS("name,email,side\nAnn LEE,a@b.example,us\n", "Ann LEE/us/./.\n");
    ASSERT_ROWS("name,side,email\nAnn LEE,us,a@b.example\n", "Ann LEE/us/./.\n");
    ASSERT_ROWS("side,role\nus,chair\n", "!1:1 no column has the heading “name”\n"
                                         "!2:1 a participant needs a name\n");
    ASSERT_ROWS("name,side,name\nA B,us,C\n",
                "!1:11 two columns have this heading\nA B/us/./.\n");
    /* Only the first line is one. */
    ASSERT_ROWS("Ann LEE,us\nname,side\n", "Ann LEE/us/./.\nname/side/./.\n");
}

static void test_faults_say_where(void **state) {
    (void)state;
    ASSERT_ROWS("A B,us\n,ru\n", "A B/us/./.\n!2:1 a participant needs a name\n");
    ASSERT_ROWS("A B,us,x,chair,5\n", "!1:16 a field too many\n");
    ASSERT_ROWS("A B,us\nC D,\"ru\nE F,us\n",
                "A B/us/./.\n!2:5 this quotation mark is never closed\n");
    ASSERT_ROWS("\"A B\" C,us\nE F,ru\n",
                "!1:7 text follows the closing quotation mark\nE F/ru/./.\n");
    ASSERT_ROWS("\"A\nB\",us\nC,us,\xD0,x\n", "A B/us/./.\n!3:6 it is not UTF-8\n");
    ASSERT_ROWS("A B,us\nC\0D,us\n", "A B/us/./.\n!2:1 it holds a NUL byte\n");
}

static void test_nobody(void **state) {
    (void)state;
    ASSERT_ROWS("", "!! it names no participants");
    ASSERT_ROWS("\n\n", "!! it names no participants");
    ASSERT_ROWS("name,side\n", "!! it names no participants");
}

static void test_too_long(void **state) {
    (void)state;
    struct buf b = BUF_INIT;
    buf_fill(&b, 'x', ROSTER_NAME_MAX);
    struct buf fits = shown(b.s, b.len);
    assert_int_equal(fits.s[0], 'x');
    buf_putc(&b, 'x');
    struct buf out = shown(b.s, b.len);
    assert_string_equal(out.s, "!1:1 it is too long for a name\n");
    buf_clear(&b);
    for (int i = 0; i <= ROSTER_ROWS_MAX; i++)
        buf_addf(&b, "P%d\n", i);
    struct buf many = shown(b.s, b.len);
    assert_int_equal(strncmp(many.s, "!! it has more than 2000", 24), 0);
    buf_release(&b);
    buf_release(&fits);
    buf_release(&out);
    buf_release(&many);
}

static void test_line(void **state) {
    (void)state;
    struct roster r = ROSTER_INIT;
    struct err err = ERR_INIT;
    assert_int_equal(roster_parse_line(&r, "name, us", &err), 0);
    assert_string_equal(roster_get(&r.rows.v[0], ROSTER_NAME), "name");
    roster_release(&r);
    assert_int_equal(roster_parse_line(&r, "LEE, Ann; us", &err), 0);
    assert_string_equal(roster_get(&r.rows.v[0], ROSTER_NAME), "LEE, Ann");
    roster_release(&r);
    assert_int_equal(roster_parse_line(&r, "  ", &err), -1);
    assert_string_equal(err.what, "a participant needs a name");
    assert_int_equal(roster_parse_line(&r, "A\nB", &err), -1);
    assert_string_equal(err.what, "that is more than one participant");
    roster_release(&r);
    err_release(&err);
}

static void test_faults_are_counted(void **state) {
    (void)state;
    struct roster r = ROSTER_INIT;
    struct err err = ERR_INIT;
    const struct roster_row *first = NULL;
    static const char text[] = "A\n,x\nB\n,y\n";
    assert_int_equal(roster_parse(&r, text, sizeof text - 1, &err), 0);
    roster_fault(&r.rows.v[2], ROSTER_SIDE, "no such side", NULL);
    /* A row keeps its first fault. */
    roster_fault(&r.rows.v[1], ROSTER_SIDE, "no such side", NULL);
    assert_int_equal(roster_wrong(&r, &first), 3);
    assert_int_equal(first->line, 2);
    assert_string_equal(first->fault.what, "a participant needs a name");
    assert_int_equal(r.rows.v[2].fault.line, 3);
    roster_release(&r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_line_ends_and_blank_lines),
        cmocka_unit_test(test_byte_order_mark),
        cmocka_unit_test(test_separator),
        cmocka_unit_test(test_quotes),
        cmocka_unit_test(test_header),
        cmocka_unit_test(test_faults_say_where),
        cmocka_unit_test(test_nobody),
        cmocka_unit_test(test_too_long),
        cmocka_unit_test(test_line),
        cmocka_unit_test(test_faults_are_counted),
    };
    text_locale();
    return cmocka_run_group_tests_name("roster", tests, NULL, NULL);
}
