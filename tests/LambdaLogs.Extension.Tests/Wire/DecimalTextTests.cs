using System.Globalization;
using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Tests.Wire;

public sealed class DecimalTextTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(24380)]
    [InlineData(int.MaxValue)]
    public void A_number_becomes_its_digits(int number) =>
        Assert.Equal(number.ToString(CultureInfo.InvariantCulture), DecimalText.Of(number));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("65535", 65535)]
    [InlineData("00128", 128)]
    public void Digits_become_their_number(string text, int expected)
    {
        Assert.True(DecimalText.TryParse(text, 65535, out var number));
        Assert.Equal((uint)expected, number);
    }

    [Theory]
    [InlineData("")]
    [InlineData("65536")]
    [InlineData("4294967297")]
    [InlineData("+1")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("١")]
    public void Anything_else_is_refused(string text) => Assert.False(DecimalText.TryParse(text, 65535, out _));
}
