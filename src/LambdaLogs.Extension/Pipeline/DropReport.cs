using System.Globalization;
using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>Builds the record that reports dropped records to the endpoint.</summary>
internal static class DropReport
{
    /// <summary>Builds the record, with type <c>extension.dropped</c>.</summary>
    /// <param name="byReason">
    /// Number of records dropped since the last report, indexed by <see cref="DropReason"/>; at least one is not zero.
    /// </param>
    public static OwnRecord Of(ReadOnlySpan<long> byReason)
    {
        var total = 0L;
        var reasons = "";
        for (var reason = 0; reason < byReason.Length; reason++)
        {
            total += byReason[reason];
            if (byReason[reason] == 0)
                continue;

            var count = byReason[reason].ToString(CultureInfo.InvariantCulture);
            reasons += $"{(reasons.Length > 0 ? "," : "")}\"{DropReasonNames.Of((DropReason)reason)}\":{count}";
        }

        return new OwnRecord
        {
            LogType = "extension.dropped",
            Level = LogLevel.Warn,
            Message = string.Create(CultureInfo.InvariantCulture, $"{total} records were dropped before they could be delivered"),
            Attributes = string.Create(CultureInfo.InvariantCulture, $"{{\"dropped\":{total},\"reasons\":{{{reasons}}}}}"),
        };
    }
}
