namespace LambdaLogs.Extension.Processing.Redaction.Detectors;

/// <summary>Finds text of one kind. Pure; takes a number of steps linear in the length of the text.</summary>
/// <param name="text">Unescaped UTF-8.</param>
/// <param name="found">Receives the ranges.</param>
/// <param name="work">Counts the examined bytes.</param>
internal delegate void Detector(ReadOnlySpan<byte> text, RangeList found, WorkMeter work);

/// <summary>The detectors of the presets and of named values.</summary>
internal static class AllDetectors
{
    /// <summary>Returns the detectors of the given presets and names.</summary>
    public static Detector[] Of(RedactPresets presets, RedactKeys keys)
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
        var named = presets & (RedactPresets.Bearer | RedactPresets.AwsKey);
        if (named != RedactPresets.None)
            chosen.Add((text, found, work) => NamedSecrets.Find(text, found, work, new PresetNames(named)));
        if (keys.HasOwn)
            chosen.Add((text, found, work) => NamedSecrets.Find(text, found, work, new ConfiguredNames(keys)));
        if (named != RedactPresets.None || keys.HasOwn)
            chosen.Add(new UnsignedSecrets(named, keys).Find);
        return [.. chosen];
    }

    static void Add(List<Detector> chosen, RedactPresets presets, RedactPresets preset, Detector detector)
    {
        if ((presets & preset) != 0)
            chosen.Add(detector);
    }
}
