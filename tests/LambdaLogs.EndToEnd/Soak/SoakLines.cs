using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LambdaLogs.EndToEnd.Soak;

/// <summary>Lines of all shapes, each with a mark that is found again in every format.</summary>
static partial class SoakLines
{
    public static string Mark(int invocation, int line) => $"soak-{invocation}-{line}~";

    /// <summary>The marks of a body, in order.</summary>
    public static IEnumerable<string> Marks(string text) => MarkPattern().Matches(text).Select(m => m.Value);

    /// <param name="random">Makes the same lines of the same number.</param>
    /// <param name="scenario">Says how long lines are.</param>
    /// <param name="invocation">The number of the invocation.</param>
    /// <param name="line">The number of the line in it.</param>
    public static string Line(Random random, SoakScenario scenario, int invocation, int line)
    {
        var mark = Mark(invocation, line);
        if (scenario.LineChars is { } chars)
            return $"{mark} {new string('x', chars)}";

        var charsMax = scenario.LineCharsMax;
        return random.Next(8) switch
        {
            0 => $$"""{"message":"{{mark}} {{Text(random, charsMax, letters: true)}}","level":"warn","customer":{{random.Next()}}}""",
            1 => $$"""{"message":"{{mark}}","deep":{"a":[1,2,{"b":"{{Text(random, charsMax, letters: true)}}"}]},"":1,"e":1e400}""",
            2 => $"2026-03-14T09:26:53.470Z\t459921b5-681c-4a96-beb0-81e0aa586026\tERROR\t{mark} {Text(random, charsMax, letters: true)}",
            3 => $"{mark} \u001b[31mred\u001b[0m \u0000\u0007 \"quoted\" \\back {Text(random, charsMax, letters: false)}",
            4 => $"{mark} ключ 名前 😀 \ud800 {Text(random, charsMax, letters: false)}",
            5 => $"{mark} bearerbearer secretaccesskey a@b.cd 4111 1111 1111 1111",
            _ => $"{mark} {Text(random, charsMax / 4, letters: true)}",
        };
    }

    static string Text(Random random, int charsMax, bool letters)
    {
        var length = random.Next(8) == 0 ? charsMax : random.Next(Math.Min(80, charsMax));
        var text = new StringBuilder(length);
        while (text.Length < length)
            text.Append(letters ? (char)('a' + random.Next(26)) : random.Next(2) == 0 ? (char)random.Next(32, 0x3000) : ' ');
        return text.ToString();
    }

    /// <summary>The number of the invocation, then that of the line.</summary>
    public static (int Invocation, int Line) Place(string mark)
    {
        var parts = mark.Split('-', '~');
        return (int.Parse(parts[1], CultureInfo.InvariantCulture), int.Parse(parts[2], CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"soak-\d+-\d+~")]
    private static partial Regex MarkPattern();
}
