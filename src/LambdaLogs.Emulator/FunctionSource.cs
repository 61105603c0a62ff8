namespace LambdaLogs.Emulator;

/// <summary>The source of the function's code. A closed union.</summary>
public abstract record FunctionSource
{
    /// <summary>A directory with an executable <c>bootstrap</c> or <c>run</c>, as with a custom runtime.</summary>
    public static FunctionSource Directory(string path) => new FromDirectory(path);

    /// <summary>A directory with a handler for a managed runtime such as <c>python3.12</c>.</summary>
    public static FunctionSource Managed(string path, string runtime, string handler) => new FromManaged(path, runtime, handler);

    /// <summary>A command line for <c>/bin/sh</c>. The command must implement the Runtime API.</summary>
    public static FunctionSource Command(string line) => new FromCommand(line);

    /// <summary>A handler in this process, which is not started or frozen. An exception is a handler error.</summary>
    public static FunctionSource InProcess(Func<InvocationContext, Task<string>> handler) => new FromHandler(handler);

    /// <inheritdoc cref="Directory"/>
    public sealed record FromDirectory(string Path) : FunctionSource;

    /// <inheritdoc cref="Managed"/>
    public sealed record FromManaged(string Path, string Runtime, string Handler) : FunctionSource;

    /// <inheritdoc cref="Command"/>
    public sealed record FromCommand(string Line) : FunctionSource;

    /// <inheritdoc cref="InProcess"/>
    public sealed record FromHandler(Func<InvocationContext, Task<string>> Handler) : FunctionSource
    {
        /// <summary>Called before the first invocation of each start. An exception is an init error.</summary>
        public Func<CancellationToken, Task> Init { get; init; } = _ => Task.CompletedTask;
    }
}
