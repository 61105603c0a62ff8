using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Delivery.Aws;
using LambdaLogs.Extension.Formats;

namespace LambdaLogs.Extension.Settings;

/// <summary>Reads the authentication settings and checks that they are valid in a header.</summary>
internal static class AuthenticationReader
{
    const string NothingSent = "nothing is sent";

    /// <summary>Reads kind, user name, credentials and header name.</summary>
    /// <param name="reader">The environment; collects the problems.</param>
    /// <param name="endpoint">The endpoint. Null: none.</param>
    /// <param name="format">Contains the default header of an API key.</param>
    /// <param name="aws">The authentication that involves AWS and replaces the result. Null: none.</param>
    /// <returns>Null, and a problem, if requests would be refused or cannot be sent.</returns>
    public static Authentication? Read(EnvironmentReader reader, string? endpoint, FormatTraits format, out AwsAuthentication? aws)
    {
        aws = null;
        if (reader.ChoiceOrNull(HttpVariables.AuthType) is not { } kind)
        {
            reader.Problem(HttpVariables.AuthType, null, NothingSent);
            return null;
        }

        var credentials = reader.Text(HttpVariables.AuthCredentials);
        if ((AuthenticationKind)kind is AuthenticationKind.None)
            return None(reader, credentials);

        if ((AuthenticationKind)kind is AuthenticationKind.Sigv4)
        {
            aws = AwsReader.Signing(reader, endpoint);
            return aws is null ? null : Authentication.Deferred(AuthenticationKind.Sigv4, Authentication.DefaultHeader);
        }

        if (credentials is null)
        {
            reader.Problem(HttpVariables.AuthCredentials, $"them for HTTP_AUTH_TYPE={HttpVariables.AuthType.Choices[kind]}", NothingSent);
            return null;
        }

        var read = new CredentialsNormalizer(reader);
        credentials = read.Read((AuthenticationKind)kind, credentials, format.ApiKeyHeader);
        var recipe = Recipe(reader, format, (AuthenticationKind)kind, read.UserName, out var isWhole);
        if (SecretReference.LooksLikeArn(credentials))
        {
            aws = AwsReader.Stored(reader, credentials, recipe);
            return isWhole && aws is not null ? Authentication.Deferred(recipe.Kind, recipe.Header) : null;
        }

        var authentication = recipe.Create(credentials);
        if (authentication is null)
            reader.Problem(HttpVariables.AuthCredentials, recipe.AllowedText, NothingSent);

        return isWhole ? authentication : null;
    }

    static Authentication None(EnvironmentReader reader, string? credentials)
    {
        const string Unused = "no credentials are sent";
        if (credentials is not null)
            reader.Problem(HttpVariables.AuthType, "basic, bearer or apikey beside HTTP_AUTH_CREDENTIALS", Unused);
        else if (reader.Text(HttpVariables.AuthUserName) is not null)
            reader.Problem(HttpVariables.AuthType, "basic beside HTTP_AUTH_USERNAME", Unused);
        else if (reader.Text(HttpVariables.AuthHeaderName) is { } header && header != Authentication.DefaultApiKeyHeader)
            reader.Problem(HttpVariables.AuthType, "apikey beside HTTP_AUTH_HEADER_NAME", Unused);

        return Authentication.None;
    }

    // The problem was reported; an incomplete recipe is only used to check the credentials.
    static AuthenticationRecipe Recipe(
        EnvironmentReader reader, FormatTraits format, AuthenticationKind kind, string? ownUser, out bool isWhole)
    {
        var user = kind is AuthenticationKind.Basic ? ownUser ?? UserName(reader) : "";
        var header = kind is AuthenticationKind.ApiKey ? HeaderName(reader, format) : Authentication.DefaultApiKeyHeader;
        isWhole = user is not null && header is not null;
        return new AuthenticationRecipe
        {
            Kind = kind,
            UserName = user ?? "",
            HeaderName = header ?? Authentication.DefaultApiKeyHeader,
            KeyPrefix = reader.Text(HttpVariables.AuthHeaderName) is null ? format.ApiKeyPrefix : "",
        };
    }

    static string? UserName(EnvironmentReader reader)
    {
        if (reader.Text(HttpVariables.AuthUserName) is not { } user)
        {
            reader.Problem(HttpVariables.AuthUserName, null, "the user name is empty");
            return "";
        }

        if (!user.Contains(':') && !AuthenticationRecipe.HasControl(user))
            return user;

        reader.Problem(HttpVariables.AuthUserName, null, NothingSent);
        return null;
    }

    static string? HeaderName(EnvironmentReader reader, FormatTraits format)
    {
        var header = reader.Text(HttpVariables.AuthHeaderName) ?? format.ApiKeyHeader ?? Authentication.DefaultApiKeyHeader;
        if (HeaderText.IsName(header) && !HeaderText.IsReserved(header))
            return header;

        reader.Problem(HttpVariables.AuthHeaderName, null, NothingSent);
        return null;
    }
}
