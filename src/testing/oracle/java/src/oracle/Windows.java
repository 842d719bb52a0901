package oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.datastream.WindowedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.operators.StreamOperatorFactory;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.api.windowing.assigners.WindowAssigner;
import org.apache.flink.streaming.api.windowing.triggers.Trigger;
import org.apache.flink.streaming.api.windowing.triggers.TriggerResult;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.streaming.api.windowing.windows.Window;
import org.apache.flink.streaming.runtime.operators.windowing.WindowOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Records cases of the family window-operator. Results of one timer time are told as `ties`, in Flink's order. */
@SuppressWarnings({"unchecked", "rawtypes"})
final class Windows extends StepHarness<KeyedOneInputStreamOperatorTestHarness<String, Tuple2<String, Long>, String>> {
    private static final OutputTag<Tuple2<String, Long>> LATE = new OutputTag<>("late", ELEMENT);

    private final JsonNode given;
    private final List<long[]> timers = new ArrayList<>();

    private Windows(JsonNode given) {
        this.given = given;
    }

    static JsonNode expect(JsonNode given) throws Exception {
        try (Windows windows = new Windows(given)) {
            CURRENT = windows;
            try {
                windows.open();
            } catch (UnsupportedOperationException | IllegalArgumentException refused) {
                return Json.error(refused);
            }
            return Json.steps(given, windows::step);
        }
    }

    @Override
    KeyedOneInputStreamOperatorTestHarness<String, Tuple2<String, Long>, String> make() throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(factory(), (KeySelector<Tuple2<String, Long>, String>) element -> element.f0, Types.STRING);
    }

    /** The operator that the public API builds. */
    private StreamOperatorFactory<String> factory() {
        WindowAssigner assigner = Windowing.assigner(given.get("assigner"));
        WindowedStream<Tuple2<String, Long>, String, Window> windowed =
                StreamExecutionEnvironment.getExecutionEnvironment()
                        .fromData(ELEMENT, Tuple2.of("", 0L))
                        .keyBy(element -> element.f0, Types.STRING)
                        .window(assigner);
        windowed.trigger(new Listening(Windowing.trigger(given.get("trigger"), assigner)));
        if (!given.get("evictor").isNull()) {
            windowed.evictor(Windowing.evictor(given.get("evictor")));
        }
        windowed.allowedLateness(Duration.ofMillis(Json.toLong(given.get("allowedLateness"))));
        if (given.get("lateOutput").asBoolean()) {
            windowed.sideOutputLateData(LATE);
        }
        boolean merging = given.get("assigner").get("type").asText().toLowerCase().endsWith("session");
        OneInputTransformation<?, String> made;
        switch (given.get("function").asText()) {
            case "sum":
                made = transformation(windowed.reduce((a, b) -> Tuple2.of(a.f0, a.f1 + b.f1), new Emitting("sum", merging), Types.STRING));
                break;
            case "count":
                made = transformation(windowed.aggregate(new Count(), new Emitting("count", merging), Types.LONG, Types.LONG, Types.STRING));
                break;
            default:
                made = transformation(windowed.process(new Emitting(given.get("function").asText(), merging), Types.STRING));
        }
        return made.getOperatorFactory();
    }

    private static OneInputTransformation<?, String> transformation(org.apache.flink.streaming.api.datastream.DataStream<String> stream) {
        return (OneInputTransformation<?, String>) stream.getTransformation();
    }

    private JsonNode step(JsonNode step) throws Exception {
        timers.clear();
        switch (step.get(0).asText()) {
            case "record":
                harness.processElement(record(Tuple2.of(step.get(1).asText(), step.get(2).asLong()), step.get(3)));
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
        ObjectNode result = Json.object();
        ArrayNode out = result.putArray("out");
        int elements = 0;
        List<Object> taken = take();
        for (Object element : taken) {
            if (element instanceof Watermark) {
                out.addObject().set("watermark", Json.fromLong(((Watermark) element).getTimestamp()));
            } else {
                StreamRecord<String> record = (StreamRecord<String>) element;
                elements++;
                out.addObject().<ObjectNode>set("record", Json.MAPPER.readTree(record.getValue())).set("timestamp", timestamp(record));
            }
        }
        ties(result, elements);
        if (harness.getSideOutput(LATE) != null) {
            for (StreamRecord<Tuple2<String, Long>> late : harness.getSideOutput(LATE)) {
                ObjectNode told = out.addObject();
                told.putObject("late").put("key", late.getValue().f0).put("value", late.getValue().f1);
                told.set("timestamp", timestamp(late));
            }
            harness.getSideOutput(LATE).clear();
        }
        result.put("eventTimers", harness.numEventTimeTimers());
        result.put("processingTimers", harness.numProcessingTimeTimers());
        Field counter = WindowOperator.class.getDeclaredField("numLateRecordsDropped");
        counter.setAccessible(true);
        result.put("lateDropped", ((Counter) counter.get(harness.getOperator())).getCount());
        result.put("stateEntries", harness.numKeyedStateEntries());
        return result;
    }

    /** Ranges of results that timers of one time made. */
    private void ties(ObjectNode result, int elements) {
        ArrayNode ties = Json.array();
        for (int i = 0; i < timers.size(); ) {
            int from = (int) timers.get(i)[1];
            int next = i + 1;
            while (next < timers.size() && timers.get(next)[0] == timers.get(i)[0]) {
                next++;
            }
            int to = next < timers.size() ? (int) timers.get(next)[1] : elements;
            if (to - from > 1) {
                ties.add(Json.array(from, to));
            }
            i = next;
        }
        if (!ties.isEmpty()) {
            result.set("ties", ties);
        }
    }

    /** One case at a time: triggers and functions are serialized on their way into the operator. */
    private static Windows CURRENT;

    /** A trigger that tells when timers call it. */
    private static final class Listening extends Trigger<Tuple2<String, Long>, Window> {
        private final Trigger<Tuple2<String, Long>, Window> of;

        Listening(Trigger<Tuple2<String, Long>, Window> of) {
            this.of = of;
        }

        private void called(long time) {
            CURRENT.timers.add(new long[] {time, CURRENT.harness.getOutput().size()});
        }

        @Override
        public TriggerResult onElement(Tuple2<String, Long> element, long timestamp, Window window, TriggerContext context) throws Exception {
            return of.onElement(element, timestamp, window, context);
        }

        @Override
        public TriggerResult onProcessingTime(long time, Window window, TriggerContext context) throws Exception {
            called(time);
            return of.onProcessingTime(time, window, context);
        }

        @Override
        public TriggerResult onEventTime(long time, Window window, TriggerContext context) throws Exception {
            called(time);
            return of.onEventTime(time, window, context);
        }

        @Override
        public boolean canMerge() {
            return of.canMerge();
        }

        @Override
        public void onMerge(Window window, OnMergeContext context) throws Exception {
            of.onMerge(window, context);
        }

        @Override
        public void clear(Window window, TriggerContext context) throws Exception {
            of.clear(window, context);
        }
    }

    private static final class Count implements AggregateFunction<Tuple2<String, Long>, Long, Long> {
        @Override
        public Long createAccumulator() {
            return 0L;
        }

        @Override
        public Long add(Tuple2<String, Long> element, Long count) {
            return count + 1;
        }

        @Override
        public Long getResult(Long count) {
            return count;
        }

        @Override
        public Long merge(Long a, Long b) {
            return a + b;
        }
    }

    /** `states` counts firings for the key and, unless windows merge, for the window, in front of the values. */
    private static final class Emitting<T> extends ProcessWindowFunction<T, String, String, Window> {
        private static final ValueStateDescriptor<Long> FIRINGS = new ValueStateDescriptor<>("firings", Types.LONG);
        private static final ValueStateDescriptor<Long> OF_WINDOW = new ValueStateDescriptor<>("windowFirings", Types.LONG);
        private final String name;
        private final boolean merging;

        Emitting(String name, boolean merging) {
            this.name = name;
            this.merging = merging;
        }

        private static long counted(ValueState<Long> state) throws Exception {
            long count = (state.value() == null ? 0 : state.value()) + 1;
            state.update(count);
            return count;
        }

        @Override
        public void process(String key, Context context, Iterable<T> elements, Collector<String> out) throws Exception {
            ObjectNode result = Json.object().put("key", key);
            ArrayNode values = Json.array();
            if (name.equals("states")) {
                values.add(counted(context.globalState().getState(FIRINGS)));
                if (!merging) {
                    values.add(counted(context.windowState().getState(OF_WINDOW)));
                }
            }
            for (T element : elements) {
                if (element == null) {
                    values.addNull();
                } else {
                    values.add(element instanceof Long ? (Long) element : ((Tuple2<String, Long>) element).f1);
                }
            }
            result.set("value", name.equals("sum") || name.equals("count") ? values.get(0) : values);
            Window window = context.window();
            if (window instanceof TimeWindow) {
                result.set("window", Json.array(((TimeWindow) window).getStart(), ((TimeWindow) window).getEnd()));
            } else {
                result.put("window", "global");
            }
            out.collect(result.toString());
        }

        @Override
        public void clear(Context context) throws Exception {
            if (name.equals("states") && !merging) {
                context.windowState().getState(OF_WINDOW).clear();
            }
        }
    }
}
