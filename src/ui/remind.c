#include "remind.h"

#include "clock.h"
#include "model/pace.h"
#include "shell.h"

enum { READ_MS = 20000, JUMP_MS = 10000, NEAR_PERCENT = 80 };

/* ---- Whether anything may be said ---- */

static bool may_speak(const struct shell *sh) {
    const struct screen *top = shell_top(sh);

    if (!sh->session || !top || top->ops->where(top) & (ON_TYPING | ON_MENU))
        return false;
    if (sh->message_kind == SAY_NOTHING)
        return true;
    int64_t age = shell_now(sh) - sh->said_at;
    return sh->message_kind == SAY_MESSAGE && (age > READ_MS || age < 0);
}

/* ---- Time boxes ---- */

/* A box that is being used. */
struct box {
    struct ref ref;
    int64_t spent, box;
};

/* Those of the issue under discussion and of its topic; how many. */
static size_t running_boxes(const struct shell *sh, struct box out[2]) {
    const struct workbook *w = shell_workbook(sh);
    size_t n = 0;

    if (!w || w->discussed == NONE)
        return 0;
    int64_t room = shell_room(sh);
    struct ref issue = ref_of_issue(w, w->discussed), topic = {issue.topic, NONE, 0};
    struct box both[2] = {
        {issue, issue_spent(w, issue.issue, room), issue_box(w, issue.issue)},
        {topic, topic_spent(w, topic.topic, room), topic_box(w, topic.topic)},
    };
    for (size_t i = 0; i < 2; i++)
        if (both[i].box > 0)
            out[n++] = both[i];
    return n;
}

/* Where it is kept what was said of a box; what was said of another is forgotten. */
static uint8_t *said_of(struct reminded *r, struct ref ref) {
    bool is_issue = ref.issue != NONE;
    uint32_t *whose = is_issue ? &r->issue : &r->topic;
    uint8_t *state = is_issue ? &r->issue_state : &r->topic_state;
    uint32_t index = (is_issue ? ref.issue : ref.topic) + 1;

    if (*whose != index) {
        *whose = index;
        *state = BOX_NONE;
    }
    return state;
}

static void say_box(struct shell *sh, const struct box *b, enum box_state state) {
    struct buf line = BUF_INIT;

    ref_print(shell_workbook(sh), b->ref, &line);
    buf_puts(&line, state == BOX_OVER ? ": time is up, " : ": ");
    clock_span(b->spent, &line);
    buf_puts(&line, " of ");
    clock_span(b->box, &line);
    if (state == BOX_NEAR)
        buf_addf(&line, " are used · %d %%", (int)(b->spent * 100 / b->box));
    shell_say(sh, "%s", line.s);
    buf_release(&line);
}

/* One thing at a time: the issue first, its topic at another moment. */
static bool remind_box(struct shell *sh) {
    struct box boxes[2];
    size_t n = running_boxes(sh, boxes);

    for (size_t i = 0; i < n; i++) {
        uint8_t *said = said_of(&sh->reminded, boxes[i].ref);
        enum box_state state = box_state(boxes[i].spent, boxes[i].box);
        bool due = state > BOX_CALM && state > *said;
        *said = (uint8_t)state;
        if (!due)
            continue;
        say_box(sh, &boxes[i], state);
        return true;
    }
    return false;
}

/* ---- The sitting ---- */

static const struct sitting *open_sitting(const struct workbook *w, uint32_t *index) {
    *index = w ? sitting_open(w) : NONE;
    return *index == NONE ? NULL : &w->room.sittings.v[*index];
}

static bool remind_end(struct shell *sh) {
    uint32_t index;
    const struct sitting *s = open_sitting(shell_workbook(sh), &index);
    struct buf when = BUF_INIT;

    if (!s || !s->until || shell_now(sh) < s->until) {
        sh->reminded.sitting = 0;
        return false;
    }
    if (sh->reminded.sitting == index + 1)
        return false;
    sh->reminded.sitting = index + 1;
    clock_when(s->until, shell_now(sh), &when);
    shell_say(sh, "“%s” was to end at %s; S adjourns it", s->title, when.s);
    buf_release(&when);
    return true;
}

/* ---- The clock ---- */

static bool remind_jump(struct shell *sh) {
    int64_t jump = session_jumped(sh->session), more = jump - sh->reminded.jump;
    struct buf span = BUF_INIT;

    if (jump == 0)
        sh->reminded.jump = 0;
    if (jump == 0 || (more < JUMP_MS && more > -JUMP_MS))
        return false;
    sh->reminded.jump = jump;
    clock_span(more < 0 ? -more : more, &span);
    if (more < 0)
        shell_say(sh, "the clock was set back by %s; no duration counts it", span.s);
    else
        shell_say(sh,
                  "the clock went ahead by %s (asleep, or set); no duration counts it",
                  span.s);
    buf_release(&span);
    return true;
}

void remind(struct shell *sh) {
    if (!may_speak(sh))
        return;
    if (remind_jump(sh) || remind_box(sh))
        return;
    remind_end(sh);
}

/* ---- When ---- */

static void sooner(int64_t *wait, int64_t ms) {
    if (ms > 0 && (*wait < 0 || ms < *wait))
        *wait = ms;
}

int64_t remind_wait(const struct shell *sh) {
    struct box boxes[2];
    size_t n = running_boxes(sh, boxes);
    uint32_t index;
    const struct sitting *s = open_sitting(shell_workbook(sh), &index);
    int64_t wait = -1;

    for (size_t i = 0; i < n; i++) {
        sooner(&wait, boxes[i].box * NEAR_PERCENT / 100 - boxes[i].spent);
        sooner(&wait, boxes[i].box - boxes[i].spent);
    }
    if (s && s->until)
        sooner(&wait, s->until - shell_now(sh));
    return wait;
}
