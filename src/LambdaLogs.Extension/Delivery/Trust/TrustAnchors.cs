using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LambdaLogs.Extension.Delivery.Trust;

/// <summary>
/// The certificates that may end a chain, looked up by name when an endpoint presents its own: the framework's way, to load the whole of
/// the system's store, costs 70 to 80 ms. What was found is kept. Safe for calls from several threads.
/// </summary>
/// <param name="choose">Finds out where they come from; called once, when the first certificate is presented.</param>
internal sealed class TrustAnchors(Func<AnchorSource> choose)
{
    const int MostKnown = 32;

    readonly Lock _gate = new();
    readonly List<(byte[] Subject, X509Certificate2[] Anchors)> _known = [];

    AnchorSource? _source;

    /// <summary>Where they come from, for people.</summary>
    public string Source
    {
        get
        {
            lock (_gate)
                return Chosen().Name;
        }
    }

    /// <summary>
    /// Those whose subject is the issuer of one of the given certificates, or the subject itself: a pinned certificate is its own anchor.
    /// </summary>
    /// <param name="presented">What the endpoint presented, at most ten.</param>
    /// <returns>Shared certificates: not to be disposed. Empty: none, or the source cannot be read.</returns>
    public X509Certificate2Collection For(IEnumerable<X509Certificate2> presented)
    {
        var found = new X509Certificate2Collection();
        lock (_gate)
        {
            foreach (var certificate in presented)
                found.AddRange(Named(certificate.IssuerName.RawData));
        }

        return found;
    }

    AnchorSource Chosen() => _source ??= choose();

    X509Certificate2[] Named(byte[] subject)
    {
        foreach (var (name, anchors) in _known)
        {
            if (name.AsSpan().SequenceEqual(subject))
                return anchors;
        }

        // Not found is kept as well: an endpoint that is not trusted must not cost a walk with every attempt. Whoever invents names gains
        // nothing.
        var found = Find(subject);
        if (_known.Count == MostKnown)
            _known.Clear();

        _known.Add((subject, found));
        return found;
    }

    X509Certificate2[] Find(ReadOnlySpan<byte> subject)
    {
        var found = new List<X509Certificate2>();
        var certificates = new PemCertificates(Chosen().Read());
        while (certificates.MoveNext())
        {
            if (CertificateNames.TryRead(certificates.Current, out _, out var name) && name.SequenceEqual(subject)
                && TryParse(certificates.Current, out var anchor))
                found.Add(anchor);
        }

        return [.. found];
    }

    static bool TryParse(ReadOnlySpan<byte> der, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out X509Certificate2? certificate)
    {
        try
        {
            certificate = X509CertificateLoader.LoadCertificate(der);
            return true;
        }
        catch (CryptographicException)
        {
            certificate = null;
            return false;
        }
    }
}
