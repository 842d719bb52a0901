package oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.CoGroupFunction;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.functions.JoinFunction;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.functions.MapPartitionFunction;
import org.apache.flink.api.common.functions.Partitioner;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.AllWindowedStream;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.IterativeStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.MultipleConnectedStreams;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.datastream.WindowedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.async.AsyncFunction;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.streaming.api.functions.co.CoFlatMapFunction;
import org.apache.flink.streaming.api.functions.co.CoMapFunction;
import org.apache.flink.streaming.api.functions.co.CoProcessFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.streaming.api.functions.co.ProcessJoinFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.functions.sink.PrintSink;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.transformations.MultipleInputTransformation;
import org.apache.flink.streaming.api.transformations.PartitionTransformation;
import org.apache.flink.streaming.api.transformations.StreamExchangeMode;
import org.apache.flink.streaming.api.windowing.assigners.EventTimeSessionWindows;
import org.apache.flink.streaming.api.windowing.assigners.GlobalWindows;
import org.apache.flink.streaming.api.windowing.assigners.ProcessingTimeSessionWindows;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.SlidingProcessingTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.TumblingProcessingTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.WindowAssigner;
import org.apache.flink.streaming.api.windowing.evictors.CountEvictor;
import org.apache.flink.streaming.api.windowing.evictors.TimeEvictor;
import org.apache.flink.streaming.api.windowing.time.Time;
import org.apache.flink.streaming.api.windowing.triggers.ContinuousEventTimeTrigger;
import org.apache.flink.streaming.api.windowing.triggers.CountTrigger;
import org.apache.flink.streaming.api.windowing.triggers.PurgingTrigger;
import org.apache.flink.streaming.api.windowing.triggers.Trigger;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.streaming.runtime.partitioner.ForwardPartitioner;
import org.apache.flink.streaming.runtime.partitioner.RebalancePartitioner;
import org.apache.flink.streaming.runtime.partitioner.RescalePartitioner;
import org.apache.flink.streaming.runtime.partitioner.StreamPartitioner;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Builds one program of the vectors' notation with the DataStream API. */
@SuppressWarnings({"unchecked", "rawtypes", "deprecation", "serial"})
final class Programs {
    private static final TypeInformation<Long> LONG = Types.LONG;

    final StreamExecutionEnvironment environment;
    /** The step that is being made: the one to blame. */
    String step;

    private final Map<String, Object> streams = new HashMap<>();

    Programs(JsonNode settings) {
        Configuration configuration = new Configuration();
        settings.path("configuration")
                .fields()
                .forEachRemaining(entry -> configuration.setString(entry.getKey(), entry.getValue().asText()));
        String differentMaxParallelism = "chainOperatorsWithDifferentMaxParallelism";
        if (settings.has(differentMaxParallelism)) {
            configuration.setString(
                    "pipeline.operator-chaining.chain-operators-with-different-max-parallelism",
                    settings.get(differentMaxParallelism).asText());
        }
        environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(settings.get("parallelism").asInt());
        if (settings.has("maxParallelism")) environment.setMaxParallelism(settings.get("maxParallelism").asInt());
        if (settings.has("runtimeMode")) {
            environment.setRuntimeMode(RuntimeExecutionMode.valueOf(settings.get("runtimeMode").asText()));
        }
        if (settings.path("disableOperatorChaining").asBoolean()) environment.disableOperatorChaining();
        if (settings.has("bufferTimeout")) environment.setBufferTimeout(settings.get("bufferTimeout").asLong());
        if (settings.has("checkpointingInterval")) {
            environment.enableCheckpointing(settings.get("checkpointingInterval").asLong());
        }
        if (settings.path("unalignedCheckpoints").asBoolean()) {
            environment.getCheckpointConfig().enableUnalignedCheckpoints();
        }
    }

    void build(JsonNode steps) {
        for (JsonNode one : steps) {
            step = one.get("id").asText();
            Object made = make(one);
            if (made instanceof SingleOutputStreamOperator) set((SingleOutputStreamOperator<?>) made, one);
            else if (made instanceof DataStreamSink) set((DataStreamSink<?>) made, one);
            streams.put(step, made);
        }
    }

    private DataStream<Long> input(JsonNode one) {
        return (DataStream<Long>) streams.get(one.get("input").asText());
    }

    private DataStream<Long> input(JsonNode one, int index) {
        return (DataStream<Long>) streams.get(one.get("inputs").get(index).asText());
    }

    private KeyedStream<Long, Long> keyed(DataStream<Long> stream) {
        return (KeyedStream<Long, Long>) stream;
    }

    private static MapStateDescriptor<Long, Long> broadcastState() {
        return new MapStateDescriptor<>("rules", LONG, LONG);
    }

    private static OutputTag<Long> tag(String id) {
        return new OutputTag<Long>(id, LONG) {};
    }

    private Object make(JsonNode one) {
        switch (one.get("op").asText()) {
            case "fromSequence":
                return environment.fromSequence(1, 100);
            case "fromSource":
                return environment.fromSource(
                        one.path("bounded").asBoolean(true) ? new NumberSequenceSource(1, 100) : new Functions.Unbounded(),
                        WatermarkStrategy.noWatermarks(),
                        one.path("sourceName").asText("numbers"));
            case "fromData":
                return environment.fromData(1L, 2L, 3L);
            case "fromElements":
                return environment.fromElements(1L, 2L, 3L);
            case "fromCollection":
                return environment.fromCollection(Arrays.asList(1L, 2L, 3L));
            case "addSource":
                return environment.addSource(new Functions.Legacy()).returns(LONG);
            case "addParallelSource":
                return environment.addSource(new Functions.ParallelLegacy()).returns(LONG);
            case "socketTextStream":
                return environment.socketTextStream("localhost", 9999);
            case "readTextFile":
                return environment.readTextFile(System.getProperty("java.io.tmpdir"));
            case "map":
                return ((DataStream) input(one)).map((MapFunction) (value -> value)).returns(LONG);
            case "flatMap":
                return ((DataStream) input(one)).flatMap((FlatMapFunction) ((value, out) -> {})).returns(LONG);
            case "filter":
                return input(one).filter(value -> true);
            case "process":
                return ((DataStream) input(one))
                        .process(
                                new ProcessFunction<Object, Long>() {
                                    @Override
                                    public void processElement(Object value, Context context, Collector<Long> out) {}
                                })
                        .returns(LONG);
            case "assignTimestampsAndWatermarks":
                return input(one).assignTimestampsAndWatermarks(WatermarkStrategy.forMonotonousTimestamps());
            case "async":
                return AsyncDataStream.unorderedWait(
                        input(one),
                        new AsyncFunction<Long, Long>() {
                            @Override
                            public void asyncInvoke(Long value, ResultFuture<Long> result) {}
                        },
                        1,
                        TimeUnit.SECONDS);
            case "transform":
                return one.has("strategy")
                        ? input(one)
                                .transform("Custom Operator", LONG, new Functions.CustomFactory(strategy(one)))
                        : input(one).transform("Custom Operator", LONG, new Functions.Custom());
            case "mapPartition":
                return mapPartition(input(one));
            case "keyBy":
                return input(one).keyBy(Functions.KEY, LONG);
            case "keyedProcess":
                return keyed(input(one))
                        .process(
                                new KeyedProcessFunction<Long, Long, Long>() {
                                    @Override
                                    public void processElement(Long value, Context context, Collector<Long> out) {}
                                });
            case "reduce":
                return keyed(input(one)).reduce(new Functions.SumReduce());
            case "sum":
                return keyed(input(one)).sum(0);
            case "min":
                return keyed(input(one)).min(0);
            case "window":
                return windowed(keyed(input(one)).window(assigner(one.get("assigner"))), one);
            case "countWindow":
                return windowed(
                        one.has("slide")
                                ? keyed(input(one)).countWindow(one.get("size").asLong(), one.get("slide").asLong())
                                : keyed(input(one)).countWindow(one.get("size").asLong()),
                        one);
            case "windowAll":
                return windowedAll(input(one).windowAll(assigner(one.get("assigner"))), one);
            case "countWindowAll":
                return windowedAll(input(one).countWindowAll(one.get("size").asLong()), one);
            case "sideOutput":
                return ((SingleOutputStreamOperator<Long>) input(one)).getSideOutput(tag(one.get("tag").asText()));
            case "rebalance":
                return input(one).rebalance();
            case "rescale":
                return input(one).rescale();
            case "shuffle":
                return input(one).shuffle();
            case "broadcast":
                return input(one).broadcast();
            case "global":
                return input(one).global();
            case "forward":
                return input(one).forward();
            case "partitionCustom":
                return input(one)
                        .partitionCustom((Partitioner<Long>) (key, n) -> 0, (KeySelector<Long, Long>) value -> value);
            case "exchange":
                return new DataStream<>(
                        environment,
                        new PartitionTransformation<>(
                                input(one).getTransformation(),
                                partitioner(one.get("partitioner").asText()),
                                StreamExchangeMode.valueOf(one.get("mode").asText())));
            case "union":
                return input(one, 0).union(input(one, 1));
            case "multipleInput":
                return multipleInput(one);
            case "iterate":
                return input(one).iterate();
            case "closeWith":
                return ((IterativeStream<Long>) streams.get(one.get("iteration").asText())).closeWith(input(one));
            case "addSink":
                return input(one).addSink(new org.apache.flink.streaming.api.functions.sink.DiscardingSink<>());
            case "print":
                return input(one).print();
            case "printToErr":
                return input(one).printToErr();
            case "sinkTo":
                return input(one).sinkTo(sink(one.get("sink").asText()));
            default:
                return connected(one);
        }
    }

    private Object connected(JsonNode one) {
        DataStream<Long> first = input(one, 0);
        DataStream<Long> second = input(one, 1);
        switch (one.get("op").asText()) {
            case "coMap":
                return first.connect(second)
                        .map(
                                new CoMapFunction<Long, Long, Long>() {
                                    @Override
                                    public Long map1(Long value) {
                                        return value;
                                    }

                                    @Override
                                    public Long map2(Long value) {
                                        return value;
                                    }
                                });
            case "coFlatMap":
                return first.connect(second)
                        .flatMap(
                                new CoFlatMapFunction<Long, Long, Long>() {
                                    @Override
                                    public void flatMap1(Long value, Collector<Long> out) {}

                                    @Override
                                    public void flatMap2(Long value, Collector<Long> out) {}
                                });
            case "coProcess":
                return first.connect(second)
                        .process(
                                new CoProcessFunction<Long, Long, Long>() {
                                    @Override
                                    public void processElement1(Long value, Context context, Collector<Long> out) {}

                                    @Override
                                    public void processElement2(Long value, Context context, Collector<Long> out) {}
                                });
            case "keyedCoProcess":
                return first.connect(second)
                        .process(
                                new KeyedCoProcessFunction<Long, Long, Long, Long>() {
                                    @Override
                                    public void processElement1(Long value, Context context, Collector<Long> out) {}

                                    @Override
                                    public void processElement2(Long value, Context context, Collector<Long> out) {}
                                });
            case "broadcastProcess":
                return first.connect(second.broadcast(broadcastState()))
                        .process(
                                new BroadcastProcessFunction<Long, Long, Long>() {
                                    @Override
                                    public void processElement(Long value, ReadOnlyContext context, Collector<Long> out) {}

                                    @Override
                                    public void processBroadcastElement(Long value, Context context, Collector<Long> out) {}
                                });
            case "keyedBroadcastProcess":
                return first.connect(second.broadcast(broadcastState()))
                        .process(
                                new KeyedBroadcastProcessFunction<Long, Long, Long, Long>() {
                                    @Override
                                    public void processElement(Long value, ReadOnlyContext context, Collector<Long> out) {}

                                    @Override
                                    public void processBroadcastElement(Long value, Context context, Collector<Long> out) {}
                                });
            case "intervalJoin":
                return keyed(first)
                        .intervalJoin(keyed(second))
                        .between(Time.milliseconds(-5), Time.milliseconds(5))
                        .process(
                                new ProcessJoinFunction<Long, Long, Long>() {
                                    @Override
                                    public void processElement(Long left, Long right, Context context, Collector<Long> out) {}
                                });
            case "windowJoin":
                return first.join(second)
                        .where(Functions.KEY, LONG)
                        .equalTo(Functions.KEY, LONG)
                        .window(assigner(one.get("assigner")))
                        .apply((JoinFunction<Long, Long, Long>) (left, right) -> left, LONG);
            case "windowCoGroup":
                return first.coGroup(second)
                        .where(Functions.KEY, LONG)
                        .equalTo(Functions.KEY, LONG)
                        .window(assigner(one.get("assigner")))
                        .apply((CoGroupFunction<Long, Long, Long>) (left, right, out) -> {}, LONG);
            default:
                throw new IllegalArgumentException("There is no step " + one.get("op").asText());
        }
    }

    private static Object mapPartition(DataStream<Long> input) {
        MapPartitionFunction<Long, Long> function =
                new MapPartitionFunction<Long, Long>() {
                    @Override
                    public void mapPartition(Iterable<Long> values, Collector<Long> out) {}
                };
        return input instanceof KeyedStream
                ? ((KeyedStream<Long, Long>) input).fullWindowPartition().mapPartition(function)
                : input.fullWindowPartition().mapPartition(function);
    }

    private Object multipleInput(JsonNode one) {
        ChainingStrategy strategy = one.has("strategy") ? strategy(one) : ChainingStrategy.ALWAYS;
        MultipleInputTransformation<Long> transformation =
                new MultipleInputTransformation<>(
                        "Multiple Input", new Functions.MultipleFactory(strategy), LONG, environment.getParallelism());
        for (int i = 0; i < one.get("inputs").size(); i++) transformation.addInput(input(one, i).getTransformation());
        environment.addOperator(transformation);
        return new MultipleConnectedStreams(environment).transform(transformation);
    }

    private static ChainingStrategy strategy(JsonNode one) {
        return ChainingStrategy.valueOf(one.get("strategy").asText());
    }

    private static StreamPartitioner<Long> partitioner(String name) {
        switch (name) {
            case "FORWARD":
                return new ForwardPartitioner<>();
            case "RESCALE":
                return new RescalePartitioner<>();
            default:
                return new RebalancePartitioner<>();
        }
    }

    private static Sink<Long> sink(String kind) {
        switch (kind) {
            case "discarding":
                return new DiscardingSink<>();
            case "print":
                return new PrintSink<>();
            case "twoPhase":
                return new Functions.TwoPhase();
            case "preWriteRebalance":
                return new Functions.PreWriteRebalance();
            case "preWriteMap":
                return new Functions.PreWriteMap();
            case "preCommit":
                return new Functions.PreCommit();
            default:
                return new Functions.GlobalCommit();
        }
    }

    private static WindowAssigner assigner(JsonNode of) {
        boolean isEventTime = !"processing".equals(of.path("time").asText());
        Time size = Time.milliseconds(of.path("size").asLong());
        Time slide = Time.milliseconds(of.path("slide").asLong());
        Time gap = Time.milliseconds(of.path("gap").asLong());
        switch (of.get("type").asText()) {
            case "tumbling":
                return isEventTime ? TumblingEventTimeWindows.of(size) : TumblingProcessingTimeWindows.of(size);
            case "sliding":
                return isEventTime
                        ? SlidingEventTimeWindows.of(size, slide)
                        : SlidingProcessingTimeWindows.of(size, slide);
            case "session":
                return isEventTime ? EventTimeSessionWindows.withGap(gap) : ProcessingTimeSessionWindows.withGap(gap);
            case "global":
                return GlobalWindows.create();
            default:
                return GlobalWindows.createWithEndOfStreamTrigger();
        }
    }

    private static Trigger trigger(String kind) {
        switch (kind) {
            case "count":
                return CountTrigger.of(3);
            case "purgingCount":
                return PurgingTrigger.of(CountTrigger.of(3));
            default:
                return ContinuousEventTimeTrigger.of(Time.milliseconds(5));
        }
    }

    private static SingleOutputStreamOperator<Long> windowed(WindowedStream of, JsonNode one) {
        WindowedStream<Long, Long, TimeWindow> stream = of;
        if (one.has("trigger")) of.trigger(trigger(one.get("trigger").asText()));
        if (one.has("evictor")) {
            of.evictor(
                    one.get("evictor").asText().equals("count")
                            ? CountEvictor.of(2)
                            : TimeEvictor.of(Time.milliseconds(5)));
        }
        if (one.has("lateTag")) of.sideOutputLateData(tag(one.get("lateTag").asText()));
        switch (one.path("function").asText("reduce")) {
            case "reduceApply":
                return stream.reduce(new Functions.SumReduce(), new Functions.ListApply<TimeWindow>());
            case "reduceProcess":
                return stream.reduce(new Functions.SumReduce(), new Functions.ListProcess<TimeWindow>());
            case "aggregate":
                return stream.aggregate(new Functions.CountAggregate());
            case "aggregateProcess":
                return stream.aggregate(new Functions.CountAggregate(), new Functions.ListProcess<TimeWindow>());
            case "process":
                return stream.process(new Functions.ListProcess<TimeWindow>());
            case "apply":
                return stream.apply(new Functions.ListApply<TimeWindow>());
            case "sum":
                return stream.sum(0);
            default:
                return stream.reduce(new Functions.SumReduce());
        }
    }

    private static SingleOutputStreamOperator<Long> windowedAll(AllWindowedStream of, JsonNode one) {
        AllWindowedStream<Long, TimeWindow> stream = of;
        if (one.has("trigger")) of.trigger(CountTrigger.of(3));
        if (one.has("evictor")) of.evictor(CountEvictor.of(2));
        if (one.has("lateTag")) of.sideOutputLateData(tag(one.get("lateTag").asText()));
        switch (one.path("function").asText("reduce")) {
            case "reduceApply":
                return stream.reduce(new Functions.SumReduce(), new Functions.AllApply<TimeWindow>());
            case "reduceProcess":
                return stream.reduce(new Functions.SumReduce(), new Functions.AllProcess<TimeWindow>());
            case "aggregate":
                return stream.aggregate(new Functions.CountAggregate());
            case "aggregateProcess":
                return stream.aggregate(new Functions.CountAggregate(), new Functions.AllProcess<TimeWindow>());
            case "process":
                return stream.process(new Functions.AllProcess<TimeWindow>());
            case "apply":
                return stream.apply(new Functions.AllApply<TimeWindow>());
            case "sum":
                return stream.sum(0);
            default:
                return stream.reduce(new Functions.SumReduce());
        }
    }

    private static void set(SingleOutputStreamOperator<?> operator, JsonNode one) {
        if (one.has("name")) operator.name(one.get("name").asText());
        if (one.has("uid")) operator.uid(one.get("uid").asText());
        if (one.has("uidHash")) operator.setUidHash(one.get("uidHash").asText());
        if (one.has("parallelism")) operator.setParallelism(one.get("parallelism").asInt());
        if (one.has("maxParallelism")) operator.setMaxParallelism(one.get("maxParallelism").asInt());
        if (one.has("bufferTimeout")) operator.setBufferTimeout(one.get("bufferTimeout").asLong());
        if (one.has("slotSharingGroup")) operator.slotSharingGroup(one.get("slotSharingGroup").asText());
        if (one.has("chaining")) {
            if (one.get("chaining").asText().equals("startNewChain")) operator.startNewChain();
            else operator.disableChaining();
        }
        if (one.has("description")) operator.setDescription(one.get("description").asText());
    }

    private static void set(DataStreamSink<?> sink, JsonNode one) {
        if (one.has("name")) sink.name(one.get("name").asText());
        if (one.has("uid")) sink.uid(one.get("uid").asText());
        if (one.has("parallelism")) sink.setParallelism(one.get("parallelism").asInt());
        if (one.has("maxParallelism")) sink.setMaxParallelism(one.get("maxParallelism").asInt());
        if (one.has("slotSharingGroup")) sink.slotSharingGroup(one.get("slotSharingGroup").asText());
        if (one.has("chaining")) sink.disableChaining();
        if (one.has("description")) sink.setDescription(one.get("description").asText());
    }
}
