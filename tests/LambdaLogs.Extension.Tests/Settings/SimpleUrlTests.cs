using FsCheck;
using FsCheck.Fluent;
using LambdaLogs.Extension.Settings;

namespace LambdaLogs.Extension.Tests.Settings;

public sealed class SimpleUrlTests
{
    [Theory]
    [InlineData("https://logs.example.com")]
    [InlineData("https://logs.example.com/")]
    [InlineData("HTTPS://Logs.Example.COM/V1")]
    [InlineData("http://localhost:8080/v1/logs?key=a-b_c~d&x=%20*")]
    [InlineData("http://127.0.0.1:9000/logs")]
    [InlineData("http://0.0.0.0")]
    [InlineData("https://a?b")]
    [InlineData("https://x-1.y2.z:65535")]
    [InlineData("https://logs.example.com/a@b:c//d")]
    public void A_usual_endpoint_is_plain(string text)
    {
        Assert.True(SimpleUrl.IsSimple(text));
        Agrees(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("https://")]
    [InlineData("https:///a")]
    [InlineData("ftp://example.com")]
    [InlineData("https//example.com")]
    [InlineData("//example.com")]
    [InlineData("https://me:secret@example.com")]
    [InlineData("https://me@example.com/")]
    [InlineData("https://example.com.")]
    [InlineData("https://.example.com")]
    [InlineData("https://a..b")]
    [InlineData("https://-a.b")]
    [InlineData("https://a-.b")]
    [InlineData("https://a_b.c")]
    [InlineData("https://[::1]/")]
    [InlineData("https://example.com:")]
    [InlineData("https://example.com:65536")]
    [InlineData("https://example.com:080")]
    [InlineData("https://example.com:8x")]
    [InlineData("https://example.com:80 ?a")]
    [InlineData("https://1.2.3")]
    [InlineData("https://1.2.3.4.5")]
    [InlineData("https://1.2.3.256")]
    [InlineData("https://1.2.3.04")]
    [InlineData("https://0x7f000001")]
    [InlineData("https://2130706433")]
    [InlineData("https://bücher.example")]
    [InlineData("https://example.com/a b")]
    [InlineData("https://example.com/#part")]
    [InlineData("https://example.com\\a")]
    [InlineData("https://example.com/\r\nX: y")]
    [InlineData("https://example.com/ü")]
    public void Any_other_text_is_left_to_the_parser(string text) => Assert.False(SimpleUrl.IsSimple(text));

    [Fact]
    public void What_is_plain_the_parser_takes_with_the_same_host()
    {
        string[] pieces =
        [
            "http://", "a", "Z9", "-", ".", "1", "256", "0", ":", "80", "/", "?", "@", "%2F", "%", "x=y", "[", "\\", "#", " ", "ä",
        ];
        var text = Gen.Elements(pieces).ListOf().Select(parts => string.Concat(parts));
        var url = Gen.Choose(0, 1).SelectMany(https => text.Select(rest => (https == 0 ? "http://" : "https://") + rest));

        Prop.ForAll(url.ToArbitrary(), candidate =>
        {
            if (SimpleUrl.IsSimple(candidate))
                Agrees(candidate);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
    }

    static void Agrees(string text)
    {
        var uri = new Uri(text, UriKind.Absolute);
        var authority = text[(text.IndexOf("//", StringComparison.Ordinal) + 2)..].Split('/', '?')[0];

        Assert.True(uri.Scheme is "http" or "https");
        Assert.Equal(authority.Split(':')[0].ToLowerInvariant(), uri.Host);
        Assert.Equal("", uri.UserInfo);
        Assert.Equal(authority.Contains(':') ? int.Parse(authority.Split(':')[1], null) : uri.Scheme == "http" ? 80 : 443, uri.Port);
    }
}
