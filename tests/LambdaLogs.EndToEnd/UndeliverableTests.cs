using LambdaLogs.EndToEnd.Soak;

namespace LambdaLogs.EndToEnd;

/// <summary>A record that the endpoint never takes: it is kept as long as it may be the endpoint's fault, and stands in nobody's way.</summary>
public sealed class UndeliverableTests
{
    const string Poison = "poison";

    // A search takes attempts, which the pauses after failures hold apart.
    static readonly TimeSpan SearchMax = TimeSpan.FromMinutes(1);

    static readonly Dictionary<string, string> Environment = new() { ["LOGS_TYPES"] = "function", ["LOGS_FLUSH_TIMEOUT_MS"] = "300" };

    [Theory]
    [InlineData(503)]
    [InlineData(0)]
    public async Task A_record_that_waits_alone_is_kept_and_delivered_once_the_endpoint_takes_it(int status)
    {
        await using var endpoint = new SoakEndpoint { Behaviour = new Behaviour { Poison = Poison, PoisonStatus = status } };
        await using var scene = await StartAsync(endpoint, invocation => invocation == 1 ? [Poison] : []);
        for (var invocation = 0; invocation < 5; invocation++)
            await scene.InvokeAsync();
        Assert.Empty(endpoint.Accepted);

        endpoint.Behaviour = Behaviour.Healthy;
        var summary = await scene.EndAsync();

        Assert.Equal((1, 0), (summary.Delivered, summary.Dropped));
        Assert.Contains(Poison, Assert.Single(endpoint.Accepted).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(0)]
    public async Task Once_others_wait_with_it_they_are_delivered_and_it_is_dropped_as_rejected(int status)
    {
        await using var endpoint = new SoakEndpoint { Behaviour = new Behaviour { Poison = Poison, PoisonStatus = status } };
        await using var scene = await StartAsync(endpoint, invocation => invocation switch { 1 => [Poison], 2 => [], _ => [Line(invocation)] });
        var invocations = 0;
        for (var start = TimeProvider.System.GetTimestamp(); !HasFoundIt(scene) && TimeProvider.System.GetElapsedTime(start) < SearchMax; invocations++)
        {
            await scene.InvokeAsync();
            await Task.Delay(100, Scene.Cancel);
        }

        scene.HasLogged("for the same record in every attempt; the record was dropped as rejected");
        var summary = await scene.EndAsync();

        var lines = Enumerable.Range(3, Math.Max(invocations - 2, 0)).Select(Line).ToList();
        var arrived = string.Concat(endpoint.Accepted.Select(body => body.Text));
        Assert.All(lines, line => Assert.Contains($"\"{line}\"", arrived, StringComparison.Ordinal));
        // The report of the drop may have gone with a later line.
        Assert.InRange(summary.Delivered, lines.Count, lines.Count + 1);
        Assert.Equal(1, summary.Dropped);
        Assert.DoesNotContain(Poison, arrived, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_is_slow_at_shutdown_gets_more_than_a_part_of_the_time_there_is()
    {
        // Of Lambda's two seconds. A machine that is busy for a moment may take the rest of them; one that cuts the attempt does so each time.
        var slow = new Behaviour { Delay = TimeSpan.FromSeconds(Pace.ShutdownBudget.TotalSeconds * 0.5) };
        var environment = new Dictionary<string, string>(Environment) { ["LOGS_FLUSH_MODE"] = "next" };
        var summary = (Delivered: 0L, Dropped: 3L);
        for (var attempt = 0; attempt < 5 && summary.Dropped > 0; attempt++)
        {
            await using var endpoint = new SoakEndpoint { Behaviour = slow };
            await using var scene = await StartAsync(endpoint, _ => [Line(1), Line(2), Line(3)], environment);
            await scene.InvokeAsync();
            var end = await scene.EndAsync();
            summary = (end.Delivered, end.Dropped);
        }

        Assert.Equal((3, 0), summary);
    }

    static string Line(int invocation) => $"line {invocation}.";

    static bool HasFoundIt(Scene scene) => scene.OwnLines.Any(line => line.Contains("for the same record in every attempt", StringComparison.Ordinal));

    static Task<Scene> StartAsync(
        SoakEndpoint endpoint,
        Func<int, string[]> lines,
        Dictionary<string, string>? environment = null) => Scene.StartAsync(
            invocation =>
            {
                Array.ForEach(lines(invocation.Number), invocation.Log);
                return Task.FromResult("{}");
            },
            environment ?? Environment,
            approach: _ => Task.FromResult(new Dictionary<string, string> { ["HTTP_ENDPOINT"] = endpoint.Url.ToString() }));
}
