using System.IO.Compression;
using System.Text;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Wire;
using LambdaLogs.Extension.Wire.Http;

namespace LambdaLogs.Extension.Delivery;

/// <summary>Converts a response to a result, and reads its body as far as needed. For one thread at a time.</summary>
/// <param name="options">Address and headers of the request; the headers' values must not be logged.</param>
/// <param name="format">Knows which responses describe single records.</param>
/// <param name="authenticator">Knows the secrets that must not be logged.</param>
/// <param name="retry">Which statuses are retried.</param>
/// <param name="time">The wall clock, for <c>Retry-After</c>.</param>
internal sealed class ResponseInterpreter(
    DestinationOptions options, LogFormat format, IRequestAuthenticator authenticator, RetryOptions retry, TimeProvider time)
{
    /// <summary>Bytes of a body that are read to keep the connection usable. A longer body costs the connection.</summary>
    public const int LongestBody = 64 * 1024;

    // A function's environment is at most 4 KB, so a secret that begins in the excerpt ends within twice that size.
    const int ExcerptBytes = 8 * 1024;

    // Largest body that describes single records of a batch.
    const int PartialBytes = 8 * 1024 * 1024;

    /// <summary>
    /// How long to wait for a body that does not affect the result and is only read for a log excerpt. Also the limit for a body that
    /// describes records, after one was too slow.
    /// </summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(250);

    bool _isSlow;

    /// <summary>How many bytes of a body are kept.</summary>
    public int BodyBytesMax { get; } = Math.Clamp(format.ResponseBytesMax(200, isJson: true), LongestBody, PartialBytes);

    /// <summary>
    /// Converts a response whose head was received. Never throws because of its content: the status determines the result, even if the
    /// body cannot be read.
    /// </summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="limit">Limits the reading of the body.</param>
    public SendResult Read(HttpExchange exchange, WaitLimit limit)
    {
        var response = exchange.Response;
        var status = response.Status;
        if (IsFromProxy(status))
            return RefusedByProxy(status);

        var head = response.Head;
        var result = OfStatus(status) with { RetryAfter = RetryAfter.Parse(Header(head, "Retry-After"u8), time.GetUtcNow()) };
        if (format.ResponseBytesMax(status, IsJson(head)) is > 0 and var longest)
            return ReadPartial(exchange, result, Math.Min(longest, BodyBytesMax), limit);

        // A delivery does not wait for the body: endpoints that send head and body separately would cost 40 ms each time.
        if (result.Verdict is Verdict.Delivered)
            return result;

        exchange.ReadBody(limit.AtMost(LongestWait), LongestBody);
        return result with
        {
            Detail = Redirect(status, head) ?? Excerpt(Decompressed(response)),
            ClockSkew = status is 401 or 403 ? RetryAfter.Date(Header(head, "Date"u8)) - time.GetUtcNow() : null,
        };
    }

    /// <summary>Returns the result for a status alone.</summary>
    /// <param name="status">200 to 599.</param>
    public SendResult OfStatus(int status)
    {
        var verdict = status == format.Traits.RefusingStatus ? Verdict.Rejected : StatusVerdict.Of(status, retry);
        return new SendResult(verdict, status, FailureKind.None, null);
    }

    static bool IsJson(HttpHead head)
    {
        var type = Header(head, "Content-Type"u8) ?? "";
        var end = type.IndexOf(';');
        return type.AsSpan(0, end < 0 ? type.Length : end).Trim().EndsWith("json", StringComparison.OrdinalIgnoreCase);
    }

    SendResult ReadPartial(HttpExchange exchange, SendResult result, int longest, WaitLimit limit)
    {
        // This body describes records, so it may take the rest of the attempt; but an endpoint that sends it slowly may do so only once.
        var end = exchange.ReadBody(_isSlow ? limit.AtMost(LongestWait) : limit, longest);
        _isSlow = end is ExchangeEnd.TimedOut or ExchangeEnd.Interrupted;
        var isWhole = end == ExchangeEnd.Responded && exchange.Response.BodyBytes <= longest;
        var bytes = Decompressed(exchange.Response);
        var isDelivered = result.Verdict is Verdict.Delivered;
        var partial = isWhole ? format.ReadResponse(result.Status, bytes) : isDelivered ? PartialResponse.Unreadable : null;
        if (partial is { Reason.Length: > 0 })
            partial = partial with { Reason = Redacted(partial.Reason) };

        return result with { Partial = partial, Detail = isDelivered ? null : Excerpt(bytes) };
    }

    /// <summary>The decompressed body: some endpoints compress it although the request asks them not to.</summary>
    ReadOnlySpan<byte> Decompressed(ResponseReader response)
    {
        if (!Header(response.Head, "Content-Encoding"u8).AsSpan().Contains("gzip", StringComparison.OrdinalIgnoreCase))
            return response.Body;

        var plain = new byte[BodyBytesMax];
        var filled = 0;
        try
        {
            using var gzip = new GZipStream(new MemoryStream(response.Body.ToArray()), CompressionMode.Decompress);
            while (filled < plain.Length && gzip.Read(plain.AsSpan(filled)) is > 0 and var count)
                filled += count;
        }
        catch (InvalidDataException)
        {
            // Log the part that could be decompressed.
        }

        return plain.AsSpan(0, filled);
    }

    /// <summary>
    /// Whether a status is from the proxy. A 403 to a request that the proxy forwards may be from either, and they cannot be
    /// distinguished. It counts as the proxy's, because a proxy's refusal must not drop records.
    /// </summary>
    bool IsFromProxy(int status) => options.Proxy is not null && (status == 407 || (status == 403 && !options.IsTunnelled));

    // Not a response of the endpoint, so the batch waits.
    SendResult RefusedByProxy(int status)
    {
        var reason = FailureDescription.ProxyReason(options.Proxy!, options.Endpoint.Authority, status);
        return new SendResult(Verdict.Retry, 0, FailureKind.Proxy, null) { Detail = PlainText.OneLine(reason) };
    }

    static string? Header(HttpHead head, ReadOnlySpan<byte> name)
    {
        var value = head.Header(name);
        return value.IsEmpty ? null : Encoding.Latin1.GetString(value);
    }

    string? Redirect(int status, HttpHead head)
    {
        if (status is not (301 or 302 or 303 or 307 or 308))
            return null;

        var target = Uri.TryCreate(options.Endpoint, Header(head, "Location"u8), out var uri) && uri.Scheme is "http" or "https"
            ? EndpointMask.Of(uri!)
            : "an invalid URL";
        return PlainText.OneLine($"redirected to {target}; redirects are not followed, set HTTP_ENDPOINT to the final URL");
    }

    // Some endpoints echo the request, including credentials.
    string? Excerpt(ReadOnlySpan<byte> body)
    {
        var beginning = body[..Math.Min(body.Length, ExcerptBytes)];
        return Redacted(format.ReadRefusal(beginning) ?? Encoding.UTF8.GetString(beginning)) is { Length: > 0 } line ? line : null;
    }

    string Redacted(string text) => PlainText.OneLine(options.Redact(authenticator.Redact(text)));
}
