using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Threading.Channels;
using LambdaLogs.Emulator.Cli;
using LambdaLogs.Emulator.Destination;
using LambdaLogs.Emulator.Transcripts;
using Microsoft.AspNetCore.Http;

namespace LambdaLogs.Emulator.Page;

/// <summary>
/// Sends the transcript and the destination's requests as server-sent events, each with an array. Bodies are fetched separately.
/// </summary>
internal sealed class PageFeed(EmulatedLambda lambda, ScriptedDestination? destination) : IDisposable
{
    const int BatchMax = 500;
    const int InlineBytesMax = 4096;
    static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(15);
    static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    readonly CancellationTokenSource _ended = new();

    /// <summary>Sends all past events, then new ones, until the page disconnects.</summary>
    public async Task StreamAsync(HttpContext http)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, _ended.Token);
        var items = Channel.CreateUnbounded<object>();
        void OnEvent(TranscriptEvent item) => items.Writer.TryWrite(item);
        void OnRequest(ReceivedRequest item) => items.Writer.TryWrite(item);
        http.Response.ContentType = "text/event-stream";
        await http.Response.WriteAsync($"retry: 1000\nevent: hello\ndata: {InitialState()}\n\n", either.Token);
        lambda.Transcript.Watch(OnEvent);
        destination?.Watch(OnRequest);
        try
        {
            while (true)
                await SendAsync(http, items.Reader, either.Token);
        }
        finally
        {
            lambda.Transcript.Unwatch(OnEvent);
            destination?.Unwatch(OnRequest);
        }
    }

    /// <summary>The recorded body of a transcript event. Null if it has none.</summary>
    public ReadOnlyMemory<byte>? Body(string index, bool isRequest)
    {
        if (!int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;

        return lambda.Transcript.At(number) is { } item ? (isRequest ? item.Request : item.Response) : null;
    }

    /// <summary>A received request as text: the head, then the body in readable form. Null if there is none with that index.</summary>
    public ReadOnlyMemory<byte>? Received(string index)
    {
        if (!int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || destination is null || number >= destination.Requests.Count)
            return null;

        var request = destination.Requests[number];
        var text = new StringBuilder($"{request.Method} {request.Target}\n");
        foreach (var (name, value) in request.Head.Headers)
            text.Append(CultureInfo.InvariantCulture, $"{name}: {value}\n");
        try
        {
            text.Append('\n').Append(request.Readable());
        }
        catch (InvalidDataException e)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n({e.Message})");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public void Dispose()
    {
        _ended.Cancel();
        _ended.Dispose();
    }

    static async Task SendAsync(HttpContext http, ChannelReader<object> items, CancellationToken cancel)
    {
        var waiting = items.WaitToReadAsync(cancel).AsTask();
        while (await Task.WhenAny(waiting, Task.Delay(HeartbeatInterval, TimeProvider.System, cancel)) != waiting)
        {
            // An SSE comment as a heartbeat: it detects a page that has disconnected.
            await http.Response.WriteAsync(":\n\n", cancel);
            await http.Response.Body.FlushAsync(cancel);
        }

        await waiting;
        using var data = new MemoryStream();
        data.Write("data: "u8);
        await using (var json = new Utf8JsonWriter(data, Relaxed))
        {
            json.WriteStartArray();
            for (var i = 0; i < BatchMax && items.TryRead(out var item); i++)
                Write(json, item);
            json.WriteEndArray();
        }

        data.Write("\n\n"u8);
        await http.Response.Body.WriteAsync(data.ToArray(), cancel);
        await http.Response.Body.FlushAsync(cancel);
    }

    string InitialState()
    {
        using var data = new MemoryStream();
        using (var json = new Utf8JsonWriter(data))
        {
            json.WriteStartObject();
            json.WriteString("function", lambda.FunctionName);
            json.WriteString("run", lambda.RunId);
            json.WriteNumber("memory_mb", lambda.MemoryMb);
            json.WriteString("invoke_api", lambda.InvokeEndpoint.ToString());
            json.WriteString("destination", destination?.Endpoint.ToString());
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(data.ToArray());
    }

    static void Write(Utf8JsonWriter json, object item)
    {
        json.WriteStartObject();
        if (item is ReceivedRequest request)
            WriteReceived(json, request);
        else
            WriteEvent(json, (TranscriptEvent)item);
        json.WriteEndObject();
    }

    static void WriteEvent(Utf8JsonWriter json, TranscriptEvent item)
    {
        json.WriteString("kind", EventRecord.KindOf(item));
        json.WriteNumber("index", item.Index);
        json.WriteNumber("t", Milliseconds(item.Time));
        json.WriteString("source", item.Source);
        json.WriteString("text", item.Text);
        json.WriteString("phase", item.Phase);
        if (item.Environment > 1)
            json.WriteNumber("environment", item.Environment);
        if (item.RequestId is not null)
            json.WriteString("request_id", item.RequestId);
        if (item.Code is { } code)
            json.WriteNumber("code", code);
        if (item.Took is { } took)
            json.WriteNumber("took_ms", Math.Round(took.TotalMilliseconds, 3));
        if (item.IsFailed)
            json.WriteBoolean("failed", true);
        if (item.PeakResidentBytes is { } peak)
            json.WriteNumber("peak", peak);
        if (item.Request is { } sent)
            json.WriteNumber("request_bytes", sent.Length);
        if (item.Response is { } back)
            json.WriteNumber("response_bytes", back.Length);
        if (item is { Kind: TranscriptKind.Platform, Request: { Length: <= InlineBytesMax } detail })
        {
            json.WritePropertyName("detail");
            json.WriteRawValue(detail.Span);
        }
    }

    static void WriteReceived(Utf8JsonWriter json, ReceivedRequest request)
    {
        json.WriteString("kind", "received");
        json.WriteNumber("index", request.Index);
        json.WriteNumber("t", Milliseconds(request.Time));
        json.WriteString("text", $"{request.Method} {request.Target}");
        json.WriteString("content_type", request.Header("Content-Type"));
        json.WriteString("encoding", request.Header("Content-Encoding"));
        json.WriteNumber("bytes", request.Body.Length);
        json.WriteNumber("status", request.Response.Status);
        json.WriteString("response", request.Response.Kind.ToString());
        json.WriteBoolean("complete", request.IsComplete);
    }

    static double Milliseconds(DateTimeOffset time) => Math.Round((time - DateTimeOffset.UnixEpoch).TotalMilliseconds, 3);
}
