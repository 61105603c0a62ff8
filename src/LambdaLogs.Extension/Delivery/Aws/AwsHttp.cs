using LambdaLogs.Extension.Delivery.Trust;

namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>
/// Asks a service of AWS one question over a connection of its own: questions are minutes apart. Safe for calls from several threads.
/// </summary>
/// <param name="options">The endpoint's options, of which proxy and trust count here as well.</param>
/// <param name="time">Bounds each question.</param>
internal sealed class AwsHttp(DestinationOptions options, TimeProvider time)
{
    // A secret has at most 64 KB, which JSON may escape.
    const int LongestAnswer = 512 * 1024;

    // With the processor share of the smallest function a TLS handshake alone takes half a second.
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    /// <summary>Asks.</summary>
    /// <param name="request">The question, signed. Its URL says where.</param>
    /// <param name="cancel">Ends it at once.</param>
    /// <returns>The answer, whatever its status.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> fired.</exception>
    public async Task<AwsAnswer> AskAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        var url = request.RequestUri!;
        using var timeout = new CancellationTokenSource(LongestWait, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        if (url.Scheme == "https")
            FrameworkStore.LeaveEmpty();

        // The user's authorities are for the endpoint, and perhaps for a proxy that looks into everything; AWS's are the system's.
        var certificates = new ServerCertificateCheck(new TrustAnchors(() => AnchorSource.WithSystem(options.TlsCa, options.SystemCaFile)));
        var store = options with { Url = url.AbsoluteUri, Timeout = LongestWait, Request = new RequestOptions() };
        using var pool = new ConnectionPool(store, certificates);
        try
        {
            using var response = await pool.SendAsync(request, both.Token).ConfigureAwait(false);
            var body = await response.Content.ReadAsStreamAsync(both.Token).ConfigureAwait(false);
            return new AwsAnswer((int)response.StatusCode, await ReadAsync(body, both.Token).ConfigureAwait(false), null);
        }
        catch (Exception failure) when (SendFailure.IsExpected(failure))
        {
            cancel.ThrowIfCancellationRequested();
            var kind = timeout.IsCancellationRequested ? FailureKind.TimedOut : SendFailure.KindOf(failure);
            return new AwsAnswer(0, [], Describe(kind, failure, certificates.Refusal, store));
        }
    }

    static async Task<byte[]> ReadAsync(Stream body, CancellationToken cancel)
    {
        var buffer = new byte[16 * 1024];
        var length = 0;
        while (true)
        {
            var read = await body.ReadAsync(buffer.AsMemory(length), cancel).ConfigureAwait(false);
            length += read;
            if (read == 0 || length == LongestAnswer)
                return buffer[..length];

            if (length == buffer.Length)
                Array.Resize(ref buffer, Math.Min(2 * length, LongestAnswer));
        }
    }

    static string Describe(FailureKind kind, Exception failure, string? refusal, DestinationOptions store)
    {
        var text = SendFailure.Describe(kind, failure, refusal, store);
        return kind is FailureKind.TimedOut or FailureKind.Unreachable or FailureKind.NameNotResolved
            ? $"{text} (a function in a VPC needs an interface endpoint or a NAT gateway for it)"
            : text;
    }
}
