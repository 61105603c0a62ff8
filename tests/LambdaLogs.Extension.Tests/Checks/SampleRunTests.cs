using System.Text;

namespace LambdaLogs.Extension.Tests.Checks;

public sealed class SampleRunTests
{
    [Fact]
    public void The_lines_of_a_file_are_led_through_the_rules_and_counted()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "java.lang.Error: x\n\tat A.b(A.java:1)\nhealth\n{\"message\":\"hi\",\"to\":\"jo@example.com\"}\n");
        try
        {
            var lines = Run(new() { ["LOGS_MULTILINE"] = "auto", ["LOGS_EXCLUDE_REGEX"] = "health\n(", ["LOGS_REDACT"] = "email" }, 0, "--check", "--sample", path);
            Assert.Contains("\"(\" is left out: a ( has no ) at character 1", lines[0]);
            Assert.Equal(
                [
                    "What would be forwarded, as level, message and attributes:",
                    "  ERROR  java.lang.Error: x\\n\\tat A.b(A.java:1)",
                    "  INFO   hi {\"to\":\"***\"}",
                    "",
                    "4 lines, 2 records forwarded; by rule: multiline 1, exclude 1, redact 1",
                ],
                lines[1..]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void What_sampling_would_leave_out_is_not_shown()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "one\ntwo\n");
        var lines = Run(new() { ["LOGS_SAMPLE_RATE"] = "0" }, 0, "--check", "--sample", path);
        Assert.Equal("2 lines, 0 records forwarded; by rule: sample_rate 2", lines[^1]);
        File.Delete(path);
    }

    [Fact]
    public void A_file_that_is_not_there_is_reported() =>
        Assert.StartsWith("/nowhere/lines cannot be read: there is no such file; ", Run([], 2, "--check", "--sample", "/nowhere/lines")[0]);

    static string[] Run(Dictionary<string, string> environment, int code, params string[] arguments)
    {
        var text = new StringBuilder();
        Assert.Equal(code, CommandLine.Run(arguments, environment.GetValueOrDefault, bytes => text.Append(Encoding.UTF8.GetString(bytes))));
        return text.ToString().TrimEnd('\n').Split('\n');
    }
}
