/* A negotiation by its commands: positions, outcomes, brackets, read-backs, the next
 * meeting. */
#include "fixture.h"

#include "model/agreement.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

/* Each look at the clock takes a second. */
static int64_t tick(void *ctx) {
    return *(int64_t *)ctx += 1000;
}
static int64_t now;

static struct session *open_session(const char *path) {
    struct session *s = fixture_open(path, SESSION_WRITE);
    session_set_clock(s, tick, &now);
    return s;
}

static int set_up(void **state) {
    now = FIXTURE_MORNING;
    fixture_enter_workbook("");
    *state = open_session("w.xml");
    return 0;
}

static int tear_down(void **state) {
    session_close(*state);
    fixture_leave_scratch();
    return 0;
}

/* Recorded, and this is the message. */
static void says(struct session *s, const char *line, const char *what) {
    fixture_must(s, line);
    assert_string_equal(session_message(s), what);
}

static const struct issue *issue(const struct session *s, const char *cite) {
    const struct workbook *w = session_workbook(s);
    return &w->issues.v[fixture_issue(w, cite)];
}

static const struct event *last_event(const struct session *s) {
    const struct workbook *w = session_workbook(s);
    return &w->log.v[w->log.n - 1].event;
}

/* "COMMAND ID REST", for the entry made last. */
static char *on_last(const struct session *s, const char *command, const char *rest) {
    static char line[200];
    const char *id = session_workbook(s)->log.v[fixture_last_entry(s)->event].event.id;
    snprintf(line, sizeof line, "%s %s%s%s", command, id, *rest ? " " : "", rest);
    return line;
}

static void assert_wording(const struct session *s, const char *cite, const char *text) {
    const struct workbook *w = session_workbook(s);
    assert_string_equal(issue_wording(w, fixture_issue(w, cite), 0), text);
}

/* ---- positions */

static void a_mark_tells_the_stance(void **state) {
    struct session *s = *state;
    says(s, "position A(a) ru - Not without the State.",
         "A(a) position of Россия, against: Not without the State.");
    says(s, "position A(a) us + With pleasure.",
         "A(a) position of United States, in favour: With pleasure.");
    says(s, "position A(a) ru ? If in time.",
         "A(a) position of Россия, on conditions: If in time.");
    says(s, "position A(a) ru Well.", "A(a) position of Россия: Well.");
    says(s, "position A(a) ru -5 degrees", "A(a) position of Россия: -5 degrees");
    says(s, "position A(a) ru \\\\- a list", "A(a) position of Россия: - a list");
    says(s, "position A(a) ru -", "A(a) position of Россия: -");
    fixture_must_not(s, "position A(a) ru   ", "needs");
    fixture_must_not(s, "position A(a) eu No.", "is no side");
}

static void a_correction_may_tell_another_stance(void **state) {
    struct session *s = *state;
    fixture_must(s, "position A(a) ru - No.");
    fixture_must(s, on_last(s, "revise", "? Not now."));
    assert_int_equal(fixture_last_entry(s)->stance, STANCE_CONDITIONAL);
    assert_string_equal(fixture_last_entry(s)->text, "Not now.");
    fixture_must(s, on_last(s, "revise", "Not today."));
    assert_int_equal(fixture_last_entry(s)->stance, STANCE_CONDITIONAL);
    fixture_must(s, "undo");
    fixture_must(s, "undo");
    assert_int_equal(fixture_last_entry(s)->stance, STANCE_AGAINST);
}

static void shares_and_takes_back(void **state) {
    struct session *s = *state;
    fixture_must(s, "position A(a) ru - No.");
    assert_false(fixture_last_entry(s)->shared);
    says(s, on_last(s, "share", ""),
         "A(a) shared with the room: position of Россия, against: No.");
    fixture_must_not(s, on_last(s, "share", "shared"), "it is shared already");
    says(s, on_last(s, "share", "priv"),
         "A(a) private again: position of Россия, against: No.");
    fixture_must_not(s, on_last(s, "share", "private"), "it is private already");
    fixture_must_not(s, on_last(s, "share", "aloud"), "neither shared nor private");
    fixture_must(s, "undo");
    assert_true(fixture_last_entry(s)->shared);
    fixture_must(s, on_last(s, "retract", ""));
    fixture_must_not(s, on_last(s, "share", ""), "no such entry any more");
    fixture_must(s, "note A(a) a remark");
    fixture_must_not(s, on_last(s, "share", ""), "only a position");
}

static void actions_are_done(void **state) {
    struct session *s = *state;
    fixture_must(s, "action A(a) @lee send the list");
    says(s, on_last(s, "done", "sent on Monday"),
         "A(a) done: action @lee: send the list (sent on Monday)");
    says(s, on_last(s, "done", ""), "A(a) open again: action @lee: send the list");
    fixture_must(s, "undo");
    assert_true(fixture_last_entry(s)->done);
    fixture_must(s, "position A(a) ru - No.");
    fixture_must_not(s, on_last(s, "done", ""), "only an action item");
}

/* ---- outcomes */

static void agreed_asks_for_a_reason(void **state) {
    struct session *s = *state;
    fixture_must_not(
        s, "disposition A(a) agreed",
        "United States has no position; Россия has no position; to record it all the "
        "same, give the reason: disposition A(a) agreed REASON");
    fixture_must(s, "position A(a) us + Yes.");
    fixture_must(s, "position A(a) ru - No.");
    fixture_must(s, "answer A(a) [ru: no | us: yes]");
    fixture_must_not(s, "disposition A(a) agreed",
                     "Россия is against; the answer has 1 open bracket");
    fixture_must_not(s, "disposition A(a) agreed   ", "Россия is against");
    says(s, "disposition A(a) agreed the chair so ruled",
         "A(a) disposition agreed, in spite of: Россия is against; the answer has 1 open "
         "bracket: the chair so ruled");
    assert_string_equal(event_get(last_event(s), FIELD_OVERRIDE),
                        "Россия is against; the answer has 1 open bracket");
    fixture_must_not(s, "disposition A(a) agreed", "it has this disposition already");
    fixture_must(s, "position A(a) ru + Yes.");
    fixture_must(s, "answer A(a) yes");
    says(s, "disposition A(a) agreed at last", "A(a) disposition agreed: at last");
    assert_string_equal(event_get(last_event(s), FIELD_OVERRIDE), "");
    fixture_must(s, "position A(b) ru + Yes.");
    says(s, "disposition A(b) agreed", "A(b) disposition agreed");
}

static void a_withdrawn_position_is_missing(void **state) {
    struct session *s = *state;
    fixture_must(s, "position A(b) ru + Yes.");
    fixture_must(s, on_last(s, "retract", "said in error"));
    fixture_must_not(s, "disposition A(b) agreed", "Россия has no position");
    fixture_must(s, "undo");
    fixture_must(s, "disposition A(b) agreed");
}

static void ad_referendum_names_the_side(void **state) {
    struct session *s = *state;
    fixture_must_not(s, "disposition A(a) agreed ad referendum",
                     "which side has still to confirm it?");
    fixture_must_not(s, "disposition A(a) agreed ad referendum the Duma",
                     "the sides are us, ru");
    fixture_must_not(
        s, "disposition A(a) agreed ad referendum ru",
        "United States has no position; to record it all the same, give the reason: "
        "disposition A(a) agreed-ad-referendum ru REASON");
    fixture_must(s, "position A(a) us - No.");
    says(s, "disposition A(a) agreed ad referendum ru: us may come round",
         "A(a) disposition agreed ad referendum, to be confirmed by Россия, in spite of: "
         "United States is against: us may come round");
    fixture_must(s, "position A(a) us + Yes.");
    says(s, "disposition A(a) agreed ad referendum Россия",
         "A(a) disposition agreed ad referendum, to be confirmed by Россия");
    says(s, "disposition A(a) r united states, RU, us",
         "A(a) disposition agreed ad referendum, to be confirmed by United States, "
         "Россия");
    fixture_must_not(s, "disposition A(a) agreed", "Россия has yet to confirm it");
}

static void confirm_makes_it_agreed(void **state) {
    struct session *s = *state;
    fixture_must_not(s, "confirm A(a) ru", "not agreed ad referendum");
    fixture_must(s, "disposition A(a) agreed-ad-referendum ru us capitals");
    says(s, "confirm A(a) ru by letter",
         "A(a) confirmed by Россия: by letter; still to confirm it: United States");
    fixture_must_not(s, "confirm A(a) ru", "Россия has confirmed it already");
    fixture_must(s, "position A(a) ru - On second thoughts, no.");
    says(s, "confirm A(a) us",
         "A(a) confirmed by United States; it is agreed, but: United States has no "
         "position; Россия is against");
    assert_int_equal(issue(s, "A(a)")->disposition, DISPOSITION_AGREED);
    fixture_must_not(s, "confirm A(a) us", "United States has confirmed it already");
    fixture_must(s, "undo");
    assert_int_equal(issue(s, "A(a)")->disposition, DISPOSITION_AD_REFERENDUM);
    fixture_must(s, "redo");
    assert_int_equal(issue(s, "A(a)")->disposition, DISPOSITION_AGREED);
    fixture_must(s, "disposition A(b) r us so be it");
    fixture_must_not(s, "confirm A(b) ru", "Россия was not asked to confirm it");
    fixture_must(s, "disposition A(b) open");
    fixture_must_not(s, "confirm A(b) us", "nothing is left to be confirmed");
    fixture_must_not(s, "confirm A(a)", "confirm needs");
}

static void a_confirmation_goes_with_its_outcome(void **state) {
    struct session *s = *state;
    fixture_must(s, "disposition A(a) r ru why not");
    fixture_must(s, "undo");
    fixture_must_not(s, "confirm A(a) ru", "not agreed ad referendum");
    fixture_must(s, "redo");
    fixture_must(s, "confirm A(a) ru");
}

static void someone_keeps_a_deferred_issue(void **state) {
    struct session *s = *state;
    fixture_must(s, "person-add Bruce LEE, us");
    says(s, "disposition A(a) deferred @lee no time left",
         "A(a) disposition deferred, kept by LEE: no time left");
    assert_string_equal(issue(s, "A(a)")->record->owner, "lee");
    says(s, "disposition A(a) deferred @RU", "A(a) disposition deferred, kept by Россия");
    fixture_must(s, "disposition A(a) deferred @stranger");
    assert_string_equal(issue(s, "A(a)")->record->owner, "stranger");
    assert_non_null(strstr(session_message(s), "kept as typed"));
    says(s, "disposition A(b) deferred no time, @lee said",
         "A(b) disposition deferred: no time, @lee said");
    says(s, "disposition B(a) deferred @ noon", "B(a) disposition deferred: @ noon");
}

static void bracketed_without_brackets_is_said(void **state) {
    struct session *s = *state;
    says(s, "disposition A(a) bracketed",
         "A(a) disposition bracketed (the answer has no brackets)");
    fixture_must(s, "answer A(b) [ru: no | us: yes]");
    says(s, "disposition A(b) bracketed", "A(b) disposition bracketed");
}

/* ---- brackets and wordings */

static void resolves_brackets(void **state) {
    struct session *s = *state;
    fixture_must_not(s, "resolve A(a) 1 ru", "the answer has none");
    fixture_must(
        s, "answer A(a) States [ru: shall | us: may [us: promptly | ru: in time]] act "
           "[deepen]. [us: broken");
    assert_int_equal(issue(s, "A(a)")->n_brackets, 2);
    assert_int_equal(issue(s, "A(a)")->n_broken, 1);
    fixture_must_not(s, "resolve A(a) 0 ru", "there is no bracket 0");
    fixture_must_not(s, "resolve A(a) 4 ru", "there is no bracket 4: the answer has 3");
    fixture_must_not(s, "resolve A(a) 3 us", "bracket 3 is broken");
    fixture_must_not(s, "resolve A(a) 2 eu", "is no side");
    fixture_must_not(s, "resolve A(a) 2", "resolve needs");
    says(s, "resolve A(a) 2 ru",
         "A(a) answer, bracket 2 resolved: the text of Россия: States [ru: shall | us: "
         "may in time] act [deepen]. [us: broken");
    says(s, "resolve A(a) 1 = should",
         "A(a) answer, bracket 1 resolved: a third wording: States should act [deepen]. "
         "[us: broken");
    fixture_must(s, "undo");
    fixture_must(s, "resolve A(a) 1 us");
    assert_wording(s, "A(a)", "States may in time act [deepen]. [us: broken");
    fixture_must(s, "answer A(b) [us: all of it]");
    fixture_must_not(s, "resolve A(b) 1 ru", "Россия has no text in bracket 1");
    fixture_must_not(s, "resolve A(b) 1 =", "is empty");
    fixture_must(s, "answer A(b) Yes [us: , always].");
    fixture_must(s, "resolve A(b) 1 =");
    assert_wording(s, "A(b)", "Yes .");
}

static void restores_a_wording(void **state) {
    struct session *s = *state;
    fixture_must_not(s, "restore A(a) 1", "there is no wording 1: there are 0");
    fixture_must(s, "answer A(a) one");
    fixture_must(s, "answer A(a) two");
    fixture_must_not(s, "restore A(a) 0", "there is no wording 0");
    fixture_must_not(s, "restore A(a) 3", "there is no wording 3: there are 2");
    fixture_must_not(s, "restore A(a) 2", "it is the answer already");
    fixture_must(s, "restore A(a) 1");
    assert_wording(s, "A(a)", "one");
    fixture_must(s, "undo");
    assert_wording(s, "A(a)", "two");
}

/* ---- read-backs */

static void reads_back(void **state) {
    struct session *s = *state;
    fixture_must_not(s, "readback A(a)", "no answer to read back");
    fixture_must_not(s, "assent A(a) ru assent", "it is not being read back");
    fixture_must(s, "answer A(a) Yes, soon.");
    says(s, "readback A(a)", "A(a) read back: Yes, soon.");
    fixture_must_not(s, "readback A(a)", "it is being read back already");
    says(s, "assent A(a) ru a", "A(a) Россия: assent");
    fixture_must_not(s, "assent A(a) ru assent", "that is its word already");
    fixture_must_not(s, "assent A(a) us reservation", "a reservation needs its words");
    fixture_must_not(s, "assent A(a) us maybe", "none of assent, reservation, silence");
    fixture_must_not(s, "assent A(a) eu assent", "is no side");
    says(s, "assent A(a) us res “soon” is vague",
         "A(a) United States: reservation: “soon” is vague");
    fixture_must(s, "answer A(a) Yes, in a year.");
    says(s, "assent A(a) us silence",
         "A(a) United States: silence (the answer has changed since it was read back)");
    fixture_must(s, "readback A(a)");
    fixture_must(s, "readback-end A(a)");
    fixture_must_not(s, "readback-end A(a)", "it is not being read back");
    fixture_must(s, "assent A(a) ru assent by post");
    assert_int_equal(session_workbook(s)->readbacks.n, 2);
    fixture_must(s, "undo");
    fixture_must(s, "undo");
    fixture_must(s, "readback-end A(a)");
}

/* ---- sub-questions, recommendations, temperature */

static void marks_sub_questions(void **state) {
    struct session *s = *state;
    fixture_must_not(s, "subquestion A(a) answered", "has no sub-questions");
    fixture_must_not(s, "subquestion A(b) answered", "name the sub-question");
    fixture_must_not(s, "subquestion A(b)3 answered", "no sub-question is cited");
    fixture_must_not(s, "subquestion A(b)1 perhaps",
                     "none of answered, not-applicable, open");
    fixture_must_not(s, "subquestion A(b)1 open", "it is marked so already");
    says(s, "subquestion A(b)1 answered the first sentence",
         "A(b)1 answered: the first sentence");
    fixture_must_not(s, "subquestion A(b)1 answered the first sentence",
                     "marked so already");
    says(s, "subquestion A(b)1 not there is no law",
         "A(b)1 not applicable: there is no "
         "law");
    fixture_must(s, "subquestion A(b)1 open");
    fixture_must(s, "undo");
    assert_int_equal(issue(s, "A(b)")->record->subs.v[0].state, SUB_NOT_APPLICABLE);
}

static void recommendations_rest_on_issues(void **state) {
    struct session *s = *state;
    fixture_must_not(s, "support A(a) A(b)", "only a recommendation");
    fixture_must_not(s, "support R(a) R(a)", "can rest on");
    fixture_must_not(s, "support R(a) A", "can rest on");
    fixture_must_not(s, "support R(a) A(z)", "no issue is cited as A(z)");
    fixture_must_not(s, "support R(a) -", "it rests on these already");
    says(s, "support R(a) A(a), Bb A.b.2 A(a)", "R(a) rests on A(a), B(b), A(b)2");
    fixture_must_not(s, "support R(a) A(a) B(b) A(b)2", "it rests on these already");
    says(s, "support R(a) -", "R(a) rests on no issue");
    fixture_must(s, "undo");
    assert_string_equal(issue(s, "R(a)")->record->supports, "A.a B.b A.b.2");
}

static void takes_soundings(void **state) {
    struct session *s = *state;
    fixture_must(s, "person-add Bruce LEE, us");
    fixture_must(s, "person-add Rudolf RUSK, ru");
    fixture_must_not(s, "sounding A(a) ru 0", "a level is 1 (against) to 5 (in full)");
    fixture_must_not(s, "sounding A(a) ru 6", "a level is 1");
    fixture_must_not(s, "sounding A(a) ru x", "is no number");
    fixture_must_not(s, "sounding A(a) nobody 2", "nobody");
    says(s, "sounding A(a) ru 2", "A(a) temperature: Россия, serious doubts");
    fixture_must_not(s, "sounding A(a) ru 2", "that is where it stands already");
    says(s, "sounding A(a) lee 5", "A(a) temperature: LEE, in full");
    says(s, "sounding A(a) @ru 1", "A(a) temperature: RUSK, against");
    fixture_must(s, "answer A(a) A wording.");
    fixture_must(s, "sounding A(a) ru 2");
}

static void completes_arguments(void **state) {
    static const char *const cases[][2] = {
        {"assent A(a) ru ", "assent\nreservation\nsilence\n"},
        {"assent A(a) ru r", "reservation\n"},
        {"subquestion A(b)1 n", "not-applicable\n"},
        {"share x.1 ", "shared\nprivate\n"},
        {"sounding A(a) ", "us\nru\nlee\n"},
        {"disposition A(a) agreed-ad-referendum us r", "ru\n"},
        {"disposition A(a) deferred @l", "@lee\n"},
        {"support R(a) A(a) B(b", "B(b)\n"},
        {"resolve A(a) 1 u", "us\n"},
        {"confirm A(a) r", "ru\n"},
    };
    struct session *s = *state;
    fixture_must(s, "person-add Bruce LEE, us");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf b = BUF_INIT;
        command_complete(session_workbook(s), cases[i][0], &b);
        assert_string_equal(b.s, cases[i][1]);
        buf_release(&b);
    }
}

/* ---- the next meeting */

static int next(const char *from, const char *to, struct buf *said) {
    struct err err = ERR_INIT;
    buf_clear(said);
    int result = session_next(from, to, said, &err);
    if (result < 0)
        err_format(&err, said);
    err_release(&err);
    return result;
}

static void begins_the_next_meeting(void **state) {
    struct session *s = *state;
    struct buf said = BUF_INIT;
    fixture_must(s, "person-add Bruce LEE, us");
    fixture_must(s, "position A(b) ru - No.");
    fixture_must(s, "disposition A(b) bracketed");
    fixture_must(s, "action B(a) @lee send the list");
    fixture_must(s, "disposition A(a) noted");
    assert_int_equal(next("w.xml", "next.xml", &said), 0);
    assert_string_equal(said.s, "5 issues, 1 unfinished action, 1 participant");
    struct session *n = open_session("next.xml");
    assert_null(session_notice(n));
    assert_int_equal(session_workbook(n)->n_odd, 0);
    assert_string_not_equal(session_id(n), session_id(s));
    assert_string_equal(event_get(last_event(n), FIELD_FROM), session_id(s));
    assert_string_equal(last_event(n)->text, "T, 6–7 December 2011");
    fixture_must_not(n, "undo", "nothing to undo");
    fixture_must(n, "position A(b) ru + Yes.");
    fixture_must(n, "disposition A(b) agreed");
    session_close(n);
    assert_int_equal(next("w.xml", "next.xml", &said), -1);
    assert_non_null(strstr(said.s, "next.xml"));
    assert_int_equal(next("next.xml", "third.xml", &said), 0);
    assert_string_equal(said.s, "4 issues, 1 unfinished action, 1 participant");
    buf_release(&said);
}

static void nothing_is_carried_from_nothing(void **state) {
    struct session *s = *state;
    struct buf said = BUF_INIT;
    struct stat st;
    assert_int_equal(next("m.xml", "next.xml", &said), -1);
    assert_non_null(strstr(said.s, "it is a memo, not a workbook"));
    assert_int_equal(next("missing.xml", "next.xml", &said), -1);
    static const char *const all[] = {"A(a)", "A(b)", "B(a)", "B(b)", "B(c)", "R(a)"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        char line[40];
        snprintf(line, sizeof line, "disposition %s noted", all[i]);
        fixture_must(s, line);
    }
    assert_int_equal(next("w.xml", "next.xml", &said), -1);
    assert_non_null(strstr(said.s, "nothing is left to carry forward"));
    assert_int_equal(stat("next.xml", &st), -1);
    buf_release(&said);
}

/* As written before positions had a stance and were shared. */
static void goes_on_with_an_older_workbook(void **state) {
    struct buf file = fixture_read("m.xml"), said = BUF_INIT;
    struct buf old = BUF_INIT;
    (void)state;
    buf_puts(&old, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                   "<workbook xmlns=\"urn:memobook:1\" version=\"1\" id=\"old\">\n");
    buf_puts(&old, file.s);
    buf_puts(
        &old,
        "<log>\n"
        "<position n=\"1\" id=\"old.1\" at=\"2011-12-06T09:00:00.000Z\" "
        "issue=\"A.a\" side=\"ru\">No.</position>\n"
        "<disposition n=\"2\" id=\"old.2\" at=\"2011-12-06T09:01:00.000Z\" "
        "issue=\"A.a\" disposition=\"agreed-ad-referendum\">ask Moscow</disposition>\n"
        "</log>\n</workbook>\n");
    fixture_write("old.xml", old.s);
    struct session *s = open_session("old.xml");
    if (session_notice(s))
        fail_msg("%s", session_notice(s));
    assert_int_equal(session_saved(s), 2);
    assert_false(fixture_last_entry(s)->shared);
    fixture_must_not(s, "confirm A(a) ru", "no side was asked to confirm it");
    fixture_must(s, "disposition A(a) agreed-ad-referendum ru: us has not spoken");
    fixture_must(s, "confirm A(a) ru");
    assert_int_equal(issue(s, "A(a)")->disposition, DISPOSITION_AGREED);
    session_close(s);
    assert_int_equal(next("old.xml", "next.xml", &said), 0);
    buf_release(&old);
    buf_release(&file);
    buf_release(&said);
}

static void what_is_odd_is_said_when_carrying(void **state) {
    struct session *s = *state;
    struct buf file = BUF_INIT, said = BUF_INIT;
    fixture_must(s, "note A(a) as it was");
    session_close(s);
    file = fixture_read("w.xml");
    memcpy(strstr(file.s, "as it was"), "as it is!", 9);
    fixture_write("w.xml", file.s);
    assert_int_equal(next("w.xml", "next.xml", &said), 0);
    assert_non_null(strstr(said.s, "of w.xml: 1 event was changed by hand"));
    buf_release(&file);
    buf_release(&said);
    *state = open_session("w.xml");
}

/* ---- from two opposed positions to agreed text */

static void a_held_negotiation(void **state) {
    struct session *s = *state;
    fixture_must(s, "position A(a) ru - Not without consent.");
    fixture_must(s, "position A(a) us + At once.");
    fixture_must(
        s, "answer A(a) Data is given [ru: with consent | us: [us: promptly | ru: in "
           "due time]].");
    fixture_must(s, "disposition A(a) bracketed");
    fixture_must(s, "readback A(a)");
    fixture_must(s, "assent A(a) ru reservation what is due time");
    fixture_must(s, "readback-end A(a)");
    fixture_must(s, "resolve A(a) 2 = within thirty days");
    fixture_must(s, "readback A(a)");
    fixture_must(s, "assent A(a) ru silence");
    fixture_must(s, "assent A(a) us assent");
    fixture_must(s, "readback-end A(a)");
    fixture_must(s, "resolve A(a) 1 us");
    assert_wording(s, "A(a)", "Data is given within thirty days.");
    fixture_must(s, "readback A(a)");
    fixture_must(s, "assent A(a) ru assent");
    fixture_must(s, "assent A(a) us assent");
    fixture_must(s, "readback-end A(a)");
    fixture_must_not(s, "disposition A(a) agreed", "Россия is against");
    fixture_must(s, "disposition A(a) agreed ad referendum ru: Moscow to confirm");
    fixture_must(s, "confirm A(a) ru by note verbale");
    assert_int_equal(issue(s, "A(a)")->disposition, DISPOSITION_AGREED);
    fixture_must(s, "disposition B(b) deferred @lee");
    session_close(s);

    /* A year later. */
    s = open_session("w.xml");
    const struct workbook *w = session_workbook(s);
    wording_vec v = {0};
    assert_int_equal(w->n_odd, 0);
    assert_int_equal(w->readbacks.n, 3);
    assert_string_equal(w->readbacks.v[0].words.v[0].text, "what is due time");
    assert_true(readback_covers(w, 2));
    assert_false(readback_covers(w, 1));
    wordings_of(w, fixture_issue(w, "A(a)"), 0, &v);
    assert_int_equal(v.n, 3);
    assert_non_null(strstr(v.v[0].text, "[us: promptly"));
    vec_release(&v);
    assert_string_equal(issue(s, "A(a)")->record->confirmed.v[0].text, "by note verbale");
    assert_string_equal(issue(s, "B(b)")->record->owner, "lee");
    *state = s;
}

int main(void) {
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_mark_tells_the_stance),
        TEST(a_correction_may_tell_another_stance),
        TEST(shares_and_takes_back),
        TEST(actions_are_done),
        TEST(agreed_asks_for_a_reason),
        TEST(a_withdrawn_position_is_missing),
        TEST(ad_referendum_names_the_side),
        TEST(confirm_makes_it_agreed),
        TEST(a_confirmation_goes_with_its_outcome),
        TEST(someone_keeps_a_deferred_issue),
        TEST(bracketed_without_brackets_is_said),
        TEST(resolves_brackets),
        TEST(restores_a_wording),
        TEST(reads_back),
        TEST(marks_sub_questions),
        TEST(recommendations_rest_on_issues),
        TEST(takes_soundings),
        TEST(completes_arguments),
        TEST(begins_the_next_meeting),
        TEST(nothing_is_carried_from_nothing),
        TEST(goes_on_with_an_older_workbook),
        TEST(what_is_odd_is_said_when_carrying),
        TEST(a_held_negotiation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
