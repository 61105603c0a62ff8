using LambdaLogs.Extension.Delivery;

namespace LambdaLogs.Extension.Tests.Delivery;

public sealed class RetryAfterTests
{
    static readonly DateTimeOffset Now = new(1994, 11, 6, 8, 49, 7, TimeSpan.Zero);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1", 1)]
    [InlineData(" 30 ", 30)]
    [InlineData("007", 7)]
    [InlineData("299", 299)]
    public void Seconds_are_taken_as_they_are(string text, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfter.Parse(text, Now));

    [Theory]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT")]
    [InlineData("Sunday, 06-Nov-94 08:49:37 GMT")]
    [InlineData("Sun Nov  6 08:49:37 1994")]
    public void Each_form_of_a_date_is_a_wait_until_then(string text) =>
        Assert.Equal(TimeSpan.FromSeconds(30), RetryAfter.Parse(text, Now));

    [Theory]
    [InlineData("301")]
    [InlineData("86400")]
    [InlineData("99999999999999999999999999999999999999999999999999")]
    [InlineData("Mon, 07 Nov 1994 08:49:37 GMT")]
    public void More_than_the_longest_wait_is_cut_to_it(string text) => Assert.Equal(RetryAfter.Longest, RetryAfter.Parse(text, Now));

    [Fact]
    public void A_date_in_the_past_is_no_wait() => Assert.Equal(TimeSpan.Zero, RetryAfter.Parse("Sun, 06 Nov 1994 08:49:06 GMT", Now));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1.5")]
    [InlineData("1s")]
    [InlineData("soon")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("Sun, 36 Nov 1994 08:49:37 GMT")]
    [InlineData("1994-11-06T08:49:37Z")]
    [InlineData("1, 2")]
    [InlineData("٣")]
    public void Anything_else_says_nothing(string? text) => Assert.Null(RetryAfter.Parse(text, Now));
}
