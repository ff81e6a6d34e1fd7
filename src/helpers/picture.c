#include "picture.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

const char *picture_type(const char *name) {
    static const char *const types[][2] = {
        {".png", "png"}, {".jpg", "jpeg"}, {".jpeg", "jpeg"}, {".gif", "gif"}};
    const char *suffix = strrchr(name, '.');
    for (size_t i = 0; suffix && i < sizeof types / sizeof *types; i++)
        if (strcasecmp(suffix, types[i][0]) == 0)
            return types[i][1];
    return NULL;
}

static void keep(struct buf *out, const struct buf *b, size_t from, size_t to) {
    buf_add(out, b->s + from, to - from);
}

static size_t number(const struct buf *b, size_t at, unsigned bytes) {
    size_t n = 0;
    for (unsigned i = 0; i < bytes; i++)
        n = n << 8 | (unsigned char)b->s[at + i];
    return n;
}

/* ---- each type: what stays goes to *out; false where it is none */

/* What there must be, and what of the rest is colours, sizes and moving pictures. */
static bool png_stays(const char *chunk) {
    static const char kinds[][5] = {"tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "cICP",
                                    "sBIT", "bKGD", "hIST", "pHYs", "sPLT", "mDCV",
                                    "cLLI", "acTL", "fcTL", "fdAT"};
    if (*chunk >= 'A' && *chunk <= 'Z')
        return true;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (memcmp(chunk, kinds[i], 4) == 0)
            return true;
    return false;
}

static bool strip_png(const struct buf *b, struct buf *out) {
    enum { HEAD = 8, AROUND = 12 };
    if (b->len < HEAD || memcmp(b->s, "\x89PNG\r\n\x1a\n", HEAD) != 0)
        return false;
    keep(out, b, 0, HEAD);
    for (size_t at = HEAD; at + AROUND <= b->len;) {
        size_t len = number(b, at, 4);
        if (len > b->len - at - AROUND)
            return false;
        if (png_stays(b->s + at + 4))
            keep(out, b, at, at + AROUND + len);
        if (memcmp(b->s + at + 4, "IEND", 4) == 0)
            return true;
        at += AROUND + len;
    }
    return false;
}

enum { JPEG_END = 0xd9, JPEG_SCAN = 0xda, JPEG_FILL = 0xff };

/* A segment: JFIF without its smaller picture, the colour profile and Adobe's colours
 * stay, and all that is no application's and no comment. */
static bool jpeg_stays(unsigned marker, const char *s, size_t len) {
    if (marker == 0xe0)
        return len < 4 || memcmp(s, "JFXX", 4) != 0;
    if (marker == 0xe2)
        return len >= 11 && memcmp(s, "ICC_PROFILE", 11) == 0;
    return marker == 0xee || ((marker < 0xe0 || marker > 0xef) && marker != 0xfe);
}

/* Where the pixels end that begin at `at`: before a marker that is none of theirs. */
static size_t jpeg_scan(const struct buf *b, size_t at) {
    for (; at + 1 < b->len; at++) {
        unsigned c = (unsigned char)b->s[at + 1];
        if (b->s[at] == '\xff' && c && c != JPEG_FILL && (c < 0xd0 || c > 0xd7))
            return at;
    }
    return b->len;
}

static bool strip_jpeg(const struct buf *b, struct buf *out) {
    if (b->len < 4 || memcmp(b->s, "\xff\xd8", 2) != 0)
        return false;
    keep(out, b, 0, 2);
    for (size_t at = 2; at + 2 <= b->len && b->s[at] == '\xff';) {
        unsigned marker = (unsigned char)b->s[at + 1];
        if (marker == JPEG_END) { /* what comes after it is no part of the picture */
            keep(out, b, at, at + 2);
            return true;
        }
        size_t len = at + 4 <= b->len ? number(b, at + 2, 2) : 0;
        if (marker == JPEG_FILL) {
            at++;
            continue;
        }
        if (len < 2 || len > b->len - at - 2)
            return false;
        if (jpeg_stays(marker, b->s + at + 4, len - 2))
            keep(out, b, at, at + 2 + len);
        at += 2 + len;
        if (marker != JPEG_SCAN)
            continue;
        size_t end = jpeg_scan(b, at);
        keep(out, b, at, end);
        if (end == b->len)
            return true;
        at = end;
    }
    return false;
}

/* The end of the blocks that begin at `at`, each with its length; 0 where they do not
 * end.
 */
static size_t gif_blocks(const struct buf *b, size_t at) {
    while (at < b->len && b->s[at])
        at += 1 + number(b, at, 1);
    return at < b->len ? at + 1 : 0;
}

static size_t gif_colours(const struct buf *b, size_t flags) {
    unsigned f = (unsigned char)b->s[flags];
    return f & 0x80 ? (size_t)3 << ((f & 7) + 1) : 0;
}

/* An extension: comments, texts and what programs add go, but for the repetition. */
static bool gif_stays(const struct buf *b, size_t at, size_t end) {
    unsigned kind = (unsigned char)b->s[at + 1];
    return kind == 0xf9 || (kind == 0xff && end - at > 14 &&
                            memcmp(b->s + at + 3, "NETSCAPE2.0", 11) == 0);
}

static bool strip_gif(const struct buf *b, struct buf *out) {
    enum { HEAD = 13, IMAGE = 10 };
    if (b->len < HEAD || memcmp(b->s, "GIF8", 4) != 0)
        return false;
    size_t at = HEAD + gif_colours(b, 10);
    if (at > b->len)
        return false;
    keep(out, b, 0, at);
    while (at + IMAGE < b->len) {
        bool image = b->s[at] == ',';
        size_t from = image ? at + IMAGE + gif_colours(b, at + 9) + 1 : at + 2;
        size_t end = image || b->s[at] == '!' ? gif_blocks(b, from) : 0;
        if (!end)
            return false;
        if (image || gif_stays(b, at, end))
            keep(out, b, at, end);
        at = end;
    }
    buf_putc(out, ';');
    return true;
}

void picture_strip(struct buf *bytes) {
    struct buf out = BUF_INIT;
    if (strip_png(bytes, &out) || strip_jpeg(bytes, &out) || strip_gif(bytes, &out)) {
        buf_clear(bytes);
        buf_add(bytes, out.s, out.len);
    }
    buf_release(&out);
}
