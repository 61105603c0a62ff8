using System.Text.Json;
using LambdaLogs.Emulator.Feed;
using LambdaLogs.Emulator.Tests.Support;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Tests.Feed;

public sealed class SubscriberTests : IAsyncDisposable
{
    readonly ManualClock _clock = new();
    readonly CollectingSink _sink = new();
    readonly List<Delivery> _deliveries = [];
    readonly FeedSetup _setup;
    readonly Subscriber _subscriber;

    public SubscriberTests()
    {
        _setup = new FeedSetup { Time = _clock, Sink = _ => _sink, OnDelivery = d => { lock (_deliveries) _deliveries.Add(d); } };
        _subscriber = new Subscriber("shipper", Some.Subscription(), _setup);
    }

    public ValueTask DisposeAsync() => _subscriber.DisposeAsync();

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Events_wait_for_the_time_of_the_first_and_come_in_one_body()
    {
        Say("one");
        _clock.Advance(TimeSpan.FromMilliseconds(24));
        Say("two");
        Assert.True(_sink.IsEmpty);

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(["one", "two"], Records(await _sink.BodyAsync()));
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_body_goes_out_at_the_number_of_items()
    {
        for (var i = 0; i < 1_500; i++)
            Say($"{i}");
        Assert.Equal(1_000, Records(await _sink.BodyAsync()).Length);

        _clock.Advance(TimeSpan.FromMilliseconds(25));
        Assert.Equal("1000", Records(await _sink.BodyAsync())[0]);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_body_goes_out_at_the_number_of_bytes()
    {
        Say(new string('a', 200_000));
        Assert.True(_sink.IsEmpty);
        Say(new string('b', 70_000));
        Assert.Equal(2, Records(await _sink.BodyAsync()).Length);
    }

    [Theory(Timeout = Limit.Milliseconds)]
    [InlineData(262_144, 2)]
    [InlineData(1_048_576, 1)]
    public async Task The_pieces_of_a_huge_object_come_in_as_many_bodies_as_the_bytes_demand(int maxBytes, int bodies)
    {
        var sink = new CollectingSink();
        await using var subscriber = new Subscriber(
            "json", Some.Subscription() with { MaxBytes = maxBytes }, _setup with { Sink = _ => sink, Format = LogFormat.Json });
        subscriber.Add(Some.Line($$"""{"message":"{{new string('A', 300_000)}}"}"""));
        subscriber.Flush();

        var first = await sink.BodyAsync();
        Assert.EndsWith(bodies == 2 ? "AAAA}]" : "AAAA\"}}]", first, StringComparison.Ordinal);
        if (bodies == 2)
            Assert.EndsWith("AAAA\"}}]", await sink.BodyAsync(), StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task One_post_is_under_way_at_a_time()
    {
        _sink.RespondsAtOnce = false;
        Say("one");
        _subscriber.Flush();
        Assert.Equal(["one"], Records(await _sink.BodyAsync()));

        Say("two");
        _subscriber.Flush();
        Assert.True(_sink.IsEmpty);
        _sink.Response();
        Assert.Equal(["two"], Records(await _sink.BodyAsync()));
        _sink.Response();
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task What_a_slow_subscriber_cannot_take_is_dropped_counted_and_reported()
    {
        _sink.RespondsAtOnce = false;
        Say("first");
        _subscriber.Flush();
        await _sink.BodyAsync();
        for (var i = 0; i < 8; i++)
            Say(new string('x', 100_000));

        _sink.RespondsAtOnce = true;
        _sink.Response();
        var bodies = await _sink.BodyAsync() + await _sink.BodyAsync();
        _clock.Advance(TimeSpan.FromMilliseconds(25));
        bodies += await _sink.BodyAsync();
        Assert.Contains("\"droppedBytes\":200000,\"droppedRecords\":2", bodies, StringComparison.Ordinal);
        Assert.Contains("slower than the logs production rate", bodies, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_body_that_fails_is_sent_again_and_then_dropped_and_reported()
    {
        _sink.RespondsAtOnce = false;
        Say("lost");
        _subscriber.Flush();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            Assert.Equal(["lost"], Records(await _sink.BodyAsync()));
            _sink.Response("could not send events: status 500");
            await ReportedAsync(attempt + 1);
            await AdvanceUntilAsync(() => attempt == 2 || !_sink.IsEmpty);
        }

        _sink.RespondsAtOnce = true;
        await AdvanceUntilAsync(() => !_sink.IsEmpty);
        Assert.Contains("could not send events: status 500", await _sink.BodyAsync(), StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Nothing_is_sent_while_frozen_and_the_timer_does_not_advance()
    {
        Say("one");
        _clock.Advance(TimeSpan.FromMilliseconds(10));
        _subscriber.Pause();
        _clock.Advance(TimeSpan.FromHours(1));
        Say("two");
        Assert.True(_sink.IsEmpty);

        _subscriber.Resume();
        _clock.Advance(TimeSpan.FromMilliseconds(14));
        Assert.True(_sink.IsEmpty);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(["one", "two"], Records(await _sink.BodyAsync()));
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task What_waited_goes_to_the_new_address_after_a_new_subscription()
    {
        _subscriber.Pause();
        Say("kept");
        var other = new CollectingSink();
        _subscriber.Resubscribe(Some.Subscription(), _setup with { Sink = _ => other });
        Assert.True(_sink.IsDisposed);

        _subscriber.Resume();
        _clock.Advance(TimeSpan.FromMilliseconds(25));
        Assert.Equal(["kept"], Records(await other.BodyAsync()));
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_raw_body_is_sent_as_it_is()
    {
        Assert.Null(await _subscriber.SendRawAsync("[{\"broken\""u8.ToArray()));
        Assert.Equal("[{\"broken\"", await _sink.BodyAsync());
    }

    void Say(string text) => _subscriber.Add(Some.Line(text));

    async Task ReportedAsync(int count)
    {
        while (true)
        {
            lock (_deliveries)
            {
                if (_deliveries.Count >= count)
                    return;
            }

            await Task.Yield();
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>The retry's wait begins on another thread, so the clock is moved until it has run out.</summary>
    async Task AdvanceUntilAsync(Func<bool> happened)
    {
        while (!happened())
        {
            _clock.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    static string[] Records(string body)
    {
        using var json = JsonDocument.Parse(body);
        return [.. json.RootElement.EnumerateArray().Select(e => e.GetProperty("record").ToString())];
    }
}
