#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>

enum { SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE };

#define DO(ms, words) assert_int_equal(fixture_record(state, ms, words), 0)
#define REFUSED(words, why) fixture_refuse(state, words, why)

static int64_t now(void **state) {
    return ((struct fixture *)*state)->now;
}

static const struct person *person(void **state, const char *id) {
    uint32_t i = person_by_id(fixture_book(state), id);
    assert_int_not_equal(i, NONE);
    return &fixture_book(state)->room.people.v[i];
}

/* The list of speakers: "smith! lee", with ! point of order, r reply, t tour, l last. */
static void waiting(void **state, const char *expected) {
    static const char marks[] = " !rtl";
    const struct workbook *w = fixture_book(state);
    char list[256] = "";
    size_t len = 0;
    for (size_t i = 0; i < w->room.floor.list.n; i++) {
        const struct turn *t = &w->room.floor.list.v[i];
        len += (size_t)snprintf(list + len, sizeof list - len, "%s%s%.*s", i ? " " : "",
                                w->room.people.v[t->person].id, t->kind ? 1 : 0,
                                marks + t->kind);
    }
    assert_string_equal(list, expected);
}

static const char *speaker(void **state) {
    uint32_t i = fixture_book(state)->room.floor.speaker;
    return i == NONE ? "" : fixture_book(state)->room.people.v[i].id;
}

static void three_people(void **state) {
    DO(0, "person person=smith side=us constituency=business :John SMITH");
    DO(0, "person person=lee side=us constituency=government :Ann LEE");
    DO(0, "person person=yakushev side=ru constituency=Business :Михаил ЯКУШЕВ");
}

/* ---- room time */

static void room_time_is_what_the_room_used(void **state) {
    const struct workbook *w = fixture_book(state);
    assert_int_equal(room_time(w, now(state) + HOUR), 0); /* nothing began */
    DO(0, "discuss issue=A.a state=start");
    assert_int_equal(room_time(w, now(state) + MINUTE), MINUTE);
    DO(10 * MINUTE, "note issue=A.a :x");
    assert_int_equal(w->log.v[1].room, 10 * MINUTE);
    assert_int_equal(issue_spent(w, 0, room_time(w, now(state))), 10 * MINUTE);
}

static void a_clock_set_back_uses_nothing(void **state) {
    const struct workbook *w = fixture_book(state);
    DO(0, "discuss issue=A.a state=start");
    DO(MINUTE, "note issue=A.a :x");
    DO(-HOUR, "note issue=A.a :y");
    assert_int_equal(w->log.v[2].room, MINUTE);
    assert_int_equal(room_time(w, now(state) - HOUR), MINUTE);
    DO(MINUTE, "discuss issue=A.a state=stop");
    assert_int_equal(issue_spent(w, 0, w->room.time), 2 * MINUTE);
    assert_int_equal(w->topics.v[0].spent, 2 * MINUTE);
}

static void a_clock_event_says_what_was_lost(void **state) {
    const struct workbook *w = fixture_book(state);
    DO(0, "discuss issue=A.a state=start");
    DO(MINUTE - HOUR, "clock lost=-3600000"); /* a minute, and set back an hour */
    assert_int_equal(w->room.time, MINUTE);
    DO(HOUR + MINUTE, "clock lost=3600000"); /* a minute, and asleep for an hour */
    assert_int_equal(w->room.time, 2 * MINUTE);
    DO(MINUTE, "clock lost=3600000"); /* more than there was */
    assert_int_equal(w->room.time, 2 * MINUTE);
}

static void a_night_uses_nothing(void **state) {
    const struct workbook *w = fixture_book(state);
    DO(0, "sitting :Day 1");
    three_people(state);
    DO(0, "discuss issue=A.a state=start");
    DO(0, "floor state=give person=smith");
    DO(2 * MINUTE, "note issue=A.a :x");
    assert_int_equal(room_time(w, now(state) + 15 * HOUR), 2 * MINUTE);
    DO(15 * HOUR, "floor state=end");
    assert_int_equal(person(state, "smith")->spoken, 2 * MINUTE);
    assert_int_equal(sitting_spent(w, 0, w->room.time), 2 * MINUTE);
}

static void what_is_odd_uses_nothing(void **state) {
    const struct workbook *w = fixture_book(state);
    DO(0, "discuss issue=A.a state=start");
    REFUSED("clock lost=yesterday", "lost");
    REFUSED("clock lost=316224000000001", "lost"); /* 10 000 years and a ms */
    assert_int_equal(fixture_record(state, 2 * HOUR, "floor state=end"), -1);
    assert_int_equal(w->room.time, 0);
    DO(2 * HOUR, "discuss issue=A.a state=stop"); /* four hours after the start */
    assert_int_equal(issue_spent(w, 0, w->room.time), 0);
}

/* ---- people */

static void people_come_and_change(void **state) {
    const struct workbook *w = fixture_book(state);
    three_people(state);
    DO(0, "person person=lee side=ru role=chair :Anna LEE");
    assert_int_equal(w->room.people.n, 3);
    const struct person *p = person(state, "lee");
    assert_string_equal(p->name, "Anna LEE");
    assert_string_equal(p->constituency, "");
    assert_int_equal(p->role, PERSON_CHAIR);
    assert_false(person_counts(p));
    DO(0, "undo event=w.4");
    assert_string_equal(person(state, "lee")->name, "Ann LEE");
    DO(0, "undo event=w.2");
    assert_false(person(state, "lee")->live);
    DO(0, "undo event=w.6");
    assert_true(person(state, "lee")->live);
    assert_string_equal(person(state, "lee")->side, "us");
}

static void who_is_taken_off_leaves_what_was_said(void **state) {
    three_people(state);
    DO(0, "floor state=give person=smith");
    DO(MINUTE, "floor state=add person=smith");
    DO(0, "person person=smith state=removed :John SMITH");
    waiting(state, "");
    assert_string_equal(speaker(state), "");
    assert_int_equal(person(state, "smith")->spoken, MINUTE);
    REFUSED("floor state=add person=smith", "participant");
    REFUSED("person person=nobody state=removed :N", "nobody");
    DO(0, "undo event=w.6");
    assert_string_equal(speaker(state), "smith");
    waiting(state, "smith");
}

static void bad_people_are_refused(void **state) {
    REFUSED("person :Nameless", "no person");
    REFUSED("person person=A.B :A", "id");
    REFUSED("person person=a", "no text");
    REFUSED("person person=a role=king :A", "role");
    REFUSED("person person=a role=ch :A", "role");
    REFUSED("person person=a side=-? :A", "side");
    REFUSED("person person=a state=here :A", "state");
    REFUSED("presence person=a state=arrive", "participant");
    REFUSED("presence state=sleep", "state");
    assert_int_equal(fixture_book(state)->room.people.n, 0);
}

static void stays_are_those_of_a_sitting(void **state) {
    const struct workbook *w = fixture_book(state);
    three_people(state);
    DO(0, "presence state=arrive person=lee"); /* before it opens */
    DO(MINUTE, "sitting :One");
    DO(MINUTE, "presence state=arrive");
    const struct person *lee = person(state, "lee"), *smith = person(state, "smith");
    assert_int_equal(lee->stays.n, 1);
    assert_int_equal(lee->stays.v[0].from, w->room.sittings.v[0].opened);
    assert_int_equal(lee->stays.v[0].sitting, 0);
    assert_int_equal(smith->stays.v[0].from, now(state));
    DO(MINUTE, "presence state=leave person=smith");
    assert_int_equal(smith->stays.v[0].to - smith->stays.v[0].from, MINUTE);
    assert_false(smith->present);
    DO(MINUTE, "sitting state=adjourn");
    assert_true(lee->present);
    assert_int_equal(lee->stays.v[0].to, now(state));
    DO(15 * HOUR, "sitting :Two");
    assert_int_equal(lee->stays.n, 2);
    assert_int_equal(lee->stays.v[1].sitting, 1);
    assert_int_equal(lee->stays.v[1].to, 0);
    assert_int_equal(smith->stays.n, 1);
    DO(0, "undo event=w.7"); /* smith did not leave */
    assert_int_equal(smith->stays.n, 2);
}

static void a_clock_set_back_makes_no_stay_negative(void **state) {
    three_people(state);
    DO(0, "presence state=arrive person=lee");
    DO(-HOUR, "presence state=leave person=lee");
    const struct stay *s = &person(state, "lee")->stays.v[0];
    assert_int_equal(s->to, s->from);
}

static void taking_the_floor_is_being_here(void **state) {
    three_people(state);
    DO(0, "floor state=give person=lee");
    assert_true(person(state, "lee")->present);
    DO(0, "undo event=w.4");
    assert_false(person(state, "lee")->present);
}

static void who_leaves_speaks_no_more(void **state) {
    three_people(state);
    DO(0, "floor state=give person=lee");
    DO(MINUTE, "presence state=leave");
    assert_string_equal(speaker(state), "");
    assert_int_equal(person(state, "lee")->spoken, MINUTE);
}

/* ---- sides */

static void sides_are_added_and_renamed(void **state) {
    const struct workbook *w = fixture_book(state);
    DO(0, "side side=eu :European Union");
    DO(0, "side side=us :USA");
    assert_int_equal(w->room.sides.n, 3);
    assert_string_equal(side_name(w, "eu"), "European Union");
    assert_string_equal(side_name(w, "us"), "USA");
    DO(0, "undo event=w.2");
    DO(0, "undo event=w.1");
    assert_string_equal(side_name(w, "us"), "United States");
    assert_string_equal(side_name(w, "eu"), "eu");
    assert_false(w->room.sides.v[2].live);
    REFUSED("side side=eu", "no text");
}

/* ---- sittings */

static void sittings_open_and_close(void **state) {
    const struct workbook *w = fixture_book(state);
    DO(0, "note issue=A.a :before");
    assert_int_equal(sitting_of(w, 0), NONE);
    REFUSED("sitting state=adjourn", "no sitting is open");
    REFUSED("sitting state=resume", "no sitting to resume");
    DO(0, "sitting");
    assert_string_equal(w->room.sittings.v[0].title, "Sitting 1");
    REFUSED("sitting :Another", "“Sitting 1” is open");
    REFUSED("sitting state=resume", "is open");
    DO(0, "discuss issue=A.a state=start");
    DO(30 * MINUTE, "sitting state=adjourn");
    assert_int_equal(sitting_open(w), NONE);
    assert_int_equal(w->discussed, NONE);
    assert_int_equal(w->issues.v[0].record->spent, 30 * MINUTE);
    DO(HOUR, "note issue=A.a :after");
    assert_int_equal(sitting_of(w, (uint32_t)w->log.n - 1), 0);
    DO(HOUR, "sitting state=resume");
    DO(10 * MINUTE, "sitting state=adjourn");
    assert_int_equal(sitting_spent(w, 0, w->room.time), 40 * MINUTE);
    DO(0, "sitting state=open :Day 2");
    assert_int_equal(sitting_of(w, (uint32_t)w->log.n - 1), 1);
    assert_int_equal(w->room.sittings.n, 2);
}

static void a_discussion_that_an_adjournment_ended_stays_ended(void **state) {
    const struct workbook *w = fixture_book(state);
    DO(0, "sitting");
    DO(0, "discuss issue=A.a state=start");
    DO(MINUTE, "sitting state=adjourn");
    DO(0, "sitting state=resume");
    DO(0, "discuss issue=B.a state=start");
    DO(MINUTE, "undo event=w.5");
    assert_int_equal(w->discussed, NONE);
    assert_int_equal(w->issues.v[0].record->spent, MINUTE);
    assert_int_equal(w->topics.v[0].spent, MINUTE);
    assert_int_equal(w->topics.v[1].spent, 0);
    REFUSED("undo event=w.1", "cannot be undone");
}

static void the_planned_end(void **state) {
    struct fixture *b = *state;
    struct err err = ERR_INIT;
    struct event_draft d;
    char until[25];
    DO(0, "sitting");
    event_time_format(b->now + HOUR, until);
    event_draft_init(&d, EVENT_SITTING);
    event_draft_set(&d, FIELD_STATE, "plan");
    event_draft_set(&d, FIELD_UNTIL, until);
    d.event.id = "w.2";
    d.event.at = b->now;
    b->n++;
    assert_int_equal(workbook_apply(b->w, &d.event, &err), 0);
    assert_int_equal(b->w->room.sittings.v[0].until, b->now + HOUR);
    setenv("TZ", "UTC", 1);
    fixture_described(state, "sitting planned until 10:00");
    REFUSED("sitting state=plan until=noon", "until");
    DO(0, "sitting state=plan");
    fixture_described(state, "sitting without a planned end");
    assert_int_equal(b->w->room.sittings.v[0].until, 0);
    DO(2 * HOUR, "sitting state=adjourn");
    DO(0, "sitting state=resume"); /* its planned end is over */
    assert_int_equal(b->w->room.sittings.v[0].until, 0);
}

/* ---- the floor */

static void the_list_keeps_its_order(void **state) {
    three_people(state);
    DO(0, "person person=kim :KIM");
    DO(0, "floor state=add person=smith");
    DO(0, "floor state=add person=lee");
    waiting(state, "smith lee");
    DO(0, "floor state=reply person=kim");
    DO(0, "floor state=order person=yakushev");
    waiting(state, "yakushev! kimr smith lee");
    REFUSED("floor state=add person=lee", "on the list already");
    REFUSED("floor state=order person=yakushev", "for that already");
    DO(0, "floor state=order person=lee"); /* who waits besides */
    waiting(state, "yakushev! lee! kimr smith lee");
    DO(0, "floor state=give");
    assert_string_equal(speaker(state), "yakushev");
    assert_int_equal(fixture_book(state)->room.floor.kind, TURN_ORDER);
    DO(0, "floor state=withdraw person=lee");
    waiting(state, "kimr smith lee");
    DO(0, "floor state=move person=lee place=1");
    waiting(state, "lee kimr smith");
    DO(0, "floor state=move person=lee place=99");
    waiting(state, "kimr smith lee");
    DO(0, "undo event=w.15");
    waiting(state, "lee kimr smith");
    DO(0, "floor state=give person=smith");
    waiting(state, "lee kimr");
    REFUSED("floor state=withdraw person=smith", "not on the list");
    REFUSED("floor state=move person=lee place=0", "place");
    REFUSED("floor state=move person=lee", "place");
    REFUSED("floor state=give person=smith", "has the floor already");
    REFUSED("floor state=add", "no person");
    REFUSED("floor state=sing person=lee", "state");
}

static void a_closed_list(void **state) {
    three_people(state);
    DO(0, "floor state=add person=lee");
    DO(0, "floor state=close");
    REFUSED("floor state=add person=smith", "closed");
    REFUSED("floor state=tour", "closed");
    DO(0, "floor state=last person=smith");
    DO(0, "floor state=order person=yakushev");
    waiting(state, "yakushev! lee smithl");
    DO(0, "floor state=open");
    REFUSED("floor state=add person=yakushev", "on the list already");
}

static void the_last_word_stays_last(void **state) {
    three_people(state);
    DO(0, "floor state=last person=smith");
    DO(0, "floor state=add person=lee");
    DO(0, "presence state=arrive");
    DO(0, "floor state=tour");
    waiting(state, "lee yakushevt smithl");
}

static void everyone_once(void **state) {
    const struct workbook *w = fixture_book(state);
    three_people(state);
    DO(0, "person person=kim role=interpreter :KIM");
    DO(0, "person person=ahn role=chair :AHN");
    DO(0, "person person=ode :ODE"); /* not here */
    DO(0, "presence state=arrive");
    DO(0, "presence state=leave person=ode");
    DO(0, "floor state=give person=smith");
    DO(0, "floor state=tour");
    waiting(state, "leet yakushevt");
    assert_true(w->room.floor.tour);
    DO(MINUTE, "floor state=give");
    DO(MINUTE, "floor state=give");
    waiting(state, "");
    assert_true(w->room.floor.tour);
    DO(MINUTE, "floor state=end");
    assert_false(w->room.floor.tour);
    DO(0, "undo event=w.13");
    assert_true(w->room.floor.tour);
    DO(0, "sitting");
    DO(0, "sitting state=adjourn");
    assert_false(w->room.floor.tour);
}

static void interventions_are_timed(void **state) {
    const struct workbook *w = fixture_book(state);
    three_people(state);
    DO(0, "sitting");
    DO(0, "discuss issue=B.a state=start");
    DO(0, "floor state=add person=lee");
    DO(0, "floor state=give");
    assert_int_equal(floor_elapsed(w, room_time(w, now(state) + MINUTE)), MINUTE);
    DO(2 * MINUTE, "floor state=give person=yakushev");
    DO(MINUTE, "sitting state=adjourn");
    assert_string_equal(speaker(state), "");
    assert_int_equal(floor_elapsed(w, w->room.time), 0);
    assert_int_equal(w->room.floor.interventions.n, 2);
    const struct intervention *i = w->room.floor.interventions.v;
    assert_int_equal(i[0].ms, 2 * MINUTE);
    assert_int_equal(i[1].ms, MINUTE);
    assert_int_equal(i[1].issue, fixture_issue(w, "Ba"));
    assert_int_equal(i[1].sitting, 0);
    assert_int_equal(person(state, "lee")->interventions, 1);
    REFUSED("floor state=end", "nobody has the floor");
    REFUSED("floor state=give", "nobody waits");
    DO(HOUR, "undo event=w.8"); /* yakushev never had it: lee spoke on */
    assert_int_equal(w->room.floor.interventions.n, 1);
    assert_int_equal(person(state, "lee")->spoken, 3 * MINUTE);
    assert_int_equal(person(state, "yakushev")->spoken, 0);
    DO(0, "undo event=w.5"); /* and B(a) was not under discussion */
    assert_int_equal(w->room.floor.interventions.v[0].issue, NONE);
    DO(0, "undo event=w.13");
    assert_int_equal(w->room.floor.interventions.v[0].issue, fixture_issue(w, "Ba"));
}

static void what_no_longer_fits_is_passed_over(void **state) {
    three_people(state);
    DO(0, "floor state=add person=lee");
    DO(0, "floor state=give");
    DO(0, "floor state=end");
    DO(0, "undo event=w.4"); /* so nobody was given the floor */
    assert_int_equal(fixture_book(state)->room.floor.interventions.n, 0);
    DO(0, "undo event=w.2"); /* nor was lee there */
    DO(0, "undo event=w.7");
    assert_int_equal(fixture_book(state)->room.floor.interventions.n, 0);
    DO(0, "undo event=w.8");
    assert_int_equal(fixture_book(state)->room.floor.interventions.n, 1);
}

/* ---- the balance */

static void row(const struct balance *b, size_t i, const char *name, int64_t ms,
                unsigned turns, unsigned people) {
    assert_in_range(i, 0, b->rows.n - 1);
    assert_string_equal(b->rows.v[i].name, name);
    assert_int_equal(b->rows.v[i].ms, ms);
    assert_int_equal(b->rows.v[i].turns, turns);
    assert_int_equal(b->rows.v[i].people, people);
}

static void the_balance(void **state) {
    const struct workbook *w = fixture_book(state);
    struct balance b = {0};
    three_people(state);
    DO(0, "person person=kim side=ru role=interpreter :KIM");
    DO(0, "floor state=give person=kim");
    DO(HOUR, "floor state=give person=lee");
    DO(MINUTE, "floor state=give person=smith");
    DO(2 * MINUTE, "floor state=give person=yakushev");
    int64_t room = room_time(w, now(state) + 4 * MINUTE);
    balance_compute(&b, w, BALANCE_PERSON, room);
    assert_int_equal(b.rows.n, 3);
    assert_int_equal(b.total, 7 * MINUTE);
    row(&b, 0, "Михаил ЯКУШЕВ", 4 * MINUTE, 1, 1);
    row(&b, 2, "Ann LEE", MINUTE, 1, 1);
    assert_int_equal(b.rows.v[2].person, 1);
    balance_compute(&b, w, BALANCE_SIDE, room);
    assert_int_equal(b.rows.n, 2);
    row(&b, 0, "Россия", 4 * MINUTE, 1, 1);
    row(&b, 1, "United States", 3 * MINUTE, 2, 2);
    balance_compute(&b, w, BALANCE_CONSTITUENCY, room);
    row(&b, 0, "business", 6 * MINUTE, 2, 2);
    row(&b, 1, "government", MINUTE, 1, 1);
    DO(4 * MINUTE, "person person=smith side=us state=removed :John SMITH");
    balance_compute(&b, w, BALANCE_SIDE, w->room.time);
    row(&b, 1, "United States", 3 * MINUTE, 2, 2);
    balance_release(&b);
}

/* ---- off the record */

static void off_the_record_and_back(void **state) {
    const struct workbook *w = fixture_book(state);
    REFUSED("record state=on", "on the record already");
    DO(0, "record state=off");
    assert_true(w->room.is_off_record);
    REFUSED("record state=off", "off the record already");
    DO(MINUTE, "record state=on");
    assert_false(w->room.is_off_record);
    assert_int_equal(w->room.off_record.n, 1);
    assert_int_equal(w->room.off_record.v[0].to - w->room.off_record.v[0].from, MINUTE);
    REFUSED("undo event=w.2", "cannot be undone");
}

/* ---- time boxes */

static void time_boxes(void **state) {
    const struct workbook *w = fixture_book(state);
    DO(0, "timebox issue=A.a minutes=15");
    DO(0, "timebox issue=B minutes=90");
    assert_int_equal(w->issues.v[0].minutes, 15);
    assert_int_equal(w->topics.v[1].minutes, 90);
    assert_int_equal(w->log.v[0].issue, 0);
    assert_int_equal(w->log.v[1].issue, NONE);
    DO(0, "timebox issue=B minutes=0");
    assert_int_equal(w->topics.v[1].minutes, 0);
    DO(0, "undo event=w.3");
    assert_int_equal(w->topics.v[1].minutes, 90);
    DO(0, "undo event=w.2");
    DO(0, "undo event=w.1");
    assert_int_equal(w->topics.v[1].minutes, 0);
    assert_int_equal(w->issues.v[0].minutes, 0);
    REFUSED("timebox issue=A.a minutes=1441", "minutes");
    REFUSED("timebox issue=A.a minutes=-1", "minutes");
    REFUSED("timebox issue=A.a minutes=1e3", "minutes");
    REFUSED("timebox issue=Z minutes=1", "Z");
    REFUSED("note issue=A :x", "topic");
}

/* ---- attributes that a kind does not have */

static void stray_attributes_do_no_harm(void **state) {
    const struct workbook *w = fixture_book(state);
    three_people(state);
    DO(0, "note issue=A.a :said");
    DO(0, "floor state=add person=lee issue=A.a event=w.4");
    DO(0, "floor state=give issue=Z.z event=nothing");
    DO(0, "priority issue=A.a priority=1 event=nothing");
    DO(0, "undo event=w.4");
    DO(0, "undo event=w.8");
    assert_string_equal(w->entries.v[0].text, "said");
    assert_true(w->entries.v[0].live);
    assert_string_equal(speaker(state), "lee");
}

/* ---- entries */

static void entries_name_participants(void **state) {
    const struct workbook *w = fixture_book(state);
    three_people(state);
    DO(0, "note issue=A.a speaker=yakushev :x");
    DO(0, "note issue=A.a speaker=Nobody side=us :x");
    DO(0, "action issue=A.a owner=lee :x");
    DO(0, "note issue=A.a :x");
    const struct entry *e = w->entries.v;
    assert_int_equal(entry_person(w, &e[0]), 2);
    assert_string_equal(entry_name(w, &e[0]), "Михаил ЯКУШЕВ");
    assert_string_equal(entry_side(w, &e[0]), "ru");
    assert_int_equal(entry_person(w, &e[1]), NONE);
    assert_string_equal(entry_name(w, &e[1]), "Nobody");
    assert_string_equal(entry_side(w, &e[1]), "us");
    assert_string_equal(entry_name(w, &e[2]), "Ann LEE");
    assert_string_equal(entry_name(w, &e[3]), "");
    DO(0, "undo event=w.3");
    assert_string_equal(entry_name(w, &w->entries.v[0]), "yakushev");
}

static void events_say_what_they_are(void **state) {
    DO(0, "sitting :Day 1");
    fixture_described(state, "sitting opened: Day 1");
    three_people(state);
    fixture_described(state, "participant: Михаил ЯКУШЕВ, Россия, Business");
    DO(0, "presence state=arrive");
    fixture_described(state, "everybody arrives");
    DO(0, "presence state=leave person=lee");
    fixture_described(state, "LEE leaves");
    DO(0, "floor state=add person=smith");
    fixture_described(state, "SMITH asks for the floor");
    DO(0, "floor state=give");
    fixture_described(state, "SMITH has the floor");
    DO(0, "undo event=w.8");
    fixture_described(state, "undone: SMITH has the floor");
    DO(0, "floor state=tour");
    fixture_described(state, "tour de table");
    DO(0, "timebox issue=B minutes=30");
    fixture_described(state, "topic B time box 30 min");
    DO(0, "timebox issue=B.a minutes=0");
    fixture_described(state, "B(a) no time box");
    DO(0, "record state=off");
    fixture_described(state, "off the record");
}

static void nothing_is_left_after_a_reset(void **state) {
    struct fixture *b = *state;
    three_people(state);
    DO(0, "sitting");
    DO(0, "floor state=give person=lee");
    DO(MINUTE, "timebox issue=B minutes=30");
    workbook_reset(b->w);
    assert_int_equal(b->w->room.people.n, 0);
    assert_int_equal(b->w->room.sides.n, 2);
    assert_int_equal(b->w->room.time, 0);
    assert_int_equal(b->w->topics.v[1].minutes, 0);
    assert_string_equal(speaker(state), "");
    DO(0, "person person=lee :Ann LEE");
}

/* Any events in any order, undone and redone: what replaying gives is what was there. */
static void undo_and_redo_change_nothing(void **state) {
    static const char *const some[] = {
        "floor state=add person=smith",
        "floor state=add person=lee",
        "floor state=order person=lee",
        "floor state=reply person=yakushev",
        "floor state=give",
        "floor state=give person=smith",
        "floor state=end",
        "floor state=tour",
        "floor state=move person=lee place=1",
        "floor state=withdraw person=smith",
        "floor state=close",
        "floor state=open",
        "presence state=arrive",
        "presence state=leave person=lee",
        "sitting",
        "sitting state=adjourn",
        "sitting state=resume",
        "discuss issue=A.a state=start",
        "discuss issue=B.a state=start",
        "discuss issue=B.a state=stop",
        "timebox issue=A minutes=20",
        "person person=lee side=ru :Ann LEE",
        "person person=lee state=removed :Ann LEE",
    };
    struct fixture *b = *state;
    three_people(state);
    srand(4);
    for (int i = 0; i < 4000; i++) {
        int n = rand() % (int)(sizeof some / sizeof *some);
        if (fixture_record(state, rand() % MINUTE, some[n]) < 0 || i % 5)
            continue;
        struct room was = b->w->room;
        uint32_t discussed = b->w->discussed;
        size_t listed = was.floor.list.n, said = was.floor.interventions.n;
        int64_t spoken = was.people.v[1].spoken, spent = b->w->topics.v[1].spent;
        char undo[64];
        snprintf(undo, sizeof undo, "undo event=w.%d", b->n);
        if (fixture_record(state, 0, undo) < 0)
            continue;
        snprintf(undo, sizeof undo, "undo event=w.%d", b->n);
        DO(0, undo);
        assert_int_equal(b->w->room.floor.speaker, was.floor.speaker);
        assert_int_equal(b->w->room.floor.since, was.floor.since);
        assert_int_equal(b->w->room.floor.list.n, listed);
        assert_int_equal(b->w->room.floor.tour, was.floor.tour);
        assert_int_equal(b->w->room.floor.interventions.n, said);
        assert_int_equal(b->w->room.people.v[1].spoken, spoken);
        assert_int_equal(b->w->discussed, discussed);
        assert_int_equal(b->w->topics.v[1].spent, spent);
    }
    assert_true(b->w->room.floor.interventions.n > 100);
}

int main(void) {
#define TEST(f) cmocka_unit_test_setup_teardown(f, fixture_set_up, fixture_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(room_time_is_what_the_room_used),
        TEST(a_clock_set_back_uses_nothing),
        TEST(a_clock_event_says_what_was_lost),
        TEST(a_night_uses_nothing),
        TEST(what_is_odd_uses_nothing),
        TEST(people_come_and_change),
        TEST(who_is_taken_off_leaves_what_was_said),
        TEST(bad_people_are_refused),
        TEST(stays_are_those_of_a_sitting),
        TEST(a_clock_set_back_makes_no_stay_negative),
        TEST(taking_the_floor_is_being_here),
        TEST(who_leaves_speaks_no_more),
        TEST(sides_are_added_and_renamed),
        TEST(sittings_open_and_close),
        TEST(a_discussion_that_an_adjournment_ended_stays_ended),
        TEST(the_planned_end),
        TEST(the_list_keeps_its_order),
        TEST(a_closed_list),
        TEST(the_last_word_stays_last),
        TEST(everyone_once),
        TEST(interventions_are_timed),
        TEST(what_no_longer_fits_is_passed_over),
        TEST(the_balance),
        TEST(off_the_record_and_back),
        TEST(time_boxes),
        TEST(stray_attributes_do_no_harm),
        TEST(entries_name_participants),
        TEST(events_say_what_they_are),
        TEST(nothing_is_left_after_a_reset),
        TEST(undo_and_redo_change_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
