using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Tests.Fakes;
using LambdaLogs.Extension.Wire.Http;

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
        var request = New(new RequestOptions { Method = method });

        Assert.Equal(expected, request.Method);
    }

    [Fact]
    public void Headers_are_added_and_their_placeholders_filled_in()
    {
        var options = new RequestOptions
        {
            Headers = [new("X-Function", "{function_name}:{function_version}"), new("X-Scope", "a, b")],
            PlaceholderValues = new() { FunctionName = "shop", FunctionVersion = "7" },
        };

        var request = New(options);

        Assert.Equal("shop:7", Value(request, "X-Function"));
        Assert.Equal("a, b", Value(request, "X-Scope"));
    }

    [Fact]
    public void A_header_whose_placeholder_is_not_known_is_left_out_and_reported()
    {
        var options = new RequestOptions { Headers = [new("X-Account", "id-{account_id}"), new("X-Team", "pay")] };
        var factory = new RequestFactory(new DestinationOptions { Url = "http://x/", Request = options }, Format, Authentication.None);

        var request = factory.Create(default, Compression.None, new BatchLabel("1"));

        Assert.Equal(["X-Account"], factory.OmittedHeaders);
        Assert.Null(Value(request, "X-Account"));
        Assert.Equal("pay", Value(request, "X-Team"));
    }

    [Theory]
    [InlineData("{tenant_id}", "blue", "blue")]
    [InlineData("{function_name}/{tenant_id}", "blue", "shop/blue")]
    [InlineData("{tenant_id}", "", null)]
    [InlineData("x-{tenant_id}", "", null)]
    [InlineData("{tenant_id}", "blü", null)]
    [InlineData("{tenant_id}", "a\r\nX-Other: b", null)]
    [InlineData("{tenant_id}", "{region}", "{region}")]
    public void A_header_names_the_tenant_of_the_batch_or_is_left_out(string header, string tenant, string? expected)
    {
        var options = new RequestOptions { Headers = [new("X-Scope-OrgID", header)], PlaceholderValues = new() { FunctionName = "shop", Region = "r" } };
        var factory = new RequestFactory(new DestinationOptions { Url = "http://x/", Request = options }, Format, Authentication.None);

        Assert.Equal("other", Value(factory.Create(default, Compression.None, new BatchLabel("1", "other")), "X-Scope-OrgID")?.Split('/')[^1].Replace("x-", ""));
        Assert.Equal(expected, Value(factory.Create(default, Compression.None, new BatchLabel("2", tenant)), "X-Scope-OrgID"));
        Assert.Empty(factory.OmittedHeaders);
    }

    [Fact]
    public void The_tenant_of_loki_may_be_lambdas()
    {
        var loki = new LokiFormat(new FormatOptions { Kind = FormatKind.Loki, LokiTenant = "{tenant_id}" }, new FunctionIdentity { Name = "shop" });
        var factory = new RequestFactory(new DestinationOptions { Url = "http://x/" }, loki, Authentication.None);
        Assert.Equal("blue", Value(factory.Create(default, Compression.None, new BatchLabel("1", "blue")), "X-Scope-OrgID"));
        Assert.Null(Value(factory.Create(default, Compression.None, new BatchLabel("2")), "X-Scope-OrgID"));

        var own = new RequestOptions { Headers = [new("x-scope-orgid", "t-{tenant_id}")] };
        factory = new RequestFactory(new DestinationOptions { Url = "http://x/", Request = own }, loki, Authentication.None);
        Assert.Equal(["t-blue"], factory.Create(default, Compression.None, new BatchLabel("1", "blue")).Headers.Where(h => h.Name.Equals("x-scope-orgid", StringComparison.OrdinalIgnoreCase)).Select(h => h.Value));
    }

    [Theory]
    [InlineData(Compression.None, null)]
    [InlineData(Compression.Gzip, "gzip")]
    internal void Compression_is_reported(Compression compression, string? expected)
    {
        var factory = new RequestFactory(new DestinationOptions { Url = "http://x/" }, Format, Authentication.None);

        var request = factory.Create(default, compression, new BatchLabel("1"));

        Assert.Equal(expected, Value(request, "Content-Encoding"));
    }

    [Fact]
    public void Values_of_headers_are_hidden_whole_and_word_by_word()
    {
        var options = new RequestOptions { Headers = [new("X-Auth", "Token SECRET-1"), new("X-Env", "prod")] };

        Assert.Equal("got *** and ***, prod", options.Redact("got Token SECRET-1 and SECRET-1, prod"));
    }

    [Fact]
    public void Responses_are_asked_for_uncompressed_unless_the_user_says_something_else()
    {
        Assert.Equal("identity", Value(New(new RequestOptions()), "Accept-Encoding"));
        Assert.Equal("gzip", Value(New(new RequestOptions { Headers = [new("accept-encoding", "gzip")] }), "accept-encoding"));
        Assert.Null(Value(New(new RequestOptions { Headers = [new("accept-encoding", "gzip")] }), "Accept-Encoding"));
    }

    static string? Value(HttpRequest request, string name) => request.Headers.SingleOrDefault(header => header.Name == name).Value;

    static HttpRequest New(RequestOptions options) =>
        new RequestFactory(new DestinationOptions { Url = "http://x/", Request = options }, Format, Authentication.None)
            .Create(default, Compression.None, new BatchLabel("1"));
}
