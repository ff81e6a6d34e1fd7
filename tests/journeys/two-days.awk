# The script of two-days.sh: writes OUT/two-days.journey, OUT/expected and OUT/roster.csv.
# Everything follows from the number of the intervention, so that it is the same each time.

function say(line) { print line > (out "/two-days.journey") }
function expect(line) { print line > (out "/expected") }

# The keys of a text are typed; `keys` presses named ones.
function keys(names) { say("keys " names) }
function type(text) { say("type " text) }

function person(name, typed, id, side, constituency, role) {
    people++
    typed_as[people] = typed
    id_of[people] = id
    print name ";" side ";" constituency ";" role > (out "/roster.csv")
    if (role == "speaker")
        speakers[++n_speakers] = people
}

function roster() {
    print "\357\273\277name;side;constituency;role" > (out "/roster.csv")
    person("\"FIELD, Anne\"", "fie", "field", "us", "civil society", "chair")
    person("Michael YAKUSHEV", "yak", "yakushev", "ru", "civil society", "rapporteur")
    person("Ann LEE", "lee", "lee", "us", "business", "speaker")
    person("Karl SCHMIDT", "schm", "schmidt", "us", "government", "speaker")
    person("Ольга МОРОЗОВА", "мор", "morozova", "ru", "government", "speaker")
    person("Pavel IVANOV", "ivan", "ivanov", "ru", "government", "speaker")
    person("Dana O'NEILL", "dana", "oneill", "us", "civil society", "speaker")
    person("José GARCÍA", "garcia", "garcia", "us", "business", "speaker")
    person("Ирина ЩЕРБАКОВА", "щерб", "shcherbakova", "ru", "civil society", "speaker")
    person("王小明 WANG", "wang", "wang", "us", "business", "speaker")
    person("Sergei PETROV", "petr", "petrov", "ru", "business", "speaker")
    person("Jean DUPONT", "dup", "dupont", "us", "government", "speaker")
    person("Lev TOLSTYKH", "tols", "tolstykh", "ru", "business", "speaker")
    person("Nina ORLOVA", "orl", "orlova", "ru", "government", "observer")
    person("Boris KLIMOV", "klim", "klimov", "ru", "civil society", "interpreter")
}

# A note that somebody makes who has just been given the floor.
function intervention(issue,   who, mark, kind, text) {
    spoken++
    who = speakers[spoken * 7 % n_speakers + 1]
    keys("f s")
    type(typed_as[who])
    keys("Enter Enter Esc")
    split("+ - ! ? = ", marks, " ")
    split("for against proposal question fact", kinds, " ")
    mark = marks[spoken % 6 + 1]
    kind = mark == "" ? "comment" : kinds[spoken % 6 + 1]
    text = "point " spoken " of " typed_as[who]
    keys("n")
    type((mark == "" ? "" : mark " ") text)
    keys("Enter")
    expect(issue " " kind " " id_of[who] " " text)
    if (spoken % 23 == 0)
        keys("f e Esc")
}

# Nothing that is typed then is to be in the record.
function off_record() {
    keys("O")
    say("row 1 OFF THE RECORD")
    keys("n")
    say("await off the record")
    keys("/")
    type("unspeakable words")
    keys("Esc O y")
    say("lacks OFF THE RECORD")
}

function issue(topic, letter,   i, n) {
    issues++
    keys("g " tolower(topic) " " letter)
    if (length(goes_on[topic]))
        keys("Enter")
    keys("Space")
    # 200 over 18 issues: eleven each, and two more.
    n = issues <= 2 ? 12 : 11
    for (i = 0; i < n; i++)
        intervention(topic "." letter)
    if (issues % 5 == 1)
        off_record()
    keys("x")
    type("@" typed_as[3 + issues % 8] " follow up " topic letter " by 2011-12-20")
    keys("Enter")
    keys(issues % 3 + 1)
    keys("a")
    type("The answer to " topic letter)
    keys("C-s")
    keys("d t")
    say("await (" letter ") disposition noted")
}

function topic(name, letters,   i) {
    for (i = 1; i <= length(letters); i++)
        issue(name, substr(letters, i, 1))
}

BEGIN {
    roster()
    say("size 100x30")
    say("copy memos/supr-2011.xml")
    say("shell cp $TWO_DAYS/roster.csv .")
    say("run supr-2011.xml")
    say("await Institutional framework")
    keys("m r")
    type("roster.csv")
    keys("Enter")
    say("await 15 added")
    keys("A Esc S o")
    keys("C-u")
    type("Day 1")
    keys("Enter")
    say("row 1 Day 1")
    topic("A", "abcd")
    keys("t C-u")
    type("45")
    keys("Enter")
    say("await 45")
    topic("B", "abcde")
    keys("S a")
    say("row 1 adjourned")
    keys("q")
    say("exit 0")
    # The second day: the same sitting goes on, then one of its own.
    say("run supr-2011.workbook.xml")
    say("await Institutional framework")
    keys("S r")
    say("row 1 Day 1")
    topic("C", "abc")
    keys("S a S o C-u")
    type("Day 2")
    keys("Enter")
    say("row 1 Day 2")
    topic("D", "abcdef")
    keys("f Esc H")
    say("await disposition noted")
    keys("Esc S a q")
    say("exit 0")
    # The record is what was typed.
    say("shell $MEMOBOOK check supr-2011.workbook.xml")
    say("shell-has ok")
    say("shell sed -n 's/^<note .* issue=\"\\([^\"]*\\)\" kind=\"\\([^\"]*\\)\" " \
        "speaker=\"\\([^\"]*\\)\".*>\\(.*\\)<.note>$/\\1 \\2 \\3 \\4/p' " \
        "supr-2011.workbook.xml > typed; diff $TWO_DAYS/expected typed")
    say("shell ! grep -r -e unspeakable -e 'point 0' supr-2011.workbook.xml .state")
    say("shell test $(grep -c '<floor .*state=\"give\"' supr-2011.workbook.xml) -eq 200")
    say("shell test $(grep -c '<action ' supr-2011.workbook.xml) -eq 18")
    say("shell test $(grep -c '<answer ' supr-2011.workbook.xml) -eq 18")
    say("shell test $(grep -c '<person ' supr-2011.workbook.xml) -eq 15")
    say("shell test $(grep -c '<record .*state=\"off\"' supr-2011.workbook.xml) -eq 4")
    say("shell test $(grep -c '<sitting ' supr-2011.workbook.xml) -eq 6")
    say("shell test $(wc -l < $TWO_DAYS/expected) -eq 200")
}
