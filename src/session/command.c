#include "command.h"

#include "record.h"

#include <stdio.h>
#include <strings.h>

const struct command commands[COMMAND_COUNT] = {
#define COMMAND(id, name, args, keys, where, label, help, run)                           \
    {COMMAND_##id, name, args, keys, label, help, where, run},
#include "commands.def"
#undef COMMAND
};

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

int side_parse(const struct workbook *w, const char *word, struct err *err) {
    const struct memo *m = w->memo;
    struct buf list = BUF_INIT;
    int found = -1, matches = 0;
    for (size_t i = 0; i < m->sides.n; i++) {
        const struct memo_side *s = &m->sides.v[i];
        buf_addf(&list, "%s%s", i ? ", " : "", s->id);
        if (strcasecmp(s->id, word) == 0 || strcasecmp(s->name, word) == 0) {
            buf_release(&list);
            return (int)i;
        }
        if (*word &&
            (starts(s->id, word, strlen(word)) || starts(s->name, word, strlen(word)))) {
            found = (int)i;
            matches++;
        }
    }
    if (matches != 1) {
        err_set(err, "“%s” is no side", word);
        if (list.len)
            err_todo(err, "the sides are %s", list.s);
        else
            err_todo(err, "the memo names no sides");
        found = -1;
    }
    buf_release(&list);
    return found;
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
    if (strcmp(type, "SIDE") == 0) {
        int side = side_parse(r->w, word, err);
        r->args->side = side < 0 ? "" : r->w->memo->sides.v[side].id;
        return side;
    }
    r->args->text = word;
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
        } else if (*r->p && read_word(r, type, next_word(r), err) < 0) {
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
    out->args = (struct command_args){.ref = REF_NONE,
                                      .entry = NONE,
                                      .to = REF_NONE,
                                      .number = -1,
                                      .side = "",
                                      .text = ""};
    unescape(out->text);
    struct reader r = {w, out->text, &out->args};
    const char *name = next_word(&r);
    out->command = command_find(name, strlen(name), err);
    if (out->command && read_args(&r, out->command, err) == 0)
        return 0;
    command_line_release(out);
    return -1;
}

void command_line_release(struct command_line *l) {
    free(l->text);
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

static void offer_values(const struct workbook *w, const char *type, const char *word,
                         struct buf *out) {
    if (strcmp(type, "ISSUE") == 0 || strcmp(type, "TOPIC") == 0)
        offer_refs(w, word, *type == 'T', out);
    for (int i = 0; strcmp(type, "DISPOSITION") == 0 && i < DISPOSITION_COUNT; i++)
        offer(out, dispositions[i].code, word);
    for (size_t i = 0; strcmp(type, "SIDE") == 0 && i < w->memo->sides.n; i++)
        offer(out, w->memo->sides.v[i].id, word);
    if (strcmp(type, "STATE") == 0) {
        offer(out, "start", word);
        offer(out, "stop", word);
    }
}

size_t command_complete(const struct workbook *w, const char *line, struct buf *out) {
    const char *p = line + strspn(line, " \t");
    size_t len = strcspn(p, " \t");
    if (p[len] == '\0') {
        for (int i = 0; i < COMMAND_COUNT; i++)
            if (commands[i].where & ~(unsigned)ON_TYPING)
                offer(out, commands[i].name, p);
        return (size_t)(p - line);
    }
    struct err ignored = ERR_INIT;
    const struct command *c = command_find(p, len, &ignored);
    err_release(&ignored);
    const char *spec = c ? c->args : "";
    char type[16];
    bool optional;
    for (;;) {
        p += len;
        p += strspn(p, " \t");
        len = strcspn(p, " \t");
        bool more = next_type(&spec, type, &optional);
        if (p[len] != '\0' && more)
            continue;
        if (more)
            offer_values(w, type, p, out);
        return (size_t)(p - line);
    }
}
