package io.patchwar.model;

/** The two halves of an object that are written through different doors: its status, and all the rest. */
public enum Part {
    MAIN,
    STATUS
}
