using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Delivery.Aws;
using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Settings;

/// <summary>
/// Reads the settings that <c>LOGS_CONFIG</c> names in AWS, with the function's own keys, proxy and trusted certificates. A service that
/// is unreachable or throttles is asked several times: the settings there may be the ones that redact secrets.
/// </summary>
/// <param name="environment">Receives the settings.</param>
/// <param name="store">Requests them.</param>
/// <param name="cache">Has them for the next process of the environment.</param>
/// <param name="time">Both clocks.</param>
/// <param name="log">Own log lines.</param>
internal sealed class RemoteSettings(
    ConfiguredEnvironment environment, SettingsStore store, ISettingsCache cache, TimeProvider time, ExtensionLog log)
{
    // With waits of 1, 2, 4 and 8 s between them.
    const int AttemptsMax = 5;

    // Longer than the limit of a single request, whose message says what went wrong.
    static readonly TimeSpan LongestAttempt = TimeSpan.FromSeconds(15);

    static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    /// <summary>Creates it without a request.</summary>
    /// <param name="environment">Names the settings.</param>
    /// <param name="own">The function's variables.</param>
    /// <param name="cache">Has the settings for the next process of the environment.</param>
    /// <param name="time">Both clocks.</param>
    /// <param name="log">Own log lines.</param>
    /// <returns>Null: no settings are in AWS.</returns>
    public static RemoteSettings? Of(
        ConfiguredEnvironment environment, Func<string, string?> own, ISettingsCache cache, TimeProvider time, ExtensionLog log)
    {
        if (environment.Reference is not { } reference)
            return null;

        // Problems with these variables are reported when all settings are read.
        var reader = new EnvironmentReader(own);
        _ = ProxyReader.TryRead(reader, endpoint: null, out var proxies);
        var route = new DestinationOptions
        {
            Url = "https://amazonaws.com/",
            TlsCa = reader.Text(HttpVariables.TlsCa),
            SystemCaFile = reader.Text("SSL_CERT_FILE"),
            Proxies = proxies,
        };
        var options = AwsReader.Environment(reader);
        // Two clients: each continues its own request where a limit has cut it off.
        var keys = new AwsCredentialsProvider(options, new AwsHttp(route, time), time);
        var store = new SettingsStore(reference, options, keys, new AwsHttp(route, time), time);
        return new RemoteSettings(environment, store, cache, time, log);
    }

    /// <summary>Uses the copy of a previous process of the environment.</summary>
    /// <returns>False: there is none.</returns>
    public bool TryUseCache()
    {
        if (cache.Read(environment.Reference!.Arn, time.GetUtcNow()) is not { } text)
            return false;

        environment.Take(new FetchResult<string>(text, null));
        return true;
    }

    /// <summary>Requests the settings once, and gives them to the environment, or the reason why there are none.</summary>
    public void ReadOnce() => environment.Take(store.Read(Limit));

    /// <summary>Requests the settings, and gives them to the environment. Blocks; retries where that may help.</summary>
    public void Read()
    {
        var pause = FirstPause;
        for (var attempt = 1; ; attempt++, pause *= 2)
        {
            var fetched = store.Read(Limit);
            if (!fetched.MayPass || attempt == AttemptsMax)
            {
                environment.Take(fetched);
                if (fetched.Value is { } text)
                    cache.Write(environment.Reference!.Arn, text, time.GetUtcNow());
                return;
            }

            if (attempt == 1)
                log.Warn($"LOGS_CONFIG: {fetched.Failure}; they are read again, and records wait");
            _ = WaitLimit.In(time, pause).Wait(descriptor: -1, events: 0);
        }
    }

    WaitLimit Limit => WaitLimit.In(time, LongestAttempt);
}
