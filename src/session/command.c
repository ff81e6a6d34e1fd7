#include "command.h"

#include "record.h"

#include "base/text.h"

#include <stdio.h>
#include <strings.h>

const struct command commands[COMMAND_COUNT] = {
#define COMMAND(id, name, args, keys, where, label, help, run)                           \
    {COMMAND_##id, name, args, keys, label, help, where, run},
#include "commands.def"
#undef COMMAND
};

static const char *const blanks = " \t";

/* ---- names */

static bool starts(const char *name, const char *word, size_t len) {
    return strncasecmp(name, word, len) == 0;
}

const struct command *command_find(const char *name, size_t len, struct err *err) {
    const struct command *found = NULL;
    struct buf among = BUF_INIT;
    for (int i = 0; i < COMMAND_COUNT; i++) {
        if (!starts(commands[i].name, name, len))
            continue;
        if (strlen(commands[i].name) == len) {
            buf_release(&among);
            return &commands[i];
        }
        buf_addf(&among, "%s%s", found ? ", " : "", commands[i].name);
        found = &commands[i];
    }
    bool several = strchr(among.s, ',') != NULL;
    if (several) {
        err_set(err, "“%.*s” could be %s", (int)len, name, among.s);
        err_todo(err, "type one more letter");
    } else if (!found || len == 0) {
        err_set(err, "no command is called “%.*s”", (int)(len > 40 ? 40 : len), name);
        err_todo(err, "the commands are in memobook(1), and in help (?)");
    }
    buf_release(&among);
    return several || len == 0 ? NULL : found;
}

/* The command "floor-give" of "floor" and "give", or a start of that. */
static const struct command *find_joined(const char *first, size_t first_len,
                                         const char *second, size_t second_len) {
    const struct command *found = NULL;
    bool several = false;
    for (int i = 0; i < COMMAND_COUNT; i++) {
        if (!starts(commands[i].name, first, first_len) ||
            commands[i].name[first_len] != '-')
            continue;
        const char *rest = commands[i].name + first_len + 1;
        if (!starts(rest, second, second_len))
            continue;
        if (strlen(rest) == second_len)
            return &commands[i];
        several |= found != NULL;
        found = &commands[i];
    }
    return several ? NULL : found;
}

const struct command *command_of_line(const char *line, size_t *used, struct err *err) {
    size_t lead = strspn(line, blanks), len = strcspn(line + lead, blanks);
    const char *first = line + lead, *second = first + len + strspn(first + len, blanks);
    size_t second_len = strcspn(second, blanks);
    const struct command *c = command_find(first, len, err);
    bool takes = c && *c->args && strlen(c->name) == len;
    const struct command *joined =
        len && second_len && !takes ? find_joined(first, len, second, second_len) : NULL;
    *used = lead + len;
    if (!joined)
        return c;
    err_release(err);
    *used = (size_t)(second - line) + second_len;
    return joined;
}

bool command_key(const struct command *c, size_t i, char key[KEY_NAME_MAX]) {
    const char *p = c->keys;
    for (;;) {
        size_t len = strcspn(p, " ");
        if (len == 0)
            return false;
        if (i-- == 0) {
            snprintf(key, KEY_NAME_MAX, "%.*s", (int)len, p);
            return true;
        }
        p += len + (p[len] == ' ');
    }
}

const struct command *command_of_key(const char *key, unsigned where) {
    char have[KEY_NAME_MAX];
    for (int i = 0; i < COMMAND_COUNT; i++)
        if (commands[i].where & where)
            for (size_t k = 0; command_key(&commands[i], k, have); k++)
                if (strcmp(have, key) == 0)
                    return &commands[i];
    return NULL;
}

/* ---- words */

/* Letters and digits of both, the rest of punctuation and blanks being alike. */
static bool same_loosely(const char *a, const char *b, size_t *common) {
    size_t n = 0;
    for (;; n++) {
        char x = a[n] == ' ' ? '-' : a[n], y = b[n] == ' ' ? '-' : b[n];
        if (x == '\0' || y == '\0' || strncasecmp(&x, &y, 1) != 0)
            break;
    }
    *common = n;
    return a[n] == '\0' && b[n] == '\0';
}

int disposition_parse(const char *word, struct err *err) {
    int found = -1, matches = 0;
    for (int i = 0; i < DISPOSITION_COUNT; i++) {
        size_t common;
        const struct disposition_words *d = &dispositions[i];
        if (same_loosely(word, d->code, &common) ||
            (word[0] == d->letter && word[1] == '\0'))
            return i;
        if (*word && word[common] == '\0') {
            found = i;
            matches++;
        }
    }
    if (matches == 1)
        return found;
    err_set(err, "“%s” is no disposition", word);
    return err_todo(err, "open, agreed, agreed-ad-referendum, bracketed, deferred, "
                         "no-agreement, noted or withdrawn");
}

static void no_side(const struct workbook *w, const char *word, struct err *err) {
    struct buf list = BUF_INIT;
    for (size_t i = 0; i < w->room.sides.n; i++)
        if (w->room.sides.v[i].live)
            buf_addf(&list, "%s%s", list.len ? ", " : "", w->room.sides.v[i].id);
    err_set(err, "“%s” is no side", word);
    if (list.len)
        err_todo(err, "the sides are %s", list.s);
    else
        err_todo(err, "there are no sides; side ID NAME adds one");
    buf_release(&list);
}

int side_parse(const struct workbook *w, const char *word, struct err *err) {
    int found = -1, matches = 0;
    for (size_t i = 0; i < w->room.sides.n; i++) {
        const struct side *s = &w->room.sides.v[i];
        if (!s->live || !*word ||
            !(text_begins(s->id, word) || text_begins(s->name, word)))
            continue;
        if (text_same(s->id, word) || text_same(s->name, word))
            return (int)i;
        found = (int)i;
        matches++;
    }
    if (matches == 1)
        return found;
    no_side(w, word, err);
    return -1;
}

/* ---- a line */

struct reader {
    const struct workbook *w;
    char *p; /* what is left of the line */
    struct command_args *args;
};

/* Cuts the next word off the line. */
static char *next_word(struct reader *r) {
    r->p += strspn(r->p, " \t");
    char *word = r->p;
    size_t len = strcspn(word, " \t");
    r->p += len;
    if (*r->p)
        *r->p++ = '\0';
    return word;
}

static int read_issue(struct reader *r, const char *word, struct err *err) {
    struct ref ref;
    if (ref_parse(r->w, word, &ref, err) < 0)
        return -1;
    if (ref.issue == NONE) {
        err_set(err, "%s is a topic, not an issue", word);
        return err_todo(err, "name one of its issues, as %s(a)", word);
    }
    if (!r->w->issues.v[ref.issue].live)
        return err_set(err, "%s was taken back (undo)", word);
    /* `move ENTRY ISSUE` names a place to go to; all others, the place to act on. */
    if (r->args->entry != NONE)
        r->args->to = ref;
    else
        r->args->ref = ref;
    return 0;
}

static int read_topic(struct reader *r, const char *word, struct err *err) {
    struct ref ref;
    if (ref_parse(r->w, word, &ref, err) < 0)
        return -1;
    r->args->ref = (struct ref){ref.topic, NONE, 0};
    return 0;
}

static int read_place(struct reader *r, const char *word, struct err *err) {
    struct ref ref;
    if (ref_parse(r->w, word, &ref, err) < 0)
        return -1;
    return ref.issue == NONE ? read_topic(r, word, err) : read_issue(r, word, err);
}

/* Someone by a word, or by several that all fit: "A. Smith". */
static int read_person(struct reader *r, char *words, struct err *err) {
    size_t len = strlen(words);
    while (len && strchr(blanks, words[len - 1]))
        words[--len] = '\0';
    r->args->person = person_parse(r->w, words, err);
    return r->args->person == NONE ? -1 : 0;
}

static int read_who(struct reader *r, char *words, struct err *err) {
    size_t len = strcspn(words, blanks);
    r->args->person = NONE;
    if (len == 3 && starts("all", words, len) &&
        !words[len + strspn(words + len, blanks)])
        return 0;
    return read_person(r, words, err);
}

static int read_number(struct reader *r, const char *word, const char *what, int max,
                       struct err *err) {
    size_t digits = strspn(word, "0123456789");
    int number = digits && digits <= 6 && !word[digits] ? atoi(word) : -1;
    if (number < 0 || number > max) {
        err_set(err, "“%s” is no number%s", word, what);
        return err_todo(err, "0 to %d", max);
    }
    r->args->number = number;
    return 0;
}

static int read_priority(struct reader *r, const char *word, struct err *err) {
    if (strlen(word) != 1 || *word < '0' || *word > '3') {
        err_set(err, "“%s” is no priority", word);
        return err_todo(err, "1 high, 2 middle, 3 low, 0 none");
    }
    r->args->number = *word - '0';
    return 0;
}

static int read_state(struct reader *r, const char *word, struct err *err) {
    if (strcasecmp(word, "start") == 0 || strcasecmp(word, "stop") == 0) {
        r->args->number = strcasecmp(word, "start") == 0;
        return 0;
    }
    err_set(err, "“%s” is neither start nor stop", word);
    return err_todo(err, "discuss ISSUE start, or discuss ISSUE stop");
}

static int read_side(struct reader *r, const char *word, struct err *err) {
    int side = side_parse(r->w, word, err);
    r->args->side = side < 0 ? "" : r->w->room.sides.v[side].id;
    return side;
}

static int read_entry(struct reader *r, const char *word, struct err *err) {
    uint32_t index = workbook_event(r->w, word);
    if (index == NONE || workbook_entry(r->w, index) == NONE) {
        err_set(err, "no entry has the id “%s”", word);
        return err_todo(err, "`memobook log FILE` shows the ids");
    }
    r->args->entry = index;
    return 0;
}

static int read_word(struct reader *r, const char *type, char *word, struct err *err) {
    if (strcmp(type, "ISSUE") == 0)
        return read_issue(r, word, err);
    if (strcmp(type, "TOPIC") == 0)
        return read_topic(r, word, err);
    if (strcmp(type, "PRIORITY") == 0)
        return read_priority(r, word, err);
    if (strcmp(type, "STATE") == 0)
        return read_state(r, word, err);
    if (strcmp(type, "ENTRY") == 0)
        return read_entry(r, word, err);
    if (strcmp(type, "DISPOSITION") == 0)
        return r->args->number = disposition_parse(word, err);
    if (strcmp(type, "PLACE") == 0)
        return read_place(r, word, err);
    if (strcmp(type, "PERSON") == 0)
        return read_person(r, word, err);
    if (strcmp(type, "WHO") == 0)
        return read_who(r, word, err);
    if (strcmp(type, "NUMBER") == 0)
        return read_number(r, word, "", 9999, err);
    if (strcmp(type, "MINUTES") == 0)
        return read_number(r, word, " of minutes", MEMO_MINUTES_MAX, err);
    if (strcmp(type, "SIDE") == 0)
        return read_side(r, word, err);
    *(strcmp(type, "LABEL") == 0 ? &r->args->label : &r->args->text) = word;
    return 0;
}

/* "agreed ad referendum", "no agreement": a disposition may be several words. */
static void join_disposition(char *p) {
    for (int i = 0; i < DISPOSITION_COUNT; i++) {
        size_t len = strlen(dispositions[i].words);
        if (strncasecmp(p, dispositions[i].words, len) == 0 && strchr(" \t", p[len]))
            for (size_t k = 0; k < len; k++)
                if (p[k] == ' ')
                    p[k] = '-';
    }
}

/* The next word of the command's `args`; false after the last. */
static bool next_type(const char **spec, char type[16], bool *optional) {
    *spec += strspn(*spec, " ");
    size_t len = strcspn(*spec, " ");
    if (len == 0)
        return false;
    *optional = **spec == '[';
    snprintf(type, 16, "%.*s", (int)(len - 2 * *optional), *spec + *optional);
    *spec += len;
    return true;
}

/* The rest of the line, for the last argument of several words; else the next word. */
static char *next_words(struct reader *r, const char *type, const char *spec) {
    bool person = strcmp(type, "PERSON") == 0 || strcmp(type, "WHO") == 0;
    if (!person || spec[strspn(spec, " ")])
        return next_word(r);
    char *words = r->p;
    r->p += strlen(r->p);
    return words;
}

static int read_args(struct reader *r, const struct command *c, struct err *err) {
    const char *spec = c->args;
    char type[16];
    bool optional;
    while (next_type(&spec, type, &optional)) {
        r->p += strspn(r->p, " \t");
        if (strcmp(type, "DISPOSITION") == 0)
            join_disposition(r->p);
        if (*r->p == '\0' && !optional) {
            err_set(err, "%s needs %s", c->name, c->args);
            return err_todo(err, "nothing was recorded");
        }
        if (strcmp(type, "TEXT") == 0 || strcmp(type, "CAPTURE") == 0) {
            r->args->text = r->p;
            r->p += strlen(r->p);
        } else if (*r->p && read_word(r, type, next_words(r, type, spec), err) < 0) {
            return -1;
        }
    }
    r->p += strspn(r->p, " \t");
    if (*r->p == '\0')
        return 0;
    err_set(err, "“%s” is more than %s takes", r->p, c->name);
    return err_todo(err, "%s %s", c->name, *c->args ? c->args : "stands alone");
}

/* In place: `\n` a line break, `\\` a backslash, any other as it stands. */
static void unescape(char *s) {
    char *to = s;
    for (; *s; s++) {
        if (s[0] == '\\' && (s[1] == 'n' || s[1] == '\\')) {
            *to++ = s[1] == 'n' ? '\n' : '\\';
            s++;
        } else {
            *to++ = *s;
        }
    }
    *to = '\0';
}

int command_parse(const struct workbook *w, const char *line, struct command_line *out,
                  struct err *err) {
    out->text = mem_strdup(line);
    out->args = COMMAND_ARGS_NONE;
    unescape(out->text);
    size_t used;
    out->command = command_of_line(out->text, &used, err);
    struct reader r = {w, out->text + used, &out->args};
    if (out->command && read_args(&r, out->command, err) == 0)
        return 0;
    command_line_release(out);
    return -1;
}

void command_line_release(struct command_line *l) {
    mem_free(l->text);
    l->text = NULL;
}

/* ---- completion */

static void offer(struct buf *out, const char *name, const char *word) {
    if (starts(name, word, strlen(word)))
        buf_addf(out, "%s\n", name);
}

static void offer_refs(const struct workbook *w, const char *word, bool topics,
                       struct buf *out) {
    struct buf ref = BUF_INIT;
    for (uint32_t t = 0; t < w->topics.n; t++) {
        if (topics)
            offer(out, w->topics.v[t].text->id, word);
        /* The issues of a topic only once it is named: a memo may have thousands. */
        const char *id = w->topics.v[t].text->id;
        if (topics || !*word || !starts(id, word, strlen(id))) {
            if (!topics && starts(id, word, strlen(word)))
                buf_addf(out, "%s(\n", id);
            continue;
        }
        for (uint32_t i = 0; i < topic_count(w, t) && i < 1000; i++) {
            buf_clear(&ref);
            ref_print(w, ref_of_issue(w, topic_issue(w, t, i)), &ref);
            offer(out, ref.s, word);
        }
    }
    buf_release(&ref);
}

static void offer_person(const struct workbook *w, const char *at, uint32_t person,
                         struct buf *out) {
    buf_puts(out, at);
    person_handle(w, person, out);
    buf_putc(out, '\n');
}

/* People by a start of any part of their name; after an @, with it. */
static void offer_people(const struct workbook *w, const char *word, struct buf *out) {
    size_t n = w->room.people.n;
    uint32_t *found = n ? mem_array(NULL, n, sizeof *found) : NULL;
    const char *at = *word == '@' ? "@" : "";
    bool any = word[strlen(at)] == '\0';
    size_t count = any ? 0 : people_find(w, word, found, n);
    for (uint32_t i = 0; any && i < n; i++)
        if (w->room.people.v[i].live)
            found[count++] = i;
    for (size_t i = 0; i < count; i++)
        offer_person(w, at, found[i], out);
    mem_free(found);
}

static void offer_sides(const struct workbook *w, const char *word, const char *before,
                        struct buf *out) {
    for (size_t i = 0; i < w->room.sides.n; i++)
        if (w->room.sides.v[i].live && starts(w->room.sides.v[i].id, word, strlen(word)))
            buf_addf(out, "%s%s\n", before, w->room.sides.v[i].id);
}

/* Each of the words, blank separated, that goes on from `word`. */
static void offer_words(const char *words, const char *word, struct buf *out) {
    for (size_t len; (len = strcspn(words, " ")); words += len + (words[len] == ' '))
        if (strlen(word) <= len && starts(words, word, strlen(word)))
            buf_addf(out, "%.*s\n", (int)len, words);
}

static void offer_name(const struct command *c, const char *word, struct buf *out) {
    if (c->id == COMMAND_ATTRIBUTE)
        offer_words("name side none", word, out);
    if (c->id == COMMAND_BALANCE)
        offer_words("person side constituency", word, out);
}

static void offer_label(const struct workbook *w, const struct command *c,
                        const char *word, struct buf *out) {
    if (c->id == COMMAND_SHARE)
        offer_words("shared private", word, out);
    if (c->id == COMMAND_ASSENT)
        offer_words("assent reservation silence", word, out);
    if (c->id == COMMAND_SUBQUESTION)
        offer_words("answered not-applicable open", word, out);
    if (c->id == COMMAND_SOUNDING) {
        offer_sides(w, word, "", out);
        offer_people(w, word, out);
    }
}

/* The last word of a text that begins with names: who is to confirm, who keeps it. */
static void offer_text(const struct workbook *w, const struct command *c,
                       const char *word, struct buf *out) {
    bool at = *word == '@';
    if (c->id == COMMAND_DISPOSITION && at)
        offer_people(w, word, out);
    if (c->id == COMMAND_DISPOSITION || c->id == COMMAND_RESOLVE)
        offer_sides(w, word + at, at ? "@" : "", out);
    if (c->id == COMMAND_SUPPORT)
        offer_refs(w, word, false, out);
}

static void offer_values(const struct workbook *w, const struct command *c,
                         const char *type, const char *word, struct buf *out) {
    bool place = strcmp(type, "PLACE") == 0;
    if (place || strcmp(type, "TOPIC") == 0)
        offer_refs(w, word, true, out);
    if (place || strcmp(type, "ISSUE") == 0)
        offer_refs(w, word, false, out);
    for (int i = 0; strcmp(type, "DISPOSITION") == 0 && i < DISPOSITION_COUNT; i++)
        offer(out, dispositions[i].code, word);
    if (strcmp(type, "SIDE") == 0)
        offer_sides(w, word, "", out);
    if (strcmp(type, "STATE") == 0)
        offer_words("start stop", word, out);
    if (strcmp(type, "WHO") == 0)
        offer_words("all", word, out);
    if (strcmp(type, "PERSON") == 0 || strcmp(type, "WHO") == 0)
        offer_people(w, word, out);
    if (strcmp(type, "NAME") == 0)
        offer_name(c, word, out);
    if (strcmp(type, "LABEL") == 0)
        offer_label(w, c, word, out);
    if (strcmp(type, "TEXT") == 0)
        offer_text(w, c, word, out);
    if (strcmp(type, "CAPTURE") == 0 && *word == '@') {
        offer_people(w, word, out);
        offer_sides(w, word + 1, "@", out);
    }
}

static void offer_commands(const char *word, struct buf *out) {
    for (int i = 0; i < COMMAND_COUNT; i++)
        if (commands[i].where & ~(unsigned)ON_TYPING)
            offer(out, commands[i].name, word);
}

/* What may follow "floor": the rest of the names that begin with it. */
static void offer_second(const char *first, size_t len, const char *word,
                         struct buf *out) {
    for (int i = 0; i < COMMAND_COUNT; i++)
        if ((commands[i].where & ~(unsigned)ON_TYPING) &&
            starts(commands[i].name, first, len) && commands[i].name[len] == '-')
            offer(out, commands[i].name + len + 1, word);
}

/* Where the last word of a line begins. */
static const char *last_word(const char *p) {
    const char *end = p + strlen(p);
    while (end > p && !strchr(blanks, end[-1]))
        end--;
    return end;
}

static size_t complete_args(const struct workbook *w, const struct command *c,
                            const char *line, const char *p, struct buf *out) {
    const char *spec = c->args;
    char type[16];
    bool optional;
    for (;;) {
        p += strspn(p, blanks);
        size_t len = strcspn(p, blanks);
        bool more = next_type(&spec, type, &optional);
        bool rest = more && (strcmp(type, "CAPTURE") == 0 || strcmp(type, "TEXT") == 0);
        if (rest)
            p = last_word(p);
        else if (p[len] != '\0' && more) {
            p += len;
            continue;
        }
        if (more)
            offer_values(w, c, type, p, out);
        return (size_t)(p - line);
    }
}

size_t command_complete(const struct workbook *w, const char *line, struct buf *out) {
    const char *p = line + strspn(line, blanks);
    size_t len = strcspn(p, blanks), used;
    if (p[len] == '\0') {
        offer_commands(p, out);
        return (size_t)(p - line);
    }
    struct err ignored = ERR_INIT;
    const struct command *c = command_of_line(line, &used, &ignored);
    err_release(&ignored);
    const char *second = p + len + strspn(p + len, blanks);
    if ((!c || !*c->args || !line[used]) && !second[strcspn(second, blanks)]) {
        offer_second(p, len, second, out);
        return (size_t)(second - line);
    }
    return c ? complete_args(w, c, line, line + used, out) : strlen(line);
}
