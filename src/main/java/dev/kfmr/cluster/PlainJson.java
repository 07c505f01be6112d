package dev.kfmr.cluster;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as maps, lists, texts, numbers and booleans, by Jackson's parser alone: what binds JSON to types takes a new JVM more
 * time than a look at a cluster has. A field that is null is left out, as Kubernetes reads it.
 */
final class PlainJson {
    private static final JsonFactory FORM = new JsonFactory();

    private PlainJson() {}

    /** The object that a text is; empty when it is none. @throws IOException when it is no JSON */
    static Map<String, Object> object(byte[] text) throws IOException {
        try (JsonParser parser = FORM.createParser(text)) {
            return parser.nextToken() == JsonToken.START_OBJECT ? fields(parser) : Map.of();
        }
    }

    private static Map<String, Object> fields(JsonParser parser) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            Object value = value(parser);
            if (value != null) {
                fields.put(name, value);
            }
        }
        return fields;
    }

    private static List<Object> items(JsonParser parser) throws IOException {
        List<Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Object value = value(parser);
            if (value != null) {
                items.add(value);
            }
        }
        return items;
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return fields(parser);
        }
        if (token == JsonToken.START_ARRAY) {
            return items(parser);
        }
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (token.isNumeric()) {
            return parser.getNumberValue();
        }
        return token.isBoolean() ? (Object) parser.getBooleanValue() : parser.getText();
    }
}
