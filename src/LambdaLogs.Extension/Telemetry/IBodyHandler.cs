namespace LambdaLogs.Extension.Telemetry;

/// <summary>Takes the bodies that the listener receives. Called on the listener's thread, one body at a time. Must not throw.</summary>
internal interface IBodyHandler
{
    /// <summary>Largest body that is read: Lambda's own is at most 2 MB and a little, so 8 MB is far out.</summary>
    const int BodyBytesMax = 8 * 1024 * 1024;

    /// <summary>Takes one body. Its bytes are valid, and may be changed, until the call returns.</summary>
    /// <param name="body">The whole body.</param>
    void Handle(Span<byte> body);

    /// <summary>A body larger than <see cref="BodyBytesMax"/> came and was passed over.</summary>
    void HandleTooLarge();
}
