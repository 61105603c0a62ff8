using System.Text;
using System.Text.RegularExpressions;
using LambdaLogs.Extension.Tests.Structure;

namespace LambdaLogs.Extension.Tests.Documents;

/// <summary>One Markdown page of the repository.</summary>
internal sealed partial class Page
{
    static readonly string[] NotOurs = [".git", "artifacts", "bin", "obj", "node_modules", "cdk.out", ".terraform"];

    Page(string name, string text)
    {
        Name = name;
        Text = text.ReplaceLineEndings("\n");
        Fences = [.. FencePattern().Matches(Text).Select(fence => new Fence(fence.Groups["language"].Value, fence.Groups["body"].Value))];
        Prose = FencePattern().Replace(Text, "\n");
        Spans = [.. SpanPattern().Matches(Prose).Select(span => span.Groups["code"].Value)];
    }

    /// <summary>A block of code.</summary>
    /// <param name="Language">What stands behind the opening fence; may be empty.</param>
    /// <param name="Body">The lines between the fences, each with its end.</param>
    public sealed record Fence(string Language, string Body);

    /// <summary>Every page, by its path from the root of the repository.</summary>
    public static IReadOnlyList<Page> All { get; } = [.. Find(Repository.Root).Order(StringComparer.Ordinal).Select(Read)];

    /// <summary>Its path from the root, with slashes.</summary>
    public string Name { get; }

    public string Text { get; }

    /// <summary>The text without blocks of code.</summary>
    public string Prose { get; }

    public IReadOnlyList<Fence> Fences { get; }

    /// <summary>What stands between backticks in the prose.</summary>
    public IReadOnlyList<string> Spans { get; }

    /// <summary>Where its relative links start from.</summary>
    public string Folder => Path.GetDirectoryName(Repository.Folder(Name))!;

    /// <summary>The page at a path from the root.</summary>
    public static Page Of(string name) => All.Single(page => page.Name == name);

    /// <summary>What its links point to, without titles.</summary>
    public IEnumerable<string> Links => LinkPattern().Matches(SpanPattern().Replace(Prose, "code")).Select(link => link.Groups["target"].Value);

    /// <summary>What a link to a heading says behind the hash, for every heading: as GitHub makes it.</summary>
    public IEnumerable<string> Anchors
    {
        get
        {
            var seen = new Dictionary<string, int>();
            foreach (Match heading in HeadingPattern().Matches(Prose))
            {
                var anchor = AnchorOf(heading.Groups["title"].Value.Trim());
                seen[anchor] = seen.GetValueOrDefault(anchor, -1) + 1;
                yield return seen[anchor] == 0 ? anchor : $"{anchor}-{seen[anchor]}";
            }
        }
    }

    /// <summary>Command lines: of blocks of code, with their continuations, and of the prose. Indented blocks are prose here.</summary>
    public IEnumerable<string> Commands =>
        Fences.SelectMany(fence => fence.Body.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'))
            .Concat(Prose.Split('\n').Where(line => line.StartsWith("    ", StringComparison.Ordinal)))
            .Select(line => line.Trim())
            .Concat(Spans);

    static IEnumerable<string> Find(string folder) =>
        Directory.EnumerateFiles(folder, "*.md").Concat(Directory.EnumerateDirectories(folder)
            .Where(child => !NotOurs.Contains(Path.GetFileName(child)))
            .SelectMany(Find));

    static Page Read(string path) => new(Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'), File.ReadAllText(path));

    static string AnchorOf(string title)
    {
        var anchor = new StringBuilder();
        foreach (var character in LinkPattern().Replace(title, "${text}").ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(character) || character is '-' or '_')
                anchor.Append(character);
            else if (character == ' ')
                anchor.Append('-');
        }

        return anchor.ToString();
    }

    [GeneratedRegex("^(?<fence>```+)(?<language>[^\n`]*)\n(?<body>(?:.*\n)*?)\\k<fence> *$", RegexOptions.Multiline)]
    private static partial Regex FencePattern();

    [GeneratedRegex("(?<!`)(?<ticks>`+)(?!`)(?<code>.+?)(?<!`)\\k<ticks>(?!`)", RegexOptions.Singleline)]
    private static partial Regex SpanPattern();

    [GeneratedRegex(@"\[(?<text>[^\]]*)\]\((?<target>[^)\s]+)[^)]*\)")]
    private static partial Regex LinkPattern();

    [GeneratedRegex("^#{1,6} +(?<title>.+)$", RegexOptions.Multiline)]
    private static partial Regex HeadingPattern();
}
