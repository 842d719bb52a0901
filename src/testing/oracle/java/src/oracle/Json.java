package oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** Longs and steps as the vectors write them. */
final class Json {
    static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final long EXACT = (1L << 53) - 1;

    private Json() {}

    static long toLong(JsonNode node) {
        if (node.isNumber()) {
            return node.longValue();
        }
        String text = node.asText();
        return text.equals("MAX") ? Long.MAX_VALUE : text.equals("MIN") ? Long.MIN_VALUE : Long.parseLong(text);
    }

    static JsonNode fromLong(long value) {
        if (value == Long.MAX_VALUE || value == Long.MIN_VALUE) {
            return TextNode.valueOf(value > 0 ? "MAX" : "MIN");
        }
        return Math.abs(value) > EXACT ? TextNode.valueOf(Long.toString(value)) : LongNode.valueOf(value);
    }

    static JsonNode orNull(boolean present, long value) {
        return present ? fromLong(value) : NullNode.getInstance();
    }

    static ObjectNode object() {
        return NODES.objectNode();
    }

    static ArrayNode array(Object... items) {
        ArrayNode array = NODES.arrayNode();
        for (Object item : items) {
            if (item instanceof JsonNode) {
                array.add((JsonNode) item);
            } else if (item instanceof Long) {
                array.add(fromLong((Long) item));
            } else if (item instanceof Integer) {
                array.add((Integer) item);
            } else {
                array.add((String) item);
            }
        }
        return array;
    }

    static ObjectNode error(Throwable failure) {
        return object().put("error", failure.getClass().getSimpleName());
    }

    /** What one step of a case comes to. */
    interface Step {
        JsonNode perform(JsonNode step) throws Exception;
    }

    /** All steps; the first that fails is the last. */
    static ObjectNode steps(JsonNode given, Step step) {
        ObjectNode expect = object();
        ArrayNode steps = expect.putArray("steps");
        for (JsonNode one : given.path("steps")) {
            try {
                steps.add(step.perform(one));
            } catch (Exception failure) {
                steps.add(error(failure));
                break;
            }
        }
        return expect;
    }
}
