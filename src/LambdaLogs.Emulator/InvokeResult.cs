using System.Text;
using LambdaLogs.Emulator.Sandbox;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator;

/// <summary>What an invocation brought. The response is there at once, the rest once the invocation is over.</summary>
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

    /// <summary>The same as text.</summary>
    public string PayloadText => Encoding.UTF8.GetString(Payload.Span);

    /// <summary><c>Unhandled</c>, or null where the handler succeeded.</summary>
    public string? FunctionError => _response.FunctionError;

    /// <summary>Ends when everyone is done with the invocation; before, what follows is null.</summary>
    public Task Finished => _call.Finished.Task;

    /// <summary>From the invocation handed to the runtime to its next call. Null where that never came.</summary>
    public TimeSpan? HandlerTime => End?.HandlerTime;

    /// <summary>From the runtime's next call to the last extension's: <c>PostRuntimeExtensionsDuration</c>. Null likewise.</summary>
    public TimeSpan? AddedByExtensions => End?.Added;

    /// <summary>How it ended, as in <c>platform.report</c>.</summary>
    public Outcome? Outcome => End?.Outcome;

    /// <summary>
    /// <c>success</c>, <c>error</c> also where the handler reported one, <c>failure</c> or <c>timeout</c>. Null before the end.
    /// </summary>
    public string? Status => FunctionError is not null && Outcome is { IsSuccess: true } ? "error" : Outcome?.Status;

    /// <summary>What was reported. Null on Managed Instances.</summary>
    internal PlatformEvent.Report? Report => _call.Report;

    /// <summary>What the function wrote in it until now, without line feeds.</summary>
    public IReadOnlyList<string> Lines => [.. _call.Lines.Select(l => Encoding.UTF8.GetString(l.Span.TrimEnd("\r\n"u8)))];

    /// <summary>How many lines the function wrote in it until now; also where they are not kept.</summary>
    public int LineCount => _call.LineCount;

    InvokeEnd? End => _call.Finished.Task is { IsCompletedSuccessfully: true } finished ? finished.Result : null;
}
