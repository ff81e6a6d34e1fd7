/*
 * genevents COUNT ISSUES: a new workbook from standard input (as `memobook new` makes it
 * from genmemo's memo of that many issues) with that many events, on standard output.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { PER_TOPIC = 50 };

static void issue_ref(unsigned i, char out[24]) {
    unsigned in = i % PER_TOPIC;
    int n = sprintf(out, "T%u.", i / PER_TOPIC + 1);
    if (in >= 26)
        out[n++] = (char)('a' + (int)(in / 26) - 1);
    out[n++] = (char)('a' + (int)(in % 26));
    out[n] = '\0';
}

static void print_event(unsigned n, unsigned issues) {
    char ref[24], head[160], rest[400];
    const char *name = n % 5 == 0 ? "answer" : n % 7 == 0 ? "priority" : "note";

    issue_ref(n * 7919 % issues, ref);
    sprintf(head, "<%s n=\"%u\" id=\"bnch.%u\" at=\"2011-12-06T%02u:%02u:%02u.%03uZ\"",
            name, n, n, 9 + n / 3600000 % 9, n / 60000 % 60, n / 1000 % 60, n % 1000);
    if (name[0] == 'p')
        sprintf(rest, " issue=\"%s\" priority=\"%u\"/>", ref, n % 3 + 1);
    else
        sprintf(rest,
                " issue=\"%s\"%s>Remark %u: the wording stands as read out, with a "
                "reservation on Article 32(b); общее понимание есть.</%s>",
                ref, name[0] == 'n' ? " kind=\"for\" side=\"ru\"" : "", n, name);
    unsigned long crc = crc32(0, (const Bytef *)head, (uInt)strlen(head));
    crc = crc32(crc, (const Bytef *)rest, (uInt)strlen(rest));
    printf("%s crc=\"%08lx\"%s\n", head, crc, rest);
}

int main(int argc, char **argv) {
    unsigned count = argc == 3 ? (unsigned)strtoul(argv[1], NULL, 10) : 0;
    unsigned issues = argc == 3 ? (unsigned)strtoul(argv[2], NULL, 10) : 0;
    char *line = NULL;
    size_t cap = 0;

    if (count == 0 || issues == 0) {
        fprintf(stderr, "usage: genevents COUNT ISSUES <NEW-WORKBOOK\n");
        return 2;
    }
    while (getline(&line, &cap, stdin) > 0) {
        fputs(line, stdout);
        if (strcmp(line, "<log>\n") == 0)
            for (unsigned n = 1; n <= count; n++)
                print_event(n, issues);
        if (strcmp(line, "</workbook>\n") == 0)
            break; /* the runway is made anew when it is needed */
    }
    free(line);
    return ferror(stdout) != 0;
}
