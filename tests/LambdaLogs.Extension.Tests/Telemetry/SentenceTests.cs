using System.Text;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Telemetry;

namespace LambdaLogs.Extension.Tests.Telemetry;

public sealed class SentenceTests
{
    [Theory]
    [InlineData("Processing order 4711 of customer 12")]
    [InlineData("cache-miss for key 12345, loading")]
    [InlineData("user42 has logged in from 10.0.0.1")]
    [InlineData("Loaded \\\"shop\\\" with 3 items")]
    [InlineData("{\\\"level\\\":\\\"info\\\",\\\"msg\\\":\\\"ready\\\"}")]
    public void A_sentence_or_an_object_has_no_head(string text)
    {
        Assert.True(Sentence.Begins(Encoding.UTF8.GetBytes(text)));

        var prefix = LinePrefix.Read(Encoding.UTF8.GetBytes(text));
        Assert.Equal((LogLevel.Info, false, 0), (prefix.Level, prefix.HasLevel, prefix.End));
    }

    [Theory]
    [InlineData("INFO this is what a logger wrote")]
    [InlineData("info: this is what a logger wrote")]
    [InlineData("info  | this is what a logger wrote")]
    [InlineData("error\\tthis is what a logger wrote")]
    [InlineData("level=error this is what a logger wrote")]
    [InlineData("Mar 14 09:26:53 host app: ERROR no stock")]
    [InlineData("undefined ERROR this is what a logger wrote")]
    [InlineData("Traceback (most recent call last): and more")]
    [InlineData("Unhandled exception. System.Exception: no stock")]
    [InlineData("thread 'main' panicked at src/main.rs:4:5:")]
    [InlineData("goroutine 1 [running]: and what stands behind")]
    [InlineData("fatal error: all goroutines are asleep")]
    [InlineData("no stock left: java.lang.IllegalStateException\\njava.lang.IllegalStateException: no stock left")]
    [InlineData("{\\\"a\\\":1}: java.lang.IllegalStateException\\njava.lang.IllegalStateException: {}")]
    [InlineData("of \\u003cb\\u003e and more of the same kind")]
    [InlineData("2026-03-14T09:26:53.470Z and more of the same")]
    [InlineData("too short")]
    [InlineData("")]
    public void What_may_be_a_head_or_a_trace_is_looked_at(string text) => Assert.False(Sentence.Begins(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Whatever_begins_like_a_sentence_would_come_to_the_same_word_by_word()
    {
        string[] words =
        [
            "the", "order", "Order", "ERROR", "error", "error:", "Error", "warn", "[info]", "null", "undefined", "Mar", "12", "x", "a-b", "|", "]", "-", "",
            "level=error", "E0314", "Uncaught", "thread", "'main'", "panic:", "\\t", "\\n", "\\u003c", "\\u001b[31m", "java.lang.Error:", "<3>", "I,", "#8]",
            "2026-03-14T09:26:53.470Z", "459921b5-681c-4a96-beb0-81e0aa586026", "TypeError:", "(node:8)", "{", "{\\\"a\\\":1}", "time=9:26", "shop.ERROR:",
        ];
        var random = new Random(11);
        var begun = 0;
        for (var round = 0; round < 200_000; round++)
        {
            var text = Encoding.UTF8.GetBytes(string.Join(random.Next(9) == 0 ? "" : " ", random.GetItems(words, random.Next(1, 7))) + " and so it went on");
            if (!Sentence.Begins(text))
                continue;

            begun++;
            var slowly = LinePrefix.ReadByWords(text);
            Assert.True(slowly is { Level: LogLevel.Info, HasLevel: false, End: 0 } && slowly.RequestId.IsEmpty, Encoding.UTF8.GetString(text));
        }

        Assert.InRange(begun, 1000, 199_999);
    }

    [Fact]
    public void Node_s_head_would_come_to_the_same_word_by_word()
    {
        string[] times = ["2026-03-14T09:26:53.470Z", "2026-03-14T09:26:53.470+", "2026-13-14T09:26:53.470Z", "undefined"];
        string[] ids = ["459921b5-681c-4a96-beb0-81e0aa586026", "459921b5-681c-4a96-beb0-81e0aa58602x", "undefined"];
        string[] levels = ["INFO", "WARN", "ERROR", "DEBUG", "TRACE", "FATAL", "info", "ALERT", "NOISE", "FINE", "HTTP", "LOG"];
        string[] messages = ["ready", ": ready", " ready", "info: logged by another", "2026-03-14 09:26:53 ERROR no stock", "\\t", "| x", "\\u001b[31mred", ""];
        foreach (var time in times)
        {
            foreach (var id in ids)
            {
                foreach (var level in levels)
                {
                    foreach (var message in messages)
                        Assert.Equal(Told(LinePrefix.ReadByWords(Bytes(time, id, level, message))), Told(LinePrefix.Read(Bytes(time, id, level, message))));
                }
            }
        }
    }

    static byte[] Bytes(string time, string id, string level, string message) => Encoding.UTF8.GetBytes($"{time}\\t{id}\\t{level}\\t{message}");

    static string Told(LinePrefix prefix) =>
        $"{prefix.Level} {prefix.HasLevel} {prefix.End} {Encoding.UTF8.GetString(prefix.RequestId)} {Encoding.UTF8.GetString(prefix.Time)}";
}
