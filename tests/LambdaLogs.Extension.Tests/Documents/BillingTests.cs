using System.Globalization;
using System.Text.RegularExpressions;

namespace LambdaLogs.Extension.Tests.Documents;

/// <summary>Reckons the table of docs/billing.md anew, from the prices and times that the page itself names.</summary>
public sealed partial class BillingTests
{
    static readonly string Text = Page.Of("docs/billing.md").Text;

    [Fact]
    public void Every_amount_is_what_the_formula_gives()
    {
        decimal[] prices = [.. Prices().Matches(Text).Select(price => Number(price.Groups[1].Value))];
        Assert.Equal(2, prices.Length);
        var hold = Number(Hold().Match(Text).Groups[1].Value);
        var response = Number(Response().Match(Text).Groups[1].Value) / 1000;
        var rows = Rows().Matches(Text);

        Assert.Equal(5, rows.Count);
        Assert.All(rows, row =>
        {
            var gigabytes = Number(row.Groups["mb"].Value) / 1024;
            decimal[] expected = [.. new[] { hold, hold + response }.SelectMany(seconds => prices.Select(price => Millions(seconds, gigabytes, price)))];
            Assert.Equal(expected, row.Groups["dollars"].Captures.Select(dollars => Number(dollars.Value)));
        });
    }

    static decimal Millions(decimal seconds, decimal gigabytes, decimal price) => Math.Round(1_000_000 * seconds * gigabytes * price, 2);

    static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\*\*\$(0\.0000\d+)\*\*")]
    private static partial Regex Prices();

    [GeneratedRegex(@"^\| `end` \| (0\.\d+) \+ ", RegexOptions.Multiline)]
    private static partial Regex Hold();

    [GeneratedRegex(@"x86_64, response after (\d+) ms \|")]
    private static partial Regex Response();

    [GeneratedRegex(@"^\| (?<mb>\d+) MB(?: \| \$(?<dollars>[\d.]+)){4} \|$", RegexOptions.Multiline)]
    private static partial Regex Rows();
}
