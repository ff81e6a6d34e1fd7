#!/bin/sh
# Hostile templates (tests/fixtures/templates/): each is refused in one line that tells the
# file, and mostly the line, and what is wrong; or, where its second comment says
# "harmless", makes a page in which nothing is left of what it tried. Each ends soon, in little
# memory, reads and writes nothing, and asks no network.
top=$(cd "${top_srcdir:-.}" && pwd)
case ${MEMOBOOK:-} in '') MEMOBOOK=$PWD/memobook ;; esac
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT INT TERM
cd "$scratch" || exit 1
mkdir data data/memobook data/memobook/templates work out || exit 1
XDG_DATA_HOME=$scratch/data HOME=$scratch LC_ALL=C.UTF-8
export XDG_DATA_HOME HOME LC_ALL
"$MEMOBOOK" new "$top/memos/supr-2011.xml" -o W.xml >new || exit 1
failed=0

bad() {
    echo "$1: $2"
    failed=1
}

# An address space is no measure of memory under the sanitizers, which copy a growing
# string each time.
case $(nm -D "$MEMOBOOK" 2>&1) in
*__asan*) patience=400 memory=unlimited ;;
*) patience=100 memory=1500000 ;;
esac

# run NAME: the page in out/page, what is said in out/said; the status
run() {
    (
        ulimit -v "$memory"
        cd work && timeout "$patience" "$MEMOBOOK" notes -t "$1" -f html ../W.xml \
            >../out/page 2>../out/said </dev/null
    )
}

# refused NAME WORDS
refused() {
    [ "$(wc -l <out/said)" -eq 1 ] || bad "$1" "says not one line: $(head -c 300 out/said)"
    [ "$(wc -c <out/said)" -lt 600 ] || bad "$1" "says too much"
    [ -s out/page ] && bad "$1" "prints something"
    grep -qF -- "$2" out/said || bad "$1" "does not say “$2”: $(cat out/said)"
    grep -q 'hostile-[a-z0-9-]*\.xsl' out/said || bad "$1" "does not name the file"
    grep -q 'root:\|/bin/' out/said && bad "$1" "tells what is in a file"
}

harmless() {
    grep -v 'which is left out' out/said && bad "$1" "says: $(cat out/said)"
    sed 's/^<!DOCTYPE html>$//; /<meta charset="utf-8"\/>/d; /<meta name="viewport"/d' \
        out/page >out/plain
    for word in '<script' 'javascript:' 'data:' 'file:' 'root:' '127.0.0.1' '<!--' '<?' \
        '<!DOCTYPE' 'refresh' "$(printf '\342\200\256')" "$(printf '\302\233')"; do
        grep -qF -- "$word" out/plain && bad "$1" "leaves “$word” in the page"
    done
}

n=0
for file in "$top"/tests/fixtures/templates/hostile-*.xsl; do
    name=${file##*/}
    n=$((n + 1))
    run "$file"
    status=$?
    if grep -q '<!-- harmless -->' "$file"; then
        [ "$status" -eq 0 ] || bad "$name" "ends with $status: $(head -c 300 out/said)"
        harmless "$name"
    else
        [ "$status" -eq 1 ] || bad "$name" "ends with $status"
        refused "$name" "$(sed -n 's/^<!-- says: \(.*\) -->$/\1/p' "$file")"
    fi
    [ -z "$(ls -A work)" ] || bad "$name" "writes $(ls -A work)"
done
[ "$n" -ge 100 ] || bad templates "only $n were found"

# In the folder: links and what is no file are read as little as they are elsewhere.
folder=$scratch/data/memobook/templates
ln -s /dev/zero "$folder/hostile-zero.xsl"
ln -s /etc/passwd "$folder/hostile-passwd.xsl"
ln -s hostile-loop.xsl "$folder/hostile-loop.xsl"
mkfifo "$folder/hostile-pipe.xsl"
mkdir "$folder/hostile-folder.xsl"
for name in zero passwd loop pipe folder; do
    run "hostile-$name"
    [ $? -eq 1 ] || bad "$name" "is not refused"
    refused "$name" ""
done
[ -e /tmp/memobook-hostile-written ] && bad write-absolute "wrote a file"
"$MEMOBOOK" notes --list >list 2>&1 </dev/null || bad list "$(cat list)"
exit $failed
