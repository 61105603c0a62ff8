using System.Runtime.InteropServices;
using LambdaLogs.Emulator.Sandbox;
using LambdaLogs.Emulator.Tests.Support;

namespace LambdaLogs.Emulator.Tests.Sandbox;

public sealed class ExecutableCheckTests : IDisposable
{
    readonly TempFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_script_and_an_own_binary_are_fine()
    {
        Assert.Null(ExecutableCheck.Problem(_files.Write("script", "#!/bin/sh\n")));
        Assert.Null(ExecutableCheck.Problem("/bin/sh"));
    }

    [Fact]
    public void A_binary_of_another_architecture_is_named()
    {
        var isArm = RuntimeInformation.ProcessArchitecture is Architecture.Arm64;
        var head = new byte[64];
        "\u007fELF"u8.CopyTo(head);
        head[18] = isArm ? (byte)62 : (byte)183;
        var path = _files.Write("foreign", "");
        File.WriteAllBytes(path, head);
        Assert.Contains($"wrong architecture ({(isArm ? "x86_64" : "arm64")}; this machine is", ExecutableCheck.Problem(path));
        Assert.StartsWith($"it is for {(isArm ? "x86_64" : "arm64")}, and this machine is ", ExecutableCheck.FormatOf(path));
    }

    [Fact]
    public void What_is_no_program_is_named() => Assert.Equal(
        "it is neither an ELF executable nor a script that begins with #!", ExecutableCheck.FormatOf(_files.Write("text", "no program")));

    [Fact]
    public void A_function_is_a_directory_with_a_bootstrap_or_a_command()
    {
        const string path = "/usr/bin:/bin";
        Assert.Null(FunctionCommand.Problem(FunctionSource.Directory(Repository.Function("bash")), path));
        Assert.Contains("holds no bootstrap", FunctionCommand.Problem(FunctionSource.Directory(_files.Root), path));
        Assert.Null(FunctionCommand.Problem(FunctionSource.Command("sleep 1"), path));
        Assert.Contains("neither a directory nor a command", FunctionCommand.Problem(FunctionSource.Command("no-such-thing"), path));
        Assert.Contains("no such file", FunctionCommand.Problem(FunctionSource.Command("/no/such/thing -x"), path));
    }
}
