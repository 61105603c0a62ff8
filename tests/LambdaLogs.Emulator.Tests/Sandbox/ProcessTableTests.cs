using System.Buffers.Binary;
using System.Runtime.InteropServices;
using LambdaLogs.Emulator.Phases;
using LambdaLogs.Emulator.Sandbox;
using LambdaLogs.Emulator.Tests.Support;
using LambdaLogs.Emulator.Transcripts;

namespace LambdaLogs.Emulator.Tests.Sandbox;

/// <summary>Which processes a sandbox starts, and how.</summary>
public sealed class ProcessTableTests : IDisposable
{
    readonly TempFiles _files = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static bool IsArm => RuntimeInformation.ProcessArchitecture is Architecture.Arm64;

    public void Dispose() => _files.Dispose();

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task An_eleventh_extension_fails_init()
    {
        var extensions = Enumerable.Range(0, Admission.ExtensionsMax + 1).Select(i => _files.Write($"e{i:00}", TempFiles.Sleeper)).ToList();
        await using var lambda = await EmulatedLambda.StartAsync(Some.Options() with { Extensions = extensions }, Cancel);

        Assert.Equal(Phase.Down, lambda.Phase);
        Assert.Equal(["Extension limit (10) reached"], lambda.Texts(TranscriptKind.LaunchFailed, "e10"));
        var result = await lambda.InvokeToEndAsync(cancel: Cancel);
        Assert.Contains("\"errorType\":\"Extension.LaunchError\"", result.PayloadText, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task The_marker_in_a_layer_disables_extensions_and_their_api()
    {
        var marker = _files.Zip("marker.zip", ("disable-extensions-jwigqn8j", "", 0x1A4));
        await using var lambda = await EmulatedLambda.StartAsync(
            Some.Options() with { Layers = [marker], Extensions = [_files.Write("driven", TempFiles.Sleeper)] }, Cancel);

        Assert.Equal(Phase.Ready, lambda.Phase);
        Assert.Null(lambda.ProcessId("driven"));
        using var client = new ApiClient(lambda);
        Assert.Equal(404, (int)(await client.RegisterAsync("driven", "INVOKE")).Status);
        Assert.Null((await lambda.InvokeToEndAsync(cancel: Cancel)).FunctionError);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task An_executable_of_the_other_architecture_runs_at_lambdas_paths()
    {
        var interpreter = $"qemu-{(IsArm ? "x86_64" : "aarch64")}-static";
        Assert.SkipWhen(Tool.Find(interpreter) is null, $"{interpreter} is not installed; on Debian: sudo apt-get install qemu-user-static");
        var extension = _files.Write("foreign", "");
        await File.WriteAllBytesAsync(extension, SaysHelloAndEndsWith3(), Cancel);
        await using var lambda = await EmulatedLambda.CreateAsync(Some.Options() with { Extensions = [extension] });
        Assert.SkipUnless(lambda.Shared is null, lambda.Shared ?? "");
        _ = lambda.BeginAsync(Cancel).ContinueWith(_ => { }, TaskScheduler.Default);
        await lambda.WaitForAsync(e => e is { Kind: TranscriptKind.ProcessExited, Source: "foreign" }, Limit.Wait, cancel: Cancel);

        Assert.Equal(["hello"], lambda.Texts(TranscriptKind.Line, "foreign"));
        Assert.Equal(3, lambda.Transcript.Extension("foreign").ExitCode);
        Assert.Contains($"of another architecture, run by {interpreter}", lambda.Texts(TranscriptKind.ProcessStarted, "foreign").Single());
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Records_on_the_log_descriptor_stay_whole_beside_lines_of_the_output()
    {
        _files.Write("function/bootstrap", """
            #!/bin/bash
            api=http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation
            while id=$(curl -s -D - -o /dev/null $api/next | tr -d '\r' | awk 'tolower($1)=="lambda-runtime-aws-request-id:"{print $2}'); do
                echo printed
                printf '\xa5\x5a\x00\x03\x00\x00\x00\x0b\x00\x00\x00\x00\x00\x00\x00\x00first\nsecon' >&$_LAMBDA_TELEMETRY_LOG_FD
                curl -s -d '{}' $api/$id/response >/dev/null
            done
            """);
        await using var lambda = await EmulatedLambda.StartAsync(
            Some.Options(FunctionSource.Directory(Path.Combine(_files.Root, "function"))), Cancel);
        var result = await lambda.InvokeToEndAsync(cancel: Cancel);
        Assert.Equal(["first\nsecon", "printed"], result.Lines.Order());
    }

    /// <summary>A program of the other architecture: it writes a line and ends with 3.</summary>
    static byte[] SaysHelloAndEndsWith3()
    {
        byte[] code = IsArm
            ?
            [
                0xB8, 1, 0, 0, 0, 0xBF, 1, 0, 0, 0, 0x48, 0x8D, 0x35, 0x13, 0, 0, 0, 0xBA, 6, 0, 0, 0, 0x0F, 0x05,
                0xB8, 60, 0, 0, 0, 0xBF, 3, 0, 0, 0, 0x0F, 0x05,
            ]
            : [.. new uint[] { 0xD2800020, 0x100000E1, 0xD28000C2, 0xD2800808, 0xD4000001, 0xD2800060, 0xD2800BA8, 0xD4000001 }
                .SelectMany(BitConverter.GetBytes)];
        byte[] content = [.. code, .. "hello\n"u8];
        const int head = 64 + 56;
        const ulong at = 0x400000;
        var file = new byte[head + content.Length];
        new byte[] { 0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1 }.CopyTo(file, 0);
        var fields = file.AsSpan();
        BinaryPrimitives.WriteUInt16LittleEndian(fields[16..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[18..], IsArm ? ExecutableCheck.X64 : ExecutableCheck.Arm64);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[20..], 1);
        BinaryPrimitives.WriteUInt64LittleEndian(fields[24..], at + head);
        BinaryPrimitives.WriteUInt64LittleEndian(fields[32..], 64);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[52..], 64);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[54..], 56);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[56..], 1);
        var segment = fields[64..];
        BinaryPrimitives.WriteUInt32LittleEndian(segment, 1);
        BinaryPrimitives.WriteUInt32LittleEndian(segment[4..], 5);
        BinaryPrimitives.WriteUInt64LittleEndian(segment[16..], at);
        BinaryPrimitives.WriteUInt64LittleEndian(segment[24..], at);
        BinaryPrimitives.WriteUInt64LittleEndian(segment[32..], (ulong)file.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(segment[40..], (ulong)file.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(segment[48..], 0x1000);
        content.CopyTo(fields[head..]);
        return file;
    }
}
