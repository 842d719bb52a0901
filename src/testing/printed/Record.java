import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import javax.tools.*;

/** Runs the Twin.java of each folder given on a local Flink and writes what it printed beside it, sorted by UTF-8 bytes. */
public class Record {
    static final String[] PACKAGES = {
        "java.util", "java.io", "java.time", "java.util.concurrent", "org.apache.flink.util", "org.apache.flink.configuration",
        "org.apache.flink.api.common", "org.apache.flink.api.common.accumulators", "org.apache.flink.api.common.eventtime", "org.apache.flink.api.common.functions",
        "org.apache.flink.api.common.state", "org.apache.flink.api.common.typeinfo", "org.apache.flink.api.java.functions",
        "org.apache.flink.api.java.tuple", "org.apache.flink.runtime.state", "org.apache.flink.streaming.api",
        "org.apache.flink.streaming.api.datastream", "org.apache.flink.streaming.api.environment",
        "org.apache.flink.streaming.api.functions", "org.apache.flink.streaming.api.functions.async",
        "org.apache.flink.streaming.api.functions.co", "org.apache.flink.streaming.api.functions.sink",
        "org.apache.flink.streaming.api.functions.source", "org.apache.flink.streaming.api.functions.timestamps",
        "org.apache.flink.streaming.api.functions.windowing", "org.apache.flink.streaming.api.functions.windowing.delta",
        "org.apache.flink.streaming.api.windowing.assigners", "org.apache.flink.streaming.api.windowing.evictors",
        "org.apache.flink.streaming.api.windowing.triggers", "org.apache.flink.streaming.api.windowing.windows",
        "org.apache.flink.streaming.api.checkpoint", "org.apache.flink.streaming.runtime.operators.windowing",
    };
    static final String SINGLE = "import org.apache.flink.api.common.functions.OpenContext; import org.apache.flink.streaming.api.functions.async.AsyncFunction; import org.apache.flink.streaming.api.functions.async.ResultFuture; "
        + "import org.apache.flink.streaming.api.watermark.Watermark; import org.apache.flink.api.common.eventtime.WatermarkStrategy; import org.apache.flink.configuration.Configuration; import java.util.function.*; import org.apache.flink.util.Collector; import org.apache.flink.streaming.api.datastream.DataStream; import java.time.Duration; import org.apache.flink.api.java.functions.KeySelector; import org.apache.flink.streaming.api.windowing.triggers.Trigger; import org.apache.flink.streaming.util.retryable.*; "
        + "import java.util.Iterator; import java.util.List; import java.util.Map; import java.util.concurrent.TimeUnit; import org.apache.flink.streaming.api.windowing.time.Time; import org.apache.flink.streaming.api.functions.sink.SinkFunction;"
        + "import org.apache.flink.streaming.api.functions.timestamps.BoundedOutOfOrdernessTimestampExtractor; import org.apache.flink.streaming.api.functions.timestamps.AscendingTimestampExtractor;"
        + "import org.apache.flink.api.common.functions.Function; import org.apache.flink.streaming.api.functions.source.SourceFunction;";

    public static void main(String[] dirs) throws Exception {
        PrintStream console = System.out, errors = System.err;
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        for (String dir : dirs) {
            String name = "Twin_" + dir.replaceAll("[^a-z0-9]", "_"); Path out = Path.of(System.getProperty("out")), source = out.resolve(name + ".java");
            StringBuilder text = new StringBuilder();
            for (String p : PACKAGES) text.append("import ").append(p).append(".*; ");
            text.append(SINGLE).append(Files.readString(Path.of(dir, "Twin.java")).replaceAll("\\bTwin\\b", name));
            Files.writeString(source, text);
            ByteArrayOutputStream complaints = new ByteArrayOutputStream();
            int status = javac.run(null, complaints, complaints, "-nowarn", "-Xlint:none", "-encoding", "UTF-8", "-cp", System.getProperty("java.class.path"), "-d", out.toString(), source.toString());
            if (status != 0) { console.println("JAVAC " + dir + "\n" + complaints); continue; }
            List<String> lines = null;
            for (int round = 0; round < 2; round++) {
                ByteArrayOutputStream stdout = new ByteArrayOutputStream(), stderr = new ByteArrayOutputStream();
                System.setOut(new PrintStream(stdout, true, StandardCharsets.UTF_8));
                System.setErr(new PrintStream(stderr, true, StandardCharsets.UTF_8));
                Throwable failure = null;
                try {
                    
                    java.lang.reflect.Method main = Class.forName(name).getDeclaredMethod("main", String[].class);
                    main.setAccessible(true);
                    main.invoke(null, (Object) new String[0]);
                } catch (java.lang.reflect.InvocationTargetException e) { failure = e.getCause(); }
                System.setOut(console); System.setErr(errors);
                List<byte[]> sorted = new ArrayList<>();
                for (String line : stdout.toString(StandardCharsets.UTF_8).split("\n")) if (!line.isEmpty()) sorted.add(line.getBytes(StandardCharsets.UTF_8));
                sorted.sort(Arrays::compareUnsigned);
                List<String> now = new ArrayList<>();
                for (byte[] b : sorted) now.add(new String(b, StandardCharsets.UTF_8));
                if (lines != null && !lines.equals(now)) console.println("UNSTABLE " + dir);
                lines = now;
                Files.writeString(Path.of(dir, "expected.txt"), String.join("\n", now) + (now.isEmpty() ? "" : "\n"));
                Path failed = Path.of(dir, "failure.txt");
                if (failure != null) {
                    StringBuilder chain = new StringBuilder();
                    for (Throwable t = failure; t != null; t = t.getCause()) chain.append(t).append("\n");
                    Files.writeString(failed, chain);
                } else Files.deleteIfExists(failed);
            }
            console.println("recorded " + dir);
        }
        System.exit(0);
    }
}
