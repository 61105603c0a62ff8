namespace LambdaLogs.Extension.Records;

/// <summary>
/// One log record: a view of the received bytes, valid only during the call. Every text is the inside of a JSON string as it was received:
/// escaped UTF-8 without quotes, so that JSON formats copy it without escaping it again.
/// </summary>
internal readonly ref struct LogRecord
{
    /// <summary>Longest <see cref="LogType"/>, <see cref="RequestId"/>, <see cref="TraceId"/> and <see cref="Time"/>, in bytes.</summary>
    public const int NameBytesMax = 96;

    /// <summary>A valid RFC 3339 time, for example <c>2026-03-14T09:26:53.101Z</c>. Never empty.</summary>
    public required ReadOnlySpan<byte> Time { get; init; }

    /// <summary>The severity.</summary>
    public LogLevel Level { get; init; }

    /// <summary>Where the level comes from.</summary>
    public LevelOrigin LevelOrigin { get; init; }

    /// <summary>The message, without its final newline. May be empty.</summary>
    public required ReadOnlySpan<byte> Message { get; init; }

    /// <summary>
    /// <c>function</c>, <c>extension</c> or the type of the platform's event, for example <c>platform.report</c>. At most
    /// <see cref="NameBytesMax"/> bytes.
    /// </summary>
    public required ReadOnlySpan<byte> LogType { get; init; }

    /// <summary>The invocation. Empty: not known. At most <see cref="NameBytesMax"/> bytes.</summary>
    public ReadOnlySpan<byte> RequestId { get; init; }

    /// <summary>
    /// The root id of the X-Ray trace, for example <c>1-69b5a1c3-1e2c502e358361800241fd45</c>, or the 32-digit W3C trace id from the line
    /// itself. Empty: not known.
    /// </summary>
    public ReadOnlySpan<byte> TraceId { get; init; }

    /// <summary>
    /// The span of the invocation, which is the parent that Lambda passes to the function's code, for example <c>35465b3a9e2f7c6a</c>; or
    /// the span that the line names beside its W3C trace id. Empty: not known, or the trace is not that of the invocation.
    /// </summary>
    public ReadOnlySpan<byte> SpanId { get; init; }

    /// <summary>Whether its invocation is the first of this process. Null: the invocation is not known.</summary>
    public bool? ColdStart { get; init; }

    /// <summary>
    /// Whether it belongs to a SnapStart snapshot: written while the function version was published, and delivered again to every
    /// environment restored from it.
    /// </summary>
    public bool Snapshot { get; init; }

    /// <summary>
    /// Members of a JSON object, raw and without brackets, with more about the invocation: <c>tenant_id</c>, <c>durable_execution</c>,
    /// <c>operation</c> and <c>attempt</c>, in this order, as far as known. Empty: none.
    /// </summary>
    public ReadOnlySpan<byte> Context { get; init; }

    /// <summary>All other fields as a JSON object, raw and without line breaks. Empty: none.</summary>
    public ReadOnlySpan<byte> Attributes { get; init; }

    /// <summary>The kind of event, for filters. Lines of functions and extensions are <see cref="EventKind.Line"/>.</summary>
    public EventKind Kind { get; init; }

    /// <summary>The platform event's status, for filters. <see cref="PlatformStatus.None"/> for lines.</summary>
    public PlatformStatus Status { get; init; }

    /// <summary>Whether it is a line of plain text: only such lines can be joined.</summary>
    public bool IsText { get; init; }

    /// <summary>The tenant of the invocation, which stands first in <see cref="Context"/>. Empty: none.</summary>
    public ReadOnlySpan<byte> TenantId()
    {
        var name = "\"tenant_id\":\""u8;
        if (!Context.StartsWith(name))
            return default;

        // Lambda lets a tenant have letters, digits and a few signs, none of which JSON escapes.
        var rest = Context[name.Length..];
        var end = rest.IndexOfAny((byte)'"', (byte)'\\');
        return end > 0 && rest[end] == '"' ? rest[..end] : default;
    }
}
