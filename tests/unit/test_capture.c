/* capture: by example, and as properties of random lines. */
#include "base/mem.h"
#include "base/text.h"
#include "model/capture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <cmocka.h>

static const char *or_dash(const char *s) {
    return s ? s : "-";
}

/* All that was understood, on one line: tilde, speaker, kind, owner, due, text. */
static void describe(struct buf *b, const struct capture *c) {
    static const char *const kinds[] = {"comment",  "for",      "against",
                                        "proposal", "question", "fact"};
    buf_addf(b, "%s%s %s %s %s [%s]", c->non_attributable ? "~" : "", or_dash(c->speaker),
             c->action ? "action" : kinds[c->kind], or_dash(c->owner),
             *c->due ? c->due : "-", c->text);
}

static void check(const char *line, const char *want, bool notice) {
    struct capture c;
    struct buf b = BUF_INIT;
    capture_parse(line, &c);
    describe(&b, &c);
    assert_string_equal(b.s, want);
    if (notice != (c.notice != NULL))
        fail_msg("%s: notice: %s", line, or_dash(c.notice));
    buf_release(&b);
    capture_release(&c);
}

static void assert_parsed(const char *line, const char *want) {
    check(line, want, false);
}

/* Kept otherwise than it may have been meant, which is said. */
static void assert_noticed(const char *line, const char *want) {
    check(line, want, true);
}

static void takes_plain_comments(void **state) {
    (void)state;
    assert_parsed("", "- comment - - []");
    assert_parsed("  \t ", "- comment - - []");
    assert_parsed("hello", "- comment - - [hello]");
    assert_parsed("  two words  ", "- comment - - [two words]");
    assert_parsed("mail a@b.org + c", "- comment - - [mail a@b.org + c]");
    assert_parsed("by 2011-12-20", "- comment - - [by 2011-12-20]");
    assert_parsed("send it by 2011-12-20", "- comment - - [send it by 2011-12-20]");
    assert_parsed("网络主权", "- comment - - [网络主权]");
    assert_parsed("\xff\xd0 x", "- comment - - [\xff\xd0 x]");
}

static void takes_a_kind(void **state) {
    (void)state;
    assert_parsed("+ yes", "- for - - [yes]");
    assert_parsed("- no", "- against - - [no]");
    assert_parsed("! let us", "- proposal - - [let us]");
    assert_parsed("? why", "- question - - [why]");
    assert_parsed("= 47 states", "- fact - - [47 states]");
    assert_parsed("  +   yes ", "- for - - [yes]");
    assert_parsed("+\tyes", "- for - - [yes]");
}

static void takes_a_speaker(void **state) {
    (void)state;
    assert_parsed("@yak Art. 32(b)", "yak comment - - [Art. 32(b)]");
    assert_parsed("@yak: Art. 32(b)", "yak comment - - [Art. 32(b)]");
    assert_parsed("@yak, Art. 32(b)", "yak comment - - [Art. 32(b)]");
    assert_parsed("@yak. Art", "yak comment - - [Art]");
    assert_parsed("@Якушев + да", "Якушев for - - [да]");
    assert_parsed("@шмидт: нет", "шмидт comment - - [нет]");
    assert_parsed("@李 不同意", "李 comment - - [不同意]");
    assert_parsed("@e\u0301mile oui", "e\u0301mile comment - - [oui]");
    assert_parsed("@m.yakushev-2_b x", "m.yakushev-2_b comment - - [x]");
    assert_parsed("@O'Neil x", "O'Neil comment - - [x]");
    assert_parsed("@O’Neil x", "O’Neil comment - - [x]");
    assert_parsed("@7 x", "7 comment - - [x]");
    assert_parsed("@us @ru x", "us comment - - [@ru x]");
}

static void takes_marks_in_any_order(void **state) {
    (void)state;
    assert_parsed("@yak + text", "yak for - - [text]");
    assert_parsed("+ @yak text", "yak for - - [text]");
    assert_parsed("+@yak text", "yak for - - [text]");
    assert_parsed("~ @yak - text", "~yak against - - [text]");
    assert_parsed("@yak ~ - text", "~yak against - - [text]");
    assert_parsed("@yak - ~ text", "~yak against - - [text]");
    assert_parsed("~+ text", "~- for - - [text]");
    assert_parsed("+~ text", "~- for - - [text]");
    assert_parsed("~@yak text", "~yak comment - - [text]");
    assert_parsed("~+@yak text", "~yak for - - [text]");
    assert_parsed("~ text", "~- comment - - [text]");
    assert_parsed("~  @yak:  +  text", "~yak for - - [text]");
}

static void takes_actions(void **state) {
    (void)state;
    assert_parsed("> @schmidt send the CERT contact list by 2011-12-20",
                  "- action schmidt 2011-12-20 [send the CERT contact list]");
    assert_parsed("> send it", "- action - - [send it]");
    assert_parsed("> send it by 2011-12-20", "- action - 2011-12-20 [send it]");
    assert_parsed("> send it BY  2011-12-20.", "- action - 2011-12-20 [send it]");
    assert_parsed("@yak > @schmidt send it", "yak action schmidt - [send it]");
    assert_parsed("@yak > send it", "yak action - - [send it]");
    assert_parsed("~> @schmidt send it", "~- action schmidt - [send it]");
    assert_parsed(">@schmidt: send it", "- action schmidt - [send it]");
    assert_parsed("> @a @b send", "- action a - [@b send]");
    assert_parsed("> @lee stand by", "- action lee - [stand by]");
    assert_parsed("> a by 2011-12-01 by 2012-02-29",
                  "- action - 2012-02-29 [a by 2011-12-01]");
    assert_parsed("> 5 copies", "- action - - [5 copies]");
    assert_parsed("> call by Friday", "- action - - [call by Friday]");
    assert_parsed("> drive by 2011-12-20 again",
                  "- action - - [drive by 2011-12-20 again]");
    assert_parsed("> standby 2011-12-20", "- action - - [standby 2011-12-20]");
    assert_parsed("> by 2011-12-20", "- action - - [by 2011-12-20]");
    assert_parsed("> @lee by 2011-12-20", "- action lee - [by 2011-12-20]");
}

static void knows_the_calendar(void **state) {
    (void)state;
    assert_parsed("> x by 2000-02-29", "- action - 2000-02-29 [x]");
    assert_parsed("> x by 0001-01-31", "- action - 0001-01-31 [x]");
    assert_noticed("> x by 1900-02-29", "- action - - [x by 1900-02-29]");
    assert_noticed("> x by 2011-02-29", "- action - - [x by 2011-02-29]");
    assert_noticed("> x by 2011-04-31", "- action - - [x by 2011-04-31]");
    assert_noticed("> x by 2012-04-31", "- action - - [x by 2012-04-31]");
    assert_noticed("> x by 2011-13-01", "- action - - [x by 2011-13-01]");
    assert_noticed("> x by 2011-00-01", "- action - - [x by 2011-00-01]");
    assert_noticed("> x by 2011-01-00", "- action - - [x by 2011-01-00]");
    assert_noticed("> x by 0000-01-01", "- action - - [x by 0000-01-01]");
    assert_noticed("> x by 20.12.2011", "- action - - [x by 20.12.2011]");
    assert_noticed("> x by 2011-12-2", "- action - - [x by 2011-12-2]");
    assert_noticed("> x by 2011-12-20..", "- action - - [x by 2011-12-20..]");
    assert_noticed("> x by 2011", "- action - - [x by 2011]");
}

static void loses_no_character(void **state) {
    (void)state;
    assert_parsed("-5 degrees", "- comment - - [-5 degrees]");
    assert_parsed("+7 495 123", "- comment - - [+7 495 123]");
    assert_parsed("@yak -5 degrees", "yak comment - - [-5 degrees]");
    assert_parsed("-> see", "- comment - - [-> see]");
    assert_parsed("=> see", "- comment - - [=> see]");
    assert_parsed("-- see", "- comment - - [-- see]");
    assert_parsed("?! see", "- comment - - [?! see]");
    assert_parsed("??", "- comment - - [??]");
    assert_parsed("... see", "- comment - - [... see]");
    assert_parsed("=5", "- comment - - [=5]");
    assert_parsed(">50%", "- comment - - [>50%]");
    assert_parsed("+ - both", "- for - - [- both]");
    assert_parsed("> + both", "- action - - [+ both]");
    assert_parsed("> > both", "- action - - [> both]");
    assert_noticed("=", "- comment - - [=]");
    assert_noticed("+ ", "- comment - - [+]");
    assert_noticed("@yak +", "yak comment - - [+]");
    assert_noticed("+good", "- comment - - [+good]");
    assert_noticed("@yak ?почему", "yak comment - - [?почему]");
}

static void an_at_and_a_hyphen_is_nobody(void **state) {
    (void)state;
    struct capture c;
    capture_parse("@- + x", &c);
    assert_string_equal(c.speaker, "-");
    assert_int_equal(c.kind, CAPTURE_FOR);
    assert_string_equal(c.text, "x");
    capture_release(&c);
    capture_parse("> @- x", &c);
    assert_string_equal(c.owner, "-");
    assert_null(c.speaker);
    capture_release(&c);
    assert_noticed("@-", "- comment - - [@-]");
    assert_noticed("@-- x", "- comment - - [@-- x]");
}

static void keeps_what_is_no_name(void **state) {
    (void)state;
    assert_noticed("@", "- comment - - [@]");
    assert_noticed("@ yak", "- comment - - [@ yak]");
    assert_noticed("@yak", "- comment - - [@yak]");
    assert_noticed("@yak:", "- comment - - [@yak:]");
    assert_noticed("@@yak x", "- comment - - [@@yak x]");
    assert_noticed("@yak+ x", "- comment - - [@yak+ x]");
    assert_noticed("@yak/lee x", "- comment - - [@yak/lee x]");
    assert_noticed("@a@b.org wrote", "- comment - - [@a@b.org wrote]");
    assert_noticed("@-x y", "- comment - - [@-x y]");
    assert_noticed("@: x", "- comment - - [@: x]");
    assert_noticed("@\xff x", "- comment - - [@\xff x]");
    assert_noticed("+ @yak", "- for - - [@yak]");
    assert_noticed("> @", "- action - - [@]");
}

static void a_tilde_is_on_the_safe_side(void **state) {
    (void)state;
    assert_noticed("~", "~- comment - - [~]");
    assert_noticed("~text", "~- comment - - [~text]");
    assert_noticed("~100 people", "~- comment - - [~100 people]");
    assert_noticed("~~ text", "~- comment - - [~~ text]");
    assert_noticed("@yak ~text", "~yak comment - - [~text]");
    assert_noticed("+ ~text", "~- for - - [~text]");
    assert_noticed("+~text", "~- for - - [~text]");
    assert_parsed("~ ~100 people", "~- comment - - [~100 people]");
    assert_parsed("\\~100 people", "- comment - - [~100 people]");
    assert_parsed("about ~100 people", "- comment - - [about ~100 people]");
}

static void a_backslash_makes_a_mark_text(void **state) {
    (void)state;
    assert_parsed("\\+ text", "- comment - - [+ text]");
    assert_parsed("\\@yak text", "- comment - - [@yak text]");
    assert_parsed("@yak \\- text", "yak comment - - [- text]");
    assert_parsed("\\\\+ text", "- comment - - [\\+ text]");
    assert_parsed("\\+text", "- comment - - [\\+text]");
    assert_parsed("\\\\server\\share", "- comment - - [\\\\server\\share]");
    assert_parsed("\\", "- comment - - [\\]");
    assert_parsed("+ \\- text", "- for - - [\\- text]");
    assert_parsed("> \\@lee x", "- action - - [@lee x]");
}

static void says_what_it_did(void **state) {
    (void)state;
    struct capture c;
    capture_parse("+good", &c);
    assert_string_equal(c.notice,
                        "“+” is kept as text: a blank and text should follow it");
    capture_release(&c);
    assert_null(c.text);
    capture_parse("> x by 31.12.2011", &c);
    assert_string_equal(c.notice,
                        "“31.12.2011” is no date (YYYY-MM-DD) and stays in the text");
    capture_release(&c);
    capture_release(&c);
}

static void formats_in_one_order(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"", ""},
        {"  x ", "x"},
        {"= @yak: x", "@yak = x"},
        {"@yak ~x", "~ @yak ~x"},
        {"@yak +~ x", "~ @yak + x"},
        {"@yak >@lee send by   2011-12-20.", "@yak > @lee send by 2011-12-20"},
        {"\\+ x", "\\+ x"},
        {"+x", "+x"},
        {"\\~x", "\\~x"},
        {"~ ~x", "~ ~x"},
        {"> \\@lee by 2011-12-20", "> \\@lee by 2011-12-20"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct capture c;
        struct buf b = BUF_INIT;
        capture_parse(cases[i][0], &c);
        capture_format(&c, &b);
        assert_string_equal(b.s, cases[i][1]);
        buf_release(&b);
        capture_release(&c);
    }
}

/* ---- Properties ---- */

static uint64_t seed = 3;

static size_t below(size_t n) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(seed >> 33) % n;
}

static void random_line(struct buf *b) {
    static const char *const pieces[] = {
        " ",    " ",   " ",  "+ ",    "- ",   "! ",         "? ",         "= ",  "> ",
        "~",    "~ ",  "@",  "@yak ", "@Ли ", "+",          "-",          ">",   "\\",
        "yak",  "lee", "да", "中",    ":",    ",",          ".",          "5",   "by ",
        " by ", "@b.", "\t", "\n",    "~@",   "2011-12-20", "2011-02-30", "\xff"};
    buf_clear(b);
    for (size_t i = below(9); i > 0; i--)
        buf_puts(b, pieces[below(sizeof pieces / sizeof *pieces)]);
}

static void assert_round_trip(const struct capture *c) {
    struct capture again;
    struct buf line = BUF_INIT, a = BUF_INIT, b = BUF_INIT;
    capture_format(c, &line);
    capture_parse(line.s, &again);
    describe(&a, c);
    describe(&b, &again);
    assert_string_equal(a.s, b.s);
    capture_release(&again);
    buf_release(&line);
    buf_release(&a);
    buf_release(&b);
}

static void formatted_parses_to_the_same(void **state) {
    (void)state;
    struct buf b = BUF_INIT;
    for (int round = 0; round < 200000; round++) {
        struct capture c;
        random_line(&b);
        capture_parse(b.s, &c);
        assert_round_trip(&c);
        capture_release(&c);
    }
    buf_release(&b);
}

static bool ends_in_a_date(const char *s) {
    struct capture c;
    struct buf b = BUF_INIT;
    buf_addf(&b, "> x %s", s);
    capture_parse(b.s, &c);
    bool due = *c.due != '\0';
    buf_release(&b);
    capture_release(&c);
    return due;
}

/* Also what no line was parsed to, but another writer may have recorded. */
static void any_capture_parses_to_the_same(void **state) {
    (void)state;
    static char yak[] = "yak", lee[] = "ли";
    struct buf b = BUF_INIT;
    for (int round = 0; round < 200000; round++) {
        random_line(&b);
        size_t start = strspn(b.s, " \t\n\r");
        while (b.len > start && strchr(" \t\n\r", b.s[b.len - 1]))
            buf_cut(&b, b.len - 1);
        struct capture c = {.text = b.s + start};
        if (*c.text) {
            c.non_attributable = below(2);
            c.speaker = below(2) ? yak : NULL;
            c.action = below(2);
            if (!c.action)
                c.kind = (enum capture_kind)below(6);
            if (c.action && below(2))
                c.owner = lee;
            if (c.action && below(2))
                strcpy(c.due, "2011-12-20");
        }
        if (!c.action || *c.due || !ends_in_a_date(c.text))
            assert_round_trip(&c);
    }
    buf_release(&b);
}

/* Letters and digits of s, which no rule takes away. */
static void add_words(struct buf *b, const char *s) {
    for (size_t at = 0, used, len = s ? strlen(s) : 0; at < len; at += used) {
        uint32_t c = text_decode(s + at, len - at, &used);
        if (uc_is_alnum(c))
            buf_add(b, s + at, used);
    }
}

static void words_are_never_lost(void **state) {
    (void)state;
    struct buf b = BUF_INIT;
    for (int round = 0; round < 200000; round++) {
        struct capture c;
        struct buf typed = BUF_INIT, kept = BUF_INIT;
        random_line(&b);
        capture_parse(b.s, &c);
        add_words(&typed, b.s);
        add_words(&kept, c.speaker);
        add_words(&kept, c.owner);
        add_words(&kept, c.text);
        if (*c.due)
            buf_puts(&kept, "by");
        add_words(&kept, c.due);
        assert_string_equal(typed.s, kept.s);
        assert_true(!c.owner || c.action);
        assert_true(!*c.due || c.action);
        assert_true(!c.action || c.kind == CAPTURE_COMMENT);
        assert_true(strspn(c.text, " \t\n\r") == 0);
        assert_int_equal(*c.text == '\0', b.s[strspn(b.s, " \t\n\r")] == '\0');
        capture_release(&c);
        buf_release(&typed);
        buf_release(&kept);
    }
    buf_release(&b);
}

int main(void) {
    text_locale();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_plain_comments),
        cmocka_unit_test(takes_a_kind),
        cmocka_unit_test(takes_a_speaker),
        cmocka_unit_test(takes_marks_in_any_order),
        cmocka_unit_test(takes_actions),
        cmocka_unit_test(knows_the_calendar),
        cmocka_unit_test(loses_no_character),
        cmocka_unit_test(an_at_and_a_hyphen_is_nobody),
        cmocka_unit_test(keeps_what_is_no_name),
        cmocka_unit_test(a_tilde_is_on_the_safe_side),
        cmocka_unit_test(a_backslash_makes_a_mark_text),
        cmocka_unit_test(says_what_it_did),
        cmocka_unit_test(formats_in_one_order),
        cmocka_unit_test(formatted_parses_to_the_same),
        cmocka_unit_test(any_capture_parses_to_the_same),
        cmocka_unit_test(words_are_never_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
