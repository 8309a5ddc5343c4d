package io.patchwar.model;

/**
 * A field that an accepted write asked to be one value and that was stored as another: a round against admission.
 *
 * @param program the webhook that did it, {@code unknown} if nothing names it
 */
public record AskedChange(String path, FieldValue asked, FieldValue stored, String program) {}
