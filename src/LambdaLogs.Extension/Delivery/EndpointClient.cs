using LambdaLogs.Extension.Delivery.Trust;
using LambdaLogs.Extension.Wire;
using LambdaLogs.Extension.Wire.Http;
using LambdaLogs.Extension.Wire.Names;
using LambdaLogs.Extension.Wire.Tls;

namespace LambdaLogs.Extension.Delivery;

/// <summary>A connection to the host of a URL, opened as the options say, and the exchange over it. For one thread at a time.</summary>
internal sealed class EndpointClient : IDisposable
{
    readonly TlsContext? _tls;

    /// <summary>Prepares the connection, without opening it.</summary>
    /// <param name="options">Address, TLS and proxy.</param>
    /// <param name="certificates">Verifies the server's certificate.</param>
    /// <param name="identity">The client certificate. Null: none.</param>
    /// <param name="time">The monotonic clock.</param>
    /// <param name="bodyBytesMax">How many bytes of a response's body are kept.</param>
    public EndpointClient(
        DestinationOptions options, ServerCertificateCheck certificates, ClientCertificate? identity, TimeProvider time, int bodyBytesMax)
    {
        _tls = options.Endpoint.Scheme == "https" ? new TlsContext(certificates.SettingsFor(options.Endpoint.IdnHost, identity)) : null;
        Http = new HttpHostClient(new ConnectionOpener(RouteOf(options), new NameResolver(SystemFile.Read), _tls), time, bodyBytesMax);
    }

    /// <summary>The connection and its current exchange.</summary>
    public HttpHostClient Http { get; }

    /// <summary>The exchange in progress. Null: none.</summary>
    public HttpExchange? Exchange => IsUnderWay ? Http.Exchange : null;

    /// <summary>Whether an exchange was started and not finished: it can continue.</summary>
    public bool IsUnderWay { get; set; }

    /// <summary>Whether a signal ended the last run.</summary>
    public bool WasInterrupted { get; private set; }

    /// <summary>Returns the route to an endpoint.</summary>
    /// <param name="options">Address and proxy.</param>
    public static WireRoute RouteOf(DestinationOptions options) => new()
    {
        Host = options.Endpoint.IdnHost.Trim('[', ']'),
        Port = (ushort)options.Endpoint.Port,
        IsTunnelled = options.IsTunnelled,
        UserAgent = ProductName.UserAgent,
        Proxy = options.Proxy is { } proxy ? new WireProxy(proxy.Host, (ushort)proxy.Port, proxy.Authorization) : null,
    };

    /// <summary>Returns the failure for an exchange that ended without a response.</summary>
    /// <param name="end">How it ended, if it was not completed.</param>
    public static WireFailure FailureOf(ExchangeEnd end) => new(end switch
    {
        ExchangeEnd.TimedOut => WireFault.TimedOut,
        ExchangeEnd.Interrupted => WireFault.Interrupted,
        ExchangeEnd.HeadTooLarge => WireFault.HeadTooLarge,
        ExchangeEnd.NotHttp => WireFault.NotHttp,
        _ => WireFault.Closed,
    });

    /// <summary>Starts an exchange; see <see cref="HttpHostClient.Begin"/>.</summary>
    public bool TryBegin(ReadOnlyMemory<byte> head, int bodyLength, WaitLimit limit, out WireFailure failure, bool expectsContinue = false)
    {
        if (_tls is { IsUsable: false })
            failure = new WireFailure(WireFault.Tls, Text: "the client certificate cannot be used");
        else
            IsUnderWay = Http.Begin(head, bodyLength, limit, out failure, expectsContinue) is not null;

        return IsUnderWay;
    }

    /// <summary>Continues the exchange; see <see cref="HttpExchange.Run"/>.</summary>
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
