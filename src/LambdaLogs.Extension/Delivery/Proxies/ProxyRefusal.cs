namespace LambdaLogs.Extension.Delivery.Proxies;

/// <summary>
/// A proxy does not lead to the endpoint. An exception because the HTTP client asks for connections, and takes no other answer; becomes a
/// result in <see cref="SendFailure"/>.
/// </summary>
/// <param name="status">The proxy's answer. 0: it closed the connection, or what it said is not HTTP.</param>
internal sealed class ProxyRefusal(int status) : IOException
{
    /// <summary>The proxy's answer, 100 to 599, or 0.</summary>
    public int Status => status;

    /// <summary>The refusal that an exception of the HTTP client holds. Null: it has another cause.</summary>
    /// <param name="failure">The exception.</param>
    public static ProxyRefusal? Within(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (failure is ProxyRefusal refusal)
                return refusal;
        }

        return null;
    }
}
