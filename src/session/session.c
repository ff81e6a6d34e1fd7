#include "session.h"

#include "draft.h"
#include "record.h"
#include "state_dir.h"

#include "base/text.h"
#include "store/memo_codec.h"
#include "store/workbook_file.h"

#include <errno.h>
#include <stdio.h>
#include <sys/random.h>
#include <time.h>

enum { WRITER_LEN = 8 };

struct session {
    char *path;
    struct memo *memo;
    struct workbook *w;
    struct workbook_file *file; /* NULL for a memo that is only read */
    char writer[WRITER_LEN + 1];
    uint32_t number; /* of the writer's last event */
    struct buf message;
    struct buf notice;
    void (*changed)(void *ctx);
    void *changed_ctx;
    int64_t (*now)(void *ctx);
    void *now_ctx;
};

static int64_t real_now(void *ctx) {
    (void)ctx;
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Long enough that two copies of a workbook never choose the same. */
static void choose_writer(char out[WRITER_LEN + 1]) {
    static const char digits[] = "abcdefghijkmnpqrstuvwxyz23456789";
    unsigned char random[WRITER_LEN];
    if (getrandom(random, sizeof random, 0) != (ssize_t)sizeof random)
        mem_exhausted();
    for (int i = 0; i < WRITER_LEN; i++)
        out[i] = digits[random[i] % 32];
    out[WRITER_LEN] = '\0';
}

static struct session *session_new(const char *path) {
    struct session *s = mem_zalloc(sizeof *s);
    s->path = mem_strdup(path);
    s->message = s->notice = (struct buf)BUF_INIT;
    s->now = real_now;
    choose_writer(s->writer);
    return s;
}

int session_finish(struct session *s, struct err *err) {
    int result = s->file ? workbook_file_close(s->file, err) : 0;
    if (result < 0)
        err_todo(err, "what was saved was on disk before; memobook check tells");
    workbook_free(s->w);
    memo_free(s->memo);
    buf_release(&s->message);
    buf_release(&s->notice);
    free(s->path);
    free(s);
    return result;
}

void session_close(struct session *s) {
    struct err ignored = ERR_INIT;
    if (s)
        session_finish(s, &ignored);
    err_release(&ignored);
}

/* ---- opening */

static void take_memo(void *ctx, struct memo *m) {
    struct session *s = ctx;
    s->memo = m;
    s->w = workbook_new(m);
}

static void take_event(void *ctx, const struct event *e) {
    struct session *s = ctx;
    struct err odd = ERR_INIT;
    workbook_apply(s->w, e, &odd);
    err_release(&odd);
}

static void forget(void *ctx) {
    struct session *s = ctx;
    workbook_free(s->w);
    memo_free(s->memo);
    s->w = NULL;
    s->memo = NULL;
}

static void add_notice(struct session *s, const char *text) {
    buf_addf(&s->notice, "%s%s", s->notice.len ? "; " : "", text);
}

static void notice_oddities(struct session *s) {
    uint32_t edited = 0;
    for (size_t i = 0; i < s->w->log.n; i++)
        edited += s->w->log.v[i].event.edited;
    if (workbook_file_notice(s->file))
        add_notice(s, workbook_file_notice(s->file));
    struct buf b = BUF_INIT;
    if (s->w->n_odd)
        buf_addf(&b, "%u event%s set aside", (unsigned)s->w->n_odd,
                 s->w->n_odd == 1 ? " is" : "s are");
    if (edited)
        buf_addf(&b, "%s%u event%s changed by hand", b.len ? "; " : "", (unsigned)edited,
                 edited == 1 ? " was" : "s were");
    if (b.len) {
        buf_puts(&b, ": see memobook check");
        add_notice(s, b.s);
    }
    buf_release(&b);
}

/* Where a rescue file goes when the workbook's own folder takes none. */
static void set_spare(struct session *s) {
    struct buf folder = BUF_INIT;
    struct err ignored = ERR_INIT;
    if (state_dir_path("", &folder, &ignored) == 0)
        workbook_file_set_spare(s->file, folder.s);
    err_release(&ignored);
    buf_release(&folder);
}

static int open_workbook(struct session *s, unsigned mode, bool unlocked,
                         struct err *err) {
    const struct workbook_sink sink = {s, take_memo, take_event, forget};
    unsigned as = mode == SESSION_READ    ? WORKBOOK_READ
                  : mode == SESSION_WRITE ? WORKBOOK_WRITE
                                          : WORKBOOK_PREFER;
    s->file =
        workbook_file_open(s->path, as | (unlocked ? WORKBOOK_UNLOCKED : 0u), &sink, err);
    if (!s->file)
        return -1;
    if (mode != SESSION_READ)
        set_spare(s);
    notice_oddities(s);
    return 0;
}

static int open_memo(struct session *s, struct err *err) {
    s->memo = memo_load(s->path, err);
    if (!s->memo)
        return -1;
    s->w = workbook_new(s->memo);
    return 0;
}

struct session *session_open(const char *path, unsigned mode, struct err *err) {
    bool unlocked = mode & SESSION_UNLOCKED;
    mode &= ~(unsigned)SESSION_UNLOCKED;
    struct session *s = session_new(path);
    int kind = session_file_kind(path, err), result = kind;
    if (kind == 1) {
        result = open_workbook(s, mode, unlocked, err);
    } else if (kind == 0 && mode == SESSION_READ) {
        result = open_memo(s, err);
    } else if (kind == 0) {
        err_set(err, "it is a memo, not a workbook");
        err_at(err, path, 0, 0);
        result = err_todo(err, "make a workbook of it with: memobook new MEMO");
    }
    if (result >= 0)
        return s;
    session_close(s);
    return NULL;
}

/* ---- making */

int session_create(const char *memo_path, const char *path, struct err *err) {
    struct memo *m = memo_load(memo_path, err);
    if (!m)
        return -1;
    int result = workbook_file_create(path, m, err);
    memo_free(m);
    return result;
}

char *session_workbook_name(const char *memo_path) {
    const char *slash = strrchr(memo_path, '/');
    const char *name = slash ? slash + 1 : memo_path;
    size_t len = strlen(name);
    if (len > 4 && strcmp(name + len - 4, ".xml") == 0)
        len -= 4;
    struct buf b = BUF_INIT;
    buf_add(&b, name, len);
    buf_puts(&b, ".workbook.xml");
    return buf_detach(&b);
}

int session_file_kind(const char *path, struct err *err) {
    return workbook_sniff(path, err);
}

/* ---- asking */

const struct workbook *session_workbook(const struct session *s) {
    return s->w;
}

const char *session_path(const struct session *s) {
    return s->path;
}

const char *session_id(const struct session *s) {
    return s->file ? workbook_file_id(s->file) : "";
}

uint32_t session_saved(const struct session *s) {
    return (uint32_t)s->w->log.n;
}

const char *session_read_only(const struct session *s) {
    return s->file ? workbook_file_read_only(s->file) : "it is a memo";
}

bool session_failed(const struct session *s) {
    return s->file && workbook_file_failed(s->file);
}

const char *session_notice(const struct session *s) {
    return s->notice.len ? s->notice.s : NULL;
}

const char *session_fault(const struct session *s) {
    return s->file ? workbook_file_notice(s->file) : NULL;
}

const char *session_message(const struct session *s) {
    return s->message.s;
}

void session_observe(struct session *s, void (*changed)(void *ctx), void *ctx) {
    s->changed = changed;
    s->changed_ctx = ctx;
}

int64_t session_now(const struct session *s) {
    return s->now(s->now_ctx);
}

void session_set_clock(struct session *s, int64_t (*now)(void *ctx), void *ctx) {
    s->now = now;
    s->now_ctx = ctx;
}

/* ---- recording */

void session_add_message(struct session *s, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    buf_vaddf(&s->message, fmt, ap);
    va_end(ap);
}

static void next_id(const struct session *s, char id[WRITER_LEN + 16]) {
    snprintf(id, WRITER_LEN + 16, "%s.%u", s->writer, (unsigned)s->number + 1);
}

int session_record(struct session *s, struct event_draft *d, struct err *err) {
    char id[WRITER_LEN + 16];
    struct event *e = &d->event;
    if (!s->file)
        return err_set(err, "not recorded: this is a memo, not a workbook");
    next_id(s, id);
    e->id = id;
    e->at = session_now(s);
    if (workbook_check(s->w, e, err) < 0 || workbook_file_append(s->file, e, err) < 0)
        return -1;
    s->number++;
    /* It was checked before it was written, so it applies. */
    workbook_apply(s->w, e, err);
    buf_clear(&s->message);
    workbook_describe(s->w, (uint32_t)s->w->log.n - 1, &s->message);
    if (s->changed)
        s->changed(s->changed_ctx);
    return 0;
}

static void drop_memo(void *ctx, struct memo *m) {
    (void)ctx;
    memo_free(m);
}

static void reread(struct session *s) {
    const struct workbook_sink sink = {s, drop_memo, take_event, forget};
    struct err ignored = ERR_INIT;
    workbook_reset(s->w);
    /* What was just written from memory reads back. */
    if (workbook_file_reread(s->file, &sink, &ignored) < 0)
        abort();
    err_release(&ignored);
    if (s->changed)
        s->changed(s->changed_ctx);
}

int session_expunge(struct session *s, const char *event_id, struct err *err) {
    struct event_draft d;
    char id[WRITER_LEN + 16];
    bool expunged;
    uint32_t index = workbook_event(s->w, event_id);
    char *text = mem_strdup(s->w->log.v[index].event.text);
    event_draft_init(&d, EVENT_EXPUNGED);
    next_id(s, id);
    d.event.id = id;
    d.event.at = session_now(s);
    int result = workbook_file_expunge(s->file, event_id, &d, &expunged, err);
    if (expunged) {
        s->number++;
        if (draft_scrub(s, text, err) < 0)
            result = -1;
        reread(s);
        buf_clear(&s->message);
        workbook_describe(s->w, (uint32_t)s->w->log.n - 1, &s->message);
    }
    mem_wipe(text, strlen(text));
    free(text);
    return result;
}

int session_retry(struct session *s, struct err *err) {
    return s->file ? workbook_file_retry(s->file, err)
                   : err_set(err, "this is a memo, which is not written");
}

int session_copy(const struct session *s, const char *path, struct err *err) {
    return s->file ? workbook_file_copy(s->file, path, err)
                   : err_set(err, "this is a memo: copy it with cp");
}

/* ---- mending from outside */

int session_recover(const char *path, struct buf *report, struct err *err) {
    struct session *s = session_new(path);
    const struct workbook_sink sink = {s, take_memo, take_event, forget};
    s->file = workbook_file_open(path, WORKBOOK_RECOVER, &sink, err);
    if (s->file) {
        const char *what = workbook_file_notice(s->file);
        buf_addf(report, "%s; %zu events kept", what ? what : "nothing to recover",
                 s->w->log.n);
    }
    int result = s->file ? 0 : -1;
    session_close(s);
    return result;
}

int session_reseal(const char *path, size_t *resealed, struct err *err) {
    struct session *s = session_new(path);
    const struct workbook_sink sink = {s, take_memo, take_event, forget};
    s->file = workbook_file_open(path, WORKBOOK_WRITE, &sink, err);
    int result = s->file ? workbook_file_reseal(s->file, resealed, err) : -1;
    session_close(s);
    return result;
}

int session_run(struct session *s, const struct command *c,
                const struct command_args *args, struct err *err) {
    if (!c->run) {
        err_set(err, "%s records nothing", c->name);
        return err_todo(err, "it works on the screen only");
    }
    return c->run(s, args, err);
}
