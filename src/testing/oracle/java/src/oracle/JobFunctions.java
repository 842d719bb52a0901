package oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.ReduceFunction;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeHint;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.streaming.api.windowing.windows.Window;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** The functions that cases of the family jobs may name. */
final class JobFunctions {
    static final TypeInformation<Tuple3<String, Long, String>> RECORD = TypeInformation.of(new TypeHint<Tuple3<String, Long, String>>() {});
    static final MapStateDescriptor<String, Long> RULES = new MapStateDescriptor<>("rules", Types.STRING, Types.LONG);

    private JobFunctions() {}

    static OutputTag<Tuple3<String, Long, String>> tag(String name) {
        return new OutputTag<>(name, RECORD);
    }

    static Tuple3<String, Long, String> record(String key, long value, String tag) {
        return Tuple3.of(key, value, tag);
    }

    /** Parameters are text: functions must be serializable. */
    static JsonNode read(String parameters) {
        try {
            return Json.MAPPER.readTree(parameters);
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
    }

    static final class Mapping extends RichMapFunction<Tuple3<String, Long, String>, Tuple3<String, Long, String>> {
        private final String name;
        private final long value;

        Mapping(String name, long value) {
            this.name = name;
            this.value = value;
        }

        @Override
        public Tuple3<String, Long, String> map(Tuple3<String, Long, String> r) {
            switch (name) {
                case "double":
                    return record(r.f0, r.f1 * 2, r.f2);
                case "addOne":
                    return record(r.f0, r.f1 + 1, r.f2);
                case "negate":
                    return record(r.f0, -r.f1, r.f2);
                case "clear":
                    return record(r.f0, 0, "");
                case "clearTag":
                    return record(r.f0, r.f1, "");
                case "tagValue":
                    return record(r.f0, r.f1, Long.toString(r.f1));
                case "valueToKey":
                    return record(Long.toString(r.f1), r.f1, r.f2);
                case "subtask":
                    return record(r.f0, r.f1, Integer.toString(getRuntimeContext().getTaskInfo().getIndexOfThisSubtask()));
                default:
                    if (r.f1 == value) {
                        throw new IllegalStateException("Cannot map " + value);
                    }
                    return r;
            }
        }
    }

    static boolean keeps(String name, long value) {
        switch (name) {
            case "even":
                return Math.floorMod(value, 2) == 0;
            case "odd":
                return Math.floorMod(value, 2) == 1;
            case "positive":
                return value > 0;
            default:
                return name.equals("all");
        }
    }

    static void flatMap(String name, Tuple3<String, Long, String> r, Collector<Tuple3<String, Long, String>> out) {
        if (name.equals("split")) {
            for (long i = 1; i <= r.f1; i++) {
                out.collect(record(r.f0, i, r.f2));
            }
            return;
        }
        for (String word : r.f2.split(" ")) {
            if (!word.isEmpty()) {
                out.collect(record(word, 1, ""));
            }
        }
    }

    static String time(Long time) {
        return time == null ? "none" : time == Long.MIN_VALUE ? "MIN" : time == Long.MAX_VALUE ? "MAX" : time.toString();
    }

    static final class Process extends ProcessFunction<Tuple3<String, Long, String>, Tuple3<String, Long, String>> {
        private final String name;

        Process(String name) {
            this.name = name;
        }

        @Override
        public void processElement(Tuple3<String, Long, String> r, Context context, Collector<Tuple3<String, Long, String>> out) {
            if (name.equals("times")) {
                out.collect(record(r.f0, r.f1, time(context.timestamp()) + "/" + time(context.timerService().currentWatermark())));
            } else if (name.equals("timer")) {
                context.timerService().registerEventTimeTimer(1);
            } else if (r.f1 > 0) {
                out.collect(r);
            } else {
                context.output(tag(r.f1 == 0 ? "zero" : "negative"), r);
            }
        }
    }

    static ReduceFunction<Tuple3<String, Long, String>> reduce(String name) {
        switch (name) {
            case "sum":
                return (a, b) -> record(a.f0, a.f1 + b.f1, "");
            case "max":
                return (a, b) -> b.f1 > a.f1 ? b : a;
            default:
                return (a, b) -> record(a.f0, b.f1, a.f2 + "," + b.f2);
        }
    }

    static final class Keyed<K> extends KeyedProcessFunction<K, Tuple3<String, Long, String>, Tuple3<String, Long, String>> {
        private final String parameters;
        private transient JsonNode step;
        private transient ValueState<Long> count;
        private transient ValueState<Long> last;
        private transient MapState<Long, Boolean> seen;
        private transient ListState<Tuple2<Long, Long>> buffer;

        Keyed(JsonNode step) {
            parameters = step.toString();
        }

        @Override
        public void open(OpenContext context) {
            step = read(parameters);
            count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
            last = getRuntimeContext().getState(new ValueStateDescriptor<>("last", Types.LONG));
            seen = getRuntimeContext().getMapState(new MapStateDescriptor<>("seen", Types.LONG, Types.BOOLEAN));
            buffer = getRuntimeContext().getListState(new ListStateDescriptor<>("buffer", Types.TUPLE(Types.LONG, Types.LONG)));
        }

        private long counted() throws Exception {
            long n = (count.value() == null ? 0 : count.value()) + 1;
            count.update(n);
            return n;
        }

        @Override
        public void processElement(Tuple3<String, Long, String> r, Context context, Collector<Tuple3<String, Long, String>> out) throws Exception {
            String key = context.getCurrentKey().toString();
            TimerService timers = context.timerService();
            Long t = context.timestamp();
            long gap = step.path("gap").asLong();
            switch (step.get("function").asText()) {
                case "runningCount":
                    out.collect(record(key, counted(), r.f2));
                    break;
                case "where":
                    out.collect(record(key, r.f1, Integer.toString(getRuntimeContext().getTaskInfo().getIndexOfThisSubtask())));
                    break;
                case "dedup":
                    if (!seen.contains(r.f1)) {
                        seen.put(r.f1, true);
                        out.collect(record(key, r.f1, r.f2));
                    }
                    break;
                case "lateness":
                    out.collect(record(key, r.f1, t <= timers.currentWatermark() ? "late" : "onTime"));
                    break;
                case "inactivity":
                    counted();
                    last.update(last.value() == null ? t : Math.max(last.value(), t));
                    timers.registerEventTimeTimer(last.value() + gap);
                    break;
                case "deleteTimer":
                    counted();
                    if (last.value() != null) {
                        timers.deleteEventTimeTimer(last.value());
                    }
                    last.update(t + gap);
                    timers.registerEventTimeTimer(t + gap);
                    break;
                case "timer":
                case "repeat":
                    timers.registerEventTimeTimer(t + gap);
                    break;
                case "sortByTime":
                    if (t <= timers.currentWatermark()) {
                        context.output(tag("late"), r);
                    } else {
                        buffer.add(Tuple2.of(t, r.f1));
                        timers.registerEventTimeTimer(t);
                    }
                    break;
                default:
                    if (r.f1 == step.get("value").asLong()) {
                        throw new IllegalStateException("Cannot process " + r.f1);
                    }
                    out.collect(r);
            }
        }

        @Override
        public void onTimer(long t, OnTimerContext context, Collector<Tuple3<String, Long, String>> out) throws Exception {
            String key = context.getCurrentKey().toString();
            long gap = step.path("gap").asLong();
            switch (step.get("function").asText()) {
                case "inactivity":
                    if (last.value() == null || last.value() + gap != t) {
                        break;
                    }
                    // As the other one.
                case "deleteTimer":
                    out.collect(record(key, count.value(), "inactive"));
                    count.clear();
                    last.clear();
                    break;
                case "timer":
                    out.collect(record(key, t, "wm=" + time(context.timerService().currentWatermark())));
                    break;
                case "repeat":
                    long n = counted();
                    out.collect(record(key, n, "repeat"));
                    if (n < step.get("times").asLong()) {
                        context.timerService().registerEventTimeTimer(t + gap);
                    }
                    break;
                default:
                    List<String> due = new ArrayList<>();
                    List<Tuple2<Long, Long>> rest = new ArrayList<>();
                    for (Tuple2<Long, Long> one : buffer.get()) {
                        if (one.f0 == t) {
                            due.add(one.f1.toString());
                        } else {
                            rest.add(one);
                        }
                    }
                    buffer.update(rest);
                    out.collect(record(key, counted(), String.join(",", due)));
            }
        }
    }

    static String bounds(Window window) {
        return window instanceof TimeWindow ? "[" + ((TimeWindow) window).getStart() + "," + ((TimeWindow) window).getEnd() + ")" : "global";
    }

    static Tuple3<String, Long, String> ofWindow(String name, boolean sorted, String key, Window window, Iterable<Tuple3<String, Long, String>> elements) {
        List<Long> values = new ArrayList<>();
        elements.forEach(element -> values.add(element.f1));
        switch (name) {
            case "sum":
                return record(key, values.stream().mapToLong(value -> value).sum(), bounds(window));
            case "count":
                return record(key, values.size(), bounds(window));
            case "min":
                return record(key, Collections.min(values), bounds(window));
            case "max":
                return record(key, Collections.max(values), bounds(window));
            default:
                if (sorted) {
                    Collections.sort(values);
                }
                return record(key, values.size(), bounds(window) + " " + values.stream().map(Object::toString).collect(Collectors.joining(",")));
        }
    }

    static Tuple3<String, Long, String> joined(Tuple3<String, Long, String> left, Tuple3<String, Long, String> right) {
        return record(left.f0, left.f1 + right.f1, left.f2 + "|" + right.f2);
    }

    static void coGrouped(
            boolean sorted,
            Iterable<Tuple3<String, Long, String>> first,
            Iterable<Tuple3<String, Long, String>> second,
            Collector<Tuple3<String, Long, String>> out) {
        String key = null;
        long sum = 0;
        List<String> sides = new ArrayList<>();
        for (Iterable<Tuple3<String, Long, String>> side : List.of(first, second)) {
            List<String> tags = new ArrayList<>();
            for (Tuple3<String, Long, String> r : side) {
                key = r.f0;
                sum += r.f1;
                tags.add(r.f2);
            }
            if (sorted) {
                Collections.sort(tags);
            }
            sides.add(String.join(",", tags));
        }
        out.collect(record(key, sum, sides.get(0) + "|" + sides.get(1)));
    }

    static void partition(Iterable<Tuple3<String, Long, String>> values, Collector<Tuple3<String, Long, String>> out) {
        String key = null;
        long sum = 0;
        List<String> all = new ArrayList<>();
        for (Tuple3<String, Long, String> r : values) {
            key = r.f0;
            sum += r.f1;
            all.add(r.f1.toString());
        }
        if (key != null) {
            out.collect(record(key, sum, String.join(",", all)));
        }
    }

    static final class KeyedCo<K>
            extends KeyedCoProcessFunction<K, Tuple3<String, Long, String>, Tuple3<String, Long, String>, Tuple3<String, Long, String>> {
        private final long at;
        private transient ValueState<Long> sum;

        KeyedCo(long at) {
            this.at = at;
        }

        @Override
        public void open(OpenContext context) {
            sum = getRuntimeContext().getState(new ValueStateDescriptor<>("sum", Types.LONG));
        }

        private void add(long value, Context context) throws Exception {
            sum.update((sum.value() == null ? 0 : sum.value()) + value);
            context.timerService().registerEventTimeTimer(at);
        }

        @Override
        public void processElement1(Tuple3<String, Long, String> r, Context context, Collector<Tuple3<String, Long, String>> out) throws Exception {
            add(r.f1, context);
        }

        @Override
        public void processElement2(Tuple3<String, Long, String> r, Context context, Collector<Tuple3<String, Long, String>> out) throws Exception {
            add(-r.f1, context);
        }

        @Override
        public void onTimer(long t, OnTimerContext context, Collector<Tuple3<String, Long, String>> out) throws Exception {
            out.collect(record(context.getCurrentKey().toString(), sum.value(), "difference"));
        }
    }

    static final class Rules<K>
            extends KeyedBroadcastProcessFunction<K, Tuple3<String, Long, String>, Tuple3<String, Long, String>, Tuple3<String, Long, String>> {
        private final long at;
        private transient ListState<Tuple3<String, Long, String>> buffer;

        Rules(long at) {
            this.at = at;
        }

        @Override
        public void open(OpenContext context) {
            buffer = getRuntimeContext().getListState(new ListStateDescriptor<>("buffer", RECORD));
        }

        @Override
        public void processElement(Tuple3<String, Long, String> r, ReadOnlyContext context, Collector<Tuple3<String, Long, String>> out) throws Exception {
            buffer.add(r);
            context.timerService().registerEventTimeTimer(at);
        }

        @Override
        public void processBroadcastElement(Tuple3<String, Long, String> r, Context context, Collector<Tuple3<String, Long, String>> out) throws Exception {
            context.getBroadcastState(RULES).put(r.f0, r.f1);
        }

        @Override
        public void onTimer(long t, OnTimerContext context, Collector<Tuple3<String, Long, String>> out) throws Exception {
            for (Tuple3<String, Long, String> r : buffer.get()) {
                Long factor = context.getBroadcastState(RULES).get(r.f0);
                out.collect(record(r.f0, r.f1 * (factor == null ? 1 : factor), r.f2));
            }
        }
    }
}
