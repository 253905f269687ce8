using System.Xml.Linq;
using Dapper;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Crowd4Care.Storage;

/// <summary>
/// Keeps the keys that protect cookies and secrets in the database, so that every copy of the server has the same. Who can read the database can
/// read them: they protect what leaves it, and backups must be guarded like the database itself.
/// </summary>
public sealed class DatabaseKeys(Database database, TimeProvider clock) : IXmlRepository
{
    // The interface does not wait; keys are read at the start and once a day.

    /// <inheritdoc/>
    public IReadOnlyCollection<XElement> GetAllElements() => ReadAsync().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName)
    {
        ArgumentNullException.ThrowIfNull(element);
        database.WriteAsync(transaction => transaction.ExecuteAsync(
            "INSERT INTO data_protection_keys (id, xml, created_at) VALUES (@friendlyName, @xml, @now) ON CONFLICT (id) DO NOTHING",
            new { friendlyName, xml = element.ToString(SaveOptions.DisableFormatting), now = clock.GetUtcNow() })).GetAwaiter().GetResult();
    }

    private async Task<IReadOnlyCollection<XElement>> ReadAsync()
    {
        await using var connection = await database.OpenAsync();
        return [.. (await connection.QueryAsync<string>("SELECT xml FROM data_protection_keys ORDER BY created_at")).Select(XElement.Parse)];
    }
}
