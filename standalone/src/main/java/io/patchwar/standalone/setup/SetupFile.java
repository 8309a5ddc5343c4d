package io.patchwar.standalone.setup;

/**
 * One file to write.
 *
 * @param name relative to the directory, with slashes
 * @param use what it is for, in half a line
 * @param secret whether nobody but its owner may read it
 */
public record SetupFile(String name, String use, boolean secret, String content) {
    static SetupFile open(String name, String use, String content) {
        return new SetupFile(name, use, false, content);
    }

    static SetupFile secret(String name, String use, String content) {
        return new SetupFile(name, use, true, content);
    }

    /** Contents may be keys. */
    @Override
    public String toString() {
        return name + " (" + use + ")";
    }
}
