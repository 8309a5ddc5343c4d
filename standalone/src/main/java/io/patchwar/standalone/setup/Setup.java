package io.patchwar.standalone.setup;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All files of one setup, made anew: two runs give two tokens and two sets of keys. Touches no disk. */
public final class Setup {
    /** Of the bridge's topic, where a shipper carries the events. */
    static final String TOPIC = "kube-audit";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TOKEN_BYTES = 32;

    private final SetupRequest request;
    private final Path output;
    private final @Nullable CertificateAuthority authority;

    private Setup(SetupRequest request, Path output, @Nullable CertificateAuthority authority) {
        this.request = request;
        this.output = output;
        this.authority = authority;
    }

    /**
     * The files.
     *
     * @param output absolute path of the directory where they will lie
     */
    public static List<SetupFile> files(SetupRequest request, Path output) {
        return new Setup(request, output, null).files();
    }

    /**
     * The files, with certificates by the authority of an earlier setup: so that one ingest serves several clusters.
     *
     * @param certificate of the authority, as PEM
     * @param key its key, as PEM
     * @throws IllegalArgumentException if they are not that
     */
    public static List<SetupFile> files(SetupRequest request, Path output, String certificate, String key) {
        return new Setup(request, output, CertificateAuthority.read(certificate, key)).files();
    }

    private List<SetupFile> files() {
        List<SetupFile> files = new ArrayList<>(request.platform().takesWebhook() ? webhook() : shipped());
        files.add(0, SetupFile.open("README.md", "next steps, and how to undo them", readme(files)));
        return files;
    }

    private List<SetupFile> webhook() {
        List<SetupFile> files = new ArrayList<>();
        Platform platform = request.platform();
        files.add(SetupFile.open(
                ApiServerFlags.POLICY, "what the API servers record, with the reasons", AuditPolicy.of(request)));
        files.add(SetupFile.open(
                "api-server-flags.txt",
                "the flags of every kube-apiserver, with the reasons",
                ApiServerFlags.text(platform.directory())));
        files.add(SetupFile.open(
                platform.word() + ".yaml",
                "the flags in the form that " + platform.word() + " takes",
                Template.fill(platform.word() + ".yaml", places(Map.of()))));
        Issued tls = tls();
        String token = token();
        files.add(SetupFile.secret(
                ApiServerFlags.KUBECONFIG,
                "where the API servers send events, and how they prove who they are",
                WebhookKubeconfig.of(request, tls, token)));
        files.add(SetupFile.open("ingest.yaml", "for ingest's configuration", IngestSection.webhook(request, output)));
        if (request.isEncrypted()) {
            files.add(SetupFile.open("tls/ca.crt", "the authority that signed both sides", tls.authority()));
            files.add(SetupFile.secret(
                    "tls/ca.key",
                    "its key, for more clusters (--ca) and for renewing; keep it elsewhere",
                    tls.authorityKey()));
            files.add(SetupFile.open(
                    "tls/server.crt", "ingest's certificate", tls.server().certificate()));
            files.add(SetupFile.secret("tls/server.key", "its key", tls.server().key()));
            files.add(SetupFile.secret("token", "the bearer token that ingest expects", token + "\n"));
        }
        return files;
    }

    private List<SetupFile> shipped() {
        List<SetupFile> files = new ArrayList<>();
        if (request.platform() == Platform.OPENSHIFT) {
            files.add(SetupFile.open(
                    "openshift-audit-profile.yaml",
                    "what the API servers record",
                    Template.fill("openshift-audit-profile.yaml", places(Map.of()))));
            files.add(SetupFile.open(
                    "openshift-forwarder.yaml",
                    "carries the events to a Kafka topic",
                    Template.fill("openshift-forwarder.yaml", places(Map.of()))));
        }
        files.add(SetupFile.secret("ingest.yaml", "for ingest's configuration", IngestSection.bridge(request)));
        return files;
    }

    private Issued tls() {
        CertificateAuthority signer = authority != null
                ? authority
                : CertificateAuthority.create("Patchwar first-try authority", request.now(), request.valid());
        return new Issued(
                signer.certificate(),
                signer.key(),
                signer.server("patchwar-ingest", names(), request.now(), request.valid()),
                signer.client(request.cluster(), request.now(), request.valid()));
    }

    /** Every name that ingest may be called by: the address asked for, others named, this machine, and its Service. */
    private List<String> names() {
        Set<String> names = new LinkedHashSet<>();
        String host = request.url().getHost();
        names.add(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
        names.addAll(request.names());
        names.addAll(List.of("localhost", "127.0.0.1", "::1", "patchwar-ingest.patchwar.svc"));
        return List.copyOf(names);
    }

    private static String token() {
        byte[] random = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private String readme(List<SetupFile> files) {
        String table = files.stream()
                .map(file -> "| `" + file.name() + "` | " + file.use() + (file.secret() ? " (secret: mode 0600)" : "")
                        + " |")
                .collect(Collectors.joining("\n"));
        String word = request.platform().word();
        Map<String, String> more = new TreeMap<>(Map.of("table", table));
        if (!request.platform().takesWebhook()) {
            return Template.fill("readme-" + word + ".md", places(more));
        }
        more.put("security", security());
        more.put("reach", reach());
        more.put(
                "steps",
                Template.fill("steps-" + word + ".md", places(Map.of())).stripTrailing());
        more.put("undo", Template.fill("undo-" + word + ".md", places(Map.of())).stripTrailing());
        return Template.fill("readme-webhook.md", places(more));
    }

    private String security() {
        if (!request.isEncrypted()) {
            return "The address is plain HTTP: no certificates were made, the API server sends no token over it, and ingest takes it from"
                    + " its own machine only. For anything but a try on one machine give `--url https://…`.";
        }
        String end = DateTimeFormatter.ISO_LOCAL_DATE.format(
                request.now().plus(request.valid()).atOffset(ZoneOffset.UTC));
        return "Both sides prove who they are: ingest by a certificate for " + String.join(", ", names())
                + "; the API servers by a certificate in the name of `" + request.cluster()
                + "`, and a token on top. **They hold until " + end
                + "** (`--valid`) and are meant for a first try: where you have an authority of your own, put its certificates in their"
                + " place. To renew, run setup again with `--ca tls --force` and exchange the files on both sides; ingest takes new ones"
                + " without a restart, an API server needs one. For another cluster, run setup with `--ca` and this `tls` directory.";
    }

    private String reach() {
        String host = request.url().getHost();
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]")
                ? "\n   **" + host
                        + " is the control-plane node itself**: that works if ingest runs on it (host network), on every"
                        + " control-plane node. Else run setup again with `--url`."
                : "";
    }

    private Map<String, String> places(Map<String, String> more) {
        Map<String, String> places = new TreeMap<>(more);
        Platform platform = request.platform();
        places.put("cluster", request.cluster());
        places.put("platform", platform.word());
        places.put("url", request.url().toString());
        places.put("topic", TOPIC);
        places.put("output", output.toString());
        places.put("directory", platform.directory());
        List<ApiServerFlag> flags = ApiServerFlags.of(platform.directory());
        places.put(
                "namedFlags",
                lines(flags, flag -> "    - name: " + flag.name() + "\n      value: \"" + flag.value() + "\""));
        places.put("mappedFlags", lines(flags, flag -> "            " + flag.name() + ": \"" + flag.value() + "\""));
        places.put(
                "listedFlags",
                lines(
                        // RKE2 has a key of its own for the policy, and a flag given twice is one too many.
                        flags.stream()
                                .filter(flag -> platform != Platform.RKE2
                                        || !flag.name().equals("audit-policy-file"))
                                .toList(),
                        flag -> "  - " + flag.argument()));
        return places;
    }

    private static String lines(List<ApiServerFlag> flags, java.util.function.Function<ApiServerFlag, String> line) {
        return flags.stream().map(line).collect(Collectors.joining("\n"));
    }
}
