using LambdaLogs.Extension.Delivery.Trust;
using LambdaLogs.Extension.Wire;
using LambdaLogs.Extension.Wire.Http;

namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>
/// Sends single requests to AWS services. Each one uses its own connection, because they are minutes apart. A request that the caller's
/// limit cuts off continues with the next call. For the sender's thread, except <see cref="InvalidateConnections"/>.
/// </summary>
/// <param name="options">The endpoint's options. Proxy and certificates apply here as well.</param>
/// <param name="time">Limits each request.</param>
internal sealed class AwsHttp(DestinationOptions options, TimeProvider time)
{
    // A secret has at most 64 KB, and JSON may escape it.
    const int ResponseBytesMax = 512 * 1024;

    // With the processor share of the smallest function a TLS handshake alone takes half a second.
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    readonly Lock _gate = new();
    DestinationOptions? _asked;
    EndpointClient? _client;
    byte[] _body = [];
    long _until;

    /// <summary>Whether a request was cut off and can continue.</summary>
    public bool IsUnderWay => _client is not null;

    /// <summary>Sends a request, or continues to wait for the response to the one that was cut off.</summary>
    /// <param name="make">Creates the signed request and its body; not called if a request is continued.</param>
    /// <param name="limit">Limits the wait.</param>
    /// <param name="isCutOff">Whether the limit ended the wait.</param>
    public AwsResponse Send(Func<(HttpRequest Request, byte[] Body)> make, WaitLimit limit, out bool isCutOff)
    {
        isCutOff = false;
        if (_client is { Http.MayBeDead: true })
            Close();

        // The user's certificates are for the endpoint and perhaps for an inspecting proxy; AWS's certificates are verified with the
        // system's.
        var certificates = new ServerCertificateCheck(new TrustAnchors(() => AnchorSource.WithSystem(options.TlsCa, options.SystemCaFile)));
        var failure = default(WireFailure);
        var bounds = limit.AtMost(LongestWait);
        if (_client is null)
        {
            var (request, body) = make();
            _asked = options with { Url = request.Url.AbsoluteUri, Timeout = LongestWait, Request = new RequestOptions() };
            var peer = new EndpointClient(_asked, certificates, null, time, ResponseBytesMax);
            lock (_gate)
                _client = peer;
            (_body, _until) = (body, bounds.Deadline);
            peer.TryBegin(request.Head(body.Length, peer.Http.Opener.Route.IsForwardedByProxy), body.Length, bounds, out failure);
        }

        bounds = bounds with { Deadline = Math.Min(bounds.Deadline, Math.Max(_until, limit.Time.GetTimestamp())) };
        if (failure.Fault is WireFault.None)
            failure = Run(_client, bounds);
        if (failure.Fault is WireFault.Interrupted || (failure.Fault is WireFault.TimedOut && limit.Remaining == TimeSpan.Zero))
        {
            isCutOff = true;
            if (!_client.IsUnderWay)
                Close();
            return new AwsResponse(0, [], "it did not respond before the deadline");
        }

        var reader = _client.Http.Exchange?.Response;
        var response = failure.Fault is WireFault.None
            ? new AwsResponse(reader!.Status, reader.Body.ToArray(), null)
            : new AwsResponse(0, [], Describe(failure, certificates.RefusalReason(_client.Http.Opener.Server)));
        Close();
        return response;
    }

    /// <summary>Gives up the connection of a request in progress. Never blocks. Any thread.</summary>
    public void InvalidateConnections()
    {
        lock (_gate)
            _client?.Http.InvalidateConnections();
    }

    WireFailure Run(EndpointClient peer, WaitLimit limit)
    {
        var end = peer.Run(_body, limit);
        if (end == ExchangeEnd.Responded)
            end = peer.Exchange!.ReadBody(limit, ResponseBytesMax);

        // A body that ends early is used as far as it was received.
        return end is ExchangeEnd.Responded || (end == ExchangeEnd.Closed && peer.Exchange!.Response.HasHead)
            ? default
            : EndpointClient.FailureOf(end);
    }

    void Close()
    {
        EndpointClient? peer;
        lock (_gate)
            (peer, _client) = (_client, null);
        peer?.Dispose();
    }

    string Describe(WireFailure failure, string? refusal)
    {
        var kind = FailureDescription.KindOf(failure);
        var text = FailureDescription.Describe(kind, failure, refusal, _asked!);
        return kind is FailureKind.TimedOut or FailureKind.Unreachable or FailureKind.NameNotResolved
            ? $"{text} (a function in a VPC needs an interface endpoint or a NAT gateway for it)"
            : text;
    }
}
