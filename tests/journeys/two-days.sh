#!/bin/sh
# A meeting of two days, through the real screen: 15 people of two sides, 4 topics, 18 issues,
# 200 interventions with a note each, answers, outcomes, actions, time boxes, spells off the
# record, a sitting that is adjourned, quit and resumed on the second day. What the log has at
# the end must be what was typed, in its order.
#
# two-days.awk writes the journey and, beside it, what the record must be.
top=${top_srcdir:-.}
here=$PWD
play=$here/tests/journeys/play
[ -x "$play" ] || { echo "the journeys were not built"; exit 77; }
case ${MEMOBOOK:-} in '') MEMOBOOK=$here/memobook ;; esac
export MEMOBOOK top_srcdir
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT INT TERM

awk -f "$top/tests/journeys/two-days.awk" -v out="$scratch" || exit 1
TWO_DAYS=$scratch JOURNEY_TIMEOUT=${JOURNEY_TIMEOUT:-60} "$play" "$scratch/two-days.journey"
