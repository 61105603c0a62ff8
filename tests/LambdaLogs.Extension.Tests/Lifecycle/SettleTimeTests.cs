using LambdaLogs.Extension.Lifecycle;
using LambdaLogs.Extension.Telemetry;

namespace LambdaLogs.Extension.Tests.Lifecycle;

public sealed class SettleTimeTests
{
    [Fact]
    public void Without_time_there_is_no_wait()
    {
        var clock = new PostingClock { PostsLeft = 100 };

        SettleTime.Wait(clock.Signals, clock, TimeSpan.Zero);
        SettleTime.Wait(clock.Signals, clock, TimeSpan.FromSeconds(-1));

        Assert.Equal(100, clock.PostsLeft);
    }

    [Fact]
    public void Telemetry_has_settled_once_nothing_has_come_for_a_moment()
    {
        var clock = new PostingClock { PostsLeft = 5 };

        SettleTime.Wait(clock.Signals, clock, TimeSpan.FromMinutes(10));

        Assert.Equal(0, clock.PostsLeft);
    }

    [Fact]
    public void A_stream_that_never_ends_is_waited_for_until_the_limit()
    {
        var clock = new PostingClock { PostsLeft = int.MaxValue };

        SettleTime.Wait(clock.Signals, clock, TimeSpan.FromMilliseconds(300));

        // The clock is read twice for each look, and only the time between the two counts.
        Assert.Equal(TimeSpan.FromMilliseconds(600), clock.Passed);
    }

    /// <summary>A clock that moves a little each time it is read, and lets a POST come in with it.</summary>
    sealed class PostingClock : TimeProvider
    {
        readonly PostSignals _post = new(_ => false);

        public PostingClock() => Signals = new PlatformSignals(System);

        public PlatformSignals Signals { get; }

        public int PostsLeft { get; set; }

        public TimeSpan Passed { get; private set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp()
        {
            Passed += TimeSpan.FromMilliseconds(10);
            if (PostsLeft > 0)
            {
                PostsLeft--;
                Signals.Publish(_post);
            }

            return Passed.Ticks;
        }
    }
}
