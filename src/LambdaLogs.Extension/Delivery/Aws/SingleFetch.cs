namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>
/// Asks for something, once at a time: who comes while a question is under way waits for its answer. The question outlives those who wait,
/// so that one cut off by a deadline finds the answer the next time. Safe for calls from several threads.
/// </summary>
/// <param name="fetch">Asks. Never throws but for its token.</param>
internal sealed class SingleFetch<T>(Func<CancellationToken, Task<Fetched<T>>> fetch)
    where T : class
{
    readonly Lock _gate = new();
    Task<Fetched<T>>? _running;
    CancellationTokenSource? _stop;

    /// <summary>Asks, or waits for the answer to a question under way.</summary>
    /// <param name="cancel">Ends the waiting, not the question.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> fired first.</exception>
    public async Task<Fetched<T>> GetAsync(CancellationToken cancel)
    {
        while (true)
        {
            var (running, stop) = Running();
            try
            {
                return await running.WaitAsync(cancel).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested && !cancel.IsCancellationRequested)
            {
                // Given up after a freeze: its connection was dead. The next question goes over a new one.
            }
        }
    }

    /// <summary>Gives up a question under way; who waits asks anew. For after a thaw. Never blocks.</summary>
    public void Interrupt()
    {
        CancellationTokenSource? stop;
        lock (_gate)
        {
            stop = _stop;
            (_running, _stop) = (null, null);
        }

        stop?.Cancel();
    }

    (Task<Fetched<T>> Running, CancellationTokenSource Stop) Running()
    {
        lock (_gate)
        {
            if (_running is null or { IsCompleted: true })
            {
                _stop = new CancellationTokenSource();
                var token = _stop.Token;
                _running = Task.Run(() => fetch(token), token);
            }

            return (_running, _stop!);
        }
    }
}
