using System.Globalization;
using System.Text;

namespace LambdaLogs.Emulator.Transcripts;

/// <summary>Formats the transcript for display.</summary>
internal static class TranscriptText
{
    /// <summary>One line, such as <c>  12.345 ms  runtime           Line  hello</c>.</summary>
    public static string Line(TranscriptEvent item)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{item.At.TotalMilliseconds,10:0.00} ms  {Who(item),-20} {What(item)}");
        if (item.Took is { } took)
            text.Append(CultureInfo.InvariantCulture, $" ({took.TotalMilliseconds:0.00} ms)");
        if (item.PeakResidentBytes is > 0 and { } peak)
            text.Append(CultureInfo.InvariantCulture, $" (peak {peak / 1048576.0:0.0} MB)");
        return text.ToString();
    }

    static string Who(TranscriptEvent item) => item.Source ?? "lambda";

    static string What(TranscriptEvent item) => item.Kind switch
    {
        TranscriptKind.Phase => $"== {item.Text}",
        TranscriptKind.Line => $"{(item.Phase is "Shutdown" or "Ended" ? "(in shutdown) " : "")}| {VisibleText.Line(item.Text)}",
        TranscriptKind.ProcessStarted => $"started {item.Text}",
        TranscriptKind.LaunchFailed => $"cannot be started: {item.Text}",
        TranscriptKind.ProcessExited => $"ended with {item.Text}",
        TranscriptKind.ProcessKilled => "killed",
        TranscriptKind.Registered => $"registered for {(item.Text.Length == 0 ? "nothing" : item.Text)}",
        TranscriptKind.RegistrationRefused => $"registration refused: {item.Code} {item.Text}",
        TranscriptKind.Subscribed when item.Code == 200 => $"subscribed to telemetry: {item.Text}",
        TranscriptKind.Subscribed => $"subscription refused: {item.Code} {item.Text}",
        TranscriptKind.NextAsked => $"asks for {(item.Text.Length == 0 ? "the next event" : item.Text)}",
        TranscriptKind.NextLeft => "cancels the call",
        TranscriptKind.EventSent => $"gets {item.Text}",
        TranscriptKind.ErrorReported => $"reports {item.Text}",
        TranscriptKind.InvocationSent => $"gets {item.Text}",
        TranscriptKind.Responded => $"responds {item.Text}",
        TranscriptKind.InvocationFinished => $"invocation over: {item.Text}",
        TranscriptKind.Frozen => "frozen",
        TranscriptKind.Thawed => "thawed",
        TranscriptKind.Platform => item.Text,
        TranscriptKind.Telemetry => $"gets telemetry: {item.Text}",
        TranscriptKind.ApiCall => $"calls {item.Text}: {item.Code}",
        _ => item.Text,
    };
}
