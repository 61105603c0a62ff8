using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using LambdaLogs.Extension.Delivery;

namespace LambdaLogs.Extension.Checks;

/// <summary>What an endpoint's certificate says of itself, in words. Built during the handshake; keeps no certificate.</summary>
internal sealed class CertificateFacts
{
    /// <summary>Reads the certificates.</summary>
    /// <param name="leaf">The endpoint's.</param>
    /// <param name="chain">The framework's chain, with what came along in its extra store.</param>
    /// <param name="errors">What the framework found.</param>
    public CertificateFacts(X509Certificate2 leaf, X509Chain? chain, SslPolicyErrors errors)
    {
        Names = NamesOf(leaf);
        Issuer = NameOf(leaf, forIssuer: true);
        From = leaf.NotBefore.ToUniversalTime();
        Until = leaf.NotAfter.ToUniversalTime();
        IsForAnotherHost = errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch);
        Chain = NameOf(leaf, forIssuer: false);
        foreach (var certificate in chain?.ChainPolicy.ExtraStore ?? [])
        {
            if (!certificate.RawDataMemory.Span.SequenceEqual(leaf.RawDataMemory.Span))
                Chain += $" < {NameOf(certificate, forIssuer: false)}";
        }
    }

    /// <summary>Hosts it is for.</summary>
    public string Names { get; }

    /// <summary>Who has issued it.</summary>
    public string Issuer { get; }

    /// <summary>The certificates as they were presented, the endpoint's first.</summary>
    public string Chain { get; }

    /// <summary>Its first moment, in UTC.</summary>
    public DateTime From { get; }

    /// <summary>Its last moment, in UTC.</summary>
    public DateTime Until { get; }

    /// <summary>Whether it is not for the host that was asked for.</summary>
    public bool IsForAnotherHost { get; }

    /// <summary>All of it in one line.</summary>
    /// <param name="now">The wall clock.</param>
    public string Text(DateTimeOffset now)
    {
        var rest = Until - now.UtcDateTime;
        var left = rest < TimeSpan.Zero ? $"{-(int)rest.TotalDays} days ago" : $"{(int)rest.TotalDays} days left";
        var until = Until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return $"certificate for {Names}, until {until} ({left}), issued by {Issuer}; chain: {Chain}";
    }

    static string NamesOf(X509Certificate2 leaf)
    {
        var names = new List<string>();
        foreach (var extension in leaf.Extensions)
        {
            if (extension is not X509SubjectAlternativeNameExtension alternatives)
                continue;

            names.AddRange(alternatives.EnumerateDnsNames());
            foreach (var address in alternatives.EnumerateIPAddresses())
                names.Add(address.ToString());
        }

        const int MostShown = 5;
        var more = names.Count > MostShown ? $" and {names.Count - MostShown} more" : "";
        var shown = string.Join(", ", names.GetRange(0, Math.Min(names.Count, MostShown))) + more;
        return shown.Length == 0 ? "no host" : PlainText.OneLine(shown);
    }

    static string NameOf(X509Certificate2 certificate, bool forIssuer) =>
        $"\"{PlainText.OneLine(certificate.GetNameInfo(X509NameType.SimpleName, forIssuer), longest: 60)}\"";
}
