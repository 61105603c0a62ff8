using System.IO.Compression;
using System.Text;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Wire;
using LambdaLogs.Extension.Wire.Http;

namespace LambdaLogs.Extension.Delivery;

/// <summary>
/// Turns the head of a response into a result and reads its body as far as that is worth it. For the thread that sends.
/// </summary>
/// <param name="options">Where the request went, and the headers that must not be shown.</param>
/// <param name="format">Knows which responses say something of single records.</param>
/// <param name="authenticator">Knows the secrets that must not be shown.</param>
/// <param name="retry">Which statuses are to be retried.</param>
/// <param name="time">The wall clock, for <c>Retry-After</c>.</param>
internal sealed class ResponseInterpreter(
    DestinationOptions options, LogFormat format, IRequestAuthenticator authenticator, RetryOptions retry, TimeProvider time)
{
    /// <summary>Bytes of a body that are read so that the connection can be used again. A longer body costs the connection.</summary>
    public const int LongestBody = 64 * 1024;

    // The whole environment of a function is at most 4 KB: no secret can lie across the end of twice that and still begin in the excerpt.
    const int ExcerptBytes = 8 * 1024;

    // The largest body in which a destination says what became of a batch's records.
    const int PartialBytes = 8 * 1024 * 1024;

    /// <summary>
    /// How long a body may take that decides nothing: the batch's fate is known by then, and it is read for an excerpt of a refusal. Also
    /// how long one that decides about records may take, once one was too slow.
    /// </summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(250);

    bool _isSlow;

    /// <summary>How much of a body is kept.</summary>
    public int BodyBytesMax { get; } = Math.Clamp(format.ResponseBytesMax(200, isJson: true), LongestBody, PartialBytes);

    /// <summary>
    /// Reads a response whose head is there. Never throws for what is in it: with the status the batch's fate is known, whatever becomes of
    /// the body.
    /// </summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="limit">Bounds the reading of the body.</param>
    public SendResult Read(HttpExchange exchange, WaitLimit limit)
    {
        var response = exchange.Response;
        var status = response.Status;
        if (IsOfProxy(status))
            return RefusedByProxy(status);

        var head = response.Head;
        var result = OfStatus(status) with { RetryAfter = RetryAfter.Parse(Header(head, "Retry-After"u8), time.GetUtcNow()) };
        if (format.ResponseBytesMax(status, IsJson(head)) is > 0 and var longest)
            return ReadPartial(exchange, result, Math.Min(longest, BodyBytesMax), limit);

        // A delivery waits for no body: endpoints that send head and body apart would cost 40 ms each time.
        if (result.Verdict is Verdict.Delivered)
            return result;

        exchange.ReadBody(limit.AtMost(LongestWait), LongestBody);
        return result with
        {
            Detail = Redirect(status, head) ?? Excerpt(Plain(response)),
            ClockSkew = status is 401 or 403 ? RetryAfter.Date(Header(head, "Date"u8)) - time.GetUtcNow() : null,
        };
    }

    /// <summary>What a status means, whatever else is said.</summary>
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
        // Here the body decides about records, so it has the time that is left of the attempt; but an endpoint that drips has it once.
        var end = exchange.ReadBody(_isSlow ? limit.AtMost(LongestWait) : limit, longest);
        _isSlow = end is ExchangeEnd.TimedOut or ExchangeEnd.Interrupted;
        var isWhole = end == ExchangeEnd.Responded && exchange.Response.BodyBytes <= longest;
        var bytes = Plain(exchange.Response);
        var isDelivered = result.Verdict is Verdict.Delivered;
        var partial = isWhole ? format.ReadResponse(result.Status, bytes) : isDelivered ? PartialResponse.Unreadable : null;
        if (partial is { Reason.Length: > 0 })
            partial = partial with { Reason = Shown(partial.Reason) };

        return result with { Partial = partial, Detail = isDelivered ? null : Excerpt(bytes) };
    }

    /// <summary>The body as it was meant: some endpoints compress it though we ask them not to.</summary>
    ReadOnlySpan<byte> Plain(ResponseReader response)
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
            // What could be read of it is shown.
        }

        return plain.AsSpan(0, filled);
    }

    /// <summary>
    /// Whether a status is the proxy's word. 403 to a request that the proxy itself takes may be either's, and nothing tells which: a
    /// proxy's must not cost the records, so it counts as that.
    /// </summary>
    bool IsOfProxy(int status) => options.Proxy is not null && (status == 407 || (status == 403 && !options.IsTunnelled));

    // It is no word of the endpoint's, so the batch waits.
    SendResult RefusedByProxy(int status)
    {
        var reason = SendFailure.ProxyReason(options.Proxy!, options.Endpoint.Authority, status);
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
            : "an unreadable place";
        return PlainText.OneLine($"redirected to {target}; redirects are not followed, set HTTP_ENDPOINT to the final URL");
    }

    // Some endpoints respond with the request they got, credentials included.
    string? Excerpt(ReadOnlySpan<byte> body)
    {
        var beginning = body[..Math.Min(body.Length, ExcerptBytes)];
        return Shown(format.ReadRefusal(beginning) ?? Encoding.UTF8.GetString(beginning)) is { Length: > 0 } line ? line : null;
    }

    string Shown(string text) => PlainText.OneLine(options.Hide(authenticator.Hide(text)));
}
