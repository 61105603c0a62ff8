namespace LambdaLogs.Emulator.Wire;

/// <summary>One telemetry event before it is rendered for a subscriber.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html"/></remarks>
/// <param name="Time">When the platform generated the event (UTC); rendered with milliseconds.</param>
internal abstract record TelemetryEvent(DateTimeOffset Time)
{
    /// <summary>The stream the event belongs to; decides who gets it.</summary>
    public abstract EventStream Stream { get; }

    /// <summary>The envelope's <c>type</c>, such as <c>platform.start</c>.</summary>
    public abstract string Type { get; }
}
