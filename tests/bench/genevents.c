/*
 * genevents COUNT ISSUES [PEOPLE]: a new workbook from standard input (as `memobook new`
 * makes it from genmemo's memo of that many issues) with that many events, on standard
 * output. With PEOPLE, as many participants are in the room: a sitting is open, they
 * speak in turn, what is agreed, answered and to be done is recorded, and at the end one
 * has the floor, others wait, and T1(a) is discussed.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { PER_TOPIC = 50, WAITING = 20 };

static void issue_ref(unsigned i, char out[24]) {
    unsigned in = i % PER_TOPIC;
    int n = sprintf(out, "T%u.", i / PER_TOPIC + 1);
    if (in >= 26)
        out[n++] = (char)('a' + (int)(in / 26) - 1);
    out[n++] = (char)('a' + (int)(in % 26));
    out[n] = '\0';
}

/* An element, given from its attributes on, with its number, time and check sum. */
static void print_element(const char *name, unsigned n, unsigned ms, const char *rest) {
    char head[160];

    sprintf(head, "<%s n=\"%u\" id=\"bnch.%u\" at=\"2011-12-06T%02u:%02u:%02u.%03uZ\"",
            name, n, n, 9 + ms / 3600000 % 9, ms / 60000 % 60, ms / 1000 % 60, ms % 1000);
    unsigned long crc = crc32(0, (const Bytef *)head, (uInt)strlen(head));
    crc = crc32(crc, (const Bytef *)rest, (uInt)strlen(rest));
    printf("%s crc=\"%08lx\"%s\n", head, crc, rest);
}

static void print_event(unsigned n, unsigned issues) {
    char ref[24], rest[400];
    const char *name = n % 5 == 0 ? "answer" : n % 7 == 0 ? "priority" : "note";

    issue_ref(n * 7919 % issues, ref);
    if (name[0] == 'p')
        sprintf(rest, " issue=\"%s\" priority=\"%u\"/>", ref, n % 3 + 1);
    else
        sprintf(rest,
                " issue=\"%s\"%s>Remark %u: the wording stands as read out, with a "
                "reservation on Article 32(b); общее понимание есть.</%s>",
                ref, name[0] == 'n' ? " kind=\"for\" side=\"ru\"" : "", n, name);
    print_element(name, n, n, rest);
}

/* The room's events, a second apart. */

static void print_person(unsigned n, unsigned i) {
    static const char *const constituencies[] = {"government", "business",
                                                 "civil society"};
    char rest[200];

    sprintf(rest,
            " person=\"p%u\" side=\"%s\" constituency=\"%s\" role=\"speaker\">Given "
            "SPEAKER%u</person>",
            i, i % 2 ? "us" : "ru", constituencies[i % 3], i);
    print_element("person", n, n * 1000, rest);
}

static void print_floor(unsigned n, const char *state, unsigned person) {
    char rest[80];

    sprintf(rest, " state=\"%s\" person=\"p%u\"/>", state, person);
    print_element("floor", n, n * 1000, rest);
}

static void print_remark(unsigned n, const char *ref, unsigned person) {
    char rest[300];

    sprintf(rest,
            " issue=\"%s\" kind=\"for\" speaker=\"p%u\">Remark %u: the wording stands as "
            "read out; общее понимание есть.</note>",
            ref, person, n);
    print_element("note", n, n * 1000, rest);
}

/* What comes of it: each kind in turn; the position made the turn before is shared. */
static void print_outcome(unsigned n, const char *ref, unsigned turn) {
    static const struct {
        const char *name, *rest;
    } kinds[] = {
        {"answer", ">Parties [us: should | ru: shall] act by all [ru: necessary] means; "
                   "общее понимание есть.</answer>"},
        {"position", " side=\"us\" stance=\"for\">It can be agreed.</position>"},
        {"share", NULL},
        {"action", " owner=\"the secretariat\" due=\"2012-01-15\">Draft the "
                   "wording.</action>"},
        {"disposition", " disposition=\"deferred\"/>"},
    };
    unsigned kind = turn % (sizeof kinds / sizeof *kinds);
    char rest[300];

    if (kinds[kind].rest)
        sprintf(rest, " issue=\"%s\"%s", ref, kinds[kind].rest);
    else
        sprintf(rest, " event=\"bnch.%u\" state=\"shared\"/>", n - 4);
    print_element(kinds[kind].name, n, n * 1000, rest);
}

/* In turn: one asks for the floor, takes it, and speaks; something comes of it. */
static void print_turn(unsigned n, unsigned turn, unsigned issues, unsigned people) {
    unsigned person = n / 4 * 7 % people;
    char ref[24];

    issue_ref(n * 7919 % issues, ref);
    if (n % 4 < 2)
        print_floor(n, n % 4 ? "give" : "add", person);
    else if (n % 4 == 2)
        print_remark(n, ref, person);
    else
        print_outcome(n, ref, turn);
}

static void print_room(unsigned count, unsigned issues, unsigned people) {
    print_element("sitting", 1, 1000, " state=\"open\">Day 1 morning</sitting>");
    for (unsigned i = 0; i < people; i++)
        print_person(i + 2, i);
    print_element("presence", people + 2, (people + 2) * 1000, " state=\"arrive\"/>");
    unsigned first = (people + 6) / 4 * 4, n = first;
    for (unsigned pad = people + 3; pad < first; pad++)
        print_event(pad, issues);
    for (; n + WAITING + 1 <= count; n++)
        print_turn(n, (n - first) / 4, issues, people);
    print_element("discuss", n, n * 1000, " issue=\"T1.a\" state=\"start\"/>");
    print_floor(n + 1, "give", 0);
    for (unsigned i = 1; i < WAITING; i++)
        print_floor(n + 1 + i, "add", i);
}

int main(int argc, char **argv) {
    bool room = argc == 4;
    unsigned count = argc >= 3 ? (unsigned)strtoul(argv[1], NULL, 10) : 0;
    unsigned issues = argc >= 3 ? (unsigned)strtoul(argv[2], NULL, 10) : 0;
    unsigned people = room ? (unsigned)strtoul(argv[3], NULL, 10) : WAITING;
    char *line = NULL;
    size_t cap = 0;

    if (count == 0 || issues == 0 || people < WAITING ||
        (room && count < people + 2 * WAITING)) {
        fprintf(stderr, "usage: genevents COUNT ISSUES [PEOPLE] <NEW-WORKBOOK\n");
        return 2;
    }
    while (getline(&line, &cap, stdin) > 0) {
        fputs(line, stdout);
        if (strcmp(line, "<log>\n") == 0 && room)
            print_room(count, issues, people);
        else if (strcmp(line, "<log>\n") == 0)
            for (unsigned n = 1; n <= count; n++)
                print_event(n, issues);
        if (strcmp(line, "</workbook>\n") == 0)
            break; /* the runway is made anew when it is needed */
    }
    free(line);
    return ferror(stdout) != 0;
}
