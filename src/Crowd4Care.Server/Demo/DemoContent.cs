using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crowd4Care.Server.Demo;

/// <summary>
/// What `serve --demo` shows: the mentions, people, answers and reactions of an invented brand. It is read from the assembly
/// once, when constructed; a file that doesn't fit its record fails there, with the file and the line.
/// </summary>
internal sealed class DemoContent
{
    /// <summary>The invented maker of home networks that all of the content is about.</summary>
    public const string BrandName = "Nordlumen";

    /// <summary>The brand's account name on the networks, without the leading @.</summary>
    public const string BrandHandle = "nordlumen";

    // Strict: an unknown, missing or doubled property is a mistake in the file.
    private readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    /// <summary>Reads all files.</summary>
    /// <exception cref="InvalidDataException">A file is missing or can't be read; the message names it.</exception>
    public DemoContent()
    {
        Mentions = ReadLines<DemoMention>("mentions.jsonl");
        People = ReadArray<DemoPerson>("people.json");
        Answers = ReadArray<DemoAnswer>("answers.json");
        Reactions = ReadArray<DemoReaction>("reactions.json");
        using var rules = Open("rules.json");
        Rules = rules.ReadToEnd();
    }

    /// <summary>The brand's rule set.</summary>
    public string Rules { get; }

    /// <summary>In the order in which they are meant to arrive: a follow-up comes after the mention that it answers.</summary>
    public IReadOnlyList<DemoMention> Mentions { get; }

    /// <summary>Advocates, agents and an admin; a visitor signs in as `ana`, `sam` or `alex`.</summary>
    public IReadOnlyList<DemoPerson> People { get; }

    /// <summary>What simulated advocates reply; every main topic has at least two in each language.</summary>
    public IReadOnlyList<DemoAnswer> Answers { get; }

    /// <summary>What simulated customers write back.</summary>
    public IReadOnlyList<DemoReaction> Reactions { get; }

    private T[] ReadArray<T>(string file)
    {
        using var reader = Open(file);
        return Parse<T[]>(reader.ReadToEnd(), file);
    }

    private List<T> ReadLines<T>(string file)
    {
        using var reader = Open(file);
        var items = new List<T>();
        for (var number = 1; reader.ReadLine() is { } line; number++)
            items.Add(Parse<T>(line, $"{file} line {number}"));
        return items;
    }

    private T Parse<T>(string text, string place)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, json) ?? throw new InvalidDataException($"Demo/{place} holds null.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"Demo/{place}: {e.Message}", e);
        }
    }

    private StreamReader Open(string file) =>
        new(GetType().Assembly.GetManifestResourceStream("Demo/" + file)
            ?? throw new InvalidDataException($"Demo/{file} is not embedded in the assembly."));
}

/// <summary>A sample mention.</summary>
/// <param name="Id">Unique, such as demo-0042; serves as the network's external id.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Text">As people write, typos included.</param>
/// <param name="Language">Two letters.</param>
/// <param name="Expect">Where a sensible router would send it.</param>
/// <param name="Topic">As a skill's value names it: technical, billing, delivery, …</param>
/// <param name="InReplyTo">The earlier mention of the same author that this one follows up.</param>
internal sealed record DemoMention(
    string Id,
    DemoAuthor Author,
    string Text,
    string Language,
    DemoExpectation Expect,
    string Topic,
    string? InReplyTo = null);

/// <summary>An invented account on a network.</summary>
internal sealed record DemoAuthor(string Handle, string Name, int Followers);

/// <summary>Where a sample mention belongs, in its writer's opinion.</summary>
internal enum DemoExpectation
{
    /// <summary>A community member can answer it.</summary>
    Offer,

    /// <summary>Angry, urgent, or beyond what the community can mend.</summary>
    Staff,

    /// <summary>Spam, or not about the brand at all.</summary>
    Ignore,
}

/// <summary>Somebody who works at the demo brand's desk.</summary>
/// <param name="Login">Unique, lower case.</param>
/// <param name="Name">As others see it.</param>
/// <param name="Role">advocate, agent or admin.</param>
/// <param name="Trust">0 to 4.</param>
/// <param name="Capacity">How many mentions at once, 1 to 5.</param>
/// <param name="Skills">`kind:value` with a proficiency above 0 and up to 1.</param>
/// <param name="Bio">One line.</param>
internal sealed record DemoPerson(
    string Login,
    string Name,
    string Role,
    int Trust,
    int Capacity,
    IReadOnlyDictionary<string, double> Skills,
    string Bio);

/// <summary>A reply that fits most mentions of its topic.</summary>
internal sealed record DemoAnswer(string Topic, string Language, string Text);

/// <summary>What a customer writes after an answer.</summary>
internal sealed record DemoReaction(string Language, DemoMood Mood, string Text);

/// <summary>How a customer takes an answer.</summary>
internal enum DemoMood
{
    /// <summary>It helped.</summary>
    Thanks,

    /// <summary>It didn't, yet; the conversation goes on.</summary>
    StillStuck,
}
