using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LambdaLogs.EndToEnd.Soak;

/// <summary>A body that got 200 as a whole.</summary>
/// <param name="BatchId">Its <c>X-Batch-Id</c>.</param>
/// <param name="Text">Its content, decompressed.</param>
sealed record AcceptedBody(string BatchId, string Text);

/// <summary>
/// An HTTP/1.1 endpoint that behaves as its present <see cref="Behaviour"/> says, connection by connection, with every misbehaviour that was seen to
/// lose or block lines: it may read slowly, respond before it has read the body, break off, swallow packets, refuse single records.
/// </summary>
sealed class SoakEndpoint : IAsyncDisposable
{
    const int FarBytes = 8 << 10;
    const int SegmentBytes = 1400;

    // How long an endpoint that has refused a body waits, without reading, before it resets.
    static readonly TimeSpan Unread = TimeSpan.FromSeconds(2.5);

    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _ended = new();
    readonly Lock _lock = new();
    readonly List<AcceptedBody> _accepted = [];
    readonly HashSet<string> _refused = [];
    readonly HashSet<string> _headers = [];
    readonly Dictionary<string, int> _failures = [];
    readonly List<string> _story = [];
    readonly Stopwatch _watch = Stopwatch.StartNew();
    readonly List<Task> _connections = [];
    readonly Task _accepting;
    int _requests;

    /// <param name="isFar">Whether little of what it has not read is kept for it.</param>
    public SoakEndpoint(bool isFar = false)
    {
        if (isFar)
        {
            // As on Ethernet: with the segments of the loopback device the sender's kernel takes hundreds of kilobytes at once.
            const int LevelTcp = 6;
            const int OptionSegmentMax = 2;
            _listener.Server.SetRawSocketOption(LevelTcp, OptionSegmentMax, BitConverter.GetBytes(SegmentBytes));
            _listener.Server.ReceiveBufferSize = FarBytes;
        }

        _listener.Start(512);
        _accepting = AcceptAsync();
    }

    /// <summary>What it does from now on.</summary>
    public Behaviour Behaviour { get; set; } = Behaviour.Healthy;

    /// <summary>Connections that were opened before are swallowed from now on: nothing is read from them, nothing comes back.</summary>
    public int SwallowedBefore { get; set; }

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/logs");

    public int Connections { get; private set; }

    public int Requests => Volatile.Read(ref _requests);

    /// <summary>The marks of all lines that came together with one that is never taken.</summary>
    public IReadOnlySet<string> Refused
    {
        get
        {
            lock (_lock)
                return _refused.ToHashSet();
        }
    }

    /// <summary>The last requests, for the message of a failing assertion.</summary>
    public string Story(int requests)
    {
        lock (_lock)
            return string.Join('\n', _story.TakeLast(requests));
    }

    /// <summary>How often a batch was not accepted.</summary>
    public int Failures(string batchId)
    {
        lock (_lock)
            return _failures.GetValueOrDefault(batchId);
    }

    /// <summary>The names of all headers that came.</summary>
    public IReadOnlySet<string> Headers
    {
        get
        {
            lock (_lock)
                return _headers.ToHashSet();
        }
    }

    /// <summary>What was accepted, in order.</summary>
    public IReadOnlyList<AcceptedBody> Accepted
    {
        get
        {
            lock (_lock)
                return [.. _accepted];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Dispose();
        await _accepting;
        Task[] open;
        lock (_lock)
            open = [.. _connections];
        await Task.WhenAll(open);
        _ended.Dispose();
    }

    async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_ended.Token);
                var number = ++Connections;
                lock (_lock)
                    _connections.Add(Task.Run(() => ServeAsync(client, number)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // It is being disposed.
        }
    }

    async Task ServeAsync(TcpClient client, int number)
    {
        using (client)
        {
            client.NoDelay = true;
            using var life = Behaviour.LifeSeconds > 0
                ? new Timer(_ => Reset(client), null, TimeSpan.FromSeconds(Behaviour.LifeSeconds), Timeout.InfiniteTimeSpan)
                : null;
            try
            {
                await using var stream = client.GetStream();
                var reader = new SoakReader(stream, _ended.Token);
                while (await ServeOneAsync(client, stream, reader, number))
                {
                }
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or InvalidDataException or ObjectDisposedException)
            {
                // The peer went away or the endpoint ends: part of the play.
            }
        }
    }

    async Task<bool> ServeOneAsync(TcpClient client, NetworkStream stream, SoakReader reader, int number)
    {
        if (await reader.HeadAsync() is not { } head)
            return false;

        Interlocked.Increment(ref _requests);
        lock (_lock)
        {
            _headers.UnionWith(head.Names);
            _story.Add($"{_watch.ElapsedMilliseconds,6} ms: connection {number}, batch {head.BatchId}, {head.Length} bytes");
            // Taken back where it is accepted.
            _failures[head.BatchId] = _failures.GetValueOrDefault(head.BatchId) + 1;
        }

        var behaviour = Behaviour;
        if (number <= SwallowedBefore || behaviour.Kind is Kind.Hang)
        {
            await Task.Delay(Timeout.Infinite, _ended.Token);
            return false;
        }

        if (behaviour.Kind is Kind.ResetInBody)
            return Reset(client);
        if (behaviour.Kind is Kind.EarlyTooLarge or Kind.EarlyUnread && head.Length > behaviour.BytesMax)
        {
            await stream.WriteAsync("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), _ended.Token);
            if (behaviour.Kind is Kind.EarlyUnread)
                await Task.Delay(Unread, _ended.Token);
            return Reset(client);
        }

        if (head.ExpectsContinue)
            await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), _ended.Token);
        var body = await reader.BodyAsync(head.Length, behaviour.BytesPerSecond);
        var text = head.IsGzip ? Unzip(body) : Encoding.UTF8.GetString(body);
        if (behaviour.Poison is { } poison && text.Contains(poison, StringComparison.Ordinal))
        {
            lock (_lock)
                _refused.UnionWith(SoakLines.Marks(text));
            if (behaviour.PoisonStatus == 0)
                return Reset(client);

            await RespondAsync(stream, behaviour.PoisonStatus, behaviour);
            return true;
        }

        switch (behaviour.Kind)
        {
            case Kind.ResetAfterBody:
                return Reset(client);
            case Kind.CloseAfterBody:
                return false;
            case Kind.TooLarge when body.Length > behaviour.BytesMax:
                await RespondAsync(stream, 413, behaviour);
                return true;
            case Kind.Status:
                await RespondAsync(stream, behaviour.Status, behaviour);
                return true;
        }

        if (behaviour.Delay > TimeSpan.Zero)
            await Task.Delay(behaviour.Delay, _ended.Token);
        lock (_lock)
        {
            _accepted.Add(new AcceptedBody(head.BatchId, text));
            _story.Add($"{_watch.ElapsedMilliseconds,6} ms: connection {number}, batch {head.BatchId} is accepted");
            _failures[head.BatchId]--;
        }

        await RespondAsync(stream, 200, behaviour);
        return behaviour.Kind is not Kind.CloseEach;
    }

    async Task RespondAsync(NetworkStream stream, int status, Behaviour behaviour)
    {
        var close = behaviour.Kind is Kind.CloseEach ? "Connection: close\r\n" : "";
        var after = status == 429 ? "Retry-After: 0\r\n" : "";
        var bytes = Encoding.ASCII.GetBytes($"HTTP/1.1 {status} Soak\r\n{close}{after}Content-Length: 0\r\n\r\n");
        if (behaviour.Kind is Kind.ByteByByte)
        {
            foreach (var one in bytes)
            {
                await stream.WriteAsync(new[] { one }, _ended.Token);
                await Task.Delay(1, _ended.Token);
            }
        }
        else
        {
            await stream.WriteAsync(bytes, _ended.Token);
        }
    }

    static bool Reset(TcpClient client)
    {
        try
        {
            if (client.Client is { } socket)
            {
                socket.LingerState = new LingerOption(true, 0);
                socket.Dispose();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is closed already.
        }

        return false;
    }

    static string Unzip(byte[] body)
    {
        using var plain = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(body), CompressionMode.Decompress))
            gzip.CopyTo(plain);
        return Encoding.UTF8.GetString(plain.ToArray());
    }
}

/// <summary>Reads requests of <see cref="SoakEndpoint"/>.</summary>
sealed class SoakReader(NetworkStream stream, CancellationToken cancel)
{
    readonly byte[] _buffer = new byte[64 * 1024];
    int _start;
    int _end;

    public sealed record Head(int Length, string BatchId, bool IsGzip, bool ExpectsContinue, IReadOnlyCollection<string> Names);

    /// <returns>Null at the connection's end.</returns>
    public async Task<Head?> HeadAsync()
    {
        var text = new StringBuilder();
        while (text.ToString().IndexOf("\r\n\r\n", StringComparison.Ordinal) < 0)
        {
            if (_start == _end && !await FillAsync())
                return null;

            text.Append((char)_buffer[_start++]);
        }

        var fields = text.ToString().Split("\r\n").Skip(1).Where(l => l.Contains(':')).ToDictionary(
            l => l[..l.IndexOf(':')], l => l[(l.IndexOf(':') + 1)..].Trim(), StringComparer.OrdinalIgnoreCase);
        return new Head(
            int.Parse(fields.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture),
            fields.GetValueOrDefault("X-Batch-Id", ""),
            fields.GetValueOrDefault("Content-Encoding", "") == "gzip",
            fields.GetValueOrDefault("Expect", "") == "100-continue",
            fields.Keys);
    }

    /// <param name="length">Of the body.</param>
    /// <param name="bytesPerSecond">How fast it is read; 0: as it comes.</param>
    public async Task<byte[]> BodyAsync(int length, int bytesPerSecond)
    {
        var body = new byte[length];
        for (var filled = 0; filled < length;)
        {
            if (_start == _end && !await FillAsync())
                throw new InvalidDataException("The body broke off.");

            var part = Math.Min(length - filled, _end - _start);
            if (bytesPerSecond > 0)
            {
                part = Math.Min(part, Math.Max(1, bytesPerSecond / 50));
                await Task.Delay(20, cancel);
            }

            _buffer.AsSpan(_start, part).CopyTo(body.AsSpan(filled));
            _start += part;
            filled += part;
        }

        return body;
    }

    async Task<bool> FillAsync()
    {
        _start = 0;
        _end = await stream.ReadAsync(_buffer, cancel);
        return _end > 0;
    }
}
