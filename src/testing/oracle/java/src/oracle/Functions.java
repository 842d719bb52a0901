package oracle;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.functions.ReduceFunction;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.StandardSinkTopologies;
import org.apache.flink.streaming.api.connector.sink2.SupportsPostCommitTopology;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreCommitTopology;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreWriteTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.source.RichParallelSourceFunction;
import org.apache.flink.streaming.api.functions.source.SourceFunction;
import org.apache.flink.streaming.api.functions.windowing.AllWindowFunction;
import org.apache.flink.streaming.api.functions.windowing.ProcessAllWindowFunction;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.functions.windowing.WindowFunction;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorV2;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.Input;
import org.apache.flink.streaming.api.operators.MultipleInputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.windowing.windows.Window;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.Collector;

/** Functions, operators and sinks that do nothing: graphs are made of what they are, not of what they do. Their names stand in descriptions. */
@SuppressWarnings({"unchecked", "rawtypes", "deprecation"})
final class Functions {
    private Functions() {}

    static final KeySelector<Long, Long> KEY =
            new KeySelector<Long, Long>() {
                @Override
                public Long getKey(Long value) {
                    return value % 10;
                }
            };

    static class SumReduce implements ReduceFunction<Long> {
        @Override
        public Long reduce(Long a, Long b) {
            return a + b;
        }
    }

    static class CountAggregate implements AggregateFunction<Long, Long, Long> {
        @Override
        public Long createAccumulator() {
            return 0L;
        }

        @Override
        public Long add(Long value, Long accumulator) {
            return accumulator + 1;
        }

        @Override
        public Long getResult(Long accumulator) {
            return accumulator;
        }

        @Override
        public Long merge(Long a, Long b) {
            return a + b;
        }
    }

    static class ListProcess<W extends Window> extends ProcessWindowFunction<Long, Long, Long, W> {
        @Override
        public void process(Long key, Context context, Iterable<Long> elements, Collector<Long> out) {}
    }

    static class ListApply<W extends Window> implements WindowFunction<Long, Long, Long, W> {
        @Override
        public void apply(Long key, W window, Iterable<Long> elements, Collector<Long> out) {}
    }

    static class AllProcess<W extends Window> extends ProcessAllWindowFunction<Long, Long, W> {
        @Override
        public void process(Context context, Iterable<Long> elements, Collector<Long> out) {}
    }

    static class AllApply<W extends Window> implements AllWindowFunction<Long, Long, W> {
        @Override
        public void apply(W window, Iterable<Long> elements, Collector<Long> out) {}
    }

    static class Legacy implements SourceFunction<Long> {
        @Override
        public void run(SourceContext<Long> context) {}

        @Override
        public void cancel() {}
    }

    static class ParallelLegacy extends RichParallelSourceFunction<Long> {
        @Override
        public void run(SourceContext<Long> context) {}

        @Override
        public void cancel() {}
    }

    static class Unbounded extends NumberSequenceSource {
        Unbounded() {
            super(1, 100);
        }

        @Override
        public Boundedness getBoundedness() {
            return Boundedness.CONTINUOUS_UNBOUNDED;
        }
    }

    static class Custom extends AbstractStreamOperator<Long> implements OneInputStreamOperator<Long, Long> {
        @Override
        public void processElement(StreamRecord<Long> element) {}
    }

    static class CustomFactory extends AbstractStreamOperatorFactory<Long>
            implements OneInputStreamOperatorFactory<Long, Long> {
        CustomFactory(ChainingStrategy strategy) {
            setChainingStrategy(strategy);
        }

        @Override
        public <T extends StreamOperator<Long>> T createStreamOperator(StreamOperatorParameters<Long> parameters) {
            return (T) new Custom();
        }

        @Override
        public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader loader) {
            return Custom.class;
        }
    }

    static class Multiple extends AbstractStreamOperatorV2<Long> implements MultipleInputStreamOperator<Long> {
        Multiple(StreamOperatorParameters<Long> parameters) {
            super(parameters, 2);
        }

        @Override
        public List<Input> getInputs() {
            return new ArrayList<>();
        }
    }

    static class MultipleFactory extends AbstractStreamOperatorFactory<Long> implements StreamOperatorFactory<Long> {
        MultipleFactory(ChainingStrategy strategy) {
            setChainingStrategy(strategy);
        }

        @Override
        public <T extends StreamOperator<Long>> T createStreamOperator(StreamOperatorParameters<Long> parameters) {
            return (T) new Multiple(parameters);
        }

        @Override
        public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader loader) {
            return Multiple.class;
        }
    }

    private static class Writer implements SinkWriter<Long>, CommittingSinkWriter<Long, Long> {
        @Override
        public void write(Long element, Context context) {}

        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public void close() {}

        @Override
        public Collection<Long> prepareCommit() {
            return Collections.emptyList();
        }
    }

    private static class NoCommitter implements Committer<Long> {
        @Override
        public void commit(Collection<CommitRequest<Long>> requests) {}

        @Override
        public void close() {}
    }

    private static class Serializer implements SimpleVersionedSerializer<Long> {
        @Override
        public int getVersion() {
            return 0;
        }

        @Override
        public byte[] serialize(Long value) {
            return new byte[0];
        }

        @Override
        public Long deserialize(int version, byte[] bytes) {
            return 0L;
        }
    }

    private static class Plain implements Sink<Long> {
        @Override
        public SinkWriter<Long> createWriter(InitContext context) {
            return new Writer();
        }

        @Override
        public SinkWriter<Long> createWriter(WriterInitContext context) {
            return new Writer();
        }
    }

    static class TwoPhase extends Plain implements SupportsCommitter<Long> {
        @Override
        public Committer<Long> createCommitter(CommitterInitContext context) {
            return new NoCommitter();
        }

        @Override
        public SimpleVersionedSerializer<Long> getCommittableSerializer() {
            return new Serializer();
        }
    }

    static class PreWriteRebalance extends Plain implements SupportsPreWriteTopology<Long> {
        @Override
        public DataStream<Long> addPreWriteTopology(DataStream<Long> input) {
            return input.rebalance();
        }
    }

    static class PreWriteMap extends Plain implements SupportsPreWriteTopology<Long> {
        @Override
        public DataStream<Long> addPreWriteTopology(DataStream<Long> input) {
            return input.map(value -> value).returns(Long.class).name("prepare");
        }
    }

    static class PreCommit extends TwoPhase implements SupportsPreCommitTopology<Long, Long> {
        @Override
        public DataStream<CommittableMessage<Long>> addPreCommitTopology(DataStream<CommittableMessage<Long>> input) {
            return input.map(value -> value).returns(input.getType()).name("compact");
        }

        @Override
        public SimpleVersionedSerializer<Long> getWriteResultSerializer() {
            return new Serializer();
        }
    }

    static class GlobalCommit extends TwoPhase implements SupportsPostCommitTopology<Long> {
        @Override
        public void addPostCommitTopology(DataStream<CommittableMessage<Long>> input) {
            StandardSinkTopologies.addGlobalCommitter(input, NoCommitter::new, Serializer::new);
        }
    }
}
