using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Settings;

namespace LambdaLogs.Extension.Tests.Settings;

/// <summary>What is read from <c>HTTP_HEADERS</c>, and what is said of mistakes.</summary>
public sealed class HeaderListTests
{
    public static TheoryData<string, string> Right => new()
    {
        { "X-Team=pay", "X-Team: pay" },
        { "X-Team = pay , X-Env= prod,", "X-Team: pay; X-Env: prod" },
        { "X-Team: pay, X-Env:prod", "X-Team: pay; X-Env: prod" },
        { "Authorization: Splunk a=b==", "Authorization: Splunk a=b==" },
        { "X-Time=12:30", "X-Time: 12:30" },
        { "X-List=\"a, b\",X-Env=prod", "X-List: a, b; X-Env: prod" },
        { "X-Quote=\"say \\\"hi\\\" \\\\\"", "X-Quote: say \"hi\" \\" },
        { "X-Inner=a\"b\"", "X-Inner: a\"b\"" },
        { "X-List=a, b\nX-Env=prod", "X-List: a, b; X-Env: prod" },
        { "X-List: a, b\r\n\r\n  X-Env: \"prod\" \r\n", "X-List: a, b; X-Env: prod" },
        { "X-Function={function_name}-{region}", "X-Function: {function_name}-{region}" },
        { "X-Json={\"a\":1}", "X-Json: {\"a\":1}" },
        { "{\"X-Team\":\"pay, and bills\",\"X-Env\":\"pr\\u006fd\"}", "X-Team: pay, and bills; X-Env: prod" },
        { "{}", "" },
    };

    [Theory]
    [MemberData(nameof(Right))]
    public void Pairs_lines_and_objects_are_read(string text, string expected)
    {
        Assert.Null(HeaderList.Read(text, out var headers));

        Assert.Equal(expected, string.Join("; ", headers.Select(header => $"{header.Name}: {header.Value}")));
    }

    public static TheoryData<string, string> Wrong => new()
    {
        { "SECRET", "header 1 has no =, as in Name=value" },
        { "X-A=1,SECRET", "header 2 has no =, as in Name=value" },
        { "SEC RET=1", "the name of header 1 is none" },
        { "=SECRET", "the name of header 1 is none" },
        { "X-A=", "the value of header 1 is empty or not visible ASCII" },
        { "X-A=,X-B=1", "the value of header 1 is empty or not visible ASCII" },
        { "X-A=SECRÈT", "the value of header 1 is empty or not visible ASCII" },
        { "X-A=SEC\rRET", "the value of header 1 is empty or not visible ASCII" },
        { "X-A=\"SEC\nRET\"", "the value of header 1 is empty or not visible ASCII" },
        { "{\"X-A\":\"1\\r\\nX-B: SECRET\"}", "the value of header 1 is empty or not visible ASCII" },
        { "{\"X-A: SECRET\\r\\nX-B\":\"1\"}", "the name of header 1 is none" },
        { "X-A=1\r\nhost: SECRET", "host is set by HTTP or by the extension itself" },
        { "Content-Length=1", "Content-Length is set by HTTP or by the extension itself" },
        { "Transfer-Encoding=SECRET", "Transfer-Encoding is set by HTTP or by the extension itself" },
        { "connection=close", "connection is set by HTTP or by the extension itself" },
        { "Content-Type=text/plain", "Content-Type is set by HTTP or by the extension itself" },
        { "Accept-Encoding=gzip", "Accept-Encoding is set by HTTP or by the extension itself" },
        { "User-Agent=SECRET", "User-Agent is set by HTTP or by the extension itself" },
        { "X-Batch-Id=1", "X-Batch-Id is set by HTTP or by the extension itself" },
        { "X-A=\"SECRET", "header 1 has no closing quote" },
        { "X-A=\"SECRET\\\"", "header 1 has no closing quote" },
        { "X-A=\"SEC\"RET", "header 1 goes on behind its closing quote" },
        { "X-A=1,x-a=2", "header 2 has a name that was there before" },
        { "X-A={SECRET}", null! },
        { "X-A={function}", "header 1 has a placeholder other than {function_name}, {function_version}, {region}, {account_id} and {tenant_id}" },
        { "{\"X-A\":1}", "it begins with { but is no JSON object whose values are texts" },
        { "{\"X-A\":\"SECRET\"", "it begins with { but is no JSON object whose values are texts" },
        { "{\"X-A\":\"SECRET\"} x", "it begins with { but is no JSON object whose values are texts" },
        { "{\"X-A\":\"\\ud800\"}", "it begins with { but is no JSON object whose values are texts" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_mistake_is_reported_without_a_value(string text, string? expected)
    {
        var problem = HeaderList.Read(text, out _);

        Assert.Equal(expected, problem);
        Assert.DoesNotContain("SECRET", problem ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_form_of_a_header_is_its_name() => Assert.Equal("X-Key", new RequestHeader("X-Key", "SECRET").ToString());

    [Fact]
    public void Nothing_is_sent_with_wrong_headers() => CannotSend(
        new() { ["HTTP_HEADERS"] = "X-A=SECRET,Host=SECRET" },
        "HTTP_HEADERS: got a secret of 22 characters; expected Name=value pairs separated by commas, or one a line, or a JSON object of "
        + "texts; values are visible ASCII (Host is set by HTTP or by the extension itself); nothing is sent");

    [Fact]
    public void A_header_that_the_authentication_sets_is_a_contradiction() => CannotSend(
        new() { ["HTTP_HEADERS"] = "authorization=SECRET", ["HTTP_AUTH_TYPE"] = "bearer", ["HTTP_AUTH_CREDENTIALS"] = "x" },
        "HTTP_HEADERS: got a secret of 20 characters; expected Name=value pairs separated by commas, or one a line, or a JSON object of "
        + "texts; values are visible ASCII (Authorization is set by HTTP_AUTH_TYPE); nothing is sent");

    static void CannotSend(Dictionary<string, string> environment, string expected)
    {
        environment["HTTP_ENDPOINT"] = "https://logs.example.com";

        var settings = SettingsReader.Read(environment.GetValueOrDefault, functionMemoryBytes: 0, out var problems);

        Assert.False(settings.CanSend);
        Assert.Equal([expected], problems.Select(problem => problem.ToString()));
    }
}
