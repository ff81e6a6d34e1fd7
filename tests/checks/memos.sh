#!/bin/sh
# The memos that are shipped, and the fixtures in tests/fixtures/memos/, against both
# judges: the grammar (memos/memo.rng, by xmllint) and the program (`memobook check`).
#
#   good-*      both accept it
#   meaning-*   the grammar accepts it; the program does not
#   grammar-*   neither does
#   broken-*    it is no XML, or may not be read; the grammar is not asked
#
# The program refuses with exit 1 and one line on stderr, which begins with the file's
# name and, where the fixture's first comment starts with "line N:", with that line.
#
# usage: memos.sh       with top_srcdir, top_builddir and MEMOBOOK, or in a build folder

src=${top_srcdir:-..}
memobook=${MEMOBOOK:-${top_builddir:-.}/memobook}
rng=$src/memos/memo.rng

[ -x "$memobook" ] || { echo "memos: $memobook is not built" >&2; exit 77; }
[ -f "$src/tests/fixtures/memos/good-minimal.xml" ] ||
    { echo "memos: $src is not the source folder" >&2; exit 1; }
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
HOME=$work XDG_STATE_HOME=$work/state
export HOME XDG_STATE_HOME
bad=0 n=0

complain() {
    echo "$*" >&2
    bad=$((bad + 1))
}

# grammar FILE VERDICT: accepts or refuses.
grammar() {
    xmllint --noout --relaxng "$rng" "$1" >/dev/null 2>"$work/xmllint"
    case $?:$2 in
    0:accepts | 3:refuses | 4:refuses) ;;
    *) complain "$1: not as expected, that the grammar $2 it: $(sed 1q "$work/xmllint")" ;;
    esac
}

program_accepts() {
    "$memobook" check "$1" >"$work/out" 2>"$work/err" ||
        complain "$1: refused: $(cat "$work/err")"
    [ ! -s "$work/err" ] || complain "$1: accepted, but: $(cat "$work/err")"
    grep -q "ok, memo: " "$work/out" || complain "$1: said $(cat "$work/out")"
}

program_refuses() {
    "$memobook" check "$1" >"$work/out" 2>"$work/err"
    status=$?
    line=$(LC_ALL=C sed -n 's/^.*<!-- line \([0-9]*\):.*$/\1/p' "$1" 2>/dev/null | sed 1q)
    [ $status -eq 1 ] || complain "$1: exit $status, not 1"
    [ ! -s "$work/out" ] || complain "$1: said $(cat "$work/out")"
    [ "$(wc -l <"$work/err")" -eq 1 ] ||
        complain "$1: $(wc -l <"$work/err") lines on stderr, not one"
    case $(cat "$work/err") in
    "$1:${line:+$line:}"*) ;;
    *) complain "$1: not in line ${line:-(any)}: $(cat "$work/err")" ;;
    esac
}

if command -v xmllint >/dev/null 2>&1; then
    have_grammar=yes
else
    have_grammar=
    echo "memos: xmllint is missing, so the grammar is not asked"
fi

for file in "$src"/memos/*.xml "$src"/tests/fixtures/memos/*.xml; do
    n=$((n + 1))
    case ${file##*/} in
    meaning-*) of_grammar=accepts of_program=refuses ;;
    grammar-*) of_grammar=refuses of_program=refuses ;;
    broken-*) of_grammar='' of_program=refuses ;;
    *) of_grammar=accepts of_program=accepts ;;
    esac
    program_$of_program "$file"
    [ -z "$of_grammar" ] || [ -z "$have_grammar" ] || grammar "$file" "$of_grammar"
done

echo "memos: $n files, $bad complaints"
[ $bad -eq 0 ]
