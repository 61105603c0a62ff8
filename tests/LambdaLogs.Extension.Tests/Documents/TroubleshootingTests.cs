using System.Text.RegularExpressions;
using LambdaLogs.Extension.Tests.Structure;

namespace LambdaLogs.Extension.Tests.Documents;

/// <summary>The page of own log lines has all of them, and no other.</summary>
public sealed partial class TroubleshootingTests
{
    static readonly Page Page = Page.Of("docs/troubleshooting.md");

    [Fact]
    public void Every_line_that_the_extension_can_write_is_on_the_page()
    {
        var text = WhiteSpace().Replace(Page.Text, " ");

        Assert.True(OwnMessages.All.Count > 50);
        Repository.ExpectNone(OwnMessages.All.SelectMany(message => message.Pieces
            .Where(piece => !text.Contains(piece, StringComparison.Ordinal)).Select(piece => $"{message.Place}: {piece}")));
    }

    [Fact]
    public void Every_line_on_the_page_is_one_that_the_extension_can_write() =>
        Repository.ExpectNone(Rows().Matches(Page.Text).Select(row => row.Groups["line"].Value)
            .SelectMany(line => line.Split('…').Select(piece => piece.Trim()).Where(piece => piece.Contains(' ')))
            .Where(piece => !OwnMessages.Fixed.Any(text => text.Contains(piece, StringComparison.Ordinal))));

    [Fact]
    public void The_text_of_every_call_of_the_log_is_known() => Repository.ExpectNone(OwnMessages.Unknown);

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();

    [GeneratedRegex(@"^\| ``?(?<line>[^`|]+)``? \|", RegexOptions.Multiline)]
    private static partial Regex Rows();
}
