package io.patchwar.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Docker engine of this machine, and the images that it has or can come by. */
final class DockerEngine {
    private static final Duration BUILD = Duration.ofMinutes(10);
    private static final Duration PULL = Duration.ofMinutes(5);
    private static final String LOCAL_BASE = "patchwar-base:local";

    private final Tool docker;

    private DockerEngine(Tool docker) {
        this.docker = docker;
    }

    /** The engine; where none answers, or no image with Java can be had, the test is reported as skipped, and says why. */
    static DockerEngine answering() throws IOException, InterruptedException {
        Tool docker = Tool.named("docker", "docker.io");
        Tool.Outcome info = docker.run("info", "--format", "{{.ServerVersion}}");
        assumeTrue(
                info.status() == 0,
                () -> "no Docker engine answers: " + info.said().strip());
        return new DockerEngine(docker);
    }

    private boolean has(String image) throws IOException, InterruptedException {
        return docker.run("image", "inspect", image).status() == 0;
    }

    private boolean canHave(String image) throws IOException, InterruptedException {
        return has(image) || docker.run(PULL, Map.of(), "pull", "-q", image).status() == 0;
    }

    /** The base that our Dockerfiles name, or else a local one. */
    String base() throws IOException, InterruptedException {
        String dockerfile = Files.readString(ComposeFile.TOP.resolve("deploy/audit-ingest/Dockerfile"));
        Matcher base = Pattern.compile("ARG BASE=(\\S+)").matcher(dockerfile);
        assertThat(base.find()).isTrue();
        if (canHave(base.group(1))) {
            return base.group(1);
        }
        if (has(LOCAL_BASE)) {
            return LOCAL_BASE;
        }
        return abort("an image with Java 17 cannot be had: " + base.group(1) + " cannot be pulled, and there is no "
                + LOCAL_BASE + " (deploy/build-stand-ins base makes it)");
    }

    /** That image, or what stands in for it where it cannot be pulled. */
    String imageOrStandIn(String image, String name, String base) throws IOException, InterruptedException {
        if (canHave(image)) {
            return image;
        }
        String standIn = "patchwar-stand-in/" + name + ":local";
        if (!has(standIn)) {
            script("deploy/build-stand-ins", Map.of("BASE", base), name);
        }
        return standIn;
    }

    /** Builds as an operator does, and fails the test with what was said if that fails. */
    void script(String script, Map<String, String> environment, Object... arguments)
            throws IOException, InterruptedException {
        Tool.Outcome built = new Tool(ComposeFile.TOP.resolve(script)).run(BUILD, environment, arguments);
        assertThat(built.status()).as("%s: %s", script, built.said()).isZero();
    }

    void remove(String image) throws IOException, InterruptedException {
        docker.run("image", "rm", image);
    }
}
