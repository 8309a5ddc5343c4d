package io.patchwar.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import org.duckdb.DuckDBDriver;

/**
 * The first rival: DuckDB, asked for the value returns of one field with {@code value-returns.sql}. Run as
 * {@code DuckDbReturns FILE} it prints one line {@code namespace/name returns} for each Service that has any.
 */
public final class DuckDbReturns {
    private DuckDbReturns() {}

    public static void main(String[] arguments) throws SQLException, IOException {
        if (arguments.length != 1) {
            System.err.println("usage: DuckDbReturns FILE");
            System.exit(2);
        }
        in(arguments[0]).forEach((service, returns) -> System.out.println(service + " " + returns));
    }

    /** Value returns by {@code namespace/name}. */
    static SortedMap<String, Long> in(String file) throws SQLException, IOException {
        Properties settings = new Properties();
        settings.setProperty("threads", "2");
        // Four times what the query was seen to use: a limit, not a handicap.
        settings.setProperty("memory_limit", "2GB");
        SortedMap<String, Long> returns = new TreeMap<>();
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", settings);
                PreparedStatement query = connection.prepareStatement(query())) {
            query.setString(1, file);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    returns.put(rows.getString(1) + "/" + rows.getString(2), rows.getLong(3));
                }
            }
        }
        return returns;
    }

    static String query() throws IOException {
        try (InputStream in = DuckDbReturns.class.getResourceAsStream("value-returns.sql")) {
            if (in == null) {
                throw new IllegalStateException("missing resource value-returns.sql");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
