using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Tests.Fakes.Delivery;

/// <summary>Attempts on a thread of their own, for tests that do something meanwhile.</summary>
internal static class Sending
{
    /// <summary>Makes one attempt without a deadline.</summary>
    /// <param name="destination">Sends.</param>
    /// <param name="body">The body.</param>
    /// <param name="batchId">The batch's id.</param>
    /// <param name="cancel">Interrupts it, which is an exception then.</param>
    /// <param name="interrupt">Interrupts it. Null: nothing else does.</param>
    public static async Task<SendResult> SendAsync(
        this IDestination destination, ReadOnlyMemory<byte> body, string batchId, CancellationToken cancel, InterruptSignal? interrupt = null)
    {
        cancel.ThrowIfCancellationRequested();
        using var own = new InterruptSignal();
        var signal = interrupt ?? own;
        await using var registration = cancel.Register(signal.Signal);
        var result = await Task.Factory.StartNew(
            () => destination.Send(body.Span, new BatchLabel(batchId), new AttemptLimit(long.MaxValue, signal)),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        return result.Failure is FailureKind.CutOff && cancel.IsCancellationRequested
            ? throw new OperationCanceledException(cancel)
            : Bare(result);
    }

    /// <summary>The result without what differs from run to run.</summary>
    static SendResult Bare(SendResult result) => result with { SentBytes = 0, SendElapsed = default, SentWhole = false };
}
