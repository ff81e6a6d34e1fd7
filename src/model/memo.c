#include "memo.h"

#include <ctype.h>
#include <stdio.h>

struct memo *memo_new(void) {
    struct memo *m = mem_zalloc(sizeof *m);
    const struct memo_text none = {"", 0, 0, NULL};
    m->lang = m->title = m->genre = "";
    m->meeting = m->host = m->place = m->from = m->to = "";
    m->title_text = m->introduction_title = m->topics_title = m->topics_lead = none;
    return m;
}

void memo_free(struct memo *m) {
    if (!m)
        return;
    vec_release(&m->authors);
    vec_release(&m->sides);
    vec_release(&m->topics);
    vec_release(&m->issues);
    vec_release(&m->references);
    vec_release(&m->chronology);
    vec_release(&m->terms);
    arena_release(&m->arena);
    mem_free(m);
}

static bool all_letters(const char *s) {
    for (; *s; s++)
        if (!isalpha((unsigned char)*s))
            return false;
    return true;
}

void memo_next_id(const char *prev, const char *first, char out[MEMO_ID_MAX + 1]) {
    size_t len = strlen(prev);
    if (len == 0 || len >= MEMO_ID_MAX || !all_letters(prev)) {
        snprintf(out, MEMO_ID_MAX + 1, "%s", first);
        return;
    }
    memcpy(out, prev, len + 1);
    for (size_t i = len; i-- > 0;) {
        if (out[i] != 'z' && out[i] != 'Z') {
            out[i]++;
            return;
        }
        out[i] = out[i] == 'z' ? 'a' : 'A';
    }
    memmove(out + 1, out, len + 1);
    out[0] = out[1] == 'a' ? 'a' : 'A';
}

bool memo_id_ok(const char *id) {
    size_t len = strlen(id);
    if (len == 0 || len > MEMO_ID_MAX)
        return false;
    for (; *id; id++)
        if (!isascii(*id) || (!isalnum((unsigned char)*id) && *id != '-'))
            return false;
    return true;
}

static int days_in(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

static bool digits(const char *s, size_t n, int *value) {
    *value = 0;
    for (size_t i = 0; i < n; i++) {
        if (s[i] < '0' || s[i] > '9')
            return false;
        *value = *value * 10 + (s[i] - '0');
    }
    return true;
}

bool memo_date_ok(const char *s, bool partial) {
    int year, month, day;
    size_t len = strlen(s);
    if (len < 4 || !digits(s, 4, &year) || year == 0)
        return false;
    if (len == 4)
        return partial;
    if (len < 7 || s[4] != '-' || !digits(s + 5, 2, &month) || month < 1 || month > 12)
        return false;
    if (len == 7)
        return partial;
    return len == 10 && s[7] == '-' && digits(s + 8, 2, &day) && day >= 1 &&
           day <= days_in(year, month);
}

bool memo_list_has(const char *list, const char *word) {
    size_t len = strlen(word);
    for (const char *p = list; *p;) {
        size_t n = strcspn(p, " \t\r\n");
        if (n == len && memcmp(p, word, n) == 0)
            return true;
        p += n;
        p += strspn(p, " \t\r\n");
    }
    return false;
}

static const char *month_name(const char *date) {
    static const char *const names[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};
    return names[atoi(date + 5) - 1];
}

void memo_dates(const struct memo *m, struct buf *out) {
    bool from = *m->from != '\0', to = *m->to != '\0' && strcmp(m->from, m->to) != 0;
    if (from && to && strncmp(m->from, m->to, 7) == 0)
        buf_addf(out, "%d–", atoi(m->from + 8));
    else if (from && to && strncmp(m->from, m->to, 4) == 0)
        buf_addf(out, "%d %s – ", atoi(m->from + 8), month_name(m->from));
    else if (from && to)
        buf_addf(out, "%d %s %.4s – ", atoi(m->from + 8), month_name(m->from), m->from);
    const char *last = to ? m->to : m->from;
    if (*last)
        buf_addf(out, "%d %s %.4s", atoi(last + 8), month_name(last), last);
}

static const char *const rules[] = {"attributable", "side-only", "chatham-house"};
static const char *const kinds[] = {"", "question", "theme", "proposal", "area", "other"};

static int word_index(const char *const *words, size_t n, const char *word) {
    for (size_t i = 0; i < n; i++)
        if (*word && strcmp(words[i], word) == 0)
            return (int)i;
    return -1;
}

const char *memo_rule_name(enum memo_rule r) {
    return rules[r];
}

const char *memo_issue_kind_name(enum memo_issue_kind k) {
    return kinds[k];
}

int memo_rule_parse(const char *word) {
    return word_index(rules, sizeof rules / sizeof *rules, word);
}

int memo_issue_kind_parse(const char *word) {
    return word_index(kinds, sizeof kinds / sizeof *kinds, word);
}
