using ReleaseActions.Core;
using ReleaseActions.Core.Registries;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ImageBuildPush;

/// <summary>A tag of every image of a run.</summary>
/// <param name="Name">The tag.</param>
/// <param name="Stands">What it stands for, and so whether it may ever move.</param>
internal sealed record ImageTag(string Name, TagMeaning Stands)
{
    private const string Latest = "latest";

    /// <summary>The tags of a release, <c>latest</c> at the end: it moves when all else is there.</summary>
    /// <param name="release">Version and commit.</param>
    /// <param name="lines">The tags beside the version, with <c>{version}</c> and <c>{sha}</c>.</param>
    /// <exception cref="ActionException">A tag is none, or there is no version for it (exit 2).</exception>
    public static IReadOnlyList<ImageTag> For(ReleaseFacts release, IReadOnlyList<string> lines)
    {
        var hasOwnForm = lines.Any(l => l.Contains("{version}", StringComparison.Ordinal));
        var version = release.Version is null || hasOwnForm ? [] : new[] { new ImageTag(VersionTag(release.Version), TagMeaning.Version) };
        var all = version.Concat(lines.Select(l => Of(l, release))).Append(release.MovesLatest ? new ImageTag(Latest, TagMeaning.Channel) : null).OfType<ImageTag>();
        IReadOnlyList<ImageTag> tags = [.. all.DistinctBy(t => t.Name).OrderBy(t => t.Name == Latest)];
        return tags.Count > 0 ? tags : throw ActionException.BadInput("There is no tag to give: the run has no version", "Push a tag such as v1.2.3, give the input `version`, or name other tags such as {sha} in `tags`");
    }

    private static ImageTag Of(string line, ReleaseFacts release)
    {
        var isVersion = line.Contains("{version}", StringComparison.Ordinal);
        if (isVersion && release.Version is null)
            throw ActionException.BadInput($"The tag '{PlainText.Inert(line)}' needs a version, and the run has none", "Push a tag such as v1.2.3, or give the input `version`");
        var name = Placeholders.Fill(line, release.Version is null ? null : VersionTag(release.Version), release.ShortCommit);
        if (!ImageGrammar.IsTag(name))
            throw ActionException.BadInput($"'{PlainText.Inert(name)}' is no tag for an image", "A tag has at most 128 letters, digits and _ . - and begins with a letter, a digit or _");
        return new ImageTag(name, isVersion ? TagMeaning.Version : line.Contains("{sha}", StringComparison.Ordinal) ? TagMeaning.Commit : TagMeaning.Channel);
    }

    private static string VersionTag(SemanticVersion version) => RegistryNames.ImageTags(version, isLatest: false)[0];
}

/// <summary>What a tag stands for.</summary>
internal enum TagMeaning
{
    /// <summary>A version; it never moves.</summary>
    Version,

    /// <summary>A commit.</summary>
    Commit,

    /// <summary>The newest of its kind, such as latest or staging; it moves.</summary>
    Channel,
}

/// <summary>The names in braces that inputs and policy may use.</summary>
internal static class Placeholders
{
    /// <summary>Fills in version and commit.</summary>
    public static string Fill(string text, string? version, string shortCommit) => text
        .Replace("{version}", version ?? "", StringComparison.Ordinal).Replace("{sha}", shortCommit, StringComparison.Ordinal);
}
