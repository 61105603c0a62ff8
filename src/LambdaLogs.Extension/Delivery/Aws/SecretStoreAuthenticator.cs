using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Wire;
using LambdaLogs.Extension.Wire.Http;

namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>
/// Authenticates with credentials from a store. They are read before the first request, again when they are old, and immediately if the
/// endpoint refuses them. For the sender's thread, except <see cref="Redact"/> and <see cref="InvalidateConnections"/>.
/// </summary>
internal sealed class SecretStoreAuthenticator : ICredentialsProvider
{
    // How long a request waits for newer credentials if there are older ones. It is then sent with those, and the next request continues
    // to wait.
    static readonly TimeSpan LongestRefreshWait = TimeSpan.FromMilliseconds(250);

    // A store that fails is not asked again for every request.
    static readonly TimeSpan RefreshAgain = TimeSpan.FromSeconds(30);

    // Refused credentials that have not changed may be about to change: during a rotation neither version may work. They are read again
    // after this time, then after twice that, up to the refresh interval.
    static readonly TimeSpan FirstRecheck = TimeSpan.FromSeconds(10);

    readonly Lock _gate = new();
    readonly AuthenticationRecipe _recipe;
    readonly SecretReference _secret;
    readonly TimeSpan _refresh;
    readonly SecretStore _store;
    readonly TimeProvider _time;
    readonly ExtensionLog _log;

    Authentication? _current;
    Authentication? _former;
    Authentication? _used;
    bool _isRefused;
    bool _isReading;
    bool _failureLogged;
    DateTimeOffset _readAt;
    DateTimeOffset _refreshNotBefore;
    DateTimeOffset _recheckNotBefore;
    TimeSpan _recheckWait = FirstRecheck;

    /// <summary>Creates the provider, without sending a request.</summary>
    /// <param name="authentication">Which credentials, and how they become a header. Secret and recipe are set.</param>
    /// <param name="store">Reads them.</param>
    /// <param name="time">The wall clock, which decides about their age: it advances while the environment is frozen.</param>
    /// <param name="log">The extension's own log.</param>
    public SecretStoreAuthenticator(AwsAuthentication authentication, SecretStore store, TimeProvider time, ExtensionLog log)
    {
        _recipe = authentication.Recipe!;
        _secret = authentication.Secret!;
        _refresh = authentication.Refresh;
        _store = store;
        _time = time;
        _log = log;
    }

    /// <inheritdoc/>
    public PrepareResult Prepare(WaitLimit limit)
    {
        bool hasSome, isOld;
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            hasSome = _current is not null && !_isRefused;
            isOld = (now - _readAt).Duration() > _refresh && (now >= _refreshNotBefore || _isReading);
        }

        if (hasSome && !isOld)
            return default;

        var fetched = Read(hasSome ? limit.AtMost(LongestRefreshWait) : limit);
        return hasSome ? default : new PrepareResult(fetched.Failure, fetched.IsCutOff);
    }

    /// <inheritdoc/>
    public void Authenticate(HttpRequest request, ReadOnlySpan<byte> body)
    {
        Authentication? current;
        lock (_gate)
            current = _used = _current;

        current?.Authenticate(request, body);
    }

    /// <inheritdoc/>
    public SendResult? Renew(SendResult refusal, WaitLimit limit)
    {
        Authentication? refused;
        lock (_gate)
        {
            refused = _used;
            if (_current != refused)
                return null;

            if (_time.GetUtcNow() < _recheckNotBefore)
                return refusal;

            // No request is sent with refused credentials until they have been read again, even if this wait is cut off.
            _isRefused = true;
        }

        var fetched = Read(limit);
        if (fetched.Value is null)
            return refusal with { Verdict = Verdict.Retry, Detail = $"the credentials may have changed, but {fetched.Failure}" };

        return fetched.Value == refused ? refusal : null;
    }

    /// <inheritdoc/>
    public void InvalidateConnections() => _store.InvalidateConnections();

    /// <inheritdoc/>
    public string Redact(string text)
    {
        lock (_gate)
        {
            // A response may belong to a request with the previous credentials.
            text = _former?.Redact(text) ?? text;
            return _current?.Redact(text) ?? text;
        }
    }

    /// <summary>The reference, which is not a secret.</summary>
    public override string ToString() => _secret.ToString();

    FetchResult<Authentication> Read(WaitLimit limit)
    {
        lock (_gate)
            _refreshNotBefore = _time.GetUtcNow() + RefreshAgain;

        var read = _store.Read(limit);
        _isReading = read.IsCutOff;
        if (read.IsCutOff)
            return FetchResult<Authentication>.Failed(read.Failure!, isCutOff: true);

        var fetched = read.Value is null ? FetchResult<Authentication>.Failed(read.Failure!) : Keep(read.Value);
        Report(fetched.Failure);
        return fetched;
    }

    FetchResult<Authentication> Keep(string value)
    {
        if (_recipe.Create(value) is not { } made)
            return FetchResult<Authentication>.Failed($"{_secret} cannot be used as credentials: expected {_recipe.AllowedText}");

        lock (_gate)
        {
            var now = _time.GetUtcNow();
            _readAt = now;
            if (made.HeaderValue == _current?.HeaderValue)
            {
                PutOffRecheck(now);
                return new FetchResult<Authentication>(_current, null);
            }

            if (_current is not null)
                _log.Info($"the credentials in {_secret.Arn} have changed; the new ones are used");

            (_former, _current) = (_current, made);
            (_isRefused, _recheckWait, _recheckNotBefore) = (false, FirstRecheck, default);
            return new FetchResult<Authentication>(made, null);
        }
    }

    void PutOffRecheck(DateTimeOffset now)
    {
        if (!_isRefused)
            return;

        _isRefused = false;
        _recheckNotBefore = now + _recheckWait;
        _recheckWait = _recheckWait * 2 < _refresh ? _recheckWait * 2 : _refresh;
    }

    // Without credentials the sender logs why nothing is sent. While older ones exist, only this message says that they are out of date.
    void Report(string? failure)
    {
        bool isNews;
        lock (_gate)
        {
            isNews = failure is not null && !_failureLogged && _current is not null && !_isRefused;
            _failureLogged = failure is not null && (_failureLogged || isNews);
        }

        if (isNews)
            _log.Warn($"{failure}; the previous credentials are still used");
    }
}
