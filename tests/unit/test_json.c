#include "fixture.h"

#include "base/json.h"

static void commas_stand_between_values(void **state) {
    (void)state;
    struct buf b = BUF_INIT;
    struct json j = {&b, false};
    json_object(&j, NULL);
    json_string(&j, "a", "x");
    json_array(&j, "list");
    json_int(&j, NULL, -3);
    json_line(&j);
    json_bool(&j, NULL, true);
    json_end(&j, ']');
    json_array(&j, "none");
    json_end(&j, ']');
    json_string_or_null(&j, "n", NULL);
    json_end(&j, '}');
    assert_string_equal(b.s, "{\"a\":\"x\",\"list\":[-3,\ntrue],\"none\":[],\"n\":null}");
    buf_release(&b);
}

static void strings_are_escaped(void **state) {
    (void)state;
    struct buf b = BUF_INIT;
    struct json j = {&b, false};
    json_string(&j, NULL, "a\"b\\c\nd\te\x1b é 中");
    assert_string_equal(b.s, "\"a\\\"b\\\\c\\nd\\u0009e\\u001b é 中\"");
    buf_release(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(commas_stand_between_values),
                                       cmocka_unit_test(strings_are_escaped)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
