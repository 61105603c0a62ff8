using System.Globalization;
using System.Text;
using LambdaLogs.Emulator.Sandbox;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Endpoints;

/// <summary>The end of an invocation's log, for the header <c>X-Amz-Log-Result</c>.</summary>
internal static class LogTail
{
    const int BytesMax = 4096;

    /// <returns>Base64 of the last 4 KB, with the START, END and REPORT lines of the text format.</returns>
    public static string Of(InvokeCall call, string version)
    {
        using var log = new MemoryStream();
        log.Write(Encoding.UTF8.GetBytes($"START RequestId: {call.RequestId} Version: {version}\n"));
        foreach (var line in call.Lines)
        {
            log.Write(line.Span);
            if (line.Span is not [.., (byte)'\n'])
                log.WriteByte((byte)'\n');
        }

        log.Write(Encoding.UTF8.GetBytes($"END RequestId: {call.RequestId}\n"));
        if (call.Report is { } report)
            log.Write(Encoding.UTF8.GetBytes(Line(report)));
        var all = log.ToArray();
        return Convert.ToBase64String(all.AsSpan(Math.Max(0, all.Length - BytesMax)));
    }

    static string Line(PlatformEvent.Report report)
    {
        var metrics = report.Metrics;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"REPORT RequestId: {report.RequestId}");
        text.Append(CultureInfo.InvariantCulture, $"\tDuration: {metrics.Duration.TotalMilliseconds:0.00} ms");
        text.Append(CultureInfo.InvariantCulture, $"\tBilled Duration: {metrics.BilledMs} ms\tMemory Size: {metrics.MemorySizeMb} MB");
        text.Append(CultureInfo.InvariantCulture, $"\tMax Memory Used: {metrics.MaxMemoryUsedMb} MB");
        if (metrics.InitDuration is { } init)
            text.Append(CultureInfo.InvariantCulture, $"\tInit Duration: {init.TotalMilliseconds:0.00} ms");
        if (!report.Outcome.IsSuccess)
            text.Append(CultureInfo.InvariantCulture, $"\tStatus: {report.Outcome.Status}");
        if (report.Outcome.ErrorType is { } type)
            text.Append(CultureInfo.InvariantCulture, $"\tError Type: {type}");
        return text.Append('\n').ToString();
    }
}
