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
        string? nearest = null;
        var least = int.MaxValue;
        foreach (var variable in all)
        {
            // Proxy variables are set for other programs as well, in both cases.
            if (variable.Name == name || (variable.Name == upper && variable.Group is VariableGroup.Proxy))
                return null;
            if (variable.Group is VariableGroup.Proxy)
                continue;

            var distance = Distance(upper, variable.Name);
            if (distance >= least)
                continue;

            least = distance;
            nearest = variable.Name;
        }

        var isOurs = upper.StartsWith(OwnPrefix, StringComparison.Ordinal);
        var longer = least > LikeMax && upper.StartsWith("HTTP_", StringComparison.Ordinal) ? FindByPrefix(upper, all) : null;
        if (!isOurs && longer is null && least > LikeMax)
            return null;

        nearest = longer ?? nearest;
        return least <= Math.Max(LikeMax + 1, upper.Length / 3) || longer is not null
            ? $"{name} is not a setting; did you mean {nearest}?"
            : $"{name} is not a setting; --help lists all of them";
    }

    /// <summary>Finds a setting that starts with the name: <c>HTTP_TIMEOUT</c>, <c>HTTP_AUTH</c>.</summary>
    static string? FindByPrefix(string name, IReadOnlyList<Variable> all)
    {
        const int LeastLetters = 4;
        foreach (var variable in all)
        {
            if (name.Length >= "HTTP_".Length + LeastLetters && variable.Name.StartsWith(name, StringComparison.Ordinal))
                return variable.Name;
        }

        return null;
    }

    /// <summary>Number of letters to change, add, remove or swap.</summary>
    static int Distance(string one, string other)
    {
        var width = other.Length + 1;
        Span<int> before = stackalloc int[width];
        Span<int> last = stackalloc int[width];
        Span<int> row = stackalloc int[width];
        for (var column = 0; column < width; column++)
            last[column] = column;

        for (var line = 1; line <= one.Length; line++)
        {
            row[0] = line;
            for (var column = 1; column < width; column++)
            {
                var change = one[line - 1] == other[column - 1] ? 0 : 1;
                row[column] = Math.Min(Math.Min(row[column - 1], last[column]) + 1, last[column - 1] + change);
                if (line > 1 && column > 1 && one[line - 1] == other[column - 2] && one[line - 2] == other[column - 1])
                    row[column] = Math.Min(row[column], before[column - 2] + 1);
            }

            last.CopyTo(before);
            row.CopyTo(last);
        }

        return last[^1];
    }
}
