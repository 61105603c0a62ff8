using LambdaLogs.Emulator.Destination;

namespace LambdaLogs.Emulator.Tests.Destination;

public sealed class DeliveredTextTests
{
    [Theory]
    [InlineData("""{"logs":[{"message":"one"},{"message":"two"}]}""")]
    [InlineData("{\"message\":\"one\"}\n{\"message\":\"two\"}\n")]
    [InlineData("""{"event":"one"}{"event":"two"}""")]
    [InlineData("one\ntwo\n")]
    [InlineData("""["2026 INFO one", "2026 INFO two"]""")]
    public void Lines_are_found_in_whichever_format(string body)
    {
        var delivered = Of(body);
        Assert.Equal(["three"], delivered.Missing(["one", "two", "three"]));
        Assert.Null(delivered.FirstOutOfOrder(["one", "two"]));
        Assert.Equal("one", delivered.FirstOutOfOrder(["two", "one"]));
    }

    [Fact]
    public void A_line_that_was_written_twice_has_to_be_there_twice() =>
        Assert.Equal(["one"], Of("""["one"]""").Missing(["one", "one"]));

    [Fact]
    public void A_json_line_may_have_been_taken_apart() =>
        Assert.Empty(Of("""[{"level":"INFO","text":"hi there"}]""").Missing(["""{"level":"INFO","message":"hi there"}"""]));

    [Fact]
    public void What_was_refused_does_not_count()
    {
        var refused = Request("""["one"]""") with { Response = Response.WithStatus(503) };
        var cut = Request("""["one"]""") with { IsComplete = false };
        Assert.Equal(["one"], new DeliveredText([refused, cut]).Missing(["one"]));
    }

    static DeliveredText Of(string body) => new([Request(body)]);

    static ReceivedRequest Request(string body) =>
        new(0, new RequestHead("POST", "/", []), System.Text.Encoding.UTF8.GetBytes(body)) { Response = Response.Ok };
}
