using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Delivery;

/// <summary>Authenticates with credentials that are fetched, become old and can be renewed. For the sender's thread.</summary>
internal interface ICredentialsProvider : IRequestAuthenticator
{
    /// <summary>Ensures that there are credentials.</summary>
    /// <param name="limit">Limits the wait. A request that is cut off continues with the next call.</param>
    /// <returns>Why there are none. The default value: there are.</returns>
    PrepareResult Prepare(WaitLimit limit);

    /// <summary>Looks for newer credentials, because the endpoint refused a request.</summary>
    /// <param name="refusal">The endpoint's response.</param>
    /// <param name="limit">Limits the wait.</param>
    /// <returns>Null: there are newer ones. Otherwise the result to use instead of the refusal.</returns>
    SendResult? Renew(SendResult refusal, WaitLimit limit);

    /// <summary>
    /// Gives up the connection of a request in progress, which is probably dead after a freeze. Never blocks. Any thread.
    /// </summary>
    void InvalidateConnections();
}
