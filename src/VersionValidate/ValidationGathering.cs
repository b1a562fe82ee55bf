using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Manifests;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.VersionValidate;

/// <summary>Looks up what the rules need to know: in the repository, its remote, its files and GitHub.</summary>
internal sealed partial class ValidationGathering(ValidationRequest request, Readers readers)
{
    // How many later releases of lower lines a compare link may omit; each takes one git process.
    private const int MostOvertaken = 20;

    public async Task<ValidationFacts> GatherAsync(CancellationToken cancellation)
    {
        var (prefix, branch) = (request.TagPrefix, request.Branch);
        var manifests = request.Manifests.Select(ManifestPlace.Parse).SelectMany(ReadManifest).ToList();
        var release = request.ReleaseOf(manifests.Select(m => m.Found.Version));
        request.Policy.RequireProduct();
        var commit = await readers.Git.RequireCommitOfRunAsync(null, cancellation);
        var remoteTags = await readers.Git.ListRemoteTagsAsync(cancellation);
        var facts = new ValidationFacts(request, release, commit)
        {
            TagCommit = remoteTags.GetValueOrDefault(release.Name),
            Tags = ReleaseTag.Among(remoteTags.Keys, prefix, request.Order),
            MovedFrom = readers.Runner.MovedFrom,
            Manifests = manifests,
            Changelog = ReadChangelog(release),
            Today = request.DayOf(readers.Clock.GetUtcNow()),
        };
        facts = await WithBranchAsync(facts, branch, cancellation);
        if (facts.NeedsTagMessage) facts = facts with { TagMessage = await ReadTagMessageAsync(release.Name, cancellation) };
        return await WithGatesAsync(await WithLinkAsync(facts, remoteTags, cancellation), cancellation);
    }

    private async Task<ValidationFacts> WithBranchAsync(ValidationFacts facts, string branch, CancellationToken cancellation)
    {
        var copy = $"refs/remotes/origin/{branch}";
        // Always fetched: the checkout's own copy of the branch may be old, and a shallow one has no history.
        if (!await readers.Git.FetchAsync([$"+refs/heads/{branch}:{copy}"], cancellation)) return facts;
        return facts with
        {
            IsOnBranch = await readers.Git.IsAncestorAsync(facts.Commit, copy, cancellation),
            BranchTip = request.IsTipOnly ? await readers.Git.FindCommitAsync(copy, cancellation) : null,
        };
    }

    // A lower line may get a hotfix after the link was written. A link that omits a release which is not in the released commit is right.
    private async Task<ValidationFacts> WithLinkAsync(
        ValidationFacts facts, IReadOnlyDictionary<string, string> commits, CancellationToken cancellation)
    {
        if (facts.Changelog is not { Link.From: var from } changelog) return facts;
        var tags = facts.Tags.ToList();
        for (var i = 0; i <= MostOvertaken; i++)
        {
            if (ReleaseTag.Before(facts.Release.Version, tags, request.Order, changelog.Versions) is not { } before) return facts;
            if (before.Name == from) return facts with { Changelog = changelog with { Begin = before } };
            if (await readers.Git.IsAncestorAsync(commits[before.Name], facts.Commit, cancellation)) return facts;
            tags.Remove(before);
        }

        return facts;
    }

    // Fetched, because checkouts are known to put a lightweight tag in place of an annotated one. No ref of the checkout is changed.
    private async Task<IReadOnlyList<string>?> ReadTagMessageAsync(string tag, CancellationToken cancellation)
    {
        if (!await readers.Git.FetchAsync([$"refs/tags/{RefName.Require("tag", tag)}"], cancellation))
            throw ActionException.Remote(
                $"The tag '{tag}' could not be fetched from origin", "Run it again, or check out with `fetch-depth: 0`");
        var result = await readers.Git.TryAsync(["cat-file", "tag", "FETCH_HEAD"], cancellation);
        return result.Succeeded ? MessageOf(result.Output) : null;
    }

    // `git cat-file tag` prints headers, a blank line, the message and perhaps a signature.
    private static IReadOnlyList<string> MessageOf(string tag)
    {
        var at = tag.IndexOf("\n\n", StringComparison.Ordinal);
        var message = at < 0 ? "" : tag[(at + 2)..];
        foreach (var kind in (string[])["PGP", "SSH"])
            message = message.Split($"-----BEGIN {kind} SIGNATURE-----")[0];
        return [.. message.Replace("\r", "", StringComparison.Ordinal).Trim('\n').Split('\n').Select(l => l.TrimEnd())];
    }

    private ChangelogFact? ReadChangelog(ReleaseTag release)
    {
        var needsLink = request.Policy.Changelog.CompareLinks;
        if (!request.NeedsSection && !needsLink) return null;
        var path = request.ChangelogPath.Replace("{version}", release.Version.Text, StringComparison.Ordinal);
        if (readers.Files.ReadText(path) is not { } text) return new ChangelogFact(path, Exists: false, [], null);
        // The headings of a product's own changelog name no product.
        var isPerVersion = path != request.ChangelogPath;
        var changelog = Changelog.Parse(text).Of(request.ProductOfSections);
        var sections = isPerVersion ? changelog.OfFile(release.Version) : changelog.Find(release.Version);
        var link = sections is [var section, ..] && needsLink ? changelog.LinkOf(section) : null;
        return new ChangelogFact(path, Exists: true, sections, link) { Versions = isPerVersion ? null : changelog.Versions };
    }

    private IEnumerable<(string File, ManifestVersion Found)> ReadManifest(ManifestPlace place)
    {
        var found = readers.Files.ReadText(place.File) is { } text
            ? place.Read(text) : [new ManifestVersion(place.Key ?? "*", null, null, "the file does not exist")];
        return found.Select(f => (place.File, f));
    }
}
