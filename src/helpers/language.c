#include "language.h"

#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

/* A spelling checker wants a country. The languages of the United Nations, and those that
 * memos were seen in. */
static const struct {
    const char *language, *country;
    enum script script;
} known[] = {
    {"en", "US", SCRIPT_WESTERN}, {"ru", "RU", SCRIPT_WESTERN},
    {"zh", "CN", SCRIPT_ASIAN},   {"fr", "FR", SCRIPT_WESTERN},
    {"es", "ES", SCRIPT_WESTERN}, {"ar", "SA", SCRIPT_COMPLEX},
    {"de", "DE", SCRIPT_WESTERN}, {"it", "IT", SCRIPT_WESTERN},
    {"pt", "PT", SCRIPT_WESTERN}, {"pl", "PL", SCRIPT_WESTERN},
    {"uk", "UA", SCRIPT_WESTERN}, {"kk", "KZ", SCRIPT_WESTERN},
    {"ja", "JP", SCRIPT_ASIAN},   {"ko", "KR", SCRIPT_ASIAN},
    {"he", "IL", SCRIPT_COMPLEX}, {"fa", "IR", SCRIPT_COMPLEX},
    {"hi", "IN", SCRIPT_COMPLEX}, {"th", "TH", SCRIPT_COMPLEX},
};

/* The next part between hyphens, if it is letters and digits only and has room. */
static size_t subtag(const char *s, char *out, size_t room) {
    size_t len = strcspn(s, "-_");
    out[0] = '\0';
    if (len >= room)
        return len;
    for (size_t i = 0; i < len; i++)
        if (!isalnum((unsigned char)s[i]))
            return len;
    memcpy(out, s, len);
    out[len] = '\0';
    return len;
}

static void set_case(char *s, int (*to)(int)) {
    for (; *s; s++)
        *s = (char)to((unsigned char)*s);
}

/* A country is of two letters, or three digits; what else follows is a script or so. */
static void find_country(const char *s, struct language *l) {
    while (*s == '-' || *s == '_') {
        size_t len = subtag(++s, l->country, sizeof l->country);
        bool digits = isdigit((unsigned char)l->country[0]);
        if (strlen(l->country) == (digits ? 3 : 2)) {
            set_case(l->country, toupper);
            return;
        }
        if (strncasecmp(s, "hant", 4) == 0 && len == 4) {
            memcpy(l->country, "TW", 3);
            return;
        }
        s += len;
    }
    l->country[0] = '\0';
}

struct language language_of(const char *tag) {
    struct language l = {.script = SCRIPT_WESTERN};
    size_t len = subtag(tag, l.language, sizeof l.language);
    if (strlen(l.language) < 2) {
        l.language[0] = '\0';
        return l;
    }
    set_case(l.language, tolower);
    find_country(tag + len, &l);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].language, l.language) == 0) {
            l.script = known[i].script;
            if (!l.country[0])
                memcpy(l.country, known[i].country, 3);
        }
    snprintf(l.tag, sizeof l.tag, l.country[0] ? "%s-%s" : "%s", l.language, l.country);
    return l;
}
