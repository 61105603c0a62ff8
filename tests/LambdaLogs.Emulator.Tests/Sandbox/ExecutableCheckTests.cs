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
        Assert.Null(ExecutableCheck.Validate(_files.Write("script", "#!/bin/sh\n")));
        Assert.Null(ExecutableCheck.Validate("/bin/sh"));
    }

    [Fact]
    public void A_binary_of_an_architecture_without_interpreter_is_named()
    {
        var path = Elf(40);
        Assert.Contains("wrong architecture (ELF machine 40; this machine is", ExecutableCheck.Validate(path));
        Assert.StartsWith("it is for ELF machine 40, and this machine is ", ExecutableCheck.FormatOf(path));
        Assert.Null(ForeignArchitecture.InterpreterFor(path));
    }

    [Fact]
    public void A_binary_of_the_other_architecture_goes_through_its_interpreter_where_there_is_one()
    {
        var isArm = RuntimeInformation.ProcessArchitecture is Architecture.Arm64;
        var path = Elf(isArm ? (byte)62 : (byte)183);
        var request = ForeignArchitecture.Prepare(new SpawnRequest(path, ["name", "argument"], new Dictionary<string, string>(), "/"));
        var interpreter = $"qemu-{(isArm ? "x86_64" : "aarch64")}-static";
        if (Tool.Find(interpreter) is null)
        {
            Assert.Equal(path, request.Path);
            Assert.Contains($"wrong architecture ({(isArm ? "x86_64" : "arm64")}; this machine is", ExecutableCheck.Validate(path));
            return;
        }

        Assert.Null(ExecutableCheck.Validate(path));
        Assert.Equal(interpreter, request.Interpreter);
        Assert.Equal([request.Path, "-0", "name", path, "argument"], request.Arguments);
    }

    [Fact]
    public void What_runs_here_and_what_is_not_there_needs_no_interpreter()
    {
        Assert.Null(ForeignArchitecture.InterpreterFor("/bin/sh"));
        Assert.Null(ForeignArchitecture.InterpreterFor(_files.Write("script", "#!/bin/sh\n")));
        Assert.Null(ForeignArchitecture.InterpreterFor(Path.Combine(_files.Root, "none")));
    }

    [Fact]
    public void What_is_no_program_is_named() => Assert.Equal(
        "it is neither an ELF executable nor a script that starts with #!", ExecutableCheck.FormatOf(_files.Write("text", "no program")));

    [Fact]
    public void A_function_is_a_directory_with_a_bootstrap_or_a_command()
    {
        const string path = "/usr/bin:/bin";
        Assert.Null(FunctionCommand.Validate(FunctionSource.Directory(Repository.Function("bash")), path));
        Assert.Contains("contains no executable bootstrap", FunctionCommand.Validate(FunctionSource.Directory(_files.Root), path));
        Assert.Null(FunctionCommand.Validate(FunctionSource.Command("sleep 1"), path));
        Assert.Contains("neither a directory nor a command", FunctionCommand.Validate(FunctionSource.Command("no-such-thing"), path));
        Assert.Contains("no such file", FunctionCommand.Validate(FunctionSource.Command("/no/such/thing -x"), path));
    }

    string Elf(byte machine)
    {
        var head = new byte[64];
        "\u007fELF"u8.CopyTo(head);
        head[18] = machine;
        var path = _files.Write("foreign", "");
        File.WriteAllBytes(path, head);
        return path;
    }
}
