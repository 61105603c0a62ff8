namespace LambdaLogs.Extension.Platform;

/// <summary>Lambda's own API failed: it cannot be reached, refuses the registration, or does not speak HTTP.</summary>
/// <param name="message">What happened, for one own log line.</param>
internal sealed class PlatformException(string message) : Exception(message);
