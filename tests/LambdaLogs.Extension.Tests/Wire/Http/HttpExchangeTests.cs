using System.Text;
using LambdaLogs.Extension.Tests.Fakes;
using LambdaLogs.Extension.Tests.Fakes.Delivery;
using LambdaLogs.Extension.Wire;
using LambdaLogs.Extension.Wire.Http;

namespace LambdaLogs.Extension.Tests.Wire.Http;

/// <summary>What an exchange comes to, whichever pieces the response comes in and however the connection ends.</summary>
public sealed class HttpExchangeTests
{
    const string Request = "POST / HTTP/1.1\r\nContent-Length: 100\r\n\r\n";
    const int BodyLength = 100;

    // As much of the request as an endpoint takes that responds before it has read all of it.
    const int Part = 60;

    static readonly byte[] Body = new byte[BodyLength];

    /// <summary>The response, how the connection ends, bytes that can be sent; how the exchange ends, the status, how the body ends, and the body.</summary>
    public static TheoryData<string, string, int, string, int, string, string> Exchanges => new()
    {
        { "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "Ended", int.MaxValue, "Responded", 200, "Responded", "hello" },
        { "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "Broken", int.MaxValue, "Responded", 200, "Responded", "hello" },
        { "HTTP/1.1 204 None\r\n\r\n", "Broken", int.MaxValue, "Responded", 204, "Responded", "" },
        { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nhel\r\n2\r\nlo\r\n0\r\nA: b\r\n\r\n", "Broken", int.MaxValue, "Responded", 200, "Responded", "hello" },
        { "HTTP/1.0 200 OK\r\n\r\nto the end", "Ended", int.MaxValue, "Responded", 200, "Responded", "to the end" },
        { "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nto the end", "Ended", int.MaxValue, "Responded", 200, "Responded", "to the end" },
        { "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\n\r\nHTTP/1.1 201 C\r\nContent-Length: 1\r\n\r\nx", "Ended", int.MaxValue, "Responded", 201, "Responded", "x" },
        // The connection ends too early.
        { "", "Ended", int.MaxValue, "Closed", 0, "", "" },
        { "", "Broken", int.MaxValue, "Closed", 0, "", "" },
        { "HTTP/1.1 200 OK\r\nContent-Le", "Ended", int.MaxValue, "Closed", 0, "", "" },
        { "HTTP/1.1 100 Continue\r\n\r\n", "Broken", int.MaxValue, "Closed", 0, "", "" },
        { "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel", "Ended", int.MaxValue, "Responded", 200, "Closed", "hel" },
        { "HTTP/1.1 503 Busy\r\nContent-Length: 5\r\n\r\nhel", "Broken", int.MaxValue, "Responded", 503, "Closed", "hel" },
        { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel", "Broken", int.MaxValue, "Responded", 200, "Closed", "hel" },
        { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", "Ended", int.MaxValue, "Responded", 200, "Closed", "hello" },
        // A response before the request was read, and a reset behind it.
        { "HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig", "Broken", Part, "Responded", 413, "Responded", "big" },
        { "HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nb", "Broken", Part, "Responded", 413, "Closed", "b" },
        { "HTTP/1.1 413 Too Large\r\n\r\n", "Broken", Part, "Responded", 413, "Responded", "" },
        { "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", "Ended", 10, "Responded", 503, "Responded", "" },
        { "HTTP/1.1 413 Too La", "Broken", Part, "Closed", 0, "", "" },
        { "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 400 No\r\nContent-Length: 0\r\n\r\n", "Broken", Part, "Responded", 400, "Responded", "" },
        // A success counts only with the whole request.
        { "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "Broken", Part, "Closed", 200, "", "" },
        { "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "Ended", 0, "Closed", 200, "", "" },
        // What is no response.
        { "SSH-2.0-OpenSSH_9.2\r\n", "Ended", int.MaxValue, "NotHttp", 0, "", "" },
        { "HTTP/1.1 101 Switching\r\n\r\n", "Broken", int.MaxValue, "NotHttp", 0, "", "" },
        { "SSH-2.0-OpenSSH_9.2\r\n", "Broken", Part, "NotHttp", 0, "", "" },
    };

    [Theory]
    [MemberData(nameof(Exchanges))]
    public void An_exchange_comes_to_the_same_whole_byte_by_byte_and_in_every_split(
        string text, string end, int sendBytesMax, string expectedEnd, int status, string bodyEnd, string body)
    {
        var expected = (expectedEnd, status, bodyEnd, body);
        Assert.Equal(expected, Run([text], end, sendBytesMax));
        Assert.Equal(expected, Run([.. text.Select(letter => letter.ToString())], end, sendBytesMax));
        for (var cut = 1; cut < text.Length; cut++)
            Assert.Equal(expected, Run([text[..cut], text[cut..]], end, sendBytesMax));
    }

    [Fact]
    public void Interim_responses_without_end_end_the_exchange()
    {
        var pieces = Enumerable.Repeat("HTTP/1.1 102 Processing\r\n\r\n", 1000);

        Assert.Equal(("NotHttp", 0, "", ""), Run([.. pieces], "Ended", int.MaxValue));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n", 200)]
    [InlineData("HTTP/1.1 200 OK", 0)]
    public void A_head_without_end_ends_the_exchange(string start, int status)
    {
        var pieces = Enumerable.Repeat("X: " + new string('x', 1000), 1000).Prepend(start);

        Assert.Equal(("HeadTooLarge", status, "", ""), Run([.. pieces], "Ended", int.MaxValue));
    }

    [Fact]
    public void A_body_without_end_is_read_up_to_its_limit()
    {
        const int Limit = 64 * 1024;
        var pieces = Enumerable.Repeat(new string('x', 1000), 1000).Prepend("HTTP/1.1 503 Busy\r\n\r\n");
        using var channel = new ScriptedChannel(pieces, ChannelState.Ended);
        var exchange = Start(channel);
        exchange.Run(Body, Limits());

        Assert.Equal(ExchangeEnd.Closed, exchange.ReadBody(Limits(), Limit));
        Assert.InRange(exchange.Response.BodyBytes, Limit, Limit + 1000);
    }

    [Theory]
    [InlineData(10, ExchangeEnd.Responded)]
    [InlineData(1000, ExchangeEnd.TimedOut)]
    internal void After_the_deadline_what_has_arrived_is_read_and_nothing_that_never_ends(int pieces, ExchangeEnd expected)
    {
        var clock = new ManualClock();
        var limit = WaitLimit.In(clock, TimeSpan.FromSeconds(1));
        clock.Advance(TimeSpan.FromSeconds(2));
        using var head = new ScriptedChannel(["HTTP/1.1 200 OK\r\nX: y", .. Enumerable.Repeat("y", pieces), "\r\nContent-Length: 0\r\n\r\n"], ChannelState.Ended);

        Assert.Equal(expected, Start(head).Run(Body, limit));

        using var body = new ScriptedChannel(["HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", .. Enumerable.Repeat("y", pieces)], ChannelState.Ended);
        var exchange = Start(body);
        Assert.Equal(ExchangeEnd.Responded, exchange.Run(Body, limit));
        Assert.Equal(expected, exchange.ReadBody(limit, 64 * 1024));
    }

    [Theory]
    [InlineData("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n", Part)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", BodyLength + 200)]
    public void After_a_refusal_no_more_is_sent_and_after_a_success_all_of_it(string text, int sent)
    {
        using var channel = new ScriptedChannel([text], ChannelState.Broken, sendBytesMax: Math.Min(sent, Request.Length + BodyLength));
        var exchange = Start(channel);

        Assert.Equal(ExchangeEnd.Responded, exchange.Run(Body, Limits()));
        Assert.Equal(Math.Min(sent, Request.Length + BodyLength), channel.Sent);
    }

    static (string End, int Status, string BodyEnd, string Body) Run(string[] pieces, string end, int sendBytesMax)
    {
        using var channel = new ScriptedChannel(pieces, Enum.Parse<ChannelState>(end), sendBytesMax);
        var exchange = Start(channel);
        var result = exchange.Run(Body, Limits());
        var hasBody = result is ExchangeEnd.Responded;
        var bodyEnd = hasBody ? exchange.ReadBody(Limits(), 64 * 1024).ToString() : "";
        return (result.ToString(), exchange.Response.Status, bodyEnd, hasBody ? Encoding.Latin1.GetString(exchange.Response.Body) : "");
    }

    static HttpExchange Start(IChannel channel)
    {
        var reader = new ResponseReader(1024);
        reader.Reset();
        return new HttpExchange(channel, Encoding.ASCII.GetBytes(Request), BodyLength, reader);
    }

    static WaitLimit Limits() => WaitLimit.In(TimeProvider.System, TimeSpan.FromMinutes(1));
}
