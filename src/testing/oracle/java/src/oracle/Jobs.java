package oracle;

import static oracle.JobFunctions.RECORD;
import static oracle.JobFunctions.tag;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.CoGroupFunction;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.functions.JoinFunction;
import org.apache.flink.api.common.functions.MapPartitionFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.datastream.AllWindowedStream;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.datastream.WindowedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.async.AsyncFunction;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.co.CoMapFunction;
import org.apache.flink.streaming.api.functions.co.ProcessJoinFunction;
import org.apache.flink.streaming.api.functions.sink.RichSinkFunction;
import org.apache.flink.streaming.api.functions.source.SourceFunction;
import org.apache.flink.streaming.api.functions.windowing.AllWindowFunction;
import org.apache.flink.streaming.api.functions.windowing.WindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.WindowAssigner;
import org.apache.flink.streaming.api.windowing.evictors.CountEvictor;
import org.apache.flink.streaming.api.windowing.evictors.Evictor;
import org.apache.flink.streaming.api.windowing.evictors.TimeEvictor;
import org.apache.flink.streaming.api.windowing.triggers.ContinuousEventTimeTrigger;
import org.apache.flink.streaming.api.windowing.triggers.CountTrigger;
import org.apache.flink.streaming.api.windowing.triggers.EventTimeTrigger;
import org.apache.flink.streaming.api.windowing.triggers.PurgingTrigger;
import org.apache.flink.streaming.api.windowing.triggers.Trigger;
import org.apache.flink.streaming.api.windowing.windows.Window;
import org.apache.flink.util.Collector;

/** Records cases of the family jobs: builds the program and runs it on a MiniCluster of two TaskManagers with four slots each. */
@SuppressWarnings({"unchecked", "rawtypes", "deprecation", "serial"})
final class Jobs {
    private static final Map<String, Queue<ArrayNode>> ROWS = new ConcurrentHashMap<>();
    private static MiniCluster cluster;

    private final Map<String, DataStream<Tuple3<String, Long, String>>> streams = new HashMap<>();
    private final StreamExecutionEnvironment environment;

    private Jobs(Configuration configuration) {
        environment = new StreamExecutionEnvironment(configuration);
    }

    static JsonNode expect(JsonNode given) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        if (cluster == null) {
            cluster = new MiniCluster(
                    new MiniClusterConfiguration.Builder().setConfiguration(configuration).setNumTaskManagers(2).setNumSlotsPerTaskManager(4).build());
            cluster.start();
        }
        ROWS.clear();
        JobGraph graph;
        try {
            graph = new Jobs(configuration).build(given).environment.getStreamGraph().getJobGraph();
        } catch (Exception refused) {
            return error("graph", refused);
        }
        try {
            cluster.executeJobBlocking(graph);
        } catch (Exception failed) {
            return error("run", failed);
        }
        ObjectNode expect = Json.object();
        ObjectNode results = expect.putObject("results");
        for (JsonNode sink : given.get("sinks")) {
            results.putArray(sink.get("id").asText()).addAll(ROWS.getOrDefault(sink.get("id").asText(), new ConcurrentLinkedQueue<>()));
        }
        return expect;
    }

    private static ObjectNode error(String stage, Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        ObjectNode expect = Json.object();
        expect.putObject("error").put("stage", stage).put("class", root.getClass().getName()).put("message", root.getMessage());
        return expect;
    }

    private Jobs build(JsonNode given) {
        JsonNode settings = given.get("environment");
        environment.setParallelism(settings.get("parallelism").asInt());
        if (settings.has("maxParallelism")) {
            environment.setMaxParallelism(settings.get("maxParallelism").asInt());
        }
        for (JsonNode source : given.get("sources")) {
            DataStream<Tuple3<String, Long, String>> stream = environment.addSource(new Elements(source.get("elements").toString()), RECORD);
            JsonNode watermarks = source.get("watermarks");
            if (watermarks.get("type").asText().equals("perElement")) {
                long bound = watermarks.get("outOfOrderness").asLong();
                // The same instance for every subtask would do: there is one.
                stream = stream.assignTimestampsAndWatermarks(WatermarkStrategy.forGenerator(context -> new PerElement(bound))).setParallelism(1);
            }
            streams.put(source.get("id").asText(), stream);
        }
        for (JsonNode step : given.get("steps")) {
            DataStream<Tuple3<String, Long, String>> made = step(step);
            if (step.has("parallelism")) {
                ((SingleOutputStreamOperator<?>) made).setParallelism(step.get("parallelism").asInt());
            }
            if (step.has("maxParallelism")) {
                ((SingleOutputStreamOperator<?>) made).setMaxParallelism(step.get("maxParallelism").asInt());
            }
            streams.put(step.get("id").asText(), made);
        }
        for (JsonNode sink : given.get("sinks")) {
            var made = streams.get(sink.get("input").asText()).addSink(new Write(sink.get("id").asText()));
            if (sink.has("parallelism")) {
                made.setParallelism(sink.get("parallelism").asInt());
            }
        }
        return this;
    }

    private DataStream<Tuple3<String, Long, String>> step(JsonNode step) {
        DataStream<Tuple3<String, Long, String>> input = streams.get(step.path("input").asText());
        DataStream<Tuple3<String, Long, String>> first = streams.get(step.path("inputs").path(0).asText());
        DataStream<Tuple3<String, Long, String>> second = streams.get(step.path("inputs").path(1).asText());
        String function = step.path("function").asText();
        switch (step.get("op").asText()) {
            case "map":
                return input.map(new JobFunctions.Mapping(function, step.path("value").asLong())).returns(RECORD);
            case "filter":
                return input.filter(r -> JobFunctions.keeps(function, r.f1));
            case "flatMap":
                return input.flatMap((FlatMapFunction<Tuple3<String, Long, String>, Tuple3<String, Long, String>>) (r, out) -> JobFunctions.flatMap(function, r, out)).returns(RECORD);
            case "process":
                return input.process(new JobFunctions.Process(function), RECORD);
            case "sideOutput":
                return ((SingleOutputStreamOperator<?>) input).getSideOutput(tag(step.get("tag").asText()));
            case "union":
                DataStream<Tuple3<String, Long, String>>[] others = new DataStream[step.get("inputs").size() - 1];
                for (int i = 0; i < others.length; i++) {
                    others[i] = streams.get(step.get("inputs").get(i + 1).asText());
                }
                return first.union(others);
            case "rebalance":
                return input.rebalance();
            case "rescale":
                return input.rescale();
            case "shuffle":
                return input.shuffle();
            case "global":
                return input.global();
            case "broadcast":
                return input.broadcast();
            case "forward":
                return input.forward();
            case "keyBy":
                if (step.get("by").asText().equals("key")) {
                    return input.keyBy(r -> r.f0, Types.STRING);
                }
                long mod = step.get("mod").asLong();
                return input.keyBy(r -> Math.floorMod(r.f1, mod), Types.LONG);
            case "coMap":
                JobFunctions.Mapping one = new JobFunctions.Mapping(step.get("first").asText(), 0);
                JobFunctions.Mapping two = new JobFunctions.Mapping(step.get("second").asText(), 0);
                return first.connect(second).map(new CoMap(one, two), RECORD);
            case "asyncMap":
                AsyncFunction<Tuple3<String, Long, String>, Tuple3<String, Long, String>> async = new Async(new JobFunctions.Mapping(function, 0));
                int capacity = step.get("capacity").asInt();
                SingleOutputStreamOperator<Tuple3<String, Long, String>> waited = step.get("mode").asText().equals("ordered")
                        ? AsyncDataStream.orderedWait(input, async, 10, TimeUnit.SECONDS, capacity)
                        : AsyncDataStream.unorderedWait(input, async, 10, TimeUnit.SECONDS, capacity);
                return waited.returns(RECORD);
            case "windowJoin":
                return first.join(second).where(r -> r.f0, Types.STRING).equalTo(r -> r.f0, Types.STRING).window(assigner(step))
                        .apply((JoinFunction<Tuple3<String, Long, String>, Tuple3<String, Long, String>, Tuple3<String, Long, String>>) JobFunctions::joined, RECORD);
            case "coGroup":
                boolean sorted = isSession(step);
                return first.coGroup(second).where(r -> r.f0, Types.STRING).equalTo(r -> r.f0, Types.STRING).window(assigner(step))
                        .apply((CoGroupFunction<Tuple3<String, Long, String>, Tuple3<String, Long, String>, Tuple3<String, Long, String>>) (a, b, out) -> JobFunctions.coGrouped(sorted, a, b, out), RECORD);
            case "mapPartition":
                MapPartitionFunction<Tuple3<String, Long, String>, Tuple3<String, Long, String>> partition = JobFunctions::partition;
                return (input instanceof KeyedStream ? ((KeyedStream<Tuple3<String, Long, String>, ?>) input).fullWindowPartition() : input.fullWindowPartition()).mapPartition(partition).returns(RECORD);
            case "windowAll":
                return windowAll(input, step);
            default:
                return keyed(step, (KeyedStream) (input == null ? first : input), second);
        }
    }

    private DataStream<Tuple3<String, Long, String>> keyed(
            JsonNode step, KeyedStream<Tuple3<String, Long, String>, Object> input, DataStream<Tuple3<String, Long, String>> second) {
        long at = step.path("at").asLong();
        switch (step.get("op").asText()) {
            case "reduce":
                return input.reduce(JobFunctions.reduce(step.get("function").asText()));
            case "sum":
                return input.sum(1);
            case "min":
                return input.min(1);
            case "max":
                return input.max(1);
            case "minBy":
                return input.minBy(1, step.path("first").asBoolean(true));
            case "maxBy":
                return input.maxBy(1, step.path("first").asBoolean(true));
            case "keyedProcess":
                return input.process(new JobFunctions.Keyed<>(step), RECORD);
            case "keyedCoProcess":
                return input.connect((KeyedStream<Tuple3<String, Long, String>, Object>) second).process(new JobFunctions.KeyedCo<>(at), RECORD);
            case "broadcastProcess":
                return input.connect(second.broadcast(JobFunctions.RULES)).process(new JobFunctions.Rules<>(at), RECORD);
            case "intervalJoin":
                KeyedStream.IntervalJoined<Tuple3<String, Long, String>, Tuple3<String, Long, String>, Object> joined =
                        input.intervalJoin((KeyedStream<Tuple3<String, Long, String>, Object>) second)
                                .between(Duration.ofMillis(step.get("lower").asLong()), Duration.ofMillis(step.get("upper").asLong()));
                if (step.path("lowerExclusive").asBoolean()) {
                    joined = joined.lowerBoundExclusive();
                }
                if (step.path("upperExclusive").asBoolean()) {
                    joined = joined.upperBoundExclusive();
                }
                return joined.process(new Joining(), RECORD);
            case "window":
                return window(input, step);
            default:
                throw new AssertionError(step);
        }
    }

    private static boolean isSession(JsonNode step) {
        return step.get("assigner").get("type").asText().equals("session");
    }

    private static WindowAssigner assigner(JsonNode step) {
        return Windowing.assigner(((ObjectNode) step.get("assigner").deepCopy()).put("time", "event"));
    }

    private static Trigger trigger(JsonNode trigger) {
        switch (trigger.get("type").asText()) {
            case "eventTime":
                return EventTimeTrigger.create();
            case "purgingEventTime":
                return PurgingTrigger.of(EventTimeTrigger.create());
            case "count":
                return CountTrigger.of(trigger.get("n").asLong());
            case "purgingCount":
                return PurgingTrigger.of(CountTrigger.of(trigger.get("n").asLong()));
            default:
                return ContinuousEventTimeTrigger.of(Windowing.time(trigger.get("interval")));
        }
    }

    private static Evictor evictor(JsonNode evictor) {
        return evictor.get("type").asText().equals("count") ? CountEvictor.of(evictor.get("n").asLong()) : TimeEvictor.of(Windowing.time(evictor.get("keep")));
    }

    private static DataStream<Tuple3<String, Long, String>> window(KeyedStream<Tuple3<String, Long, String>, Object> input, JsonNode step) {
        JsonNode assigner = step.get("assigner");
        WindowedStream<Tuple3<String, Long, String>, Object, Window> windowed;
        if (assigner.get("type").asText().equals("count")) {
            long size = assigner.get("size").asLong();
            windowed = (WindowedStream) (assigner.has("slide") ? input.countWindow(size, assigner.get("slide").asLong()) : input.countWindow(size));
        } else {
            windowed = input.window(assigner(step));
        }
        if (step.has("trigger")) {
            windowed.trigger(trigger(step.get("trigger")));
        }
        if (step.has("evictor")) {
            windowed.evictor(evictor(step.get("evictor")));
        }
        if (step.has("allowedLateness")) {
            windowed.allowedLateness(Duration.ofMillis(step.get("allowedLateness").asLong()));
        }
        if (step.has("lateTag")) {
            windowed.sideOutputLateData(tag(step.get("lateTag").asText()));
        }
        String function = step.get("function").asText();
        boolean sorted = isSession(step);
        switch (function) {
            case "sumField":
                return windowed.sum(1);
            case "minField":
                return windowed.min(1);
            case "maxField":
                return windowed.max(1);
            case "minByField":
                return windowed.minBy(1);
            case "maxByField":
                return windowed.maxBy(1);
            case "concat":
                return windowed.reduce(JobFunctions.reduce("concat"));
            default:
                return windowed.apply(
                        (WindowFunction<Tuple3<String, Long, String>, Tuple3<String, Long, String>, Object, Window>)
                                (key, window, elements, out) -> out.collect(JobFunctions.ofWindow(function, sorted, key.toString(), window, elements)),
                        RECORD);
        }
    }

    private static DataStream<Tuple3<String, Long, String>> windowAll(DataStream<Tuple3<String, Long, String>> input, JsonNode step) {
        JsonNode assigner = step.get("assigner");
        AllWindowedStream<Tuple3<String, Long, String>, Window> windowed;
        if (assigner.get("type").asText().equals("count")) {
            long size = assigner.get("size").asLong();
            windowed = (AllWindowedStream) (assigner.has("slide") ? input.countWindowAll(size, assigner.get("slide").asLong()) : input.countWindowAll(size));
        } else {
            windowed = input.windowAll(assigner(step));
        }
        if (step.has("trigger")) {
            windowed.trigger(trigger(step.get("trigger")));
        }
        if (step.has("evictor")) {
            windowed.evictor(evictor(step.get("evictor")));
        }
        if (step.has("allowedLateness")) {
            windowed.allowedLateness(Duration.ofMillis(step.get("allowedLateness").asLong()));
        }
        if (step.has("lateTag")) {
            windowed.sideOutputLateData(tag(step.get("lateTag").asText()));
        }
        String function = step.get("function").asText();
        boolean sorted = isSession(step);
        switch (function) {
            case "sumField":
                return windowed.sum(1);
            case "minField":
                return windowed.min(1);
            case "maxField":
                return windowed.max(1);
            case "minByField":
                return windowed.minBy(1);
            case "maxByField":
                return windowed.maxBy(1);
            case "concat":
                return windowed.reduce(JobFunctions.reduce("concat"));
            default:
                return windowed.apply(
                        (AllWindowFunction<Tuple3<String, Long, String>, Tuple3<String, Long, String>, Window>)
                                (window, elements, out) -> out.collect(JobFunctions.ofWindow(function, sorted, "", window, elements)),
                        RECORD);
        }
    }

    private static final class Elements implements SourceFunction<Tuple3<String, Long, String>> {
        private final String elements;

        Elements(String elements) {
            this.elements = elements;
        }

        @Override
        public void run(SourceContext<Tuple3<String, Long, String>> context) throws Exception {
            for (JsonNode element : Json.MAPPER.readTree(elements)) {
                if (element.get(0).asText().equals("watermark")) {
                    context.emitWatermark(new org.apache.flink.streaming.api.watermark.Watermark(Json.toLong(element.get(1))));
                    continue;
                }
                String tag = element.has(4) ? element.get(4).asText() : "";
                Tuple3<String, Long, String> record = Tuple3.of(element.get(1).asText(), Json.toLong(element.get(2)), tag);
                if (element.get(3).isNull()) {
                    context.collect(record);
                } else {
                    context.collectWithTimestamp(record, Json.toLong(element.get(3)));
                }
            }
        }

        @Override
        public void cancel() {}
    }

    private static final class PerElement implements WatermarkGenerator<Tuple3<String, Long, String>> {
        private final long bound;
        private long max = Long.MIN_VALUE;

        PerElement(long bound) {
            this.bound = bound;
        }

        @Override
        public void onEvent(Tuple3<String, Long, String> event, long timestamp, WatermarkOutput output) {
            if (timestamp > max) {
                max = timestamp;
                output.emitWatermark(new Watermark(timestamp - bound - 1));
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {}
    }

    private static final class CoMap implements CoMapFunction<Tuple3<String, Long, String>, Tuple3<String, Long, String>, Tuple3<String, Long, String>> {
        private final JobFunctions.Mapping first;
        private final JobFunctions.Mapping second;

        CoMap(JobFunctions.Mapping first, JobFunctions.Mapping second) {
            this.first = first;
            this.second = second;
        }

        @Override
        public Tuple3<String, Long, String> map1(Tuple3<String, Long, String> r) {
            return first.map(r);
        }

        @Override
        public Tuple3<String, Long, String> map2(Tuple3<String, Long, String> r) {
            return second.map(r);
        }
    }

    private static final class Async implements AsyncFunction<Tuple3<String, Long, String>, Tuple3<String, Long, String>> {
        private final JobFunctions.Mapping function;

        Async(JobFunctions.Mapping function) {
            this.function = function;
        }

        @Override
        public void asyncInvoke(Tuple3<String, Long, String> r, ResultFuture<Tuple3<String, Long, String>> future) {
            future.complete(java.util.Collections.singleton(function.map(r)));
        }
    }

    private static final class Joining extends ProcessJoinFunction<Tuple3<String, Long, String>, Tuple3<String, Long, String>, Tuple3<String, Long, String>> {
        @Override
        public void processElement(Tuple3<String, Long, String> left, Tuple3<String, Long, String> right, Context context, Collector<Tuple3<String, Long, String>> out) {
            out.collect(JobFunctions.joined(left, right));
        }
    }

    private static final class Write extends RichSinkFunction<Tuple3<String, Long, String>> {
        private final String id;

        Write(String id) {
            this.id = id;
        }

        @Override
        public void invoke(Tuple3<String, Long, String> r, Context context) {
            ArrayNode row = Json.array(r.f0, r.f1, r.f2);
            row.add(Json.orNull(context.timestamp() != null, context.timestamp() == null ? 0 : context.timestamp()));
            ROWS.computeIfAbsent(id, none -> new ConcurrentLinkedQueue<>()).add(row);
        }
    }
}
