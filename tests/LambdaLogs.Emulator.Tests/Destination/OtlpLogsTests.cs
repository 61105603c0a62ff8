using System.Text;
using LambdaLogs.Emulator.Destination;

namespace LambdaLogs.Emulator.Tests.Destination;

public sealed class OtlpLogsTests
{
    // Written by hand from the format's definition, not by the encoder of the extension.
    static readonly byte[] Record =
    [
        0x09, .. BitConverter.GetBytes(1_700_000_000_123_456_789), 0x10, 9, .. Text(3, "INFO"), .. Nested(5, Text(1, "hello ünïcode")),
        .. Nested(6, [.. Text(1, "faas.cold"), .. Nested(2, [0x10, 1])]), .. Nested(6, [.. Text(1, "n"), .. Nested(2, [0x18, 0x96, 0x01])]),
        .. Nested(9, [0xAB, 0xCD]), .. Text(99, "of a later version"),
    ];

    static readonly byte[] Request = Nested(
        1, [.. Nested(1, Nested(1, [.. Text(1, "service.name"), .. Nested(2, Text(1, "shop"))])), .. Nested(2, Nested(2, Record))]);

    [Fact]
    public void A_request_becomes_the_json_that_says_the_same() => Assert.Equal(
        """
        {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},"scopeLogs":[{"logRecords":[
        {"timeUnixNano":"1700000000123456789","severityNumber":9,"severityText":"INFO","body":{"stringValue":"hello ünïcode"},
        "attributes":[{"key":"faas.cold","value":{"boolValue":true}},{"key":"n","value":{"intValue":"150"}}],"traceId":"abcd"}]}]}]}
        """.ReplaceLineEndings(""),
        Received(Request).Readable());

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(60)]
    public void What_breaks_off_is_said(int length) =>
        Assert.Throws<InvalidDataException>(() => Received(Request[..length]).Readable());

    [Fact]
    public void What_is_nested_without_end_is_refused()
    {
        var value = Text(1, "x");
        for (var i = 0; i < 100; i++)
            value = Nested(5, Nested(1, value));
        Assert.Throws<InvalidDataException>(() => Received(Nested(1, Nested(2, Nested(2, Nested(5, value))))).Readable());
    }

    [Fact]
    public void Another_type_of_content_stays_as_it_is()
    {
        var head = new RequestHead("POST", "/", [new("Content-Type", "text/plain")]);
        Assert.Equal("text", new ReceivedRequest(0, head, "text"u8.ToArray()) { Response = Response.Ok }.Readable());
    }

    static ReceivedRequest Received(byte[] body) =>
        new(0, new RequestHead("POST", "/v1/logs", [new("Content-Type", "application/x-protobuf")]), body) { Response = Response.Ok };

    static byte[] Text(int field, string text) => Nested(field, Encoding.UTF8.GetBytes(text));

    static byte[] Nested(int field, byte[] content) => [.. Varint((field << 3) | 2), .. Varint(content.Length), .. content];

    static byte[] Varint(int value) => value < 128 ? [(byte)value] : [(byte)((value & 0x7F) | 0x80), .. Varint(value >> 7)];
}
