using LambdaLogs.Extension.Platform;
using LambdaLogs.Extension.Tests.Fakes;
using static LambdaLogs.Extension.Tests.Fakes.LifecycleRig;

namespace LambdaLogs.Extension.Tests.Lifecycle;

/// <summary>The idle loop and the loop of managed instances.</summary>
public sealed class OtherLoopsTests : IDisposable
{
    readonly LifecycleRig _rig = new();

    [Fact]
    public async Task An_idle_extension_responds_to_every_event_and_ends_with_zero()
    {
        var running = _rig.RunIdle();
        for (var invocation = 0; invocation < 5; invocation++)
            await _rig.Platform.InvokeAsync($"r-{invocation}", _rig.In(3000));
        await _rig.Platform.RespondAsync(200, """{"eventType":"UNKNOWN"}""");

        await _rig.Platform.ShutdownAsync("spindown", _rig.In(2000));

        Assert.Equal(0, await running.Within("the end"));
        Assert.Equal(7, _rig.Platform.Requests.Count);
    }

    [Fact]
    public async Task An_idle_extension_that_the_platform_refuses_says_so()
    {
        var running = _rig.RunIdle();

        await _rig.Platform.RespondAsync(403, "{}");

        await Assert.ThrowsAsync<PlatformException>(() => running.Within("the end"));
    }

    [Fact]
    public async Task On_a_managed_instance_lines_go_without_invocations_until_the_end()
    {
        var running = _rig.RunManaged();
        _rig.Receive(Line("one"));
        Assert.Equal(["one"], (await _rig.Destination.NextAsync()).Messages);
        _rig.Receive(Line("two"));
        Assert.Equal(["two"], (await _rig.Destination.NextAsync()).Messages);

        await _rig.Platform.RespondAsync(200, """{"eventType":"UNKNOWN"}""");
        await _rig.Platform.ShutdownAsync("failure", _rig.In(2000));

        Assert.Equal(0, await running.Within("the end"));
        Assert.Single(_rig.Destination.Rest().SelectMany(attempt => attempt.Records("extension.shutdown")));
    }

    public void Dispose() => _rig.Dispose();
}
