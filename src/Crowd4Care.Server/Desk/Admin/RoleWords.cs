using Crowd4Care.Contracts;
using static Crowd4Care.Server.Desk.Languages.Texts;

namespace Crowd4Care.Server.Desk.Admin;

/// <summary>What a role is called.</summary>
internal static class RoleWords
{
    public static string Of(Role role) => role switch
    {
        Role.Advocate => Say("Advocate"),
        Role.Agent => Say("Agent"),
        _ => Say("Admin"),
    };
}
