namespace Crowd4Care.Contracts;

/// <summary>The parts of the work that a process takes on. Any number of copies of any part may run.</summary>
[Flags]
public enum ProcessRoles
{
    /// <summary>None: stores and reads, as commands do.</summary>
    None = 0,

    /// <summary>The HTTP API and the desk.</summary>
    Web = 1,

    /// <summary>Listens on the channels.</summary>
    Ingest = 2,

    /// <summary>Scores mentions.</summary>
    Classify = 4,

    /// <summary>Routes mentions, ends offers and claims, awards points.</summary>
    Route = 8,

    /// <summary>Posts replies to the networks.</summary>
    Reply = 16,

    /// <summary>Everything.</summary>
    All = Web | Ingest | Classify | Route | Reply,
}

/// <summary>Roles as configuration writes them: a list of names with commas.</summary>
public static class ProcessRoleNames
{
    /// <summary>The known names, in the order of a mention's way.</summary>
    public static IReadOnlyList<string> Known { get; } = ["web", "ingest", "classify", "route", "reply"];

    /// <summary>Reads a list of names; an empty one means everything.</summary>
    /// <exception cref="ArgumentException">A name is unknown; the message names it and the known ones.</exception>
    public static ProcessRoles Read(string? text)
    {
        var roles = ProcessRoles.None;
        foreach (var name in (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Known.Contains(name, StringComparer.OrdinalIgnoreCase))
                throw new ArgumentException($"\"{name}\" is not a role; known: {string.Join(", ", Known)}.");
            roles |= Enum.Parse<ProcessRoles>(name, ignoreCase: true);
        }

        return roles == ProcessRoles.None ? ProcessRoles.All : roles;
    }

    /// <summary>The names of these roles.</summary>
    public static string Write(ProcessRoles roles) =>
        string.Join(',', Known.Where(name => roles.HasFlag(Enum.Parse<ProcessRoles>(name, ignoreCase: true))));
}
