namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>Derives service and region from an AWS host name. Pure.</summary>
internal static class AwsHost
{
    static readonly string[] Suffixes =
    [
        ".amazonaws.com", ".on.aws", ".api.aws", ".amazonaws.com.cn", ".api.amazonwebservices.com.cn", ".amazonaws.eu",
        ".c2s.ic.gov", ".sc2s.sgov.gov", ".cloud.adc-e.uk", ".csp.hci.ic.gov",
    ];

    /// <summary>
    /// Finds the region and, next to it, the service: after it in <c>search-x.eu-west-1.es.amazonaws.com</c>, before it in
    /// <c>x.execute-api.eu-west-1.amazonaws.com</c>.
    /// </summary>
    /// <param name="host">A host name.</param>
    /// <returns>Null: not an AWS host name, or in another form.</returns>
    public static SigningScope? Read(string host)
    {
        host = host.ToLowerInvariant();
        foreach (var suffix in Suffixes)
        {
            if (host.EndsWith(suffix, StringComparison.Ordinal))
                return OfLabels(host[..^suffix.Length].Split('.'));
        }

        return null;
    }

    /// <summary>The DNS suffix of a partition's services.</summary>
    /// <param name="partition">For example <c>aws</c>, <c>aws-cn</c>.</param>
    public static string DomainOf(string partition) => partition switch
    {
        "aws-cn" => "amazonaws.com.cn",
        "aws-eusc" => "amazonaws.eu",
        "aws-iso" => "c2s.ic.gov",
        "aws-iso-b" => "sc2s.sgov.gov",
        "aws-iso-e" => "cloud.adc-e.uk",
        "aws-iso-f" => "csp.hci.ic.gov",
        _ => "amazonaws.com",
    };

    /// <summary>Whether a text has the form of a region, for example <c>us-gov-west-1</c>.</summary>
    /// <param name="text">Any text.</param>
    public static bool IsRegion(ReadOnlySpan<char> text)
    {
        var dash = text.LastIndexOf('-');
        return dash > 3 && text.Length - dash is 2 or 3 && text[(dash + 1)..].IndexOfAnyExceptInRange('0', '9') < 0
            && text[..dash].Contains('-') && IsName(text[..dash]);
    }

    static SigningScope? OfLabels(string[] labels)
    {
        // The name of a VPC interface endpoint has one more label.
        var count = labels[^1] == "vpce" ? labels.Length - 1 : labels.Length;
        for (var at = count - 1; at >= 0; at--)
        {
            if (!IsRegion(labels[at]))
                continue;

            var service = at + 1 < count ? labels[at + 1] : at > 0 ? labels[at - 1] : null;
            return service is null ? null : new SigningScope(NameInSignatures(service), labels[at]);
        }

        return null;
    }

    static string NameInSignatures(string service)
    {
        const string Fips = "-fips";
        return (service.EndsWith(Fips, StringComparison.Ordinal) ? service[..^Fips.Length] : service) switch
        {
            "lambda-url" => "lambda",
            "aps-workspaces" => "aps",
            "aos" => "es",
            var other => other,
        };
    }

    static bool IsName(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterLower(character) && character != '-')
                return false;
        }

        return true;
    }
}
