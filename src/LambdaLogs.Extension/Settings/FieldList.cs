using System.Text;
using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Formats;

namespace LambdaLogs.Extension.Settings;

/// <summary>Reads constant fields: <c>env=prod,team=pay</c>.</summary>
internal static class FieldList
{
    const int MostFields = 20;
    const int MostBytes = 1024;
    const int LongestName = 64;

    /// <summary>Reads the fields. Invalid ones are reported and left out.</summary>
    /// <param name="reader">The environment; collects the problems.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(EnvironmentReader reader)
    {
        if (reader.Text(FormatVariables.Fields) is not { } text)
            return [];

        var fields = new List<KeyValuePair<string, string>>();
        var bytes = 0;
        foreach (var pair in Pairs(reader, text))
        {
            bytes += Encoding.UTF8.GetByteCount(pair);
            if (!TryAdd(pair, fields) || fields.Count > MostFields || bytes > MostBytes)
                return Wrong(reader, pair);
        }

        CheckPlaceholders(reader, fields);
        return fields;
    }

    static List<string> Pairs(EnvironmentReader reader, string text)
    {
        var pairs = ListSplitter.Split(text, ListSplitter.ItemSeparators);
        var parts = ListSplitter.Split(text, ";");
        if (pairs.Count > 1 || parts.Count < 2 || !parts.TrueForAll(part => part.IndexOf('=') > 0))
            return pairs;

        reader.Problem(FormatVariables.Fields, "commas between the pairs", $"the semicolons are read as commas: {parts.Count} fields");
        return parts;
    }

    static List<KeyValuePair<string, string>> Wrong(EnvironmentReader reader, ReadOnlySpan<char> pair)
    {
        var allowed = $"{FormatVariables.Fields.AllowedText}; \"{PlainText.OneLine(pair, longest: 40)}\" is too much or no such pair";
        reader.Problem(FormatVariables.Fields, allowed, "no fields are added");
        return [];
    }

    static bool TryAdd(ReadOnlySpan<char> pair, List<KeyValuePair<string, string>> fields)
    {
        var equals = pair.IndexOf('=');
        if (equals < 1)
            return false;

        var name = pair[..equals].Trim().ToString();
        var value = pair[(equals + 1)..].Trim().ToString();
        if (!IsName(name) || IsTaken(name) || AuthenticationRecipe.HasControl(value) || fields.Exists(field => field.Key == name))
            return false;

        fields.Add(new(name, value));
        return true;
    }

    static void CheckPlaceholders(EnvironmentReader reader, List<KeyValuePair<string, string>> fields)
    {
        foreach (var field in fields)
        {
            if (FieldPlaceholders.FirstMistaken(field.Value) is { } unknown)
                reader.Problem(FormatVariables.Fields, $"no placeholders but {FieldPlaceholders.Known}", $"{unknown} is sent unchanged");
        }
    }

    static bool IsName(string name)
    {
        foreach (var letter in name)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('_' or '.' or '-'))
                return false;
        }

        return name.Length is > 0 and <= LongestName;
    }

    /// <summary>Whether it is the name of a record field in one of the formats.</summary>
    static bool IsTaken(string name) =>
        name.StartsWith("faas.", StringComparison.Ordinal) || name.StartsWith("cloud.", StringComparison.Ordinal) || name is
            "timestamp" or "level" or "message" or "source" or "function_name" or "function_version" or "function_memory_size"
            or "aws_region" or "architecture" or "log_type" or "request_id" or "trace_id" or "span_id" or "cold_start" or "snapshot"
            or "tenant_id" or "durable_execution" or "operation" or "attempt" or "attributes" or "truncated" or "id" or "host"
            or "host.arch" or "service.name" or "plugin" or "functionname" or "region";
}
