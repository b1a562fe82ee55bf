using ReleaseActions.Core.GitHub;

namespace ReleaseActions.ReleasePublish;

/// <summary>Tells our own drafts from those that people make.</summary>
internal static class Drafts
{
    /// <summary>The published release, or our own draft (the oldest, so that two runs choose the same), or null.</summary>
    public static Release? Ours(IReadOnlyList<Release> releases, string tag) =>
        releases.FirstOrDefault(r => !r.Draft) ?? releases.Where(r => IsOurs(r, tag)).MinBy(r => r.Id);

    /// <summary>The drafts that are not ours.</summary>
    public static IReadOnlyList<Release> Strangers(IReadOnlyList<Release> releases, string tag) => [.. releases.Where(r => r.Draft && !IsOurs(r, tag))];

    private static bool IsOurs(Release release, string tag) => ReleaseNotes.FindMark(release.Body) is { } mark && mark.Tag == tag;
}
