namespace ReleaseActions.Rehearse;

/// <summary>Reads <c>owner/name</c> out of a remote's address: <c>https://host/owner/name.git</c>, <c>git@host:owner/name</c>, <c>ssh://…</c>.</summary>
internal static class RepositoryName
{
    public static string? Of(string? address)
    {
        if (address is null || !(address.Contains("://", StringComparison.Ordinal) || address.Contains('@', StringComparison.Ordinal))) return null;
        var parts = address.Replace(".git", "", StringComparison.Ordinal).TrimEnd('/').Split('/', ':');
        return parts is [.., { Length: > 0 } owner, { Length: > 0 } name] && IsName(owner) && IsName(name) ? $"{owner}/{name}" : null;
    }

    private static bool IsName(string text) => text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
