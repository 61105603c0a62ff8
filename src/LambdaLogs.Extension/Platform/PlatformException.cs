namespace LambdaLogs.Extension.Platform;

/// <summary>Lambda's own API did what it never does: it cannot be reached, refuses the registration, or speaks no HTTP.</summary>
/// <param name="message">What happened, for one own log line.</param>
internal sealed class PlatformException(string message) : Exception(message);
