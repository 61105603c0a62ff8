using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Delivery;

/// <summary>An authenticator that has to be fetched, grows old, and can be fetched anew. For the thread that sends.</summary>
internal interface ICredentialsProvider : IRequestAuthenticator
{
    /// <summary>Sees to it that there is something to prove with.</summary>
    /// <param name="limit">Bounds the waiting; what is under way goes on with the next call.</param>
    /// <returns>What stands in the way. The default: nothing.</returns>
    Preparation Prepare(WaitLimit limit);

    /// <summary>The endpoint did not accept what a request was proved with: looks for something newer.</summary>
    /// <param name="refusal">The endpoint's response.</param>
    /// <param name="limit">Bounds the waiting.</param>
    /// <returns>Null: there is something newer. Otherwise what to make of the refusal.</returns>
    SendResult? Renew(SendResult refusal, WaitLimit limit);

    /// <summary>
    /// Gives up the connection of a question under way, which is most likely dead; for after a thaw. Never blocks; any thread.
    /// </summary>
    void DropConnections();
}
