/*
 * The names that session notes may not give away, and how they are told in a text.
 *
 * A person's name is the family name (person_family) of whoever is or was in the roster,
 * and of a speaker or owner that was typed and is nobody in the roster. A side's is its
 * name as it stands in the list of sides. They are compared by person_key(): without case
 * and marks, Cyrillic in Latin letters; from five letters on also in the loosest
 * spelling, and in the usual ones of several languages (leak_spell.h). Each part of a
 * name of several counts by itself, but for a particle: Vodkin of Petrov-Vodkin. The
 * cases of Russian names are known, in Cyrillic and, of names in -ov, -ev and -skiy with
 * their feminines, in Latin letters. Source of the endings: the regular declensions of
 * A. Zaliznyak's Grammatical Dictionary of Russian. A patronymic is a name as well. Where
 * nothing tells which word is the family name, the first is one, too, if it looks so:
 * "Wang Wei", "Иванова Мария", "ANNA SMITH".
 *
 * Chinese has no blanks between words, so each ideograph is a word by itself, and a name
 * in them is found wherever they stand together, and its family name before a title.
 *
 * Of a word grown together of several, the parts count: AnnaSmith, Smith2; of one in an
 * address or after an @, how it begins and ends: asmith@, smitha@.
 *
 * Against false alarms, whole words alone count; a name of up to three letters has a
 * capital; a name that is a common word, or a word that the memo itself has in small
 * letters, has a capital where no sentence begins, or says something there ("Long said");
 * no date ("6 May", "in May") and no number ("Page 5") stands beside it; one that is an
 * adjective in Russian (Белый) has a capital.
 *
 * Ownership: strings live as long as the struct, which borrows the workbook.
 */
#ifndef NOTES_LEAK_NAMES_H
#define NOTES_LEAK_NAMES_H

#include "model/workbook.h"

enum leak_kind { LEAK_PERSON, LEAK_SIDE };

struct leak_name {
    const char *shown;  /* as it was written */
    uint8_t kind;       /* enum leak_kind */
    bool ordinary;      /* a common word too */
    bool month;         /* one too */
    bool abbreviation;  /* its initials are one in the memo */
    bool adjective;     /* of the form of one, in Russian */
    uint8_t letters;    /* of its key */
    char given, family; /* first letters of the key, or 0 */
};

/* A form that a name may have in a text. */
struct leak_form {
    const char *key;
    uint32_t name;
    bool declined, loose;
    bool cyrillic; /* in Cyrillic letters only */
};

struct leak_names {
    struct arena arena;
    VEC(struct leak_name) v;
    VEC(struct leak_form) exact, loose; /* by key */
    unsigned words;                     /* of the longest form */
    uint64_t *no_names;                 /* words that begin none, as far as is known */
};

struct leak_initials {
    char given, family;
};
bool leak_is_signed(const struct leak_name *name, struct leak_initials initials);

/* Persons, and with `sides` the sides. */
void leak_names_init(struct leak_names *n, const struct workbook *w, bool sides);
void leak_names_release(struct leak_names *n);

/* A word of a text. */
struct leak_word {
    uint32_t start, end; /* bytes */
    uint32_t key;        /* offset in leak_text.keys */
    uint16_t key_len;    /* without the blank */
    uint32_t spelt;      /* the same of its key with its marks spelt out, or NONE */
    bool capital;        /* begins with one, or is an ideograph */
    bool capitals;       /* is in them, two or more */
    bool cyrillic, ideograph;
    bool marked; /* has Latin letters with marks */
    bool begins; /* a sentence */
    bool joined; /* has a seam: a capital after a small letter, a digit after a letter */
};

struct leak_text {
    const char *s; /* borrowed */
    size_t len;
    struct buf keys;
    VEC(struct leak_word) words;
};
/* A zeroed or used struct; leak_text_release() when done. */
void leak_text_read(struct leak_text *t, const char *s, size_t len);
void leak_text_release(struct leak_text *t);

/* The name at word `at`, or NONE; *n_words is how many words it takes. */
uint32_t leak_names_at(const struct leak_names *n, const struct leak_text *t, size_t at,
                       unsigned *n_words);
/* Marks the names of this key as words that are common, too. */
void leak_names_ordinary(struct leak_names *n, const char *key);
/* The same of those with these initials, where the memo has them as an abbreviation. */
void leak_names_abbreviation(struct leak_names *n, struct leak_initials initials);

#endif
