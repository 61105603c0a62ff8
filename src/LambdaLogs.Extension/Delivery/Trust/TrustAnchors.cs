namespace LambdaLogs.Extension.Delivery.Trust;

/// <summary>
/// Looks up trust anchors by name when an endpoint presents its certificate: loading the whole system store would take 70 to 80 ms.
/// Results are cached. Thread-safe.
/// </summary>
/// <param name="choose">Chooses the source; called once, when the first certificate is presented.</param>
internal sealed class TrustAnchors(Func<AnchorSource> choose)
{
    const int MostKnown = 32;

    readonly Lock _gate = new();
    readonly List<(byte[] Subject, byte[][] Anchors)> _known = [];

    AnchorSource? _source;

    /// <summary>The source of the anchors, for messages.</summary>
    public string Source
    {
        get
        {
            lock (_gate)
                return Chosen().Name;
        }
    }

    /// <summary>
    /// Returns the anchors whose subject is the issuer of one of the given certificates. If there is none, those with the subject of one
    /// of them: a pinned certificate is its own anchor, even if another authority has issued it. Never throws.
    /// </summary>
    /// <param name="presented">The certificates that the endpoint presented, in DER, at most ten.</param>
    /// <returns>In DER. Empty: none, or the source cannot be read.</returns>
    public IReadOnlyList<byte[]> For(IReadOnlyList<byte[]> presented)
    {
        var found = new List<byte[]>();
        lock (_gate)
        {
            foreach (var certificate in presented)
            {
                if (CertificateNames.TryRead(certificate, out var issuer, out _))
                    found.AddRange(FindCached(issuer));
            }

            for (var at = 0; at < presented.Count && found.Count == 0; at++)
            {
                if (CertificateNames.TryRead(presented[at], out _, out var subject))
                    found.AddRange(FindCached(subject));
            }
        }

        return found;
    }

    AnchorSource Chosen() => _source ??= choose();

    byte[][] FindCached(ReadOnlySpan<byte> subject)
    {
        foreach (var (name, anchors) in _known)
        {
            if (name.AsSpan().SequenceEqual(subject))
                return anchors;
        }

        // A name without an anchor is cached as well: an untrusted endpoint must not cost a search with every attempt. The cache is
        // bounded, so invented names gain nothing.
        var found = Find(subject);
        if (_known.Count == MostKnown)
            _known.Clear();

        _known.Add((subject.ToArray(), found));
        return found;
    }

    byte[][] Find(ReadOnlySpan<byte> subject)
    {
        var found = new List<byte[]>();
        var certificates = new PemCertificates(Chosen().Read());
        while (certificates.MoveNext())
        {
            if (CertificateNames.TryRead(certificates.Current, out _, out var name) && name.SequenceEqual(subject))
                found.Add(certificates.Current.ToArray());
        }

        return [.. found];
    }
}
