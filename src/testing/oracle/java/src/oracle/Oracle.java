package oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Cases on standard input, a line each; what Flink makes of them on standard output, a line each. The argument says what the cases are. */
public final class Oracle {
    private Oracle() {}

    private interface Recorder {
        JsonNode expect(JsonNode given) throws Exception;
    }

    private static Recorder recorder(String family) {
        switch (family) {
            case "window-operator":
                return Windows::expect;
            case "joins":
                return Joins::expect;
            case "jobs":
                return Jobs::expect;
            case "timers":
                return Timers::expect;
            case "watermark-valve":
                return Watermarks::expect;
            case "two-input-watermarks":
                return TwoInputs::expect;
            case "watermark-generators":
                return Generators::expect;
            default:
                return given -> Json.MAPPER.valueToTree(Describe.program(given));
        }
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        Recorder recorder = recorder(arguments[0]);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.println(Json.MAPPER.writeValueAsString(recorder.expect(Json.MAPPER.readTree(line))));
        }
        out.flush();
        // Flink's pools may go on.
        System.exit(0);
    }
}
