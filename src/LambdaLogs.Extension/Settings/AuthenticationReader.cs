using LambdaLogs.Extension.Delivery;

namespace LambdaLogs.Extension.Settings;

/// <summary>Reads how a request proves who sends it, and checks that it can be said in a header.</summary>
internal static class AuthenticationReader
{
    const string NothingSent = "nothing is sent";

    /// <summary>Reads kind, user name, credentials and header name.</summary>
    /// <param name="reader">The environment; gathers the problems.</param>
    /// <returns>Null, and a problem: sending without it would only be refused, or is not possible.</returns>
    public static Authentication? Read(EnvironmentReader reader)
    {
        if (reader.ChoiceOrNothing(HttpVariables.AuthType) is not { } kind)
        {
            reader.Problem(HttpVariables.AuthType, null, NothingSent);
            return null;
        }

        var credentials = reader.Text(HttpVariables.AuthCredentials);
        if ((AuthenticationKind)kind is AuthenticationKind.None)
            return None(reader, credentials);

        if (credentials is null)
        {
            reader.Problem(HttpVariables.AuthCredentials, $"them for HTTP_AUTH_TYPE={HttpVariables.AuthType.Choices[kind]}", NothingSent);
            return null;
        }

        return (AuthenticationKind)kind switch
        {
            AuthenticationKind.Basic => Basic(reader, credentials),
            AuthenticationKind.Bearer => Bearer(reader, credentials),
            _ => ApiKey(reader, credentials),
        };
    }

    static Authentication None(EnvironmentReader reader, string? credentials)
    {
        const string Allowed = "basic, bearer or api_key beside HTTP_AUTH_CREDENTIALS";
        if (credentials is not null && reader.Text(HttpVariables.AuthType) is null)
            reader.Problem(HttpVariables.AuthType, Allowed, "no credentials are sent");

        return Authentication.None;
    }

    static Authentication? Basic(EnvironmentReader reader, string password)
    {
        var user = reader.Text(HttpVariables.AuthUserName);
        if (user is null)
            reader.Problem(HttpVariables.AuthUserName, null, "the user name is empty");

        var isUser = user is null || (!user.Contains(':') && !HasControl(user));
        if (!isUser)
            reader.Problem(HttpVariables.AuthUserName, null, NothingSent);

        var isPassword = !HasControl(password);
        if (!isPassword)
            reader.Problem(HttpVariables.AuthCredentials, null, NothingSent);

        return isUser && isPassword ? Authentication.Basic(user ?? "", password) : null;
    }

    static Authentication? Bearer(EnvironmentReader reader, string token)
    {
        if (HeaderText.IsValue(token))
            return Authentication.Bearer(token);

        reader.Problem(HttpVariables.AuthCredentials, "a token of visible ASCII characters", NothingSent);
        return null;
    }

    static Authentication? ApiKey(EnvironmentReader reader, string key)
    {
        var header = reader.Text(HttpVariables.AuthHeaderName) ?? Authentication.DefaultApiKeyHeader;
        var isHeader = HeaderText.IsName(header) && !HeaderText.IsReserved(header);
        if (!isHeader)
            reader.Problem(HttpVariables.AuthHeaderName, null, NothingSent);

        var isKey = HeaderText.IsValue(key);
        if (!isKey)
            reader.Problem(HttpVariables.AuthCredentials, "a key of visible ASCII characters", NothingSent);

        return isHeader && isKey ? Authentication.ApiKey(header, key) : null;
    }

    static bool HasControl(string text)
    {
        foreach (var character in text)
        {
            if (char.IsControl(character))
                return true;
        }

        return false;
    }
}
