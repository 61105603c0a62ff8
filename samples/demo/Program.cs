using LambdaLogs.Demo;
using Spectre.Console;

if (args is not [var layer, var function])
{
    Console.Error.WriteLine("usage: demo LAYER.zip FUNCTION_DIRECTORY");
    return 2;
}

// A pipe has no width of its own, and a table cut at 80 columns helps nobody. Nor do codes of colours, which some build services would get otherwise.
if (Console.IsOutputRedirected)
{
    AnsiConsole.Profile.Width = 130;
    AnsiConsole.Profile.Capabilities.Ansi = false;
    AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
}

try
{
    return await new Demonstration(layer, function).RunAsync() ? 0 : 1;
}
catch (Exception error) when (error is TimeoutException or IOException)
{
    AnsiConsole.MarkupLineInterpolated($"[red]The demo failed: {error.Message}[/]");
    return 1;
}
