using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Tests.Fakes;
using LambdaLogs.Extension.Tests.Fakes.Delivery;

namespace LambdaLogs.Extension.Tests.Delivery;

/// <summary>Responses over a real connection, whole and in pieces: what becomes of the batch, and that the next one arrives.</summary>
public sealed class HttpDestinationPiecesTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static MatrixTheoryData<string, int> Responses => new(Expected.Keys, [1, 7, 100_000]);

    static Dictionary<string, (Verdict Verdict, int Status, FailureKind Failure)> Expected { get; } = new()
    {
        ["HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"] = (Verdict.Delivered, 200, FailureKind.None),
        ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nA: b\r\n\r\n"] = (Verdict.Delivered, 200, FailureKind.None),
        ["HTTP/1.0 200 OK\r\n\r\nto the end"] = (Verdict.Delivered, 200, FailureKind.None),
        ["HTTP/1.1 202 OK\r\nConnection: close\r\n\r\n"] = (Verdict.Delivered, 202, FailureKind.None),
        ["HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\n\r\nHTTP/1.1 204 None\r\n\r\n"] = (Verdict.Delivered, 204, FailureKind.None),
        ["HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxy"] = (Verdict.Delivered, 200, FailureKind.None),
        ["HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"] = (Verdict.Delivered, 200, FailureKind.None),
        ["HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551617\r\n\r\nx"] = (Verdict.Delivered, 200, FailureKind.None),
        ["HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 500 Not asked for\r\n\r\n"] = (Verdict.Delivered, 200, FailureKind.None),
        ["HTTP/1.1 503 Busy\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\nx"] = (Verdict.Retry, 503, FailureKind.None),
        ["HTTP/1.1 503 Busy\r\nTransfer-Encoding: chunked\r\n\r\n7FFFFFFFFFFFFFF\r\nx"] = (Verdict.Retry, 503, FailureKind.None),
        ["HTTP/1.1 413 Too Large\r\nContent-Length: +3\r\n\r\nbig"] = (Verdict.TooLarge, 413, FailureKind.None),
        ["HTTP/1.1 400 No\r\nContent-Length: 9223372036854775807\r\n\r\nno"] = (Verdict.Rejected, 400, FailureKind.None),
        ["HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\n\r\n"] = (Verdict.Retry, 0, FailureKind.Protocol),
        ["HTTP/1.1 2000 OK\r\n\r\n"] = (Verdict.Retry, 0, FailureKind.Protocol),
        ["HTTP/1.1 200 OK\r\nContent-Len"] = (Verdict.Retry, 0, FailureKind.Reset),
        ["HTTP/1.1 100 Continue\r\n\r\n"] = (Verdict.Retry, 0, FailureKind.Reset),
    };

    [Theory]
    [MemberData(nameof(Responses))]
    public async Task A_response_decides_about_its_batch_and_the_next_one_arrives(string response, int pieceLength)
    {
        var isSaid = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = ScriptedServer.Start(
            peer => peer.Number == 1 ? SayAsync(peer, response.Chunk(pieceLength), isSaid) : ScriptedServer.Answering(200)(peer));
        var options = new DestinationOptions { Url = server.Endpoint.AbsoluteUri };
        using var destination = new HttpDestination(options, Some.Format(), new RetryOptions(), TimeProvider.System);

        var first = await SendAsync(destination, "1");
        await isSaid.Task.Within("the rest of the response");
        var second = await SendAsync(destination, "2");

        Assert.Equal(Expected[response], (first.Verdict, first.Status, first.Failure));
        Assert.Equal((Verdict.Delivered, 200), (second.Verdict, second.Status));
    }

    [Fact]
    public async Task Interim_responses_without_end_are_no_response()
    {
        await using var server = ScriptedServer.Start(async peer =>
        {
            await peer.ReadRequestAsync();
            while (true)
                await peer.WriteAsync("HTTP/1.1 102 Processing\r\n\r\n");
        });
        var options = new DestinationOptions { Url = server.Endpoint.AbsoluteUri };
        using var destination = new HttpDestination(options, Some.Format(), new RetryOptions(), TimeProvider.System);

        var result = await SendAsync(destination, "1");

        Assert.Equal((Verdict.Retry, FailureKind.Protocol), (result.Verdict, result.Failure));
    }

    /// <summary>Responds piece by piece, then closes the connection. The client may have closed it before.</summary>
    static async Task SayAsync(Peer peer, IEnumerable<char[]> pieces, TaskCompletionSource isSaid)
    {
        try
        {
            await peer.ReadRequestAsync();
            foreach (var piece in pieces)
                await peer.WriteAsync(new string(piece));
        }
        finally
        {
            isSaid.SetResult();
        }
    }

    static Task<SendResult> SendAsync(HttpDestination destination, string batch) =>
        destination.SendAsync("{}"u8.ToArray(), batch, Cancel).Within("the attempt to end");
}
