using System.Text;
using System.Text.Json;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Settings;

namespace LambdaLogs.Extension.Tests.Formats;

public sealed class FieldNamesTests
{
    static readonly FunctionIdentity Identity = new() { Name = "orders", Version = "7", MemorySize = "128", Region = "eu-west-1", Architecture = "arm64" };

    static LogRecord Record => new()
    {
        Time = "2026-03-14T09:26:53.101Z"u8,
        Message = "hi"u8,
        LogType = "function"u8,
        RequestId = "r"u8,
        TraceId = "4bf92f3577b34da6a3ce929d0e0e4736"u8,
        SpanId = "00f067aa0ba902b7"u8,
        Context = "\"tenant_id\":\"blue\",\"durable_execution\":\"a/b\",\"operation\":\"pay\",\"attempt\":2"u8,
        ColdStart = true,
        Snapshot = true,
        Attributes = "{\"a\":1}"u8,
    };

    [Fact]
    public void Every_field_can_have_another_name()
    {
        var fields = FieldNames.Constants.Concat(FieldNames.Others).ToList();
        var options = new FormatOptions { Names = new FieldNames { Renamed = [.. fields.Select(field => new KeyValuePair<string, string>(field, $"my \"{field}\""))] } };
        using var json = JsonDocument.Parse(Written(options, Record));
        Assert.Equal(fields.Select(field => $"my \"{field}\"").Order(), json.RootElement.EnumerateObject().Select(member => member.Name).Order());
    }

    [Fact]
    public void Constants_can_be_left_out()
    {
        using var json = JsonDocument.Parse(Written(new FormatOptions { Names = new FieldNames { Dropped = FieldNames.Constants } }, Record));
        Assert.Equal(FieldNames.Others.Order(), json.RootElement.EnumerateObject().Select(member => member.Name).Order());
    }

    [Fact]
    public void A_record_with_names_of_its_own_is_cut_as_any_other()
    {
        var format = new LambdaFormat(new FormatOptions { Names = new FieldNames { Renamed = [new("message", "msg"), new("attributes", "x")], Dropped = ["source"] } }, Identity);
        var room = new byte[8192];
        var message = new byte[4000];
        message.AsSpan().Fill((byte)'m');
        var length = format.Write(Record with { Message = message }, room);
        var shorter = new byte[8192];
        var cut = format.Shorten(room.AsSpan(0, length), shorter, 2000);
        using var json = JsonDocument.Parse(shorter.AsMemory(0, cut));
        Assert.True(cut <= 2000);
        Assert.EndsWith(" bytes]", json.RootElement.GetProperty("msg").GetString());
        Assert.Equal(1, json.RootElement.GetProperty("x").GetProperty("a").GetInt32());
    }

    [Fact]
    public void Settings_name_them_and_tell_what_cannot_be_left_out()
    {
        var values = new Dictionary<string, string> { ["HTTP_ENDPOINT"] = "http://x", ["LOGS_FIELDS_DROP"] = "source,message", ["LOGS_RENAME"] = "message=msg" };
        var settings = SettingsReader.Read(values.GetValueOrDefault, 128 << 20, out var problems);
        Assert.EndsWith("message stays: every record has it", Assert.Single(problems).ToString());
        using var json = JsonDocument.Parse(Written(settings.Format, Record));
        Assert.Equal("hi", json.RootElement.GetProperty("msg").GetString());
        Assert.False(json.RootElement.TryGetProperty("source", out _));
    }

    [Theory]
    [InlineData("message=level", "\"message=level\" is left out: records have a field of that name")]
    [InlineData("level=message,message=request_id", "\"message=request_id\" is left out: records have a field of that name")]
    [InlineData("level=severity,log_type=severity", "\"level=severity\" is left out: records have a field of that name")]
    public void A_new_name_that_another_field_has_is_reported_and_left_out(string rename, string expected)
    {
        var values = new Dictionary<string, string> { ["HTTP_ENDPOINT"] = "http://x", ["LOGS_RENAME"] = rename };
        var settings = SettingsReader.Read(values.GetValueOrDefault, 128 << 20, out var problems);
        Assert.EndsWith(expected, problems[0].ToString());
        using var json = JsonDocument.Parse(Written(settings.Format, Record));
        Assert.Distinct(json.RootElement.EnumerateObject().Select(property => property.Name));
    }

    [Theory]
    [InlineData("level=message,message=level")]
    [InlineData("message=source", "source")]
    public void A_name_that_is_given_up_is_free(string rename, string? drop = null)
    {
        var values = new Dictionary<string, string?> { ["HTTP_ENDPOINT"] = "http://x", ["LOGS_RENAME"] = rename, ["LOGS_FIELDS_DROP"] = drop };
        var settings = SettingsReader.Read(values.GetValueOrDefault, 128 << 20, out var problems);
        Assert.Empty(problems);
        using var json = JsonDocument.Parse(Written(settings.Format, Record));
        Assert.Distinct(json.RootElement.EnumerateObject().Select(property => property.Name));
    }

    static string Written(FormatOptions options, LogRecord record)
    {
        var format = new LambdaFormat(options, Identity);
        var room = new byte[format.MaxSize(record)];
        return Encoding.UTF8.GetString(room.AsSpan(0, format.Write(record, room)));
    }
}
