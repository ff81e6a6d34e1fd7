#include "session.h"

#include "draft.h"
#include "record_private.h"
#include "state_dir.h"

#include "base/steady.h"
#include "base/text.h"
#include "model/carry.h"
#include "store/memo_codec.h"
#include "store/watch.h"
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
    struct watch *watch;        /* of a session that follows, or NULL */
    char writer[WRITER_LEN + 1];
    uint32_t number; /* of the writer's last event */
    char next_id[WRITER_LEN + 16];
    struct buf message;
    size_t typed; /* bytes of it that say again what was typed */
    struct buf notice;
    void (*changed)(void *ctx);
    void *changed_ctx;
    int64_t (*now)(void *ctx);
    int64_t (*steady)(void *ctx); /* NULL: as now */
    void *now_ctx;
    int64_t seen, seen_steady; /* both clocks at opening, and at the last event */
    struct buf jumped;         /* what is said of a jump that was just recorded */
};

static int64_t real_now(void *ctx) {
    (void)ctx;
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* It stands still while the computer sleeps. */
static int64_t real_steady(void *ctx) {
    (void)ctx;
    return steady_ms();
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

static int64_t steady_now(const struct session *s) {
    return (s->steady ? s->steady : s->now)(s->now_ctx);
}

static void look_at_clocks(struct session *s) {
    s->seen = session_now(s);
    s->seen_steady = steady_now(s);
}

static struct session *session_new(const char *path) {
    struct session *s = mem_zalloc(sizeof *s);
    s->path = mem_strdup(path);
    s->message = s->notice = s->jumped = (struct buf)BUF_INIT;
    s->now = real_now;
    s->steady = real_steady;
    look_at_clocks(s);
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
    buf_release(&s->jumped);
    if (s->watch)
        watch_free(s->watch);
    mem_free(s->path);
    mem_free(s);
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

static bool same_day(const struct tm *a, const struct tm *b) {
    return a->tm_year == b->tm_year && a->tm_yday == b->tm_yday;
}

/* "6 Dec 09:02", where the person is. */
static void add_time(struct buf *out, int64_t at) {
    char text[40];
    struct tm tm;
    time_t seconds = (time_t)(at / 1000);
    if (localtime_r(&seconds, &tm) && strftime(text, sizeof text, "%e %b %H:%M", &tm))
        buf_puts(out, text + (*text == ' '));
}

/* When the sitting that is open was opened or resumed. */
static int64_t sitting_began(const struct workbook *w) {
    for (size_t i = w->log.n; i-- > 0;) {
        const struct event *e = &w->log.v[i].event;
        const char *state = event_get(e, FIELD_STATE);
        if (e->kind && e->kind->id == EVENT_SITTING && !w->log.v[i].odd &&
            (strcmp(state, "open") == 0 || strcmp(state, "resume") == 0 || !*state))
            return e->at;
    }
    return 0;
}

static bool before_today(int64_t at, int64_t now) {
    struct tm then, today;
    time_t a = (time_t)(at / 1000), b = (time_t)(now / 1000);
    return at < now && localtime_r(&a, &then) && localtime_r(&b, &today) &&
           !same_day(&then, &today);
}

/* What of the room was left as it should not stay. */
static void notice_room(struct session *s) {
    const struct room *r = &s->w->room;
    uint32_t open = sitting_open(s->w);
    int64_t began = open == NONE ? 0 : sitting_began(s->w);
    struct buf b = BUF_INIT;
    if (open != NONE && before_today(began, session_now(s))) {
        buf_addf(&b, "“%s” is still open (since ", r->sittings.v[open].title);
        add_time(&b, began);
        buf_puts(&b, "): S adjourns it");
        add_notice(s, b.s);
    }
    if (r->is_off_record && r->off_record.n) {
        buf_clear(&b);
        buf_puts(&b, "off the record since ");
        add_time(&b, r->off_record.v[r->off_record.n - 1].from);
        buf_puts(&b, ": O goes back on the record");
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
    if (mode != SESSION_READ)
        notice_room(s);
    if (session_off_record(s))
        mem_secret();
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

static void say_carried(const struct carry *c, struct buf *said) {
    buf_addf(said, "%u issue%s, %u unfinished action%s, %u participant%s",
             (unsigned)c->issues, c->issues == 1 ? "" : "s", (unsigned)c->actions,
             c->actions == 1 ? "" : "s", (unsigned)c->people, c->people == 1 ? "" : "s");
    if (c->left)
        buf_addf(said, "; %u event%s left behind, whose ground was undone",
                 (unsigned)c->left, c->left == 1 ? "" : "s");
}

int session_next(const char *from, const char *path, struct buf *said, struct err *err) {
    struct session *s = session_open(from, SESSION_READ, err);
    struct carry c = {0};
    char id[WRITER_LEN + 16];
    if (!s)
        return -1;
    snprintf(id, sizeof id, "%s.1", s->writer);
    carry_forward(&c, s->w, session_id(s), id, session_now(s));
    int result = -1;
    if (!s->file) {
        err_set(err, "it is a memo, not a workbook");
        err_at(err, from, 0, 0);
        err_todo(err, "nothing was discussed yet: open it with memobook FILE");
    } else if (c.issues == 0) {
        err_set(err, "nothing is left to carry forward");
        err_at(err, from, 0, 0);
    } else {
        result = workbook_file_create_with(path, c.memo, c.events.v, c.events.n, err);
    }
    if (result == 0)
        say_carried(&c, said);
    if (result == 0 && session_notice(s))
        buf_addf(said, "; of %s: %s", from, session_notice(s));
    carry_release(&c);
    session_close(s);
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

const char *session_remark(const struct session *s) {
    return s->message.s + s->typed;
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
    s->steady = NULL;
    s->now_ctx = ctx;
    look_at_clocks(s);
}

void session_set_steady(struct session *s, int64_t (*steady)(void *ctx)) {
    s->steady = steady;
    look_at_clocks(s);
}

/* ---- writing */

/* Gives the event an id and the time. */
static void prepare(struct session *s, struct event_draft *d) {
    snprintf(s->next_id, sizeof s->next_id, "%s.%u", s->writer, (unsigned)s->number + 1);
    d->event.id = s->next_id;
    d->event.at = session_now(s);
}

/* To disk, and only then into the state. */
static int write_event(struct session *s, struct event_draft *d, struct err *err) {
    prepare(s, d);
    if (workbook_check(s->w, &d->event, err) < 0 ||
        workbook_file_append(s->file, &d->event, err) < 0)
        return -1;
    s->number++;
    /* It was checked before it was written, so it applies. */
    workbook_apply(s->w, &d->event, err);
    look_at_clocks(s);
    if (session_off_record(s))
        mem_secret();
    return 0;
}

/* ---- room time */

enum {
    JUMP_MIN = 30 * 1000,       /* less is a clock that is kept right */
    CLOSED_MAX = 10 * 60 * 1000 /* less is a crash, or a change of place */
};

int64_t session_jumped(const struct session *s) {
    int64_t jump = (session_now(s) - s->seen) - (steady_now(s) - s->seen_steady);
    return jump >= JUMP_MIN || jump <= -JUMP_MIN ? jump : 0;
}

/* Ms since the last event that nobody was there for: memobook was closed. */
static int64_t closed_for(const struct session *s) {
    if (session_read_only(s))
        return 0; /* whoever writes it was there, for all that is known */
    int64_t closed = s->w->log.n ? s->seen - s->w->room.last_at : 0;
    if (closed <= CLOSED_MAX && closed > -JUMP_MIN)
        return 0;
    /* To one that only reads, the writer is who was there. */
    return s->file && workbook_file_in_use(s->file) ? 0 : closed;
}

int64_t session_room(const struct session *s) {
    return room_time(s->w, session_now(s) - session_jumped(s) - closed_for(s));
}

/* Whether any clock of the room goes. */
static bool something_runs(const struct workbook *w) {
    return sitting_open(w) != NONE || w->discussed != NONE ||
           w->room.floor.speaker != NONE;
}

/* "1 h 5 min", "40 s". */
static void add_duration(struct buf *out, int64_t ms) {
    long long seconds = (ms < 0 ? -ms : ms) / 1000;
    if (seconds < 60)
        buf_addf(out, "%lld s", seconds);
    else if (seconds < 3600)
        buf_addf(out, "%lld min", seconds / 60);
    else
        buf_addf(out, "%lld h %lld min", seconds / 3600, seconds / 60 % 60);
}

static void say_lost(struct session *s, int64_t jump, int64_t closed) {
    if (closed > 0) {
        buf_puts(&s->jumped, " (memobook was closed for ");
        add_duration(&s->jumped, closed);
        buf_puts(&s->jumped, ": that time counts for nobody)");
    }
    if (jump > 0) {
        buf_puts(&s->jumped, " (the clock jumped by ");
        add_duration(&s->jumped, jump);
        buf_puts(&s->jumped, ": that time counts for nobody)");
    } else if (jump < 0 || closed < 0) {
        buf_puts(&s->jumped, " (the clock was set back by ");
        add_duration(&s->jumped, jump + (closed < 0 ? closed : 0));
        buf_puts(&s->jumped, ": no time counts twice)");
    }
}

/* Before an event: says in the log what time passed that nobody in the room used. */
static int record_lost(struct session *s, struct err *err) {
    int64_t jump = session_jumped(s), closed = closed_for(s);
    struct event_draft d;
    char lost[24];
    if ((jump == 0 && closed == 0) || !something_runs(s->w))
        return 0;
    snprintf(lost, sizeof lost, "%lld", (long long)(jump + closed));
    event_draft_init(&d, EVENT_CLOCK);
    event_draft_set(&d, FIELD_LOST, lost);
    if (write_event(s, &d, err) < 0)
        return -1;
    say_lost(s, jump, closed);
    return 0;
}

bool session_off_record(const struct session *s) {
    return s->w->room.is_off_record;
}

/* ---- recording */

void session_add_message(struct session *s, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    buf_vaddf(&s->message, fmt, ap);
    va_end(ap);
}

void session_say(struct session *s, const char *fmt, ...) {
    va_list ap;
    buf_clear(&s->message);
    s->typed = 0;
    va_start(ap, fmt);
    buf_vaddf(&s->message, fmt, ap);
    va_end(ap);
    buf_puts(&s->message, s->jumped.s);
}

static void say_last(struct session *s) {
    struct buf what = BUF_INIT;
    workbook_describe(s->w, (uint32_t)s->w->log.n - 1, &what);
    session_say(s, "%s", what.s);
    s->typed = what.len;
    buf_release(&what);
}

/* Some are as they were typed, or stood in a file; a control character or a byte that is
 * no UTF-8 in one would make the whole workbook unreadable. How many had to change. */
static size_t make_attrs_fit(struct event_draft *d, struct arena *a) {
    size_t changed = 0;
    struct buf fit = BUF_INIT;
    for (uint32_t i = 0; i < d->event.n_attrs; i++) {
        buf_clear(&fit);
        changed += text_clean(&fit, d->attrs[i].value, strlen(d->attrs[i].value));
        d->attrs[i].value = arena_strndup(a, fit.s, fit.len);
    }
    buf_release(&fit);
    return changed;
}

static int record_fit(struct session *s, struct event_draft *d, struct err *err) {
    /* So that what is refused leaves no trace. */
    prepare(s, d);
    if (workbook_check(s->w, &d->event, err) < 0 || record_lost(s, err) < 0 ||
        write_event(s, d, err) < 0)
        return -1;
    say_last(s);
    return 0;
}

int session_record(struct session *s, struct event_draft *d, struct err *err) {
    if (!s->file)
        return err_set(err, "not recorded: this is a memo, not a workbook");
    struct arena strings = {0};
    struct event_draft fit = *d;
    fit.event.attrs = fit.attrs;
    size_t changed = make_attrs_fit(&fit, &strings);
    int result = record_fit(s, &fit, err);
    arena_release(&strings);
    if (result < 0)
        return -1;
    record_tell_changed(s, changed);
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
    bool expunged;
    uint32_t index = workbook_event(s->w, event_id);
    if (record_lost(s, err) < 0)
        return -1;
    char *text = mem_strdup(s->w->log.v[index].event.text);
    event_draft_init(&d, EVENT_EXPUNGED);
    prepare(s, &d);
    int result = workbook_file_expunge(s->file, event_id, &d, &expunged, err);
    if (expunged) {
        s->number++;
        if (draft_scrub(s, text, err) < 0)
            result = -1;
        reread(s);
        look_at_clocks(s);
        say_last(s);
    }
    mem_wipe(text, strlen(text));
    mem_free(text);
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

/* ---- following */

_Static_assert((int)SESSION_POLL == (int)WATCH_POLL, "as often as the file is looked at");

int session_watch(struct session *s) {
    if (!s->watch)
        s->watch = watch_new(s->path);
    return watch_fd(s->watch);
}

/* Takes the place of what was read before, where the whole of it can be read. */
static bool open_anew(struct session *s) {
    struct err ignored = ERR_INIT;
    struct session *new = session_open(s->path, SESSION_READ, &ignored);
    err_release(&ignored);
    if (!new)
        return false;
    struct session old = *s;
    s->memo = new->memo;
    s->w = new->w;
    s->file = new->file;
    new->memo = old.memo;
    new->w = old.w;
    new->file = old.file;
    session_close(new);
    return true;
}

bool session_poll(struct session *s) {
    const struct workbook_sink sink = {s, drop_memo, take_event, forget};
    struct err ignored = ERR_INIT;
    if (!s->file || (s->watch && !watch_changed(s->watch)))
        return false;
    int state = workbook_file_poll(s->file, &sink, &ignored);
    err_release(&ignored);
    bool any = state == WORKBOOK_REPLACED ? open_anew(s) : state == 1;
    if (any) {
        look_at_clocks(s);
        if (s->changed)
            s->changed(s->changed_ctx);
    }
    return any;
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
    if (session_off_record(s) && c->id != COMMAND_RECORD_ON) {
        err_set(err, "off the record: nothing is recorded");
        return err_todo(err, "O goes back on the record (record on)");
    }
    buf_clear(&s->jumped);
    return c->run(s, args, err);
}
