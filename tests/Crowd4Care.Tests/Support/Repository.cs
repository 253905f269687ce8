namespace Crowd4Care.Tests.Support;

/// <summary>The folder tree that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    private static string FindRoot(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Crowd4Care.sln")))
                return at.FullName;
        }

        throw new DirectoryNotFoundException("The tests run outside of the repository: no folder above them has Crowd4Care.sln.");
    }
}
