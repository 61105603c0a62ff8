namespace LambdaLogs.Extension.Processing.Redaction.Detectors;

/// <summary>Finds texts of one kind. Pure; takes a time that grows with the text.</summary>
/// <param name="text">Plain UTF-8.</param>
/// <param name="found">Gets the places.</param>
internal delegate void Detector(ReadOnlySpan<byte> text, Spans found);

/// <summary>The detectors of the presets.</summary>
internal static class AllDetectors
{
    /// <summary>Those that are asked for.</summary>
    public static Detector[] Of(RedactPresets presets)
    {
        var chosen = new List<Detector>();
        Add(chosen, presets, RedactPresets.Email, Emails.Find);
        Add(chosen, presets, RedactPresets.CreditCard, CardNumbers.Find);
        Add(chosen, presets, RedactPresets.Ipv4, Ipv4Addresses.Find);
        Add(chosen, presets, RedactPresets.Ipv6, Ipv6Addresses.Find);
        Add(chosen, presets, RedactPresets.Jwt, WebTokens.Find);
        Add(chosen, presets, RedactPresets.AwsKey, AwsKeys.Find);
        Add(chosen, presets, RedactPresets.Bearer, BearerTokens.Find);
        Add(chosen, presets, RedactPresets.UrlCredentials, UrlCredentials.Find);
        Add(chosen, presets, RedactPresets.Iban, Ibans.Find);
        Add(chosen, presets, RedactPresets.UsSsn, SocialSecurityNumbers.Find);
        return [.. chosen];
    }

    static void Add(List<Detector> chosen, RedactPresets presets, RedactPresets preset, Detector detector)
    {
        if ((presets & preset) != 0)
            chosen.Add(detector);
    }
}
