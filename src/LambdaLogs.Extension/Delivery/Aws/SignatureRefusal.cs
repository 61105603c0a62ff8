using System.Globalization;

namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>Explains a 401 or 403 response to a signed request. Services word it in many ways, or not at all. Pure.</summary>
internal static class SignatureRefusal
{
    // Services tolerate 5 minutes or more. With a smaller difference the clock is not the cause.
    static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(4);

    /// <summary>Returns the cause, to precede the endpoint's own words.</summary>
    /// <param name="refusal">The response.</param>
    /// <param name="scope">The scope of the signature.</param>
    /// <returns>One line. Null: the cause is not known.</returns>
    public static string? Explain(SendResult refusal, SigningScope scope)
    {
        var said = refusal.Detail ?? "";
        var cause = Skew(refusal.ClockSkew) ?? Cause(said, scope);
        if (cause is null || said.Length == 0)
            return cause ?? refusal.Detail;

        return PlainText.OneLine($"{cause}: {said}", longest: 500);
    }

    static string? Skew(TimeSpan? ahead)
    {
        if (ahead is not { } skew || skew.Duration() < Tolerance)
            return null;

        var minutes = skew.Duration().TotalMinutes.ToString("0", CultureInfo.InvariantCulture);
        return $"this machine's clock is {minutes} minutes {(skew > TimeSpan.Zero ? "behind" : "ahead of")} the endpoint's, "
            + "so its signatures are rejected";
    }

    static string? Cause(string said, SigningScope scope)
    {
        if (Mentions(said, "ExpiredToken") || (Mentions(said, "security token") && Mentions(said, "expired")))
            return "the session token of the function's AWS keys has expired";

        if (Mentions(said, "security token") || Mentions(said, "InvalidClientTokenId") || Mentions(said, "UnrecognizedClient"))
            return "the function's AWS keys are not known to the service";

        if (Mentions(said, "Signature expired") || Mentions(said, "not yet current") || Mentions(said, "RequestTimeTooSkewed"))
            return "the endpoint rejects the time of the signature";

        if (Mentions(said, "signature we calculated") || Mentions(said, "SignatureDoesNotMatch") || Mentions(said, "scoped to"))
        {
            return $"the signature for {scope.Service} in {scope.Region} does not match; "
                + "set HTTP_AUTH_SIGV4_SERVICE and HTTP_AUTH_SIGV4_REGION to those of the endpoint";
        }

        return Mentions(said, "not authorized to perform") ? "the function's role lacks a permission" : null;
    }

    static bool Mentions(string text, string words) => text.Contains(words, StringComparison.OrdinalIgnoreCase);
}
