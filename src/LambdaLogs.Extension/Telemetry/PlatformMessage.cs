using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// Formats a platform event as a message: like the line in Lambda's text log if there is one, because users know and search for these; for
/// ends of invocations a sentence. Pure.
/// </summary>
internal static class PlatformMessage
{
    /// <summary>Largest size of the message: the text that it quotes is part of the event.</summary>
    public static int MaxSize(ReadOnlySpan<byte> type, ReadOnlySpan<byte> record) =>
        MessageWriter.ConstantsMax + type.Length + record.Length;

    /// <summary>Writes the message.</summary>
    /// <param name="kind">The kind of event.</param>
    /// <param name="type">The name of its type.</param>
    /// <param name="record">Its record, raw and valid; any value, or empty.</param>
    /// <param name="destination">At least <see cref="MaxSize"/> bytes.</param>
    /// <returns>The number of bytes written.</returns>
    public static int Write(EventKind kind, ReadOnlySpan<byte> type, ReadOnlySpan<byte> record, Span<byte> destination)
    {
        var writer = new MessageWriter(destination);
        if (record.IsEmpty || record[0] != '{')
            WriteText(type, record, ref writer);
        else
            WriteEvent(kind, type, record, ref writer);
        return writer.Written;
    }

    static void WriteText(ReadOnlySpan<byte> type, ReadOnlySpan<byte> record, ref MessageWriter writer)
    {
        var text = JsonText.TrimFinalNewline(ObjectWalker.Text(record));
        writer.Add(text.IsEmpty ? type : text);
    }

    static void WriteEvent(EventKind kind, ReadOnlySpan<byte> type, ReadOnlySpan<byte> record, ref MessageWriter writer)
    {
        switch (kind)
        {
            case EventKind.InitStart:
                WriteStart("INIT_START"u8, record, ref writer);
                break;
            case EventKind.RestoreStart:
                WriteStart("RESTORE_START"u8, record, ref writer);
                break;
            case EventKind.InitRuntimeDone:
                WritePhase("INIT_RUNTIME_DONE"u8, default, record, ref writer);
                break;
            case EventKind.InitReport:
                WritePhase("INIT_REPORT"u8, "Init Duration: "u8, record, ref writer);
                break;
            case EventKind.RestoreRuntimeDone:
                WritePhase("RESTORE_RUNTIME_DONE"u8, default, record, ref writer);
                break;
            case EventKind.RestoreReport:
                WritePhase("RESTORE_REPORT"u8, "Restore Duration: "u8, record, ref writer);
                break;
            case EventKind.RuntimeDone:
                WriteRuntimeDone(record, ref writer);
                break;
            case EventKind.Report:
                WriteReport(record, ref writer);
                break;
            default:
                WriteOther(kind, type, record, ref writer);
                break;
        }
    }

    static void WriteOther(EventKind kind, ReadOnlySpan<byte> type, ReadOnlySpan<byte> record, ref MessageWriter writer)
    {
        switch (kind)
        {
            case EventKind.Start:
                writer.Add("START"u8);
                writer.Field("RequestId: "u8, Text(record, "requestId"u8));
                writer.Field("Version: "u8, Text(record, "version"u8));
                break;
            case EventKind.End:
                writer.Add("END"u8);
                writer.Field("RequestId: "u8, Text(record, "requestId"u8));
                break;
            case EventKind.ExtensionState:
                writer.Add("EXTENSION"u8);
                WriteState("Events: "u8, ObjectWalker.Find(record, "events"u8), record, ref writer);
                break;
            case EventKind.Subscription:
                writer.Add("TELEMETRY"u8);
                WriteState("Types: "u8, ObjectWalker.Find(record, "types"u8), record, ref writer);
                break;
            case EventKind.LogsDropped:
                WriteDropped(record, ref writer);
                break;
            default:
                writer.Add(type);
                break;
        }
    }

    static void WriteStart(ReadOnlySpan<byte> name, ReadOnlySpan<byte> record, ref MessageWriter writer)
    {
        writer.Add(name);
        writer.Field("Runtime Version: "u8, Text(record, "runtimeVersion"u8));
        writer.Field("Runtime Version ARN: "u8, Text(record, "runtimeVersionArn"u8));
    }

    static void WritePhase(ReadOnlySpan<byte> name, ReadOnlySpan<byte> duration, ReadOnlySpan<byte> record, ref MessageWriter writer)
    {
        writer.Add(name);
        if (!duration.IsEmpty)
            writer.Milliseconds(duration, Metric(record, "durationMs"u8));
        writer.Field("Phase: "u8, Text(record, "phase"u8));
        writer.Field("Status: "u8, Text(record, "status"u8));
        writer.Field("Error Type: "u8, Text(record, "errorType"u8));
    }

    static void WriteReport(ReadOnlySpan<byte> record, ref MessageWriter writer)
    {
        writer.Add("REPORT"u8);
        writer.Field("RequestId: "u8, Text(record, "requestId"u8));
        writer.Milliseconds("Duration: "u8, Metric(record, "durationMs"u8));
        writer.Field("Billed Duration: "u8, Metric(record, "billedDurationMs"u8), " ms"u8);
        writer.Field("Memory Size: "u8, Metric(record, "memorySizeMB"u8), " MB"u8);
        writer.Field("Max Memory Used: "u8, Metric(record, "maxMemoryUsedMB"u8), " MB"u8);
        writer.Milliseconds("Init Duration: "u8, Metric(record, "initDurationMs"u8));
        writer.Milliseconds("Restore Duration: "u8, Metric(record, "restoreDurationMs"u8));
        writer.Field("Billed Restore Duration: "u8, Metric(record, "billedRestoreDurationMs"u8), " ms"u8);
        var status = Text(record, "status"u8);
        if (EventTypes.StatusOf(status) == PlatformStatus.Success)
            return;

        writer.Field("Status: "u8, status);
        writer.Field("Error Type: "u8, Text(record, "errorType"u8));
    }

    /// <summary>Says what happened: by the status alone a timeout, a crash and running out of memory look alike.</summary>
    static void WriteRuntimeDone(ReadOnlySpan<byte> record, ref MessageWriter writer)
    {
        var status = Text(record, "status"u8);
        var errorType = Text(record, "errorType"u8);
        writer.Add("RequestId: "u8);
        writer.Add(Text(record, "requestId"u8));
        writer.Add(EventTypes.StatusOf(status) switch
        {
            PlatformStatus.Timeout => " Task timed out"u8,
            PlatformStatus.Error when errorType.SequenceEqual("Runtime.OutOfMemory"u8) => " Runtime ran out of memory"u8,
            PlatformStatus.Error when errorType.SequenceEqual("Runtime.ExitError"u8) => " Runtime crashed"u8,
            PlatformStatus.Error => " Invocation failed"u8,
            PlatformStatus.Failure => " Lambda failed to run the invocation"u8,
            PlatformStatus.None => " Invocation finished"u8,
            _ => " Invocation finished with status "u8,
        });
        if (EventTypes.StatusOf(status) is PlatformStatus.Success or PlatformStatus.Other)
            writer.Add(status);
        writer.After(Metric(record, "durationMs"u8));
        writer.Field("Error Type: "u8, errorType);
    }

    static void WriteState(ReadOnlySpan<byte> listName, ReadOnlySpan<byte> list, ReadOnlySpan<byte> record, ref MessageWriter writer)
    {
        writer.Field("Name: "u8, Text(record, "name"u8));
        writer.Field("State: "u8, Text(record, "state"u8));
        writer.List(listName, list);
        writer.Field("Error Type: "u8, Text(record, "errorType"u8));
    }

    static void WriteDropped(ReadOnlySpan<byte> record, ref MessageWriter writer)
    {
        writer.Add("Lambda dropped"u8);
        writer.Field(default, ObjectWalker.FindNumber(record, "droppedRecords"u8), " records"u8);
        writer.Field("("u8, ObjectWalker.FindNumber(record, "droppedBytes"u8), " bytes)"u8);
        writer.Field("Reason: "u8, Text(record, "reason"u8));
    }

    static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> record, ReadOnlySpan<byte> name) => ObjectWalker.FindText(record, name);

    static ReadOnlySpan<byte> Metric(ReadOnlySpan<byte> record, ReadOnlySpan<byte> name) =>
        ObjectWalker.FindNumber(ObjectWalker.Find(record, "metrics"u8), name);
}
