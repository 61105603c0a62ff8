using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Lifecycle;
using LambdaLogs.Extension.Pipeline;

namespace LambdaLogs.Extension.Settings;

/// <summary>
/// Reads the configuration from the environment. Runs in every cold start: no regular expressions, no reflection, no JSON, nothing that
/// loads much code.
/// </summary>
internal static class SettingsReader
{
    /// <summary>Reads all variables and reports all problems together. Never throws because of their values.</summary>
    /// <param name="read">Returns a variable's value, or null if it is not set.</param>
    /// <param name="functionMemoryBytes">The function's memory, which determines the buffer's default size.</param>
    /// <param name="problems">The problems; those that prevent sending come first. Empty: none.</param>
    /// <param name="needsEndpoint">Whether a missing endpoint is a problem: not if nothing is to be sent.</param>
    /// <returns>Settings that are always usable; see <see cref="ExtensionSettings.CanSend"/>.</returns>
    public static ExtensionSettings Read(
        Func<string, string?> read, long functionMemoryBytes, out List<SettingProblem> problems, bool needsEndpoint = true)
    {
        var reader = new EnvironmentReader(read);
        problems = reader.Problems;

        // Test mode determines whether a missing endpoint is a problem; an invalid value of it is reported later.
        var isNeeded = needsEndpoint && reader.FlagOrNull(HttpVariables.TestMode) is not true;
        var kind = (FormatKind)(reader.ChoiceOrNull(FormatVariables.Format) ?? 0);
        var destination = DestinationReader.Read(reader, kind, isNeeded);
        var testMode = reader.Flag(HttpVariables.TestMode);
        _ = reader.Choice(FormatVariables.Format);
        var retry = Retry(reader, FormatTraits.Of(kind));
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
            Format = FormatReader.Read(reader, kind, destination?.Url),
            Pipeline = Pipeline(reader, kind, functionMemoryBytes),
            Check = reader.Flag(LogsVariables.Check),
            Metrics = reader.Choice(LogsVariables.Metrics) == 1,
            Strict = reader.Flag(LogsVariables.Strict),
            ExtensionLogLevel = (ExtensionLogLevel)reader.Choice(LogsVariables.ExtensionLogLevel),
        };
    }

    static RetryOptions Retry(EnvironmentReader reader, FormatTraits format) => new()
    {
        Attempts = reader.Number(HttpVariables.RetryAttempts),
        FirstDelay = reader.Duration(HttpVariables.RetryInitialBackoff),
        MaxDelay = reader.Duration(HttpVariables.RetryMaxBackoff),
        Statuses = Statuses(reader, format.RetryStatuses),
    };

    /// <param name="reader">The environment; collects the problems.</param>
    /// <param name="usual">The retry statuses that the format specifies. Null: none.</param>
    static StatusSet Statuses(EnvironmentReader reader, string? usual)
    {
        if (reader.Text(HttpVariables.RetryStatusCodes) is { } text)
        {
            if (StatusSet.TryParse(text, out var statuses))
                return statuses;

            reader.Problem(HttpVariables.RetryStatusCodes, null, $"using {usual ?? StatusSet.DefaultText}");
        }

        return usual is not null && StatusSet.TryParse(usual, out var specified) ? specified : StatusSet.Default;
    }

    static FlushOptions Flush(EnvironmentReader reader) => new()
    {
        Mode = (FlushMode)reader.Choice(LogsVariables.FlushModes),
        Timeout = reader.Duration(LogsVariables.FlushTimeout),
        Grace = reader.Duration(LogsVariables.FlushGrace),
    };

    static PipelineOptions Pipeline(EnvironmentReader reader, FormatKind kind, long functionMemoryBytes)
    {
        var format = FormatTraits.Of(kind);
        var bytes = reader.Size(LogsVariables.BatchMaxBytes, format.BodyBytesDefault);
        var batch = AtMost(format.BodyBytesMax, bytes, kind, reader, LogsVariables.BatchMaxBytes);
        var isSet = reader.Text(LogsVariables.BatchMaxRecords) is not null;
        var records = isSet ? reader.Number(LogsVariables.BatchMaxRecords) : format.RecordsDefault;
        return new PipelineOptions
        {
            BatchMaxBytes = (int)batch,
            BatchMaxRecords = (int)AtMost(format.RecordsMax, records, kind, reader, LogsVariables.BatchMaxRecords),
            BatchLinger = reader.Duration(LogsVariables.BatchLinger),
            BufferMaxBytes = Buffer(reader, batch, functionMemoryBytes),
            WhenFull = (WhenFull)reader.Choice(LogsVariables.BufferWhenFull),
            SpillMaxBytes = reader.Size(LogsVariables.SpillMaxBytes, LogsVariables.SpillMaxBytes.Default),
        };
    }

    /// <summary>The value, or the maximum of the format's destinations.</summary>
    static long AtMost(long most, long value, FormatKind kind, EnvironmentReader reader, Variable variable)
    {
        if (value <= most)
            return value;

        var text = variable.TextOf(most);
        reader.Problem(variable, $"at most {text} with LOGS_FORMAT={FormatReader.NameOf(kind)}", $"using {text}");
        return most;
    }

    static long Buffer(EnvironmentReader reader, long batch, long functionMemoryBytes)
    {
        const long Largest = 32 * 1024 * 1024;
        var fromMemory = Math.Clamp(functionMemoryBytes / 20, LogsVariables.BufferMaxBytes.Default, Largest);
        var buffer = reader.Size(LogsVariables.BufferMaxBytes, Math.Max(fromMemory, batch));
        // All limits together must fit into the memory: docs/reliability.md adds them up.
        var most = functionMemoryBytes / 5;
        if (buffer > most && most >= batch)
        {
            var text = LogsVariables.BufferMaxBytes.TextOf(most);
            reader.Problem(LogsVariables.BufferMaxBytes, "at most a fifth of the function's memory", $"using {text}");
            return most;
        }

        if (buffer >= batch)
            return buffer;

        reader.Problem(LogsVariables.BufferMaxBytes, "at least LOGS_BATCH_MAX_BYTES", $"using {LogsVariables.BatchMaxBytes.TextOf(batch)}");
        return batch;
    }
}
