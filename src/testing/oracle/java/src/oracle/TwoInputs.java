package oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.CoProcessFunction;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.streaming.api.operators.co.CoProcessOperator;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.StatusWatermarkValve;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;

/** Records cases of the family two-input-watermarks. */
final class TwoInputs {
    private TwoInputs() {}

    static JsonNode expect(JsonNode given) throws Exception {
        switch (given.get("kind").asText()) {
            case "operator":
                try (Echo echo = new Echo()) {
                    echo.open();
                    return Json.steps(given, step -> {
                        echo.input(step.get(0).asText(), step.get(1).asInt(), step.get(2), step.path(3));
                        return echo.told();
                    });
                }
            case "keyed":
                try (Keyed keyed = new Keyed()) {
                    keyed.open();
                    return Json.steps(given, keyed::step);
                }
            default:
                try (Echo echo = new Echo()) {
                    echo.open();
                    return new Task(given.get("channels"), echo).run(given);
                }
        }
    }

    static String shown(long time) {
        return time == Long.MAX_VALUE ? "MAX" : time == Long.MIN_VALUE ? "MIN" : Long.toString(time);
    }

    private static final class Echo extends StepHarness<TwoInputStreamOperatorTestHarness<String, String, String>> {
        @Override
        TwoInputStreamOperatorTestHarness<String, String, String> make() throws Exception {
            return new TwoInputStreamOperatorTestHarness<>(new CoProcessOperator<>(new CoProcessFunction<String, String, String>() {
                @Override
                public void processElement1(String value, Context context, Collector<String> out) {
                    out.collect("1:" + value + "@" + shown(context.timerService().currentWatermark()));
                }

                @Override
                public void processElement2(String value, Context context, Collector<String> out) {
                    out.collect("2:" + value + "@" + shown(context.timerService().currentWatermark()));
                }
            }));
        }

        void input(String kind, int input, JsonNode what, JsonNode timestamp) throws Exception {
            switch (kind) {
                case "record":
                    if (input == 1) {
                        harness.processElement1(record(what.asText(), timestamp));
                    } else {
                        harness.processElement2(record(what.asText(), timestamp));
                    }
                    break;
                case "watermark":
                    watermark(harness, input, new Watermark(Json.toLong(what)));
                    break;
                default:
                    TwoInputs.status(harness, input, status(what));
            }
        }

        ArrayNode told() {
            return lines(this);
        }
    }

    static void watermark(TwoInputStreamOperatorTestHarness<?, ?, ?> harness, int input, Watermark watermark) throws Exception {
        if (input == 1) {
            harness.processWatermark1(watermark);
        } else {
            harness.processWatermark2(watermark);
        }
    }

    static void status(TwoInputStreamOperatorTestHarness<?, ?, ?> harness, int input, WatermarkStatus status) throws Exception {
        if (input == 1) {
            harness.processWatermarkStatus1(status);
        } else {
            harness.processWatermarkStatus2(status);
        }
    }

    private static ArrayNode lines(StepHarness<?> steps) {
        ArrayNode lines = Json.array();
        for (Object element : steps.take()) {
            if (element instanceof StreamRecord) {
                StreamRecord<?> record = (StreamRecord<?>) element;
                lines.add(Json.array("record", (String) record.getValue(), StepHarness.timestamp(record)));
            } else {
                lines.add(StepHarness.pair(element));
            }
        }
        return lines;
    }

    /** Valves in front, a network output behind: it drops watermarks while it is announced idle. */
    private static final class Task {
        private final StatusWatermarkValve[] valves;
        private final Echo echo;
        private boolean idle;

        Task(JsonNode channels, Echo echo) {
            valves = new StatusWatermarkValve[] {new StatusWatermarkValve(channels.get(0).asInt()), new StatusWatermarkValve(channels.get(1).asInt())};
            this.echo = echo;
        }

        JsonNode run(JsonNode given) {
            return Json.steps(given, step -> {
                String kind = step.get(0).asText();
                int input = step.get(1).asInt();
                if (kind.equals("record")) {
                    echo.input(kind, input, step.get(3), step.get(4));
                } else {
                    Watermarks.input(valves[input - 1], kind, step.get(2).asInt(), step.get(3), new Watermarks.Told() {
                        @Override
                        public void emitWatermark(Watermark watermark) throws Exception {
                            watermark(echo.harness, input, watermark);
                        }

                        @Override
                        public void emitWatermarkStatus(WatermarkStatus status) throws Exception {
                            status(echo.harness, input, status);
                        }
                    });
                }
                return leaving(echo.told());
            });
        }

        private ArrayNode leaving(ArrayNode lines) {
            ArrayNode left = Json.array();
            for (JsonNode line : lines) {
                switch (line.get(0).asText()) {
                    case "watermark":
                        if (!idle) {
                            left.add(line);
                        }
                        break;
                    case "status":
                        boolean now = line.get(1).asText().equals("idle");
                        if (now != idle) {
                            idle = now;
                            left.add(line);
                        }
                        break;
                    default:
                        left.add(line);
                }
            }
            return left;
        }
    }

    private static final class Keyed
            extends StepHarness<KeyedTwoInputStreamOperatorTestHarness<String, Tuple3<String, String, Long>, Tuple3<String, String, Long>, String>> {
        @Override
        KeyedTwoInputStreamOperatorTestHarness<String, Tuple3<String, String, Long>, Tuple3<String, String, Long>, String> make() throws Exception {
            return new KeyedTwoInputStreamOperatorTestHarness<>(
                    new KeyedCoProcessOperator<>(new Sum()), element -> element.f0, element -> element.f0, Types.STRING);
        }

        JsonNode step(JsonNode step) throws Exception {
            switch (step.get(0).asText()) {
                case "add":
                    harness.processElement1(record(Tuple3.of(step.get(1).asText(), "add", step.get(2).asLong()), step.get(3)));
                    break;
                case "timer":
                    harness.processElement2(
                            record(Tuple3.of(step.get(1).asText(), step.get(2).asText(), Json.toLong(step.get(3))), step.get(4)));
                    break;
                case "watermark":
                    watermark(harness, step.get(1).asInt(), new Watermark(Json.toLong(step.get(2))));
                    break;
                case "status":
                    TwoInputs.status(harness, step.get(1).asInt(), status(step.get(2)));
                    break;
                case "processingTime":
                    harness.setProcessingTime(Json.toLong(step.get(1)));
                    break;
                default:
                    restore();
            }
            return lines(this);
        }
    }

    private static final class Sum extends KeyedCoProcessFunction<String, Tuple3<String, String, Long>, Tuple3<String, String, Long>, String> {
        private transient ValueState<Long> sum;

        @Override
        public void open(OpenContext context) {
            sum = getRuntimeContext().getState(new ValueStateDescriptor<>("sum", Types.LONG));
        }

        @Override
        public void processElement1(Tuple3<String, String, Long> add, Context context, Collector<String> out) throws Exception {
            sum.update((sum.value() == null ? 0 : sum.value()) + add.f2);
            out.collect(add.f0 + "=" + sum.value() + "@" + shown(context.timerService().currentWatermark()));
        }

        @Override
        public void processElement2(Tuple3<String, String, Long> timer, Context context, Collector<String> out) {
            TimerService timers = context.timerService();
            switch (timer.f1) {
                case "event":
                    timers.registerEventTimeTimer(timer.f2);
                    break;
                case "processing":
                    timers.registerProcessingTimeTimer(timer.f2);
                    break;
                case "deleteEvent":
                    timers.deleteEventTimeTimer(timer.f2);
                    break;
                default:
                    timers.deleteProcessingTimeTimer(timer.f2);
            }
        }

        @Override
        public void onTimer(long time, OnTimerContext context, Collector<String> out) throws Exception {
            String domain = context.timeDomain() == TimeDomain.EVENT_TIME ? "event" : "processing";
            String at = shown(context.timerService().currentWatermark());
            out.collect(domain + " " + shown(time) + " " + context.getCurrentKey() + "=" + sum.value() + "@" + at);
            sum.clear();
        }
    }
}
