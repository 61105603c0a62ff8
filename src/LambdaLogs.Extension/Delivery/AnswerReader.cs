using System.Buffers;
using System.Text;
using LambdaLogs.Extension.Delivery.Proxies;
using LambdaLogs.Extension.Formats;

namespace LambdaLogs.Extension.Delivery;

/// <summary>
/// Turns the head of an answer into a result and reads its body as far as that is worth it. Safe for calls from several threads.
/// </summary>
/// <param name="options">Where the request went, and the headers that must not be shown.</param>
/// <param name="format">Knows which answers say something of single records.</param>
/// <param name="proof">Knows the secrets that must not be shown.</param>
/// <param name="retry">Which statuses are to be tried again.</param>
/// <param name="time">Bounds the reading; the wall clock for <c>Retry-After</c>.</param>
internal sealed class AnswerReader(
    DestinationOptions options, LogFormat format, IRequestProof proof, RetryOptions retry, TimeProvider time)
{
    /// <summary>Bytes of a body that are read so that the connection can be used again. A longer body costs the connection.</summary>
    public const int LongestBody = 64 * 1024;

    // The whole environment of a function is at most 4 KB: no secret can lie across the end of twice that and still begin in the excerpt.
    const int ExcerptBytes = 8 * 1024;

    /// <summary>
    /// How long a body may take. The batch's fate is known by then: it is read for the connection's sake, and for an excerpt of a refusal.
    /// </summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Reads the answer. Never throws for what is in it: with the status the batch's fate is known, whatever becomes of the body.
    /// </summary>
    /// <param name="response">The answer, its body not yet read. Is disposed here.</param>
    /// <param name="cancel">Ends the reading of the body.</param>
    public async Task<SendResult> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        var status = (int)response.StatusCode;
        if (status == 407 && options.Proxy is { } proxy)
            return RefusedByProxy(response, proxy);

        var verdict = status == format.Traits.RefusingStatus ? Verdict.Rejected : StatusVerdict.Of(status, retry);
        var result = new SendResult(verdict, status, FailureKind.None, RetryAfter.Parse(Header(response, "Retry-After"), time.GetUtcNow()));
        if (format.AnswerBytesMax(status, IsJson(response)) is > 0 and var longest)
            return await ReadPartialAsync(response, result, longest, cancel).ConfigureAwait(false);

        var redirect = Redirect(status, response);

        // A delivery waits for no body: endpoints that send head and body apart would cost 40 ms each time. The reading goes on by itself;
        // nobody needs its end, it comes within LongestWait, and it fails silently.
        var isDelivered = verdict is Verdict.Delivered;
        var reading = ReadBodyAsync(response, wanted: !isDelivered, isDelivered ? CancellationToken.None : cancel);
        return isDelivered ? result : result with
        {
            Detail = redirect ?? await reading.ConfigureAwait(false),
            ClockSkew = status is 401 or 403 ? response.Headers.Date - time.GetUtcNow() : null,
        };
    }

    static bool IsJson(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.OrdinalIgnoreCase) == true;

    // Here the body decides about records, so it has all the time that is left of the attempt.
    async Task<SendResult> ReadPartialAsync(HttpResponseMessage response, SendResult result, int longest, CancellationToken cancel)
    {
        using var owned = response;
        using var body = new MemoryStream();
        var isWhole = false;
        try
        {
            var stream = await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
            isWhole = await CopyAsync(stream, body, longest, cancel).ConfigureAwait(false);
        }
        catch (Exception failure) when (SendFailure.IsExpected(failure))
        {
            // The status is known, so the attempt has not failed: what it says holds for all records.
        }

        var bytes = body.GetBuffer().AsSpan(0, (int)body.Length);
        var isDelivered = result.Verdict is Verdict.Delivered;
        var partial = isWhole ? format.ReadAnswer(result.Status, bytes) : isDelivered ? PartialAnswer.Unreadable : null;
        if (partial is { Reason.Length: > 0 })
            partial = partial with { Reason = Shown(partial.Reason) };

        return result with { Partial = partial, Detail = isDelivered ? null : Excerpt(bytes[..Math.Min(bytes.Length, ExcerptBytes)]) };
    }

    static async Task<bool> CopyAsync(Stream from, MemoryStream to, int longest, CancellationToken cancel)
    {
        var buffer = new byte[ExcerptBytes];
        while (true)
        {
            var read = await from.ReadAsync(buffer, cancel).ConfigureAwait(false);
            if (read == 0 || to.Length + read > longest)
                return read == 0;

            to.Write(buffer, 0, read);
        }
    }

    // It is no word of the endpoint's, so the batch waits.
    SendResult RefusedByProxy(HttpResponseMessage response, ProxyAddress proxy)
    {
        response.Dispose();
        var reason = SendFailure.ProxyReason(proxy, options.Endpoint.Authority, 407);
        return new SendResult(Verdict.Retry, 0, FailureKind.Proxy, null) { Detail = PlainText.OneLine(reason) };
    }

    static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    string? Redirect(int status, HttpResponseMessage response)
    {
        if (status is not (301 or 302 or 303 or 307 or 308))
            return null;

        var target = Uri.TryCreate(options.Endpoint, Header(response, "Location"), out var uri) && uri.Scheme is "http" or "https"
            ? EndpointMask.Of(uri)
            : "an unreadable place";
        return PlainText.OneLine($"redirected to {target}; redirects are not followed, set HTTP_ENDPOINT to the final URL");
    }

    async Task<string?> ReadBodyAsync(HttpResponseMessage response, bool wanted, CancellationToken cancel)
    {
        using var owned = response;
        using var timeout = new CancellationTokenSource(LongestWait, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        var buffer = ArrayPool<byte>.Shared.Rent(ExcerptBytes);
        var kept = 0;
        try
        {
            var body = await response.Content.ReadAsStreamAsync(both.Token).ConfigureAwait(false);
            var rest = LongestBody;
            while (rest > 0)
            {
                // What is beyond the excerpt is read over its end and forgotten.
                var from = kept < ExcerptBytes ? kept : ExcerptBytes / 2;
                var read = await body.ReadAsync(buffer.AsMemory(from, ExcerptBytes - from), both.Token).ConfigureAwait(false);
                if (read == 0)
                    break;

                rest -= read;
                kept = Math.Min(kept + read, ExcerptBytes);
            }
        }
        catch (Exception failure) when (SendFailure.IsExpected(failure))
        {
            // A body that breaks off changes nothing: what came of it is shown.
        }

        var excerpt = wanted ? Excerpt(buffer.AsSpan(0, kept)) : null;
        ArrayPool<byte>.Shared.Return(buffer);
        return excerpt;
    }

    // Some endpoints answer with the request they got, credentials included.
    string? Excerpt(ReadOnlySpan<byte> body) =>
        Shown(format.ReadRefusal(body) ?? Encoding.UTF8.GetString(body)) is { Length: > 0 } line ? line : null;

    string Shown(string text) => PlainText.OneLine(options.Request.Hide(proof.Hide(text)));
}
