using System.Text;
using LambdaLogs.Extension.Wire.Tls;

namespace LambdaLogs.Extension.Tests.Wire.Tls;

/// <summary>The published vectors: FIPS 180-2 (appendix B) and RFC 4231.</summary>
public sealed class Sha256Tests
{
    [Theory]
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")]
    public void A_digest_is_the_published_one(string text, string expected) =>
        Assert.Equal(expected, Convert.ToHexStringLower(Sha256.Of(Encoding.ASCII.GetBytes(text))));

    [Fact]
    public void A_million_letters_are_digested_too() => Assert.Equal(
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
        Convert.ToHexStringLower(Sha256.Of(Encoding.ASCII.GetBytes(new string('a', 1_000_000)))));

    [Theory]
    [InlineData("Jefe", "what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")]
    [InlineData("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")]
    public void A_keyed_digest_is_the_published_one(string key, string text, string expected)
    {
        var bytes = key.StartsWith("0b", StringComparison.Ordinal) ? Convert.FromHexString(key) : Encoding.ASCII.GetBytes(key);

        Assert.Equal(expected, Convert.ToHexStringLower(Sha256.Hmac(bytes, Encoding.ASCII.GetBytes(text))));
    }

    [Fact]
    public void A_key_longer_than_a_block_is_digested_first()
    {
        var key = Enumerable.Repeat((byte)0xAA, 131).ToArray();

        Assert.Equal(
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
            Convert.ToHexStringLower(Sha256.Hmac(key, "Test Using Larger Than Block-Size Key - Hash Key First"u8)));
    }
}
