using System.Buffers;
using System.Text;
using System.Text.Json;
using LambdaLogs.Emulator.Scenarios;
using LambdaLogs.Emulator.Transcripts;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Cli;

/// <summary>The run for programs: an object a line, the last of kind <c>summary</c>.</summary>
internal sealed class JsonPrinter(TextWriter output) : IRunPrinter
{
    public void Begin(EmulatedLambda lambda) => Write(json =>
    {
        json.WriteString("kind", "listening");
        json.WriteString("invoke_api", lambda.InvokeEndpoint.ToString());
        json.WriteString("runtime_api", lambda.RuntimeApi);
    });

    public void Print(TranscriptEvent item) => Write(json =>
    {
        json.WriteString("kind", JsonNamingPolicy.SnakeCaseLower.ConvertName(item.Kind.ToString()));
        json.WriteNumber("at_ms", ContractTime.Milliseconds(item.At));
        json.WriteString("time", ContractTime.Format(item.Time));
        json.WriteString("source", item.Source);
        json.WriteString("text", item.Text);
        if (item.RequestId is not null)
            json.WriteString("request_id", item.RequestId);
        if (item.Code is { } code)
            json.WriteNumber("code", code);
        if (item.Took is { } took)
            json.WriteNumber("took_ms", ContractTime.Milliseconds(took));
        if (item.PeakResidentBytes is { } peak)
            json.WriteNumber("peak_resident_bytes", peak);
    });

    public void End(ScenarioResult result) => Write(json =>
    {
        json.WriteString("kind", "summary");
        json.WriteString("result", result.Failure is null ? "ok" : "failed");
        json.WriteString("failure", result.Failure);
        WriteMilliseconds(json, "init_ms", result.InitDuration);
        json.WriteStartArray("extensions");
        foreach (var extension in result.Extensions)
            WriteExtension(json, extension);
        json.WriteEndArray();
        json.WriteStartArray("invocations");
        foreach (var invocation in result.Invocations)
            WriteInvocation(json, invocation);
        json.WriteEndArray();
    });

    static void WriteExtension(Utf8JsonWriter json, ExtensionTranscript extension)
    {
        json.WriteStartObject();
        json.WriteString("name", extension.Name);
        WriteMilliseconds(json, "registered_ms", extension.RegisteredAt - extension.StartedAt);
        json.WriteNumber("starts", extension.Starts);
        json.WriteNumber("peak_resident_bytes", extension.PeakResidentBytes);
        if (extension.ExitCode is { } code)
            json.WriteNumber("exit_code", code);
        json.WriteEndObject();
    }

    static void WriteInvocation(Utf8JsonWriter json, InvokeResult invocation)
    {
        json.WriteStartObject();
        json.WriteString("request_id", invocation.RequestId);
        json.WriteString("status", invocation.Outcome?.Status);
        json.WriteString("function_error", invocation.FunctionError);
        WriteMilliseconds(json, "handler_ms", invocation.HandlerTime);
        WriteMilliseconds(json, "added_ms", invocation.AddedByExtensions);
        json.WriteNumber("lines", invocation.Lines.Count);
        json.WriteEndObject();
    }

    static void WriteMilliseconds(Utf8JsonWriter json, string name, TimeSpan? duration)
    {
        if (duration is { } value)
            json.WriteNumber(name, ContractTime.Milliseconds(value));
        else
            json.WriteNull(name);
    }

    void Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }
}
