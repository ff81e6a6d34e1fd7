/* ODT and DOCX: what is in the containers, and what a reference document may do. */
#include "base/text.h"
#include "helpers/columns.h"
#include "helpers/container.h"
#include "helpers/docx_package.h"
#include "helpers/language.h"
#include "helpers/office.h"
#include "helpers/office_text.h"
#include "helpers/picture.h"
#include "notes/xhtml.h"
#include "office_check.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- a document in memory */

typedef int (*writer)(const struct office *o, struct buf *out, struct err *err);

static int try_write(writer write, const char *body, const char *reference,
                     struct buf *out, struct err *err) {
    struct buf xml = BUF_INIT;
    struct office o = {.reference = reference};
    buf_addf(&xml,
             "<html lang=\"en\"><head><title>The title &amp; more</title>"
             "<meta name=\"author\" content=\"Nobody KNOWN\"/></head>"
             "<body>%s</body></html>",
             body);
    assert_true(office_set_created(&o, "1323165600000"));
    o.x = xhtml_parse(xml.s, xml.len, err);
    if (!o.x)
        fail_msg("%s", err->what);
    int ret = write(&o, out, err);
    xhtml_free((struct xhtml *)(uintptr_t)o.x);
    buf_release(&xml);
    return ret;
}

static struct made make(writer write, const char *body, const char *reference) {
    struct buf out = BUF_INIT;
    struct err err = ERR_INIT;
    if (try_write(write, body, reference, &out, &err) < 0)
        fail_msg("%s", err.what);
    return zip_of(out);
}

/* ---- a page with all that there may be */

static const char page[] =
    "<p class='genre'>Notes</p><h1>Title</h1><p class='subtitle'>By</p>"
    "<dl class='facts'><dt>A</dt><dd>1</dd><dd>2</dd><dd><ul><li>x</li></ul></dd></dl>"
    "<section id='T'><h2>One</h2><p class='statement'>S <em>e</em></p>"
    "<section class='issue' id='T.a'><h3><strong class='cite'>T(a)</strong> "
    "<span class='outcome agreed'>Agreed</span></h3><p class='question'>Q?</p>"
    "<p class='meta'>m</p><dl class='record'><dt>Answer</dt><dd>Yes</dd>"
    "<dt>Positions</dt><dd><ul class='plain'><li><strong class='label'>We:</strong> "
    "p</li>"
    "<li><p>a</p><p>b</p></li></ul></dd><dt>A name that is too long to "
    "hang</dt><dd>x</dd>"
    "</dl></section><p class='brief' id='T.b'><strong class='cite'>T(b)</strong> b "
    "<a href='#T.a'>see</a> <a href='#none'>none</a> <a "
    "href='https://a.example/?x=1&amp;y'>"
    "web</a><br/><span class='quiet'>q</span></p></section>"
    "<h4>Four</h4><ul><li>1<ul><li>2<ol><li>3</li></ol></li></ul></li>"
    "<li><table><tr><td>in a list</td></tr></table></li></ul>"
    "<ol start='7'><li>seven</li></ol><ol "
    "class='questions'><li><p>q</p><p>a</p></li></ol>"
    "<blockquote><p>quoted</p></blockquote><dl><dt>t</dt><dd>d</dd></dl>"
    "<table><thead><tr><th>H</th><th>I</th><th>J</th></tr></thead><tbody>"
    "<tr><td colspan='2'>x</td><td><span class='bar'>40</span></td></tr>"
    "<tr><td/></tr></tbody></table>"
    "<p lang='ru'>по-русски <span lang='zh'>中文</span> <del>d</del><ins>i</ins></p>"
    "<hr/><p class='closing'>The end</p>";

#define CELLS_10 "██████████"
#define REST_10 "░░░░░░░░░░"

/* 40 of 100 are 20 of the 50 cells of a bar. */
static void assert_bar(const struct made *m, const char *name) {
    assert_has(m, name, ">" CELLS_10 CELLS_10 "<");
    assert_has(m, name, ">" REST_10 REST_10 REST_10 "<");
}

static void odt_holds_together(void **state) {
    (void)state;
    struct made m = make(odt_write, page, NULL);
    check_odt(&m);
    assert_has(&m, "content.xml", "<text:p text:style-name=\"Title\">");
    assert_has(&m, "content.xml",
               "text:style-name=\"Heading_20_1\" text:outline-level=\"1\"");
    assert_has(&m, "content.xml",
               "text:style-name=\"Heading_20_3\" text:outline-level=\"3\"");
    assert_has(&m, "content.xml", "text:start-value=\"7\"");
    assert_has(&m, "content.xml", "<table:table-header-rows>");
    assert_has(&m, "content.xml", "fo:language=\"ru\" fo:country=\"RU\"");
    assert_has(&m, "content.xml",
               "style:language-asian=\"zh\" style:country-asian=\"CN\"");
    assert_bar(&m, "content.xml");
    assert_has(&m, "content.xml", "xlink:href=\"https://a.example/?x=1&amp;y\"");
    assert_has(&m, "meta.xml", "<dc:title>The title &amp; more</dc:title>");
    assert_has(&m, "meta.xml", "2011-12-06T10:00:00Z");
    assert_has(&m, "styles.xml", "<text:title>The title &amp; more</text:title>");
    assert_has(&m, "styles.xml", "<text:page-count>");
    unmake(&m);
}

static void docx_holds_together(void **state) {
    (void)state;
    struct made m = make(docx_write, page, NULL);
    check_docx(&m);
    const char *doc = "word/document.xml";
    assert_has(&m, doc, "<w:pStyle w:val=\"Title\"/>");
    assert_has(&m, doc, "<w:pStyle w:val=\"Heading1\"/>");
    assert_has(&m, doc, "<w:pStyle w:val=\"Heading3\"/>");
    assert_has(&m, doc, "<w:pStyle w:val=\"ListBullet2\"/>");
    assert_has(&m, "word/numbering.xml", "<w:startOverride w:val=\"7\"/>");
    assert_has(&m, doc, "<w:cantSplit/><w:tblHeader/>");
    assert_has(&m, doc, "<w:lang w:val=\"ru-RU\"/>");
    assert_has(&m, doc, "<w:lang w:eastAsia=\"zh-CN\"/>");
    assert_has(&m, doc, "<w:strike/>");
    assert_has(&m, doc, "<w:u w:val=\"single\"/>");
    assert_bar(&m, doc);
    assert_has(&m, "word/_rels/document.xml.rels",
               "Target=\"https://a.example/?x=1&amp;y\" TargetMode=\"External\"");
    assert_has(&m, "word/footer1.xml", "NUMPAGES");
    assert_has(&m, "word/header1.xml", "The title &amp; more");
    assert_has(&m, "docProps/core.xml", "2011-12-06T10:00:00Z");
    unmake(&m);
}

/* ---- corners of both */

static void both(const char *body, const char *in_odt, const char *in_docx) {
    struct made m = make(odt_write, body, NULL);
    check_odt(&m);
    assert_has(&m, "content.xml", in_odt);
    unmake(&m);
    m = make(docx_write, body, NULL);
    check_docx(&m);
    assert_has(&m, "word/document.xml", in_docx);
    unmake(&m);
}

static void corners_hold_together(void **state) {
    (void)state;
    both("", "<text:p text:style-name=\"Text_20_body\"></text:p>", "BodyText");
    both("<table/><dl class='facts'/><ul/><ol/><p>x</p>", ">x<", ">x<");
    /* Several h1: none of them is the title. */
    both("<h1>a</h1><h1>b</h1><h2>c</h2>", "\"Heading_20_2\" text:outline-level=\"2\">c<",
         "Heading2");
    both("<h2>a</h2><h1>b</h1>", "\"Heading_20_1\" text:outline-level=\"1\">b<",
         "Heading1");
    /* A bar is a whole number, and full from 100 on. */
    static const char full[] = ">" CELLS_10 CELLS_10 CELLS_10 CELLS_10 CELLS_10 "<";
    both("<p><span class='bar'>100</span></p>", full, full);
    both("<p><span class='bar'>1000</span></p>", full, full);
    both("<p><span class='bar'>1</span></p>", ">█<", ">█<");
    both("<p><span class='bar'>-1</span><span class='bar'> 5%</span></p>", "-1", "5%");
    /* An id twice, one of strange letters, one on an element without a paragraph. */
    both("<p id='a b-ж'>x</p><p id='a b-ж'>y</p><p><a href='#a b-ж'>l</a></p><div "
         "id='e'/>",
         "text:name=\"a_b____1\"", "w:name=\"e_2\"");
    both("<p><a href='http://[bad'>x</a><a href='http://a/ b'>y</a></p>", ">y<", ">x<");
    both("<dl "
         "class='record'><dd>x</dd><dt>t</dt><dt>u</dt><dd><p>y</p></dd><dt>v</dt></dl>",
         "Record_20_heading", "RecordHeading");
    both("<dl class='facts'><dd>x</dd><dt>t</dt><dt>u</dt></dl>", ">u<", ">u<");
}

static void lists_stand_in_their_record(void **state) {
    (void)state;
    static const char body[] =
        "<dl class='record'><dt>Read-backs</dt><dd><p>r</p><ul><li>one<ol><li>deep</li>"
        "</ol></li><li><p>two</p><p>more</p></li></ul></dd></dl><ul><li>free</li></ul>";
    struct made m = make(odt_write, body, NULL);
    check_odt(&m);
    assert_has(&m, "content.xml",
               "<text:list text:style-name=\"Record_20_list\">\n<text:list-item>\n"
               "<text:p text:style-name=\"Record_20_list_20_item\">one</text:p>\n"
               "<text:list text:style-name=\"Record_20_numbering\">");
    assert_has(&m, "content.xml",
               "\"Record_20_list_20_item_20_continued\">more</text:p>");
    assert_has(&m, "content.xml", "<text:list text:style-name=\"List_20_1\">");
    unmake(&m);
    m = make(docx_write, body, NULL);
    check_docx(&m);
    const char *doc = "word/document.xml";
    assert_has(&m, doc,
               "<w:pStyle w:val=\"RecordListItem\"/><w:numPr><w:ilvl "
               "w:val=\"0\"/><w:numId w:val=\"3\"/></w:numPr>");
    assert_has(&m, doc,
               "<w:pStyle w:val=\"RecordListItem\"/><w:numPr><w:ilvl "
               "w:val=\"1\"/><w:numId w:val=\"5\"/></w:numPr>");
    assert_has(&m, doc, "<w:pStyle w:val=\"RecordListItemContinued\"/></w:pPr>");
    assert_has(&m, doc, "<w:pStyle w:val=\"ListBullet\"/></w:pPr>");
    assert_has(&m, "word/numbering.xml",
               "<w:num w:numId=\"5\"><w:abstractNumId w:val=\"3\"/>");
    unmake(&m);
}

static void figures_brackets_and_warnings_have_styles(void **state) {
    (void)state;
    both("<table><thead><tr><th class='number'>%</th></tr></thead><tbody><tr>"
         "<td class='number'>7</td></tr></tbody></table>",
         "\"Table_20_number\">7<", "<w:pStyle w:val=\"TableNumber\"/>");
    both("<table><tr><th class='number'>%</th></tr></table>",
         "\"Table_20_number_20_heading\">%<", "<w:pStyle w:val=\"TableNumberHeading\"/>");
    both("<p>a <span class='bracket'>[<span class='alternative'><span class='owner'>US:"
         "</span> b</span>]</span></p>",
         "<text:span text:style-name=\"Bracket\">[<text:span "
         "text:style-name=\"Owner\">US:</text:span> b]</text:span>",
         "<w:rStyle w:val=\"Owner\"/></w:rPr><w:t xml:space=\"preserve\">US:<");
    both("<p class='warning'>w</p>", "\"Warning\">w<", "<w:pStyle w:val=\"Warning\"/>");
}

/* A question and the lines to write on, a heading with its remark and table: on one page.
 */
static void pages_do_not_part_what_belongs_together(void **state) {
    (void)state;
    static const char lines[] = "<p>q</p><hr class='ruled'/><hr class='ruled'/><p>r</p>";
    both(lines, "fo:keep-with-next=\"always\"",
         "<w:pStyle w:val=\"BodyText\"/><w:keepNext/></w:pPr><w:r><w:t "
         "xml:space=\"preserve\">q<");
    both(lines,
         "<text:p text:style-name=\"L2\"></text:p>\n<text:p "
         "text:style-name=\"Ruled_20_line\"></text:p>\n<text:p "
         "text:style-name=\"After_20_ruled_20_lines\"/>",
         "<w:pStyle w:val=\"RuledLine\"/><w:keepNext/></w:pPr></w:p>\n<w:p><w:pPr>"
         "<w:pStyle w:val=\"RuledLine\"/></w:pPr></w:p>");
    both("<h2>h</h2><p class='meta'>m</p><section><h3>i</h3></section>",
         "<text:p text:style-name=\"L1\">m<",
         "<w:pStyle w:val=\"Remark\"/><w:keepNext/></w:pPr>");
    both("<p class='meta'>m</p><dl class='record'><dt>t</dt><dd>d</dd></dl>",
         "<text:p text:style-name=\"L1\">m<",
         "<w:pStyle w:val=\"Remark\"/><w:keepNext/></w:pPr>");
    both("<h2>h</h2><p class='meta'>m</p><p>n</p>",
         "<text:p text:style-name=\"Remark\">m<", "<w:pStyle w:val=\"Remark\"/></w:pPr>");
}

static struct made make_in(writer write, const char *lang) {
    struct buf out = BUF_INIT, xml = BUF_INIT;
    struct err err = ERR_INIT;
    struct office o = {0};
    buf_addf(&xml, "<html lang='%s'><head><title>t</title></head><body/></html>", lang);
    assert_true(office_set_created(&o, "0"));
    o.x = xhtml_parse(xml.s, xml.len, &err);
    assert_non_null(o.x);
    assert_int_equal(write(&o, &out, &err), 0);
    xhtml_free((struct xhtml *)(uintptr_t)o.x);
    buf_release(&xml);
    return zip_of(out);
}

static void pages_are_numbered_in_their_language(void **state) {
    (void)state;
    static const struct {
        const char *lang, *before, *between, *after;
    } rows[] = {{"en", "page ", " of ", ""},
                {"ru", "страница ", " из ", ""},
                {"zh-CN", "第 ", " 页，共 ", " 页"},
                {"fr", "page ", " of ", ""}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char words[200];
        struct made m = make_in(odt_write, rows[i].lang);
        snprintf(words, sizeof words,
                 ">%s<text:page-number text:select-page=\"current\">1</text:page-number>"
                 "%s<text:page-count>1</text:page-count>%s</text:p>",
                 rows[i].before, rows[i].between, rows[i].after);
        assert_has(&m, "styles.xml", words);
        unmake(&m);
        m = make_in(docx_write, rows[i].lang);
        snprintf(words, sizeof words, ">%s</w:t></w:r><w:fldSimple w:instr=\" PAGE \">",
                 rows[i].before);
        assert_has(&m, "word/footer1.xml", words);
        assert_has(&m, "word/footer2.xml", rows[i].between);
        unmake(&m);
    }
}

/* Capitals are wide: a name in them is not to break for a column that has room. */
static void columns_are_as_wide_as_their_words(void **state) {
    (void)state;
    static const char body[] =
        "<html><body><table><tr><td>SHCHERBAKOVA</td><td>shcherbakova</td></tr></table>"
        "</body></html>";
    struct err err = ERR_INIT;
    struct xhtml *x = xhtml_parse(body, sizeof body - 1, &err);
    unsigned share[COLUMNS_MAX];
    assert_non_null(x);
    assert_int_equal(columns_measure(x->body->child, share), 2);
    assert_int_equal(share[0] + share[1], COLUMNS_WHOLE);
    assert_true(share[0] * 4 > share[1] * 5);
    xhtml_free(x);
}

static void tables_keep_their_shape(void **state) {
    (void)state;
    struct buf b = BUF_INIT;
    buf_puts(&b, "<table><tr>");
    for (int i = 0; i < 100; i++)
        buf_addf(&b, "<td>c%d</td>", i);
    buf_puts(&b, "</tr><tr><td colspan='65535'>wide</td></tr><tr/></table>");
    struct made m = make(docx_write, b.s, NULL);
    check_docx(&m);
    assert_has(&m, "word/document.xml", "<w:gridSpan w:val=\"63\"/>");
    assert_has(&m, "word/document.xml", ">c99<");
    unmake(&m);
    m = make(odt_write, b.s, NULL);
    check_odt(&m);
    assert_has(&m, "content.xml", "number-columns-spanned=\"63\"");
    unmake(&m);
    buf_release(&b);
}

/* As deep as xhtml.h allows. */
static void depth_is_no_matter(void **state) {
    (void)state;
    struct buf b = BUF_INIT;
    for (int i = 0; i < 30; i++)
        buf_puts(&b, "<ul><li>x");
    for (int i = 0; i < 30; i++)
        buf_puts(&b, "</li></ul>");
    for (int i = 0; i < 15; i++)
        buf_puts(&b, "<table><tr><td>");
    for (int i = 0; i < 15; i++)
        buf_puts(&b, "</td></tr></table>");
    both(b.s, "<text:list ", "<w:tbl>");
    buf_release(&b);
}

static void same_bytes_twice(void **state) {
    (void)state;
    static const writer writers[] = {odt_write, docx_write};
    for (int i = 0; i < 2; i++) {
        struct made a = make(writers[i], page, NULL);
        setenv("TZ", "Asia/Tokyo", 1);
        struct made b = make(writers[i], page, NULL);
        unsetenv("TZ");
        assert_int_equal(a.bytes.len, b.bytes.len);
        assert_memory_equal(a.bytes.s, b.bytes.s, a.bytes.len);
        zip_stat_t st;
        zip_stat_index(a.zip, 0, 0, &st);
        assert_int_equal(memcmp(a.bytes.s + 10, "\0\0\x21\0", 4), 0);
        assert_false(has(&a, i ? "docProps/core.xml" : "meta.xml", "KNOWN"));
        unmake(&a);
        unmake(&b);
    }
}

static void languages_are_told(void **state) {
    (void)state;
    static const struct {
        const char *tag, *is;
        enum script script;
    } rows[] = {{"en", "en-US", SCRIPT_WESTERN},
                {"en-GB", "en-GB", SCRIPT_WESTERN},
                {"ru", "ru-RU", SCRIPT_WESTERN},
                {"zh", "zh-CN", SCRIPT_ASIAN},
                {"zh-Hant", "zh-TW", SCRIPT_ASIAN},
                {"zh-Hans-SG", "zh-SG", SCRIPT_ASIAN},
                {"ar", "ar-SA", SCRIPT_COMPLEX},
                {"es-419", "es-419", SCRIPT_WESTERN},
                {"tlh", "tlh", SCRIPT_WESTERN},
                {"EN_us", "en-US", SCRIPT_WESTERN},
                {"", "", SCRIPT_WESTERN},
                {"x", "", SCRIPT_WESTERN},
                {"\"><b>", "", SCRIPT_WESTERN},
                {"en-", "en-US", SCRIPT_WESTERN},
                {"abcdefghijkl", "", SCRIPT_WESTERN}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct language l = language_of(rows[i].tag);
        assert_string_equal(l.tag, rows[i].is);
        assert_int_equal(l.script, rows[i].script);
    }
}

/* ---- references */

static char path[] = "/tmp/memobook-reference-XXXXXX";

static int make_path(void **state) {
    (void)state;
    int fd = mkstemp(path);
    return fd < 0 ? -1 : close(fd);
}

static int remove_path(void **state) {
    (void)state;
    return unlink(path);
}

struct part {
    const char *name, *content;
};

static void write_zip(const struct part *parts) {
    zip_t *z = zip_open(path, ZIP_TRUNCATE | ZIP_CREATE, NULL);
    for (; parts->name; parts++) {
        zip_source_t *s = zip_source_buffer(z, parts->content, strlen(parts->content), 0);
        assert_true(zip_file_add(z, parts->name, s, 0) >= 0);
    }
    assert_int_equal(zip_close(z), 0);
}

#define ODT_MIME "application/vnd.oasis.opendocument.text"
#define ODT_STYLES                                                                       \
    "<office:document-styles "                                                           \
    "xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' "                   \
    "xmlns:style='urn:oasis:names:tc:opendocument:xmlns:style:1.0' "                     \
    "xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0' "                       \
    "xmlns:draw='urn:oasis:names:tc:opendocument:xmlns:drawing:1.0' "                    \
    "xmlns:script='urn:oasis:names:tc:opendocument:xmlns:script:1.0' "                   \
    "xmlns:xlink='http://www.w3.org/1999/xlink' "                                        \
    "xmlns:fo='urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0'>"

static const char odt_house[] = ODT_STYLES
    "<office:styles><style:style style:name='Heading_20_1' style:family='paragraph'>"
    "<style:text-properties fo:color='#abcdef'/></style:style>"
    "<style:style style:name='Standard' style:family='paragraph'>"
    "<style:text-properties fo:language='fr' fo:country='FR'/></style:style>"
    "</office:styles><office:master-styles><style:master-page style:name='MP0'>"
    "<!-- by Jane Doe --><?by Doe?><style:header><text:p>House "
    "<text:title>old</text:title>"
    "<text:author-name>Jane Doe</text:author-name>"
    "<text:sender-lastname>Doe</text:sender-lastname>"
    "<text:execute-macro text:name='evil'/><text:file-name>/home/jane/x</text:file-name>"
    "<text:a xlink:href='https://house.example'>web</text:a>"
    "<text:a xlink:href='vnd.sun.star.script:evil'>bad</text:a>"
    "<office:event-listeners><script:event-listener xlink:href='vnd.evil'/>"
    "</office:event-listeners>"
    "<draw:frame><draw:image xlink:href='Pictures/logo.png'/></draw:frame>"
    "<draw:frame draw:name='far'><draw:image xlink:href='http://far.example/a.png'/>"
    "</draw:frame><draw:frame draw:name='up'><draw:image xlink:href='../../etc/a.png'/>"
    "</draw:frame><draw:frame draw:name='ole'><draw:object xlink:href='./Object 1'/>"
    "</draw:frame></text:p></style:header>"
    "</style:master-page></office:master-styles></office:document-styles>";

static void odt_reference_is_taken_over(void **state) {
    (void)state;
    write_zip((struct part[]){{"mimetype", ODT_MIME "-template"},
                              {"styles.xml", odt_house},
                              {"Pictures/logo.png", "a logo"},
                              {"Basic/evil.xml", "macro"},
                              {"Scripts/evil.py", "macro"},
                              {NULL, NULL}});
    struct made m = make(odt_write, page, path);
    check_odt(&m);
    const char *s = "styles.xml";
    assert_has(&m, s, "#abcdef");
    assert_has(&m, s, "House <text:title>The title &amp; more</text:title>");
    assert_has(&m, s, "https://house.example");
    assert_has(&m, s, "Pictures/logo.png");
    assert_has(&m, s, "<style:master-page style:name=\"Standard\"");
    static const char *const gone[] = {
        "Doe", "evil",     "jane",         "far.example",      "etc/a.png",
        "MP0", "Object 1", "vnd.sun.star", "fo:country=\"FR\""};
    for (size_t i = 0; i < sizeof gone / sizeof *gone; i++)
        assert_has_not(&m, s, gone[i]);
    char *logo = member(&m, "Pictures/logo.png");
    assert_string_equal(logo, "a logo");
    free(logo);
    assert_true(zip_name_locate(m.zip, "evil.xml", ZIP_FL_NODIR) < 0);
    unmake(&m);
}

#define REL(id, kind, target)                                                            \
    "<Relationship Id='" id "' Type='" DOCX_REL kind "' Target='" target "'/>"
#define RELS                                                                             \
    "<Relationships "                                                                    \
    "xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
#define W_ROOT(name) "<w:" name " xmlns:w='" DOCX_W "' xmlns:r='" DOCX_R "'>"

static const char docx_root_rels[] =
    RELS REL("a", "officeDocument", "word/document2.xml") "</Relationships>";
static const char docx_rels[] =
    RELS REL("s", "styles", "styles.xml") REL("n", "numbering", "/word/numbering.xml")
        REL("h", "header", "head.xml") REL("set", "settings", "settings.xml")
            REL("vba", "vbaProject", "vba.bin") "</Relationships>";
static const char docx_head_rels[] = RELS REL(
    "p", "image", "../media/logo.png") "<Relationship Id='x' Type='" DOCX_REL
                                       "image' Target='http://far.example/a.png' "
                                       "TargetMode='External'/>" REL(
                                           "o", "oleObject",
                                           "embeddings/o.bin") "</Relationships>";
static const char docx_doc[] =
    W_ROOT("document") "<w:body><w:p><w:r><w:t>old text</w:t></w:r></w:p><w:sectPr>"
                       "<w:headerReference w:type='default' r:id='h'/>"
                       "<w:headerReference w:type='first' r:id='gone'/>"
                       "<w:pgSz w:w='10000' w:h='12000'/><w:pgMar w:left='1000' "
                       "w:right='1000' w:gutter='0'/>"
                       "<w:printerSettings r:id='ps'/></w:sectPr></w:body></w:document>";
static const char docx_styles_part[] = W_ROOT(
    "styles") "<w:style w:type='paragraph' w:default='1' w:styleId='a'><w:name "
              "w:val='Normal'/>"
              "<w:rPr><w:lang w:val='fr-FR'/></w:rPr></w:style>"
              "<w:style w:type='paragraph' w:styleId='1'><w:name w:val='Heading 1'/>"
              "<w:rPr><w:color w:val='ABCDEF'/></w:rPr></w:style>"
              "<w:style w:type='paragraph' w:styleId='lb'><w:name w:val='List Bullet'/>"
              "<w:pPr><w:numPr><w:numId w:val='5'/></w:numPr></w:pPr></w:style>"
              "<w:style w:type='paragraph' w:styleId='Brief'><w:name w:val='Another "
              "brief'/></w:style>"
              "</w:styles>";
static const char docx_numbering[] = W_ROOT(
    "numbering") "<w:numPicBullet w:numPicBulletId='0'><w:pict "
                 "r:id='pic'/></w:numPicBullet>"
                 "<w:abstractNum w:abstractNumId='3'><w:lvl w:ilvl='0'><w:numFmt "
                 "w:val='bullet'/>"
                 "<w:lvlPicBulletId w:val='0'/></w:lvl></w:abstractNum>"
                 "<w:num w:numId='5'><w:abstractNumId w:val='3'/></w:num></w:numbering>";
static const char docx_head[] = W_ROOT(
    "hdr") "<w:p w:rsidR='00AA'><w:r><w:t>House</w:t></w:r>"
           "<w:fldSimple w:instr=' TITLE '><w:r><w:t>t</w:t></w:r></w:fldSimple>"
           "<w:fldSimple w:instr=' AUTHOR '><w:r><w:t>Jane Doe</w:t></w:r></w:fldSimple>"
           "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>INCLUDETEXT "
           "\"http://far.example\"</w:instrText></w:r><w:r><w:fldChar "
           "w:fldCharType='separate'/>"
           "</w:r><w:r><w:t>included</w:t></w:r><w:r><w:fldChar "
           "w:fldCharType='end'/></w:r>"
           "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> page "
           "</w:instrText>"
           "</w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"
           "<w:hyperlink r:id='x' xmlns:q='urn:q'><w:r "
           "q:a='1'><w:t>linked</w:t></w:r></w:hyperlink>"
           "<w:ins w:author='Jane Doe'><w:r><w:t>added</w:t></w:r></w:ins>"
           "<w:del w:author='Jane Doe'><w:r><w:t>struck</w:t></w:r></w:del>"
           "<w:sdt><w:sdtPr><w:dataBinding w:xpath='/coreProperties/creator'/></w:sdtPr>"
           "<w:sdtContent><w:r><w:t>Creator</w:t></w:r></w:sdtContent></w:sdt>"
           "<!-- by Jane Doe --><w:r><w:drawing><w:docPr descr='C:\\\\Users\\\\Doe'/>"
           "<w:docPr descr='Crest'/><w:blip r:embed='p'/></w:drawing></w:r>"
           "<w:r><w:drawing><w:far/><w:blip r:link='x'/></w:drawing></w:r>"
           "<w:r><w:object><w:OLEObject r:id='o'/></w:object></w:r>"
           "<w:r><w:fldChar "
           "w:fldCharType='begin'/></w:r><w:r><w:t>unended</w:t></w:r></w:p></w:hdr>";
static const char docx_settings[] =
    W_ROOT("settings") "<w:attachedTemplate "
                       "r:id='t'/><w:evenAndOddHeaders/><w:mailMerge/></w:settings>";

static void docx_reference_is_taken_over(void **state) {
    (void)state;
    write_zip((struct part[]){{"_rels/.rels", docx_root_rels},
                              {"word/document2.xml", docx_doc},
                              {"word/_rels/document2.xml.rels", docx_rels},
                              {"word/_rels/head.xml.rels", docx_head_rels},
                              {"word/styles.xml", docx_styles_part},
                              {"word/numbering.xml", docx_numbering},
                              {"word/head.xml", docx_head},
                              {"word/settings.xml", docx_settings},
                              {"word/vba.bin", "macro"},
                              {"word/embeddings/o.bin", "object"},
                              {"media/logo.png", "not this"},
                              {"word/media/logo.png", "not this either"},
                              {NULL, NULL}});
    struct made m = make(docx_write, page, path);
    check_docx(&m);
    const char *doc = "word/document.xml", *head = "word/header1.xml";
    assert_has(&m, doc, "<w:pStyle w:val=\"1\"/>");
    assert_has(&m, doc, "<w:pStyle w:val=\"lb\"/>");
    assert_has(&m, doc, "<w:pStyle w:val=\"NotesBrief\"/>");
    assert_has(&m, doc, "w:w=\"10000\"");
    assert_has(&m, doc, "<w:tblW w:w=\"8000\"");
    assert_has_not(&m, doc, "old text");
    assert_has_not(&m, doc, "printerSettings");
    assert_has_not(&m, doc, "gone");
    assert_has(&m, "word/styles.xml", "ABCDEF");
    assert_has_not(&m, "word/styles.xml", "fr-FR");
    assert_has(&m, "word/settings.xml", "evenAndOddHeaders");
    assert_has_not(&m, "word/settings.xml", "attachedTemplate");
    assert_has_not(&m, "word/settings.xml", "mailMerge");
    assert_has_not(&m, "word/numbering.xml", "PicBullet");
    static const char *const kept[] = {
        "House", "TITLE", " page ", "linked", "added", "r:embed=\"rId1\"", "Crest"};
    static const char *const gone[] = {"Doe",     "AUTHOR",  "INCLUDETEXT", "included",
                                       "struck",  "Creator", "r:link",      "OLEObject",
                                       "w:rsidR", "w:far",   "hyperlink",   "unended"};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        assert_has(&m, head, kept[i]);
    for (size_t i = 0; i < sizeof gone / sizeof *gone; i++)
        assert_has_not(&m, head, gone[i]);
    assert_has_not(&m, "word/_rels/header1.xml.rels", "External");
    assert_true(zip_name_locate(m.zip, "vba.bin", ZIP_FL_NODIR) < 0);
    assert_true(zip_name_locate(m.zip, "o.bin", ZIP_FL_NODIR) < 0);
    unmake(&m);
}

/* ---- what a house's document tells of the house */

static const char docx_told[] = W_ROOT(
    "hdr") "<w:p><w:fldSimple w:instr=' TITLE '><w:r><w:t>Their </w:t></w:r><w:r><w:t>own"
           "</w:t></w:r></w:fldSimple></w:p><w:p><w:r><w:fldChar w:fldCharType='begin'/>"
           "</w:r><w:r><w:instrText>STYLEREF \"Heading 1\"</w:instrText></w:r><w:r>"
           "<w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>Their "
           "heading</w:t></w:r>"
           "<w:r><w:fldChar w:fldCharType='end'/></w:r><w:r><w:t>Jane Ya</w:t></w:r><w:r>"
           "<w:tab/><w:t>kushev-</w:t></w:r><w:r><w:t>Vo</w:t><w:noBreakHyphen/><w:t>dkin"
           "</w:t></w:r></w:p><w:p><w:r><w:pict><v:textpath xmlns:v='urn:v' "
           "string='Smirnov only'/></w:pict></w:r></w:p><w:p><w:r><w:drawing><w:docPr "
           "id='1' "
           "name='yakushev.png' descr='C:\\Users\\yakushev\\x.png'/><w:blip r:embed='p'/>"
           "</w:drawing></w:r></w:p></w:hdr>";
static const char docx_named[] =
    W_ROOT("styles") "<w:style w:type='paragraph' w:styleId='Y1'><w:name w:val='Yakushev "
                     "body'/></w:style></w:styles>";

/* The lines that the leak check is given. */
static struct buf lines_of(const struct made *m, bool styles) {
    struct buf lines = BUF_INIT;
    struct err err = ERR_INIT;
    if (office_text(&m->bytes, styles, &lines, &err) < 0)
        fail_msg("%s", err.what);
    return lines;
}

static void assert_line(const struct buf *lines, const char *line, bool has) {
    if ((strstr(lines->s, line) != NULL) != has)
        fail_msg("%s “%s”:\n%s", has ? "no" : "still", line, lines->s);
}

static void docx_is_read_again(void **state) {
    (void)state;
    write_zip((struct part[]){{"_rels/.rels", docx_root_rels},
                              {"word/document2.xml", docx_doc},
                              {"word/_rels/document2.xml.rels", docx_rels},
                              {"word/_rels/head.xml.rels", docx_head_rels},
                              {"word/styles.xml", docx_named},
                              {"word/numbering.xml", docx_numbering},
                              {"word/head.xml", docx_told},
                              {"word/settings.xml", docx_settings},
                              {"media/logo.png", "not this"},
                              {"word/media/logo.png", "not this either"},
                              {NULL, NULL}});
    struct made m =
        make(docx_write, "<p>One <em>wo</em>rd</p><p>Two<br/>words</p>", path);
    struct buf lines = lines_of(&m, true);
    assert_line(&lines, "the text\tOne word\nthe text\tTwo words\n", true);
    assert_line(&lines, "metadata (title)\tThe title & more\n", true);
    assert_line(&lines, "the header or footer\tThe title & more\n", true);
    assert_line(&lines, "the header or footer\tJane Ya kushev-Vo dkin\n", true);
    assert_line(&lines, "the reference\tSmirnov only\n", true); /* a watermark */
    assert_line(&lines, "the reference\tYakushev body\n", true);
    assert_line(&lines, "Their", false);
    assert_line(&lines, "yakushev", false);
    buf_release(&lines);
    lines = lines_of(&m, false);
    assert_line(&lines, "Yakushev body", false);
    buf_release(&lines);
    unmake(&m);
}

static void odt_is_read_again(void **state) {
    (void)state;
    write_zip((struct part[]){{"mimetype", ODT_MIME},
                              {"styles.xml", odt_house},
                              {"Pictures/logo.png", "a logo"},
                              {NULL, NULL}});
    struct made m = make(odt_write, "<p>One <em>wo</em>rd</p><p>Two<br/>words</p>", path);
    struct buf lines = lines_of(&m, true);
    assert_line(&lines, "the text\tOne word\nthe text\tTwo words\n", true);
    assert_line(&lines, "metadata (title)\tThe title & more\n", true);
    assert_line(&lines, "the header or footer\tHouse The title & moreweb\n", true);
    assert_line(&lines, "the name of a picture\tlogo.png\n", true);
    assert_line(&lines, "Doe", false);
    buf_release(&lines);
    unmake(&m);
}

static void damaged_is_not_read(void **state) {
    (void)state;
    struct buf bytes = BUF_INIT, lines = BUF_INIT;
    struct err err = ERR_INIT;
    buf_puts(&bytes, "PK no");
    assert_int_equal(office_text(&bytes, false, &lines, &err), -1);
    assert_non_null(err.what);
    err_release(&err);
    buf_release(&bytes);
}

/* ---- pictures */

static void stripped(const char *in, size_t len, const char *out, size_t out_len) {
    struct buf b = BUF_INIT;
    buf_add(&b, in, len);
    picture_strip(&b);
    assert_int_equal(b.len, out_len);
    assert_memory_equal(b.s, out, out_len);
    for (size_t i = 0; i < len; i++) { /* cut anywhere: no more than it was */
        buf_clear(&b);
        buf_add(&b, in, i);
        picture_strip(&b);
        assert_true(b.len <= i + 1);
    }
    buf_release(&b);
}
#define STRIPPED(in, out) stripped(in, sizeof(in) - 1, out, sizeof(out) - 1)

#define PNG_HEAD "\x89PNG\r\n\x1a\n\0\0\0\1IHDRxCRC_"
#define PNG_END "\0\0\0\0IENDCRC_"
#define JPEG_HEAD "\xff\xd8\xff\xe0\0\4JF"
#define JPEG_END "\xff\xda\0\2pixels\xff\xd9"
#define GIF_HEAD "GIF89a\1\0\1\0\x80\0\0rgbRGB"
#define GIF_END ",\0\0\0\0\1\0\1\0\0\2\1x\0;"

static void pictures_tell_nothing(void **state) {
    (void)state;
    STRIPPED(PNG_HEAD "\0\0\0\3tEXtDoeCRC_\0\0\0\2eXIfYaCRC_" PNG_END, PNG_HEAD PNG_END);
    STRIPPED(JPEG_HEAD "\xff\xe1\0\5Doe\xff\xfe\0\4Ya\xff\xed\0\3P" JPEG_END,
             JPEG_HEAD JPEG_END);
    STRIPPED(GIF_HEAD "!\xfe\3Doe\0!\xf9\4\0\0\0\0\0" GIF_END,
             GIF_HEAD "!\xf9\4\0\0\0\0\0" GIF_END);
    STRIPPED("a logo", "a logo");
    /* What is not known tells more than it shows; what follows the picture is none of it;
     * nor is the smaller picture of what was cut away. */
    STRIPPED(PNG_HEAD "\0\0\0\3caBXDoeCRC_\0\0\0\1sRGB\0CRC_" PNG_END "Doe",
             PNG_HEAD "\0\0\0\1sRGB\0CRC_" PNG_END);
    STRIPPED(JPEG_HEAD "\xff\xff\xe1\0\5Doe\xff\xe0\0\6JFXX\xff\xe2\0\5MPF" JPEG_END
                       "Doe",
             JPEG_HEAD JPEG_END);
    STRIPPED(JPEG_HEAD "\xff\xda\0\2one\xff\0\xff\xd0\xff\xfe\0\5Doe" JPEG_END,
             JPEG_HEAD "\xff\xda\0\2one\xff\0\xff\xd0" JPEG_END);
    STRIPPED(JPEG_HEAD "\xff\xe2\0\15ICC_PROFILE" JPEG_END,
             JPEG_HEAD "\xff\xe2\0\15ICC_PROFILE" JPEG_END);
}

/* One clear line, which names the file. */
static void refuses(writer write, const char *why) {
    struct buf out = BUF_INIT;
    struct err err = ERR_INIT;
    assert_int_equal(try_write(write, "<p>x</p>", path, &out, &err), -1);
    assert_non_null(err.what);
    if (!strstr(err.what, why))
        fail_msg("%s", err.what);
    assert_string_equal(err.file, path);
    err_release(&err);
    buf_release(&out);
}

static void write_plain(const char *content) {
    FILE *f = fopen(path, "w");
    fputs(content, f);
    fclose(f);
}

static void bad_references_are_refused(void **state) {
    (void)state;
    static const writer writers[] = {odt_write, docx_write};
    for (int i = 0; i < 2; i++) {
        write_plain("plain text");
        refuses(writers[i], "not a zip archive");
        write_plain("");
        refuses(writers[i], i ? "not a DOCX" : "not an ODT");
        write_zip((struct part[]){{"a", "b"}, {NULL, NULL}});
        refuses(writers[i], i ? "not a DOCX" : "not an ODT");
    }
    write_zip(
        (struct part[]){{"mimetype", ODT_MIME}, {"styles.xml", "no"}, {NULL, NULL}});
    refuses(odt_write, "is not XML");
    write_zip(
        (struct part[]){{"mimetype", ODT_MIME}, {"styles.xml", "<a/>"}, {NULL, NULL}});
    refuses(odt_write, "not that of an ODT");
    write_zip((struct part[]){
        {"mimetype", ODT_MIME},
        {"styles.xml", "<!DOCTYPE a [<!ENTITY e SYSTEM '/etc/passwd'>]><a>&e;</a>"},
        {NULL, NULL}});
    refuses(odt_write, "DOCTYPE");
    write_zip((struct part[]){{"mimetype", ODT_MIME},
                              {"styles.xml", "cipher"},
                              {"META-INF/manifest.xml", "<m:encryption-data/>"},
                              {NULL, NULL}});
    refuses(odt_write, "protected by a password");
    write_plain("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 an old or a protected document");
    refuses(docx_write, "protected by a password, or of an old format");
    write_zip((struct part[]){{"_rels/.rels", docx_root_rels},
                              {"word/document2.xml", docx_doc},
                              {"word/_rels/document2.xml.rels", docx_rels},
                              {"word/styles.xml", "<w:styles xmlns:w='urn:strict'/>"},
                              {NULL, NULL}});
    refuses(docx_write, "not as Word writes it");
}

/* A few KiB that would be too much. */
static void bombs_are_refused(void **state) {
    (void)state;
    char *much = malloc(ARCHIVE_XML_MAX + 2);
    memset(much, ' ', ARCHIVE_XML_MAX + 1);
    much[ARCHIVE_XML_MAX + 1] = '\0';
    write_zip(
        (struct part[]){{"mimetype", ODT_MIME}, {"styles.xml", much}, {NULL, NULL}});
    refuses(odt_write, "too large");
    write_zip((struct part[]){{"_rels/.rels", much}, {NULL, NULL}});
    refuses(docx_write, "too large");
    free(much);
}

int main(void) {
    text_locale();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(odt_holds_together),
        cmocka_unit_test(docx_holds_together),
        cmocka_unit_test(corners_hold_together),
        cmocka_unit_test(lists_stand_in_their_record),
        cmocka_unit_test(figures_brackets_and_warnings_have_styles),
        cmocka_unit_test(pages_do_not_part_what_belongs_together),
        cmocka_unit_test(pages_are_numbered_in_their_language),
        cmocka_unit_test(columns_are_as_wide_as_their_words),
        cmocka_unit_test(tables_keep_their_shape),
        cmocka_unit_test(depth_is_no_matter),
        cmocka_unit_test(same_bytes_twice),
        cmocka_unit_test(languages_are_told),
        cmocka_unit_test(odt_reference_is_taken_over),
        cmocka_unit_test(docx_reference_is_taken_over),
        cmocka_unit_test(docx_is_read_again),
        cmocka_unit_test(odt_is_read_again),
        cmocka_unit_test(damaged_is_not_read),
        cmocka_unit_test(pictures_tell_nothing),
        cmocka_unit_test(bad_references_are_refused),
        cmocka_unit_test(bombs_are_refused),
    };
    return cmocka_run_group_tests(tests, make_path, remove_path);
}
