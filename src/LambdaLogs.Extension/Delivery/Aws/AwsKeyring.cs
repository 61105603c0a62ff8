using System.Globalization;

namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>
/// The function's keys: of its environment, or of the container's credentials endpoint, asked again before they end. Safe for calls from
/// several threads. Source: <see href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html"/>.
/// </summary>
internal sealed class AwsKeyring
{
    // The platform has new keys some minutes before the old ones end.
    static readonly TimeSpan Early = TimeSpan.FromMinutes(5);

    readonly AwsOptions _options;
    readonly AwsHttp _http;
    readonly TimeProvider _time;
    readonly SingleFetch<AwsKeys> _fetch;
    AwsKeys? _current;

    /// <summary>Asks nothing yet.</summary>
    /// <param name="options">Where keys are.</param>
    /// <param name="http">Asks the endpoint.</param>
    /// <param name="time">The wall clock, by which keys end: it goes on while a sandbox is frozen.</param>
    public AwsKeyring(AwsOptions options, AwsHttp http, TimeProvider time)
    {
        _options = options;
        _http = http;
        _time = time;
        _current = options.Keys;
        _fetch = new SingleFetch<AwsKeys>(AskAsync);
    }

    /// <summary>The keys last given out. Null: none so far.</summary>
    public AwsKeys? Current => Volatile.Read(ref _current);

    /// <summary>Keys that are good for now.</summary>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> fired first.</exception>
    public async ValueTask<Fetched<AwsKeys>> GetAsync(CancellationToken cancel)
    {
        var current = Current;
        if (current is not null && (current.Expiry is not { } expiry || _time.GetUtcNow() < expiry - Early))
            return new Fetched<AwsKeys>(current, null);

        var fetched = await FetchAsync(cancel).ConfigureAwait(false);
        var isUsable = fetched.Value is null && current?.Expiry > _time.GetUtcNow();
        return isUsable ? new Fetched<AwsKeys>(current, null) : fetched;
    }

    /// <summary>Asks for other keys than those last given out, which were refused.</summary>
    /// <param name="cancel">Ends the waiting.</param>
    /// <returns>False: there are no others.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> fired first.</exception>
    public async ValueTask<bool> RenewAsync(CancellationToken cancel)
    {
        var refused = Current;
        if (_options.Keys is not null)
            return false;

        var fetched = await FetchAsync(cancel).ConfigureAwait(false);
        return fetched.Value is { } keys && (keys.Id != refused?.Id || keys.Token != refused.Token);
    }

    /// <summary>See <see cref="SingleFetch{T}.Interrupt"/>.</summary>
    public void Interrupt() => _fetch.Interrupt();

    async Task<Fetched<AwsKeys>> FetchAsync(CancellationToken cancel)
    {
        if (_options.ContainerUrl is null)
            return Fetched<AwsKeys>.Failed("there are no AWS keys (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set)");

        return await _fetch.GetAsync(cancel).ConfigureAwait(false);
    }

    async Task<Fetched<AwsKeys>> AskAsync(CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _options.ContainerUrl);
        if (Token() is { } token)
            request.Headers.TryAddWithoutValidation("Authorization", token);

        // Kept here, not by the one who asked: whoever asked may be gone, cut off by a deadline.
        var fetched = Read(await _http.AskAsync(request, cancel).ConfigureAwait(false));
        if (fetched.Value is not null)
            Volatile.Write(ref _current, fetched.Value);

        return fetched;
    }

    string? Token()
    {
        if (_options.ContainerTokenFile is not { } file)
            return _options.ContainerToken;

        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Without the token the endpoint refuses, and that is told.
            return null;
        }
    }

    static Fetched<AwsKeys> Read(AwsAnswer answer)
    {
        const string From = "no AWS keys from the container's credentials endpoint";
        if (answer.Failure is { } failure)
            return Fetched<AwsKeys>.Failed($"{From}: {failure}");

        string Text(string name) => JsonField.Find(answer.Body, name).Text;
        if (answer.Status != 200 || Text("AccessKeyId") is not { Length: > 0 } id || Text("SecretAccessKey") is not { Length: > 0 } secret)
            return Fetched<AwsKeys>.Failed($"{From}: it answered {answer.Status}{(answer.Status == 200 ? " without keys" : "")}");

        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal;
        var hasExpiry = DateTimeOffset.TryParse(Text("Expiration"), CultureInfo.InvariantCulture, Utc, out var expiry);
        return new Fetched<AwsKeys>(new AwsKeys(id, secret, Text("Token") is { Length: > 0 } token ? token : null)
        {
            Expiry = hasExpiry ? expiry : null,
        }, null);
    }
}
