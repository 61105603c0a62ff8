using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LambdaLogs.Extension.Tests.Fakes.Delivery;

/// <summary>What is to be in a certificate that a test makes, right or wrong.</summary>
/// <param name="Subject">The common name.</param>
internal sealed record CertificatePlan(string Subject)
{
    /// <summary>Any purpose.</summary>
    public const string ForAnything = "2.5.29.37.0";

    /// <summary>Signing of programs.</summary>
    public const string ForPrograms = "1.3.6.1.5.5.7.3.3";

    /// <summary>The names it is valid for: <c>DNS:logs.test</c>, <c>IP:192.0.2.1</c>, <c>URI:…</c>, <c>EMAIL:…</c>. Empty: it has none.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Whether it is an authority. Null: it does not say.</summary>
    public bool? IsAuthority { get; init; }

    /// <summary>How many authorities may be below it. Null: any number.</summary>
    public int? PathLength { get; init; }

    /// <summary>What its key is for. Null: it does not say.</summary>
    public X509KeyUsageFlags? Uses { get; init; }

    /// <summary>What it was issued for. Empty: it does not say.</summary>
    public IReadOnlyList<string> Purposes { get; init; } = [];

    /// <summary>First day of its time, counted from today.</summary>
    public int FirstDay { get; init; } = -1;

    /// <summary>Last day of its time, counted from today.</summary>
    public int LastDay { get; init; } = 1;

    /// <summary>Its key.</summary>
    public KeyKind Key { get; init; }

    /// <summary>How it is signed.</summary>
    public SignatureKind Signature { get; init; }

    /// <summary>Names below it: <c>permitted DNS:example.test</c>, <c>excluded IP:192.0.2.0/255.255.255.0</c>. Empty: any.</summary>
    public IReadOnlyList<string> Constraints { get; init; } = [];

    /// <summary>Whether an extension that nobody knows is critical. Null: there is none.</summary>
    public bool? UnknownIsCritical { get; init; }

    /// <summary>Whether a bit of its signature is wrong.</summary>
    public bool IsTamperedWith { get; init; }

    /// <summary>An authority that signs certificates.</summary>
    public static CertificatePlan Authority(string name) => new(name)
    {
        IsAuthority = true,
        Uses = X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign,
        FirstDay = -100,
        LastDay = 100,
    };

    /// <summary>A server's certificate.</summary>
    public static CertificatePlan Server(params string[] names) => new("server")
    {
        Names = names,
        IsAuthority = false,
        Purposes = [Delivery.Authority.ForServers],
    };

    /// <summary>Makes a chain of certificates, each signed by the one before it; the first signs itself.</summary>
    /// <returns>The certificates in DER, in the order of the plans, and the key of the last in DER.</returns>
    public static (byte[][] Certificates, byte[] Key) Issue(IReadOnlyList<CertificatePlan> plans)
    {
        var made = new byte[plans.Count][];
        for (var at = 0; at < plans.Count; at++)
        {
            var issuer = Math.Max(at - 1, 0);
            made[at] = plans[at].Issue(SigningKey.Of(plans[at].Key, at), plans[issuer].Subject, SigningKey.Of(plans[issuer].Key, issuer));
        }

        return (made, SigningKey.Of(plans[^1].Key, plans.Count - 1).Pkcs8);
    }

    byte[] Issue(SigningKey own, string issuer, SigningKey issuersKey)
    {
        var request = new CertificateRequest(new X500DistinguishedName("CN=" + Subject), own.Public, SigningKey.DigestOf(Signature));
        foreach (var extension in Extensions())
            request.CertificateExtensions.Add(extension);

        var now = TimeProvider.System.GetUtcNow();
        using var made = request.Create(
            new X500DistinguishedName("CN=" + issuer),
            issuersKey.Generator(Signature),
            now.AddDays(FirstDay),
            now.AddDays(LastDay),
            RandomNumberGenerator.GetBytes(8));
        var der = made.RawData;
        if (IsTamperedWith)
            der[^1] ^= 1;
        return der;
    }

    IEnumerable<X509Extension> Extensions()
    {
        if (Names.Count > 0)
            yield return new X509Extension("2.5.29.17", Sequence(writer => Write(writer, Names)), critical: false);
        if (IsAuthority is { } isAuthority)
            yield return new X509BasicConstraintsExtension(isAuthority, PathLength is not null, PathLength ?? 0, critical: true);
        if (Uses is { } uses)
            yield return new X509KeyUsageExtension(uses, critical: true);
        if (Purposes.Count > 0)
            yield return new X509EnhancedKeyUsageExtension([.. Purposes.Select(purpose => new Oid(purpose))], critical: false);
        if (Constraints.Count > 0)
            yield return new X509Extension("2.5.29.30", Sequence(WriteConstraints), critical: true);
        if (UnknownIsCritical is { } isCritical)
            yield return new X509Extension("1.3.6.1.4.1.55555.1", [5, 0], isCritical);
    }

    /// <summary>RFC 5280, section 4.2.1.10.</summary>
    void WriteConstraints(AsnWriter writer)
    {
        foreach (var (number, kind) in ((int, string)[])[(0, "permitted "), (1, "excluded ")])
        {
            var bases = Constraints.Where(text => text.StartsWith(kind, StringComparison.Ordinal)).Select(text => text[kind.Length..]).ToList();
            if (bases.Count == 0)
                continue;

            using var list = writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, number));
            foreach (var name in bases)
            {
                using var subtree = writer.PushSequence();
                Write(writer, [name]);
            }
        }
    }

    /// <summary>RFC 5280, section 4.2.1.6; of an address with a mask behind it, section 4.2.1.10.</summary>
    static void Write(AsnWriter writer, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            var (kind, value) = (name[..name.IndexOf(':')], name[(name.IndexOf(':') + 1)..]);
            if (kind is "IP")
            {
                byte[] address = [.. value.Split('/').SelectMany(part => IPAddress.Parse(part).GetAddressBytes())];
                writer.WriteOctetString(address, new Asn1Tag(TagClass.ContextSpecific, 7));
                continue;
            }

            var number = kind switch { "DNS" => 2, "EMAIL" => 1, _ => 6 };
            writer.WriteCharacterString(UniversalTagNumber.IA5String, value, new Asn1Tag(TagClass.ContextSpecific, number));
        }
    }

    static byte[] Sequence(Action<AsnWriter> content)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
            content(writer);
        return writer.Encode();
    }
}
