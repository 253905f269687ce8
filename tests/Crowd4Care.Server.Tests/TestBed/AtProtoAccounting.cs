using System.Globalization;

namespace Crowd4Care.Server.Tests.TestBed;

/// <summary>Accounts that were made for one test on the network that all tests share.</summary>
public static class AtProtoAccounting
{
    private static int made;

    /// <summary>A new account, and the password with which a channel signs in.</summary>
    public static async Task<(AtProtoUser User, string Password)> NewAccountAsync(this AtProtoNetwork network, string name)
    {
        // The network may outlive the test run: the time makes the name new.
        var unique = string.Create(
            CultureInfo.InvariantCulture, $"{name}-{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() % 10_000_000:x}-{Interlocked.Increment(ref made)}");
        return (await AtProtoUser.JoinAsync(network, unique), $"{unique}-password");
    }
}
