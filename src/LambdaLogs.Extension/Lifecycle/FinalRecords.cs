using System.Globalization;
using LambdaLogs.Extension.Platform;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Telemetry;

namespace LambdaLogs.Extension.Lifecycle;

/// <summary>Builds the record that explains an invocation which ended badly, for cases in which the platform has not reported it.</summary>
internal static class FinalRecords
{
    /// <summary>Builds the record, with type <c>extension.shutdown</c> and level ERROR.</summary>
    /// <param name="shutdown">The SHUTDOWN event.</param>
    /// <param name="last">The current or last invocation. Null: there was none.</param>
    /// <param name="done">The invocation's <c>platform.runtimeDone</c>. Null: none has arrived.</param>
    /// <param name="now">The wall clock.</param>
    /// <returns>Null if there is nothing to report: an ordinary shutdown, or one that the platform has explained.</returns>
    public static OwnRecord? Of(PlatformEvent shutdown, Invocation? last, RuntimeDone? done, DateTimeOffset now)
    {
        var isTimeout = shutdown.ShutdownReason.Equals("timeout", StringComparison.OrdinalIgnoreCase);
        var isFailure = shutdown.ShutdownReason.Equals("failure", StringComparison.OrdinalIgnoreCase);
        var explained = done is not null && done.Status != PlatformStatus.Success;
        if (explained || !(isTimeout || isFailure))
            return null;

        return new OwnRecord
        {
            LogType = "extension.shutdown",
            Level = LogLevel.Error,
            Message = isTimeout
                ? "The function timed out" + ElapsedText(last, now)
                : "The function or an extension crashed; Lambda shut the environment down",
            RequestId = last?.RequestId ?? "",
            Attributes = isTimeout ? """{"reason":"timeout"}""" : """{"reason":"failure"}""",
        };
    }

    static string ElapsedText(Invocation? last, DateTimeOffset now)
    {
        if (last is null)
            return "";

        // The event arrived shortly after the invocation began, and timeouts are whole seconds.
        var passed = now - last.Started;
        var seconds = passed < last.Timeout ? passed.TotalSeconds : Math.Ceiling(last.Timeout.TotalSeconds);
        return string.Create(CultureInfo.InvariantCulture, $" after {seconds:0.00} seconds");
    }
}
