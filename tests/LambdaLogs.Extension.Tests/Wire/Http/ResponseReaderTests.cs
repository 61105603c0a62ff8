using System.Text;
using LambdaLogs.Extension.Wire.Http;

namespace LambdaLogs.Extension.Tests.Wire.Http;

public sealed class ResponseReaderTests
{
    const int BodyBytesMax = 32;
    const string Chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    public static TheoryData<string, string, int, string, bool> Responses => new()
    {
        { "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", nameof(ResponseState.Complete), 200, "hello", true },
        { "HTTP/1.1 204 No Content\r\n\r\n", nameof(ResponseState.Complete), 204, "", true },
        { "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", nameof(ResponseState.Complete), 200, "", true },
        { "HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", nameof(ResponseState.Complete), 200, "", true },
        { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1;x=y\r\n!\r\n0\r\n\r\n", nameof(ResponseState.Complete), 200, "hello!", true },
        { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nA: b\r\nC: d\r\n\r\n", nameof(ResponseState.Complete), 200, "", true },
        { "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 201 C\r\nContent-Length: 1\r\n\r\nx", nameof(ResponseState.Complete), 201, "x", true },
        { "\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", nameof(ResponseState.Complete), 200, "x", true },
        { "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx", nameof(ResponseState.Complete), 200, "x", false },
        { "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx", nameof(ResponseState.Complete), 200, "x", false },
        { "HTTP/1.1 200 OK\r\n\r\nto the end", nameof(ResponseState.Body), 200, "to the end", false },
        { "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxHTTP/1.1 500 Not asked for\r\n\r\n", nameof(ResponseState.Complete), 200, "x", false },
        { "HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n0123456789012345678901234567890123456789", nameof(ResponseState.Complete), 200, "01234567890123456789012345678901", true },
        // What contradicts itself has a status all the same, and a body of unknown length.
        { "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxy", nameof(ResponseState.Body), 200, "xy", false },
        { "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nx", nameof(ResponseState.Body), 200, "x", false },
        { "HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\nx", nameof(ResponseState.Body), 200, "x", false },
        { "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nx", nameof(ResponseState.Body), 200, "x", false },
        { "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\nx", nameof(ResponseState.Body), 200, "x", false },
        { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nhello", nameof(ResponseState.Malformed), 200, "", false },
        { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\n", nameof(ResponseState.Malformed), 200, "", false },
        { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhelloX", nameof(ResponseState.Malformed), 200, "hello", false },
        { "HTTP/1.1 101 Switching\r\n\r\n", nameof(ResponseState.Malformed), 0, "", false },
        { "HTTP/1.1 abc OK\r\n\r\n", nameof(ResponseState.Malformed), 0, "", false },
        { "SSH-2.0-OpenSSH_9.6\r\n", nameof(ResponseState.Malformed), 0, "", false },
        { "HTTP/2 200\r\n\r\n", nameof(ResponseState.Malformed), 0, "", false },
        { "HTTP/1.1 20", nameof(ResponseState.Head), 0, "", false },
        // Lengths.
        { "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello", nameof(ResponseState.Complete), 200, "hello", true },
        { "HTTP/1.1 200 OK\r\nContent-Length: 05\r\n\r\nhello", nameof(ResponseState.Complete), 200, "hello", true },
        { "HTTP/1.1 200 OK\r\ncontent-LENGTH:5\r\n\r\nhello", nameof(ResponseState.Complete), 200, "hello", true },
        { "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 05\r\n\r\nhello", nameof(ResponseState.Body), 200, "hello", false },
        { "HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\nhello", nameof(ResponseState.Body), 200, "hello", false },
        { "HTTP/1.1 200 OK\r\nContent-Length: 5 5\r\n\r\nhello", nameof(ResponseState.Body), 200, "hello", false },
        { "HTTP/1.1 200 OK\r\nContent-Length: 0x5\r\n\r\nhello", nameof(ResponseState.Body), 200, "hello", false },
        { "HTTP/1.1 200 OK\r\nContent-Length: 5.0\r\n\r\nhello", nameof(ResponseState.Body), 200, "hello", false },
        { "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\nhello", nameof(ResponseState.Body), 200, "hello", false },
        { "HTTP/1.1 200 OK\r\nContent-Length : 5\r\n\r\nhello", nameof(ResponseState.Body), 200, "hello", false },
        { "HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\nx", nameof(ResponseState.Body), 200, "x", false },
        { "HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775808\r\n\r\nx", nameof(ResponseState.Body), 200, "x", false },
        { "HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551617\r\n\r\nx", nameof(ResponseState.Body), 200, "x", false },
        { "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", nameof(ResponseState.Complete), 304, "", true },
        { "HTTP/1.1 204 None\r\nTransfer-Encoding: chunked\r\n\r\n", nameof(ResponseState.Complete), 204, "", true },
        // Chunks.
        { Chunked + "5 ;a=\"b;c\"\r\nhello\r\n0;z\r\n\r\n", nameof(ResponseState.Complete), 200, "hello", true },
        { Chunked + "5\t\r\nhello\r\n00\r\n\r\n", nameof(ResponseState.Complete), 200, "hello", true },
        { Chunked + "a\r\n0123456789\r\nA\r\n0123456789\r\n000\r\n\r\n", nameof(ResponseState.Complete), 200, "01234567890123456789", true },
        { Chunked + "000000000000005\r\nhello\r\n0\r\nContent-Length: 999\r\n\r\n", nameof(ResponseState.Complete), 200, "hello", true },
        { Chunked + "0\r\n\r\nHTTP/1.1 500 Not asked for\r\n\r\n", nameof(ResponseState.Complete), 200, "", false },
        { Chunked + "7FFFFFFFFFFFFFF\r\nx", nameof(ResponseState.Body), 200, "x", false },
        { Chunked + "FFFFFFFFFFFFFFF\r\nx", nameof(ResponseState.Body), 200, "x", false },
        { Chunked + "7FFFFFFFFFFFFFFF\r\nx", nameof(ResponseState.Malformed), 200, "", false },
        { Chunked + "8000000000000005\r\nhello", nameof(ResponseState.Malformed), 200, "", false },
        { Chunked + "10000000000000005\r\nhello", nameof(ResponseState.Malformed), 200, "", false },
        { Chunked + "+5\r\nhello", nameof(ResponseState.Malformed), 200, "", false },
        { Chunked + "0x5\r\nhello", nameof(ResponseState.Malformed), 200, "", false },
        { Chunked + "\r\nhello", nameof(ResponseState.Malformed), 200, "", false },
        { Chunked + ";a\r\nhello", nameof(ResponseState.Malformed), 200, "", false },
        { Chunked + "5\nhello", nameof(ResponseState.Malformed), 200, "", false },
        { Chunked + "5\r\nhello\n", nameof(ResponseState.Malformed), 200, "hello", false },
        { Chunked + "0\r\nA: b\r\n\rX", nameof(ResponseState.Malformed), 200, "", false },
        { "HTTP/1.1 200 OK\r\nTransfer-Encoding: CHUNKED\r\n\r\n0\r\n\r\n", nameof(ResponseState.Complete), 200, "", true },
        { "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", nameof(ResponseState.Body), 200, "0\r\n\r\n", false },
        // What becomes of the connection.
        { "HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n", nameof(ResponseState.Complete), 200, "", false },
        { "HTTP/1.1 200 OK\r\nConnection: TE, close\r\nContent-Length: 0\r\n\r\n", nameof(ResponseState.Complete), 200, "", false },
        { "HTTP/1.1 200 OK\r\nConnection: closed\r\nContent-Length: 0\r\n\r\n", nameof(ResponseState.Complete), 200, "", true },
        { "HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 0\r\n\r\n", nameof(ResponseState.Complete), 200, "", true },
        { "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n\r\nto the end", nameof(ResponseState.Body), 200, "to the end", false },
        // Interim responses and first lines.
        { "HTTP/1.1 199 X\r\nContent-Length: 9\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", nameof(ResponseState.Complete), 200, "", true },
        { "HTTP/1.1 100 Continue\r\n\r\n\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", nameof(ResponseState.Complete), 200, "", true },
        { "HTTP/1.1 100 Continue\r\n\r\nnonsense", nameof(ResponseState.Malformed), 0, "", false },
        { "HTTP/1.1 099 X\r\n\r\n", nameof(ResponseState.Malformed), 0, "", false },
        { "HTTP/1.1 +20 OK\r\n\r\n", nameof(ResponseState.Malformed), 0, "", false },
        { "HTTP/1.1 2000 OK\r\n\r\n", nameof(ResponseState.Malformed), 0, "", false },
        { "HTTP/1.1 200OK\r\n\r\n", nameof(ResponseState.Malformed), 0, "", false },
        { "HTTP/1.1  200 OK\r\n\r\n", nameof(ResponseState.Malformed), 0, "", false },
        { "http/1.1 200 OK\r\n\r\n", nameof(ResponseState.Malformed), 0, "", false },
        { "\r\r\nHTTP/1.1 200 OK\r\n\r\n", nameof(ResponseState.Malformed), 0, "", false },
    };

    [Theory]
    [MemberData(nameof(Responses))]
    public void A_response_is_read_the_same_whole_byte_by_byte_and_in_every_split(
        string text, string state, int status, string body, bool keeps)
    {
        var expected = (Enum.Parse<ResponseState>(state), status, body, keeps);
        Assert.Equal(expected, Read(text, text.Length));
        Assert.Equal(expected, Read(text, 1));
        for (var cut = 1; cut < text.Length; cut++)
            Assert.Equal(expected, Read([text[..cut], text[cut..]]));
    }

    [Theory]
    [InlineData(0, ResponseState.Complete)]
    [InlineData(1, ResponseState.HeadTooLarge)]
    internal void The_largest_head_is_the_same_in_every_split(int above, ResponseState expected)
    {
        const string Start = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nX: ";
        var head = Start + new string('x', ResponseReader.HeadBytesMax + above - Start.Length);
        // Only where the end of the head is cut does it matter.
        for (var cut = head.Length - 3; cut <= head.Length + 5; cut++)
        {
            var text = head + "\r\n\r\nx";
            var (state, status, _, keeps) = Read([text[..cut], text[cut..]]);
            Assert.Equal((expected, 200, above == 0), (state, status, keeps));
        }
    }

    [Theory]
    [InlineData("HTTP/1.1 503 Busy\r\nX: ", 503)]
    [InlineData("HTTP/1.1 503 Bu", 0)]
    public void A_line_without_end_is_given_up_in_any_pieces(string start, int status)
    {
        var text = start + new string('x', 2 * ResponseReader.HeadBytesMax);
        foreach (var length in (int[])[997, 2048, 65_536])
        {
            var (state, found, _, _) = Read(text, length);
            Assert.Equal((ResponseState.HeadTooLarge, status), (state, found));
        }
    }

    [Fact]
    public void The_end_of_the_connection_ends_a_body_that_only_it_can_end()
    {
        var reader = New();
        Feed(reader, "HTTP/1.1 200 OK\r\n\r\nx");

        Assert.Equal(ResponseState.Complete, reader.Close());
        Assert.False(reader.KeepsConnection);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nx")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nx")]
    public void The_end_of_the_connection_completes_nothing_else(string text)
    {
        var reader = New();
        Feed(reader, text);

        Assert.Equal(ResponseState.Body, reader.Close());
    }

    [Fact]
    public void A_head_without_end_is_given_up_and_its_status_kept()
    {
        var reader = New();
        Feed(reader, "HTTP/1.1 503 Busy\r\n");
        for (var line = 0; line < 100 && reader.State == ResponseState.Head; line++)
            Feed(reader, "X: " + new string('x', 1000) + "\r\n");

        Assert.Equal((ResponseState.HeadTooLarge, 503), (reader.State, reader.Status));
    }

    [Fact]
    public void Responses_of_1xx_without_end_are_given_up()
    {
        var reader = New();
        for (var count = 0; count < 100 && reader.State == ResponseState.Head; count++)
            Feed(reader, "HTTP/1.1 102 Processing\r\n\r\n");

        Assert.Equal(ResponseState.Malformed, reader.State);
    }

    [Fact]
    public void A_reader_that_starts_over_remembers_nothing()
    {
        var reader = New();
        Feed(reader, "HTTP/1.1 100 C\r\n\r\nHTTP/1.1 500 X\r\nTransfer-Encoding: chunked\r\n\r\nnonsense");

        reader.Reset();
        Feed(reader, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx");

        Assert.Equal((ResponseState.Complete, 200, false, true), (reader.State, reader.Status, reader.HasContinue, reader.KeepsConnection));
    }

    [Fact]
    public void Trailers_and_extensions_without_end_are_given_up()
    {
        const string Head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        var trailers = New();
        Feed(trailers, Head + "0\r\n" + string.Concat(Enumerable.Repeat("A: b\r\n", 10_000)));
        var extension = New();
        Feed(extension, Head + "1;" + new string('x', 5000));

        Assert.Equal((ResponseState.Malformed, ResponseState.Malformed), (trailers.State, extension.State));
    }

    static ResponseReader New()
    {
        var reader = new ResponseReader(BodyBytesMax);
        reader.Reset();
        return reader;
    }

    static (ResponseState State, int Status, string Body, bool Keeps) Read(string text, int pieceLength) =>
        Read([.. text.Chunk(pieceLength).Select(piece => new string(piece))]);

    static (ResponseState State, int Status, string Body, bool Keeps) Read(string[] pieces)
    {
        var reader = New();
        foreach (var piece in pieces)
            Feed(reader, piece);

        return (reader.State, reader.Status, Encoding.Latin1.GetString(reader.Body), reader.KeepsConnection);
    }

    static void Feed(ResponseReader reader, string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text).AsSpan();
        while (!bytes.IsEmpty && reader.State is not (ResponseState.HeadTooLarge or ResponseState.Malformed))
        {
            var free = reader.FreeSpace();
            var count = Math.Min(free.Length, bytes.Length);
            bytes[..count].CopyTo(free);
            reader.Read(count);
            bytes = bytes[count..];
        }
    }
}
