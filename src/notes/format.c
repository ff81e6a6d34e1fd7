#include "format.h"

#include "helper.h"
#include "notes.h"

#include <string.h>

static const struct notes_choice choices[] = {
#define X(name, help, suffix) {#name, help, suffix},
    FORMATS(X)
#undef X
        {NULL, NULL, NULL},
};

static const format_writer writers[] = {
#define X(name, help, suffix) format_##name,
    FORMATS(X)
#undef X
};

const struct notes_choice *notes_formats(void) {
    return choices;
}

/* Formats of pages; a helper program makes each. */
static const struct {
    const char *format, *helper;
} paged[] = {
    {"pdf", "memobook-pdf"}, {"odt", "memobook-office"}, {"docx", "memobook-office"}};

static const char *helper_of(const char *name) {
    for (size_t i = 0; i < sizeof paged / sizeof *paged; i++)
        if (strcmp(paged[i].format, name) == 0)
            return paged[i].helper;
    return NULL;
}

bool notes_format_is_paged(const char *name) {
    return helper_of(name) != NULL;
}

bool notes_format_available(const char *name) {
    const char *helper = helper_of(name);
    struct buf path = BUF_INIT;
    bool found = !helper || helper_find(helper, &path);
    buf_release(&path);
    return found;
}

format_writer format_find(const char *name, struct err *err) {
    for (size_t i = 0; choices[i].name; i++)
        if (strcmp(choices[i].name, name) == 0)
            return writers[i];
    struct buf known = BUF_INIT;
    for (size_t i = 0; choices[i].name; i++)
        buf_addf(&known, "%s%s", i ? ", " : "", choices[i].name);
    err_set(err, "there is no format “%s”", name);
    err_todo(err, "formats are %s", known.s);
    buf_release(&known);
    return NULL;
}

int format_read(const char *format, const struct format_options *o,
                const struct buf *document, struct buf *lines, struct err *err) {
    if (strcmp(format, "odt") == 0 || strcmp(format, "docx") == 0)
        return format_read_office(o, document, lines, err);
    if (strcmp(format, "pdf") == 0)
        return format_read_pdf(document, lines, err);
    return 0;
}
