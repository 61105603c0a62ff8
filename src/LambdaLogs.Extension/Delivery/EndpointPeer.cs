using LambdaLogs.Extension.Delivery.Trust;
using LambdaLogs.Extension.Wire;
using LambdaLogs.Extension.Wire.Http;
using LambdaLogs.Extension.Wire.Names;
using LambdaLogs.Extension.Wire.Tls;

namespace LambdaLogs.Extension.Delivery;

/// <summary>The machine behind a URL, as the options say how to reach it, and the exchange with it. For the thread that sends.</summary>
internal sealed class EndpointPeer : IDisposable
{
    readonly TlsContext? _tls;

    /// <summary>Prepares; opens nothing.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="certificates">Whom to trust.</param>
    /// <param name="identity">The certificate that we present. Null: none.</param>
    /// <param name="time">The monotonic clock.</param>
    /// <param name="bodyBytesMax">How much of a response's body is kept.</param>
    public EndpointPeer(
        DestinationOptions options, ServerCertificateCheck certificates, ClientCertificate? identity, TimeProvider time, int bodyBytesMax)
    {
        _tls = options.Endpoint.Scheme == "https" ? new TlsContext(certificates.SettingsFor(options.Endpoint.IdnHost, identity)) : null;
        Http = new HttpPeer(new ConnectionOpener(RouteOf(options), new NameResolver(SystemFile.Read), _tls), time, bodyBytesMax);
    }

    /// <summary>The connection and what goes over it.</summary>
    public HttpPeer Http { get; }

    /// <summary>The exchange under way, or the last one.</summary>
    public HttpExchange? Exchange => IsUnderWay ? Http.Exchange : null;

    /// <summary>Whether an exchange has begun and has no end yet: it can go on.</summary>
    public bool IsUnderWay { get; set; }

    /// <summary>Whether the last run was ended by a signal.</summary>
    public bool WasInterrupted { get; private set; }

    /// <summary>The way to an endpoint.</summary>
    /// <param name="options">Where and how.</param>
    public static WireRoute RouteOf(DestinationOptions options) => new()
    {
        Host = options.Endpoint.IdnHost.Trim('[', ']'),
        Port = (ushort)options.Endpoint.Port,
        IsTunnelled = options.IsTunnelled,
        UserAgent = ProductName.UserAgent,
        Proxy = options.Proxy is { } proxy ? new WireProxy(proxy.Host, (ushort)proxy.Port, proxy.Authorization) : null,
    };

    /// <summary>What an end of an exchange without a response means.</summary>
    /// <param name="end">Left open.</param>
    public static WireFailure FailureOf(ExchangeEnd end) => new(end switch
    {
        ExchangeEnd.TimedOut => WireFault.TimedOut,
        ExchangeEnd.Interrupted => WireFault.Interrupted,
        ExchangeEnd.HeadTooLarge => WireFault.HeadTooLarge,
        ExchangeEnd.NotHttp => WireFault.NotHttp,
        _ => WireFault.Closed,
    });

    /// <summary>Begins an exchange; see <see cref="HttpPeer.Begin"/>.</summary>
    public bool TryBegin(ReadOnlyMemory<byte> head, int bodyLength, WaitLimit limit, out WireFailure failure, bool expectsContinue = false)
    {
        if (_tls is { IsUsable: false })
            failure = new WireFailure(WireFault.Tls, Text: "our certificate cannot be used");
        else
            IsUnderWay = Http.Begin(head, bodyLength, limit, out failure, expectsContinue) is not null;

        return IsUnderWay;
    }

    /// <summary>Goes on with the exchange; see <see cref="HttpExchange.Run"/>.</summary>
    public ExchangeEnd Run(ReadOnlySpan<byte> body, WaitLimit limit)
    {
        var end = Http.Exchange!.Run(body, limit);
        WasInterrupted = end == ExchangeEnd.Interrupted;
        return end;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Http.Dispose();
        _tls?.Dispose();
    }
}
