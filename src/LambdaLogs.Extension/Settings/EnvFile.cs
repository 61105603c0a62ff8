using System.Text;

namespace LambdaLogs.Extension.Settings;

/// <summary>
/// Parses settings in <c>.env</c> form: lines of <c>NAME=value</c>, perhaps after <c>export</c>; comments after <c>#</c>; values in single
/// quotes unchanged, in double quotes with <c>\n</c>, <c>\t</c>, <c>\"</c> and <c>\\</c>, both over several lines. Pure.
/// </summary>
internal static class EnvFile
{
    const string Export = "export ";

    /// <summary>Parses a text.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="values">Receives the values; the last one counts if a name occurs twice.</param>
    /// <returns>The number of the first invalid line, which is left out. Zero: none.</returns>
    public static int Read(string text, Dictionary<string, string> values)
    {
        var wrong = 0;
        var line = 1;
        for (var at = text.StartsWith('\uFEFF') ? 1 : 0; at < text.Length;)
        {
            var start = at;
            if (!TryReadLine(text, ref at, values) && wrong == 0)
                wrong = line;
            line += text.AsSpan(start, at - start).Count('\n');
        }

        return wrong;
    }

    static bool TryReadLine(string text, ref int at, Dictionary<string, string> values)
    {
        var end = LineEnd(text, at);
        var line = text.AsSpan(at, end - at).Trim();
        if (line.IsEmpty || line[0] == '#')
        {
            at = Math.Min(text.Length, end + 1);
            return true;
        }

        var assign = text.IndexOf('=', at, end - at);
        if (assign < 0)
        {
            at = Math.Min(text.Length, end + 1);
            return false;
        }

        var name = text.AsSpan(at, assign - at).Trim();
        if (name.StartsWith(Export))
            name = name[Export.Length..].TrimStart();
        at = assign + 1;
        while (at < end && text[at] is ' ' or '\t')
            at++;

        var isWhole = true;
        var value = at < end && text[at] is '"' or '\'' ? Quoted(text, ref at, out isWhole) : Bare(text.AsSpan(at, end - at));
        at = Math.Min(text.Length, LineEnd(text, at) + 1);
        if (!isWhole || !IsName(name))
            return false;

        values[name.ToString()] = value;
        return true;
    }

    static int LineEnd(string text, int at)
    {
        var end = text.IndexOf('\n', at);
        return end < 0 ? text.Length : end;
    }

    static string Bare(ReadOnlySpan<char> text)
    {
        var comment = text.IndexOf(" #");
        return (comment < 0 ? text : text[..comment]).Trim().ToString();
    }

    static string Quoted(string text, ref int at, out bool isWhole)
    {
        var quote = text[at++];
        var value = new StringBuilder();
        for (; at < text.Length && text[at] != quote; at++)
        {
            if (quote == '"' && text[at] == '\\' && at + 1 < text.Length)
                value.Append(Unescaped(text[++at]));
            else
                value.Append(text[at]);
        }

        isWhole = at < text.Length;
        at = Math.Min(text.Length, at + 1);
        return value.ToString();
    }

    // An unknown escape keeps its backslash, because regular expressions contain many.
    static string Unescaped(char letter) => letter switch
    {
        'n' => "\n",
        't' => "\t",
        '"' or '\\' or '$' => letter.ToString(),
        _ => "\\" + letter,
    };

    static bool IsName(ReadOnlySpan<char> text)
    {
        foreach (var letter in text)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter != '_')
                return false;
        }

        return !text.IsEmpty;
    }
}
