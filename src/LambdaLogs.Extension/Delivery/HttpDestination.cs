using LambdaLogs.Extension.Delivery.Trust;
using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Wire;
using LambdaLogs.Extension.Wire.Http;

namespace LambdaLogs.Extension.Delivery;

/// <summary>
/// Sends batches to an HTTP endpoint, one at a time. Creates the connection and the request headers on first use. For one thread at a time,
/// except <see cref="InvalidateConnections"/>.
/// </summary>
/// <param name="options">Address, TLS, proxy and headers.</param>
/// <param name="format">The format of bodies, which determines the media type and the meaning of responses.</param>
/// <param name="retry">Which statuses are retried.</param>
/// <param name="time">Limits each attempt; the wall clock for <c>Retry-After</c>.</param>
/// <param name="authenticator">Authenticates requests with credentials that may change. Null: as the options say.</param>
internal sealed class HttpDestination(
    DestinationOptions options, LogFormat format, RetryOptions retry, TimeProvider time, IRequestAuthenticator? authenticator = null)
    : IDestination, IDisposable
{
    // How long to wait for a response on a connection from before a freeze: what was received in the meantime is available immediately.
    static readonly TimeSpan StaleConnectionWait = TimeSpan.FromMilliseconds(250);

    readonly ServerCertificateCheck _certificates = ServerCertificateCheck.Of(options);
    readonly ResponseInterpreter _responses = new(options, format, authenticator ?? options.Authentication, retry, time);
    readonly BodyCompressor? _compressor = (options.Request.Compression ?? Default(format)) is Compression.Gzip ? new() : null;
    readonly Lock _gate = new();
    RequestFactory? _requests;
    ClientIdentity? _identity;
    EndpointClient? _client;
    string? _batchId;
    TimeSpan _spent;
    bool _isShutdown;

    /// <summary>
    /// Checks the client certificate and the headers of the settings, and logs mistakes. Called once, before the first batch is sent.
    /// Does nothing if neither is set.
    /// </summary>
    /// <param name="log">Receives the mistakes.</param>
    public void Prepare(ExtensionLog log)
    {
        if (Identity is { Problem: { } problem })
            log.Error(problem);

        if (options.Request.Headers.Count == 0)
            return;

        foreach (var name in Requests.OmittedHeaders)
            log.Warn($"HTTP_HEADERS: {name} is not sent, because the value of one of its placeholders is not known");
    }

    /// <inheritdoc/>
    public bool HasOpenConnection => authenticator is null && _client is { IsUnderWay: false, Http.IsOpen: true };

    /// <inheritdoc/>
    public SendResult Send(ReadOnlySpan<byte> body, BatchLabel batch, in AttemptLimit limit)
    {
        if (Identity is { Problem: { } problem })
            return new SendResult(Verdict.Retry, 0, FailureKind.ClientCertificate, null) { Detail = PlainText.OneLine(problem) };

        var start = time.GetTimestamp();
        var peer = Client();
        var bytes = _compressor is null ? body : _compressor.Compress(body, batch.Id);
        PrepareExchange(peer, batch.Id, bytes.Length, limit.IsShutdown);
        var timeout = options.Timeout > _spent ? options.Timeout - _spent : TimeSpan.Zero;
        var bounds = new AttemptBounds(limit.ToWaitLimit(time), limit.ToWaitLimit(time).AtMost(timeout));
        var result = peer.Exchange is null
            ? SendNew(peer, bytes, batch, bounds, limit.ExpectContinue)
            : ContinueExchange(peer, bytes, batch, bounds);
        _spent += time.GetElapsedTime(start);
        // Converted to uncompressed bytes, by which batches are measured.
        return _compressor is null ? result : result with { SentBytes = result.SentBytes * body.Length / Math.Max(bytes.Length, 1) };
    }

    /// <inheritdoc/>
    public void InvalidateConnections()
    {
        lock (_gate)
            _client?.Http.InvalidateConnections();
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose() => _client?.Dispose();

    RequestFactory Requests => _requests ??= new RequestFactory(options, format, authenticator ?? options.Authentication);

    ClientIdentity? Identity => options.TlsCert is null || options.Endpoint.Scheme != "https"
        ? null
        : _identity ??= ClientIdentity.Load(options.TlsCert, options.TlsKey, time.GetUtcNow());

    static Compression Default(LogFormat format) => format.Traits.CompressedByDefault ? Compression.Gzip : Compression.None;

    EndpointClient Client()
    {
        lock (_gate)
            return _client ??= new EndpointClient(options, _certificates, Identity?.Client, time, _responses.BodyBytesMax);
    }

    /// <summary>Ensures that the current exchange, if any, belongs to this batch and can continue.</summary>
    void PrepareExchange(EndpointClient peer, string batchId, int length, bool isShutdown)
    {
        // From the beginning of the shutdown on, no older connection is used: it may be dead.
        if (isShutdown && !_isShutdown)
            peer.Http.InvalidateConnections();

        _isShutdown = isShutdown;
        var isSame = _batchId == batchId && peer.Exchange is { } exchange && exchange.BodyLength == length;
        // Sending the rest of a body whose first part may be lost is not worth the risk.
        var isHopeless = peer.Exchange is { IsFullySent: false } && peer.Http.MayBeDead;
        if (peer.IsUnderWay && (!isSame || isHopeless))
            peer.Http.Close();
        if (!peer.IsUnderWay)
            _spent = TimeSpan.Zero;

        _batchId = batchId;
    }

    SendResult ContinueExchange(EndpointClient peer, ReadOnlySpan<byte> body, BatchLabel batch, AttemptBounds bounds)
    {
        if (!peer.Http.MayBeDead)
            return RunExchange(peer, body, bounds);

        var wait = bounds.Attempt.AtMost(StaleConnectionWait);
        var result = RunExchange(peer, body, bounds with { Attempt = wait });
        if (result.Failure is FailureKind.None || bounds.Caller.Remaining == TimeSpan.Zero || peer.WasInterrupted)
            return result;

        peer.Http.Close();
        return SendNew(peer, body, batch, bounds, expectsContinue: false);
    }

    SendResult SendNew(EndpointClient peer, ReadOnlySpan<byte> body, BatchLabel batch, AttemptBounds bounds, bool expectsContinue)
    {
        var compression = _compressor is null ? Compression.None : Compression.Gzip;
        var request = Requests.Create(body, compression, batch, expectsContinue);
        var head = request.Head(body.Length, peer.Http.Opener.Route.IsForwardedByProxy);
        for (var isSecondTry = false; ; isSecondTry = true)
        {
            if (!peer.TryBegin(head, body.Length, bounds.Attempt, out var failure, expectsContinue))
                return Failed(peer, failure, bounds);

            var isReused = peer.Http.IsReused;
            var result = RunExchange(peer, body, bounds);
            // The request was sent over a reused connection that had died unnoticed. That says nothing about the endpoint and does not
            // count as an attempt.
            if (result.Failure is not FailureKind.Reset || !isReused || isSecondTry)
                return result;
        }
    }

    SendResult RunExchange(EndpointClient peer, ReadOnlySpan<byte> body, AttemptBounds bounds)
    {
        var end = peer.Run(body, bounds.Attempt);
        var exchange = peer.Exchange!;
        SendResult result;
        if (end == ExchangeEnd.Responded)
        {
            result = _responses.Read(exchange, bounds.Attempt);
            peer.Http.Finish();
            peer.IsUnderWay = false;
        }
        else if (end == ExchangeEnd.HeadTooLarge && exchange.Response.Status >= 200)
        {
            // The status line was received, so the result is known. Sending the batch again would only create duplicates.
            result = _responses.OfStatus(exchange.Response.Status) with { Detail = TooLargeHead() };
            peer.Http.Close();
            peer.IsUnderWay = false;
        }
        else
        {
            result = Failed(peer, EndpointClient.FailureOf(end), bounds);
        }

        return result with { SentBytes = exchange.SentBody, SentWhole = exchange.IsFullySent, SendElapsed = exchange.SendTime };
    }

    string TooLargeHead() => FailureDescription.Describe(FailureKind.HeadTooLarge, default, null, options);

    SendResult Failed(EndpointClient peer, WireFailure failure, AttemptBounds bounds)
    {
        var isCutOff = failure.Fault == WireFault.Interrupted
            || (failure.Fault == WireFault.TimedOut && bounds.Caller.Remaining == TimeSpan.Zero);
        if (isCutOff)
            return new SendResult(Verdict.Retry, 0, FailureKind.CutOff, null);

        peer.Http.Close();
        peer.IsUnderWay = false;
        var refusal = _certificates.RefusalReason(peer.Http.Opener.Server);
        var kind = FailureDescription.KindOf(failure);
        return new SendResult(Verdict.Retry, 0, kind, null) { Detail = FailureDescription.Describe(kind, failure, refusal, options) };
    }

    /// <summary>The limits of an attempt.</summary>
    /// <param name="Caller">The caller's limit.</param>
    /// <param name="Attempt">The caller's limit and <c>HTTP_TIMEOUT_SECONDS</c>.</param>
    readonly record struct AttemptBounds(WaitLimit Caller, WaitLimit Attempt);
}
