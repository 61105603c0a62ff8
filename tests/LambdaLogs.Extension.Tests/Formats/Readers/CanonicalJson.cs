using System.Globalization;
using System.Text.Json;

namespace LambdaLogs.Extension.Tests.Formats.Readers;

/// <summary>
/// One spelling for values, whatever wrote them: members in their order, whole numbers of 64 bits as such, others as doubles, and what
/// neither can hold as a text.
/// </summary>
internal static class CanonicalJson
{
    /// <summary>A value's spelling.</summary>
    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => OfObject(value.EnumerateObject().Select(member => (member.Name, Of(member.Value)))),
        JsonValueKind.Array => OfArray(value.EnumerateArray().Select(Of)),
        JsonValueKind.String => OfText(value.GetString()!),
        JsonValueKind.Number => OfNumber(value.GetRawText()),
        _ => value.GetRawText(),
    };

    /// <summary>An object's spelling.</summary>
    public static string OfObject(IEnumerable<(string Name, string Value)> members) =>
        $"{{{string.Join(",", members.Select(member => $"{OfText(member.Name)}:{member.Value}"))}}}";

    /// <summary>An array's spelling.</summary>
    public static string OfArray(IEnumerable<string> elements) => $"[{string.Join(",", elements)}]";

    /// <summary>A text's spelling.</summary>
    public static string OfText(string text) => JsonSerializer.Serialize(text);

    /// <summary>A double's spelling.</summary>
    public static string OfDouble(double number) => number.ToString("R", CultureInfo.InvariantCulture) + "d";

    static string OfNumber(string raw)
    {
        if (raw != "-0" && long.TryParse(raw, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return whole.ToString(CultureInfo.InvariantCulture);

        var number = double.Parse(raw, CultureInfo.InvariantCulture);
        return double.IsFinite(number) ? OfDouble(number) : OfText(raw);
    }
}
