package oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.io.PushingAsyncDataInput.DataOutput;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.StatusWatermarkValve;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/** Records cases of the family watermark-valve. */
final class Watermarks {
    private Watermarks() {}

    static JsonNode expect(JsonNode given) {
        StatusWatermarkValve valve = new StatusWatermarkValve(given.get("channels").asInt());
        return Json.steps(given, step -> {
            Told out = new Told();
            input(valve, step.get(0).asText(), step.get(1).asInt(), step.get(2), out);
            return out.lines;
        });
    }

    static void input(StatusWatermarkValve valve, String kind, int channel, JsonNode what, DataOutput<?> out) throws Exception {
        if (kind.equals("watermark")) {
            valve.inputWatermark(new Watermark(Json.toLong(what)), channel, out);
        } else {
            valve.inputWatermarkStatus(StepHarness.status(what), channel, out);
        }
    }

    /** Writes down what it is given. */
    static class Told implements DataOutput<Object> {
        ArrayNode lines = Json.array();

        @Override
        public void emitRecord(StreamRecord<Object> record) {
            lines.add(Json.array("record", Generators.textOf(record.getValue()), StepHarness.timestamp(record)));
        }

        @Override
        public void emitWatermark(Watermark watermark) throws Exception {
            lines.add(StepHarness.pair(watermark));
        }

        @Override
        public void emitWatermarkStatus(WatermarkStatus status) throws Exception {
            lines.add(StepHarness.pair(status));
        }

        @Override
        public void emitLatencyMarker(LatencyMarker marker) {}

        @Override
        public void emitRecordAttributes(RecordAttributes attributes) {}
    }
}
