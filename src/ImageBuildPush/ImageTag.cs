using ReleaseActions.Core;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;
using ReleaseActions.ImageBuildPush.Documents;

namespace ReleaseActions.ImageBuildPush;

/// <summary>What a tag means, and so whether it may move.</summary>
internal enum TagMeaning
{
    /// <summary>A version; it never moves.</summary>
    Version,

    /// <summary>A commit.</summary>
    Commit,

    /// <summary>The newest of its kind, such as latest or staging; it moves.</summary>
    Channel,
}

/// <summary>A tag that every image of a run gets.</summary>
internal sealed record ImageTag(string Name, TagMeaning Meaning)
{
    private const string Latest = "latest";
    private const string PushTag = "Push a tag such as v1.2.3, or give the input `version`";

    /// <summary>The tags of a release; <c>latest</c> comes last, because it moves when all others are there.</summary>
    /// <exception cref="ActionException">A tag is malformed, or needs a version and there is none (exit 2).</exception>
    public static IReadOnlyList<ImageTag> For(ImageRequest request, ImageFacts facts)
    {
        var all = new List<ImageTag>();
        var replacesVersion = request.Tags.Any(NamesVersion);
        if (facts.Version is not null && !replacesVersion) all.Add(new ImageTag(Spelling(facts.Version), TagMeaning.Version));
        all.AddRange(request.Tags.Select(t => Of(t, facts)));
        if (facts.MovesLatest) all.Add(new ImageTag(Latest, TagMeaning.Channel));
        if (all.Count > 0) return [.. all.DistinctBy(t => t.Name).OrderBy(t => t.Name == Latest)];
        throw ActionException.BadInput(
            "There is no tag to give: the run has no version", $"{PushTag}, or name other tags such as {{sha}} in `tags`");
    }

    private static ImageTag Of(string text, ImageFacts facts)
    {
        if (NamesVersion(text) && facts.Version is null)
            throw ActionException.BadInput($"The tag '{PlainText.Inert(text)}' needs a version, and the run has none", PushTag);
        var name = facts.Fill(text, facts.Version is null ? null : Spelling(facts.Version));
        if (!ImageGrammar.IsTag(name))
            throw ActionException.BadInput(
                $"'{PlainText.Inert(name)}' is not a tag for an image",
                "A tag has at most 128 letters, digits and _ . - and begins with a letter, a digit or _");
        var namesCommit = text.Contains("{sha}", StringComparison.Ordinal);
        return new ImageTag(name, NamesVersion(text) ? TagMeaning.Version : namesCommit ? TagMeaning.Commit : TagMeaning.Channel);
    }

    private static bool NamesVersion(string text) => text.Contains("{version}", StringComparison.Ordinal);

    private static string Spelling(ReleaseVersion version) => RegistryNames.ImageTags(version, isLatest: false)[0];
}
