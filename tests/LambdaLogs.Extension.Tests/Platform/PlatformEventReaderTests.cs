using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LambdaLogs.Extension.Platform;

namespace LambdaLogs.Extension.Tests.Platform;

public sealed class PlatformEventReaderTests
{
    const string Invoke = """
        {"eventType":"INVOKE","deadlineMs":1731312896123,"requestId":"3da1f2dc-3222-475e-9205-e2e6c6318895",
         "invokedFunctionArn":"arn:aws:lambda:us-east-1:123456789012:function:ExtensionTest",
         "tracing":{"type":"X-Amzn-Trace-Id","value":"Root=1-5f35ae12-0c0fec141ab77a00bc047aa2"}}
        """;

    [Fact]
    public void An_invocation_has_an_id_and_a_deadline()
    {
        var found = Read(Invoke);

        Assert.Equal(PlatformEventKind.Invoke, found.Kind);
        Assert.Equal("3da1f2dc-3222-475e-9205-e2e6c6318895", found.RequestId);
        Assert.Equal("", found.ShutdownReason);
        Assert.Equal(new DateTimeOffset(2024, 11, 11, 8, 14, 56, 123, TimeSpan.Zero), found.Deadline);
    }

    [Theory]
    [InlineData("spindown")]
    [InlineData("TIMEOUT")]
    [InlineData("Failure")]
    [InlineData("somethingNew")]
    public void A_shutdown_has_a_reason_in_any_letter_case(string reason)
    {
        var found = Read($$"""{"eventType":"SHUTDOWN","deadlineMs":1731312898123,"shutdownReason":"{{reason}}"}""");

        Assert.Equal(new PlatformEvent(PlatformEventKind.Shutdown, 1731312898123, "", reason), found);
    }

    [Theory]
    [InlineData("""{"requestId":"r","deadlineMs":7,"eventType":"INVOKE"}""")]
    [InlineData("""{"new":{"eventType":"SHUTDOWN","requestId":"inner"},"requestId":"r","list":[{"deadlineMs":1}],"deadlineMs":7,"eventType":"Invoke"}""")]
    [InlineData("""  {"eventType":"invoke","x":null,"deadlineMs":7,"y":1.5,"requestId":"r","z":true}  """)]
    public void Keys_come_in_any_order_and_unknown_ones_are_skipped(string body) =>
        Assert.Equal(new PlatformEvent(PlatformEventKind.Invoke, 7, "r", ""), Read(body));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"INVOKE\"")]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("""[{"eventType":"INVOKE"}]""")]
    [InlineData("""{"eventType":"RESTORE"}""")]
    [InlineData("""{"eventType":1}""")]
    public void What_is_no_known_event_asks_for_nothing(string body) => Assert.Equal(PlatformEventKind.Other, Read(body).Kind);

    [Theory]
    [InlineData("""{"eventType":"INVOKE","requestId":"r","deadli""")]
    [InlineData("""{"eventType":"INVOKE","requestId":"r","deadlineMs":"soon"}""")]
    [InlineData("""{"eventType":"INVOKE","requestId":"r","deadlineMs":{"ms":5}}""")]
    [InlineData("""{"eventType":"INVOKE","requestId":"r","deadlineMs":99999999999999999999}""")]
    public void Half_an_event_is_still_what_is_known_of_it(string body)
    {
        var found = Read(body);

        Assert.Equal(new PlatformEvent(PlatformEventKind.Invoke, 0, "r", ""), found);
        Assert.Equal(DateTimeOffset.MaxValue, found.Deadline);
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(0)]
    [InlineData(253_402_300_800_000)]
    [InlineData(long.MaxValue)]
    public void A_deadline_that_is_no_time_is_far_away(long ms) =>
        Assert.Equal(DateTimeOffset.MaxValue, new PlatformEvent(PlatformEventKind.Invoke, ms, "", "").Deadline);

    [Theory]
    [InlineData("""{"requestId":"\ud800","eventType":"INVOKE"}""")]
    [InlineData("""{"shutdownReason":"\udc00","eventType":"INVOKE"}""")]
    public void A_text_that_is_none_is_empty_and_the_rest_is_read(string body) =>
        Assert.Equal(new PlatformEvent(PlatformEventKind.Invoke, 0, "", ""), Read(body));

    [Fact]
    public void Bytes_changed_anywhere_never_make_the_reader_throw()
    {
        var changes = Gen.Choose(0, Invoke.Length - 1).Zip(Gen.Choose(0, 255)).ArrayOf();

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(changes.ToArbitrary(), places =>
        {
            var bytes = Encoding.UTF8.GetBytes(Invoke);
            foreach (var (at, value) in places)
                bytes[at] = (byte)value;
            return PlatformEventReader.Read(bytes) is not null;
        }));
    }

    static PlatformEvent Read(string body) => PlatformEventReader.Read(Encoding.UTF8.GetBytes(body));
}
