#include "office_check.h"

#include "helpers/part.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>

struct made zip_of(struct buf bytes) {
    struct made m = {bytes, NULL};
    zip_source_t *s = zip_source_buffer_create(m.bytes.s, m.bytes.len, 0, NULL);
    m.zip = zip_open_from_source(s, ZIP_RDONLY | ZIP_CHECKCONS, NULL);
    assert_non_null(m.zip);
    return m;
}

void unmake(struct made *m) {
    zip_discard(m->zip);
    buf_release(&m->bytes);
}

char *member(const struct made *m, const char *name) {
    zip_stat_t st;
    if (zip_stat(m->zip, name, 0, &st) < 0)
        return NULL;
    char *s = malloc(st.size + 1);
    zip_file_t *f = zip_fopen(m->zip, name, 0);
    assert_int_equal(zip_fread(f, s, st.size), (zip_int64_t)st.size);
    zip_fclose(f);
    s[st.size] = '\0';
    return s;
}

bool has(const struct made *m, const char *name, const char *what) {
    char *s = member(m, name);
    assert_non_null(s);
    bool found = strstr(s, what) != NULL;
    free(s);
    return found;
}

/* ---- what holds of every document */

static xmlDoc *parsed(const struct made *m, const char *name) {
    char *s = member(m, name);
    xmlDoc *doc = xmlReadMemory(s, (int)strlen(s), name, NULL, XML_PARSE_NONET);
    if (!doc)
        fail_msg("%s is not well-formed:\n%s", name, s);
    free(s);
    return doc;
}

static bool is_xml(const char *name) {
    size_t n = strlen(name);
    return n > 4 &&
           (strcmp(name + n - 4, ".xml") == 0 || strcmp(name + n - 4, "rels") == 0);
}

static void check_members(const struct made *m) {
    zip_int64_t n = zip_get_num_entries(m->zip, 0);
    for (zip_int64_t i = 0; i < n; i++) {
        const char *name = zip_get_name(m->zip, (zip_uint64_t)i, 0);
        assert_int_equal(zip_name_locate(m->zip, name, 0), i);
        if (is_xml(name))
            xmlFreeDoc(parsed(m, name));
    }
}

/* Every `attr="X"` in a member is defined by `before X"` in one of two others. */
static void check_defined(const struct made *m, const char *in, const char *attr,
                          const char *before, const char *where) {
    char *s = member(m, in), *own = member(m, where);
    for (const char *p = s; (p = strstr(p, attr)); p++) {
        const char *value = p + strlen(attr);
        char def[200];
        snprintf(def, sizeof def, "%s%.*s\"", before, (int)strcspn(value, "\""), value);
        if (!strstr(own, def) && !strstr(s, def))
            fail_msg("%s uses %s, which %s lacks", in, def, where);
    }
    free(s);
    free(own);
}

void check_odt(const struct made *m) {
    check_members(m);
    assert_string_equal(zip_get_name(m->zip, 0, 0), "mimetype");
    zip_stat_t st;
    assert_int_equal(zip_stat_index(m->zip, 0, 0, &st), 0);
    assert_int_equal(st.comp_method, ZIP_CM_STORE);
    assert_memory_equal(m->bytes.s + 30,
                        "mimetypeapplication/vnd.oasis.opendocument.text", 47);
    check_defined(m, "content.xml", "text:style-name=\"", "style:name=\"", "styles.xml");
    check_defined(m, "content.xml", "parent-style-name=\"", "style:name=\"",
                  "styles.xml");
    check_defined(m, "content.xml", "table:style-name=\"", "style:name=\"", "styles.xml");
    check_defined(m, "styles.xml", "parent-style-name=\"", "style:name=\"", "styles.xml");
    check_defined(m, "content.xml", "xlink:href=\"#", "text:name=\"", "content.xml");
    for (zip_int64_t i = 1; i < zip_get_num_entries(m->zip, 0); i++) {
        const char *name = zip_get_name(m->zip, (zip_uint64_t)i, 0);
        if (strcmp(name, "META-INF/manifest.xml") != 0)
            assert_has(m, "META-INF/manifest.xml", name);
    }
}

/* The sequences of ECMA-376 part 1, annex A (wml.xsd), which Word insists on; elements
 * that memobook never writes are left out. */
static const struct {
    const char *parent, *children;
} sequences[] = {
    {"pPr", "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr "
            "suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap "
            "overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
            "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc "
            "textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr "
            "sectPr"},
    {"rPr",
     "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss "
     "imprint noProof snapToGrid vanish webHidden color spacing w kern position sz "
     "szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
     "eastAsianLayout specVanish"},
    {"tblPr",
     "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize "
     "tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout "
     "tblCellMar tblLook tblCaption tblDescription"},
    {"tcPr", "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar "
             "textDirection tcFitText vAlign hideMark"},
    {"sectPr", "headerReference footerReference footnotePr endnotePr type pgSz pgMar "
               "paperSrc pgBorders lnNumType pgNumType cols formProt vAlign noEndnote "
               "titlePg textDirection bidi rtlGutter docGrid printerSettings"},
    {"style", "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden "
              "unhideWhenUsed qFormat locked rsid pPr rPr tblPr trPr tcPr tblStylePr"},
    {"tblStylePr", "pPr rPr tblPr trPr tcPr"},
    {"lvl",
     "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc "
     "pPr rPr"},
    {"abstractNum", "nsid multiLevelType tmpl name styleLink numStyleLink lvl"},
    {"num", "abstractNumId lvlOverride"},
    {"lvlOverride", "startOverride lvl"},
    {"numbering", "numPicBullet abstractNum num numIdMacAtCleanup"},
    {"numPr", "ilvl numId"},
    {"styles", "docDefaults latentStyles style"},
    {"docDefaults", "rPrDefault pPrDefault"},
    {"pBdr", "top left bottom right between bar"},
    {"tblBorders", "top left start bottom right end insideH insideV"},
    {"tcBorders", "top left start bottom right end insideH insideV tl2br tr2bl"},
    {"tblCellMar", "top left start bottom right end"},
    {"settings", "zoom mirrorMargins gutterAtTop defaultTabStop autoHyphenation "
                 "consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps "
                 "evenAndOddHeaders characterSpacingControl compat themeFontLang "
                 "clrSchemeMapping decimalSymbol listSeparator"},
    {"document", "body"},
    {"tbl", "tblPr tblGrid tr"},
    {"tr", "trPr tc"},
    {"trPr", "cantSplit tblHeader"},
    {"tblGrid", "gridCol"},
    {"hyperlink", "r bookmarkStart bookmarkEnd"},
};

/* Where the name is among the words, from 1; 0 where it is not. */
static unsigned place_in(const char *words, const char *name) {
    size_t len = strlen(name);
    for (unsigned at = 1; *words; at++) {
        size_t word = strcspn(words, " ");
        if (word == len && strncmp(words, name, len) == 0)
            return at;
        words += word + (words[word] == ' ');
    }
    return 0;
}

static const char *sequence_of(const xmlNode *n) {
    for (size_t i = 0; i < sizeof sequences / sizeof *sequences; i++)
        if (strcmp(sequences[i].parent, (const char *)n->name) == 0)
            return sequences[i].children;
    return NULL;
}

static bool repeats(const char *name) {
    return place_in("style lvl num abstractNum lvlOverride tr tc gridCol tblStylePr r "
                    "headerReference footerReference bookmarkStart bookmarkEnd",
                    name) > 0;
}

static void check_sequence(const xmlNode *n, const char *part) {
    const char *words = sequence_of(n);
    bool free_order = place_in("hyperlink trPr sectPr", (const char *)n->name) > 0;
    unsigned last = 0;
    for (const xmlNode *k = n->children; words && k; k = k->next) {
        const char *name = (const char *)k->name;
        if (k->type != XML_ELEMENT_NODE)
            continue;
        unsigned at = place_in(words, name);
        if (at == 0 || (at < last && !(free_order && at < 3)) ||
            (at == last && !repeats(name)))
            fail_msg("%s: w:%s out of its place in w:%s", part, name, n->name);
        last = at;
    }
}

static const xmlNode *last_element(const xmlNode *n) {
    const xmlNode *last = NULL;
    for (const xmlNode *k = n->children; k; k = k->next)
        last = k->type == XML_ELEMENT_NODE ? k : last;
    return last;
}

/* w:pPr and its like come first; a cell ends with a paragraph. */
static void check_place(const xmlNode *n, const char *part) {
    const char *name = (const char *)n->name, *parent = (const char *)n->parent->name;
    bool own = (strcmp(name, "pPr") == 0 && strcmp(parent, "p") == 0) ||
               (strcmp(name, "rPr") == 0 && strcmp(parent, "r") == 0) ||
               (strcmp(name, "tcPr") == 0 && strcmp(parent, "tc") == 0);
    if (own && n->prev)
        fail_msg("%s: w:%s is not the first in w:%s", part, name, parent);
    if (strcmp(name, "tc") == 0) {
        const xmlNode *last = last_element(n);
        if (!last || strcmp((const char *)last->name, "p") != 0)
            fail_msg("%s: a w:tc ends without a w:p", part);
    }
}

static void check_order(const struct made *m, const char *part) {
    xmlDoc *doc = parsed(m, part);
    const xmlNode *root = xmlDocGetRootElement(doc);
    for (const xmlNode *n = root; n;) {
        if (n->type == XML_ELEMENT_NODE) {
            check_sequence(n, part);
            check_place(n, part);
        }
        const xmlNode *next = n->children;
        for (; !next && n && n != root; n = n->parent)
            next = n->next;
        n = next;
    }
    xmlFreeDoc(doc);
}

static bool is_in(const char *all, const char *before, const char *what,
                  const char *after) {
    char s[300];
    snprintf(s, sizeof s, "%s%s%s", before, what, after);
    return strstr(all, s) != NULL;
}

/* Each part has its content type, and each relationship its part. */
static void check_package(const struct made *m) {
    char *types = member(m, "[Content_Types].xml");
    for (zip_int64_t i = 1; i < zip_get_num_entries(m->zip, 0); i++) {
        const char *name = zip_get_name(m->zip, (zip_uint64_t)i, 0);
        const char *dot = strrchr(name, '.');
        bool xml = strcmp(dot, ".xml") == 0;
        assert_true(xml ? is_in(types, "PartName=\"/", name, "\"")
                        : is_in(types, "Extension=\"", dot + 1, "\""));
    }
    free(types);
    xmlDoc *rels = parsed(m, "word/_rels/document.xml.rels");
    for (xmlNode *n = part_element(xmlDocGetRootElement(rels)->children); n;
         n = part_element(n->next)) {
        const char *target =
            part_get(n, "TargetMode") ? "styles.xml" : part_get(n, "Target");
        char name[200];
        snprintf(name, sizeof name, "word/%s", target);
        assert_true(zip_name_locate(m->zip, name, 0) >= 0);
    }
    xmlFreeDoc(rels);
}

/* No value of the attribute stands twice, in whatever case, which Word ignores. */
static void check_unique(const struct made *m, const char *in, const char *attr) {
    char *s = member(m, in);
    for (const char *p = s; (p = strstr(p, attr)); p += strlen(attr)) {
        size_t len = strlen(attr) + strcspn(p + strlen(attr), "\"") + 1;
        for (const char *q = p; (q = strstr(q + 1, attr));)
            if (strncasecmp(p, q, len) == 0)
                fail_msg("%s has %.*s twice", in, (int)len, p);
    }
    free(s);
}

void check_docx(const struct made *m) {
    check_members(m);
    check_package(m);
    for (zip_int64_t i = 0; i < zip_get_num_entries(m->zip, 0); i++) {
        const char *name = zip_get_name(m->zip, (zip_uint64_t)i, 0);
        if (strncmp(name, "word/", 5) == 0 && strchr(name + 5, '/') == NULL)
            check_order(m, name);
    }
    check_unique(m, "word/document.xml", "<w:bookmarkStart w:id=\"");
    check_unique(m, "word/document.xml", " w:name=\"");
    check_unique(m, "word/styles.xml", " w:styleId=\"");
    check_unique(m, "word/numbering.xml", "<w:num w:numId=\"");
    check_unique(m, "word/numbering.xml", "<w:abstractNum w:abstractNumId=\"");
    check_unique(m, "word/_rels/document.xml.rels", " Id=\"");
    assert_string_equal(zip_get_name(m->zip, 0, 0), "[Content_Types].xml");
    static const char *const style_users[] = {"<w:pStyle w:val=\"", "<w:rStyle w:val=\"",
                                              "<w:tblStyle w:val=\""};
    for (size_t i = 0; i < 3; i++)
        check_defined(m, "word/document.xml", style_users[i], "w:styleId=\"",
                      "word/styles.xml");
    check_defined(m, "word/styles.xml", "<w:basedOn w:val=\"", "w:styleId=\"",
                  "word/styles.xml");
    check_defined(m, "word/document.xml", "<w:numId w:val=\"", "w:numId=\"",
                  "word/numbering.xml");
    check_defined(m, "word/styles.xml", "<w:numId w:val=\"", "w:numId=\"",
                  "word/numbering.xml");
    check_defined(m, "word/numbering.xml", "<w:abstractNumId w:val=\"",
                  "w:abstractNumId=\"", "word/numbering.xml");
    check_defined(m, "word/document.xml", "r:id=\"", " Id=\"",
                  "word/_rels/document.xml.rels");
    check_defined(m, "word/document.xml", "w:anchor=\"", "w:name=\"",
                  "word/document.xml");
}
