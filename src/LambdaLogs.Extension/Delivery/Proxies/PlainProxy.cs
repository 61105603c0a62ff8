using System.Net;

namespace LambdaLogs.Extension.Delivery.Proxies;

/// <summary>One proxy for everything, for the HTTP client. Credentials go with the requests, not over this.</summary>
/// <param name="proxy">The proxy.</param>
internal sealed class PlainProxy(ProxyAddress proxy) : IWebProxy
{
    /// <inheritdoc/>
    public ICredentials? Credentials
    {
        get => null;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public Uri GetProxy(Uri destination) => proxy.Uri;

    /// <inheritdoc/>
    public bool IsBypassed(Uri host) => false;
}
