using System.CommandLine;

namespace LambdaLogs.Emulator.Cli;

/// <summary><c>lambda-emulator schema</c>: prints the JSON schema of an input or output format.</summary>
internal sealed class SchemaCommand(TextWriter output)
{
    readonly Argument<string> _name = new("name") { Description = "scenario (--scenario files) or run (--json lines)." };

    public Command Build()
    {
        _name.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: not ("scenario" or "run") and var given }])
                result.AddError($"schema {given}: expected scenario or run.");
        });
        var command = new Command("schema", "Prints a JSON schema.") { _name };
        command.SetAction(parsed =>
        {
            output.WriteLine(parsed.GetValue(_name) == "run" ? Schemas.Run() : Schemas.Scenario());
            return ExitCode.Ok;
        });
        return command;
    }
}
