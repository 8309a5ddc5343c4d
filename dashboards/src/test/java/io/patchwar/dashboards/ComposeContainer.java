package io.patchwar.dashboards;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.Volume;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.utility.DockerImageName;

/**
 * A service of docker-compose.yml as a container of its own: user, file system, rights, mounts, environment and command are as
 * they stand there. Ports are others, on loopback; what it says is in {@code target/containers}.
 */
final class ComposeContainer extends GenericContainer<ComposeContainer> {
    private static final Path LOGS = Path.of("target", "containers");
    private static final String SECRETS = "./deploy/compose/secrets/";

    /**
     * @param image to run in place of the one in the file
     * @param secrets that stand in for what `prepare` makes
     */
    ComposeContainer(ComposeFile.Service service, String image, Network network, Path secrets, Integer... ports) {
        super(DockerImageName.parse(image));
        withNetwork(network);
        withNetworkAliases(service.name());
        withEnv(service.environment());
        withExposedPorts(ports);
        if (!service.texts("command").isEmpty()) {
            withCommand(service.texts("command").toArray(String[]::new));
        }
        withLogConsumer(frame -> append(service.name(), frame.getBytes()));
        withCreateContainerCmdModifier(create -> harden(create, service, secrets, ports));
    }

    private static void harden(CreateContainerCmd create, ComposeFile.Service service, Path secrets, Integer... ports) {
        HostConfig host = create.getHostConfig();
        host.withReadonlyRootfs(service.isReadOnly())
                .withCapDrop(service.texts("cap_drop").stream()
                        .map(Capability::valueOf)
                        .toArray(Capability[]::new))
                .withSecurityOpts(service.texts("security_opt"))
                .withTmpFs(tmpfs(service))
                .withBinds(binds(service, secrets))
                .withPortBindings(Arrays.stream(ports)
                        .map(port -> new PortBinding(Ports.Binding.bindIp("127.0.0.1"), ExposedPort.tcp(port)))
                        .toArray(PortBinding[]::new));
        create.withVolumes(named(service));
        if (!service.text("user").isEmpty()) {
            create.withUser(service.text("user"));
        }
    }

    private static Map<String, String> tmpfs(ComposeFile.Service service) {
        return service.texts("tmpfs").stream()
                .map(mount -> mount.split(":", 2))
                .collect(Collectors.toMap(part -> part[0], part -> part.length > 1 ? part[1] : ""));
    }

    private static List<Bind> binds(ComposeFile.Service service, Path secrets) {
        List<Bind> binds = new ArrayList<>();
        for (String mount : service.texts("volumes")) {
            String[] part = mount.split(":", 3);
            if (part[0].startsWith("./")) {
                Path source = part[0].startsWith(SECRETS)
                        ? secrets.resolve(part[0].substring(SECRETS.length()))
                        : ComposeFile.TOP.resolve(part[0]).normalize();
                AccessMode mode = part.length > 2 ? AccessMode.valueOf(part[2]) : AccessMode.rw;
                binds.add(new Bind(source.toString(), new Volume(part[1]), mode));
            }
        }
        return binds;
    }

    /** Fresh ones, that go with the container. */
    private static List<Volume> named(ComposeFile.Service service) {
        return service.texts("volumes").stream()
                .filter(mount -> !mount.startsWith("."))
                .map(mount -> new Volume(mount.split(":", 2)[1]))
                .toList();
    }

    private static void append(String name, byte[] said) {
        try {
            Files.createDirectories(LOGS);
            try (OutputStream log = Files.newOutputStream(
                    LOGS.resolve(name + ".log"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                log.write(said == null ? new byte[0] : said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
