using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Crowd4Care.Networks.Bluesky;

/// <summary>
/// The account's session: kept across restarts and shared with other processes through <see cref="ISessionKeeper"/>, renewed when the
/// network says that it has expired, begun anew when it can't be renewed. One renewal at a time.
/// </summary>
internal sealed partial class BlueskySession(
    BlueskyAccount account, BlueskyClient client, ISessionKeeper keeper, TimeProvider time, ILogger logger) : IDisposable
{
    /// <summary>An account may sign in 300 times a day: a refused password is not tried again at once.</summary>
    private static readonly TimeSpan RefusalHolds = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim gate = new(1, 1);
    private SignedIn? current;
    private (string Message, DateTimeOffset Until)? refusal;

    public BlueskyAccount Account => account;

    /// <summary>Makes a call for the account; once more with a new token if the network no longer takes the old one.</summary>
    /// <exception cref="NetworkException">The account can't be signed in to.</exception>
    public async Task<T> CallAsync<T>(Func<SignedIn, Task<T>> call, CancellationToken cancellationToken)
    {
        var session = await GetAsync(cancellationToken);
        try
        {
            return await call(session);
        }
        catch (XrpcException e) when (e.IsBadToken)
        {
            Log.TokenRefused(logger, account.Handle, e.Error);
        }
        return await call(await RenewAsync(session, cancellationToken));
    }

    public async Task<SignedIn> GetAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref current) is { } known) return known;
        await gate.WaitAsync(cancellationToken);
        try
        {
            return current ??= await LoadAsync(cancellationToken) ?? await SignInAsync(cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Signs in with the password in any case, which shows whether it is right.</summary>
    public async Task<SignedIn> SignInAnewAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            refusal = null;
            return current = await SignInAsync(cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private async Task<SignedIn> RenewAsync(SignedIn refused, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            // Another call or another process may have renewed it by now.
            if (current is { } mine && mine.AccessJwt != refused.AccessJwt) return mine;
            if (await LoadAsync(cancellationToken) is { } theirs && theirs.AccessJwt != refused.AccessJwt) return current = theirs;
            return current = await RefreshAsync(refused, cancellationToken) ?? await SignInAsync(cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<SignedIn?> LoadAsync(CancellationToken cancellationToken)
    {
        if (await keeper.LoadAsync(account.ChannelId, cancellationToken) is not { } saved) return null;
        try
        {
            var session = JsonSerializer.Deserialize<SignedIn>(saved, JsonSerializerOptions.Web);
            return session?.IsOf(account) == true ? session : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Null when the session can't be renewed any more.</summary>
    private async Task<SignedIn?> RefreshAsync(SignedIn session, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await client.PostAsync<SessionJson>(
                new Uri(session.Pds), "com.atproto.server.refreshSession", null, session.RefreshJwt, cancellationToken);
            var renewed = SignedIn.From(answer, account);
            await SaveAsync(renewed, cancellationToken);
            return renewed;
        }
        catch (XrpcException e) when (!e.IsServerFault && !e.IsThrottled)
        {
            Log.NotRenewed(logger, account.Handle, e.Message);
            return null;
        }
    }

    private async Task<SignedIn> SignInAsync(CancellationToken cancellationToken)
    {
        if (refusal is { } held && held.Until > time.GetUtcNow()) throw new NetworkException(held.Message) { Kind = TroubleKind.SignIn };
        try
        {
            var answer = await client.PostAsync<SessionJson>(
                account.Service, "com.atproto.server.createSession",
                new { identifier = account.Handle, password = account.Password }, null, cancellationToken);
            var session = SignedIn.From(answer, account);
            await SaveAsync(session, cancellationToken);
            Log.SignedIn(logger, account.Handle, session.Pds);
            return session;
        }
        catch (XrpcException e) when (!e.IsServerFault && !e.IsThrottled)
        {
            var message = Explain(e);
            refusal = (message, time.GetUtcNow() + RefusalHolds);
            throw new NetworkException(message, e) { Kind = TroubleKind.SignIn };
        }
    }

    private string Explain(XrpcException e) => e.Error switch
    {
        "AuthFactorTokenRequired" =>
            $"The account @{account.Handle} asks for a code by e-mail: use an app password instead of its own password.",
        "AccountTakedown" => $"The account @{account.Handle} was taken down by {account.Service.Host}: {e.Message}",
        _ when e.Status == HttpStatusCode.Unauthorized =>
            $"{account.Service.Host} refuses the handle @{account.Handle} or its app password ({e.Message}).",
        _ => $"{account.Service.Host} refuses to sign @{account.Handle} in: {e.Message}",
    };

    private Task SaveAsync(SignedIn session, CancellationToken cancellationToken) =>
        keeper.SaveAsync(account.ChannelId, JsonSerializer.Serialize(session, JsonSerializerOptions.Web), cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Signed in to Bluesky as @{Handle} at {Pds}")]
        public static partial void SignedIn(ILogger logger, string handle, string pds);

        [LoggerMessage(LogLevel.Debug, "Bluesky no longer takes the token of @{Handle} ({Error})")]
        public static partial void TokenRefused(ILogger logger, string handle, string? error);

        [LoggerMessage(LogLevel.Information, "The Bluesky session of @{Handle} can't be renewed ({Reason}): signing in again")]
        public static partial void NotRenewed(ILogger logger, string handle, string reason);
    }
}
