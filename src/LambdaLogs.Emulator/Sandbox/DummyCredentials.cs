namespace LambdaLogs.Emulator.Sandbox;

/// <summary>Credentials of the right shape that open nothing.</summary>
internal static class DummyCredentials
{
    public const string AccessKeyId = "ASIAEMULATEDLAMBDA00";
    public const string SecretAccessKey = "emulated-secret-access-key-that-opens-nothing";
    public const string Token = "emulated-session-token";
}
