using System.Diagnostics;
using System.Globalization;

namespace Crowd4Care.Load.Faults;

/// <summary>A small file system of its own, in a file, that can be filled up. Needs root.</summary>
internal sealed class LimitedDisk : IDisposable
{
    private const long Bytes = 3L * 1024 * 1024 * 1024;

    private readonly string image;

    private LimitedDisk(string image, string folder) => (this.image, Folder) = (image, folder);

    /// <summary>Where it is mounted.</summary>
    public string Folder { get; }

    private string Filler => Path.Combine(Folder, "filler");

    /// <summary>Makes one and mounts it at a folder, which is made; null, and a word why, where that is not possible.</summary>
    public static LimitedDisk? TryMake(string folder)
    {
        Directory.CreateDirectory(folder);
        var image = folder + ".img";
        using (var file = File.Create(image))
            file.SetLength(Bytes);
        // No blocks kept back for root, who would never see it full.
        if (Environment.IsPrivilegedProcess && Run("mkfs.ext4", "-q", "-m", "0", image) && Run("mount", "-o", "loop", image, folder))
        {
            // Who finds anything in it may take it for somebody's data.
            Directory.Delete(Path.Combine(folder, "lost+found"));
            return new LimitedDisk(image, folder);
        }

        Progress.Say($"notice: no fault \"disk full\", for a small file system of its own can't be mounted here (it takes root)");
        File.Delete(image);
        return null;
    }

    /// <summary>Takes all the room that is left.</summary>
    public void Fill()
    {
        Run("fallocate", "-l", new DriveInfo(Folder).AvailableFreeSpace.ToString(CultureInfo.InvariantCulture), Filler);
        try
        {
            using var more = new FileStream(Filler, FileMode.Append);
            var block = new byte[4096];
            while (true)
            {
                more.Write(block);
                more.Flush();
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    /// <summary>Gives the room back.</summary>
    public void Empty() => File.Delete(Filler);

    public void Dispose()
    {
        Run("umount", "--lazy", Folder);
        File.Delete(image);
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
