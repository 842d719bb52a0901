package oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collections;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkOutputMultiplexer;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.operators.ProcessingTimeService.ProcessingTimeCallback;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.metrics.groups.TaskIOMetricGroup;
import org.apache.flink.runtime.metrics.groups.UnregisteredMetricGroups;
import org.apache.flink.streaming.api.operators.source.ProgressiveTimestampsAndWatermarks;
import org.apache.flink.streaming.api.operators.source.TimestampsAndWatermarks;
import org.apache.flink.streaming.runtime.io.PushingAsyncDataInput.DataOutput;
import org.apache.flink.streaming.runtime.operators.TimestampsAndWatermarksOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.apache.flink.streaming.runtime.tasks.TestProcessingTimeService;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.clock.RelativeClock;

/** Records cases of the family watermark-generators. */
final class Generators {
    private Generators() {}

    static JsonNode expect(JsonNode given) throws Exception {
        switch (given.get("kind").asText()) {
            case "operator":
                return operator(given);
            case "split-watermarks":
                return splits(given);
            default:
                return multiplexer(given);
        }
    }

    @SuppressWarnings("unchecked")
    static String textOf(Object element) {
        return ((Tuple2<String, Long>) element).f0;
    }

    private static Tuple2<String, Long> element(JsonNode value, JsonNode ts) {
        return Tuple2.of(value.asText(), Json.toLong(ts));
    }

    private static WatermarkStrategy<Tuple2<String, Long>> strategy(JsonNode json) {
        WatermarkStrategy<Tuple2<String, Long>> strategy = generator(json.get("generator"));
        if (!json.get("idleness").isNull()) {
            strategy = strategy.withIdleness(Duration.ofMillis(Json.toLong(json.get("idleness"))));
        }
        switch (json.get("assigner").asText()) {
            case "element":
                return strategy.withTimestampAssigner((element, own) -> element.f1);
            case "record":
                return strategy;
            default:
                return strategy.withTimestampAssigner((element, own) -> own == Long.MIN_VALUE ? element.f1 : own);
        }
    }

    private static WatermarkStrategy<Tuple2<String, Long>> generator(JsonNode json) {
        switch (json.get("type").asText()) {
            case "monotonous":
                return WatermarkStrategy.forMonotonousTimestamps();
            case "boundedOutOfOrderness":
                return WatermarkStrategy.forBoundedOutOfOrderness(Duration.ofMillis(Json.toLong(json.get("delay"))));
            case "none":
                return WatermarkStrategy.noWatermarks();
            case "punctuated":
                return WatermarkStrategy.forGenerator(context -> new Punctuated(false));
            default:
                return WatermarkStrategy.forGenerator(context -> new Punctuated(true));
        }
    }

    private static final class Punctuated implements WatermarkGenerator<Tuple2<String, Long>> {
        private final boolean scripted;

        Punctuated(boolean scripted) {
            this.scripted = scripted;
        }

        @Override
        public void onEvent(Tuple2<String, Long> event, long timestamp, WatermarkOutput output) {
            if (scripted ? event.f0.equals("wm") : event.f0.endsWith("*")) {
                output.emitWatermark(new Watermark(timestamp));
            } else if (scripted && event.f0.equals("idle")) {
                output.markIdle();
            } else if (scripted && event.f0.equals("active")) {
                output.markActive();
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {}
    }

    private static JsonNode operator(JsonNode given) throws Exception {
        WatermarkStrategy<Tuple2<String, Long>> strategy;
        try {
            strategy = strategy(given.get("strategy"));
        } catch (Exception refused) {
            return Json.error(refused).put("at", "strategy");
        }
        // It is not closed: one that could not be opened cannot be closed either.
        OneInputStreamOperatorTestHarness<Tuple2<String, Long>, Tuple2<String, Long>> harness =
                new OneInputStreamOperatorTestHarness<>(new TimestampsAndWatermarksOperator<>(strategy, given.get("progressive").asBoolean()));
        harness.getExecutionConfig().setAutoWatermarkInterval(given.get("autoWatermarkInterval").asLong());
        harness.setProcessingTime(Json.toLong(given.get("startTime")));
        try {
            harness.open();
        } catch (Exception refused) {
            return Json.error(refused).put("at", "open");
        }
        TaskIOMetricGroup metrics = harness.getEnvironment().getMetricGroup().getIOMetricGroup();
        return Json.steps(given, step -> {
            switch (step.get(0).asText()) {
                case "record":
                    harness.processElement(StepHarness.record(element(step.get(1), step.get(2)), step.get(3)));
                    break;
                case "processingTime":
                    harness.setProcessingTime(Json.toLong(step.get(1)));
                    break;
                case "watermark":
                    harness.processWatermark(Json.toLong(step.get(1)));
                    break;
                case "status":
                    harness.processWatermarkStatus(StepHarness.status(step.get(1)));
                    break;
                case "backPressure":
                    if (step.get(1).asBoolean()) {
                        metrics.getSoftBackPressuredTimePerSecond().markStart();
                    } else {
                        metrics.getSoftBackPressuredTimePerSecond().markEnd();
                    }
                    break;
                default:
                    harness.getOperator().finish();
            }
            Watermarks.Told out = new Watermarks.Told();
            for (Object one : harness.getOutput()) {
                if (one instanceof StreamRecord) {
                    out.emitRecord((StreamRecord<Object>) one);
                } else {
                    out.lines.add(StepHarness.pair(one));
                }
            }
            harness.getOutput().clear();
            return out.lines;
        });
    }

    private static JsonNode splits(JsonNode given) throws Exception {
        TestProcessingTimeService timers = new TestProcessingTimeService();
        timers.setCurrentTime(Json.toLong(given.get("startTime")));
        WatermarkStrategy<Tuple2<String, Long>> strategy = strategy(given.get("strategy"));
        TimestampAssigner<Tuple2<String, Long>> assigner = strategy.createTimestampAssigner(() -> null);
        RelativeClock clock = timers.getClock();
        ProgressiveTimestampsAndWatermarks<Tuple2<String, Long>> logic = new ProgressiveTimestampsAndWatermarks<>(
                assigner,
                strategy,
                new TimestampsAndWatermarks.TimestampsAndWatermarksContextProvider(UnregisteredMetricGroups.createUnregisteredOperatorMetricGroup()),
                periodic(timers),
                Duration.ofMillis(given.get("autoWatermarkInterval").asLong()),
                clock,
                timers.getClock(),
                UnregisteredMetricGroups.createUnregisteredTaskMetricGroup().getIOMetricGroup());
        Watermarks.Told out = new Watermarks.Told();
        ReaderOutput<Tuple2<String, Long>> main = logic.createMainOutput(cast(out), new Silent());
        logic.startPeriodicWatermarkEmits();
        return Json.steps(given, step -> {
            out.lines = Json.array();
            JsonNode split = step.path(1);
            switch (step.get(0).asText()) {
                case "addSplit":
                    main.createOutputForSplit(split.asText());
                    break;
                case "removeSplit":
                    main.releaseOutputForSplit(split.asText());
                    break;
                case "pauseSplit":
                    logic.pauseOrResumeSplits(Collections.singleton(split.asText()), Collections.emptySet());
                    break;
                case "resumeSplit":
                    logic.pauseOrResumeSplits(Collections.emptySet(), Collections.singleton(split.asText()));
                    break;
                case "record":
                    if (step.get(4).isNull()) {
                        of(main, split).collect(element(step.get(2), step.get(3)));
                    } else {
                        of(main, split).collect(element(step.get(2), step.get(3)), Json.toLong(step.get(4)));
                    }
                    break;
                case "emitWatermark":
                    of(main, split).emitWatermark(new Watermark(Json.toLong(step.get(2))));
                    break;
                case "markIdle":
                    of(main, split).markIdle();
                    break;
                case "markActive":
                    of(main, split).markActive();
                    break;
                case "processingTime":
                    timers.setCurrentTime(Json.toLong(step.get(1)));
                    break;
                default:
                    logic.emitImmediateWatermark(0);
            }
            return out.lines;
        });
    }

    /** The class that the runtime puts around its timer service is not public. */
    private static ProcessingTimeService periodic(TestProcessingTimeService timers) {
        return (ProcessingTimeService) Proxy.newProxyInstance(
                Generators.class.getClassLoader(), new Class<?>[] {ProcessingTimeService.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("scheduleWithFixedDelay")) {
                        throw new AssertionError(method);
                    }
                    return timers.scheduleWithFixedDelay((ProcessingTimeCallback) arguments[0], (Long) arguments[1], (Long) arguments[2]);
                });
    }

    @SuppressWarnings("unchecked")
    private static <T> DataOutput<T> cast(Watermarks.Told told) {
        return (DataOutput<T>) (DataOutput<?>) told;
    }

    private static SourceOutput<Tuple2<String, Long>> of(ReaderOutput<Tuple2<String, Long>> main, JsonNode split) {
        return split.isNull() ? main : main.createOutputForSplit(split.asText());
    }

    private static final class Silent implements TimestampsAndWatermarks.WatermarkUpdateListener {
        @Override
        public void updateIdle(boolean idle) {}

        @Override
        public void updateCurrentEffectiveWatermark(long watermark) {}

        @Override
        public void updateCurrentSplitWatermark(String split, long watermark) {}

        @Override
        public void splitFinished(String split) {}
    }

    private static JsonNode multiplexer(JsonNode given) {
        ArrayNode[] out = {null};
        WatermarkOutputMultiplexer multiplexer = new WatermarkOutputMultiplexer(new WatermarkOutput() {
            @Override
            public void emitWatermark(Watermark watermark) {
                out[0].add(Json.array("watermark", watermark.getTimestamp()));
            }

            @Override
            public void markIdle() {
                out[0].add(Json.array("idle"));
            }

            @Override
            public void markActive() {
                out[0].add(Json.array("active"));
            }
        });
        return Json.steps(given, step -> {
            out[0] = Json.array();
            String kind = step.get(0).asText();
            String id = step.path(1).asText();
            switch (kind) {
                case "register":
                    multiplexer.registerNewOutput(id, watermark -> {});
                    break;
                case "unregister":
                    multiplexer.unregisterOutput(id);
                    break;
                case "periodic":
                    multiplexer.onPeriodicEmit();
                    break;
                default:
                    WatermarkOutput output =
                            step.get(2).asText().equals("immediate") ? multiplexer.getImmediateOutput(id) : multiplexer.getDeferredOutput(id);
                    if (kind.equals("watermark")) {
                        output.emitWatermark(new Watermark(Json.toLong(step.get(3))));
                    } else if (kind.equals("idle")) {
                        output.markIdle();
                    } else {
                        output.markActive();
                    }
            }
            return out[0];
        });
    }
}
