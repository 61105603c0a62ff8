using System.Text;
using System.Threading.Channels;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>A caller's request and what became of it. Filled while the invocation runs; lines may be added from any thread.</summary>
internal sealed class InvokeCall
{
    readonly Lock _lock = new();
    readonly List<ReadOnlyMemory<byte>> _lines = [];
    int _count;

    public required string RequestId { get; init; }

    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>The caller's <c>X-Amz-Client-Context</c>, decoded. Null where there was none.</summary>
    public string? ClientContext { get; init; }

    public string? TraceId { get; init; }

    /// <summary>The version or alias that was called. Null for none.</summary>
    public string? Qualifier { get; init; }

    /// <summary>The tenant that it is for, as with tenant isolation. Null for none.</summary>
    public string? TenantId { get; init; }

    /// <summary>Gets each part of the response as it comes, for a caller that wants it so. Null for all others.</summary>
    public Channel<ReadOnlyMemory<byte>>? Parts { get; init; }

    /// <summary>The same request once more.</summary>
    public InvokeCall Again() => new()
    {
        RequestId = RequestId,
        Payload = Payload,
        ClientContext = ClientContext,
        TraceId = TraceId,
        Qualifier = Qualifier,
        TenantId = TenantId,
    };

    /// <summary>What the runtime posted; set before it is announced.</summary>
    public RuntimePost? Posted { get; set; }

    /// <summary>Ends when the caller can be responded to.</summary>
    public TaskCompletionSource<InvokeResponse> Responded { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when everyone is done with the invocation.</summary>
    public TaskCompletionSource<InvokeEnd> Finished { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The report, once it was published.</summary>
    public PlatformEvent.Report? Report { get; set; }

    /// <summary>What the function wrote, line by line, with line feeds.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Lines
    {
        get
        {
            lock (_lock)
                return [.. _lines];
        }
    }

    /// <summary>How many lines it wrote, kept or not.</summary>
    public int LineCount => Volatile.Read(ref _count);

    /// <param name="line">With its line feed, where it had one.</param>
    /// <param name="keep">False: it is only counted.</param>
    public void AddLine(ReadOnlyMemory<byte> line, bool keep)
    {
        Interlocked.Increment(ref _count);
        if (!keep)
            return;

        lock (_lock)
            _lines.Add(line);
    }
}

/// <summary>What the runtime posted: a response, or a handler's error.</summary>
/// <param name="ErrorType">Null for a response.</param>
internal sealed record RuntimePost(ReadOnlyMemory<byte> Body, string? ErrorType, string ContentType);

/// <summary>What the caller gets.</summary>
/// <param name="FunctionError"><c>Unhandled</c>, or null where the handler succeeded.</param>
internal sealed record InvokeResponse(ReadOnlyMemory<byte> Body, string? FunctionError, string ContentType = "application/json")
{
    /// <summary>The body as text.</summary>
    public string BodyText => Encoding.UTF8.GetString(Body.Span);
}

/// <summary>The end of an invocation.</summary>
/// <param name="HandlerTime">From the invocation handed over to the runtime's next call. Null where that never came.</param>
/// <param name="Added">From there to the last extension's next call. Null likewise.</param>
internal sealed record InvokeEnd(Outcome Outcome, TimeSpan? HandlerTime, TimeSpan? Added);
