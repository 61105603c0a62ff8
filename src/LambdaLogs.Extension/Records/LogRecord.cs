namespace LambdaLogs.Extension.Records;

/// <summary>
/// One log record: a view of the received bytes, valid only while it is handed on. Every text is the inside of a JSON string as it came:
/// UTF-8, escaped, without its quotes, so that a format that writes JSON copies it and never escapes anew.
/// </summary>
internal readonly ref struct LogRecord
{
    /// <summary>Longest <see cref="LogType"/>, <see cref="RequestId"/>, <see cref="TraceId"/> and <see cref="Time"/>, in bytes.</summary>
    public const int NameBytesMax = 96;

    /// <summary>A valid RFC 3339 time, for example <c>2026-03-14T09:26:53.101Z</c>. Never empty.</summary>
    public required ReadOnlySpan<byte> Time { get; init; }

    /// <summary>How severe it is.</summary>
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

    /// <summary>The invocation it belongs to. Empty: not known. At most <see cref="NameBytesMax"/> bytes.</summary>
    public ReadOnlySpan<byte> RequestId { get; init; }

    /// <summary>
    /// The root id of the X-Ray trace, for example <c>1-69b5a1c3-1e2c502e358361800241fd45</c>, or the W3C trace id that the line itself
    /// has, which is 32 digits long. Empty: not known.
    /// </summary>
    public ReadOnlySpan<byte> TraceId { get; init; }

    /// <summary>
    /// The span in which the invocation runs: the parent that Lambda hands to the function's code, for example <c>35465b3a9e2f7c6a</c>; or
    /// the span that the line itself has beside its W3C trace id. Empty: not known, or the trace is another than that of the invocation.
    /// </summary>
    public ReadOnlySpan<byte> SpanId { get; init; }

    /// <summary>Whether its invocation is the first of this process. Null: it belongs to no known invocation.</summary>
    public bool? ColdStart { get; init; }

    /// <summary>
    /// Whether it is of a SnapStart snapshot: written while the function was published, and seen again by every environment restored from
    /// it.
    /// </summary>
    public bool Snapshot { get; init; }

    /// <summary>
    /// Members of a JSON object, raw and without its brackets, that say more of the invocation than its id: <c>tenant_id</c>,
    /// <c>durable_execution</c>, <c>operation</c> and <c>attempt</c>, in this order, as far as they are known. Empty: none.
    /// </summary>
    public ReadOnlySpan<byte> Context { get; init; }

    /// <summary>A whole JSON object, raw and without line breaks, for what is not in the other fields. Empty: none.</summary>
    public ReadOnlySpan<byte> Attributes { get; init; }

    /// <summary>What the event is, for filters. Lines of functions and extensions are <see cref="EventKind.Line"/>.</summary>
    public EventKind Kind { get; init; }

    /// <summary>The platform event's status, for filters. <see cref="PlatformStatus.None"/> for lines.</summary>
    public PlatformStatus Status { get; init; }

    /// <summary>Whether it is a line that came as text and was read as text: only such lines can be parts of one message.</summary>
    public bool IsText { get; init; }
}
