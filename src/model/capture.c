#include "model/capture.h"

#include "base/mem.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unictype.h>

enum { DATE_LENGTH = 10 };

/* The kind marks, in the order of enum capture_kind. */
static const char kind_marks[] = "+-!?=";

/* Which marks have been seen. */
struct seen {
    bool tilde, kind, action, speaker, owner;
};

struct name {
    const char *s;
    size_t len;
    const char *after; /* past the punctuation that follows */
};

static bool blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static const char *skip_blanks(const char *p) {
    while (blank(*p))
        p++;
    return p;
}

static size_t trimmed_length(const char *s, size_t len) {
    while (len > 0 && blank(s[len - 1]))
        len--;
    return len;
}

/* ---- Marks ---- */

static bool letter_or_digit(uint32_t c) {
    uint32_t mask = UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M | UC_CATEGORY_MASK_N;
    return uc_is_general_category_withtable(c, mask);
}

static bool name_letter(uint32_t c, bool first) {
    if (letter_or_digit(c))
        return true;
    return !first && (c == '-' || c == '_' || c == '.' || c == '\'' || c == 0x2019);
}

/* The name after the @ at p. */
static bool name_at(const char *p, struct name *name) {
    const char *s = p + 1;
    size_t len = 0, used;
    for (size_t rest = strlen(s); len < rest; len += used) {
        if (!name_letter(text_decode(s + len, rest - len, &used), len == 0))
            break;
    }
    const char *after = s + len;
    while (*after && strchr(",:;.", *after))
        after++;
    while (len > 0 && s[len - 1] == '.')
        len--;
    /* "@-" says nobody. */
    if (len == 0 && *s == '-' && blank(s[1])) {
        len = 1;
        after = s + 1;
    }
    *name = (struct name){s, len, after};
    return len > 0;
}

static bool kind_mark(char c) {
    return c && (c == '>' || strchr(kind_marks, c));
}

static bool begins_mark(struct seen seen, const char *p);

/* Where the line goes on after a mark that ends at p; NULL when that is none. */
static const char *after_mark(struct seen seen, const char *p) {
    if (!blank(*p))
        return begins_mark(seen, p) ? p : NULL;
    p = skip_blanks(p);
    return *p ? p : NULL;
}

/* What follows the mark at p; NULL where there is none. */
static const char *mark_end(struct seen seen, const char *p) {
    struct name name;
    if (*p == '~' && !seen.tilde) {
        seen.tilde = true;
        return after_mark(seen, p + 1);
    }
    if (kind_mark(*p) && !seen.kind) {
        seen.kind = true;
        seen.action = *p == '>';
        return after_mark(seen, p + 1);
    }
    if (*p != '@' || (seen.action ? seen.owner : seen.speaker) || !name_at(p, &name))
        return NULL;
    return blank(*name.after) ? after_mark(seen, name.after) : NULL;
}

/* A tilde is a mark whatever follows: it may be a name that must not be told. */
static bool begins_mark(struct seen seen, const char *p) {
    return (*p == '~' && !seen.tilde) || mark_end(seen, p);
}

static void take_name(struct capture *c, struct seen *seen, const char *p) {
    struct name name;
    name_at(p, &name);
    char *own = mem_strndup(name.s, name.len);
    if (seen->action) {
        c->owner = own;
        seen->owner = true;
    } else {
        c->speaker = own;
        seen->speaker = true;
    }
}

static void take_mark(struct capture *c, struct seen *seen, const char *p) {
    if (*p == '@') {
        take_name(c, seen, p);
    } else if (*p == '~') {
        c->non_attributable = seen->tilde = true;
    } else {
        seen->kind = true;
        seen->action = c->action = *p == '>';
        if (!c->action)
            c->kind = CAPTURE_FOR + (unsigned)(strchr(kind_marks, *p) - kind_marks);
    }
}

/* ---- What is not a mark ---- */

static bool escaped(struct seen seen, const char *p) {
    return begins_mark(seen, p + strspn(p, "\\"));
}

static bool letter_follows(const char *p) {
    size_t used;
    uint32_t c = text_decode(p + 1, strlen(p + 1), &used);
    return uc_is_general_category_withtable(c, UC_CATEGORY_MASK_L);
}

/* Says that the text begins with what may have been meant as a mark. */
static char *notice_mark(struct seen seen, const char *p) {
    struct buf b = BUF_INIT;
    if (*p == '~' && !seen.tilde)
        buf_puts(&b, "“~” stays in the text, since no blank follows it; "
                     "the entry is non-attributable");
    else if (*p == '@' && !(seen.action ? seen.owner : seen.speaker))
        buf_puts(&b, "“@” is kept as text: a name, a blank and text should follow it");
    else if (kind_mark(*p) && !seen.kind && (!p[1] || letter_follows(p)))
        buf_addf(&b, "“%c” is kept as text: a blank and text should follow it", *p);
    else
        return NULL;
    return buf_detach(&b);
}

/* ---- Dates ---- */

static bool date_shape(const char *s) {
    static const char shape[] = "dddd-dd-dd";
    for (size_t i = 0; i < DATE_LENGTH; i++) {
        bool digit = s[i] >= '0' && s[i] <= '9';
        if (shape[i] == 'd' ? !digit : s[i] != '-')
            return false;
    }
    return true;
}

static bool date_exists(const char *s) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = atoi(s), month = atoi(s + 5), day = atoi(s + 8);
    if (year < 1 || month < 1 || month > 12 || day < 1)
        return false;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= days[month - 1] + (leap && month == 2);
}

static size_t last_word(const char *s, size_t len) {
    while (len > 0 && !blank(s[len - 1]))
        len--;
    return len;
}

/* The date in "TEXT by DATE", and the length of TEXT; NULL where the text has another
 * form, or DATE has a digit first but no digits, points, slashes and hyphens only. */
static const char *by_date(const char *s, size_t *text_len) {
    size_t date = last_word(s, strlen(s));
    size_t by_end = trimmed_length(s, date);
    size_t by = last_word(s, by_end);
    size_t text = trimmed_length(s, by);
    if (text == 0 || by_end - by != 2 || (s[by] | 0x20) != 'b' ||
        (s[by + 1] | 0x20) != 'y')
        return NULL;
    if (s[date] < '0' || s[date] > '9' || s[date + strspn(s + date, "0123456789-./")])
        return NULL;
    *text_len = text;
    return s + date;
}

/* Takes "by DATE" off the end of the text of an action. */
static void take_due(struct capture *c) {
    size_t text_len;
    const char *date = by_date(c->text, &text_len);
    if (!date)
        return;
    size_t len = strlen(date);
    bool point = len == DATE_LENGTH + 1 && date[DATE_LENGTH] == '.';
    if ((len == DATE_LENGTH || point) && date_shape(date) && date_exists(date)) {
        memcpy(c->due, date, DATE_LENGTH);
        c->due[DATE_LENGTH] = '\0';
        c->text[text_len] = '\0';
        return;
    }
    struct buf b = BUF_INIT;
    buf_addf(&b, "“%s” is no date (YYYY-MM-DD) and stays in the text", date);
    mem_free(c->notice);
    c->notice = buf_detach(&b);
}

/* ---- */

void capture_parse(const char *line, struct capture *c) {
    struct seen seen = {0};
    line = skip_blanks(line);
    char *own = mem_strndup(line, trimmed_length(line, strlen(line)));
    const char *p = own;
    *c = (struct capture)CAPTURE_INIT;
    for (const char *end; (end = mark_end(seen, p)); p = end)
        take_mark(c, &seen, p);
    if (*p == '\\' && escaped(seen, p)) {
        p++;
    } else {
        c->notice = notice_mark(seen, p);
        c->non_attributable |= *p == '~';
    }
    c->text = mem_strdup(p);
    mem_free(own);
    if (c->action)
        take_due(c);
}

static void add_name(struct buf *out, const char *name, bool *flag) {
    if (!name)
        return;
    buf_addf(out, "@%s ", name);
    *flag = true;
}

void capture_format(const struct capture *c, struct buf *out) {
    struct seen seen = {.tilde = c->non_attributable};
    struct buf rest = BUF_INIT;
    buf_puts(&rest, c->text);
    if (c->action && *c->due)
        buf_addf(&rest, " by %s", c->due);
    if (c->non_attributable)
        buf_puts(out, "~ ");
    add_name(out, c->speaker, &seen.speaker);
    if (c->action || c->kind != CAPTURE_COMMENT) {
        char mark = c->action ? '>' : kind_marks[c->kind - CAPTURE_FOR];
        buf_addf(out, "%c ", mark);
        seen.kind = true;
        seen.action = c->action;
    }
    if (c->action)
        add_name(out, c->owner, &seen.owner);
    if (escaped(seen, rest.s))
        buf_putc(out, '\\');
    buf_add(out, rest.s, rest.len);
    buf_release(&rest);
}

void capture_release(struct capture *c) {
    mem_free(c->speaker);
    mem_free(c->owner);
    mem_free(c->text);
    mem_free(c->notice);
    *c = (struct capture)CAPTURE_INIT;
}
