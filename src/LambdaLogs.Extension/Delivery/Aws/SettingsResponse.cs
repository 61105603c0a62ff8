using System.Text;
using System.Text.Json;

namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>
/// Reads the response of Systems Manager or S3: the settings, or why there are none. Pure.
/// Sources: <see href="https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html"/> and
/// <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html"/>.
/// </summary>
internal static class SettingsResponse
{
    /// <summary>Longest text that is taken, in bytes.</summary>
    public const int BytesMax = 64 * 1024;

    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a response.</summary>
    /// <param name="reference">What was asked for.</param>
    /// <param name="response">What came.</param>
    /// <param name="hide">Takes secrets out of the service's words.</param>
    public static FetchResult<string> Read(SettingsReference reference, AwsResponse response, Func<string, string> hide)
    {
        if (response.Failure is { } failure)
            return FetchResult<string>.Failed($"{reference.Arn} cannot be read: {failure}") with { MayPass = true };

        if (response.Status == 200)
            return Text(reference, response.Body);

        var refusal = StoreRefusal.Of(reference.Arn, reference.Region, reference.Permission, response, hide);
        return FetchResult<string>.Failed(refusal) with { MayPass = StoreRefusal.MayPass(response) };
    }

    static FetchResult<string> Text(SettingsReference reference, byte[] body)
    {
        if (reference.IsObject)
            return Text(reference, body, body.Length);

        var (kind, value) = JsonField.Find(body, "Value", parent: "Parameter");
        return kind is JsonTokenType.String
            ? Taken(reference, value)
            : FetchResult<string>.Failed($"{reference.Arn}: the response of ssm holds no text");
    }

    static FetchResult<string> Text(SettingsReference reference, byte[] body, int length)
    {
        if (length > BytesMax)
            return FetchResult<string>.Failed($"{reference.Arn} is longer than 64KB");

        try
        {
            return Taken(reference, Strict.GetString(body));
        }
        catch (DecoderFallbackException)
        {
            return FetchResult<string>.Failed($"{reference.Arn} is no text in UTF-8");
        }
    }

    static FetchResult<string> Taken(SettingsReference reference, string text) => string.IsNullOrWhiteSpace(text)
        ? FetchResult<string>.Failed($"{reference.Arn} is empty")
        : new FetchResult<string>(text, null);
}
