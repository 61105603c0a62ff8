namespace LambdaLogs.Emulator.Feed;

/// <summary>What became of the telemetry of one subscriber, in events.</summary>
/// <param name="Subscriber">The extension's name.</param>
/// <param name="Delivered">Events in bodies that were taken.</param>
/// <param name="Dropped">Events that were given up: the subscriber was too slow, or refused a body to the last attempt.</param>
/// <param name="Undelivered">Events that still wait.</param>
/// <param name="LastError">Why the last failed attempt failed. Null where none did.</param>
public sealed record TelemetryCount(string Subscriber, long Delivered, long Dropped, long Undelivered, string? LastError);
