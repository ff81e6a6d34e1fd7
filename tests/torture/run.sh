#!/bin/sh
# run: the torture tests, one after the other; each prints a line for each group of cases.
#
# usage: run.sh [quick|full] [TEST...]      quick, some ten seconds, is what `make check`
#                                           runs; full takes minutes
# Environment: MEMOBOOK the program; TORTURE_BUILD where the tests were built (its
# interpose.so too); PLAY tests/journeys/play; top_srcdir; TORTURE_DIR for scratch folders
# (/dev/shm where it is there: a kill does not care, and a disk would be slow);
# TORTURE_SEED, a number or `random`.
# Exit 0, 1 where a test failed, 77 where all were skipped.

speed=${1:-quick}
[ $# -eq 0 ] || shift
: "${top_srcdir:=.}" "${top_builddir:=.}"
: "${MEMOBOOK:=$top_builddir/memobook}" "${TORTURE_BUILD:=$top_builddir/tests/torture}"
: "${PLAY:=$top_builddir/tests/journeys/play}" "${TORTURE_SEED:=1}"
: "${TORTURE_INTERPOSE:=$TORTURE_BUILD/interpose.so}"
if [ -z "$TORTURE_DIR" ]; then
    if [ -w /dev/shm ]; then TORTURE_DIR=/dev/shm; else TORTURE_DIR=${TMPDIR:-/tmp}; fi
fi
export top_srcdir MEMOBOOK PLAY TORTURE_SEED TORTURE_INTERPOSE TORTURE_DIR

[ -x "$MEMOBOOK" ] || { echo "torture: no program: $MEMOBOOK" >&2; exit 1; }
[ $# -gt 0 ] || set -- kill9 kill9_screen off_record bytes sectors faults powercut others model

# The program may write through nothing that interpose.c does not stand before.
watched() {
    command -v nm >/dev/null 2>&1 || return 0
    unknown=$(nm -D "$MEMOBOOK" | awk '$1 == "U" {
        sub(/@.*/, "", $2)
        if ($2 ~ /^(pwritev2?|writev|copy_file_range|sendfile|splice|mkostemps?|mkstemp|truncate|sync_file_range|syncfs|sync|mmap|creat|remove|dup[23]?)(64)?$/)
            print $2
    }' | grep -vxF -e mmap -e dup -e dup2 -e dup3)
    [ -z "$unknown" ] && return 0
    echo "torture: FAILED: interpose.c does not know $unknown"
    return 1
}

passed=0 failed=0 skipped=0
summary=
began=$(date +%s)
watched || failed=1
for test; do
    start=$(date +%s)
    if [ -x "$TORTURE_BUILD/$test" ]; then
        "$TORTURE_BUILD/$test" "$speed"
        status=$?
    elif [ -e "$top_srcdir/tests/torture/$test.sh" ]; then
        sh "$top_srcdir/tests/torture/$test.sh" "$speed"
        status=$?
    else
        echo "$test: skipped: it was not built"
        status=77
    fi
    case $status in
    0) word=passed passed=$((passed + 1)) ;;
    77) word=skipped skipped=$((skipped + 1)) ;;
    *) word="FAILED ($status)" failed=$((failed + 1)) ;;
    esac
    summary="$summary$test: $word, $(($(date +%s) - start)) s
"
done
echo "---- torture, $speed, seed $TORTURE_SEED, $(($(date +%s) - began)) s"
printf '%s' "$summary"
echo "torture: $passed passed, $failed failed, $skipped skipped"
[ $failed = 0 ] || exit 1
[ $passed -gt 0 ] || exit 77
