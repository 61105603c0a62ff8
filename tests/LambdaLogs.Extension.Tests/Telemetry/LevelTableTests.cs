using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LambdaLogs.Extension.Processing.Joining;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Telemetry;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Telemetry;

/// <summary>
/// What log libraries write, and the level that it is: <c>Fixtures/levels.jsonl</c>, a line each, with the documentation of the library.
/// </summary>
public sealed class LevelTableTests
{
    static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static IEnumerable<(string Library, string Level, string Line)> Rows => File
        .ReadLines(Path.Combine(AppContext.BaseDirectory, "Telemetry", "Fixtures", "levels.jsonl"))
        .Select(row => JsonDocument.Parse(row).RootElement)
        .Select(row => (Text(row, "library"), Text(row, "level"), Text(row, "line")));

    [Fact]
    public void Every_library_s_line_has_its_level_however_it_is_escaped()
    {
        Assert.Empty(Wrong(line => JsonSerializer.Serialize(line)));
        Assert.Empty(Wrong(line => JsonSerializer.Serialize(line, Relaxed)));
    }

    [Fact]
    public void Every_library_s_object_has_its_level() => Assert.Empty(Wrong(line => line.StartsWith('{') ? line : null));

    [Fact]
    public void Every_head_may_stand_after_that_of_Node_s_console()
    {
        // What console.log writes is information for the runtime; a head of its own that no sentence has says more.
        const string Head = "2026-03-14T09:26:53.470Z\tundefined\tINFO\t";
        string[] heads = ["[09:26:53 ERR] no stock", "2026-03-14 09:26:53,470 ERROR shop - no stock", "[error] no stock", "fail: Shop[7]", "E0314 09:26:53.470123       8 main.go:12] no stock"];
        var desk = new ReadingDesk();
        Assert.All(heads, head => Assert.Equal(LogLevel.Error, desk.ReadLine(Head + head).Level));
        Assert.Equal(LogLevel.Info, desk.ReadLine(Head + "ERROR is a word").Level);
        Assert.Equal(LogLevel.Info, desk.ReadLine(Head + "Error: is a word").Level);
    }

    [Fact]
    public void Every_part_of_every_line_is_read_without_a_fault_and_by_shortcuts_as_by_words()
    {
        var different = new List<string>();
        foreach (var (_, _, line) in Rows)
        {
            var raw = JsonSerializer.SerializeToUtf8Bytes(line, Relaxed).AsSpan()[1..^1];
            for (var at = 0; at <= raw.Length; at++)
            {
                Compare(raw[..at], different);
                Compare(raw[at..], different);
            }
        }

        Assert.True(different.Count == 0, string.Join('\n', different));
    }

    [Fact]
    public void The_levels_rows_name_where_they_are_documented() => Assert.All(
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Telemetry", "Fixtures", "levels.jsonl")),
        row => Assert.True(JsonDocument.Parse(row).RootElement is var read && (Text(read, "source").StartsWith("https://", StringComparison.Ordinal) || Text(read, "library") == "a sentence, no logger")));

    static void Compare(ReadOnlySpan<byte> text, List<string> different)
    {
        var byWords = LinePrefix.ReadByWords(text).Level;
        if (LinePrefix.Read(text).Level != byWords)
            different.Add($"{byWords}: {Encoding.UTF8.GetString(text)}");
        LinePrefix.LevelWithin(text);
        TraceLines.KindOf(text, hasHead: true);
    }

    /// <param name="record">Makes the record of a line; null: it is left out.</param>
    static List<string> Wrong(Func<string, string?> record)
    {
        var desk = new ReadingDesk();
        var wrong = new List<string>();
        foreach (var (library, level, line) in Rows)
        {
            if (record(line) is not { } json)
                continue;

            var read = desk.ReadObject(json).Level.ToString().ToUpperInvariant();
            if (read != level)
                wrong.Add($"{library}: {line} is {read} and not {level}");
        }

        return wrong;
    }

    static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;
}
