namespace LambdaLogs.Extension.Telemetry;

/// <summary>Receives telemetry bodies. Called on the listener's thread, one body at a time. Must not throw.</summary>
internal interface IBodyHandler
{
    /// <summary>Largest accepted body. Lambda's own are slightly more than 2 MB at most.</summary>
    const int BodyBytesMax = 8 * 1024 * 1024;

    /// <summary>Processes one body. Its bytes are valid, and may be modified, until the call returns.</summary>
    /// <param name="body">The whole body.</param>
    void Handle(Span<byte> body);

    /// <summary>Called after a body larger than <see cref="BodyBytesMax"/> was skipped.</summary>
    void HandleTooLarge();
}
