/*
 * styles.xml of an ODT: odt-styles.xml, or that of a reference document, to which the
 * styles that it lacks are added.
 *
 * Of a reference come styles, page layouts, master pages with header and footer, and the
 * pictures of these (PNG, JPEG, GIF). Scripts, events, forms, objects, embedded fonts,
 * whatever leads out of the file, and fields that say a name or a path, are left out.
 */
#ifndef HELPERS_ODT_STYLES_H
#define HELPERS_ODT_STYLES_H

#include "container.h"
#include "office.h"

/* Adds styles.xml and its pictures to the container, and their lines to the manifest. */
int odt_styles_add(const struct office *o, struct container *c, struct buf *manifest,
                   struct err *err);

#endif
