namespace Crowd4Care.Server.Desk.Shared;

/// <summary>Light, dark, or as the device says. Kept in a cookie, so that a page never flashes in the wrong one.</summary>
internal static class Theme
{
    private const string Cookie = "crowd4care-theme";

    /// <summary>light, dark, or null for the device's choice.</summary>
    public static string? Of(HttpContext context) => context.Request.Cookies[Cookie] switch
    {
        "light" => "light",
        "dark" => "dark",
        _ => null,
    };

    public static void Set(HttpContext context, string theme)
    {
        var options = new CookieOptions { SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromDays(365), IsEssential = true };
        if (theme is "light" or "dark")
            context.Response.Cookies.Append(Cookie, theme, options);
        else
            context.Response.Cookies.Delete(Cookie);
    }
}
