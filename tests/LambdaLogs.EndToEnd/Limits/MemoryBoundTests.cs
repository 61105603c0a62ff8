using System.Net;
using System.Net.Sockets;
using System.Text;
using LambdaLogs.Emulator.Destination;
using LambdaLogs.Emulator.Feed;

namespace LambdaLogs.EndToEnd.Limits;

/// <summary>
/// Resident memory under what costs most of it, with the kernel's limits set to the bound that docs/reliability.md adds up: what goes beyond
/// would end the process.
/// </summary>
public sealed class MemoryBoundTests
{
    const long Megabyte = 1024 * 1024;

    // What is not for what arrives: the file's own pages, the managed heap, stacks, OpenSSL.
    const long Rest = 8 * Megabyte;

    // All that the bodies of the listener may take, and what those of Lambda alone do.
    const long AllPeers = 33 * Megabyte;
    const long LambdaAlone = 4 * Megabyte;

    const int Tiny = 10;

    public static TheoryData<string> Formats =>
        ["lambda", "json_array", "ndjson", "otlp", "otlp_protobuf", "loki", "splunk_hec", "elasticsearch", "datadog", "newrelic", "gelf"];

    [Theory]
    [MemberData(nameof(Formats))]
    public Task Twenty_thousand_tiny_lines_and_a_dead_endpoint_stay_within_the_bound_in_every_format(string format) =>
        StayWithinAsync(new() { ["LOGS_FORMAT"] = format, ["LOGS_BUFFER_MAX_BYTES"] = "2MB" }, 20_000, Tiny, memoryMb: 128, Bound(buffer: 2, body: 1));

    [Fact]
    public Task A_batch_for_each_record_stays_within_the_bound() =>
        StayWithinAsync(new() { ["LOGS_BATCH_MAX_RECORDS"] = "1", ["LOGS_BUFFER_MAX_BYTES"] = "2MB" }, 20_000, Tiny, memoryMb: 128, Bound(buffer: 2, body: 1));

    [Theory]
    [InlineData(16, 64, "100", 2_000)]
    [InlineData(16, 128, "10000", 4_000)]
    public Task Large_batches_and_buffers_stay_within_the_bound(int body, int buffer, string records, int length) =>
        StayWithinAsync(
            new() { ["LOGS_BATCH_MAX_BYTES"] = $"{body}MB", ["LOGS_BUFFER_MAX_BYTES"] = $"{buffer}MB", ["LOGS_BATCH_MAX_RECORDS"] = records },
            20_000, length, memoryMb: 1024, Bound(buffer, body));

    [Fact]
    public async Task Thirty_bodies_that_never_end_stay_within_the_bound_and_the_functions_lines_arrive()
    {
        Pace.SkipMemoryUnderEmulation();
        await using var scene = await Scene.StartAsync(environment: new() { ["LOGS_BUFFER_MAX_BYTES"] = "2MB" });
        await scene.InvokeAsync();
        var pid = scene.Lambda.ProcessId(Layer.ExtensionName)!.Value;
        var bound = Bound(buffer: 2, body: 1, AllPeers);
        using var group = Limit(pid, bound);
        var before = ProcessBounds.Size(pid, "VmRSS");
        scene.Lambda.Thaw();
        var peers = new List<TcpClient>();
        for (var count = 0; count < 30; count++)
            peers.Add(await SendAsync(ProcessBounds.ListenerPort(pid)));
        await scene.InvokeAsync();
        scene.Lambda.Thaw();
        peers.ForEach(p => p.Dispose());
        await scene.InvokeAsync();

        // What they took went back to the system with them.
        Assert.InRange(ProcessBounds.Size(pid, "VmRSS"), 1, before + (3 * Megabyte));
        await EndAsync(scene, pid, bound);
        Assert.Equal(["hello", "hello", "hello"], Delivered.Lines(scene.Destination));
    }

    [Fact]
    public async Task Where_the_system_gives_nothing_more_a_body_is_lost_and_the_process_lives()
    {
        Pace.SkipMemoryUnderEmulation();
        await using var scene = await Scene.StartAsync(environment: new() { ["LOGS_BUFFER_MAX_BYTES"] = "2MB" });
        await scene.InvokeAsync();
        var pid = scene.Lambda.ProcessId(Layer.ExtensionName)!.Value;
        ProcessBounds.Lower(pid, $"as={ProcessBounds.Size(pid, "VmSize") + (2 * Megabyte)}");
        scene.Lambda.Thaw();
        using var peer = await SendAsync(ProcessBounds.ListenerPort(pid));

        await scene.InvokeAsync();
        await scene.EndAsync();
        Assert.Equal(["hello", "hello"], Delivered.Lines(scene.Destination));
    }

    /// <summary>The table of docs/reliability.md, in bytes.</summary>
    /// <param name="buffer">Megabytes of the buffer.</param>
    /// <param name="body">Megabytes of the largest body.</param>
    /// <param name="peers">What the listener's bodies may take.</param>
    static long Bound(int buffer, int body, long peers = LambdaAlone) =>
        ((buffer + (3 * body)) * Megabyte) + (buffer * Megabyte / 8) + Math.Min(buffer * Megabyte / 3, 11 * Megabyte) + peers + Rest;

    static async Task StayWithinAsync(Dictionary<string, string> settings, int lines, int length, int memoryMb, long bound)
    {
        Pace.SkipMemoryUnderEmulation();
        var line = new string('x', length);
        await using var scene = await Scene.StartAsync(
            invocation =>
            {
                for (var number = 0; number < lines; number++)
                    invocation.Log(line);
                return Task.FromResult("{}");
            },
            new(settings) { ["LOGS_FLUSH_TIMEOUT_MS"] = "200" },
            o => o with
            {
                MemoryMb = memoryMb,
                EnforceMemory = false,
                Timeout = TimeSpan.FromSeconds(20),
                KeepLines = false,
                Feed = new FeedOptions { PendingFactor = 400 },
            },
            d => d.Default = Response.WithStatus(503));
        var pid = scene.Lambda.ProcessId(Layer.ExtensionName)!.Value;
        using var group = Limit(pid, bound);
        await scene.InvokeAsync();
        await scene.InvokeAsync();
        await EndAsync(scene, pid, bound);
    }

    static KernelGroup? Limit(int pid, long bound)
    {
        // Where no control group is allowed, what is resident is counted all the same, and address space is limited below.
        var group = KernelGroup.Memory(bound);
        group?.Add(pid);
        ProcessBounds.Lower(pid, $"as={ProcessBounds.Size(pid, "VmSize") + bound}");
        return group;
    }

    static async Task EndAsync(Scene scene, int pid, long bound)
    {
        var peak = ProcessBounds.Size(pid, "VmHWM");
        TestContext.Current.SendDiagnosticMessage($"{TestContext.Current.Test?.TestDisplayName}: {peak / 1024} KB of {bound / 1024}");
        Assert.InRange(peak, 1, bound);
        await scene.EndAsync();
    }

    static async Task<TcpClient> SendAsync(int port)
    {
        var peer = new TcpClient();
        await peer.ConnectAsync(IPAddress.Loopback, port, Scene.Cancel);
        var stream = peer.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n7F0000\r\n"), Scene.Cancel);
        await stream.WriteAsync(new byte[0x7E0000], Scene.Cancel);
        return peer;
    }
}
