using System.Text;
using System.Text.Json;

namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>
/// Parses the response of a store: the credentials, or an error message that says what to change. Pure. Sources:
/// <see href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html"/> and
/// <see href="https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html"/>.
/// </summary>
internal static class SecretResponse
{
    /// <summary>Parses a response.</summary>
    /// <param name="secret">What was requested.</param>
    /// <param name="response">The response.</param>
    /// <param name="hide">Removes secrets from the store's error message. Null: there are none.</param>
    /// <returns>The credentials, trimmed and not empty; or why there are none, with the ARN.</returns>
    public static FetchResult<string> Read(SecretReference secret, AwsResponse response, Func<string, string>? hide = null)
    {
        if (response.Failure is { } failure)
            return Failed($"{secret.Arn} cannot be read: {failure}");

        return response.Status == 200
            ? Value(secret, response.Body)
            : Failed(StoreRefusal.Of(secret.Arn, secret.Region, secret.Permission, response, hide));
    }

    static FetchResult<string> Value(SecretReference secret, byte[] body)
    {
        var (kind, text) = secret.IsParameter ? JsonField.Find(body, "Value", parent: "Parameter") : JsonField.Find(body, "SecretString");
        if (kind is JsonTokenType.String)
            return secret.Field is null ? Whole(secret, text) : Field(secret, secret.Field, text);

        var isBinary = !secret.IsParameter && JsonField.Find(body, "SecretBinary").Kind is JsonTokenType.String;
        return Failed(isBinary
            ? $"{secret.Arn} is a binary secret; store the credentials as text (SecretString)"
            : $"{secret.Arn}: the response of {secret.Scope.Service} contains no value");
    }

    static FetchResult<string> Whole(SecretReference secret, string text) => JsonField.IsObject(Encoding.UTF8.GetBytes(text))
        ? Failed($"{secret.Arn} is a JSON object; add the name of the field with the credentials, for example {secret.Arn}#password")
        : Trimmed(secret, text);

    static FetchResult<string> Field(SecretReference secret, string field, string text)
    {
        var json = Encoding.UTF8.GetBytes(text);
        if (!JsonField.IsObject(json))
            return Failed($"{secret.Arn} is not a JSON object, so it has no field \"{Excerpt(field)}\"; remove #{Excerpt(field)}");

        var (kind, value) = JsonField.Find(json, field);
        return kind switch
        {
            JsonTokenType.String => Trimmed(secret, value),
            JsonTokenType.None => Failed($"{secret.Arn} has no field \"{Excerpt(field)}\""),
            _ => Failed($"the field \"{Excerpt(field)}\" of {secret.Arn} is not a string"),
        };
    }

    // A value that was stored from a file ends with a line break, which is not part of it.
    static FetchResult<string> Trimmed(SecretReference secret, string text) => text.Trim() is { Length: > 0 } value
        ? new FetchResult<string>(value, null)
        : Failed($"{secret} is empty");

    static FetchResult<string> Failed(string why) => FetchResult<string>.Failed(why);

    static string Excerpt(string field) => PlainText.OneLine(field, longest: 60);
}
