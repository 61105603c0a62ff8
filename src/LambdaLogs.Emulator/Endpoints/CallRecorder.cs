using LambdaLogs.Emulator.Phases;
using LambdaLogs.Emulator.Sandbox;
using LambdaLogs.Emulator.Transcripts;
using Microsoft.AspNetCore.Http;

namespace LambdaLogs.Emulator.Endpoints;

/// <summary>Records every call of the APIs inside the sandbox with its bodies, if the options ask for it.</summary>
internal static class CallRecorder
{
    /// <summary>A key of <see cref="StoreBody"/> for the request's body.</summary>
    public static readonly object RequestBody = new();

    /// <summary>A key of <see cref="StoreBody"/> for the response's body.</summary>
    public static readonly object ResponseBody = new();

    static readonly object IsRecording = new();

    /// <summary>Handles a call and records it after it has ended.</summary>
    public static async Task HandleAsync(HttpContext http, SandboxCore core)
    {
        // Calls before Init are the emulator's own warm-up requests.
        if (!core.Options.RecordBodies || core.State.Phase is Phase.Cold)
        {
            await RuntimeApi.HandleAsync(http, core);
            return;
        }

        http.Items[IsRecording] = true;
        var began = core.Clock.Time.GetTimestamp();
        try
        {
            await RuntimeApi.HandleAsync(http, core);
        }
        catch (ApiRefused refused)
        {
            await http.RespondAsync(refused.Error);
        }
        finally
        {
            Record(http, core, core.Clock.Time.GetElapsedTime(began));
        }
    }

    /// <summary>Stores a body for the record of this call.</summary>
    /// <returns>The same body.</returns>
    public static ReadOnlyMemory<byte> StoreBody(HttpContext http, object which, ReadOnlyMemory<byte> body)
    {
        if (http.Items.ContainsKey(IsRecording))
            http.Items[which] = body;
        return body;
    }

    static void Record(HttpContext http, SandboxCore core, TimeSpan took)
    {
        var text = $"{http.Request.Method} {http.Request.Path}";
        core.Transcript.Add(new TranscriptEvent(default, TranscriptKind.ApiCall, Caller(http, core), text)
        {
            Code = http.RequestAborted.IsCancellationRequested ? 499 : http.Response.StatusCode,
            Took = took,
            Request = http.Items.TryGetValue(RequestBody, out var request) ? (ReadOnlyMemory<byte>)request! : null,
            Response = http.Items.TryGetValue(ResponseBody, out var response) ? (ReadOnlyMemory<byte>)response! : null,
        });
    }

    static string Caller(HttpContext http, SandboxCore core)
    {
        if (http.Header(HttpExchange.IdentifierHeader) is { } id && core.State.ExtensionById(id) is { } extension)
            return extension.Name;

        return http.Header("Lambda-Extension-Name") ?? TranscriptEvent.Runtime;
    }
}
