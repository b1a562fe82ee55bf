namespace ReleaseActions.Core.Http;

/// <summary>Where a server's answer leads: checked once, in the same way for every client.</summary>
/// <param name="Target">The address; null where it must not be used.</param>
/// <param name="Shown">What the server sent, for a message.</param>
/// <param name="Flaw">Why it must not be used, to go after the address in a message; null where it may be.</param>
internal sealed record Redirect(Uri? Target, string Shown, string? Flaw)
{
    /// <summary>Reads the header <c>Location</c>.</summary>
    /// <returns>Null where there is none.</returns>
    public static Redirect? Of(Uri asked, HttpResponseMessage answer)
    {
        if (AnswerHeaders.All(answer, "Location") is not { Count: > 0 } locations) return null;
        if (locations.Count > 1) return new Redirect(null, string.Join("' and '", locations), "and only one can be meant");
        // The library takes // for an address on no host, and throws where it joins that with another one.
        if (locations[0].Length == 0 || !Uri.TryCreate(asked, locations[0], out var target))
            return new Redirect(null, locations[0], "which is not an address");
        var shown = target.GetLeftPart(UriPartial.Path);
        return FlawOf(asked, target) is { } flaw ? new Redirect(null, WithoutUser(target), flaw) : new Redirect(target, shown, null);
    }

    private static string? FlawOf(Uri asked, Uri target) => target switch
    {
        { UserInfo.Length: > 0 } => "which holds a user name or password",
        _ when target.Scheme is not ("http" or "https") || target.Host.Length == 0 => "which is not an address on the web",
        _ when MetadataAddress.IsOne(target) => "which is a metadata service",
        _ when !ApiAddress.IsSafe(target) => "which is not encrypted",
        _ when target.IsLoopback && !asked.IsLoopback => "which is this machine itself",
        _ => null,
    };

    private static string WithoutUser(Uri target) =>
        target.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped) is { Length: > 0 } place ? place : target.Scheme;
}
