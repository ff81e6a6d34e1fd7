#include "workbook_reader.h"

#include "event_codec.h"
#include "file.h"
#include "memo_codec.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

enum part {
    BEFORE,
    IN_WORKBOOK,
    IN_MEMO,
    AFTER_MEMO,
    IN_LOG,
    IN_EVENT,
    AFTER_LOG,
    AFTER
};

struct state {
    const char *bytes;
    size_t len;
    const struct workbook_sink *sink;
    struct workbook_scan *scan;
    struct memo_builder *memo;
    enum part part;
    int inner; /* depth inside an event */
    /* The event being read. */
    struct arena arena;
    struct event event;
    struct event_attr attrs[EVENT_ATTRS_MAX];
    struct buf text;
    size_t event_start;
    size_t last_end;  /* after the event before */
    uint32_t sound_n; /* of the last event whose seal is not wrong */
};

static int misplaced(const struct xml_element *e, struct err *err) {
    err_set(err, "<%s> cannot stand here", e->name);
    return err_todo(err, "a workbook is <memo>…</memo> and <log>…</log>, no more");
}

static int start_workbook(struct state *s, const struct xml_element *e, struct err *err) {
    if (strcmp(e->name, "workbook") != 0 || !e->ours) {
        err_set(err, "it is no workbook: its root is <%s>%s", e->name,
                e->ours ? "" : " of another namespace");
        return err_todo(err, "make one of a memo with: memobook new MEMO");
    }
    for (size_t i = 0; i < e->n_attrs; i++)
        if (strcmp(e->attrs[i].name, "version") != 0 &&
            strcmp(e->attrs[i].name, "id") != 0)
            return err_set(err, "<workbook> has no attribute %s", e->attrs[i].name);
    const char *version = xml_attr_get(e, "version"), *id = xml_attr_get(e, "id");
    if (!version || strcmp(version, "1") != 0) {
        err_set(err, "it is a workbook of version %s", version ? version : "(none)");
        return err_todo(err, "this memobook reads version 1; use a newer one");
    }
    if (!id || !*id || strlen(id) > WORKBOOK_ID_MAX)
        return err_set(err, "<workbook> needs an id of 1 to %d characters",
                       WORKBOOK_ID_MAX);
    snprintf(s->scan->id, sizeof s->scan->id, "%s", id);
    s->part = IN_WORKBOOK;
    return 0;
}

static int start_memo(struct state *s, const struct xml_element *e, struct err *err) {
    if (strcmp(e->name, "memo") != 0)
        return misplaced(e, err);
    s->part = IN_MEMO;
    return memo_builder_start(s->memo, e, err);
}

static int start_log(struct state *s, const struct xml_reader *r,
                     const struct xml_element *e, struct err *err) {
    if (strcmp(e->name, "log") != 0 || !e->ours)
        return misplaced(e, err);
    if (e->n_attrs)
        return err_set(err, "<log> has no attribute %s", e->attrs[0].name);
    s->part = IN_LOG;
    s->scan->in_log = true;
    s->scan->log_end = xml_offset(r);
    /* The tag's `>` follows, and a line feed where memobook wrote it. */
    const char *close =
        memchr(s->bytes + s->scan->log_end, '>', s->len - s->scan->log_end);
    s->last_end = close ? (size_t)(close - s->bytes) + 1 : s->len;
    s->scan->valid_end = s->last_end;
    return 0;
}

static void set_odd(struct state *s, const char *why) {
    if (!s->event.odd)
        s->event.odd = why;
}

static void read_n(struct state *s, const char *value) {
    char *end;
    unsigned long n = strtoul(value, &end, 10);
    if (*value < '0' || *value > '9' || *end || n == 0 || n > UINT32_MAX)
        set_odd(s, "its n is no number");
    else
        s->event.n = (uint32_t)n;
}

static void add_attr(struct state *s, const struct xml_attr *a) {
    if (strcmp(a->name, "n") == 0) {
        read_n(s, a->value);
    } else if (strcmp(a->name, "id") == 0) {
        s->event.id = arena_strdup(&s->arena, a->value);
    } else if (strcmp(a->name, "at") == 0) {
        if (!event_time_parse(a->value, &s->event.at))
            set_odd(s, "its time (at) is no time");
    } else if (strcmp(a->name, "crc") == 0) {
        return;
    } else if (s->event.n_attrs == EVENT_ATTRS_MAX) {
        set_odd(s, "it has too many attributes");
    } else {
        struct event_attr *to = &s->attrs[s->event.n_attrs++];
        to->field = event_field_parse(a->name);
        to->name = to->field == FIELD_UNKNOWN ? arena_strdup(&s->arena, a->name)
                                              : event_field_name(to->field);
        to->value = arena_strdup(&s->arena, a->value);
    }
}

static void start_event(struct state *s, const struct xml_reader *r,
                        const struct xml_element *e) {
    long line, column;
    xml_place(r, &line, &column);
    arena_clear(&s->arena);
    buf_clear(&s->text);
    s->event = (struct event){.kind = e->ours ? event_kind_parse(e->name) : NULL,
                              .name = arena_strdup(&s->arena, e->name),
                              .id = "",
                              .attrs = s->attrs,
                              .line = (uint32_t)line};
    s->event_start = xml_offset(r);
    for (size_t i = 0; i < e->n_attrs; i++)
        add_attr(s, &e->attrs[i]);
    if (!xml_attr_get(e, "n") || !*s->event.id || !xml_attr_get(e, "at"))
        set_odd(s, "it lacks n, id or at");
    else if (s->event.n && s->event.n <= s->sound_n)
        set_odd(s, "its n is not after that of the event before");
    s->part = IN_EVENT;
    s->inner = 0;
}

static int on_start(void *ctx, struct xml_reader *r, const struct xml_element *e,
                    struct err *err) {
    struct state *s = ctx;
    switch (s->part) {
    case BEFORE:
        return start_workbook(s, e, err);
    case IN_WORKBOOK:
        return start_memo(s, e, err);
    case IN_MEMO:
        return memo_builder_start(s->memo, e, err);
    case AFTER_MEMO:
        return start_log(s, r, e, err);
    case IN_LOG:
        start_event(s, r, e);
        return 0;
    case IN_EVENT:
        s->inner++;
        if (s->event.kind)
            set_odd(s, "it has an element inside");
        return 0;
    default:
        return misplaced(e, err);
    }
}

/* The n of an event that was changed by hand, or by the disk, says nothing of those that
 * follow; only where none does must the next be after it. */
static void note_n(struct state *s) {
    if (s->event.edited) {
        if (s->event.n > s->scan->last_n)
            s->scan->last_n = s->event.n;
    } else if (s->event.n > s->sound_n) {
        s->sound_n = s->scan->last_n = s->event.n;
    }
}

static void end_event(struct state *s, const struct xml_reader *r) {
    size_t end = xml_offset(r);
    s->event.text = s->text.s;
    s->event.edited =
        event_check_seal(s->bytes + s->event_start, end - s->event_start) == SEAL_WRONG;
    note_n(s);
    /* If the file breaks off here, an event with a wrong seal goes with the torn tail. */
    s->scan->valid_end = s->event.edited ? s->last_end : end;
    /* What a commit replaces is the runway: where the disk took only parts of it, its
     * line breaks stand inside the event, which we never write there. */
    s->scan->torn_last = s->event.edited && memchr(s->bytes + s->event_start, '\n',
                                                   end - s->event_start) != NULL;
    s->last_end = end;
    s->scan->event_start = s->event_start;
    s->scan->event_end = end;
    s->sink->event(s->sink->ctx, &s->event);
    s->part = IN_LOG;
}

static int end_memo(struct state *s, struct err *err) {
    if (memo_builder_end(s->memo, err) < 0)
        return -1;
    if (memo_builder_depth(s->memo) == 0) {
        s->part = AFTER_MEMO;
        s->sink->memo(s->sink->ctx, memo_builder_take(s->memo));
    }
    return 0;
}

static void end_log(struct state *s, const struct xml_reader *r) {
    size_t end = xml_offset(r), at = end;
    while (at > 0 && s->bytes[at] != '<')
        at--;
    s->scan->empty_log = at == s->scan->log_end;
    s->scan->log_end = at;
    s->part = AFTER_LOG;
}

static int on_end(void *ctx, struct xml_reader *r, struct err *err) {
    struct state *s = ctx;
    switch (s->part) {
    case IN_MEMO:
        return end_memo(s, err);
    case IN_EVENT:
        if (s->inner-- == 0)
            end_event(s, r);
        return 0;
    case IN_LOG:
        end_log(s, r);
        return 0;
    case AFTER_LOG:
        s->scan->root_end = xml_offset(r);
        s->part = AFTER;
        return 0;
    default:
        err_set(err, "<workbook> has no %s", s->part == AFTER_MEMO ? "<log>" : "<memo>");
        return err_todo(err, "restore the file, or make one with: memobook new MEMO");
    }
}

static int on_text(void *ctx, struct xml_reader *r, const char *text, size_t len,
                   struct err *err) {
    struct state *s = ctx;
    (void)r;
    if (s->part == IN_MEMO)
        return memo_builder_text(s->memo, text, len, err);
    if (s->part == IN_EVENT) {
        buf_add(&s->text, text, len);
        return 0;
    }
    for (size_t i = 0; i < len; i++)
        if (!strchr(" \t\r\n", text[i])) {
            err_set(err, "text stands between the elements of the workbook");
            return err_todo(err, "remove it");
        }
    return 0;
}

static int read_from(struct state *s, const char *file, struct err *err) {
    static const struct xml_handler handler = {on_start, on_end, on_text};
    s->text = (struct buf)BUF_INIT;
    s->memo = memo_builder_new();
    int result = xml_read(s->bytes, s->len, file, true, &handler, s, err);
    memo_builder_free(s->memo);
    arena_release(&s->arena);
    buf_release(&s->text);
    return result;
}

int workbook_read(const char *bytes, size_t len, const char *file,
                  const struct workbook_sink *sink, struct workbook_scan *scan,
                  struct err *err) {
    *scan = (struct workbook_scan){.id = ""};
    struct state s = {.bytes = bytes, .len = len, .sink = sink, .scan = scan};
    return read_from(&s, file, err);
}

int workbook_read_lines(const char *lines, size_t len, const char *file, uint32_t last_n,
                        const struct workbook_sink *sink, struct workbook_scan *scan,
                        struct err *err) {
    struct buf log = BUF_INIT;
    buf_puts(&log, "<log xmlns=\"" MEMOBOOK_NS "\">\n");
    buf_add(&log, lines, len);
    buf_puts(&log, "</log>");
    *scan = (struct workbook_scan){.id = "", .last_n = last_n};
    struct state s = {
        .bytes = log.s, .len = log.len, .sink = sink, .scan = scan, .part = AFTER_MEMO};
    s.sound_n = last_n;
    int result = read_from(&s, file, err);
    buf_release(&log);
    return result;
}

/* ---- which of the two a file is */

enum { SNIFF = 64 * 1024 };

static int sniff_root(void *ctx, struct xml_reader *r, const struct xml_element *e,
                      struct err *err) {
    int *kind = ctx;
    (void)r;
    if (e->ours && strcmp(e->name, "workbook") == 0)
        *kind = 1;
    else if (e->ours && strcmp(e->name, "memo") == 0)
        *kind = 0;
    else {
        err_set(err, "it is neither a memo nor a workbook: its root is <%s>%s", e->name,
                e->ours ? "" : " of another namespace");
        err_todo(err, "a memo starts with <memo xmlns=\"%s\" version=\"1\">",
                 MEMOBOOK_NS);
    }
    return -1;
}

static int sniff_nothing(void *ctx, struct xml_reader *r, struct err *err) {
    (void)ctx, (void)r, (void)err;
    return 0;
}

static int sniff_text(void *ctx, struct xml_reader *r, const char *s, size_t len,
                      struct err *err) {
    (void)ctx, (void)r, (void)s, (void)len, (void)err;
    return 0;
}

int workbook_sniff(const char *path, struct err *err) {
    static const struct xml_handler handler = {sniff_root, sniff_nothing, sniff_text};
    char start[SNIFF];
    int kind = -1, fd = file_open(path, O_RDONLY, err);
    if (fd < 0)
        return -1;
    ssize_t n = pread(fd, start, sizeof start, 0);
    close(fd);
    xml_read(start, n > 0 ? (size_t)n : 0, path, false, &handler, &kind, err);
    if (kind >= 0)
        err_release(err);
    return kind;
}

enum { STARTS_MAX = 64 }; /* in one line, so that garbage costs no more than its length */

/* Where a whole event starts that ends with the line, or `stop`: its line may begin with
 * the bytes of a fault. */
static size_t event_in_line(const char *bytes, size_t from, size_t stop) {
    if (stop < from + 2 || bytes[stop - 1] != '>')
        return stop;
    for (int i = 0; i < STARTS_MAX; i++) {
        const char *start = memchr(bytes + from, '<', stop - from);
        if (!start)
            break;
        from = (size_t)(start - bytes);
        if (event_check_seal(start, stop - from) == SEAL_RIGHT)
            return from;
        from++;
    }
    return stop;
}

size_t workbook_next_event(const char *bytes, size_t len, size_t from) {
    while (from < len) {
        const char *end = memchr(bytes + from, '\n', len - from);
        size_t stop = end ? (size_t)(end - bytes) : len;
        size_t at = event_in_line(bytes, from, stop);
        if (at < stop)
            return at;
        from = stop + 1;
    }
    return len;
}
