namespace ReleaseActions.Core.Files;

/// <summary>Where a path ends when every link on the way is followed.</summary>
internal static class RealPath
{
    // The kernel gives up after as many.
    private const int MostLinks = 40;

    /// <summary>The end of an absolute path, whether or not there is anything; <c>/</c> where it has no end.</summary>
    /// <remarks>As the kernel does: <c>..</c> after a link is the parent of the link's target.</remarks>
    public static string Of(string full)
    {
        var ahead = new Stack<string>(full.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse());
        var (place, links) = ("/", 0);
        while (ahead.TryPop(out var part))
        {
            if (part == ".") continue;
            var next = part == ".." ? Path.GetDirectoryName(place) ?? "/" : Path.Combine(place, part);
            if (part == ".." || new FileInfo(next).LinkTarget is not { } target)
            {
                place = next;
                continue;
            }

            if (++links > MostLinks) return "/";
            if (target.StartsWith('/')) place = "/";
            foreach (var step in target.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse()) ahead.Push(step);
        }

        return place;
    }

    /// <summary>Whether a path is a folder or something in it; both absolute.</summary>
    public static bool IsBelow(string full, string folder) =>
        full == folder || full.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal);
}
