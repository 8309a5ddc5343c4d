package io.patchwar.model;

/**
 * A war or finding as it stands, and what happened to it: one record of the topic that they go to. Of two updates of one war
 * the one with the higher {@link War#revision} holds.
 */
public record WarUpdate(War war, Lifecycle lifecycle) {}
