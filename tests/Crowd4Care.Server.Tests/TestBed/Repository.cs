namespace Crowd4Care.Server.Tests.TestBed;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    public static string Of(params ReadOnlySpan<string> path) => Path.Combine([Root, .. path]);

    private static string Find(DirectoryInfo? folder) => folder switch
    {
        null => throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds Crowd4Care.sln."),
        _ when File.Exists(Path.Combine(folder.FullName, "Crowd4Care.sln")) => folder.FullName,
        _ => Find(folder.Parent),
    };
}
