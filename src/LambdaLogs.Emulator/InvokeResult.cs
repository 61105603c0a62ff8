using System.Text;
using LambdaLogs.Emulator.Sandbox;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator;

/// <summary>The result of an invocation. The response is available at once, the rest after the end of the invocation.</summary>
public sealed class InvokeResult
{
    readonly InvokeCall _call;
    readonly InvokeResponse _response;

    internal InvokeResult(InvokeCall call, InvokeResponse response)
    {
        _call = call;
        _response = response;
    }

    public string RequestId => _call.RequestId;

    /// <summary>The response, or the error's JSON.</summary>
    public ReadOnlyMemory<byte> Payload => _response.Body;

    /// <summary>The response as text.</summary>
    public string PayloadText => Encoding.UTF8.GetString(Payload.Span);

    /// <summary><c>Unhandled</c>, or null where the handler succeeded.</summary>
    public string? FunctionError => _response.FunctionError;

    /// <summary>Completes when the invocation is over, including extensions. Until then the following properties are null.</summary>
    public Task Finished => _call.Finished.Task;

    /// <summary>The time from the runtime receiving the invocation to its next call. Null if it made no such call.</summary>
    public TimeSpan? HandlerTime => End?.HandlerTime;

    /// <summary>
    /// <c>PostRuntimeExtensionsDuration</c>: the time from the runtime's next call to the last extension's. Null if the runtime made no
    /// such call.
    /// </summary>
    public TimeSpan? AddedByExtensions => End?.Added;

    /// <summary>The outcome in <c>platform.report</c>.</summary>
    public Outcome? Outcome => End?.Outcome;

    /// <summary>
    /// <c>success</c>, <c>error</c> (including handler errors), <c>failure</c> or <c>timeout</c>. Null before the end of the invocation.
    /// </summary>
    public string? Status => FunctionError is not null && Outcome is { IsSuccess: true } ? "error" : Outcome?.Status;

    /// <summary>The invocation's report. Null on Managed Instances.</summary>
    internal PlatformEvent.Report? Report => _call.Report;

    /// <summary>The function's lines so far, without line feeds.</summary>
    public IReadOnlyList<string> Lines => [.. _call.Lines.Select(l => Encoding.UTF8.GetString(l.Span.TrimEnd("\r\n"u8)))];

    /// <summary>The number of lines so far, stored or not.</summary>
    public int LineCount => _call.LineCount;

    InvokeEnd? End => _call.Finished.Task is { IsCompletedSuccessfully: true } finished ? finished.Result : null;
}
