#include "asked.h"

#include "release.h"

#include <stdlib.h>
#include <string.h>

bool asked_option(struct asked *a, int option, const char *value) {
    switch (option) {
    case 't':
        a->template_name = value;
        return true;
    case ASKED_ATTRIBUTION:
        a->attribution = value;
        return true;
    case ASKED_SITTING:
        a->sitting = value;
        return true;
    case ASKED_PRIVATE:
        a->private = true;
        return true;
    case ASKED_PAPER:
        a->paper = value;
        return true;
    case ASKED_ALLOW_NAMES:
        a->allow_names = true;
        return true;
    default:
        return false;
    }
}

/* The date of what is to come out the same each time. */
static int64_t date_of_notes(const struct session *s) {
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    char *end;
    long long seconds = epoch ? strtoll(epoch, &end, 10) : -1;
    bool given = seconds >= 0 && *epoch && *end == '\0' && seconds <= INT64_MAX / 1000;
    return given ? (int64_t)seconds * 1000 : session_now(s);
}

static int read_attribution(const struct cli_command *c, const char *word,
                            enum attribution *to) {
    int tier = attribution_parse(word);
    if (tier < 0)
        return cli_misuse(c, "--attribution takes name, side or none");
    *to = (enum attribution)tier;
    return EXIT_OK;
}

/* Sittings are numbered from 1 for people. */
static int read_sitting(const struct cli_command *c, const char *word,
                        uint32_t *sitting) {
    size_t n = 0;
    *sitting = NONE;
    if (strcmp(word, "all") == 0)
        return EXIT_OK;
    int status = cli_read_number(c, "--sitting", word, 1, 10000, &n);
    *sitting = (uint32_t)n - 1;
    return status;
}

static int read_paper(const struct cli_command *c, const char *word, enum paper *to) {
    int paper = paper_parse(word);
    if (paper < 0)
        return cli_misuse(c, "--paper takes a4 or letter");
    *to = (enum paper)paper;
    return EXIT_OK;
}

int asked_begin(struct asked *a, const struct cli_command *c, const struct session *s) {
    struct notes_options *o = &a->options;
    int status = EXIT_OK;
    notes_options_init(o, session_workbook(s), date_of_notes(s));
    a->document = a->warnings = (struct buf)BUF_INIT;
    o->leaks = &a->leaks;
    o->warnings = &a->warnings;
    o->private = a->private;
    o->allow_names = a->allow_names;
    if (a->template_name)
        o->template_name = a->template_name;
    if (a->attribution)
        status = read_attribution(c, a->attribution, &o->attribution);
    if (a->sitting && status == EXIT_OK)
        status = read_sitting(c, a->sitting, &o->sitting);
    if (a->paper && status == EXIT_OK)
        status = read_paper(c, a->paper, &o->paper);
    return status;
}

int asked_make(struct asked *a, const struct session *s) {
    struct err err = ERR_INIT;
    if (notes_render(session_workbook(s), &a->options, &a->document, &err) == 0)
        return EXIT_OK;
    int status = cli_fail(&err);
    cli_tell_leaks(&a->leaks, 1);
    return status;
}

void asked_release(struct asked *a) {
    leaks_release(&a->leaks);
    buf_release(&a->document);
    buf_release(&a->warnings);
    notes_release();
}
