using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Crowd4Care.Contracts;
using Microsoft.Extensions.Logging;

namespace Crowd4Care.Networks.Bluesky;

/// <summary>Something in the stream that concerns the brand; one of the three is set.</summary>
internal readonly record struct JetstreamFind(FoundPost? Post = null, string? Deleted = null, string? DeletedAuthor = null);

/// <summary>A post as found, its author known by identifier only.</summary>
internal sealed record FoundPost(PostJson Post, string Did, string Rkey, string? Cid, PostRelation Relation)
{
    public string Uri => BlueskyPost.UriOf(Did, Rkey);
}

/// <summary>
/// Stays connected to one of the servers, picks out what concerns the brand and puts it into a channel. When that is full it reads no
/// further; a server that then drops it is resumed from the position.
/// </summary>
internal sealed partial class JetstreamReader
{
    public const int Capacity = 1000;

    private readonly Uri[] servers;
    private readonly JetstreamScanner scanner;
    private readonly BlueskyOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Channel<JetstreamFind> finds =
        System.Threading.Channels.Channel.CreateBounded<JetstreamFind>(new BoundedChannelOptions(Capacity) { SingleReader = true, SingleWriter = true });

    private JetstreamCursor? position;
    private ChannelTrouble? trouble;
    private byte[] brand = [];
    private string? brandDid;

    /// <exception cref="NetworkException">A server's address is none.</exception>
    public JetstreamReader(
        IReadOnlyList<string> servers, KeywordMatcher matcher, JetstreamCursor? from, BlueskyOptions options, TimeProvider time,
        ILogger logger)
    {
        this.servers = [.. servers.Select(AddressOf)];
        scanner = new JetstreamScanner(matcher);
        position = from;
        (this.options, this.time, this.logger) = (options, time, logger);
    }

    public ChannelReader<JetstreamFind> Finds => finds.Reader;

    /// <summary>Everything up to here is in the channel, or was taken from it.</summary>
    public JetstreamCursor? Position => Volatile.Read(ref position);

    /// <summary>Why it is not connected; null while it is.</summary>
    public ChannelTrouble? Trouble => Volatile.Read(ref trouble);

    /// <summary>The brand's account: its own posts are left out, those that name it are found.</summary>
    public string? BrandDid
    {
        get => Volatile.Read(ref brandDid);
        set
        {
            Volatile.Write(ref brand, value is null ? [] : Encoding.UTF8.GetBytes(value));
            Volatile.Write(ref brandDid, value);
        }
    }

    public static Uri AddressOf(string given) =>
        Uri.TryCreate(given, UriKind.Absolute, out var uri) && uri.Scheme is "ws" or "wss"
            ? uri
            : throw new NetworkException($"'{given}' is no address of a Jetstream: it starts with wss:// or ws://.");

    /// <summary>Reads until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var backOff = new BackOff(options);
            for (var turn = 0; ; turn++)
            {
                var server = servers[turn % servers.Length];
                var reason = await ReadServerAsync(server, backOff, cancellationToken);
                Volatile.Write(ref trouble, new ChannelTrouble(TroubleKind.Unreachable, $"{server.Authority}: {reason}"));
                var wait = backOff.Next();
                Log.Lost(logger, server.Authority, reason, wait);
                await Task.Delay(wait, time, cancellationToken);
            }
        }
        catch (Exception e)
        {
            finds.Writer.TryComplete(e);
            throw;
        }
    }

    /// <summary>Reads from one server until that ends, and says why.</summary>
    private async Task<string> ReadServerAsync(Uri server, BackOff backOff, CancellationToken cancellationToken)
    {
        using var connection = new JetstreamConnection(options, time);
        long malformed = 0;
        var reason = "it ended the stream";
        try
        {
            await connection.OpenAsync(server, Position?.ResumeAt(server.Authority, options.ResumeOverlap), cancellationToken);
            Log.Connected(logger, server.Authority, Position);
            Volatile.Write(ref trouble, null);
            while (await connection.NextAsync(cancellationToken) is { } frame)
            {
                try
                {
                    await TakeAsync(frame, server.Authority, cancellationToken);
                    backOff.Reset();
                }
                catch (Exception e) when (e is JsonException or InvalidOperationException and not ObjectDisposedException)
                {
                    malformed++;
                    Log.Malformed(logger, server.Authority, e.Message);
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or HttpRequestException or IOException or TimeoutException)
        {
            reason = e.Message;
        }
        if (malformed + connection.Oversized > 0) Log.Skipped(logger, server.Authority, malformed, connection.Oversized);
        return reason;
    }

    private async ValueTask TakeAsync(ReadOnlyMemory<byte> frame, string host, CancellationToken cancellationToken)
    {
        var scan = scanner.Read(frame.Span, Volatile.Read(ref brand));
        if (scan.Concern != JetstreamScanner.Concern.None && FindIn(frame.Span, scan.HasKeyword) is { } find)
            await finds.Writer.WriteAsync(find, cancellationToken);
        Volatile.Write(ref position, new JetstreamCursor(scan.TimeUs, scan.Number, scan.Number is null ? null : host));
    }

    private JetstreamFind? FindIn(ReadOnlySpan<byte> frame, bool hasKeyword)
    {
        var read = JsonSerializer.Deserialize<JetstreamEventJson>(frame, JsonSerializerOptions.Web);
        return read switch
        {
            { Kind: "account", Did: { } did, Account: { Active: false, Status: "deleted" or "takendown" } } => new(DeletedAuthor: did),
            { Did: { } did, Commit: { Operation: "delete", Rkey: { } rkey } } => new(Deleted: BlueskyPost.UriOf(did, rkey)),
            { Did: { } did, Commit: { Operation: "create", Rkey: { } rkey } commit } when did != BrandDid =>
                PostIn(did, rkey, commit, hasKeyword),
            _ => null,
        };
    }

    private JetstreamFind? PostIn(string did, string rkey, CommitJson commit, bool hasKeyword)
    {
        if (PostJson.TryRead(commit.Record) is not { } post) throw new JsonException("The record is no readable post.");
        PostRelation? byWord = hasKeyword ? PostRelation.Keyword : null;
        return (post.RelationTo(BrandDid) ?? byWord) is { } relation ? new(new FoundPost(post, did, rkey, commit.Cid, relation)) : null;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Connected to the Jetstream {Host}, from {Position}")]
        public static partial void Connected(ILogger logger, string host, JetstreamCursor? position);

        [LoggerMessage(LogLevel.Warning, "The Jetstream {Host} was lost: {Reason}. The next one is tried in {Wait}")]
        public static partial void Lost(ILogger logger, string host, string reason, TimeSpan wait);

        [LoggerMessage(LogLevel.Debug, "A frame of the Jetstream {Host} was skipped: {Reason}")]
        public static partial void Malformed(ILogger logger, string host, string reason);

        [LoggerMessage(LogLevel.Warning, "Frames of the Jetstream {Host} were skipped: {Malformed} malformed, {Oversized} too large")]
        public static partial void Skipped(ILogger logger, string host, long malformed, long oversized);
    }
}
