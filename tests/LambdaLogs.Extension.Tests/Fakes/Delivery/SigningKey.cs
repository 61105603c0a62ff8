using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LambdaLogs.Extension.Tests.Fakes.Delivery;

/// <summary>The kinds of keys that certificates have, good ones and weak ones.</summary>
internal enum KeyKind
{
    P256,
    P384,
    P521,
    Rsa1024,
    Rsa2040,
    Rsa2048,
    Rsa3072,
    Ed25519,
}

/// <summary>How a key signs.</summary>
internal enum SignatureKind
{
    Sha256,
    Sha384,
    Sha512,
    Pss,
    Sha1,
    Md5,
}

/// <summary>A key that signs certificates, also in ways that the framework offers no more. Never disposed: the keys are shared by all tests.</summary>
/// <param name="publicKey">The public part.</param>
/// <param name="pkcs8">The private part in DER.</param>
/// <param name="generator">Makes signatures of a kind.</param>
internal sealed class SigningKey(PublicKey publicKey, byte[] pkcs8, Func<SignatureKind, X509SignatureGenerator> generator)
{
    // RSA keys take long to make.
    static readonly ConcurrentDictionary<(KeyKind Kind, int Number), Lazy<SigningKey>> Made = new();

    /// <summary>The public part.</summary>
    public PublicKey Public => publicKey;

    /// <summary>The private part in DER.</summary>
    public byte[] Pkcs8 => pkcs8;

    /// <summary>One of the keys of a kind: the same number is the same key.</summary>
    public static SigningKey Of(KeyKind kind, int number) =>
        Made.GetOrAdd((kind, number), _ => new Lazy<SigningKey>(() => Make(kind))).Value;

    /// <summary>Makes signatures.</summary>
    public X509SignatureGenerator Generator(SignatureKind kind) => generator(kind);

    /// <summary>The digest of a kind of signature, as the framework wants to know it; where the generator is ours it has no effect.</summary>
    public static HashAlgorithmName DigestOf(SignatureKind kind) => kind switch
    {
        SignatureKind.Sha384 => HashAlgorithmName.SHA384,
        SignatureKind.Sha512 => HashAlgorithmName.SHA512,
        _ => HashAlgorithmName.SHA256,
    };

    static SigningKey Make(KeyKind kind) => kind switch
    {
        KeyKind.P256 => OfCurve(ECCurve.NamedCurves.nistP256),
        KeyKind.P384 => OfCurve(ECCurve.NamedCurves.nistP384),
        KeyKind.P521 => OfCurve(ECCurve.NamedCurves.nistP521),
        KeyKind.Rsa1024 => OfRsa(1024),
        KeyKind.Rsa2040 => OfRsa(2040),
        KeyKind.Rsa2048 => OfRsa(2048),
        KeyKind.Rsa3072 => OfRsa(3072),
        _ => Ed25519(),
    };

    static SigningKey OfCurve(ECCurve curve)
    {
        // ecdsa-with-SHA1.
        byte[] old = [0x30, 9, 6, 7, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 1];
        var key = ECDsa.Create(curve);
        var known = new PublicKey(key);
        return new SigningKey(known, key.ExportPkcs8PrivateKey(), kind => kind is SignatureKind.Sha1
            ? new OwnSignatures(known, old, data => key.SignData(data, HashAlgorithmName.SHA1, DSASignatureFormat.Rfc3279DerSequence))
            : X509SignatureGenerator.CreateForECDsa(key));
    }

    static SigningKey OfRsa(int bits)
    {
        // sha1WithRSAEncryption; the last byte but two tells the digest.
        static byte[] Old(byte digest) => [0x30, 13, 6, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 13, 1, 1, digest, 5, 0];
        var key = RSA.Create(bits);
        var known = new PublicKey(key);
        return new SigningKey(known, key.ExportPkcs8PrivateKey(), kind => kind switch
        {
            SignatureKind.Sha1 =>
                new OwnSignatures(known, Old(5), data => key.SignData(data, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1)),
            SignatureKind.Md5 =>
                new OwnSignatures(known, Old(4), data => key.SignData(data, HashAlgorithmName.MD5, RSASignaturePadding.Pkcs1)),
            SignatureKind.Pss => X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pss),
            _ => X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1),
        });
    }

    /// <summary>The framework knows no Ed25519; OpenSSL does. RFC 8410.</summary>
    static SigningKey Ed25519()
    {
        byte[] algorithm = [0x30, 5, 6, 3, 0x2B, 0x65, 0x70];
        var seed = RandomNumberGenerator.GetBytes(32);
        var key = new Ed25519Key(seed);
        var known = PublicKey.CreateFromSubjectPublicKeyInfo([0x30, 0x2A, .. algorithm, 3, 0x21, 0, .. key.Public()], out _);
        byte[] pkcs8 = [0x30, 0x2E, 2, 1, 0, .. algorithm, 4, 0x22, 4, 0x20, .. seed];
        return new SigningKey(known, pkcs8, _ => new OwnSignatures(known, algorithm, key.Sign));
    }

    /// <summary>Signatures by a function.</summary>
    sealed class OwnSignatures(PublicKey key, byte[] algorithm, Func<byte[], byte[]> sign) : X509SignatureGenerator
    {
        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) => algorithm;

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) => sign(data);

        protected override PublicKey BuildPublicKey() => key;
    }
}
