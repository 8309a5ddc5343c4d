package io.patchwar.standalone.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerNameTest {
    @ParameterizedTest
    @CsvSource({
        "/a/audit.log, /a/audit.log",
        "/a/audit-2026-11-23T04-23-17.422.log, /a/audit.log",
        "/a/audit-2026-11-23T04-23-17.422.log.gz, /a/audit.log",
        "/a/audit.log.1, /a/audit.log",
        "/a/audit.log.12.gz, /a/audit.log",
        "/a/audit.log-20261123, /a/audit.log",
        "/a/audit.log-20261123-1432.zst, /a/audit.log",
        "kube-apiserver-869d, kube-apiserver-869d",
        "/b/node-1/audit.log, /b/node-1/audit.log",
        "two-servers-a.jsonl.gz, two-servers-a.jsonl",
        "10.0.0.1, 10.0.0.1",
    })
    void rotatedFilesAreOneServers(String source, String server) {
        assertThat(ServerName.of(source)).isEqualTo(server);
    }
}
