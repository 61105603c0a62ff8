using LambdaLogs.Emulator;
using LambdaLogs.Emulator.Destination;
using Xunit;

namespace FunctionTests;

/// <summary>A function and an extension under the emulator, in the process of the test.</summary>
public sealed class FunctionTests
{
    [Fact]
    public async Task The_handler_responds_and_its_lines_are_known()
    {
        await using var lambda = await EmulatedLambda.StartAsync(new SandboxOptions
        {
            Function = FunctionSource.InProcess(invocation =>
            {
                invocation.Log("hello from the handler");
                return Task.FromResult("""{"ok":true}""");
            }),
        });

        var result = await lambda.InvokeToEndAsync("""{"name":"Tom"}""");

        Assert.Null(result.FunctionError);
        Assert.Equal("""{"ok":true}""", result.PayloadText);
        Assert.Equal(["hello from the handler"], result.Lines);
    }

    [Fact]
    public async Task A_destination_can_misbehave()
    {
        await using var destination = ScriptedDestination.Start();
        destination.Next(Response.WithStatus(503), times: 2);
        using var http = new HttpClient();

        Assert.Equal(503, (int)(await http.GetAsync(destination.Endpoint)).StatusCode);
        Assert.Equal(503, (int)(await http.GetAsync(destination.Endpoint)).StatusCode);
        Assert.Equal(200, (int)(await http.GetAsync(destination.Endpoint)).StatusCode);
        Assert.Equal(3, destination.Requests.Count);
    }
}
