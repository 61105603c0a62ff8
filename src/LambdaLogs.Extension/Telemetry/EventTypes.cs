using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>The names of telemetry event types and statuses. Pure.</summary>
/// Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html"/>
internal static class EventTypes
{
    static ReadOnlySpan<byte> PlatformPrefix => "platform."u8;

    /// <summary>Returns the kind of an event type.</summary>
    public static EventKind KindOf(ReadOnlySpan<byte> type)
    {
        if (IsLine(type))
            return EventKind.Line;

        if (!type.StartsWith(PlatformPrefix))
            return EventKind.Other;

        var name = type[PlatformPrefix.Length..];
        return name.Length switch
        {
            3 when name.SequenceEqual("end"u8) => EventKind.End,
            5 when name.SequenceEqual("start"u8) => EventKind.Start,
            5 when name.SequenceEqual("fault"u8) => EventKind.Fault,
            6 when name.SequenceEqual("report"u8) => EventKind.Report,
            9 when name.SequenceEqual("initStart"u8) => EventKind.InitStart,
            9 when name.SequenceEqual("extension"u8) => EventKind.ExtensionState,
            10 when name.SequenceEqual("initReport"u8) => EventKind.InitReport,
            11 when name.SequenceEqual("runtimeDone"u8) => EventKind.RuntimeDone,
            11 when name.SequenceEqual("logsDropped"u8) => EventKind.LogsDropped,
            12 when name.SequenceEqual("restoreStart"u8) => EventKind.RestoreStart,
            13 when name.SequenceEqual("restoreReport"u8) => EventKind.RestoreReport,
            15 when name.SequenceEqual("initRuntimeDone"u8) => EventKind.InitRuntimeDone,
            16 when name.SequenceEqual("logsSubscription"u8) => EventKind.Subscription,
            18 when name.SequenceEqual("restoreRuntimeDone"u8) => EventKind.RestoreRuntimeDone,
            21 when name.SequenceEqual("telemetrySubscription"u8) => EventKind.Subscription,
            _ => EventKind.OtherPlatform,
        };
    }

    /// <summary>Whether it is the type of a line: <c>function</c> or <c>extension</c>.</summary>
    public static bool IsLine(ReadOnlySpan<byte> type) => type.SequenceEqual("function"u8) || IsExtension(type);

    /// <summary>Whether it is the type of an extension's line.</summary>
    public static bool IsExtension(ReadOnlySpan<byte> type) => type.SequenceEqual("extension"u8);

    /// <summary>Parses the <c>status</c> of a platform event.</summary>
    public static PlatformStatus StatusOf(ReadOnlySpan<byte> status) => status.Length switch
    {
        0 => PlatformStatus.None,
        5 when status.SequenceEqual("error"u8) => PlatformStatus.Error,
        7 when status.SequenceEqual("success"u8) => PlatformStatus.Success,
        7 when status.SequenceEqual("failure"u8) => PlatformStatus.Failure,
        7 when status.SequenceEqual("timeout"u8) => PlatformStatus.Timeout,
        _ => PlatformStatus.Other,
    };
}
