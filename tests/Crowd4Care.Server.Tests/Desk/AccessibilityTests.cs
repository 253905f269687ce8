using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.Playwright;

namespace Crowd4Care.Server.Tests.Desk;

/// <summary>Every page meets what axe-core can check of WCAG 2.2 AA, in both themes, on a desk and on a phone.</summary>
[TestFixture]
public sealed class AccessibilityTests
{
    private const string Variable = "CROWD4CARE_TEST_AXE";

    // The rules of WCAG 2.0 to 2.2, levels A and AA, and what axe calls best practice. Each violation with its first elements.
    private const string Check =
        """
        async () => {
          const found = await axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"] });
          return found.violations.map(v => `${v.id}: ${v.help}\n` + v.nodes.slice(0, 3).map(n => `    ${n.target.join(" ")} ${n.failureSummary.replaceAll("\n", " ")}`).join("\n"));
        }
        """;

    private FilledDesk desk = null!;
    private string axe = "";

    [OneTimeSetUp]
    public async Task FillAsync()
    {
        var path = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(path))
            Assert.Ignore($"Needs axe-core: {Variable} is not set. Run ops/test, or set it to the path of axe.min.js.");
        axe = await File.ReadAllTextAsync(path);
        desk = await FilledDesk.StartAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (desk is not null)
            await desk.DisposeAsync();
    }

    [TestCase(1440, 900, ColorScheme.Light)]
    [TestCase(1440, 900, ColorScheme.Dark)]
    [TestCase(390, 844, ColorScheme.Light)]
    [TestCase(390, 844, ColorScheme.Dark)]
    public async Task No_page_has_a_violation(int width, int height, ColorScheme colours)
    {
        var violations = new List<string>();
        foreach (var places in desk.Places.GroupBy(p => p.Login))
        {
            await using var window = await DeskWindow.OpenAsync(desk.Server.Address, width: width, height: height, colours: colours);
            if (places.Key is { } login)
                await window.SignInAsync(login, FilledDesk.Password);
            foreach (var place in places)
            {
                await window.GoAsync(place.Path);
                await window.OpenFoldsAsync();
                violations.AddRange((await CheckAsync(window)).Select(v => $"{place.Name} ({place.Path}) {v}"));
            }
        }

        Assert.That(violations, Is.Empty, string.Join('\n', violations));
    }

    [Test]
    public async Task A_violation_would_be_found()
    {
        await using var window = await DeskWindow.OpenAsync(desk.Server.Address);
        await window.GoAsync("/sign-in");
        await window.Page.EvaluateAsync("() => { document.querySelector('h1').style.color = '#eee'; document.querySelector('label').replaceWith(document.createElement('button')); }");

        var violations = await CheckAsync(window);

        Assert.That(violations.Select(v => v.Split(':')[0]), Is.SupersetOf(new[] { "color-contrast", "button-name" }));
    }

    [Test]
    public void No_page_is_left_out()
    {
        // The set-up page can be seen only before there are accounts; the others are what strangers and the refused are led to.
        var looked = desk.Places.Select(p => p.Path.Split('?')[0]).Append("/set-up").Append("/not-found").Append("/not-allowed").ToHashSet();
        var pages = typeof(Server.Desk.App).Assembly.GetTypes().SelectMany(t => t.GetCustomAttributes<RouteAttribute>()).Select(r => r.Template.Split('{')[0]);
        Assert.That(pages.Where(page => !looked.Any(path => page.EndsWith('/') && page.Length > 1 ? path.StartsWith(page, StringComparison.Ordinal) : path == page)), Is.Empty);
    }

    private async Task<IReadOnlyList<string>> CheckAsync(DeskWindow window)
    {
        await window.Page.EvaluateAsync(axe);
        return (await window.Page.EvaluateAsync<JsonElement>(Check)).Deserialize<string[]>()!;
    }
}
