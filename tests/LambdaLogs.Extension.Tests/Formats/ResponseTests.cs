using System.Text;
using Google.Protobuf;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Tests.Fakes;
using LambdaLogs.Extension.Tests.Formats.Proto;

namespace LambdaLogs.Extension.Tests.Formats;

/// <summary>What responses say of single records.</summary>
public sealed class ResponseTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData("{}", null)]
    [InlineData("""{"partialSuccess":{}}""", null)]
    [InlineData("""{"partialSuccess":{"rejectedLogRecords":"0","errorMessage":"use gzip"}}""", null)]
    [InlineData("""{"partialSuccess":{"rejectedLogRecords":"3","errorMessage":"too old"}}""", 3L)]
    [InlineData("""{"partialSuccess":{"rejectedLogRecords":3,"errorMessage":"too old"}}""", 3L)]
    internal void OpenTelemetry_counts_what_it_rejects(string body, long? rejected)
    {
        var partial = Read(FormatKind.Otlp, 200, body);
        Assert.Equal(rejected, partial?.Rejected);
        Assert.Equal(rejected is null ? null : "too old", partial?.Reason);
        Assert.Empty(partial?.RetryIndices ?? []);
    }

    [Fact]
    public void OpenTelemetry_says_so_in_Protocol_Buffers_too()
    {
        var response = new ExportResponse { PartialSuccess = new PartialSuccess { RejectedLogRecords = 300, ErrorMessage = "too old" } };
        var partial = SampleFormats.New(FormatKind.OtlpProtobuf).ReadResponse(200, response.ToByteArray())!;
        Assert.Equal((300, "too old"), (partial.Rejected, partial.Reason));
        Assert.Null(SampleFormats.New(FormatKind.OtlpProtobuf).ReadResponse(200, []));
        Assert.True(SampleFormats.New(FormatKind.OtlpProtobuf).ReadResponse(200, "{}"u8)!.IsUnreadable);
    }

    [Theory]
    [InlineData("08031212" + "6E6F726D616C697A6174696F6E206661696C", "normalization fail")]
    [InlineData("1203" + "6E6F21", "no!")]
    [InlineData("1209" + "6E6F21", null)]
    [InlineData("0803", null)]
    [InlineData("3C68746D6C3E", null)]
    [InlineData("", null)]
    internal void A_refusal_in_Protocol_Buffers_is_read_as_its_message(string hex, string? message)
    {
        Assert.Equal(message, SampleFormats.New(FormatKind.OtlpProtobuf).ReadRefusal(Convert.FromHexString(hex)));
        Assert.Null(SampleFormats.New(FormatKind.Otlp).ReadRefusal(Convert.FromHexString(hex)));
    }

    [Fact]
    public void Elasticsearch_tells_of_each_document_what_became_of_it()
    {
        var partial = Read(
            FormatKind.Elasticsearch,
            200,
            """
            {"took":3,"errors":true,"items":[
              {"create":{"status":201}},
              {"create":{"status":429,"error":{"type":"es_rejected_execution_exception","reason":"queue full"}}},
              {"create":{"status":409,"error":{"type":"version_conflict_engine_exception","reason":"exists"}}},
              {"create":{"status":400,"error":{"type":"mapper_parsing_exception","reason":"failed to parse field [attributes.id]"}}},
              {"create":{"status":503}}]}
            """)!;
        Assert.Equal([1, 4], partial.RetryIndices);
        Assert.Equal(1, partial.Rejected);
        Assert.Equal("429 es_rejected_execution_exception: queue full", partial.Reason);
    }

    [Theory]
    [InlineData("""{"errors":false}""", false)]
    [InlineData("""{"errors":false,"items":[]}""", false)]
    [InlineData("""{"errors":true}""", true)]
    [InlineData("""{"errors":true,"items":[{"create":{"status":400""", true)]
    [InlineData("<html>", true)]
    internal void Elasticsearch_may_say_nothing_or_what_cannot_be_read(string body, bool isUnreadable) =>
        Assert.Equal(isUnreadable, Read(FormatKind.Elasticsearch, 200, body)?.IsUnreadable == true);

    [Theory]
    [InlineData(400, """{"text":"Invalid data format","code":6,"invalid-event-number":2}""", 2L, true)]
    [InlineData(503, """{"text":"Server is busy","code":9,"invalid-event-number":2}""", 2L, false)]
    [InlineData(400, """{"text":"Error in handling indexed fields","code":15,"invalid-event-number":0}""", 0L, true)]
    [InlineData(400, """{"text":"No data","code":5}""", null, false)]
    [InlineData(400, """{"text":"odd","code":6,"invalid-event-number":-1}""", null, false)]
    [InlineData(403, """{"text":"Invalid token","code":4,"invalid-event-number":0}""", null, false)]
    [InlineData(400, "<html>", null, false)]
    internal void Splunk_tells_at_which_event_it_stopped_and_why(int status, string body, long? number, bool isFault)
    {
        var partial = Read(FormatKind.SplunkHec, status, body);
        Assert.Equal(number, partial?.StoppedAt);
        Assert.Equal(isFault, partial?.StoppedForRecord == true);
        Assert.False(partial?.IsRefusal == true);
    }

    [Theory]
    [InlineData("""{"text":"Incorrect index","code":7,"invalid-event-number":1}""")]
    [InlineData("""{"text":"Incorrect index","code":7,"invalid-event-number":0}""")]
    [InlineData("""{"text":"Incorrect index","code":7}""")]
    internal void An_index_that_Splunks_token_does_not_allow_is_wrong_for_all_events(string body)
    {
        var partial = Read(FormatKind.SplunkHec, 400, body)!;
        Assert.True(partial.IsRefusal);
        Assert.Equal("400 Incorrect index", partial.Reason);
        Assert.Contains("LOGS_SPLUNK_INDEX", partial.Advice);
    }

    [Theory]
    [InlineData(403, "cluster_block_exception", "index [x] blocked by: [FORBIDDEN/8/index write (api)];", "index.blocks")]
    [InlineData(404, "index_not_found_exception", "no such index [x]", "LOGS_ELASTICSEARCH_INDEX")]
    [InlineData(400, "index_closed_exception", "closed", "LOGS_ELASTICSEARCH_INDEX")]
    [InlineData(403, "security_exception", "action [indices:data/write/bulk[s]] is unauthorized", "create_doc")]
    [InlineData(400, "document_parsing_exception", "failed to parse field [attributes.id]", null)]
    internal void Elasticsearchs_reasons_that_hold_for_the_index_come_with_advice(int status, string type, string reason, string? advice)
    {
        var error = $$$$"""{"errors":true,"items":[{"create":{"status":{{{{status}}}},"error":{"type":"{{{{type}}}}","reason":"{{{{reason}}}}"}}}]}""";
        var partial = Read(FormatKind.Elasticsearch, 200, error)!;
        Assert.Equal(1, partial.Rejected);
        Assert.Contains(advice ?? "", partial.Advice);
        Assert.Equal(advice is null, partial.Advice.Length == 0);
    }

    [Theory]
    [InlineData("""{"ingested":8,"failed":2,"failures":[{"timestamp":"t","error":"bad time"}]}""", 2L)]
    [InlineData("""{"ingested":8,"failed":0,"failures":[]}""", null)]
    [InlineData("""{"failed":2}""", null)]
    [InlineData("""{"ok":true}""", null)]
    [InlineData("ok", null)]
    internal void Arrays_and_lines_understand_a_count_of_failures(string body, long? rejected)
    {
        Assert.Equal(rejected, Read(FormatKind.JsonArray, 200, body)?.Rejected);
        Assert.Equal(rejected is null ? null : "bad time", Read(FormatKind.Ndjson, 200, body)?.Reason);
    }

    [Theory]
    [InlineData(FormatKind.Lambda, 200, true, false)]
    [InlineData(FormatKind.JsonArray, 200, true, true)]
    [InlineData(FormatKind.JsonArray, 200, false, false)]
    [InlineData(FormatKind.Datadog, 202, true, false)]
    [InlineData(FormatKind.Otlp, 200, false, true)]
    [InlineData(FormatKind.Otlp, 400, true, false)]
    [InlineData(FormatKind.SplunkHec, 200, true, false)]
    [InlineData(FormatKind.SplunkHec, 400, true, true)]
    internal void A_body_is_read_only_where_it_may_say_something(FormatKind kind, int status, bool isJson, bool isRead) =>
        Assert.Equal(isRead, SampleFormats.New(kind).ResponseBytesMax(status, isJson) > 0);

    static PartialResponse? Read(FormatKind kind, int status, string body) => SampleFormats.New(kind).ReadResponse(status, Encoding.UTF8.GetBytes(body));
}
