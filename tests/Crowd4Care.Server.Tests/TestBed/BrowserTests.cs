using Microsoft.Playwright;

namespace Crowd4Care.Server.Tests.TestBed;

public sealed class BrowserTests
{
    [Test]
    public async Task A_page_opens()
    {
        await using var context = await Browser.OpenAsync(width: 390, height: 844, ColorScheme.Dark);
        var page = await context.NewPageAsync();

        await page.GotoAsync("data:text/html,<h1>Hello</h1>");

        Assert.That(await page.GetByRole(AriaRole.Heading).InnerTextAsync(), Is.EqualTo("Hello"));
        Assert.That(await page.EvaluateAsync<int>("innerWidth"), Is.EqualTo(390));
        Assert.That(await page.EvaluateAsync<bool>("matchMedia('(prefers-color-scheme: dark)').matches"), Is.True);
    }
}
