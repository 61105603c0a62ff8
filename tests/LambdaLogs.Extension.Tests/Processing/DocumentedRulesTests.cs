using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using LambdaLogs.Extension.Processing;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Settings;
using LambdaLogs.Extension.Telemetry;
using LambdaLogs.Extension.Tests.Fakes;
using LambdaLogs.Extension.Tests.Structure;

namespace LambdaLogs.Extension.Tests.Processing;

/// <summary>Runs the examples of docs/processing.md, through the reader and the rules as they are composed.</summary>
public sealed partial class DocumentedRulesTests
{
    [Fact]
    public void Every_example_gives_what_the_page_says()
    {
        var page = File.ReadAllText(Repository.Folder("docs", "processing.md")).ReplaceLineEndings("\n");
        var examples = Examples().Matches(page);
        Assert.Equal(page.Split("```env\n").Length - 1, examples.Count);
        Assert.True(examples.Count >= 12);
        foreach (Match example in examples)
        {
            var result = Run(Variables(example.Groups["env"].Value), example.Groups["in"].Value.TrimEnd('\n').Split('\n'));
            Assert.Equal(example.Groups["out"].Value.TrimEnd('\n').Split('\n'), result);
        }
    }

    static Dictionary<string, string> Variables(string block) =>
        block.TrimEnd('\n').Split('\n').Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);

    static List<string> Run(Dictionary<string, string> variables, IEnumerable<string> lines)
    {
        variables["HTTP_ENDPOINT"] = "http://localhost";
        var settings = SettingsReader.Read(variables.GetValueOrDefault, 128 << 20, out var problems);
        Assert.Empty(problems);
        var rig = new RuleRig(settings.Rules ?? new RuleOptions(), settings.Filter.PlatformEvents);
        var reader = new TelemetryReader(new Entry(rig), new PlatformSignals(rig.Clock), rig.Clock, lines: new LineOptions { ParseJson = settings.ParseJson, AcceptsUnknownIds = true });
        foreach (var line in lines)
        {
            var isEvent = line.StartsWith("{\"time\"", StringComparison.Ordinal);
            reader.Read(Encoding.UTF8.GetBytes(isEvent ? line : $$"""{"time":"2026-03-14T09:26:53.470Z","type":"function","record":{{JsonSerializer.Serialize(line, Plain)}}}"""));
        }

        rig.Drain();
        var hashes = new List<string>();
        return [.. rig.Kept.Select(record => Hashes().Replace($"{record.Level.ToString().ToUpperInvariant()} {record.Message} {record.Attributes}".TrimEnd(), Number))];

        // A hash is no example's business; which are equal is.
        string Number(Match hash)
        {
            if (!hashes.Contains(hash.Value))
                hashes.Add(hash.Value);
            return $"hash:HASH{hashes.IndexOf(hash.Value) + 1}";
        }
    }

    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [GeneratedRegex("```env\n(?<env>[^`]*)```\n\n```in\n(?<in>[^`]*)```\n\n```out\n(?<out>[^`]*)```")]
    private static partial Regex Examples();

    [GeneratedRegex("hash:[0-9a-f]{16}")]
    private static partial Regex Hashes();

    sealed class Entry(RuleRig rig) : IRecordSink
    {
        public void Add(in LogRecord record) => rig.Add(record);
    }
}
