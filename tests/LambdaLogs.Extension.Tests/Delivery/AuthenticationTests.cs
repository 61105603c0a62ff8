using System.Text;
using LambdaLogs.Extension.Delivery;

namespace LambdaLogs.Extension.Tests.Delivery;

public sealed class AuthenticationTests
{
    [Theory]
    [InlineData("Aladdin", "open sesame", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")]
    [InlineData("test", "123£", "Basic dGVzdDoxMjPCow==")]
    [InlineData("", "key", "Basic OmtleQ==")]
    [InlineData("user", "a:b", "Basic dXNlcjphOmI=")]
    public void Basic_is_the_pair_in_utf8_and_base64(string user, string password, string expected)
    {
        var authentication = Authentication.Basic(user, password);

        Assert.Equal(("Authorization", expected), (authentication.HeaderName, authentication.HeaderValue));
    }

    [Fact]
    public void A_colon_in_the_user_name_is_an_error() => Assert.Throws<ArgumentException>(() => Authentication.Basic("a:b", "c"));

    [Fact]
    public void Bearer_is_the_token_after_its_name()
    {
        var authentication = Authentication.Bearer("abc.def");

        Assert.Equal(("Authorization", "Bearer abc.def"), (authentication.HeaderName, authentication.HeaderValue));
    }

    [Fact]
    public void An_api_key_stands_alone_in_its_header()
    {
        var authentication = Authentication.ApiKey("DD-API-KEY", "abc");

        Assert.Equal(("DD-API-KEY", "abc"), (authentication.HeaderName, authentication.HeaderValue));
    }

    [Theory]
    [InlineData("X-Key", "a\r\nX-Other: b")]
    [InlineData("X-Key", "a\0")]
    [InlineData("X-Key", "ü")]
    [InlineData("X-Key", "")]
    [InlineData("X Key", "a")]
    [InlineData("X-Key:", "a")]
    [InlineData("X-Key\n", "a")]
    [InlineData("", "a")]
    public void What_cannot_be_a_header_is_an_error_that_does_not_tell_the_key(string header, string key)
    {
        var error = Assert.Throws<ArgumentException>(() => Authentication.ApiKey(header, key));

        Assert.DoesNotContain("X-Other", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_text_form_holds_a_secret()
    {
        const string Url = "https://example.com/v1/SECRET?key=SECRET";
        var basic = Authentication.Basic("me", "SECRET");
        foreach (var authentication in new[] { basic, Authentication.Bearer("SECRET"), Authentication.ApiKey("X", "SECRET") })
        {
            var options = new DestinationOptions { Url = Url, Authentication = authentication };
            var pair = Convert.ToBase64String(Encoding.UTF8.GetBytes("me:SECRET"));

            Assert.DoesNotContain("SECRET", $"{authentication} {options}", StringComparison.Ordinal);
            Assert.DoesNotContain(pair, $"{authentication} {options}", StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Its_secrets_are_hidden_from_a_text()
    {
        var authentication = Authentication.Basic("me", "SECRET");

        Assert.Equal("*** and *** of me", authentication.Redact("bWU6U0VDUkVU and SECRET of me"));
        Assert.Equal("as it is", Authentication.None.Redact("as it is"));
    }
}
