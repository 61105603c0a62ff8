using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Delivery.Trust;
using LambdaLogs.Extension.Wire;
using LambdaLogs.Extension.Wire.Http;
using LambdaLogs.Extension.Wire.Names;
using LambdaLogs.Extension.Wire.Tls;

namespace LambdaLogs.Extension.Checks;

/// <summary>
/// Connects to the endpoint step by step over its own connection, so that each step is reported separately. For one thread; the steps must
/// be called in order.
/// </summary>
internal sealed class EndpointProbe : IDisposable
{
    readonly DestinationOptions _options;
    readonly TimeProvider _time;
    readonly WaitLimit _limit;
    readonly ServerCertificateCheck _certificates;
    readonly WireRoute _route;
    readonly NameResolver _names = new(SystemFile.Read);
    IReadOnlyList<SocketAddress> _addresses = [];
    TcpSocket? _socket;

    /// <summary>Prepares the steps.</summary>
    /// <param name="options">Address, TLS and proxy. All steps together share the time limit of one attempt.</param>
    /// <param name="time">The monotonic clock; the wall clock, for certificates.</param>
    public EndpointProbe(DestinationOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _limit = WaitLimit.In(time, options.Timeout);
        _certificates = ServerCertificateCheck.Of(options);
        _route = EndpointClient.RouteOf(options);
    }

    /// <summary>Reports which proxy is used.</summary>
    public CheckStep Proxy() => new("proxy", true, _options.Proxy is { } proxy ? $"{proxy}, by {proxy.Variable}" : "none");

    /// <summary>Resolves the host name of the proxy or the endpoint.</summary>
    public CheckStep Resolve()
    {
        const string Name = "name";
        var host = _route.Proxy?.Host ?? _route.Host;
        _addresses = new ConnectionOpener(_route, _names, null).Resolve(_limit.AtMost(ConnectionOpener.ConnectTimeout), out var failure);
        if (_addresses.Count == 0)
            return Failed(Name, failure);

        return new CheckStep(Name, true, System.Net.IPAddress.TryParse(host, out _) ? $"{host} is an address" : $"{host} is {Shown()}");
    }

    /// <summary>Connects to the first address that accepts a connection.</summary>
    public CheckStep Connect()
    {
        const string Name = "connection";
        var before = "";
        var failure = default(WireFailure);
        foreach (var address in _addresses)
        {
            _socket = ConnectionOpener.Connect([address], _limit.AtMost(ConnectionOpener.ConnectTimeout), out failure);
            if (_socket is not null)
                return new CheckStep(Name, true, $"{address}{before}");

            before += $", after {address.Host} failed";
        }

        return Failed(Name, failure);
    }

    /// <summary>Asks the proxy for a tunnel to the endpoint.</summary>
    public CheckStep Tunnel()
    {
        const string Name = "tunnel";
        return new ConnectionOpener(_route, _names, null).TryTunnel(_socket!, _limit, out var failure)
            ? new CheckStep(Name, true, $"the proxy connected to {_route.Authority}")
            : Failed(Name, failure);
    }

    /// <summary>Makes the TLS handshake and checks the certificates.</summary>
    public CheckStep Handshake()
    {
        const string Name = "tls";
        var identity = _options.TlsCert is null ? null : ClientIdentity.Load(_options.TlsCert, _options.TlsKey, _time.GetUtcNow());
        if (identity?.Problem is { } problem)
            return new CheckStep(Name, false, problem);

        using var tls = new TlsContext(_certificates.SettingsFor(_options.Endpoint.IdnHost, identity?.Client));
        var opener = new ConnectionOpener(_route, _names, tls);
        using var channel = opener.Handshake(_socket!, _limit, out var failure);
        var facts = opener.Server is { } server ? new CertificateSummary(server) : null;
        var details = facts?.Text(_time.GetUtcNow());
        if (channel is null)
        {
            var step = Failed(Name, failure, opener.Server);
            return facts is null ? step : step with { Details = details, Advice = Advice(facts) };
        }

        var how = _options.TlsVerify ? "" : ", certificate NOT VERIFIED (HTTP_TLS_VERIFY=false)";
        return new CheckStep(Name, true, NameOf(channel.Version) + how) { Details = details };
    }

    /// <inheritdoc/>
    public void Dispose() => _socket?.Dispose();

    static string NameOf(string version) => version.StartsWith("TLSv1.", StringComparison.Ordinal) ? "TLS 1." + version[6..] : "TLS";

    string Shown()
    {
        var shown = "";
        foreach (var address in _addresses)
            shown += (shown.Length > 0 ? ", " : "") + address.Host;

        return shown;
    }

    string Advice(CertificateSummary facts)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        if (facts.IsForAnotherHost)
            return $"set HTTP_ENDPOINT to a host the certificate is for, or give the endpoint one for {_options.Endpoint.IdnHost}";

        return now > facts.NotAfter || now < facts.NotBefore
            ? $"renew the endpoint's certificate, or correct this machine's clock ({now:yyyy-MM-dd HH:mm} UTC)"
            : "set HTTP_TLS_CA to the certificate of the authority that issued it, as a path or PEM text";
    }

    CheckStep Failed(string name, WireFailure failure, ServerCertificates? server = null)
    {
        var kind = FailureDescription.KindOf(failure);
        var text = FailureDescription.Describe(kind, failure, _certificates.RefusalReason(server), _options);
        return new CheckStep(name, false, text) { Advice = FailureAdvice.For(kind, _options) };
    }
}
