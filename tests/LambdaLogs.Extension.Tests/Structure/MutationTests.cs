using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace LambdaLogs.Extension.Tests.Structure;

/// <summary>The patches that take one mend each out of the source, for <c>make mutations</c>.</summary>
public sealed partial class MutationTests
{
    static readonly string Folder = Repository.Folder("tests", "LambdaLogs.EndToEnd", "Soak", "Mutations");

    public static TheoryData<string> Patches =>
        [.. Directory.EnumerateFiles(Folder, "*.patch", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Folder, path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Patches))]
    public async Task A_patch_applies_to_the_source_as_it_is(string patch)
    {
        using var git = Start("git", ["apply", "--check", Path.Combine(Folder, patch)]);
        Assert.SkipWhen(git is null, "there is no git here to apply a patch with");
        var said = await git.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await git.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(git.ExitCode == 0, $"{patch} does not apply, the source has changed: make the same change anew\n{said}");
    }

    [Fact]
    public void Each_patch_says_what_it_takes_out_and_which_theme_of_the_soak_is_about_it()
    {
        var themes = ThemeName().Matches(File.ReadAllText(Repository.Folder("tests", "LambdaLogs.EndToEnd", "Soak", "SoakTheme.cs"))).Select(m => m.Groups[1].Value).ToHashSet();

        Repository.ExpectNone(
            from path in Directory.EnumerateFiles(Folder, "*.patch")
            let lines = File.ReadAllLines(path)
            where !lines[0].EndsWith('.') || !lines[1].StartsWith("Theme: ", StringComparison.Ordinal) || !themes.Contains(lines[1]["Theme: ".Length..])
            select $"{Path.GetFileName(path)}: a sentence, then Theme: and one of SoakTheme");
    }

    [Fact]
    public void The_page_lists_each_patch()
    {
        var page = File.ReadAllText(Repository.Folder("docs", "reliability.md"));

        Repository.ExpectNone(
            from path in Directory.EnumerateFiles(Folder, "*.patch")
            let line = File.ReadLines(path).First().TrimEnd('.')
            where !page.Contains($"| {line} |", StringComparison.Ordinal)
            select $"docs/reliability.md has no row \"{line}\" for {Path.GetFileName(path)}");
    }

    /// <returns>Null where there is no such program.</returns>
    static Process? Start(string program, IEnumerable<string> arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, WorkingDirectory = Repository.Root };
            // Within another repository git would look at that.
            start.Environment["GIT_CEILING_DIRECTORIES"] = Path.GetDirectoryName(Repository.Root.TrimEnd('/'));
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^    (\w+),$", RegexOptions.Multiline)]
    private static partial Regex ThemeName();
}
