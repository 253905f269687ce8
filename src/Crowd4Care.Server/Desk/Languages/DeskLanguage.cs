using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace Crowd4Care.Server.Desk.Languages;

/// <summary>Which language the desk speaks to whom: what they chose, kept in a cookie; else what their browser asks for; else English.</summary>
internal static class DeskLanguage
{
    private const string Cookie = "crowd4care-language";

    /// <summary>Numbers and dates are written alike in every language; only texts follow it.</summary>
    public static RequestLocalizationOptions Options { get; } = new()
    {
        DefaultRequestCulture = new RequestCulture(CultureInfo.InvariantCulture, CultureInfo.GetCultureInfo("en")),
        SupportedCultures = [CultureInfo.InvariantCulture],
        SupportedUICultures = [.. Texts.Languages.Select(language => CultureInfo.GetCultureInfo(language.Tag))],
        RequestCultureProviders = [new CookieRequestCultureProvider { CookieName = Cookie }, new AcceptLanguageHeaderRequestCultureProvider()],
    };

    /// <summary>The language of this request, as in <see cref="Texts.Languages"/>; English where there is none.</summary>
    public static string Current
    {
        get
        {
            var tag = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
            // By index: this is asked for every text.
            for (var i = 0; i < Texts.Languages.Count; i++)
            {
                if (Texts.Languages[i].Tag == tag)
                    return tag;
            }

            return "en";
        }
    }

    /// <summary>Keeps a choice; what is none of the languages forgets it.</summary>
    public static void Set(HttpContext context, string tag)
    {
        if (Texts.Languages.Any(language => language.Tag == tag))
        {
            var value = CookieRequestCultureProvider.MakeCookieValue(new RequestCulture("", tag));
            context.Response.Cookies.Append(Cookie, value, new() { SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromDays(365), IsEssential = true });
        }
        else
        {
            context.Response.Cookies.Delete(Cookie);
        }
    }
}
