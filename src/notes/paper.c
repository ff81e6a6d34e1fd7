#include "paper.h"

#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

enum { LETTER_MM = 279 }; /* its height; A4 has 297 */

static const char *const codes[] = {[PAPER_A4] = "a4", [PAPER_LETTER] = "letter"};
static const char *const names[] = {[PAPER_A4] = "A4", [PAPER_LETTER] = "Letter"};

const char *paper_code(enum paper p) {
    return codes[p];
}

const char *paper_name(enum paper p) {
    return names[p];
}

int paper_parse(const char *s) {
    for (int i = PAPER_A4; i <= PAPER_LETTER; i++)
        if (strcasecmp(s, codes[i]) == 0)
            return i;
    return -1;
}

static int of_file(const char *path) {
    char line[256], word[32];
    FILE *f = fopen(path, "re");
    int paper = -1;
    while (f && paper < 0 && fgets(line, sizeof line, f))
        if (sscanf(line, " %31[^# \t\n]", word) == 1)
            paper = paper_parse(word);
    if (f)
        fclose(f);
    return paper;
}

#ifdef __GLIBC__
/* glibc gives a number where others give a string: half of a pointer. */
static int of_locale(void) {
    locale_t l = newlocale(LC_PAPER_MASK, "", (locale_t)0);
    if (!l)
        return -1;
    union {
        const char *string;
        unsigned word;
    } mm = {.string = nl_langinfo_l(_NL_PAPER_HEIGHT, l)};
    freelocale(l);
    return mm.word == LETTER_MM ? PAPER_LETTER : PAPER_A4;
}
#else
static int of_locale(void) {
    return -1;
}
#endif

enum paper paper_default(void) {
    const char *size = getenv("PAPERSIZE"), *conf = getenv("PAPERCONF");
    int paper = size ? paper_parse(size) : -1;
    if (paper < 0)
        paper = of_file(conf && *conf ? conf : "/etc/papersize");
    if (paper < 0)
        paper = of_locale();
    return paper < 0 ? PAPER_A4 : (enum paper)paper;
}
