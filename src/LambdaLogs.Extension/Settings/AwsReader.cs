using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Delivery.Aws;

namespace LambdaLogs.Extension.Settings;

/// <summary>Reads the settings of signatures and stored credentials. Used only if one of the two is configured.</summary>
internal static class AwsReader
{
    const string NothingSent = "nothing is sent";

    /// <summary>Reads the scope of signatures.</summary>
    /// <param name="reader">The environment; collects the problems.</param>
    /// <param name="endpoint">The endpoint. Null: none, which was reported.</param>
    /// <returns>Null, and a problem, if the service is not known or a name is invalid.</returns>
    public static AwsAuthentication? Signing(EnvironmentReader reader, string? endpoint)
    {
        if (reader.Text(HttpVariables.AuthCredentials) is not null)
            reader.Problem(HttpVariables.AuthCredentials, "none for sigv4, which takes the function's AWS keys", "they are ignored");

        var guess = endpoint is null ? null : AwsHost.Read(new Uri(endpoint).Host);
        var service = Service(reader, guess, isNeeded: endpoint is not null);
        var region = Region(reader, guess);
        return service is null || region is null ? null : new AwsAuthentication
        {
            Environment = Environment(reader),
            Signing = new SigningScope(service, region),
        };
    }

    /// <summary>Reads which credentials are in a store.</summary>
    /// <param name="reader">The environment; collects the problems.</param>
    /// <param name="arn">The value of <c>HTTP_AUTH_CREDENTIALS</c>.</param>
    /// <param name="recipe">How the credentials become a header.</param>
    /// <returns>Null, and a problem, if it is not the ARN of a store.</returns>
    public static AwsAuthentication? Stored(EnvironmentReader reader, string arn, AuthenticationRecipe recipe)
    {
        var refresh = reader.Duration(AwsVariables.Refresh);
        if (SecretReference.Parse(arn) is { } secret)
            return new AwsAuthentication { Environment = Environment(reader), Secret = secret, Recipe = recipe, Refresh = refresh };

        // The start of an ARN is not secret, but the rest may be.
        reader.Problem(HttpVariables.AuthCredentials, SecretReference.AcceptedForm, NothingSent);
        return null;
    }

    static string? Service(EnvironmentReader reader, SigningScope? guess, bool isNeeded)
    {
        var service = reader.Text(AwsVariables.SigningService) ?? guess?.Service;
        if (service is not null && IsName(service))
            return service;

        if (isNeeded || service is not null)
        {
            var why = service is null ? "; the endpoint's name does not tell it" : "";
            reader.Problem(AwsVariables.SigningService, AwsVariables.SigningService.AllowedText + why, NothingSent);
        }

        return null;
    }

    static string? Region(EnvironmentReader reader, SigningScope? guess)
    {
        var region = reader.Text(AwsVariables.SigningRegion) ?? guess?.Region
            ?? reader.Text("AWS_REGION") ?? reader.Text("AWS_DEFAULT_REGION");
        if (region is not null && AwsHost.IsRegion(region))
            return region;

        reader.Problem(AwsVariables.SigningRegion, null, NothingSent);
        return null;
    }

    /// <summary>Reads keys and addresses.</summary>
    /// <param name="reader">The environment; gathers the problems.</param>
    public static AwsOptions Environment(EnvironmentReader reader) => new()
    {
        Keys = Keys(reader),
        ContainerUrl = reader.Text("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") is { } path
            ? Url(reader, "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "http://169.254.170.2" + path)
            : Url(reader, "AWS_CONTAINER_CREDENTIALS_FULL_URI", reader.Text("AWS_CONTAINER_CREDENTIALS_FULL_URI")),
        ContainerToken = reader.Text("AWS_CONTAINER_AUTHORIZATION_TOKEN"),
        ContainerTokenFile = reader.Text("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"),
        SecretsManagerUrl = ServiceUrl(reader, "AWS_ENDPOINT_URL_SECRETS_MANAGER"),
        SsmUrl = ServiceUrl(reader, "AWS_ENDPOINT_URL_SSM"),
        S3Url = ServiceUrl(reader, "AWS_ENDPOINT_URL_S3"),
    };

    static AwsKeys? Keys(EnvironmentReader reader)
    {
        var id = reader.Text("AWS_ACCESS_KEY_ID");
        var secret = reader.Text("AWS_SECRET_ACCESS_KEY");
        return id is null || secret is null ? null : new AwsKeys(id, secret, reader.Text("AWS_SESSION_TOKEN"));
    }

    static string? ServiceUrl(EnvironmentReader reader, string variable)
    {
        if (reader.Text("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS") is { } ignore && ignore.Equals("true", StringComparison.OrdinalIgnoreCase))
            return null;

        return reader.Text(variable) is { } own
            ? Url(reader, variable, own)
            : Url(reader, "AWS_ENDPOINT_URL", reader.Text("AWS_ENDPOINT_URL"));
    }

    static string? Url(EnvironmentReader reader, string variable, string? text)
    {
        if (text is null || SimpleUrl.IsSimple(text)
            || (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
            return text;

        reader.Problem(new SettingProblem(variable, $"a text of {text.Length} characters", "an http:// or https:// URL", "it is ignored"));
        return null;
    }

    static bool IsName(string text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterLower(character) && !char.IsAsciiDigit(character) && character is not ('-' or '_'))
                return false;
        }

        return true;
    }
}
