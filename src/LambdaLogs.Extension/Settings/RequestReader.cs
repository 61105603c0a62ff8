using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Delivery.Aws;

namespace LambdaLogs.Extension.Settings;

/// <summary>Reads the request options.</summary>
internal static class RequestReader
{
    const string NothingSent = "nothing is sent";

    /// <summary>Reads method, headers, compression and version.</summary>
    /// <param name="reader">The environment; collects the problems.</param>
    /// <param name="authentication">Sets its own header. Null: there was a problem with it.</param>
    /// <param name="aws">Sets its own headers. Null: not configured.</param>
    /// <returns>Null, and a problem: a request without its headers, which may name a tenant, could reach another one.</returns>
    public static RequestOptions? Read(EnvironmentReader reader, Authentication? authentication, AwsAuthentication? aws)
    {
        var headers = Headers(reader, AuthenticatorHeader(authentication, aws));
        var request = new RequestOptions
        {
            Method = (SendMethod)reader.Choice(TransportVariables.Method),
            Headers = headers ?? [],
            Compression = Compression(reader),
            WantsOtherVersion = reader.Choice(TransportVariables.Version) > 0,
        };
        return headers is null ? null : request;
    }

    static Compression? Compression(EnvironmentReader reader)
    {
        var variable = TransportVariables.BodyCompression;
        if (reader.Text(variable) is null)
            return null;

        if (reader.ChoiceOrNull(variable) is { } kind)
            return (Compression)kind;

        reader.Problem(variable, null, "using the default of the format");
        return null;
    }

    static IReadOnlyList<RequestHeader>? Headers(EnvironmentReader reader, string? authenticatorHeader)
    {
        if (reader.Text(TransportVariables.Headers) is not { } text)
            return [];

        var problem = HeaderList.Read(text, out var headers, out var notes) ?? Contradiction(headers, authenticatorHeader);
        foreach (var note in notes)
        {
            var (expected, used) = (note[..note.LastIndexOf(';')], note[(note.LastIndexOf(';') + 2)..]);
            reader.Problem(TransportVariables.Headers, expected, used);
        }

        if (problem is null)
            return headers;

        reader.Problem(TransportVariables.Headers, $"{TransportVariables.Headers.AllowedText} ({problem})", NothingSent);
        return null;
    }

    static string? AuthenticatorHeader(Authentication? authentication, AwsAuthentication? aws)
    {
        if (aws is { Recipe: { Kind: AuthenticationKind.ApiKey } recipe })
            return recipe.HeaderName;

        var isNone = authentication is null or { Kind: AuthenticationKind.None };
        return aws is not null ? "Authorization" : isNone ? null : authentication!.HeaderName;
    }

    static string? Contradiction(IReadOnlyList<RequestHeader> headers, string? authenticatorHeader)
    {
        foreach (var header in headers)
        {
            if (header.Name.Equals(authenticatorHeader, StringComparison.OrdinalIgnoreCase))
                return $"{authenticatorHeader} is set by HTTP_AUTH_TYPE";
        }

        return null;
    }
}
