package io.patchwar.processor.topology;

/** More records than were put up with could not be read. The instance stops. */
final class BudgetExhaustedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BudgetExhaustedException(String message) {
        super(message);
    }
}
