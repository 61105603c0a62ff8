using LambdaLogs.Extension.Delivery;

namespace LambdaLogs.Extension.Tests.Delivery;

public sealed class DeferredDestinationTests
{
    readonly CountingDestination _inner = new();
    int _built;

    [Fact]
    public void Nothing_is_built_before_the_first_batch()
    {
        NewDestination().InvalidateConnections();

        Assert.Equal(0, _built);
    }

    [Fact]
    public void It_is_built_once_and_sends_every_batch()
    {
        var destination = NewDestination();
        destination.Send(default, new BatchLabel("a"), default);
        destination.Send(default, new BatchLabel("b"), default);

        Assert.Equal(1, _built);
        Assert.Equal(2, _inner.Sent);
    }

    [Fact]
    public void Connections_of_the_built_one_are_dropped()
    {
        var destination = NewDestination();
        destination.Send(default, new BatchLabel("a"), default);
        destination.InvalidateConnections();

        Assert.Equal(1, _inner.Dropped);
    }

    DeferredDestination NewDestination() => new(() =>
    {
        _built++;
        return _inner;
    });

    sealed class CountingDestination : IDestination
    {
        public bool HasOpenConnection => false;

        public int Sent { get; private set; }

        public int Dropped { get; private set; }

        public SendResult Send(ReadOnlySpan<byte> body, BatchLabel batch, in AttemptLimit limit)
        {
            Sent++;
            return new SendResult(Verdict.Delivered, 200, FailureKind.None, null);
        }

        public void InvalidateConnections() => Dropped++;
    }
}
