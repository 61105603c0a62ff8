using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Delivery.Proxies;
using LambdaLogs.Extension.Delivery.Trust;

namespace LambdaLogs.Extension.Checks;

/// <summary>
/// Goes the way to the endpoint step by step, on a connection of its own, so that each step can be told by itself. The HTTP client would
/// tell only that it did not get there. For one thread; the steps in their order.
/// </summary>
/// <param name="options">Where and how.</param>
/// <param name="time">The wall clock, for a certificate's time.</param>
internal sealed class EndpointProbe(DestinationOptions options, TimeProvider time) : IDisposable
{
    IPAddress[] _addresses = [];
    NetworkStream? _stream;

    string Host => options.Proxy?.Host ?? options.Endpoint.DnsSafeHost;

    int Port => options.Proxy?.Port ?? options.Endpoint.Port;

    /// <summary>Which proxy is on the way.</summary>
    public CheckStep Proxy() => new("proxy", true, options.Proxy is { } proxy ? $"{proxy}, by {proxy.Variable}" : "none");

    /// <summary>Resolves the name of the proxy or the endpoint.</summary>
    /// <param name="cancel">Ends it.</param>
    public async Task<CheckStep> ResolveAsync(CancellationToken cancel)
    {
        const string Name = "name";
        if (IPAddress.TryParse(Host, out var address))
        {
            _addresses = [address];
            return new CheckStep(Name, true, $"{Host} is an address");
        }

        try
        {
            _addresses = await Dns.GetHostAddressesAsync(Host, cancel).ConfigureAwait(false);
            return new CheckStep(Name, true, $"{Host} is {string.Join<IPAddress>(", ", _addresses)}");
        }
        catch (Exception failure) when (SendFailure.IsExpected(failure))
        {
            return Failed(Name, failure is OperationCanceledException ? FailureKind.TimedOut : FailureKind.NameNotResolved, failure, null);
        }
    }

    /// <summary>Connects with the first address that takes a connection.</summary>
    /// <param name="cancel">Ends it.</param>
    public async Task<CheckStep> ConnectAsync(CancellationToken cancel)
    {
        const string Name = "connection";
        var before = "";
        Exception? last = null;
        foreach (var address in _addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                using var limit = new CancellationTokenSource(ConnectionPool.LongestConnect, time);
                using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
                await socket.ConnectAsync(address, Port, both.Token).ConfigureAwait(false);
                _stream = new NetworkStream(socket, ownsSocket: true);
                return new CheckStep(Name, true, $"{new IPEndPoint(address, Port)}{before}");
            }
            catch (Exception failure) when (SendFailure.IsExpected(failure))
            {
                socket.Dispose();
                last = failure;
                before += $", after {address} did not take it";
            }
        }

        return Failed(Name, last is null ? FailureKind.NameNotResolved : SendFailure.KindOf(last), last ?? new IOException(), null);
    }

    /// <summary>Has the proxy connect with the endpoint.</summary>
    /// <param name="cancel">Ends it.</param>
    public async Task<CheckStep> TunnelAsync(CancellationToken cancel)
    {
        const string Name = "tunnel";
        var endpoint = new DnsEndPoint(options.Endpoint.DnsSafeHost, options.Endpoint.Port);
        try
        {
            await ProxyTunnel.OpenAsync(_stream!, options.Proxy!, endpoint, cancel).ConfigureAwait(false);
            return new CheckStep(Name, true, $"the proxy has connected with {endpoint.Host}:{endpoint.Port}");
        }
        catch (Exception failure) when (SendFailure.IsExpected(failure) || failure is ProxyRefusal)
        {
            return Failed(Name, failure is ProxyRefusal ? FailureKind.Proxy : SendFailure.KindOf(failure), failure, null);
        }
    }

    /// <summary>Makes the TLS handshake and looks at the certificates.</summary>
    /// <param name="cancel">Ends it.</param>
    public async Task<CheckStep> SecureAsync(CancellationToken cancel)
    {
        const string Name = "tls";
        FrameworkStore.LeaveEmpty();
        var check = ServerCertificateCheck.Of(options);
        var identity = options.TlsCert is null ? null : ClientIdentity.Load(options.TlsCert, options.TlsKey, time.GetUtcNow());
        if (identity?.Problem is { } problem)
            return new CheckStep(Name, false, problem);

        CertificateFacts? facts = null;
        var tls = ConnectionPool.NewTlsOptions(Accepts, identity?.Context);
        tls.TargetHost = options.Endpoint.IdnHost;
        await using var stream = new SslStream(_stream!, leaveInnerStreamOpen: true);
        try
        {
            await stream.AuthenticateAsClientAsync(tls, cancel).ConfigureAwait(false);
            var how = options.TlsVerify ? "" : ", certificate NOT CHECKED (HTTP_TLS_VERIFY=false)";
            return new CheckStep(Name, true, NameOf(stream.SslProtocol) + how) { Details = facts?.Text(time.GetUtcNow()) };
        }
        catch (Exception failure) when (SendFailure.IsExpected(failure) || failure is AuthenticationException)
        {
            var kind = failure is OperationCanceledException ? FailureKind.TimedOut : FailureKind.Tls;
            var step = Failed(Name, kind, failure, check.Refusal);
            if (facts is not null)
                step = step with { Details = facts.Text(time.GetUtcNow()), Advice = Advice(facts) };

            return step;
        }

        bool Accepts(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
        {
            if (certificate is X509Certificate2 leaf)
                facts = new CertificateFacts(leaf, chain, errors);

            return check.Accepts(sender, certificate, chain, errors);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream?.Dispose();

    static string NameOf(SslProtocols protocol) => protocol switch
    {
        SslProtocols.Tls12 => "TLS 1.2",
        SslProtocols.Tls13 => "TLS 1.3",
        _ => "TLS",
    };

    string Advice(CertificateFacts facts)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (facts.IsForAnotherHost)
            return $"set HTTP_ENDPOINT to a host the certificate is for, or give the endpoint one for {options.Endpoint.IdnHost}";

        return now > facts.Until || now < facts.From
            ? $"the endpoint needs a certificate of today, or this machine's clock is wrong ({now:yyyy-MM-dd HH:mm} UTC)"
            : "set HTTP_TLS_CA to the certificate of the authority that issued it, as a path or PEM text";
    }

    CheckStep Failed(string name, FailureKind kind, Exception failure, string? refusal) =>
        new(name, false, SendFailure.Describe(kind, failure, refusal, options)) { Advice = FailureAdvice.For(kind, options) };
}
