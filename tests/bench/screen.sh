# Part of bench.sh: what the screen costs.

keys=jjjjjjjjjjkkkkkkkkkk

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

# ---- frames ----

frame_issues=100000 frame_events=5000 frame_people=200
"$tools/genmemo" $frame_issues >memo-frames.xml &&
    "$MEMOBOOK" new memo-frames.xml -o new.xml >/dev/null &&
    "$tools/genevents" $frame_events $frame_issues $frame_people <new.xml >frames.xml &&
    rm new.xml && chmod 600 frames.xml || exit 1

# frame LABEL COUNT BEFORE KEYS AFTER. On disk before it is measured, or the first edit
# waits for the whole file.
frame() {
    label=$1 times=$2
    shift 2
    cp frames.xml frame.xml && chmod 600 frame.xml && sync frame.xml
    rm -rf "$XDG_STATE_HOME"
    "$watch" frames "$label" "$times" Alpha "$@" -- "$MEMOBOOK" frame.xml
}

cat <<END

A key on each screen: $frame_issues issues, $frame_events events, $frame_people participants, clocks that run.
ms     from the key to the first byte and to the last of what it changed: medians; then
       what nine in ten keep to, the longest, and the processor time (median)
kept   the last byte within a frame of 16 ms

END
printf '%-46s %9s %9s %9s %9s %9s %s\n' 'ms' first last '9 in 10' longest processor kept
frame 'outline: j, k' 20 '' 'j j j k k k' ''
frame 'outline: a page, the end, the start' 10 '' 'PgDn End PgUp Home' ''
frame 'outline: view unanswered' 5 'v' 'u' 'v'
frame 'outline: order by priority' 5 'o' 'p' 'o m o'
frame 'outline: record a priority' 5 '' '1 2 3' ''
frame 'outline: undo, redo' 5 '1 2 1 2' 'u C-r' ''
frame 'outline: discuss, stop' 5 '' 'Space' ''
frame 'detail: open' 5 '' 'Enter' 'Esc'
frame 'detail: a page' 10 'j Tab' 'PgDn PgUp' ''
frame 'editor: open' 5 '' 'a' 'C-c'
frame 'editor: a letter' 20 'a' 'x y Space' ''
frame 'editor: record an answer' 5 'a h i' 'C-s' 'a h i'
frame 'capture line: a letter' 20 'n' 'x y Space' ''
frame 'capture line: record an annotation' 5 'n h i' 'Enter' 'n h i'
frame 'capture line: an issue from the room' 5 'i h i' 'Enter' 'i h i'
frame 'go to: a letter' 5 'g' 'T 1 2' 'C-u'
frame 'find: open' 5 '' '/' 'Esc'
frame 'find: a letter' 5 '/' 'w o r d i n g' 'C-u'
frame 'find: next match' 5 '/ r e m a r k Enter' 'C-n C-n C-n' ''
frame 'palette: open' 5 '' ':' 'Esc'
frame 'palette: a letter' 5 ':' 'n o t e' 'C-u'
frame 'floor: open' 5 '' 'f' 'Esc'
frame 'floor: j, k' 10 'f' 'j k' ''
frame 'floor: end, give' 5 'f' 'e Enter' ''
frame 'floor: a letter of a name' 5 'f s' 'S P E A K' 'C-u'
frame 'balance of speaking time: open' 5 'f' 'b' 'Esc'
frame 'people: open' 5 '' 'm' 'Esc'
frame 'people: j, k' 10 'm' 'j k' ''
frame 'people: gone, here' 5 'm j' 'Space' ''
frame 'time: open' 5 '' 'T' 'Esc'
frame 'time: j, k' 10 'T' 'j k' ''
frame 'history of the issue: open' 5 '' 'H' 'Esc'
frame 'history of everything: open' 5 'H' 'H' 'Esc H'
frame 'history of everything: k, j, a page, the ends' 5 'm H' 'k j PgUp PgDn Home End' ''
frame 'wordings: open' 5 'a h i C-s' 'w' 'Esc'
frame 'read-back: open' 5 'a h i C-s R Esc' 'R' 'Esc'
frame 'temperature check: open' 5 '' 'G' 'Esc'
frame 'parking lot: open' 5 '' 'L' 'Esc'
frame 'help: open' 5 '' '?' 'Esc'
frame 'preview: open (the notes follow)' 3 '' 'P' 'Esc'
frame 'preview: j, k, a page, the ends' 5 'P wait' 'j k PgDn End Home' ''
frame 'preview: find a letter' 5 'P wait /' 'w o r d' 'C-u'
