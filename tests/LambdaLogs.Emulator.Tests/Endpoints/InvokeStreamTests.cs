using System.Buffers.Binary;
using System.Text;
using LambdaLogs.Emulator.Tests.Support;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Tests.Endpoints;

public sealed class InvokeStreamTests : IDisposable
{
    readonly TempFiles _files = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _files.Dispose();

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_streamed_response_reaches_its_caller_in_parts_and_ends_with_a_message_of_its_own()
    {
        var messages = await InvokeAsync(
            """
            exports.handler = awslambda.streamifyResponse(async (event, response) => {
              response.write('one ');
              await new Promise((done) => setTimeout(done, 50));
              response.end('two');
            });
            """);
        Assert.Equal("one two", string.Concat(messages.Where(m => m.Type == "PayloadChunk").Select(m => m.Payload)));
        Assert.Equal(("InvokeComplete", "{}"), messages[^1]);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task An_error_after_the_first_part_comes_in_the_last_message()
    {
        var messages = await InvokeAsync(
            """
            exports.handler = awslambda.streamifyResponse(async (event, response) => {
              response.write('one ');
              throw new TypeError('it broke off');
            });
            """);
        Assert.Equal("InvokeComplete", messages[^1].Type);
        Assert.Contains("\"ErrorCode\":\"Function.TypeError\"", messages[^1].Payload, StringComparison.Ordinal);
        Assert.Contains("it broke off", messages[^1].Payload, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_response_mode_that_is_not_known_is_refused()
    {
        await using var sandbox = await DrivenSandbox.StartAsync();
        var response = await sandbox.Client.SendAsync(
            HttpMethod.Post, "/2018-06-01/runtime/invocation/none/response", "{}", ("Lambda-Runtime-Function-Response-Mode", "dripping"));
        response.IsError(400, "Runtime.InvalidResponseModeHeader", "dripping");
    }

    [Fact]
    public void The_checksum_is_that_of_the_standard() => Assert.Equal(0xCBF43926, EventStreamMessage.Checksum("123456789"u8));

    async Task<IReadOnlyList<(string Type, string Payload)>> InvokeAsync(string code)
    {
        Assert.SkipWhen(Tool.Find("node") is null, "node is not installed");
        _files.Write("function/app.js", code, 0x1A4);
        var function = FunctionSource.Managed(Path.Combine(_files.Root, "function"), "nodejs", "app.handler");
        await using var lambda = await EmulatedLambda.StartAsync(Some.Options(function) with { MemoryMb = 512 }, Cancel);
        using var http = new HttpClient();
        var path = new Uri(lambda.InvokeEndpoint, "/2021-11-15/functions/function/response-streaming-invocations");
        using var response = await http.PostAsync(path, new StringContent("{}"), Cancel);
        Assert.Equal("application/vnd.amazon.eventstream", response.Content.Headers.ContentType!.MediaType);
        return [.. Messages(await response.Content.ReadAsByteArrayAsync(Cancel))];
    }

    static IEnumerable<(string Type, string Payload)> Messages(byte[] body)
    {
        for (var at = 0; at < body.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(body.AsSpan(at));
            var headers = BinaryPrimitives.ReadInt32BigEndian(body.AsSpan(at + 4));
            var type = Encoding.ASCII.GetString(body, at + 12, headers).Contains("PayloadChunk") ? "PayloadChunk" : "InvokeComplete";
            yield return (type, Encoding.UTF8.GetString(body, at + 12 + headers, length - headers - 16));
            at += length;
        }
    }
}
