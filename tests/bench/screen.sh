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
