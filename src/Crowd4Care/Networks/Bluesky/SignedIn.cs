using System.Text.Json;

namespace Crowd4Care.Networks.Bluesky;

/// <summary>A session as it is kept.</summary>
/// <param name="Service">Where it was begun; with <paramref name="Login"/> it tells a session of other settings.</param>
/// <param name="Login">The handle it was begun with.</param>
/// <param name="AccessJwt">For calls; lives for two hours or so.</param>
/// <param name="RefreshJwt">Renews the session; lives for months.</param>
/// <param name="Did">The account.</param>
/// <param name="Handle">The account's handle by now.</param>
/// <param name="Pds">The account's own server.</param>
internal sealed record SignedIn(string Service, string Login, string AccessJwt, string RefreshJwt, string Did, string Handle, string Pds)
{
    public Uri Server => new(Pds);

    public bool IsOf(BlueskyAccount account) =>
        Service == account.Service.AbsoluteUri && Login == account.Handle && AccessJwt is not null && RefreshJwt is not null
        && Did is not null && Uri.TryCreate(Pds, UriKind.Absolute, out _);

    /// <exception cref="NetworkException">The account is not active, or the answer is none of a session.</exception>
    public static SignedIn From(SessionJson answer, BlueskyAccount account)
    {
        if (answer.Active == false)
            throw new NetworkException($"The account @{account.Handle} is not active ({answer.Status ?? "no reason given"}).") { Kind = TroubleKind.SignIn };
        if (answer is not { AccessJwt: { } access, RefreshJwt: { } refresh, Did: { } did })
            throw new NetworkException($"{account.Service} answers, but not as a Bluesky server: it gave no session.");
        var handle = answer.Handle is { Length: > 0 } and not "handle.invalid" ? answer.Handle : account.Handle;
        return new SignedIn(account.Service.AbsoluteUri, account.Handle, access, refresh, did, handle, PdsOf(answer, account).AbsoluteUri);
    }

    /// <summary>The account's own server as its document says; never without encryption where signing in was encrypted.</summary>
    private static Uri PdsOf(SessionJson answer, BlueskyAccount account)
    {
        var endpoint = answer.DidDoc?.Service?
            .FirstOrDefault(s => s.Id?.EndsWith("#atproto_pds", StringComparison.Ordinal) == true)?.ServiceEndpoint;
        return endpoint is { ValueKind: JsonValueKind.String } given
            && Uri.TryCreate(given.GetString(), UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && account.Service.Scheme == Uri.UriSchemeHttp))
                ? uri
                : account.Service;
    }
}
