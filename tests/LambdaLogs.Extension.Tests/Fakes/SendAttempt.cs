using System.Text;
using System.Text.Json;
using LambdaLogs.Extension.Delivery;

namespace LambdaLogs.Extension.Tests.Fakes;

/// <summary>One attempt to send a batch, as the destination sees it.</summary>
internal sealed class SendAttempt
{
    readonly TaskCompletionSource<SendResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource<string> _bodyAtEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SendAttempt(ReadOnlySpan<byte> body, BatchLabel batch, DateTimeOffset at, in AttemptLimit limit)
    {
        Body = Encoding.UTF8.GetString(body);
        Id = batch.Id;
        Tenant = batch.Tenant;
        At = at;
        Limit = limit;
    }

    /// <summary>The body when the attempt began.</summary>
    public string Body { get; }

    /// <summary>The body when the attempt ended: the same, or somebody has written over it.</summary>
    public Task<string> BodyAtEnd => _bodyAtEnd.Task.Within("the attempt to end");

    /// <summary>The batch's id.</summary>
    public string Id { get; }

    /// <summary>The tenant that the batch is sent for.</summary>
    public string Tenant { get; }

    /// <summary>When it began, by the wall clock.</summary>
    public DateTimeOffset At { get; }

    /// <summary>What ends it.</summary>
    public AttemptLimit Limit { get; }

    /// <summary>Whether it was told to end at once.</summary>
    public bool IsInterrupted => Limit.Interrupt.Wait(0);

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

    public void Response(SendResult result) => _result.TrySetResult(result);

    /// <summary>2xx.</summary>
    public void Deliver() => Response(new SendResult(Verdict.Delivered, 200, FailureKind.None, null));

    /// <summary>A status of another verdict.</summary>
    public void Refuse(Verdict verdict, int status, TimeSpan? retryAfter = null) => Response(new SendResult(verdict, status, FailureKind.None, retryAfter));

    /// <summary>It comes to nothing in a way that no destination should.</summary>
    public void Throw(Exception error) => _result.TrySetException(error);

    /// <summary>Notices that it was cut off; waits for that.</summary>
    public async Task EndWhenCutOffAsync()
    {
        await Task.Run(() => Limit.Interrupt.Wait(-1), TestContext.Current.CancellationToken).Within("the attempt to be cut off");
        Response(new SendResult(Verdict.Retry, 0, FailureKind.CutOff, null));
    }

    /// <summary>Its end, for the sender, whose thread waits here.</summary>
    /// <param name="body">The body as it is all the time.</param>
    /// <param name="closed">Ends it without any response.</param>
    public SendResult End(ReadOnlySpan<byte> body, Task closed)
    {
        Task.WaitAny(_result.Task, closed);
        _bodyAtEnd.TrySetResult(Encoding.UTF8.GetString(body));
        return _result.Task.IsCompleted ? _result.Task.GetAwaiter().GetResult() : new SendResult(Verdict.Retry, 0, FailureKind.Other, null);
    }
}
