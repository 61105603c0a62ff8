namespace LambdaLogs.Extension.Delivery;

/// <summary>A proof that has to be fetched, grows old, and can be fetched anew. Safe for calls from several threads.</summary>
internal interface IRenewableProof : IRequestProof
{
    /// <summary>Sees to it that there is something to prove with.</summary>
    /// <param name="cancel">Ends the waiting.</param>
    /// <returns>Null: there is. Otherwise why not, in one line.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> fired first.</exception>
    ValueTask<string?> PrepareAsync(CancellationToken cancel);

    /// <summary>The endpoint did not accept what a request was proved with: looks for something newer.</summary>
    /// <param name="refusal">The endpoint's answer.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <returns>Null: there is something newer. Otherwise what to make of the refusal.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> fired first.</exception>
    ValueTask<SendResult?> RenewAsync(SendResult refusal, CancellationToken cancel);

    /// <summary>Gives up a question under way, which is most likely dead; for after a thaw. Never blocks.</summary>
    void Interrupt();
}
