using System.Globalization;
using System.Text;
using LambdaLogs.Extension.Wire.Tls;

namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>
/// AWS Signature Version 4 in the header <c>Authorization</c>. Pure.
/// Source: <see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html"/>.
/// </summary>
internal static class SigV4
{
    const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>Formats a time for <c>X-Amz-Date</c> and the signature, for example <c>20150830T123600Z</c>.</summary>
    /// <param name="time">In UTC.</param>
    public static string TimeText(DateTimeOffset time) => time.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The SHA-256 of a body in hexadecimal.</summary>
    /// <param name="body">The octets as they are sent.</param>
    public static string HashOf(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(Sha256.Of(body));

    /// <summary>Returns the value of the <c>Authorization</c> header.</summary>
    /// <param name="request">The request in canonical form.</param>
    /// <param name="keys">The keys.</param>
    /// <param name="scope">The service and region.</param>
    /// <param name="time">The value of <c>X-Amz-Date</c>, which must be among the request's headers.</param>
    public static string Authorization(CanonicalRequest request, AwsKeys keys, SigningScope scope, string time)
    {
        var day = time[..8];
        var place = $"{day}/{scope.Region}/{scope.Service}/aws4_request";
        var toSign = $"{Algorithm}\n{time}\n{place}\n{HashOf(Encoding.UTF8.GetBytes(request.Text))}";
        var signature = Convert.ToHexStringLower(Sign(KeyFor(keys.Secret, day, scope), toSign));
        return $"{Algorithm} Credential={keys.Id}/{place}, SignedHeaders={request.SignedHeaders}, Signature={signature}";
    }

    static byte[] KeyFor(string secret, string day, SigningScope scope)
    {
        var ofDay = Sign(Encoding.UTF8.GetBytes("AWS4" + secret), day);
        return Sign(Sign(Sign(ofDay, scope.Region), scope.Service), "aws4_request");
    }

    static byte[] Sign(byte[] key, string text) => Sha256.Hmac(key, Encoding.UTF8.GetBytes(text));
}
