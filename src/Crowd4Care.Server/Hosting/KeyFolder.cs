using System.Text.Json.Nodes;
using Crowd4Care.Storage;

namespace Crowd4Care.Server.Hosting;

/// <summary>The keys of an installation on one machine, as rows of <see cref="DatabaseCopy.Keys"/>: an installation that moves takes them along.</summary>
internal static class KeyFolder
{
    public static string Of(StorageOptions storage) => Path.Combine(storage.DataDirectory, "keys");

    public static IEnumerable<JsonObject> Read(StorageOptions storage) =>
        Directory.Exists(Of(storage))
            ? Directory.EnumerateFiles(Of(storage), "*.xml").Order(StringComparer.Ordinal).Select(file => new JsonObject
            {
                ["id"] = Path.GetFileNameWithoutExtension(file),
                ["xml"] = File.ReadAllText(file),
                ["created_at"] = new DateTimeOffset(File.GetLastWriteTimeUtc(file), TimeSpan.Zero).ToUnixTimeMilliseconds(),
            })
            : [];

    /// <summary>Writes keys that came into the database of an installation that keeps them in files.</summary>
    public static async Task TakeAsync(StorageOptions storage, Database database, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Of(storage));
        await database.WriteAsync(async transaction =>
        {
            foreach (var (id, xml) in await transaction.QueryAsync<(string Id, string Xml)>("SELECT id, xml FROM data_protection_keys"))
                await File.WriteAllTextAsync(Path.Combine(Of(storage), $"{Path.GetFileName(id)}.xml"), xml, cancellationToken);
            await transaction.ExecuteAsync("DELETE FROM data_protection_keys");
        }, cancellationToken);
    }
}
