using System.Text;
using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Tests.Wire;

public sealed class HttpHeadTests
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK", 200)]
    [InlineData("HTTP/1.0 403 Forbidden", 403)]
    [InlineData("HTTP/1.1 202 ", 202)]
    [InlineData("HTTP/1.1 404", 404)]
    [InlineData("HTTP/2.0 200 OK", 0)]
    [InlineData("HTTP/1.1 20", 0)]
    [InlineData("HTTP/1.1 2000 OK", 0)]
    [InlineData("HTTP/1.1 -12 OK", 0)]
    [InlineData("HTTP/1.1 +20 OK", 0)]
    [InlineData("HTTP/1.1 099 OK", 0)]
    [InlineData("HTTP/1.1 abc OK", 0)]
    [InlineData("HTTP/1.1X200 OK", 0)]
    [InlineData("POST / HTTP/1.1", 0)]
    public void The_status_is_that_of_the_start_line(string line, int status) => Assert.Equal(status, Head(line).Status);

    [Theory]
    [InlineData("POST / HTTP/1.1", "POST")]
    [InlineData("PUT /any/path?x=y HTTP/1.0", "PUT")]
    [InlineData("GET http://host/ HTTP/1.1", "GET")]
    [InlineData("POST  HTTP/1.1", "")]
    [InlineData("POST /", "")]
    [InlineData("POST / HTTP/2.0", "")]
    [InlineData(" / HTTP/1.1", "")]
    [InlineData("", "")]
    [InlineData("hello", "")]
    public void The_method_is_that_of_the_start_line(string line, string method) => Assert.Equal(method, Encoding.ASCII.GetString(Head(line).Method));

    [Theory]
    [InlineData("Content-Type: a", "a")]
    [InlineData("content-type:a", "a")]
    [InlineData("CONTENT-TYPE: \t a b \t", "a b")]
    [InlineData("X: a\rb\r\nContent-Type: a\rb", "a\rb")]
    [InlineData("X: 1\r\nContent-Type: a\r\nContent-Type: b", "a")]
    [InlineData("Content-Types: a", "")]
    [InlineData("XContent-Type: a", "")]
    [InlineData("Content-Type:", "")]
    public void A_header_is_found_by_its_name_without_regard_to_case(string headers, string value) =>
        Assert.Equal(value, Encoding.ASCII.GetString(Head("POST / HTTP/1.1", headers).Header("Content-Type"u8)));

    [Theory]
    [InlineData("POST / HTTP/1.1", "", true)]
    [InlineData("POST / HTTP/1.1", "Connection: keep-alive", true)]
    [InlineData("POST / HTTP/1.1", "Connection: Close", false)]
    [InlineData("POST / HTTP/1.0", "", false)]
    [InlineData("POST / HTTP/1.0", "Connection: Keep-Alive", true)]
    [InlineData("HTTP/1.0 200 OK", "", false)]
    [InlineData("HTTP/1.1 200 OK", "connection: close", false)]
    public void The_connection_is_kept_as_the_version_and_the_header_say(string line, string headers, bool keeps) =>
        Assert.Equal(keeps, Head(line, headers).KeepsAlive);

    [Theory]
    [InlineData("Content-Length: 12", 12)]
    [InlineData("content-length:0", 0)]
    [InlineData("Content-Length: 9223372036854775807", long.MaxValue)]
    [InlineData("Content-Length: 5\r\nContent-Length: 5", 5)]
    [InlineData("", 0)]
    public void A_length_tells_where_a_request_ends(string headers, long length)
    {
        Assert.True(Head("POST / HTTP/1.1", headers).TryFraming(isResponse: false, out var framing));

        Assert.Equal(new BodyFraming(BodyKind.Length, length), framing);
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked")]
    [InlineData("transfer-encoding: Chunked")]
    public void Chunks_tell_where_a_body_ends(string headers)
    {
        Assert.True(Head("POST / HTTP/1.1", headers).TryFraming(isResponse: false, out var framing));

        Assert.Equal(BodyKind.Chunked, framing.Kind);
    }

    [Theory]
    [InlineData("Content-Length: 5\r\nTransfer-Encoding: chunked")]
    [InlineData("Transfer-Encoding: gzip, chunked")]
    [InlineData("Transfer-Encoding: identity")]
    [InlineData("Content-Length: -5")]
    [InlineData("Content-Length: +5")]
    [InlineData("Content-Length: 5x")]
    [InlineData("Content-Length: 5, 5")]
    [InlineData("Content-Length:")]
    [InlineData("Content-Length: 9223372036854775808")]
    [InlineData("Content-Length: 5\r\nContent-Length: 6")]
    public void A_body_whose_length_is_wrong_cannot_be_read(string headers) =>
        Assert.False(Head("POST / HTTP/1.1", headers).TryFraming(isResponse: false, out _));

    [Fact]
    public void A_response_without_length_ends_with_its_connection()
    {
        Assert.True(Head("HTTP/1.1 200 OK").TryFraming(isResponse: true, out var framing));

        Assert.Equal(BodyKind.UntilClose, framing.Kind);
    }

    [Theory]
    [InlineData("HTTP/1.1 204 No Content", "")]
    [InlineData("HTTP/1.1 304 Not Modified", "Content-Length: 10")]
    [InlineData("HTTP/1.1 100 Continue", "")]
    public void Some_responses_never_have_a_body(string line, string headers)
    {
        Assert.True(Head(line, headers).TryFraming(isResponse: true, out var framing));

        Assert.Equal(new BodyFraming(BodyKind.Length, 0), framing);
    }

    static HttpHead Head(string line, string headers = "") =>
        new(Encoding.ASCII.GetBytes(headers.Length > 0 ? $"{line}\r\n{headers}\r\n\r\n" : $"{line}\r\n\r\n"));
}
