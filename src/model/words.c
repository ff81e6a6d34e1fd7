#include "workbook.h"

const struct disposition_words dispositions[DISPOSITION_COUNT] = {
    [DISPOSITION_OPEN] = {"open", "open", "·", 'o'},
    [DISPOSITION_AGREED] = {"agreed", "agreed", "✓", 'a'},
    [DISPOSITION_AD_REFERENDUM] = {"agreed-ad-referendum", "agreed ad referendum", "≈",
                                   'r'},
    [DISPOSITION_BRACKETED] = {"bracketed", "bracketed", "≠", 'b'},
    [DISPOSITION_DEFERRED] = {"deferred", "deferred", "→", 'd'},
    [DISPOSITION_NO_AGREEMENT] = {"no-agreement", "no agreement", "×", 'n'},
    [DISPOSITION_NOTED] = {"noted", "noted", "•", 't'},
    [DISPOSITION_WITHDRAWN] = {"withdrawn", "withdrawn", "–", 'w'},
};

const struct note_kind_words note_kinds[NOTE_KIND_COUNT] = {
    [NOTE_COMMENT] = {"comment", ' '},   [NOTE_FOR] = {"for", '+'},
    [NOTE_AGAINST] = {"against", '-'},   [NOTE_PROPOSAL] = {"proposal", '!'},
    [NOTE_QUESTION] = {"question", '?'}, [NOTE_FACT] = {"fact", '='},
};

const struct stance_words stances[STANCE_COUNT] = {
    [STANCE_NONE] = {"", "", ' '},
    [STANCE_FOR] = {"for", "in favour", '+'},
    [STANCE_AGAINST] = {"against", "against", '-'},
    [STANCE_CONDITIONAL] = {"conditional", "on conditions", '?'},
};

int stance_parse(const char *word) {
    for (int i = STANCE_FOR; i < STANCE_COUNT; i++)
        if (strcmp(stances[i].code, word) == 0)
            return i;
    return -1;
}

const char *level_words(int level) {
    static const char *const words[LEVEL_COUNT + 1] = {"",
                                                       "against",
                                                       "serious doubts",
                                                       "can live with it",
                                                       "in favour, with reservations",
                                                       "in full"};
    return words[level];
}

const char *progress_words(enum progress p) {
    static const char *const words[] = {"not discussed", "under discussion", "discussed"};
    return words[p];
}

static const char *const attributions[] = {"name", "side", "none"};

const char *attribution_code(enum attribution a) {
    return attributions[a];
}

int attribution_parse(const char *word) {
    for (int i = 0; i < 3; i++)
        if (strcmp(attributions[i], word) == 0)
            return i;
    return -1;
}

int note_kind_parse(const char *word) {
    for (int i = 0; i < NOTE_KIND_COUNT; i++)
        if (strcmp(note_kinds[i].code, word) == 0)
            return i;
    return -1;
}

int disposition_code_parse(const char *word) {
    for (int i = 0; i < DISPOSITION_COUNT; i++)
        if (strcmp(dispositions[i].code, word) == 0)
            return i;
    return -1;
}
