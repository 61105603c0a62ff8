using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Delivery;

/// <summary>How requests look.</summary>
public sealed class RequestFactoryTests
{
    static readonly LogFormat Format = Some.Format();

    [Theory]
    [InlineData(SendMethod.Post, "POST")]
    [InlineData(SendMethod.Put, "PUT")]
    internal void The_method_is_the_one_that_was_chosen(SendMethod method, string expected)
    {
        using var request = New(new RequestOptions { Method = method });

        Assert.Equal(expected, request.Method.Method);
    }

    [Theory]
    [InlineData(WireVersion.Http11, "1.1", HttpVersionPolicy.RequestVersionOrLower)]
    [InlineData(WireVersion.Auto, "2.0", HttpVersionPolicy.RequestVersionOrLower)]
    [InlineData(WireVersion.Http2, "2.0", HttpVersionPolicy.RequestVersionExact)]
    internal void The_version_is_the_one_that_was_chosen(WireVersion version, string expected, HttpVersionPolicy policy)
    {
        using var request = New(new RequestOptions { Version = version });

        Assert.Equal((expected, policy), (request.Version.ToString(), request.VersionPolicy));
    }

    [Fact]
    public void Headers_are_added_and_their_placeholders_filled_in()
    {
        var options = new RequestOptions
        {
            Headers = [new("X-Function", "{function_name}:{function_version}"), new("X-Scope", "a, b")],
            Facts = new() { FunctionName = "shop", FunctionVersion = "7" },
        };

        using var request = New(options);

        Assert.Equal("shop:7", request.Headers.NonValidated["X-Function"].ToString());
        Assert.Equal("a, b", request.Headers.NonValidated["X-Scope"].ToString());
    }

    [Fact]
    public void A_header_whose_placeholder_is_not_known_is_left_out_and_told()
    {
        var options = new RequestOptions { Headers = [new("X-Account", "id-{account_id}"), new("X-Team", "pay")] };
        var factory = new RequestFactory(new DestinationOptions { Url = "http://x/", Request = options }, Format, Authentication.None);

        using var request = factory.New(default, Compression.None, "1");

        Assert.Equal(["X-Account"], factory.LeftOut);
        Assert.False(request.Headers.Contains("X-Account"));
        Assert.True(request.Headers.Contains("X-Team"));
    }

    [Theory]
    [InlineData(Compression.None, "")]
    [InlineData(Compression.Gzip, "gzip")]
    internal void Compression_is_told(Compression compression, string expected)
    {
        var factory = new RequestFactory(new DestinationOptions { Url = "http://x/" }, Format, Authentication.None);

        using var request = factory.New(default, compression, "1");

        Assert.Equal(expected, string.Join(',', request.Content!.Headers.ContentEncoding));
    }

    [Fact]
    public void Values_of_headers_are_hidden_whole_and_word_by_word()
    {
        var options = new RequestOptions { Headers = [new("X-Auth", "Token SECRET-1"), new("X-Env", "prod")] };

        Assert.Equal("got *** and ***, prod", options.Hide("got Token SECRET-1 and SECRET-1, prod"));
    }

    static HttpRequestMessage New(RequestOptions options) =>
        new RequestFactory(new DestinationOptions { Url = "http://x/", Request = options }, Format, Authentication.None)
            .New(default, Compression.None, "1");
}
