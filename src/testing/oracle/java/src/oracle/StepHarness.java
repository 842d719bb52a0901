package oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.TypeHint;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;

/** What the recorders of single operators share: a harness that can be replaced by one restored from its snapshot. */
abstract class StepHarness<H extends AbstractStreamOperatorTestHarness<?>> implements AutoCloseable {
    static final TypeInformation<Tuple2<String, Long>> ELEMENT = TypeInformation.of(new TypeHint<Tuple2<String, Long>>() {});

    H harness;

    abstract H make() throws Exception;

    void open() throws Exception {
        harness = make();
        harness.open();
    }

    /** The clock stays where it is; nothing is emitted. */
    void restore() throws Exception {
        long now = harness.getProcessingTime();
        OperatorSubtaskState snapshot = harness.snapshot(1, 1);
        harness.close();
        harness = make();
        harness.setProcessingTime(now);
        harness.setup();
        harness.initializeState(snapshot);
        harness.open();
    }

    /** What was emitted since the last call, in order. */
    List<Object> take() {
        Queue<Object> output = harness.getOutput();
        List<Object> taken = new ArrayList<>(output);
        output.clear();
        return taken;
    }

    static JsonNode timestamp(StreamRecord<?> record) {
        return Json.orNull(record.hasTimestamp(), record.getTimestamp());
    }

    /** Watermarks and statuses as pairs. */
    static JsonNode pair(Object element) {
        return element instanceof Watermark
                ? Json.array("watermark", ((Watermark) element).getTimestamp())
                : Json.array("status", ((WatermarkStatus) element).isIdle() ? "idle" : "active");
    }

    static <T> StreamRecord<T> record(T value, JsonNode timestamp) {
        return timestamp.isNull() ? new StreamRecord<>(value) : new StreamRecord<>(value, Json.toLong(timestamp));
    }

    static WatermarkStatus status(JsonNode json) {
        return json.asText().equals("idle") ? WatermarkStatus.IDLE : WatermarkStatus.ACTIVE;
    }

    @Override
    public void close() throws Exception {
        if (harness != null) {
            try {
                harness.close();
            } catch (Exception afterFailure) {
                // An operator that failed may fail again when it is closed; its case is over.
            }
        }
    }
}
