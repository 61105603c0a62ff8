using System.Text.RegularExpressions;
using LambdaLogs.Extension.Tests.Structure;

namespace LambdaLogs.Extension.Tests.Documents;

/// <summary>Holds commands, paths and names that the pages show to what there is.</summary>
public sealed partial class CommandMentionTests
{
    static readonly string[] SourceRoots = ["", "src/LambdaLogs.Extension", "src/LambdaLogs.Emulator", "src", "tests/LambdaLogs.Extension.Tests"];

    [Fact]
    public void Every_make_target_exists()
    {
        var targets = Targets().Matches(File.ReadAllText(Repository.Folder("Makefile"))).Select(target => target.Groups[1].Value).ToHashSet();

        Repository.ExpectNone(Commands().SelectMany(command => Make().Matches(command.Line)
            .Select(make => make.Groups["target"].Value).Where(target => !targets.Contains(target)).Select(target => $"{command.Page}: make {target}")));
    }

    [Fact]
    public void Every_path_exists()
    {
        var folders = SourceRoots.SelectMany(root => Directory.EnumerateDirectories(Repository.Folder(root)))
            .Select(folder => Path.GetFileName(folder)).Where(name => name is not "artifacts" and not "bin" and not "obj").ToHashSet();

        Repository.ExpectNone(Commands().SelectMany(command => command.Line.Split(' ', '`', '"', '\'', '=', ',', '(', ')', ':', '@')
            .Where(word => PathWord().IsMatch(word) && folders.Contains(word.Split('/')[0]) && !Exists(word.TrimEnd('.', ';')))
            .Select(word => $"{command.Page}: {word}")));
    }

    [Fact]
    public void Every_test_that_is_named_exists()
    {
        var tests = Directory.EnumerateFiles(Repository.Folder("tests"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => TestMethod().Matches(File.ReadAllText(file)).Select(test => test.Groups[1].Value)).ToHashSet();

        Repository.ExpectNone(Page.All.SelectMany(page => page.Spans
            .Where(span => Sentence().IsMatch(span) && !tests.Contains(span)).Select(span => $"{page.Name}: {span}")));
    }

    [Fact]
    public void Every_option_of_the_emulator_exists()
    {
        var shown = Commands().SelectMany(command => Emulator().Matches(command.Line)
            .SelectMany(call => OptionWord().Matches(call.Groups["arguments"].Value)
                .Select(option => (command.Page, Command: call.Groups["command"].Value, Option: option.Value)))).ToList();

        Assert.NotEmpty(shown);
        Repository.ExpectNone(shown.Where(use => use.Option != "--help" && !Options(use.Command).Contains(use.Option))
            .Select(use => $"{use.Page}: {use.Command} {use.Option}"));
    }

    [Fact]
    public void The_page_about_the_emulator_has_every_option()
    {
        var page = Page.Of("docs/local-development.md");

        Repository.ExpectNone(new[] { "run", "destination" }.SelectMany(Options).Distinct()
            .Where(option => !page.Spans.Any(span => span.Split(' ', '=')[0] == option)));
    }

    static HashSet<string> Options(string command)
    {
        // A command with many options declares them in a file of their own.
        var name = char.ToUpperInvariant(command[0]) + command[1..];
        var files = Directory.EnumerateFiles(Repository.Folder("src", "LambdaLogs.Emulator", "Cli"), name + "*.cs");
        return [.. files.SelectMany(file => DeclaredOption().Matches(File.ReadAllText(file)).Select(option => option.Groups[1].Value))];
    }

    static IEnumerable<(string Page, string Line)> Commands() => Page.All.SelectMany(page => page.Commands.Select(line => (page.Name, line)));

    // A type may be named without its ending.
    static bool Exists(string path) => SourceRoots.Any(root => Path.Exists(Repository.Folder(root, path)) || File.Exists(Repository.Folder(root, path + ".cs")));

    [GeneratedRegex("^([a-z_0-9]+):", RegexOptions.Multiline)]
    private static partial Regex Targets();

    [GeneratedRegex(@"(?:^|&& |; )make (?<target>[a-z_0-9]+)")]
    private static partial Regex Make();

    [GeneratedRegex(@"^[A-Za-z.][\w.-]*(/[\w.-]+)+/?$")]
    private static partial Regex PathWord();

    [GeneratedRegex(@"public (?:static )?(?:async )?(?:void|Task|ValueTask|Property) (\w+)\(")]
    private static partial Regex TestMethod();

    [GeneratedRegex("^(?=.*[a-z])[A-Z][A-Za-z0-9]*(_[A-Za-z0-9]+){2,}$")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"(?:lambda-emulator|LambdaLogs\.Emulator(?: -c Release)? --) (?<command>run|destination)\b(?<arguments>.*)$")]
    private static partial Regex Emulator();

    [GeneratedRegex(@"(?<= )--[a-z][a-z-]*")]
    private static partial Regex OptionWord();

    [GeneratedRegex("OptionFactory\\.[A-Za-z]+\\(\\s*\"(--[a-z-]+)\"")]
    private static partial Regex DeclaredOption();
}
