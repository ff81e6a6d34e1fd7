#include "fixture.h"

#include "store/event_codec.h"

static void encode(struct buf *out, const char *text) {
    struct event_draft d;
    event_draft_init(&d, EVENT_NOTE);
    event_draft_set(&d, FIELD_KIND, "for");
    event_draft_set(&d, FIELD_SPEAKER, "O\"Neill & <co>");
    event_draft_set(&d, FIELD_ISSUE, "B.b");
    d.event.id = "k4q7.1";
    d.event.n = 2;
    d.event.at = 1323162131250;
    d.event.text = text;
    event_encode(&d.event, out);
}

static void an_event_is_one_line(void **state) {
    (void)state;
    struct buf b = BUF_INIT;
    encode(&b, "one\ntwo\r\t& <three> ]]> \"four\"");
    assert_ptr_equal(strchr(b.s, '\n'), b.s + b.len - 1);
    assert_null(strchr(b.s, '\r'));
    assert_non_null(
        strstr(b.s, "one&#10;two&#13;\t&amp; &lt;three&gt; ]]&gt; \"four\"<"));
    assert_non_null(strstr(
        b.s, "<note n=\"2\" id=\"k4q7.1\" at=\"2011-12-06T09:02:11.250Z\" crc=\""));
    assert_non_null(strstr(b.s, " issue=\"B.b\" kind=\"for\""));
    buf_release(&b);
}

static void an_empty_event_has_no_closing_tag(void **state) {
    (void)state;
    struct buf b = BUF_INIT;
    encode(&b, "");
    assert_string_equal(b.s + b.len - 3, "/>\n");
    buf_release(&b);
}

static void every_changed_byte_breaks_the_seal(void **state) {
    (void)state;
    struct buf b = BUF_INIT;
    encode(&b, "текст & text");
    size_t len = b.len - 1, crc = (size_t)(strstr(b.s, " crc=\"") - b.s);
    assert_int_equal(event_check_seal(b.s, len), SEAL_RIGHT);
    for (size_t i = 0; i < len; i++) {
        /* Within ` crc="` the attribute is no longer found, which is no wrong seal. */
        if (i >= crc && i < crc + 6)
            continue;
        b.s[i] ^= 1;
        assert_int_not_equal(event_check_seal(b.s, len), SEAL_RIGHT);
        b.s[i] ^= 1;
    }
    buf_release(&b);
}

static void the_seal_is_the_start_tags_own(void **state) {
    (void)state;
    static const char inside[] = "<note n='1' speaker=' crc=\"00000000\"'>x</note>";
    assert_int_equal(event_check_seal(inside, sizeof inside - 1), SEAL_ABSENT);
    static const char text[] = "<note n='1'> crc=\"00000000\"</note>";
    assert_int_equal(event_check_seal(text, sizeof text - 1), SEAL_ABSENT);
    static const char longer[] = "<note n='1' xcrc=\"00000000\">x</note>";
    assert_int_equal(event_check_seal(longer, sizeof longer - 1), SEAL_ABSENT);
    static const char no_value[] = "<note n='1' crc\"00000000\">x</note>";
    assert_int_equal(event_check_seal(no_value, sizeof no_value - 1), SEAL_ABSENT);
    static const char wrong[] = "<note n='1' crc=\"00000000\">x</note>";
    assert_int_equal(event_check_seal(wrong, sizeof wrong - 1), SEAL_WRONG);
    static const char short_one[] = "<note n='1' crc=\"0\">x</note>";
    assert_int_equal(event_check_seal(short_one, sizeof short_one - 1), SEAL_WRONG);
}

/* The sum of a known line, so that the definition itself cannot drift: CRC-32 of
 * <note n="1" id="a.1" at="2011-12-06T09:02:11.250Z">x</note> */
static void the_sum_is_zlibs(void **state) {
    (void)state;
    static const char line[] = "<note n=\"1\" id=\"a.1\" at=\"2011-12-06T09:02:11.250Z\" "
                               "crc=\"70530ea0\">x</note>";
    assert_int_equal(event_check_seal(line, sizeof line - 1), SEAL_RIGHT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_event_is_one_line),
        cmocka_unit_test(an_empty_event_has_no_closing_tag),
        cmocka_unit_test(every_changed_byte_breaks_the_seal),
        cmocka_unit_test(the_seal_is_the_start_tags_own),
        cmocka_unit_test(the_sum_is_zlibs)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
