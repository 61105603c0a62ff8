using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Formats;

namespace LambdaLogs.Extension.Settings;

/// <summary>Reads the output format.</summary>
internal static class FormatReader
{
    const string DefaultIndex = "logs-aws.lambda-default";
    const int LongestName = 255;
    const int LongestServiceName = 128;
    const string NotUsed = "it is ignored";

    /// <summary>Reads the format and its options; reports options of other formats.</summary>
    /// <param name="reader">The environment; collects the problems.</param>
    /// <param name="kind">The format.</param>
    /// <param name="url">The endpoint. Null: none.</param>
    public static FormatOptions Read(EnvironmentReader reader, FormatKind kind, string? url) => new()
    {
        Kind = kind,
        ServiceName = Checked(reader, FormatVariables.ServiceName, IsServiceName) ?? "",
        Fields = FieldList.Read(reader),
        Names = FieldNamesReader.Read(reader, kind),
        ElasticsearchIndex = Of(reader, kind, FormatKind.Elasticsearch, FormatVariables.ElasticsearchIndex, IsIndex) ?? IndexFor(kind, url),
        ElasticsearchIds = reader.Flag(FormatVariables.ElasticsearchIds),
        SplunkIndex = Of(reader, kind, FormatKind.SplunkHec, FormatVariables.SplunkIndex, IsHeaderValue),
        SplunkSourceType = Of(reader, kind, FormatKind.SplunkHec, FormatVariables.SplunkSourceType, IsHeaderValue),
        LokiTenant = Of(reader, kind, FormatKind.Loki, FormatVariables.LokiTenant, IsHeaderValue),
    };

    /// <summary>Returns the name of a format, as in the setting.</summary>
    public static string NameOf(FormatKind kind) => FormatVariables.Format.Choices[(int)kind];

    static string? Of(EnvironmentReader reader, FormatKind kind, FormatKind needed, Variable variable, Func<string, bool> isAllowed)
    {
        if (kind == needed || reader.Text(variable) is null)
            return Checked(reader, variable, isAllowed);

        reader.Problem(variable, $"LOGS_FORMAT={NameOf(needed)} beside it", NotUsed);
        return null;
    }

    static string? Checked(EnvironmentReader reader, Variable variable, Func<string, bool> isAllowed)
    {
        if (reader.Text(variable) is not { } text || isAllowed(text))
            return reader.Text(variable);

        reader.Problem(variable, null, NotUsed);
        return null;
    }

    // An index in the path applies to every document that names none.
    static string? IndexFor(FormatKind kind, string? url) =>
        kind is FormatKind.Elasticsearch && !EndpointPath.NamesIndex(url ?? "") ? DefaultIndex : null;

    static bool IsServiceName(string text) => text.Length <= LongestServiceName && !AuthenticationRecipe.HasControl(text);

    static bool IsHeaderValue(string text) => text.Length <= LongestName && HeaderText.IsValue(text);

    static bool IsIndex(string text)
    {
        foreach (var letter in text)
        {
            if (!char.IsAsciiLetterLower(letter) && !char.IsAsciiDigit(letter) && letter is not ('.' or '_' or '-'))
                return false;
        }

        return text.Length <= LongestName && text[0] is not ('_' or '-') && text is not ("." or "..");
    }
}
