using Crowd4Care.Ingestion;
using Crowd4Care.Server.Access;
using Crowd4Care.Server.Api;
using Crowd4Care.Server.Demo;
using Crowd4Care.Server.Desk;

namespace Crowd4Care.Server.Hosting;

/// <summary>The server: the modules, HTTP API and desk in one process.</summary>
internal static class CrowdServer
{
    /// <summary>Runs until stopped.</summary>
    public static async Task<int> RunAsync(IReadOnlyDictionary<string, string?> settings, bool demo, CancellationToken cancellationToken)
    {
        await using var app = Build(settings, demo);
        var directory = CrowdHost.DataDirectory(app.Services);
        using var held = ServerLock.TryTake(directory);
        if (held is null)
        {
            await Console.Error.WriteLineAsync($"Another server runs on {directory}. Stop it, or give this one a folder of its own with --data.");
            return 1;
        }

        await CrowdHost.PrepareAsync(app.Services, cancellationToken);
        await app.StartAsync(cancellationToken);
        await Welcome.SayAsync(app, demo, cancellationToken);
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    /// <summary>Puts the server together.</summary>
    public static WebApplication Build(IReadOnlyDictionary<string, string?> settings, bool demo)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseStaticWebAssets();
        CrowdHost.Configure(builder, demo ? DemoData.Settings(settings) : settings, DeskServices.AddConsumers);
        builder.Services.AddListening();
        builder.Services.AddAccess();
        builder.Services.AddApi();
        builder.Services.AddDesk();
        if (demo)
            builder.Services.AddDemo();

        var app = builder.Build();
        app.UseExceptionHandler();
        app.UseMetrics();
        app.UseStatusCodePages();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        app.MapApi();
        app.MapDesk();
        return app;
    }
}
