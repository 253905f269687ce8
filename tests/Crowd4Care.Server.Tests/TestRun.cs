using Crowd4Care.Server.Tests.TestBed;

namespace Crowd4Care.Server.Tests;

[SetUpFixture]
public sealed class TestRun
{
    [OneTimeTearDown]
    public Task CloseBrowserAsync() => Browser.CloseAsync();
}
