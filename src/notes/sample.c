#include "sample.h"

#include "stock.h"

#include "store/workbook_reader.h"

static void take_memo(void *ctx, struct memo *m) {
    struct sample *s = ctx;
    s->memo = m;
    s->w = workbook_new(m);
}

static void take_event(void *ctx, const struct event *e) {
    struct sample *s = ctx;
    struct err ignored = ERR_INIT;
    workbook_apply(s->w, e, &ignored);
    err_release(&ignored);
}

static void start_again(void *ctx) {
    struct sample *s = ctx;
    workbook_reset(s->w);
}

int sample_open(struct sample *s, struct err *err) {
    const struct stock_file *f = stock_find("sample.workbook.xml");
    const struct workbook_sink sink = {s, take_memo, take_event, start_again};
    struct workbook_scan scan;
    *s = (struct sample){0};
    int ret = workbook_read((const char *)f->bytes, f->len, f->name, &sink, &scan, err);
    if (ret < 0)
        sample_close(s);
    return ret;
}

void sample_close(struct sample *s) {
    workbook_free(s->w);
    memo_free(s->memo);
    *s = (struct sample){0};
}
