using LambdaLogs.Extension.Settings;

namespace LambdaLogs.Extension.Tests.Settings;

public sealed class QuantityTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("7", 7)]
    [InlineData("0010", 10)]
    [InlineData("999999999999999", 999999999999999)]
    public void A_number_is_whole(string text, long expected)
    {
        Assert.True(Quantity.TryNumber(text, out var value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1.5")]
    [InlineData("1s")]
    [InlineData("1e3")]
    [InlineData("0x10")]
    [InlineData("1,000")]
    [InlineData("1 000")]
    [InlineData("9999999999999999")]
    [InlineData("three")]
    [InlineData("٣")]
    [InlineData("1.")]
    public void Anything_else_is_no_number(string text) => Assert.False(Quantity.TryNumber(text, out _));

    [Theory]
    [InlineData("30", 1000, 30_000)]
    [InlineData("30", 1, 30)]
    [InlineData("2.5", 1000, 2500)]
    [InlineData("0.1", 1000, 100)]
    [InlineData("750ms", 1000, 750)]
    [InlineData("750 ms", 1000, 750)]
    [InlineData("5s", 1, 5000)]
    [InlineData("5S", 1, 5000)]
    [InlineData("1.25s", 1, 1250)]
    [InlineData("2m", 1, 120_000)]
    [InlineData("0.0004s", 1, 0)]
    public void A_duration_counts_in_its_own_unit_or_in_that_of_the_name(string text, int bareUnit, long expected)
    {
        Assert.True(Quantity.TryDuration(text, bareUnit, out var milliseconds));
        Assert.Equal(expected, milliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("5 sec")]
    [InlineData("5ss")]
    [InlineData("-5s")]
    [InlineData("1.2.3")]
    [InlineData(".5")]
    [InlineData("5.s")]
    [InlineData("1h")]
    [InlineData("1s500ms")]
    [InlineData("soon")]
    public void Anything_else_is_no_duration(string text) => Assert.False(Quantity.TryDuration(text, 1, out _));

    [Theory]
    [InlineData("4096", 4096)]
    [InlineData("4096b", 4096)]
    [InlineData("4K", 4096)]
    [InlineData("4kb", 4096)]
    [InlineData("4KiB", 4096)]
    [InlineData("512 KB", 524_288)]
    [InlineData("1MB", 1_048_576)]
    [InlineData("1.5m", 1_572_864)]
    [InlineData("1GB", 1_073_741_824)]
    [InlineData("0", 0)]
    public void A_size_counts_in_bytes_or_in_powers_of_1024(string text, long expected)
    {
        Assert.True(Quantity.TrySize(text, out var bytes));
        Assert.Equal(expected, bytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("MB")]
    [InlineData("1TB")]
    [InlineData("1KBB")]
    [InlineData("1Kb/s")]
    [InlineData("-1")]
    [InlineData("1 2 KB")]
    public void Anything_else_is_no_size(string text) => Assert.False(Quantity.TrySize(text, out _));

    [Fact]
    public void Nothing_overflows()
    {
        const string Large = "999999999999999";

        Assert.True(Quantity.TryDuration(Large + "m", 1, out var milliseconds));
        Assert.True(Quantity.TrySize(Large + "GB", out var bytes));
        Assert.True(milliseconds > 0 && bytes > 0);
    }
}
