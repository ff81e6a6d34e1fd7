#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>

/* A participant under the id that the name gives. */
static const char *enters(struct workbook *w, const char *name) {
    char words[256], id[PERSON_ID_MAX + 1];
    person_new_id(w, name, id);
    assert_true(person_id_ok(id));
    snprintf(words, sizeof words, "w.%zu person person=%s :%s", w->log.n + 1, id, name);
    assert_int_equal(fixture_event(w, 1000, words), 0);
    return w->room.people.v[w->room.people.n - 1].id;
}

static void family_names(void **state) {
    static const char *const names[][2] = {
        {"Michael YAKUSHEV", "YAKUSHEV"},
        {"YAKUSHEV Michael", "YAKUSHEV"},
        {"Ursula VON DER LEYEN", "VON DER LEYEN"},
        {"LI Keqiang", "LI"},
        {"Smith, Anna", "Smith"},
        {"SMITH, Anna", "SMITH"},
        {"Anna Smith", "Smith"},
        {"JOHN MCDONALD", "MCDONALD"},
        {"John McDONALD", "McDONALD"},
        {"Flann O'BRIEN", "O'BRIEN"},
        {"Михаил ЯКУШЕВ", "ЯКУШЕВ"},
        {"Pelé", "Pelé"},
        {"J. R. Smith", "Smith"},
        {"J.R. Smith", "Smith"},
        {"Smith J.R.", "Smith"},
        {"SMITH J. R.", "SMITH"},
        {"Smith, J.R.", "Smith"},
        {"Якушев М.В.", "Якушев"},
        {"М.В.Якушев", "Якушев"},
        {"М.В.ЯКУШЕВ", "ЯКУШЕВ"},
        {"H.E. Anna Smith", "Smith"},
        {"Anna Smith (MFA)", "Smith"},
        {"Anna Smith (Foreign Office, London)", "Smith"},
        {"Anna (MFA) SMITH", "SMITH"},
        {"Anna Smith OBE", "Smith"},
        {"John Smith III", "Smith"},
        {"J.R.", "J.R."},
        {"(MFA)", "(MFA)"},
        {" Anna  Smith ", "Smith"},
        {"", ""},
        {", Anna", "Anna"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t len;
        const char *family = person_family(names[i][0], &len);
        char *own = mem_strndup(family, len);
        assert_string_equal(own, names[i][1]);
        free(own);
    }
}

static void ids_are_made_of_family_names(void **state) {
    struct workbook *w = fixture_book(state);
    assert_string_equal(enters(w, "Michael YAKUSHEV"), "yakushev");
    assert_string_equal(enters(w, "Пётр ЯКУШЕВ"), "yakushev-2");
    assert_string_equal(enters(w, "Michael YAKUSHEV"), "yakushev-3");
    assert_string_equal(enters(w, "Щербаков"), "shcherbakov");
    assert_string_equal(enters(w, "Борис ЕЛЬЦИН"), "yeltsin");
    assert_string_equal(enters(w, "Юрий АНДРЕЕВ"), "andreyev");
    assert_string_equal(enters(w, "Чайковский"), "chaykovskiy");
    assert_string_equal(enters(w, "Flann O’BRIEN"), "obrien");
    assert_string_equal(enters(w, "Ursula VON DER LEYEN"), "von-der-leyen");
    assert_string_equal(enters(w, "José MUÑOZ"), "munoz");
    assert_string_equal(enters(w, "李克强"), "p11");
    assert_string_equal(enters(w, "…"), "p12");
    const char *id = enters(w, "Rhabarberbarbarabarbarbarenbartbarbierbierbar");
    assert_in_range(strlen(id), 20, PERSON_ID_MAX);
}

/* Who is found, by id, blank separated. */
static void finds(struct workbook *w, const char *word, const char *expected) {
    uint32_t found[8];
    size_t n = people_find(w, word, found, 8);
    struct buf b = BUF_INIT;
    for (size_t i = 0; i < n; i++)
        buf_addf(&b, "%s%s", i ? " " : "", w->room.people.v[found[i]].id);
    if (strcmp(b.s, expected) != 0)
        fail_msg("“%s” finds “%s”, not “%s”", word, b.s, expected);
    buf_release(&b);
}

/* The record has the ids: what family names are taken for may change after it. */
static void an_id_of_the_record_lasts(void **state) {
    struct workbook *w = fixture_book(state);
    const struct person *p;
    fixture_apply(state, "person person=mfa side=ru :Ivan PETROV (MFA)");
    fixture_apply(state, "person person=phd side=us :Anna LEE, PhD");
    fixture_apply(state, "note issue=A.a speaker=mfa :as before");
    fixture_apply(state, "person person=mfa side=ru :Ivan PETROV");
    p = &w->room.people.v[entry_person(w, &w->entries.v[0])];
    assert_string_equal(p->id, "mfa");
    assert_string_equal(p->name, "Ivan PETROV");
    assert_int_equal(w->room.people.n, 2);
    finds(w, "mfa", "mfa");
    finds(w, "petrov", "mfa");
    finds(w, "phd", "phd");
    assert_string_equal(enters(w, "Boris PETROV"), "petrov");
    finds(w, "mfa", "mfa");
}

static void any_start_of_any_part(void **state) {
    struct workbook *w = fixture_book(state);
    enters(w, "Michael YAKUSHEV");
    enters(w, "Зоя Щербакова-Ким");
    enters(w, "Émile O'BRIEN");
    finds(w, "@yak", "yakushev");
    finds(w, "YAK", "yakushev");
    finds(w, "mich", "yakushev");
    finds(w, "яку", "yakushev");
    finds(w, "я", "yakushev");
    finds(w, "akushev", "");
    finds(w, "ким", "shcherbakova-kim");
    finds(w, "Kim", "shcherbakova-kim");
    finds(w, "emi", "obrien");
    finds(w, "брай", "");
    finds(w, "o'b", "obrien");
    finds(w, "obri", "obrien");
    finds(w, "e. obrien", "obrien");
    finds(w, "Émile", "obrien");
    finds(w, "michael yakushev", "yakushev");
    finds(w, "yakushev, m.", "yakushev");
    finds(w, "zoya kim", "shcherbakova-kim");
    finds(w, "zoya yakushev", "");
    finds(w, "nobody", "");
}

/* One name in the spellings of several languages. */
static void spellings(void **state) {
    struct workbook *w = fixture_book(state);
    static const struct {
        const char *name, *words[6];
    } all[] = {
        {"Михаил ЯКУШЕВ",
         {"yakushev", "iakushev", "jakuschew", "Yakoushev", "якуш", "ja"}},
        {"Никита ХРУЩЁВ", {"khrushchev", "hruschev", "ники", "хрущев", "khru", "hru"}},
        {"Sergei SCHMIDT", {"шмидт", "shmidt", "sch", "сергей", "sergey", "Sergej"}},
        {"Евгений ПРИМАКОВ",
         {"evgeny", "yevgeniy", "Jewgenij", "evgenii", "прим", "yev"}},
        {"Yuri Filippov", {"юрий", "iouri", "jurij", "filipov", "филиппов", "Philip"}},
        {"Tchaikovsky", {"чайковский", "chaykovskiy", "chaikovski", "tch", "ча", "chay"}},
        {"Alexander WEISS", {"александ", "aleks", "вейс", "weis", "alexa", "veiss"}},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        const char *id = enters(w, all[i].name);
        for (size_t k = 0; k < 6; k++)
            finds(w, all[i].words[k], id);
    }
}

static void whole_names_beat_beginnings(void **state) {
    struct workbook *w = fixture_book(state);
    enters(w, "Anna SMITHSON");
    enters(w, "Anna SMITH");
    enters(w, "Bob SMITH");
    enters(w, "Smithy JONES");
    finds(w, "smit", "smithson smith smith-2 jones");
    finds(w, "smith", "smith smith-2");
    finds(w, "smith-1", "smith");
    finds(w, "smith-2", "smith-2");
    finds(w, "bob smith", "smith-2");
    finds(w, "b. smith", "smith-2");
    finds(w, "anna smith", "smithson smith");
    assert_int_equal(
        fixture_event(w, 1, "x.1 person person=smith state=removed :A SMITH"), 0);
    finds(w, "smith", "smith-2"); /* a whole family name */
}

static void a_word_names_one_or_says_why(void **state) {
    struct workbook *w = fixture_book(state);
    struct err err = ERR_INIT;
    enters(w, "Anna SMITH");
    enters(w, "Bob SMITH");
    assert_int_equal(person_parse(w, "smith-2", &err), 1);
    assert_int_equal(person_parse(w, "ann", &err), 0);
    assert_int_equal(person_parse(w, "smi", &err), NONE);
    assert_string_equal(err.what,
                        "“smi” could be Anna SMITH (smith-1), Bob SMITH (smith-2)");
    assert_non_null(err.todo);
    err_release(&err);
    static const char *const unknown[] = {"", "@", "xyz", "\xff\xfe"};
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        assert_int_equal(person_parse(w, unknown[i], &err), NONE);
        assert_non_null(err.what);
        err_release(&err);
    }
    for (int i = 0; i < 20; i++)
        enters(w, "Xi WU");
    assert_int_equal(person_parse(w, "x", &err), NONE);
    assert_non_null(strstr(err.what, "Xi WU (wu-5) and others"));
    err_release(&err);
}

static void is_short(struct workbook *w, uint32_t person, const char *expected) {
    struct buf b = BUF_INIT;
    person_short(w, person, &b);
    assert_string_equal(b.s, expected);
    buf_release(&b);
}

static void short_names_tell_namesakes_apart(void **state) {
    struct workbook *w = fixture_book(state);
    enters(w, "Михаил Якушев");
    enters(w, "Anna Smith");
    is_short(w, 0, "ЯКУШЕВ");
    is_short(w, 1, "SMITH");
    enters(w, "Smith, Bob");
    is_short(w, 1, "A. SMITH");
    is_short(w, 2, "B. SMITH");
    enters(w, "Anna SMITH");
    is_short(w, 1, "SMITH (smith-1)");
    is_short(w, 2, "B. SMITH");
    is_short(w, 3, "SMITH (smith-3)");
    enters(w, "Michael YAKUSHEV");
    is_short(w, 0, "М. ЯКУШЕВ");
    is_short(w, 4, "M. YAKUSHEV");
}

int main(void) {
#define TEST(f) cmocka_unit_test_setup_teardown(f, fixture_set_up, fixture_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(family_names),
        TEST(ids_are_made_of_family_names),
        TEST(an_id_of_the_record_lasts),
        TEST(any_start_of_any_part),
        TEST(spellings),
        TEST(whole_names_beat_beginnings),
        TEST(a_word_names_one_or_says_why),
        TEST(short_names_tell_namesakes_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
