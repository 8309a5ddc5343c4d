package io.patchwar.standalone.source;

/** What becomes of the writes that were read: the threads that read do it, too, and before they read on. */
public interface Judging {
    /** Nobody judges, and whoever takes the writes may keep them. */
    Judging NONE = new Judging() {
        @Override
        public boolean judgeSome() {
            return false;
        }

        @Override
        public long taken() {
            return 0;
        }

        @Override
        public long judged() {
            return -1;
        }
    };

    /** Judges some, on any thread; false if there is nothing to be judged now. */
    boolean judgeSome();

    /** How many writes the sink has taken; asked on the thread that tells it of them. */
    long taken();

    /** Of these, how many, from the first on, need the bytes no more that they were read from. On the same thread. */
    long judged();
}
