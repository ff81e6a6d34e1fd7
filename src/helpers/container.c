#include "container.h"

#include "base/mem.h"
#include "base/vec.h"
#include "store/file.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>

/* The notes of 10 000 issues take 0.02 s more than with level 3, and 25% fewer bytes. */
enum { LEVEL = 6, DOS_1980_01_01 = 1 << 5 | 1 };

struct member {
    char *name;
    struct buf content;
    bool stored; /* not compressed */
};

struct container {
    VEC(struct member) v;
};

struct archive {
    char *path;
    struct buf bytes;
    zip_t *zip;
    size_t taken;
    size_t most; /* bytes that may be taken */
};

/* ---- writing */

struct container *container_new(void) {
    return mem_zalloc(sizeof(struct container));
}

static struct member take(const char *name, struct buf *content, bool stored) {
    struct member m = {mem_strdup(name), *content, stored};
    *content = (struct buf)BUF_INIT;
    return m;
}

void container_add(struct container *c, const char *name, struct buf *content) {
    vec_push(&c->v, take(name, content, false));
}

void container_add_first(struct container *c, const char *name, struct buf *content) {
    vec_insert(&c->v, 0, take(name, content, false));
}

void container_store(struct container *c, const char *name, struct buf *content) {
    vec_push(&c->v, take(name, content, true));
}

/* The content is read when the archive is closed. */
static int add(zip_t *zip, const struct member *m) {
    zip_source_t *s = zip_source_buffer(zip, m->content.s, m->content.len, 0);
    zip_int64_t at = s ? zip_file_add(zip, m->name, s, ZIP_FL_ENC_UTF_8) : -1;
    if (at < 0) {
        zip_source_free(s);
        return -1;
    }
    zip_uint64_t i = (zip_uint64_t)at;
    zip_int32_t method = m->stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE;
    if (zip_set_file_compression(zip, i, method, LEVEL) < 0)
        return -1;
    return zip_file_set_dostime(zip, i, 0, DOS_1980_01_01, 0);
}

static int write_members(const struct container *c, zip_source_t *to, struct err *err) {
    zip_source_keep(to);
    zip_t *zip = zip_open_from_source(to, ZIP_TRUNCATE, NULL);
    if (!zip)
        mem_exhausted();
    int ret = 0;
    for (size_t i = 0; i < c->v.n && ret == 0; i++)
        ret = add(zip, &c->v.v[i]);
    if (ret == 0 && zip_close(zip) == 0)
        return 0;
    err_set(err, "the container cannot be made: %s", zip_strerror(zip));
    zip_discard(zip);
    return -1;
}

static int take_bytes(zip_source_t *from, struct buf *out, struct err *err) {
    zip_stat_t st;
    if (zip_source_stat(from, &st) < 0 || zip_source_open(from) < 0)
        return err_set(err, "the container cannot be read");
    buf_reserve(out, (size_t)st.size);
    zip_int64_t n = zip_source_read(from, out->s + out->len, st.size);
    zip_source_close(from);
    if (n < 0 || (zip_uint64_t)n != st.size)
        return err_set(err, "the container cannot be read");
    out->len += (size_t)n;
    out->s[out->len] = '\0';
    return 0;
}

int container_finish(struct container *c, struct buf *out, struct err *err) {
    zip_source_t *bytes = zip_source_buffer_create(NULL, 0, 0, NULL);
    if (!bytes)
        mem_exhausted();
    int ret = write_members(c, bytes, err);
    if (ret == 0)
        ret = take_bytes(bytes, out, err);
    zip_source_free(bytes);
    container_free(c);
    return ret;
}

void container_free(struct container *c) {
    if (!c)
        return;
    for (size_t i = 0; i < c->v.n; i++) {
        mem_free(c->v.v[i].name);
        buf_release(&c->v.v[i].content);
    }
    vec_release(&c->v);
    mem_free(c);
}

/* ---- reading */

static int refuse(const struct archive *a, struct err *err, const char *what) {
    err_set(err, "%s", what);
    return err_at(err, a->path, 0, 0);
}

/* What Word 97 wrote, and what encrypted packages are wrapped in ([MS-CFB] 2.2). */
static bool is_compound(const struct buf *bytes) {
    return bytes->len >= 8 &&
           memcmp(bytes->s, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0;
}

static void open_zip(struct archive *a, const struct buf *bytes, struct err *err) {
    zip_source_t *s = zip_source_buffer_create(bytes->s, bytes->len, 0, NULL);
    a->zip = s ? zip_open_from_source(s, ZIP_RDONLY, NULL) : NULL;
    if (!a->zip && s)
        zip_source_free(s);
    if (!a->zip)
        refuse(a, err,
               is_compound(bytes)
                   ? "this is protected by a password, or of an old format"
                   : "this is not an office document (not a zip archive)");
}

static struct archive *new_archive(const char *path, size_t most) {
    struct archive *a = mem_zalloc(sizeof *a);
    a->path = mem_strdup(path);
    a->bytes = (struct buf)BUF_INIT;
    a->most = most;
    return a;
}

struct archive *archive_open(const char *path, struct err *err) {
    struct archive *a = new_archive(path, ARCHIVE_MAX);
    if (file_slurp(path, &a->bytes, err) == 0) {
        if (a->bytes.len > ARCHIVE_MAX)
            refuse(a, err, "a reference document has 64 MiB at most");
        else
            open_zip(a, &a->bytes, err);
    }
    if (a->zip)
        return a;
    archive_free(a);
    return NULL;
}

struct archive *archive_open_made(const struct buf *bytes, struct err *err) {
    struct archive *a = new_archive("the document", SIZE_MAX);
    open_zip(a, bytes, err);
    if (a->zip)
        return a;
    archive_free(a);
    return NULL;
}

const char *archive_member(const struct archive *a, size_t i) {
    return zip_get_name(a->zip, i, ZIP_FL_ENC_RAW);
}

bool archive_has(const struct archive *a, const char *name) {
    return zip_name_locate(a->zip, name, ZIP_FL_ENC_RAW) >= 0;
}

/* Reads until the end or a byte over the limit, which is then an error. */
static int read_member(struct archive *a, zip_file_t *f, size_t most, struct buf *out,
                       struct err *err) {
    size_t start = out->len;
    for (;;) {
        buf_reserve(out, 1 << 16);
        zip_int64_t n = zip_fread(f, out->s + out->len, 1 << 16);
        if (n < 0)
            return refuse(a, err, "the archive is damaged");
        if (n == 0)
            return 0;
        out->len += (size_t)n;
        out->s[out->len] = '\0';
        a->taken += (size_t)n;
        if (out->len - start > most || a->taken > a->most)
            return refuse(a, err, "what it holds is too large for a reference document");
    }
}

int archive_read(struct archive *a, const char *name, size_t most, struct buf *out,
                 struct err *err) {
    zip_file_t *f = zip_fopen(a->zip, name, ZIP_FL_ENC_RAW);
    if (!f) {
        err_set(err, "its %s cannot be read: %s", name, zip_strerror(a->zip));
        return err_at(err, a->path, 0, 0);
    }
    int ret = read_member(a, f, most, out, err);
    zip_fclose(f);
    return ret;
}

const char *archive_path(const struct archive *a) {
    return a->path;
}

void archive_free(struct archive *a) {
    if (!a)
        return;
    if (a->zip)
        zip_discard(a->zip);
    buf_release(&a->bytes);
    mem_free(a->path);
    mem_free(a);
}
