package io.patchwar.service.tls;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The forms of private keys from before PKCS #8, which openssl wrote for decades. Stateless. */
final class OlderKey {
    private static final byte[] RSA_ALGORITHM = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    private static final byte[] EC_OID = HexFormat.of().parseHex("06072a8648ce3d0201");

    /** The curves of NIST, by the bytes of a key's number. */
    private static final Map<Integer, byte[]> CURVES = Map.of(
            32, HexFormat.of().parseHex("06082a8648ce3d030107"),
            48, HexFormat.of().parseHex("06052b81040022"),
            66, HexFormat.of().parseHex("06052b81040023"));

    private OlderKey() {}

    /**
     * The same key in PKCS #8; what is not of an older form stays as it is.
     *
     * @param form the words of the PEM block
     * @return null for an EC key whose curve cannot be told
     */
    static byte @Nullable [] pkcs8(String form, byte[] der) {
        if (form.equals("RSA PRIVATE KEY")) {
            return wrapped(RSA_ALGORITHM, der);
        }
        if (!form.equals("EC PRIVATE KEY")) {
            return der;
        }
        byte[] curve = curve(der);
        return curve == null ? null : wrapped(sequence(EC_OID, curve), der);
    }

    /** The older forms hold the key alone; around it goes what kind of key it is (RFC 5208). */
    private static byte[] wrapped(byte[] algorithm, byte[] key) {
        return sequence(new byte[] {2, 1, 0}, algorithm, element((byte) 4, key));
    }

    /** The curve's identifier, which RFC 5915 puts in an element tagged 0. */
    private static byte @Nullable [] curve(byte[] der) {
        for (int i = 0; i + 3 < der.length; i++) {
            if (der[i] == (byte) 0xa0
                    && der[i + 2] == 6
                    && der[i + 3] > 0
                    && der[i + 1] == der[i + 3] + 2
                    && i + 2 + der[i + 1] <= der.length) {
                return Arrays.copyOfRange(der, i + 2, i + 2 + der[i + 1]);
            }
        }
        if (der.length < 2) {
            return null;
        }
        // Some leave the name out, and the length of the number tells.
        int number = 2 + (der[1] < 0 ? der[1] & 0x7f : 0) + 3;
        return number + 1 < der.length && der[number] == 4 ? CURVES.get((int) der[number + 1]) : null;
    }

    private static byte[] sequence(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return element((byte) 0x30, all.toByteArray());
    }

    private static byte[] element(byte tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else if (content.length < 0x100) {
            out.write(0x81);
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }
}
