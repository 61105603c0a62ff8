namespace LambdaLogs.Extension.Processing;

/// <summary>The names of platform events in settings. Pure.</summary>
internal static class PlatformEventNames
{
    /// <summary>
    /// Parses one word: an event's name with or without <c>platform.</c>, <c>runtimeDone-unless-success</c>, <c>unknown</c>,
    /// <c>default</c>, <c>all</c> or <c>none</c>; case is ignored.
    /// </summary>
    /// <param name="word">The word, trimmed.</param>
    /// <param name="events">The events that it stands for.</param>
    /// <returns>False if there is no such event.</returns>
    public static bool TryParse(ReadOnlySpan<char> word, out PlatformEventSet events)
    {
        const string Prefix = "platform.";
        if (word.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            word = word[Prefix.Length..];

        Span<char> lower = stackalloc char[32];
        var length = word.Length <= lower.Length ? word.ToLowerInvariant(lower) : 0;
        (events, var known) = Named(lower[..length]);
        return known;
    }

    static (PlatformEventSet Events, bool Known) Named(ReadOnlySpan<char> word) => word switch
    {
        "none" => (PlatformEventSet.None, true),
        "default" => (PlatformEventSet.Default, true),
        "all" => (PlatformEventSet.All, true),
        "initstart" => (PlatformEventSet.InitStart, true),
        "initruntimedone" => (PlatformEventSet.InitRuntimeDone, true),
        "initreport" => (PlatformEventSet.InitReport, true),
        "restorestart" => (PlatformEventSet.RestoreStart, true),
        "restoreruntimedone" => (PlatformEventSet.RestoreRuntimeDone, true),
        "restorereport" => (PlatformEventSet.RestoreReport, true),
        "start" => (PlatformEventSet.Start, true),
        "runtimedone" => (PlatformEventSet.RuntimeDone, true),
        "runtimedone-unless-success" => (PlatformEventSet.RuntimeDoneUnlessSuccess, true),
        "report" => (PlatformEventSet.Report, true),
        "end" => (PlatformEventSet.End, true),
        "fault" => (PlatformEventSet.Fault, true),
        "extension" => (PlatformEventSet.ExtensionState, true),
        "telemetrysubscription" or "logssubscription" => (PlatformEventSet.Subscription, true),
        "logsdropped" => (PlatformEventSet.LogsDropped, true),
        "unknown" => (PlatformEventSet.Unknown, true),
        _ => (PlatformEventSet.None, false),
    };
}
