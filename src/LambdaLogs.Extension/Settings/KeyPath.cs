namespace LambdaLogs.Extension.Settings;

/// <summary>
/// Parses the usual notations of a path in JSON: <c>password</c>, <c>"password"</c>, <c>user.password</c>, <c>$.user.password</c>,
/// <c>user["password"]</c>, <c>users[*].password</c>, <c>/user/password</c>. Pure.
/// </summary>
internal static class KeyPath
{
    const string Patterns = "*?^|(){}<>\\=!";

    /// <summary>Parses a path.</summary>
    /// <param name="text">The trimmed text.</param>
    /// <param name="names">The names, starting with the outermost. Array indices are left out.</param>
    /// <returns>False if it is not valid.</returns>
    public static bool TryRead(string text, out List<string> names)
    {
        names = [];
        var at = 0;
        if (text[0] == '/')
            return TryReadPointer(text, names);
        if (text[0] is '$' or '@' && (text.Length == 1 || text[1] is '.' or '['))
            at = 1;
        if (text.AsSpan(at).StartsWith("*."))
            at += 2;

        while (at < text.Length)
        {
            var name = text[at] switch
            {
                '.' => "",
                '[' => Bracket(text, ref at),
                '"' or '\'' => Quoted(text, ref at),
                _ => Plain(text, ref at),
            };
            if (name is null)
                return false;
            if (name.Length > 0)
                names.Add(name);
            if (at < text.Length && text[at] == '.')
                at++;
        }

        return names.Count > 0;
    }

    static string? Plain(string text, ref int at)
    {
        var length = text.AsSpan(at).IndexOfAny('.', '[');
        var name = length < 0 ? text[at..] : text.Substring(at, length);
        at += name.Length;
        return name.AsSpan().IndexOfAny(Patterns) >= 0 || name.AsSpan().IndexOfAny("\"']") >= 0 ? null : name;
    }

    static string? Quoted(string text, ref int at)
    {
        var end = text.IndexOf(text[at], at + 1);
        if (end < 0)
            return null;

        var name = text[(at + 1)..end];
        at = end + 1;
        return name.Length == 0 || (at < text.Length && text[at] is not ('.' or '[' or ']')) ? null : name;
    }

    // An index stands for every element: paths do not contain arrays.
    static string? Bracket(string text, ref int at)
    {
        at++;
        if (at >= text.Length)
            return null;

        string? name;
        if (text[at] is '"' or '\'')
        {
            name = Quoted(text, ref at);
        }
        else
        {
            var end = text.IndexOf(']', at);
            name = end < 0 ? null : text[at..end];
            at = end < 0 ? at : end;
            if (name is "*" or "" || (name is not null && !name.AsSpan().ContainsAnyExceptInRange('0', '9')))
                name = "";
            else if (name?.AsSpan().IndexOfAny(Patterns) >= 0)
                name = null;
        }

        if (name is null || at >= text.Length || text[at] != ']')
            return null;

        at++;
        return name;
    }

    // RFC 6901.
    static bool TryReadPointer(string text, List<string> names)
    {
        foreach (var part in ListSplitter.Split(text, "/"))
        {
            if (part.AsSpan().IndexOfAny(Patterns) >= 0)
                return false;
            if (part.AsSpan().ContainsAnyExceptInRange('0', '9'))
                names.Add(part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));
        }

        return names.Count > 0;
    }
}
