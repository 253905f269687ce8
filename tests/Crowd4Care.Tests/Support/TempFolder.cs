namespace Crowd4Care.Tests.Support;

/// <summary>A folder of its own for a test.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("crowd4care-");

    public string FullName => folder.FullName;

    public void Dispose() => folder.Delete(recursive: true);
}
