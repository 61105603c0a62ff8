using System.Text;
using LambdaLogs.Emulator.Feed;
using LambdaLogs.Emulator.Transcripts;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>Sends lines to telemetry, to the transcript and to their invocation. Thread-safe.</summary>
internal sealed class FunctionLines(SandboxCore core, TelemetryHub hub, OpenCalls calls)
{
    readonly bool _keep = core.Options.KeepLines;

    /// <summary>Adds a line of the function.</summary>
    /// <param name="line">The line, with its line feed if it had one.</param>
    /// <param name="requestId">The invocation. Null: the latest one that the runtime received.</param>
    public void Add(ReadOnlyMemory<byte> line, string? requestId)
    {
        var call = requestId is null ? calls.Latest : calls.Find(requestId);
        call?.AddLine(line, _keep);
        if (_keep)
            core.Transcript.Add(TranscriptKind.Line, TranscriptEvent.Runtime, Text(line), call?.RequestId);
        hub.Publish(new LogLine(core.Clock.Wall(), EventStream.Function, line));
    }

    /// <summary>Adds a line of an extension.</summary>
    public void AddExtension(string name, ReadOnlyMemory<byte> line)
    {
        core.Transcript.Add(TranscriptKind.Line, name, Text(line));
        hub.Publish(new LogLine(core.Clock.Wall(), EventStream.Extension, line));
    }

    static string Text(ReadOnlyMemory<byte> line) => Encoding.UTF8.GetString(line.Span.TrimEnd("\r\n"u8));
}
