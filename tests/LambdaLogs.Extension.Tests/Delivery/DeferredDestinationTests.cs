using LambdaLogs.Extension.Delivery;

namespace LambdaLogs.Extension.Tests.Delivery;

public sealed class DeferredDestinationTests
{
    readonly CountingDestination _inner = new();
    int _built;

    [Fact]
    public void Nothing_is_built_before_the_first_batch()
    {
        NewDestination().DropConnections();

        Assert.Equal(0, _built);
    }

    [Fact]
    public async Task It_is_built_once_and_sends_every_batch()
    {
        var destination = NewDestination();
        await destination.SendAsync(default, "a", TestContext.Current.CancellationToken);
        await destination.SendAsync(default, "b", TestContext.Current.CancellationToken);

        Assert.Equal(1, _built);
        Assert.Equal(2, _inner.Sent);
    }

    [Fact]
    public async Task Connections_of_the_built_one_are_dropped()
    {
        var destination = NewDestination();
        await destination.SendAsync(default, "a", TestContext.Current.CancellationToken);
        destination.DropConnections();

        Assert.Equal(1, _inner.Dropped);
    }

    DeferredDestination NewDestination() => new(() =>
    {
        _built++;
        return _inner;
    });

    sealed class CountingDestination : IDestination
    {
        public int Sent { get; private set; }

        public int Dropped { get; private set; }

        public Task<SendResult> SendAsync(ReadOnlyMemory<byte> body, string batchId, CancellationToken cancel)
        {
            Sent++;
            return Task.FromResult(new SendResult(Verdict.Delivered, 200, FailureKind.None, null));
        }

        public void DropConnections() => Dropped++;
    }
}
