using System.Text;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Tests.Wire;

public sealed class RequestTests
{
    const string Destination = """ "destination":{"protocol":"HTTP","URI":"http://sandbox.localdomain:4243/telemetry"} """;

    [Fact]
    public void A_whole_subscription_is_read()
    {
        var (request, _) = Subscription($$"""
            {"schemaVersion":"2025-01-29","types":["platform","function","extension"],
             "buffering":{"maxItems":1000,"maxBytes":1048576,"timeoutMs":25},{{Destination}}}
            """);

        Assert.Equal(SchemaVersion.V20250129, request!.Schema);
        Assert.Equal(EventStream.Platform | EventStream.Function | EventStream.Extension, request.Types);
        Assert.Equal((1000, 1_048_576, TimeSpan.FromMilliseconds(25)), (request.MaxItems, request.MaxBytes, request.Timeout));
        Assert.Equal((false, 4243, "/telemetry"), (request.IsTcp, request.Port, request.Path));
    }

    [Fact]
    public void Buffering_has_defaults()
    {
        var (request, _) = Subscription($$"""{"schemaVersion":"2022-07-01","types":["platform"],{{Destination}}}""");
        Assert.Equal((10_000, 262_144, TimeSpan.FromSeconds(1)), (request!.MaxItems, request.MaxBytes, request.Timeout));
    }

    [Fact]
    public void A_tcp_destination_has_a_port()
    {
        var (request, _) = Subscription(
            """{"schemaVersion":"2022-12-13","types":["function"],"destination":{"protocol":"TCP","port":4243}}""");
        Assert.Equal((true, 4243), (request!.IsTcp, request.Port));
    }

    [Fact]
    public void All_problems_of_a_subscription_are_reported_together()
    {
        var (_, error) = Subscription(
            """{"schemaVersion":"2022-12-13","types":[],"destination":{"protocol":"HTTP","URI":"http://sandbox.localdomain/x"}}""");
        Assert.Equal((400, "ValidationError"), (error!.Status, error.Type));
        Assert.Contains("types should not be empty", error.Message, StringComparison.Ordinal);
        Assert.Contains("URI port is not provided", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"types":["platform"],DEST}""", "schemaVersion is required")]
    [InlineData("""{"schemaVersion":"1999-01-01","types":["platform"],DEST}""", "schemaVersion 1999-01-01 is not supported")]
    [InlineData("""{"schemaVersion":"2022-12-13","types":["other"],DEST}""", "type other is not supported")]
    [InlineData("""{"schemaVersion":"2022-12-13","types":["platform"]}""", "destination is required")]
    [InlineData("""{"schemaVersion":"2022-12-13","types":["platform"],"buffering":{"timeoutMs":24},DEST}""", "timeoutMs must be")]
    [InlineData("""{"schemaVersion":"2022-12-13","types":["platform"],"buffering":{"maxItems":10},DEST}""", "maxItems must be")]
    [InlineData("""{"schemaVersion":"2022-12-13","types":["platform"],"buffering":{"maxBytes":1},DEST}""", "maxBytes must be")]
    [InlineData("""{"schemaVersion":"2022-12-13","types":"platform",DEST}""", "wrong JSON type")]
    [InlineData("""{"schemaVersion":"2022-12-13","types":["platform"],"destination":{"protocol":"TCP","port":99999999999}}""", "port must be")]
    [InlineData("""{"schemaVersion":"2022-12-13","types":["platform"],"destination":{"protocol":"TCP","port":1.5}}""", "port must be")]
    [InlineData("""{"schemaVersion":"2022-12-13","types":["platform"],"destination":{"protocol":"TCP","port":"4243"}}""", "port must be")]
    [InlineData("""not json""", "the body is not valid JSON: line 1, byte 2")]
    [InlineData("", "the body is missing or too large")]
    [InlineData("[]", "wrong JSON type")]
    public void A_bad_subscription_is_refused(string body, string message)
    {
        var (request, error) = Subscription(body.Replace("DEST", Destination, StringComparison.Ordinal));
        Assert.Null(request);
        Assert.Equal("ValidationError", error!.Type);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:4243/", "URI host 127.0.0.1 is not supported")]
    [InlineData("https://sandbox.localdomain:4243/", "URI scheme https is not supported")]
    [InlineData("nonsense", "URI is not valid")]
    public void The_destination_must_be_inside_the_sandbox(string uri, string message)
    {
        var (_, error) = Subscription(
            $$$"""{"schemaVersion":"2022-12-13","types":["platform"],"destination":{"protocol":"HTTP","URI":"{{{uri}}}"}}""");
        Assert.Contains(message, error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_registration_may_leave_its_events_out() =>
        Assert.Empty(RegisterRequest.Read("{}"u8.ToArray()).Request!.Events);

    [Theory]
    [InlineData("not json")]
    [InlineData("""{"events":"INVOKE"}""")]
    [InlineData("""{"events":[],"configurationKeys":["x"]}""")]
    public void A_bad_registration_is_refused(string body) =>
        Assert.Equal("InvalidRequestFormat", RegisterRequest.Read(Encoding.UTF8.GetBytes(body)).Error!.Type);

    static (SubscriptionRequest? Request, ApiError? Error) Subscription(string body) =>
        SubscriptionRequest.Read(Encoding.UTF8.GetBytes(body));
}
