using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck.Fluent;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Tests.Fakes;
using LambdaLogs.Extension.Tests.Formats.Proto;
using LambdaLogs.Extension.Tests.Formats.Readers;

namespace LambdaLogs.Extension.Tests.Formats;

/// <summary>No body has what the receivers were seen to refuse, to lose or to mangle, whatever a line's attributes are.</summary>
public sealed class ReceiverRuleTests
{
    static readonly FsCheck.Gen<string> Attributes = Gen.OneOf(ReadingProperty.Objects(4), Gen.Elements(Seen()));

    [Theory]
    [MemberData(nameof(SampleFormats.Kinds), MemberType = typeof(SampleFormats))]
    internal void A_body_keeps_the_rules_of_its_receivers(FormatKind kind)
    {
        var format = SampleFormats.New(kind);
        ReadingProperty.Holds(Attributes, attributes =>
        {
            var record = new SampleRecord { Message = "m", RequestId = "459921b5", ColdStart = true, Snapshot = true, Attributes = attributes };
            var body = SampleFormats.Body(format, SampleFormats.Encode(format, record));
            if (kind == FormatKind.OtlpProtobuf)
                IsOtlp(ExportRequest.Parser.ParseFrom(body));
            else
                Assert.All(Encoding.UTF8.GetString(body).TrimEnd('\n').Split('\n'), line => Check(kind, BodyReader.Json(Encoding.UTF8.GetBytes(line))));
            return true;
        });
    }

    static void Check(FormatKind kind, JsonElement body)
    {
        IsStrict(body);
        switch (kind)
        {
            case FormatKind.Otlp:
                Assert.InRange(Depth(body), 1, 64);
                IsOtlp(body);
                foreach (var record in body.GetProperty("resourceLogs")[0].GetProperty("scopeLogs")[0].GetProperty("logRecords").EnumerateArray())
                    Assert.All(record.GetProperty("attributes").EnumerateArray(), one => IsLokiName(one.GetProperty("key").GetString()!));
                break;
            case FormatKind.Elasticsearch when !body.TryGetProperty("create", out _):
                IsElasticsearch(body);
                break;
            case FormatKind.Gelf:
                IsGelf(body);
                break;
            case FormatKind.Loki:
                var line = body.GetProperty("streams")[0].GetProperty("values")[0][1].GetString()!;
                IsStrict(BodyReader.Json(Encoding.UTF8.GetBytes(line.StartsWith('{') ? line : "{}")));
                break;
            case FormatKind.NewRelic:
                var log = body[0].GetProperty("logs")[0];
                var common = body[0].GetProperty("common").GetProperty("attributes").EnumerateObject().Select(member => member.Name);
                string[] own = [.. common, .. log.EnumerateObject().Select(member => member.Name)];
                if (log.TryGetProperty("attributes", out var attributes))
                    Assert.Empty(attributes.EnumerateObject().Select(member => member.Name).Intersect(own));
                break;
        }
    }

    /// <summary>No name twice in an object, no number beyond a double.</summary>
    static void IsStrict(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var names = value.EnumerateObject().Select(member => member.Name).ToList();
                Assert.Equal(names.Count, names.Distinct(StringComparer.Ordinal).Count());
                Assert.All(value.EnumerateObject(), member => IsStrict(member.Value));
                break;
            case JsonValueKind.Array:
                Assert.All(value.EnumerateArray(), IsStrict);
                break;
            case JsonValueKind.Number:
                Assert.True(double.IsFinite(double.Parse(value.GetRawText(), CultureInfo.InvariantCulture)), value.GetRawText());
                break;
        }
    }

    static int Depth(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => 1 + value.EnumerateObject().Select(member => Depth(member.Value)).DefaultIfEmpty(0).Max(),
        JsonValueKind.Array => 1 + value.EnumerateArray().Select(Depth).DefaultIfEmpty(0).Max(),
        _ => 0,
    };

    /// <summary>The keys of each list are unique and not empty; whole numbers of 64 bits are texts, all others look like none.</summary>
    static void IsOtlp(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            List<string> keys = [.. value.EnumerateArray().Where(IsKeyed).Select(one => one.GetProperty("key").GetString()!)];
            Assert.DoesNotContain("", keys);
            Assert.Equal(keys.Count, keys.Distinct(StringComparer.Ordinal).Count());
            Assert.All(value.EnumerateArray(), IsOtlp);
        }

        if (value.ValueKind != JsonValueKind.Object)
            return;

        if (value.TryGetProperty("doubleValue", out var number))
            Assert.True(number.GetRawText().AsSpan().ContainsAny('.', 'e', 'E'), number.GetRawText());
        if (value.TryGetProperty("intValue", out var whole))
            Assert.True(long.TryParse(whole.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _), whole.GetRawText());
        Assert.All(value.EnumerateObject(), member => IsOtlp(member.Value));
    }

    static bool IsKeyed(JsonElement value) => value.ValueKind == JsonValueKind.Object && value.TryGetProperty("key", out _);

    static void IsOtlp(ExportRequest request)
    {
        foreach (var record in request.ResourceLogs[0].ScopeLogs[0].LogRecords)
        {
            Assert.All(record.Attributes, attribute => IsLokiName(attribute.Key));
            IsOtlp(record.Attributes);
        }
    }

    static void IsOtlp(IEnumerable<KeyValue> list)
    {
        var keys = list.Select(one => one.Key).ToList();
        Assert.DoesNotContain("", keys);
        Assert.Equal(keys.Count, keys.Distinct(StringComparer.Ordinal).Count());
        foreach (var one in list.Where(one => one.Value.ValueCase == AnyValue.ValueOneofCase.KvlistValue))
            IsOtlp(one.Value.KvlistValue.Values);
    }

    /// <summary>Loki makes a label's name of a key, and refuses the request where nothing is left of it; VictoriaLogs leaves out long ones.</summary>
    static void IsLokiName(string key)
    {
        Assert.True(key.Any(char.IsAsciiLetterOrDigit), key);
        Assert.InRange(Encoding.UTF8.GetByteCount(key), 1, 128);
    }

    static void IsElasticsearch(JsonElement document)
    {
        var leaves = new HashSet<string>();
        var objects = new HashSet<string>();
        Walk(document, "");
        Assert.Empty(leaves.Intersect(objects));
        Assert.InRange(leaves.Count + objects.Count, 1, 400);
        Assert.InRange(objects.Max(path => path.Count(letter => letter == '.')), 0, 18);

        void Walk(JsonElement value, string path)
        {
            if (value.ValueKind == JsonValueKind.Array)
            {
                // Whether an array's objects agree in their types is the function's business.
                foreach (var (index, element) in value.EnumerateArray().Index())
                    Walk(element, $"{path}[{index}]");
            }
            else if (value.ValueKind == JsonValueKind.Object)
            {
                foreach (var member in value.EnumerateObject())
                {
                    var parts = member.Name.Split('.');
                    Assert.DoesNotContain(parts, string.IsNullOrWhiteSpace);
                    var at = path;
                    foreach (var part in parts[..^1])
                        objects.Add(at += "." + part);
                    at += "." + parts[^1];
                    if (member.Value.ValueKind == JsonValueKind.Object)
                        objects.Add(at);
                    else if (member.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Array))
                        leaves.Add(at);
                    if (member.Value.ValueKind == JsonValueKind.Number && !member.Value.GetRawText().AsSpan().ContainsAny('.', 'e', 'E'))
                        Assert.True(member.Value.TryGetInt64(out _), member.Value.GetRawText());
                    Walk(member.Value, at);
                }
            }
        }
    }

    /// <summary>Graylog takes one underscore off, ignores what it has set or keeps for itself, and stores a dot as an underscore.</summary>
    static void IsGelf(JsonElement message)
    {
        string[] set = ["short_message", "host", "message", "source", "timestamp", "level", "_id", "_source", "_ttl", "_all", "_index", "_type", "_score"];
        var additional = message.EnumerateObject().Where(member => member.Name.StartsWith('_')).ToList();
        List<string> stored = [.. additional.Select(member => member.Name[1..].Replace('.', '_'))];
        Assert.Equal(stored.Count, stored.Distinct(StringComparer.Ordinal).Count());
        Assert.Empty(stored.Intersect([.. set, "id"]));
        foreach (var number in additional.Where(member => member.Value.ValueKind == JsonValueKind.Number).Select(member => member.Value))
            Assert.True(number.TryGetInt64(out _) || number.GetRawText().AsSpan().ContainsAny('.', 'e', 'E'), number.GetRawText());
    }

    /// <summary>What was seen to break one or the other.</summary>
    static string[] Seen() =>
    [
        """{"n":1e400,"m":-1e999,"w":9223372036854775808,"v":18446744073709551615,"d":1.7976931348623157e308}""",
        $$"""{"w":{{new string('9', 400)}}}""",
        """{"":1," ":2,"_":3,"-":4,".":5,"é":6,"名前":7,"項目":8,"📦":9,"ключ":10}""",
        """{"a":1,"a":2,"A":3,"\u0061":4,"a_2":5}""",
        """{"faas.invocation_id":1,"aws.lambda.log_type":2,"faas.coldstart":3,"aws.lambda.snapshot":4,"timestamp":5,"plugin":6}""",
        """{"host":1,"source":2,"short_message":3,"message":4,"level":5,"id":6,"_id":7,"function_name":8,"request_id":9,"env":10}""",
        """{"a.b":1,"a_b":2,"a":{"b":3},"a-b":4,"a b":5,"e":{},"l":[]}""",
        """{"message":{"":1,"x":2},"message_":3,"level":4,"level.":5,"level_":6,"short.message":7,"host_2":8,"id_":9,"id":10}""",
        """{"x.":1,".x":2,"a..b":3,"../../etc":4,"..":5,"a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t.u.v":6}""",
        string.Concat(Enumerable.Repeat("{\"a\":", 60)) + "1" + new string('}', 60),
        "{\"a\":" + string.Concat(Enumerable.Repeat("[", 60)) + "1" + new string(']', 60) + "}",
        "{" + string.Join(',', Enumerable.Range(0, 1500).Select(index => $"\"f{index}\":{index}")) + "}",
        $$"""{"{{new string('k', 300)}}":1,"{{new string('k', 300)}}2":2}""",
    ];
}
