using Crowd4Care.Networks;
using Crowd4Care.Server.Access;
using Crowd4Care.Server.Desk.Shared;
using Crowd4Care.Storage;
using Microsoft.AspNetCore.Components;
using static Crowd4Care.Server.Desk.Languages.Texts;

namespace Crowd4Care.Server.Desk.Admin;

/// <summary>The connections to networks: health, adding, changing, testing.</summary>
public sealed partial class Channels
{
    // A test that takes longer than a person waits is an answer too.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private IReadOnlyList<Channel> channels = [];
    private IReadOnlyList<string> mistakes = [];
    private Channel? edited;
    private BlueskyDraft draft = new("", [], "", "", "");
    private Guid? checkedId;
    private ChannelCheck? check;

    /// <summary>The request.</summary>
    [CascadingParameter]
    public required HttpContext Context { get; set; }

    /// <summary>The channel in the form.</summary>
    [SupplyParameterFromQuery]
    public string? Edit { get; set; }

    [Inject]
    private ChannelStore Store { get; set; } = default!;

    [Inject]
    private NetworkCatalog Networks { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [Inject]
    private Flash Flash { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string Brand => Context.Person().BrandId;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        channels = await Store.ListAsync(Brand, Context.RequestAborted);
        edited = Find(Edit) is { Network: BlueskyDraft.Network } found ? found : null;
        if (edited is not null)
            draft = BlueskyDraft.Read(edited);
    }

    private async Task SaveAsync()
    {
        var form = await Context.Request.ReadFormAsync(Context.RequestAborted);
        draft = BlueskyDraft.Read(form);
        edited = Find(form["id"]);
        var secret = form["secret"].ToString().Trim();
        mistakes = draft.Mistakes(hasSecret: secret.Length > 0 || edited?.HasSecret == true);
        if (mistakes.Count > 0)
            return;

        var connection = new ChannelConnection
        {
            Id = edited?.Id ?? Ids.New(Clock),
            BrandId = Brand,
            Network = BlueskyDraft.Network,
            Settings = draft.Settings(edited),
            Secret = secret.Length > 0 ? secret : null,
        };
        var name = draft.Name.Length > 0 ? draft.Name : draft.Handle.Length > 0 ? draft.Handle : draft.Keywords[0];
        await Store.SaveAsync(connection, name, edited?.DisabledAt is null, Context.RequestAborted);
        Flash.Set(Context, true, Phrase($"{name} is saved. It is listening in a moment; test it to be sure."));
        Navigation.NavigateTo("/admin/channels");
    }

    private async Task TestAsync()
    {
        var form = await Context.Request.ReadFormAsync(Context.RequestAborted);
        if (Find(form["id"]) is not { } channel)
            return;

        checkedId = channel.Id;
        check = await CheckAsync(channel);
    }

    private async Task<ChannelCheck> CheckAsync(Channel channel)
    {
        if (!Networks.TryGet(channel.Network, out var network))
            return new ChannelCheck(false, Phrase($"This program can't speak to {Words.Network(channel.Network)} yet."));
        if (await Store.ConnectAsync(channel.Id, Context.RequestAborted) is not { } connection)
            return new ChannelCheck(false, Say("The channel was removed."));

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Context.RequestAborted);
        patience.CancelAfter(Patience);
        try
        {
            return await network.CheckAsync(connection, patience.Token);
        }
        catch (Exception e) when (e is NetworkException or HttpRequestException)
        {
            return new ChannelCheck(false, e.Message);
        }
        catch (OperationCanceledException) when (!Context.RequestAborted.IsCancellationRequested)
        {
            return new ChannelCheck(false, Phrase($"{Words.Network(channel.Network)} did not answer within {Patience.TotalSeconds:0} seconds."));
        }
    }

    private async Task SwitchAsync()
    {
        var form = await Context.Request.ReadFormAsync(Context.RequestAborted);
        if (Find(form["id"]) is not { } channel || await Store.ConnectAsync(channel.Id, Context.RequestAborted) is not { } connection)
            return;

        var on = channel.DisabledAt is not null;
        await Store.SaveAsync(connection, channel.Name, on, Context.RequestAborted);
        Flash.Set(Context, true, on ? Phrase($"{channel.Name} is switched on.") : Phrase($"{channel.Name} is switched off."));
        Navigation.NavigateTo("/admin/channels");
    }

    private Channel? Find(string? id) => Guid.TryParse(id, out var given) ? channels.FirstOrDefault(c => c.Id == given) : null;

    private static string Summary(Channel channel)
    {
        if (channel.Network != BlueskyDraft.Network)
            return Words.Network(channel.Network);

        var draft = BlueskyDraft.Read(channel);
        var parts = new List<string>();
        if (draft.Handle.Length > 0)
            parts.Add("@" + draft.Handle);
        if (draft.Keywords.Count > 0)
            parts.Add(Phrase($"listens for {string.Join(", ", draft.Keywords)}"));
        return parts.Count > 0 ? string.Join(" · ", parts) : Words.Network(channel.Network);
    }
}
