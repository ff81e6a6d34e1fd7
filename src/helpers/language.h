/*
 * Language tags (BCP 47: "en", "ru", "zh-Hant-TW") as office formats want them: a
 * language, a country, and which of three sets of fonts (Western, Asian, complex) it is
 * written in.
 */
#ifndef HELPERS_LANGUAGE_H
#define HELPERS_LANGUAGE_H

enum script { SCRIPT_WESTERN, SCRIPT_ASIAN, SCRIPT_COMPLEX };

struct language {
    char language[9]; /* "zh"; "" where the tag is none */
    char country[4];  /* "CN"; the usual one where the tag has none; "" for none known */
    char tag[14];     /* "zh-CN" */
    enum script script;
};

struct language language_of(const char *tag);

#endif
