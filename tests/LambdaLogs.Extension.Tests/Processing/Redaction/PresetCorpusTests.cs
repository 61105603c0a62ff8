using LambdaLogs.Extension.Processing;
using LambdaLogs.Extension.Processing.Redaction;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Processing.Redaction;

/// <summary>
/// What each preset hides and what it leaves, on texts as they stand in logs. <c>«…»</c> marks what is to be hidden. Known mistakes are in
/// the corpus as well, and counted: a change that makes one more, or one fewer, has to say so here.
/// </summary>
public sealed class PresetCorpusTests
{
    const string Jwt = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";
    const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    static readonly Dictionary<RedactPresets, string[]> Corpus = new()
    {
        [RedactPresets.Email] =
        [
            "user «jo.doe+tag@mail.example.com» logged in", "<«a@b.co»>", "mailto:«x_y%z@sub.domain.org».", "«jörg@exämple.de»", "{\"to\":\"«jo@example.com»\"}",
            "(«first.last@example.museum»)", "@decorator", "npm i @scope/pkg@1.2.3", "user@localhost", "a @ b.com", "foo@bar.1", "x@.com", "rate 5@10.50", "arn:aws:iam::1:role/x@y",
        ],
        [RedactPresets.CreditCard] =
        [
            "card «4111111111111111» ok", "«4111 1111 1111 1111»", "«5500-0000-0000-0004»", "«378282246310005»", "«3782 822463 10005»", "«30569309025904»", "«6011111111111117»",
            "«3530111333300000»", "«2223003122003222»", "order 12 «4111 1111 1111 1111» 99", "{\"card\":\"«4111111111111111»\"}", "«4222222222222»",
            "4111111111111112", "1773480413101", "1741944413101000000", "id 459921b5-681c-4a96-beb0-81e0aa586026", "12345678901234567890", "0.4111111111111111", "4111111111111111a",
            "account 123456789012", "4111-1111 1111-1111", "4111111111111111.5", "trace 1-69b5a1c3-4111111111111111abcdef01", "6011 1111 1111",
        ],
        [RedactPresets.Ipv4] =
        [
            "from «10.0.0.1»", "«192.168.1.254»:8080", "(«8.8.8.8»)", "«255.255.255.255»/32", "x-forwarded-for: «203.0.113.7», «10.1.2.3»", "http://«127.0.0.1»:9001/",
            "256.1.1.1", "1.2.3", "1.2.3.4.5", "v1.2.3.4", "1.2.3.4-beta", "10.0.0", "3.14", "2026.03.14.1a",
            // A version of four numbers cannot be told from an address.
            "!Edge/«18.1.0.42»", "!Version=«9.0.0.0»,", "Chrome/120.0.6099.109",
        ],
        [RedactPresets.Ipv6] =
        [
            "from «2001:db8::1»", "[«2001:0db8:85a3:0000:0000:8a2e:0370:7334»]:443", "«::1»", "«fe80::1»%eth0", "«::ffff:10.0.0.1»", "peer «2001:db8::2»: refused", "«64:ff9b::»",
            "12:34:56", "2026-03-14T09:26:53", "std::string", "a::b", "00:1a:2b:3c:4d:5e", "Foo::Bar1", "::", "arn:aws:lambda:eu-west-1:123456789012:function:x", "1:2:3", "x=1:2:3:4:5:6:7:8:9",
        ],
        [RedactPresets.Jwt] =
        [
            $"token «{Jwt}»", $"\"«{Jwt}»\"", $"Authorization: Bearer «{Jwt}»", "eyJ", "eyJhbGciOiJIUzI1NiJ9", "eyJhbGciOiJIUzI1NiJ9.x", $"x{Jwt}", "payload eyJmb28iOiJiYXIifQ==",
        ],
        [RedactPresets.AwsKey] =
        [
            "key «AKIAIOSFODNN7EXAMPLE»", "\"AccessKeyId\":\"«ASIAIOSFODNN7EXAMPLE»\"", $"aws_secret_access_key = «{Secret}»", $"\"SecretAccessKey\":\"«{Secret}»\"",
            $"AWS_SECRET_ACCESS_KEY=«{Secret}»", $"SessionToken: «{new string('x', 120)}»", "AKIA", "AKIAIOSFODNN7EXAMPLEX", "xAKIAIOSFODNN7EXAMPLE", "AROAIOSFODNN7EXAMPLE",
            "the secret access key is missing", Secret, "session token expired",
        ],
        [RedactPresets.Bearer] =
        [
            "Authorization: Bearer «abc123def456»", "bearer «mF_9.B5f-4.1JqM»", "\"authorization\":\"Bearer «abcdefghijklmnopqrstuvwxyz»\"", "BEARER «AbCdEf0123456789==»",
            "the bearer of news", "Bearer token missing", "forbearer abc12345678", "bearer", "Bearer abc",
        ],
        [RedactPresets.UrlCredentials] =
        [
            "postgres://«admin:s3cret»@db:5432/x", "https://«token»@github.com/a/b", "redis://«:pw»@cache:6379", "amqp://«u:p@ss»@mq", "see \"mongodb+srv://«a:b»@c.example.com/?x=1\"",
            @"Request: {""url"":""https:\/\/«u:p»@host\/x""}", "?next=https%3A%2F%2F«u%3Ap»%40host%2Fx%40y", "?next=https%3a%2f%2f«u%3ap»%40host&to=a%40b", "?next=https%3A%2F%2Fhost%2Fx%40y",
            "https://example.com/a@b", "http://example.com:8080/", "https://example.com?x=a@b", "x://@", "not a url: a@b",
        ],
        [RedactPresets.Iban] =
        [
            "«DE89370400440532013000»", "to «GB29 NWBK 6016 1331 9268 19» now", "«FR1420041010050500013M02606»", "«NL91ABNA0417164300»,", "IBAN:«CH9300762011623852957»",
            "DE89370400440532013001", "DE8937040044053201300", "XX89370400440532013000", "ABCD1234", "xDE89370400440532013000", "DE89370400440532013000X", "SHA256", "GB29 NWBK",
        ],
        [RedactPresets.UsSsn] =
        [
            "ssn «123-45-6789»", "(«899-12-0001»)", "«001-01-0001».", "000-12-3456", "666-12-3456", "900-12-3456", "123-00-4567", "123-45-0000", "1123-45-6789", "123-45-67890",
            "2026-03-14", "123-456-7890", "x-123-45-6789", "123456789", "123-45-6789-1",
        ],
    };

    [Fact]
    public void Each_preset_finds_what_it_should_and_makes_only_the_known_mistakes()
    {
        var mistakes = new List<string>();
        var known = 0;
        var texts = 0;
        foreach (var (preset, corpus) in Corpus)
        {
            foreach (var marked in corpus)
            {
                texts++;
                known += marked[0] == '!' ? 1 : 0;
                var text = marked.TrimStart('!');
                var expected = System.Text.RegularExpressions.Regex.Replace(text, "«[^»]*»", "***");
                var rig = new RuleRig(new RuleOptions { Redact = new RedactOptions { Presets = preset } });
                rig.Line(text.Replace("«", "").Replace("»", ""));
                if (RuleRig.Unescape(rig.Kept[0].Message) != expected)
                    mistakes.Add($"{preset}: \"{marked}\" became \"{rig.Kept[0].Message}\"");
            }
        }

        Assert.True(mistakes.Count == 0, string.Join('\n', mistakes));
        Assert.Equal((144, 2), (texts, known));
    }

    [Fact]
    public void Ordinary_lines_of_a_function_stay_as_they_are()
    {
        string[] lines =
        [
            "START RequestId: 459921b5-681c-4a96-beb0-81e0aa586026 Version: $LATEST",
            "REPORT RequestId: 459921b5-681c-4a96-beb0-81e0aa586026 Duration: 53.91 ms Billed Duration: 54 ms Memory Size: 128 MB Max Memory Used: 66 MB",
            "2026-03-14T09:26:53.470Z\t459921b5-681c-4a96-beb0-81e0aa586026\tINFO\torder 1773480413101 of customer 8812345678 stored in 12:34:56",
            "[ERROR] KeyError: 'x' Traceback (most recent call last): File \"/var/task/app.py\", line 3",
            "arn:aws:lambda:eu-west-1:123456789012:function:orders:7 version 1.2.3 build 20260314.1 sha256:dozjgNryP4J3jVmNHl0w5N",
            "GET /orders/123-456/items?page=2&at=2026-03-14 200 1.5ms node:net:1555:16 std::vector<int>::at",
        ];
        var rig = new RuleRig(new RuleOptions { Redact = new RedactOptions { Presets = RedactPresets.All } });
        foreach (var line in lines)
            rig.Line(line);
        Assert.Equal(lines, rig.Messages.Select(RuleRig.Unescape));
    }

    [Fact]
    public void Every_preset_takes_a_time_that_grows_with_the_text_only()
    {
        var took = TimeSpan.Zero;
        foreach (var piece in (string[])["@", "a@", "1", "1.", "4111 ", ":", "a:", "eyJ", "eyJ.", "A", "AKIA", "secret", "bearer ", "://", "a://", "DE89 ", "1-", "\"", "\\\"", "\"a\":", "\"x\":{"])
        {
            var rig = new RuleRig(new RuleOptions { Redact = new RedactOptions { Presets = RedactPresets.All, Keys = ["x"] } });
            var line = string.Concat(Enumerable.Repeat(piece, 256 * 1024 / piece.Length));
            took += ThreadTime.Of(() => rig.Line(line));
        }

        Assert.True(took < TimeSpan.FromSeconds(20), $"{took}");
    }
}
