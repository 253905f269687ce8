namespace Crowd4Care.Routing.Editing;

/// <summary>A value of a JSON text with its place in it, so that a change can leave every other character as it is. Comments and commas lie between the parts.</summary>
internal sealed class JsonPart
{
    private JsonPart(string? name, int nameStart, int start) => (Name, NameStart, Start) = (name, nameStart, start);

    /// <summary>The name of a member as it is written, escapes included; null for an element and for the whole.</summary>
    public string? Name { get; }

    /// <summary>Where the member begins; for an element, where its value does.</summary>
    public int NameStart { get; }

    /// <summary>The first character of the value.</summary>
    public int Start { get; }

    /// <summary>The character behind the value.</summary>
    public int End { get; private set; }

    /// <summary>Members or elements, in order.</summary>
    public List<JsonPart> Parts { get; } = [];

    /// <summary>Reads a text that is known to be JSON, comments and trailing commas allowed.</summary>
    public static JsonPart Of(string text)
    {
        var at = 0;
        return Read(text, ref at, isMember: false);
    }

    /// <summary>The place behind white space and comments.</summary>
    public static int SkipBlank(string text, int at)
    {
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]))
                at++;
            else if (text[at] != '/')
                break;
            else
                at = EndOfComment(text, at);
        }

        return at;
    }

    /// <summary>The place behind a comment.</summary>
    public static int EndOfComment(string text, int at)
    {
        var end = text[at + 1] == '/' ? text.IndexOf('\n', at) : text.IndexOf("*/", at + 2, StringComparison.Ordinal) + 2;
        return end < 0 ? text.Length : end;
    }

    private static JsonPart Read(string text, ref int at, bool isMember)
    {
        at = SkipBlank(text, at);
        var (nameStart, name) = (at, (string?)null);
        if (isMember)
        {
            SkipText(text, ref at);
            name = text[(nameStart + 1)..(at - 1)];
            at = SkipBlank(text, SkipBlank(text, at) + 1);
        }

        var part = new JsonPart(name, nameStart, at);
        if (text[at] is '{' or '[')
            part.ReadParts(text, ref at);
        else if (text[at] == '"')
            SkipText(text, ref at);
        else
            SkipWord(text, ref at);
        part.End = at;
        return part;
    }

    private void ReadParts(string text, ref int at)
    {
        var isObject = text[at++] == '{';
        while (true)
        {
            at = SkipBlank(text, at);
            if (text[at] is '}' or ']')
                break;
            if (text[at] == ',')
                at++;
            else
                Parts.Add(Read(text, ref at, isObject));
        }

        at++;
    }

    private static void SkipText(string text, ref int at)
    {
        for (at++; text[at] != '"'; at++)
        {
            if (text[at] == '\\')
                at++;
        }

        at++;
    }

    private static void SkipWord(string text, ref int at)
    {
        while (at < text.Length && text[at] is not (',' or '}' or ']' or '/') && !char.IsWhiteSpace(text[at]))
            at++;
    }
}
