#!/bin/sh
# Nothing below ui/ refers to a symbol of curses, and nothing outside store/, import/,
# notes/ and helpers/ to one of libxml2 or libxslt. What those libraries define is read from the ones
# that the program is linked with.
#
# usage: symbols.sh [BUILD]     one line per violation; exit 1 where there is one, 77
#                               where it cannot be told
# BUILD is where `make` ran: it has the program, and the objects under src/.

build=${1:-${top_builddir:-.}}
program=${MEMOBOOK:-$build/memobook}
NM=${NM:-nm}

skip() {
    echo "symbols: $1" >&2
    exit 77
}

command -v "$NM" >/dev/null 2>&1 || skip "there is no nm"
command -v ldd >/dev/null 2>&1 || skip "there is no ldd"
[ -d "$build/src" ] || { echo "$build/src: no such folder" >&2; exit 1; }
[ -f "$program" ] || { echo "$program: not built" >&2; exit 1; }

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# defined WORD PATTERN: "WORD symbol" for all that the matching libraries define.
defined() {
    ldd "$program" | sed -n 's/.*=> \(\/[^ ]*\) .*/\1/p' | grep -E "/lib($2)\\." |
        while read -r library; do
            "$NM" -D --defined-only "$library" 2>/dev/null
        done | awk -v word="$1" '$3 !~ /^_(init|fini|end|edata)$/ {
            sub(/@.*/, "", $3)
            print word, $3
        }'
}

defined curses 'ncursesw?|tinfow?|panelw?' >"$work/defined"
[ -s "$work/defined" ] || skip "the program is not linked with a shared curses"
defined libxml2 'xml2|xslt|exslt' >>"$work/defined"

find "$build/src" -name '*.o' | LC_ALL=C sort >"$work/objects"
[ -s "$work/objects" ] || { echo "$build/src: no objects" >&2; exit 1; }

while read -r object; do
    layer=${object#"$build/src/"}
    case $layer in
    */*) layer=${layer%%/*} ;;
    *) layer=. ;;
    esac
    "$NM" -u "$object" | awk -v layer="$layer" -v object="$object" \
        '{ sub(/@.*/, "", $NF); print layer, object, $NF }'
done <"$work/objects" >"$work/wanted"

awk '
NR == FNR {
    of[$2] = $1
    next
}
of[$3] == "curses" && $1 != "ui" ||
of[$3] == "libxml2" && $1 !~ /^(store|import|notes|helpers)$/ {
    print $2 ": " ($1 == "." ? "src" : $1) "/ refers to " $3 " of " of[$3]
    bad = 1
}
END { exit bad }' "$work/defined" "$work/wanted"
