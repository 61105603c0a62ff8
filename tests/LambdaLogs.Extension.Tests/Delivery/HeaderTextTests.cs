using LambdaLogs.Extension.Delivery;

namespace LambdaLogs.Extension.Tests.Delivery;

public sealed class HeaderTextTests
{
    [Fact]
    public void A_name_is_made_of_the_characters_of_a_token()
    {
        const string Token = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
        for (var code = 0; code < 0x300; code++)
            Assert.Equal(Token.Contains((char)code), HeaderText.IsName($"X{(char)code}Y"));

        Assert.False(HeaderText.IsName(""));
    }

    [Fact]
    public void A_value_is_made_of_visible_ascii_and_spaces_inside()
    {
        for (var code = 0; code < 0x300; code++)
            Assert.Equal(code is >= 0x20 and <= 0x7E, HeaderText.IsValue($"a{(char)code}b"));

        Assert.False(HeaderText.IsValue(""));
        Assert.False(HeaderText.IsValue(" a"));
        Assert.False(HeaderText.IsValue("a "));
    }

    [Theory]
    [InlineData("host")]
    [InlineData("Content-Type")]
    [InlineData("content-anything")]
    [InlineData("TRANSFER-ENCODING")]
    [InlineData("X-Batch-Id")]
    [InlineData("User-Agent")]
    public void Headers_that_http_or_we_set_are_reserved(string name) => Assert.True(HeaderText.IsReserved(name));

    [Theory]
    [InlineData("X-API-Key")]
    [InlineData("Authorization")]
    [InlineData("Api-Key")]
    [InlineData("Cookie")]
    public void Others_are_not(string name) => Assert.False(HeaderText.IsReserved(name));
}
