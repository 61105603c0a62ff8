using System.Security.Cryptography.X509Certificates;
using LambdaLogs.Extension.Tests.Fakes.Delivery;

namespace LambdaLogs.Extension.Tests.Wire.Tls;

/// <summary>The table of what a server can present: chains, names, times, purposes, keys and constraints, each with its verdict.</summary>
internal static class ChainCases
{
    const string? Accepted = null;
    const string NotNow = "the endpoint's certificate or one above it is expired or not yet valid; it is valid from 20";
    const string NotForServers = "the endpoint's certificate or one above it was not issued for servers";
    const string NotAnAuthority = "the endpoint's certificate or one above it is not valid: invalid CA certificate";
    const string TooDeep = "the endpoint's certificate or one above it is not valid: path length constraint exceeded";
    const string WrongSignature = "the endpoint's certificate or one above it is not valid: certificate signature failure";
    const string Unknown = "the endpoint's certificate or one above it is not valid: unhandled critical extension";
    const string NotPermitted = "the endpoint's certificate or one above it is not valid: permitted subtree violation";
    const string Excluded = "the endpoint's certificate or one above it is not valid: excluded subtree violation";
    const string ShortKey = "the endpoint's certificate or one above it is too weak: EE certificate key too weak";
    const string ShortKeyAbove = "the endpoint's certificate or one above it is too weak: CA certificate key too weak";
    const string WeakSignature = "the endpoint's certificate or one above it is too weak: CA signature digest algorithm too weak";

    static readonly CertificatePlan Root = CertificatePlan.Authority("Root");
    static readonly CertificatePlan Middle = CertificatePlan.Authority("Middle");
    static readonly CertificatePlan Lower = CertificatePlan.Authority("Lower");
    static readonly CertificatePlan Server = CertificatePlan.Server("DNS:logs.test");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ChainCase> All { get; } =
        [.. Chains(), .. Pinned(), .. Times(), .. HostNames(), .. Wildcards(), .. Addresses(), .. Purposes(), .. Strength(), .. Constraints()];

    static string NotTrusted(string issuer) =>
        $"the endpoint's certificate, issued by \"{issuer}\", is not trusted by HTTP_TLS_CA; set HTTP_TLS_CA to the certificate of its authority";

    static string OtherHost(string host) => "the endpoint's certificate is for another host: " + host;

    static ChainCase[] Chains() =>
    [
        new("below the root", Accepted, Root, Server),
        new("one authority between", Accepted, Root, Middle, Server),
        new("two authorities between", Accepted, Root, Middle, Lower, Server),
        new("three authorities between", Accepted, Root, Middle, Lower, CertificatePlan.Authority("Lowest"), Server),
        new("sent in the wrong order", Accepted, Root, Middle, Lower, Server) { Sent = [1, 2] },
        new("sent with the root", Accepted, Root, Middle, Server) { Sent = [1, 0] },
        new("sent with its own certificate again", Accepted, Root, Middle, Server) { Sent = [2, 1] },
        new("the one between is not sent", NotTrusted("Middle"), Root, Middle, Server) { Sent = [] },
        new("the upper of two is not sent", NotTrusted("Lower"), Root, Middle, Lower, Server) { Sent = [2] },
        new("the lower of two is not sent", NotTrusted("Lower"), Root, Middle, Lower, Server) { Sent = [1] },
        new("the one between is trusted and not sent", Accepted, Root, Middle, Server) { Sent = [], Trusted = [1] },
        new("the one between is trusted and sent", Accepted, Root, Middle, Server) { Trusted = [1] },
        new("root and the one between are trusted", Accepted, Root, Middle, Server) { Sent = [], Trusted = [0, 1] },
        new("nobody is trusted", NotTrusted("Root"), Root, Server) { Trusted = [] },
        new("an unknown root is sent along", NotTrusted("Root"), Root, Server) { Sent = [0], Trusted = [] },
        new("another root of this name is trusted", WrongSignature, Root, Server) { IsRootForged = true },
        new("the one between is no authority", NotAnAuthority, Root, Middle with { IsAuthority = false }, Server),
        new("the one between does not say that it is one", NotAnAuthority, Root, Middle with { IsAuthority = null, Uses = null }, Server),
        new("the one between may sign lists only", NotAnAuthority, Root, Middle with { Uses = X509KeyUsageFlags.CrlSign }, Server),
        new("the one between is a server", NotAnAuthority, Root, Server with { Subject = "neighbour" }, Server),
        new("the root is no authority", NotAnAuthority, Root with { IsAuthority = false }, Server),
        new("the root allows nobody between", TooDeep, Root with { PathLength = 0 }, Middle, Server),
        new("the root allows one, there are two", TooDeep, Root with { PathLength = 1 }, Middle, Lower, Server),
        new("the one between allows nobody below", TooDeep, Root, Middle with { PathLength = 0 }, Lower, Server),
        new("the root allows one, there is one", Accepted, Root with { PathLength = 1 }, Middle with { PathLength = 0 }, Server),
        new("the root allows nobody, there is nobody", Accepted, Root with { PathLength = 0 }, Server),
        new("the server's own is an authority", Accepted, Root, Server with { IsAuthority = true }),
        new("the server's own does not say what it is", Accepted, Root, Server with { IsAuthority = null }),
        new("the server's own was changed", WrongSignature, Root, Server with { IsTamperedWith = true }),
        new("the one between was changed", WrongSignature, Root, Middle with { IsTamperedWith = true }, Server),
        new("an unknown critical extension", Unknown, Root, Server with { UnknownIsCritical = true }),
        new("an unknown critical extension above", Unknown, Root, Middle with { UnknownIsCritical = true }, Server),
        new("an unknown extension", Accepted, Root, Server with { UnknownIsCritical = false }),
    ];

    static ChainCase[] Pinned() =>
    [
        new("signs itself, trusted", Accepted, Server),
        new("signs itself as an authority, trusted", Accepted, Server with { IsAuthority = true, Uses = X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.DigitalSignature }),
        new("signs itself, says nothing, trusted", Accepted, Server with { IsAuthority = null, Purposes = [] }),
        new("signs itself, not trusted", NotTrusted("server"), Server) { Trusted = [] },
        new("signs itself, another of its name is trusted", NotTrusted("server"), Server) { IsRootForged = true },
        new("signs itself, expired", NotNow, Server with { FirstDay = -20, LastDay = -10 }),
        new("signs itself, from the future", NotNow, Server with { FirstDay = 10, LastDay = 20 }),
        new("signs itself for another host", OtherHost("other.test"), Server with { Names = ["DNS:other.test"] }),
        new("signs itself for clients", NotForServers, Server with { Purposes = [Authority.ForClients] }),
        new("signs itself with SHA-1", WeakSignature, Server with { Signature = SignatureKind.Sha1 }),
        new("signs itself with a short key", ShortKey, Server with { Key = KeyKind.Rsa1024 }),
        new("signs itself with an unknown critical extension", Unknown, Server with { UnknownIsCritical = true }),
        new("the server's own is trusted, nobody above it", Accepted, Root, Server) { Trusted = [1] },
    ];

    static ChainCase[] Times() =>
    [
        new("expired", NotNow, Root, Server with { FirstDay = -20, LastDay = -1 }),
        new("expired, the one between", NotNow, Root, Middle with { LastDay = -1 }, Server),
        new("expired, the root", NotNow, Root with { LastDay = -1 }, Server),
        new("from the future", NotNow, Root, Server with { FirstDay = 1, LastDay = 20 }),
        new("from the future, the one between", NotNow, Root, Middle with { FirstDay = 1 }, Server),
        new("from the future, the root", NotNow, Root with { FirstDay = 1 }, Server),
        new("valid beyond those above it", Accepted, Root, Middle with { LastDay = 10 }, Server with { FirstDay = -300, LastDay = 300 }),
        new("valid beyond the year 2050", Accepted, Root with { LastDay = 20_000 }, Server with { LastDay = 15_000 }),
        new("expired and for another host", OtherHost("other.test"), Root, Server with { Names = ["DNS:other.test"], LastDay = -1, FirstDay = -9 }),
    ];

    static ChainCase Named(string what, string? refusal, string host, params string[] names) =>
        new(what, refusal, Root, Server with { Names = names }) { Host = host };

    static ChainCase[] HostNames() =>
    [
        Named("the host's name", Accepted, "logs.test", "DNS:logs.test"),
        Named("the last of several names", Accepted, "logs.test", "DNS:a.test", "DNS:b.test", "DNS:logs.test"),
        Named("none of several names", OtherHost("a.test"), "logs.test", "DNS:a.test", "DNS:b.test"),
        Named("capital letters in the certificate", Accepted, "logs.test", "DNS:LOGS.Test"),
        Named("capital letters in the host", Accepted, "LOGS.TEST", "DNS:logs.test"),
        Named("a final dot behind the host", Accepted, "logs.test.", "DNS:logs.test"),
        Named("a final dot behind the name", OtherHost("logs.test."), "logs.test", "DNS:logs.test."),
        Named("a name above", OtherHost("test"), "logs.test", "DNS:test"),
        Named("a name below", OtherHost("a.logs.test"), "logs.test", "DNS:a.logs.test"),
        Named("the host below the name", OtherHost("logs.test"), "a.logs.test", "DNS:logs.test"),
        Named("a name that ends like the host", OtherHost("xlogs.test"), "logs.test", "DNS:xlogs.test"),
        Named("a name with a dot before it", OtherHost(".test"), "logs.test", "DNS:.test"),
        Named("a name that goes on behind a zero", OtherHost("logs.test"), "logs.test", "DNS:logs.test\0.evil.test"),
        Named("an empty name", OtherHost(""), "logs.test", "DNS:"),
        Named("one word", Accepted, "collector", "DNS:collector"),
        Named("an underscore", Accepted, "my_logs.test", "DNS:my_logs.test"),
        Named("letters of another script", Accepted, "xn--bcher-kva.test", "DNS:xn--bcher-kva.test"),
        Named("letters of another script, another name", OtherHost("xn--bcher-kva.test"), "xn--bucher-kva.test", "DNS:xn--bcher-kva.test"),
        Named("the name as a URI", OtherHost("it has no subject alternative names (server in the common name does not count)"), "logs.test", "URI:https://logs.test/"),
        Named("the name as an e-mail address", OtherHost("it has no subject"), "logs.test", "EMAIL:me@logs.test"),
        new("the name in the common name alone", OtherHost("it has no subject alternative names (logs.test in the common name does not count)"), Root, Server with { Subject = "logs.test", Names = [] }),
        new("the name in the common name, others beside it", OtherHost("a.test"), Root, Server with { Subject = "logs.test", Names = ["DNS:a.test"] }),
        new("another name in the common name", Accepted, Root, Server with { Subject = "a.test" }),
    ];

    static ChainCase[] Wildcards() =>
    [
        Named("any name of a domain", Accepted, "logs.example.test", "DNS:*.example.test"),
        Named("any name, the host of another script", Accepted, "xn--bcher-kva.example.test", "DNS:*.example.test"),
        Named("any name, capital letters", Accepted, "LOGS.example.test", "DNS:*.EXAMPLE.test"),
        Named("any name is not two", OtherHost("*.example.test"), "a.logs.example.test", "DNS:*.example.test"),
        Named("any name is not none", OtherHost("*.example.test"), "example.test", "DNS:*.example.test"),
        Named("any name of another domain", OtherHost("*.other.test"), "logs.example.test", "DNS:*.other.test"),
        Named("any name of a top-level domain", OtherHost("*.test"), "logs.test", "DNS:*.test"),
        Named("any name at all", OtherHost("*"), "collector", "DNS:*"),
        Named("the beginning of a name", OtherHost("lo*.example.test"), "logs.example.test", "DNS:lo*.example.test"),
        Named("the end of a name", OtherHost("*gs.example.test"), "logs.example.test", "DNS:*gs.example.test"),
        Named("beginning and end of a name", OtherHost("l*s.example.test"), "logs.example.test", "DNS:l*s.example.test"),
        Named("any name in the middle", OtherHost("logs.*.test"), "logs.example.test", "DNS:logs.*.test"),
        Named("two of any name", OtherHost("*.*.test"), "logs.example.test", "DNS:*.*.test"),
        Named("any name of another script", OtherHost("xn--*.example.test"), "xn--bcher-kva.example.test", "DNS:xn--*.example.test"),
        Named("the star itself as host", Accepted, "*.example.test", "DNS:*.example.test"),
    ];

    static ChainCase[] Addresses() =>
    [
        Named("an IPv4 address", Accepted, "192.0.2.1", "IP:192.0.2.1"),
        Named("another IPv4 address", OtherHost("192.0.2.2"), "192.0.2.1", "IP:192.0.2.2"),
        Named("an IPv4 address beside a name", Accepted, "192.0.2.1", "DNS:logs.test", "IP:192.0.2.1"),
        Named("an IPv4 address as a name", OtherHost("192.0.2.1"), "192.0.2.1", "DNS:192.0.2.1"),
        Named("any name for an IPv4 address", OtherHost("*.0.2.1"), "192.0.2.1", "DNS:*.0.2.1"),
        Named("a name for an IPv4 address", OtherHost("logs.test"), "192.0.2.1", "DNS:logs.test"),
        Named("an address for a name", OtherHost("192.0.2.1"), "logs.test", "IP:192.0.2.1"),
        Named("an IPv6 address", Accepted, "2001:db8::1", "IP:2001:db8::1"),
        Named("an IPv6 address in brackets", Accepted, "[2001:db8::1]", "IP:2001:db8::1"),
        Named("an IPv6 address that is written otherwise", Accepted, "2001:DB8:0:0::0:1", "IP:2001:db8::1"),
        Named("another IPv6 address", OtherHost("2001:db8::2"), "2001:db8::1", "IP:2001:db8::2"),
        Named("an IPv4 address within IPv6", OtherHost("192.0.2.1"), "::ffff:192.0.2.1", "IP:192.0.2.1"),
        new("an IPv4 address in the common name", OtherHost("it has no subject"), Root, Server with { Subject = "192.0.2.1", Names = [] }) { Host = "192.0.2.1" },
    ];

    static ChainCase[] Purposes() =>
    [
        new("for nothing in particular", Accepted, Root, Server with { Purposes = [] }),
        new("for servers and clients", Accepted, Root, Server with { Purposes = [Authority.ForClients, Authority.ForServers] }),
        new("for clients", NotForServers, Root, Server with { Purposes = [Authority.ForClients] }),
        new("for programs", NotForServers, Root, Server with { Purposes = [CertificatePlan.ForPrograms] }),
        new("for any purpose, not by name for servers", NotForServers, Root, Server with { Purposes = [CertificatePlan.ForAnything] }),
        new("a key for signatures", Accepted, Root, Server with { Uses = X509KeyUsageFlags.DigitalSignature }),
        new("a key for signing certificates only", NotForServers, Root, Server with { Uses = X509KeyUsageFlags.KeyCertSign }) { IsNewOnly = true },
        new("the one between for servers", Accepted, Root, Middle with { Purposes = [Authority.ForServers] }, Server),
        new("the one between for clients", NotForServers, Root, Middle with { Purposes = [Authority.ForClients] }, Server),
        new("the root for clients", NotForServers, Root with { Purposes = [Authority.ForClients] }, Server),
    ];

    static ChainCase[] Strength() =>
    [
        new("P-384", Accepted, Root with { Key = KeyKind.P384, Signature = SignatureKind.Sha384 }, Server with { Key = KeyKind.P384, Signature = SignatureKind.Sha384 }),
        new("P-521", Accepted, Root with { Key = KeyKind.P521, Signature = SignatureKind.Sha512 }, Server with { Key = KeyKind.P521, Signature = SignatureKind.Sha512 }),
        new("Ed25519", Accepted, Root with { Key = KeyKind.Ed25519 }, Server with { Key = KeyKind.Ed25519 }),
        new("RSA of 2048 bits", Accepted, Root with { Key = KeyKind.Rsa2048 }, Server with { Key = KeyKind.Rsa2048 }),
        new("RSA of 3072 bits, signed by P-256", Accepted, Root, Server with { Key = KeyKind.Rsa3072 }),
        new("P-256, signed by RSA", Accepted, Root with { Key = KeyKind.Rsa2048, Signature = SignatureKind.Sha384 }, Server),
        new("RSA signatures with PSS", Accepted, Root with { Key = KeyKind.Rsa2048, Signature = SignatureKind.Pss }, Server with { Key = KeyKind.Rsa2048, Signature = SignatureKind.Pss }),
        new("RSA below 2048 bits", ShortKey, Root, Server with { Key = KeyKind.Rsa2040 }),
        new("RSA of 1024 bits", ShortKey, Root, Server with { Key = KeyKind.Rsa1024 }),
        new("RSA of 1024 bits between", ShortKeyAbove, Root, Middle with { Key = KeyKind.Rsa1024 }, Server),
        new("RSA of 1024 bits, the root", ShortKeyAbove, Root with { Key = KeyKind.Rsa1024 }, Server),
        new("SHA-1 by RSA", WeakSignature, Root with { Key = KeyKind.Rsa2048 }, Server with { Signature = SignatureKind.Sha1 }),
        new("SHA-1 by P-256", WeakSignature, Root, Server with { Signature = SignatureKind.Sha1 }),
        new("SHA-1 between", WeakSignature, Root, Middle with { Signature = SignatureKind.Sha1 }, Server),
        new("MD5 between", WeakSignature, Root with { Key = KeyKind.Rsa2048 }, Middle with { Signature = SignatureKind.Md5 }, Server),
        new("MD5 by RSA", WeakSignature, Root with { Key = KeyKind.Rsa2048 }, Server with { Signature = SignatureKind.Md5 }),
        new("SHA-1 of the root about itself, which counts for nothing", Accepted, Root with { Signature = SignatureKind.Sha1 }, Server),
        new("SHA-1 between, trusted", Accepted, Root, Middle with { Signature = SignatureKind.Sha1 }, Server) { Trusted = [1] },
    ];

    static ChainCase Bound(string what, string? refusal, string host, string name, params string[] constraints) =>
        new(what, refusal, Root with { Constraints = constraints }, Server with { Names = [name] }) { Host = host };

    static ChainCase[] Constraints() =>
    [
        Bound("permitted", Accepted, "logs.test", "DNS:logs.test", "permitted DNS:logs.test"),
        Bound("the domain is permitted", Accepted, "logs.test", "DNS:logs.test", "permitted DNS:test"),
        Bound("one of two is permitted", Accepted, "logs.test", "DNS:logs.test", "permitted DNS:a.test", "permitted DNS:logs.test"),
        Bound("another is permitted", NotPermitted, "logs.test", "DNS:logs.test", "permitted DNS:other.test"),
        Bound("one that ends alike is permitted", NotPermitted, "xlogs.test", "DNS:xlogs.test", "permitted DNS:logs.test"),
        Bound("one below is permitted", NotPermitted, "logs.test", "DNS:logs.test", "permitted DNS:a.logs.test"),
        Bound("excluded", Excluded, "logs.test", "DNS:logs.test", "excluded DNS:logs.test"),
        Bound("the domain is excluded", Excluded, "logs.test", "DNS:logs.test", "excluded DNS:test"),
        Bound("another is excluded", Accepted, "logs.test", "DNS:logs.test", "excluded DNS:other.test"),
        Bound("permitted and excluded", Excluded, "logs.test", "DNS:logs.test", "permitted DNS:test", "excluded DNS:logs.test"),
        Bound("any name of a permitted domain", Accepted, "a.logs.test", "DNS:*.logs.test", "permitted DNS:logs.test"),
        Bound("any name of an excluded domain", Excluded, "a.logs.test", "DNS:*.logs.test", "excluded DNS:logs.test"),
        Bound("a permitted network", Accepted, "192.0.2.1", "IP:192.0.2.1", "permitted IP:192.0.2.0/255.255.255.0"),
        Bound("another network is permitted", NotPermitted, "192.0.2.1", "IP:192.0.2.1", "permitted IP:198.51.100.0/255.255.255.0"),
        Bound("an excluded network", Excluded, "192.0.2.1", "IP:192.0.2.1", "excluded IP:192.0.2.0/255.255.255.0"),
        Bound("another network is excluded", Accepted, "192.0.2.1", "IP:192.0.2.1", "excluded IP:198.51.100.0/255.255.255.0"),
        Bound("a permitted network of IPv6", Accepted, "2001:db8::1", "IP:2001:db8::1", "permitted IP:2001:db8::/ffff:ffff::"),
        Bound("an excluded network of IPv6", Excluded, "2001:db8::1", "IP:2001:db8::1", "excluded IP:2001:db8::/ffff:ffff::"),
        Bound("names are permitted, and there is an address", Accepted, "192.0.2.1", "IP:192.0.2.1", "permitted DNS:test"),
        new("one of two names is not permitted", NotPermitted, Root with { Constraints = ["permitted DNS:logs.test"] }, Server with { Names = ["DNS:logs.test", "DNS:a.test"] }),
        new("excluded by the one between", Excluded, Root, Middle with { Constraints = ["excluded DNS:test"] }, Server),
        new("permitted by the root, not by the one between", NotPermitted, Root with { Constraints = ["permitted DNS:test"] }, Middle with { Constraints = ["permitted DNS:a.test"] }, Server),
    ];
}
