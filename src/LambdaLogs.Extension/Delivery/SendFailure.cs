using System.Net.Sockets;
using LambdaLogs.Extension.Delivery.Proxies;
using LambdaLogs.Extension.Diagnostics;

namespace LambdaLogs.Extension.Delivery;

/// <summary>Tells from an exception of the HTTP client at what an attempt failed.</summary>
internal static class SendFailure
{
    /// <summary>
    /// Whether an exception is how the HTTP client tells what the network or the endpoint did. Anything else is a fault of ours.
    /// </summary>
    /// <param name="failure">The exception.</param>
    public static bool IsExpected(Exception failure) =>
        failure is HttpRequestException or IOException or SocketException or OperationCanceledException or ObjectDisposedException;

    /// <summary>Stage and cause of a failure.</summary>
    /// <param name="failure">An expected exception.</param>
    public static FailureKind KindOf(Exception failure)
    {
        // The connection's own time limit comes as a cancellation that nobody asked for.
        if (failure is OperationCanceledException)
            return FailureKind.TimedOut;

        if (ProxyRefusal.Within(failure) is not null)
            return FailureKind.Proxy;

        if (failure is not HttpRequestException request)
            return OfSocket(failure, FailureKind.Other);

        return request.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => FailureKind.NameNotResolved,
            HttpRequestError.SecureConnectionError => IsVersionRefused(failure) ? FailureKind.Protocol : FailureKind.Tls,
            HttpRequestError.ResponseEnded => FailureKind.Reset,
            HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.HttpProtocolError
                or HttpRequestError.VersionNegotiationError => FailureKind.Protocol,
            HttpRequestError.ConnectionError => OfSocket(failure, FailureKind.Unreachable),
            _ => OfSocket(failure, FailureKind.Other),
        };
    }

    /// <summary>The failure in words, for the log. Holds no secret: of endpoint and proxy the host only.</summary>
    /// <param name="kind">Stage and cause.</param>
    /// <param name="failure">The exception; its own words are used for TLS only, for the framework's texts are left out of the native
    /// build.</param>
    /// <param name="certificateRefusal">Why the certificate was refused. Null: it was not.</param>
    /// <param name="options">Where it went, and how.</param>
    public static string Describe(FailureKind kind, Exception failure, string? certificateRefusal, DestinationOptions options)
    {
        var endpoint = options.Endpoint;
        var proxy = options.Proxy;
        var host = HostOf(endpoint);
        var first = proxy is null ? host : $"the proxy {proxy}";
        var http = options.Request.Version is WireVersion.Http2 ? "HTTP/2, as HTTP_VERSION wants it" : "HTTP";
        return PlainText.OneLine(kind switch
        {
            FailureKind.Refused => $"{first} refused the connection",
            FailureKind.Unreachable => $"{first} cannot be reached",
            FailureKind.NameNotResolved => $"the name {proxy?.Host ?? endpoint.Host} cannot be resolved",
            FailureKind.Tls => certificateRefusal ?? $"no TLS connection with {host}: {TlsReason(failure.GetBaseException())}",
            FailureKind.Proxy => ProxyReason(proxy!, host, ProxyRefusal.Within(failure)?.Status ?? 0),
            FailureKind.TimedOut => $"{host} did not answer in time{(proxy is null ? "" : $" over {first}")}",
            FailureKind.Reset => $"{host} closed the connection before it answered",
            FailureKind.Protocol => $"{host} did not answer in {http}",
            _ => $"the request to {host} failed: {FaultText.Of(failure.GetBaseException())}",
        });
    }

    /// <summary>Why a proxy did not help, in words.</summary>
    /// <param name="proxy">The proxy.</param>
    /// <param name="host">Where to.</param>
    /// <param name="status">The proxy's answer. 0: it gave none.</param>
    public static string ProxyReason(ProxyAddress proxy, string host, int status) => status switch
    {
        407 when proxy.Authorization is null =>
            $"the proxy {proxy} asks for credentials (407): {proxy.Variable}=http://user:password@{proxy} can give them",
        407 => $"the proxy {proxy} does not take the credentials of {proxy.Variable} (407)",
        0 => $"the proxy {proxy} did not answer in HTTP when asked to connect with {host}; {proxy.Variable} names it",
        _ => $"the proxy {proxy} does not connect with {host}: it answered {status}",
    };

    // The alert of TLS (RFC 7301, section 3.2) by which an endpoint refuses a client that offers HTTP/2 and nothing else.
    static bool IsVersionRefused(Exception failure) =>
        failure.GetBaseException().Message.Contains("alert no application protocol", StringComparison.Ordinal);

    static string HostOf(Uri uri) => uri.IsDefaultPort ? uri.Host : $"{uri.Host}:{uri.Port}";

    // The texts of OpenSSL are sentences; the framework's are bare keys in the native build.
    static string TlsReason(Exception cause) => cause switch
    {
        IOException or SocketException => "it was closed during the handshake",
        { Message: var message } when message.Contains(' ') => message,
        _ => "the handshake failed",
    };

    static FailureKind OfSocket(Exception failure, FailureKind otherwise)
    {
        for (var inner = failure; inner is not null; inner = inner.InnerException)
        {
            if (inner is SocketException socket)
                return Of(socket.SocketErrorCode, otherwise);
        }

        return failure is IOException or HttpRequestException { InnerException: IOException } ? FailureKind.Reset : otherwise;
    }

    static FailureKind Of(SocketError error, FailureKind otherwise) => error switch
    {
        SocketError.ConnectionRefused => FailureKind.Refused,
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.NetworkDown or SocketError.HostDown
            or SocketError.AccessDenied or SocketError.AddressNotAvailable => FailureKind.Unreachable,
        SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData or SocketError.NoRecovery => FailureKind.NameNotResolved,
        SocketError.TimedOut => FailureKind.TimedOut,
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => FailureKind.Reset,
        _ => otherwise,
    };
}
