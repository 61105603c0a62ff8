namespace LambdaLogs.Emulator.Sandbox;

/// <summary>Credentials in the right format that are not valid for anything.</summary>
internal static class DummyCredentials
{
    public const string AccessKeyId = "ASIAEMULATEDLAMBDA00";
    public const string SecretAccessKey = "emulated-secret-access-key-that-opens-nothing";
    public const string Token = "emulated-session-token";
}
