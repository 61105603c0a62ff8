namespace LambdaLogs.Emulator.Feed;

/// <summary>The telemetry counts of one subscriber, in events.</summary>
/// <param name="Subscriber">The extension's name.</param>
/// <param name="Delivered">Events in bodies that the subscriber accepted.</param>
/// <param name="Dropped">Events that were dropped because the subscriber was too slow or rejected every attempt.</param>
/// <param name="Undelivered">Events that are still buffered.</param>
/// <param name="LastError">The error of the last failed attempt. Null if none failed.</param>
public sealed record TelemetryCount(string Subscriber, long Delivered, long Dropped, long Undelivered, string? LastError);
