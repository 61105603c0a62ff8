using System.Text;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Telemetry;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Telemetry;

/// <summary>Reading takes steps by the byte, whatever a body holds: counted, not measured by a clock.</summary>
public sealed class HostileBodyTests : IRecordSink
{
    // The nesting that is read, and the starts that are looked for, bound what a byte costs at worst.
    const int PerByte = 80;

    const string Head = "{\"time\":\"2026-03-14T09:26:53.470Z\",\"type\":\"function\",\"record\":";

    static readonly int[] Sizes = [4 * 1024, 16 * 1024, 64 * 1024, 256 * 1024];

    public static TheoryData<string> Pieces =>
    [
        Head + "\"x\"},", Head + "[", Head + "\"", "{", "[", "{\"type\":\"platform.start\",\"record\":{\"requestId\":\"", "\\\"", Head + "{\"message\":\"", "\"", Head + "{\"a\":{\"a\":", "   ",
        Head + "\"{\\\"level\\\":\\\"x\\\"}\"},",
    ];

    [Theory]
    [MemberData(nameof(Pieces))]
    public void A_body_takes_steps_by_the_byte(string piece) => IsLinear(piece, size => Steps(Body(piece, size)));

    [Theory]
    [MemberData(nameof(Pieces))]
    public void A_line_takes_steps_by_the_byte(string piece) => IsLinear(piece, size =>
    {
        var text = Encoding.UTF8.GetString(Body(piece, size));
        return Steps(Encoding.UTF8.GetBytes(Head + System.Text.Json.JsonSerializer.Serialize(text) + "}"));
    });

    [Fact]
    public void Fields_take_steps_by_the_byte()
    {
        foreach (var piece in (string[])["\"a\":1", "\"level\":\"x\"", "\"message\":{}", "\"time\":1", "\"requestId\":\"x\"", "\"\":[[[[]]]]", "\"msg\":\"{}\"", "\"error\":{\"a\":1}", "\"a\":\"\\u00e9\"", "\"timestamp\":\"x\""])
            IsLinear(piece, size => Steps(Encoding.UTF8.GetBytes(Head + "{" + string.Join(',', Enumerable.Repeat(piece, size / piece.Length)) + "}}")));
    }

    [Theory]
    [InlineData("BB}")]
    [InlineData("\\\\}")]
    [InlineData("{\"a\":1}}")]
    [InlineData("[[}")]
    [InlineData("\\u00}")]
    [InlineData("\",\"a\":\"}")]
    [InlineData("1}")]
    [InlineData(" }")]
    [InlineData("é}")]
    [InlineData("\\\"}")]
    public void Small_pieces_of_a_split_record_are_not_scanned_again_and_again_without_end(string rest)
    {
        var before = 0L;
        foreach (var count in (int[])[1000, 4000, 16_000, 64_000])
        {
            var reader = NewReader();
            var start = ScanSteps.Count;
            reader.Read(Encoding.UTF8.GetBytes(Head + "{\"message\":\"" + new string('A', 1000) + "}"));
            for (var piece = 0; piece < count; piece++)
                reader.Read(Encoding.UTF8.GetBytes(Head + rest));

            var steps = ScanSteps.Count - start;
            Assert.True(steps < (count * 1000L) + (8 * 1024 * 1024), $"{count} pieces {rest} took {steps} steps");
            Assert.True(before == 0 || steps < (before * 4.4) + (4 * 1024 * 1024), $"{before} steps grew to {steps}");
            before = steps;
        }
    }

    void IRecordSink.Add(in LogRecord record)
    {
    }

    static void IsLinear(string what, Func<int, long> steps)
    {
        var before = 0L;
        foreach (var size in Sizes)
        {
            var now = steps(size);
            Assert.True(now <= (long)PerByte * (size + 1000), $"{what}: {now} steps for {size} bytes");
            Assert.True(before == 0 || now <= (before * 4.4) + (PerByte * 4096), $"{what}: {before} steps grew to {now} for {size} bytes");
            before = now;
        }
    }

    TelemetryReader NewReader()
    {
        var clock = new ManualClock();
        return new TelemetryReader(this, new PlatformSignals(clock), clock);
    }

    long Steps(byte[] body)
    {
        var reader = NewReader();
        var start = ScanSteps.Count;
        reader.Read(body);
        reader.FlushHeld();
        return ScanSteps.Count - start;
    }

    static byte[] Body(string piece, int size) => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(piece, (size / piece.Length) + 1)))[..size];
}
