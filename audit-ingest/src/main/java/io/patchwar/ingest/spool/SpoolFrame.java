package io.patchwar.ingest.spool;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.patchwar.ingest.pipeline.OutRecord;
import io.patchwar.model.wire.TopicName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Some records as they lie in a spool: length of what follows the head, CRC-32C of that, then the length unpacked and the
 * records, packed with zstd. Stateless.
 */
final class SpoolFrame {
    static final int HEAD = 8;

    /** No frame is longer: a length beyond it is no length. */
    static final int LONGEST = 128 << 20;

    private static final int LEVEL = 1;
    private static final int VERSION = 1;

    private SpoolFrame() {}

    static ByteBuffer of(List<OutRecord> records) {
        byte[] plain = plain(records);
        byte[] packed = Zstd.compress(plain, LEVEL);
        ByteBuffer frame = ByteBuffer.allocate(HEAD + 4 + packed.length);
        frame.putInt(4 + packed.length)
                .putInt(0)
                .putInt(plain.length)
                .put(packed)
                .flip();
        frame.putInt(4, crc(frame.array(), HEAD, frame.limit() - HEAD));
        return frame;
    }

    /** Whether what stands behind a head is what was written there. */
    static boolean isWhole(byte[] b, int head, int length) {
        return crc(b, head + HEAD, length) == ByteBuffer.wrap(b).getInt(head + 4);
    }

    /** The records of the frame whose head is at that index; null if they cannot be made out. */
    static @Nullable List<OutRecord> records(byte[] b, int head, int length) {
        int unpacked = ByteBuffer.wrap(b).getInt(head + HEAD);
        if (unpacked < 0 || unpacked > 2 * LONGEST) {
            return null;
        }
        byte[] packed = java.util.Arrays.copyOfRange(b, head + HEAD + 4, head + HEAD + length);
        try {
            return parse(Zstd.decompress(packed, unpacked));
        } catch (ZstdException | IOException e) {
            return null;
        }
    }

    private static int crc(byte[] b, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(b, from, length);
        return (int) crc.getValue();
    }

    private static byte[] plain(List<OutRecord> records) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(
                records.stream().mapToInt(OutRecord::weight).sum() + 16);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeInt(records.size());
            for (OutRecord record : records) {
                out.writeByte(record.topic() == TopicName.DEAD_LETTERS ? 1 : 0);
                out.writeLong(record.time().toEpochMilli());
                write(out, bytes(record.cluster()));
                write(out, bytes(record.source()));
                byte[] key = record.key();
                out.writeBoolean(key != null);
                if (key != null) {
                    write(out, key);
                }
                write(out, record.value());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static List<OutRecord> parse(byte[] plain) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(plain));
        if (in.readByte() != VERSION) {
            throw new IOException("a spool of another version");
        }
        int count = in.readInt();
        List<OutRecord> records = new ArrayList<>(Math.min(count, 10_000));
        for (int i = 0; i < count; i++) {
            TopicName topic = in.readByte() == 1 ? TopicName.DEAD_LETTERS : TopicName.AUDIT_EVENTS;
            Instant time = Instant.ofEpochMilli(in.readLong());
            String cluster = new String(read(in), java.nio.charset.StandardCharsets.UTF_8);
            String source = new String(read(in), java.nio.charset.StandardCharsets.UTF_8);
            byte[] key = in.readBoolean() ? read(in) : null;
            records.add(new OutRecord(topic, key, read(in), cluster, source, time));
        }
        return records;
    }

    private static byte[] read(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("a length beyond the end");
        }
        return in.readNBytes(length);
    }
}
