using System.Data.Common;
using Crowd4Care.Storage;
using Dapper;
using Microsoft.Extensions.Options;

namespace Crowd4Care.Engagement;

/// <summary>How a brand wants claims and replies: as it set itself, else as the configuration of the installation says.</summary>
public sealed class BrandTerms(Database database, IOptions<EngagementOptions> options)
{
    /// <summary>The terms as they are now: nothing is kept in memory, so a change counts at once in every process.</summary>
    public async Task<ReplyTerms> OfAsync(string brandId, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var (signature, undoSeconds) = await connection.QuerySingleOrDefaultAsync<(string?, int?)>(
            "SELECT signature, undo_seconds FROM brands WHERE id = @brandId", new { brandId });
        return new ReplyTerms
        {
            Signature = signature is null ? options.Value.Signature : signature.Length == 0 ? "" : "\n" + signature,
            TimeToUndo = TimeSpan.FromSeconds(undoSeconds ?? options.Value.UndoSeconds),
        };
    }

    /// <summary>Minutes that a claim lasts where the rule doesn't say; null where the brand doesn't say either.</summary>
    internal static Task<int?> ClaimMinutesAsync(DbTransaction transaction, string brandId) =>
        transaction.SingleAsync<int?>("SELECT claim_minutes FROM brands WHERE id = @brandId", new { brandId });
}

/// <summary>How a brand wants claims and replies.</summary>
public sealed record ReplyTerms
{
    private const string Name = "{name}";

    /// <summary>What stands under a reply, from its line break on; <c>{name}</c> is the person's name.</summary>
    public required string Signature { get; init; }

    /// <summary>How long a reply from the desk can be taken back; zero where it is sent at once.</summary>
    public required TimeSpan TimeToUndo { get; init; }

    /// <summary>What stands under somebody's reply.</summary>
    public string SignatureOf(string? personName) => Signature.Replace(Name, personName ?? "", StringComparison.Ordinal);

    /// <summary>The text as readers will see it. Forms end lines with two characters; networks count and show one.</summary>
    public string Sign(string text, string? personName) => text.Trim().Replace("\r\n", "\n", StringComparison.Ordinal) + SignatureOf(personName);

    /// <summary>The text as its writer wrote it.</summary>
    /// <param name="signature">What was put under it; null where that was not stored: then it is today's.</param>
    public string Unsign(string text, string? signature, string? personName) =>
        (signature ?? SignatureOf(personName)) is var end && text.EndsWith(end, StringComparison.Ordinal) ? text[..^end.Length] : text;
}
