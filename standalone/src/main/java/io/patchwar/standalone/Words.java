package io.patchwar.standalone;

import io.patchwar.model.WarClass;
import io.patchwar.service.http.HttpAddress;
import io.patchwar.settings.DidYouMean;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Arguments that are words of the product. */
final class Words {
    static final List<String> CLASSES =
            Arrays.stream(WarClass.values()).map(WarClass::word).toList();

    private Words() {}

    /** A class by its word. */
    static final class ClassWord implements ITypeConverter<WarClass> {
        @Override
        public WarClass convert(String word) {
            return WarClass.of(word)
                    .orElseThrow(() -> new TypeConversionException(
                            "there is no class \"" + word + "\"" + DidYouMean.among(CLASSES, word)));
        }
    }

    /** {@code HOST:PORT}. */
    static final class Address implements ITypeConverter<HttpAddress> {
        @Override
        public HttpAddress convert(String text) {
            HttpAddress address = HttpAddress.parse(text);
            if (address == null) {
                throw new TypeConversionException(
                        "\"" + text + "\" is no HOST:PORT, such as 127.0.0.1:8080 or [::1]:0");
            }
            return address;
        }
    }
}
