using System.Globalization;
using LambdaLogs.Extension.Platform;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Telemetry;

namespace LambdaLogs.Extension.Lifecycle;

/// <summary>Says what is known of an invocation that ended badly where the platform itself has not said it.</summary>
internal static class FinalRecords
{
    /// <summary>The record, of type <c>extension.shutdown</c> and level ERROR.</summary>
    /// <param name="shutdown">The shutdown.</param>
    /// <param name="last">The invocation under way or last seen. Null: there was none.</param>
    /// <param name="done">Its end as the platform told it. Null: the platform has not.</param>
    /// <param name="now">The wall clock.</param>
    /// <returns>Null where there is nothing to say: an ordinary shutdown, or one that the platform has explained.</returns>
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
                ? "The function timed out" + After(last, now)
                : "The function or an extension crashed; Lambda shut the environment down",
            RequestId = last?.RequestId ?? "",
            Attributes = isTimeout ? """{"reason":"timeout"}""" : """{"reason":"failure"}""",
        };
    }

    static string After(Invocation? last, DateTimeOffset now)
    {
        if (last is null)
            return "";

        // The event came a moment after the invocation began, and Lambda's timeouts are whole seconds.
        var passed = now - last.Started;
        var seconds = passed < last.Timeout ? passed.TotalSeconds : Math.Ceiling(last.Timeout.TotalSeconds);
        return string.Create(CultureInfo.InvariantCulture, $" after {seconds:0.00} seconds");
    }
}
