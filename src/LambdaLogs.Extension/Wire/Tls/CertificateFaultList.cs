namespace LambdaLogs.Extension.Wire.Tls;

/// <summary>Collects the faults of a verification, by OpenSSL's error codes (<c>X509_V_ERR_…</c>).</summary>
internal sealed class CertificateFaultList
{
    /// <summary>The first error code. 0: none.</summary>
    public int First { get; private set; }

    /// <summary>All faults.</summary>
    public CertificateFaults All { get; private set; }

    /// <summary>Adds a fault.</summary>
    /// <param name="error">Not 0.</param>
    public void Add(int error)
    {
        First = First == 0 ? error : First;
        All |= error switch
        {
            62 or 64 => CertificateFaults.OtherHost,
            9 or 10 or 13 or 14 => CertificateFaults.NotValidNow,
            2 or 18 or 19 or 20 or 21 or 27 => CertificateFaults.NotTrusted,
            26 => CertificateFaults.NotForServers,
            66 or 67 or 68 => CertificateFaults.Weak,
            _ => CertificateFaults.Other,
        };
    }
}
