namespace LambdaLogs.Emulator;

/// <summary>The network of a sandbox.</summary>
public enum NetworkMode
{
    /// <summary>The host's network. Two sandboxes cannot use the same port.</summary>
    Host,

    /// <summary>Only a loopback interface of its own.</summary>
    None,
}
