#include "leak_spell.h"

#include "base/text.h"
#include "model/workbook.h"

#include <string.h>
#include <unicase.h>

/* ---- letters with marks */

static const struct {
    uint32_t letter;
    const char *as;
} marked[] = {
    {0x161, "sh"}, {0x10d, "ch"}, {0x17e, "zh"}, {0x15d, "shch"}, {0xe2, "ya"},
    {0xfb, "yu"},  {0xeb, "yo"},  {0xe8, "e"},   {0x142, "l"},    {0xe4, "ae"},
    {0xf6, "oe"},  {0xfc, "ue"},  {0xf8, "oe"},  {0xe5, "aa"},    {0x111, "d"},
};

static const char *spelt_out(uint32_t c) {
    c = c < 0x80 ? c : uc_tolower(c);
    for (size_t i = 0; c >= 0x80 && i < sizeof marked / sizeof *marked; i++)
        if (marked[i].letter == c)
            return marked[i].as;
    return NULL;
}

bool leak_spell_out(struct buf *out, const char *s, size_t len) {
    bool any = false;
    for (size_t i = 0, n; i < len; i += n) {
        const char *as = spelt_out(text_decode(s + i, len - i, &n));
        any = any || as;
        if (as)
            buf_puts(out, as);
        else
            buf_add(out, s + i, n);
    }
    return any;
}

/* ---- from one spelling to another */

struct change {
    const char *from, *to;
};

/* From what English papers write; the longest first. */
static const struct change to_french[] = {
    {"shch", "chtch"}, {"kh", "kh"},  {"zh", "j"},  {"sh", "ch"},
    {"ch", "tch"},     {"yu", "iou"}, {"ya", "ia"}, {"ge", "gue"},
    {"gi", "gui"},     {"u", "ou"},   {NULL, NULL},
};
static const struct change to_german[] = {
    {"shch", "schtsch"}, {"kh", "ch"}, {"zh", "sch"}, {"sh", "sch"},
    {"ch", "tsch"},      {"ts", "z"},  {"z", "s"},    {NULL, NULL},
};
/* ISO 9, without its marks, and the scientific one; GOST 7.79 B. */
static const struct change to_library[] = {
    {"shch", "shch"}, {"kh", "h"}, {"ts", "c"}, {NULL, NULL}};
static const struct change to_gost[] = {
    {"shch", "shh"}, {"kh", "x"}, {"ts", "cz"}, {NULL, NULL}};
static const struct change to_plain_e[] = {{"ye", "e"}, {NULL, NULL}};
static const struct change yo_to_e[] = {{"yo", "e"}, {"io", "e"}, {NULL, NULL}};
static const struct change from_french[] = {
    {"chtch", "shch"}, {"tch", "ch"}, {"ch", "sh"}, {"iou", "yu"}, {"ou", "u"},
    {"gue", "ge"},     {"gui", "gi"}, {"j", "zh"},  {"ia", "ya"},  {NULL, NULL},
};
static const struct change from_german[] = {
    {"schtsch", "shch"}, {"tsch", "ch"}, {"sch", "sh"}, {"ch", "kh"},
    {"w", "v"},          {"j", "y"},     {"z", "ts"},   {NULL, NULL},
};
static const struct change from_library[] = {
    {"ch", "ch"}, {"ck", "k"}, {"cz", "ts"}, {"c", "ts"}, {NULL, NULL}};
/* English names as Russian papers write them. */
static const struct change to_russian[] = {
    {"ch", "ch"}, {"ck", "k"}, {"ce", "s"},  {"c", "k"},  {"th", "t"},
    {"ee", "i"},  {"ea", "i"}, {"oo", "u"},  {"ph", "f"}, {"j", "dzh"},
    {"wh", "u"},  {"w", "u"},  {"sh", "sh"}, {"x", "ks"}, {NULL, NULL},
};

static void change(struct buf *out, const char *s, const struct change *list) {
    buf_clear(out);
    while (*s) {
        const struct change *c = list;
        while (c->from && strncmp(s, c->from, strlen(c->from)) != 0)
            c++;
        if (c->from)
            buf_puts(out, c->to);
        else
            buf_putc(out, *s);
        s += c->from ? strlen(c->from) : 1;
    }
}

static bool ends_in(const char *s, const char *end) {
    size_t n = strlen(end), len = strlen(s);
    return len > n + 1 && strcmp(s + len - n, end) == 0;
}

/* With another end, where it has this one. */
static bool with_end(struct buf *out, const char *s, const char *end, const char *other) {
    if (!ends_in(s, end))
        return false;
    buf_clear(out);
    buf_add(out, s, strlen(s) - strlen(end));
    buf_puts(out, other);
    return true;
}

/* ---- of a name */

struct speller {
    leak_spelling_taker take;
    void *ctx;
    bool cyrillic; /* it was written so */
};

static bool looks_slavic(const char *key) {
    static const char *const ends[] = {
        "ov",  "ev",  "yov", "in",  "yn",  "ova", "eva", "ina",  "yna",  "off",
        "eff", "ow",  "ew",  "owa", "ewa", "ski", "sky", "skiy", "skij", "skii",
        "aya", "aia", "aja", "ko",  "uk",  "ich", "ych", "ikh",  "ykh",  "ine"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (ends_in(key, ends[i]))
            return true;
    return false;
}

/* Those of a name that is Slavic, as English papers have it. */
static void take_languages(const struct speller *sp, const char *key) {
    static const struct change *const languages[] = {to_french, to_german, to_library,
                                                     to_gost};
    static const struct change ends[] = {
        {"ov", "off"}, {"ev", "eff"}, {"in", "ine"}, {"iy", "i"}, {NULL, NULL}};
    struct buf b = BUF_INIT, end = BUF_INIT;
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        change(&b, key, languages[i]);
        sp->take(sp->ctx, b.s, false, false);
        for (const struct change *e = ends; i == 0 && e->from; e++) {
            if (with_end(&end, b.s, e->from, e->to))
                sp->take(sp->ctx, end.s, false, false);
            if (with_end(&end, key, e->from, e->to))
                sp->take(sp->ctx, end.s, false, false);
        }
    }
    buf_release(&b);
    buf_release(&end);
}

/* One that is read as English papers have it: as it is and with its е and ё otherwise. */
static void take_reading(const struct speller *sp, const char *key) {
    static const struct change ends[] = {{"yev", "yov"},        {"chev", "chov"},
                                         {"shev", "shov"},      {"zhev", "zhov"},
                                         {"shchev", "shchyov"}, {NULL, NULL}};
    struct buf b = BUF_INIT;
    bool slavic = sp->cyrillic || looks_slavic(key);
    sp->take(sp->ctx, key, true, false);
    if (slavic)
        take_languages(sp, key);
    change(&b, key, yo_to_e);
    if (strcmp(b.s, key) != 0 && slavic) {
        sp->take(sp->ctx, b.s, true, false);
        take_languages(sp, b.s);
    }
    change(&b, key, to_plain_e);
    if (strcmp(b.s, key) != 0 && slavic)
        sp->take(sp->ctx, b.s, true, false);
    for (const struct change *e = ends; slavic && e->from; e++)
        if (with_end(&b, key, e->from, e->to)) {
            sp->take(sp->ctx, b.s, true, false);
            take_languages(sp, b.s);
        }
    buf_release(&b);
}

static void take_changed(const struct speller *sp, const char *key,
                         const struct change *list) {
    struct buf b = BUF_INIT;
    change(&b, key, list);
    if (strcmp(b.s, key) != 0)
        take_reading(sp, b.s);
    buf_release(&b);
}

/* It stands in a roster as French, German or a library has it. */
static void take_from_languages(const struct speller *sp, const char *key) {
    static const struct change ends[] = {
        {"off", "ov"}, {"eff", "ev"}, {"ine", "in"}, {NULL, NULL}};
    struct buf b = BUF_INIT;
    const char *plain = key;
    for (const struct change *e = ends; e->from; e++)
        if (with_end(&b, key, e->from, e->to)) {
            plain = b.s;
            take_reading(sp, plain);
            break;
        }
    if (strstr(plain, "ou") || strstr(plain, "tch") || plain != key)
        take_changed(sp, plain, from_french);
    if (strstr(key, "sch") || ends_in(key, "ow") || ends_in(key, "ew") ||
        ends_in(key, "owa") || ends_in(key, "ewa"))
        take_changed(sp, key, from_german);
    take_changed(sp, key, from_library);
    buf_release(&b);
}

/* A name of another language: in Cyrillic letters, and Mc and Mac. */
static void take_western(const struct speller *sp, const char *key) {
    static const struct change begins[] = {
        {"mc", "mac"}, {"mc", "mc "}, {"mc", "mac "}, {"mac", "mc"}, {NULL, NULL}};
    struct buf b = BUF_INIT;
    change(&b, key, to_russian);
    sp->take(sp->ctx, b.s, true, true);
    for (const struct change *c = begins; c->from; c++)
        if (strncmp(key, c->from, strlen(c->from)) == 0 && strlen(key) > 5) {
            buf_clear(&b);
            buf_addf(&b, "%s%s", c->to, key + strlen(c->from));
            sp->take(sp->ctx, b.s, false, false);
        }
    buf_release(&b);
}

static void take_key(const struct speller *sp, const char *s, size_t len) {
    struct buf key = BUF_INIT;
    person_key(&key, s, len);
    if (key.len) {
        buf_cut(&key, key.len - 1);
        take_reading(sp, key.s);
        if (!sp->cyrillic && looks_slavic(key.s))
            take_from_languages(sp, key.s);
        else if (!sp->cyrillic)
            take_western(sp, key.s);
    }
    buf_release(&key);
}

/* ё said as yo, which the key has as e. */
static bool with_yo(struct buf *out, const char *s, size_t len) {
    bool any = false;
    for (size_t i = 0, n; i < len; i += n) {
        bool yo = uc_tolower(text_decode(s + i, len - i, &n)) == 0x451;
        any = any || yo;
        buf_add(out, yo ? "йо" : s + i, yo ? strlen("йо") : n);
    }
    return any;
}

static bool is_cyrillic(const char *s, size_t len) {
    for (size_t i = 0, n; i < len; i += n) {
        uint32_t c = text_decode(s + i, len - i, &n);
        if (c >= 0x400 && c < 0x530)
            return true;
    }
    return false;
}

void leak_spellings(const char *s, size_t len, leak_spelling_taker take, void *ctx) {
    struct speller sp = {take, ctx, is_cyrillic(s, len)};
    struct buf other = BUF_INIT;
    take_key(&sp, s, len);
    if (leak_spell_out(&other, s, len))
        take_key(&sp, other.s, other.len);
    buf_clear(&other);
    if (sp.cyrillic && with_yo(&other, s, len))
        take_key(&sp, other.s, other.len);
    buf_release(&other);
}
