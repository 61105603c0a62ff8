using LambdaLogs.Emulator.Feed;
using LambdaLogs.Emulator.Tests.Support;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Tests.Feed;

public sealed class TelemetryHubTests : IAsyncDisposable
{
    readonly CollectingSink _sink = new();
    readonly TelemetryHub _hub;

    public TelemetryHubTests() => _hub = new TelemetryHub(new FeedSetup { Time = new ManualClock(), Sink = _ => _sink });

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task What_init_said_before_is_replayed_to_a_subscriber_that_comes_later()
    {
        _hub.Open();
        _hub.Publish(Some.Line("early"));
        Assert.False(_hub.Subscribe("a", Some.Subscription()));
        _hub.Flush();
        Assert.Contains("early", await _sink.BodyAsync(), StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_subscriber_gets_only_the_streams_it_asked_for()
    {
        _hub.Open();
        _hub.Subscribe("a", Some.Subscription(EventStream.Extension));
        _hub.Publish(Some.Line("function's"));
        _hub.Publish(Some.Line("extension's", EventStream.Extension));
        _hub.Flush();
        Assert.DoesNotContain("function's", await _sink.BodyAsync(), StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task After_a_restart_nothing_is_sent_before_the_extension_has_subscribed_again()
    {
        _hub.Open();
        _hub.Subscribe("a", Some.Subscription());
        _hub.Close();
        _hub.Pause();
        _hub.Publish(Some.Line("final records"));

        _hub.Open();
        _hub.Resume();
        _hub.Flush();
        Assert.True(_sink.IsEmpty);

        Assert.True(_hub.Subscribe("a", Some.Subscription()));
        _hub.Flush();
        Assert.Contains("final records", await _sink.BodyAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public void Subscriptions_are_taken_during_init_only()
    {
        Assert.False(_hub.IsOpen);
        _hub.Open();
        Assert.True(_hub.IsOpen);
        _hub.Close();
        Assert.False(_hub.IsOpen);
    }
}
