using System.Text;

namespace LambdaLogs.Extension.Delivery.Trust;

/// <summary>
/// Where trust anchors are read from: the first available of the user's setting, the system's bundle and the built-in bundle. They are not
/// combined, so that a certificate which the user or the system does not trust is never accepted.
/// </summary>
/// <param name="Name">The source, for messages.</param>
/// <param name="Read">Returns the PEM text; empty if it cannot be read.</param>
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

    /// <summary>Chooses the source. Checks whether files exist, but reads none.</summary>
    /// <param name="userCa">PEM text, or the path of a PEM file. Null: not set.</param>
    /// <param name="systemFile">The system's bundle. Null: a usual path.</param>
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

    /// <summary>The system's certificates together with the user's, for services other than the endpoint.</summary>
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

    // In a variable, line breaks are often written as \n.
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
