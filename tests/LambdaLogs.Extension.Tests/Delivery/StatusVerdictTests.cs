using LambdaLogs.Extension.Delivery;

namespace LambdaLogs.Extension.Tests.Delivery;

public sealed class StatusVerdictTests
{
    static readonly RetryOptions Defaults = new();

    [Fact]
    public void Every_status_has_the_verdict_of_the_table()
    {
        for (var status = 100; status <= 599; status++)
        {
            var expected = status switch
            {
                >= 200 and <= 299 => Verdict.Delivered,
                408 or 429 => Verdict.Retry,
                501 or 505 => Verdict.Rejected,
                >= 500 => Verdict.Retry,
                413 => Verdict.TooLarge,
                401 or 403 => Verdict.Unauthorized,
                _ => Verdict.Rejected,
            };

            var verdict = StatusVerdict.Of(status, Defaults);
            Assert.True(expected == verdict, $"{status}: {verdict} instead of {expected}");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(99)]
    [InlineData(600)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void A_number_that_is_no_status_is_rejected(int status) => Assert.Equal(Verdict.Rejected, StatusVerdict.Of(status, Defaults));

    [Theory]
    [InlineData("404", 404, Verdict.Retry)]
    [InlineData("404", 503, Verdict.Rejected)]
    [InlineData("401 413", 401, Verdict.Retry)]
    [InlineData("401 413", 413, Verdict.Retry)]
    [InlineData("100-599", 204, Verdict.Delivered)]
    [InlineData("4xx", 308, Verdict.Rejected)]
    internal void The_options_override_the_table_but_for_a_delivery(string statuses, int status, Verdict expected)
    {
        Assert.True(StatusSet.TryParse(statuses, out var set));

        Assert.Equal(expected, StatusVerdict.Of(status, new RetryOptions { Statuses = set }));
    }
}
