package io.patchwar.processor.alerting;

import io.patchwar.model.Severity;
import io.patchwar.model.War;
import io.patchwar.model.WarState;
import io.patchwar.model.words.Spans;
import io.patchwar.processor.board.BoardView;
import io.patchwar.processor.board.CommonCause;
import io.patchwar.processor.board.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that somebody must be told at one moment: a pure function of the board, the time and the settings, so that
 * instances that see the same say the same. Immutable once made.
 *
 * <p>A war alerts while it goes on, nobody muted it and it is more than {@code info}. While it is {@code critical} it alerts as
 * {@code warning}, too, so that becoming critical resolves nothing. Wars of one cause alert as one when they are many.
 */
final class Lineup {
    /** After so many periods without a reversal a war is over; a slow one is not stale before. */
    private static final int QUIET_PERIODS = 5;

    private static final Duration LONGEST_WINDOW = Duration.ofHours(6);

    private final AlertSettings settings;
    private final Instant now;
    private final WarNotice warNotice;
    private final Map<String, Standing> standings = new HashMap<>();
    private final Map<String, String> toldBy = new HashMap<>();
    private final Map<Map<String, String>, Notice> firing = new LinkedHashMap<>();
    private int untold;

    /** Something that would alert, as one entry of the lineup; with its notices for each severity it has. */
    private record Candidate(Severity severity, Instant startedAt, String id, List<Notice> notices) {}

    private static final Comparator<Candidate> WORST_FIRST = Comparator.comparing(Candidate::severity)
            .reversed()
            .thenComparing(Candidate::startedAt)
            .thenComparing(Candidate::id);

    private Lineup(AlertSettings settings, Instant now) {
        this.settings = settings;
        this.now = now;
        this.warNotice = new WarNotice(settings);
    }

    static Lineup of(BoardView board, AlertSettings settings, Instant now) {
        Lineup lineup = new Lineup(settings, now);
        board.standings()
                .forEach(standing -> lineup.standings.put(standing.war().id(), standing));
        List<Candidate> candidates = new ArrayList<>(lineup.conflicts(board));
        for (Standing standing : board.standings()) {
            if (lineup.alerts(standing)
                    && !lineup.toldBy.containsKey(standing.war().id())) {
                candidates.add(lineup.candidate(standing));
            }
        }
        candidates.sort(WORST_FIRST);
        int most = Math.min(candidates.size(), settings.mostAlerts());
        candidates.subList(0, most).forEach(candidate -> candidate.notices().forEach(lineup::fire));
        if (most < candidates.size()) {
            lineup.untold = candidates.size() - most;
            lineup.storm(candidates).forEach(lineup::fire);
        }
        return lineup;
    }

    /** What fires, by its labels. */
    Map<Map<String, String>, Notice> firing() {
        return firing;
    }

    /** Wars and conflicts that would alert, were there not so many. */
    int untold() {
        return untold;
    }

    /** What fired and does not any more, in its last words: with the final tally, and why it is over. */
    Notice lastWords(Notice fired) {
        String id = fired.labels().get(Labels.WAR_ID);
        Standing standing = id == null ? null : standings.get(id);
        Map<String, String> words = new LinkedHashMap<>(fired.annotations());
        if (standing != null) {
            words.putAll(warNotice.annotations(standing));
            words.put("resolved_because", why(standing));
        }
        return new Notice(fired.labels(), words, fired.startsAt(), fired.link());
    }

    private String why(Standing standing) {
        War war = standing.war();
        String conflict = toldBy.get(war.id());
        if (war.state() == WarState.ENDED) {
            return "the war has ended";
        }
        if (war.muted() != null) {
            return "muted: " + ShortText.of(war.muted(), 100);
        }
        if (conflict != null) {
            return "goes on, and is told with others of the same cause as conflict " + conflict;
        }
        if (isStale(war)) {
            return "nothing was heard of it for " + Spans.duration(Duration.between(war.lastChangeAt(), now));
        }
        return "goes on with severity " + war.severity().word();
    }

    private List<Candidate> conflicts(BoardView board) {
        List<War> fought = board.standings().stream()
                .map(Standing::war)
                .filter(war -> war.muted() == null && wasFoughtLately(war))
                .toList();
        ConflictNotice words = new ConflictNotice(settings);
        List<Candidate> candidates = new ArrayList<>();
        for (CommonCause cause : CommonCause.among(fought)) {
            Severity worst = cause.wars().stream()
                    .filter(war -> war.state() == WarState.ONGOING)
                    .map(War::severity)
                    .max(Comparator.naturalOrder())
                    .orElse(Severity.INFO);
            if (cause.wars().size() > settings.conflictsAbove() && worst != Severity.INFO) {
                String id = cause.conflict().id();
                cause.wars().forEach(war -> toldBy.put(war.id(), id));
                List<Notice> notices = severities(worst)
                        .map(severity -> words.of(cause, severity))
                        .toList();
                candidates.add(new Candidate(worst, cause.wars().get(0).startedAt(), id, notices));
            }
        }
        return candidates;
    }

    /** A war that has just ended still counts among those of its cause, lest the conflict falls apart into single alerts. */
    private boolean wasFoughtLately(War war) {
        if (war.state() == WarState.ONGOING) {
            return !isStale(war);
        }
        return war.lastChangeAt().plus(settings.timing().resolvedFor()).isAfter(now);
    }

    private Candidate candidate(Standing standing) {
        War war = standing.war();
        List<Notice> notices = severities(war.severity())
                .map(severity -> warNotice.of(standing, severity))
                .toList();
        return new Candidate(war.severity(), war.startedAt(), war.id(), notices);
    }

    private static Stream<Severity> severities(Severity worst) {
        return worst == Severity.CRITICAL ? Stream.of(Severity.WARNING, Severity.CRITICAL) : Stream.of(worst);
    }

    private boolean alerts(Standing standing) {
        War war = standing.war();
        return war.state() == WarState.ONGOING
                && war.muted() == null
                && war.severity() != Severity.INFO
                && !isStale(war);
    }

    private boolean isStale(War war) {
        return war.lastChangeAt().plus(patience(war)).isBefore(now);
    }

    private Duration patience(War war) {
        Duration least = settings.timing().staleAfter();
        Duration period = war.period();
        Duration quiet = period == null ? Duration.ZERO : period.multipliedBy(QUIET_PERIODS);
        Duration bounded = quiet.compareTo(LONGEST_WINDOW) > 0 ? LONGEST_WINDOW : quiet;
        return bounded.compareTo(least) > 0 ? bounded : least;
    }

    /** The storm began with the one war too many. */
    private List<Notice> storm(List<Candidate> candidates) {
        Severity worst = candidates.get(0).severity();
        Instant startedAt = candidates.stream()
                .map(Candidate::startedAt)
                .sorted()
                .skip(settings.mostAlerts())
                .findFirst()
                .orElse(now);
        return severities(worst)
                .map(severity -> new StormNotice(settings).of(severity, candidates.size(), startedAt))
                .toList();
    }

    private void fire(Notice notice) {
        firing.put(notice.labels(), notice);
    }

    /** The war's standing, for whoever wants to know what an alert is about. */
    @Nullable
    Standing standing(Map<String, String> labels) {
        String id = labels.get(Labels.WAR_ID);
        return id == null ? null : standings.get(id);
    }
}
