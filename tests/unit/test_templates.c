/* The stock templates but session-notes: what each prints at each tier, and what never.
 */
#include "fixture.h"

#include "notes/notes.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <libxml/parser.h>

#define START INT64_C(1323165600000) /* 2011-12-06T10:00:00Z */
#define MINUTE 60000

static const char *const templates[] = {"chair-summary", "action-list", "worksheet",
                                        "record"};
enum { TEMPLATES = sizeof templates / sizeof *templates };

/* ---- a workbook in which all has happened */

struct bench {
    struct memo *m;
    struct workbook *w;
    int64_t now;
};

static struct bench bench_new(void) {
    struct bench r = {.m = fixture_memo(""), .now = START};
    r.w = workbook_new(r.m);
    return r;
}

static void bench_free(struct bench *r) {
    workbook_free(r->w);
    memo_free(r->m);
}

/* Events, a minute after one another, as fixture_event() takes them. */
static void record(struct bench *r, const char *const words[]) {
    for (; *words; words++) {
        r->now += MINUTE;
        if (fixture_event(r->w, r->now, *words) < 0)
            fail_msg("%s", *words);
    }
}

static const char *const meeting[] = {
    "p.1 person person=lee side=us :Ann LEE",
    "p.2 person person=schmidt side=us :Karl SCHMIDT",
    "p.3 person person=morozova side=ru :Ольга МОРОЗОВА",
    "p.4 person person=ivanov side=ru :Pavel IVANOV",
    "s.1 sitting state=open :Opening",
    "s.2 presence state=arrive person=lee",
    "s.3 presence state=arrive person=morozova",
    "d.1 discuss issue=A.a state=start",
    "f.1 floor state=give person=lee",
    "f.2 floor state=end person=lee",
    "a.1 answer issue=A.a :The first wording.",
    "r.1 readback issue=A.a state=start :The first wording.",
    "r.2 assent event=r.1 side=us state=assent",
    "r.3 assent event=r.1 side=ru state=reservation :subject to the law",
    "r.4 readback issue=A.a event=r.1 state=end",
    "a.2 answer issue=A.a :The agreed wording.",
    "a.3 position issue=A.a side=us stance=for :For it",
    "a.4 position issue=A.a side=ru stance=for :For it too",
    "a.5 share event=a.3 state=shared",
    "a.6 share event=a.4 state=shared",
    "a.7 disposition issue=A.a disposition=agreed",
    "b.1 answer issue=A.b.1 :Because of Article 32.",
    "b.2 disposition issue=A.b disposition=agreed-ad-referendum sides=ru",
    "c.1 answer issue=B.a :States [ru: shall not | us: may] give access.",
    "c.2 position issue=B.a side=us stance=conditional :hidden thought",
    "c.3 disposition issue=B.a disposition=bracketed",
    "e.1 note issue=B.b kind=for speaker=lee :reason one",
    "e.2 note issue=B.b kind=for speaker=schmidt :reason two",
    "e.3 note issue=B.b kind=for speaker=ivanov :reason three",
    "e.4 note issue=B.b kind=against speaker=morozova :reason four",
    "g.1 disposition issue=B.c disposition=deferred owner=lee",
    "h.1 action issue=A.a owner=lee due=2011-12-20 :Send the list",
    "h.2 action issue=A.a owner=ivanov due=2011-12-05 :Name the contact",
    "h.3 action issue=B.a owner=schmidt :Book the room",
    "h.4 done event=h.3 state=done :Room 4",
    "k.1 support issue=R.a issues=A.a,B.a",
    "k.2 sounding issue=B.a level=2 side=ru",
    "s.4 sitting state=adjourn",
    NULL};

static struct bench held(void) {
    struct bench r = bench_new();
    record(&r, meeting);
    return r;
}

static char *render(const struct bench *r, const char *name, const char *format,
                    enum attribution tier) {
    struct notes_options o;
    struct buf out = BUF_INIT;
    struct err err = ERR_INIT;
    notes_options_init(&o, r->w, r->now);
    o.template_name = name;
    o.format = format;
    o.attribution = tier;
    o.width = 2000;       /* what is sought stands in one line */
    o.allow_names = true; /* the template itself names nobody */
    if (notes_render(r->w, &o, &out, &err) < 0)
        fail_msg("%s: %s:%ld: %s", name, err.file ? err.file : "", (long)err.line,
                 err.what);
    return buf_detach(&out);
}

static void assert_has(const char *text, const char *part) {
    if (!strstr(text, part))
        fail_msg("“%s” is not in:\n%s", part, text);
}

static void assert_has_not(const char *text, const char *part) {
    if (strstr(text, part))
        fail_msg("“%s” is in:\n%s", part, text);
}

static void assert_before(const char *text, const char *first, const char *second) {
    assert_has(text, first);
    assert_has(text, second);
    assert_true(strstr(text, first) < strstr(text, second));
}

/* ---- attribution */

static const char *const people[] = {"LEE", "SCHMIDT", "МОРОЗОВА", "IVANOV"};
static const char *const sides[] = {"United States", "Россия"};

/* The sides stand nowhere but where the memo addresses an issue to them. */
static void assert_no_side(const char *text) {
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++)
        for (const char *at = text; (at = strstr(at, sides[i])); at++) {
            const char *line = at;
            while (line > text && line[-1] != '\n')
                line--;
            const char *to = strstr(line, "Addressed to");
            if (!to || to > at)
                fail_msg("%s is in:\n%s", sides[i], text);
        }
}

static void below_its_tier_nobody_is_told(void **state) {
    (void)state;
    static const char *const formats[] = {"text", "markdown", "html"};
    struct bench r = held();
    for (size_t t = 0; t < TEMPLATES; t++)
        for (size_t f = 0; f < 3; f++)
            for (int tier = ATTRIBUTION_SIDE; tier <= ATTRIBUTION_NONE; tier++) {
                char *s = render(&r, templates[t], formats[f], (enum attribution)tier);
                for (size_t i = 0; i < sizeof people / sizeof *people; i++)
                    assert_has_not(s, people[i]);
                if (tier == ATTRIBUTION_NONE)
                    assert_no_side(s);
                assert_has_not(s, "hidden thought");
                free(s);
            }
    bench_free(&r);
}

static void where_they_may_be_they_are_told(void **state) {
    (void)state;
    static const struct {
        const char *name, *by_name, *by_side;
    } told[] = {
        {"chair-summary", "Kept until then by: Ann LEE", "To be confirmed by: Россия."},
        {"action-list", "Pavel IVANOV, Россия", "Россия"},
        {"record", "Ольга МОРОЗОВА", "Россия: reservation"},
    };
    struct bench r = held();
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        char *s = render(&r, told[i].name, "text", ATTRIBUTION_NAME);
        assert_has(s, told[i].by_name);
        free(s);
        s = render(&r, told[i].name, "text", ATTRIBUTION_SIDE);
        assert_has(s, told[i].by_side);
        free(s);
    }
    bench_free(&r);
}

/* A side's only participant is known by what the page shows of the side, and not by what
 * it leaves out. */
static void a_lone_side_is_warned_of_where_it_shows(void **state) {
    (void)state;
    static const char *const events[] = {"1 person person=ivanov side=ru :Pavel IVANOV",
                                         "2 person person=lee side=us :Ann LEE",
                                         "3 note issue=B.b side=ru :said by the side",
                                         "4 action issue=B.b side=us :done by the side",
                                         NULL};
    static const struct {
        const char *name;
        bool ru, us;
    } told[] = {{"session-notes", true, true},
                {"chair-summary", false, true},
                {"action-list", false, true},
                {"worksheet", false, false},
                {"record", true, true}};
    struct bench r = bench_new();
    record(&r, events);
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        struct notes_options o;
        struct buf out = BUF_INIT, said = BUF_INIT;
        struct err err = ERR_INIT;
        notes_options_init(&o, r.w, r.now);
        o.template_name = told[i].name;
        o.attribution = ATTRIBUTION_SIDE;
        o.warnings = &said;
        assert_int_equal(notes_render(r.w, &o, &out, &err), 0);
        assert_int_equal(strstr(said.s, "Россия has one participant: ") != NULL,
                         told[i].ru);
        assert_int_equal(strstr(said.s, "United States has one participant: ") != NULL,
                         told[i].us);
        buf_release(&out);
        buf_release(&said);
    }
    bench_free(&r);
}

/* ---- the chair's summary */

static void the_chair_tells_each_outcome(void **state) {
    (void)state;
    struct bench r = held();
    char *s = render(&r, "chair-summary", "text", ATTRIBUTION_NONE);
    assert_has(s, "Participants agreed as follows: The agreed wording.\n");
    assert_has(s, "Participants agreed, ad referendum, as follows: (1) Because of "
                  "Article 32. Without an answer: (2). It has still to be confirmed.\n");
    assert_has(s, "No agreed text was reached. One view was: “States may give access.” "
                  "Another view was: “States shall not give access.”\n");
    assert_has(s, "Participants left this issue for a later meeting.\n");
    assert_has(s, "It is not a negotiated text, and it binds no participant.\n");
    assert_has_not(s, "wording.wording");
    free(s);
    bench_free(&r);
}

static void an_override_is_never_an_agreement(void **state) {
    (void)state;
    static const char *const events[] = {
        "1 position issue=B.a side=us stance=against :No",
        "2 share event=1 state=shared",
        "3 answer issue=B.a :A text.",
        "4 disposition issue=B.a disposition=agreed override=against :time is up",
        "5 answer issue=B.c :A [deepen] [us: b | ru: c] text.",
        "6 disposition issue=B.c disposition=agreed override=brackets",
        "7 disposition issue=A.a disposition=agreed override=nothing",
        NULL};
    struct bench r = bench_new();
    record(&r, events);
    char *s = render(&r, "chair-summary", "text", ATTRIBUTION_NONE);
    assert_has_not(s, "Participants agreed");
    assert_has(s, "It was recorded as agreed, although not all positions were in favour: "
                  "A text.\n");
    assert_has(s, "It was recorded as agreed, although its text still has brackets: ");
    assert_has(s, "It was recorded as agreed, although not all conditions for agreement "
                  "were met.\n");
    free(s);
    bench_free(&r);
}

static void once_confirmed_it_is_agreed(void **state) {
    (void)state;
    static const char *const events[] = {
        "1 answer issue=B.a :A text.",
        "2 disposition issue=B.a disposition=agreed-ad-referendum sides=ru",
        "3 confirm issue=B.a side=ru :by letter", NULL};
    struct bench r = bench_new();
    record(&r, events);
    char *s = render(&r, "chair-summary", "text", ATTRIBUTION_SIDE);
    assert_has(s, "Participants agreed as follows: A text.\n");
    assert_has_not(s, "ad referendum");
    free(s);
    s = render(&r, "record", "text", ATTRIBUTION_SIDE);
    assert_has(s, "Confirmed by Россия: by letter\n");
    free(s);
    bench_free(&r);
}

static size_t count(const char *text, const char *part) {
    size_t n = 0;
    for (const char *at = text; (at = strstr(at, part)); at += strlen(part))
        n++;
    return n;
}

static void what_is_said_of_all_is_said_once(void **state) {
    (void)state;
    static const char *const agreed[] = {
        "1 answer issue=A.a :One text.", "2 disposition issue=A.a disposition=agreed",
        "3 answer issue=B.a :Two texts.", "4 disposition issue=B.a disposition=agreed",
        NULL};
    static const char *const more[] = {"5 disposition issue=B.b disposition=agreed",
                                       NULL};
    struct bench r = bench_new();
    record(&r, agreed);
    char *s = render(&r, "chair-summary", "text", ATTRIBUTION_NONE);
    assert_int_equal(count(s, "Participants agreed as follows:"), 1);
    assert_before(s, "Participants agreed as follows:\n", "One text.\n");
    assert_before(s, "One text.\n", "Two texts.\n");
    free(s);
    record(&r, more); /* of which no text can follow */
    s = render(&r, "chair-summary", "text", ATTRIBUTION_NONE);
    assert_int_equal(count(s, "Participants agreed as follows:"), 2);
    assert_int_equal(count(s, "Participants agreed on this issue;"), 1);
    free(s);
    bench_free(&r);
}

static void few_issues_share_a_heading(void **state) {
    (void)state;
    static const char *const events[] = {"1 disposition issue=B.b disposition=deferred",
                                         "2 disposition issue=A.a disposition=noted",
                                         "3 answer issue=B.c :An answer.", NULL};
    fixture_enter_scratch();
    fixture_write("one-each.xsl", "<xsl:stylesheet version='1.0' "
                                  "xmlns:xsl='http://www.w3.org/1999/XSL/Transform'>"
                                  "<xsl:import href='stock:chair-summary.xsl'/>"
                                  "<xsl:param name='joined-most' select='2'/>"
                                  "</xsl:stylesheet>");
    struct bench r = bench_new();
    record(&r, events);
    char *s = render(&r, "chair-summary", "text", ATTRIBUTION_NONE);
    assert_has(s, "\nNoted · Left for a later meeting · Discussed, without an "
                  "outcome\n--");
    assert_has(s, " – Participants took note of this issue.\n"); /* in one line */
    assert_has(s, "No outcome was recorded. The answer recorded: An answer.\n");
    free(s);
    s = render(&r, "./one-each.xsl", "text", ATTRIBUTION_NONE);
    assert_has(s, "\nNoted\n--");
    assert_has(s, "\nLeft for a later meeting · Discussed, without an outcome\n--");
    free(s);
    bench_free(&r);
    fixture_leave_scratch();
}

static void several_are_three_who_are_told_apart(void **state) {
    (void)state;
    struct bench r = held();
    char *s = render(&r, "chair-summary", "text", ATTRIBUTION_NAME);
    assert_has(s, "Several participants spoke in favour: reason one; reason two; "
                  "reason three. One view was against: reason four.\n");
    free(s);
    s = render(&r, "chair-summary", "text", ATTRIBUTION_SIDE); /* us and ru */
    assert_has(s, "Some participants spoke in favour: reason one; ");
    assert_has_not(s, "Several");
    free(s);
    s = render(&r, "chair-summary", "text", ATTRIBUTION_NONE);
    assert_has(s, "One view was in favour: reason one. Another was in favour: ");
    assert_has_not(s, "participants spoke");
    free(s);
    bench_free(&r);
}

/* Who is named, and a note of the same side without a name, may be one person. */
static void one_person_is_not_two(void **state) {
    (void)state;
    static const char *const events[] = {
        "1 person person=lee side=us :Ann LEE",
        "2 note issue=B.b kind=for speaker=lee :once",
        "3 note issue=B.b kind=for speaker=lee :twice",
        "4 note issue=B.b kind=for side=us speaker=lee attribution=side :thrice",
        "5 note issue=B.b kind=for :four times",
        NULL};
    struct bench r = bench_new();
    record(&r, events);
    char *s = render(&r, "chair-summary", "text", ATTRIBUTION_NAME);
    assert_has(s, "One view was in favour: once. Another was in favour: twice.");
    assert_has_not(s, "participants spoke");
    free(s);
    bench_free(&r);
}

static void a_recommendation_tells_what_it_rests_on(void **state) {
    (void)state;
    static const char *const with[] = {"chair-summary", "record"};
    struct bench r = held();
    for (size_t i = 0; i < 2; i++) {
        char *s = render(&r, with[i], "text", ATTRIBUTION_NONE);
        assert_has(s, "A(a) (agreed), B(a) (bracketed)");
        assert_has(s, "Caution: not finally agreed: B(a).");
        free(s);
    }
    bench_free(&r);
}

/* ---- the others */

static void actions_go_by_their_dates(void **state) {
    (void)state;
    struct bench r = held();
    char *s = render(&r, "action-list", "text", ATTRIBUTION_NONE);
    assert_before(s, "Name the contact", "Send the list");
    assert_before(s, "Send the list", "\nDone\n");
    assert_before(s, "\nDone\n", "Book the room");
    assert_has(s, "overdue");
    assert_before(s, "overdue", "Send the list");
    assert_has(s, "Room 4");
    free(s);
    bench_free(&r);
}

static void the_worksheet_has_room_to_write(void **state) {
    (void)state;
    /* four issues, two sub-questions, a recommendation, the end */
    enum { LINES = 4 * 4 + 2 * 3 + 3 + 6 };
    struct bench r = held();
    char *s = render(&r, "worksheet", "html", ATTRIBUTION_NONE);
    assert_int_equal(count(s, "<hr class=\"ruled\"/>"), LINES);
    free(s);
    s = render(&r, "worksheet", "text", ATTRIBUTION_NONE);
    assert_int_equal(count(s, "\n______"), LINES);
    assert_before(s, "A(b)1 ", "A(b)2 ");
    assert_has(s, "So far: agreed: The agreed wording.\n");
    free(s);
    bench_free(&r);
}

static void the_record_keeps_how_it_came_about(void **state) {
    (void)state;
    struct bench r = held();
    char *s = render(&r, "record", "text", ATTRIBUTION_SIDE);
    assert_has(s, ": The first wording.\n");
    assert_has(s, ", in force: The agreed wording.\n");
    assert_has(s, "“subject to the law”");
    assert_has(s, "The answer is another by now: The agreed wording.\n");
    assert_has(s, "States [Россия: shall not | United States: may] give access.");
    assert_before(s, "Interventions\n", "Events in order\n");
    assert_has(s, "sitting opened: Opening");
    assert_has(s, "annotation (for), United States: reason one");
    free(s);
    s = render(&r, "record", "text", ATTRIBUTION_NONE);
    assert_has(s, "2 of 4 present.");
    assert_has(s, "annotation (for): reason one");
    assert_has(s, "reservation, ");
    free(s);
    bench_free(&r);
}

static void before_the_meeting_all_can_be_printed(void **state) {
    (void)state;
    struct bench r = bench_new();
    for (size_t t = 0; t < TEMPLATES; t++)
        for (const struct notes_choice *f = notes_formats(); f->name; f++) {
            if (!notes_format_available(f->name))
                continue;
            char *s = render(&r, templates[t], f->name, ATTRIBUTION_NONE);
            assert_true(*s);
            free(s);
        }
    char *s = render(&r, "chair-summary", "text", ATTRIBUTION_NONE);
    assert_has(s, "Nothing has been recorded yet.");
    assert_has_not(s, "Participants agreed");
    free(s);
    bench_free(&r);
}

static void private_notes_say_so(void **state) {
    (void)state;
    struct bench r = held();
    for (size_t t = 0; t < TEMPLATES; t++) {
        struct notes_options o;
        struct buf out = BUF_INIT;
        struct err err = ERR_INIT;
        notes_options_init(&o, r.w, r.now);
        o.template_name = templates[t];
        o.private = true;
        assert_int_equal(notes_render(r.w, &o, &out, &err), 0);
        assert_has(out.s, "Private: not for distribution.");
        if (strcmp(templates[t], "chair-summary") == 0) /* not even then */
            assert_has_not(out.s, "hidden thought");
        buf_release(&out);
    }
    bench_free(&r);
}

/* ---- a template of one's own */

static void the_parts_are_no_template(void **state) {
    (void)state;
    notes_release();
    size_t stock = 0;
    for (const struct notes_choice *t = notes_templates(); t->name; t++) {
        assert_string_not_equal(t->name, "parts");
        assert_true(*t->help);
        for (size_t i = 0; i < TEMPLATES; i++)
            stock += strcmp(t->name, templates[i]) == 0;
    }
    assert_int_equal(stock, TEMPLATES);
}

static void a_phrase_can_be_changed(void **state) {
    (void)state;
    fixture_enter_scratch();
    unsetenv("XDG_DATA_HOME");
    assert_int_equal(mkdir(".local", 0700), 0);
    assert_int_equal(mkdir(".local/share", 0700), 0);
    assert_int_equal(mkdir(".local/share/memobook", 0700), 0);
    assert_int_equal(mkdir(".local/share/memobook/templates", 0700), 0);
    fixture_write(".local/share/memobook/templates/resume.xsl",
                  "<xsl:stylesheet version='1.0' "
                  "xmlns:xsl='http://www.w3.org/1999/XSL/Transform'>"
                  "<xsl:import href='stock:chair-summary.xsl'/>"
                  "<xsl:param name='document-title' select=\"'Résumé'\"/>"
                  "<xsl:param name='sections' select=\"'agreed closing'\"/>"
                  "<xsl:param name='phrase-agreed' select=\"'On convient :'\"/>"
                  "<xsl:param name='language' select=\"'fr'\"/>"
                  "</xsl:stylesheet>");
    fixture_write(".local/share/memobook/templates/mots.xsl",
                  "<xsl:stylesheet version='1.0' "
                  "xmlns:xsl='http://www.w3.org/1999/XSL/Transform'>"
                  "<xsl:import href='stock:session-notes.xsl'/>"
                  "<xsl:param name='sections' select=\"'recommendations head'\"/>"
                  "<xsl:param name='words-agreed' select=\"'convenu'\"/>"
                  "<xsl:param name='words-bracketed' select=\"'en suspens'\"/>"
                  "</xsl:stylesheet>");
    struct bench r = held();
    char *s = render(&r, "resume", "html", ATTRIBUTION_NONE);
    assert_has(s, "<title>Résumé: T</title>");
    assert_has(s, "On convient : The agreed wording.");
    assert_has_not(s, "Text in brackets");
    assert_has(s, "<html lang=\"fr\"");
    free(s);
    s = render(&r, "mots", "text", ATTRIBUTION_NONE);
    assert_has(s, "A(a) (convenu), B(a) (en suspens)");
    assert_has(s, "1 convenu, ");
    assert_before(s, "Policy Recommendations", "Session notes"); /* in that order */
    free(s);
    bench_free(&r);
    fixture_leave_scratch();
}

static void dates_are_in_the_words_of_the_template(void **state) {
    (void)state;
    static const char *const events[] = {"1 sitting state=open :Day 1",
                                         "2 sounding issue=B.b level=5 side=us",
                                         "3 action issue=B.b due=2012-01-02 :do it",
                                         "4 disposition issue=B.b disposition=deferred",
                                         "5 disposition issue=B.b disposition=noted",
                                         NULL};
    fixture_enter_scratch();
    fixture_write("russian.xsl", "<xsl:stylesheet version='1.0' "
                                 "xmlns:xsl='http://www.w3.org/1999/XSL/Transform'>"
                                 "<xsl:import href='stock:session-notes.xsl'/>"
                                 "<xsl:param name='words-months' select=\"'января "
                                 "февраля марта апреля мая июня июля августа сентября "
                                 "октября ноября декабря'\"/>"
                                 "<xsl:param name='words-from' select=\"'с'\"/>"
                                 "<xsl:param name='words-level-5' select=\"'за'\"/>"
                                 "</xsl:stylesheet>");
    struct bench r = bench_new();
    record(&r, events);
    char *s = render(&r, "./russian.xsl", "text", ATTRIBUTION_SIDE);
    assert_has(s, " 6–7 декабря 2011\n");
    assert_has(s, " 6 декабря 2011, с 10:01 (Day 1)\n");
    assert_has(s, "2 января 2012");
    assert_has(s, "Earlier, 6 декабря 2011, 10:04: Deferred\n");
    assert_has(s, " за ");
    assert_has_not(s, "January");
    assert_has_not(s, "December");
    free(s);
    bench_free(&r);
    fixture_leave_scratch();
}

/* ---- growth: what looks at everything for each thing takes too many steps */

static void a_long_meeting_is_no_trouble(void **state) {
    (void)state;
    enum { NOTES = 10000, SPEAKERS = 500 };
    struct bench r = bench_new();
    char words[128];
    for (int i = 0; i < NOTES; i++) {
        snprintf(words, sizeof words, "%d %s issue=%s %s=%c%d :text %d", i,
                 i % 3 ? "note kind=for" : "action", i % 2 ? "B.b" : "B.c",
                 i % 3 ? "speaker" : "owner", 'A' + i % 7, i % SPEAKERS, i);
        if (fixture_event(r.w, START + i * (int64_t)MINUTE, words) < 0)
            fail_msg("%s", words);
    }
    for (size_t t = 0; t < TEMPLATES; t++) {
        char *s = render(&r, templates[t], "markdown", ATTRIBUTION_NAME);
        if (strcmp(templates[t], "worksheet") != 0)
            assert_has(s, "text 9999");
        free(s);
    }
    bench_free(&r);
}

/* What one side says for hours is counted once. */
static void one_side_may_speak_long(void **state) {
    (void)state;
    enum { NOTES = 10000 };
    struct bench r = bench_new();
    char words[64];
    for (int i = 0; i < NOTES; i++) {
        snprintf(words, sizeof words, "%d note issue=B.b kind=for side=us :text %d", i,
                 i);
        if (fixture_event(r.w, START + i * (int64_t)MINUTE, words) < 0)
            fail_msg("%s", words);
    }
    char *s = render(&r, "chair-summary", "text", ATTRIBUTION_SIDE);
    assert_has(s, "text 9999");
    assert_has(s, "One view was in favour: text 0.");
    free(s);
    bench_free(&r);
}

/* All in two days: each event is looked at once, not once for each of its day. */
static void the_record_of_a_long_meeting_can_be_made(void **state) {
    (void)state;
    enum { NOTES = 30000 };
    struct bench r = bench_new();
    char words[64];
    for (int i = 0; i < NOTES; i++) {
        snprintf(words, sizeof words, "%d note issue=B.b kind=for :text %d", i, i);
        if (fixture_event(r.w, START + i * (int64_t)2000, words) < 0)
            fail_msg("%s", words);
    }
    char *s = render(&r, "record", "text", ATTRIBUTION_NONE);
    assert_has(s, "text 29999");
    free(s);
    bench_free(&r);
}

static int leave(void **state) {
    (void)state;
    notes_release();
    xmlCleanupParser();
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(below_its_tier_nobody_is_told),
        cmocka_unit_test(where_they_may_be_they_are_told),
        cmocka_unit_test(a_lone_side_is_warned_of_where_it_shows),
        cmocka_unit_test(the_chair_tells_each_outcome),
        cmocka_unit_test(an_override_is_never_an_agreement),
        cmocka_unit_test(once_confirmed_it_is_agreed),
        cmocka_unit_test(what_is_said_of_all_is_said_once),
        cmocka_unit_test(few_issues_share_a_heading),
        cmocka_unit_test(several_are_three_who_are_told_apart),
        cmocka_unit_test(one_person_is_not_two),
        cmocka_unit_test(a_recommendation_tells_what_it_rests_on),
        cmocka_unit_test(actions_go_by_their_dates),
        cmocka_unit_test(the_worksheet_has_room_to_write),
        cmocka_unit_test(the_record_keeps_how_it_came_about),
        cmocka_unit_test(before_the_meeting_all_can_be_printed),
        cmocka_unit_test(private_notes_say_so),
        cmocka_unit_test(the_parts_are_no_template),
        cmocka_unit_test(a_phrase_can_be_changed),
        cmocka_unit_test(dates_are_in_the_words_of_the_template),
        cmocka_unit_test(a_long_meeting_is_no_trouble),
        cmocka_unit_test(one_side_may_speak_long),
        cmocka_unit_test(the_record_of_a_long_meeting_can_be_made),
    };
    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, leave);
}
