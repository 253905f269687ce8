using Microsoft.Playwright;

namespace Crowd4Care.Server.Tests.TestBed;

/// <summary>One Chromium for the whole test run, started by the first test that needs it; each test has a context of its own.</summary>
public static class Browser
{
    private const string Variable = "CROWD4CARE_TEST_CHROMIUM";

    private static readonly string[] Arguments =
    [
        // Tests may run as root, and then there is no sandbox.
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        // Asks nobody on the internet for anything.
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    private static readonly SemaphoreSlim Starting = new(1);
    private static IPlaywright? playwright;
    private static IBrowser? browser;

    /// <summary>A fresh browser profile; skips the test when there is no browser. Dispose it at the end of the test.</summary>
    public static async Task<IBrowserContext> OpenAsync(
        int width = 1280,
        int height = 800,
        ColorScheme colours = ColorScheme.Light,
        bool script = true,
        string language = "en-US",
        bool workers = true)
    {
        var chromium = await RequiredAsync();
        return await chromium.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = colours,
            JavaScriptEnabled = script,
            Locale = language,
            ServiceWorkers = workers ? ServiceWorkerPolicy.Allow : ServiceWorkerPolicy.Block,
        });
    }

    public static async Task CloseAsync()
    {
        if (browser is not null)
            await browser.CloseAsync();
        playwright?.Dispose();
    }

    private static async Task<IBrowser> RequiredAsync()
    {
        var program = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(program))
            Assert.Ignore($"Needs a browser: {Variable} is not set. Run ops/test, or set it to the path of Chromium.");

        await Starting.WaitAsync();
        try
        {
            playwright ??= await Playwright.CreateAsync();
            return browser ??= await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Args = Arguments });
        }
        finally
        {
            Starting.Release();
        }
    }
}
