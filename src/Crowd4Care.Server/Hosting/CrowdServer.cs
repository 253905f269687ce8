using Crowd4Care.Contracts;
using Crowd4Care.Server.Access;
using Crowd4Care.Server.Api;
using Crowd4Care.Server.Demo;
using Crowd4Care.Server.Desk;
using Crowd4Care.Server.Desk.Languages;
using Crowd4Care.Server.Health;

namespace Crowd4Care.Server.Hosting;

/// <summary>The server: the modules of its roles and, with the role web, HTTP API and desk in one process.</summary>
internal static class CrowdServer
{
    /// <summary>Runs until stopped.</summary>
    public static async Task<int> RunAsync(IReadOnlyDictionary<string, string?> settings, bool demo, CancellationToken cancellationToken)
    {
        await using var app = Build(settings, demo);
        using var held = await CrowdHost.LockAsync(app.Services, cancellationToken);
        if (held is null)
        {
            await Console.Error.WriteLineAsync($"Another server runs on {CrowdHost.Storage(app.Services).DataDirectory}. Stop it, or give this one a folder of its own with --data.");
            return 1;
        }

        await CrowdHost.PrepareAsync(app.Services, cancellationToken);
        await app.StartAsync(cancellationToken);
        await Welcome.SayAsync(app, CrowdHost.Roles(app.Configuration), demo, cancellationToken);
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    /// <summary>Puts the server together.</summary>
    public static WebApplication Build(IReadOnlyDictionary<string, string?> settings, bool demo)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseStaticWebAssets();
        // A program that was built and not published would else compress each file anew, at a level that makes it no smaller. Who changes a
        // style sheet and wants to see it at once turns it on.
        builder.Configuration["ReloadStaticAssetsAtRuntime"] ??= "false";
        CrowdHost.ReadConfiguration(builder, demo ? DemoData.Settings(settings) : settings);
        var roles = CrowdHost.Roles(builder.Configuration);
        var serves = roles.HasFlag(ProcessRoles.Web);
        CrowdHost.AddModules(builder, roles, serves ? bus => DeskServices.AddConsumers(bus, builder.Configuration) : null);
        builder.Services.AddHealth();
        if (serves)
        {
            builder.Services.AddAccess();
            builder.Services.AddApi();
            builder.Services.AddDesk();
            // Also over https: the token in a form differs each time, and so gives nothing away by its compressed length.
            builder.Services.AddResponseCompression(options => options.EnableForHttps = true);
        }

        if (demo)
            builder.Services.AddDemo();

        var app = builder.Build();
        app.UseMetrics();
        app.MapHealth();
        if (serves)
            MapWeb(app);
        return app;
    }

    private static void MapWeb(WebApplication app)
    {
        app.UseResponseCompression();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseRequestLocalization(DeskLanguage.Options);
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        app.MapApi();
        app.MapDesk();
    }
}
