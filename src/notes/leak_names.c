#include "leak_names.h"

#include "leak_forms.h"
#include "leak_private.h"
#include "leak_spell.h"
#include "leak_words.h"

#include "base/text.h"

#include <unicase.h>
#include <unictype.h>

enum {
    LOOSE_MIN = 5,
    SMALL_MIN = 4,
    WORDS_MAX = 6,
    NO_NAMES = 1 << 14,
    JOINED_MAX = 128
};

/* ---- the words of a text */

/* Those of Chinese and Japanese, kana, and Korean syllables: each is a word by itself,
 * since no blank parts them. */
static bool is_ideograph(uint32_t c) {
    return (c >= 0x2e80 && c <= 0x9fff && (c < 0x3000 || c > 0x303f)) ||
           (c >= 0xac00 && c <= 0xd7a3) || (c >= 0xf900 && c <= 0xfaff) ||
           (c >= 0x20000 && c <= 0x3ffff);
}

static bool is_of_word(uint32_t c) {
    /* Soft hyphens and joiners are not seen, and part no word. */
    return !is_ideograph(c) && uc_is_general_category_withtable(
                                   c, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M |
                                          UC_CATEGORY_MASK_Nd | UC_CATEGORY_MASK_Cf);
}

/* ’s of a possessive is none of the word. */
static size_t without_s(const char *s, size_t len, size_t last, uint32_t apostrophe) {
    if (!person_apostrophe(apostrophe) || len <= last)
        return len;
    size_t n;
    text_decode(s + last, len - last, &n);
    bool possessive = last + n + 1 == len && (s[last + n] == 's' || s[last + n] == 'S');
    return possessive ? last : len;
}

/* The end of the word at `at`. */
static size_t word_end(const char *s, size_t len, size_t at) {
    size_t end = at, mark = at;
    uint32_t apostrophe = 0;
    for (size_t n; at < len; at += n) {
        uint32_t c = text_decode(s + at, len - at, &n);
        if (is_of_word(c)) {
            end = at + n;
        } else if (person_apostrophe(c) && end == at) {
            apostrophe = c;
            mark = at;
        } else {
            break;
        }
    }
    return without_s(s, end, mark, apostrophe);
}

/* AnnaSmith, Smith2: whether c begins another word after `before`. */
static bool is_seam(uint32_t before, uint32_t c) {
    return (uc_toupper(before) != before && uc_tolower(c) != c) ||
           (uc_is_alpha(before) && c >= '0' && c <= '9');
}

static void look_at_letters(const char *s, struct leak_word *w) {
    unsigned upper = 0, lower = 0;
    uint32_t before = 0;
    for (size_t i = w->start, n; i < w->end; i += n) {
        uint32_t c = text_decode(s + i, w->end - i, &n);
        bool capital = uc_tolower(c) != c;
        w->ideograph = is_ideograph(c);
        if (i == w->start)
            w->capital = capital || w->ideograph;
        upper += capital;
        lower += uc_toupper(c) != c;
        w->cyrillic = w->cyrillic || (c >= 0x400 && c < 0x530);
        w->marked = w->marked || (c >= 0xc0 && c < 0x250);
        w->joined = w->joined || is_seam(before, c);
        before = c;
    }
    w->capitals = upper >= 2 && lower == 0;
}

/* Its key with the marks spelt out; NONE where it has none. */
static void add_spelt(struct leak_text *t, struct leak_word *w) {
    struct buf spelt = BUF_INIT;
    w->spelt = NONE;
    if (w->marked && leak_spell_out(&spelt, t->s + w->start, w->end - w->start)) {
        w->spelt = (uint32_t)t->keys.len;
        person_key(&t->keys, spelt.s, spelt.len);
        t->keys.s[t->keys.len - 1] = '\0';
    }
    buf_release(&spelt);
}

static void add_word(struct leak_text *t, size_t start, size_t end, bool begins) {
    struct leak_word w = {.start = (uint32_t)start,
                          .end = (uint32_t)end,
                          .key = (uint32_t)t->keys.len,
                          .begins = begins};
    look_at_letters(t->s, &w);
    person_key(&t->keys, t->s + start, end - start);
    size_t len = t->keys.len - w.key;
    w.key_len = (uint16_t)(len == 0 ? 0 : len > UINT16_MAX ? UINT16_MAX : len - 1);
    if (!w.key_len)
        return;
    t->keys.s[t->keys.len - 1] = '\0';
    add_spelt(t, &w);
    vec_push(&t->words, w);
}

/* What a sentence may begin after; an initial's full stop ends none. */
static bool ends_sentence(const struct leak_text *t, uint32_t c) {
    if (c != '.')
        return c < 0x80 ? c && strchr("?!:;\n\"(|[", (int)c)
                        : c == 0x201c || c == 0xab || c == 0x2014 || c == 0x2026;
    const struct leak_word *last = t->words.n ? &t->words.v[t->words.n - 1] : NULL;
    size_t n;
    if (!last)
        return true;
    text_decode(t->s + last->start, last->end - last->start, &n);
    return !last->capital || last->start + n < last->end;
}

void leak_text_read(struct leak_text *t, const char *s, size_t len) {
    if (!t->keys.s)
        t->keys = (struct buf)BUF_INIT;
    buf_clear(&t->keys);
    t->words.n = 0;
    t->s = s;
    t->len = len;
    bool begins = true;
    for (size_t i = 0, n; i < len; i += n) {
        uint32_t c = text_decode(s + i, len - i, &n);
        bool ideograph = is_ideograph(c);
        if (!ideograph && !is_of_word(c)) {
            begins = begins || ends_sentence(t, c);
            continue;
        }
        size_t end = ideograph ? i + n : word_end(s, len, i);
        add_word(t, i, end, begins);
        begins = false;
        n = end - i;
    }
}

void leak_text_release(struct leak_text *t) {
    if (t->keys.s)
        buf_release(&t->keys);
    vec_release(&t->words);
}

/* ---- the list of names */

struct adding {
    struct leak_names *n;
    uint32_t name;
    bool cyrillic; /* the spelling is one in Cyrillic letters only */
};

static unsigned count_words(const char *key) {
    unsigned n = 1;
    for (; *key; key++)
        n += *key == ' ';
    return n;
}

static void add_form(struct leak_names *n, const struct leak_form *f) {
    unsigned words = count_words(f->key);
    if (words > WORDS_MAX)
        return;
    if (words > n->words)
        n->words = words;
    if (f->loose)
        vec_push(&n->loose, *f);
    else
        vec_push(&n->exact, *f);
}

static void take_key(struct adding *a, const char *key, bool declined, bool cyrillic) {
    struct leak_form f = {arena_strdup(&a->n->arena, key), a->name, declined, false,
                          cyrillic};
    struct buf loose = BUF_INIT;
    add_form(a->n, &f);
    if (a->n->v.v[a->name].letters >= LOOSE_MIN) {
        person_loose_key(&loose, key);
        f.key = arena_strdup(&a->n->arena, loose.s);
        f.loose = true;
        add_form(a->n, &f);
    }
    buf_release(&loose);
}

static void take_form(void *ctx, const char *form, bool declined, bool cyrillic) {
    struct adding *a = ctx;
    take_key(a, form, declined, cyrillic || a->cyrillic);
}

static void take_spelling(void *ctx, const char *key, bool read, bool cyrillic) {
    struct adding *a = ctx;
    a->cyrillic = cyrillic;
    if (read)
        leak_forms(key, take_form, a);
    else
        take_key(a, key, false, cyrillic);
}

/* Белый, Толстая: what small letters begin in Russian is an adjective. */
static bool is_adjective(const char *key) {
    static const char *const ends[] = {"skiy", "skaya", "yy",  "iy", "oy", "aya",
                                       "ky",   "ykh",   "ikh", "ly", "ny", "ry"};
    size_t len = strlen(key);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t n = strlen(ends[i]);
        if (len > n && strcmp(key + len - n, ends[i]) == 0)
            return true;
    }
    return false;
}

/* With blanks around each ideograph, as the words of a text are read. */
static void space_out(struct buf *out, const char *s, size_t len) {
    for (size_t i = 0, n; i < len; i += n) {
        bool ideograph = is_ideograph(text_decode(s + i, len - i, &n));
        buf_puts(out, ideograph ? " " : "");
        buf_add(out, s + i, n);
        buf_puts(out, ideograph ? " " : "");
    }
}

static void add_name(struct leak_names *n, const char *s, size_t len, uint8_t kind,
                     char given) {
    struct buf key = BUF_INIT, spaced = BUF_INIT;
    space_out(&spaced, s, len);
    person_key(&key, spaced.s, spaced.len);
    if (key.len)
        buf_cut(&key, key.len - 1);
    struct leak_name name = {.shown = arena_strndup(&n->arena, s, len),
                             .kind = kind,
                             .ordinary = leak_is_common(key.s),
                             .month = leak_is_month(key.s),
                             .adjective = is_adjective(key.s),
                             .letters = (uint8_t)(key.len > 255 ? 255 : key.len),
                             .given = given,
                             .family = key.s[0]};
    if (key.len) {
        vec_push(&n->v, name);
        struct adding a = {n, (uint32_t)n->v.n - 1, false};
        leak_spellings(spaced.s, spaced.len, take_spelling, &a);
    }
    buf_release(&spaced);
    buf_release(&key);
}

static bool is_particle(const char *s, size_t len) {
    struct buf key = BUF_INIT;
    person_key(&key, s, len);
    if (key.len)
        buf_cut(&key, key.len - 1);
    bool is = leak_is_particle(key.s);
    buf_release(&key);
    return is;
}

/* Where the name after "O'" or "d'" begins, or 0. */
static size_t after_apostrophe(const char *s, size_t len) {
    size_t letters = 0;
    for (size_t i = 0, n; i < len && letters <= 2; i += n, letters++)
        if (person_apostrophe(text_decode(s + i, len - i, &n)))
            return letters ? i + n : 0;
    return 0;
}

/* "von der Leyen" is Leyen, too, "Петров-Водкин" Водкин, "GARCÍA MÁRQUEZ" García, and
 * "O'Brien" in "O Brien" Brien. */
static void add_parts(struct leak_names *n, const char *s, size_t len, char given) {
    for (size_t at = 0, next; at < len; at = next) {
        size_t part = 0;
        while (at + part < len && s[at + part] != ' ' && s[at + part] != '-')
            part++;
        next = at + part + 1;
        size_t skip = after_apostrophe(s + at, part);
        if (part - skip >= SMALL_MIN && part - skip < len && !is_particle(s + at, part))
            add_name(n, s + at + skip, part - skip, LEAK_PERSON, given);
    }
}

static char given_of(const char *name, const char *family, size_t len) {
    const char *given = name + strspn(name, " ");
    if (given == family)
        given = family + len;
    struct buf key = BUF_INIT;
    person_key(&key, given, given < family ? (size_t)(family - given) : strlen(given));
    char c = key.s[0];
    buf_release(&key);
    return c;
}

/* ---- names whose order is not told */

static const char *word_key(const struct leak_text *t, size_t word) {
    return t->keys.s + t->words.v[word].key;
}

/* How many words of the name are joined to the first: "Petrov-Vodkin" is two. */
static size_t first_words(const char *name, const struct leak_text *t) {
    size_t n = 1, blank = strcspn(name, " ");
    while (n < t->words.n && t->words.v[n].end <= blank)
        n++;
    return n;
}

/* Whether the first word may be the family name, where neither capitals nor a comma tell:
 * "Wang Wei", "Иванова Мария", "ANNA SMITH". */
static bool family_may_be_first(const char *name, const struct leak_text *t,
                                size_t first) {
    size_t rest = t->words.n - first;
    if (rest < 1 || rest > 2 || strpbrk(name, ",.("))
        return false;
    bool capitals = t->words.v[0].capitals;
    for (size_t i = 1; i < t->words.n; i++)
        if (t->words.v[i].capitals != capitals)
            return false;
    const char *key = word_key(t, 0), *end = word_key(t, t->words.n - 1);
    return (capitals && rest == 1) || leak_is_chinese_family(key) ||
           (rest == 2 && leak_is_patronymic(end)) ||
           (leak_is_russian_family(key) && !leak_is_russian_family(end));
}

/* "Михаил Владимирович" is who he is, too. */
static void add_patronymics(struct leak_names *n, const struct leak_text *t,
                            const char *family, size_t len) {
    for (size_t i = 0; i < t->words.n; i++) {
        const struct leak_word *w = &t->words.v[i];
        bool in_family = t->s + w->start >= family && t->s + w->start < family + len;
        if (!in_family && leak_is_patronymic(word_key(t, i)))
            add_name(n, t->s + w->start, w->end - w->start, LEAK_PERSON, 0);
    }
}

static void add_family(struct leak_names *n, const char *s, size_t len, char given) {
    add_name(n, s, len, LEAK_PERSON, given);
    add_parts(n, s, len, given);
}

static void add_lettered(struct leak_names *n, const char *name) {
    size_t len;
    name += strspn(name, " ");
    const char *family = person_family(name, &len);
    struct leak_text t = {0};
    leak_text_read(&t, name, strlen(name));
    size_t first = first_words(name, &t);
    add_family(n, family, len, given_of(name, family, len));
    add_patronymics(n, &t, family, len);
    if (family != name && family_may_be_first(name, &t, first))
        add_family(n, name, t.words.v[first - 1].end, *word_key(&t, first));
    leak_text_release(&t);
}

/* ---- names in ideographs */

/* "李先生": the family name, and what follows one. */
static void add_titled(struct leak_names *n, const char *family, size_t len) {
    static const char *const titles[] = {"先生", "女士", "小姐", "代表", "大使", "部长",
                                         "部長", "司长", "司長", "处长", "處長", "局长",
                                         "局長", "主任", "主席", "教授", "博士", "参赞",
                                         "參贊", "院士", "氏"};
    struct adding a = {n, (uint32_t)n->v.n - 1, false};
    struct buf spaced = BUF_INIT, key = BUF_INIT;
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        buf_clear(&spaced);
        buf_clear(&key);
        space_out(&spaced, family, len);
        space_out(&spaced, titles[i], strlen(titles[i]));
        person_key(&key, spaced.s, spaced.len);
        buf_cut(&key, key.len - 1);
        take_key(&a, key.s, false, false);
    }
    buf_release(&spaced);
    buf_release(&key);
}

/* A run of ideographs; one alone is no name. */
static void add_run(struct leak_names *n, const struct buf *run, size_t letters) {
    size_t first, second;
    if (letters < 2)
        return;
    text_decode(run->s, run->len, &first);
    text_decode(run->s + first, run->len - first, &second);
    add_name(n, run->s, run->len, LEAK_PERSON, 0);
    add_titled(n, run->s, first);
    if (letters > 2) /* 欧阳 */
        add_titled(n, run->s, first + second);
}

/* "李明", "李 明", "LI Ming (李明)"; what else there is of the name goes to *rest. */
static void add_ideographs(struct leak_names *n, const char *name, struct buf *rest) {
    struct buf run = BUF_INIT;
    size_t letters = 0, len = strlen(name);
    for (size_t i = 0, size; i < len; i += size) {
        uint32_t c = text_decode(name + i, len - i, &size);
        bool ideograph = is_ideograph(c);
        buf_add(ideograph ? &run : rest, name + i, size);
        letters += ideograph;
        if (ideograph || (c == ' ' && letters == 1))
            continue;
        add_run(n, &run, letters);
        buf_clear(&run);
        letters = 0;
    }
    add_run(n, &run, letters);
    buf_release(&run);
}

static void add_person(struct leak_names *n, const char *name) {
    struct buf rest = BUF_INIT, key = BUF_INIT;
    add_ideographs(n, name, &rest);
    person_key(&key, rest.s, rest.len);
    if (key.len)
        add_lettered(n, rest.s);
    buf_release(&rest);
    buf_release(&key);
}

/* ---- names that were typed */

static bool names_side(const struct workbook *w, const char *who) {
    struct buf a = BUF_INIT, b = BUF_INIT;
    bool found = false;
    person_key(&a, who, strlen(who));
    for (size_t i = 0; i < w->room.sides.n && !found; i++) {
        const struct side *s = &w->room.sides.v[i];
        buf_clear(&b);
        person_key(&b, s->name, strlen(s->name));
        found = strcmp(a.s, b.s) == 0 || strcasecmp(s->id, who) == 0;
    }
    buf_release(&a);
    buf_release(&b);
    return found;
}

/* A name has a capital, or is nothing that one would call a group. */
static bool could_be_name(const char *who) {
    struct leak_text t = {0};
    size_t len;
    leak_text_read(&t, who, strlen(who));
    const char *family = person_family(who, &len);
    struct buf key = BUF_INIT;
    person_key(&key, family, len);
    if (key.len)
        buf_cut(&key, key.len - 1);
    bool ok = t.words.n > 0 && t.words.n <= 4 && key.len >= 2 && !leak_is_role(key.s);
    for (size_t i = 0; i < t.words.n && ok; i++)
        ok = !leak_is_role(t.keys.s + t.words.v[i].key) &&
             (t.words.v[i].capital || t.words.n == 1 ||
              leak_is_particle(t.keys.s + t.words.v[i].key));
    if (ok && t.words.n == 1 && !t.words.v[0].capital)
        ok = key.len >= SMALL_MIN;
    buf_release(&key);
    leak_text_release(&t);
    return ok;
}

/* Where the name ends that starts at s: "Smith and Jones", "Smith (MFA)", "Smith/Jones".
 * *next is where another may start. */
static size_t one_name(const char *s, size_t *next) {
    static const char *const between[] = {" and ", " & ", " и ", "/", ";"};
    size_t len = strlen(s);
    *next = len;
    for (size_t i = 0; i < sizeof between / sizeof *between; i++) {
        const char *at = strstr(s, between[i]);
        if (at && (size_t)(at - s) < len) {
            len = (size_t)(at - s);
            *next = len + strlen(between[i]);
        }
    }
    size_t bracket = strcspn(s, "(");
    return bracket < len ? bracket : len;
}

static void add_typed_name(struct leak_names *n, const struct workbook *w,
                           const char *who) {
    for (size_t next; *who; who += next) {
        size_t len = one_name(who, &next);
        char *name = mem_strndup(who, len);
        const char *s = name + strspn(name, " @");
        if (*s && person_by_id(w, s) == NONE && !names_side(w, s) && could_be_name(s))
            add_person(n, s);
        mem_free(name);
    }
}

/* ---- all of them */

static int by_key(const void *a, const void *b) {
    const struct leak_form *x = a, *y = b;
    int c = strcmp(x->key, y->key);
    return c                            ? c
           : x->declined != y->declined ? x->declined - y->declined
                                        : (x->name > y->name) - (x->name < y->name);
}

static void add_sides(struct leak_names *n, const struct workbook *w) {
    for (size_t i = 0; i < w->room.sides.n; i++) {
        const char *name = w->room.sides.v[i].name;
        if (strncasecmp(name, "the ", 4) == 0)
            name += 4;
        add_name(n, name, strlen(name), LEAK_SIDE, 0);
    }
}

static int by_string(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Those of the roster, and who was typed. */
static void add_people(struct leak_names *n, const struct workbook *w) {
    for (size_t i = 0; i < w->room.people.n; i++)
        if (*w->room.people.v[i].name)
            add_person(n, w->room.people.v[i].name);
    VEC(const char *) typed = {0};
    for (size_t i = 0; i < w->entries.n; i++) {
        const struct entry *e = &w->entries.v[i];
        vec_push(&typed, e->kind == ENTRY_ACTION ? e->owner : e->speaker);
    }
    for (size_t i = 0; i < w->issues.n; i++)
        if (w->issues.v[i].record)
            vec_push(&typed, w->issues.v[i].record->owner);
    if (typed.n)
        qsort(typed.v, typed.n, sizeof *typed.v, by_string);
    for (size_t i = 0; i < typed.n; i++)
        if (i == 0 || strcmp(typed.v[i], typed.v[i - 1]) != 0)
            add_typed_name(n, w, typed.v[i]);
    vec_release(&typed);
}

void leak_names_init(struct leak_names *n, const struct workbook *w, bool sides) {
    *n = (struct leak_names){.no_names = mem_zalloc(NO_NAMES * sizeof *n->no_names)};
    add_people(n, w);
    if (sides)
        add_sides(n, w);
    if (n->exact.n)
        qsort(n->exact.v, n->exact.n, sizeof *n->exact.v, by_key);
    if (n->loose.n)
        qsort(n->loose.v, n->loose.n, sizeof *n->loose.v, by_key);
}

void leak_names_release(struct leak_names *n) {
    mem_free(n->no_names);
    vec_release(&n->v);
    vec_release(&n->exact);
    vec_release(&n->loose);
    arena_release(&n->arena);
}

/* ---- finding one */

/* The place of the first form whose key is not before this one; n where all are. */
static size_t first_form(const struct leak_form *v, size_t n, const char *key) {
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(v[middle].key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The first form with the key, or NULL; it and those after it up to `end` may be. */
static const struct leak_form *forms_of(const struct leak_form *v, size_t n,
                                        const char *key) {
    size_t at = first_form(v, n, key);
    return at < n && strcmp(v[at].key, key) == 0 ? &v[at] : NULL;
}

/* For a common word that begins a sentence. */
static bool says_something(const struct leak_text *t, size_t after) {
    return after < t->words.n && leak_says(t, after);
}

/* "6 May 2011", "page 5" */
static bool is_number(const struct leak_text *t, size_t word) {
    return word < t->words.n && t->keys.s[t->words.v[word].key] >= '0' &&
           t->keys.s[t->words.v[word].key] <= '9';
}

/* "in May", "by May" where nobody said it by him. */
static bool is_date(const struct leak_text *t, size_t word) {
    const char *before = word_key(t, word - 1);
    bool said = word > 1 && leak_is_saying(word_key(t, word - 2));
    return leak_is_when(before) && !(said && strcmp(before, "by") == 0) &&
           !says_something(t, word + 1);
}

/* Whether the words as they are written may be the form. */
static bool fits(const struct leak_names *n, const struct leak_form *f,
                 const struct leak_text *t, size_t at, unsigned words) {
    const struct leak_name *name = &n->v.v[f->name];
    const struct leak_word *w = &t->words.v[at];
    if (f->cyrillic && !w->cyrillic)
        return false;
    if (name->ordinary && is_number(t, at + words))
        return false;
    if (name->month && at && (is_number(t, at - 1) || is_date(t, at)))
        return false;
    if (name->adjective && w->cyrillic && !w->capital)
        return false;
    if (name->letters < SMALL_MIN - 1)
        return w->capitals || (w->capital && !w->begins);
    if (name->ordinary)
        return w->capitals ||
               (w->capital && (!w->begins || says_something(t, at + words)));
    if (name->letters < SMALL_MIN || f->loose)
        return w->capital;
    return w->capital || !f->declined || name->letters > LOOSE_MIN;
}

static uint32_t fitting(const struct leak_names *n, const struct leak_form *v,
                        size_t count, const char *key, const struct leak_text *t,
                        size_t at, unsigned words) {
    const struct leak_form *f = forms_of(v, count, key);
    for (; f && f < v + count && strcmp(f->key, key) == 0; f++)
        if (fits(n, f, t, at, words))
            return f->name;
    return NONE;
}

/* Whether nothing but a blank stands before it. */
static bool is_close(const struct leak_text *t, const struct leak_word *w) {
    size_t end = w[-1].end;
    while (end < w->start && t->s[end] == ' ')
        end++;
    return end == w->start;
}

/* The keys of the words are one behind the other, a blank after each. */
static bool key_of(const struct leak_text *t, size_t at, unsigned words, bool spelt,
                   struct buf *out) {
    if (at + words > t->words.n)
        return false;
    const struct leak_word *first = &t->words.v[at], *last = first + words - 1;
    if (memchr(t->s + first->start, '\n', last->end - first->start))
        return false;
    bool any = !spelt;
    buf_clear(out);
    for (const struct leak_word *w = first; w <= last; w++) {
        bool other = spelt && w->spelt != NONE;
        any = any || other;
        if (w > first && w->ideograph && !is_close(t, w))
            return false;
        if (w > first)
            buf_putc(out, ' ');
        buf_puts(out, t->keys.s + (other ? w->spelt : w->key));
    }
    return any;
}

static uint32_t find_at(const struct leak_names *n, const struct leak_text *t, size_t at,
                        unsigned words, bool spelt, struct buf *key, struct buf *loose) {
    if (!key_of(t, at, words, spelt, key))
        return NONE;
    uint32_t name = fitting(n, n->exact.v, n->exact.n, key->s, t, at, words);
    if (name == NONE && n->loose.n && key->len >= LOOSE_MIN - 1) {
        buf_clear(loose);
        person_loose_key(loose, key->s);
        name = fitting(n, n->loose.v, n->loose.n, loose->s, t, at, words);
    }
    return name;
}

/* Whether a form is the word, or begins with it and a blank. */
static bool begins_form(const struct leak_form *v, size_t n, const char *key) {
    size_t at = first_form(v, n, key), len = strlen(key);
    return at < n && strncmp(v[at].key, key, len) == 0 &&
           (v[at].key[len] == '\0' || v[at].key[len] == ' ');
}

static bool look_up(const struct leak_names *n, const char *key) {
    struct buf loose = BUF_INIT;
    person_loose_key(&loose, key);
    bool found = begins_form(n->exact.v, n->exact.n, key) ||
                 begins_form(n->loose.v, n->loose.n, loose.s);
    buf_release(&loose);
    return found;
}

uint64_t leak_hash(uint64_t h, const char *s) {
    for (; *s; s++)
        h = (h ^ (unsigned char)*s) * 0x100000001B3U;
    return h;
}

/* Most words are no names, and come again and again: what was found is remembered by a
 * hash of 64 bits. */
static bool may_begin(const struct leak_names *n, const char *key) {
    uint64_t h = leak_hash(LEAK_HASH, key) | 1; /* 0 is an empty place */
    uint64_t *place = &n->no_names[(h >> 32) % NO_NAMES];
    if (*place == h)
        return false;
    if (look_up(n, key))
        return true;
    *place = h;
    return false;
}

static bool may_begin_at(const struct leak_names *n, const struct leak_word *w,
                         const struct buf *keys) {
    return may_begin(n, keys->s + w->key) ||
           (w->spelt != NONE && may_begin(n, keys->s + w->spelt));
}

/* The longest from the word on. */
static uint32_t find_whole(const struct leak_names *n, const struct leak_text *t,
                           size_t at, unsigned *n_words) {
    struct buf key = BUF_INIT, loose = BUF_INIT;
    uint32_t name = NONE;
    for (*n_words = n->words; *n_words > 0; --*n_words) {
        name = find_at(n, t, at, *n_words, false, &key, &loose);
        if (name == NONE)
            name = find_at(n, t, at, *n_words, true, &key, &loose);
        if (name != NONE)
            break;
    }
    buf_release(&key);
    buf_release(&loose);
    return name;
}

/* ---- names inside of words */

/* "asmith@mfa.example", "@asmith" */
static bool is_of_address(const struct leak_text *t, const struct leak_word *w) {
    return (w->end < t->len && t->s[w->end] == '@') ||
           (w->start > 0 && t->s[w->start - 1] == '@');
}

/* Whether but for this piece the word is the initial: "plong" of P. Long. */
static bool has_initial(const struct leak_name *name, const struct leak_text *t,
                        const struct leak_word *w, size_t start, size_t end) {
    if (w->end - w->start != end - start + 1)
        return false;
    char rest = start > w->start ? t->s[w->start] : t->s[w->end - 1];
    return (rest | 0x20) == name->given;
}

/* A person whose name the piece of the word is. */
static uint32_t find_piece(const struct leak_names *n, const struct leak_text *t,
                           const struct leak_word *w, size_t start, size_t end) {
    struct buf key = BUF_INIT;
    uint32_t found = NONE;
    person_key(&key, t->s + start, end - start);
    if (key.len)
        buf_cut(&key, key.len - 1);
    const struct leak_form *f = forms_of(n->exact.v, n->exact.n, key.s);
    for (; f && f < n->exact.v + n->exact.n && strcmp(f->key, key.s) == 0; f++) {
        const struct leak_name *name = &n->v.v[f->name];
        if (found == NONE && name->kind == LEAK_PERSON && (!f->cyrillic || w->cyrillic) &&
            ((name->letters >= SMALL_MIN && !name->ordinary) ||
             has_initial(name, t, w, start, end)))
            found = f->name;
    }
    buf_release(&key);
    return found;
}

/* The pieces between seams; in an address what it begins or ends with, wherever cut. */
static uint32_t find_inside(const struct leak_names *n, const struct leak_text *t,
                            const struct leak_word *w) {
    uint32_t cuts[JOINED_MAX + 1], name = NONE, before = 0;
    size_t n_cuts = 0;
    bool address = is_of_address(t, w);
    if ((!w->joined && !address) || w->end - w->start > JOINED_MAX)
        return NONE;
    for (size_t i = w->start, size; i < w->end; i += size) {
        uint32_t c = text_decode(t->s + i, w->end - i, &size);
        if (address || i == w->start || is_seam(before, c))
            cuts[n_cuts++] = (uint32_t)i;
        before = c;
    }
    cuts[n_cuts] = w->end;
    for (size_t i = 0; i < n_cuts && name == NONE; i++)
        for (size_t j = n_cuts; j > i && name == NONE; j--)
            if (!address || i == 0 || j == n_cuts)
                name = find_piece(n, t, w, cuts[i], cuts[j]);
    return name;
}

uint32_t leak_names_at(const struct leak_names *n, const struct leak_text *t, size_t at,
                       unsigned *n_words) {
    const struct leak_word *w = &t->words.v[at];
    uint32_t name = NONE;
    *n_words = 0;
    if (may_begin_at(n, w, &t->keys))
        name = find_whole(n, t, at, n_words);
    if (name == NONE) {
        name = find_inside(n, t, w);
        *n_words = name != NONE;
    }
    return name;
}

void leak_names_ordinary(struct leak_names *n, const char *key) {
    const struct leak_form *f = forms_of(n->exact.v, n->exact.n, key);
    for (; f && f < n->exact.v + n->exact.n && strcmp(f->key, key) == 0; f++)
        if (!f->declined)
            n->v.v[f->name].ordinary = true;
}

bool leak_is_signed(const struct leak_name *name, struct leak_initials initials) {
    return name->kind == LEAK_PERSON && name->given == initials.given &&
           name->family == initials.family;
}

void leak_names_abbreviation(struct leak_names *n, struct leak_initials initials) {
    for (size_t i = 0; i < n->v.n; i++)
        if (leak_is_signed(&n->v.v[i], initials))
            n->v.v[i].abbreviation = true;
}
