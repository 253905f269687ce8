using Microsoft.AspNetCore.Identity;

namespace Crowd4Care.Community;

/// <summary>Says what would be right where Identity's own words do not.</summary>
internal sealed class AccountErrors : IdentityErrorDescriber
{
    /// <inheritdoc/>
    public override IdentityError InvalidUserName(string? userName) => new()
    {
        Code = nameof(InvalidUserName), Description = $"The login name \"{userName}\" is not possible: letters from a to z, digits and . _ - @ + are.",
    };
}
