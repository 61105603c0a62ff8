using LambdaLogs.Extension.Delivery.Proxies;
using LambdaLogs.Extension.Settings;

namespace LambdaLogs.Extension.Tests.Settings;

/// <summary>Which of the many variables of proxies counts.</summary>
public sealed class ProxyReaderTests
{
    readonly Dictionary<string, string> _environment = [];

    [Fact]
    public void Without_a_variable_there_are_no_rules()
    {
        _environment["NO_PROXY"] = "*";

        Assert.Null(Read("https://logs.example.com").Rules);
    }

    [Theory]
    [InlineData("https", "HTTPS_PROXY=a", "a")]
    [InlineData("https", "https_proxy=b HTTPS_PROXY=a", "b")]
    [InlineData("https", "HTTP_PROXY=a", null)]
    [InlineData("https", "ALL_PROXY=c", "c")]
    [InlineData("https", "all_proxy=d ALL_PROXY=c", "d")]
    [InlineData("https", "HTTPS_PROXY=a ALL_PROXY=c", "a")]
    [InlineData("http", "HTTP_PROXY=a", "a")]
    [InlineData("http", "http_proxy=b HTTP_PROXY=a", "b")]
    [InlineData("http", "HTTPS_PROXY=a", null)]
    [InlineData("http", "all_proxy=d", "d")]
    [InlineData("http", "REQUEST_METHOD=GET HTTP_PROXY=evil", null)]
    [InlineData("http", "REQUEST_METHOD=GET http_proxy=b HTTP_PROXY=evil", "b")]
    [InlineData("https", "HTTPS_PROXY=a NO_PROXY=example.com", null)]
    [InlineData("https", "HTTPS_PROXY=a no_proxy=other.org NO_PROXY=example.com", "a")]
    public void The_lower_case_counts_first_and_the_special_before_the_general(string scheme, string variables, string? expected)
    {
        foreach (var pair in variables.Split(' '))
            _environment[pair.Split('=')[0]] = pair.Split('=')[1];

        var endpoint = new Uri($"{scheme}://logs.example.com");

        Assert.Equal(expected, Read(endpoint.AbsoluteUri).Rules?.For(endpoint, out _)?.Host);
    }

    [Fact]
    public void A_proxy_that_is_none_sends_nothing_and_is_not_shown()
    {
        _environment["https_proxy"] = "https://me:SECRET@proxy";

        var (can, _, problems) = Read("https://logs.example.com");

        Assert.False(can);
        Assert.Equal(
            ["https_proxy: got a secret of 23 characters; expected http://host:port, with user:password@ before the host where the proxy asks for "
                + "them (%40 for @); nothing is sent"],
            problems);
    }

    [Fact]
    public void A_wrong_proxy_that_is_not_on_the_way_is_no_problem()
    {
        _environment["HTTPS_PROXY"] = "socks5://proxy";

        Assert.True(Read("http://logs.example.com").Can);
        Assert.True(Read("https://localhost").Can);
    }

    (bool Can, ProxyRules? Rules, IEnumerable<string> Problems) Read(string endpoint)
    {
        var reader = new EnvironmentReader(_environment.GetValueOrDefault);
        var can = ProxyReader.TryRead(reader, endpoint, out var rules);
        return (can, rules, reader.Problems.Select(problem => problem.ToString()));
    }
}
