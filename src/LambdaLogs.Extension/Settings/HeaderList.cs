using System.Text;
using System.Text.Json;
using LambdaLogs.Extension.Delivery;

namespace LambdaLogs.Extension.Settings;

/// <summary>
/// Reads <c>HTTP_HEADERS</c>: a list of <c>Name=value</c>, or a JSON object. Its values are secrets: what it says of a mistake holds none,
/// and of names only those that are known not to be one.
/// </summary>
internal sealed class HeaderList
{
    readonly List<RequestHeader> _headers = [];
    string? _problem;

    HeaderList()
    {
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The variable's text, trimmed.</param>
    /// <param name="headers">The headers in their order; means nothing where there is a problem.</param>
    /// <returns>What is wrong, for people. Null: nothing.</returns>
    public static string? Read(string text, out IReadOnlyList<RequestHeader> headers)
    {
        var list = new HeaderList();
        headers = list._headers;
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

            // Throws where anything follows.
            json.Read();
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            Fail(NoObject);
        }
    }

    void ReadPairs(string text)
    {
        // In lines a comma is nothing special.
        var separator = text.Contains('\n') ? '\n' : ',';
        var between = $"{separator} \t\r";
        var rest = text.AsSpan();
        while (_problem is null && !(rest = rest.TrimStart(between)).IsEmpty)
            rest = rest[ReadPair(rest, separator)..];
    }

    // Takes one pair off the front.
    int ReadPair(ReadOnlySpan<char> text, char separator)
    {
        var end = EndOf(text, separator);
        var assign = text[..end].IndexOfAny('=', ':');
        if (assign < 0)
            return Fail($"header {Next} has no =, as in Name=value");

        var name = text[..assign].TrimEnd().ToString();
        var from = assign + 1;
        while (from < end && text[from] is (' ' or '\t'))
            from++;

        if (from >= text.Length || text[from] != '"')
        {
            Add(name, text[from..end].Trim().ToString());
            return end;
        }

        if (!TryReadQuoted(text[from..], out var value, out var used))
            return Fail($"header {Next} has no closing quote");

        var behind = text[(from + used)..];
        end = EndOf(behind, separator);
        if (!behind[..end].Trim().IsEmpty)
            return Fail($"header {Next} goes on behind its closing quote");

        Add(name, value);
        return from + used + end;
    }

    static int EndOf(ReadOnlySpan<char> text, char separator)
    {
        var end = text.IndexOf(separator);
        return end < 0 ? text.Length : end;
    }

    // A backslash takes the next character as it stands.
    static bool TryReadQuoted(ReadOnlySpan<char> text, out string value, out int used)
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
            _headers.Add(new RequestHeader(name, value));
    }

    // The first mistake is the one that is told.
    int Fail(string problem)
    {
        _problem ??= problem;
        return 0;
    }
}
