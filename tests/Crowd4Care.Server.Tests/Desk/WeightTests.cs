using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Crowd4Care.Server.Tests.Desk;

/// <summary>The first load of any page, with nothing in the cache: how much, in how many requests, and from whom.</summary>
public sealed class WeightTests
{
    private const int MostBytes = 100 * 1024;
    private const int MostRequests = 15;

    [Test]
    public async Task No_page_is_heavier_than_100_KB_in_15_requests()
    {
        await using var desk = await FilledDesk.StartAsync();
        using var all = Assert.EnterMultipleScope();
        foreach (var places in desk.Places.GroupBy(p => p.Login))
        {
            await using var person = await DeskWindow.OpenAsync(desk.Server.Address);
            if (places.Key is { } login)
                await person.SignInAsync(login, FilledDesk.Password);
            foreach (var place in places)
                await WeighAsync(person, place);
        }
    }

    private static async Task WeighAsync(DeskWindow person, DeskPlace place)
    {
        await using var window = await person.AnotherAsync();
        var requests = new ConcurrentQueue<IRequest>();
        // What is brought up to date afterwards, while others work, is no part of the load.
        window.Page.Request += (_, request) =>
        {
            if (!new Uri(request.Url).AbsolutePath.StartsWith("/desk/fragments/", StringComparison.Ordinal))
                requests.Enqueue(request);
        };
        await window.Page.GotoAsync(new Uri(window.Server, place.Path).ToString(), new() { WaitUntil = WaitUntilState.Load });
        await Assertions.Expect(window.Page.Locator("html")).ToHaveClassAsync("has-script");

        var weighed = new List<(string Path, int Bytes)>();
        foreach (var request in requests)
        {
            var path = new Uri(request.Url).AbsolutePath;
            // The stream of live updates stays open.
            var sizes = path == "/desk/live" ? null : await request.SizesAsync();
            weighed.Add((path, sizes is null ? 0 : sizes.ResponseBodySize + sizes.ResponseHeadersSize));
        }

        var list = string.Join('\n', weighed.Select(w => $"{w.Bytes} {w.Path}"));
        TestContext.Out.WriteLine($"{place.Name}: {weighed.Sum(w => w.Bytes)} bytes in {weighed.Count} requests");
        Assert.That(weighed.Sum(w => w.Bytes), Is.InRange(1000, MostBytes), $"{place.Name}\n{list}");
        Assert.That(weighed, Has.Count.InRange(3, MostRequests), $"{place.Name}\n{list}");
        Assert.That(window.Complaints.Where(c => c.StartsWith("asked somebody else", StringComparison.Ordinal)), Is.Empty, place.Name);
    }
}
