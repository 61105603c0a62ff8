using System.Text.RegularExpressions;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Settings;
using LambdaLogs.Extension.Tests.Fakes;
using LambdaLogs.Extension.Tests.Formats.Readers;
using LambdaLogs.Extension.Tests.Structure;

namespace LambdaLogs.Extension.Tests.Settings;

/// <summary>The pages in <c>docs/destinations</c>: their variables are read, and a body is written and read with exactly these.</summary>
public sealed partial class DestinationPageTests
{
    public static TheoryData<string> Pages => [.. Directory.GetFiles(Folder, "*.md").Select(file => Path.GetFileName(file)!).Where(name => name != "README.md")];

    static string Folder => Path.Combine(Repository.Root, "docs/destinations");

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_variables_of_a_page_are_right_and_its_format_is_read(string page)
    {
        var blocks = EnvBlock().Matches(File.ReadAllText(Path.Combine(Folder, page)));
        Assert.NotEmpty(blocks);
        foreach (Match block in blocks)
        {
            var values = block.Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(line => line[0] != '#').Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
            var declared = VariableList.All.Select(variable => variable.Name).ToHashSet();
            Assert.All(values.Keys, name => Assert.Contains(name, declared));
            var settings = SettingsReader.Read(values.GetValueOrDefault, 0, out var problems);
            Assert.Empty(problems);
            Assert.NotNull(settings.Destination);

            var format = SampleFormats.New(settings.Format);
            var body = SampleFormats.Body(format, SampleRecord.All.Select(record => SampleFormats.Encode(format, record)));
            Assert.Equal(SampleRecord.All.Count, BodyReader.Read(settings.Format.Kind, body).Count);
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_has_its_chapters_and_is_on_the_list(string page)
    {
        var text = File.ReadAllText(Path.Combine(Folder, page));
        Assert.All(["## Limits", "## When something fails"], chapter => Assert.Contains($"\n{chapter}\n", text));
        Assert.Contains($"({page})", File.ReadAllText(Path.Combine(Folder, "README.md")));
    }

    [Fact]
    public void Every_format_has_a_page()
    {
        var texts = Pages.Select(row => File.ReadAllText(Path.Combine(Folder, row.Data))).ToList();
        for (var kind = FormatKind.JsonArray; kind <= FormatKind.Gelf; kind++)
            Assert.Contains(texts, text => text.Contains($"\nLOGS_FORMAT={FormatReader.NameOf(kind)}\n"));
    }

    [GeneratedRegex("```env\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex EnvBlock();
}
