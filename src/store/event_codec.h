/*
 * Events as lines of XML.
 *
 *     <note n="2" id="k4q7.1" at="2011-12-06T09:02:11.250Z" crc="5d1e9a07" …>text</note>
 *
 * crc is zlib's CRC-32 of the bytes from `<` to the last `>`, less the crc attribute and
 * the blank before it. A line break inside a text is written `&#10;`, so that an event is
 * one line. Texts must be fit for XML already (text_clean).
 */
#ifndef STORE_EVENT_CODEC_H
#define STORE_EVENT_CODEC_H

#include "model/event.h"

/* Appends the event's line, its line feed included. */
void event_encode(const struct event *e, struct buf *out);

enum event_seal { SEAL_ABSENT, SEAL_RIGHT, SEAL_WRONG };
/* Whether the crc of an element is that of its bytes. */
enum event_seal event_check_seal(const char *bytes, size_t len);
/* Appends the element with the crc that its bytes have. */
void event_reseal(const char *bytes, size_t len, struct buf *out);

#endif
