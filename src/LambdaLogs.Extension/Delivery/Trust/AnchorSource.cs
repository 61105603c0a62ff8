using System.Text;

namespace LambdaLogs.Extension.Delivery.Trust;

/// <summary>
/// Where trust anchors are read from. One place decides, the first there is: what the user gave; the system's bundle; the bundle built in.
/// They are not mixed, so that a certificate the user or the system does not trust is not trusted by another way.
/// </summary>
/// <param name="Name">The place, for people.</param>
/// <param name="Read">Gives the PEM text; empty where it cannot be read.</param>
internal sealed record AnchorSource(string Name, Func<ReadOnlySpan<byte>> Read)
{
    const string EmbeddedName = "ca-bundle.pem";

    // Amazon Linux and Fedora; Debian and Alpine; Alpine's and BSD's other place; RHEL.
    static readonly string[] UsualFiles =
    [
        "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/ssl/certs/ca-certificates.crt",
        "/etc/ssl/cert.pem",
        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    ];

    /// <summary>Finds the place that decides. Looks whether files exist, reads none.</summary>
    /// <param name="userCa">PEM text, or the path of a PEM file. Null: the user gave none.</param>
    /// <param name="systemFile">The system's bundle. Null: at a usual place.</param>
    public static AnchorSource Choose(string? userCa, string? systemFile)
    {
        if (userCa is not null)
            return PemCertificates.IsPem(userCa) ? OfText(userCa) : OfFile("HTTP_TLS_CA", userCa);

        if (systemFile is not null && File.Exists(systemFile))
            return OfFile("SSL_CERT_FILE", systemFile);

        foreach (var file in UsualFiles)
        {
            if (File.Exists(file))
                return OfFile("the system's bundle", file);
        }

        return new AnchorSource("the built-in bundle", ReadEmbedded);
    }

    /// <summary>What the system trusts and, beside it, what the user gave: for services that are not the endpoint.</summary>
    /// <param name="userCa">See <see cref="Choose"/>.</param>
    /// <param name="systemFile">See <see cref="Choose"/>.</param>
    public static AnchorSource WithSystem(string? userCa, string? systemFile)
    {
        var system = Choose(null, systemFile);
        if (userCa is null)
            return system;

        var user = Choose(userCa, systemFile);
        return new AnchorSource($"{user.Name} or {system.Name}", () => (byte[])[.. user.Read(), (byte)'\n', .. system.Read()]);
    }

    // A text in a variable often comes with its line ends written as \n.
    static AnchorSource OfText(string pem) =>
        new("HTTP_TLS_CA", () => Encoding.UTF8.GetBytes(pem.Replace("\\n", "\n", StringComparison.Ordinal)));

    static AnchorSource OfFile(string what, string path) => new($"{what} ({path})", () => ReadFile(path));

    static ReadOnlySpan<byte> ReadFile(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    static ReadOnlySpan<byte> ReadEmbedded()
    {
        using var stream = typeof(AnchorSource).Assembly.GetManifestResourceStream(EmbeddedName);
        if (stream is null)
            return [];

        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
