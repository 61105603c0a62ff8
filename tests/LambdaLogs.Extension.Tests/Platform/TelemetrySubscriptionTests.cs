using System.Text.Json;
using LambdaLogs.Extension.Platform;

namespace LambdaLogs.Extension.Tests.Platform;

public sealed class TelemetrySubscriptionTests
{
    readonly List<string> _requests = [];

    [Fact]
    public void The_request_asks_for_the_shortest_buffering_and_the_largest_bodies()
    {
        Subscribe(managed: false, 200);

        var request = JsonDocument.Parse(Assert.Single(_requests)).RootElement;
        Assert.Equal("2025-01-29", request.GetProperty("schemaVersion").GetString());
        Assert.Equal(["platform", "function"], request.GetProperty("types").EnumerateArray().Select(type => type.GetString()));
        Assert.Equal("""{"maxItems":1000,"maxBytes":1048576,"timeoutMs":25}""", request.GetProperty("buffering").GetRawText());
        Assert.Equal(
            """{"protocol":"HTTP","URI":"http://sandbox.localdomain:24380/"}""",
            request.GetProperty("destination").GetRawText());
    }

    [Theory]
    [InlineData(new[] { 200 }, "2025-01-29")]
    [InlineData(new[] { 400, 200 }, "2022-12-13")]
    [InlineData(new[] { 400, 400, 200 }, "2022-07-01")]
    public void A_schema_that_is_not_known_is_followed_by_the_next_older_one(int[] statuses, string schema)
    {
        var result = Subscribe(managed: false, statuses);

        Assert.True(result.Subscribed);
        Assert.Equal(schema, result.Schema);
        Assert.Equal(statuses.Length, _requests.Count);
        Assert.Equal(schema, JsonDocument.Parse(_requests[^1]).RootElement.GetProperty("schemaVersion").GetString());
    }

    [Fact]
    public void Where_no_schema_is_known_the_last_response_says_why()
    {
        var result = Subscribe(managed: false, 400, 400, 400);

        Assert.Equal(new SubscriptionResult(400, "2022-07-01", "response 3"), result);
        Assert.False(result.Subscribed);
        Assert.False(result.NotSupported);
    }

    [Theory]
    [InlineData(202, true)]
    [InlineData(404, true)]
    [InlineData(403, false)]
    [InlineData(500, false)]
    public void Any_other_response_is_final(int status, bool notSupported)
    {
        var result = Subscribe(managed: false, status);

        Assert.Single(_requests);
        Assert.False(result.Subscribed);
        Assert.Equal(notSupported, result.NotSupported);
    }

    [Fact]
    public void Managed_Instances_know_the_newest_schema_only()
    {
        var result = Subscribe(managed: true, 400);

        Assert.Contains("2025-01-29", Assert.Single(_requests));
        Assert.Equal(new SubscriptionResult(400, "2025-01-29", "response 1"), result);
    }

    SubscriptionResult Subscribe(bool managed, params int[] statuses) => TelemetrySubscription.Subscribe(
        (request, out excerpt) =>
        {
            _requests.Add(request);
            excerpt = $"response {_requests.Count}";
            return statuses[_requests.Count - 1];
        },
        24380,
        managed);
}
