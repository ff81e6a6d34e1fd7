#!/bin/sh
# What memobook costs, each figure beside a baseline that is measured in turns with it.
# No figure passes or fails; the aim is a ratio of 1.3 or less.
#
# usage: MEMOBOOK=PROGRAM bench.sh [FOLDER]     FOLDER has the built floor, append, …
#                                               (default: tests/bench of the build)
# BENCH_SIZES  issues (default "18 1000 10000 100000")
# BENCH_RUNS   how often each start is measured (default 9)
# BENCH_DIR    where the files are made (default: the current folder); a real disk, or
#              an edit costs nothing

tools=$(cd "${1:-${top_builddir:-.}/tests/bench}" && pwd) || exit 1
MEMOBOOK=${MEMOBOOK:-./memobook}
MEMOBOOK=$(cd "$(dirname "$MEMOBOOK")" && pwd)/$(basename "$MEMOBOOK") || exit 1
sizes=${BENCH_SIZES:-18 1000 10000 100000}
runs=${BENCH_RUNS:-9}

for tool in "$MEMOBOOK" "$tools/stopwatch" "$tools/floor" "$tools/append" \
    "$tools/genmemo" "$tools/genevents"; do
    [ -x "$tool" ] || { echo "$tool: not built" >&2; exit 1; }
done
command -v xmllint >/dev/null 2>&1 || { echo "bench needs xmllint" >&2; exit 1; }

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

keys=jjjjjjjjjjkkkkkkkkkk

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

# ---- the screen ----

head_of 'First screen, from start; baseline: floor, a bare curses list over libxml2 SAX'
for n in $sizes; do
    "$watch" open "$n issues" "$runs" Alpha -- "$MEMOBOOK" "book-$n.xml" -- \
        "$tools/floor" "book-$n.xml"
done
"$watch" open "18 issues, 50000 events" "$runs" Alpha -- "$MEMOBOOK" log-50000.xml -- \
    "$tools/floor" log-50000.xml

head_of 'A key (j, k) to the end of the redraw; baseline: floor'
for n in $sizes; do
    "$watch" keys "$n issues" 100 Alpha $keys -- "$MEMOBOOK" "book-$n.xml" -- \
        "$tools/floor" "book-$n.xml"
done

head_of 'The room: 200 participants, 5000 events; baseline: floor'
"$watch" open 'first screen' "$runs" Alpha -- "$MEMOBOOK" room.xml -- \
    "$tools/floor" room.xml
"$watch" keys 'a key (j, k) in the outline' 100 Alpha $keys -- "$MEMOBOOK" room.xml -- \
    "$tools/floor" room.xml
"$watch" keys 'a key (j, k) on the floor screen' 100 Alpha "f $keys" -- \
    "$MEMOBOOK" room.xml -- "$tools/floor" room.xml
"$watch" keys 'a key (j, k) among the people' 100 Alpha "m $keys" -- \
    "$MEMOBOOK" room.xml -- "$tools/floor" room.xml

head_of 'A clock tick: processor time and bytes of a second; baseline: floor with a clock'
"$watch" ticks 'two clocks over the outline' 12 Alpha '' -- "$MEMOBOOK" room.xml -- \
    "$tools/floor" -t room.xml
"$watch" ticks 'the floor screen' 12 Alpha f -- "$MEMOBOOK" room.xml -- \
    "$tools/floor" -t room.xml
"$watch" ticks 'no clock runs' 12 Alpha '' -- "$MEMOBOOK" log-10.xml -- \
    "$tools/floor" log-10.xml

# ---- an edit ----

note='note T1(b) + the wording stands as read out; общее понимание есть'

# What one edit writes: the line, and the tail that follows it.
cp log-10.xml size.xml
"$MEMOBOOK" do size.xml "$note" >/dev/null || exit 1
size=$(($(grep '^<note n="11"' size.xml | wc -c) + 20))

head_of "A recorded edit ($size bytes), through a pipe; baseline: pwrite and fdatasync"
for n in 10 50000; do
    cp "log-$n.xml" "edit-$n.xml"
    "$watch" lines "$n events before it" 500 "$note" -- "$MEMOBOOK" do "edit-$n.xml" -- \
        "$tools/append" append.bin "$size"
done

# calls COUNT FILE: "NAME CALLS" for so many edits, bytes written as "bytes".
calls() {
    cp log-10.xml strace.xml
    i=0
    while [ $i -lt "$1" ]; do
        echo "$note"
        i=$((i + 1))
    done >lines.txt
    strace -f -qq -o strace.txt "$MEMOBOOK" do strace.xml <lines.txt >/dev/null 2>&1 &&
        sed -n 's/^[0-9]* *\([a-z_0-9]*\)(\([0-9]*\).*= \([0-9-]*\).*/\1 \2 \3/p' \
            strace.txt | awk '{ calls[$1]++ }
                $1 == "pwrite64" && $3 > 0 { bytes += $3 }
                END { for (c in calls) print c, calls[c]; print "(bytes)", bytes + 0 }' \
            >"$2"
}

if command -v strace >/dev/null 2>&1 && calls 10 few.txt && calls 210 many.txt; then
    printf '\nSystem calls of one edit (of 200; reading the line and the answer included)\n'
    awk 'NR == FNR { few[$1] = $2; next }
        $2 != few[$1] { printf "%-46s %9.2f\n", $1, ($2 - few[$1]) / 200 }' \
        few.txt many.txt | sort
else
    printf '\nSystem calls of one edit: not measured, strace is missing or may not trace\n'
fi

# ---- notes, and reopening ----

formats='text markdown html'
[ -x "$(dirname "$MEMOBOOK")/memobook-pdf" ] && formats="$formats pdf"
[ -x "$(dirname "$MEMOBOOK")/memobook-office" ] && formats="$formats odt docx"
head_of 'Session notes; baseline: xmllint --noout of the same workbook'
for n in $sizes; do
    for format in $formats; do
        "$watch" run "$n issues, $format" 3 -- \
            "$MEMOBOOK" notes "book-$n.xml" --format "$format" -- \
            xmllint --noout "book-$n.xml"
    done
done
"$watch" run "18 issues, 50000 events, text" 3 -- \
    "$MEMOBOOK" notes log-50000.xml --format text -- xmllint --noout log-50000.xml

head_of 'Reading it all again (memobook check); baseline: xmllint --noout'
for n in $sizes; do
    "$watch" run "$n issues" 5 -- "$MEMOBOOK" check "book-$n.xml" -- \
        xmllint --noout "book-$n.xml"
done
"$watch" run "18 issues, 50000 events" 5 -- "$MEMOBOOK" check log-50000.xml -- \
    xmllint --noout log-50000.xml
exit 0
