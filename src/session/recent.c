#include "recent.h"

#include "state_dir.h"

#include "base/buf.h"
#include "store/file.h"
#include "store/workbook_reader.h"

#include <dirent.h>
#include <stdio.h>
#include <unistd.h>

void path_vec_release(path_vec *v) {
    for (size_t i = 0; i < v->n; i++)
        mem_free(v->v[i]);
    vec_release(v);
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void read_list(const char *path, path_vec *out) {
    struct buf text = BUF_INIT;
    struct err ignored = ERR_INIT;
    if (file_slurp(path, &text, &ignored) == 0)
        for (char *line = strtok(text.s, "\n"); line && out->n < RECENT_MAX;
             line = strtok(NULL, "\n"))
            vec_push(out, mem_strdup(line));
    err_release(&ignored);
    buf_release(&text);
}

void recent_add(const char *path) {
    struct buf file = BUF_INIT, text = BUF_INIT;
    struct err ignored = ERR_INIT;
    path_vec old = {0};
    char *real = realpath(path, NULL);
    if (real && !strchr(real, '\n') && state_dir_path("recent", &file, &ignored) == 0) {
        read_list(file.s, &old);
        if (old.n == 0 || strcmp(old.v[0], real) != 0) {
            buf_addf(&text, "%s\n", real);
            for (size_t i = 0; i < old.n && i + 1 < RECENT_MAX; i++)
                if (strcmp(old.v[i], real) != 0)
                    buf_addf(&text, "%s\n", old.v[i]);
            file_replace(file.s, text.s, text.len, &ignored);
        }
    }
    path_vec_release(&old);
    buf_release(&text);
    buf_release(&file);
    err_release(&ignored);
    mem_free(real);
}

void recent_list(path_vec *out) {
    struct buf file = BUF_INIT;
    struct err ignored = ERR_INIT;
    path_vec all = {0};
    if (state_dir_path("recent", &file, &ignored) == 0)
        read_list(file.s, &all);
    for (size_t i = 0; i < all.n; i++)
        if (access(all.v[i], F_OK) == 0)
            vec_push(out, mem_strdup(all.v[i]));
    path_vec_release(&all);
    buf_release(&file);
    err_release(&ignored);
}

static void add_memos(const char *folder, path_vec *out) {
    DIR *d = opendir(folder);
    size_t first = out->n;
    for (struct dirent *e; d && (e = readdir(d));) {
        struct buf path = BUF_INIT;
        struct err ignored = ERR_INIT;
        size_t len = strlen(e->d_name);
        buf_addf(&path, "%s%s%s", strcmp(folder, ".") ? folder : "",
                 strcmp(folder, ".") ? "/" : "", e->d_name);
        if (len > 4 && strcmp(e->d_name + len - 4, ".xml") == 0 &&
            workbook_sniff(path.s, &ignored) == 0)
            vec_push(out, mem_strdup(path.s));
        err_release(&ignored);
        buf_release(&path);
    }
    if (d)
        closedir(d);
    if (out->n > first)
        qsort(out->v + first, out->n - first, sizeof *out->v, by_name);
}

void recent_memos(const char *installed, path_vec *out) {
    char *real = installed ? realpath(installed, NULL) : NULL;
    add_memos(".", out);
    if (real)
        add_memos(real, out);
    mem_free(real);
}
