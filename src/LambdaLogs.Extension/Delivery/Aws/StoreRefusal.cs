using System.Text;

namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>What a store's refusal means, in the words of the one who has to put it right. Pure.</summary>
internal static class StoreRefusal
{
    /// <summary>The refusal in one line.</summary>
    /// <param name="arn">What was asked for.</param>
    /// <param name="region">Where.</param>
    /// <param name="permission">What the role needs.</param>
    /// <param name="response">A response with another status than 200.</param>
    /// <param name="hide">Takes secrets out of the store's words. Null: there are none.</param>
    public static string Of(string arn, string region, string permission, AwsResponse response, Func<string, string>? hide)
    {
        var type = Hidden(TypeOf(response.Body), hide);
        var message = Hidden(MessageOf(response.Body), hide);
        var cause = type switch
        {
            "AccessDeniedException" or "AccessDenied" or "DecryptionFailure" or "InvalidKeyId" or "AllAccessDisabled" =>
                Denied(permission, message),
            "ResourceNotFoundException" or "ParameterNotFound" or "ParameterVersionNotFound" =>
                $"it does not exist in {region}",
            "NoSuchKey" => "there is no object of this key",
            "NoSuchBucket" => "there is no bucket of this name",
            "PermanentRedirect" or "TemporaryRedirect" or "AuthorizationHeaderMalformed" =>
                $"the bucket is in another region than {region}",
            "ThrottlingException" or "Throttling" or "TooManyRequestsException" or "SlowDown" =>
                "the store throttled the request; it will be retried",
            "ExpiredTokenException" or "UnrecognizedClientException" or "InvalidClientTokenId" or "IncompleteSignature"
                or "InvalidSignatureException" or "MissingAuthenticationTokenException" or "ExpiredToken" or "InvalidToken"
                or "InvalidAccessKeyId" or "SignatureDoesNotMatch" => $"the function's AWS keys were refused ({type})",
            _ => $"status {response.Status} {type}".TrimEnd(),
        };
        return PlainText.OneLine($"{arn} cannot be read: {cause}{(message.Length > 0 ? $" ({message})" : "")}", longest: 600);
    }

    /// <summary>Whether the same request may succeed a moment later.</summary>
    /// <param name="response">A response with another status than 200.</param>
    public static bool MayPass(AwsResponse response) => response.Status is 429 or >= 500
        || TypeOf(response.Body) is "ThrottlingException" or "Throttling" or "TooManyRequestsException" or "SlowDown";

    static string Denied(string permission, string message)
    {
        // "… is not authorized to perform: ssm:GetParameter on resource: …"; of KMS there is less to read.
        const string Perform = "perform: ";
        var at = message.IndexOf(Perform, StringComparison.Ordinal);
        var needed = at >= 0 ? message[(at + Perform.Length)..].Split(' ', 2)[0]
            : Says(message, "KMS") || Says(message, "ciphertext") || Says(message, "decrypt") ? "kms:Decrypt for its key"
            : permission;
        return $"the function's role lacks the permission {needed}";
    }

    static bool Says(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);

    // "com.amazonaws.secretsmanager#ResourceNotFoundException" as well as the name alone; S3 responds in XML.
    static string TypeOf(byte[] body)
    {
        if (Element(body, "Code") is { } code)
            return code;

        var type = JsonField.Find(body, "__type").Text;
        return type[(type.LastIndexOf('#') + 1)..];
    }

    static string MessageOf(byte[] body)
    {
        if (Element(body, "Message") is { } text)
            return text;

        return JsonField.Find(body, "Message").Text is { Length: > 0 } message ? message : JsonField.Find(body, "message").Text;
    }

    /// <summary>The text of an XML element. Null: the body is no XML, or has none.</summary>
    static string? Element(byte[] body, string name)
    {
        if (body.Length == 0 || body[0] != '<')
            return null;

        var text = Encoding.UTF8.GetString(body);
        var start = text.IndexOf($"<{name}>", StringComparison.Ordinal);
        var end = start < 0 ? -1 : text.IndexOf($"</{name}>", start, StringComparison.Ordinal);
        return end < 0 ? null : text[(start + name.Length + 2)..end];
    }

    static string Hidden(string text, Func<string, string>? hide) => hide is null ? text : hide(text);
}
