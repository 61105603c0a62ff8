namespace LambdaLogs.Extension.Settings;

/// <summary>
/// Finds variables that look like settings of the extension but are not: those that start with <c>LOGS_</c>, and those similar to a
/// setting. Pure.
/// </summary>
internal static class UnknownVariables
{
    const string OwnPrefix = "LOGS_";
    const int LikeMax = 2;

    /// <summary>Returns a line for each of them, with the most similar setting.</summary>
    /// <param name="names">The names of all variables of the environment.</param>
    public static List<string> Of(IEnumerable<string> names)
    {
        var lines = new List<string>();
        IReadOnlyList<Variable>? all = null;
        foreach (var name in names)
        {
            // Skip most variables of an environment quickly.
            if (name.Length < OwnPrefix.Length || char.ToUpperInvariant(name[0]) is not ('L' or 'H' or 'O' or 'T'))
                continue;

            all ??= VariableList.All;
            if (Line(name, all) is { } line)
                lines.Add(line);
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    static string? Line(string name, IReadOnlyList<Variable> all)
    {
        var upper = name.ToUpperInvariant();
        // First: nearly every name is a setting, or that of another program, and comparing is cheap.
        foreach (var variable in all)
        {
            // Proxy variables are set for other programs as well, in both cases.
            if (variable.Name == name || (variable.Name == upper && variable.Group is VariableGroup.Proxy))
                return null;
        }

        var isOurs = upper.StartsWith(OwnPrefix, StringComparison.Ordinal);
        var nearest = FindNearest(upper, all, isOurs ? Math.Max(LikeMax + 1, upper.Length / 3) : LikeMax, out var distance);
        if (distance > LikeMax)
        {
            var related = isOurs || upper.StartsWith("HTTP_", StringComparison.Ordinal) ? FindRelated(upper, all) : null;
            if (related is null && !isOurs)
                return null;

            nearest = related ?? nearest;
        }

        return nearest is null ? $"{name} is not a setting; --help lists all of them" : $"{name} is not a setting; did you mean {nearest}?";
    }

    /// <summary>Finds the most similar setting.</summary>
    /// <returns>Null if none differs by at most <paramref name="limit"/> letters.</returns>
    static string? FindNearest(string upper, IReadOnlyList<Variable> all, int limit, out int distance)
    {
        string? nearest = null;
        distance = limit + 1;
        foreach (var variable in all)
        {
            var found = variable.Group is VariableGroup.Proxy ? distance : Distance(upper, variable.Name, distance);
            if (found >= distance)
                continue;

            distance = found;
            nearest = variable.Name;
        }

        return nearest;
    }

    /// <summary>
    /// Finds the setting that starts with the name (<c>HTTP_TIMEOUT</c>), else the one that a word of it stands for (<c>LOGS_MASK</c>,
    /// <c>HTTP_AUTH_TOKEN</c>), else the nearest with the same first two words (<c>HTTP_ENDPOINT_URL</c>).
    /// </summary>
    static string? FindRelated(string name, IReadOnlyList<Variable> all)
    {
        const int LeastLetters = 4;
        var second = name.IndexOf('_') + 1;
        var head = name.IndexOf('_', second) is > 0 and var end ? name[..end] : name;
        string? sibling = null;
        var least = int.MaxValue;
        foreach (var variable in all)
        {
            if (name.Length >= second + LeastLetters && variable.Name.StartsWith(name, StringComparison.Ordinal))
                return variable.Name;

            if (variable.Group is VariableGroup.Proxy || !variable.Name.StartsWith(head, StringComparison.Ordinal)
                || (variable.Name.Length > head.Length && variable.Name[head.Length] != '_'))
                continue;

            var distance = Distance(name, variable.Name, least);
            if (distance < least)
                (least, sibling) = (distance, variable.Name);
        }

        // Other programs have variables such as HTTP_TOKEN: only HTTP_AUTH_TOKEN is meant for us.
        var mayMean = name.StartsWith(OwnPrefix, StringComparison.Ordinal) || sibling is not null;
        return (mayMean ? FindByMeaning(name[second..]) : null) ?? sibling;
    }

    static string? FindByMeaning(string words)
    {
        foreach (var word in words.Split('_'))
        {
            var meant = word switch
            {
                "TOKEN" or "PASSWORD" or "PASS" or "SECRET" or "KEY" or "APIKEY" or "BEARER" => "HTTP_AUTH_CREDENTIALS",
                "URL" or "URI" or "ENDPOINT" or "DESTINATION" => "HTTP_ENDPOINT",
                "LEVEL" or "LEVELS" or "SEVERITY" => "LOGS_MIN_LEVEL",
                "MASK" or "HIDE" or "SCRUB" or "OBFUSCATE" => "LOGS_REDACT",
                "TAGS" or "TAG" or "LABELS" or "LABEL" or "ATTRIBUTES" => "LOGS_FIELDS",
                "FILTER" or "FILTERS" => "LOGS_INCLUDE_REGEX",
                "DROP" or "IGNORE" or "SKIP" => "LOGS_EXCLUDE_REGEX",
                "SAMPLING" => "LOGS_SAMPLE_RATE",
                "DEBUG" or "VERBOSE" => "LOGS_EXTENSION_LOG_LEVEL",
                "GZIP" or "COMPRESS" => "HTTP_COMPRESSION",
                "HEADER" => "HTTP_HEADERS",
                _ => null,
            };
            if (meant is not null)
                return meant;
        }

        return null;
    }

    /// <summary>Number of letters to change, add, remove or swap.</summary>
    /// <param name="one">One name.</param>
    /// <param name="other">The other one.</param>
    /// <param name="enough">The comparison ends once the number is known to reach this. At the start, this spares most of the work.</param>
    static int Distance(string one, string other, int enough)
    {
        if (Math.Abs(one.Length - other.Length) >= enough)
            return enough;

        var width = other.Length + 1;
        Span<int> before = stackalloc int[width];
        Span<int> last = stackalloc int[width];
        Span<int> row = stackalloc int[width];
        for (var column = 0; column < width; column++)
            last[column] = column;

        for (var line = 1; line <= one.Length; line++)
        {
            var least = row[0] = line;
            for (var column = 1; column < width; column++)
            {
                var change = one[line - 1] == other[column - 1] ? 0 : 1;
                row[column] = Math.Min(Math.Min(row[column - 1], last[column]) + 1, last[column - 1] + change);
                if (line > 1 && column > 1 && one[line - 1] == other[column - 2] && one[line - 2] == other[column - 1])
                    row[column] = Math.Min(row[column], before[column - 2] + 1);
                least = Math.Min(least, row[column]);
            }

            if (least >= enough)
                return enough;

            last.CopyTo(before);
            row.CopyTo(last);
        }

        return last[^1];
    }
}
