using Crowd4Care.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;

namespace Crowd4Care.Tests.Storage;

public sealed class DatabaseKeysTests
{
    [Test]
    public async Task What_one_copy_protects_another_reads()
    {
        using var storage = new StorageDriver();
        await storage.Migrations.ApplyAsync();

        var secret = Protector(storage).Protect("app password");

        Assert.That(secret, Does.Not.Contain("app password"));
        Assert.That(Protector(storage).Unprotect(secret), Is.EqualTo("app password"));
    }

    private static IDataProtector Protector(StorageDriver storage)
    {
        var services = new ServiceCollection();
        services.AddDataProtection().SetApplicationName("Crowd4Care");
        services.Configure<KeyManagementOptions>(options => options.XmlRepository = new DatabaseKeys(storage.Database, TimeProvider.System));
        return services.BuildServiceProvider().GetRequiredService<IDataProtectionProvider>().CreateProtector("channels");
    }
}
