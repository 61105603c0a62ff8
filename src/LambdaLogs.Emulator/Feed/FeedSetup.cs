using System.Net.Sockets;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Feed;

/// <summary>The dependencies of the telemetry feed.</summary>
internal sealed record FeedSetup
{
    public required TimeProvider Time { get; init; }

    public FeedOptions Options { get; init; } = new();

    public LogFormat Format { get; init; }

    /// <summary>Called after every attempt, on any thread. Must not block.</summary>
    public Action<Delivery> OnDelivery { get; init; } = _ => { };

    /// <summary>Creates the sink for a subscription.</summary>
    public Func<SubscriptionRequest, ITelemetrySink> Sink { get; init; } =
        request => request.IsTcp ? new TcpSink(request.Port, NewSocket) : new HttpSink(request, NewSocket);

    /// <summary>A TCP socket in the host's network.</summary>
    public static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
}
