#include "workbook.h"

#include "base/text.h"

#include <ctype.h>
#include <stdio.h>
#include <strings.h>

struct ref ref_of_issue(const struct workbook *w, uint32_t issue) {
    return (struct ref){w->issues.v[issue].topic, issue, 0};
}

static uint32_t find_topic(const struct workbook *w, const char *id, size_t len) {
    for (uint32_t t = 0; t < w->topics.n; t++) {
        const char *have = w->topics.v[t].text->id;
        if (strlen(have) == len && strncasecmp(have, id, len) == 0)
            return t;
    }
    return NONE;
}

/* The ids of the memo's own issues run a, b, c…, mostly: look there first. */
static uint32_t guess_issue(const struct workbook *w, uint32_t t, const char *id,
                            size_t len) {
    uint64_t ordinal = 0;
    for (size_t i = 0; i < len; i++) {
        if (!isalpha((unsigned char)id[i]) || ordinal > UINT32_MAX / 32)
            return NONE;
        ordinal = ordinal * 26 + (uint64_t)(tolower((unsigned char)id[i]) - 'a') + 1;
    }
    if (ordinal == 0 || ordinal > topic_count(w, t))
        return NONE;
    uint32_t issue = topic_issue(w, t, (uint32_t)ordinal - 1);
    const char *have = issue_id(w, issue);
    return strlen(have) == len && strncmp(have, id, len) == 0 ? issue : NONE;
}

static uint32_t find_issue(const struct workbook *w, uint32_t t, const char *id,
                           size_t len) {
    uint32_t guess = guess_issue(w, t, id, len), loose = NONE;
    if (guess != NONE)
        return guess;
    for (uint32_t i = 0; i < topic_count(w, t); i++) {
        uint32_t issue = topic_issue(w, t, i);
        const char *have = issue_id(w, issue);
        if (strlen(have) != len || strncasecmp(have, id, len) != 0)
            continue;
        if (strncmp(have, id, len) == 0)
            return issue;
        loose = issue;
    }
    return loose;
}

static int unknown(struct err *err, const char *word, const char *what) {
    err_set(err, "no %s is cited as %s", what, word);
    return err_todo(err, "cite a topic as B, an issue as B(e), a sub-question as B(b)2");
}

static int set_sub(const struct workbook *w, const char *word, const char *digits,
                   size_t len, struct ref *out, struct err *err) {
    unsigned sub = 0;
    for (size_t i = 0; i < len && sub <= UINT16_MAX; i++) {
        if (!isdigit((unsigned char)digits[i]))
            return unknown(err, word, "sub-question");
        sub = sub * 10 + (unsigned)(digits[i] - '0');
    }
    if (len == 0 || sub == 0 || sub > w->issues.v[out->issue].text->p.n)
        return unknown(err, word, "sub-question");
    out->sub = (uint16_t)sub;
    return 0;
}

/* Ids, as they stand between the separators of B(b)2 or B.b.2. */
struct parts {
    const char *s[3];
    size_t len[3];
    int n;
};

static bool split(const char *word, struct parts *p) {
    bool open = false;
    *p = (struct parts){.n = 0};
    while (p->n < 3) {
        size_t len = strcspn(word, ".()");
        p->s[p->n] = word;
        p->len[p->n++] = len;
        word += len;
        if (*word == '\0')
            return len > 0 && !open;
        if (len == 0 || (*word == ')') != open)
            return false;
        open = *word == '(';
        if (*word++ == ')' && p->n == 2 && *word == '\0')
            return true;
    }
    return false;
}

/* Bb, Bb2: a topic's id, an issue's id and a number written together. */
static int parse_joined(const struct workbook *w, const char *word, struct ref *out,
                        struct err *err) {
    size_t len = strlen(word), all = len;
    struct ref found = REF_NONE;
    int matches = 0;
    while (len > 0 && isdigit((unsigned char)word[len - 1]))
        len--;
    for (size_t cut = 1; cut < all; cut++)
        for (size_t end = cut + 1; end <= all; end++) {
            if (end != all && end != len)
                continue;
            uint32_t t = find_topic(w, word, cut);
            uint32_t i = t == NONE ? NONE : find_issue(w, t, word + cut, end - cut);
            struct ref r = {t, i, 0};
            struct err ignored = ERR_INIT;
            if (i == NONE || (end < all && set_sub(w, word, word + end, all - end, &r,
                                                   &ignored) < 0)) {
                err_release(&ignored);
                continue;
            }
            found = r;
            matches++;
        }
    if (matches == 0)
        return unknown(err, word, "issue");
    if (matches > 1) {
        err_set(err, "%s could be more than one issue", word);
        return err_todo(err, "write it as B(b)");
    }
    *out = found;
    return 0;
}

int ref_parse(const struct workbook *w, const char *word, struct ref *out,
              struct err *err) {
    struct parts p;
    *out = REF_NONE;
    if (!split(word, &p))
        return unknown(err, word, "issue");
    out->topic = find_topic(w, p.s[0], p.len[0]);
    if (p.n == 1)
        return out->topic != NONE ? 0 : parse_joined(w, word, out, err);
    if (out->topic == NONE)
        return unknown(err, word, "topic");
    out->issue = find_issue(w, out->topic, p.s[1], p.len[1]);
    if (out->issue == NONE)
        return unknown(err, word, "issue");
    return p.n == 3 ? set_sub(w, word, p.s[2], p.len[2], out, err) : 0;
}

void ref_print(const struct workbook *w, struct ref r, struct buf *out) {
    if (r.topic == NONE)
        return;
    buf_puts(out, w->topics.v[r.topic].text->id);
    if (r.issue != NONE)
        buf_addf(out, "(%s)", issue_id(w, r.issue));
    if (r.sub)
        buf_addf(out, "%u", (unsigned)r.sub);
}

void refs_print(const struct workbook *w, const char *list, struct buf *out) {
    size_t start = out->len;
    for (size_t len; list += strspn(list, " "), (len = strcspn(list, " ")); list += len) {
        struct err ignored = ERR_INIT;
        struct ref r;
        char *word = mem_strndup(list, len);
        buf_puts(out, out->len > start ? ", " : "");
        if (ref_parse(w, word, &r, &ignored) == 0)
            ref_print(w, r, out);
        else
            buf_puts(out, word);
        err_release(&ignored);
        mem_free(word);
    }
}

void ref_store(const struct workbook *w, struct ref r, struct buf *out) {
    if (r.topic == NONE)
        return;
    buf_puts(out, w->topics.v[r.topic].text->id);
    if (r.issue != NONE)
        buf_addf(out, ".%s", issue_id(w, r.issue));
    if (r.sub)
        buf_addf(out, ".%u", (unsigned)r.sub);
}
