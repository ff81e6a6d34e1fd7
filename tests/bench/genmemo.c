/*
 * genmemo ISSUES: a memo with that many open issues, on standard output.
 *
 * Fifty issues to a topic, of the length and the letters (some of them Cyrillic) that the
 * SuPR memo has. The first issue begins with "Alpha", which the bench waits for.
 */
#include <stdio.h>
#include <stdlib.h>

enum { PER_TOPIC = 50 };

static const char *const questions[] = {
    "What common principles of countering terrorism in cyberspace can be applied?",
    "Is there a common understanding what “cybercrimes” are, and in what acts?",
    "How can the uniform terminology be developed (кибербезопасность, 信息安全)?",
    "The role of international institutions in strengthening peace in cyberspace.",
    "What priorities can be defined for the next stages of the global dialogue?",
};

static void print_id(unsigned i) {
    if (i >= 26)
        print_id(i / 26 - 1);
    putchar("abcdefghijklmnopqrstuvwxyz"[i % 26]);
}

static void print_issue(unsigned i) {
    printf("      <issue id=\"");
    print_id(i % PER_TOPIC);
    printf("\" kind=\"question\" to=\"%s\">\n", i % 3 ? "us ru" : "ru");
    printf("        <p>%sNumber %u: %s</p>\n", i == 0 ? "Alpha. " : "", i + 1,
           questions[i % (sizeof questions / sizeof *questions)]);
    if (i % 4 == 1)
        printf("        <p>To what extent is it realistic, and who takes part?</p>\n");
    printf("      </issue>\n");
}

static void print_topic(unsigned number, unsigned from, unsigned to) {
    printf("    <topic id=\"T%u\" minutes=\"90\">\n", number);
    printf("      <title>Subject %u of the common interests</title>\n", number);
    printf(
        "      <p>Certain joint actions are required by the most advanced powers.</p>\n");
    for (unsigned i = from; i < to; i++)
        print_issue(i);
    printf("    </topic>\n");
}

int main(int argc, char **argv) {
    unsigned issues = argc == 2 ? (unsigned)strtoul(argv[1], NULL, 10) : 0;
    unsigned topics = 0;

    if (issues == 0) {
        fprintf(stderr, "usage: genmemo ISSUES\n");
        return 2;
    }
    printf("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<memo xmlns=\"urn:memobook:1\" version=\"1\" xml:lang=\"en\">\n"
           "  <head>\n    <title>A memo with %u issues</title>\n"
           "    <meeting from=\"2011-12-06\"><name>Bench</name></meeting>\n"
           "    <side id=\"us\">United States</side>\n"
           "    <side id=\"ru\">Russian Federation</side>\n  </head>\n  <topics>\n",
           issues);
    for (unsigned from = 0; from < issues; from += PER_TOPIC)
        print_topic(++topics, from,
                    from + PER_TOPIC < issues ? from + PER_TOPIC : issues);
    printf("  </topics>\n</memo>\n");
    return ferror(stdout) != 0;
}
