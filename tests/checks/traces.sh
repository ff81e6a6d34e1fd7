#!/bin/sh
# Finished notes tell nothing of where they were made: user, host, home, folder and time
# zone are unusual here, and none of them is in any part of any format, unpacked.
#
# The name of the user and of the host are those of the system where one may make a
# namespace of one's own (unshare); otherwise those of the environment alone.
#
# usage: traces.sh      with top_srcdir, top_builddir and MEMOBOOK, or in a build folder
# Exit 77 where there is neither unzip nor qpdf; formats that were not built are left out.

src=$(cd "${top_srcdir:-..}" && pwd) && build=$(cd "${top_builddir:-.}" && pwd) || exit 1
memobook=${MEMOBOOK:-$build/memobook}
[ -x "$memobook" ] || { echo "traces: $memobook is not built" >&2; exit 77; }

if [ -z "$TRACES_WORK" ]; then
    TRACES_WORK=$(mktemp -d) || exit 1
    export TRACES_WORK
    trap 'rm -rf "$TRACES_WORK"' EXIT
    trap 'exit 1' HUP INT TERM
    echo 'quokkauser:x:0:0:Quokka User:/quokkahome:/bin/sh' >"$TRACES_WORK/passwd"
    if unshare -rmu sh -c 'hostname quokkahost &&
        mount --bind "$TRACES_WORK/passwd" /etc/passwd' 2>/dev/null; then
        unshare -rmu sh -c 'hostname quokkahost &&
            mount --bind "$TRACES_WORK/passwd" /etc/passwd && exec sh "$0"' "$0"
    else
        echo "traces: no namespace: the user and the host are those of the environment" >&2
        sh "$0"
    fi
    exit
fi

home=$TRACES_WORK/quokkahome
mkdir -p "$home/share/memobook/templates" && cd "$home" || exit 1
HOME=$home XDG_STATE_HOME=$home/state XDG_DATA_HOME=$home/share TZ=QKT-13:47
USER=quokkauser LOGNAME=quokkauser HOSTNAME=quokkahost MAIL=quokka@quokkahost
export HOME XDG_STATE_HOME XDG_DATA_HOME TZ USER LOGNAME HOSTNAME MAIL
cp "$src/templates/record.xsl" share/memobook/templates/quokkarecord.xsl
bad=0 seen=0

complain() {
    echo "traces: $*" >&2
    bad=$((bad + 1))
}

# unpacked FILE: its parts, and what is compressed in them, in FILE.d.
unpacked() {
    mkdir "$1.d"
    case $1 in
    *.odt | *.docx)
        unzip -qq "$1" -d "$1.d" && unzip -Zv "$1" | sed 1d >"$1.d/directory"
        # The runs of a text stand apart.
        cat "$1.d/content.xml" "$1.d/word/document.xml" 2>/dev/null |
            sed 's/<[^>]*>//g' >"$1.d/plain"
        ;;
    *.pdf)
        qpdf --qdf --object-streams=disable "$1" "$1.d/plain" &&
            pdftotext "$1" "$1.d/text"
        ;;
    *) cp "$1" "$1.d/plain" ;;
    esac
}

# tells_nothing FILE
tells_nothing() {
    unpacked "$1" || complain "$1 cannot be unpacked"
    seen=$((seen + 1))
    grep -rqa 'wombat' "$1.d" || complain "$1: its text is not found"
    grep -rliaF -e quokka -e QKT -e '+13:47' -e '+1347' -e "+13'47" -e "$TRACES_WORK" \
        "$1.d" >told && complain "$1 tells where it was made: $(cat told)"
}

"$memobook" new "$src/memos/supr-2011.xml" -o quokka.xml >/dev/null &&
    "$memobook" do quokka.xml 'sitting open' 'discuss A(a) start' 'note A(a) + wombat' \
        'answer A(a) wombat' 'disposition A(a) agreed wombat' 'action A(a) wombat' \
        'discuss A(a) stop' >/dev/null || complain "nothing is recorded"
"$memobook" notes quokka.xml -t quokkarecord -f text --attribution none |
    grep -q wombat || complain "the template at home is not used"

for format in text markdown html odt docx pdf; do
    "$memobook" notes --list | grep "^ *$format " | grep -q 'not available' && continue
    case $format in
    odt | docx) command -v unzip >/dev/null 2>&1 || continue ;;
    pdf) command -v qpdf >/dev/null 2>&1 && command -v pdftotext >/dev/null 2>&1 ||
        continue ;;
    esac
    for template in session-notes quokkarecord; do
        "$memobook" notes quokka.xml -t $template -f $format --attribution none \
            -o "quokka-$template.$format" || complain "no $format of $template"
        tells_nothing "quokka-$template.$format"
    done
    case $format in
    odt | docx)
        "$memobook" notes quokka.xml -o "quokka-styled.$format" --attribution none \
            --reference "$home/quokka-session-notes.$format" || complain "no reference"
        tells_nothing "quokka-styled.$format"
        ;;
    esac
done
[ $seen -gt 6 ] || { echo "traces: without unzip and qpdf" >&2; exit 77; }
[ $bad -eq 0 ]
