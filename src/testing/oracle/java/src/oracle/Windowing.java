package oracle;

import static oracle.Json.toLong;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.windowing.assigners.DynamicEventTimeSessionWindows;
import org.apache.flink.streaming.api.windowing.assigners.DynamicProcessingTimeSessionWindows;
import org.apache.flink.streaming.api.windowing.assigners.EventTimeSessionWindows;
import org.apache.flink.streaming.api.windowing.assigners.GlobalWindows;
import org.apache.flink.streaming.api.windowing.assigners.ProcessingTimeSessionWindows;
import org.apache.flink.streaming.api.windowing.assigners.SessionWindowTimeGapExtractor;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.SlidingProcessingTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.TumblingProcessingTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.WindowAssigner;
import org.apache.flink.streaming.api.windowing.assigners.WindowStagger;
import org.apache.flink.streaming.api.windowing.evictors.CountEvictor;
import org.apache.flink.streaming.api.windowing.evictors.DeltaEvictor;
import org.apache.flink.streaming.api.windowing.evictors.Evictor;
import org.apache.flink.streaming.api.windowing.evictors.TimeEvictor;
import org.apache.flink.streaming.api.windowing.time.Time;
import org.apache.flink.streaming.api.windowing.triggers.ContinuousEventTimeTrigger;
import org.apache.flink.streaming.api.windowing.triggers.ContinuousProcessingTimeTrigger;
import org.apache.flink.streaming.api.windowing.triggers.CountTrigger;
import org.apache.flink.streaming.api.windowing.triggers.DeltaTrigger;
import org.apache.flink.streaming.api.windowing.triggers.EventTimeTrigger;
import org.apache.flink.streaming.api.windowing.triggers.ProcessingTimeTrigger;
import org.apache.flink.streaming.api.windowing.triggers.ProcessingTimeoutTrigger;
import org.apache.flink.streaming.api.windowing.triggers.PurgingTrigger;
import org.apache.flink.streaming.api.windowing.triggers.Trigger;

/** Assigners, triggers and evictors of the vectors' notation, over elements (key, value). */
@SuppressWarnings({"unchecked", "rawtypes", "deprecation"})
final class Windowing {
    private Windowing() {}

    static WindowAssigner assigner(JsonNode json) {
        boolean event = json.path("time").asText().equals("event");
        Time size = time(json.path("size"));
        Time offset = time(json.path("offset"));
        long perValue = json.path("gapPerValue").asLong();
        SessionWindowTimeGapExtractor<Tuple2<String, Long>> gap = element -> element.f1 * perValue;
        switch (json.get("type").asText()) {
            case "tumbling":
                WindowStagger stagger = json.path("stagger").asText().equals("natural") ? WindowStagger.NATURAL : WindowStagger.ALIGNED;
                return event ? TumblingEventTimeWindows.of(size, offset, stagger) : TumblingProcessingTimeWindows.of(size, offset, stagger);
            case "sliding":
                Time slide = time(json.get("slide"));
                return event ? SlidingEventTimeWindows.of(size, slide, offset) : SlidingProcessingTimeWindows.of(size, slide, offset);
            case "session":
                Time fixed = time(json.get("gap"));
                return event ? EventTimeSessionWindows.withGap(fixed) : ProcessingTimeSessionWindows.withGap(fixed);
            case "dynamicSession":
                return event ? DynamicEventTimeSessionWindows.withDynamicGap(gap) : DynamicProcessingTimeSessionWindows.withDynamicGap(gap);
            case "global":
                return json.path("endOfStream").asBoolean() ? GlobalWindows.createWithEndOfStreamTrigger() : GlobalWindows.create();
            default:
                throw new AssertionError(json);
        }
    }

    static Trigger trigger(JsonNode json, WindowAssigner assigner) {
        switch (json.get("type").asText()) {
            case "default":
                return assigner.getDefaultTrigger();
            case "eventTime":
                return EventTimeTrigger.create();
            case "processingTime":
                return ProcessingTimeTrigger.create();
            case "never":
                return GlobalWindows.create().getDefaultTrigger();
            case "count":
                return CountTrigger.of(json.get("n").asLong());
            case "purging":
                return PurgingTrigger.of(trigger(json.get("of"), assigner));
            case "continuousEventTime":
                return ContinuousEventTimeTrigger.of(time(json.get("interval")));
            case "continuousProcessingTime":
                return ContinuousProcessingTimeTrigger.of(time(json.get("interval")));
            case "delta":
                return DeltaTrigger.<Tuple2<String, Long>, org.apache.flink.streaming.api.windowing.windows.Window>of(
                        json.get("threshold").asDouble(), (before, now) -> now.f1 - before.f1, StepHarness.ELEMENT.createSerializer(new org.apache.flink.api.common.serialization.SerializerConfigImpl()));
            case "processingTimeout":
                return ProcessingTimeoutTrigger.of(
                        trigger(json.get("of"), assigner),
                        Duration.ofMillis(toLong(json.get("timeout"))),
                        json.get("resetOnNewRecord").asBoolean(),
                        json.get("clearOnTimeout").asBoolean());
            default:
                throw new AssertionError(json);
        }
    }

    static Evictor evictor(JsonNode json) {
        boolean after = json.get("after").asBoolean();
        switch (json.get("type").asText()) {
            case "count":
                return CountEvictor.of(json.get("n").asLong(), after);
            case "time":
                return TimeEvictor.of(time(json.get("keep")), after);
            case "delta":
                return DeltaEvictor.<Tuple2<String, Long>, org.apache.flink.streaming.api.windowing.windows.Window>of(
                        json.get("threshold").asDouble(), (element, last) -> last.f1 - element.f1, after);
            default:
                throw new AssertionError(json);
        }
    }

    static Time time(JsonNode json) {
        return Time.milliseconds(json.isMissingNode() ? 0 : toLong(json));
    }

}
