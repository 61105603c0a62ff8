using System.Text;
using System.Text.Json;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Formats;

public sealed class LokiLineTests
{
    const int LineMax = 262_144;

    readonly LogFormat _format = SampleFormats.New(FormatKind.Loki);

    [Theory]
    [InlineData("x", LineMax, true)]
    [InlineData("x", LineMax + 1, false)]
    [InlineData("\\\"", LineMax, true)]
    [InlineData("\\\"", LineMax + 1, false)]
    [InlineData("\\u00e9", LineMax / 2, true)]
    [InlineData("\\u00e9", (LineMax / 2) + 1, false)]
    [InlineData("é", LineMax / 2, true)]
    [InlineData("世", LineMax / 2, false)]
    public void A_line_is_cut_where_its_text_is_too_long_and_not_its_JSON(string letter, int count, bool isWhole)
    {
        var line = Line(new SampleRecord { Message = string.Concat(Enumerable.Repeat(letter, count)) });
        var length = Encoding.UTF8.GetByteCount(line);
        Assert.InRange(length, LineMax - 64, LineMax);
        Assert.Equal(isWhole, !line.Contains("…[truncated, ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(LineMax - 100, true)]
    [InlineData(LineMax + 100, false)]
    public void The_attributes_are_a_part_of_the_line(int length, bool isWhole)
    {
        var line = Line(new SampleRecord { Message = new string('x', length - 1000), Attributes = $$"""{"a":"{{new string('y', 970)}}"}""" });
        Assert.InRange(Encoding.UTF8.GetByteCount(line), LineMax - 200, LineMax);
        var json = JsonDocument.Parse(line).RootElement;
        Assert.Equal(970, json.GetProperty("a").GetString()!.Length);
        Assert.Equal(isWhole, !json.GetProperty("message").GetString()!.EndsWith(" bytes]", StringComparison.Ordinal));
    }

    [Fact]
    public void Attributes_that_leave_no_room_go()
    {
        var line = Line(new SampleRecord { Message = "kept", Attributes = $$"""{"a":"{{new string('y', LineMax)}}"}""" });
        Assert.Equal("""{"message":"kept","truncated":true}""", line);
    }

    string Line(SampleRecord record)
    {
        var body = SampleFormats.Body(_format, SampleFormats.Encode(_format, record));
        return JsonDocument.Parse(body).RootElement.GetProperty("streams")[0].GetProperty("values")[0][1].GetString()!;
    }
}
