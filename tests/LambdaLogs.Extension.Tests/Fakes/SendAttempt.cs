using System.Text;
using System.Text.Json;
using LambdaLogs.Extension.Delivery;

namespace LambdaLogs.Extension.Tests.Fakes;

/// <summary>One attempt to send a batch, as the destination sees it.</summary>
internal sealed class SendAttempt
{
    readonly TaskCompletionSource<SendResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly ReadOnlyMemory<byte> _body;

    public SendAttempt(ReadOnlyMemory<byte> body, string id, DateTimeOffset at, CancellationToken cancel)
    {
        _body = body;
        Body = Encoding.UTF8.GetString(body.Span);
        Id = id;
        At = at;
        Cancel = cancel;
    }

    /// <summary>The body when the attempt began.</summary>
    public string Body { get; }

    /// <summary>The body as it is now: the same, or somebody has written over it.</summary>
    public string BodyNow => Encoding.UTF8.GetString(_body.Span);

    /// <summary>The batch's id.</summary>
    public string Id { get; }

    /// <summary>When it began, by the wall clock.</summary>
    public DateTimeOffset At { get; }

    /// <summary>What ends it.</summary>
    public CancellationToken Cancel { get; }

    /// <summary>Its end, for the pump.</summary>
    public Task<SendResult> Result => _result.Task;

    /// <summary>The messages of its records, in order.</summary>
    public string[] Messages
    {
        get
        {
            using var json = JsonDocument.Parse(Body);
            return [.. json.RootElement.GetProperty("logs").EnumerateArray().Select(record => record.GetProperty("message").GetString()!)];
        }
    }

    /// <summary>The records of one type.</summary>
    public JsonElement[] Records(string logType)
    {
        using var json = JsonDocument.Parse(Body);
        return [.. json.RootElement.Clone().GetProperty("logs").EnumerateArray().Where(record => record.GetProperty("log_type").GetString() == logType)];
    }

    public void Answer(SendResult result) => _result.TrySetResult(result);

    /// <summary>2xx.</summary>
    public void Deliver() => Answer(new SendResult(Verdict.Delivered, 200, FailureKind.None, null));

    /// <summary>A status of another verdict.</summary>
    public void Refuse(Verdict verdict, int status, TimeSpan? retryAfter = null) => Answer(new SendResult(verdict, status, FailureKind.None, retryAfter));

    /// <summary>It comes to nothing in a way that no destination should.</summary>
    public void Throw(Exception error) => _result.TrySetException(error);

    /// <summary>Notices that it was cut off; waits for that.</summary>
    public async Task EndWhenCutOffAsync()
    {
        var cutOff = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = Cancel.Register(cutOff.SetResult);
        await cutOff.Task.Within("the attempt to be cut off");
        _result.TrySetCanceled(Cancel);
    }
}
