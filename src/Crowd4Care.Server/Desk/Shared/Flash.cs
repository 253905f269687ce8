using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Crowd4Care.Server.Desk.Shared;

/// <summary>A message that waits in a cookie for the page after a redirect, and is shown once.</summary>
internal sealed class Flash
{
    private const string Cookie = "crowd4care-flash";
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(1);

    public void Set(HttpContext context, bool ok, string message)
    {
        if (message.Length == 0)
            return;
        context.Response.Cookies.Append(
            Cookie, (ok ? "1" : "0") + WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(message)),
            new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, MaxAge = Lasts, IsEssential = true });
    }

    public (bool Ok, string Message)? Take(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is not { Length: > 1 } value)
            return null;

        context.Response.Cookies.Delete(Cookie);
        try
        {
            return (value[0] == '1', Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(value[1..])));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
