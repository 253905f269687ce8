namespace Crowd4Care.Server.Hosting;

/// <summary>
/// Held by the process that runs the pipeline on a data folder, so that a second one does not. The operating system releases it
/// when the process dies, however it dies.
/// </summary>
internal sealed class ServerLock : IDisposable
{
    private readonly FileStream file;

    private ServerLock(FileStream file) => this.file = file;

    /// <summary>Takes the lock; null when another process has it.</summary>
    public static ServerLock? TryTake(string dataDirectory)
    {
        Directory.CreateDirectory(dataDirectory);
        try
        {
            return new ServerLock(new FileStream(Path.Combine(dataDirectory, "server.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Takes the lock, for a command that must be alone.</summary>
    /// <exception cref="IOException">A server has it.</exception>
    public static ServerLock Take(string dataDirectory) =>
        TryTake(dataDirectory) ?? throw new IOException($"A server runs on {dataDirectory}. Stop it first.");

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}
