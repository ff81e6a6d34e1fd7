/* The leak check: what names someone, and what only looks as if it did. */
#include "fixture.h"

#include "base/text.h"
#include "notes/beside.h"
#include "notes/format.h"
#include "notes/leak.h"
#include "notes/notes.h"
#include "notes/xhtml.h"

#include <stdlib.h>
#include <string.h>

/* ---- a memo by someone who takes part, and a room */

static const char memo[] =
    "<memo xmlns='urn:memobook:1' version='1' rule='chatham-house'><head>"
    "<title>Two ways for one net</title><genre>Memo</genre>"
    "<author role='Observer'>Michael YAKUSHEV</author>"
    "<meeting from='2011-12-06' to='2011-12-07'><host>Turgenev Institute of "
    "Law</host></meeting>"
    "<side id='us'>United States</side><side id='ru'>Россия</side>"
    "<side id='cn'>中国</side></head>"
    "<topics><topic><title>Framework</title>"
    "<p>The Smirnov report of 2009 asked states to meet. Is there a way out?</p>"
    "<p>The PL is a register.</p>"
    "<issue><p>What did Smirnov propose?</p></issue>"
    "<issue to='ru'><p>Why?</p><p>Is it the only one?</p></issue></topic></topics>"
    "<references><reference url='http://example.org/smirnov.pdf'>A. Smirnov, Law, 2009"
    "</reference></references></memo>";

static const char *const room[] = {
    "person person=yakushev side=ru :Michael YAKUSHEV",
    "person person=lee side=us :Dana LEE",
    "person person=long side=us :Peter LONG",
    "person person=field side=us :Ann FIELD",
    "person person=way side=us :Joe WAY",
    "person person=wu side=us :WU Ping",
    "person person=ivanova side=ru :Мария ИВАНОВА",
    "person person=dostoevskiy side=ru :Пётр ДОСТОЕВСКИЙ",
    "person person=turgenev side=ru :Oleg TURGENEV",
    "person person=smirnov side=ru :Anton SMIRNOV",
    "person person=semenov side=ru :Lev СЕМЁНОВ",
    "person person=leyen side=us :Ursula VON DER LEYEN",
    "person person=obrien side=us :Pat O'BRIEN",
    "person person=schmidt side=ru :Карл ШМИДТ",
    "person person=petrov side=ru :Petrov-Vodkin, Kuzma",
    "note issue=A.a speaker=Quokkason :Not in the roster",
    "action issue=A.a owner=secretariat :Typed, and no name",
};

static int setup(void **state) {
    struct fixture *f = mem_alloc(sizeof *f);
    struct err err = ERR_INIT;
    text_locale();
    struct memo *m = memo_parse(memo, strlen(memo), "leak", &err);
    if (!m)
        fail_msg("%s", err.what);
    fixture_init(f, m);
    *state = f;
    for (size_t i = 0; i < sizeof room / sizeof *room; i++)
        fixture_apply(state, room[i]);
    return 0;
}

/* ---- asking */

/* The names that a page with this body gives away. */
static void names_in(const struct fixture *f, enum attribution tier, const char *head,
                     const char *body, struct leaks *l) {
    struct buf page = BUF_INIT;
    struct err err = ERR_INIT;
    buf_addf(&page,
             "<html xmlns='http://www.w3.org/1999/xhtml'><head><title>T</title>%s</head>"
             "<body>%s</body></html>",
             head, body);
    struct xhtml *x = xhtml_parse(page.s, page.len, &err);
    if (!x)
        fail_msg("%s: %s", err.what, body);
    struct leak_check *c = leak_check_open(f->w, tier);
    leak_check_page(c, x, l);
    leak_check_close(c);
    xhtml_free(x);
    buf_release(&page);
}

static void expect_body(const struct fixture *f, enum attribution tier, const char *body,
                        const char *names) {
    struct leaks l = {0};
    struct buf got = BUF_INIT;
    names_in(f, tier, "", body, &l);
    leaks_names(&l, &got);
    if (strcmp(got.s, names) != 0)
        fail_msg("“%s” gives “%s”, not “%s”", body, got.s, names);
    buf_release(&got);
    leaks_release(&l);
}

/* An entry of an issue. */
static void expect(const struct fixture *f, enum attribution tier, const char *text,
                   const char *names) {
    struct buf body = BUF_INIT;
    buf_addf(&body,
             "<section class='issue'><h3><strong class='cite'>A(a)</strong> Why?</h3>"
             "<ul><li>%s</li></ul></section>",
             text);
    expect_body(f, tier, body.s, names);
    buf_release(&body);
}

static unsigned failed;

struct row {
    const char *text, *names;
};

static void expect_all(const struct fixture *f, enum attribution tier,
                       const struct row *rows) {
    for (; rows->text; rows++)
        expect(f, tier, rows->text, rows->names);
}

/* ---- persons */

static void test_persons(void **state) {
    static const struct row rows[] = {
        {"Nothing here.", ""},
        {"As Yakushev said, it is voluntary.", "YAKUSHEV"},
        {"as yakushev said", "YAKUSHEV"},
        {"Yakushev’s proposal, YAKUSHEV's words", "YAKUSHEV"},
        {"M. Yakushev and D. Lee", "YAKUSHEV, LEE"},
        {"M.Yakushev", "YAKUSHEV"},
        {"The Lee-Yakushev text", "LEE, YAKUSHEV"},
        {"YAKU<em>SHEV</em> said", "YAKUSHEV"},
        {"Yaku\xC2\xADshev said", "YAKUSHEV"},
        {"Ursula von der Leyen, or Leyen alone", "VON DER LEYEN, LEYEN"},
        {"O’Brien, OBrien", "O'BRIEN"},
        {"Petrov-Vodkin agrees", "Petrov-Vodkin"},
        {"as Quokkason has it", "Quokkason"},
        {"write to myakushev@mfa.example", "YAKUSHEV"},
        {"yakushevm@mfa.example, or @michaelyakushev", "YAKUSHEV"},
        {"<a href='mailto:myakushev@mfa.example'>write</a>", "YAKUSHEV"},
        {"MichaelYakushev", "YAKUSHEV"},
        {"DrYakushevMFA", "YAKUSHEV"},
        {"Yakushev<em>1</em>", "YAKUSHEV"},
        {"МихаилЯкушев и КарлуШмидту", "YAKUSHEV, ШМИДТ"},
        {"plong@mfa.example, dlee@mfa.example, leed@mfa.example", "LONG, LEE"},
        {"fleet@mfa.example, office@mfa.example, the 'sleek' D2Lee", ""},
        {"headlong@mfa.example, LongTerm, Long2", ""},
        {"galileey@mfa.example, WikiLeaks, B2B", ""},
        {"the secretariat will do it", ""},
        {"said (M.Y.)", "YAKUSHEV"},
        {"D. L.: not so", "LEE"},
        {"it is so — М.Я.", "YAKUSHEV"},
        {"it is so (M.V.Ya.)", "YAKUSHEV"},
        {"М. В. Я.: it is so", "YAKUSHEV"},
        {"see (a.b.), (U.N.), D.L, the D.L.R.", ""},
        {"D.L. said no, M. Y. objected", "LEE, YAKUSHEV"},
        {"according to D. L., proposed by M.Y.", "LEE, YAKUSHEV"},
        {"DL: no. MY said so", "LEE, YAKUSHEV"},
        {"it is so (DL).", "LEE"},
        {"it is so — МЯ", "YAKUSHEV"},
        {"МЯ возразил", "YAKUSHEV"},
        {"the DL layer (DL) is new; DL proposal; option DL: yes; PL: no", ""},
        {"Way out — D.L. Smith", ""},
        {"http://example.org/John%20Lee", "LEE"},
        {"http://example.org/%D0%AF%D0%BA%D1%83%D1%88%D0%B5%D0%B2", "YAKUSHEV"},
        {"100% of them, 5%20", ""},
        {"Ｌｅｅ said", "LEE"},
        {"O‘Brien; O`Brien; O´Brien; O Brien", "O'BRIEN, BRIEN"},
        {"the U.S. and M.Y. roads", ""},
        {"leeway, sleet, Leesburg, wuthering, longer, fieldwork", ""},
        {NULL, NULL}};
    expect_all(*state, ATTRIBUTION_NONE, rows);
    expect_all(*state, ATTRIBUTION_SIDE, rows);
    expect(*state, ATTRIBUTION_NAME, "As Yakushev said", "");
}

static void test_two_scripts(void **state) {
    static const struct row rows[] = {
        {"Якушев сказал", "YAKUSHEV"},
        {"по словам Якушева; Якушеву; с Якушевым; о Якушеве", "YAKUSHEV"},
        {"Iakushev, Jakuschew, Yakushyev", "YAKUSHEV"},
        {"with Yakusheva’s Yakushevym", "YAKUSHEV"},
        {"Ivanova; Иванову; с Ивановой", "ИВАНОВА"},
        {"Иванов был", ""},
        {"Dostoevsky, Dostoyevskiy, Dostoevskii", "ДОСТОЕВСКИЙ"},
        {"Достоевского, Достоевским; Dostoyevskogo", "ДОСТОЕВСКИЙ"},
        {"Semyonov, Semenov, Семеновым, Семёнову", "СЕМЁНОВ"},
        {"Шмидта, Шмидту; schmidt", "ШМИДТ"},
        {"Schmidta", ""},
        {"the Yakushevs", "YAKUSHEV"},
        {NULL, NULL}};
    expect_all(*state, ATTRIBUTION_SIDE, rows);
}

/* ---- many names, each alone in the roster */

struct person_row {
    const char *name;
    const char *found;  /* forms of it, "; " between them */
    const char *passed; /* what only looks like it */
};

static const struct person_row people[] = {
    /* -ов, -ев, as passports, libraries and newspapers of several languages write them */
    {"Михаил ЯКУШЕВ",
     "Якушев; Якушева; Якушеву; Якушевым; Якушеве; Якушевы; Якушевых; Якушевыми; М. "
     "Якушев; "
     "М.В. Якушев; Yakushev; Iakushev; Jakushev; Âkušev; Jakušev; Jakuschew; Iakouchev; "
     "Yakouchev; Yakusheff; Yakushev’s; YAKUSHEVA; the Yakushevs",
     "Якутия; якобы; Yakutsk; Yakus"},
    {"Michael YAKUSHEV",
     "Якушев; Якушевым; Iakouchev; Jakuschew; Âkušev; M. Yakushev; Yakushev M.", "Yakut"},
    {"Iegor IAKOUCHEV", "Yakushev; Якушев; Jakuschew", ""},
    {"Igor JAKUSCHEW", "Yakushev; Якушеву; Iakouchev; Jakušev", ""},
    {"Нина ЯКУШЕВА", "Якушева; Якушевой; Якушеву; Якушевою; Yakusheva; Jakuschewa",
     "Якушев; Якушевым; Yakushev"},
    {"Мария ИВАНОВА", "Ивановой; Иванову; Ivanova; Ivanovoy", "Иванов; Иваново"},
    {"Никита ХРУЩЁВ",
     "Хрущев; Хрущёва; Хрущёвым; Khrushchev; Khrushchyov; Chruschtschow; Khrouchtchev; "
     "Hruŝëv; Hruŝev; Xrushhev",
     ""},
    {"Андрей КУЗНЕЦОВ",
     "Кузнецовым; Kuznetsov; Kusnezow; Kouznetsov; Kuznecov; Kuznetzov", "кузнец"},
    {"Пётр СОЛОВЬЁВ",
     "Соловьев; Соловьёвым; Solovyov; Solovyev; Solov'ev; Soloviev; Solowjow; Solov'ëv",
     ""},
    {"Борис ЕЛЬЦИН", "Ельцина; Ельциным; Yeltsin; Eltsin; Jelzin; Eltsine; Elcin", ""},
    {"Vladimir PUTIN", "Путин; Путину; Путиным; Poutine; Putin", "путина"},
    {"Евгений ЖУКОВ", "Жукова; Zhukov; Joukov; Schukow; Žukov; Zhukovs", ""},
    {"Глеб ЩЕРБАКОВ",
     "Щербаковым; Shcherbakov; Chtcherbakov; Schtscherbakow; Ŝerbakov; "
     "Ščerbakov",
     ""},
    /* -ский and other adjectives */
    {"Пётр ЧАЙКОВСКИЙ",
     "Чайковского; Чайковскому; Чайковским; Чайковском; Chaikovsky; Chaykovskiy; "
     "Tchaïkovski; Tschaikowski; Tschaikowsky; Čajkovskij; Tchaikovsky; Chaikovskii",
     "чайковский; чайка"},
    {"Анна ПОЛЯНСКАЯ", "Полянской; Полянскую; Polyanskaya; Polianskaia; Poljanskaja",
     "Полянский; полянской"},
    {"Андрей БЕЛЫЙ", "Белый; Белого; Белому; Белым; Bely; Belyy; Belyi",
     "белый; белого; белым"},
    {"Maxim GORKY", "Горький; Горького; Горькому; Горьким; Gorki; Gor'kij", "горький"},
    {"Лев ТОЛСТОЙ", "Толстого; Толстым; Tolstoy; Tolstoi; Tolstoj", "толстой; толстого"},
    {"Татьяна ТОЛСТАЯ", "Толстой; Толстую; Tolstaya", "толстая"},
    /* what does not change, or otherwise */
    {"Олег ШЕВЧЕНКО", "Шевченко; Shevchenko; Chevtchenko; Schewtschenko; Ševčenko", ""},
    {"Анна ЖИВАГО", "Живаго; Zhivago; Jivago; Schiwago", ""},
    {"Ольга ЧЕРНЫХ", "Черных; Chernykh; Tchernykh; Tschernych", "черных"},
    {"Иван ЗАЯЦ", "Заяц; Зайца; Зайцу; Зайцем; Zayats", "заяц; зайца"},
    {"Юрий КОЛОМИЕЦ", "Коломийца; Коломийцем; Коломиец; Kolomiets; Kolomiyets", ""},
    {"Павел СОЛОВЕЙ", "Соловья; Соловью; Соловьём; Соловей; Solovey", "соловей"},
    {"Александр БЛОК", "Блок; Блока; Блоку; Блоком", "блок; блоки"},
    {"Ян ГАШЕК", "Гашека; Гашеком; Гашек; Gashek", ""},
    {"Николай ГОГОЛЬ", "Гоголя; Гоголем; Gogol; Gogol’s", "Google"},
    {"Леонид КУЧМА", "Кучмы; Кучме; Кучму; Кучмой; Kuchma; Koutchma; Kutschma", ""},
    {"Карл ШМИДТ", "Шмидта; Шмидтом; Шмидты; Schmidt; Schmidts", "Schmiede"},
    {"Jan ŠIMEK", "Šimek; Simek; Шимек; Шимека", ""},
    {"Lech WAŁĘSA", "Wałęsa; Walesa", "Wales"},
    /* double and particles */
    {"Кузьма ПЕТРОВ-ВОДКИН",
     "Петрова-Водкина; Петровым-Водкиным; Петров-Водкин; Petrov-Vodkin; Водкина; Vodkin",
     "водка"},
    {"Irène JOLIOT-CURIE", "Joliot-Curie; Joliot Curie; Curie; Joliot", "Curia; jolie"},
    {"Saud AL-RASHID", "al-Rashid; Al Rashid; Rashid", "al; Al"},
    {"Ursula VON DER LEYEN", "von der Leyen; Leyen; von der Leyens", "der; von"},
    {"Vincent van GOGH", "van Gogh; Van Gogh; Gogh", "van; Van"},
    {"Pat O'BRIEN", "O’Brien; O'Brien; OBrien", "Brie"},
    {"Ian McDONALD", "McDonald; Mc Donald; MacDonald", "Donald"},
    {"John SMITH", "Smith; Smiths; Смит; Смита; Смитом", "smithy; Smithsonian"},
    {"Bruce LEE", "Lee; the Lees; Ли", "ли; leeway; glee"},
    /* as lists of people have them */
    {"J.R. Smith", "Smith", ""},
    {"Якушев М.В.", "Якушев; Якушеву; Yakushev", ""},
    {"Anna Smith (MFA)", "Smith", "MFA"},
    {"ANNA SMITH", "Smith", "Annals"},
    {"SMITH ANNA", "Smith", ""},
    {"Иванова Мария", "Иванова; Ivanova", ""},
    {"Petrov-Vodkin Kuzma", "Petrov-Vodkin; Водкина; Петров", ""},
    {"Якушев Михаил Владимирович", "Якушев; Михаил Владимирович; Владимировичу", ""},
    {"Михаил Владимирович ЯКУШЕВ", "Якушев; Михаил Владимирович; Vladimirovich", ""},
    {"Слободан ПЕТРОВИЧ", "Петрович; Петровича", "Петров"},
    {"Wang Wei", "as Wang said; Wei", ""},
    /* Chinese, where no blank parts the words */
    {"李明", "据李明先生说; 李明说同意; 李 明; 李先生同意; 李代表", "木子明; 明"},
    {"李 明", "李明说同意", ""},
    {"LI Ming (李明)", "李明说同意; as Li said", ""},
    {"Wang Xiaoming 王小明", "王小明说; 王部长; as Wang said; Xiaoming", "小明"},
    {"欧阳修", "欧阳先生; 欧阳修说", "欧阳"},
    /* words that are no name there */
    {"Theresa MAY", "as May said; Theresa May; proposed by May; since May said",
     "in May 2011; 5 May; on May 5; may; in May; since May; by May at the latest"},
    {"Jo MARCH", "as March said", "6 March 2011; March 2011"},
    {"Ivan MOROZ", "Мороз; Мороза; Moroz", "мороз; мороза"},
    {"Игорь КОЗЛОВ", "Козлов; Козлову; Kozlov; Koslow; Kozloff", "козлов"},
    {"Bob HOUSE", "as House said", "the Chatham House Rule; house"},
    {"David HELD", "as Held said", "it was held"},
    {"Anne PAGE", "as Page said; PAGE", "page 5; Page 5 of 7"},
    {"Sam NOTE", "as Note said", "a note"},
    {"Rosa LION", "as Lion said", "lion; Lionel; million"},
};

static void expect_one(const char *name, const char *form, bool found) {
    struct fixture f;
    void *state = &f;
    struct buf line = BUF_INIT;
    fixture_init(&f, fixture_memo(""));
    buf_addf(&line, "person person=x side=us :%s", name);
    fixture_apply(&state, line.s);
    struct leaks l = {0};
    buf_clear(&line);
    buf_addf(&line, "<p>It was %s, so it is said.</p>", form);
    names_in(&f, ATTRIBUTION_SIDE, "", line.s, &l);
    if ((l.total > 0) != found)
        print_error("%s: “%s” is %s\n", name, form, found ? "missed" : "taken for it");
    failed += (l.total > 0) != found;
    leaks_release(&l);
    buf_release(&line);
    fixture_release(&f);
}

static void expect_forms(const char *name, const char *forms, bool found) {
    char *all = mem_strdup(forms), *rest = all;
    for (char *form; (form = strsep(&rest, ";"));)
        if (*form)
            expect_one(name, form + strspn(form, " "), found);
    mem_free(all);
}

static void test_many_names(void **state) {
    (void)state;
    failed = 0;
    for (size_t i = 0; i < sizeof people / sizeof *people; i++) {
        expect_forms(people[i].name, people[i].found, true);
        expect_forms(people[i].name, people[i].passed, false);
    }
    assert_int_equal(failed, 0);
}

/* People called Long, Field, Way, Wu, and words that look like them. */
static void test_common_words(void **state) {
    static const struct row rows[] = {
        {"a long way in the field", ""},
        {"Long discussions. Way forward: Field work.", ""},
        {"“Way out” — Field work (Long term)", ""},
        {"Long support. Field reports: Way question", "FIELD"},
        {"Field said so. Long thought not", "FIELD, LONG"},
        {"as Long said, and Field", "LONG, FIELD"},
        {"Long said no", "LONG"},
        {"LONG: no", "LONG"},
        {"in the Way of", "WAY"},
        {"a wu, Wu’er, wuthering", ""},
        {"said Wu, and WU", "WU"},
        {"lee shore", ""},
        {NULL, NULL}};
    expect_all(*state, ATTRIBUTION_SIDE, rows);
}

/* ---- what the memo says is public */

static void test_memo(void **state) {
    static const struct row rows[] = {
        {"What did Smirnov propose?", ""},
        {"The memo: “What did Smirnov propose?”", ""},
        {"What did Smirnov ask?", "SMIRNOV"},
        {"The Smirnov report of 2009 asked states to meet.", ""},
        {"The Smirnov report", "SMIRNOV"},
        {"Host: Turgenev Institute of Law", ""},
        {"Turgenev", "TURGENEV"},
        {"A. Smirnov, Law, 2009", ""},
        {"<a href='http://example.org/smirnov.pdf'>A. Smirnov, Law, 2009</a>", ""},
        {"<a href='http://example.org/smirnov.html'>here</a>", "SMIRNOV"},
        {"Michael YAKUSHEV", "YAKUSHEV"},
        {"Yakushev.", "YAKUSHEV"},
        {NULL, NULL}};
    expect_all(*state, ATTRIBUTION_NONE, rows);
    expect_body(*state, ATTRIBUTION_NONE,
                "<p class='subtitle'>Memo by Michael\xC2\xA0YAKUSHEV, Observer</p>", "");
    expect_body(*state, ATTRIBUTION_NONE, "<p>As Yakushev said</p>", "YAKUSHEV");
    expect_body(*state, ATTRIBUTION_NONE,
                "<table><tr><td>Michael YAKUSHEV</td></tr></table>", "YAKUSHEV");
}

static void test_metadata(void **state) {
    struct leaks l = {0};
    struct buf got = BUF_INIT;
    names_in(*state, ATTRIBUTION_NONE, "<meta name='author' content='Michael YAKUSHEV'/>",
             "<p>x</p>", &l);
    assert_int_equal(l.total, 0);
    names_in(*state, ATTRIBUTION_NONE, "<meta name='subject' content='Dana Lee'/>",
             "<p id='lee-1'>x</p><p class='LONG'>x</p>", &l);
    assert_int_equal(l.total, 2);
    leak_line(&l.v.v[0], &got);
    assert_string_equal(got.s, "LEE: in metadata: “Dana Lee”");
    buf_release(&got);
    leaks_release(&l);
}

/* ---- the finished file */

static void expect_lines(const struct fixture *f, const char *body, const char *lines,
                         const char *names) {
    struct buf page = BUF_INIT, given = BUF_INIT, got = BUF_INIT;
    struct err err = ERR_INIT;
    struct leaks l = {0};
    buf_addf(&page, "<html><head><title>T</title></head><body>%s</body></html>", body);
    buf_puts(&given, lines);
    struct xhtml *x = xhtml_parse(page.s, page.len, &err);
    struct leak_check *c = leak_check_open(f->w, ATTRIBUTION_NONE);
    leak_check_page(c, x, &l);
    size_t of_page = l.total;
    leak_check_lines(c, &given, &l);
    leaks_names(&l, &got);
    if (strcmp(got.s, names) != 0)
        fail_msg("“%s” gives “%s”, not “%s”", lines, got.s, names);
    for (size_t i = 0; i < l.v.n; i++)
        assert_int_equal(l.v.v[i].in_file, i >= of_page);
    leak_check_close(c);
    leaks_release(&l);
    xhtml_free(x);
    buf_release(&page);
    buf_release(&given);
    buf_release(&got);
}

static void test_lines(void **state) {
    struct fixture *f = *state;
    expect_lines(f, "<p>x</p>", "", "");
    expect_lines(f, "<p>x</p>", "the header or footer\tОтдел Якушева\n", "YAKUSHEV");
    expect_lines(f, "<p>x</p>", "metadata (creator)\tLee\nnothing\n", "LEE");
    expect_lines(f, "<p>x</p>", "the header or footer\tMichael YAKUSHEV\n", "");
    expect_lines(f, "<p>Lee</p>", "the text\tLee\n", "LEE");
    expect_lines(f, "<p>Lee</p>", "the text\tLee, again\nx\tSchmidt", "LEE, ШМИДТ");
    /* What was passed in the page is passed in the file, where its line begins otherwise.
     */
    expect_lines(f, "<p><strong class='cite'>A(a)</strong> Long talks</p>",
                 "the text\tA(a) Long talks\n", "");
    expect_lines(f, "<dl><dt>The answer</dt><dd>Long talks</dd></dl>",
                 "the text\tThe answer Long talks\n", "");
    expect_lines(f, "<dl><dt>The answer</dt><dd>Long talks</dd></dl>",
                 "the text\tAn answer Long talks\n", "LONG");
}

static void expect_pdf(const char *pdf, const char *lines) {
    struct buf b = BUF_INIT, got = BUF_INIT;
    struct err err = ERR_INIT;
    buf_puts(&b, pdf);
    assert_int_equal(format_read_pdf(&b, &got, &err), 0);
    assert_string_equal(got.s, lines);
    for (size_t i = b.len; i-- > 0;) { /* cut anywhere */
        buf_cut(&b, i);
        assert_int_equal(format_read_pdf(&b, &got, &err), 0);
    }
    buf_release(&b);
    buf_release(&got);
}

static void test_pdf_strings(void **state) {
    (void)state;
    expect_pdf("", "");
    expect_pdf("1 0 obj << /Title (A \\(b\\) (c) \\101\\\\) /Producer (cairo) >> endobj",
               "Title of the PDF\tA (b) (c) A\\\n");
    expect_pdf("<< /Title <feff042f043a0443> /Author <4a616e65>>>",
               "Title of the PDF\tЯку\nAuthor of the PDF\tJane\n");
    expect_pdf("<< /Length 9 >> stream\n(no) <41>\nendstream /URI(a\\nb)",
               "URI of the PDF\ta b\n");
    /* What is compressed is not passed unread. */
    struct buf b = BUF_INIT, lines = BUF_INIT;
    struct err err = ERR_INIT;
    buf_puts(&b, "1 0 obj << /Type /ObjStm /Filter /FlateDecode >> stream\nx\nendstream");
    assert_int_equal(format_read_pdf(&b, &lines, &err), -1);
    assert_non_null(strstr(err.what, "cannot be read again"));
    err_release(&err);
    buf_release(&b);
}

/* ---- sides */

static void test_sides(void **state) {
    static const struct row rows[] = {
        {"United States: we agree", "United States"},
        {"The United States could not accept this", "United States"},
        {"proposed by the United States", "United States"},
        {"We agree (United States)", "United States"},
        {"We agree — United States", "United States"},
        {"Россия: нет. По мнению России, рано", "Россия"},
        {"Россия не поддержала", "Россия"},
        {"according to Rossiya", "Россия"},
        {"registries in the United States will meet", ""},
        {"中国：我们同意 (中国)", "中国"},
        {"在中国的登记处", ""},
        {"The United States and Россия to name contact points", ""},
        {"addresses in the United States address space", ""},
        {"two registries — United States and Canada — will meet", ""},
        {NULL, NULL}};
    expect_all(*state, ATTRIBUTION_NONE, rows);
    expect(*state, ATTRIBUTION_SIDE, "United States: we agree", "");
    expect_body(
        *state, ATTRIBUTION_NONE,
        "<dl class='facts'><dt>Sides</dt><dd>United States, Россия, 中国</dd></dl>", "");
}

/* ---- the refusal */

static void test_refusal(void **state) {
    struct fixture *f = *state;
    struct notes_options o;
    struct buf out = BUF_INIT, line = BUF_INIT;
    struct err err = ERR_INIT;
    struct leaks l = {0};
    fixture_apply(
        state,
        "note issue=A.b :It would do no harm, and as Yakushev said it is voluntary");
    fixture_apply(state, "answer issue=A.b :Lee to write it, <b> \x1b[31m");
    notes_options_init(&o, f->w, FIXTURE_MORNING);
    o.leaks = &l;
    assert_int_equal(notes_render(f->w, &o, &out, &err), -1);
    assert_int_equal(out.len, 0);
    err_format(&err, &line);
    assert_string_equal(
        line.s, "the notes would name LEE: in A(b), Answer: “Lee to write it, <b> ␛[31m” "
                "(and 1 more); correct the entry, choose another --attribution, or hand "
                "them out with names by --allow-names");
    assert_int_equal(l.total, 2);
    assert_string_equal(l.v.v[1].where, "A(b), Comment");
    leaks_release(&l);
    o.allow_names = true;
    assert_int_equal(notes_render(f->w, &o, &out, &err), 0);
    assert_non_null(strstr(out.s, "Yakushev"));
    assert_int_equal(l.total, 2);
    leaks_release(&l);
    o.allow_names = false;
    o.attribution = ATTRIBUTION_NAME;
    assert_int_equal(notes_render(f->w, &o, &out, &err), 0);
    assert_int_equal(l.total, 0);
    leaks_release(&l);
    buf_release(&out);
    buf_release(&line);
    err_release(&err);
}

/* No more are kept than can be read, and all are counted. */
static void test_many(void **state) {
    struct buf body = BUF_INIT;
    struct leaks l = {0};
    for (int i = 0; i < 300; i++)
        buf_puts(&body, "<p>Lee</p>");
    names_in(*state, ATTRIBUTION_NONE, "", body.s, &l);
    assert_int_equal(l.total, 300);
    assert_int_equal(l.v.n, LEAKS_KEPT);
    leaks_release(&l);
    buf_release(&body);
}

/* What the program that makes notes says, the screen has. */
static void test_beside(void **state) {
    struct leaks told = {0}, heard = {0};
    struct buf lines = BUF_INIT;
    names_in(*state, ATTRIBUTION_NONE, "", "<p>Lee\tand Schmidt</p>", &told);
    assert_int_equal(told.v.n, 2);
    told.v.v[1].where = "a\tb";
    told.v.v[1].in_file = true;
    beside_write(&told, &lines);
    buf_puts(&lines, "warning: no leak\nleak\nleakage\tof water\n");
    for (const char *s = lines.s, *end; *s; s = end + 1) {
        end = strchr(s, '\n');
        assert_int_equal(beside_read(s, (size_t)(end - s), &heard),
                         strncmp(s, "leak\t", 5) == 0 || strncmp(s, "leaks\t", 6) == 0);
    }
    assert_int_equal(heard.total, 2);
    assert_int_equal(heard.v.n, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_string_equal(heard.v.v[i].name, told.v.v[i].name);
        assert_string_equal(heard.v.v[i].where, i ? "a b" : told.v.v[i].where);
        assert_string_equal(heard.v.v[i].text, told.v.v[i].text);
        assert_int_equal(heard.v.v[i].in_file, told.v.v[i].in_file);
    }
    buf_release(&lines);
    leaks_release(&told);
    leaks_release(&heard);
}

int main(void) {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, fixture_tear_down)
    const struct CMUnitTest tests[] = {
        T(test_persons), T(test_two_scripts), T(test_many_names), T(test_common_words),
        T(test_memo),    T(test_metadata),    T(test_lines),      T(test_pdf_strings),
        T(test_sides),   T(test_refusal),     T(test_many),       T(test_beside)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
