using System.Text;
using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Lifecycle;
using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Processing;
using LambdaLogs.Extension.Processing.FieldRules;
using LambdaLogs.Extension.Processing.Joining;
using LambdaLogs.Extension.Processing.Redaction;
using LambdaLogs.Extension.Processing.Sampling;
using LambdaLogs.Extension.Telemetry;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Lifecycle;

/// <summary>
/// After start-up the managed heap does not grow with load: what invocations of large and odd records leave to the garbage collector, with all
/// rules and compression on, from the listener's hand to the body on the wire.
/// </summary>
public sealed class ManagedHeapTests
{
    /// <summary>
    /// Of each invocation, which brings half a megabyte: its end and its report, the state of the compression, a list or two. The smallest buffer
    /// of a large record would be 16 KB, and each of them would be several.
    /// </summary>
    const int BytesOfInvocationMax = 12 * 1024;

    /// <summary>A view of each batch that is sent.</summary>
    const int BytesOfBatchMax = 256;

    const int Invocations = 6;

    static readonly RuleOptions Rules = new()
    {
        Join = new JoinOptions(),
        Exclude = ["never written"],
        Sample = new SampleOptions([0, 0, 0, 0]),
        RateLimit = new RateLimitOptions(1_000_000, 1_000_000),
        Redact = new RedactOptions { Presets = RedactPresets.All, Keys = ["password"], Patterns = ["order \\d+"] },
        Fields = new FieldRuleOptions { Dropped = ["a.b"], Renamed = [new("user", "customer")] },
        MessageBytesMax = 100_000,
        PendingBytesMax = 4 << 20,
    };

    [Fact]
    public void The_managed_heap_does_not_grow_with_load()
    {
        foreach (var kind in Enum.GetValues<FormatKind>())
            DoesNotGrow(kind);
    }

    static void DoesNotGrow(FormatKind kind)
    {
        using var rig = NewRig(kind);
        var receiver = new TelemetryReceiver(
            new TelemetryReader(rig.Pipeline, new PlatformSignals(rig.Clock), rig.Clock, concurrentInvocations: false), rig.Pipeline, rig.Lines.Log);
        var bodies = Bodies();
        var compressor = new BodyCompressor();
        var sent = (Bytes: 0L, Batches: 0);
        for (var warm = 0; warm < 2; warm++)
            Invoke(rig, receiver, bodies, compressor, ref sent);

        var allocated = Allocation.LeastOf(
            () =>
            {
                sent = default;
                for (var count = 0; count < Invocations; count++)
                    Invoke(rig, receiver, bodies, compressor, ref sent);
            },
            enough: Invocations * BytesOfInvocationMax);

        Assert.True(sent.Bytes > Invocations * 150_000L, $"only {sent.Bytes} bytes were sent");
        Assert.Equal(0, rig.Read(ledger => ledger.Dropped));
        var most = (Invocations * BytesOfInvocationMax) + (sent.Batches * BytesOfBatchMax);
        Assert.True(allocated <= most, $"{kind}: {allocated} bytes were allocated for {sent.Bytes} bytes in {sent.Batches} batches, and not at most {most}");
        Assert.Empty(rig.Lines.With("ERROR"));
    }

    static PipelineRig NewRig(FormatKind kind)
    {
        var options = new PipelineOptions
        {
            BatchLinger = TimeSpan.FromHours(1),
            BatchMaxBytes = 256 * 1024,
            BatchMaxRecords = kind is FormatKind.Gelf ? 1 : 10_000,
            BufferMaxBytes = 64 << 20,
        };
        return new PipelineRig(options, rules: Rules, formats: TenantFormats.OfAll(SampleFormats.New(kind)));
    }

    /// <summary>One invocation: its telemetry comes in, and all that waits is put together, compressed and taken. No text is made of anything.</summary>
    static void Invoke(PipelineRig rig, TelemetryReceiver receiver, byte[][] bodies, BodyCompressor compressor, ref (long Bytes, int Batches) sent)
    {
        foreach (var body in bodies)
            receiver.Handle(body);
        rig.Pipeline.Drain(all: false);
        using (rig.Pipeline.Enter())
        {
            while (rig.Queue.Take(withOpen: true) is { } batch)
            {
                batch.Id ??= "batch-1";
                rig.Writer.Seal(batch);
                compressor.Compress(batch.Body, batch.Records > 1 ? "many" : "one");
                sent.Bytes += batch.Body.Length;
                sent.Batches++;
                rig.Queue.Delivered();
            }
        }
    }

    static byte[][] Bodies()
    {
        var trace = Enumerable.Range(0, 100).Select(line => ReadingDesk.Line($"    at shop.Orders.place(Orders.java:{line})"));
        string[] events =
        [
            ReadingDesk.Start(ReadingDesk.RequestId),
            .. Enumerable.Range(0, 300).Select(line => ReadingDesk.Line($"a line that is held for sampling, order {line}")),
            ReadingDesk.Line("java.lang.IllegalStateException: it went wrong"),
            .. trace,
            ReadingDesk.Line(new string('x', 120_000)),
            ReadingDesk.Line(string.Concat(Enumerable.Repeat("a@b.cd 10.0.0.1 \u0001 ", 2_000))),
            ReadingDesk.Event("function", Object(300)),
            ReadingDesk.Event("function", $$"""{"message":"{{new string('m', 150_000)}}","a":{"b":1,"c":{{Object(100)}} } }"""),
            ReadingDesk.Line("""{"level":"error","message":"the end was bad","password":"x"}"""),
        ];
        var whole = ReadingDesk.Event("function", $$"""{"message":"{{new string('s', 200_000)}}"}""");
        return
        [
            Encoding.UTF8.GetBytes($"[{string.Join(',', events)}]"),
            [.. Encoding.UTF8.GetBytes("[" + ReadingDesk.Line("not UTF-8: ")[..^3]), .. Enumerable.Repeat((byte)0xFF, 50_000), .. "\"}]"u8],
            Encoding.UTF8.GetBytes($"[{whole[..120_000]}}}]"),
            Encoding.UTF8.GetBytes($"[{ReadingDesk.Event("function", "")[..^1]}{whole[120_000..]}]"),
            Encoding.UTF8.GetBytes($"[{ReadingDesk.Done(ReadingDesk.RequestId)},{Report()}]"),
        ];
    }

    static string Report() => ReadingDesk.Event("platform.report", $$"""{"requestId":"{{ReadingDesk.RequestId}}","status":"success"}""");

    static string Object(int members) =>
        $"{{{string.Join(',', Enumerable.Range(0, members).Select(index => $"\"key {index}\":\"a value with a \\\" and a@b.cd\""))}}}";
}
