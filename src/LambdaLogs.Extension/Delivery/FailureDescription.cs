using LambdaLogs.Extension.Delivery.Proxies;
using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Delivery;

/// <summary>Describes why an attempt failed.</summary>
internal static class FailureDescription
{
    const string TlsClosed = "the connection was closed";

    /// <summary>Returns the kind of a failure.</summary>
    /// <param name="failure">The failure of the connection or exchange.</param>
    public static FailureKind KindOf(WireFailure failure) => failure.Fault switch
    {
        WireFault.None => FailureKind.None,
        WireFault.NameNotFound or WireFault.NameServer => FailureKind.NameNotResolved,
        WireFault.Refused => FailureKind.Refused,
        WireFault.Unreachable or WireFault.NoResource => FailureKind.Unreachable,
        WireFault.TimedOut => FailureKind.TimedOut,
        WireFault.Interrupted => FailureKind.CutOff,
        WireFault.Proxy => FailureKind.Proxy,
        WireFault.Tls => FailureKind.Tls,
        WireFault.Closed => FailureKind.Reset,
        WireFault.NotHttp or WireFault.ExtraBytes => FailureKind.Protocol,
        WireFault.HeadTooLarge => FailureKind.HeadTooLarge,
        _ => FailureKind.Other,
    };

    /// <summary>Describes the failure for the log. Contains no secret: of endpoint and proxy only the host.</summary>
    /// <param name="kind">The kind of failure.</param>
    /// <param name="failure">Details of the failure.</param>
    /// <param name="certificateRefusal">Why the certificate was refused. Null: it was not.</param>
    /// <param name="options">Address and proxy.</param>
    public static string Describe(FailureKind kind, WireFailure failure, string? certificateRefusal, DestinationOptions options)
    {
        var endpoint = options.Endpoint;
        var proxy = options.Proxy;
        var host = HostOf(endpoint);
        var first = proxy is null ? host : $"the proxy {proxy}";
        var through = proxy is null ? "" : $" through {first}";
        // Without a tunnel the connection belongs to the proxy.
        var peer = options.IsTunnelled ? host : first;
        return PlainText.OneLine(kind switch
        {
            FailureKind.Refused => $"{first} refused the connection",
            FailureKind.Unreachable when failure.Fault is WireFault.NoResource =>
                $"cannot connect to {first}: the process has no file descriptor or memory left",
            FailureKind.Unreachable => $"{first} cannot be reached",
            FailureKind.NameNotResolved => $"the name {proxy?.Host ?? endpoint.Host} cannot be resolved{NameReason(failure)}",
            FailureKind.Tls => certificateRefusal ?? $"the TLS handshake with {host}{through} failed: {failure.Text ?? TlsClosed}",
            FailureKind.Proxy when failure.Status == 0 => BrokenProxy(proxy!, failure.Cause),
            FailureKind.Proxy => ProxyReason(proxy!, host, failure.Status),
            FailureKind.TimedOut => $"{host} did not respond in time{through}",
            FailureKind.Reset => $"{peer} closed the connection before it responded",
            FailureKind.Protocol => $"{peer} does not speak HTTP",
            FailureKind.HeadTooLarge => $"{peer} responded with headers of more than 64 KB, which are not read",
            _ => $"the request to {host} failed",
        });
    }

    /// <summary>Describes why a proxy did not connect.</summary>
    /// <param name="proxy">The proxy.</param>
    /// <param name="host">The host of the endpoint.</param>
    /// <param name="status">The proxy's status.</param>
    public static string ProxyReason(ProxyAddress proxy, string host, int status) => status switch
    {
        407 when proxy.Authorization is null =>
            $"the proxy {proxy} requires credentials (407); set {proxy.Variable}=http://user:password@{proxy}",
        407 => $"the proxy {proxy} rejected the credentials in {proxy.Variable} (407)",
        _ => $"the proxy {proxy} refused to connect to {host}: status {status}",
    };

    static string BrokenProxy(ProxyAddress proxy, WireFault cause) => cause switch
    {
        WireFault.Closed => $"the proxy {proxy} closed the connection before it responded",
        WireFault.HeadTooLarge => $"the proxy {proxy} responded with headers of more than 64 KB, which are not read",
        WireFault.ExtraBytes => $"the proxy {proxy} sent more than its response to CONNECT; it is set by {proxy.Variable}",
        _ => $"the proxy {proxy} does not speak HTTP; it is set by {proxy.Variable}",
    };

    static string NameReason(WireFailure failure) => failure.Fault is WireFault.NameServer ? ": no name server responded" : "";

    static string HostOf(Uri uri) => uri.IsDefaultPort ? uri.Host : $"{uri.Host}:{uri.Port}";
}
