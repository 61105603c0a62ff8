using LambdaLogs.Extension.Delivery.Trust;
using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Formats;

namespace LambdaLogs.Extension.Delivery;

/// <summary>
/// Sends batches to an HTTP endpoint. Safe for calls from several threads. Costs nothing before the first batch: the HTTP client is built
/// then.
/// </summary>
/// <param name="options">Where and how.</param>
/// <param name="format">How bodies are written: the media type and what else their destinations want to know.</param>
/// <param name="retry">Which statuses are to be tried again.</param>
/// <param name="time">Bounds each attempt; the wall clock for <c>Retry-After</c>.</param>
/// <param name="proof">Who sends, where that changes with time. Null: as the options say.</param>
internal sealed class HttpDestination(
    DestinationOptions options, LogFormat format, RetryOptions retry, TimeProvider time, IRequestProof? proof = null)
    : IAsyncDestination, IDisposable
{
    readonly AnswerReader _answers = new(options, format, proof ?? options.Authentication, retry, time);
    readonly ServerCertificateCheck _certificates = ServerCertificateCheck.Of(options);
    readonly BodyCompressor? _compressor = (options.Request.Compression ?? Default(format)) is Compression.Gzip ? new() : null;
    RequestFactory? _requests;
    ClientIdentity? _identity;
    ConnectionPool? _pool;

    /// <summary>
    /// Looks at what the settings name: the certificate that we present, the headers. To be called behind the first <c>/next</c>, so that
    /// mistakes are told before there is anything to send. Does nothing where there is nothing of the kind.
    /// </summary>
    /// <param name="log">Takes the mistakes.</param>
    public void Prepare(ExtensionLog log)
    {
        if (Identity is { Problem: { } problem })
            log.Error(problem);

        if (options.Request.Headers.Count == 0)
            return;

        foreach (var name in Requests.LeftOut)
            log.Warn($"HTTP_HEADERS: {name} is left out, because what a placeholder of it stands for is not known here");
    }

    /// <inheritdoc/>
    public async Task<SendResult> SendAsync(ReadOnlyMemory<byte> body, string batchId, CancellationToken cancel)
    {
        if (Identity is { Problem: { } problem })
            return new SendResult(Verdict.Retry, 0, FailureKind.ClientCertificate, null) { Detail = PlainText.OneLine(problem) };

        using var timeout = new CancellationTokenSource(options.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        var triedAgain = false;
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            var pool = CurrentPool();
            var opened = pool.Opened;
            try
            {
                return await SendOnceAsync(pool, body, batchId, both.Token).ConfigureAwait(false);
            }
            catch (Exception failure) when (SendFailure.IsExpected(failure))
            {
                cancel.ThrowIfCancellationRequested();
                var kind = timeout.IsCancellationRequested ? FailureKind.TimedOut : SendFailure.KindOf(failure);
                if (failure is ObjectDisposedException && pool != Volatile.Read(ref _pool))
                    continue;   // Dropped under its feet: nothing was sent, and the next pool is another one.

                if (triedAgain || kind is not FailureKind.Reset || !WentOverOldConnection(pool, opened))
                    return new SendResult(Verdict.Retry, 0, kind, null) { Detail = Describe(kind, failure) };

                // It says nothing about the endpoint, so it is no attempt of its own. The other connection is as old: let both go.
                Discard(pool);
                triedAgain = true;
            }
        }
    }

    /// <inheritdoc/>
    public void DropConnections() => Interlocked.Exchange(ref _pool, null)?.Dispose();

    /// <summary>Closes idle connections; those in use close with their answer.</summary>
    public void Dispose() => DropConnections();

    RequestFactory Requests => _requests ??= new RequestFactory(options, format, proof ?? options.Authentication);

    ClientIdentity? Identity => options.TlsCert is null || options.Endpoint.Scheme != "https" ? null : _identity ??= LoadIdentity();

    ClientIdentity LoadIdentity()
    {
        FrameworkStore.LeaveEmpty();
        return ClientIdentity.Load(options.TlsCert!, options.TlsKey, time.GetUtcNow());
    }

    static Compression Default(LogFormat format) => format.Traits.CompressedByDefault ? Compression.Gzip : Compression.None;

    // No connection was opened since the attempt began: it went over one that was open before and may have died unseen. The handler tries
    // again by itself only where nothing of the body was sent.
    static bool WentOverOldConnection(ConnectionPool pool, int openedBefore) => openedBefore > 0 && pool.Opened == openedBefore;

    string Describe(FailureKind kind, Exception failure) =>
        SendFailure.Describe(kind, failure, _certificates.Refusal, options);

    async Task<SendResult> SendOnceAsync(ConnectionPool pool, ReadOnlyMemory<byte> body, string batchId, CancellationToken cancel)
    {
        using var compressed = _compressor?.Compress(body, batchId);
        using var request = compressed is null
            ? Requests.New(body, Compression.None, batchId)
            : Requests.New(compressed.Bytes, Compression.Gzip, batchId);
        var response = await pool.SendAsync(request, cancel).ConfigureAwait(false);
        return await _answers.ReadAsync(response, cancel).ConfigureAwait(false);
    }

    ConnectionPool CurrentPool()
    {
        if (Volatile.Read(ref _pool) is { } pool)
            return pool;

        if (options.Endpoint.Scheme == "https")
            FrameworkStore.LeaveEmpty();

        var created = new ConnectionPool(options, _certificates, Identity?.Context);
        if (Interlocked.CompareExchange(ref _pool, created, null) is not { } other)
            return created;

        created.Dispose();
        return other;
    }

    void Discard(ConnectionPool pool)
    {
        Interlocked.CompareExchange(ref _pool, null, pool);
        pool.Dispose();
    }
}
