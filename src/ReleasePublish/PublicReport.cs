using System.Globalization;
using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Text;

namespace ReleaseActions.ReleasePublish;

/// <summary>
/// What is public after a run: the release and its flags, files, images, tags, and the release branches on origin. Each step adds its part.
/// </summary>
/// <param name="Plan">The plan that was applied.</param>
/// <param name="Release">The release as GitHub shows it.</param>
/// <param name="Assets">Its files.</param>
internal sealed record PublicReport(PublishPlan Plan, Release Release, IReadOnlyList<ReleaseAsset> Assets)
{
    // A longer list is not read.
    private const int MostBranches = 10;

    /// <summary>Whether GitHub shows it as the latest; null where that is not known.</summary>
    public bool? IsLatest { get; init; }

    /// <summary>The published releases, as listed after this one was published; empty where nothing was published.</summary>
    public IReadOnlyList<PublishedRelease> Published { get; init; } = [];

    /// <summary>The page of the discussion about it, or null.</summary>
    public string? Discussion { get; init; }

    /// <summary>What became of the moving tags.</summary>
    public IReadOnlyList<TagMove> TagMoves { get; init; } = [];

    /// <summary>The release branches that are on origin; null where they could not be read.</summary>
    public IReadOnlyList<string>? Branches { get; init; }

    /// <summary>What became of the state file; null where there is none.</summary>
    public StateUpdate? State { get; init; }

    /// <summary>What became of each channel.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>Whether all that belongs to the release was done. What could not be read is no problem of the release.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>What could not be done or read.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>The report with what else could not be done or read.</summary>
    public PublicReport With(IEnumerable<Finding> findings) => this with { Findings = [.. Findings, .. findings] };

    /// <summary>The report for the summary.</summary>
    public string ToMarkdown() => string.Join("\n\n", Parts().Select(p => p.TrimEnd('\n')));

    private IEnumerable<string> Parts()
    {
        var title = Markdown.Text(Release.Name ?? Release.TagName);
        yield return $"### {(Release.Draft ? "Draft" : "Published")}: [{title}]({Release.HtmlUrl})";
        yield return string.Join('\n', Lines().Select(l => $"- {l}"));
        var assets = Assets.OrderBy(a => a.Name, StringComparer.Ordinal).Select(RowOf).ToList();
        yield return assets.Count == 0 ? "No files." : Markdown.Table(["asset", "size", "sha256", "state"], assets);
        var images = Plan.Request.Images.Select(i => (string[])[Markdown.Code(i.Key), Markdown.Code(i.Value)]).ToList();
        if (images.Count > 0) yield return Markdown.Table(["image", "digest"], images);
        if (Release.Immutable) yield return Verification();
        if (Plan.Publishes) yield return "A release made with the job's own token starts no other workflow.";
    }

    private IEnumerable<string> Lines()
    {
        yield return $"tag {Markdown.Code(Release.TagName)} at commit {Linked(Plan.Commit[..12], page => $"{page}/commit/{Plan.Commit}")}";
        yield return Release.Draft ? "a draft: a person publishes it" : string.Join(", ", Flags());
        if (Release is { Draft: false, PublishedAt: { } at })
            yield return $"published on {at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";
        if ((Plan.Request.PreviousTag ?? Plan.Request.PreviousTagAmong(Plan.Facts.Tags.Keys)) is { } previous
            && Plan.Facts.Tags.ContainsKey(previous))
            yield return $"changes since {Linked(previous, page => CompareLink.Between(page, previous, Release.TagName))}";
        foreach (var move in TagMoves) yield return $"the moving tag {move.ToMarkdown()}";
        if (Discussion is { } discussion) yield return $"[the discussion about it]({discussion})";
        if (State is not null) yield return State.ToMarkdown();
        foreach (var channel in Channels) yield return channel;
        yield return BranchLine();
    }

    // GitHub attests what an immutable release has.
    private string Verification() => "Anybody can verify it:\n\n" + Markdown.Block(
        "console", $"gh release verify {Release.TagName}\ngh release verify-asset {Release.TagName} FILE");

    // The release's page is below that of the repository.
    private string Linked(string text, Func<string, string> address) =>
        Release.HtmlUrl.IndexOf("/releases/", StringComparison.Ordinal) is > 0 and var end
            ? $"[{Markdown.Code(text)}]({address(Release.HtmlUrl[..end])})"
            : Markdown.Code(text);

    private string BranchLine()
    {
        if (Branches is null) return "⚠️ the release branches on origin could not be read";
        if (Branches.Count == 0) return "no release branch on origin";
        var more = Branches.Count > MostBranches ? $" and {Branches.Count - MostBranches} more" : "";
        return $"release branches on origin: {string.Join(", ", Branches.Take(MostBranches).Select(Markdown.Code))}{more}";
    }

    private IEnumerable<string> Flags()
    {
        yield return "public";
        yield return Release.Prerelease ? "a prerelease" : IsLatest switch
        {
            true => "the latest release",
            false => "not the latest release",
            null => "⚠️ whether it is the latest release is not known",
        };
        if (Release.Immutable) yield return "immutable";
    }

    private string[] RowOf(ReleaseAsset asset)
    {
        var digest = asset.Digest?.Replace("sha256:", "", StringComparison.Ordinal) ?? "";
        var name = Release.Draft ? Markdown.Code(asset.Name) : $"[{Markdown.Code(asset.Name)}]({asset.BrowserDownloadUrl})";
        return [name, Markdown.Size(asset.Size), Markdown.Code(digest), StateOf(asset)];
    }

    private string StateOf(ReleaseAsset asset)
    {
        var step = Plan.Assets.FirstOrDefault(s => s.Remote?.Id == asset.Id)
            ?? Plan.Assets.FirstOrDefault(s => s.Local is { } local && AssetStep.Counterpart(local, [asset]) is not null);
        return step?.Verb switch
        {
            _ when !asset.IsWhole => "⚠️ left alone, not whole",
            _ when Plan.IsKept => "left alone",
            AssetVerb.Upload or AssetVerb.Replace => "uploaded, verified",
            AssetVerb.Relabel => "labelled again, verified",
            AssetVerb.Skip => "there already, verified",
            _ => "left alone",
        };
    }
}
