#!/bin/sh
# others: who else may be at the workbook. Two instances, a holder that is killed, the file
# replaced, truncated, removed or moved under us; files, folders and mounts that cannot be
# written; links; a full disk, and drafts on one.
#
# usage: others.sh [quick|full]     one line for each group; exit 0, 1 or 77
# Environment: MEMOBOOK, top_srcdir, PLAY (tests/journeys/play; for the drafts), TORTURE_DIR.

program=$(realpath "${MEMOBOOK:-./memobook}") || exit 77
source=$(realpath "${top_srcdir:-.}")
play=$(realpath "${PLAY:-./tests/journeys/play}" 2>/dev/null)
work=$(mktemp -d "${TORTURE_DIR:-/tmp}/memobook-others-XXXXXX") || exit 1
chmod 755 "$work"
cd "$work" || exit 1
HOME=$work
LC_ALL=C.UTF-8
export HOME LC_ALL
unset XDG_STATE_HOME
# Where somebody else can run it, too.
cp "$program" memobook && chmod 755 memobook
memobook=$work/memobook
holder=

# Mounts are in a namespace of their own, and go with it.
cleanup() {
    [ -z "$holder" ] || kill -9 "$holder" 2>/dev/null
    umount "$work/ro" "$work/full" 2>/dev/null
    cd / && chmod -R u+w "$work" 2>/dev/null
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 1' HUP INT TERM

say() {
    echo "others: $*"
}

fail() {
    say "FAILED: $*"
    ls -la "$work" "$work/t"
    cat "$work"/*.err 2>/dev/null
    exit 1
}

fresh() {
    rm -rf t
    mkdir t
    "$memobook" new "$source/memos/supr-2011.xml" -o t/w.xml >/dev/null || fail "new"
}

# recorded FILE N: it is sound, and has N events.
recorded() {
    "$memobook" check "$1" >check.out 2>check.err || fail "$1 is not sound"
    grep -q "[ ,]$2 event" check.out || fail "$1 has not $2 events: $(cat check.out)"
}

# hold FILE: an instance that waits for commands; its first is done.
hold() {
    rm -f fifo
    mkfifo fifo
    "$memobook" do "$1" <fifo >hold.out 2>hold.err &
    holder=$!
    exec 3>fifo
    tell "note A(a) from the holder" "saved 1"
}

# tell COMMAND ANSWER: until it answers, or ends.
tell() {
    echo "$1" >&3
    i=0
    until grep -q "$2" hold.out; do
        i=$((i + 1))
        [ $i -lt 200 ] || fail "no answer \"$2\" to \"$1\""
        sleep 0.02
    done
}

# release STATUS: no more commands; it ends with that status.
release() {
    exec 3>&-
    wait "$holder"
    status=$?
    holder=
    [ $status = "$1" ] || fail "the holder ended with $status, not $1"
}

refused() { # WORDS COMMAND...
    words=$1
    shift
    "$@" >refused.out 2>refused.err && fail "not refused: $*"
    grep -q -- "$words" refused.err || fail "it does not say \"$words\": $*"
}

two_instances() {
    fresh
    hold t/w.xml
    refused "in use by memobook ($holder)" "$memobook" do t/w.xml "note A(a) second"
    "$memobook" log t/w.xml | grep -q "from the holder" || fail "cannot be read meanwhile"
    "$memobook" show t/w.xml >/dev/null || fail "cannot be shown meanwhile"
    recorded t/w.xml 1
    tell "note A(a) still writing" "saved 2"
    kill -9 "$holder"
    exec 3>&-
    wait "$holder" 2>/dev/null
    holder=
    "$memobook" do t/w.xml "note A(a) at once" | grep -q "saved 3" ||
        fail "a dead holder holds the lock"
    recorded t/w.xml 3
    say "two instances: the second reads; the lock goes with its holder"
}

# under_us WHAT COMMAND: something happens to the file between two edits.
under_us() {
    fresh
    hold t/w.xml
    cp t/w.xml t/saved
    (cd t && eval "$2") || fail "$1"
    if [ -e t/w.xml ]; then cp t/w.xml t/theirs; fi
    echo "note A(a) after it" >&3
    release 1
    grep -q "not saved" hold.err || fail "$1: it does not say so"
    grep -q "saved 2" hold.out && fail "$1: falsely saved"
    if [ -e t/theirs ]; then
        cmp -s t/theirs t/w.xml || fail "$1: theirs was written to"
    elif [ -e t/w.xml ]; then
        fail "$1: it made the file again"
    fi
    if [ -e t/elsewhere ]; then
        cmp -s t/saved t/elsewhere || fail "$1: the moved file was written to"
    fi
    ours=$(ls t/w.xml.conflict*.xml) || fail "$1: no copy"
    grep -q "$ours" hold.err || fail "$1: it does not say where the copy is"
    recorded "$ours" 1
    grep -q "from the holder" "$ours" || fail "$1: the copy lacks what was saved"
}

changed_under_us() {
    under_us "replaced" 'sed s/holder/HOLDER/ w.xml >o && mv o w.xml'
    under_us "truncated" ': >w.xml'
    under_us "cut" 'truncate -s 9000 w.xml'
    under_us "written to" 'echo >>w.xml'
    under_us "edited in place" \
        'printf X | dd of=w.xml bs=1 seek=9000 conv=notrunc 2>/dev/null'
    under_us "removed" 'rm w.xml'
    under_us "moved away" 'mv w.xml elsewhere'
    under_us "a folder in its place" 'mv w.xml elsewhere; mkdir w.xml; rmdir w.xml'
    say "replaced, truncated, written to, removed or moved under us: neither is lost"
}

# as_nobody COMMAND...: without the privileges that pass over permissions.
as_nobody() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid 65534 --regid 65534 --clear-groups --inh-caps=-all \
            env HOME="$work/home" "$@"
    else
        "$@"
    fi
}

permissions() {
    if ! as_nobody true 2>/dev/null; then
        say "skipped: permissions: as root it needs setpriv (Debian: util-linux)"
        return
    fi
    fresh
    mkdir -p home && chmod 777 home
    chmod 777 t
    chmod 444 t/w.xml
    cp t/w.xml saved
    refused "no permission\|Permission denied" as_nobody "$memobook" do t/w.xml \
        "note A(a) no"
    as_nobody "$memobook" log t/w.xml >/dev/null || fail "a read-only file is not read"
    cmp -s saved t/w.xml || fail "a read-only file was written"
    chmod 666 t/w.xml
    chmod 555 t
    as_nobody "$memobook" do t/w.xml "note A(a) yes" >/dev/null ||
        fail "in a read-only folder a file that may be written is not"
    refused "cannot be made\|Permission denied" as_nobody "$memobook" new \
        "$source/memos/supr-2011.xml" -o t/new.xml
    [ "$(ls t)" = w.xml ] || fail "something was left in a read-only folder"
    chmod 755 t
    recorded t/w.xml 1
    say "read-only file and folder: read, and never falsely saved"
}

links() {
    fresh
    mkdir t/real
    mv t/w.xml t/real/w.xml
    ln -s real/w.xml t/link.xml
    hold t/link.xml
    refused "in use by" "$memobook" do t/real/w.xml "note A(a) by the other name"
    release 0
    [ -L t/link.xml ] || fail "the link was replaced"
    recorded t/real/w.xml 1
    ln t/real/w.xml t/hard.xml
    "$memobook" do t/hard.xml "note A(a) by a hard link" >/dev/null || fail "hard link"
    recorded t/real/w.xml 2
    id=$(sed -n 's/.* id="\([^"]*\)".*holder.*/\1/p' t/hard.xml)
    cp t/hard.xml saved
    if "$memobook" check --help | grep -q reseal; then
        refused "hard links" "$memobook" do t/hard.xml "expunge $id yes"
        cmp -s saved t/hard.xml || fail "one of several names was replaced"
        rm t/hard.xml
        "$memobook" do t/link.xml "expunge $id yes" >/dev/null || fail "expunge"
        [ -L t/link.xml ] || fail "expunge replaced the link"
        ! grep -rq "from the holder" t || fail "the expunged entry is still there"
        recorded t/real/w.xml 2
    fi
    ln -s nowhere t/dangling.xml
    ln -s loop.xml t/loop.xml
    refused "cannot be opened" "$memobook" do t/dangling.xml "note A(a) x"
    refused "cannot be opened" "$memobook" do t/loop.xml "note A(a) x"
    [ ! -e t/nowhere ] || fail "a file was made where a link led to nothing"
    say "symbolic and hard links: the one file behind them, one lock, never replaced"
}

# Words for about so many kilobytes.
words() {
    awk -v n="$1" 'BEGIN { for (i = 0; i < n * 100; i++) printf " word %4d", i }'
}

# In a namespace of its own, from here to the end.
mounts() {
    mkdir ro full
    fresh
    "$memobook" do t/w.xml "note A(a) one" >/dev/null
    cp t/w.xml saved
    { mount --bind t ro && mount -o remount,bind,ro ro; } || fail "mount"
    refused "no permission\|Read-only" "$memobook" do ro/w.xml "note A(a) no"
    "$memobook" log ro/w.xml >/dev/null || fail "nothing is read from a read-only mount"
    cmp -s saved t/w.xml || fail "a read-only mount was written"
    umount ro
    say "read-only mount: read, and never falsely saved"

    mount -t tmpfs -o size=240k tmpfs full || fail "mount"
    cp t/w.xml full/w.xml
    long=$(words 6)
    i=0
    while [ $i -lt 60 ]; do
        echo "note A(a) number $i:$long"
        i=$((i + 1))
    done >script
    "$memobook" do full/w.xml <script >do.out 2>do.err && fail "nothing was refused"
    saved=$(grep -c "^saved" do.out)
    grep -q "not saved" do.err || fail "it does not say so"
    grep -q "No space left" do.err || fail "it does not say why"
    recorded full/w.xml $((saved + 1))
    refused "not saved\|No space left" "$memobook" do full/w.xml "note A(a) x:$long$long"
    recorded full/w.xml $((saved + 1))
    dd if=/dev/zero of=full/filler bs=4k 2>/dev/null
    refused "No space left" "$memobook" new "$source/memos/supr-2011.xml" -o full/n.xml
    rm full/filler
    [ "$(ls full)" = w.xml ] || fail "something was left on the full disk: $(ls full)"
    mount -o remount,size=2m full
    "$memobook" do full/w.xml "note A(a) after it" >/dev/null || fail "room again, and no"
    recorded full/w.xml $((saved + 2))
    say "a full disk after $saved edits: nothing lost, and it goes on when there is room"

    if [ -z "$play" ]; then
        say "skipped: drafts on a full disk: no \$PLAY (tests/journeys/play)"
        return
    fi
    MEMOBOOK=$memobook top_srcdir=$source "$play" \
        "$source/tests/torture/drafts-full.journey" >play.out 2>&1
    status=$?
    case $status in
    0) say "drafts on a full disk: the work goes on" ;;
    77) say "skipped: drafts on a full disk: $(tail -n 1 play.out)" ;;
    *)
        cat play.out
        fail "drafts on a full disk"
        ;;
    esac
}

if [ "$1" = mounts ]; then
    mounts
    exit 0
fi
two_instances
changed_under_us
permissions
links
if unshare -m true 2>/dev/null; then
    unshare -m sh "$source/tests/torture/others.sh" mounts || exit 1
else
    say "skipped: read-only mount, full disk: no mounts of our own (unshare -m)"
fi
