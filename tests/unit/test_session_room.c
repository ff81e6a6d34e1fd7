/* The room by its commands: sittings, people, the floor, time, off the record. */
#include "fixture.h"

#include "model/agreement.h"
#include "session/draft.h"

#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE };

/* The wall clock, and the steady one, which stands still in sleep. */
static struct clocks { int64_t wall, steady; } clocks;

static int64_t wall_now(void *ctx) {
    return ((struct clocks *)ctx)->wall;
}

static int64_t steady_now(void *ctx) {
    return ((struct clocks *)ctx)->steady;
}

static void pass(int64_t ms) {
    clocks.wall += ms;
    clocks.steady += ms;
}

static struct session *open_session(void) {
    struct session *s = fixture_open("w.xml", SESSION_WRITE);
    session_set_clock(s, wall_now, &clocks);
    session_set_steady(s, steady_now);
    return s;
}

static int set_up(void **state) {
    clocks = (struct clocks){FIXTURE_MORNING, 5 * HOUR};
    fixture_enter_workbook("");
    *state = open_session();
    return 0;
}

static int tear_down(void **state) {
    session_close(*state);
    fixture_leave_scratch();
    return 0;
}

static const struct room *room(const struct session *s) {
    return &session_workbook(s)->room;
}

static const struct person *person(const struct session *s, const char *id) {
    uint32_t i = person_by_id(session_workbook(s), id);
    assert_int_not_equal(i, NONE);
    return &room(s)->people.v[i];
}

/* Ids of those who wait, blank separated. */
static void assert_list(const struct session *s, const char *ids) {
    struct buf b = BUF_INIT;
    for (size_t i = 0; i < room(s)->floor.list.n; i++)
        buf_addf(&b, "%s%s", i ? " " : "",
                 room(s)->people.v[room(s)->floor.list.v[i].person].id);
    assert_string_equal(b.s, ids);
    buf_release(&b);
}

static void add_three(struct session *s) {
    fixture_must(s, "person-add Michael YAKUSHEV, ru, government");
    fixture_must(s, "person-add Ann LEE, us, business");
    fixture_must(s, "person-add José MUÑOZ, us, civil");
}

/* ---- sittings */

static void sittings_open_adjourn_and_resume(void **state) {
    struct session *s = *state;
    fixture_must_not(s, "sitting adjourn", "no sitting is open");
    fixture_must_not(s, "sitting resume", "no sitting is open");
    fixture_must(s, "sitting open Day 1 morning");
    fixture_must_not(s, "sitting open", "“Day 1 morning” is open; adjourn it first");
    fixture_must_not(s, "sitting resume", "“Day 1 morning” is open already");
    pass(90 * MINUTE);
    fixture_says(s, "sitting-adjourn", "“Day 1 morning” is adjourned");
    fixture_must_not(s, "sitting open Day 1 morning", "sitting resume reopens it");
    pass(HOUR);
    fixture_must(s, "sitting resume");
    pass(30 * MINUTE);
    assert_int_equal(sitting_spent(session_workbook(s), 0, session_room(s)), 2 * HOUR);
    fixture_must(s, "sitting adjourn");
    fixture_must(s, "sitting open");
    assert_string_equal(room(s)->sittings.v[1].title, "Sitting 2");
}

static void adjourning_ends_discussion_and_intervention(void **state) {
    struct session *s = *state;
    add_three(s);
    fixture_must(s, "sitting open");
    fixture_must(s, "discuss Ab");
    fixture_must(s, "floor give yak");
    pass(4 * MINUTE);
    fixture_must(s, "sitting adjourn");
    pass(8 * HOUR);
    fixture_must(s, "sitting resume");
    const struct workbook *w = session_workbook(s);
    assert_int_equal(w->discussed, NONE);
    assert_int_equal(room(s)->floor.speaker, NONE);
    assert_int_equal(person(s, "yakushev")->spoken, 4 * MINUTE);
    assert_int_equal(issue_spent(w, fixture_issue(w, "A.b"), session_room(s)),
                     4 * MINUTE);
}

static void the_planned_end_is_a_time_of_today(void **state) {
    struct session *s = *state;
    fixture_must_not(s, "sitting until 12:30", "no sitting is open");
    fixture_must(s, "sitting open");
    fixture_says(s, "sitting until 12:30", "“Sitting 1” is to end at 12:30");
    assert_int_equal(room(s)->sittings.v[0].until, FIXTURE_MORNING + 210 * MINUTE);
    fixture_must_not(s, "sitting until 12:30", "already");
    fixture_must(s, "sitting until +90");
    assert_int_equal(room(s)->sittings.v[0].until, FIXTURE_MORNING + 90 * MINUTE);
    fixture_says(s, "sitting until none", "“Sitting 1” has no planned end any more");
    assert_int_equal(room(s)->sittings.v[0].until, 0);
    fixture_must_not(s, "sitting until none", "it has no planned end already");
    fixture_must(s, "sitting until 9:00");
    fixture_must_not(s, "sitting until 8:59", "8:59 is over; +90 is 90 minutes from now");
    static const char *const no_times[] = {
        "25:00", "12:60", "12", "12:3",   "noon",  "+0",  "+",
        "+1441", "+9x",   "-5", "12:30p", "1:2:3", ":30", "+99999999999"};
    for (size_t i = 0; i < sizeof no_times / sizeof *no_times; i++) {
        struct buf line = BUF_INIT, why = BUF_INIT;
        buf_addf(&line, "sitting until %s", no_times[i]);
        buf_addf(&why, "“%s” is no time of day", no_times[i]);
        fixture_must_not(s, line.s, why.s);
        buf_release(&line);
        buf_release(&why);
    }
}

static void an_hour_that_summer_time_skips_is_no_time(void **state) {
    struct session *s = *state;
    setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
    tzset();
    clocks.wall = 1332636600000; /* 2012-03-25 00:50 UTC, 1:50 local */
    fixture_must(s, "sitting open");
    fixture_must_not(s, "sitting until 2:30", "no time of day");
    fixture_must(s, "sitting until 3:30");
    assert_int_equal(room(s)->sittings.v[0].until - clocks.wall, 40 * MINUTE);
}

static void of_an_hour_that_comes_twice_the_one_to_come_is_meant(void **state) {
    struct session *s = *state;
    setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
    tzset();
    clocks.wall = 1351382400000; /* 2012-10-28 00:00 UTC, 2:00 local, summer time */
    fixture_must(s, "sitting open");
    fixture_must(s, "sitting until 2:30");
    int64_t until = room(s)->sittings.v[0].until;
    assert_true(until == clocks.wall + 30 * MINUTE || until == clocks.wall + 90 * MINUTE);
    clocks.wall += 70 * MINUTE; /* 2:10 local, winter time */
    fixture_must(s, "sitting until none");
    fixture_must(s, "sitting until 2:30");
    assert_int_equal(room(s)->sittings.v[0].until - clocks.wall, 20 * MINUTE);
    fixture_must_not(s, "sitting until 1:50", "1:50 is over");
}

static void in_the_evening_the_planned_end_may_be_in_the_night(void **state) {
    struct session *s = *state;
    clocks.wall = FIXTURE_MORNING + 14 * HOUR + 50 * MINUTE; /* 23:50 */
    fixture_must(s, "sitting open");
    fixture_says(s, "sitting until 0:30", "“Sitting 1” is to end tomorrow at 00:30");
    assert_int_equal(room(s)->sittings.v[0].until - clocks.wall, 40 * MINUTE);
    fixture_must_not(s, "sitting until 12:30", "12:30 is over");
    fixture_must(s, "sitting until 11:45");
    assert_int_equal(room(s)->sittings.v[0].until - clocks.wall, 11 * HOUR + 55 * MINUTE);
}

static void a_sitting_left_open_is_said_on_another_day(void **state) {
    struct session *s = *state;
    struct err err = ERR_INIT;
    fixture_must(s, "sitting open Day 1 morning");
    session_close(s);
    /* The real clock is years ahead of the one that opened it. */
    *state = s = session_open("w.xml", SESSION_WRITE, &err);
    assert_non_null(session_notice(s));
    assert_string_equal(session_notice(s),
                        "“Day 1 morning” is still open (since 6 Dec 09:00): S adjourns "
                        "it");
    session_set_clock(s, wall_now, &clocks);
    fixture_must(s, "sitting adjourn");
    session_close(s);
    *state = s = session_open("w.xml", SESSION_WRITE, &err);
    assert_null(session_notice(s));
}

/* ---- people */

static void people_are_added_corrected_removed(void **state) {
    struct session *s = *state;
    add_three(s);
    const struct person *p = person(s, "munoz");
    assert_string_equal(p->name, "José MUÑOZ");
    assert_string_equal(p->side, "us");
    assert_string_equal(p->constituency, "civil society");
    assert_int_equal(p->role, PERSON_SPEAKER);
    fixture_must(s, "person-change munoz José MUÑOZ, , , obs");
    p = person(s, "munoz");
    assert_string_equal(p->side, "");
    assert_int_equal(p->role, PERSON_OBSERVER);
    /* What is not said stays. */
    fixture_must(s, "person-change lee Anne LEE");
    assert_string_equal(person(s, "lee")->side, "us");
    fixture_must_not(s, "person-change lee Anne LEE, us", "already");
    fixture_must(s, "person-remove lee");
    assert_false(person(s, "lee")->live);
    fixture_must_not(s, "person-remove lee", "lee");
    /* The same one again is the same. */
    fixture_must(s, "person-add Anne LEE, us");
    assert_true(person(s, "lee")->live);
    assert_int_equal(room(s)->people.n, 3);
}

static void what_is_wrong_with_a_person_is_said(void **state) {
    struct session *s = *state;
    add_three(s);
    fixture_must_not(s, "person-add", "needs TEXT");
    fixture_must_not(s, "person-add Bob X, france",
                     "“france” is no side; the sides are us, ru");
    fixture_must_not(s, "person-add Bob X, us, business, chiar",
                     "“chiar” is no role; chair, facilitator, rapporteur, observer, "
                     "interpreter; of any other participant leave it out");
    fixture_must_not(s, "person-add Bob X, us, business, chair, 5", "a field too many");
    fixture_must_not(s, "person-add , us", "a participant needs a name");
    fixture_must_not(s, "person-add \"Bob X", "never closed");
    fixture_must_not(s, "person-add ann lee, us",
                     "(United States) is on the list already");
    fixture_must_not(s, "person-change munoz Ann LEE, us", "is on the list already");
    fixture_must_not(s, "floor add bob", "bob");
}

static void two_of_one_name_are_told_apart(void **state) {
    struct session *s = *state;
    fixture_must(s, "person-add Adam SMITH, us");
    fixture_says(s, "person-add Bella SMITH, ru",
                 "(another SMITH is on the list: A. SMITH, B. SMITH)");
    fixture_must_not(s, "floor add smith", "SMITH");
    fixture_must(s, "floor add bella");
    fixture_must(s, "floor add Adam Smith");
    assert_int_equal(room(s)->floor.list.n, 2);
    /* One name, two sides. */
    fixture_must(s, "person-add Adam SMITH, ru");
    fixture_must_not(s, "floor give Adam Smith", "could be");
    fixture_says(s, "note A(a) @smith x", "taken for Adam SMITH");
    fixture_must(s, "floor give smith-3");
    assert_int_equal(room(s)->floor.speaker, 2);
    fixture_must(s, "floor give smith-1");
    assert_int_equal(room(s)->floor.speaker, 0);
    assert_int_equal(room(s)->people.n, 3);
}

static void arrivals_and_departures_are_timed(void **state) {
    struct session *s = *state;
    fixture_must_not(s, "person-arrive all", "there are no participants");
    add_three(s);
    fixture_must(s, "sitting open");
    fixture_must(s, "person-arrive yak");
    fixture_must_not(s, "person-arrive yak", "is here already");
    fixture_must_not(s, "person-leave lee", "is not here");
    pass(10 * MINUTE);
    fixture_must(s, "all-arrive");
    fixture_must_not(s, "person arrive ALL", "everybody is here already");
    pass(5 * MINUTE);
    fixture_must(s, "floor add lee");
    fixture_says(s, "person-leave lee", "still on the list of speakers");
    const struct person *p = person(s, "lee");
    assert_false(p->present);
    assert_int_equal(p->stays.n, 1);
    assert_int_equal(p->stays.v[0].to - p->stays.v[0].from, 5 * MINUTE);
    fixture_must(s, "person-leave all");
    fixture_must_not(s, "person-leave all", "nobody is here");
}

static void sides_are_added_and_renamed(void **state) {
    struct session *s = *state;
    fixture_must(s, "side eu European Union");
    assert_string_equal(side_name(session_workbook(s), "eu"), "European Union");
    fixture_must(s, "side EU The Union");
    assert_string_equal(side_name(session_workbook(s), "eu"), "The Union");
    fixture_must_not(s, "side eu The Union", "already");
    fixture_must_not(s, "side xx The Union", "eu is called The Union already");
    fixture_must_not(s, "side e/u Union", "no short name");
    fixture_must(s, "person-add Ann LEE, the union");
    assert_string_equal(person(s, "lee")->side, "eu");
    fixture_must(s, "position A(a) eu we agree");
}

/* ---- the floor */

static void the_list_of_speakers(void **state) {
    struct session *s = *state;
    add_three(s);
    fixture_must_not(s, "floor give", "nobody waits for the floor");
    fixture_must_not(s, "floor end", "nobody has the floor");
    fixture_must(s, "floor add yak");
    fixture_must(s, "floor-add @lee");
    fixture_must_not(s, "floor add yak", "YAKUSHEV is on the list already");
    fixture_must(s, "floor add muñoz");
    assert_list(s, "yakushev lee munoz");
    fixture_must(s, "floor up munoz");
    assert_list(s, "yakushev munoz lee");
    fixture_must_not(s, "floor up yak", "is the first");
    fixture_must_not(s, "floor down lee", "is the last");
    fixture_must(s, "floor down");
    assert_list(s, "munoz yakushev lee");
    fixture_must(s, "floor up");
    assert_list(s, "munoz lee yakushev");
    fixture_must(s, "floor withdraw lee");
    fixture_must_not(s, "floor withdraw lee", "is not on the list");
    fixture_must_not(s, "floor up lee", "is not on the list");
    fixture_says(s, "floor give", "MUÑOZ (United States) has the floor; next: YAKUSHEV");
    fixture_must_not(s, "floor give munoz", "MUÑOZ has the floor already");
    pass(3 * MINUTE);
    fixture_says(s, "floor give", "YAKUSHEV (Россия) has the floor");
    pass(125 * SECOND);
    fixture_says(s, "floor end", "YAKUSHEV spoke for 2:05");
    assert_int_equal(person(s, "munoz")->spoken, 3 * MINUTE);
    assert_int_equal(person(s, "yakushev")->spoken, 125 * SECOND);
    assert_true(person(s, "yakushev")->present);
}

static void points_of_order_and_replies_go_first(void **state) {
    struct session *s = *state;
    add_three(s);
    fixture_must(s, "floor add yak");
    fixture_must(s, "floor close");
    fixture_must_not(s, "floor add lee", "the list is closed; c opens it");
    fixture_must_not(s, "floor tour", "the list is closed");
    fixture_must(s, "floor reply lee");
    fixture_must(s, "floor order munoz");
    assert_list(s, "munoz lee yakushev");
    fixture_must_not(s, "floor order munoz",
                     "MUÑOZ waits for that already (point of order)");
    /* Who waits may rise to a point of order, and keeps the place. */
    fixture_must(s, "floor order yak");
    assert_list(s, "munoz yakushev lee yakushev");
    fixture_says(s, "floor give", "has the floor: point of order");
    fixture_must(s, "floor last munoz");
    fixture_must(s, "floor close");
    assert_false(room(s)->floor.closed);
}

static void a_tour_de_table_asks_everyone_once(void **state) {
    struct session *s = *state;
    fixture_must_not(s, "floor tour", "there is nobody to add");
    add_three(s);
    fixture_must(s, "person-add Olga KIM, ru, , interpreter");
    fixture_must_not(s, "floor tour", "say who is here");
    fixture_must(s, "all-arrive");
    fixture_must(s, "floor add munoz");
    fixture_must(s, "floor tour");
    assert_list(s, "munoz yakushev lee");
    fixture_must_not(s, "floor tour", "there is nobody to add");
}

static void who_has_the_floor_is_who_a_note_is_of(void **state) {
    struct session *s = *state;
    add_three(s);
    fixture_must(s, "note Aa nobody speaks");
    assert_string_equal(fixture_last_entry(s)->speaker, "");
    fixture_must(s, "floor give yak");
    fixture_must(s, "note Aa + a hotline");
    assert_string_equal(fixture_last_entry(s)->speaker, "yakushev");
    assert_string_equal(entry_side(session_workbook(s), fixture_last_entry(s)), "ru");
    fixture_must(s, "note Aa ~ - in confidence");
    assert_string_equal(fixture_last_entry(s)->speaker, "");
    fixture_must(s, "note Aa @- = 12 states signed");
    assert_string_equal(fixture_last_entry(s)->speaker, "");
    assert_string_equal(fixture_last_entry(s)->text, "12 states signed");
    fixture_must(s, "note Aa @lee ! another way");
    assert_string_equal(fixture_last_entry(s)->speaker, "lee");
    fixture_must(s, "note Aa @us - no");
    assert_string_equal(fixture_last_entry(s)->speaker, "");
    assert_string_equal(fixture_last_entry(s)->side, "us");
    fixture_must(s, "action Aa write it down");
    assert_string_equal(fixture_last_entry(s)->owner, "");
    fixture_must(s, "action Aa @муньос write it down by 2011-12-20");
    fixture_says(s, "note Aa @bob + as he said", "kept as typed)");
    assert_string_equal(fixture_last_entry(s)->speaker, "bob");
}

/* ---- time boxes, attribution */

static void time_boxes_are_set_on_the_spot(void **state) {
    struct session *s = *state;
    const struct workbook *w = session_workbook(s);
    fixture_must(s, "timebox Ab 20");
    assert_int_equal(w->issues.v[fixture_issue(w, "A.b")].minutes, 20);
    fixture_must_not(s, "timebox Ab 20", "already");
    fixture_must(s, "timebox B 45");
    assert_int_equal(w->topics.v[1].minutes, 45);
    fixture_must(s, "timebox B 0");
    fixture_must_not(s, "timebox B 0", "it has no time box already");
    fixture_must_not(s, "timebox Ab -5", "“-5” is no number of minutes");
    fixture_must_not(s, "timebox Ab 1441", "0 to 1440");
    fixture_must_not(s, "timebox Ab 99999999999999999999", "is no number of minutes");
    fixture_must_not(s, "timebox Zz 5", "Zz");
    fixture_must(s, "undo");
    assert_int_equal(w->topics.v[1].minutes, 45);
}

static void an_entry_is_attributed_anew(void **state) {
    struct session *s = *state;
    struct buf line = BUF_INIT;
    fixture_must(s, "note Aa @yak + a hotline");
    const struct workbook *w = session_workbook(s);
    const char *id = w->log.v[w->log.n - 1].event.id;
    buf_addf(&line, "attribute %s none", id);
    fixture_must(s, line.s);
    assert_int_equal(fixture_last_entry(s)->attribution, ATTRIBUTION_NONE);
    assert_string_equal(fixture_last_entry(s)->text, "a hotline");
    assert_string_equal(fixture_last_entry(s)->speaker, "yak");
    assert_int_equal(fixture_last_entry(s)->note_kind, NOTE_FOR);
    fixture_must_not(s, line.s, "already");
    buf_clear(&line);
    buf_addf(&line, "attribute %s everybody", id);
    fixture_must_not(s, line.s, "name, side or none");
    fixture_must(s, "undo");
    assert_int_equal(fixture_last_entry(s)->attribution, ATTRIBUTION_NAME);
    buf_release(&line);
}

/* ---- off the record */

static void off_the_record_nothing_is_recorded(void **state) {
    struct session *s = *state;
    struct err err = ERR_INIT;
    struct buf draft = BUF_INIT;
    fixture_must_not(s, "record on", "it is on the record already");
    fixture_must(s, "note Aa before");
    fixture_must(s, "record off");
    assert_true(session_off_record(s));
    static const char *const lines[] = {"note Aa secret", "record off",  "undo",
                                        "redo",           "discuss Aa",  "sitting open",
                                        "person-add X",   "side eu EU",  "timebox Aa 5",
                                        "roster r.csv",   "answer Aa x", "floor close"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        fixture_must_not(
            s, lines[i],
            "off the record: nothing is recorded; O goes back on the record");
    assert_int_equal(draft_save(s, "answer A.a", "secret", 6, &err), 0);
    assert_int_equal(draft_load(s, "answer A.a", &draft, &err), 0);
    /* A crash does not put it back on the record. */
    session_close(s);
    *state = s = open_session();
    assert_true(session_off_record(s));
    assert_non_null(
        strstr(session_notice(s), "off the record since 6 Dec 09:00: O goes"));
    fixture_must_not(s, "note Aa secret", "off the record");
    fixture_must(s, "record on");
    fixture_must(s, "note Aa after");
    assert_int_equal(draft_save(s, "answer A.a", "public", 6, &err), 0);
    assert_int_equal(draft_load(s, "answer A.a", &draft, &err), 1);
    struct buf file = fixture_read("w.xml");
    assert_null(strstr(file.s, "secret"));
    buf_release(&file);
    buf_release(&draft);
}

/* ---- clocks */

/* A discussion that began ten minutes ago. */
static void discuss_ten_minutes(struct session *s) {
    fixture_must(s, "discuss Ab");
    pass(10 * MINUTE);
}

static int64_t spent(const struct session *s) {
    const struct workbook *w = session_workbook(s);
    return issue_spent(w, fixture_issue(w, "A.b"), session_room(s));
}

/* `lost` of the last but one event, which is a clock event. */
static void assert_lost(const struct session *s, const char *lost) {
    const struct workbook *w = session_workbook(s);
    const struct event *e = &w->log.v[w->log.n - 2].event;
    assert_string_equal(e->name, "clock");
    assert_string_equal(event_get(e, FIELD_LOST), lost);
}

static void the_clock_set_back_an_hour(void **state) {
    struct session *s = *state;
    discuss_ten_minutes(s);
    clocks.wall -= HOUR;
    assert_int_equal(session_jumped(s), -HOUR);
    assert_int_equal(spent(s), 10 * MINUTE);
    pass(5 * MINUTE);
    assert_int_equal(spent(s), 15 * MINUTE);
    fixture_says(s, "note Aa x",
                 "(the clock was set back by 1 h 0 min: no time counts twice)");
    assert_lost(s, "-3600000");
    assert_int_equal(session_jumped(s), 0);
    pass(5 * MINUTE);
    fixture_must(s, "discuss Ab stop");
    assert_int_equal(spent(s), 20 * MINUTE);
    assert_null(strstr(session_message(s), "clock"));
}

static void the_clock_set_forward(void **state) {
    struct session *s = *state;
    discuss_ten_minutes(s);
    clocks.wall += HOUR;
    assert_int_equal(session_jumped(s), HOUR);
    fixture_says(s, "discuss Ab stop",
                 "(the clock jumped by 1 h 0 min: that time counts for nobody)");
    assert_int_equal(spent(s), 10 * MINUTE);
}

/* A flat battery, and then the network's time. */
static void the_clock_set_to_1970_and_back(void **state) {
    struct session *s = *state;
    const int64_t decades = INT64_C(14600) * 24 * HOUR;
    discuss_ten_minutes(s);
    clocks.wall -= decades;
    fixture_must(s, "note Aa x");
    assert_lost(s, "-1261440000000");
    pass(5 * MINUTE);
    clocks.wall += decades;
    fixture_must(s, "note Aa y");
    assert_lost(s, "1261440000000");
    assert_int_equal(spent(s), 15 * MINUTE);
}

static void asleep_for_a_night(void **state) {
    struct session *s = *state;
    fixture_must(s, "sitting open");
    discuss_ten_minutes(s);
    clocks.wall += 14 * HOUR; /* the lid was closed: the steady clock stood still */
    pass(2 * MINUTE);
    assert_int_equal(spent(s), 12 * MINUTE);
    fixture_must(s, "sitting adjourn");
    assert_int_equal(spent(s), 12 * MINUTE);
    assert_int_equal(sitting_spent(session_workbook(s), 0, session_room(s)), 12 * MINUTE);
}

static void closed_over_lunch(void **state) {
    struct session *s = *state;
    discuss_ten_minutes(s);
    fixture_must(s, "note Aa x");
    session_close(s);
    clocks.wall += 95 * MINUTE;
    clocks.steady = 3 * SECOND; /* started anew, too */
    *state = s = open_session();
    pass(MINUTE);
    assert_int_equal(session_jumped(s), 0);
    assert_int_equal(spent(s), 11 * MINUTE);
    fixture_says(s, "note Aa y",
                 "(memobook was closed for 1 h 35 min: that time counts for nobody)");
    assert_lost(s, "5700000");
    fixture_must(s, "discuss Ab stop");
    assert_int_equal(spent(s), 11 * MINUTE);
}

static void killed_and_opened_again_at_once(void **state) {
    struct session *s = *state;
    discuss_ten_minutes(s);
    fixture_must(s, "note Aa x");
    session_close(s);
    pass(50 * SECOND);
    *state = s = open_session();
    pass(10 * SECOND);
    assert_int_equal(spent(s), 11 * MINUTE);
    fixture_must(s, "discuss Ab stop");
    assert_int_equal(spent(s), 11 * MINUTE);
    assert_null(strstr(session_message(s), "closed"));
}

static void set_back_while_closed(void **state) {
    struct session *s = *state;
    discuss_ten_minutes(s);
    fixture_must(s, "note Aa x");
    session_close(s);
    clocks.wall -= HOUR;
    *state = s = open_session();
    pass(MINUTE);
    assert_int_equal(spent(s), 11 * MINUTE);
    fixture_says(s, "discuss Ab stop", "the clock was set back by 1 h 0 min");
    assert_int_equal(spent(s), 11 * MINUTE);
}

/* What only looks on takes the writer's word for the time that passed. */
static void a_reader_beside_the_writer(void **state) {
    struct session *s = *state;
    struct err err = ERR_INIT;
    discuss_ten_minutes(s);
    pass(5 * MINUTE);
    struct session *reader = session_open("w.xml", SESSION_READ, &err);
    assert_non_null(reader);
    session_set_clock(reader, wall_now, &clocks);
    assert_int_equal(spent(reader), 15 * MINUTE);
    session_close(s);
    assert_int_equal(spent(reader), 0);
    session_close(reader);
    *state = open_session();
}

static void a_jump_while_nothing_runs_is_no_event(void **state) {
    struct session *s = *state;
    fixture_must(s, "note Aa x");
    clocks.wall += 9 * HOUR;
    fixture_must(s, "note Aa y");
    assert_int_equal(session_saved(s), 2);
    clocks.wall -= HOUR;
    fixture_must(s, "discuss Ab");
    pass(MINUTE);
    assert_int_equal(spent(s), MINUTE);
    assert_int_equal(session_saved(s), 3);
}

static void a_clock_that_is_kept_right_does_not_jump(void **state) {
    struct session *s = *state;
    discuss_ten_minutes(s);
    clocks.wall += 29 * SECOND;
    assert_int_equal(session_jumped(s), 0);
    fixture_must(s, "note Aa x");
    assert_int_equal(session_saved(s), 2);
}

static void what_is_refused_records_no_jump(void **state) {
    struct session *s = *state;
    add_three(s);
    discuss_ten_minutes(s);
    clocks.wall += HOUR;
    fixture_must_not(s, "floor end", "nobody has the floor");
    fixture_must_not(s, "sitting adjourn", "no sitting is open");
    fixture_must(s, "undo");
    assert_lost(s, "3600000");
    assert_int_equal(session_workbook(s)->discussed, NONE);
}

static void a_participant_is_who_has_no_role(void **state) {
    struct session *s = *state;
    fixture_must(s, "person-add Ann LEE, us, business, Participant");
    assert_int_equal(person(s, "lee")->role, PERSON_SPEAKER);
    fixture_write("r.csv", "name,side,role\nAnn LEE,us,participant\n");
    fixture_says(s, "roster r.csv", "0 added, 0 changed, 1 as it was");
    fixture_must(s, "person-change lee Ann LEE, us, business, chair");
    assert_int_equal(person(s, "lee")->role, PERSON_CHAIR);
    fixture_says(s, "roster r.csv", "1 changed");
    assert_int_equal(person(s, "lee")->role, PERSON_SPEAKER);
}

/* ---- a roster */

static void a_roster_is_read(void **state) {
    struct session *s = *state;
    fixture_must(s, "person-add Ann LEE, us, business");
    fixture_must(s, "person-add Ivan PETROV, ru");
    fixture_write("r.csv", "\xEF\xBB\xBFname;side;constituency;role\r\n"
                           "\"LEE, Bo\";us;gov;\r\n"
                           "Ann LEE;United States;business;speaker\r\n"
                           "ivan petrov;ru;;chair\r\n");
    fixture_says(s, "roster r.csv", "1 added, 1 changed, 1 as it was");
    assert_string_equal(person(s, "petrov")->name, "ivan petrov");
    assert_int_equal(person(s, "petrov")->role, PERSON_CHAIR);
    assert_string_equal(person(s, "lee-2")->constituency, "government");
    uint32_t saved = session_saved(s);
    fixture_says(s, "roster r.csv", "0 added, 0 changed, 3 as they were");
    assert_int_equal(session_saved(s), saved);
    /* What a file does not say stays. */
    fixture_write("names.csv", "Ivan PETROV\n");
    fixture_must(s, "roster names.csv");
    assert_int_equal(person(s, "petrov")->role, PERSON_CHAIR);
}

static void a_roster_with_namesakes(void **state) {
    struct session *s = *state;
    fixture_write("r.csv", "Ann LEE,us\nAnn LEE,ru\n");
    fixture_says(s, "roster r.csv", "2 added");
    /* Each is found again by the side. */
    fixture_write("r.csv", "Ann LEE,ru,business\nAnn LEE,us,government\n");
    fixture_says(s, "roster r.csv", "0 added, 2 changed, 0");
    assert_string_equal(person(s, "lee")->constituency, "government");
    assert_string_equal(person(s, "lee-2")->constituency, "business");
}

static uint32_t listed(const struct session *s) {
    uint32_t n = 0;
    for (size_t i = 0; i < room(s)->people.n; i++)
        n += room(s)->people.v[i].live;
    return n;
}

static void a_roster_is_undone_as_one(void **state) {
    struct session *s = *state;
    fixture_must(s, "person-add Ann LEE, us, business");
    fixture_write("r.csv", "Ann LEE,us,government\nIvan PETROV,ru\nBo X,us\n");
    fixture_says(s, "roster r.csv", "2 added, 1 changed");
    fixture_says(s, "undo", "undone: participant: Ann LEE");
    assert_non_null(strstr(session_message(s), "(and 2 more)"));
    assert_int_equal(listed(s), 1);
    assert_string_equal(person(s, "lee")->constituency, "business");
    session_close(s);
    *state = s = open_session();
    assert_int_equal(listed(s), 1);
    fixture_says(s, "redo", "redone: participant: Ann LEE");
    assert_int_equal(listed(s), 3);
    fixture_must(s, "person-remove petrov");
    fixture_must(s, "undo");
    assert_int_equal(listed(s), 3);
    fixture_must(s, "undo");
    fixture_must(s, "undo");
    assert_int_equal(listed(s), 0);
    fixture_must_not(s, "undo", "nothing to undo");
}

static void a_broken_roster_records_nothing(void **state) {
    struct session *s = *state;
    fixture_write("r.csv", "Ann LEE,us\nIvan PETROV,france\n,ru\nBo X,us,,chiar\n");
    fixture_must_not(
        s, "roster r.csv",
        "r.csv:2:13: “france” is no side; 2 more lines are wrong; the sides are us, "
        "ru; nothing was recorded");
    fixture_write("r.csv", "Ann LEE,us\nann  lee,us\n");
    fixture_must_not(s, "roster r.csv", "r.csv:2:1: ann lee stands in line 1 already");
    fixture_write("r.csv", "");
    fixture_must_not(s, "roster r.csv", "r.csv: it names no participants");
    fixture_must_not(s, "roster none.csv", "none.csv");
    fixture_must_not(s, "roster .", ".");
    assert_int_equal(mkfifo("pipe", 0600), 0);
    fixture_must_not(s, "roster pipe", "pipe");
    struct buf big = BUF_INIT;
    buf_fill(&big, '\n', (1 << 20) + 1);
    fixture_write("big.csv", big.s);
    fixture_must_not(s, "roster big.csv", "too large");
    buf_release(&big);
    assert_int_equal(room(s)->people.n, 0);
}

/* ---- lines of commands */

/* A control character in an attribute would make the file unreadable. */
static void what_is_no_text_is_recorded_fit_for_the_file(void **state) {
    struct session *s = *state;
    struct err err = ERR_INIT;
    fixture_says(s, "person-add Ann LEE, us, gov\x1b", "1 character");
    fixture_write("r.csv", "Bo KIM,ru,busi\x01ness\n");
    fixture_must(s, "roster r.csv");
    fixture_must(s, "disposition A(a) deferred @x\xe9\x1bz until spring");
    assert_int_equal(
        session_released(s, "Ann", "/t/m\xe9.xsl", "pdf", ATTRIBUTION_NONE, &err), 0);
    struct session *reader = fixture_open("w.xml", SESSION_READ);
    assert_null(session_notice(reader));
    assert_int_equal(session_saved(reader), 4);
    assert_string_equal(person(reader, "lee")->constituency, "gov␛");
    assert_string_equal(person(reader, "kim")->constituency, "busi␁ness");
    const struct workbook *w = session_workbook(reader);
    assert_string_equal(issue_keeper(w, fixture_issue(w, "A(a)")), "x\xef\xbf\xbd␛z");
    assert_string_equal(event_get(&w->log.v[3].event, FIELD_TEMPLATE),
                        "m\xef\xbf\xbd.xsl");
    session_close(reader);
}

static void two_words_may_be_one_command(void **state) {
    struct session *s = *state;
    add_three(s);
    fixture_must(s, "floor give yak");
    fixture_must(s, "floor e");
    fixture_must(s, "person add Bo X");
    fixture_must(s, "all arrive");
    fixture_must_not(s, "floor", "records nothing");
    fixture_must_not(s, "floor wait yak", "“wait yak” is more than floor takes");
    fixture_must_not(s, "floor add", "floor-add needs PERSON");
    fixture_must_not(s, "floor add nobody at all",
                     "no participant is called “nobody at all”");
}

static void assert_offers(struct session *s, const char *line, size_t at,
                          const char *offers) {
    struct buf b = BUF_INIT;
    size_t start = command_complete(session_workbook(s), line, &b);
    assert_string_equal(b.s, offers);
    assert_int_equal(start, at);
    buf_release(&b);
}

static void arguments_are_completed(void **state) {
    struct session *s = *state;
    add_three(s);
    assert_offers(s, "floor gi", 6, "give\n");
    assert_offers(s, "floor give ya", 11, "yakushev\n");
    assert_offers(s, "floor-give mich", 11, "yakushev\n");
    assert_offers(s, "floor-give Як", 11, "yakushev\n");
    assert_offers(s, "person-arrive ", 14, "all\nyakushev\nlee\nmunoz\n");
    assert_offers(s, "note Aa + @mun", 10, "@munoz\n");
    assert_offers(s, "note Aa @u", 8, "@us\n");
    assert_offers(s, "note Aa mun", 8, "");
    fixture_must(s, "side eu European Union");
    assert_offers(s, "position Aa e", 12, "eu\n");
    assert_offers(s, "timebox B", 8, "B\nB(a)\nB(b)\nB(c)\n");
    assert_offers(s, "attribute x n", 12, "name\nnone\n");
    assert_offers(s, "find ne", 5, "");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(sittings_open_adjourn_and_resume),
        TEST(adjourning_ends_discussion_and_intervention),
        TEST(the_planned_end_is_a_time_of_today),
        TEST(an_hour_that_summer_time_skips_is_no_time),
        TEST(of_an_hour_that_comes_twice_the_one_to_come_is_meant),
        TEST(in_the_evening_the_planned_end_may_be_in_the_night),
        TEST(a_sitting_left_open_is_said_on_another_day),
        TEST(people_are_added_corrected_removed),
        TEST(what_is_wrong_with_a_person_is_said),
        TEST(two_of_one_name_are_told_apart),
        TEST(arrivals_and_departures_are_timed),
        TEST(sides_are_added_and_renamed),
        TEST(the_list_of_speakers),
        TEST(points_of_order_and_replies_go_first),
        TEST(a_tour_de_table_asks_everyone_once),
        TEST(who_has_the_floor_is_who_a_note_is_of),
        TEST(time_boxes_are_set_on_the_spot),
        TEST(an_entry_is_attributed_anew),
        TEST(off_the_record_nothing_is_recorded),
        TEST(the_clock_set_back_an_hour),
        TEST(the_clock_set_forward),
        TEST(the_clock_set_to_1970_and_back),
        TEST(asleep_for_a_night),
        TEST(closed_over_lunch),
        TEST(killed_and_opened_again_at_once),
        TEST(set_back_while_closed),
        TEST(a_reader_beside_the_writer),
        TEST(a_jump_while_nothing_runs_is_no_event),
        TEST(a_clock_that_is_kept_right_does_not_jump),
        TEST(what_is_refused_records_no_jump),
        TEST(a_participant_is_who_has_no_role),
        TEST(a_roster_is_read),
        TEST(a_roster_with_namesakes),
        TEST(a_roster_is_undone_as_one),
        TEST(a_broken_roster_records_nothing),
        TEST(what_is_no_text_is_recorded_fit_for_the_file),
        TEST(two_words_may_be_one_command),
        TEST(arguments_are_completed),
    };
    return cmocka_run_group_tests_name("session_room", tests, NULL, NULL);
}
