using System.Text;
using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Platform;

/// <summary>
/// Lambda's Extensions API, version 2020-01-01, and the subscription of the Telemetry API. Used by the loop's thread only. Source:
/// <see href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html"/>.
/// </summary>
/// <param name="connection">The connection to the platform.</param>
internal sealed class ExtensionsApi(PlatformConnection connection) : IDisposable
{
    const string StartedByLambda = "this program is a Lambda extension and is started by Lambda, from /opt/extensions";

    const int AccountDigits = 12;

    string _identity = "";
    byte[]? _next;
    bool _nextRequested;

    /// <summary>The function's account, twelve digits. Empty before the registration, and if the platform does not return it.</summary>
    public string AccountId { get; private set; } = "";

    /// <summary>Connects to the address in <c>AWS_LAMBDA_RUNTIME_API</c>.</summary>
    /// <exception cref="PlatformException">The variable is missing or is not an address.</exception>
    public static ExtensionsApi At(string? runtimeApi)
    {
        if (runtimeApi is null)
            throw new PlatformException("AWS_LAMBDA_RUNTIME_API is not set: " + StartedByLambda);
        if (!SocketAddress.TryParse(runtimeApi, out var address))
            throw new PlatformException($"AWS_LAMBDA_RUNTIME_API: expected host:port, got \"{runtimeApi}\"");

        return new ExtensionsApi(new PlatformConnection(address, runtimeApi));
    }

    /// <summary>
    /// Registers for events. Call it before anything slow: Lambda starts the runtime only after every extension has registered.
    /// </summary>
    /// <param name="name">The exact file name of the executable in <c>/opt/extensions</c>.</param>
    /// <param name="invoke">Whether to receive INVOKE events. Lambda Managed Instances refuse them.</param>
    /// <exception cref="PlatformException">The platform refuses.</exception>
    public void Register(string name, bool invoke)
    {
        var response = connection.Call(
            "POST /2020-01-01/extension/register",
            $"Lambda-Extension-Name: {name}\r\nLambda-Extension-Accept-Feature: accountId\r\nContent-Type: application/json\r\n",
            invoke ? """{"events":["INVOKE","SHUTDOWN"]}""" : """{"events":["SHUTDOWN"]}""");
        var identity = response.Head.Header("Lambda-Extension-Identifier"u8);
        if (response.Head.Status != 200 || identity.IsEmpty)
            throw new PlatformException($"the registration failed with status {response.Head.Status}: {response.Excerpt}");

        _identity = $"Lambda-Extension-Identifier: {Encoding.UTF8.GetString(identity)}\r\n";
        AccountId = AccountOf(response.Body);
    }

    /// <summary>
    /// Sends the request for the next event without waiting for the response, which tells Lambda that the last event has been handled.
    /// <see cref="Next"/> then only waits. The rest of the start-up happens in between, so that it does not delay the function.
    /// </summary>
    public void RequestNext()
    {
        connection.Send(_next ??= connection.Request("GET /2020-01-01/extension/event/next", _identity, ""));
        _nextRequested = true;
    }

    /// <summary>
    /// Requests the next event, which also tells Lambda that the last one has been handled. Blocks until an event arrives, for hours if
    /// necessary.
    /// </summary>
    /// <exception cref="PlatformException">The platform responded with an error.</exception>
    public PlatformEvent Next()
    {
        if (!_nextRequested)
            RequestNext();
        _nextRequested = false;
        var response = connection.Receive();
        return response.Head.Status == 200
            ? PlatformEventReader.Read(response.Body)
            : throw new PlatformException($"/next failed with status {response.Head.Status}: {response.Excerpt}");
    }

    /// <summary>Sends one subscription request.</summary>
    /// <param name="request">The body of the subscription.</param>
    /// <param name="excerpt">The start of the response, for a log line.</param>
    /// <returns>The status of the response.</returns>
    /// <exception cref="PlatformException">The platform cannot be reached.</exception>
    public int Subscribe(string request, out string excerpt)
    {
        var response = connection.Call("PUT /2022-07-01/telemetry", _identity + "Content-Type: application/json\r\n", request);
        excerpt = response.Head.Status == 200 ? "" : response.Excerpt;
        return response.Head.Status;
    }

    /// <summary>
    /// Tells Lambda that this extension cannot start, which fails the function's init phase. The process has to exit afterwards.
    /// </summary>
    /// <param name="errorType">For example <c>Extension.ConfigurationInvalid</c>.</param>
    public void FailInit(string errorType)
    {
        var header = "Lambda-Extension-Function-Error-Type: " + errorType + "\r\n";
        _ = connection.Call("POST /2020-01-01/extension/init/error", _identity + header, "");
    }

    // Without the JSON reader, so that the start does not load it.
    static string AccountOf(ReadOnlySpan<byte> body)
    {
        var name = "\"accountId\":\""u8;
        var at = body.IndexOf(name);
        var digits = at < 0 ? default : body[(at + name.Length)..];
        var isAccount = digits.Length > AccountDigits && digits[AccountDigits] == '"'
            && !digits[..AccountDigits].ContainsAnyExceptInRange((byte)'0', (byte)'9');
        return isAccount ? Encoding.UTF8.GetString(digits[..AccountDigits]) : "";
    }

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();
}
