using LambdaLogs.Extension.Diagnostics;

namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>Creates the credentials provider that the settings require.</summary>
internal static class AwsAuthenticatorFactory
{
    /// <summary>Creates it, without sending a request.</summary>
    /// <param name="authentication">What the settings say.</param>
    /// <param name="destination">The endpoint's options. Proxy and certificates apply to AWS as well.</param>
    /// <param name="time">The wall clock and the monotonic clock.</param>
    /// <param name="log">The extension's own log.</param>
    public static ICredentialsProvider Create(
        AwsAuthentication authentication, DestinationOptions destination, TimeProvider time, ExtensionLog log)
    {
        var keys = new AwsCredentialsProvider(authentication.Environment, new AwsHttp(destination, time), time);
        if (authentication.Signing is { } scope)
            return new SigV4Authenticator(scope, keys, time);

        var store = new SecretStore(authentication.Secret!, authentication.Environment, keys, new AwsHttp(destination, time), time);
        return new SecretStoreAuthenticator(authentication, store, time, log);
    }
}
