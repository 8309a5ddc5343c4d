package io.patchwar.remedies;

import io.patchwar.model.War;
import io.patchwar.remedies.Remedy.Option;
import java.util.List;

/** A remedy in the catalogue: what it is for, and its text with the names still to be filled in. */
record Entry(Match match, Remedy template) {

    /** The remedy for that war, with the war's names. */
    Remedy of(War war) {
        return filled(Names.of(war, match.contenders()));
    }

    /** The remedy with words in capitals for names. */
    Remedy ofNoWar() {
        return filled(Names.unknown());
    }

    private Remedy filled(Names names) {
        List<Option> options = template.options().stream()
                .map(option -> new Option(
                        option.title(),
                        option.commands().stream()
                                .map(line -> Template.command(line, names))
                                .toList(),
                        Template.manifest(option.manifest(), names),
                        option.effect(),
                        option.undo(),
                        option.agree()))
                .toList();
        return new Remedy(template.id(), template.title(), template.cause(), options, template.sources());
    }
}
