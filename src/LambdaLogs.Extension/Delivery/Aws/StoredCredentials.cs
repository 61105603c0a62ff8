using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Wire;
using LambdaLogs.Extension.Wire.Http;

namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>
/// Credentials out of a store: read before the first request, again when they have grown old, and at once when the endpoint refuses them.
/// For the thread that sends, but for <see cref="Hide"/> and <see cref="DropConnections"/>.
/// </summary>
internal sealed class StoredCredentials : ICredentialsProvider
{
    // A request waits this long for newer credentials while it has some; then it goes with those, and the next request waits on.
    static readonly TimeSpan LongestRefreshWait = TimeSpan.FromMilliseconds(250);

    // A store that fails is not asked with every request.
    static readonly TimeSpan RefreshAgain = TimeSpan.FromSeconds(30);

    // Credentials that were refused and are still the same may be about to change: rotation takes moments in which both do not fit. They
    // are looked at again after this time, then after twice of it, up to the refresh interval.
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

    /// <summary>Reads nothing yet.</summary>
    /// <param name="authentication">Which credentials, and what becomes of them: secret and recipe are there.</param>
    /// <param name="store">Reads them.</param>
    /// <param name="time">The wall clock, by which they grow old: it goes on while a sandbox is frozen.</param>
    /// <param name="log">Own log lines.</param>
    public StoredCredentials(AwsAuthentication authentication, SecretStore store, TimeProvider time, ExtensionLog log)
    {
        _recipe = authentication.Recipe!;
        _secret = authentication.Secret!;
        _refresh = authentication.Refresh;
        _store = store;
        _time = time;
        _log = log;
    }

    /// <inheritdoc/>
    public Preparation Prepare(WaitLimit limit)
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
        return hasSome ? default : new Preparation(fetched.Failure, fetched.IsCutOff);
    }

    /// <inheritdoc/>
    public void Prove(HttpRequest request, ReadOnlySpan<byte> body)
    {
        Authentication? current;
        lock (_gate)
            current = _used = _current;

        current?.Prove(request, body);
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

            // Until they have been read again no request goes out with them, also where this waiting is cut off.
            _isRefused = true;
        }

        var fetched = Read(limit);
        if (fetched.Value is null)
            return refusal with { Verdict = Verdict.Retry, Detail = $"the credentials may have changed, but {fetched.Failure}" };

        return fetched.Value == refused ? refusal : null;
    }

    /// <inheritdoc/>
    public void DropConnections() => _store.DropConnections();

    /// <inheritdoc/>
    public string Hide(string text)
    {
        lock (_gate)
        {
            // A response may be to a request of a moment ago.
            text = _former?.Hide(text) ?? text;
            return _current?.Hide(text) ?? text;
        }
    }

    /// <summary>The reference, which is no secret.</summary>
    public override string ToString() => _secret.ToString();

    Fetched<Authentication> Read(WaitLimit limit)
    {
        lock (_gate)
            _refreshNotBefore = _time.GetUtcNow() + RefreshAgain;

        var read = _store.Read(limit);
        _isReading = read.IsCutOff;
        if (read.IsCutOff)
            return Fetched<Authentication>.Failed(read.Failure!, isCutOff: true);

        var fetched = read.Value is null ? Fetched<Authentication>.Failed(read.Failure!) : Keep(read.Value);
        Report(fetched.Failure);
        return fetched;
    }

    Fetched<Authentication> Keep(string value)
    {
        if (_recipe.Make(value) is not { } made)
            return Fetched<Authentication>.Failed($"{_secret} cannot be sent: expected {_recipe.AllowedText}");

        lock (_gate)
        {
            var now = _time.GetUtcNow();
            _readAt = now;
            if (made.HeaderValue == _current?.HeaderValue)
            {
                PutOffRecheck(now);
                return new Fetched<Authentication>(_current, null);
            }

            if (_current is not null)
                _log.Info($"the credentials in {_secret.Arn} have changed; the new ones are used");

            (_former, _current) = (_current, made);
            (_isRefused, _recheckWait, _recheckNotBefore) = (false, FirstRecheck, default);
            return new Fetched<Authentication>(made, null);
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

    // Without credentials the pump says why nothing is sent; while there are some, this is the only one to say that they grow old.
    void Report(string? failure)
    {
        bool isNews;
        lock (_gate)
        {
            isNews = failure is not null && !_failureLogged && _current is not null && !_isRefused;
            _failureLogged = failure is not null && (_failureLogged || isNews);
        }

        if (isNews)
            _log.Warn($"{failure}; the credentials that were read before are used on");
    }
}
