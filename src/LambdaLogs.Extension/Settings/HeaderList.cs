using System.Text;
using System.Text.Json;
using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Processing.Redaction;

namespace LambdaLogs.Extension.Settings;

/// <summary>
/// Parses <c>HTTP_HEADERS</c>: a list of <c>Name=value</c>, or a JSON object. The values are secrets: messages contain none of them, and
/// only names that are known not to be values.
/// </summary>
internal sealed class HeaderList
{
    readonly List<RequestHeader> _headers = [];
    readonly List<string> _notes = [];
    string? _problem;

    HeaderList()
    {
    }

    /// <summary>Parses a value.</summary>
    /// <param name="text">The variable's value, trimmed.</param>
    /// <param name="headers">The headers in order; undefined if there is a problem.</param>
    /// <returns>The problem, for messages. Null: none.</returns>
    public static string? Read(string text, out IReadOnlyList<RequestHeader> headers) => Read(text, out headers, out _);

    /// <summary>Parses a value.</summary>
    /// <param name="text">The variable's value, trimmed.</param>
    /// <param name="headers">The headers in order; undefined if there is a problem.</param>
    /// <param name="notes">What was interpreted differently from how it is written: the expected form, and what is done.</param>
    /// <returns>The problem, for messages. Null: none.</returns>
    public static string? Read(string text, out IReadOnlyList<RequestHeader> headers, out IReadOnlyList<string> notes)
    {
        var list = new HeaderList();
        headers = list._headers;
        notes = list._notes;
        if (text[0] == '{')
            list.ReadJson(text);
        else
            list.ReadPairs(text);

        return list._problem;
    }

    void ReadJson(string text)
    {
        const string NoObject = "it begins with { but is no JSON object whose values are texts";
        try
        {
            var json = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
            json.Read();
            while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
            {
                var name = json.GetString()!;
                if (!json.Read() || json.TokenType is not JsonTokenType.String)
                {
                    Fail(NoObject);
                    return;
                }

                Add(name, json.GetString()!);
            }

            // Throws if anything follows.
            json.Read();
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            Fail(NoObject);
        }
    }

    void ReadPairs(string text)
    {
        // If there is one header per line, commas belong to values.
        var pairs = ListSplitter.Split(text, text.Contains('\n') ? ListSplitter.LineSeparators : ",", quotes: "\"");
        if (pairs.Count == 1 && HeadersBetweenSemicolons(pairs[0]) is { } parts)
        {
            _notes.Add($"commas between the pairs, as in A=1,B=2; the semicolons are read as commas: {parts.Count} headers");
            pairs = parts;
        }

        foreach (var pair in pairs)
        {
            if (_problem is null)
                ReadPair(pair);
        }
    }

    // A value may contain semicolons: they are separators only if each is followed by a header name.
    static List<string>? HeadersBetweenSemicolons(string text)
    {
        var parts = ListSplitter.Split(text, ";", quotes: "\"");
        return parts.Count > 1 && parts.TrueForAll(LooksLikeHeader) ? parts : null;
    }

    static bool LooksLikeHeader(string part)
    {
        var assign = part.AsSpan().IndexOfAny('=', ':');
        var name = part.AsSpan(0, Math.Max(assign, 0)).TrimEnd();
        return HeaderText.IsName(name) && (char.IsAsciiLetterUpper(name[0]) || name.Contains('-'));
    }

    void ReadPair(string text)
    {
        var assign = text.AsSpan().IndexOfAny('=', ':');
        if (assign < 0)
        {
            Fail($"header {Next} has no =, as in Name=value");
            return;
        }

        var name = text[..assign].TrimEnd();
        var value = text[(assign + 1)..].TrimStart(' ', '\t');
        if (!value.StartsWith('"'))
            Add(name, Decoded(name, value));
        else if (!TryReadQuoted(value, out var quoted, out var used))
            Fail($"header {Next} has no closing quote");
        else if (!value.AsSpan(used).Trim().IsEmpty)
            Fail($"header {Next} goes on behind its closing quote");
        else
            Add(name, quoted);
    }

    // OpenTelemetry's variable for headers requires percent-encoding.
    string Decoded(string name, string value)
    {
        var scheme = value.IndexOf("%20", StringComparison.Ordinal);
        if (scheme < 1 || HeaderValue.SchemeLength(Encoding.UTF8.GetBytes(value[..scheme] + " …")) == 0)
            return value;

        var shown = HeaderText.IsName(name) && name.Equals("Authorization", StringComparison.OrdinalIgnoreCase) ? name : $"header {Next}";
        _notes.Add($"values as they are sent, with a blank for %20, as in {shown}={value[..scheme]} …; {shown} is sent decoded");
        return Uri.UnescapeDataString(value);
    }

    // A backslash escapes the next character.
    static bool TryReadQuoted(string text, out string value, out int used)
    {
        var plain = new StringBuilder();
        for (used = 1; used < text.Length && text[used] != '"'; used++)
        {
            if (text[used] == '\\' && used + 1 < text.Length)
                used++;

            plain.Append(text[used]);
        }

        value = plain.ToString();
        return used++ < text.Length;
    }

    int Next => _headers.Count + 1;

    void Add(string name, string value)
    {
        if (!HeaderText.IsName(name))
            Fail($"the name of header {Next} is none");
        else if (HeaderText.IsReserved(name))
            Fail($"{name} is set by HTTP or by the extension itself");
        else if (!HeaderText.IsValue(value))
            Fail($"the value of header {Next} is empty or not visible ASCII");
        else if (HeaderPlaceholders.FirstUnknown(value) is not null)
            Fail($"header {Next} has a placeholder other than {HeaderPlaceholders.Known}");
        else if (_headers.Exists(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            Fail($"header {Next} has a name that was there before");
        else
            AddValid(name, value);
    }

    void AddValid(string name, string value)
    {
        if (HeaderPlaceholders.HasMistaken(value))
            _notes.Add($"no placeholders but {HeaderPlaceholders.Known}; the value of header {Next} is sent unchanged");
        _headers.Add(new RequestHeader(name, value));
    }

    // Only the first mistake is reported.
    void Fail(string problem) => _problem ??= problem;
}
