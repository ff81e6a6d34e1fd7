#include "leak_private.h"
#include "leak_words.h"

#include "base/text.h"

/* ---- what stands beside a word */

static const char *key_at(const struct leak_text *t, size_t word) {
    return word < t->words.n ? t->keys.s + t->words.v[word].key : "";
}

/* What stands between two words, or before the first, or after the last. */
static const char *between(const struct leak_text *t, size_t word, size_t *len) {
    size_t start = word == 0 ? 0 : t->words.v[word - 1].end;
    size_t end = word < t->words.n ? t->words.v[word].start : t->len;
    *len = end - start;
    return t->s + start;
}

static bool ends_with(const char *s, size_t len, const char *with) {
    size_t n = strlen(with);
    while (len && s[len - 1] == ' ')
        len--;
    return len >= n && memcmp(s + len - n, with, n) == 0;
}

static bool starts_with(const char *s, size_t len, const char *with) {
    size_t n = strlen(with);
    while (len && *s == ' ')
        len--, s++;
    return len >= n && memcmp(s, with, n) == 0;
}

static bool is_blank(const char *s, size_t len) {
    for (size_t i = 0; i < len; i++)
        if (s[i] != ' ' && s[i] != '\n')
            return false;
    return true;
}

static bool after_dash(const char *s, size_t len) {
    return ends_with(s, len, "—") || ends_with(s, len, " –") || ends_with(s, len, " -") ||
           ends_with(s, len, "--");
}

/* Whether the text or a line ends before the word, closing marks aside. */
static bool at_end(const struct leak_text *t, size_t word) {
    size_t len;
    const char *s = between(t, word, &len);
    while (len && strchr(" .)]”\"", *s))
        len--, s++;
    return len ? *s == '\n' : word >= t->words.n;
}

/* ---- verbs */

/* The stems of what is done with words, as person_key() has them. */
static const char *const sayings[] = {
    "accept",   "accuse",    "acknowledg", "add",      "admit",    "advis",    "agree",
    "announc",  "answer",    "argu",       "ask",      "assert",   "believ",   "call",
    "caution",  "circulat",  "claim",      "comment",  "complain", "concede",  "concern",
    "confirm",  "consider",  "criticis",   "criticiz", "declar",   "declin",   "demand",
    "den",      "disagree",  "dissent",    "doubt",    "emphasis", "emphasiz", "endors",
    "explain",  "express",   "favour",     "favor",    "fear",     "felt",     "feel",
    "hesitat",  "indicat",   "insist",     "interven", "maintain", "mention",  "note",
    "noting",   "object",    "offer",      "oppos",    "plead",    "point",    "prefer",
    "present",  "press",     "promis",     "propos",   "protest",  "question", "rais",
    "recall",   "recommend", "refus",      "regret",   "reject",   "remark",   "remind",
    "repli",    "report",    "request",    "reserv",   "respond",  "said",     "say",
    "second",   "spoke",     "state",      "stating",  "stress",   "submit",   "suggest",
    "support",  "tabl",      "thank",      "think",    "thought",  "threaten", "told",
    "underlin", "urg",       "veto",       "voic",     "want",     "warn",     "welcom",
    "wish",     "withdrew",  "wonder",     "vozra",    "vyrazi",   "vystupi",  "zayavi",
    "napomni",  "nastaiva",  "otkaza",     "otklon",   "otmet",    "otvet",    "podchern",
    "podderzh", "predlag",   "predlozh",   "predpoch", "prosi",    "skaza",    "soglas",
    "sprosi",   "schita",    "treb",       "ukaza",    "utverzh",  "khotel",
};
/* What may stand between a side and its verb. */
static const char *const helpers[] = {
    "also",
    "again",
    "can",
    "cannot",
    "could",
    "delegate",
    "delegation",
    "did",
    "do",
    "does",
    "first",
    "had",
    "has",
    "have",
    "is",
    "not",
    "only",
    "side",
    "so",
    "still",
    "then",
    "therefore",
    "was",
    "were",
    "would",
    "are",
    "cant",
    "couldnt",
    "didnt",
    "doesnt",
    "dont",
    "wouldnt",
    "ne",
    "takzhe",
    "i",
    "byla",
    "strongly",
    "firmly",
    "representative",
    "representatives",
    "side",
    "delegates",
    "by",
    "initially",
    "already",
    "repeatedly",
    "clearly",
    "storona",
};
/* Words that begin so and say nothing. */
static const char *const others[] = {
    "address",  "addresses", "additional", "reporting",  "statements", "pointer",
    "notebook", "states",    "table",      "tables",     "wanting",    "dense",
    "density",  "denial",    "prosit",     "reportedly", "presently",  "presence",
};

static bool is_in(const char *const *list, size_t n, const char *key) {
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i], key) == 0)
            return true;
    return false;
}
#define IN(list, key) is_in(list, sizeof(list) / sizeof *(list), key)

bool leak_is_saying(const char *key) {
    if (IN(others, key))
        return false;
    for (size_t i = 0; i < sizeof sayings / sizeof *sayings; i++)
        if (strncmp(key, sayings[i], strlen(sayings[i])) == 0)
            return true;
    return false;
}

/* "said", "asks", "сказал", "сказала": not "proposal". */
static bool has_verb_end(const struct leak_text *t, size_t word) {
    static const char *const irregular[] = {"felt", "thought", "spoke", "withdrew"};
    const char *key = key_at(t, word);
    size_t n = strlen(key);
    if (n > 2 && t->words.v[word].cyrillic)
        return key[n - 1] == 'l' || memcmp(key + n - 2, "la", 2) == 0;
    return (n && strchr("ds", key[n - 1])) || IN(irregular, key);
}

bool leak_says(const struct leak_text *t, size_t word) {
    return leak_is_saying(key_at(t, word)) && has_verb_end(t, word);
}

/* "could not accept", in the same clause. */
static bool verb_follows(const struct leak_text *t, size_t at) {
    enum { HELPERS_MAX = 4 };
    for (unsigned i = 0; i <= HELPERS_MAX && at + i < t->words.n; i++) {
        size_t len;
        const char *gap = between(t, at + i, &len);
        if (!is_blank(gap, len) || memchr(gap, '\n', len))
            return false;
        if (leak_is_saying(key_at(t, at + i)))
            return true;
        if (!IN(helpers, key_at(t, at + i)))
            return false;
    }
    return false;
}

static bool is_article(const char *key) {
    return strcmp(key, "the") == 0;
}

/* "according to", "on behalf of", "the delegation of", "proposed by". */
static bool is_led(const struct leak_text *t, size_t at) {
    if (at > 0 && is_article(key_at(t, at - 1)))
        at--;
    if (at == 0)
        return false;
    const char *last = key_at(t, at - 1), *first = at > 1 ? key_at(t, at - 2) : "";
    static const char *const of[] = {
        "behalf", "delegation", "delegate", "representative", "position", "objection",
        "view",   "proposal",   "request",  "objections",     "wish",     "insistence"};
    static const char *const those[] = {"delegatsiya", "delegatsii",    "predstavitel",
                                        "mneniyu",     "predlozheniyu", "slovam"};
    return (strcmp(last, "to") == 0 && strcmp(first, "according") == 0) ||
           (strcmp(last, "of") == 0 && IN(of, first)) || IN(those, last) ||
           (strcmp(last, "by") == 0 && leak_is_saying(first));
}

bool leak_side_speaks(const struct leak_text *t, size_t at, unsigned words) {
    size_t before_len, after_len;
    const char *before = between(t, at, &before_len);
    const char *after = between(t, at + words, &after_len);
    if (at && is_article(key_at(t, at - 1)) && is_blank(before, before_len))
        before = between(t, at - 1, &before_len);
    bool opened =
        ends_with(before, before_len, "(") || ends_with(before, before_len, "[");
    bool closed =
        starts_with(after, after_len, ")") || starts_with(after, after_len, "]");
    bool begins = t->words.v[at].begins;
    if (starts_with(after, after_len, ":") || (opened && closed))
        return true;
    if (begins &&
        (starts_with(after, after_len, "—") || starts_with(after, after_len, "–")))
        return true;
    if (after_dash(before, before_len) && at_end(t, at + words))
        return true;
    return is_led(t, at) || verb_follows(t, at + words);
}

/* ---- initials */

/* One letter, or what one Cyrillic letter is in Latin ones: "Ya", "Shch". */
static bool is_initial(const struct leak_text *t, size_t word) {
    static const char *const digraphs[] = {"ya", "yu", "ye", "yo", "zh", "kh",  "ts",
                                           "ch", "sh", "ia", "iu", "th", "shch"};
    if (word >= t->words.n)
        return false;
    const struct leak_word *w = &t->words.v[word];
    size_t n;
    text_decode(t->s + w->start, w->end - w->start, &n);
    return w->capital && (w->start + n == w->end || IN(digraphs, key_at(t, word)));
}

/* "M.Y.", "M. V. Y.": how many words that is, from `at`; 0 where it is none. */
static unsigned initials_from(const struct leak_text *t, size_t at) {
    enum { INITIALS_MAX = 3 };
    unsigned n = 0;
    while (n < INITIALS_MAX && is_initial(t, at + n)) {
        size_t len;
        const char *dot = between(t, at + ++n, &len);
        if (len == 0 || *dot != '.')
            return 0;
        if (len > 2 || (len == 2 && dot[1] != ' '))
            break;
    }
    return n > 1 ? n : 0;
}

/* "JS": two of them without a full stop, or false. */
bool leak_bare_initials(const struct leak_text *t, size_t at) {
    const struct leak_word *w = &t->words.v[at];
    size_t first, second;
    if (!w->capitals || leak_is_abbreviation(key_at(t, at)))
        return false;
    text_decode(t->s + w->start, w->end - w->start, &first);
    text_decode(t->s + w->start + first, w->end - w->start - first, &second);
    return w->start + first + second == w->end;
}

static bool signs(const struct leak_text *t, size_t at, unsigned words, bool bare) {
    size_t before_len, after_len;
    const char *before = between(t, at, &before_len);
    const char *after = between(t, at + words, &after_len);
    if (!bare) {
        after++; /* the full stop */
        after_len--;
    }
    if (starts_with(after, after_len, ":"))
        return !bare || t->words.v[at].begins;
    if (ends_with(before, before_len, "("))
        return starts_with(after, after_len, ")") && (!bare || at_end(t, at + words));
    if (after_dash(before, before_len) && at_end(t, at + words))
        return true;
    bool says = bare ? t->words.v[at].begins && leak_says(t, at + words)
                     : leak_is_saying(key_at(t, at + words));
    return (says && is_blank(after, after_len)) || (!bare && is_led(t, at));
}

struct leak_initials leak_initials_of(const struct leak_text *t, size_t at,
                                      unsigned words) {
    const struct leak_word *first = &t->words.v[at], *last = first + words - 1;
    struct buf key = BUF_INIT;
    size_t n = 0;
    if (words == 1)
        text_decode(t->s + first->start, first->end - first->start, &n);
    person_key(&key, t->s + last->start + n, last->end - last->start - n);
    struct leak_initials initials = {*key_at(t, at), key.s[0]};
    buf_release(&key);
    return initials;
}

uint32_t leak_initials_at(const struct leak_names *n, const struct leak_text *t,
                          size_t at, unsigned *words) {
    *words = initials_from(t, at);
    bool bare = *words == 0 && leak_bare_initials(t, at);
    *words += bare;
    if (*words == 0 || !signs(t, at, *words, bare))
        return NONE;
    struct leak_initials initials = leak_initials_of(t, at, *words);
    for (uint32_t i = 0; i < n->v.n; i++)
        if (leak_is_signed(&n->v.v[i], initials) && !(bare && n->v.v[i].abbreviation))
            return i;
    return NONE;
}
