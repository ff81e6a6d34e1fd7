#include "fixture.h"

#include "base/text.h"
#include "model/search.h"

struct both {
    struct memo *memo;
    struct workbook *w;
    struct search *s;
};

static int set_up(void **state) {
    struct both *b = mem_zalloc(sizeof *b);
    b->memo = fixture_memo("");
    b->w = workbook_new(b->memo);
    b->s = search_new(b->w);
    *state = b;
    return 0;
}

static int tear_down(void **state) {
    struct both *b = *state;
    search_free(b->s);
    workbook_free(b->w);
    memo_free(b->memo);
    free(b);
    return 0;
}

static uint32_t find(struct both *b, const char *needle) {
    search_set(b->s, needle, 0);
    while (search_step(b->s, 1))
        continue;
    assert_true(search_done(b->s));
    return search_first(b->s, 0);
}

static void case_and_accents_do_not_matter(void **state) {
    struct both *b = *state;
    assert_int_equal(find(b, "emile"), fixture_issue(b->w, "Ba"));
    assert_int_equal(find(b, "ÉMILE"), fixture_issue(b->w, "Ba"));
    assert_int_equal(find(b, "ВТОРОЙ"), fixture_issue(b->w, "Bb"));
    assert_int_equal(find(b, "nowhere"), NONE);
    assert_int_equal(find(b, ""), NONE);
}

static void what_is_recorded_is_found(void **state) {
    struct both *b = *state;
    fixture_event(b->w, 0, "w.1 note issue=B.c speaker=Климашин :exchange of contacts");
    assert_int_equal(find(b, "климаш"), fixture_issue(b->w, "Bc"));
    assert_int_equal(find(b, "Contacts"), fixture_issue(b->w, "Bc"));
    fixture_event(b->w, 0, "w.2 retract event=w.1");
    assert_int_equal(find(b, "contacts"), NONE);
}

static void who_spoke_is_found_by_name(void **state) {
    struct both *b = *state;
    fixture_event(b->w, 0, "w.1 person person=yakushev :Михаил ЯКУШЕВ");
    fixture_event(b->w, 0, "w.2 note issue=B.c speaker=yakushev :said");
    assert_int_equal(find(b, "якушев"), fixture_issue(b->w, "Bc"));
}

static void topics_words_lead_to_their_first_issue(void **state) {
    struct both *b = *state;
    assert_int_equal(find(b, "framework"), fixture_issue(b->w, "Aa"));
    assert_int_equal(find(b, "background of a"), fixture_issue(b->w, "Aa"));
}

static void matches_go_round(void **state) {
    struct both *b = *state;
    uint32_t aa = fixture_issue(b->w, "Aa");
    find(b, "s"); /* A(a) by its question, B(a) by "asks", B(c) by "glossary" … */
    uint32_t count = search_count(b->s), at = aa;
    assert_true(count >= 3);
    for (uint32_t i = 0; i < count; i++) {
        at = search_next(b->s, at, 1);
        assert_true(search_matches(b->s, at));
    }
    assert_int_equal(at, aa);
    for (uint32_t i = 0; i < count; i++)
        at = search_next(b->s, at, -1);
    assert_int_equal(at, aa);
}

static void room_issues_are_in_the_memos_order(void **state) {
    struct both *b = *state;
    fixture_event(b->w, 0, "w.1 issue issue=A.c :glossary too");
    uint32_t first = find(b, "glossary");
    assert_int_equal(first, fixture_issue(b->w, "Ac"));
    assert_int_equal(search_next(b->s, first, 1), fixture_issue(b->w, "Bc"));
}

/* A longer needle looks only at what the shorter one left; the answer is the same. */
static void narrowing_is_searching(void **state) {
    struct both *b = *state;
    static const char needle[] = "glossary";
    for (size_t len = 1; len < sizeof needle; len++) {
        char part[sizeof needle] = "";
        memcpy(part, needle, len);
        find(b, part);
        struct search *fresh = search_new(b->w);
        search_set(fresh, part, 0);
        while (search_step(fresh, 100))
            continue;
        assert_int_equal(search_count(b->s), search_count(fresh));
        for (uint32_t i = 0; i < b->w->issues.n; i++)
            assert_int_equal(search_matches(b->s, i), search_matches(fresh, i));
        search_free(fresh);
    }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void) {
    text_locale();
    const struct CMUnitTest tests[] = {TEST(case_and_accents_do_not_matter),
                                       TEST(what_is_recorded_is_found),
                                       TEST(topics_words_lead_to_their_first_issue),
                                       TEST(matches_go_round),
                                       TEST(room_issues_are_in_the_memos_order),
                                       TEST(narrowing_is_searching),
                                       TEST(who_spoke_is_found_by_name)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
