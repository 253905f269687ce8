using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Crowd4Care.Server.Desk.Shared;

/// <summary>Gives a refused text back on the next page, so that nothing is lost without script either.</summary>
internal sealed class Drafts
{
    private const string Prefix = "crowd4care-draft-";
    // With its encoding it must fit into a cookie.
    private const int Most = 2000;
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    public void Keep(HttpContext context, Guid mentionId, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length is > 0 and <= Most)
        {
            context.Response.Cookies.Append(
                Prefix + mentionId.ToString("N"), WebEncoders.Base64UrlEncode(bytes),
                new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, MaxAge = Lasts, IsEssential = true });
        }
    }

    public string? Take(HttpContext context, Guid mentionId)
    {
        var name = Prefix + mentionId.ToString("N");
        if (context.Request.Cookies[name] is not { Length: > 0 } value)
            return null;

        context.Response.Cookies.Delete(name);
        try
        {
            return Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(value));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
