using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using LambdaLogs.Extension.Processing;
using LambdaLogs.Extension.Processing.Patterns;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Processing.Patterns;

/// <summary>The framework's own engine is the oracle: the same matches in the same places.</summary>
public sealed class PatternOracleTests
{
    static readonly TimeSpan OracleTimeout = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData("abc")]
    [InlineData("a|ab|abc")]
    [InlineData("(?:ab|a)(?:bc|c)?")]
    [InlineData("a*b+c?")]
    [InlineData("a*?b")]
    [InlineData("a{2}")]
    [InlineData("a{2,}")]
    [InlineData("(ab){1,3}?c")]
    [InlineData("[a-c]+[^a-c]")]
    [InlineData("^a")]
    [InlineData("c$")]
    [InlineData("(?m)^b|c$")]
    [InlineData(@"\bab\b")]
    [InlineData(@"\Bb\B")]
    [InlineData(@"\w+\s\d+")]
    [InlineData(@"[\w-]+@[\w.]+")]
    [InlineData("(?i)aBc")]
    [InlineData("(?i:A)b")]
    [InlineData("(?i)[^a]b")]
    [InlineData("a.c")]
    [InlineData("(?s)a.c")]
    [InlineData("é|ü+")]
    [InlineData("[à-ü]+")]
    [InlineData("(?i)É")]
    [InlineData("世.")]
    [InlineData(@"\x41\u00e9?")]
    [InlineData("a{,2}")]
    [InlineData("x{")]
    [InlineData("(?<name>a)(?'other'b)")]
    [InlineData("(a|b)*c|(a|ab)*c")]
    [InlineData("((a*)b)*c")]
    [InlineData("[]a]+")]
    [InlineData("[a-]+")]
    [InlineData(@"[\]\\^]+")]
    [InlineData("")]
    [InlineData("(|a)b")]
    [InlineData("(?#comment)a(?i)B")]
    public void Agrees_on_a_form(string pattern)
    {
        foreach (var text in (string[])["", "a", "abc", "aabbcc", "ab 12 abc", "a\nb\nc", "xaéü世x世", "ABC aBc", "foo@bar.com b@c", "a,2} x{", "a{,2}]-^\\", "àÉé", "Aé"])
            Agree(pattern, text);
    }

    [Theory]
    [InlineData(@"(?:\B)(?:é)??", "1é1\n1")]
    [InlineData(@"(?:\B)", "1é1")]
    [InlineData(@"(?:\B)", "éé")]
    public void There_is_no_place_within_a_character(string pattern, string text) => Agree(pattern, text);

    [Fact]
    public void Agrees_on_made_up_patterns_and_texts()
    {
        var cases = Gen.Zip(Patterns(3), Gen.Select(Gen.ArrayOf(Gen.Elements("a", "b", "c", "B", "1", " ", "\n", "é", "_")), string.Concat));
        ReadingProperty.Holds(cases, made => Agree(made.Item1, made.Item2), count: 4000);
    }

    static bool Agree(string pattern, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Assert.Null(Pattern.Validate(pattern));
        var ours = Pattern.Compile([pattern], new WorkMeter())!;
        var spans = new RangeList();
        ours.FindAll(bytes, spans);
        var found = Enumerable.Range(0, spans.Count).Select(index => spans[index]);
        if (Expected(pattern, text) is not { } expected)
            return true;

        var (matches, isMatch) = expected;
        Assert.True(matches.SequenceEqual(found), $"/{pattern}/ on \"{text}\": expected {string.Join(' ', matches)}, found {string.Join(' ', found)}");
        Assert.Equal(isMatch, ours.IsMatch(bytes));
        return true;
    }

    /// <summary>What .NET finds. Null: it goes back and forth without end, which ours never does; there is nothing to compare then.</summary>
    static ((int Start, int End)[] Matches, bool IsMatch)? Expected(string pattern, string text)
    {
        var regex = new Regex(Ours(pattern), RegexOptions.CultureInvariant, OracleTimeout);
        try
        {
            var matches = regex.Matches(text)
                .Where(match => match.Length > 0)
                .Select(match => (Encoding.UTF8.GetByteCount(text.AsSpan(0, match.Index)), Encoding.UTF8.GetByteCount(text.AsSpan(0, match.Index + match.Length))))
                .ToArray();
            return (matches, regex.IsMatch(text));
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    /// <summary>What differs on purpose: a text's end is not also the place before its final line feed, and words are ASCII.</summary>
    static string Ours(string pattern) => (pattern.Contains("(?m)") ? pattern : Regex.Replace(pattern, @"(?<!\\)\$", @"\z"))
        .Replace(@"\b", "(?:(?<=[0-9A-Za-z_])(?![0-9A-Za-z_])|(?<![0-9A-Za-z_])(?=[0-9A-Za-z_]))")
        .Replace(@"\B", "(?:(?<=[0-9A-Za-z_])(?=[0-9A-Za-z_])|(?<![0-9A-Za-z_])(?![0-9A-Za-z_]))");

    static Gen<string> Patterns(int depth)
    {
        var atoms = Gen.Elements("a", "b", "c", "é", ".", "[ab]", "[^a]", "[a-cé]", "[0-9]", "(?i:b)", "ab", "bc", "\\n", "[ \\n]", "x");
        var places = Gen.Elements("^", "$", @"(?:\b)", @"(?:\B)");
        if (depth == 0)
            return atoms;

        var inner = Patterns(depth - 1);
        return Gen.Frequency(
            (3, atoms),
            (1, places),
            (3, Gen.Select(Gen.Zip(inner, inner), pair => pair.Item1 + pair.Item2)),
            (2, Gen.Select(Gen.Zip(inner, inner), pair => $"(?:{pair.Item1}|{pair.Item2})")),
            (3, Gen.Select(Gen.Zip(atoms, Gen.Elements("*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,2}?", "{2,}")), pair => $"(?:{pair.Item1}){pair.Item2}")),
            (1, Gen.Select(Gen.Zip(atoms, inner), pair => $"(?:{pair.Item1}{pair.Item2})*")));
    }
}
