#include "leak_words.h"

#include <stdlib.h>
#include <string.h>

/* All in the letters of person_key(), and in the order of strcmp(). */

/* Words that are family names as well. */
static const char *const common[] = {
    "action",   "agreed",     "an",        "answer",   "april",     "archer",
    "arms",     "art",        "august",    "bail",     "baker",     "ball",
    "bank",     "banks",      "bar",       "baran",    "barber",    "barn",
    "bay",      "beach",      "bear",      "bell",     "belov",     "bereza",
    "berry",    "best",       "bill",      "binder",   "bird",      "bishop",
    "black",    "blok",       "bloom",     "bolt",     "bond",      "book",
    "booth",    "border",     "bow",       "bowman",   "branch",    "brand",
    "brewer",   "bridge",     "brief",     "bright",   "broad",     "brook",
    "brooks",   "broom",      "brown",     "buck",     "budd",      "bull",
    "bullock",  "burn",       "burya",     "bush",     "butler",    "bykov",
    "can",      "cannon",     "car",       "care",     "carpenter", "carver",
    "case",     "castle",     "chain",     "chair",    "chance",    "chandler",
    "chase",    "child",      "chill",     "church",   "clay",      "clerk",
    "close",    "coin",       "cole",      "comment",  "constable", "cook",
    "cooper",   "council",    "coward",    "crane",    "cross",     "crow",
    "da",       "dale",       "darling",   "dash",     "date",      "day",
    "dean",     "dear",       "den",       "do",       "dom",       "domov",
    "drake",    "draper",     "drew",      "dub",      "duke",      "dunes",
    "dyer",     "eagle",      "early",     "east",     "elder",     "end",
    "english",  "fair",       "faith",     "falconer", "farm",      "farmer",
    "fast",     "field",      "fields",    "finch",    "fine",      "fish",
    "fisher",   "flood",      "flowers",   "foot",     "force",     "ford",
    "forest",   "fort",       "forward",   "foster",   "fowler",    "fox",
    "frank",    "free",       "french",    "friend",   "from",      "frost",
    "gale",     "gamble",     "game",      "garden",   "gardener",  "gates",
    "gentle",   "german",     "glass",     "glover",   "goat",      "gold",
    "golub",    "gonchar",    "good",      "goose",    "gora",      "gore",
    "gorod",    "grace",      "grant",     "gray",     "green",     "grey",
    "grom",     "ground",     "grove",     "groza",    "gus",       "hall",
    "hand",     "hard",       "hare",      "hawk",     "hay",       "hazard",
    "he",       "head",       "heath",     "hedges",   "held",      "here",
    "herring",  "high",       "hill",      "hills",    "holder",    "home",
    "hook",     "hooper",     "hope",      "horn",     "horne",     "house",
    "hunt",     "hunter",     "in",        "iron",     "issue",     "ivory",
    "jewel",    "joiner",     "joy",       "judge",    "june",      "just",
    "kaban",    "kak",        "kalina",    "kamen",    "karp",      "keen",
    "key",      "kim",        "king",      "knight",   "knyaz",     "komar",
    "komarov",  "korol",      "kot",       "kotov",    "kovrov",    "kozel",
    "kozlov",   "krug",       "kuznets",   "lake",     "lamb",      "land",
    "lane",     "lark",       "law",       "lay",      "leaf",      "lebed",
    "lemon",    "les",        "leto",      "lev",      "li",        "light",
    "lime",     "link",       "lion",      "little",   "lock",      "long",
    "lord",     "love",       "low",       "lucky",    "luna",      "lvov",
    "made",     "major",      "malina",    "man",      "march",     "mark",
    "marks",    "marsh",      "marshal",   "mason",    "may",       "meadow",
    "medved",   "meeting",    "melnik",    "mercer",   "merchant",  "mill",
    "miller",   "mills",      "miner",     "minor",    "mir",       "mist",
    "monday",   "moon",       "moor",      "more",     "moroz",     "moss",
    "mountain", "mouse",      "nail",      "nam",      "nation",    "neighbour",
    "nest",     "net",        "new",       "newman",   "next",      "noble",
    "noch",     "north",      "note",      "notes",    "now",       "number",
    "oak",      "oaks",       "office",    "olive",    "on",        "ona",
    "open",     "orange",     "orchard",   "order",    "orel",      "orlov",
    "oryol",    "ostrov",     "other",     "owner",    "ox",        "pack",
    "page",     "pain",       "painter",   "paradise", "park",      "parks",
    "parson",   "partridge",  "patch",     "pay",      "peace",     "peach",
    "pear",     "penny",      "pepper",    "per",      "perch",     "petukh",
    "petukhov", "pigeon",     "pike",      "pine",     "piper",     "pisar",
    "pitt",     "place",      "plain",     "plant",    "pleasant",  "plum",
    "plumber",  "point",      "pole",      "pond",     "pool",      "poor",
    "pop",      "pope",       "porter",    "position", "post",      "potter",
    "pound",    "power",      "pravda",    "pravo",    "present",   "price",
    "pride",    "priest",     "prince",    "print",    "private",   "proctor",
    "proud",    "purple",     "quick",     "rain",     "rak",       "ram",
    "raven",    "reach",      "read",      "record",   "redd",      "reed",
    "regal",    "reka",       "report",    "rice",     "rich",      "rivers",
    "rivet",    "road",       "robin",     "rock",     "rod",       "rook",
    "root",     "rope",       "rosa",      "rose",     "roza",      "rule",
    "ruler",    "rush",       "saddler",   "sage",     "sail",      "saint",
    "salmon",   "salt",       "sand",      "sat",      "sawyer",    "say",
    "school",   "scott",      "sea",       "seal",     "self",      "sergeant",
    "shade",    "shar",       "sharp",     "shaw",     "sheep",     "shell",
    "shepherd", "ship",       "shore",     "short",    "side",      "sides",
    "silk",     "sill",       "silver",    "singer",   "sinitsa",   "skala",
    "skinner",  "sky",        "slack",     "slater",   "slovo",     "small",
    "smart",    "smithy",     "snow",      "so",       "sokol",     "sokolov",
    "sole",     "solovey",    "sommer",    "song",     "soroka",    "sosna",
    "south",    "spark",      "sparrow",   "speaker",  "spears",    "speed",
    "spice",    "spicer",     "spring",    "squire",   "stack",     "stage",
    "stamp",    "star",       "starosta",  "starts",   "state",     "steel",
    "steep",    "steps",      "stern",     "still",    "stock",     "stocks",
    "stolov",   "stone",      "storm",     "storozh",  "stout",     "strand",
    "street",   "stringer",   "strong",    "style",    "sud",       "sugar",
    "summer",   "sun",        "sunday",    "swan",     "swift",     "tak",
    "tall",     "tanner",     "taylor",    "teal",     "tear",      "temple",
    "ten",      "text",       "thatcher",  "the",      "this",      "thorn",
    "those",    "tide",       "tiger",     "till",     "time",      "title",
    "tkach",    "to",         "topic",     "tower",    "town",      "trade",
    "trap",     "tree",       "trout",     "true",     "tsoy",      "tune",
    "turner",   "twist",      "tyler",     "under",    "underhill", "union",
    "usher",    "vale",       "valentine", "vam",      "vane",      "vesna",
    "vest",     "veter",      "village",   "vine",     "violet",    "voice",
    "volk",     "volkov",     "vopros",    "vorobey",  "voron",     "wade",
    "wage",     "wainwright", "walk",      "walker",   "wall",      "walls",
    "ward",     "warm",       "wash",      "watch",    "water",     "waters",
    "wave",     "way",        "weather",   "weaver",   "weeks",     "weir",
    "wells",    "were",       "west",      "what",     "wheat",     "wheeler",
    "when",     "whip",       "whistle",   "white",    "wick",      "wild",
    "will",     "wind",       "window",    "wine",     "wing",      "winter",
    "winters",  "wire",       "wise",      "wolf",     "wonder",    "wood",
    "woods",    "word",       "worm",      "worth",    "worthy",    "yard",
    "yarn",     "young",      "zakon",     "zarya",    "zayats",    "zhuk",
    "zima",
};

/* What is typed where a name might be, and is none. */
static const char *const roles[] = {
    "academia",       "academics",   "all",          "anonymous",   "audience",
    "author",         "both",        "business",     "chair",       "chairman",
    "chairperson",    "civil",       "committee",    "community",   "company",
    "delegate",       "delegates",   "delegation",   "delegations", "everybody",
    "everyone",       "expert",      "experts",      "facilitator", "floor",
    "government",     "governments", "group",        "host",        "industry",
    "interpreter",    "isp",         "isps",         "lead",        "minister",
    "ministry",       "moderator",   "nobody",       "observer",    "observers",
    "operator",       "operators",   "organiser",    "organizers",  "others",
    "panel",          "participant", "participants", "plenary",     "police",
    "predsedatel",    "president",   "private",      "rapporteur",  "regulator",
    "representative", "room",        "secretariat",  "secretary",   "sector",
    "sekretariat",    "side",        "sides",        "society",     "someone",
    "speaker",        "staff",       "storony",      "tbc",         "tbd",
    "team",           "technical",   "uchastnik",    "unknown",     "users",
    "vsye",
};

static const char *const particles[] = {
    "abu", "af",  "al",  "ap",  "ben", "bin", "bint", "da",  "de",
    "del", "den", "der", "di",  "dos", "du",  "el",   "ibn", "la",
    "le",  "ten", "ter", "van", "von", "zu",  "zum",  "zur",
};

/* Those that are family names. */
static const char *const months[] = {
    "april", "august", "january", "june", "mai", "march", "mart", "may",
};

static const char *const whens[] = {
    "by",   "during", "each", "early", "every", "in",   "last",
    "late", "mid",    "next", "since", "this",  "till", "until",
};

static const char *const chinese[] = {
    "bai",   "cai",   "cao",  "chen",  "cheng", "cui",   "dai",   "deng",  "ding",
    "dong",  "du",    "duan", "fan",   "fang",  "feng",  "fu",    "gao",   "gong",
    "gu",    "guo",   "han",  "hao",   "he",    "hou",   "hu",    "huang", "jia",
    "jiang", "jin",   "kong", "lai",   "lei",   "li",    "liang", "liao",  "lin",
    "liu",   "long",  "lu",   "luo",   "lyu",   "ma",    "mao",   "meng",  "nguyen",
    "pan",   "peng",  "pham", "qian",  "qin",   "qiu",   "ren",   "shao",  "shen",
    "shi",   "song",  "su",   "sun",   "tan",   "tang",  "tao",   "tran",  "wan",
    "wang",  "wei",   "wen",  "wu",    "xia",   "xiang", "xiao",  "xie",   "xiong",
    "xu",    "xue",   "yan",  "yang",  "yao",   "ye",    "yin",   "yu",    "yuan",
    "zeng",  "zhang", "zhao", "zheng", "zhong", "zhou",  "zhu",   "zou",
};

static const char *const abbreviations[] = {
    "ad", "ai", "am", "cc", "cv", "ec", "ed", "eu", "hq", "hr", "id", "ip", "is", "it",
    "mp", "nb", "no", "ok", "pc", "pm", "pr", "ps", "re", "tv", "uk", "un", "us",
};

static int by_word(const void *key, const void *word) {
    return strcmp(key, *(const char *const *)word);
}

#define IN(list, key)                                                                    \
    (bsearch(key, list, sizeof(list) / sizeof *(list), sizeof *(list), by_word) != NULL)

bool leak_is_common(const char *key) {
    return IN(common, key);
}

bool leak_is_role(const char *key) {
    return IN(roles, key);
}

bool leak_is_particle(const char *key) {
    return IN(particles, key);
}

bool leak_is_month(const char *key) {
    return IN(months, key);
}

bool leak_is_when(const char *key) {
    return IN(whens, key);
}

bool leak_is_chinese_family(const char *key) {
    return IN(chinese, key);
}

bool leak_is_abbreviation(const char *key) {
    return IN(abbreviations, key);
}

static bool ends_in(const char *key, const char *const ends[], size_t n) {
    size_t len = strlen(key);
    for (size_t i = 0; i < n; i++) {
        size_t end = strlen(ends[i]);
        if (len > end + 2 && strcmp(key + len - end, ends[i]) == 0)
            return true;
    }
    return false;
}

#define ENDS_IN(key, list) ends_in(key, list, sizeof(list) / sizeof *(list))

bool leak_is_patronymic(const char *key) {
    static const char *const ends[] = {"ovich", "evich", "ovna", "evna", "ichna"};
    return ENDS_IN(key, ends);
}

bool leak_is_russian_family(const char *key) {
    static const char *const ends[] = {"ov",    "ev",  "ova", "eva",  "skiy",
                                       "skaya", "sky", "ski", "enko", "chuk"};
    return ENDS_IN(key, ends);
}
