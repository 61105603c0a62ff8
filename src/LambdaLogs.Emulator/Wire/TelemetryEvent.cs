namespace LambdaLogs.Emulator.Wire;

/// <summary>A telemetry event before it is serialized for a subscriber.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html"/></remarks>
/// <param name="Time">When the platform generated the event (UTC); written with milliseconds.</param>
internal abstract record TelemetryEvent(DateTimeOffset Time)
{
    /// <summary>The stream of the event, which decides who receives it.</summary>
    public abstract EventStream Stream { get; }

    /// <summary>The envelope's <c>type</c>, such as <c>platform.start</c>.</summary>
    public abstract string Type { get; }
}
