using Spectre.Console;

namespace LambdaLogs.Demo;

/// <summary>Lines as they are: the terminal may wrap them, nothing is broken in the middle of what someone copies.</summary>
static class Screen
{
    const int AnyWidth = 100_000;

    /// <summary>Writes one line.</summary>
    /// <param name="markup">With Spectre's markup; what is filled in is shown as it is.</param>
    public static void Line(FormattableString markup)
    {
        var width = AnsiConsole.Profile.Width;
        AnsiConsole.Profile.Width = AnyWidth;
        AnsiConsole.MarkupLineInterpolated(markup);
        AnsiConsole.Profile.Width = width;
    }

    /// <summary>Writes the heading of a part.</summary>
    public static void Heading(FormattableString markup)
    {
        AnsiConsole.WriteLine();
        Line(markup);
    }
}
