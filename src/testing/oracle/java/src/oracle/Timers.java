package oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;

/** Records cases of the family timers, in Flink's own order. */
final class Timers extends StepHarness<KeyedOneInputStreamOperatorTestHarness<String, Tuple2<String, String>, String>> {
    private final JsonNode given;

    private Timers(JsonNode given) {
        this.given = given;
    }

    static JsonNode expect(JsonNode given) throws Exception {
        try (Timers timers = new Timers(given)) {
            timers.open();
            return Json.steps(given, timers::step);
        }
    }

    @Override
    KeyedOneInputStreamOperatorTestHarness<String, Tuple2<String, String>, String> make() throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new Scripted(given.get("onTimer").toString())), element -> element.f0, Types.STRING);
    }

    private JsonNode step(JsonNode step) throws Exception {
        switch (step.get(0).asText()) {
            case "record":
                harness.processElement(record(Tuple2.of(step.get(1).asText(), step.get(2).toString()), step.get(3)));
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
        for (Object element : take()) {
            if (element instanceof Watermark) {
                out.addObject().set("watermark", Json.fromLong(((Watermark) element).getTimestamp()));
            } else {
                StreamRecord<?> record = (StreamRecord<?>) element;
                ObjectNode told = (ObjectNode) Json.MAPPER.readTree((String) record.getValue());
                out.add(told.<ObjectNode>set("timestamp", timestamp(record)));
            }
        }
        result.put("eventTimers", harness.numEventTimeTimers());
        result.put("processingTimers", harness.numProcessingTimeTimers());
        result.put("stateEntries", harness.numKeyedStateEntries());
        return result;
    }

    private static final class Scripted extends KeyedProcessFunction<String, Tuple2<String, String>, String> {
        private final String script;
        private transient ValueState<Long> state;

        Scripted(String script) {
            this.script = script;
        }

        @Override
        public void open(OpenContext context) {
            state = getRuntimeContext().getState(new ValueStateDescriptor<>("state", Types.LONG));
        }

        @Override
        public void processElement(Tuple2<String, String> element, Context context, Collector<String> out) throws Exception {
            act(Json.MAPPER.readTree(element.f1), 0, context, out);
        }

        @Override
        public void onTimer(long time, OnTimerContext context, Collector<String> out) throws Exception {
            ObjectNode told = Json.object();
            ObjectNode timer = told.putObject("timer");
            timer.set("time", Json.fromLong(time));
            timer.put("domain", context.timeDomain() == TimeDomain.EVENT_TIME ? "event" : "processing");
            timer.put("key", context.getCurrentKey());
            clocks(timer, context.timerService());
            timer.put("state", state.value());
            out.collect(told.toString());
            JsonNode onTimer = Json.MAPPER.readTree(script);
            if (!onTimer.isNull() && Json.toLong(onTimer.get("from")) <= time && time < Json.toLong(onTimer.get("until"))) {
                act(onTimer.get("actions"), time, context, out);
            }
        }

        private static void clocks(ObjectNode told, TimerService service) {
            told.set("watermark", Json.fromLong(service.currentWatermark()));
            told.set("processingTime", Json.fromLong(service.currentProcessingTime()));
        }

        private void act(JsonNode actions, long base, Context context, Collector<String> out) throws Exception {
            TimerService service = context.timerService();
            for (JsonNode action : actions) {
                long number = action.size() > 1 ? Json.toLong(action.get(1)) : 0;
                switch (action.get(0).asText()) {
                    case "registerEventTimer":
                        service.registerEventTimeTimer(base + number);
                        break;
                    case "registerProcessingTimer":
                        service.registerProcessingTimeTimer(base + number);
                        break;
                    case "deleteEventTimer":
                        service.deleteEventTimeTimer(base + number);
                        break;
                    case "deleteProcessingTimer":
                        service.deleteProcessingTimeTimer(base + number);
                        break;
                    case "addState":
                        state.update((state.value() == null ? 0 : state.value()) + number);
                        break;
                    case "clearState":
                        state.clear();
                        break;
                    default:
                        ObjectNode told = Json.object();
                        ObjectNode line = told.putObject("state").put("key", context.getCurrentKey()).put("value", state.value());
                        clocks(line, service);
                        out.collect(told.toString());
                }
            }
        }
    }
}
