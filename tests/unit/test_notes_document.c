/* The notes document: every element at every attribution, and that nothing leaks. */
#include "fixture.h"

#include "base/text.h"
#include "model/agreement.h"
#include "notes/document.h"
#include "notes/sample.h"
#include "notes/template_folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <libxml/parser.h>
#include <libxml/xpath.h>

#define START INT64_C(1323162000000) /* 2011-12-06T09:00:00Z */
enum { MINUTE = 60 * 1000, ALL_NEEDS = 7 };

struct bench {
    struct memo *m;
    struct workbook *w;
    int64_t at;
};

/* A meeting with all that can be recorded, an event each minute. Texts in capitals are
 * private, or are names. */
static const char *const meeting[] = {
    "p.1 person person=leeward side=us constituency=government :Andrew LEEWARD",
    "p.2 person person=hopper side=us constituency=business :Grace HOPPER",
    "p.3 person person=petrova side=ru constituency=academia :Анна ПЕТРОВА",
    "p.4 person person=quill role=chair :Zoë QUILL",
    "p.5 side side=eu :European Union",
    "p.6 timebox issue=A minutes=45",
    "p.7 timebox issue=A.a minutes=2",
    "p.8 position issue=A.a side=ru stance=against :PRIVATEONE",
    /* the first sitting */
    "s.1 sitting state=open :Morning",
    "s.2 presence state=arrive",
    "s.3 presence state=leave person=hopper",
    "a.1 discuss issue=A.a state=start",
    "a.2 floor state=add person=petrova",
    "a.3 floor state=give person=leeward",
    "a.4 note issue=A.a kind=for speaker=leeward :it works",
    "a.5 floor state=give person=petrova",
    "a.6 note issue=A.a kind=against speaker=petrova :it does not",
    "a.7 note issue=A.a speaker=hopper attribution=side :of one side",
    "a.8 note issue=A.a speaker=hopper attribution=none :of nobody",
    "a.9 floor state=end",
    "a.10 position issue=A.a side=us stance=for :we like it",
    "a.11 share event=a.10 state=shared",
    "a.12 answer issue=A.a :It [us: works | ru: may [ru: fail | eu,us: hold]] now "
    "[deepen].",
    "a.13 sounding issue=A.a level=4 person=leeward",
    "a.14 sounding issue=A.a level=2 side=ru",
    "a.15 readback issue=A.a state=start :It [us: works | ru: may [ru: fail | eu,us: "
    "hold]] now [deepen].",
    "a.16 assent event=a.15 side=us state=assent",
    "a.17 assent event=a.15 side=ru state=reservation :not the last word",
    "a.18 readback issue=A.a state=end",
    "a.19 disposition issue=A.a disposition=agreed override=? :they gave way",
    "a.20 disposition issue=A.a disposition=bracketed :the words are open",
    "a.21 action issue=A.a owner=hopper due=2011-12-20 :write it down",
    "a.22 done event=a.21 state=done :it was sent",
    "a.23 action issue=A.b owner=ru :think of it",
    "a.24 discuss issue=A.a state=stop",
    "a.25 answer issue=A.b.1 :Because.",
    "a.26 subquestion issue=A.b.2 state=not-applicable :the first says it",
    "a.27 disposition issue=A.b disposition=deferred owner=petrova :later",
    "a.28 record state=off",
    "a.29 record state=on",
    "a.30 priority issue=A.b priority=1",
    "s.4 sitting state=adjourn",
    /* the second */
    "s.5 sitting state=open :Afternoon",
    "b.1 discuss issue=B.a state=start",
    "b.2 floor state=tour",
    "b.3 floor state=give person=hopper",
    "b.4 floor state=end",
    "b.5 answer issue=B.a :broken [ru: here",
    "b.6 position issue=B.a side=us stance=for :PRIVATETWO",
    "b.7 disposition issue=B.a disposition=agreed-ad-referendum sides=us,ru :in time",
    "b.8 confirm issue=B.a side=us :yes",
    "b.9 issue issue=B.d :raised here",
    "b.10 support issue=R.a issues=A.a,B.b",
    "b.11 disposition issue=B.b disposition=agreed",
    "b.12 note issue=B.b speaker=petrova attribution=side :alone on her side",
    "b.13 answer issue=A.a :It works now [deepen].",
    "b.14 discuss issue=B.a state=stop",
    "s.6 sitting state=adjourn",
};

static void rec(struct bench *b, const char *words) {
    b->at += MINUTE;
    if (fixture_event(b->w, b->at, words) < 0)
        fail_msg("%s", words);
}

/* What the override says has blanks, and the words of the fixture have none. */
static void rec_override(struct bench *b, const char *id, const char *override) {
    struct event_draft d;
    struct err err = ERR_INIT;
    event_draft_init(&d, EVENT_DISPOSITION);
    event_draft_set(&d, FIELD_ISSUE, "A.a");
    event_draft_set(&d, FIELD_DISPOSITION, "agreed");
    event_draft_set(&d, FIELD_OVERRIDE, override);
    d.event.id = id;
    d.event.n = (uint32_t)b->w->log.n + 1;
    d.event.at = b->at += MINUTE;
    d.event.text = "they gave way";
    assert_int_equal(workbook_apply(b->w, &d.event, &err), 0);
}

static struct bench bench_empty(void) {
    struct bench b = {.m = fixture_memo(""), .at = START};
    b.w = workbook_new(b.m);
    return b;
}

static struct bench bench_new(void) {
    struct bench b = bench_empty();
    for (size_t i = 0; i < sizeof meeting / sizeof *meeting; i++) {
        if (strstr(meeting[i], "override=?"))
            rec_override(&b, "a.19",
                         "Россия is against; United States has no position; the answer "
                         "has 2 open brackets");
        else
            rec(&b, meeting[i]);
    }
    return b;
}

static void bench_free(struct bench *b) {
    workbook_free(b->w);
    memo_free(b->m);
}

static struct notes_options options_of(const struct bench *b, enum attribution tier) {
    struct notes_options o;
    notes_options_init(&o, b->w, b->at);
    o.attribution = tier;
    return o;
}

static xmlDoc *document(const struct bench *b, enum attribution tier) {
    struct notes_options o = options_of(b, tier);
    return notes_document(b->w, &o, ALL_NEEDS);
}

static xmlDoc *document_of(const struct bench *b, uint32_t sitting) {
    struct notes_options o = options_of(b, ATTRIBUTION_NAME);
    o.sitting = sitting;
    return notes_document(b->w, &o, ALL_NEEDS);
}

static void ask(xmlDoc *doc, const char *xpath, char out[4096]) {
    xmlXPathContext *ctxt = xmlXPathNewContext(doc);
    xmlXPathObject *o = xmlXPathEvalExpression((const xmlChar *)xpath, ctxt);
    assert_non_null(o);
    xmlChar *s = xmlXPathCastToString(o);
    snprintf(out, 4096, "%s", (const char *)s);
    xmlFree(s);
    xmlXPathFreeObject(o);
    xmlXPathFreeContext(ctxt);
}

static void assert_ask(xmlDoc *doc, const char *xpath, const char *expected) {
    char got[4096];
    ask(doc, xpath, got);
    if (strcmp(got, expected) != 0)
        fail_msg("%s: “%s”, not “%s”", xpath, got, expected);
}

/* ---- nothing leaks */

static void drop_public(xmlDoc *doc) {
    xmlXPathContext *ctxt = xmlXPathNewContext(doc);
    xmlXPathObject *o =
        xmlXPathEvalExpression((const xmlChar *)"/notes/memo/side | //addressee", ctxt);
    for (int i = 0; o->nodesetval && i < o->nodesetval->nodeNr; i++) {
        xmlUnlinkNode(o->nodesetval->nodeTab[i]);
        xmlFreeNode(o->nodesetval->nodeTab[i]);
        o->nodesetval->nodeTab[i] = NULL;
    }
    xmlXPathFreeObject(o);
    xmlXPathFreeContext(ctxt);
}

static void assert_none_of(const char *s, const char *const *words, const char *where) {
    for (; *words; words++) {
        const char *at = strstr(s, *words);
        if (at)
            fail_msg("%s: “%s” in “…%.200s”", where, *words, at > s + 80 ? at - 80 : s);
    }
}

static void assert_all_of(const char *s, const char *const *words, const char *where) {
    for (; *words; words++)
        if (!strstr(s, *words))
            fail_msg("%s: “%s” is missing", where, *words);
}

static const char *const names[] = {"LEEWARD", "HOPPER",  "ПЕТРОВА", "QUILL",  "leeward",
                                    "hopper",  "petrova", "quill",   "Andrew", "Grace",
                                    "Анна",    "Zoë",     NULL};
static const char *const sides[] = {"United States", "Россия",     "European Union",
                                    "\"us\"",        "\"ru\"",     "\"eu\"",
                                    "us ",           "ru:",        "us:",
                                    "eu us",         "[ru",        "\"ru us\"",
                                    "academia",      "government", NULL};
static const char *const private_texts[] = {"PRIVATEONE", "PRIVATETWO", NULL};

static void check_leaks(const struct bench *b, const struct notes_options *o,
                        const char *where) {
    xmlDoc *d = notes_document(b->w, o, ALL_NEEDS);
    xmlChar *s = NULL;
    int len = 0;
    drop_public(d);
    xmlDocDumpMemoryEnc(d, &s, &len, "UTF-8");
    const char *text = (const char *)s;
    if (o->attribution == ATTRIBUTION_NAME && o->sitting == NONE)
        assert_all_of(text, (const char *const[]){"LEEWARD", "HOPPER", "ПЕТРОВА", NULL},
                      where);
    if (o->attribution != ATTRIBUTION_NAME)
        assert_none_of(text, names, where);
    if (o->attribution == ATTRIBUTION_NONE)
        assert_none_of(text, sides, where);
    else if (o->sitting == NONE)
        assert_all_of(text, (const char *const[]){"United States", "Россия", NULL},
                      where);
    if (!o->private)
        assert_none_of(text, private_texts, where);
    else if (o->sitting == NONE)
        assert_all_of(text, private_texts, where);
    xmlFree(s);
    xmlFreeDoc(d);
}

static void nothing_leaks_at_any_attribution(void **state) {
    (void)state;
    struct bench b = bench_new();
    for (int tier = 0; tier < 3; tier++)
        for (int private = 0; private < 2; private ++)
            for (uint32_t sitting = 0; sitting < 3; sitting++) {
                struct notes_options o = options_of(&b, (enum attribution)tier);
                char where[80];
                o.private = private;
                o.sitting = sitting < 2 ? sitting : NONE;
                snprintf(where, sizeof where, "tier %d, private %d, sitting %u", tier,
                         private, (unsigned)sitting);
                check_leaks(&b, &o, where);
            }
    bench_free(&b);
}

/* The same through the stock template, in each format that is text. */
static void no_page_leaks(void **state) {
    (void)state;
    static const char *const formats[] = {"text", "markdown", "html"};
    struct bench b = bench_new();
    for (int tier = 0; tier < 3; tier++)
        for (size_t f = 0; f < sizeof formats / sizeof *formats; f++) {
            struct notes_options o = options_of(&b, (enum attribution)tier);
            struct buf out = BUF_INIT;
            struct err err = ERR_INIT;
            o.format = formats[f];
            if (notes_render(b.w, &o, &out, &err) < 0)
                fail_msg("%s", err.what);
            if (tier != ATTRIBUTION_NAME)
                assert_none_of(out.s, names, formats[f]);
            if (tier == ATTRIBUTION_NONE)
                assert_none_of(out.s,
                               (const char *const[]){"European Union", "[ru",
                                                     "Россия:", "[us", "academia", NULL},
                               formats[f]);
            assert_none_of(out.s, private_texts, formats[f]);
            assert_null(strstr(out.s, "not for distribution"));
            buf_release(&out);
        }
    bench_free(&b);
}

/* Texts are wrapped at a width that wraps none of these. */
static void the_page_tells_it(void **state) {
    (void)state;
    static const char *const told[] = {
        "Sittings      6 December 2011, 09:09–09:42 (Morning)\n",
        "Off record    6 December 2011, 09:39–09:40\n",
        "Participants  4 of 4 present: United States 2, Россия 1\n",
        "Grace HOPPER, business (6 December 2011, 09:10–09:11, 09:46–",
        "Read back    6 December 2011, 09:26: assent of United States; reservation of "
        "Россия: “not the last word”. What was read back: “It [United States: works | "
        "Россия: may [Россия: fail | European Union, United States: hold]] now "
        "[deepen].” The answer has changed since.\n",
        "Earlier, 6 December 2011, 09:30: Agreed: they gave way (in spite of: United "
        "States has no position; the answer has 2 open brackets)\n",
        "Positions    United States, in favour: we like it\n",
        "Not applicable: the first says it\n",
        "Deferred: later (kept by Анна ПЕТРОВА, Россия)\n",
        "write it down (Grace HOPPER, United States, by 20 December 2011) Done: it was "
        "sent\n",
        "B(a)  Agreed ad referendum (1 broken bracket)\n",
        "broken [ru: here\n",
        "Agreed ad referendum: in time (to be confirmed by Россия; confirmed by United "
        "States, 6 December 2011: yes)\n",
        "A(a) (bracketed), B(b) (agreed)\n",
        "Caution: not finally agreed: ",
        "To be confirmed\n",
        "A      ██████████░░░░░░░░░░  51  23 min    45 min\n",
        "Россия         ███████████░░░░░░░░░  57  4 min      1\n",
        NULL};
    struct bench b = bench_new();
    struct notes_options o = options_of(&b, ATTRIBUTION_NAME);
    struct buf out = BUF_INIT;
    struct err err = ERR_INIT;
    o.width = 400;
    assert_int_equal(notes_render(b.w, &o, &out, &err), 0);
    assert_all_of(out.s, told, "text");
    buf_release(&out);
    bench_free(&b);
}

static void private_notes_say_so(void **state) {
    (void)state;
    struct bench b = bench_new();
    struct notes_options o = options_of(&b, ATTRIBUTION_NAME);
    struct buf out = BUF_INIT;
    struct err err = ERR_INIT;
    o.private = true;
    assert_int_equal(notes_render(b.w, &o, &out, &err), 0);
    assert_int_equal(strncmp(out.s, "Private: not for distribution.\n", 31), 0);
    assert_non_null(strstr(out.s, "PRIVATEONE"));
    assert_non_null(strstr(out.s, "against (private)"));
    buf_release(&out);
    xmlDoc *d = notes_document(b.w, &o, 0);
    assert_ask(d, "string(/notes/@private)", "yes");
    assert_ask(d, "string(//issue[@ref='A.a']/position[@side='ru']/@shared)", "no");
    assert_ask(d, "string(//issue[@ref='A.a']/position[@side='us']/@shared)", "yes");
    xmlFreeDoc(d);
    bench_free(&b);
}

/* A private position leaves no trace: the issue is as one that nothing is known of. */
static void a_private_position_leaves_no_trace(void **state) {
    (void)state;
    struct bench b = bench_empty();
    rec(&b, "w.1 position issue=A.a side=ru stance=against :PRIVATEONE");
    xmlDoc *d = document(&b, ATTRIBUTION_NAME);
    assert_ask(d, "count(//position)", "0");
    assert_ask(d, "string(//issue[@ref='A.a']/@recorded)", "no");
    assert_ask(d, "string(//issue[@ref='A.a']/@progress)", "not-discussed");
    assert_ask(d, "string(/notes/totals/@positions)", "0");
    assert_ask(d, "string(/notes/totals/@discussed)", "0");
    assert_ask(d, "count(//timeline/event)", "0");
    xmlFreeDoc(d);
    /* Shared, it stands; a later private one takes nothing away. */
    rec(&b, "w.2 share event=w.1 state=shared");
    rec(&b, "w.3 position issue=A.a side=ru stance=for :PRIVATETWO");
    d = document(&b, ATTRIBUTION_NAME);
    assert_ask(d, "string(//position/p)", "PRIVATEONE");
    assert_ask(d, "count(//position)", "1");
    xmlFreeDoc(d);
    struct notes_options o = options_of(&b, ATTRIBUTION_NAME);
    o.private = true;
    d = notes_document(b.w, &o, 0);
    assert_ask(d, "string(//position[1]/p)", "PRIVATEONE");
    assert_ask(d, "string(//position[2]/p)", "PRIVATETWO");
    xmlFreeDoc(d);
    /* Shared after it, a third one does away with both. */
    rec(&b, "w.4 position issue=A.a side=ru :third");
    rec(&b, "w.5 share event=w.4 state=shared");
    d = notes_document(b.w, &o, 0);
    assert_ask(d, "count(//position)", "1");
    assert_ask(d, "string(//position/p)", "third");
    xmlFreeDoc(d);
    bench_free(&b);
}

/* ---- overrides */

static void overrides_keep_private_positions(void **state) {
    (void)state;
    struct bench b = bench_new();
    const char *override = "string(//issue[@ref='A.a']/disposition[1]/override)";
    xmlDoc *d = document(&b, ATTRIBUTION_NAME);
    assert_ask(d, override,
               "United States has no position; the answer has 2 open brackets");
    assert_ask(d, "string(//issue[@ref='A.a']/disposition[1]/p)", "they gave way");
    xmlFreeDoc(d);
    d = document(&b, ATTRIBUTION_NONE);
    assert_ask(d, "count(//issue[@ref='A.a']/disposition[1]/override)", "1");
    assert_ask(d, override, "");
    xmlFreeDoc(d);
    rec(&b, "z.1 share event=p.8 state=shared");
    d = document(&b, ATTRIBUTION_SIDE);
    assert_ask(d, override,
               "Россия is against; United States has no position; the answer has 2 open "
               "brackets");
    xmlFreeDoc(d);
    bench_free(&b);
}

/* ---- brackets */

static void brackets_are_elements(void **state) {
    (void)state;
    struct bench b = bench_empty();
    rec(&b, "w.1 side side=eu :European Union");
    rec(&b,
        "w.2 answer issue=A.a :It [us: works | ru: may [ru: fail | eu,us: ]] [deepen].");
    xmlDoc *d = document(&b, ATTRIBUTION_SIDE);
    assert_ask(d, "string(//answer/p)",
               "It [United States: works | Россия: may [Россия: fail | European Union, "
               "United States: –]] [deepen].");
    assert_ask(d, "count(//answer/p/bracket)", "1");
    assert_ask(d, "string(//answer/p/bracket/@n)", "1");
    assert_ask(d, "string(//answer/p/bracket/alternative[2]/bracket/@n)", "2");
    assert_ask(d, "string(//answer//bracket[@n='2']/alternative[2]/@side)", "eu us");
    assert_ask(d, "string(//answer//bracket[@n='2']/alternative[2]/@empty)", "yes");
    assert_ask(d, "string(//issue[@ref='A.a']/@brackets)", "2");
    assert_ask(d, "string(//issue[@ref='A.a']/@broken)", "");
    assert_ask(d, "string(/notes/totals/@brackets)", "2");
    xmlFreeDoc(d);
    d = document(&b, ATTRIBUTION_NONE);
    assert_ask(d, "string(//answer/p)", "It [may [– | fail] | works] [deepen].");
    assert_ask(d, "count(//alternative/@side) + count(//owner)", "0");
    assert_ask(d, "string(//answer/p/bracket/alternative[2]/@n)", "2");
    xmlFreeDoc(d);
    bench_free(&b);
}

static void a_bracket_may_run_over_lines(void **state) {
    (void)state;
    struct bench b = bench_empty();
    rec(&b, "w.1 answer issue=A.a :one\ntwo [us: a\nb | ru: c] [us: x|ru: y\nz]\n\nthree "
            "[ru: d|US: e]");
    xmlDoc *d = document(&b, ATTRIBUTION_SIDE);
    assert_ask(d, "count(//answer/p)", "3");
    assert_ask(d, "string(//answer/p[1])", "one");
    assert_ask(d, "count(//answer/p[2]/bracket)", "2");
    assert_ask(d, "string(//answer/p[3]/bracket/alternative[2])", "United States: e");
    assert_ask(d, "string(//answer/p[3]/bracket/alternative[2]/@side)", "us");
    xmlFreeDoc(d);
    bench_free(&b);
}

/* To the last letter; and where sides are not told, without whose they are. */
static void broken_brackets_stay_text(void **state) {
    (void)state;
    static const struct {
        const char *text, *none;
    } cases[] = {
        {"a [ru: b", "a […: b"},
        {"a [RU: b | Us: c", "a […: b |…: c"},
        {"a [ru, us : b | c] d", "a […: b | c] d"},
        {"a [us: b [ru: c | us: d] e", "a […: b [c | d] e"},
        {"a [us: b | ru: c", "a […: b |…: c"},
        {"a\n[us: b\nc [ru: d", "a\n[…: b\nc […: d"},
        {"a [ru,\nus: b", "a […: b"},
        {"[[us: a]", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct bench b = bench_empty();
        struct buf words = BUF_INIT, joined = BUF_INIT;
        buf_addf(&words, "w.1 answer issue=A.a :%s", cases[i].text);
        rec(&b, words.s);
        for (int tier = ATTRIBUTION_SIDE; tier <= ATTRIBUTION_NONE; tier++) {
            xmlDoc *d = document(&b, (enum attribution)tier);
            char got[4096];
            buf_clear(&joined);
            for (int k = 1; k < 9; k++) {
                char xpath[64];
                snprintf(xpath, sizeof xpath, "string(//answer/p[%d])", k);
                ask(d, xpath, got);
                buf_addf(&joined, "%s%s", joined.len && *got ? "\n" : "", got);
            }
            if (tier == ATTRIBUTION_NONE && cases[i].none)
                assert_string_equal(joined.s, cases[i].none);
            if (tier == ATTRIBUTION_NONE)
                assert_none_of(joined.s, (const char *const[]){"ru", "us", NULL}, "none");
            if (tier == ATTRIBUTION_SIDE && !strstr(cases[i].text, "us: d]") && i < 6)
                assert_string_equal(joined.s, cases[i].text);
            xmlFreeDoc(d);
        }
        buf_release(&words);
        buf_release(&joined);
        bench_free(&b);
    }
}

static void broken_brackets_are_marked(void **state) {
    (void)state;
    struct bench b = bench_new();
    xmlDoc *d = document(&b, ATTRIBUTION_SIDE);
    assert_ask(d, "string(//issue[@ref='B.a']/answer/p/broken)", "[ru: here");
    assert_ask(d, "string(//issue[@ref='B.a']/@broken)", "1");
    xmlFreeDoc(d);
    bench_free(&b);
}

/* ---- who was there */

static void attendance_by_tier(void **state) {
    (void)state;
    struct bench b = bench_new();
    xmlDoc *d = document(&b, ATTRIBUTION_NAME);
    assert_ask(d, "string(/notes/attendance/@total)", "4");
    assert_ask(d, "string(/notes/attendance/@present)", "4");
    assert_ask(d, "count(/notes/attendance/person)", "4");
    assert_ask(d, "string(/notes/attendance/person[3]/@name)", "Анна ПЕТРОВА");
    assert_ask(d, "string(/notes/attendance/person[3]/@side-name)", "Россия");
    assert_ask(d, "string(/notes/attendance/person[4]/@role)", "chair");
    assert_ask(d, "string(/notes/attendance/person[2]/@part)", "yes");
    assert_ask(d, "string(/notes/attendance/person[1]/@part)", "");
    assert_ask(d, "string(/notes/attendance/person[2]/stay[1]/@when)",
               "6 December 2011, 09:10–09:11");
    assert_ask(d, "string(/notes/attendance/side[@side='us']/@total)", "2");
    assert_ask(d, "string(/notes/attendance/constituency[@name='academia']/@total)", "1");
    xmlFreeDoc(d);
    d = document(&b, ATTRIBUTION_SIDE);
    assert_ask(d, "count(/notes/attendance/person)", "0");
    assert_ask(d, "string(/notes/attendance/side[@side='us']/@present)", "2");
    xmlFreeDoc(d);
    d = document(&b, ATTRIBUTION_NONE);
    assert_ask(d, "count(/notes/attendance/*)", "0");
    assert_ask(d, "string(/notes/attendance/@total)", "4");
    xmlFreeDoc(d);
    bench_free(&b);
}

static void speaking_time_by_tier(void **state) {
    (void)state;
    struct bench b = bench_new();
    xmlDoc *d = document(&b, ATTRIBUTION_NAME);
    assert_ask(d, "count(/notes/balance)", "3");
    assert_ask(d, "string(//balance[@by='person']/row[1]/@name)", "Анна ПЕТРОВА");
    assert_ask(d, "string(//balance[@by='person']/row[1]/@spent)", "240");
    assert_ask(d, "string(//balance[@by='person']/row[1]/@share)", "57");
    assert_ask(d, "string(//balance[@by='side']/row[@side='us']/@turns)", "2");
    assert_ask(d, "string(//balance[@by='constituency']/row[1]/@name)", "academia");
    assert_ask(d, "count(//intervention)", "3");
    assert_ask(d, "string(//intervention[2]/@person)", "Анна ПЕТРОВА");
    assert_ask(d, "string(//intervention[2]/@ref)", "A.a");
    assert_ask(d, "string(//intervention[2]/@spent)", "240");
    assert_ask(d, "string(//intervention[3]/@sitting)", "2");
    xmlFreeDoc(d);
    d = document(&b, ATTRIBUTION_SIDE);
    assert_ask(d, "count(/notes/balance)", "2");
    assert_ask(d, "count(/notes/balance[@by='person'])", "0");
    assert_ask(d, "string(//intervention[2]/@by)", "Россия");
    xmlFreeDoc(d);
    d = document(&b, ATTRIBUTION_NONE);
    assert_ask(d, "count(/notes/balance)", "0");
    assert_ask(d, "count(//intervention)", "3");
    assert_ask(d, "string(//intervention[2]/@by)", "");
    xmlFreeDoc(d);
    bench_free(&b);
}

static void sittings_have_their_times(void **state) {
    (void)state;
    struct bench b = bench_new();
    xmlDoc *d = document(&b, ATTRIBUTION_NONE);
    assert_ask(d, "string(/notes/sittings/@count)", "2");
    assert_ask(d, "string(//sitting[1]/@title)", "Morning");
    assert_ask(d, "string(//sitting[1]/@from)", "2011-12-06T09:09:00.000Z");
    assert_ask(d, "string(//sitting[1]/@from-day-words)", "6 December 2011");
    assert_ask(d, "string(//sitting[1]/@when)", "6 December 2011, 09:09–09:42");
    assert_ask(d, "string(//sitting[1]/@spent-words)", "33\u00a0min");
    assert_ask(d, "count(//sitting[@current])", "0");
    assert_ask(d, "string(/notes/off-record/spell/@when)",
               "6 December 2011, 09:39–09:40");
    xmlFreeDoc(d);
    bench_free(&b);
}

static void time_boxes_and_their_use(void **state) {
    (void)state;
    struct bench b = bench_new();
    xmlDoc *d = document(&b, ATTRIBUTION_NONE);
    assert_ask(d, "string(//topic[@id='A']/@minutes)", "45");
    assert_ask(d, "string(//topic[@id='A']/@spent)", "1380");
    assert_ask(d, "string(//topic[@id='A']/@share)", "51");
    assert_ask(d, "string(//topic[@id='A']/@box)", "calm");
    assert_ask(d, "string(//issue[@ref='A.a']/@minutes)", "2");
    assert_ask(d, "string(//issue[@ref='A.a']/@box)", "over");
    assert_ask(d, "string(//issue[@ref='A.a']/@share)", "1150");
    assert_ask(d, "string(//topic[@id='A']/disposition[@code='deferred']/@count)", "1");
    assert_ask(d, "string(//topic[@id='A']/disposition[@code='deferred']/@share)", "50");
    xmlFreeDoc(d);
    bench_free(&b);
}

/* ---- an issue */

static void readbacks_tell_each_word(void **state) {
    (void)state;
    struct bench b = bench_new();
    xmlDoc *d = document(&b, ATTRIBUTION_SIDE);
    assert_ask(d, "count(//issue[@ref='A.a']/readback)", "1");
    assert_ask(d, "string(//readback/@covers)", "no");
    assert_ask(d, "string(//readback/@last)", "yes");
    assert_ask(d, "count(//readback/p//bracket)", "2");
    assert_ask(d, "string(//readback/current/p)", "It works now [deepen].");
    assert_ask(d, "string(//readback/word[1]/@assent)", "assent");
    assert_ask(d, "string(//readback/word[1]/@side)", "us");
    assert_ask(d, "string(//readback/word[2]/@side-name)", "Россия");
    assert_ask(d, "string(//readback/word[2]/p)", "not the last word");
    xmlFreeDoc(d);
    d = document(&b, ATTRIBUTION_NONE);
    assert_ask(d, "count(//word)", "2");
    assert_ask(d, "count(//word/@side)", "0");
    xmlFreeDoc(d);
    rec(&b, "z.1 answer issue=A.a :It [us: works | ru: may [ru: fail | eu,us: hold]] now "
            "[deepen].");
    d = document(&b, ATTRIBUTION_SIDE);
    assert_ask(d, "string(//readback/@covers)", "yes");
    assert_ask(d, "count(//readback/current)", "0");
    xmlFreeDoc(d);
    bench_free(&b);
}

static void outcomes_have_their_history(void **state) {
    (void)state;
    struct bench b = bench_new();
    xmlDoc *d = document(&b, ATTRIBUTION_SIDE);
    const char *step = "//issue[@ref='B.a']/disposition";
    char xpath[128];
    assert_ask(d, "string(//issue[@ref='A.a']/@disposition)", "bracketed");
    assert_ask(d, "string(//issue[@ref='A.a']/disposition[2]/@last)", "yes");
    assert_ask(d, "string(//issue[@ref='A.b']/disposition/keeper/@by)", "Россия");
    assert_ask(d, "string(//issue[@ref='B.a']/@disposition)", "agreed-ad-referendum");
    assert_ask(d, "string(//issue[@ref='B.a']/@carried)", "to-confirm");
    snprintf(xpath, sizeof xpath, "string(%s/asked[@confirmed='no']/@side)", step);
    assert_ask(d, xpath, "ru");
    snprintf(xpath, sizeof xpath, "string(%s/confirmation/@side)", step);
    assert_ask(d, xpath, "us");
    snprintf(xpath, sizeof xpath, "string(%s/confirmation/p)", step);
    assert_ask(d, xpath, "yes");
    xmlFreeDoc(d);
    d = document(&b, ATTRIBUTION_NAME);
    assert_ask(d, "string(//issue[@ref='A.b']/disposition/keeper/@owner)",
               "Анна ПЕТРОВА");
    xmlFreeDoc(d);
    d = document(&b, ATTRIBUTION_NONE);
    assert_ask(d, "count(//keeper)", "0");
    assert_ask(d, "count(//issue[@ref='B.a']/disposition/asked)", "2");
    assert_ask(d, "count(//asked/@side) + count(//confirmation/@side)", "0");
    xmlFreeDoc(d);
    rec(&b, "z.1 confirm issue=B.a side=ru");
    d = document(&b, ATTRIBUTION_NONE);
    assert_ask(d, "string(//issue[@ref='B.a']/@disposition)", "agreed");
    assert_ask(d, "string(//issue[@ref='B.a']/@carried)", "");
    xmlFreeDoc(d);
    rec(&b, "z.2 undo event=z.1");
    d = document(&b, ATTRIBUTION_NONE);
    assert_ask(d, "string(//issue[@ref='B.a']/@disposition)", "agreed-ad-referendum");
    assert_ask(d, "count(//issue[@ref='B.a']//confirmation)", "1");
    xmlFreeDoc(d);
    bench_free(&b);
}

static void questions_tell_how_far_they_came(void **state) {
    (void)state;
    struct bench b = bench_new();
    xmlDoc *d = document(&b, ATTRIBUTION_NONE);
    assert_ask(d, "string(//issue[@ref='A.b']/@closed)", "2");
    assert_ask(d, "string(//issue[@ref='A.b']/@answered)", "yes");
    assert_ask(d, "string(//issue[@ref='A.b']/p[1]/@state)", "answered");
    assert_ask(d, "string(//issue[@ref='A.b']/p[2]/@state)", "not-applicable");
    assert_ask(d, "string(//issue[@ref='A.b']/p[2]/@state-text)", "the first says it");
    xmlFreeDoc(d);
    rec(&b, "z.1 subquestion issue=A.b.2 state=open");
    d = document(&b, ATTRIBUTION_NONE);
    assert_ask(d, "string(//issue[@ref='A.b']/p[2]/@state)", "open");
    assert_ask(d, "string(//issue[@ref='A.b']/@closed)", "1");
    assert_ask(d, "string(//issue[@ref='A.b']/@answered)", "part");
    xmlFreeDoc(d);
    bench_free(&b);
}

static void temperature_by_tier(void **state) {
    (void)state;
    struct bench b = bench_new();
    uint32_t counts[LEVEL_COUNT + 1];
    rec(&b, "z.1 sounding issue=A.a level=5 person=petrova");
    rec(&b, "z.2 sounding issue=A.a level=1 side=us");
    assert_int_equal(soundings_count(b.w, fixture_issue(b.w, "A.a"), counts), 2);
    xmlDoc *d = document(&b, ATTRIBUTION_NAME);
    assert_ask(d, "string(//sounding/@total)", "2"); /* of the wording in force */
    assert_ask(d, "count(//sounding/level)", "5");
    assert_ask(d, "string(//sounding/level[5]/@count)", "1");
    assert_ask(d, "string(//sounding/level[5]/@share)", "50");
    assert_ask(d, "count(//sounding/voice)", "2");
    assert_ask(d, "string(//sounding/voice[1]/@by)", "Анна ПЕТРОВА, Россия");
    xmlFreeDoc(d);
    d = document(&b, ATTRIBUTION_SIDE);
    assert_ask(d, "string(//sounding/@total)", "2");
    assert_ask(d, "count(//voice)", "0");
    assert_ask(d, "count(//timeline/event[@kind='sounding'])", "0");
    xmlFreeDoc(d);
    d = document(&b, ATTRIBUTION_NONE);
    assert_ask(d, "count(//sounding)", "0");
    xmlFreeDoc(d);
    bench_free(&b);
}

static void recommendations_tell_what_they_rest_on(void **state) {
    (void)state;
    struct bench b = bench_new();
    xmlDoc *d = document(&b, ATTRIBUTION_NONE);
    assert_ask(d, "count(//recommendations/issue[1]/support)", "2");
    assert_ask(d, "string(//support[1]/@cite)", "A(a)");
    assert_ask(d, "string(//support[1]/@doubt)", "yes");
    assert_ask(d, "string(//support[2]/@doubt)", "");
    assert_ask(d, "string(//recommendations/issue[1]/doubt)",
               "rests on A(a) (bracketed)");
    xmlFreeDoc(d);
    bench_free(&b);
}

static void actions_tell_what_is_done(void **state) {
    (void)state;
    struct bench b = bench_new();
    xmlDoc *d = document(&b, ATTRIBUTION_NAME);
    assert_ask(d, "string(/notes/actions/@done)", "1");
    assert_ask(d, "string(/notes/actions/action[1]/@done)", "yes");
    assert_ask(d, "string(/notes/actions/action[1]/outcome/p)", "it was sent");
    assert_ask(d, "string(/notes/actions/action[1]/@owner)", "Grace HOPPER");
    assert_ask(d, "string(/notes/actions/action[2]/@done)", "");
    assert_ask(d, "string(/notes/actions/action[2]/@by)", "Россия");
    xmlFreeDoc(d);
    bench_free(&b);
}

static void wordings_are_numbered(void **state) {
    (void)state;
    struct bench b = bench_new();
    xmlDoc *d = document(&b, ATTRIBUTION_NONE);
    assert_ask(d, "count(//issue[@ref='A.a']/wording)", "2");
    assert_ask(d, "string(//issue[@ref='A.a']/wording[2]/@last)", "yes");
    assert_ask(d, "string(//issue[@ref='A.a']/wording[1]/@n)", "1");
    assert_ask(d, "string(//issue[@ref='A.a']/wording[1]/@last)", "");
    assert_ask(d, "string(//issue[@ref='A.b']/wording/@sub)", "1");
    xmlFreeDoc(d);
    struct notes_options o = options_of(&b, ATTRIBUTION_NAME);
    d = notes_document(b.w, &o, 0);
    assert_ask(d, "count(//wording) + count(//timeline) + count(//interventions)", "0");
    xmlFreeDoc(d);
    bench_free(&b);
}

/* ---- the timeline */

static void the_timeline_keeps_to_the_tier(void **state) {
    (void)state;
    struct bench b = bench_new();
    xmlDoc *d = document(&b, ATTRIBUTION_NAME);
    assert_ask(d, "string(//event[@kind='floor'][@state='give'][1]/@by)",
               "Andrew LEEWARD, United States");
    assert_ask(d, "count(//event[@kind='person'])", "4");
    assert_ask(d, "string(//event[@kind='note'][4]/@by)", "");
    assert_ask(d, "string(//event[@kind='note'][3]/@by)", "United States");
    assert_ask(d, "string(//event[@kind='sounding'][1]/@words)",
               "temperature (in favour, with reservations)");
    assert_ask(d, "count(//event[@kind='position'])", "1");
    assert_ask(d, "string(//event[@kind='timebox'][1]/@ref)", "A");
    assert_ask(d, "string(//event[@kind='support']/@words)", "rests on A(a), B(b)");
    assert_ask(d, "string(//event[@kind='sitting'][1]/@words)", "sitting opened");
    assert_ask(d, "string(//event[@kind='sitting'][1]/@sitting)", "1");
    xmlFreeDoc(d);
    d = document(&b, ATTRIBUTION_NONE);
    assert_ask(d, "count(//event[@kind='person' or @kind='presence' or @kind='side'])",
               "0");
    assert_ask(d, "count(//event[@kind='floor'][@state='add'])", "0");
    assert_ask(d, "string(//event[@kind='floor'][@state='give'][1]/@words)",
               "the floor is given");
    assert_ask(d, "count(//event/@by)", "0");
    assert_ask(d, "count(//event[@kind='assent'])", "2");
    xmlFreeDoc(d);
    bench_free(&b);
}

static void what_was_undone_or_withdrawn_is_not_told(void **state) {
    (void)state;
    struct bench b = bench_empty();
    rec(&b, "w.1 note issue=A.a :first words");
    rec(&b, "w.2 note issue=A.a :UNDONE");
    rec(&b, "w.3 undo event=w.2");
    rec(&b, "w.4 note issue=A.a :WITHDRAWN");
    rec(&b, "w.5 retract event=w.4 :WHY");
    rec(&b, "w.6 revise event=w.1 :last words");
    xmlDoc *d = document(&b, ATTRIBUTION_NAME);
    assert_ask(d, "count(//event)", "1");
    assert_ask(d, "string(//event/p)", "last words");
    xmlFreeDoc(d);
    bench_free(&b);
}

/* ---- one sitting */

static void one_sitting_has_what_was_made_in_it(void **state) {
    (void)state;
    struct bench b = bench_new();
    xmlDoc *d = document_of(&b, 0);
    assert_ask(d, "string(/notes/@sitting)", "1");
    assert_ask(d, "string(/notes/@sitting-title)", "Morning");
    assert_ask(d, "string(//sitting[@current]/@n)", "1");
    assert_ask(d, "count(//topic/issue/note)", "4");
    assert_ask(d, "count(//issue[@ref='A.a']/answer//bracket)", "2");
    assert_ask(d, "string(//issue[@ref='A.a']/@spent)", "1380");
    assert_ask(d, "string(//issue[@ref='B.a']/@recorded)", "no");
    assert_ask(d, "string(//issue[@ref='B.a']/@disposition)", "open");
    assert_ask(d, "string(//issue[@ref='B.a']/@progress)", "not-discussed");
    assert_ask(d, "string(//issue[@ref='B.a']/@spent)", "");
    assert_ask(d, "count(//intervention)", "2");
    assert_ask(d, "string(//balance[@by='side']/row[1]/@side)", "ru");
    assert_ask(d, "count(//off-record/spell)", "1");
    assert_ask(d, "string(//sounding/@total)", "2");
    xmlFreeDoc(d);
    d = document_of(&b, 1);
    assert_ask(d, "string(//issue[@ref='A.a']/answer/p)", "It works now [deepen].");
    assert_ask(d, "string(//issue[@ref='A.a']/@disposition)", "bracketed");
    assert_ask(d, "count(//issue[@ref='A.a']/disposition)", "0");
    assert_ask(d, "string(//issue[@ref='A.b']/@recorded)", "no");
    assert_ask(d, "string(//issue[@ref='A.a']/@spent)", "");
    assert_ask(d, "string(//issue[@ref='B.a']/@spent)", "780");
    assert_ask(d, "count(//intervention)", "1");
    assert_ask(d, "string(//balance[@by='side']/row[1]/@side)", "us");
    assert_ask(d, "count(//actions/action)", "0");
    assert_ask(d, "count(//off-record)", "0");
    assert_ask(d, "count(//event[@sitting != 2])", "0");
    xmlFreeDoc(d);
    bench_free(&b);
}

static void a_later_confirmation_stands_by_itself(void **state) {
    (void)state;
    struct bench b = bench_new();
    rec(&b, "z.1 sitting state=open");
    rec(&b, "z.2 confirm issue=B.a side=ru");
    xmlDoc *d = document_of(&b, 1);
    assert_ask(d, "string(//issue[@ref='B.a']/@disposition)", "agreed-ad-referendum");
    xmlFreeDoc(d);
    d = document_of(&b, 2);
    assert_ask(d, "string(//issue[@ref='B.a']/@disposition)", "agreed");
    assert_ask(d, "string(//issue[@ref='B.a']/confirmation/@side)", "ru");
    assert_ask(d, "string(//issue[@ref='B.a']/@recorded)", "yes");
    xmlFreeDoc(d);
    bench_free(&b);
}

static void a_sitting_that_was_not_is_refused(void **state) {
    (void)state;
    struct bench b = bench_new();
    struct notes_options o = options_of(&b, ATTRIBUTION_NAME);
    struct buf out = BUF_INIT;
    struct err err = ERR_INIT;
    o.sitting = 2;
    assert_int_equal(notes_render(b.w, &o, &out, &err), -1);
    assert_string_equal(err.what, "there is no sitting 3: there were 2");
    err_release(&err);
    buf_release(&out);
    bench_free(&b);
}

/* ---- an earlier meeting */

static void what_was_carried_is_marked(void **state) {
    (void)state;
    struct bench b = bench_empty();
    rec(&b, "w.1 note issue=A.a :of then");
    rec(&b, "w.2 disposition issue=A.a disposition=deferred");
    rec(&b, "w.3 carried from=abc :The meeting before");
    rec(&b, "w.4 note issue=A.a :of today");
    xmlDoc *d = document(&b, ATTRIBUTION_NAME);
    assert_ask(d, "string(/notes/carried-from)", "The meeting before");
    assert_ask(d, "string(/notes/carried-from/@day)", "2011-12-06");
    assert_ask(d, "string(//note[1]/@earlier)", "yes");
    assert_ask(d, "string(//note[2]/@earlier)", "");
    assert_ask(d, "string(//topic/issue/disposition/@earlier)", "yes");
    xmlFreeDoc(d);
    bench_free(&b);
}

/* ---- warnings */

static void a_side_of_one_is_warned_of(void **state) {
    (void)state;
    struct bench b = bench_new();
    struct notes_options o = options_of(&b, ATTRIBUTION_NAME);
    struct buf out = BUF_INIT;
    lone_vec lone = {0};
    xmlDoc *d = document(&b, ATTRIBUTION_NAME);
    assert_ask(d, "count(/notes/warning)", "1"); /* b.12 alone is of the side */
    assert_ask(d, "string(/notes/warning/@side)", "ru");
    assert_ask(d, "string(/notes/warning/@count)", "1");
    xmlFreeDoc(d);
    d = document(&b, ATTRIBUTION_SIDE);
    assert_ask(d, "string(/notes/warning/@kind)", "single-member");
    assert_ask(d, "string(/notes/warning/@count)", "3");
    xmlFreeDoc(d);
    d = document(&b, ATTRIBUTION_NONE);
    assert_ask(d, "count(/notes/warning)", "0");
    xmlFreeDoc(d);
    o.attribution = ATTRIBUTION_SIDE;
    notes_lone_sides(b.w, &o, &lone);
    notes_document_warnings(b.w, &o, &lone, &out);
    assert_string_equal(
        out.s, "Россия has one participant: that 3 entries are attributed to the side "
               "tells who it was\n"
               "2 positions were not shared with the room and are left out\n");
    buf_clear(&out);
    o.attribution = ATTRIBUTION_NONE;
    o.private = true;
    lone.n = 0;
    notes_lone_sides(b.w, &o, &lone);
    notes_document_warnings(b.w, &o, &lone, &out);
    assert_string_equal(out.s, "");
    vec_release(&lone);
    buf_release(&out);
    bench_free(&b);
}

/* ---- what a template needs */

static void needs_are_named_by_the_template(void **state) {
    (void)state;
    fixture_write("a.xsl", "<!-- needs: timeline wordings -->");
    fixture_write("b.xsl", "<!-- help: timeline --><x/>");
    fixture_write("c.xsl", "<!-- needs: interventions");
    assert_int_equal(template_needs("./a.xsl"), NEEDS_TIMELINE | NEEDS_WORDINGS);
    assert_int_equal(template_needs("./b.xsl"), 0);
    assert_int_equal(template_needs("./c.xsl"), 0);
    assert_int_equal(template_needs("./none.xsl"), 0);
    assert_int_equal(template_needs("session-notes"), 0);
}

/* ---- */

static int set_up(void **state) {
    (void)state;
    setenv("TZ", "UTC", 1);
    tzset();
    text_locale();
    fixture_enter_scratch();
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    fixture_leave_scratch();
    notes_release();
    xmlCleanupParser();
    return 0;
}

/* ---- the sample that templates are tried with */

/* All of memobook-templates(5), in its order; more than one attribute where each may be
 * left out. */
static const char *const of_the_manual[] = {
    "/notes[@version and @lang and @rule and @attribution and @at and @day]",
    "memo[title and genre and author/@role]",
    "memo/meeting[@from and @to and @dates and name and host and place]",
    "memo/side[@id]",
    "memo/introduction[title and p]",
    "memo/topics-title",
    "memo/topics-lead",
    "carried-from[@day-words]",
    "sittings[@count and @spent]/sitting[@n and @title and @from and @to and @when]",
    "sittings/sitting[@until and @until-time]",
    "attendance[@total and @present]",
    "attendance/side[@side and @side-name]",
    "attendance/constituency[@name]",
    "attendance/person[@role = 'chair' and @name and not(@side)]",
    "attendance/person[@part and @side-name and @constituency and stay[2]/@when]",
    "totals[@brackets > 0 and @done > 0 and @carried > 0]",
    "totals/disposition[@code and @words and @count and @share]",
    "balance[@by = 'person']/row[@name and @share and @turns and @people]",
    "balance[@by = 'side']/row[@side]",
    "balance[@by = 'constituency']/row",
    "off-record/spell[@from and @to and @when]",
    "topic[@minutes and @share and @box and statement and title and p and lead]",
    "topic/disposition",
    "topic/issue[@priority and @minutes and @spent and @share and @box]",
    "topic/issue[@raised]",
    "topic/issue[@reworded and original/p]",
    "topic/issue[@questions and @closed]/p[@n and @state = 'answered' and @state-text]",
    "topic/issue/p[@state = 'not-applicable']",
    "topic/issue[@answered = 'part']/answer[@sub]",
    "topic/issue[@disposition = 'agreed']",
    "topic/issue[@disposition = 'agreed-ad-referendum' and @carried = 'to-confirm']",
    "topic/issue[@disposition = 'bracketed' and @carried = 'bracketed']",
    "topic/issue[@disposition = 'deferred' and @carried = 'deferred']",
    "topic/issue[@disposition = 'no-agreement']",
    "topic/issue[@disposition = 'noted']",
    "topic/issue[@disposition = 'withdrawn']",
    "topic/issue[@carried = 'open']",
    "topic/issue[@carried = 'no-answer']",
    "topic/issue[@brackets]/answer/p/bracket[@n]/alternative[@side-name]/owner",
    "topic/issue//alternative/bracket/alternative[contains(@side, ' ')]",
    "topic/issue//alternative[@empty]/mark",
    "topic/issue[@broken]/answer/p/broken",
    "topic/issue/addressee[@side]",
    "topic/issue/wording[@n and @last]",
    "topic/issue/wording[not(@last)]",
    "topic/issue/answer[@earlier]",
    "topic/issue/readback[@covers = 'yes']",
    "topic/issue/readback[@covers = 'no' and @last]/current",
    "topic/issue/readback/word[@assent = 'assent' and @side-name]",
    "topic/issue/readback/word[@assent = 'reservation']/p",
    "topic/issue/readback/word[@assent = 'silence']",
    "topic/issue/position[@stance = 'for' and @shared = 'yes']",
    "topic/issue/position[@stance = 'against']/p[2]",
    "topic/issue/sounding[@total]/level[@n and @words and @count and @share]",
    "topic/issue/sounding/voice[@by]",
    "topic/issue/note[@kind = 'comment']",
    "topic/issue/note[@kind = 'for' and @speaker and @side-name and @by]",
    "topic/issue/note[@kind = 'against']",
    "topic/issue/note[@kind = 'proposal']",
    "topic/issue/note[@kind = 'question']",
    "topic/issue/note[@kind = 'fact' and not(@by)]",
    "topic/issue/said[@kind = 'for' and @people]",
    "topic/issue/action[@done and @due-words and @owner]/outcome/p",
    "topic/issue/disposition[not(@last)]/override[string()]",
    "topic/issue/disposition[@last]/asked[@confirmed = 'no']",
    "topic/issue/disposition[confirmation/p]/asked[@confirmed = 'yes']",
    "topic/issue/disposition/keeper[@owner and @by]",
    "recommendations/issue[@disposition = 'agreed']",
    "recommendations/issue[doubt]/support[@doubt = 'yes' and @cite]",
    "recommendations/issue/support[@doubt = 'no' or not(@doubt)]",
    "actions[@owned and @dated and @done]/action[@n and not(@done)]",
    "carried[@count]/issue[@carried]/p",
    "references/reference[@id and @date and @url and @issues]",
    "chronology/entry[@date and @issues]",
    "terms/term[@id and definition]/name[@lang = 'zh']",
    "interventions/intervention[@kind = 'order' and @by and @cite]",
    "interventions/intervention[@kind = 'tour']",
    "timeline/event[@kind = 'answer' and @words and @cite]/p/bracket",
    "timeline/event[@kind = 'sitting' and @state]",
    "warning[@kind = 'single-member' and @count]",
};

static void the_sample_has_one_of_everything(void **state) {
    (void)state;
    struct sample s;
    size_t missing = 0;
    struct err err = ERR_INIT;
    assert_int_equal(sample_open(&s, &err), 0);
    struct notes_options o;
    notes_options_init(&o, s.w, START);
    xmlDoc *doc = notes_document(s.w, &o, ALL_NEEDS);
    xmlXPathContext *c = xmlXPathNewContext(doc);
    xmlXPathSetContextNode(xmlDocGetRootElement(doc), c);
    for (size_t i = 0; i < sizeof of_the_manual / sizeof *of_the_manual; i++) {
        xmlXPathObject *found =
            xmlXPathEvalExpression((const xmlChar *)of_the_manual[i], c);
        assert_non_null(found);
        if (xmlXPathNodeSetIsEmpty(found->nodesetval)) {
            print_error("the sample has no %s\n", of_the_manual[i]);
            missing++;
        }
        xmlXPathFreeObject(found);
    }
    assert_int_equal(missing, 0);
    xmlXPathFreeContext(c);
    xmlFreeDoc(doc);
    sample_close(&s);
}

/* In the sample a topic took 101 per cent of its time box. */
static void a_bar_is_full_at_most(void **state) {
    (void)state;
    struct sample s;
    struct err err = ERR_INIT;
    struct buf out = BUF_INIT;
    assert_int_equal(sample_open(&s, &err), 0);
    struct notes_options o;
    notes_options_init(&o, s.w, START);
    assert_int_equal(notes_render(s.w, &o, &out, &err), 0);
    static const char row[] = "\nA      ████████████████████  101  45 min    45 min\n";
    if (!strstr(out.s, row))
        fail_msg("%s", strstr(out.s, "Time by topic"));
    buf_release(&out);
    sample_close(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_leaks_at_any_attribution),
        cmocka_unit_test(no_page_leaks),
        cmocka_unit_test(the_page_tells_it),
        cmocka_unit_test(private_notes_say_so),
        cmocka_unit_test(a_private_position_leaves_no_trace),
        cmocka_unit_test(overrides_keep_private_positions),
        cmocka_unit_test(brackets_are_elements),
        cmocka_unit_test(a_bracket_may_run_over_lines),
        cmocka_unit_test(broken_brackets_stay_text),
        cmocka_unit_test(broken_brackets_are_marked),
        cmocka_unit_test(attendance_by_tier),
        cmocka_unit_test(speaking_time_by_tier),
        cmocka_unit_test(sittings_have_their_times),
        cmocka_unit_test(time_boxes_and_their_use),
        cmocka_unit_test(readbacks_tell_each_word),
        cmocka_unit_test(outcomes_have_their_history),
        cmocka_unit_test(questions_tell_how_far_they_came),
        cmocka_unit_test(temperature_by_tier),
        cmocka_unit_test(recommendations_tell_what_they_rest_on),
        cmocka_unit_test(actions_tell_what_is_done),
        cmocka_unit_test(wordings_are_numbered),
        cmocka_unit_test(the_timeline_keeps_to_the_tier),
        cmocka_unit_test(what_was_undone_or_withdrawn_is_not_told),
        cmocka_unit_test(one_sitting_has_what_was_made_in_it),
        cmocka_unit_test(a_later_confirmation_stands_by_itself),
        cmocka_unit_test(a_sitting_that_was_not_is_refused),
        cmocka_unit_test(what_was_carried_is_marked),
        cmocka_unit_test(a_side_of_one_is_warned_of),
        cmocka_unit_test(needs_are_named_by_the_template),
        cmocka_unit_test(the_sample_has_one_of_everything),
        cmocka_unit_test(a_bar_is_full_at_most),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down) != 0;
}
