using LambdaLogs.Extension.Delivery;

namespace LambdaLogs.Extension.Settings;

/// <summary>Reads how requests look.</summary>
internal static class RequestReader
{
    const string NothingSent = "nothing is sent";

    /// <summary>Reads method, headers, compression and version.</summary>
    /// <param name="reader">The environment; gathers the problems.</param>
    /// <param name="authentication">Sets a header of its own. Null: there was a problem with it.</param>
    /// <returns>
    /// Null, and a problem: a request without its headers could end with somebody else, or nowhere. Headers may name a tenant.
    /// </returns>
    public static RequestOptions? Read(EnvironmentReader reader, Authentication? authentication)
    {
        var headers = Headers(reader, authentication);
        var request = new RequestOptions
        {
            Method = (SendMethod)reader.Choice(TransportVariables.Method),
            Headers = headers ?? [],
            Compression = Compression(reader),
            Version = (WireVersion)reader.Choice(TransportVariables.Version),
        };
        return headers is null ? null : request;
    }

    static Compression? Compression(EnvironmentReader reader)
    {
        var variable = TransportVariables.BodyCompression;
        if (reader.Text(variable) is null)
            return null;

        if (reader.ChoiceOrNothing(variable) is { } kind)
            return (Compression)kind;

        reader.Problem(variable, null, "using the default of the format");
        return null;
    }

    static IReadOnlyList<RequestHeader>? Headers(EnvironmentReader reader, Authentication? authentication)
    {
        if (reader.Text(TransportVariables.Headers) is not { } text)
            return [];

        var problem = HeaderList.Read(text, out var headers) ?? Contradiction(headers, authentication);
        if (problem is null)
            return headers;

        reader.Problem(TransportVariables.Headers, $"{TransportVariables.Headers.AllowedText} ({problem})", NothingSent);
        return null;
    }

    static string? Contradiction(IReadOnlyList<RequestHeader> headers, Authentication? authentication)
    {
        if (authentication is null or { Kind: AuthenticationKind.None })
            return null;

        foreach (var header in headers)
        {
            if (header.Name.Equals(authentication.HeaderName, StringComparison.OrdinalIgnoreCase))
                return $"{authentication.HeaderName} is set by HTTP_AUTH_TYPE";
        }

        return null;
    }
}
