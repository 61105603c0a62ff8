using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Lifecycle;
using LambdaLogs.Extension.Pipeline;

namespace LambdaLogs.Extension.Settings;

/// <summary>
/// Reads the configuration from the environment. Runs in every cold start: no regular expressions, no reflection, no JSON, nothing that
/// loads much code.
/// </summary>
internal static class SettingsReader
{
    /// <summary>Reads every variable and tells every problem at once. Never throws for what the variables hold.</summary>
    /// <param name="read">The environment: a variable's value, or null where it is not set.</param>
    /// <param name="functionMemoryBytes">The function's memory, from which the buffer's default comes.</param>
    /// <param name="problems">What is wrong; what keeps logs from being sent comes first. Empty: nothing.</param>
    /// <returns>Settings that are always usable; see <see cref="ExtensionSettings.CanSend"/>.</returns>
    public static ExtensionSettings Read(Func<string, string?> read, long functionMemoryBytes, out List<SettingProblem> problems)
    {
        var reader = new EnvironmentReader(read);
        problems = reader.Problems;

        // Test mode decides whether a missing endpoint is a problem; a problem with itself is told in its place.
        var destination = DestinationReader.Read(reader, isNeeded: reader.FlagOrNothing(HttpVariables.TestMode) is not true);
        var testMode = reader.Flag(HttpVariables.TestMode);
        var retry = Retry(reader);
        var types = TypesReader.Types(reader);
        return new ExtensionSettings
        {
            Destination = destination,
            TestMode = testMode,
            Retry = retry,
            Types = types,
            Filter = TypesReader.Events(reader, types),
            ParseJson = reader.Choice(ProcessingVariables.ParseJson) == 0,
            Rules = RuleReader.Read(reader),
            Flush = Flush(reader),
            Pipeline = Pipeline(reader, functionMemoryBytes),
            Strict = reader.Flag(LogsVariables.Strict),
            ExtensionLogLevel = (ExtensionLogLevel)reader.Choice(LogsVariables.ExtensionLogLevel),
        };
    }

    static RetryOptions Retry(EnvironmentReader reader) => new()
    {
        Attempts = reader.Number(HttpVariables.RetryAttempts),
        FirstDelay = reader.Duration(HttpVariables.RetryInitialBackoff),
        MaxDelay = reader.Duration(HttpVariables.RetryMaxBackoff),
        Statuses = Statuses(reader),
    };

    static StatusSet Statuses(EnvironmentReader reader)
    {
        if (reader.Text(HttpVariables.RetryStatusCodes) is not { } text)
            return StatusSet.Default;

        if (StatusSet.TryParse(text, out var statuses))
            return statuses;

        reader.Problem(HttpVariables.RetryStatusCodes, null, $"using {StatusSet.DefaultText}");
        return StatusSet.Default;
    }

    static FlushOptions Flush(EnvironmentReader reader) => new()
    {
        Mode = (FlushMode)reader.Choice(LogsVariables.FlushModes),
        Timeout = reader.Duration(LogsVariables.FlushTimeout),
        Grace = reader.Duration(LogsVariables.FlushGrace),
    };

    static PipelineOptions Pipeline(EnvironmentReader reader, long functionMemoryBytes)
    {
        var batch = reader.Size(LogsVariables.BatchMaxBytes, LogsVariables.BatchMaxBytes.Default);
        return new PipelineOptions
        {
            BatchMaxBytes = (int)batch,
            BatchMaxRecords = reader.Number(LogsVariables.BatchMaxRecords),
            BatchLinger = reader.Duration(LogsVariables.BatchLinger),
            BufferMaxBytes = Buffer(reader, batch, functionMemoryBytes),
            WhenFull = (WhenFull)reader.Choice(LogsVariables.BufferWhenFull),
            SpillMaxBytes = reader.Size(LogsVariables.SpillMaxBytes, LogsVariables.SpillMaxBytes.Default),
        };
    }

    static long Buffer(EnvironmentReader reader, long batch, long functionMemoryBytes)
    {
        const long Largest = 32 * 1024 * 1024;
        var fromMemory = Math.Clamp(functionMemoryBytes / 20, LogsVariables.BufferMaxBytes.Default, Largest);
        var buffer = reader.Size(LogsVariables.BufferMaxBytes, Math.Max(fromMemory, batch));
        if (buffer >= batch)
            return buffer;

        reader.Problem(LogsVariables.BufferMaxBytes, "at least LOGS_BATCH_MAX_BYTES", $"using {LogsVariables.BatchMaxBytes.TextOf(batch)}");
        return batch;
    }
}
