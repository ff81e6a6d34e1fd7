#include "office.h"

#include "language.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

const char *office_meta(const struct office *o, const char *name) {
    for (const struct xmeta *m = o->x->meta; m; m = m->next)
        if (strcmp(m->name, name) == 0)
            return m->content;
    return "";
}

struct page_words office_page_words(const struct office *o) {
    struct language l = language_of(o->x->lang);
    if (strcmp(l.language, "ru") == 0)
        return (struct page_words){"страница ", " из ", ""};
    if (strcmp(l.language, "zh") == 0)
        return (struct page_words){"第 ", " 页，共 ", " 页"};
    return (struct page_words){"page ", " of ", ""};
}

bool office_set_created(struct office *o, const char *milliseconds) {
    char *end;
    long long ms = strtoll(milliseconds, &end, 10);
    time_t seconds = (time_t)(ms / 1000);
    struct tm tm;
    if (*end || end == milliseconds || ms < 0 || ms >= 253402300800000 ||
        !gmtime_r(&seconds, &tm))
        return false;
    return strftime(o->created, sizeof o->created, "%Y-%m-%dT%H:%M:%SZ", &tm) > 0;
}
