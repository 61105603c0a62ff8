using System.Globalization;

using LambdaLogs.Extension.Wire;
using LambdaLogs.Extension.Wire.Http;

namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>
/// Provides the function's AWS keys, from its environment or from the container credentials endpoint, and renews them before they expire.
/// For the sender's thread. Source: <see href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html"/>.
/// </summary>
internal sealed class AwsCredentialsProvider
{
    // The platform has new keys some minutes before the old ones expire.
    static readonly TimeSpan RenewalMargin = TimeSpan.FromMinutes(5);

    readonly AwsOptions _options;
    readonly AwsHttp _http;
    readonly TimeProvider _time;
    AwsKeys? _current;

    /// <summary>Creates the provider, without sending a request.</summary>
    /// <param name="options">Where the keys are.</param>
    /// <param name="http">Sends requests to the credentials endpoint.</param>
    /// <param name="time">The wall clock, which decides about expiry: it advances while the environment is frozen.</param>
    public AwsCredentialsProvider(AwsOptions options, AwsHttp http, TimeProvider time)
    {
        _options = options;
        _http = http;
        _time = time;
        _current = options.Keys;
    }

    /// <summary>The keys that were last returned. Null: none so far.</summary>
    public AwsKeys? Current => Volatile.Read(ref _current);

    /// <summary>Returns valid keys.</summary>
    /// <param name="limit">Limits the wait.</param>
    public FetchResult<AwsKeys> Get(WaitLimit limit)
    {
        var current = Current;
        if (current is not null && (current.Expiry is not { } expiry || _time.GetUtcNow() < expiry - RenewalMargin))
            return new FetchResult<AwsKeys>(current, null);

        var fetched = Fetch(limit);
        var isUsable = fetched.Value is null && current?.Expiry > _time.GetUtcNow();
        return isUsable ? new FetchResult<AwsKeys>(current, null) : fetched;
    }

    /// <summary>Requests different keys, because the last ones were refused.</summary>
    /// <param name="limit">Limits the wait.</param>
    /// <returns>False: there are no others.</returns>
    public bool Renew(WaitLimit limit)
    {
        var refused = Current;
        if (_options.Keys is not null)
            return false;

        var fetched = Fetch(limit);
        return fetched.Value is { } keys && (keys.Id != refused?.Id || keys.Token != refused.Token);
    }

    /// <summary>See <see cref="AwsHttp.InvalidateConnections"/>.</summary>
    public void InvalidateConnections() => _http.InvalidateConnections();

    FetchResult<AwsKeys> Fetch(WaitLimit limit)
    {
        if (_options.ContainerUrl is null)
            return FetchResult<AwsKeys>.Failed("there are no AWS keys (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set)");

        var response = _http.Send(CreateRequest, limit, out var isCutOff);
        var fetched = Read(response) with { IsCutOff = isCutOff };
        if (fetched.Value is not null)
            Volatile.Write(ref _current, fetched.Value);

        return fetched;
    }

    (HttpRequest Request, byte[] Body) CreateRequest()
    {
        var request = new HttpRequest("GET", new Uri(_options.ContainerUrl!, UriKind.Absolute));
        if (ReadToken() is { } token)
            request.Add("Authorization", token);

        return (request, []);
    }

    string? ReadToken()
    {
        if (_options.ContainerTokenFile is not { } file)
            return _options.ContainerToken;

        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Without the token the endpoint refuses the request, and that refusal is logged.
            return null;
        }
    }

    static FetchResult<AwsKeys> Read(AwsResponse response)
    {
        const string From = "no AWS keys from the container's credentials endpoint";
        if (response.Failure is { } failure)
            return FetchResult<AwsKeys>.Failed($"{From}: {failure}");

        string Text(string name) => JsonField.Find(response.Body, name).Text;
        if (response.Status != 200
            || Text("AccessKeyId") is not { Length: > 0 } id || Text("SecretAccessKey") is not { Length: > 0 } secret)
            return FetchResult<AwsKeys>.Failed(
                $"{From}: it responded with {response.Status}{(response.Status == 200 ? " without keys" : "")}");

        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal;
        var hasExpiry = DateTimeOffset.TryParse(Text("Expiration"), CultureInfo.InvariantCulture, Utc, out var expiry);
        return new FetchResult<AwsKeys>(new AwsKeys(id, secret, Text("Token") is { Length: > 0 } token ? token : null)
        {
            Expiry = hasExpiry ? expiry : null,
        }, null);
    }
}
