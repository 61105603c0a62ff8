namespace LambdaLogs.Extension.Delivery.Trust;

/// <summary>
/// The certificates that may end a chain, looked up by name when an endpoint presents its own: to load the whole of the system's store
/// costs 70 to 80 ms. What was found is kept. Safe for calls from several threads.
/// </summary>
/// <param name="choose">Finds out where they come from; called once, when the first certificate is presented.</param>
internal sealed class TrustAnchors(Func<AnchorSource> choose)
{
    const int MostKnown = 32;

    readonly Lock _gate = new();
    readonly List<(byte[] Subject, byte[][] Anchors)> _known = [];

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
    /// Never throws.
    /// </summary>
    /// <param name="presented">What the endpoint presented in DER, at most ten.</param>
    /// <returns>In DER. Empty: none, or the source cannot be read.</returns>
    public IReadOnlyList<byte[]> For(IReadOnlyList<byte[]> presented)
    {
        var found = new List<byte[]>();
        lock (_gate)
        {
            foreach (var certificate in presented)
            {
                if (CertificateNames.TryRead(certificate, out var issuer, out _))
                    found.AddRange(Named(issuer));
            }
        }

        return found;
    }

    AnchorSource Chosen() => _source ??= choose();

    byte[][] Named(ReadOnlySpan<byte> subject)
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
