package io.patchwar.standalone.serve;

import io.patchwar.ingest.config.IngestSettings;
import io.patchwar.processor.config.DigestSecret;
import io.patchwar.processor.config.ProcessorConfig;
import io.patchwar.processor.config.StreamSettings;
import io.patchwar.service.config.KafkaSettings;
import io.patchwar.service.http.HttpAddress;
import io.patchwar.service.kafka.KafkaConnection;
import io.patchwar.service.kafka.Topics;
import io.patchwar.settings.Environment;
import io.patchwar.settings.YamlProblems;
import io.patchwar.settings.YamlSection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that an operator can set of {@code patchwar serve}, in one file: its own, and the sections of the services it runs.
 * {@code docs/serve.example.yaml} shows every key with its default. Immutable.
 *
 * @param data directory of everything that is kept
 * @param partitions of the keyed topics; can never be changed later in one data directory
 * @param ingest with a Kafka and a folder that are replaced by what is in {@code data}
 * @param processor with a Kafka, a state directory and a secret that are replaced by what is in {@code data}
 */
public record ServeConfig(
        Path data, int partitions, BrokerSettings broker, IngestSettings ingest, ProcessorConfig processor) {
    private static final Path DEFAULT_DATA = Path.of("patchwar-data");
    private static final String DEFAULT_INGEST = "127.0.0.1:8090";
    private static final int DEFAULT_PARTITIONS = 4;

    /** Everything is in one JVM here, and shares its heap. */
    private static final long HOT_BYTES = 96L << 20;

    private static final int LEAST_SECRET = 16;

    /**
     * The defaults, changed as the environment has it.
     *
     * @throws YamlProblems everything that is wrong, each with its path
     */
    public static ServeConfig defaults(Environment environment) throws YamlProblems {
        try {
            return read(new ByteArrayInputStream(new byte[0]), environment);
        } catch (IOException e) {
            throw new IllegalStateException("nothing is always readable", e);
        }
    }

    /**
     * The defaults, changed as the file has it, and over that as the environment has it.
     *
     * @throws YamlProblems everything that is wrong, each with its path
     */
    public static ServeConfig read(InputStream yaml, Environment environment) throws IOException, YamlProblems {
        YamlSection file = YamlSection.read(yaml, environment);
        Path data = Path.of(file.text("data", DEFAULT_DATA.toString()));
        int partitions = file.count("partitions", DEFAULT_PARTITIONS, 1, 64);
        BrokerSettings broker = BrokerSettings.read(file);
        KafkaSettings unset = kafka("unset", partitions);
        IngestSettings ingest = IngestSettings.read(file.section("ingest"), data, unset, DEFAULT_INGEST);
        YamlSection processor = file.section("processor");
        ProcessorConfig config =
                ProcessorConfig.read(processor, unset, DigestSecret.of(new byte[LEAST_SECRET]), HOT_BYTES);
        if (!config.stream().stateDirectory().equals(StreamSettings.DEFAULT.stateDirectory())) {
            processor.problem("stream.stateDirectory", "is in the data directory here; leave it out");
        }
        file.finish();
        return new ServeConfig(data, partitions, broker, ingest, config);
    }

    private static KafkaSettings kafka(String bootstrap, int partitions) {
        return new KafkaSettings(KafkaConnection.to(bootstrap), new Topics("", partitions, (short) 1), true);
    }

    /** How Kafka is reached, once the broker has a port. */
    KafkaSettings kafka(String bootstrap) {
        return kafka(bootstrap, partitions);
    }

    public ServeConfig withData(Path other) {
        return new ServeConfig(other, partitions, broker, ingest, processor);
    }

    public ServeConfig withHttp(HttpAddress address) {
        return new ServeConfig(data, partitions, broker, ingest, processor.listeningOn(address));
    }

    /**
     * @throws IllegalArgumentException if ingest may not listen there as it is
     */
    public ServeConfig withIngest(HttpAddress address) {
        return new ServeConfig(data, partitions, broker, ingest.listeningOn(address), processor);
    }

    /** Where people on this machine, or those who know it by its name, reach it; null where the port is not known before the start. */
    private @Nullable URI ownAddress() {
        HttpAddress http = processor.http();
        if (http.port() == 0) {
            return null;
        }
        boolean isEverywhere = http.host().equals("0.0.0.0") || http.host().equals("::");
        return URI.create("http://" + (isEverywhere ? new HttpAddress(ownName(), http.port()) : http));
    }

    private static String ownName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    /** The processor as it runs here: alerts lead to it, unless the operator has said where else it is reached. */
    ProcessorConfig reachableProcessor() {
        URI own = ownAddress();
        return own == null ? processor : processor.reachedAt(own);
    }

    /** Every key with its value as it holds, spelled as in the file, secrets hidden. */
    public Map<String, String> effective() {
        Map<String, String> table = new LinkedHashMap<>();
        table.put("data", data.toString());
        table.put("partitions", String.valueOf(partitions));
        broker.show(table);
        ingest.effective().forEach((key, value) -> {
            if (!key.startsWith("kafka.") && !key.equals("data") && !key.equals("http.listen")) {
                table.put("ingest." + key, value);
            }
        });
        reachableProcessor().effective().forEach((key, value) -> {
            if (!key.startsWith("kafka.") && !key.equals("digestKeyFile") && !key.equals("stream.stateDirectory")) {
                table.put("processor." + key, value);
            }
        });
        return table;
    }
}
