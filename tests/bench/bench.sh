#!/bin/sh
# What memobook costs, each figure beside a baseline that is measured in turns with it.
# No figure passes or fails; the aim is a ratio of 1.3 or less, but for notes (notes.sh).
#
# usage: MEMOBOOK=PROGRAM bench.sh [FOLDER]     FOLDER has the built floor, append, …
#                                               (default: tests/bench of the build)
# BENCH_PARTS  of: screen edit notes read (default: all)
# BENCH_SIZES  issues (default "18 1000 10000 100000")
# BENCH_RUNS   how often each start is measured (default 9; notes: 3)
# BENCH_DIR    where the files are made (default: the current folder); a real disk, or
#              an edit costs nothing

tools=$(cd "${1:-${top_builddir:-.}/tests/bench}" && pwd) || exit 1
MEMOBOOK=${MEMOBOOK:-./memobook}
MEMOBOOK=$(cd "$(dirname "$MEMOBOOK")" && pwd)/$(basename "$MEMOBOOK") || exit 1
sizes=${BENCH_SIZES:-18 1000 10000 100000}
runs=${BENCH_RUNS:-9}
notes_runs=${BENCH_RUNS:-3}
parts=${BENCH_PARTS:-screen edit notes read}
here=$(cd "$(dirname "$0")" && pwd) || exit 1

for tool in "$MEMOBOOK" "$tools/stopwatch" "$tools/floor" "$tools/append" \
    "$tools/genmemo" "$tools/genevents" "$tools/notesdoc"; do
    [ -x "$tool" ] || { echo "$tool: not built" >&2; exit 1; }
done
for tool in xmllint xsltproc; do
    command -v $tool >/dev/null 2>&1 || { echo "bench needs $tool" >&2; exit 1; }
done

work=$(mktemp -d "${BENCH_DIR:-.}/bench.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
work=$(cd "$work" && pwd)
cd "$work" || exit 1
export HOME="$work" XDG_STATE_HOME="$work/state" XDG_DATA_HOME="$work/share"
export LC_ALL=C.UTF-8
watch=$tools/stopwatch

head_of() {
    printf '\n%s\n' "$1"
    printf '%-46s %9s %9s %9s %9s %-2s %6s %6s\n' '' memobook '(min)' baseline '(min)' '' \
        ratio '(min)'
}

# ---- files ----

for n in $sizes; do
    "$tools/genmemo" "$n" >"memo-$n.xml" &&
        "$MEMOBOOK" new "memo-$n.xml" -o "book-$n.xml" >/dev/null || exit 1
done
"$tools/genmemo" 18 >memo-log.xml &&
    "$MEMOBOOK" new memo-log.xml -o empty.xml >/dev/null || exit 1
for n in 10 50000; do
    "$tools/genevents" "$n" 18 <empty.xml >"log-$n.xml" || exit 1
    chmod 600 "log-$n.xml"
done

"$tools/genevents" 5000 18 200 <empty.xml >room.xml || exit 1
chmod 600 room.xml

# ---- the parts ----

for part in $parts; do
    # shellcheck disable=SC1090
    . "$here/$part.sh"
done
exit 0
