using System.Globalization;
using Crowd4Care.Community;
using Crowd4Care.Community.Skills;
using Crowd4Care.Contracts;
using Crowd4Care.Server.Access;
using Crowd4Care.Server.Desk.Account;
using Crowd4Care.Server.Desk.Shared;
using Crowd4Care.State;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using static Crowd4Care.Server.Desk.Languages.Texts;

namespace Crowd4Care.Server.Desk.Admin;

/// <summary>The people of the brand: adding, changing, suspending.</summary>
public sealed partial class People
{
    private IReadOnlyList<Person> people = [];
    private ILookup<Guid, SkillEstimate> estimates = Array.Empty<SkillEstimate>().ToLookup(_ => Guid.Empty);
    private IReadOnlySet<Guid> present = new HashSet<Guid>();
    private IReadOnlyList<string> mistakes = [];
    private Guid? opened;
    private Person draft = new() { BrandId = "", Login = "", Name = "", Role = Role.Advocate };
    private string draftSkills = "";

    /// <summary>The request.</summary>
    [CascadingParameter]
    public required HttpContext Context { get; set; }

    /// <summary>Whose entry is open.</summary>
    [SupplyParameterFromQuery(Name = "person")]
    public Guid? Opened { get; set; }

    [Inject]
    private SkillStore Skills { get; set; } = default!;

    [Inject]
    private Suspensions Suspensions { get; set; } = default!;

    [Inject]
    private PeopleStore Store { get; set; } = default!;

    [Inject]
    private UserManager<Person> Users { get; set; } = default!;

    [Inject]
    private IPresence Presence { get; set; } = default!;

    [Inject]
    private Flash Flash { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private Person Me => Context.Person();

    private string Counts
    {
        get
        {
            var (advocates, staff) = (people.Count(p => p.Role == Role.Advocate), people.Count(p => p.IsStaff()));
            return $"{Say(advocates == 1 ? "1 advocate" : "{0} advocates", advocates)}, {Say(staff == 1 ? "1 staff" : "{0} staff", staff)}";
        }
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        people = await Store.ListAsync(Me.BrandId, Context.RequestAborted);
        estimates = await Skills.OfAsync([.. people.Select(p => p.Id)], Context.RequestAborted);
        opened = Opened;
        present = await Presence.PresentAsync();
    }

    private async Task AddAsync()
    {
        var form = await Context.Request.ReadFormAsync(Context.RequestAborted);
        var password = form["password"].ToString();
        draftSkills = form["skills"].ToString();
        draft = Read(form, new Person { BrandId = Me.BrandId, Login = form["login"].ToString().Trim().ToLowerInvariant(), Name = "", Role = Role.Advocate });
        var (given, wrong) = ReadSkills(draftSkills);
        mistakes = [.. await NewPerson.MistakesAsync(Users, draft, password), .. wrong];
        if (mistakes.Count > 0)
            return;

        draft.PasswordHash = Users.PasswordHasher.HashPassword(draft, password);
        if (await Store.AddAsync(draft, given, Me.Id, Context.RequestAborted) is null)
        {
            mistakes = [Phrase($"The login name “{draft.Login}” is taken.")];
            return;
        }

        Leave(Phrase($"{draft.Name} can sign in now."));
    }

    private async Task ChangeAsync()
    {
        var form = await Context.Request.ReadFormAsync(Context.RequestAborted);
        if (Find(form["id"]) is not { } person)
            return;

        opened = person.Id;
        var changed = Read(form, person);
        var (given, wrong) = ReadSkills(form["skills"].ToString());
        var problems = new List<string>(wrong);
        if (changed.Name.Length == 0)
            problems.Add(Say("The name is missing."));
        if (person.Id == Me.Id && changed.Role != Role.Admin)
            problems.Add(Say("You can't take your own admin role away: ask another admin."));
        mistakes = problems;
        if (problems.Count > 0)
            return;

        await Store.ChangeAsync(person.Id, Me.BrandId, changed.Name, changed.Role, changed.Trust, changed.Capacity, given, Me.Id, Context.RequestAborted);
        Leave(Phrase($"{changed.Name} is saved."));
    }

    private async Task SuspendAsync()
    {
        var form = await Context.Request.ReadFormAsync(Context.RequestAborted);
        if (Find(form["id"]) is not { } person)
            return;

        opened = person.Id;
        var lifts = form["do"] == "reinstate";
        var reason = form["reason"].ToString().Trim();
        if (person.Id == Me.Id)
            mistakes = [Say("You can't suspend yourself.")];
        else if (!lifts && reason.Length == 0)
            mistakes = [Say("A suspension needs a reason.")];
        if (mistakes.Count > 0)
            return;

        var returned = await Suspensions.SuspendAsync(person.Id, Me.BrandId, lifts ? null : reason, Me.Id, Context.RequestAborted);
        Leave(lifts ? Phrase($"{person.Name} can work again.") : Phrase($"{person.Name} is suspended.") + FreeAgain(returned ?? 0));
    }

    private static string FreeAgain(int claims) =>
        claims > 0 ? " " + Say(claims == 1 ? "1 that they had is free again." : "{0} that they had are free again.", claims) : "";

    private Person? Find(string? id) => Guid.TryParse(id, out var given) ? people.FirstOrDefault(p => p.Id == given) : null;

    private void Leave(string message)
    {
        Flash.Set(Context, true, message);
        Navigation.NavigateTo("/admin/people");
    }

    private static Person Read(IFormCollection form, Person person) => person with
    {
        Name = form["name"].ToString().Trim(),
        Role = Enum.TryParse<Role>(form["role"], out var role) && Enum.IsDefined(role) ? role : person.Role,
        Trust = Number(form["trust"], 0, 4, person.Trust),
        Capacity = Number(form["capacity"], 0, 100, person.Capacity),
    };

    private static int Number(string? text, int least, int most, int otherwise) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, least, most) : otherwise;

    private string SkillLines(Guid personId) =>
        string.Join('\n', estimates[personId].Where(s => s.Declared is not null).Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Skill} = {s.Declared:0.##}")));

    private static (IReadOnlyList<PersonSkill> Skills, IReadOnlyList<string> Mistakes) ReadSkills(string text)
    {
        var given = new Dictionary<string, PersonSkill>();
        var mistakes = new List<string>();
        foreach (var (line, index) in text.Split('\n', StringSplitOptions.TrimEntries).Select((l, i) => (l, i + 1)).Where(l => l.l.Length > 0))
        {
            var parts = line.Split('=', StringSplitOptions.TrimEntries);
            var level = 1.0;
            if (!Skill.IsValid(parts[0]))
                mistakes.Add(Phrase($"Skills, line {index}: “{parts[0]}” is not a skill; write kind:value in small letters, such as topic:billing."));
            else if (parts.Length > 2 || (parts.Length == 2 && !(double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out level) && level is >= 0 and <= 1)))
                mistakes.Add(Phrase($"Skills, line {index}: “{line}” needs a number from 0 to 1, such as {parts[0]} = 0.8."));
            else
                given[parts[0]] = new PersonSkill(parts[0], level);
        }

        return ([.. given.Values], mistakes);
    }
}
