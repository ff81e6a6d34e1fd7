/*
 * Pictures of a reference: of what kind they are, and without what they tell of those who
 * made them.
 */
#ifndef HELPERS_PICTURE_H
#define HELPERS_PICTURE_H

#include "base/buf.h"

/* "png", "jpeg" or "gif" by the end of the name; NULL for any other. */
const char *picture_type(const char *name);
/* Takes away texts, times, comments, smaller pictures, what stands behind the picture,
 * and what cameras and programs add (Exif, XMP, IPTC); colours and pixels stay as they
 * are, as does what is none of the three, whatever it is called. Sources: PNG (ISO
 * 15948) 4.7 and 11.3, JPEG (ITU-T T.81) B.1.1 and B.2, GIF89a 24 and 26. */
void picture_strip(struct buf *bytes);

#endif
