package oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.runtime.jobgraph.JobEdge;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.graph.StreamEdge;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamGraphGenerator;
import org.apache.flink.streaming.api.graph.StreamNode;

/** What Flink makes of a program, in the shape of the vectors' `expect`; less what is only there for people. */
final class Describe {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Describe() {}

    static ObjectNode program(JsonNode program) throws Exception {
        startCountingAgain();
        Programs made = null;
        try {
            made = new Programs(program.get("environment"));
            made.build(program.get("steps"));
        } catch (RuntimeException refusal) {
            return refused("build", made == null ? null : made.step, refusal);
        }
        StreamGraph graph;
        try {
            graph = made.environment.getStreamGraph(false);
        } catch (RuntimeException refusal) {
            return refused("streamGraph", null, refusal);
        }
        ObjectNode described = JSON.createObjectNode();
        streamGraph(graph, described);
        described.set("executionPlan", JSON.readTree(graph.getStreamingPlanAsJSON()));
        try {
            jobGraph(graph.getJobGraph(Describe.class.getClassLoader(), null), described);
        } catch (RuntimeException refusal) {
            return refused("jobGraph", null, refusal);
        }
        return described;
    }

    /** Ids count through a whole JVM; here each program is the first. */
    private static void startCountingAgain() throws ReflectiveOperationException {
        Field transformations = Transformation.class.getDeclaredField("ID_COUNTER");
        transformations.setAccessible(true);
        ((AtomicInteger) transformations.get(null)).set(0);
        Field iterations = StreamGraphGenerator.class.getDeclaredField("iterationIdCounter");
        iterations.setAccessible(true);
        iterations.set(null, 0);
    }

    private static ObjectNode refused(String phase, String step, Exception refusal) {
        ObjectNode error = JSON.createObjectNode();
        error.put("phase", phase);
        if (step != null) error.put("step", step);
        error.put("class", refusal.getClass().getSimpleName());
        error.put("messageContains", String.valueOf(refusal.getMessage()));
        ObjectNode described = JSON.createObjectNode();
        described.set("error", error);
        return described;
    }

    private static void streamGraph(StreamGraph graph, ObjectNode described) throws ReflectiveOperationException {
        described.put("dynamic", graph.isDynamic());
        List<StreamNode> sorted = new ArrayList<>(graph.getStreamNodes());
        // Heads and tails of iterations, whose ids are negative, come last.
        sorted.sort(
                (a, b) ->
                        (a.getId() > 0) == (b.getId() > 0)
                                ? Integer.compare(Math.abs(a.getId()), Math.abs(b.getId()))
                                : Integer.compare(b.getId(), a.getId()));
        ArrayNode nodes = described.putArray("streamNodes");
        ArrayNode edges = described.putArray("streamEdges");
        for (StreamNode node : sorted) {
            ObjectNode one = nodes.addObject();
            one.put("id", node.getId());
            one.put("name", node.getOperatorName());
            one.put("parallelism", node.getParallelism());
            if (graph.isDynamic()) one.put("parallelismConfigured", (boolean) hidden(node, "isParallelismConfigured"));
            one.put("maxParallelism", (int) hidden(node, "getMaxParallelism"));
            one.put("slotSharingGroup", node.getSlotSharingGroup());
            if (node.getCoLocationGroup() != null) one.put("coLocationGroup", node.getCoLocationGroup());
            one.put(
                    "chaining",
                    node.getOperatorFactory() == null ? null : node.getOperatorFactory().getChainingStrategy().name());
            one.put("bufferTimeout", node.getBufferTimeout());
            if (node.getTransformationUID() != null) one.put("uid", node.getTransformationUID());
            if (node.getUserHash() != null) one.put("uidHash", node.getUserHash());
            for (StreamEdge edge : node.getInEdges()) edge(graph, edge, edges.addObject());
        }
    }

    private static void edge(StreamGraph graph, StreamEdge edge, ObjectNode one) {
        one.put("from", edge.getSourceId());
        one.put("to", edge.getTargetId());
        one.put("out", graph.getStreamNode(edge.getSourceId()).getOutEdges().indexOf(edge));
        one.put("partitioner", edge.getPartitioner().toString());
        one.put("typeNumber", edge.getTypeNumber());
        one.put("exchangeMode", edge.getExchangeMode().name());
        if (edge.getOutputTag() != null) one.put("outputTag", edge.getOutputTag().getId());
        one.put("unaligned", edge.supportsUnalignedCheckpoints());
    }

    private static void jobGraph(JobGraph graph, ObjectNode described) {
        described.put("jobType", graph.getJobType().name());
        described.put("jobName", graph.getName());
        List<JobVertex> sorted = graph.getVerticesSortedTopologicallyFromSources();
        ArrayNode vertices = described.putArray("jobVertices");
        Map<Object, Integer> groups = new HashMap<>();
        for (JobVertex vertex : sorted) {
            ObjectNode one = vertices.addObject();
            one.put("name", vertex.getName());
            one.put("id", vertex.getID().toHexString());
            one.put("description", vertex.getOperatorPrettyName());
            one.put("parallelism", vertex.getParallelism());
            one.put("maxParallelism", vertex.getMaxParallelism());
            groups.putIfAbsent(vertex.getSlotSharingGroup(), groups.size());
            one.put("slotGroup", groups.get(vertex.getSlotSharingGroup()));
            ArrayNode inputs = one.putArray("inputs");
            for (JobEdge input : vertex.getInputs()) {
                JobVertex producer = input.getSource().getProducer();
                ObjectNode in = inputs.addObject();
                in.put("from", sorted.indexOf(producer));
                in.put("result", producer.getProducedDataSets().indexOf(input.getSource()));
                in.put("shipStrategy", input.getShipStrategyName());
                in.put("distributionPattern", input.getDistributionPattern().name());
                in.put("resultPartitionType", input.getSource().getResultType().name());
            }
            one.put("results", vertex.getNumberOfProducedIntermediateDataSets());
        }
        ArrayNode created = described.putArray("creationOrder");
        for (JobVertex vertex : graph.getVertices()) created.add(sorted.indexOf(vertex));
    }

    private static Object hidden(StreamNode node, String method) throws ReflectiveOperationException {
        Method found = StreamNode.class.getDeclaredMethod(method);
        found.setAccessible(true);
        return found.invoke(node);
    }
}
