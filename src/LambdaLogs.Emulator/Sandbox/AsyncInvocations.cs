using System.Buffers;
using System.Text.Json;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>
/// Asynchronous invocations: a failed one is retried, and after the last failure a record is written to the on-failure file. Thread-safe.
/// </summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html"/></remarks>
internal sealed class AsyncInvocations(SandboxCore core, Environments environments) : IDisposable
{
    static readonly TimeSpan ThrottledDelay = TimeSpan.FromMilliseconds(100);

    readonly CancellationTokenSource _ended = new();
    readonly Lock _lock = new();
    int _isDisposed;

    /// <summary>Starts an asynchronous invocation.</summary>
    public void Start(InvokeCall call) => _ = RunAsync(call);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1)
            return;

        _ended.Cancel();
        _ended.Dispose();
    }

    async Task RunAsync(InvokeCall call)
    {
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                // A throttled event stays in the queue; that is not an attempt.
                while (!await environments.TryInvokeAsync(call))
                    await Task.Delay(ThrottledDelay, core.Options.Time, _ended.Token);
                var response = await call.Responded.Task.WaitAsync(_ended.Token);
                await call.Finished.Task.WaitAsync(_ended.Token);
                if (response.FunctionError is null)
                    return;

                if (attempt > core.Options.AsyncRetries)
                {
                    Record(call, response, attempt);
                    return;
                }

                await Task.Delay(core.Options.AsyncRetryDelay * attempt, core.Options.Time, _ended.Token);
                call = call.CreateRetry();
            }
        }
        catch (OperationCanceledException)
        {
            // The emulator is ending; pending invocations are dropped.
        }
    }

    void Record(InvokeCall call, InvokeResponse response, int attempts)
    {
        if (core.Options.OnFailureFile is not { } file)
            return;

        lock (_lock)
        {
            using var output = new FileStream(file, FileMode.Append);
            output.Write(Body(call, response, attempts));
            output.WriteByte((byte)'\n');
        }
    }

    byte[] Body(InvokeCall call, InvokeResponse response, int attempts)
    {
        var function = core.Rules.Function;
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("version"u8, "1.0"u8);
            json.WriteString("timestamp"u8, ContractTime.Format(core.Clock.Wall()));
            json.WriteStartObject("requestContext"u8);
            json.WriteString("requestId"u8, call.RequestId);
            json.WriteString("functionArn"u8, function.ArnOf(call.Qualifier ?? function.Version));
            json.WriteString("condition"u8, "RetriesExhausted"u8);
            json.WriteNumber("approximateInvokeCount"u8, attempts);
            json.WriteEndObject();
            json.WritePropertyName("requestPayload"u8);
            json.WriteRawValue(call.Payload.Span, skipInputValidation: true);
            json.WriteStartObject("responseContext"u8);
            json.WriteNumber("statusCode"u8, 200);
            json.WriteString("executedVersion"u8, function.Version);
            json.WriteString("functionError"u8, response.FunctionError);
            json.WriteEndObject();
            json.WritePropertyName("responsePayload"u8);
            json.WriteRawValue(response.Body.Span, skipInputValidation: true);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
