package io.patchwar.standalone;

import io.patchwar.model.WarClass;
import io.patchwar.standalone.explain.Lesson;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code patchwar explain}: teaches what a class of war is; without one, lists them. */
@Command(
        name = "explain",
        description = "Teach what a class of war or finding is, with an example; without CLASS, list them.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:explained", "2:there is no such class"},
        footerHeading = "%nExamples:%n",
        footer = {"  patchwar explain", "  patchwar explain tug-of-war"})
final class ExplainCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "CLASS",
            arity = "0..1",
            converter = Words.ClassWord.class,
            description = "Such as tug-of-war.")
    private @Nullable WarClass warClass;

    ExplainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(warClass == null ? Lesson.list() : Lesson.of(warClass).render(terminal.width()));
        out.flush();
        return 0;
    }
}
