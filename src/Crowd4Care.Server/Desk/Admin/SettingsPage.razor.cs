using Crowd4Care.Community;
using Crowd4Care.Server.Access;
using Crowd4Care.Server.Api;
using Crowd4Care.Server.Desk.Shared;
using Microsoft.AspNetCore.Components;
using static Crowd4Care.Server.Desk.Languages.Texts;

namespace Crowd4Care.Server.Desk.Admin;

/// <summary>What the brand decides for itself, and what counts where it does not.</summary>
public sealed partial class SettingsPage
{
    private BrandSettings was = new();
    private SettingsDraft draft = SettingsDraft.Of(new BrandSettings());
    private IReadOnlyDictionary<string, EffectiveSetting> now = new Dictionary<string, EffectiveSetting>();
    private IReadOnlyDictionary<string, string> mistakes = new Dictionary<string, string>();
    private string usual = "";

    /// <summary>The request.</summary>
    [CascadingParameter]
    public required HttpContext Context { get; set; }

    [Inject]
    private BrandStore Brands { get; set; } = default!;

    [Inject]
    private EffectiveSettings Effective { get; set; } = default!;

    [Inject]
    private Flash Flash { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        was = (await Brands.SettingsAsync(Context.Person().BrandId, Context.RequestAborted))!;
        draft = SettingsDraft.Of(was);
        now = Effective.Of(was);
        usual = (string)Effective.Of(was with { Signature = null })["signature"].Value!;
    }

    private async Task SaveAsync()
    {
        draft = SettingsDraft.Of(await Context.Request.ReadFormAsync(Context.RequestAborted), was);
        (var given, mistakes) = draft.Read(Effective.MostKeepDays);
        if (mistakes.Count > 0)
            return;

        var changed = await Brands.SaveAsync(Context.Person().BrandId, given, Context.Person().Id, Context.RequestAborted);
        Flash.Set(Context, true, changed switch
        {
            0 => Say("Nothing was different: all settings are as they were."),
            1 => Say("Saved. One setting changed, and counts from now on."),
            _ => Phrase($"Saved. {changed} settings changed, and count from now on."),
        });
        Navigation.NavigateTo("/admin/settings");
    }

    private string? Wrong(string name) => mistakes.GetValueOrDefault(name);

    private string? Invalid(string name) => mistakes.ContainsKey(name) ? "true" : null;
}
