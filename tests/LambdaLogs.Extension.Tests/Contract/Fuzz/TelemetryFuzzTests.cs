using System.Diagnostics;
using System.Globalization;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Telemetry;
using LambdaLogs.Extension.Tests.Fakes;
using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Tests.Contract.Fuzz;

/// <summary>
/// Broken telemetry, made of the fixtures by edits of bytes. <c>make fuzz</c> runs it for <c>FUZZ_SECONDS</c>, from <c>FUZZ_SEED</c> on;
/// without these variables it is the same work every time.
/// </summary>
public sealed class TelemetryFuzzTests
{
    const int Cases = 20_000;
    const int LargeBody = 16 * 1024;

    static readonly byte[][][] Bodies = [.. TelemetryFixtures.ValidBodies.Select(FuzzCase.EventsOf).Where(events => events.Length > 0)];

    static readonly byte[][][] SmallBodies = [.. Bodies.Where(events => events.Sum(text => text.Length) < LargeBody)];

    static readonly FormatKind[] Kinds = Enum.GetValues<FormatKind>();

    [Fact]
    public void A_broken_event_costs_only_itself_and_nothing_else_goes_wrong()
    {
        var seconds = Number("FUZZ_SECONDS", 0);
        var seed = Number("FUZZ_SEED", seconds == 0 ? 1 : Environment.TickCount & 0xFFFFFF);
        var watch = Stopwatch.StartNew();
        var count = 0;
        for (; seconds == 0 ? count < Cases : watch.Elapsed.TotalSeconds < seconds; count++)
            Check(seed + count);

        if (seconds > 0)
            Console.Error.WriteLine($"{count} cases, seeds {seed} to {seed + count - 1}: nothing found.");
    }

    [Fact]
    public async Task Every_broken_body_gets_200()
    {
        const uint Loopback = 0x7F000001;
        var desk = new ReadingDesk();
        using var listener = new Listener();
        var port = listener.Bind(SocketAddress.Ipv4(Loopback, 0), SocketAddress.Ipv4(Loopback, 0));
        listener.Start(new ReadingHandler(desk.Reader));
        using var peer = await RawPeer.ConnectAsync(port);
        for (var seed = 0; seed < 500; seed++)
        {
            var body = FuzzCase.Make(new Random(seed), SmallBodies).Body;
            await peer.SendAsync($"POST / HTTP/1.1\r\nContent-Length: {body.Length}\r\n\r\n");
            await peer.SendAsync(body.AsMemory());
            Assert.StartsWith("HTTP/1.1 200 OK", await peer.RespondAsync());
        }

        Assert.True(desk.Records.Count > 500);
    }

    /// <summary>Each seed is a case of its own, so that one number repeats it.</summary>
    static void Check(int seed)
    {
        var random = new Random(seed);
        var item = FuzzCase.Make(random, random.Next(500) == 0 ? Bodies : SmallBodies);
        var place = random.NextDouble();
        var kind = Kinds[random.Next(Kinds.Length)];
        Expect(item, seed, smaller => FuzzJudge.FaultOf(smaller));
        if (random.Next(4) == 0)
            Expect(item, seed, smaller => FuzzJudge.FaultOf(smaller, cut: (int)(place * smaller.Body.Length)));
        if (random.Next(4) == 0)
            Expect(item, seed, smaller => FuzzJudge.FaultOf(smaller, kind));
    }

    static void Expect(FuzzCase item, int seed, Func<FuzzCase, string?> faultOf)
    {
        if (faultOf(item) is null)
            return;

        var smallest = item.Shrink(smaller => faultOf(smaller) is not null);
        Assert.Fail($"FUZZ_SEED={seed}: {faultOf(smallest)}\n{smallest}");
    }

    static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    /// <summary>Reads what the listener receives, with nothing between them that would hide a fault.</summary>
    sealed class ReadingHandler(TelemetryReader reader) : IBodyHandler
    {
        public void Handle(Span<byte> body) => reader.Read(body);

        public void HandleTooLarge() => throw new InvalidOperationException("No body is that large.");
    }
}
