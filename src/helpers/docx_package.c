#include "docx_package.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

#define WORD_TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml."

/* ---- writing */

void package_type(struct package *p, const char *name, const char *type) {
    buf_addf(&p->types, "<Override PartName=\"/%s\" ContentType=\"%s\"/>\n", name, type);
}

static unsigned add_rel(struct package *p, const char *kind, const char *target,
                        bool external) {
    unsigned id = ++p->n_rels;
    buf_addf(&p->rels, "<Relationship Id=\"rId%u\" Type=\"" DOCX_REL "%s\"", id, kind);
    xml_attr(&p->rels, "Target", target);
    buf_puts(&p->rels, external ? " TargetMode=\"External\"/>\n" : "/>\n");
    return id;
}

unsigned package_add(struct package *p, const char *name, const char *kind,
                     struct buf *content) {
    struct buf b = BUF_INIT;
    bool theme = strcmp(kind, "theme") == 0;
    buf_addf(&b, "word/%s", name);
    container_add(p->container, b.s, content);
    buf_addf(&p->types, "<Override PartName=\"/%s\" ContentType=\"%s%s+xml\"/>\n", b.s,
             theme ? "application/vnd.openxmlformats-officedocument." : WORD_TYPE, kind);
    buf_release(&b);
    return add_rel(p, kind, name, false);
}

unsigned package_link(struct package *p, const char *href) {
    return add_rel(p, "hyperlink", href, true);
}

/* ---- reading */

static const char *folder_end(const char *part) {
    const char *slash = strrchr(part, '/');
    return slash ? slash + 1 : part;
}

/* "word/document.xml" and "../media/a.png" -> "media/a.png". NULL out of the package. */
static char *resolve(const char *part, const char *target) {
    struct buf b = BUF_INIT;
    if (*target == '/')
        target++;
    else
        buf_add(&b, part, (size_t)(folder_end(part) - part));
    while (strncmp(target, "../", 3) == 0 && b.len > 0) {
        buf_cut(&b, b.len - 1);
        buf_cut(&b, (size_t)(folder_end(b.s) - b.s));
        target += 3;
    }
    buf_puts(&b, target);
    if (!strstr(b.s, "..") && b.len > 0)
        return buf_detach(&b);
    buf_release(&b);
    return NULL;
}

static bool of_kind(const xmlNode *rel, const char *kind) {
    const char *type = part_get(rel, "Type");
    return type && strcmp(folder_end(type), kind) == 0;
}

static bool leads_out(const xmlNode *rel) {
    const char *mode = part_get(rel, "TargetMode");
    return mode && strcmp(mode, "Internal") != 0;
}

char *package_target(const struct package *p, const char *part, const xmlDoc *rels,
                     const char *kind, const char *id) {
    xmlNode *root = rels ? xmlDocGetRootElement(rels) : NULL;
    for (xmlNode *n = root ? part_element(root->children) : NULL; n;
         n = part_element(n->next)) {
        const char *own = part_get(n, "Id"), *target = part_get(n, "Target");
        if (!target || (kind && !of_kind(n, kind)) ||
            (id && (!own || strcmp(own, id) != 0)) || leads_out(n))
            continue;
        char *name = resolve(part, target);
        if (name && archive_has(p->reference, name))
            return name;
        mem_free(name);
    }
    return NULL;
}

char *package_find(const struct package *p, const char *kind, const char *id) {
    return package_target(p, p->main, p->main_rels, kind, id);
}

xmlDoc *package_rels(struct package *p, const char *part, struct err *err) {
    struct buf name = BUF_INIT;
    const char *file = folder_end(part);
    buf_add(&name, part, (size_t)(file - part));
    buf_addf(&name, "_rels/%s.rels", file);
    xmlDoc *doc =
        archive_has(p->reference, name.s) ? part_read(p->reference, name.s, err) : NULL;
    buf_release(&name);
    return doc;
}

static int not_docx(const struct package *p, struct err *err) {
    if (err->what)
        return -1;
    err_set(err, "this is not a DOCX document");
    err_todo(err, "for the format docx the reference is a DOCX, or a template (DOTX)");
    return err_at(err, archive_path(p->reference), 0, 0);
}

static int open_reference(struct package *p, struct err *err) {
    xmlDoc *rels = package_rels(p, "", err);
    p->main = package_target(p, "", rels, "officeDocument", NULL);
    xmlFreeDoc(rels);
    p->main_rels = p->main ? package_rels(p, p->main, err) : NULL;
    char *styles = p->main_rels ? package_find(p, "styles", NULL) : NULL;
    int ret = styles && !err->what ? 0 : not_docx(p, err);
    mem_free(styles);
    return ret;
}

int package_init(struct package *p, const struct office *o, struct err *err) {
    *p = (struct package){.types = BUF_INIT,
                          .rels = BUF_INIT,
                          .title = o->x->title,
                          .subject = office_meta(o, "subject")};
    p->container = container_new();
    if (!o->reference)
        return 0;
    p->reference = archive_open(o->reference, err);
    return p->reference ? open_reference(p, err) : -1;
}

void package_release(struct package *p) {
    container_free(p->container);
    archive_free(p->reference);
    buf_release(&p->types);
    buf_release(&p->rels);
    xmlFreeDoc(p->main_rels);
    mem_free(p->main);
}
