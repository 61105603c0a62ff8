using System.Text.Json;
using FsCheck.Fluent;
using LambdaLogs.Extension.Processing;
using LambdaLogs.Extension.Processing.Redaction;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Processing.Redaction;

public sealed class RedactorTests
{
    [Fact]
    public void Messages_are_cleaned_and_counted()
    {
        var rig = Rig(new RedactOptions { Presets = RedactPresets.Email });
        rig.Line("mail to \"jo@example.com\"\nand jo@example.org");
        rig.Line("nothing");
        Assert.Equal(["mail to \\\"***\\\"\\nand ***", "nothing"], rig.Messages);
        Assert.Equal(1, rig.ChangedBy(Rule.Redact));
    }

    [Fact]
    public void Attributes_are_cleaned_at_any_depth_names_and_numbers_too()
    {
        var attributes = Attributes(
            new RedactOptions { Presets = RedactPresets.All },
            """{"a":[{"b":"x jo@example.com"},4111111111111111,true],"jo@example.com":1,"n":-12.5e3}""");
        Assert.Equal("""{"a":[{"b":"x ***"},"***",true],"***":1,"n":-12.5e3}""", attributes);
    }

    /// <summary>A line without a message is shown by one of its texts, which may be the one that is hidden among the attributes.</summary>
    [Theory]
    [InlineData("x", """{"password":"x","n":1}""", "***")]
    [InlineData("x", """{"a":{"b":{"password":"x"}}}""", "***")]
    [InlineData("x", """{"password":{"message":"x"}}""", "***")]
    [InlineData("say \"x\"", """{"password":"say \"x\""}""", "***")]
    [InlineData("x", """{"user":"x","password":"x"}""", "x")]
    [InlineData("x", """{"password":"xx","n":1}""", "x")]
    [InlineData("paid", """{"password":"x"}""", "paid")]
    [InlineData("Invoke Error: x", """{"password":"x"}""", "Invoke Error: ***")]
    [InlineData("a: b", """{"password":"x"}""", "a: b")]
    [InlineData("a: ", """{"password":""}""", "a: ")]
    [InlineData("", """{"password":""}""", "")]
    public void A_message_that_is_a_hidden_value_is_hidden_too(string message, string attributes, string expected)
    {
        var rig = Rig(new RedactOptions { Keys = ["password"] });
        rig.Line(message, attributes: attributes);
        Assert.Equal([expected], rig.Messages);
    }

    [Theory]
    [InlineData("Basic dTpw", """{"Proxy-Authorization":"Basic dTpw"}""")]
    [InlineData("s3cr3t", """{"awsSecretAccessKey":"s3cr3t"}""")]
    [InlineData("s3cr3t", """{"name":"Cookie","value":"s3cr3t"}""")]
    public void So_is_one_that_is_hidden_by_the_name_of_a_secret(string message, string attributes)
    {
        var rig = Rig(new RedactOptions { Presets = RedactPresets.All });
        rig.Line(message, attributes: attributes);
        Assert.Equal(["***"], rig.Messages);
    }

    [Theory]
    [InlineData("""{"password":"x","user":"y"}""", """{"password":"***","user":"y"}""")]
    [InlineData("""{"a":[{"PassWord":{"b":[1,"]"]}}],"x":1}""", """{"a":[{"PassWord":"***"}],"x":1}""")]
    [InlineData("""{"pin":1234,"password":null}""", """{"pin":"***","password":"***"}""")]
    [InlineData("""{"my_password":"x","passwords":"y"}""", """{"my_password":"x","passwords":"y"}""")]
    [InlineData("""{"a":"password"}""", """{"a":"password"}""")]
    [InlineData("""{"body":"{\"password\":\"x\\\"y\",\"n\":1}"}""", """{"body":"{\"password\":\"***\",\"n\":1}"}""")]
    [InlineData("""{"body":"{\"pin\": 1234, \"n\":1}"}""", """{"body":"{\"pin\": \"***\", \"n\":1}"}""")]
    [InlineData("""{"b":"{\"body\":\"{\\\"password\\\":\\\"x\\\"}\"}"}""", """{"b":"{\"body\":\"{\\\"password\\\":\\\"***\\\"}\"}"}""")]
    public void Values_of_named_members_are_hidden_also_in_json_in_strings(string attributes, string expected) =>
        Assert.Equal(expected, Attributes(new RedactOptions { Keys = ["password", "pin"] }, attributes));

    [Theory]
    [InlineData("""got {"password":"x","n":1} from""", """got {"password":"***","n":1} from""")]
    [InlineData("""got {"n":{"password" : "a\"b\\"}} from""", """got {"n":{"password" : "***"}} from""")]
    [InlineData("""got {"pin":[1,{"a":"]"}],"n":1}""", """got {"pin":"***","n":1}""")]
    [InlineData("""cut off {"password":"abc""", """cut off {"password":"***""" + "\"")]
    [InlineData("""said "x" and "password":1.""", """said "x" and "password":"***" """)]
    [InlineData("""no "password" here""", """no "password" here""")]
    public void Values_of_named_members_are_hidden_in_texts(string text, string expected)
    {
        var rig = Rig(new RedactOptions { Keys = ["password", "pin"] });
        rig.Line(text);
        Assert.Equal(expected.TrimEnd(), RuleRig.Unescape(Assert.Single(rig.Messages)));
    }

    [Fact]
    public void Patterns_hide_what_they_match_and_what_overlaps_is_hidden_once()
    {
        var rig = Rig(new RedactOptions { Patterns = [@"order-\d+", @"\d+ x", "(?i)secret"], Mark = "[gone]" });
        rig.Line("an order-123 x of SECRET things");
        Assert.Equal(["an [gone] of [gone] things"], rig.Messages);
    }

    [Fact]
    public void Platform_events_and_what_could_not_be_read_are_cleaned_as_well()
    {
        var rig = Rig(new RedactOptions { Patterns = ["Report", "secret"] });
        rig.Event(EventKind.Report);
        rig.Line("secret", type: "extension.unreadable");
        Assert.Equal(["***", "***"], rig.Messages);
    }

    [Fact]
    public void A_hash_tells_equal_values_and_depends_on_the_salt()
    {
        string Hashed(string? salt, string text)
        {
            var rig = Rig(new RedactOptions { Presets = RedactPresets.Email, Keys = ["k"], Mark = null, Salt = salt });
            rig.Line(text, attributes: """{"k":"jo@example.com"}""");
            Assert.Equal(rig.Kept[0].Message, JsonDocument.Parse(rig.Kept[0].Attributes).RootElement.GetProperty("k").GetString());
            return rig.Kept[0].Message;
        }

        Assert.Matches("^hash:[0-9a-f]{16}$", Hashed("a", "jo@example.com"));
        Assert.Equal(Hashed("a", "jo@example.com"), Hashed("a", "jo@example.com"));
        Assert.NotEqual(Hashed("a", "jo@example.com"), Hashed("b", "jo@example.com"));
        Assert.Equal(Hashed(null, "jo@example.com"), Hashed("random", "jo@example.com"));
    }

    [Fact]
    public void Redaction_never_yields_invalid_json()
    {
        var options = new RedactOptions { Presets = RedactPresets.All, Patterns = ["[a-z]+ t", "\"|\\\\|,", "\\d", "🚀.?", "^$|:|\\n"], Keys = ["message", "x", ""], Mark = "\"\\\n" };
        var inputs = Gen.Zip(ReadingProperty.Objects(3), ReadingProperty.Json(3).Select(ReadingProperty.Quote));
        ReadingProperty.Holds(inputs, input =>
        {
            var (attributes, message) = input;
            var rig = Rig(options);
            rig.Line("", attributes: attributes);
            rig.Add(new LogRecord { Time = "t"u8, LogType = "function"u8, Message = System.Text.Encoding.UTF8.GetBytes(message[1..^1]) });
            JsonDocument.Parse(rig.Kept[0].Attributes);
            JsonDocument.Parse($"\"{rig.Kept[1].Message}\"");
            return true;
        }, count: 2000);
    }

    [Fact]
    public void What_stands_in_strings_of_valid_json_in_a_string_leaves_that_valid()
    {
        var inputs = ReadingProperty.Objects(3);
        ReadingProperty.Holds(inputs, input =>
        {
            var rig = Rig(new RedactOptions { Keys = ["message", "x", "level"] });
            rig.Line("", attributes: $"{{\"body\":{JsonSerializer.Serialize(input)}}}");
            var body = JsonDocument.Parse(rig.Kept[0].Attributes).RootElement.GetProperty("body").GetString()!;
            Hidden(JsonDocument.Parse(body).RootElement);
            return true;
        }, count: 2000);

        static void Hidden(JsonElement element)
        {
            if (element.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in element.EnumerateArray())
                    Hidden(item);
            }

            if (element.ValueKind != JsonValueKind.Object)
                return;
            foreach (var member in element.EnumerateObject())
            {
                if (member.Name is "message" or "x" or "level")
                    Assert.Equal("***", member.Value.GetString());
                else
                    Hidden(member.Value);
            }
        }
    }

    static string Attributes(RedactOptions options, string attributes)
    {
        var rig = Rig(options);
        rig.Line("x", attributes: attributes);
        return Assert.Single(rig.Kept).Attributes;
    }

    static RuleRig Rig(RedactOptions options) => new(new RuleOptions { Redact = options });
}
