using LambdaLogs.Extension.Platform;
using LambdaLogs.Extension.Processing;

namespace LambdaLogs.Extension.Settings;

/// <summary>Reads which streams and platform events are forwarded.</summary>
internal static class TypesReader
{
    /// <summary>Reads LOGS_TYPES.</summary>
    public static TelemetryTypes Types(EnvironmentReader reader)
    {
        if (reader.Text(ProcessingVariables.Types) is not { } text)
            return TelemetryTypes.Default;

        var types = TelemetryTypes.None;
        foreach (var name in RuleReader.SplitNames(text))
        {
            var type = name.ToLowerInvariant() switch
            {
                "function" => TelemetryTypes.Function,
                "platform" => TelemetryTypes.Platform,
                "extension" => TelemetryTypes.Extension,
                _ => TelemetryTypes.None,
            };
            types |= type;
            if (type == TelemetryTypes.None)
                reader.Problem(ProcessingVariables.Types, null, $"\"{ExpressionReader.Excerpt(name)}\" is left out");
        }

        return types == TelemetryTypes.None ? TelemetryTypes.Default : types;
    }

    /// <summary>Reads LOGS_PLATFORM_EVENTS, and what of the streams is forwarded.</summary>
    /// <param name="reader">The environment; collects the problems.</param>
    /// <param name="types">The streams that are forwarded.</param>
    public static FilterOptions Events(EnvironmentReader reader, TelemetryTypes types) => new()
    {
        PlatformEvents = PlatformEvents(reader, types),
        FunctionLines = (types & TelemetryTypes.Function) != 0,
        ExtensionLines = (types & TelemetryTypes.Extension) != 0,
    };

    static PlatformEventSet PlatformEvents(EnvironmentReader reader, TelemetryTypes types)
    {
        var isForwarded = (types & TelemetryTypes.Platform) != 0;
        if (reader.Text(LogsVariables.PlatformEvents) is not { } text)
            return isForwarded ? PlatformEventSet.Default : PlatformEventSet.None;

        var chosen = PlatformEventSet.None;
        foreach (var name in RuleReader.SplitNames(text))
        {
            if (!PlatformEventNames.TryParse(name, out var events))
            {
                var allowed = $"{LogsVariables.PlatformEvents.AllowedText}; there is no event \"{ExpressionReader.Excerpt(name)}\"";
                reader.Problem(LogsVariables.PlatformEvents, allowed, "using default");
                chosen = PlatformEventSet.Default;
                break;
            }

            chosen |= events;
        }

        if (isForwarded || chosen == PlatformEventSet.None)
            return chosen;

        reader.Problem(ProcessingVariables.Types, "platform among them, beside LOGS_PLATFORM_EVENTS", "no platform event is forwarded");
        return PlatformEventSet.None;
    }
}
