using System.Text;
using System.Text.Json;
using LambdaLogs.Extension.Delivery.Aws;
using LambdaLogs.Extension.Wire.Http;

namespace LambdaLogs.Extension.Tests.Delivery.Aws;

/// <summary>Signatures as AWS's own implementation makes them: see <c>Contract/fixtures/sigv4/vectors.py</c>.</summary>
public sealed class SigV4Tests
{
    const string Id = "AKIDEXAMPLE";
    const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    static readonly DateTimeOffset Now = new(2015, 8, 30, 12, 36, 0, TimeSpan.Zero);

    static readonly JsonElement Vectors = Read();

    public static TheoryData<string> Suite => Names("suite");

    public static TheoryData<string> Services => Names("services");

    [Theory]
    [MemberData(nameof(Suite))]
    public void A_request_of_the_published_suite_gets_the_published_signature(string name)
    {
        var vector = Vector("suite", name);
        List<(string, string)> headers = [.. Headers(vector), ("Host", "example.amazonaws.com"), ("X-Amz-Date", "20150830T123600Z")];
        if (Text(vector, "token") is { } token)
            headers.Add(("X-Amz-Security-Token", token));

        var request = new CanonicalRequest(
            Text(vector, "method")!, CanonicalUrl.Path(Text(vector, "path")!), Text(vector, "query")!, headers, SigV4.HashOf(Body(vector)));

        Assert.Equal(
            Text(vector, "authorization"),
            SigV4.Authorization(request, Keys(vector), new SigningScope("service", "us-east-1"), SigV4.TimeText(Now)));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void A_request_to_a_service_is_signed_as_it_is_sent(string name)
    {
        var vector = Vector("services", name);
        var request = new HttpRequest("POST", new Uri(Text(vector, "url")!));
        foreach (var (header, value) in Headers(vector))
            request.Add(header, value);

        // What proxies change, and what is not AWS's, is not signed.
        request.Add("User-Agent", "test");
        request.Add("X-Batch-Id", "1");
        RequestSigner.Sign(request, Body(vector), Keys(vector), new SigningScope(Text(vector, "service")!, Text(vector, "region")!), Now);

        Assert.Equal(Text(vector, "authorization"), request.Headers.Single(header => header.Name == "Authorization").Value);
        Assert.Equal(Text(vector, "token"), request.Headers.Single(header => header.Name == "X-Amz-Security-Token").Value);
    }

    [Theory]
    [InlineData("a=%zz", "a=%25zz")]
    [InlineData("a=%4", "a=%254")]
    [InlineData("b&a", "a=&b=")]
    [InlineData("a=x=y", "a=x%3Dy")]
    [InlineData("a=%7e", "a=~")]
    [InlineData("&&", "")]
    public void A_query_is_escaped_once_whatever_it_was_before(string query, string canonical) =>
        Assert.Equal(canonical, CanonicalUrl.Query(query));

    [Fact]
    public void Keys_show_their_id_only()
    {
        var keys = new AwsKeys(Id, Secret, "token-text");

        Assert.Equal(Id, $"{keys}");
        Assert.Equal("a *** b *** c", keys.Redact($"a {Secret} b token-text c"));
    }

    static TheoryData<string> Names(string list) => [.. Vectors.GetProperty(list).EnumerateArray().Select(vector => Text(vector, "name")!)];

    static JsonElement Vector(string list, string name) =>
        Vectors.GetProperty(list).EnumerateArray().Single(vector => Text(vector, "name") == name);

    static string? Text(JsonElement vector, string name) => vector.GetProperty(name).GetString();

    static byte[] Body(JsonElement vector) => Encoding.UTF8.GetBytes(Text(vector, "body")!);

    static AwsKeys Keys(JsonElement vector) => new(Id, Secret, Text(vector, "token"));

    static IEnumerable<(string Name, string Value)> Headers(JsonElement vector) =>
        vector.GetProperty("headers").EnumerateArray().Select(pair => (pair[0].GetString()!, pair[1].GetString()!));

    static JsonElement Read()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Contract/fixtures/sigv4/vectors.json")));
        return json.RootElement.Clone();
    }
}
