using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Delivery.Proxies;

namespace LambdaLogs.Extension.Tests.Delivery;

public sealed class SecretMaskTests
{
    [Theory]
    [InlineData("p&ss<w\"rd/1", "got p&ss<w\"rd/1!")]
    [InlineData("p&ss<w\"rd/1", "got P&SS<W\"RD/1!")]
    [InlineData("p&ss<w\"rd/1", "got p&amp;ss&lt;w&quot;rd/1!")]
    [InlineData("p&ss<w\"rd/1", "got p&#38;ss&#x3C;w&#x22;rd&#47;1!")]
    [InlineData("p&ss<w\"rd/1", "got p&amp;amp;ss&amp;lt;w&amp;quot;rd/1!")]
    [InlineData("p&ss<w\"rd/1", "got p\\u0026ss\\u003Cw\\\"rd\\/1!")]
    [InlineData("p&ss<w\"rd/1", "got p\\\\u0026ss\\\\u003cw\\\\\\\"rd\\\\/1!")]
    [InlineData("p&ss<w\"rd/1", "got p%26ss%3Cw%22rd%2F1!")]
    [InlineData("p&ss<w\"rd/1", "got p%2526ss%253cw%2522rd%252f1!")]
    [InlineData("two words", "got two+words!")]
    [InlineData("two words", "got two%20words!")]
    [InlineData("päss1", "got p%C3%A4ss1!")]
    [InlineData("päss1", "got p\\u00e4ss1!")]
    [InlineData("a%2Fb%3Dc", "got a/b=c!")]
    public void A_secret_is_found_in_every_form(string secret, string text) =>
        Assert.Equal("got ***!", SecretMask.Redact(text, [secret]));

    [Theory]
    [InlineData("")]
    [InlineData("nothing to see")]
    [InlineData("%")]
    [InlineData("&")]
    [InlineData("\\")]
    [InlineData("s%E")]
    [InlineData("&#x;&#99999999999;&;")]
    public void A_text_without_it_stays(string text) => Assert.Equal(text, SecretMask.Redact(text, ["", "secret"]));

    [Fact]
    public void What_of_a_URL_may_be_a_key_is_hidden()
    {
        var endpoint = new Uri("https://x.test/v1/input/abcdef0123456789/_json?token=t%2Fk-12345&stream=logs&dd-api-key=0123456789abcdef");
        var proxy = ProxyAddress.Parse("HTTPS_PROXY", "http://me:p%40ssw0rd@proxy.test:3128");

        Assert.Equal(
            "no route /v1/input/***/_json?***",
            SecretMask.Redact("no route /v1/input/abcdef0123456789/_json?token=t%2Fk-12345&stream=logs&dd-api-key=0123456789abcdef", UrlSecrets.Of(endpoint, proxy)));
        Assert.Equal("token *** of ***, *** and ***", SecretMask.Redact("token t/k-12345 of p@ssw0rd, 0123456789ABCDEF and me:p@ssw0rd", UrlSecrets.Of(endpoint, proxy)));
    }
}
