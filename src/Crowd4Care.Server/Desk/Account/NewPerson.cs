using Crowd4Care.Community;
using Microsoft.AspNetCore.Identity;
using static Crowd4Care.Server.Desk.Languages.Texts;

namespace Crowd4Care.Server.Desk.Account;

/// <summary>What must be right before an account is made.</summary>
internal static class NewPerson
{
    private const int LongestPassword = 200;

    /// <summary>Everything that is wrong, in sentences; empty when nothing is.</summary>
    public static async Task<IReadOnlyList<string>> MistakesAsync(UserManager<Person> users, Person person, string password)
    {
        var mistakes = new List<string>();
        if (string.IsNullOrWhiteSpace(person.Name))
            mistakes.Add(Say("The name is missing."));
        if (person.Login.Length == 0)
            mistakes.Add(Say("The login name is missing."));
        else if (person.Login.Any(c => !users.Options.User.AllowedUserNameCharacters.Contains(c, StringComparison.Ordinal)))
            mistakes.Add(Phrase($"The login name “{person.Login}” may hold only small letters a to z, digits and . _ - @ +"));
        else if (await users.FindByNameAsync(person.Login) is not null)
            mistakes.Add(Phrase($"The login name “{person.Login}” is taken."));

        if (password.Length > LongestPassword)
            mistakes.Add(Phrase($"The password is longer than {LongestPassword} characters."));
        foreach (var validator in users.PasswordValidators)
        {
            var result = await validator.ValidateAsync(users, person, password);
            mistakes.AddRange(result.Errors.Select(e => e.Description));
        }

        return mistakes;
    }
}
