/*
 * Growing arrays, typed by the struct that holds them:
 *
 *     struct { struct issue *v; size_t n, cap; } issues = {0};
 *     vec_push(&issues, issue);
 *     vec_release(&issues);
 *
 * Invariant: n <= cap; v is NULL when cap is 0. Growing moves the elements, so keep
 * indices, not pointers, across a push.
 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include "mem.h"

#include <stdlib.h>
#include <string.h>

#define VEC(type)                                                                        \
    struct {                                                                             \
        type *v;                                                                         \
        size_t n, cap;                                                                   \
    }

#define vec_reserve(vec, count)                                                          \
    do {                                                                                 \
        size_t vec_want_ = (count);                                                      \
        if (vec_want_ > (vec)->cap) {                                                    \
            size_t vec_cap_ = (vec)->cap ? (vec)->cap * 2 : 8;                           \
            if (vec_cap_ < vec_want_)                                                    \
                vec_cap_ = vec_want_;                                                    \
            (vec)->v = mem_array((vec)->v, vec_cap_, sizeof *(vec)->v);                  \
            (vec)->cap = vec_cap_;                                                       \
        }                                                                                \
    } while (0)

#define vec_push(vec, item)                                                              \
    do {                                                                                 \
        vec_reserve((vec), (vec)->n + 1);                                                \
        (vec)->v[(vec)->n++] = (item);                                                   \
    } while (0)

#define vec_insert(vec, at, item)                                                        \
    do {                                                                                 \
        size_t vec_at_ = (at);                                                           \
        vec_reserve((vec), (vec)->n + 1);                                                \
        memmove((vec)->v + vec_at_ + 1, (vec)->v + vec_at_,                              \
                ((vec)->n - vec_at_) * sizeof *(vec)->v);                                \
        (vec)->v[vec_at_] = (item);                                                      \
        (vec)->n++;                                                                      \
    } while (0)

#define vec_remove(vec, at)                                                              \
    do {                                                                                 \
        size_t vec_at_ = (at);                                                           \
        memmove((vec)->v + vec_at_, (vec)->v + vec_at_ + 1,                              \
                ((vec)->n - vec_at_ - 1) * sizeof *(vec)->v);                            \
        (vec)->n--;                                                                      \
    } while (0)

#define vec_release(vec)                                                                 \
    do {                                                                                 \
        mem_free((vec)->v);                                                              \
        (vec)->v = NULL;                                                                 \
        (vec)->n = (vec)->cap = 0;                                                       \
    } while (0)

#endif
