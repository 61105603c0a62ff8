using LambdaLogs.Emulator.Transcripts;

namespace LambdaLogs.Emulator.Tests.Support;

/// <summary>A sandbox whose extension <c>driven</c> is a sleeping process: the test makes its calls and so decides what it does.</summary>
internal sealed class DrivenSandbox : IAsyncDisposable
{
    readonly TempFiles _files;
    readonly Task _begun;

    DrivenSandbox(EmulatedLambda lambda, TempFiles files, Task begun)
    {
        Lambda = lambda;
        _files = files;
        _begun = begun;
        Client = new ApiClient(lambda);
    }

    public EmulatedLambda Lambda { get; }

    /// <summary>Calls as the extension.</summary>
    public ApiClient Client { get; }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>In Init, the extension's process started, nothing registered.</summary>
    public static async Task<DrivenSandbox> StartAsync(Func<SandboxOptions, SandboxOptions>? change = null)
    {
        var files = new TempFiles();

        // It heeds no SHUTDOWN: there is nothing to wait for at the end.
        var options = Some.Options() with
        {
            Extensions = [files.Write("driven", TempFiles.Sleeper)],
            ShutdownBudget = TimeSpan.FromSeconds(1),
        };
        var lambda = await EmulatedLambda.CreateAsync(change is null ? options : change(options));
        var sandbox = new DrivenSandbox(lambda, files, lambda.BeginAsync(Cancel));
        await lambda.WaitForAsync(e => e.Kind is TranscriptKind.ProcessStarted && e.Source == "driven", Limit.Wait, cancel: Cancel);
        return sandbox;
    }

    /// <summary>Registered for both events, subscribed where a port is given, and through Init.</summary>
    /// <returns>The call for the first event, which is under way.</returns>
    public async Task<Task<ApiResponse>> ReadyAsync(int? port = null, string schema = "2022-12-13")
    {
        Assert.Equal(200, (int)(await Client.RegisterAsync("driven", "INVOKE", "SHUTDOWN")).Status);
        if (port is { } listener)
            Assert.Equal(200, (int)(await Client.SubscribeAsync(listener, schema)).Status);
        var next = Client.NextAsync();
        await _begun;
        return next;
    }

    public async ValueTask DisposeAsync()
    {
        await Lambda.DisposeAsync();
        Client.Dispose();
        _files.Dispose();
    }
}
