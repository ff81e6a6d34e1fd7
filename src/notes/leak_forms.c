#include "leak_forms.h"

#include <string.h>

/* In the letters of person_key(): what a name ends in, how much of that goes, and what
 * comes instead. The first that fits; `latin`: for names in Latin letters, too. */
struct ending {
    const char *of;
    unsigned char cut;
    bool latin;
    const char *forms;
};
static const struct ending endings[] = {
    {"skaya", 3, true, "oy uyu oyu oi"},
    {"skaia", 3, true, "oi uiu oy uyu"},
    {"skiy", 2, true, "ogo omu im om iye ikh imi"},
    {"skij", 2, true, "ogo omu im om"},
    {"skii", 2, true, "ogo omu im om"},
    {"sky", 1, true, "ogo omu im om"},
    {"ski", 1, true, "ogo omu im om"},
    {"ova", 1, true, "oy u oyu"},
    {"eva", 1, true, "oy u oyu"},
    {"ov", 0, true, "a u ym e y ykh ymi"},
    {"ev", 0, true, "a u ym e y ykh ymi"},
    {"ina", 1, false, "oy u oyu y e"},
    {"in", 0, false, "a u ym e y om ykh ymi"},
    {"yn", 0, false, "a u ym e y om ykh ymi"},
    {"aya", 3, false, "oy uyu oyu"},
    {"iya", 2, false, "i yu yey yei"},
    {"yy", 2, false, "ogo omu ym om yye ykh ymi"},
    {"iy", 2, false, "ego emu im em ogo omu om iya iyu iyem ii"},
    {"oy", 2, false, "ogo omu ym om oya oyu oyem oye"},
    {"ay", 1, false, "ya yu yem ye"},
    {"ey", 2, false, "eya eyu eyem eye ya yu yem ye"},
    {"uy", 1, false, "ya yu yem ye"},
    {"yats", 4, false, "ytsa ytsu ytsem ytse yatsa yatsu yatsem yatse"},
    {"yets", 4, false, "ytsa ytsu ytsem ytse"},
    {"ets", 3, false, "tsa tsu tsem tsom tse etsa etsu etsem"},
    {"ek", 2, false, "ka ku kom ke eka eku ekom eke"},
    {"ok", 2, false, "ka ku kom ke oka oku okom oke"},
    {"ko", 0, false, ""},
    {"ykh", 0, false, ""},
    {"ikh", 0, false, ""},
    {"ya", 2, false, "i e yu ey yey"},
    {"a", 1, false, "y i e u oy ey"},
    {"o", 0, false, ""},
    {"u", 0, false, ""},
    {"i", 0, false, ""},
    {"e", 0, false, ""},
    {"ky", 1, false, "iy ogo omu im om"},
    {"y", 1, false, "yy ogo omu ym om"},
    {"", 0, false, "a u om em e ya yu y i ov am ami akh"},
};

enum { STEM_MIN = 2 };

static const struct ending *ending_of(const char *word, size_t len) {
    for (const struct ending *e = endings;; e++) {
        size_t n = strlen(e->of);
        if (n == 0 || (len >= n + STEM_MIN && memcmp(word + len - n, e->of, n) == 0))
            return e;
    }
}

/* The Schmidts. */
static const struct ending plural = {"", 0, true, "s"};

struct former {
    leak_form_taker take;
    void *ctx;
    struct buf form;
    const char *before; /* the words before the one that is declined */
    size_t before_len;
};

static void emit(struct former *f, const char *stem, size_t len, const char *end,
                 size_t end_len, const struct ending *e) {
    buf_clear(&f->form);
    buf_add(&f->form, f->before, f->before_len);
    buf_add(&f->form, stem, len);
    buf_add(&f->form, end, end_len);
    f->take(f->ctx, f->form.s, e != NULL, e && !e->latin);
}

/* The word declined, after what stands before it as it is. */
static void decline(struct former *f, const char *word, size_t len) {
    const struct ending *e = ending_of(word, len);
    for (const char *s = e->forms; len > STEM_MIN && *s; s += *s == ' ') {
        size_t n = strcspn(s, " ");
        emit(f, word, len - e->cut, s, n, e);
        s += n;
    }
}

/* Of two words both, "тескской федерации", each in each of its cases. */
static void decline_both(struct former *f, const char *first, const char *second) {
    size_t len = strcspn(first, " ");
    const struct ending *e = ending_of(first, len);
    struct buf before = BUF_INIT;
    for (const char *s = e->forms; *s; s += *s == ' ') {
        size_t n = strcspn(s, " ");
        buf_clear(&before);
        buf_add(&before, first, len - e->cut);
        buf_add(&before, s, n);
        buf_putc(&before, ' ');
        f->before = before.s;
        f->before_len = before.len;
        emit(f, second, strlen(second), "", 0, e);
        decline(f, second, strlen(second));
        s += n;
    }
    buf_release(&before);
}

void leak_forms(const char *key, leak_form_taker take, void *ctx) {
    struct former f = {take, ctx, BUF_INIT, key, 0};
    const char *blank = strchr(key, ' '), *last = strrchr(key, ' ');
    last = last ? last + 1 : key;
    emit(&f, key, strlen(key), "", 0, NULL);
    emit(&f, key, strlen(key), "s", 1, &plural);
    f.before_len = (size_t)(last - key);
    decline(&f, last, strlen(last));
    if (blank && blank + 1 == last)
        decline_both(&f, key, last);
    buf_release(&f.form);
}
