using LambdaLogs.Extension.Diagnostics;

namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>Builds the authenticator that the settings ask for.</summary>
internal static class AwsAuthenticator
{
    /// <summary>Builds it; asks nothing yet.</summary>
    /// <param name="authentication">What the settings say.</param>
    /// <param name="destination">The endpoint's options, of which proxy and trust count for AWS as well.</param>
    /// <param name="time">Both clocks.</param>
    /// <param name="log">Own log lines.</param>
    public static ICredentialsProvider Of(
        AwsAuthentication authentication, DestinationOptions destination, TimeProvider time, ExtensionLog log)
    {
        var keys = new AwsCredentialsProvider(authentication.Environment, new AwsHttp(destination, time), time);
        if (authentication.Signing is { } scope)
            return new SignedRequests(scope, keys, time);

        var store = new SecretStore(authentication.Secret!, authentication.Environment, keys, new AwsHttp(destination, time), time);
        return new StoredCredentials(authentication, store, time, log);
    }
}
