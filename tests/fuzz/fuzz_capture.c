/* The input is a line. */
#undef NDEBUG
#include "base/mem.h"
#include "base/text.h"
#include "model/capture.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc, (void)argv;
    text_locale();
    return 0;
}

static bool same(const char *a, const char *b) {
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static void check(const struct capture *c) {
    static const char blanks[] = " \t\n\r";
    size_t len = strlen(c->text);
    assert(len == 0 ||
           (!strchr(blanks, c->text[0]) && !strchr(blanks, c->text[len - 1])));
    assert(c->action ? c->kind == CAPTURE_COMMENT : !c->owner && !*c->due);
    assert(len > 0 || (!c->speaker && !c->action && !c->kind && !c->non_attributable));
    assert(strlen(c->due) == 0 || strlen(c->due) == 10);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *line = mem_strndup((const char *)data, size);
    struct capture c, again;
    struct buf b = BUF_INIT;
    capture_parse(line, &c);
    check(&c);
    capture_format(&c, &b);
    capture_parse(b.s, &again);
    assert(same(c.text, again.text) && same(c.due, again.due));
    assert(same(c.speaker, again.speaker) && same(c.owner, again.owner));
    assert(c.kind == again.kind && c.action == again.action);
    assert(c.non_attributable == again.non_attributable);
    capture_release(&c);
    capture_release(&again);
    buf_release(&b);
    free(line);
    return 0;
}
