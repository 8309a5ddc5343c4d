package io.patchwar.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Whatever reads an audit log and says who fights whom: the core alone, a topology, the whole product. */
public interface Engine {

    /**
     * Judges a log as a whole.
     *
     * @param auditLines one audit event each, without line ends, in the order in which they arrive
     * @return the scan document: {@code {"schema":…,"wars":[…],"findings":[…],"conflicts":[…],"input":{…},"sight":{…}}}
     */
    JsonNode judge(List<byte[]> auditLines);
}
