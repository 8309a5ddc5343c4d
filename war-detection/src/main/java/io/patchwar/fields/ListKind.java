package io.patchwar.fields;

/** How the items of a list are told apart. */
public enum ListKind {
    /** Not at all: the list is one value, and its order is part of it. */
    ATOMIC,
    /** By the values of some of an item's own fields, its keys. */
    KEYED,
    /** By value: an item is a member or is not. */
    SET
}
