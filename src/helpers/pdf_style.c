#include "pdf_style.h"

#include "base/buf.h"

#include <string.h>

const float colours[COLOUR_COUNT][3] = {
    [COLOUR_INK] = {0.07F, 0.08F, 0.10F},    [COLOUR_QUIET] = {0.30F, 0.33F, 0.37F},
    [COLOUR_ACCENT] = {0.12F, 0.30F, 0.47F}, [COLOUR_RULE] = {0.76F, 0.79F, 0.83F},
    [COLOUR_BAND] = {0.945F, 0.955F, 0.97F}, [COLOUR_GOOD] = {0.10F, 0.39F, 0.20F},
    [COLOUR_WAIT] = {0.54F, 0.32F, 0.00F},   [COLOUR_BAD] = {0.60F, 0.11F, 0.11F},
};

const struct style styles[STYLE_COUNT] = {
    [STYLE_BODY] = {.size = 10, .leading = 14.5F, .after = 6},
    [STYLE_GENRE] = {.sans = true,
                     .bold = true,
                     .colour = COLOUR_ACCENT,
                     .size = 9.5F,
                     .leading = 13,
                     .tracking = 0.7F,
                     .after = 7,
                     .keep_next = true},
    [STYLE_H1] = {.sans = true,
                  .bold = true,
                  .size = 20,
                  .leading = 25.5F,
                  .after = 6,
                  .keep_next = true},
    [STYLE_H2] = {.sans = true,
                  .bold = true,
                  .colour = COLOUR_ACCENT,
                  .size = 14,
                  .leading = 18,
                  .before = 28,
                  .after = 9,
                  .keep_next = true},
    [STYLE_H3] = {.sans = true,
                  .bold = true,
                  .size = 11,
                  .leading = 15,
                  .before = 18,
                  .after = 5,
                  .keep_next = true},
    [STYLE_H4] = {.sans = true,
                  .bold = true,
                  .size = 10,
                  .leading = 14,
                  .before = 12,
                  .after = 4,
                  .keep_next = true},
    [STYLE_SUBTITLE] = {.colour = COLOUR_QUIET,
                        .size = 11,
                        .leading = 15.5F,
                        .after = 12},
    [STYLE_STATEMENT] = {.italic = true,
                         .colour = COLOUR_QUIET,
                         .size = 10,
                         .leading = 14.5F,
                         .after = 8,
                         .keep_next = true},
    [STYLE_META] = {.sans = true,
                    .colour = COLOUR_QUIET,
                    .size = 8.5F,
                    .leading = 12,
                    .after = 6,
                    .keep_next = true},
    [STYLE_CLOSING] = {.sans = true,
                       .colour = COLOUR_QUIET,
                       .size = 8.5F,
                       .leading = 12.5F,
                       .after = 6,
                       .keep_whole = true},
    [STYLE_QUESTION] = {.bold = true,
                        .size = 10,
                        .leading = 14.5F,
                        .after = 5,
                        .keep_next = true,
                        .keep_whole = true},
    [STYLE_TERM] = {.sans = true,
                    .bold = true,
                    .colour = COLOUR_QUIET,
                    .size = 8.5F,
                    .leading = 14.5F,
                    .keep_next = true},
    [STYLE_CELL] = {.size = 9.5F, .leading = 13, .after = 3},
    [STYLE_HEAD_CELL] =
        {.sans = true, .bold = true, .colour = COLOUR_QUIET, .size = 8.5F, .leading = 13},
    [STYLE_CITE] = {.sans = true,
                    .bold = true,
                    .colour = COLOUR_ACCENT,
                    .size = 9.5F,
                    .leading = 14.5F},
    [STYLE_OUTCOME] = {.sans = true, .bold = true, .size = 9.5F, .leading = 14.5F},
    [STYLE_OWNER] = {.sans = true,
                     .bold = true,
                     .colour = COLOUR_WAIT,
                     .size = 8.5F,
                     .leading = 14.5F},
    [STYLE_WARNING] = {.bold = true,
                       .colour = COLOUR_BAD,
                       .size = 10,
                       .leading = 14.5F,
                       .after = 6,
                       .keep_whole = true},
    [STYLE_RUNNING] = {.sans = true, .colour = COLOUR_QUIET, .size = 8, .leading = 11},
    [STYLE_RUNNING_LONG] = {.sans = true,
                            .colour = COLOUR_QUIET,
                            .size = 7,
                            .leading = 11},
};

/* The margins leave lines of 75 letters or so beside the column of citations. */
static const struct paper papers[] = {
    {"a4", 595.276F, 841.89F, 71, 71, 76, 74},
    {"letter", 612, 792, 76, 76, 72, 70},
};

const struct paper *paper_find(const char *name) {
    for (size_t i = 0; i < sizeof papers / sizeof *papers; i++)
        if (strcmp(papers[i].name, name) == 0)
            return &papers[i];
    return NULL;
}

/* ---- faces */

static bool lang_is(const char *lang, const char *prefix) {
    size_t len = strlen(prefix);
    return strncasecmp(lang, prefix, len) == 0 && (lang[len] == '\0' || lang[len] == '-');
}

#define SERIF(area)                                                                      \
    "Noto Serif,Noto Serif CJK " area ",Noto Sans CJK " area                             \
    ",WenQuanYi Micro Hei,AR PL UMing CN,serif"
#define SANS(area) "Noto Sans,Noto Sans CJK " area ",WenQuanYi Micro Hei,sans-serif"

/* A Han letter has another shape in each of these. */
static const struct {
    const char *lang, *serif, *sans;
} areas[] = {
    {"ja", SERIF("JP"), SANS("JP")},      {"ko", SERIF("KR"), SANS("KR")},
    {"zh-hk", SERIF("HK"), SANS("HK")},   {"zh-tw", SERIF("TC"), SANS("TC")},
    {"zh-hant", SERIF("TC"), SANS("TC")}, {"", SERIF("SC"), SANS("SC")},
};

const char *style_families(enum pdf_style s, const char *lang) {
    size_t i = 0;
    while (areas[i].lang[0] && !lang_is(lang, areas[i].lang))
        i++;
    return styles[s].sans ? areas[i].sans : areas[i].serif;
}

bool style_slants(const char *lang) {
    return !lang_is(lang, "zh") && !lang_is(lang, "ja") && !lang_is(lang, "ko");
}

/* ---- choosing */

static const struct {
    const char *word;
    enum pdf_style style;
} classes[] = {
    {"genre", STYLE_GENRE},         {"subtitle", STYLE_SUBTITLE}, {"meta", STYLE_META},
    {"statement", STYLE_STATEMENT}, {"closing", STYLE_CLOSING},   {"brief", STYLE_BODY},
    {"question", STYLE_QUESTION},   {"warning", STYLE_WARNING},
};

enum pdf_style style_of(const struct xnode *n, enum pdf_style body) {
    switch (n->element) {
    case XHTML_H1:
        return STYLE_H1;
    case XHTML_H2:
        return STYLE_H2;
    case XHTML_H3:
        return STYLE_H3;
    case XHTML_H4:
        return STYLE_H4;
    case XHTML_DT:
        return STYLE_TERM;
    case XHTML_TH:
        return STYLE_HEAD_CELL;
    default:
        break;
    }
    for (size_t i = 0; !n->bare && i < sizeof classes / sizeof *classes; i++)
        if (xhtml_has_class(n, classes[i].word))
            return classes[i].style == STYLE_BODY ? body : classes[i].style;
    return body;
}

static const struct {
    const char *word;
    enum pdf_colour colour;
} outcomes[] = {{"agreed", COLOUR_GOOD},          {"agreed-ad-referendum", COLOUR_GOOD},
                {"answered", COLOUR_GOOD},        {"bracketed", COLOUR_BAD},
                {"no-agreement", COLOUR_BAD},     {"deferred", COLOUR_WAIT},
                {"under-discussion", COLOUR_WAIT}};

enum pdf_colour style_outcome(const struct xnode *n) {
    for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++)
        if (xhtml_has_class(n, outcomes[i].word))
            return outcomes[i].colour;
    return COLOUR_QUIET;
}

unsigned style_letter_weight(uint32_t c) {
    if (c < 0x80) {
        bool thin = strchr("fijlrt()[].,:;' ", (int)c);
        return thin ? 4 : strchr("mwMWO", (int)c) ? 9 : c >= 'A' && c <= 'Z' ? 7 : 6;
    }
    return c >= 0x2E80 && c < 0xFF00 ? 12 : c >= 0x400 && c < 0x500 ? 8 : 6;
}

/* Letters of the middle height are centred in the line. */
float style_baseline(enum pdf_style s) {
    return styles[s].leading / 2 + 0.34F * styles[s].size;
}

void style_page_number(struct buf *out, const char *lang, unsigned page, unsigned pages) {
    if (lang_is(lang, "ru"))
        buf_addf(out, "страница %u из %u", page, pages);
    else if (lang_is(lang, "zh"))
        buf_addf(out, "第 %u 页，共 %u 页", page, pages);
    else
        buf_addf(out, "page %u of %u", page, pages);
}
