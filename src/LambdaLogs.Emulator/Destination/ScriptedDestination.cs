using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace LambdaLogs.Emulator.Destination;

/// <summary>
/// An HTTP endpoint that records requests and responds as scripted, including faulty responses. Thread-safe. A request is recorded before
/// its response starts.
/// </summary>
public sealed class ScriptedDestination : IAsyncDisposable
{
    readonly Lock _lock = new();
    readonly DestinationOptions _options;
    readonly Socket _listener;
    readonly TestCertificates? _certificates;
    readonly CancellationTokenSource _ended = new();
    readonly long _started;
    readonly List<ReceivedRequest> _requests = [];
    readonly Queue<Response> _next = new();
    readonly List<(Func<ReceivedRequest, bool> Matches, TaskCompletionSource<ReceivedRequest> Found)> _waiters = [];
    readonly Dictionary<DestinationConnection, Task> _connections = [];
    Action<ReceivedRequest>? _watch;
    int _accepted;
    int _handshakes;
    Task _accepting = Task.CompletedTask;

    ScriptedDestination(DestinationOptions options, Socket listener)
    {
        _options = options;
        _listener = listener;
        _started = options.Time.GetTimestamp();
        if (!options.IsTls)
            return;

        _certificates = options.Certificate is null ? TestCertificates.Create(options.Time.GetUtcNow()) : null;
        ServerOptions = Tls(options.Certificate ?? _certificates!.Server, options.WantsClientCertificate);
    }

    public TimeProvider Time => _options.Time;

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>The URL, with the host 127.0.0.1 and the path <c>/</c>.</summary>
    public Uri Endpoint => new($"{(_options.IsTls ? "https" : "http")}://127.0.0.1:{Port}/");

    /// <summary>The certificate authority that a client must trust, as PEM. Null without TLS or if the certificate was given.</summary>
    public string? AuthorityPem => _certificates?.AuthorityPem;

    /// <summary>The response to a request if neither the script nor the queue has one. Default: 200.</summary>
    public Response Default { get; set; } = Response.Ok;

    /// <summary>Chooses a response by the request's head. Null: the next queued response is used, then <see cref="Default"/>.</summary>
    public Func<RequestHead, Response?> Script { get; set; } = _ => null;

    /// <summary>True: new connections are accepted but nothing is read from them and no TLS handshake takes place.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Called for every request, in order. Must not block.</summary>
    public Action<ReceivedRequest> OnRequest { get; set; } = _ => { };

    /// <summary>The number of accepted connections.</summary>
    public int ConnectionsAccepted => Volatile.Read(ref _accepted);

    /// <summary>The number of completed TLS handshakes.</summary>
    public int Handshakes => Volatile.Read(ref _handshakes);

    /// <summary>A copy of the requests received so far.</summary>
    public IReadOnlyList<ReceivedRequest> Requests
    {
        get
        {
            lock (_lock)
                return [.. _requests];
        }
    }

    internal SslServerAuthenticationOptions? ServerOptions { get; }

    /// <summary>
    /// Starts the destination. It accepts connections when this method returns. Throws SocketException if the port is in use.
    /// </summary>
    public static ScriptedDestination Start(DestinationOptions? options = null)
    {
        options ??= new DestinationOptions();
        var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(new IPEndPoint(IPAddress.Loopback, options.Port));
            listener.Listen(512);
        }
        catch
        {
            listener.Dispose();
            throw;
        }

        var destination = new ScriptedDestination(options, listener);
        destination._accepting = destination.AcceptAsync();
        return destination;
    }

    /// <summary>Queues a response for the next requests for which the script returns null.</summary>
    public void Next(Response response, int times = 1)
    {
        lock (_lock)
        {
            for (var i = 0; i < times; i++)
                _next.Enqueue(response);
        }
    }

    /// <summary>Registers a callback for every request, past and future, in order. The callback must not block.</summary>
    public void Watch(Action<ReceivedRequest> watch)
    {
        lock (_lock)
        {
            _requests.ForEach(watch);
            _watch += watch;
        }
    }

    /// <summary>Removes a callback registered with <see cref="Watch"/>.</summary>
    public void Unwatch(Action<ReceivedRequest> watch)
    {
        lock (_lock)
            _watch -= watch;
    }

    /// <summary>Discards the responses queued with <see cref="Next"/>.</summary>
    public void ClearQueue()
    {
        lock (_lock)
            _next.Clear();
    }

    /// <summary>Resets all open connections.</summary>
    /// <param name="onlyIdle">
    /// True: a connection with a request in progress is reset after its response. False: the request is aborted.
    /// </param>
    public void DropConnections(bool onlyIdle = true)
    {
        DestinationConnection[] open;
        lock (_lock)
            open = [.. _connections.Keys];
        Array.ForEach(open, connection => connection.Drop(afterResponse: onlyIdle));
    }

    /// <summary>Waits for the first request that matches; earlier requests count.</summary>
    /// <param name="matches">Called under a lock. Must not block or throw.</param>
    /// <param name="timeout">The longest wait. After it, TimeoutException lists the received requests.</param>
    /// <param name="from">The index from which requests are considered.</param>
    /// <param name="cancel">Cancels the wait.</param>
    public async Task<ReceivedRequest> WaitForAsync(
        Func<ReceivedRequest, bool> matches, TimeSpan timeout, int from = 0, CancellationToken cancel = default)
    {
        var found = new TaskCompletionSource<ReceivedRequest>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_requests.Find(r => r.Index >= from && matches(r)) is { } past)
                return past;

            _waiters.Add((r => r.Index >= from && matches(r), found));
        }

        try
        {
            return await found.Task.WaitAsync(timeout, Time, cancel);
        }
        catch (TimeoutException)
        {
            var seen = string.Join('\n', Requests.TakeLast(10).Select(r => $"{r.Method} {r.Target}, {r.Body.Length} bytes"));
            throw new TimeoutException($"No matching request within {timeout.TotalSeconds} s. The last of {Requests.Count}:\n{seen}");
        }
    }

    /// <summary>Waits until the given number of requests have arrived since the start.</summary>
    public Task WaitForCountAsync(int count, TimeSpan timeout, CancellationToken cancel = default) =>
        WaitForAsync(r => r.Index >= count - 1, timeout, 0, cancel);

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Dispose();
        await _accepting;
        Task[] open;
        lock (_lock)
            open = [.. _connections.Values];
        DropConnections(onlyIdle: false);
        await Task.WhenAll(open);
        _certificates?.Dispose();
        _ended.Dispose();
    }

    internal Response Decide(RequestHead head)
    {
        if (Script(head) is { } scripted)
            return scripted;

        lock (_lock)
            return _next.TryDequeue(out var next) ? next : Default;
    }

    internal Response Limit(Response response, long bodyBytes) => bodyBytes > _options.MaxBodyBytes ? Response.WithStatus(413) : response;

    internal void CountHandshake() => Interlocked.Increment(ref _handshakes);

    internal void Record(RequestHead head, ReadOnlyMemory<byte> body, Response response, int connection, bool isComplete)
    {
        lock (_lock)
        {
            var request = new ReceivedRequest(_requests.Count, head, body)
            {
                At = Time.GetElapsedTime(_started),
                Time = Time.GetUtcNow(),
                Connection = connection,
                Response = response,
                IsComplete = isComplete,
            };
            _requests.Add(request);
            OnRequest(request);
            _watch?.Invoke(request);
            foreach (var (_, found) in _waiters.Where(w => w.Matches(request)))
                found.TrySetResult(request);
            _waiters.RemoveAll(w => w.Found.Task.IsCompleted);
        }
    }

    static SslServerAuthenticationOptions Tls(X509Certificate2 certificate, bool wantsClient) => new()
    {
        ServerCertificate = certificate,
        ClientCertificateRequired = wantsClient,
        RemoteCertificateValidationCallback = (_, given, _, _) => !wantsClient || given is not null,
    };

    async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync(_ended.Token);
                socket.NoDelay = true;
                Serve(new DestinationConnection(this, socket, Interlocked.Increment(ref _accepted)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The destination is being disposed.
        }
    }

    void Serve(DestinationConnection connection)
    {
        lock (_lock)
        {
            _connections[connection] = Task.Run(async () =>
            {
                await connection.RunAsync(_ended.Token);
                lock (_lock)
                    _connections.Remove(connection);
            });
        }
    }
}
