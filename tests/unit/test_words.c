/* Is the SuPR memo there word for word?
 *
 * tests/fixtures/supr-2011.words holds the words of the printed memo, one a line, in the
 * order of the page: there the four statements stand together before the sections, and
 * the letters "(A)", "(a)" and the marks between the items of a list are part of the
 * text. In the XML each statement sits in its topic, letters are ids, and the marks are
 * left to whoever prints the list. So the memo is walked here in the order of the page,
 * letters and marks are added as the page has them, and every word has to be the same,
 * with its punctuation and its kind of quotes.
 *
 * Run from the top of the source tree, or with top_srcdir set.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

enum { WORD_MAX = 256, PLACE_MAX = 64, TEXT_MAX = 4096, SHAPE_MAX = 128 };

/* The memo, and the word of the fixture that was read last (words are counted from 1,
 * which makes their number the line in the fixture). */
struct walk {
    xmlDoc *doc;
    FILE *words;
    char word[WORD_MAX];
    unsigned long n;
};

static void path_of(char *path, size_t size, const char *name) {
    const char *top = getenv("top_srcdir");
    if (!top)
        top = getenv("srcdir");
    int n = snprintf(path, size, "%s/%s", top ? top : ".", name);
    assert_in_range(n, 1, size - 1);
}

static int open_files(void **state) {
    static struct walk w;
    char path[TEXT_MAX];

    path_of(path, sizeof path, "memos/supr-2011.xml");
    w.doc = xmlReadFile(path, NULL, XML_PARSE_NONET | XML_PARSE_NOCDATA);
    if (!w.doc)
        return -1;
    path_of(path, sizeof path, "tests/fixtures/supr-2011.words");
    w.words = fopen(path, "r");
    if (!w.words) {
        perror(path);
        xmlFreeDoc(w.doc);
        return -1;
    }
    *state = &w;
    return 0;
}

static int close_files(void **state) {
    struct walk *w = *state;
    if (!w)
        return 0; /* open_files failed: cmocka calls this all the same */
    fclose(w->words);
    xmlFreeDoc(w->doc);
    xmlCleanupParser();
    return 0;
}

/* The tree. */

static xmlNode *element_from(xmlNode *node, const char *name) {
    while (node && (node->type != XML_ELEMENT_NODE ||
                    !xmlStrEqual(node->name, (const xmlChar *)name)))
        node = node->next;
    return node;
}

static xmlNode *child(const xmlNode *parent, const char *name) {
    return parent ? element_from(parent->children, name) : NULL;
}

static xmlNode *next(const xmlNode *node) {
    return element_from(node->next, (const char *)node->name);
}

static void get_attribute(char *to, size_t size, xmlNode *node, const char *name) {
    xmlChar *value = xmlGetNoNsProp(node, (const xmlChar *)name);
    if (!value)
        fail_msg("<%s> at line %ld has no %s", (const char *)node->name,
                 xmlGetLineNo(node), name);
    int n = snprintf(to, size, "%s", (const char *)value);
    xmlFree(value);
    assert_in_range(n, 1, size - 1);
}

/* The words. */

static bool read_word(struct walk *w) {
    if (!fgets(w->word, sizeof w->word, w->words))
        return false;
    w->word[strcspn(w->word, "\n")] = '\0';
    w->n++;
    return true;
}

static void expect_word(struct walk *w, const char *place, const char *word) {
    if (!read_word(w))
        fail_msg("%s: [%s] is more than the page has", place, word);
    if (strcmp(word, w->word) != 0)
        fail_msg("%s (word %lu): the memo has [%s], the page [%s]", place, w->n, word,
                 w->word);
}

static void expect_text(struct walk *w, const char *place, const char *text) {
    static const char blanks[] = " \t\r\n";
    char word[WORD_MAX];

    for (text += strspn(text, blanks); *text; text += strspn(text, blanks)) {
        size_t length = strcspn(text, blanks);

        assert_in_range(length, 1, sizeof word - 1);
        memcpy(word, text, length);
        word[length] = '\0';
        expect_word(w, place, word);
        text += length;
    }
}

/* The text of an element, with what the page sets before and after it. */
static void expect_item(struct walk *w, const char *place, const char *before,
                        xmlNode *node, const char *after) {
    char text[TEXT_MAX];

    if (!node)
        fail_msg("%s is missing (after word %lu, [%s])", place, w->n, w->word);
    xmlChar *content = xmlNodeGetContent(node);
    int n = snprintf(text, sizeof text, "%s%s%s", before, (const char *)content, after);
    xmlFree(content);
    assert_in_range(n, 0, sizeof text - 1);
    expect_text(w, place, text);
}

static void expect_element(struct walk *w, const char *place, xmlNode *node) {
    expect_item(w, place, "", node, "");
}

/* The parts of the page, from its top to its end. */

/* "2011-12-06" and "2011-12-07" are printed "December 6-7, 2011". */
static void expect_dates(struct walk *w, xmlNode *meeting) {
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    char from[WORD_MAX], to[WORD_MAX], text[WORD_MAX];
    int year, month, first, last;

    get_attribute(from, sizeof from, meeting, "from");
    get_attribute(to, sizeof to, meeting, "to");
    assert_int_equal(sscanf(from, "%4d-%2d-%2d", &year, &month, &first), 3);
    assert_int_equal(sscanf(to, "%*4d-%*2d-%2d", &last), 1);
    assert_memory_equal(from, to, strlen("2011-12"));
    assert_in_range(month, 1, 12);
    snprintf(text, sizeof text, "%s %d-%d, %d", months[month - 1], first, last, year);
    expect_text(w, "head, dates", text);
}

static void expect_head(struct walk *w, xmlNode *head) {
    xmlNode *meeting = child(head, "meeting");
    char role[WORD_MAX];

    expect_element(w, "head, host", child(meeting, "host"));
    expect_element(w, "head, meeting", child(meeting, "name"));
    expect_dates(w, meeting);
    expect_element(w, "head, place", child(meeting, "place"));
    expect_element(w, "head, title", child(head, "title"));
    expect_element(w, "head, genre", child(head, "genre"));
    expect_element(w, "head, author", child(head, "author"));
    get_attribute(role, sizeof role, child(head, "author"), "role");
    expect_text(w, "head, role", role);
}

static void expect_introduction(struct walk *w, xmlNode *introduction) {
    expect_element(w, "introduction, title", child(introduction, "title"));
    for (xmlNode *p = child(introduction, "p"); p; p = next(p))
        expect_element(w, "introduction", p);
}

/* The list of topics: "(A) …;" and a full stop after the last. */
static void expect_statements(struct walk *w, xmlNode *topics) {
    for (xmlNode *topic = child(topics, "topic"); topic; topic = next(topic)) {
        char id[20], letter[32], place[PLACE_MAX];

        get_attribute(id, sizeof id, topic, "id");
        snprintf(letter, sizeof letter, "(%s) ", id);
        snprintf(place, sizeof place, "topic %s, statement", id);
        expect_item(w, place, letter, child(topic, "statement"), next(topic) ? ";" : ".");
    }
}

/* The page sets a comma after an issue that ends in no mark of its own. */
static const char *mark_after(const xmlNode *issue, xmlNode *p) {
    if (next(p) || !next(issue))
        return "";
    xmlChar *text = xmlNodeGetContent(p);
    int length = xmlStrlen(text);
    bool marked = length > 0 && strchr("?.", text[length - 1]);
    xmlFree(text);
    return marked ? "" : ",";
}

static void expect_issue(struct walk *w, const char *topic, xmlNode *issue) {
    char id[20], before[32], place[PLACE_MAX];
    int part = 0;

    get_attribute(id, sizeof id, issue, "id");
    snprintf(before, sizeof before, "(%s) ", id);
    for (xmlNode *p = child(issue, "p"); p; p = next(p)) {
        snprintf(place, sizeof place, "%s(%s)%d", topic, id, ++part);
        expect_item(w, place, before, p, mark_after(issue, p));
        before[0] = '\0';
    }
}

static void expect_section(struct walk *w, xmlNode *topic) {
    char id[20], place[PLACE_MAX];

    get_attribute(id, sizeof id, topic, "id");
    snprintf(place, sizeof place, "topic %s, title", id);
    expect_element(w, place, child(topic, "title"));
    snprintf(place, sizeof place, "topic %s, background", id);
    for (xmlNode *p = child(topic, "p"); p; p = next(p))
        expect_element(w, place, p);
    snprintf(place, sizeof place, "topic %s, lead", id);
    expect_element(w, place, child(topic, "lead"));
    for (xmlNode *issue = child(topic, "issue"); issue; issue = next(issue))
        expect_issue(w, id, issue);
}

static void expect_topics(struct walk *w, xmlNode *topics) {
    expect_element(w, "topics, title", child(topics, "title"));
    expect_element(w, "topics, lead", child(topics, "lead"));
    expect_statements(w, topics);
    for (xmlNode *topic = child(topics, "topic"); topic; topic = next(topic))
        expect_section(w, topic);
}

static void expect_recommendations(struct walk *w, xmlNode *part) {
    expect_element(w, "recommendations, title", child(part, "title"));
    for (xmlNode *r = child(part, "recommendation"); r; r = next(r)) {
        char id[20], place[PLACE_MAX];

        get_attribute(id, sizeof id, r, "id");
        snprintf(place, sizeof place, "R(%s)", id);
        for (xmlNode *p = child(r, "p"); p; p = next(p))
            expect_element(w, place, p);
    }
}

static void test_word_for_word(void **state) {
    struct walk *w = *state;
    const xmlNode *memo = xmlDocGetRootElement(w->doc);

    expect_head(w, child(memo, "head"));
    expect_introduction(w, child(memo, "introduction"));
    expect_topics(w, child(memo, "topics"));
    expect_recommendations(w, child(memo, "recommendations"));
    if (read_word(w))
        fail_msg("the memo ends before word %lu, [%s]", w->n, w->word);
}

/* What no word shows: the two titles that the page sets in italics. */
static void test_italics(void **state) {
    static const char *const titles[] = {
        "International Strategy for Cyberspace",
        "Concept of the Code of Conduct of the States in Cyberspace"};
    const struct walk *w = *state;
    xmlNode *introduction = child(xmlDocGetRootElement(w->doc), "introduction");
    xmlNode *em = child(child(introduction, "p"), "em");

    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        assert_non_null(em);
        xmlChar *text = xmlNodeGetContent(em);
        assert_string_equal((const char *)text, titles[i]);
        xmlFree(text);
        em = next(em);
    }
    assert_null(em);
}

static unsigned parts_of(const xmlNode *parent) {
    unsigned n = 0;
    for (xmlNode *p = child(parent, "p"); p; p = next(p))
        n++;
    return n;
}

/* Nor does a word show where one sub-question ends: how many each issue has. */
static void test_sub_questions(void **state) {
    const struct walk *w = *state;
    xmlNode *topics = child(xmlDocGetRootElement(w->doc), "topics");
    char shape[SHAPE_MAX] = "";
    size_t n = 0;

    for (xmlNode *topic = child(topics, "topic"); topic; topic = next(topic)) {
        get_attribute(shape + n, sizeof shape - n, topic, "id");
        n = strlen(shape);
        for (xmlNode *issue = child(topic, "issue"); issue; issue = next(issue)) {
            assert_in_range(n, 0, sizeof shape - 8);
            n += (size_t)snprintf(shape + n, sizeof shape - n, "%u", parts_of(issue));
        }
    }
    assert_string_equal(shape, "A1211B13341C112D111111");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_word_for_word),
        cmocka_unit_test(test_italics),
        cmocka_unit_test(test_sub_questions),
    };
    return cmocka_run_group_tests(tests, open_files, close_files) != 0;
}
