package oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.functions.CoGroupFunction;
import org.apache.flink.api.common.functions.JoinFunction;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.typeinfo.TypeHint;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.co.ProcessJoinFunction;
import org.apache.flink.streaming.api.operators.co.IntervalJoinOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.api.windowing.assigners.WindowAssigner;
import org.apache.flink.streaming.api.windowing.evictors.CountEvictor;
import org.apache.flink.streaming.api.windowing.triggers.CountTrigger;
import org.apache.flink.streaming.api.windowing.triggers.PurgingTrigger;
import org.apache.flink.streaming.api.windowing.triggers.Trigger;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.api.datastream.CoGroupedStreams.TaggedUnion;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.operators.StreamOperatorFactory;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Records cases of the family joins. */
@SuppressWarnings({"unchecked", "rawtypes", "deprecation"})
final class Joins {
    private static final TypeInformation<Tuple2<String, String>> PAIR = TypeInformation.of(new TypeHint<Tuple2<String, String>>() {});
    private static final OutputTag<Tuple2<String, String>> LEFT = new OutputTag<>("left", PAIR);
    private static final OutputTag<Tuple2<String, String>> RIGHT = new OutputTag<>("right", PAIR);

    private Joins() {}

    static JsonNode expect(JsonNode given) throws Exception {
        if (given.get("kind").asText().equals("interval")) {
            try (Interval interval = new Interval(given)) {
                try {
                    interval.open();
                } catch (IllegalArgumentException refused) {
                    return Json.error(refused);
                }
                return Json.steps(given, interval::step);
            }
        }
        try (Windowed windowed = new Windowed(given)) {
            windowed.open();
            return Json.steps(given, windowed::step);
        }
    }

    private static final class Interval
            extends StepHarness<KeyedTwoInputStreamOperatorTestHarness<String, Tuple2<String, String>, Tuple2<String, String>, String>> {
        private final JsonNode given;

        Interval(JsonNode given) {
            this.given = given;
        }

        @Override
        KeyedTwoInputStreamOperatorTestHarness<String, Tuple2<String, String>, Tuple2<String, String>, String> make() throws Exception {
            boolean late = given.get("lateOutputs").asBoolean();
            // As KeyedStream.intervalJoin() makes it.
            return new KeyedTwoInputStreamOperatorTestHarness<>(
                    new IntervalJoinOperator<>(
                            Json.toLong(given.get("lower")),
                            Json.toLong(given.get("upper")),
                            given.get("lowerInclusive").asBoolean(),
                            given.get("upperInclusive").asBoolean(),
                            late ? LEFT : null,
                            late ? RIGHT : null,
                            PAIR.createSerializer(new org.apache.flink.api.common.serialization.SerializerConfigImpl()),
                            PAIR.createSerializer(new org.apache.flink.api.common.serialization.SerializerConfigImpl()),
                            new Joining()),
                    element -> element.f0,
                    element -> element.f0,
                    Types.STRING);
        }

        JsonNode step(JsonNode step) throws Exception {
            String kind = step.get(0).asText();
            switch (kind) {
                case "left":
                    harness.processElement1(record(Tuple2.of(step.get(1).asText(), step.get(2).asText()), step.get(3)));
                    break;
                case "right":
                    harness.processElement2(record(Tuple2.of(step.get(1).asText(), step.get(2).asText()), step.get(3)));
                    break;
                case "watermark":
                    harness.processBothWatermarks(new Watermark(Json.toLong(step.get(1))));
                    break;
                case "watermarkLeft":
                    harness.processWatermark1(new Watermark(Json.toLong(step.get(1))));
                    break;
                case "watermarkRight":
                    harness.processWatermark2(new Watermark(Json.toLong(step.get(1))));
                    break;
                case "statusLeft":
                    harness.processWatermarkStatus1(status(step.get(1)));
                    break;
                case "statusRight":
                    harness.processWatermarkStatus2(status(step.get(1)));
                    break;
                default:
                    restore();
            }
            List<JsonNode> records = new ArrayList<>();
            List<JsonNode> others = new ArrayList<>();
            for (Object element : take()) {
                if (element instanceof StreamRecord) {
                    StreamRecord<String> record = (StreamRecord<String>) element;
                    records.add(Json.array("record", Json.MAPPER.readTree(record.getValue()), timestamp(record)));
                } else {
                    others.add(pair(element));
                }
            }
            int partner = kind.equals("left") ? 3 : 1;
            records.sort(Comparator.comparingLong(line -> Json.toLong(line.get(1).get(partner))));
            ObjectNode result = Json.object();
            ArrayNode out = result.putArray("out").addAll(records).addAll(others);
            late(out, "left", LEFT);
            late(out, "right", RIGHT);
            result.put("left", buffered("getLeftBuffer"));
            result.put("right", buffered("getRightBuffer"));
            result.put("timers", harness.numEventTimeTimers());
            return result;
        }

        private void late(ArrayNode out, String side, OutputTag<Tuple2<String, String>> tag) {
            if (harness.getSideOutput(tag) != null) {
                for (StreamRecord<Tuple2<String, String>> late : harness.getSideOutput(tag)) {
                    out.add(Json.array("late", side, late.getValue().f1, timestamp(late)));
                }
                harness.getSideOutput(tag).clear();
            }
        }

        private int buffered(String getter) throws Exception {
            Method method = IntervalJoinOperator.class.getDeclaredMethod(getter);
            method.setAccessible(true);
            MapState<Long, List<?>> buffer = (MapState<Long, List<?>>) method.invoke(harness.getOperator());
            KeyedStateBackend backend = harness.getOperator().getKeyedStateBackend();
            List<Object> keys;
            String name = getter.equals("getLeftBuffer") ? "LEFT_BUFFER" : "RIGHT_BUFFER";
            try (Stream<Object> stream = backend.getKeys(name, VoidNamespace.INSTANCE)) {
                keys = stream.collect(Collectors.toList());
            }
            int count = 0;
            for (Object key : keys) {
                backend.setCurrentKey(key);
                for (List<?> bucket : buffer.values()) {
                    count += bucket.size();
                }
            }
            return count;
        }
    }

    private static final class Joining extends ProcessJoinFunction<Tuple2<String, String>, Tuple2<String, String>, String> {
        @Override
        public void processElement(Tuple2<String, String> left, Tuple2<String, String> right, Context context, Collector<String> out) {
            out.collect(Json.array(left.f1, context.getLeftTimestamp(), right.f1, context.getRightTimestamp()).toString());
        }
    }

    private static final class Windowed
            extends StepHarness<KeyedOneInputStreamOperatorTestHarness<String, TaggedUnion<Tuple2<String, String>, Tuple2<String, String>>, String>> {
        private final JsonNode given;

        Windowed(JsonNode given) {
            this.given = given;
        }

        @Override
        KeyedOneInputStreamOperatorTestHarness<String, TaggedUnion<Tuple2<String, String>, Tuple2<String, String>>, String> make() throws Exception {
            StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
            DataStream<Tuple2<String, String>> left = environment.fromData(PAIR, Tuple2.of("", ""));
            DataStream<Tuple2<String, String>> right = environment.fromData(PAIR, Tuple2.of("", ""));
            DataStream<String> made = given.get("kind").asText().equals("windowJoin") ? joined(left, right) : coGrouped(left, right);
            StreamOperatorFactory<String> factory = ((OneInputTransformation<?, String>) made.getTransformation()).getOperatorFactory();
            KeySelector<TaggedUnion<Tuple2<String, String>, Tuple2<String, String>>, String> key =
                    element -> element.isOne() ? element.getOne().f0 : element.getTwo().f0;
            return new KeyedOneInputStreamOperatorTestHarness<>(factory, key, Types.STRING);
        }

        private WindowAssigner assigner() {
            ObjectNode window = given.get("window").deepCopy();
            boolean processing = window.get("type").asText().equals("tumblingProcessing");
            if (processing) {
                window.put("type", "tumbling");
            }
            return Windowing.assigner(window.put("time", processing ? "processing" : "event"));
        }

        private Trigger trigger() {
            JsonNode trigger = given.get("trigger");
            if (trigger.isNull()) {
                return null;
            }
            Trigger counting = CountTrigger.of(trigger.get("count").asLong());
            return trigger.get("purging").asBoolean() ? PurgingTrigger.of(counting) : counting;
        }

        private CountEvictor evictor() {
            JsonNode evictor = given.get("evictor");
            return evictor.isNull() ? null : CountEvictor.of(evictor.get("count").asLong(), evictor.get("after").asBoolean());
        }

        private DataStream<String> joined(DataStream<Tuple2<String, String>> left, DataStream<Tuple2<String, String>> right) {
            return left.join(right)
                    .where(element -> element.f0, Types.STRING)
                    .equalTo(element -> element.f0, Types.STRING)
                    .window(assigner())
                    .trigger(trigger())
                    .evictor(evictor())
                    .allowedLateness(Duration.ofMillis(Json.toLong(given.get("allowedLateness"))))
                    .apply((JoinFunction<Tuple2<String, String>, Tuple2<String, String>, String>) (a, b) -> Json.array(a.f0, a.f1, b.f1).toString(), Types.STRING);
        }

        private DataStream<String> coGrouped(DataStream<Tuple2<String, String>> left, DataStream<Tuple2<String, String>> right) {
            return left.coGroup(right)
                    .where(element -> element.f0, Types.STRING)
                    .equalTo(element -> element.f0, Types.STRING)
                    .window(assigner())
                    .trigger(trigger())
                    .evictor(evictor())
                    .allowedLateness(Duration.ofMillis(Json.toLong(given.get("allowedLateness"))))
                    .apply((CoGroupFunction<Tuple2<String, String>, Tuple2<String, String>, String>) Joins::grouped, Types.STRING);
        }

        JsonNode step(JsonNode step) throws Exception {
            String kind = step.get(0).asText();
            switch (kind) {
                case "left":
                case "right":
                    Tuple2<String, String> element = Tuple2.of(step.get(1).asText(), step.get(2).asText());
                    harness.processElement(record(kind.equals("left") ? TaggedUnion.one(element) : TaggedUnion.two(element), step.get(3)));
                    break;
                case "watermark":
                    harness.processWatermark(Json.toLong(step.get(1)));
                    break;
                case "processingTime":
                    harness.setProcessingTime(Json.toLong(step.get(1)));
                    break;
                default:
                    restore();
            }
            List<JsonNode> records = new ArrayList<>();
            List<JsonNode> watermarks = new ArrayList<>();
            for (Object element : take()) {
                if (element instanceof StreamRecord) {
                    StreamRecord<String> record = (StreamRecord<String>) element;
                    records.add(Json.array("record", Json.MAPPER.readTree(record.getValue()), timestamp(record)));
                } else {
                    watermarks.add(pair(element));
                }
            }
            if (kind.equals("watermark") || kind.equals("processingTime")) {
                records.sort(Comparator.<JsonNode>comparingLong(line -> Json.toLong(line.get(2))).thenComparing(line -> line.get(1).get(0).asText()));
            }
            ObjectNode result = Json.object();
            result.putArray("out").addAll(records).addAll(watermarks);
            return result;
        }
    }

    private static void grouped(Iterable<Tuple2<String, String>> left, Iterable<Tuple2<String, String>> right, Collector<String> out) {
        ArrayNode lefts = Json.array();
        ArrayNode rights = Json.array();
        String key = null;
        for (Tuple2<String, String> element : left) {
            key = element.f0;
            lefts.add(element.f1);
        }
        for (Tuple2<String, String> element : right) {
            key = element.f0;
            rights.add(element.f1);
        }
        out.collect(Json.array(key, lefts, rights).toString());
    }
}
