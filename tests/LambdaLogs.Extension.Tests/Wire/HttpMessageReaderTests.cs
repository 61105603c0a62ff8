using System.Text;
using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Tests.Wire;

public sealed class HttpMessageReaderTests
{
    const int HeadBytesMax = 200;
    const int BodyBytesMax = 100;

    [Fact]
    public void A_body_of_a_given_length_is_read()
    {
        var found = Read("POST /a HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello");

        Assert.Equal([new ReadMessage(ReadState.Complete, "POST /a HTTP/1.1", "hello")], found);
    }

    [Fact]
    public void A_request_without_length_has_no_body() =>
        Assert.Equal([new ReadMessage(ReadState.Complete, "GET / HTTP/1.1", "")], Read("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));

    [Fact]
    public void Chunks_are_joined_to_one_body()
    {
        var found = Read("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1;name=\"value\"\r\n,\r\nA\r\n0123456789\r\n0\r\n\r\n");

        Assert.Equal([new ReadMessage(ReadState.Complete, "POST / HTTP/1.1", "hello,0123456789")], found);
    }

    [Fact]
    public void Trailers_are_skipped()
    {
        var found = Read("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX-Sum: 1\r\nX-More: 2\r\n\r\nGET / HTTP/1.1\r\n\r\n");

        Assert.Equal(
            [new ReadMessage(ReadState.Complete, "POST / HTTP/1.1", "a"), new ReadMessage(ReadState.Complete, "GET / HTTP/1.1", "")],
            found);
    }

    [Theory]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nonePUT /b HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\ntwo\r\n0\r\n\r\n\r\nGET / HTTP/1.1\r\n\r\n")]
    [InlineData("\r\n\r\nPOST / HTTP/1.1\r\ntransfer-encoding:chunked\r\n\r\n1;x\r\na\r\n2 ; y=z\r\nbc\r\n0;last\r\nA: b\r\n\r\nPOST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: 101\r\n\r\n01234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890GET / HTTP/1.1\r\n\r\n")]
    public void A_message_cut_at_any_two_places_is_the_same(string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        var whole = ReadMessage.All(Requests(), bytes, []);

        for (var first = 0; first <= bytes.Length; first++)
        {
            for (var second = first; second <= bytes.Length; second += 7)
                Assert.Equal(whole, ReadMessage.All(Requests(), bytes, [first, second]));
        }

        Assert.Equal(whole, ReadMessage.All(Requests(), bytes, Enumerable.Range(1, bytes.Length)));
        Assert.DoesNotContain(whole, message => message.State == ReadState.Malformed);
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    [InlineData(100_000, false)]
    public void A_body_that_is_too_large_is_skipped_and_the_next_message_read(int length, bool fits)
    {
        var body = new string('x', length);

        var found = Read($"POST / HTTP/1.1\r\nContent-Length: {length}\r\n\r\n{body}POST /next HTTP/1.1\r\nContent-Length: 2\r\n\r\nok");

        Assert.Equal([fits ? ReadState.Complete : ReadState.BodyTooLarge, ReadState.Complete], found.Select(message => message.State));
        Assert.Equal("ok", found[1].Body);
    }

    [Theory]
    [InlineData(100, 7, true)]
    [InlineData(101, 7, false)]
    [InlineData(101, 50, false)]
    [InlineData(50_000, 1000, false)]
    public void Chunks_that_are_too_large_are_skipped_and_the_next_message_read(int length, int chunk, bool fits)
    {
        var text = new StringBuilder("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (var left = length; left > 0; left -= chunk)
            text.Append($"{Math.Min(left, chunk):x}\r\n{new string('x', Math.Min(left, chunk))}\r\n");
        text.Append("0\r\n\r\nPOST /next HTTP/1.1\r\nContent-Length: 2\r\n\r\nok");

        foreach (var piece in (ReadOnlySpan<int>)[1, 13, 4096, int.MaxValue / 2])
        {
            var cuts = Enumerable.Range(1, text.Length / Math.Min(piece, text.Length)).Select(index => index * Math.Min(piece, text.Length));
            var found = ReadMessage.All(Requests(), Encoding.Latin1.GetBytes(text.ToString()), cuts);

            Assert.Equal([fits ? ReadState.Complete : ReadState.BodyTooLarge, ReadState.Complete], found.Select(message => message.State));
            Assert.Equal("ok", found[1].Body);
        }
    }

    [Fact]
    public void A_large_chunked_body_needs_no_more_memory_than_the_limit()
    {
        var reader = Requests();
        var start = GC.GetAllocatedBytesForCurrentThread();
        var chunk = Encoding.Latin1.GetBytes($"{1000:x}\r\n{new string('x', 1000)}\r\n");

        ReadMessage.All(reader, "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"u8, []);
        for (var count = 0; count < 5000; count++)
            ReadMessage.All(reader, chunk, []);

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - start < 3_000_000);
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public void The_largest_head_is_the_same_however_it_comes(int headBytes, bool fits)
    {
        var state = fits ? ReadState.Complete : ReadState.Malformed;
        var bytes = Encoding.Latin1.GetBytes("POST / HTTP/1.1\r\nX: ".PadRight(headBytes, 'x') + "\r\n\r\n");

        for (var cut = 0; cut <= bytes.Length; cut++)
            Assert.Equal(state, Assert.Single(ReadMessage.All(Requests(), bytes, [cut])).State);
        Assert.Equal(state, Assert.Single(ReadMessage.All(Requests(), bytes, Enumerable.Range(1, bytes.Length))).State);
    }

    [Fact]
    public void A_head_without_end_is_given_up_at_the_limit()
    {
        var found = ReadMessage.All(Requests(), Encoding.Latin1.GetBytes(new string('x', 205)), Enumerable.Range(1, 205));

        Assert.Equal(ReadState.Malformed, Assert.Single(found).State);
    }

    [Theory]
    [InlineData(1000, true)]
    [InlineData(1100, false)]
    public void The_longest_chunk_line_is_the_same_however_it_comes(int length, bool fits)
    {
        var state = fits ? ReadState.Complete : ReadState.Malformed;
        var text = $"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1;{new string('x', length)}\r\na\r\n0\r\n\r\n";
        var bytes = Encoding.Latin1.GetBytes(text);

        Assert.Equal(state, Assert.Single(ReadMessage.All(Requests(), bytes, [])).State);
        Assert.Equal(state, Assert.Single(ReadMessage.All(Requests(), bytes, Enumerable.Range(1, bytes.Length))).State);
    }

    [Theory]
    [InlineData("hello\r\n\r\n")]
    [InlineData("POST / HTTP/2.0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: five\r\n\r\nhello")]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n")]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n")]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1x\r\na\r\n")]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n123456789\r\n")]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\naXX0\r\n\r\n")]
    public void What_is_no_request_is_malformed(string text)
    {
        Assert.Equal(ReadState.Malformed, Read(text)[^1].State);
        var bytes = Encoding.Latin1.GetBytes(text);
        Assert.Equal(ReadState.Malformed, ReadMessage.All(Requests(), bytes, Enumerable.Range(1, bytes.Length))[^1].State);
    }

    [Fact]
    public void A_response_is_read_until_its_connection_is_closed()
    {
        var found = ReadMessage.All(Responses(), "HTTP/1.1 500 Oops\r\n\r\nall of this"u8, [3, 25, 28], closes: true);

        Assert.Equal([new ReadMessage(ReadState.Complete, "HTTP/1.1 500 Oops", "all of this")], found);
    }

    [Fact]
    public void A_response_until_close_that_is_too_large_is_skipped()
    {
        var bytes = Encoding.Latin1.GetBytes("HTTP/1.1 200 OK\r\n\r\n" + new string('x', 10_000));

        var found = ReadMessage.All(Responses(), bytes, [5000, 9000], closes: true);

        Assert.Equal(ReadState.BodyTooLarge, Assert.Single(found).State);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel")]
    public void A_connection_closed_within_a_message_makes_it_malformed(string text) =>
        Assert.Equal(ReadState.Malformed, Assert.Single(ReadMessage.All(Responses(), Encoding.Latin1.GetBytes(text), [], closes: true)).State);

    [Fact]
    public void A_body_may_be_written_to_without_harm_to_the_next_message()
    {
        var reader = Requests();
        var bytes = "PUT / HTTP/1.1\r\nContent-Length: 3\r\n\r\noneGET /a HTTP/1.1\r\n\r\n"u8;
        bytes.CopyTo(reader.FreeSpace());

        Assert.Equal(ReadState.Complete, reader.Read(bytes.Length));
        reader.Body.Fill((byte)'\n');
        reader.Next();

        Assert.Equal(ReadState.Complete, reader.Read(0));
        Assert.Equal("GET /a HTTP/1.1", Encoding.Latin1.GetString(reader.Head.StartLine));
    }

    [Fact]
    public void What_one_huge_body_needed_is_given_back()
    {
        var reader = new HttpMessageReader(readsResponses: false, HeadBytesMax, bodyBytesMax: 4 * 1024 * 1024, bufferBytes: 64);
        var body = new string('x', 3 * 1024 * 1024);

        Assert.Single(ReadMessage.All(reader, Encoding.Latin1.GetBytes($"POST / HTTP/1.1\r\nContent-Length: {body.Length}\r\n\r\n{body}"), []));

        Assert.True(reader.FreeSpace().Length < 64 * 1024);
    }

    [Fact]
    public void A_body_takes_nothing_of_the_managed_heap()
    {
        using var reader = new HttpMessageReader(readsResponses: false, HeadBytesMax, bodyBytesMax: 4 * 1024 * 1024, bufferBytes: 64);
        var message = Encoding.Latin1.GetBytes($"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n300000\r\n{new string('x', 3 * 1024 * 1024)}\r\n0\r\n\r\n");
        var before = GC.GetAllocatedBytesForCurrentThread();
        var state = ReadState.Incomplete;
        for (var sent = 0; sent < message.Length;)
        {
            var room = reader.FreeSpace();
            var count = Math.Min(room.Length, message.Length - sent);
            message.AsSpan(sent, count).CopyTo(room);
            sent += count;
            state = reader.Read(count);
        }

        Assert.Equal((ReadState.Complete, 3 * 1024 * 1024), (state, reader.Body.Length));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024);
    }

    [Fact]
    public void Many_empty_lines_before_a_message_cost_no_more_than_their_bytes()
    {
        var reader = Requests();
        var lines = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat("\r\n", 500_000)) + "GET / HTTP/1.1\r\n\r\n");

        Assert.Equal(ReadState.Complete, Assert.Single(ReadMessage.All(reader, lines, [])).State);
    }

    [Fact]
    public void A_reader_that_starts_over_knows_nothing_of_before()
    {
        var reader = Responses();
        Assert.Empty(ReadMessage.All(reader, "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf of"u8, []));

        reader.Reset();

        Assert.Equal(
            [new ReadMessage(ReadState.Complete, "HTTP/1.1 202 Fine", "all")],
            ReadMessage.All(reader, "HTTP/1.1 202 Fine\r\nContent-Length: 3\r\n\r\nall"u8, []));
    }

    static List<ReadMessage> Read(string text) => ReadMessage.All(Requests(), Encoding.Latin1.GetBytes(text), []);

    static HttpMessageReader Requests() => new(readsResponses: false, HeadBytesMax, BodyBytesMax, bufferBytes: 64);

    static HttpMessageReader Responses() => new(readsResponses: true, HeadBytesMax, BodyBytesMax, bufferBytes: 64);
}
