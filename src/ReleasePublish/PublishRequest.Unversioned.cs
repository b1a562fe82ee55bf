using ReleaseActions.Core;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePublish;

/// <summary>What happens to a tag that is no version.</summary>
internal enum UnversionedTag
{
    Refuse,

    /// <summary>It is published once, as a prerelease that is never the latest.</summary>
    Publish,

    /// <summary>It moves to the commit of each run, and the files of its release are replaced.</summary>
    Move,
}

/// <summary>Tags that are no version, such as <c>nightly</c>.</summary>
internal sealed partial class PublishRequest
{
    // Lower than every version, and a prerelease in every team's order.
    private static readonly ReleaseVersion NoVersion = ReleaseTag.RequireVersion("0.0.0-unversioned", "", VersionSchemes.SemVer);

    private bool _isUnversioned;

    /// <summary>Whether the tag is no version: then it is a prerelease, and no other version is compared with it.</summary>
    public bool IsUnversioned => Tag is not null && _isUnversioned;

    /// <summary>Whether the tag moves to this commit.</summary>
    public bool IsMoving => IsUnversioned && ModeOf(Tag.Name) == UnversionedTag.Move;

    /// <summary>The version as people read it, or the tag where it is none.</summary>
    public string VersionText => IsUnversioned ? Tag.Name : Tag.Version.Text;

    /// <summary>The tag of the release that this one follows, by the versions alone; null where it is the first.</summary>
    /// <param name="tags">The names of the tags on origin.</param>
    // An unversioned one follows the highest stable version.
    public string? PreviousTagAmong(IEnumerable<string> tags)
    {
        var known = ReleaseTag.Among(tags, TagPrefix, Order);
        return IsUnversioned
            ? known.FirstOrDefault(t => !Order.IsPrerelease(t.Version))?.Name
            : ReleaseTag.Before(Tag.Version, known, Order)?.Name;
    }

    private string Filled(string text) => Tag.Fill(text.Replace("{version}", VersionText, StringComparison.Ordinal));

    private ReleaseTag? FindUnversioned()
    {
        var name = _given.Tag ?? (_given.Version is null ? inputs.Runner.Tag : null);
        if (name is null or ['-', ..] || ProductName.IsIn(TagPrefix) || IsLikeVersion(name)) return null;
        if (ModeOf(name) == UnversionedTag.Refuse) return name.Any(char.IsAsciiDigit) ? null : throw NoVersionIn(name);
        if (NamedBy(_prerelease) == false || NamedBy(_makeLatest) == true)
            throw ActionException.BadInput(
                $"The tag '{PlainText.Inert(name)}' is no version: its release is a prerelease and never the latest",
                "Omit `prerelease: false` and `make-latest: true`");
        _isUnversioned = true;
        return new ReleaseTag(RefName.Require("tag", name), NoVersion);
    }

    private UnversionedTag ModeOf(string name) => _unversionedTag
        ?? (policy.Release.MovingReleases.Contains(name) ? UnversionedTag.Move
        : policy.Release.UnversionedTags.Contains(name) ? UnversionedTag.Publish
        : UnversionedTag.Refuse);

    // A version with a slip of the pen is refused as one, and never published as something else.
    private bool IsLikeVersion(string name)
    {
        if (ReleaseTag.Find(name, TagPrefix, Order.Scheme) is not null || Order.Scheme.Find(name) is not null) return true;
        var rest = name.StartsWith(TagPrefix, StringComparison.Ordinal) ? name[TagPrefix.Length..] : name.TrimStart('v');
        return rest.Length > 0 && char.IsAsciiDigit(rest[0]);
    }

    private ActionException NoVersionIn(string name) => ActionException.BadInput(
        $"The tag '{PlainText.Inert(name)}' is not a valid version",
        $"Release tags look like {TagPrefix}1.2.3; `unversioned-tag: publish` publishes it as a prerelease, and `move` moves it each time");
}
