/*
 * Pictures of a reference: of what kind they are, and without what they tell of those who
 * made them.
 */
#ifndef HELPERS_PICTURE_H
#define HELPERS_PICTURE_H

#include "base/buf.h"

/* "png", "jpeg" or "gif" by the end of the name; NULL for any other. */
const char *picture_type(const char *name);
/* Takes away texts, times, comments and what cameras and programs add (Exif, XMP, IPTC);
 * colours and pixels stay as they are, as does what is no picture of the type. Sources:
 * PNG (ISO 15948) 11.3, JPEG (ITU-T T.81) B.2.4, GIF89a 24 and 26. */
void picture_strip(struct buf *bytes, const char *type);

#endif
