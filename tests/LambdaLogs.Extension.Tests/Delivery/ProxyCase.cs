using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Tests.Fakes.Delivery;

namespace LambdaLogs.Extension.Tests.Delivery;

/// <summary>A proxy that misbehaves once, and what is made of it.</summary>
/// <param name="What">The case in words.</param>
/// <param name="Script">What it does with its first connection.</param>
/// <param name="Failure">The kind of failure; none where the batch is delivered all the same.</param>
/// <param name="Detail">What is said, with {0} for the proxy; of a failed handshake the beginning, since the end is OpenSSL's.</param>
internal sealed record ProxyCase(string What, Func<Peer, Task> Script, FailureKind Failure, string? Detail)
{
    const string NotHttp = "the proxy {0} does not speak HTTP; it is set by HTTPS_PROXY";
    const string Late = "logs.test did not respond in time through the proxy {0}";
    const string Closed = "the proxy {0} closed the connection before it responded";
    const string TooLarge = "the proxy {0} responded with headers of more than 64 KB, which are not read";
    const string Extra = "the proxy {0} sent more than its response to CONNECT; it is set by HTTPS_PROXY";
    const string Established = "HTTP/1.1 200 Connection established\r\n\r\n";

    /// <summary>Whether it hangs until the time of the attempt is over.</summary>
    public bool Hangs => Failure is FailureKind.TimedOut;

    /// <summary>The credentials in the proxy's URL, with an at sign.</summary>
    public string Credentials { get; init; } = "";

    /// <summary>Proxies that are asked for a tunnel.</summary>
    public static IReadOnlyList<ProxyCase> Tunnels { get; } =
    [
        new("closes at once", _ => Task.CompletedTask, FailureKind.Proxy, Closed),
        new("resets at once", Reset, FailureKind.Proxy, Closed),
        Saying("closes when it is asked", "", FailureKind.Proxy, Closed),
        Saying("closes within its response", "HTTP/1.1 200 Connection es", FailureKind.Proxy, Closed),
        Saying("closes behind the first line", "HTTP/1.1 200 OK\r\nVia: te", FailureKind.Proxy, Closed),
        Saying("closes behind its response", Established, FailureKind.Tls, "the TLS handshake with logs.test through the proxy {0} failed: the connection was closed"),
        Saying("words", "nonsense\r\n\r\n", FailureKind.Proxy, NotHttp),
        Saying("another protocol", "SSH-2.0-OpenSSH_9.2\r\n", FailureKind.Proxy, NotHttp),
        Saying("bytes that are no text", "\x15\x03\x01\0\x02\x02\x46", FailureKind.Proxy, NotHttp),
        Saying("another version", "HTTP/2 200\r\n\r\n", FailureKind.Proxy, NotHttp),
        Saying("no status", "HTTP/1.1 OK\r\n\r\n", FailureKind.Proxy, NotHttp),
        Saying("a status of four digits", "HTTP/1.1 2000 OK\r\n\r\n", FailureKind.Proxy, NotHttp),
        Saying("another protocol on offer", "HTTP/1.1 101 Switching\r\n\r\n", FailureKind.Proxy, NotHttp),
        Saying("interim responses without end", string.Concat(Enumerable.Repeat("HTTP/1.1 102 Processing\r\n\r\n", 50)), FailureKind.Proxy, NotHttp),
        Saying("bytes behind its response", Established + "hello", FailureKind.Proxy, Extra),
        Saying("a body with its response", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", FailureKind.Proxy, Extra),
        Saying("a second response", Established + Established, FailureKind.Proxy, Extra),
        new("bytes behind its response, later", SayLater, FailureKind.Tls, "the TLS handshake with logs.test through the proxy {0} failed: "),
        Saying("a head of 70 KB", "HTTP/1.1 200 OK\r\nX: " + new string('x', 70_000) + "\r\n\r\n", FailureKind.Proxy, TooLarge),
        new("a head without end", peer => SayForEver(peer, "HTTP/1.1 200 OK\r\n"), FailureKind.Proxy, TooLarge),
        new("a refusal without end", peer => SayForEver(peer, "HTTP/1.1 503 Busy\r\n"), FailureKind.Proxy, "the proxy {0} refused to connect to logs.test: status 503"),
        Saying("wants credentials", "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic\r\nContent-Length: 2\r\n\r\nno", FailureKind.Proxy, "the proxy {0} requires credentials (407); set HTTPS_PROXY=http://user:password@{0}"),
        Saying("does not take the credentials", "HTTP/1.1 407 SECRET\r\n\r\nSECRET", FailureKind.Proxy, "the proxy {0} rejected the credentials in HTTPS_PROXY (407)") with { Credentials = "me:SECRET@" },
        Saying("forbids", "HTTP/1.1 403 No\r\nContent-Length: 999999\r\n\r\n<html>", FailureKind.Proxy, "the proxy {0} refused to connect to logs.test: status 403"),
        Saying("cannot", "HTTP/1.1 502 Bad gateway\r\n\r\n", FailureKind.Proxy, "the proxy {0} refused to connect to logs.test: status 502"),
        Saying("sends elsewhere", "HTTP/1.1 302 Found\r\nLocation: http://login.test/\r\n\r\n", FailureKind.Proxy, "the proxy {0} refused to connect to logs.test: status 302"),
        new("hangs before its response", peer => peer.ReadRequestAsync(), FailureKind.TimedOut, Late),
        Saying("hangs within its response", "HTTP/1.1 200 OK\r\nVia", FailureKind.TimedOut, Late),
        Saying("hangs behind an interim response", "HTTP/1.1 100 Continue\r\n\r\n", FailureKind.TimedOut, Late),
        Saying("hangs behind its response", Established, FailureKind.TimedOut, Late),
        Saying("trickles", "HTTP/1.1 200 OK\r\n", FailureKind.TimedOut, Late) with { Meanwhile = Trickle },
        Tunnelling("responds with 204", "HTTP/1.1 204 None\r\n\r\n"),
        Tunnelling("responds as HTTP/1.0", "HTTP/1.0 200 OK\r\n\r\n"),
        Tunnelling("announces a body that does not come", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"),
        Tunnelling("announces chunks that do not come", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
        Tunnelling("says that it closes", "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"),
        Tunnelling("sends an interim response first", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"),
        Tunnelling("sends an empty line first", "\r\nHTTP/1.1 200 OK\r\n\r\n"),
    ];

    /// <summary>Proxies that take the requests themselves.</summary>
    public static IReadOnlyList<ProxyCase> Forwarders { get; } =
    [
        new("closes at once", _ => Task.CompletedTask, FailureKind.Reset, Closed),
        new("resets at once", Reset, FailureKind.Reset, Closed),
        Saying("closes when it is asked", "", FailureKind.Reset, Closed),
        Saying("closes within its response", "HTTP/1.1 200 OK\r\nVia: te", FailureKind.Reset, Closed),
        Saying("another protocol", "SSH-2.0-OpenSSH_9.2\r\n", FailureKind.Protocol, "the proxy {0} does not speak HTTP"),
        Saying("a first line of 70 KB", "HTTP/1.1 200 " + new string('x', 70_000), FailureKind.HeadTooLarge, TooLarge),
        Saying("wants credentials", "HTTP/1.1 407 No\r\n\r\n", FailureKind.Proxy, "the proxy {0} requires credentials (407); set HTTP_PROXY=http://user:password@{0}"),
        Saying("does not take the credentials", "HTTP/1.1 407 SECRET\r\n\r\n", FailureKind.Proxy, "the proxy {0} rejected the credentials in HTTP_PROXY (407)") with { Credentials = "me:SECRET@" },
        Saying("forbids", "HTTP/1.1 403 No\r\n\r\n", FailureKind.Proxy, "the proxy {0} refused to connect to logs.test: status 403"),
        new("hangs before its response", peer => peer.ReadRequestAsync(), FailureKind.TimedOut, Late),
        Saying("hangs within its response", "HTTP/1.1 200 OK\r\nVia", FailureKind.TimedOut, Late),
        Saying("trickles", "HTTP/1.1 200 OK\r\n", FailureKind.TimedOut, Late) with { Meanwhile = Trickle },
    ];

    /// <summary>What it goes on to do while it hangs. Null: nothing.</summary>
    public Func<Peer, Task>? Meanwhile { get; init; }

    /// <summary>Its response where it leads to the endpoint from the first connection on. Null: it does not.</summary>
    public string? Response { get; init; }

    static ProxyCase Saying(string what, string text, FailureKind failure, string detail) => new(what, peer => SayAsync(peer, text), failure, detail);

    static ProxyCase Tunnelling(string what, string response) => new(what, _ => Task.CompletedTask, FailureKind.None, null) { Response = response };

    static async Task SayAsync(Peer peer, string text)
    {
        await peer.ReadRequestAsync();
        await peer.WriteAsync(text);
    }

    static async Task SayLater(Peer peer)
    {
        await SayAsync(peer, Established);
        // The client speaks first in the tunnel: the bytes come behind its first ones.
        await peer.Stream.ReadExactlyAsync(new byte[5], peer.Stopped);
        await peer.WriteAsync("HTTP/1.1 200 OK\r\n\r\n");
        await peer.HangAsync();
    }

    static async Task SayForEver(Peer peer, string start)
    {
        await SayAsync(peer, start);
        while (true)
            await peer.WriteAsync("X-Filler: " + new string('x', 4000) + "\r\n");
    }

    static async Task Trickle(Peer peer)
    {
        while (true)
        {
            await peer.WriteAsync("X");
            await Task.Delay(5, peer.Stopped);
        }
    }

    static Task Reset(Peer peer)
    {
        peer.Reset();
        return Task.CompletedTask;
    }
}
