using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Delivery.Aws;
using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Settings;

/// <summary>
/// Reads the settings that <c>LOGS_CONFIG</c> has in AWS, with the function's own keys, proxy and trust. Where there is no way to them, or
/// too many ask at once, it tries again for a while: what was set there may be what keeps secrets from being sent.
/// </summary>
/// <param name="environment">Takes them.</param>
/// <param name="store">Has them.</param>
/// <param name="kept">Keeps them for the next process of the sandbox.</param>
/// <param name="time">Both clocks.</param>
/// <param name="log">Own log lines.</param>
internal sealed class RemoteSettings(
    ConfiguredEnvironment environment, SettingsStore store, IKeptSettings kept, TimeProvider time, ExtensionLog log)
{
    // With a wait of 1, 2, 4 and 8 s in between.
    const int TriesMax = 5;

    // More than a question takes at most, so that its own bound tells what went wrong.
    static readonly TimeSpan LongestTry = TimeSpan.FromSeconds(15);

    static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    /// <summary>Asks nothing yet.</summary>
    /// <param name="environment">Names them.</param>
    /// <param name="own">The function's variables.</param>
    /// <param name="kept">Keeps them for the next process of the sandbox.</param>
    /// <param name="time">Both clocks.</param>
    /// <param name="log">Own log lines.</param>
    /// <returns>Null: no settings are in AWS.</returns>
    public static RemoteSettings? Of(
        ConfiguredEnvironment environment, Func<string, string?> own, IKeptSettings kept, TimeProvider time, ExtensionLog log)
    {
        if (environment.Reference is not { } reference)
            return null;

        // Problems with these variables are told when all settings are read.
        var reader = new EnvironmentReader(own);
        _ = ProxyReader.TryRead(reader, endpoint: null, out var proxies);
        var way = new DestinationOptions
        {
            Url = "https://amazonaws.com/",
            TlsCa = reader.Text(HttpVariables.TlsCa),
            SystemCaFile = reader.Text("SSL_CERT_FILE"),
            Proxies = proxies,
        };
        var options = AwsReader.Environment(reader);
        var keys = new AwsCredentialsProvider(options, new AwsHttp(way, time), time);
        var store = new SettingsStore(reference, options, keys, new AwsHttp(way, time), time);
        return new RemoteSettings(environment, store, kept, time, log);
    }

    /// <summary>Takes what a former process of the sandbox has kept.</summary>
    /// <returns>False: there is nothing of the kind.</returns>
    public bool TakeKept()
    {
        if (kept.Read(environment.Reference!.Arn, time.GetUtcNow()) is not { } text)
            return false;

        environment.Take(new FetchResult<string>(text, null));
        return true;
    }

    /// <summary>Reads them, once, and gives them to the environment, or why there are none.</summary>
    public void ReadOnce() => environment.Take(store.Read(Limit));

    /// <summary>Reads them, and gives them to the environment. Blocks; tries again where that may help.</summary>
    public void Read()
    {
        var pause = FirstPause;
        for (var attempt = 1; ; attempt++, pause *= 2)
        {
            var fetched = store.Read(Limit);
            if (!fetched.MayPass || attempt == TriesMax)
            {
                environment.Take(fetched);
                if (fetched.Value is { } text)
                    kept.Keep(environment.Reference!.Arn, text, time.GetUtcNow());
                return;
            }

            if (attempt == 1)
                log.Warn($"LOGS_CONFIG: {fetched.Failure}; they are read again, and records wait");
            _ = WaitLimit.In(time, pause).Wait(descriptor: -1, events: 0);
        }
    }

    WaitLimit Limit => WaitLimit.In(time, LongestTry);
}
