using System.Text.Json;

namespace Crowd4Care.Server.Tests.TestBed;

/// <summary>The Bluesky network that <c>ops/testbed/up</c> started. It lives as long as a test run, and tests share it.</summary>
public sealed record AtProtoNetwork(Uri Plc, Uri Pds, Uri Appview, AtProtoAccounts Accounts)
{
    private const string Variable = "CROWD4CARE_TEST_ATPROTO";

    /// <summary>Skips the test when there is no network.</summary>
    public static AtProtoNetwork Required()
    {
        var file = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(file))
            Assert.Ignore($"Needs a Bluesky network: {Variable} is not set. Run ops/test, or ops/testbed/up first.");

        return JsonSerializer.Deserialize<AtProtoNetwork>(File.ReadAllText(file!), JsonSerializerOptions.Web)
            ?? throw new InvalidDataException($"{Variable} names {file}, which describes no network.");
    }
}

public sealed record AtProtoAccounts(AtProtoAccount Brand, AtProtoAccount Customer, AtProtoAccount Advocate);

public sealed record AtProtoAccount(string Did, string Handle, string Password, string AppPassword);
