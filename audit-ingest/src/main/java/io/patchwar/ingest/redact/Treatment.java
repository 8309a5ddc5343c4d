package io.patchwar.ingest.redact;

/** How what stands at a place is replaced. */
enum Treatment {
    /** A map whose values are bytes in base64: each by the digest of the bytes. */
    BASE64_MAP,
    /** A map whose values are texts: each by the digest of the text. */
    TEXT_MAP,
    /** A JSON document in a string, that of the object as it was applied: what is to be replaced in the object is replaced in it. */
    APPLIED,
    /** Any value: each scalar by its digest, so that what stays the same still does. */
    LEAVES,
    /** Any value: all of it by one digest. */
    WHOLE
}
