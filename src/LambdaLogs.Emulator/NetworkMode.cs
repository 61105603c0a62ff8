namespace LambdaLogs.Emulator;

/// <summary>What network a sandbox has.</summary>
public enum NetworkMode
{
    /// <summary>The host's: everything that the host reaches. Two sandboxes cannot use the same port.</summary>
    Host,

    /// <summary>A loopback interface of its own and nothing else.</summary>
    None,
}
