using System.Text;
using System.Text.Json;
using FsCheck.Fluent;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Formats;

public sealed class AttributeCleanerTests
{
    static readonly AttributeRules Any = new();
    static readonly AttributeRules Otlp = new() { Keys = KeyRule.Otlp, ReservedNames = ["faas.coldstart"] };
    static readonly AttributeRules Elasticsearch = new() { Keys = KeyRule.Elasticsearch, DepthMax = 4, FieldsMax = 6, LongsOnly = true };

    [Theory]
    [InlineData("""{"a":1,"a":2,"a":3}""", """{"a":1,"a_2":2,"a_3":3}""")]
    [InlineData("""{"a":1,"b":{"a":1},"c":[{"a":1},{"a":2}]}""", null)]
    [InlineData("""{"a_2":0,"a":1,"a":2,"a_3":3,"a":4}""", """{"a_2":0,"a":1,"a_3":2,"a_3_2":3,"a_4":4}""")]
    [InlineData("""{"é":1,"\u00e9":2}""", """{"é":1,"é_2":2}""")]
    [InlineData("""{"a":{"x":1,"x":[1,{"y":1,"y":2}]}}""", """{"a":{"x":1,"x_2":[1,{"y":1,"y_2":2}]}}""")]
    [InlineData("""{"n":1e400,"m":-1e-400,"k":1.5e308}""", """{"n":"1e400","m":-1e-400,"k":1.5e308}""")]
    [InlineData("""{ "n" : [ 1E999 , 2 ] , "s" : "1e400, {\"a\":1,\"a\":2}" }""", """{"n":["1E999",2],"s":"1e400, {\"a\":1,\"a\":2}"}""")]
    [InlineData("""{"n":12345678901234567890123}""", null)]
    [InlineData("{}", null)]
    [InlineData("""{"":{},"":[],"t":true,"n":null}""", """{"":{},"_2":[],"t":true,"n":null}""")]
    public void Names_are_unique_and_numbers_are_within_a_double(string attributes, string? expected) =>
        Assert.Equal(expected ?? attributes, Clean(Any, attributes));

    [Fact]
    public void A_number_of_many_digits_is_a_text_once_it_is_beyond_a_double()
    {
        var (within, beyond) = (new string('9', 308), new string('9', 310));
        Assert.Equal($$"""{"a":{{within}},"b":"{{beyond}}"}""", Clean(Any, $$"""{"a":{{within}},"b":{{beyond}}}"""));
    }

    [Theory]
    [InlineData("""{"":1}""", """{"empty":1}""")]
    [InlineData("""{" ":1,"_":2,"-":3,".":4}""", """{" _u0020":1,"__u005f":2,"-_u002d":3,"._u002e":4}""")]
    [InlineData("""{"é":1,"名前":2,"📦":3}""", """{"é_u00e9":1,"名前_u540d_u524d":2,"📦_u1f4e6":3}""")]
    [InlineData("""{"a":{"é":1,"":2}}""", """{"a":{"é":1,"empty":2}}""")]
    [InlineData("""{"faas.coldstart":"x","a":{"faas.coldstart":1}}""", """{"faas.coldstart_2":"x","a":{"faas.coldstart":1}}""")]
    [InlineData("""{"order.id":1,"ключ1":2}""", null)]
    public void OpenTelemetrys_keys_are_never_empty_have_a_letter_and_are_not_ours(string attributes, string? expected) =>
        Assert.Equal(expected ?? attributes, Clean(Otlp, attributes));

    [Fact]
    public void A_long_key_of_OpenTelemetry_is_cut_and_stays_another_one()
    {
        var name = new string('k', 200);
        var keys = Json(Clean(Otlp, $$"""{"{{name}}1":1,"{{name}}2":2,"{{name[..128]}}":3}""")).EnumerateObject().Select(member => member.Name).ToList();
        Assert.All(keys, key => Assert.InRange(Encoding.UTF8.GetByteCount(key), 1, OtlpKey.SizeMax));
        Assert.Equal(3, keys.Distinct().Count());
        Assert.All(keys, key => Assert.StartsWith(name[..100], key));
    }

    [Theory]
    [InlineData("""{"":1,".":2,"..":3," ":4}""", """{"_":1,"__2":2,"__":3,"__3":4}""")]
    [InlineData("""{"x.":1,".x":2}""", """{"x_":1,"_x":2}""")]
    [InlineData("""{"a..b":1,"../../etc":2,"a. .b":3}""", """{"a__b":1,"__/__/etc":2,"a_ _b":3}""")]
    [InlineData("""{"a.b":1,"a":{"c":2}}""", """{"a_b":1,"a":{"c":2}}""")]
    [InlineData("""{"a":1,"a.b":2,"a.b.c":3}""", """{"a":1,"a_b":2,"a_b_c":3}""")]
    [InlineData("""{"a.b":1,"a.c":2,"b":{"a.b":1}}""", null)]
    [InlineData("""{"n":9223372036854775807,"m":9223372036854775808,"d":1e30}""", """{"n":9223372036854775807,"m":"9223372036854775808","d":1e30}""")]
    [InlineData("""{"a":{"b":{"c":{"d":1}}}}""", null)]
    [InlineData("""{"a":{"b":{"c":{"d":{"e":[1]}}}}}""", """{"a":{"b":{"c":{"d":"{\"e\":[1]}"}}}}""")]
    [InlineData("""{"a.b.c.d.e":1}""", """{"a_b_c_d_e":1}""")]
    [InlineData("""{"a.b":{"c":{"d":1}}}""", null)]
    [InlineData("""{"a.b":{"c":{"d":{"e":1}}}}""", """{"a.b":{"c":{"d":"{\"e\":1}"}}}""")]
    [InlineData("""{"l":[{"a":1,"b":2},{"a":1,"b":2},{"a":1,"b":2},{"a":1,"b":2}]}""", null)]
    [InlineData("""{"a":1,"b":{"c":1,"d":2,"e":3,"f":4,"g":{"h":5}},"i":6}""", """{"a":1,"b":{"c":1,"d":2,"e":3,"f":4,"more":"{\"g\":{\"h\":5}}"},"more":"{\"i\":6}"}""")]
    public void Elasticsearchs_names_are_paths_that_it_takes(string attributes, string? expected) =>
        Assert.Equal(expected ?? attributes, Clean(Elasticsearch, attributes));

    [Fact]
    public void Whatever_comes_is_unique_and_nothing_is_lost()
    {
        ReadingProperty.Holds(ReadingProperty.Objects(4), attributes =>
        {
            foreach (var rules in new[] { Any, Otlp, Elasticsearch })
            {
                var clean = Clean(rules, attributes);
                IsUnique(Json(clean));
                Assert.Equal(Values(Json(attributes)), Values(Json(clean)));
                if (rules.FieldsMax == int.MaxValue)
                    Assert.Equal(clean, Clean(rules, clean));
            }

            return true;
        });
    }

    [Fact]
    public void Hostile_names_cost_no_more_than_others()
    {
        // Steps cannot be counted from outside: what would be quadratic takes minutes here.
        const int Names = 200_000;
        var same = "{" + string.Join(',', Enumerable.Repeat("\"a\":1", Names)) + "}";
        var numbered = "{" + string.Join(',', Enumerable.Range(0, Names).Select(index => $"\"a_{index}\":1,\"a\":1")) + "}";
        var dots = "{\"" + string.Concat(Enumerable.Repeat("a.", Names)) + "\":1}";
        foreach (var attributes in new[] { same, numbered, dots })
            Assert.StartsWith("{", Clean(new AttributeRules { Keys = KeyRule.Elasticsearch }, attributes));
    }

    static string Clean(AttributeRules rules, string attributes) =>
        Encoding.UTF8.GetString(new AttributeCleaner(rules).Clean(Encoding.UTF8.GetBytes(attributes)));

    static JsonElement Json(string text) => JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 256 }).RootElement;

    static void IsUnique(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
            Assert.All(value.EnumerateArray(), IsUnique);
        if (value.ValueKind != JsonValueKind.Object)
            return;

        var names = value.EnumerateObject().Select(member => member.Name).ToList();
        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.All(value.EnumerateObject(), member => IsUnique(member.Value));
    }

    /// <summary>All values in their order, also those that became the text of their JSON.</summary>
    static List<string> Values(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => [.. value.EnumerateObject().SelectMany(member => Values(member.Value))],
        JsonValueKind.Array => [.. value.EnumerateArray().SelectMany(Values)],
        JsonValueKind.String when value.GetString() is ['{', ..] text && TryJson(text) is { } inner => Values(inner),
        JsonValueKind.String => [value.GetString()!],
        _ => [value.GetRawText()],
    };

    static JsonElement? TryJson(string text)
    {
        try
        {
            return Json(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
