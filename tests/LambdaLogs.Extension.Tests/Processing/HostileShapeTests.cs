using System.Text;
using LambdaLogs.Extension.Processing;
using LambdaLogs.Extension.Processing.Patterns;
using LambdaLogs.Extension.Processing.Redaction;
using LambdaLogs.Extension.Processing.Redaction.Detectors;

namespace LambdaLogs.Extension.Tests.Processing;

/// <summary>
/// Every detector and rule takes a number of steps that grows with the text only, whatever stands in it: counted, not measured by a clock.
/// </summary>
public sealed class HostileShapeTests
{
    static readonly int[] Sizes = [4 * 1024, 16 * 1024, 64 * 1024, 256 * 1024];

    /// <summary>Pieces that are repeated; what stands before and behind all of them.</summary>
    static readonly Dictionary<string, string[]> Shapes = new()
    {
        ["Email"] = ["@", "a@", "a@b.", "a.b@c.d", "@@a", "a@b-", ".@.", "é@é.é", "a@b.c@", "-@x."],
        ["CreditCard"] = ["1", "4111 ", "4111-", "4111 1111 1111 1111 ", "1.", "0000 0000000 ", "1234 56789012", "4", "4111 111111 ", "9 "],
        ["Ipv4"] = ["1", "1.", "1.2.3.4.", "255.", "1.1.1.1 ", "0", "999.", "1.2.", "1.1.1.1", "..1"],
        ["Ipv6"] = [":", "a:", "::", "f:f:", "1::", "a:b:c:d:e:f:1:2 ", "1.1.1.1:", "::ffff:1.", "g:", ": "],
        ["Jwt"] = ["eyJ", "eyJ.", "eyJaaaaaaaa.", "eyJaaaaaaaa.bbbbbbbbb.", ".eyJ", "eyJ-", "eyJ_eyJ", "eyJaaaaaa", "-eyJaaaaaaaaa.b", "eyJ eyJ."],
        ["AwsKey"] =
        [
            "secretaccesskey", "sessiontoken", "securitytoken", "A", "AKIA", "AKIAAKIAAKIAAKIAAKIA ", "secretaccesskey=", "secret_access_key = ",
            "sessiontoken:", "x-amz-security-token%3D",
        ],
        ["Bearer"] =
        [
            "bearer", "bearer ", "bearer.", "bearerbearer:", "authorization:", "authorization: bearer,", "cookie=", "\"cookie\",", "'cookie',\\\"", "x-api-key=\"",
        ],
        ["UrlCredentials"] = ["://", "a://", "a://@", "a://a:b@", "a:\\/\\/b@", "://x@", "a%3A%2F%2Fb%40", "a://a@a@", "a%3a%2f%2f%", "x://\""],
        ["Iban"] = ["A", "DE89 ", "DE8", "GB29NWBK", "DE89370400440532013000", "AD12 AD12 ", "AA00", "NO93 ", "XK05 1212 ", "DE89 3704 0044 0532 0130 0"],
        ["UsSsn"] = ["1-", "-", "123-45-6789", "123-45-", "--1", "000-00-0000", "1", "123-", "12-34-", "9-"],
    };

    static readonly string[] Texts =
    [
        "\"", "\\\"", "\"a\":", "\"x\":{", "\"x\":\"", "{\"a\":{\"x\":1},", "\"\\\\\\", "\"y\": \"z\", ", "\\u0078\"", "\"name\":\"x\",\"value\":",
        "x=", "x: ", "x.x.x=", "a.x: '", "x=[", "x=>{", "éx=", "%3Dx", "x = \\\"", "x:\n",
        "<", "<x", "<x ", "<x>", "<x><![CDATA[", "<x>]]>", "<a:x b='", "--", "--x", "--x ", "--x '", "a--x--",
    ];

    static readonly string[] Expressions = [@"\w+@\w+", "(a|b)*c", ".*?end|.", "x*y|x", "a{1,50}b", "(?i)[a-z]+ \\d", "^a|b$", @"\bab\b", "(a*)*b", "é.+ü"];

    public static TheoryData<string> Kinds => [.. Shapes.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_detector_takes_steps_by_the_byte(string kind)
    {
        var preset = Enum.Parse<RedactPresets>(kind);
        Assert.Equal(10, Shapes[kind].Length);
        foreach (var piece in Shapes[kind])
        {
            IsLinear($"{kind} on {piece}", perByte: 80, size =>
            {
                var work = new WorkMeter();
                var text = Repeated(piece, size);
                foreach (var find in AllDetectors.Of(preset, new RedactKeys(new RedactOptions { Presets = preset })))
                    find(text, new RangeList(), work);
                return work.Steps;
            });
        }
    }

    [Fact]
    public void Every_kind_is_among_them() =>
        Assert.Equal(RedactPresets.All, Shapes.Keys.Aggregate(RedactPresets.None, (all, kind) => all | Enum.Parse<RedactPresets>(kind)));

    [Fact]
    public void Names_in_texts_take_steps_by_the_byte()
    {
        foreach (var piece in Texts)
            IsLinear($"names on {piece}", perByte: 1100, size => Redacted(Repeated(piece, size)));
        // Quotes of which no two have the same number of backslashes.
        IsLinear("names on quotes of growing depth", perByte: 1100, size => Redacted(GrowingDepth(size)));
    }

    [Fact]
    public void Fields_take_steps_by_the_byte()
    {
        foreach (var piece in (string[])["[1,2]", "{\"x\":1}", "\"x\"", "{\"a\":{\"x\":[]}}", "{\"name\":\"x\",\"value\":1}", "\"\\\"x\\\":1\"", "4111111111111111", "[[[]]]", "{\"authorization\":\"bearer x\"}", "\"@\""])
        {
            IsLinear($"fields of {piece}", perByte: 400, size =>
            {
                var json = "{\"f\":[" + string.Join(',', Enumerable.Repeat(piece, size / piece.Length)) + "]}";
                return Redacted(default, Encoding.UTF8.GetBytes(json));
            });
        }
    }

    [Fact]
    public void An_expression_takes_at_most_as_many_steps_as_a_record_may()
    {
        var limits = new WorkLimits();
        foreach (var expression in Expressions)
        {
            foreach (var piece in (string[])["a", "b", "ab", "x", "é", "a1 ", "\n", "aaaaaaaaab", "a@", "\"\\"])
            {
                foreach (var size in Sizes)
                {
                    var text = Repeated(piece, size);
                    var work = new WorkMeter(limits, TimeProvider.System);
                    work.BeginRecord(text.Length);
                    Pattern.Compile([expression], work)!.FindAll(text, new RangeList());
                    Assert.InRange(work.Steps, text.Length, limits.RecordSteps + (limits.StepsPerByte * text.Length) + (4 * text.Length) + 10_000);
                }
            }
        }
    }

    [Fact]
    public void Whether_an_expression_matches_takes_steps_by_the_byte()
    {
        foreach (var expression in Expressions)
        {
            foreach (var piece in (string[])["a", "b", "ab", "x", "é", "a1 ", "\n", "aaaaaaaaab", "a@", "\"\\"])
            {
                IsLinear($"{expression} on {piece}", perByte: 40, size =>
                {
                    var work = new WorkMeter();
                    Pattern.Compile([expression], work)!.IsMatch(Repeated(piece, size));
                    return work.Steps;
                });
            }
        }
    }

    static void IsLinear(string what, int perByte, Func<int, long> steps)
    {
        var before = 0L;
        foreach (var size in Sizes)
        {
            var now = steps(size);
            Assert.True(now <= (long)perByte * size, $"{what}: {now} steps for {size} bytes");
            Assert.True(before == 0 || now <= (before * 4.4) + 20_000, $"{what}: {before} steps grew to {now} for {size} bytes");
            before = now;
        }
    }

    static long Redacted(ReadOnlySpan<byte> message, ReadOnlySpan<byte> attributes = default)
    {
        var work = new WorkMeter();
        var options = new RedactOptions { Presets = RedactPresets.Bearer | RedactPresets.AwsKey, Keys = ["x"], Paths = [["a", "x"]] };
        var mark = new RedactMark(options, new RuleServices(null!, TimeProvider.System, () => "salt", (_, _) => []));
        var keys = new RedactKeys(options);
        var text = new TextRedactor(options, keys, mark, work);
        if (!message.IsEmpty)
            new NamedValueRedactor(keys, mark, work).TryRedact(message, new ByteBuffer());
        if (!attributes.IsEmpty)
            new JsonRedactor(text, keys, mark, work).TryRedact(attributes, out _);
        return work.Steps;
    }

    static byte[] Repeated(string piece, int size) => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(piece, (size / piece.Length) + 1)))[..size];

    static byte[] GrowingDepth(int size)
    {
        var text = new StringBuilder();
        for (var depth = 1; text.Length < size; depth++)
            text.Append('\\', depth).Append('"');
        return Encoding.UTF8.GetBytes(text.ToString())[..size];
    }
}
