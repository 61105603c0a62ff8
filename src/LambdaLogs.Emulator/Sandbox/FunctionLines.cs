using System.Text;
using LambdaLogs.Emulator.Feed;
using LambdaLogs.Emulator.Transcripts;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>Lines on their way to telemetry, to the transcript and to the invocation they belong to. For any thread.</summary>
internal sealed class FunctionLines(SandboxCore core, TelemetryHub hub, OpenCalls calls)
{
    readonly bool _keep = core.Options.KeepLines;

    /// <summary>A line of the function.</summary>
    /// <param name="line">With its line feed, where it had one.</param>
    /// <param name="requestId">The invocation. Null: the one that the runtime got last.</param>
    public void Add(ReadOnlyMemory<byte> line, string? requestId)
    {
        var call = requestId is null ? calls.Latest : calls.Find(requestId);
        call?.AddLine(line, _keep);
        if (_keep)
            core.Transcript.Add(TranscriptKind.Line, TranscriptEvent.Runtime, Text(line), call?.RequestId);
        hub.Publish(new LogLine(core.Clock.Wall(), EventStream.Function, line));
    }

    /// <summary>A line of an extension.</summary>
    public void AddExtension(string name, ReadOnlyMemory<byte> line)
    {
        core.Transcript.Add(TranscriptKind.Line, name, Text(line));
        hub.Publish(new LogLine(core.Clock.Wall(), EventStream.Extension, line));
    }

    static string Text(ReadOnlyMemory<byte> line) => Encoding.UTF8.GetString(line.Span.TrimEnd("\r\n"u8));
}
