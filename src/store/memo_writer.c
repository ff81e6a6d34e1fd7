#include "memo_codec.h"

static void escape(struct buf *out, const char *s, size_t len, bool attr) {
    size_t plain = 0;
    for (size_t i = 0; i < len; i++) {
        const char *as = NULL;
        switch (s[i]) {
        case '&':
            as = "&amp;";
            break;
        case '<':
            as = "&lt;";
            break;
        case '>':
            as = "&gt;";
            break;
        case '\r':
            as = "&#13;";
            break;
        case '\n':
            as = "&#10;";
            break;
        case '"':
            as = attr ? "&quot;" : NULL;
            break;
        case '\t':
            as = attr ? "&#9;" : NULL;
            break;
        default:
            break;
        }
        if (!as)
            continue;
        buf_add(out, s + plain, i - plain);
        buf_puts(out, as);
        plain = i + 1;
    }
    buf_add(out, s + plain, len - plain);
}

void xml_escape_text(struct buf *out, const char *s, size_t len) {
    escape(out, s, len, false);
}

void xml_escape_attr(struct buf *out, const char *s) {
    escape(out, s, strlen(s), true);
}

static void attr(struct buf *out, const char *name, const char *value) {
    if (!*value)
        return;
    buf_addf(out, " %s=\"", name);
    xml_escape_attr(out, value);
    buf_putc(out, '"');
}

static void number(struct buf *out, const char *name, unsigned value) {
    if (value)
        buf_addf(out, " %s=\"%u\"", name, value);
}

static void mixed(struct buf *out, const struct memo_text *t) {
    size_t at = 0;
    for (uint32_t i = 0; i < t->n_em; i++) {
        xml_escape_text(out, t->s + at, t->em[i].start - at);
        buf_puts(out, "<em>");
        xml_escape_text(out, t->s + t->em[i].start, t->em[i].end - t->em[i].start);
        buf_puts(out, "</em>");
        at = t->em[i].end;
    }
    xml_escape_text(out, t->s + at, t->len - at);
}

static void text(struct buf *out, const char *name, const struct memo_text *t) {
    if (t->len == 0)
        return;
    buf_addf(out, "<%s>", name);
    mixed(out, t);
    buf_addf(out, "</%s>\n", name);
}

static void plain(struct buf *out, const char *name, const char *s) {
    struct memo_text t = {s, (uint32_t)strlen(s), 0, NULL};
    text(out, name, &t);
}

static void paragraphs(struct buf *out, const struct memo_texts *p) {
    for (uint32_t i = 0; i < p->n; i++)
        text(out, "p", &p->v[i]);
}

static void write_meeting(const struct memo *m, struct buf *out) {
    if (!*m->meeting && !*m->host && !*m->place && !*m->from)
        return;
    buf_puts(out, "<meeting");
    attr(out, "from", m->from);
    attr(out, "to", m->to);
    buf_puts(out, ">\n");
    plain(out, "name", m->meeting);
    plain(out, "host", m->host);
    plain(out, "place", m->place);
    buf_puts(out, "</meeting>\n");
}

static void write_head(const struct memo *m, struct buf *out) {
    buf_puts(out, "<head>\n");
    text(out, "title", &m->title_text);
    plain(out, "genre", m->genre);
    for (size_t i = 0; i < m->authors.n; i++) {
        buf_puts(out, "<author");
        attr(out, "role", m->authors.v[i].role);
        buf_putc(out, '>');
        xml_escape_text(out, m->authors.v[i].name, strlen(m->authors.v[i].name));
        buf_puts(out, "</author>\n");
    }
    write_meeting(m, out);
    for (size_t i = 0; i < m->sides.n; i++) {
        buf_puts(out, "<side");
        attr(out, "id", m->sides.v[i].id);
        buf_putc(out, '>');
        xml_escape_text(out, m->sides.v[i].name, strlen(m->sides.v[i].name));
        buf_puts(out, "</side>\n");
    }
    buf_puts(out, "</head>\n");
}

static void write_issue(const struct memo_issue *i, const char *name, struct buf *out) {
    buf_addf(out, "<%s", name);
    attr(out, "id", i->id);
    attr(out, "kind", memo_issue_kind_name(i->kind));
    attr(out, "to", i->to);
    number(out, "priority", i->priority);
    number(out, "minutes", i->minutes);
    buf_puts(out, ">\n");
    paragraphs(out, &i->p);
    buf_addf(out, "</%s>\n", name);
}

static void write_topic(const struct memo *m, const struct memo_topic *t,
                        struct buf *out) {
    const char *item = t->recommendations ? "recommendation" : "issue";
    if (t->recommendations) {
        buf_puts(out, "<recommendations>\n");
    } else {
        buf_puts(out, "<topic");
        attr(out, "id", t->id);
        number(out, "minutes", t->minutes);
        buf_puts(out, ">\n");
    }
    text(out, "statement", &t->statement);
    text(out, "title", &t->title);
    paragraphs(out, &t->p);
    text(out, "lead", &t->lead);
    for (uint32_t i = t->first; i < t->first + t->n_issues; i++)
        write_issue(&m->issues.v[i], item, out);
    buf_addf(out, "</%s>\n", t->recommendations ? "recommendations" : "topic");
}

static void write_topics(const struct memo *m, struct buf *out) {
    size_t n = m->topics.n;
    bool recommendations = n > 0 && m->topics.v[n - 1].recommendations;
    buf_puts(out, "<topics>\n");
    text(out, "title", &m->topics_title);
    text(out, "lead", &m->topics_lead);
    for (size_t t = 0; t < n - recommendations; t++)
        write_topic(m, &m->topics.v[t], out);
    buf_puts(out, "</topics>\n");
    if (recommendations)
        write_topic(m, &m->topics.v[n - 1], out);
}

static void write_item(const struct memo_item *i, const char *name, struct buf *out) {
    buf_addf(out, "<%s", name);
    attr(out, "id", i->id);
    attr(out, "date", i->date);
    attr(out, "url", i->url);
    attr(out, "issues", i->issues);
    buf_putc(out, '>');
    mixed(out, &i->text);
    buf_addf(out, "</%s>\n", name);
}

static void write_term(const struct memo_term *t, struct buf *out) {
    buf_puts(out, "<term");
    attr(out, "id", t->id);
    buf_puts(out, ">\n");
    for (uint32_t i = 0; i < t->n_names; i++) {
        buf_puts(out, "<name");
        attr(out, "xml:lang", t->names[i].lang);
        buf_putc(out, '>');
        xml_escape_text(out, t->names[i].name, strlen(t->names[i].name));
        buf_puts(out, "</name>\n");
    }
    text(out, "definition", &t->definition);
    buf_puts(out, "</term>\n");
}

static void write_back_matter(const struct memo *m, struct buf *out) {
    if (m->references.n) {
        buf_puts(out, "<references>\n");
        for (size_t i = 0; i < m->references.n; i++)
            write_item(&m->references.v[i], "reference", out);
        buf_puts(out, "</references>\n");
    }
    if (m->chronology.n) {
        buf_puts(out, "<chronology>\n");
        for (size_t i = 0; i < m->chronology.n; i++)
            write_item(&m->chronology.v[i], "entry", out);
        buf_puts(out, "</chronology>\n");
    }
    if (m->terms.n) {
        buf_puts(out, "<terms>\n");
        for (size_t i = 0; i < m->terms.n; i++)
            write_term(&m->terms.v[i], out);
        buf_puts(out, "</terms>\n");
    }
}

void memo_write(const struct memo *m, struct buf *out) {
    buf_puts(out, "<memo xmlns=\"" MEMOBOOK_NS "\" version=\"1\"");
    attr(out, "xml:lang", m->lang);
    if (m->rule != RULE_ATTRIBUTABLE)
        attr(out, "rule", memo_rule_name(m->rule));
    buf_puts(out, ">\n");
    write_head(m, out);
    if (m->has_introduction) {
        buf_puts(out, "<introduction>\n");
        text(out, "title", &m->introduction_title);
        paragraphs(out, &m->introduction);
        buf_puts(out, "</introduction>\n");
    }
    write_topics(m, out);
    write_back_matter(m, out);
    buf_puts(out, "</memo>\n");
}
