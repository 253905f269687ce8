using System.Text;
using System.Text.RegularExpressions;
using static Crowd4Care.Server.Desk.Languages.Texts;

namespace Crowd4Care.Server.Desk.Languages;

/// <summary>
/// What other modules say and store in English, with values in it, such as why somebody did not get a mention. Here it is recognised and said in the reader's
/// language; what is not recognised stays as it is.
/// </summary>
internal static class ToldTexts
{
    /// <summary>A form that is part of another one's stands behind it.</summary>
    private static readonly string[] All =
    [
        Key("declined it"), Key("did not react to the offer"), Key("let the claim run out"), Key("gave it back"), Key("wrote it"), Key("trust {0} is under {1}"), Key("does not speak {0}"),
        Key("is no newcomer, and it is their turn"), Key("{0} {1} is under {2}"), Key("is away"), Key("quiet hours until {0}"), Key("reached the daily limit of {0}"),
        Key("needs {0} places, {1} in all"), Key("needs {0} places, {1} free"), Key("is full ({0} of {1})"),
        Key("A rule says that it needs no answer."), Key("A rule gives it to staff."), Key("Its advocate was given other work at the same moment; it waits for the crowd."),
        Key("Nobody in the crowd took it in time."), Key("Everybody qualified who is here was asked."), Key("No advocate is here now; it waits for the crowd."),
        Key("No qualified advocate is free now; it waits for the crowd."), Key("No qualified advocate is free now; it waits for the crowd, and less is asked of them later."),
        Key("Several are asked at once, and whoever claims first has it."), Key("{0} is the best qualified of those who are here and have time."),
        Key("{0} is well qualified, and {1} is needed more for another mention that came at the same time."),
        Key("{0} knows this best and is busy; it waits for a place of theirs, free to be claimed by anybody meanwhile."), Key("Less is asked after {0} minutes ({1})."),
        Key("nothing more"), Key("any language"), Key("trust {0} instead of {1}"), Key("{0} instead of {1}"), Key("{0} is not needed"),
        Key("The brand needs a name."), Key("The name has {0} characters; {1} are possible."), Key("The signature has {0} characters; {1} are possible."),
        Key("{0} means nothing in a signature; {{name}} is the name of who wrote the reply."), Key("{0} is not possible; {1} to {2} seconds are."), Key("{0} is not possible; {1} to {2} minutes are."),
        Key("{0} is not possible; {1} to {2} offers are."), Key("{0} is not possible; {1} to {2} days are."), Key("{0} is not possible; {1} to {2} as a level of trust are."),
        Key("This installation deletes what is older than {0} days; a brand can keep less, not more."),
    ];

    private static readonly Lazy<IReadOnlyList<(Regex Form, string Text)>> Forms = new(() => [.. All.Select(text => (FormOf(text), text))]);

    /// <summary>One such text, or several sentences side by side, in the reader's language.</summary>
    public static string Told(string english)
    {
        if (DeskLanguage.Current == "en")
            return english;
        var said = new StringBuilder();
        for (var rest = english; rest.Length > 0;)
        {
            var (text, match) = Forms.Value.Select(form => (form.Text, Match: form.Form.Match(rest))).FirstOrDefault(form => form.Match.Success);
            // Half in one language and half in another is worse.
            if (text is null)
                return english;
            said.Append(said.Length > 0 ? " " : "").Append(Say(text, [.. match.Groups.Values.Skip(1).Select(value => ListOf(value.Value))]));
            rest = rest[match.Length..];
        }

        return said.ToString();
    }

    private static string ListOf(string value) => string.Join(", ", value.Split(", ").Select(Told));

    private static Regex FormOf(string text)
    {
        var form = Regex.Replace(Regex.Escape(text.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal)), @"\\\{\d}", "(.+?)");
        return new Regex($"^{form}(?: |$)", RegexOptions.CultureInvariant | RegexOptions.Singleline, TimeSpan.FromSeconds(1));
    }
}
