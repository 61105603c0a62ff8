using LambdaLogs.Extension.Delivery;

namespace LambdaLogs.Extension.Tests.Delivery;

public sealed class StatusSetTests
{
    [Fact]
    public void The_default_is_what_its_text_says()
    {
        Assert.True(StatusSet.TryParse(StatusSet.DefaultText, out var parsed));

        Assert.All(Enumerable.Range(0, 700), status => Assert.Equal(parsed.Contains(status), StatusSet.Default.Contains(status)));
    }

    [Theory]
    [InlineData("503", "503")]
    [InlineData("408 429", "408 429")]
    [InlineData("408,429;503", "408 429 503")]
    [InlineData("  429 ,, 503 ", "429 503")]
    [InlineData("500-503", "500 501 502 503")]
    [InlineData("500-500", "500")]
    [InlineData("500-504 -501", "500 502 503 504")]
    [InlineData("-501 500-502", "500 502")]
    [InlineData("500-505 -501-503", "500 504 505")]
    [InlineData("429\n503\t504", "429 503 504")]
    public void A_list_names_statuses_ranges_and_exceptions(string text, string expected)
    {
        Assert.True(StatusSet.TryParse(text, out var set));

        Assert.Equal(expected, string.Join(' ', Enumerable.Range(0, 1000).Where(set.Contains)));
    }

    [Theory]
    [InlineData("5xx")]
    [InlineData("5XX")]
    [InlineData("500-599")]
    [InlineData("5xx 503")]
    public void A_class_stands_for_a_hundred_statuses(string text)
    {
        Assert.True(StatusSet.TryParse(text, out var set));

        Assert.Equal(Enumerable.Range(500, 100), Enumerable.Range(-10, 2000).Where(set.Contains));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" , ")]
    [InlineData("abc")]
    [InlineData("50")]
    [InlineData("5000")]
    [InlineData("099")]
    [InlineData("600")]
    [InlineData("6xx")]
    [InlineData("5x")]
    [InlineData("504-500")]
    [InlineData("500-")]
    [InlineData("500-50x")]
    [InlineData("--501")]
    [InlineData("-")]
    [InlineData("-501")]
    [InlineData("503 -5xx")]
    [InlineData("5xx and 408")]
    [InlineData("+503")]
    public void Anything_else_and_an_empty_set_is_refused(string text) => Assert.False(StatusSet.TryParse(text, out _));

    [Fact]
    public void The_default_is_408_429_and_5xx_without_501_and_505()
    {
        var expected = Enumerable.Range(500, 100).Except([501, 505]).Prepend(429).Prepend(408);

        Assert.Equal(expected, Enumerable.Range(0, 1000).Where(StatusSet.Default.Contains));
    }
}
