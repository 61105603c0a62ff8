using System.Text;
using System.Text.Json;
using LambdaLogs.Extension.Processing;
using LambdaLogs.Extension.Processing.Joining;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Telemetry;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Processing.Joining;

/// <summary>Heads of loggers and the traces behind them, read as the platform brings them: a record each.</summary>
public sealed class LoggerHeadTests
{
    const string Trace = """
        java.lang.IllegalStateException: no stock
        	at com.example.Orders.place(Orders.java:42)
        Caused by: java.io.IOException: closed
        by the peer
        after 3 s
        	at com.example.Stock.read(Stock.java:9)
        	... 12 more
        """;

    /// <summary>What stands before the hyphens is one record with this level; what stands behind them are others.</summary>
    public static TheoryData<string, string, string> Blocks => new()
    {
        { "Spring Boot", "Error", "2026-03-14T09:26:53.470Z ERROR 8 --- [shop] [main] c.e.Orders : order 7 failed\n" + Trace + "\n-----\n2026-03-14T09:26:53.480Z  INFO 8 --- [shop] [main] c.e.Orders : next" },
        { "log4j", "Warn", "09:26:53.470 [main] WARN  com.example.Orders - order 7 failed\n" + Trace + "\n-----\n09:26:53.480 [main] ERROR com.example.Orders - next" },
        { "Python", "Warn", "WARNING:root:order 7 failed\nTraceback (most recent call last):\n  File \"/var/task/a.py\", line 3, in handler\nValueError: no stock\n-----\nERROR:root:next" },
        { "Python, a format", "Info", "2026-03-14 09:26:53,470 - shop - INFO - tried\nTraceback (most recent call last):\n  File \"/var/task/a.py\", line 3, in handler\nKeyError: 'x'\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File \"/var/task/a.py\", line 5, in handler\nValueError: no stock\n-----\nnext" },
        { "Serilog", "Error", "[09:26:53 ERR] order 7 failed\nSystem.InvalidOperationException: no stock\n ---> System.IO.IOException: closed\n   at Shop.Stock.Read() in /src/Stock.cs:line 9\n   --- End of inner exception stack trace ---\n   at Shop.Orders.Place()\n-----\n[09:26:53 INF] next" },
        { ".NET's console", "Error", "fail: Shop.Orders[7]\n      order 7 failed\n      System.InvalidOperationException: no stock\n         at Shop.Orders.Place()\n-----\ninfo: Shop.Orders[8]" },
        { "Rails", "Fatal", "F, [2026-03-14T09:26:53.470123 #8] FATAL -- : [459921b5-681c-4a96-beb0-81e0aa586026]\n[459921b5-681c-4a96-beb0-81e0aa586026] NoMethodError (undefined method 'id' for nil):\n[459921b5-681c-4a96-beb0-81e0aa586026] \n[459921b5-681c-4a96-beb0-81e0aa586026] app/models/order.rb:42:in 'place'\n[459921b5-681c-4a96-beb0-81e0aa586026] app/controllers/orders_controller.rb:9:in 'create'\n-----\nI, [2026-03-14T09:26:53.480123 #8]  INFO -- : next" },
        { "Laravel", "Error", "[2026-03-14 09:26:53] production.ERROR: no stock {\"exception\":\"[object] (RuntimeException(code: 0): no stock at /var/task/a.php:3)\n[stacktrace]\n#0 /var/task/a.php(9): place()\n#1 {main}\n-----\n[2026-03-14 09:26:53] production.INFO: next" },
        { "Elixir", "Error", "09:26:53.470 [error] GenServer Shop terminating\n** (RuntimeError) no stock\n    (shop 0.1.0) lib/shop.ex:3: Shop.place/1\nLast message: :place\nState: %{}\n-----\n09:26:53.480 [info] next" },
        { "Serilog, the cause first", "Error", "[09:26:53 ERR] order 7 failed\n ---> System.IO.IOException: closed\n   at Shop.Stock.Read()\n-----\nnext" },
        { "Rust", "Error", "thread 'main' panicked at src/main.rs:2:5:\nerror: no stock\nnote: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n-----\nINFO next" },
        { "PHP", "Error", "PHP Fatal error:  Uncaught Exception: no stock in /var/task/a.php:3\nStack trace:\n#0 {main}\n  thrown in /var/task/a.php on line 3\n-----\nnext" },
        { "zap", "Warn", "2026-03-14T09:26:53.470Z\tWARN\tshop/main.go:12\tno stock\nmain.f\n\t/app/main.go:12\nnet/http.(*conn).serve\n\t/app/main.go:3\n-----\n2026-03-14T09:26:53.470Z\tINFO\tshop/main.go:12\tnext" },
        { "Laravel, the end", "Error", "[2026-03-14 09:26:53] production.ERROR: no stock {\"exception\":\"[object] (RuntimeException(code: 0): no stock at /var/task/a.php:3)\n[stacktrace]\n#0 {main}\n\"}\n-----\n[2026-03-14 09:26:53] production.INFO: next" },
        { "an exception alone", "Error", Trace + "\n-----\nnext\nand next" },
    };

    [Theory]
    [MemberData(nameof(Blocks))]
    public void A_head_and_the_trace_after_it_are_one_record_with_the_level_of_the_head(string logger, string level, string block)
    {
        var parts = block.Split("\n-----\n");
        var rig = Read(block.Replace("-----\n", "", StringComparison.Ordinal).Split('\n'));
        Assert.Equal((logger, level, parts[0]), (logger, rig.Kept[0].Level.ToString(), Unescape(rig.Kept[0].Message)));
        Assert.Equal(parts[1].Split('\n').Length, rig.Kept.Count - 1);
    }

    [Theory]
    [InlineData("Exception in thread \"main\" java.lang.IllegalStateException: no stock")]
    [InlineData("Unhandled exception. System.InvalidOperationException: no stock")]
    [InlineData("Uncaught TypeError: x is not a function")]
    [InlineData("panic: no stock")]
    [InlineData("thread 'main' panicked at src/main.rs:2:5:")]
    public void An_exception_that_nobody_caught_is_not_joined_to_the_line_before_it(string first)
    {
        foreach (var head in new[] { "09:26:53 [main] INFO x - starting", "INFO:root:starting", "[09:26:53 DBG] starting" })
            Assert.Equal([head, first], Read(head, first).Messages.Select(Unescape));
        Assert.Equal(LogLevel.Error, Read("INFO:root:starting", first).Kept[1].Level);
    }

    [Fact]
    public void A_trace_that_comes_later_than_an_INFO_line_is_not_that_line_s()
    {
        const string Traceback = "Traceback (most recent call last):";
        string[] heads = ["INFO:root:starting", "WARNING:root:failed"];
        Assert.Equal([1, 1], heads.Select(head => ReadAt((head, 470), (Traceback, 472)).Kept.Count));
        Assert.Equal([2, 1], heads.Select(head => ReadAt((head, 470), (Traceback, 473)).Kept.Count));
        Assert.Equal(LogLevel.Error, ReadAt((heads[0], 470), (Traceback, 473), ("ValueError: x", 473)).Kept[1].Level);
    }

    [Fact]
    public void What_Lambda_s_runtimes_write_for_their_loggers_is_whole()
    {
        const string Traceback = "Traceback (most recent call last):";
        string[] heads =
        [
            "[INFO]\t2026-03-14T09:26:53.470Z\t459921b5-681c-4a96-beb0-81e0aa586026\tstarting",
            "2026-03-14T09:26:53.470Z\t459921b5-681c-4a96-beb0-81e0aa586026\tINFO\tstarting",
            "2026-03-14T09:26:53.470Z\t459921b5-681c-4a96-beb0-81e0aa586026\tERROR\tfailed",
        ];
        Assert.All(heads, head => Assert.Equal([head, Traceback], Read(head, Traceback).Messages.Select(Unescape)));
        Assert.All(heads, head => Assert.Equal(LogLevel.Error, Read(head, Traceback).Kept[1].Level));
    }

    [Fact]
    public void What_may_be_a_further_line_of_a_message_is_a_record_of_its_own_where_no_frame_follows()
    {
        var rig = Read("java.lang.IllegalStateException: no stock", "next order", "and the next", "09:26:53 [main] INFO x - done");
        Assert.Equal(["java.lang.IllegalStateException: no stock", "next order", "and the next", "09:26:53 [main] INFO x - done"], rig.Messages);
        Assert.Equal(0, rig.RemovedBy(Rule.Join));
    }

    [Fact]
    public void Many_lines_that_may_be_parts_do_not_wait_forever()
    {
        var lines = Enumerable.Range(0, 40).Select(number => $"line {number}").Prepend("java.lang.Error: x").ToArray();
        Assert.Equal(lines, Read(lines).Messages);
    }

    static RuleRig Read(params string[] lines) => ReadAt([.. lines.Select(line => (line, 470))]);

    static RuleRig ReadAt(params (string Text, int Milliseconds)[] lines)
    {
        var rig = new RuleRig(new RuleOptions { Join = new JoinOptions() });
        var reader = new TelemetryReader(new Entry(rig), new PlatformSignals(rig.Clock), rig.Clock);
        foreach (var (text, milliseconds) in lines)
            reader.Read(Encoding.UTF8.GetBytes($$"""{"time":"2026-03-14T09:26:53.{{milliseconds}}Z","type":"function","record":{{JsonSerializer.Serialize(text + "\n")}}}"""));
        rig.Drain();
        return rig;
    }

    static string Unescape(string message) => JsonDocument.Parse($"\"{message}\"").RootElement.GetString()!;

    sealed class Entry(RuleRig rig) : IRecordSink
    {
        public void Add(in LogRecord record) => rig.Add(record);
    }
}
