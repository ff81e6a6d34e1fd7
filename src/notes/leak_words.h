/*
 * Words, in the letters of person_key(), that the leak check does not take for names, or
 * not everywhere.
 */
#ifndef NOTES_LEAK_WORDS_H
#define NOTES_LEAK_WORDS_H

#include <stdbool.h>

/* A word that is a family name as well: "long". */
bool leak_is_common(const char *key);
/* What a speaker or an owner may be called and is no name: "secretariat". */
bool leak_is_role(const char *key);
/* What stands before a family name: "von". */
bool leak_is_particle(const char *key);
/* A month that is a family name as well. */
bool leak_is_month(const char *key);
/* What stands before a month: "in". */
bool leak_is_when(const char *key);
/* "vladimirovich" */
bool leak_is_patronymic(const char *key);
/* Ends as most Russian family names do, and few given ones. */
bool leak_is_russian_family(const char *key);
/* One of the usual family names of Chinese, in pinyin, and of Vietnamese. */
bool leak_is_chinese_family(const char *key);
/* Capitals that are no initials: "it". */
bool leak_is_abbreviation(const char *key);

#endif
