/*
 * Names: the family name, ids, and how people are found.
 *
 * To be found, a name becomes a key: its words and its id's, in lower case without marks,
 * Cyrillic in Latin letters as BGN/PCGN (1947) has it for Russian. Each letter becomes
 * what it and the one before it say, so the start of a name has the start of its key.
 * Where nothing begins so, the loose key is asked, in which the usual spellings of one
 * sound meet: y, i, j; sch, shch, sh; kh, h; w, v; ph, f; a doubled letter and one.
 */
#include "base/text.h"
#include "room_private.h"

#include <strings.h>
#include <unicase.h>

/* ---- letters */

/* U+0430 to U+045F. */
static const char *const latin_of[] = {
    "a",  "b",    "v", "g",  "d", "e",  "zh", "z",  "i", "y",  "k",  "l",
    "m",  "n",    "o", "p",  "r", "s",  "t",  "u",  "f", "kh", "ts", "ch",
    "sh", "shch", "",  "y",  "",  "e",  "yu", "ya", "e", "e",  "dj", "g",
    "ye", "dz",   "i", "yi", "j", "lj", "nj", "c",  "k", "i",  "u",  "dz",
};

/* Whether е is written ye after this letter: a vowel, й, a sign, or none. */
static bool before_ye(uint32_t last) {
    static const uint32_t letters[] = {0,     0x430, 0x435, 0x438, 0x439, 0x43e, 0x443,
                                       0x44a, 0x44b, 0x44c, 0x44d, 0x44e, 0x44f, 0x451};
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (letters[i] == last)
            return true;
    return false;
}

static bool add_cyrillic(struct buf *out, uint32_t c, uint32_t last) {
    if (c == 0x491)
        buf_putc(out, 'g');
    else if (c < 0x430 || c > 0x45f)
        return false;
    else if ((c == 0x435 || c == 0x451) && before_ye(last))
        buf_puts(out, "ye");
    else
        buf_puts(out, latin_of[c - 0x430]);
    return true;
}

bool person_apostrophe(uint32_t c) {
    return c == '\'' || c == '`' || c == 0xb4 || c == 0x2018 || c == 0x2019 ||
           c == 0x2032 || c == 0x2bc || c == 0xff07;
}

/* What stands between the words of a name, of an id, and of what is typed after an @. */
static bool separates(uint32_t c) {
    return c <= ' ' || (c < 0x7f && strchr("-_.,;:()/@\"", (int)c)) || c == 0xa0 ||
           (c >= 0x2010 && c <= 0x2015);
}

void person_key(struct buf *out, const char *s, size_t len) {
    uint32_t last = 0;
    for (size_t i = 0, n; i < len; i += n) {
        uint32_t c = uc_tolower(text_decode(s + i, len - i, &n));
        if (separates(c)) {
            if (last)
                buf_putc(out, ' ');
            last = 0;
        } else if (!person_apostrophe(c)) {
            if (!add_cyrillic(out, c, last))
                text_fold(out, s + i, n);
            last = c;
        }
    }
    if (last)
        buf_putc(out, ' ');
}

/* ---- the loose spelling */

/* The longest first. */
static const struct {
    char from[5], to[3];
} spellings[] = {
    {"shch", "sh"}, {"tsch", "ch"}, {"sch", "sh"}, {"tch", "ch"}, {"kh", "h"},
    {"ph", "f"},    {"tz", "ts"},   {"ck", "k"},   {"ou", "u"},   {"ie", "e"},
    {"ye", "e"},    {"je", "e"},    {"x", "ks"},   {"w", "v"},    {"q", "k"},
    {"y", "i"},     {"j", "i"},
};

static size_t respell(struct buf *out, const char *s) {
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
        if (*s != *spellings[i].from)
            continue;
        size_t len = strlen(spellings[i].from);
        if (strncmp(s, spellings[i].from, len) == 0) {
            buf_puts(out, spellings[i].to);
            return len;
        }
    }
    buf_putc(out, *s);
    return 1;
}

void person_loose_key(struct buf *out, const char *words) {
    struct buf all = BUF_INIT;
    while (*words)
        words += respell(&all, words);
    for (size_t i = 0; i < all.len; i++)
        if (i == 0 || all.s[i] != all.s[i - 1])
            buf_putc(out, all.s[i]);
    buf_release(&all);
}

/* ---- the family name */

struct word {
    size_t start, end;
    bool capitals; /* ends in two or more: YAKUSHEV, McDONALD */
};

/* The next word, whatever it is. */
static bool any_word(const char *s, size_t at, struct word *out) {
    size_t len = strlen(s), capitals = 0;
    while (s[at] == ' ')
        at++;
    out->start = at;
    for (size_t n; at < len && s[at] != ' '; at += n) {
        uint32_t c = text_decode(s + at, len - at, &n);
        if (uc_tolower(c) != uc_toupper(c))
            capitals = uc_toupper(c) == c ? capitals + 1 : 0;
    }
    out->end = at;
    out->capitals = capitals >= 2;
    return at > out->start;
}

/* What is never a family name: "M.V.", "Dr.", "PhD". */
static bool is_aside(const char *s, const struct word *w) {
    static const char *const titles[] = {"Jr", "Sr",  "II",  "III", "IV", "PhD",
                                         "MP", "MEP", "OBE", "CBE", "MBE"};
    size_t len = w->end - w->start;
    while (len && s[w->start + len - 1] == ',')
        len--;
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        if (len == strlen(titles[i]) && memcmp(s + w->start, titles[i], len) == 0)
            return true;
    return len && s[w->start + len - 1] == '.';
}

/* The next one that may be of a family name; what is in brackets is not: "(MFA)". */
static bool next_word(const char *s, size_t at, struct word *out) {
    while (any_word(s, at, out)) {
        at = out->end;
        if (s[out->start] == '(')
            at = out->start + strcspn(s + out->start, ")");
        else if (!is_aside(s, out))
            return true;
        at += s[at] == ')';
    }
    return false;
}

/* The first run of words in capitals, VON DER LEYEN; false where all words are so. */
static bool capitals_of(const char *name, struct word *run) {
    struct word word;
    bool found = false, others = false, ended = false;
    for (size_t at = 0; next_word(name, at, &word); at = word.end) {
        ended = ended || (found && !word.capitals);
        others = others || !word.capitals;
        if (!word.capitals || ended)
            continue;
        if (!found)
            *run = word;
        run->end = word.end;
        found = true;
    }
    return found && others;
}

/* Without the initials of "M.V.Yakushev". */
static void drop_initials(const char *name, struct word *run) {
    size_t n;
    text_decode(name + run->start, run->end - run->start, &n);
    while (run->start + n + 1 < run->end && name[run->start + n] == '.') {
        run->start += n + 1;
        text_decode(name + run->start, run->end - run->start, &n);
    }
}

const char *person_family(const char *name, size_t *len) {
    struct word run = {0, 0, false}, word;
    size_t comma = strcspn(name, ",(");
    if (!capitals_of(name, &run)) {
        run = (struct word){0, 0, false};
        if (comma && name[comma] == ',')
            run.end = comma;
        else
            for (size_t at = 0; next_word(name, at, &word); at = word.end)
                run = word;
    }
    while (name[run.start] == ' ' && run.start < run.end)
        run.start++;
    drop_initials(name, &run);
    while (run.end > run.start && strchr(", ", name[run.end - 1]))
        run.end--;
    if (run.end == run.start)
        run = (struct word){0, strlen(name), false}; /* nothing but commas */
    *len = run.end - run.start;
    return name + run.start;
}

static void add_family_words(struct buf *out, const char *name) {
    size_t len;
    const char *family = person_family(name, &len);
    person_key(out, family, len);
}

/* ---- short names */

static void add_upper(struct buf *out, const char *s, size_t len) {
    for (size_t i = 0, n; i < len; i += n)
        text_encode(out, uc_toupper(text_decode(s + i, len - i, &n)));
}

/* The first letter of the given name, as a capital; 0 where there is none. */
static uint32_t initial(const char *name) {
    size_t len, rest;
    const char *family = person_family(name, &len);
    const char *given = name + strspn(name, " ");
    const char *end = family;
    if (given == family) {
        given += len;
        end = given + strlen(given);
    }
    rest = (size_t)(end - given);
    for (size_t i = 0, n; i < rest; i += n) {
        uint32_t c = text_decode(given + i, rest - i, &n);
        if (!separates(c))
            return uc_toupper(c);
    }
    return 0;
}

enum likeness { LIKE_NONE, LIKE_FAMILY, LIKE_INITIAL };

static enum likeness namesakes(const struct workbook *w, uint32_t person) {
    const struct person *p = &w->room.people.v[person];
    enum likeness most = LIKE_NONE;
    for (uint32_t i = 0; i < w->room.people.n && most != LIKE_INITIAL; i++) {
        const struct person *q = &w->room.people.v[i];
        if (i == person || !q->live || strcmp(p->family, q->family) != 0)
            continue;
        most = initial(p->name) == initial(q->name) ? LIKE_INITIAL : LIKE_FAMILY;
    }
    return most;
}

void person_short(const struct workbook *w, uint32_t person, struct buf *out) {
    const struct person *p = &w->room.people.v[person];
    enum likeness like = namesakes(w, person);
    size_t len;
    const char *family = person_family(p->name, &len);
    uint32_t first = like == LIKE_FAMILY ? initial(p->name) : 0;
    if (first) {
        text_encode(out, first);
        buf_puts(out, ". ");
    }
    add_upper(out, family, len);
    if (like == LIKE_INITIAL) {
        buf_puts(out, " (");
        person_handle(w, person, out);
        buf_putc(out, ')');
    }
}

/* ---- ids */

enum { NUMBER_MAX = 11 }; /* "-4294967295" */

static void add_id_letters(struct buf *out, const char *words) {
    for (; *words; words++) {
        bool ok = (*words >= 'a' && *words <= 'z') || (*words >= '0' && *words <= '9');
        bool joins = *words == ' ' && out->len && out->s[out->len - 1] != '-';
        if (ok || joins)
            buf_putc(out, ok ? *words : '-');
    }
    if (out->len > PERSON_ID_MAX - NUMBER_MAX)
        buf_cut(out, PERSON_ID_MAX - NUMBER_MAX);
    while (out->len && out->s[out->len - 1] == '-')
        buf_cut(out, out->len - 1);
}

void person_new_id(const struct workbook *w, const char *name,
                   char out[PERSON_ID_MAX + 1]) {
    struct buf words = BUF_INIT, stem = BUF_INIT, id = BUF_INIT;
    add_family_words(&words, name);
    add_id_letters(&stem, words.s);
    buf_puts(&id, stem.s);
    unsigned n = stem.len ? 1 : (unsigned)w->room.people.n;
    while (id.len == 0 || person_by_id(w, id.s) != NONE) {
        n++;
        buf_clear(&id);
        buf_addf(&id, stem.len ? "%s-%u" : "%sp%u", stem.s, n);
    }
    memcpy(out, id.s, id.len + 1);
    buf_release(&words);
    buf_release(&stem);
    buf_release(&id);
}

/* ---- finding */

static void make_keys(struct workbook *w, struct person *p) {
    struct buf key = BUF_INIT, loose = BUF_INIT, family = BUF_INIT;
    person_key(&key, p->name, strlen(p->name));
    person_key(&key, p->id, strlen(p->id));
    person_loose_key(&loose, key.s);
    add_family_words(&family, p->name);
    p->keyed = p->name;
    p->key = arena_strdup(&w->arena, key.s);
    p->loose = arena_strdup(&w->arena, loose.s);
    p->family = arena_strdup(&w->arena, family.s);
    buf_release(&key);
    buf_release(&loose);
    buf_release(&family);
}

void people_make_keys(struct workbook *w) {
    for (uint32_t i = 0; i < w->room.people.n; i++) {
        struct person *p = &w->room.people.v[i];
        if (strcmp(p->keyed, p->name) != 0)
            make_keys(w, p);
    }
}

static bool begins_a_word(const char *key, const char *start, size_t len) {
    while (*key) {
        if (strncmp(key, start, len) == 0)
            return true;
        key += strcspn(key, " ");
        key += *key == ' ';
    }
    return false;
}

/* Whether each of the words begins some word of the key. */
static bool all_begin(const char *key, const char *words) {
    for (size_t len; *words; words += len + (words[len] == ' ')) {
        len = strcspn(words, " ");
        if (!begins_a_word(key, words, len))
            return false;
    }
    return true;
}

struct query {
    const char *id; /* as typed */
    struct buf words, loose;
};

/* How well the words name someone: the better beats the worse. */
enum fit { FIT_NONE, FIT_LOOSE, FIT_START, FIT_WHOLE };

/* Whether it is the id; with -1 too, for the first of those that person_new_id() numbers.
 */
static bool is_id(const char *word, const char *id) {
    size_t len = strlen(id);
    return strncasecmp(word, id, len) == 0 && (!word[len] || !strcmp(word + len, "-1"));
}

static enum fit fit_of(const struct person *p, const struct query *q) {
    if (is_id(q->id, p->id) || strcmp(p->family, q->words.s) == 0)
        return FIT_WHOLE;
    if (all_begin(p->key, q->words.s))
        return FIT_START;
    return all_begin(p->loose, q->loose.s) ? FIT_LOOSE : FIT_NONE;
}

size_t people_find(const struct workbook *w, const char *word, uint32_t *found,
                   size_t max) {
    struct query q = {word + (*word == '@'), BUF_INIT, BUF_INIT};
    enum fit best = FIT_LOOSE;
    size_t n = 0;
    person_key(&q.words, q.id, strlen(q.id));
    person_loose_key(&q.loose, q.words.s);
    for (uint32_t i = 0; q.words.len && i < w->room.people.n; i++) {
        const struct person *p = &w->room.people.v[i];
        enum fit fit = p->live ? fit_of(p, &q) : FIT_NONE;
        if (fit < best)
            continue;
        n = fit > best ? 0 : n;
        best = fit;
        if (n < max)
            found[n++] = i;
    }
    buf_release(&q.words);
    buf_release(&q.loose);
    return n;
}

void person_handle(const struct workbook *w, uint32_t person, struct buf *out) {
    const char *id = w->room.people.v[person].id;
    uint32_t found[2];
    buf_puts(out, id);
    if (people_find(w, id, found, 2) > 1)
        buf_puts(out, "-1");
}

enum { NAMED_MAX = 5 };

static int could_be(const struct workbook *w, const char *word, const uint32_t *found,
                    size_t n, struct err *err) {
    struct buf among = BUF_INIT;
    for (size_t i = 0; i < n && i < NAMED_MAX; i++) {
        buf_addf(&among, "%s%s (", i ? ", " : "", w->room.people.v[found[i]].name);
        person_handle(w, found[i], &among);
        buf_putc(&among, ')');
    }
    err_set(err, "“%s” could be %s%s", word, among.s, n > NAMED_MAX ? " and others" : "");
    buf_release(&among);
    return err_todo(err, "type more of the name, or what is in brackets");
}

uint32_t person_parse(const struct workbook *w, const char *word, struct err *err) {
    uint32_t found[NAMED_MAX + 1];
    size_t n = people_find(w, word, found, NAMED_MAX + 1);
    word += *word == '@';
    if (n == 1)
        return found[0];
    if (n > 1) {
        could_be(w, word, found, n, err);
    } else {
        err_set(err, "no participant is called “%s”", word);
        err_todo(err, "add one with: person add NAME, SIDE");
    }
    return NONE;
}
