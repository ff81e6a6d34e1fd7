/* Session notes: projection, attribution, templates, formats. */
#include "base/text.h"
#include "notes/document.h"
#include "notes/format.h"
#include "notes/notes.h"
#include "notes/template.h"
#include "notes/xhtml.h"
#include "notes/xhtml_write.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <libxml/parser.h>
#include <libxml/xmlmemory.h>
#include <libxml/xpath.h>

#include <cmocka.h>

#define START INT64_C(1323165600000) /* 2011-12-06T10:00:00Z */

/* ---- a memo, and a workbook of it */

struct bench {
    struct memo *m;
    struct workbook *w;
    unsigned n;
    int64_t now;
};

static struct memo_text text_of(struct memo *m, const char *s) {
    struct memo_text t = {arena_strdup(&m->arena, s), (uint32_t)strlen(s), 0, NULL};
    return t;
}

/* Paragraphs separated by '|'. */
static struct memo_texts texts_of(struct memo *m, const char *s) {
    struct memo_text *v = arena_alloc(&m->arena, 8 * sizeof *v);
    uint32_t n = 0;
    for (size_t len; *s && n < 8; s += len + (s[len] == '|')) {
        len = strcspn(s, "|");
        v[n++] =
            (struct memo_text){arena_strndup(&m->arena, s, len), (uint32_t)len, 0, NULL};
    }
    return (struct memo_texts){v, n};
}

static void add_topic(struct memo *m, const char *id, const char *title) {
    struct memo_topic t = {.id = id,
                           .statement = text_of(m, "statement"),
                           .title = text_of(m, title),
                           .lead = text_of(m, "Open issues:"),
                           .first = (uint32_t)m->issues.n,
                           .recommendations = strcmp(id, "R") == 0};
    vec_push(&m->topics, t);
}

static void add_issue(struct memo *m, const char *id, const char *text, const char *to) {
    struct memo_issue i = {.id = id,
                           .to = to,
                           .p = texts_of(m, text),
                           .kind = ISSUE_QUESTION,
                           .minutes = 15};
    vec_push(&m->issues, i);
    m->topics.v[m->topics.n - 1].n_issues++;
}

static struct memo *new_memo(enum memo_rule rule) {
    struct memo *m = memo_new();
    m->lang = "en";
    m->rule = rule;
    m->title = "A <memo> & more";
    m->title_text = text_of(m, m->title);
    m->genre = "A Policy Memo";
    m->meeting = "Meeting of the Group";
    m->host = "Fund";
    m->place = "Washington DC";
    m->from = "2011-12-06";
    m->to = "2011-12-07";
    vec_push(&m->authors, ((struct memo_author){"Michael YAKUSHEV", "Observer"}));
    vec_push(&m->sides, ((struct memo_side){"us", "United States"}));
    vec_push(&m->sides, ((struct memo_side){"ru", "Russian Federation"}));
    add_topic(m, "A", "Framework");
    add_issue(m, "a", "Is it efficient?", "us ru");
    add_issue(m, "b", "Why does it disagree?|Is that all?", "ru");
    add_issue(m, "c", "The role of institutions", "");
    add_topic(m, "B", "First steps");
    add_issue(m, "a", "How can it work?", "");
    add_topic(m, "R", "Policy Recommendations");
    add_issue(m, "a", "Examine the forms.", "us");
    return m;
}

static struct bench bench_new(enum memo_rule rule) {
    struct bench b = {.m = new_memo(rule), .now = START};
    b.w = workbook_new(b.m);
    return b;
}

static void bench_free(struct bench *b) {
    workbook_free(b->w);
    memo_free(b->m);
}

#define END (-1)
/* Records an event a minute after the last; fields are enum event_field, value, END. */
static void rec(struct bench *b, enum event_kind_id kind, const char *text, ...) {
    struct event_draft d;
    struct err err = ERR_INIT;
    char id[32];
    event_draft_init(&d, kind);
    snprintf(id, sizeof id, "e.%u", ++b->n);
    d.event.id = id;
    d.event.n = b->n;
    d.event.at = b->now += 60000;
    d.event.text = text;
    va_list ap;
    va_start(ap, text);
    for (int f; (f = va_arg(ap, int)) != END;)
        event_draft_set(&d, (enum event_field)f, va_arg(ap, const char *));
    va_end(ap);
    if (workbook_apply(b->w, &d.event, &err) < 0)
        fail_msg("%s", err.what);
}

static void rec_note(struct bench *b, const char *issue, const char *text,
                     const char *speaker, const char *side, const char *attribution) {
    rec(b, EVENT_NOTE, text, FIELD_ISSUE, issue, FIELD_KIND, "for", FIELD_SPEAKER,
        speaker, FIELD_SIDE, side, FIELD_ATTRIBUTION, attribution, END);
}

static void undo(struct bench *b, unsigned n) {
    char id[32];
    snprintf(id, sizeof id, "e.%u", n);
    rec(b, EVENT_UNDO, "", FIELD_EVENT, id, END);
}

/* Positions are private until they are shared. */
static void share_positions(struct bench *b) {
    for (uint32_t i = 0; i < b->w->entries.n; i++)
        if (b->w->entries.v[i].kind == ENTRY_POSITION)
            rec(b, EVENT_SHARE, "", FIELD_EVENT,
                b->w->log.v[b->w->entries.v[i].event].event.id, FIELD_STATE, "shared",
                END);
}

static xmlDoc *document(const struct bench *b, enum attribution tier) {
    struct notes_options o;
    notes_options_init(&o, b->w, b->now);
    o.attribution = tier;
    return notes_document(b->w, &o, 0);
}

/* The string value of an XPath expression, in a buffer of the last call but one. */
static const char *ask(xmlDoc *doc, const char *xpath) {
    static char answers[2][4096];
    static int turn;
    turn = !turn;
    xmlXPathContext *ctxt = xmlXPathNewContext(doc);
    xmlXPathObject *o = xmlXPathEvalExpression((const xmlChar *)xpath, ctxt);
    assert_non_null(o);
    xmlChar *s = xmlXPathCastToString(o);
    snprintf(answers[turn], sizeof answers[turn], "%s", (const char *)s);
    xmlFree(s);
    xmlXPathFreeObject(o);
    xmlXPathFreeContext(ctxt);
    return answers[turn];
}

#define assert_ask(doc, xpath, expected) assert_string_equal(ask(doc, xpath), expected)

static char *render(const struct bench *b, const char *template_name, const char *format,
                    enum attribution tier, size_t width) {
    struct notes_options o;
    struct buf out = BUF_INIT;
    struct err err = ERR_INIT;
    notes_options_init(&o, b->w, b->now);
    o.template_name = template_name;
    o.format = format;
    o.attribution = tier;
    o.width = width;
    if (notes_render(b->w, &o, &out, &err) < 0)
        fail_msg("%s: %s", err.file ? err.file : "", err.what);
    return buf_detach(&out);
}

/* ---- projection */

static void the_rule_sets_the_attribution(void **state) {
    (void)state;
    static const enum attribution expected[] = {ATTRIBUTION_NAME, ATTRIBUTION_SIDE,
                                                ATTRIBUTION_NONE};
    for (int rule = RULE_ATTRIBUTABLE; rule <= RULE_CHATHAM_HOUSE; rule++) {
        struct bench b = bench_new((enum memo_rule)rule);
        struct notes_options o;
        notes_options_init(&o, b.w, START);
        assert_int_equal(o.attribution, expected[rule]);
        assert_string_equal(o.template_name, "session-notes");
        assert_string_equal(o.format, "text");
        assert_int_equal(o.width, 72);
        bench_free(&b);
    }
}

static void the_head_is_the_memo(void **state) {
    (void)state;
    struct bench b = bench_new(RULE_CHATHAM_HOUSE);
    xmlDoc *d = document(&b, ATTRIBUTION_NONE);
    assert_ask(d, "string(/notes/@lang)", "en");
    assert_ask(d, "string(/notes/@rule)", "chatham-house");
    assert_ask(d, "string(/notes/@attribution)", "none");
    assert_ask(d, "string(/notes/@at)", "2011-12-06T10:00:00.000Z");
    assert_ask(d, "string(/notes/@day-words)", "6 December 2011");
    assert_ask(d, "string(/notes/@time)", "10:00");
    assert_ask(d, "string(/notes/memo/title)", "A <memo> & more");
    assert_ask(d, "string(/notes/memo/author)", "Michael YAKUSHEV");
    assert_ask(d, "string(/notes/memo/author/@role)", "Observer");
    assert_ask(d, "string(/notes/memo/meeting/@dates)", "6–7 December 2011");
    assert_ask(d, "string(/notes/memo/meeting/host)", "Fund");
    assert_ask(d, "string(/notes/memo/side[2])", "Russian Federation");
    xmlFreeDoc(d);
    bench_free(&b);
}

static void emphasis_is_kept(void **state) {
    (void)state;
    struct bench b = bench_new(RULE_CHATHAM_HOUSE);
    static const struct memo_span em[] = {{2, 8}, {11, 15}};
    b.m->title_text.em = em;
    b.m->title_text.n_em = 2;
    xmlDoc *d = document(&b, ATTRIBUTION_NONE);
    assert_ask(d, "string(/notes/memo/title)", "A <memo> & more");
    assert_ask(d, "string(/notes/memo/title/em[1])", "<memo>");
    assert_ask(d, "string(/notes/memo/title/em[2])", "more");
    xmlFreeDoc(d);
    bench_free(&b);
}

static void issues_are_cited(void **state) {
    (void)state;
    struct bench b = bench_new(RULE_CHATHAM_HOUSE);
    xmlDoc *d = document(&b, ATTRIBUTION_NONE);
    assert_ask(d, "count(//topic/issue)", "4");
    assert_ask(d, "string(//topic[1]/issue[2]/@cite)", "A(b)");
    assert_ask(d, "string(//topic[1]/issue[2]/@ref)", "A.b");
    assert_ask(d, "string(//issue[@ref='A.b']/@questions)", "2");
    assert_ask(d, "string(//issue[@ref='A.b']/p[2]/@cite)", "A(b)2");
    assert_ask(d, "string(//issue[@ref='A.a']/p/@n)", "");
    assert_ask(d, "string(//issue[@ref='A.a']/@kind)", "question");
    assert_ask(d, "string(//issue[@ref='A.a']/@minutes)", "15");
    assert_ask(d, "string(//issue[@ref='A.a']/@disposition)", "open");
    assert_ask(d, "string(//issue[@ref='A.a']/@progress)", "not-discussed");
    assert_ask(d, "string(//issue[@ref='A.a']/@recorded)", "no");
    assert_ask(d, "string(//issue[@ref='A.a']/addressee[2])", "Russian Federation");
    assert_ask(d, "string(//recommendations/issue/@cite)", "R(a)");
    assert_ask(d, "string(//totals/@issues)", "4");
    xmlFreeDoc(d);
    bench_free(&b);
}

static void only_what_stands_appears(void **state) {
    (void)state;
    struct bench b = bench_new(RULE_ATTRIBUTABLE);
    rec(&b, EVENT_ANSWER, "first", FIELD_ISSUE, "A.a", END);
    rec(&b, EVENT_ANSWER, "second\n\nwith a paragraph", FIELD_ISSUE, "A.a", END);
    rec(&b, EVENT_ANSWER, "third, undone", FIELD_ISSUE, "A.a", END);
    undo(&b, 3);
    rec(&b, EVENT_POSITION, "old view", FIELD_ISSUE, "A.a", FIELD_SIDE, "ru", END);
    rec(&b, EVENT_POSITION, "new view", FIELD_ISSUE, "A.a", FIELD_SIDE, "ru", END);
    rec(&b, EVENT_POSITION, "their view", FIELD_ISSUE, "A.a", FIELD_SIDE, "us", END);
    rec(&b, EVENT_NOTE, "a note", FIELD_ISSUE, "A.a", END);
    rec(&b, EVENT_NOTE, "withdrawn", FIELD_ISSUE, "A.a", END);
    rec(&b, EVENT_RETRACT, "", FIELD_EVENT, "e.9", END);
    rec(&b, EVENT_ANSWER, "for the second", FIELD_ISSUE, "A.b.2", END);
    rec(&b, EVENT_ANSWER, "of C", FIELD_ISSUE, "A.c", END);
    rec(&b, EVENT_RETRACT, "", FIELD_EVENT, "e.12", END);
    share_positions(&b);
    xmlDoc *d = document(&b, ATTRIBUTION_NAME);
    assert_ask(d, "count(//issue[@ref='A.a']/answer)", "1");
    assert_ask(d, "string(//issue[@ref='A.a']/answer/p[2])", "with a paragraph");
    assert_ask(d, "count(//issue[@ref='A.a']/position)", "2");
    assert_ask(d, "string(//issue[@ref='A.a']/position[1]/@by)", "United States");
    assert_ask(d, "string(//issue[@ref='A.a']/position[2]/p)", "new view");
    assert_ask(d, "count(//issue[@ref='A.a']/note)", "1");
    assert_ask(d, "string(//issue[@ref='A.a']/@answered)", "yes");
    assert_ask(d, "string(//issue[@ref='A.b']/answer/@cite)", "A(b)2");
    assert_ask(d, "string(//issue[@ref='A.b']/@answered)", "part");
    assert_ask(d, "count(//issue[@ref='A.c']/answer)", "0");
    assert_ask(d, "string(//issue[@ref='A.c']/@answered)", "no");
    xmlFreeDoc(d);
    for (uint32_t e = 0, in = 0; e < b.w->entries.n; e++) { /* as the model has it */
        in += entry_stands(b.w, e);
        if (e + 1 == b.w->entries.n)
            assert_int_equal(in, 5);
    }
    bench_free(&b);
}

static void dispositions_keep_their_history(void **state) {
    (void)state;
    struct bench b = bench_new(RULE_ATTRIBUTABLE);
    rec(&b, EVENT_DISPOSITION, "", FIELD_ISSUE, "A.a", FIELD_DISPOSITION, "agreed", END);
    rec(&b, EVENT_DISPOSITION, "a slip", FIELD_ISSUE, "A.a", FIELD_DISPOSITION, "noted",
        END);
    undo(&b, 2);
    rec(&b, EVENT_DISPOSITION, "on the wording", FIELD_ISSUE, "A.a", FIELD_DISPOSITION,
        "bracketed", END);
    rec(&b, EVENT_PRIORITY, "", FIELD_ISSUE, "A.a", FIELD_PRIORITY, "1", END);
    xmlDoc *d = document(&b, ATTRIBUTION_NAME);
    assert_ask(d, "count(//issue[@ref='A.a']/disposition)", "2");
    assert_ask(d, "string(//issue[@ref='A.a']/disposition[1]/@code)", "agreed");
    assert_ask(d, "string(//issue[@ref='A.a']/disposition[@last]/@words)", "bracketed");
    assert_ask(d, "string(//issue[@ref='A.a']/disposition[@last]/p)", "on the wording");
    assert_ask(d, "string(//issue[@ref='A.a']/@disposition)", "bracketed");
    assert_ask(d, "string(//issue[@ref='A.a']/@priority)", "1");
    assert_ask(d, "string(//totals/disposition[@code='bracketed']/@count)", "1");
    xmlFreeDoc(d);
    bench_free(&b);
}

static void issues_from_the_room(void **state) {
    (void)state;
    struct bench b = bench_new(RULE_ATTRIBUTABLE);
    rec(&b, EVENT_ISSUE, "A new one", FIELD_ISSUE, "A.d", FIELD_KIND, "proposal", END);
    rec(&b, EVENT_ISSUE, "Another, undone", FIELD_ISSUE, "A.e", END);
    undo(&b, 2);
    rec(&b, EVENT_ISSUE, "Is it efficient now?", FIELD_ISSUE, "A.a", END);
    xmlDoc *d = document(&b, ATTRIBUTION_NAME);
    assert_ask(d, "count(//topic[@id='A']/issue)", "4");
    assert_ask(d, "string(//issue[@ref='A.d']/@raised)", "yes");
    assert_ask(d, "string(//issue[@ref='A.d']/@kind)", "proposal");
    assert_ask(d, "string(//issue[@ref='A.a']/p)", "Is it efficient now?");
    assert_ask(d, "string(//issue[@ref='A.a']/@reworded)", "yes");
    assert_ask(d, "string(//issue[@ref='A.a']/original/p)", "Is it efficient?");
    xmlFreeDoc(d);
    bench_free(&b);
}

static void time_is_counted(void **state) {
    (void)state;
    struct bench b = bench_new(RULE_ATTRIBUTABLE);
    rec(&b, EVENT_DISCUSS, "", FIELD_ISSUE, "A.a", FIELD_STATE, "start", END);
    b.now += 64 * 60000;
    rec(&b, EVENT_DISCUSS, "", FIELD_ISSUE, "A.a", FIELD_STATE, "stop", END);
    rec(&b, EVENT_DISCUSS, "", FIELD_ISSUE, "A.b", FIELD_STATE, "start", END);
    b.now += 12 * 60000; /* still running */
    xmlDoc *d = document(&b, ATTRIBUTION_NAME);
    assert_ask(d, "string(//issue[@ref='A.a']/@spent)", "3900");
    assert_ask(d, "string(//issue[@ref='A.a']/@spent-words)", "1\u00a0h 5\u00a0min");
    assert_ask(d, "string(//issue[@ref='A.b']/@spent-words)", "12\u00a0min");
    assert_ask(d, "string(//issue[@ref='A.b']/@progress)", "under-discussion");
    assert_ask(d, "string(//topic[@id='A']/@spent)", "4620");
    assert_ask(d, "string(//totals/@discussed)", "2");
    xmlFreeDoc(d);
    bench_free(&b);
}

static void actions_are_numbered(void **state) {
    (void)state;
    struct bench b = bench_new(RULE_ATTRIBUTABLE);
    rec(&b, EVENT_ACTION, "later in the memo", FIELD_ISSUE, "B.a", FIELD_OWNER, "us",
        END);
    rec(&b, EVENT_ACTION, "send the list", FIELD_ISSUE, "A.a", FIELD_OWNER, "SCHMIDT",
        FIELD_DUE, "2011-12-20", END);
    xmlDoc *d = document(&b, ATTRIBUTION_NAME);
    assert_ask(d, "string(/notes/actions/@count)", "2");
    assert_ask(d, "string(/notes/actions/action[1]/@cite)", "A(a)");
    assert_ask(d, "string(/notes/actions/action[1]/@owner)", "SCHMIDT");
    assert_ask(d, "string(/notes/actions/action[1]/@due-words)", "20 December 2011");
    assert_ask(d, "string(/notes/actions/action[2]/@n)", "2");
    assert_ask(d, "string(/notes/actions/action[2]/@by)", "United States");
    assert_ask(d, "string(//issue[@ref='B.a']/action/@n)", "2");
    xmlFreeDoc(d);
    bench_free(&b);
}

static void what_stays_open_is_carried(void **state) {
    (void)state;
    struct bench b = bench_new(RULE_ATTRIBUTABLE);
    rec(&b, EVENT_ANSWER, "yes", FIELD_ISSUE, "A.a", END);
    rec(&b, EVENT_DISPOSITION, "", FIELD_ISSUE, "A.b", FIELD_DISPOSITION, "deferred",
        END);
    rec(&b, EVENT_DISPOSITION, "", FIELD_ISSUE, "A.c", FIELD_DISPOSITION, "agreed", END);
    xmlDoc *d = document(&b, ATTRIBUTION_NAME);
    assert_ask(d, "string(/notes/carried/@count)", "2");
    assert_ask(d, "string(/notes/carried/issue[1]/@cite)", "A(b)");
    assert_ask(d, "string(/notes/carried/issue[1]/@carried)", "deferred");
    assert_ask(d, "string(/notes/carried/issue[2]/@carried)", "no-answer");
    xmlFreeDoc(d);
    rec(&b, EVENT_DISPOSITION, "", FIELD_ISSUE, "A.a", FIELD_DISPOSITION, "open", END);
    rec(&b, EVENT_DISPOSITION, "", FIELD_ISSUE, "R.a", FIELD_DISPOSITION, "bracketed",
        END);
    d = document(&b, ATTRIBUTION_NAME);
    assert_ask(d, "string(/notes/carried/issue[1]/@carried)", "open");
    assert_ask(d, "string(/notes/carried/issue[last()]/@cite)", "R(a)");
    xmlFreeDoc(d);
    bench_free(&b);
}

static void any_bytes_are_fit_for_xml(void **state) {
    (void)state;
    struct bench b = bench_new(RULE_ATTRIBUTABLE);
    rec_note(&b, "A.a", "red \033[31m, \xff, \u202eevil", "O\001NE", "", "");
    char *text = render(&b, "session-notes", "text", ATTRIBUTION_NAME, 72);
    assert_null(strchr(text, '\033'));
    assert_null(strstr(text, "\u202e"));
    assert_non_null(strstr(text, "<U+202E>evil"));
    assert_true(text_valid(text, strlen(text)));
    free(text);
    bench_free(&b);
}

/* ---- attribution */

static struct bench spoken(void) {
    struct bench b = bench_new(RULE_ATTRIBUTABLE);
    rec_note(&b, "A.a", "open words", "SCHMIDT", "us", "name");
    rec_note(&b, "A.a", "side words", "KLIMASHIN", "ru", "side");
    rec_note(&b, "A.a", "veiled words", "LEE", "us", "none");
    rec(&b, EVENT_POSITION, "view of one", FIELD_ISSUE, "A.c", FIELD_SIDE, "ru", END);
    rec(&b, EVENT_POSITION, "other view", FIELD_ISSUE, "A.c", FIELD_SIDE, "us", END);
    rec(&b, EVENT_ACTION, "send it", FIELD_ISSUE, "A.b", FIELD_OWNER, "ORLOV", END);
    rec_note(&b, "A.b", "the side itself spoke", "Russian federation", "", "");
    share_positions(&b);
    return b;
}

static void the_document_keeps_to_the_tier(void **state) {
    (void)state;
    struct bench b = spoken();
    xmlDoc *d = document(&b, ATTRIBUTION_NAME);
    assert_ask(d, "string(//note[p='open words']/@by)", "SCHMIDT, United States");
    assert_ask(d, "string(//note[p='side words']/@by)", "Russian Federation");
    assert_ask(d, "string(//note[p='side words']/@speaker)", "");
    assert_ask(d, "string(//note[p='veiled words']/@by)", "");
    assert_ask(d, "string(//note[p='veiled words']/@attribution)", "none");
    assert_ask(d, "string(/notes/actions/action/@owner)", "ORLOV");
    assert_ask(d, "string(//issue[@ref='A.b']/note/@by)", "Russian Federation");
    assert_ask(d, "string(//issue[@ref='A.b']/note/@speaker)", "");
    xmlFreeDoc(d);
    d = document(&b, ATTRIBUTION_SIDE);
    assert_ask(d, "string(//note[p='open words']/@by)", "United States");
    assert_ask(d, "count(//@speaker | //@owner)", "0");
    assert_ask(d, "string(/notes/actions/@owned)", "0");
    assert_ask(d, "count(//position/@side)", "2");
    xmlFreeDoc(d);
    d = document(&b, ATTRIBUTION_NONE);
    assert_ask(d, "count(//@speaker | //@owner | //@by)", "0");
    assert_ask(d, "count(//@side[not(parent::addressee)] | //@side-name)", "0");
    xmlFreeDoc(d);
    bench_free(&b);
}

static void the_order_tells_no_side(void **state) {
    (void)state;
    for (int turn = 0; turn < 2; turn++) {
        struct bench b = bench_new(RULE_CHATHAM_HOUSE);
        rec(&b, EVENT_POSITION, turn ? "a view" : "b view", FIELD_ISSUE, "A.c",
            FIELD_SIDE, turn ? "us" : "ru", END);
        rec(&b, EVENT_POSITION, turn ? "b view" : "a view", FIELD_ISSUE, "A.c",
            FIELD_SIDE, turn ? "ru" : "us", END);
        share_positions(&b);
        xmlDoc *d = document(&b, ATTRIBUTION_NONE);
        assert_ask(d, "string(//position[1]/p)", "a view");
        xmlFreeDoc(d);
        bench_free(&b);
    }
}

/* Those that a helper makes (tests/unit/test_office.c) are no text. */
static bool is_text(const char *format) {
    return strcmp(format, "odt") != 0 && strcmp(format, "docx") != 0 &&
           strcmp(format, "pdf") != 0;
}

static void no_format_leaks(void **state) {
    (void)state;
    struct bench b = spoken();
    static const char *const people[] = {"SCHMIDT", "ORLOV", "KLIMASHIN", "LEE"};
    for (const struct notes_choice *f = notes_formats(); f->name; f++)
        for (int tier = ATTRIBUTION_NAME; is_text(f->name) && tier <= ATTRIBUTION_NONE;
             tier++) {
            char *s = render(&b, "session-notes", f->name, (enum attribution)tier, 72);
            for (size_t i = 0; i < 4; i++)
                assert_int_equal(strstr(s, people[i]) != NULL,
                                 tier == ATTRIBUTION_NAME && i < 2);
            bool sides = strstr(s, "(Russian Federation)") != NULL;
            assert_int_equal(sides, tier <= ATTRIBUTION_SIDE);
            assert_non_null(strstr(s, "veiled words"));
            free(s);
        }
    bench_free(&b);
}

/* ---- the subset of XHTML */

static struct xhtml *parsed(const char *xml) {
    struct err err = ERR_INIT;
    struct xhtml *x = xhtml_parse(xml, strlen(xml), &err);
    if (!x)
        fail_msg("%s", err.what);
    return x;
}

static char *written(format_writer write, const char *xml, size_t width) {
    struct xhtml *x = parsed(xml);
    struct buf out = BUF_INIT;
    struct err err = ERR_INIT;
    struct format_options o = {.width = width};
    assert_int_equal(write(x, &o, &out, &err), 0);
    xhtml_free(x);
    return buf_detach(&out);
}

static void assert_text(const char *xml, size_t width, const char *expected) {
    char *s = written(format_text, xml, width);
    assert_string_equal(s, expected);
    free(s);
}

static void assert_markdown(const char *xml, const char *expected) {
    char *s = written(format_markdown, xml, 72);
    assert_string_equal(s, expected);
    free(s);
}

static void xhtml_is_tidied(void **state) {
    (void)state;
    struct xhtml *x = parsed("<html lang='ru'><head><title> A\n B </title></head><body>"
                             "<div>loose <em> words </em>\n here<p> a  b </p></div>"
                             "<table><tr><td>1</td></tr></table>"
                             "<p><a href='javascript:x'>no</a><a href='#A.b'>in</a></p>"
                             "</body></html>");
    assert_string_equal(x->lang, "ru");
    assert_string_equal(x->title, "A B");
    const struct xnode *div = x->body->child;
    assert_true(div->child->bare);
    struct buf text = BUF_INIT;
    xhtml_text(div->child, &text);
    assert_string_equal(text.s, "loose words here");
    assert_int_equal(div->next->child->element, XHTML_TBODY);
    const struct xnode *a = div->next->next->child;
    assert_string_equal(a->attrs->href, "");
    assert_string_equal(a->next->attrs->href, "#A.b");
    assert_string_equal(x->left_out,
                        "the template makes a link to “javascript:x”, which is left out: "
                        "links lead to http:, https:, mailto: and #id alone");
    buf_release(&text);
    xhtml_free(x);
    x = parsed("<p>a <?php x?>b</p>");
    assert_non_null(strstr(x->left_out, "instruction “php”, which is left out"));
    xhtml_free(x);
    x = parsed("<p><a href='mailto:a@b'>a</a><!-- c --></p>");
    assert_null(x->left_out);
    xhtml_free(x);
}

static void xhtml_is_written_as_it_was_read(void **state) {
    (void)state;
    static const char page[] =
        "<html lang='ru'><head><title>A &amp; B</title><meta name='n' content='&quot;'/>"
        "</head><body class='c'><div id='d'>loose <em>words</em><p lang='en'>a<br/>b</p>"
        "tail <del>x</del><ins>y</ins></div><ol start='3'><li>1</li><li/></ol>"
        "<table><thead><tr><th colspan='2'>&lt;h></th></tr></thead><tr><td>1</td><td/>"
        "</tr></table><hr/><dl><dt>t</dt><dd>d</dd></dl>"
        "<p><a href='https://example.org/?a=1&amp;b=2'>w</a> <span class='bar'>3</span>"
        "</p></body></html>";
    struct xhtml *x = parsed(page);
    struct buf once = BUF_INIT, twice = BUF_INIT;
    xhtml_write(x, &once);
    char *html = written(format_html, page, 72), *again = written(format_html, once.s, 72);
    assert_string_equal(html, again);
    xhtml_free(x);
    x = parsed(once.s);
    xhtml_write(x, &twice);
    assert_string_equal(once.s, twice.s);
    xhtml_free(x);
    free(html);
    free(again);
    buf_release(&once);
    buf_release(&twice);
}

static void xhtml_outside_the_subset_is_refused(void **state) {
    (void)state;
    static const struct {
        const char *xml, *what;
    } bad[] = {
        {"<script>x</script>", "<script>"},
        {"<p onclick='x'>a</p>", "onclick"},
        {"<p style='x'>a</p>", "style"},
        {"<p><table/></p>", "out of place: table in <p>"},
        {"<ul>text</ul>", "text out of place in <ul>"},
        {"<ul><p>a</p></ul>", "out of place: p in <ul>"},
        {"<li>a</li>", "out of place: li"},
        {"<svg xmlns='http://www.w3.org/2000/svg'/>", "<svg>"},
        {"<html><head><link/></head></html>", "<link>"},
        {"<hr>x</hr>", "out of place"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct err err = ERR_INIT;
        assert_null(xhtml_parse(bad[i].xml, strlen(bad[i].xml), &err));
        if (!strstr(err.what, bad[i].what))
            fail_msg("“%s” does not tell of “%s”", err.what, bad[i].what);
        err_release(&err);
    }
    struct buf deep = BUF_INIT;
    struct err err = ERR_INIT;
    for (int i = 0; i < 100; i++)
        buf_puts(&deep, "<div>");
    for (int i = 0; i < 100; i++)
        buf_puts(&deep, "</div>");
    assert_null(xhtml_parse(deep.s, deep.len, &err));
    assert_non_null(strstr(err.what, "too deep"));
    err_release(&err);
    buf_release(&deep);
}

/* ---- formats */

static void text_is_laid_out(void **state) {
    (void)state;
    assert_text("<div><h1>Title here</h1><p>one two three four</p><h2>Next</h2></div>",
                16, "Title here\n==========\n\none two three\nfour\n\n\nNext\n----\n");
    assert_text("<ul><li>a b c d e f g h i</li><li>two</li></ul>", 16,
                "• a b c d e f g\n  h i\n• two\n");
    assert_text("<ol start='9'><li>a</li><li><p>b</p><p>c</p></li></ol>", 40,
                " 9. a\n\n10. b\n\n    c\n");
    assert_text("<dl><dt>Answer</dt><dd>yes</dd><dt>Positions</dt><dd><ul class='plain'>"
                "<li>one</li><li>two</li></ul></dd></dl>",
                60, "Answer       yes\nPositions    one\n             two\n");
    assert_text("<dl><dt>Answer</dt><dd>yes</dd></dl>", 30, "Answer\n  yes\n");
    assert_text(
        "<p class='brief'><strong class='cite'>A(b)</strong> one two three four five "
        "six seven</p>",
        40, "A(b)  one two three four five six seven\n");
    assert_text("<section class='issue'><h3><span class='cite'>A(b)</span> Agreed</h3>"
                "<p>text</p><p>more</p></section>",
                40, "A(b)  Agreed\n      text\n\n      more\n");
    assert_text("<p>a<br/>b <del>c</del> <ins>d</ins> <a href='http://x.org/'>e</a> "
                "<a href='#f'>f</a></p>",
                60, "a\nb [-c-] {+d+} e <http://x.org/> f\n");
    assert_text("<blockquote><p>q</p></blockquote>", 40, "    q\n");
    assert_text("<p>12\u00a0min and 3\u00a0h</p>", 16, "12 min and 3 h\n");
    assert_text("<p>wait for 12\u00a0minutes</p>", 16, "wait for\n12 minutes\n");
}

static void tables_are_aligned_by_columns(void **state) {
    (void)state;
    static const char table[] =
        "<table><thead><tr><th>No.</th><th>Что</th><th>Кто</th></tr></thead>"
        "<tbody><tr><td>1</td><td>信息安全 and more words</td><td>ru</td></tr>"
        "<tr><td>2</td><td>short</td><td>us</td></tr></tbody></table>";
    assert_text(table, 60,
                "No.  Что                      Кто\n"
                "---  -----------------------  ---\n"
                "1    信息安全 and more words  ru\n"
                "2    short                    us\n");
    assert_text(table, 26,
                "No.  Что               Кто\n"
                "---  ----------------  ---\n"
                "1    信息安全 and      ru\n"
                "     more words\n\n"
                "2    short             us\n");
    assert_text(table, 16,
                "No.: 1\nЧто: 信息安全\nand more words\nКто: ru\n\n"
                "No.: 2\nЧто: short\nКто: us\n");
}

#define BARS                                                                             \
    "<table><thead><tr><th>Who</th><th>Share</th><th class='number'>%</th></tr></thead>"  \
    "<tr><td>us</td><td><span class='bar'>50</span></td><td class='number'>50</td></tr>"  \
    "<tr><td>ru</td><td><span class='bar'>1</span></td><td class='number'>1</td></tr>"    \
    "<tr><td>eu</td><td><span class='bar'>250</span></td><td class='number'>250</td>"     \
    "</tr></table>"

static void bars_are_drawn(void **state) {
    (void)state;
    assert_text(BARS, 72,
                "Who  Share                   %\n"
                "---  --------------------  ---\n"
                "us   ██████████░░░░░░░░░░   50\n"
                "ru   █░░░░░░░░░░░░░░░░░░░    1\n"
                "eu   ████████████████████  250\n");
    /* A bar is not broken: where it has no room, each row is a list. */
    assert_text(BARS, 24,
                "Who: us\nShare:\n██████████░░░░░░░░░░\n%: 50\n\n"
                "Who: ru\nShare:\n█░░░░░░░░░░░░░░░░░░░\n%: 1\n\n"
                "Who: eu\nShare:\n████████████████████\n%: 250\n");
    assert_markdown(BARS, "| Who | Share | % |\n| --- | --- | --: |\n"
                          "| us | ██████████░░░░░░░░░░ | 50 |\n"
                          "| ru | █░░░░░░░░░░░░░░░░░░░ | 1 |\n"
                          "| eu | ████████████████████ | 250 |\n");
    /* What is no number is text. */
    assert_text("<p><span class='bar'>x</span> <span class='bar'>1<em>2</em></span></p>", 72,
                "x 12\n");
    struct err err = ERR_INIT;
    struct xhtml *x = xhtml_parse(BARS, strlen(BARS), &err);
    struct format_options o = {.width = 72};
    struct buf out = BUF_INIT;
    assert_non_null(x);
    assert_int_equal(format_html(x, &o, &out, &err), 0);
    assert_non_null(strstr(out.s, "aria-label=\"50%\""));
    assert_non_null(strstr(out.s, "<title>1%</title>"));
    assert_non_null(strstr(out.s, "<rect width=\"100\" height=\"10\"/>"));
    buf_release(&out);
    xhtml_free(x);
}

static void assert_fits(const char *s, size_t width) {
    for (size_t len; *s; s += len + (s[len] == '\n')) {
        len = strcspn(s, "\n");
        if (text_columns(s, len) > width)
            fail_msg("wider than %zu: %.*s", width, (int)len, s);
        assert_true(len == 0 || s[len - 1] != ' ');
    }
}

static void text_fits_any_width(void **state) {
    (void)state;
    struct bench b = spoken();
    rec_note(&b, "A.a",
             "Информационная безопасность включает содержание; 信息安全也包括内容。",
             "ЯКУШЕВ", "ru", "");
    rec(&b, EVENT_ANSWER, "One paragraph.\nAnother paragraph of the same answer.",
        FIELD_ISSUE, "A.b.1", END);
    rec(&b, EVENT_DISPOSITION, "why", FIELD_ISSUE, "A.a", FIELD_DISPOSITION, "bracketed",
        END);
    static const size_t widths[] = {20, 40, 72, 200};
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        char *s = render(&b, "session-notes", "text", ATTRIBUTION_NAME, widths[i]);
        assert_fits(s, widths[i]);
        assert_non_null(strstr(s, "ЯКУШЕВ"));
        free(s);
    }
    bench_free(&b);
}

static void markdown_escapes(void **state) {
    (void)state;
    assert_markdown(
        "<p>a*b_c `d` [e](f) &lt;g> h|i ~~j~~ $k$ \\l</p>",
        "a\\*b_c \\`d\\` \\[e\\](f) \\<g> h\\|i \\~\\~j\\~\\~ \\$k\\$ \\\\l\n");
    assert_markdown("<p>&amp;amp; &amp; AT&amp;T &amp;#1;</p>",
                    "\\&amp; & AT\\&T \\&#1;\n");
    assert_markdown("<p># no</p>", "\\# no\n");
    assert_markdown("<p>1. no</p>", "1\\. no\n");
    assert_markdown("<p>1984 was</p>", "1984 was\n");
    assert_markdown("<p>a<br/>- b<br/>===</p>", "a\\\n\\- b\\\n\\===\n");
    assert_markdown("<h2>C #</h2>", "## C \\#\n");
    assert_markdown("<p>_a_</p>", "\\_a\\_\n");
    assert_markdown("<p>see http://x.org/a_b*c?d&amp;e, www.y.org!</p>",
                    "see <http://x.org/a_b*c?d&amp;e>, www\\.y.org!\n");
    assert_markdown("<p>!<a href='http://x.org/'>a</a><br/></p>",
                    "\\![a](<http://x.org/>)\n");
    assert_markdown("<ul><li><hr/></li></ul>", "- ___\n");
}

static void markdown_emphasis_is_never_lost(void **state) {
    (void)state;
    assert_markdown("<p>a <em>b</em> <strong>c</strong> <del>d</del> <ins>e</ins></p>",
                    "a *b* **c** ~~d~~ <ins>e</ins>\n");
    assert_markdown("<p>a<em>“b”</em>c</p>", "a<em>“b”</em>c\n");
    assert_markdown("<p><strong>安全。</strong>安</p>", "<strong>安全。</strong>安\n");
    assert_markdown("<p><em>a <strong>b</strong></em></p>", "*a <strong>b</strong>*\n");
    assert_markdown("<p><em>a</em><strong>b</strong></p>", "*a*<strong>b</strong>\n");
    assert_markdown("<p><em></em>a</p>", "a\n");
}

static void markdown_blocks(void **state) {
    (void)state;
    assert_markdown("<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>",
                    "- a\n- b\n  1. c\n");
    assert_markdown(
        "<div><ul><li>a</li></ul><ul><li>b</li></ul><p>c</p><ul><li>d</li></ul>"
        "</div>",
        "- a\n\n* b\n\nc\n\n- d\n");
    assert_markdown("<dl><dt>T</dt><dd>x</dd><dt>U</dt><dd><ul><li>y</li></ul></dd></dl>",
                    "- **T:** x\n- **U:**\n  - y\n");
    assert_markdown("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b\n");
    assert_markdown("<table><thead><tr><th>A</th><th>B</th></tr></thead><tr><td>x|y</td>"
                    "<td><p>1</p><p>2<br/>3</p></td></tr></table>",
                    "| A | B |\n| --- | --- |\n| x\\|y | 1<br>2<br>3 |\n");
    assert_markdown("<p><a href='http://x.org/a b'>l</a> <a href='#A.b'>A(b)</a></p>",
                    "[l](<http://x.org/a%20b>) A(b)\n");
    assert_markdown("<hr/>", "___\n");
}

static void html_is_one_valid_page(void **state) {
    (void)state;
    struct bench b = spoken();
    rec_note(&b, "A.a", "</p><script>alert(\"x\")</script>", "", "", "");
    char *s = render(&b, "session-notes", "html", ATTRIBUTION_NAME, 72);
    assert_int_equal(strncmp(s, "<!DOCTYPE html>\n<html lang=\"en\"", 31), 0);
    assert_null(strstr(s, "<script"));
    assert_non_null(strstr(s, "&lt;script&gt;"));
    assert_non_null(strstr(s, "<title>Session notes: A &lt;memo&gt; &amp; more</title>"));
    assert_non_null(strstr(s, "@page"));
    assert_non_null(strstr(s, "prefers-color-scheme: dark"));
    assert_non_null(strstr(s, "data-label=\"Owner\""));
    assert_null(strstr(s, "http-equiv=\"refresh"));
    xmlDoc *d = xmlReadMemory(s, (int)strlen(s), NULL, NULL, XML_PARSE_NONET);
    assert_non_null(d); /* well-formed as XML too */
    xmlFreeDoc(d);
    free(s);
    bench_free(&b);
}

static void unknown_choices_are_named(void **state) {
    (void)state;
    struct bench b = bench_new(RULE_ATTRIBUTABLE);
    struct notes_options o;
    struct buf out = BUF_INIT;
    struct err err = ERR_INIT;
    notes_options_init(&o, b.w, START);
    o.format = "wordstar";
    assert_int_equal(notes_render(b.w, &o, &out, &err), -1);
    assert_non_null(strstr(err.what, "wordstar"));
    assert_non_null(strstr(err.todo, "markdown"));
    o.format = "text";
    o.template_name = "nothing";
    assert_int_equal(notes_render(b.w, &o, &out, &err), -1);
    assert_non_null(strstr(err.what, "nothing"));
    assert_int_equal(out.len, 0);
    err_release(&err);
    bench_free(&b);
}

/* ---- templates */

static char folder[64];

static void write_file(const char *path, const char *text) {
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

#define SHEET(body)                                                                      \
    "<xsl:stylesheet version='1.0' "                                                     \
    "xmlns:xsl='http://www.w3.org/1999/XSL/Transform'>\n" body "</xsl:stylesheet>"
#define EXTENDED(ns, body)                                                               \
    "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform' "    \
    "xmlns:e='" ns "' extension-element-prefixes='e'>\n<xsl:template match='/'>" body    \
    "</xsl:template></xsl:stylesheet>"
#define ROOT(body) SHEET("<xsl:template match='/'>" body "</xsl:template>")

/* Runs a template from a text; NULL and *err when it fails. Nothing may be printed. */
static char *run_template(const struct bench *b, const char *xsl, struct err *err) {
    char path[128], said[128];
    snprintf(path, sizeof path, "%s/mine.xsl", folder);
    snprintf(said, sizeof said, "%s/stderr", folder);
    write_file(path, xsl);
    struct notes_options o;
    struct buf out = BUF_INIT;
    notes_options_init(&o, b->w, b->now);
    o.template_name = path;
    int old = dup(2), fd = open(said, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    dup2(fd, 2);
    int ret = notes_render(b->w, &o, &out, err);
    dup2(old, 2);
    close(old);
    struct stat st;
    fstat(fd, &st);
    close(fd);
    assert_int_equal(st.st_size, 0);
    if (ret == 0)
        return buf_detach(&out);
    assert_int_equal(out.len, 0);
    return NULL;
}

static const struct hostile {
    const char *xsl, *what;
    long line;
} hostile[] = {
    {ROOT("<p><xsl:value-of select=\"document('/etc/passwd')\"/></p>"),
     "may read nothing but the notes, not “/etc/passwd”", 2},
    {ROOT("<p><xsl:value-of select=\"document('http://x.org/')\"/></p>"),
     "may read nothing but the notes, not “http://x.org/”", 2},
    {ROOT("<p><xsl:copy-of select=\"document('')\"/></p>"), "may read nothing", 2},
    {"<xsl:stylesheet version='1.1' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'>"
     "<xsl:template match='/'><xsl:document href='out.txt'>x</xsl:document>"
     "</xsl:template></xsl:stylesheet>",
     "may not write a file", 1},
    {EXTENDED("http://icl.com/saxon", "<e:output href='/tmp/out.txt'>x</e:output>"),
     "may not write a file: “/tmp/out.txt”", 2},
    {EXTENDED("http://exslt.org/common",
              "<e:document href='/tmp/out.txt'>x</e:document>"),
     "extension document", 2},
    {SHEET("<xsl:include href='/etc/passwd'/>"), "“/etc/passwd” is none", 2},
    {SHEET("<xsl:import href='../../etc/passwd'/>"), "“/etc/passwd” is none", 2},
    {SHEET("<xsl:import href='file:///etc/passwd'/>"), "is none", 2},
    {SHEET("<xsl:import href='http://x.org/a.xsl'/>"), "is none", 2},
    {SHEET("<xsl:include href='stderr'/>"), "“stderr” is none", 2},
    {ROOT("<xsl:apply-templates select='/'/>"), "more than 1000 deep", 2},
    {SHEET("<xsl:template match='/'><xsl:call-template name='a'><xsl:with-param name='s' "
           "select=\"'0123456789'\"/></xsl:call-template></xsl:template>"
           "<xsl:template name='a'><xsl:param name='s'/><xsl:call-template name='a'>"
           "<xsl:with-param name='s' select='concat($s, $s)'/></xsl:call-template>"
           "</xsl:template>"),
     "too much memory", 2},
    {ROOT("<xsl:value-of select='count(//*[count(//*[count(//*[count(//*[count(//*) > "
          "1]) > "
          "1]) > 1]) > 1])'/>"),
     "too many steps", 2},
    {SHEET("<xsl:template match='/'><xsl:call-template name='a'/></xsl:template>"
           "<xsl:template name='a'><xsl:param name='n' select='0'/><xsl:if test='$n &lt; "
           "99'>"
           "<xsl:call-template name='a'><xsl:with-param name='n' select='$n + 1'/>"
           "</xsl:call-template><xsl:call-template name='a'><xsl:with-param name='n' "
           "select='$n + 1'/></xsl:call-template></xsl:if></xsl:template>"),
     "too many steps", 2},
    {"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>" ROOT("<p>&e;</p>"),
     "no DOCTYPE", 1},
    {"<!DOCTYPE x SYSTEM '/etc/passwd'>" ROOT("<p/>"), "no DOCTYPE", 1},
    {"hello <world", "Start tag expected", 1},
    {"", "empty", 1},
    {"<html><body/></html>", "not a stylesheet", 1},
    {ROOT("<xsl:frobnicate/>"), "unknown xsl:frobnicate", 2},
    {ROOT("<xsl:value-of select='a['/>"), "could not compile", 2},
    {ROOT("<xsl:value-of select='frob()'/>"), "function frob not found", 2},
    {ROOT("<xsl:value-of select='$x'/>"), "Variable 'x'", 2},
    {ROOT("<xsl:message terminate='yes'>no sides</xsl:message>"),
     "the template stops: no sides", 2},
    {ROOT("<script>alert(1)</script>"), "<script>", 2},
};

static void hostile_templates_give_one_error(void **state) {
    (void)state;
    struct bench b = spoken();
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        struct err err = ERR_INIT;
        struct buf line = BUF_INIT;
        assert_null(run_template(&b, hostile[i].xsl, &err));
        err_format(&err, &line);
        if (!strstr(line.s, hostile[i].what))
            fail_msg("“%s” does not tell of “%s”", line.s, hostile[i].what);
        assert_null(strchr(line.s, '\n'));
        assert_null(strstr(line.s, "root:"));
        assert_non_null(err.file);
        assert_non_null(strstr(err.file, "mine.xsl"));
        if (err.line != hostile[i].line)
            fail_msg("%s: expected line %ld", line.s, hostile[i].line);
        buf_release(&line);
        err_release(&err);
    }
    assert_int_not_equal(access("/tmp/out.txt", F_OK), 0);
    assert_int_not_equal(access("out.txt", F_OK), 0);
    bench_free(&b);
}

static void a_failure_leaves_nothing_behind(void **state) {
    (void)state;
    struct bench b = spoken();
    char *before = render(&b, "session-notes", "text", ATTRIBUTION_NAME, 72);
    struct err err = ERR_INIT;
    assert_null(run_template(&b, "hello", &err));
    err_release(&err);
    char *after = render(&b, "session-notes", "text", ATTRIBUTION_NAME, 72);
    assert_string_equal(before, after);
    free(before);
    free(after);
    char *s =
        run_template(&b, ROOT("<xsl:message>just so</xsl:message><p>fine</p>"), &err);
    assert_string_equal(s, "fine\n");
    free(s);
    bench_free(&b);
}

static void users_have_templates_of_their_own(void **state) {
    (void)state;
    char path[128];
    struct bench b = spoken();
    snprintf(path, sizeof path, "%s/memobook", folder);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/memobook/templates", folder);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/memobook/templates/protocol.xsl", folder);
    write_file(path, "<!-- help: as we like it -->\n" SHEET(
                         "<xsl:import href='stock:session-notes.xsl'/>"
                         "<xsl:param name='document-title' select=\"'Protocol'\"/>"
                         "<xsl:param name='sections' select=\"'head closing'\"/>"));
    notes_release();
    const struct notes_choice *t = notes_templates();
    assert_string_equal(t[0].name, "session-notes");
    assert_true(*t[0].help);
    while (t->name && strcmp(t->name, "protocol") != 0)
        t++;
    assert_non_null(t->name);
    assert_string_equal(t->help, "as we like it");
    char *s = render(&b, "protocol", "text", ATTRIBUTION_NAME, 72);
    assert_int_equal(strncmp(s, "Protocol\n", 9), 0);
    assert_null(strstr(s, "Framework"));
    free(s);
    unlink(path);
    notes_release();
    bench_free(&b);
}

/* ---- growth */

static size_t allocations;

static void *counting_malloc(size_t size) {
    allocations++;
    return malloc(size);
}

static void *counting_realloc(void *p, size_t size) {
    allocations++;
    return realloc(p, size);
}

static char *counting_strdup(const char *s) {
    allocations++;
    return strdup(s);
}

static struct bench large(unsigned topics, unsigned issues) {
    struct bench b = {.m = new_memo(RULE_ATTRIBUTABLE), .now = START};
    static const char *const ids[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"};
    b.m->topics.n = 0;
    b.m->issues.n = 0;
    for (unsigned t = 0; t < topics; t++) {
        char id[16];
        snprintf(id, sizeof id, "T%u", t);
        add_topic(b.m, arena_strdup(&b.m->arena, id), "Topic");
        for (unsigned i = 0; i < issues; i++)
            add_issue(b.m, ids[i], "One question?|Another question?", "us");
    }
    b.w = workbook_new(b.m);
    for (unsigned t = 0; t < topics; t++) {
        char ref[16];
        snprintf(ref, sizeof ref, "T%u.a", t);
        rec_note(&b, ref, "a note", "SCHMIDT", "us", "");
        rec(&b, EVENT_ANSWER, "an answer", FIELD_ISSUE, ref, END);
        rec(&b, EVENT_POSITION, "a view", FIELD_ISSUE, ref, FIELD_SIDE, "ru", END);
        rec(&b, EVENT_ACTION, "do it", FIELD_ISSUE, ref, END);
    }
    return b;
}

/* Allocations of libxml2 for the whole way from state to text, and the text's length. */
static size_t cost(unsigned topics, size_t *len) {
    struct bench b = large(topics, 10);
    xmlFreeFunc old_free;
    xmlMallocFunc old_malloc;
    xmlReallocFunc old_realloc;
    xmlStrdupFunc old_strdup;
    xmlMemGet(&old_free, &old_malloc, &old_realloc, &old_strdup);
    xmlMemSetup(free, counting_malloc, counting_realloc, counting_strdup);
    allocations = 0;
    xmlDoc *d = document(&b, ATTRIBUTION_NAME);
    size_t count = allocations;
    xmlFreeDoc(d);
    xmlMemSetup(old_free, old_malloc, old_realloc, old_strdup);
    char *s = render(&b, "session-notes", "text", ATTRIBUTION_NAME, 72);
    *len = strlen(s);
    free(s);
    bench_free(&b);
    return count;
}

static void ten_thousand_issues_are_linear(void **state) {
    (void)state;
    size_t small_len, large_len;
    size_t small = cost(100, &small_len), big = cost(1000, &large_len);
    assert_true(big < 10 * small + small / 2);
    assert_true(large_len < 10 * small_len + small_len / 2);
}

static void one_issue_may_hold_thousands(void **state) {
    (void)state;
    struct bench b = bench_new(RULE_ATTRIBUTABLE);
    enum { COUNT = 5000 };
    for (int i = 0; i < COUNT; i++)
        rec(&b, EVENT_NOTE, "again", FIELD_ISSUE, "A.a", END);
    for (int i = 0; i < 500; i++)
        rec(&b, EVENT_ANSWER, i < 499 ? "changed" : "final", FIELD_ISSUE, "A.a", END);
    xmlDoc *d = document(&b, ATTRIBUTION_NAME);
    assert_ask(d, "count(//note)", "5000");
    assert_ask(d, "count(//answer)", "1");
    assert_ask(d, "string(//answer/p)", "final");
    xmlFreeDoc(d);
    bench_free(&b);
}

/* ---- */

static int set_up(void **state) {
    (void)state;
    const char *tmp = getenv("TMPDIR");
    setenv("TZ", "UTC", 1);
    tzset();
    text_locale();
    snprintf(folder, sizeof folder, "%.40s/notes-XXXXXX", tmp ? tmp : "/tmp");
    return mkdtemp(folder) && setenv("XDG_DATA_HOME", folder, 1) == 0 ? 0 : -1;
}

static int tear_down(void **state) {
    (void)state;
    static const char *const made[] = {"mine.xsl", "stderr", "memobook/templates",
                                       "memobook", ""};
    for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
        char path[128];
        snprintf(path, sizeof path, "%s/%s", folder, made[i]);
        remove(path);
    }
    notes_release();
    xmlCleanupParser();
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rule_sets_the_attribution),
        cmocka_unit_test(the_head_is_the_memo),
        cmocka_unit_test(emphasis_is_kept),
        cmocka_unit_test(issues_are_cited),
        cmocka_unit_test(only_what_stands_appears),
        cmocka_unit_test(dispositions_keep_their_history),
        cmocka_unit_test(issues_from_the_room),
        cmocka_unit_test(time_is_counted),
        cmocka_unit_test(actions_are_numbered),
        cmocka_unit_test(what_stays_open_is_carried),
        cmocka_unit_test(any_bytes_are_fit_for_xml),
        cmocka_unit_test(the_document_keeps_to_the_tier),
        cmocka_unit_test(the_order_tells_no_side),
        cmocka_unit_test(no_format_leaks),
        cmocka_unit_test(xhtml_is_tidied),
        cmocka_unit_test(xhtml_is_written_as_it_was_read),
        cmocka_unit_test(xhtml_outside_the_subset_is_refused),
        cmocka_unit_test(text_is_laid_out),
        cmocka_unit_test(tables_are_aligned_by_columns),
        cmocka_unit_test(bars_are_drawn),
        cmocka_unit_test(text_fits_any_width),
        cmocka_unit_test(markdown_escapes),
        cmocka_unit_test(markdown_emphasis_is_never_lost),
        cmocka_unit_test(markdown_blocks),
        cmocka_unit_test(html_is_one_valid_page),
        cmocka_unit_test(unknown_choices_are_named),
        cmocka_unit_test(hostile_templates_give_one_error),
        cmocka_unit_test(a_failure_leaves_nothing_behind),
        cmocka_unit_test(users_have_templates_of_their_own),
        cmocka_unit_test(ten_thousand_issues_are_linear),
        cmocka_unit_test(one_issue_may_hold_thousands),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down) != 0;
}
