using System.Text;
using System.Threading.Channels;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>A caller's request and its results so far. Lines can be added from any thread.</summary>
internal sealed class InvokeCall
{
    readonly Lock _lock = new();
    readonly List<ReadOnlyMemory<byte>> _lines = [];
    int _count;

    public required string RequestId { get; init; }

    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>The decoded header <c>X-Amz-Client-Context</c>. Null if there was none.</summary>
    public string? ClientContext { get; init; }

    public string? TraceId { get; init; }

    /// <summary>The version or alias in the request. Null for none.</summary>
    public string? Qualifier { get; init; }

    /// <summary>The tenant ID, with tenant isolation. Null for none.</summary>
    public string? TenantId { get; init; }

    /// <summary>Receives each part of a streamed response. Null for other responses.</summary>
    public Channel<ReadOnlyMemory<byte>>? Parts { get; init; }

    /// <summary>A new call with the same request.</summary>
    public InvokeCall CreateRetry() => new()
    {
        RequestId = RequestId,
        Payload = Payload,
        ClientContext = ClientContext,
        TraceId = TraceId,
        Qualifier = Qualifier,
        TenantId = TenantId,
    };

    /// <summary>What the runtime posted; set before <see cref="Responded"/> completes.</summary>
    public RuntimePost? Posted { get; set; }

    /// <summary>Completes when the response is available.</summary>
    public TaskCompletionSource<InvokeResponse> Responded { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the invocation is over, including extensions.</summary>
    public TaskCompletionSource<InvokeEnd> Finished { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The invocation's report. Null until it is published.</summary>
    public PlatformEvent.Report? Report { get; set; }

    /// <summary>The function's lines, with line feeds.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Lines
    {
        get
        {
            lock (_lock)
                return [.. _lines];
        }
    }

    /// <summary>The number of lines, stored or not.</summary>
    public int LineCount => Volatile.Read(ref _count);

    /// <param name="line">The line, with its line feed if it had one.</param>
    /// <param name="keep">False: the line is only counted.</param>
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
/// <param name="ErrorType">The error type. Null for a response.</param>
internal sealed record RuntimePost(ReadOnlyMemory<byte> Body, string? ErrorType, string ContentType);

/// <summary>The response to the caller.</summary>
/// <param name="FunctionError"><c>Unhandled</c>. Null if the handler succeeded.</param>
internal sealed record InvokeResponse(ReadOnlyMemory<byte> Body, string? FunctionError, string ContentType = "application/json")
{
    /// <summary>The body as text.</summary>
    public string BodyText => Encoding.UTF8.GetString(Body.Span);
}

/// <summary>How an invocation ended.</summary>
/// <param name="HandlerTime">The time from the runtime receiving the invocation to its next call. Null if it made no such call.</param>
/// <param name="Added">
/// The time from the runtime's next call to the last extension's next call. Null if the runtime made no such call.
/// </param>
internal sealed record InvokeEnd(Outcome Outcome, TimeSpan? HandlerTime, TimeSpan? Added);
