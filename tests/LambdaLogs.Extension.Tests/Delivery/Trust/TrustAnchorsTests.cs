using System.Security.Cryptography;
using System.Text;
using LambdaLogs.Extension.Delivery.Trust;
using LambdaLogs.Extension.Tests.Fakes.Delivery;

namespace LambdaLogs.Extension.Tests.Delivery.Trust;

public sealed class TrustAnchorsTests : IDisposable
{
    readonly Authority _root = Authority.NewRoot();
    readonly Authority _other = Authority.NewRoot("Another Root");
    int _reads;

    public void Dispose()
    {
        _root.Dispose();
        _other.Dispose();
    }

    [Fact]
    public void Only_anchors_with_the_issuer_s_name_are_found()
    {
        using var leaf = _root.Issue();

        var found = Anchors(_other.Pem + "\n" + _root.Pem).For([leaf.RawData]);

        Assert.Equal(_root.Certificate.RawData, Assert.Single(found));
    }

    [Fact]
    public void Every_anchor_of_the_name_is_found()
    {
        using var renewed = Authority.NewRoot();
        using var leaf = _root.Issue();

        var found = Anchors(_root.Pem + "\n" + renewed.Pem).For([leaf.RawData]);

        Assert.Equal([_root.Certificate.RawData, renewed.Certificate.RawData], found);
    }

    [Fact]
    public void Without_an_issuer_the_certificate_itself_is_looked_for()
    {
        using var leaf = _root.Issue();
        using var intermediate = _root.NewIntermediate();
        using var below = intermediate.Issue();
        var anchors = Anchors(leaf.ExportCertificatePem() + "\n" + intermediate.Pem);

        Assert.Equal([leaf.RawData], anchors.For([leaf.RawData]));
        Assert.Equal([intermediate.Certificate.RawData], anchors.For([below.RawData, intermediate.Certificate.RawData]));
    }

    [Fact]
    public void Anchors_are_looked_up_once()
    {
        using var leaf = _root.Issue();
        using var second = _root.Issue("second");
        var anchors = Anchors(_root.Pem);

        var first = anchors.For([leaf.RawData]);

        Assert.Same(first[0], anchors.For([second.RawData])[0]);
        Assert.Equal(1, _reads);
    }

    [Fact]
    public void An_unknown_issuer_is_looked_up_once()
    {
        using var leaf = _root.Issue();
        var anchors = Anchors(_other.Pem);

        Assert.Empty(anchors.For([leaf.RawData]));
        var reads = _reads;
        Assert.Empty(anchors.For([leaf.RawData]));

        // For the issuer, and for the certificate itself.
        Assert.Equal((2, 2), (reads, _reads));
    }

    [Fact]
    public void Names_without_end_are_not_kept_without_end()
    {
        var anchors = Anchors(_root.Pem);
        using var leaf = _root.Issue();
        for (var number = 0; number < 100; number++)
        {
            using var unknown = Authority.SelfSigned($"unknown-{number}");
            Assert.Empty(anchors.For([unknown.RawData]));
        }

        Assert.Single(anchors.For([leaf.RawData]));
    }

    [Fact]
    public void A_broken_certificate_of_the_right_name_is_skipped()
    {
        using var leaf = _root.Issue();
        var broken = _root.Certificate.RawData;
        CertificateNames.TryRead(broken, out _, out var subject);

        // Behind the subject comes the key; its length is made nonsense.
        broken[broken.AsSpan().LastIndexOf(subject) + subject.Length + 1] ^= 0xFF;

        var pem = PemEncoding.WriteString("CERTIFICATE", broken);
        var found = Anchors(pem + "\n" + _root.Pem).For([leaf.RawData]);

        Assert.Contains(found, anchor => anchor.AsSpan().SequenceEqual(_root.Certificate.RawData));
    }

    TrustAnchors Anchors(string pem) => new(() => new AnchorSource("a test", () =>
    {
        _reads++;
        return Encoding.UTF8.GetBytes(pem);
    }));
}
