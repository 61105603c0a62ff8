using System.Buffers.Text;
using System.Text;
using LambdaLogs.Extension.Processing.Sampling;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Settings;

/// <summary>Reads LOGS_SAMPLE_RATE: a share, and shares of levels.</summary>
internal static class SampleReader
{
    /// <summary>Reads the setting.</summary>
    /// <returns>Null: everything is forwarded.</returns>
    public static SampleOptions? Read(EnvironmentReader reader)
    {
        if (reader.Text(ProcessingVariables.SampleRate) is not { } text)
            return null;

        double? all = null;
        var named = new double?[SampleOptions.Levels];
        foreach (var part in RuleReader.SplitNames(text))
        {
            var equals = part.IndexOf('=');
            var level = LogLevel.Trace;
            var isLevel = equals > 0 && LevelReader.TryParse(part[..equals], out level) && level < LogLevel.Error;
            if (!TryShare(part[(equals + 1)..], out var share) || (equals >= 0 && !isLevel))
                reader.Problem(ProcessingVariables.SampleRate, null, $"\"{ExpressionReader.Excerpt(part)}\" is left out");
            else if (isLevel)
                named[(int)level] = share;
            else
                all = share;
        }

        return Of(named, all);
    }

    static SampleOptions? Of(double?[] named, double? all)
    {
        var rates = new double[SampleOptions.Levels];
        var above = 1.0;
        var isAll = true;
        for (var level = SampleOptions.Levels - 1; level >= 0; level--)
        {
            above = named[level] ?? all ?? above;
            rates[level] = above;
            isAll &= above >= 1;
        }

        return isAll ? null : new SampleOptions(rates);
    }

    static bool TryShare(string text, out double share)
    {
        var isPercent = text.EndsWith('%');
        var bytes = Encoding.UTF8.GetBytes(isPercent ? text[..^1] : text);
        var isNumber = Utf8Parser.TryParse(bytes, out share, out var used) && used == bytes.Length;
        share /= isPercent ? 100 : 1;
        return isNumber && share is >= 0 and <= 1;
    }
}
