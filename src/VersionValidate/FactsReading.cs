using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Manifests;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.VersionValidate;

/// <summary>The first beat: what the repository, its remote, its files and GitHub say.</summary>
internal sealed class FactsReading(VersionValidateInputs inputs, World world)
{
    private const string EmergencyLine = "emergency-reason:";

    // How many releases of lower lines a link may leave out; each is a process of git.
    private const int MostOvertaken = 20;

    public async Task<ValidationFacts> ReadAsync(CancellationToken cancellation)
    {
        var terms = ReleaseTerms.Of(inputs, world.Policy, world.Runner);
        var manifests = ReadManifests(terms.Manifests);
        var given = ReleaseTag.FindOfRun(inputs.Version, world.Runner, terms.TagPrefix);
        var release = given ?? Foreseen(terms, manifests) ?? ReleaseTag.OfRun(inputs.Version, world.Runner, terms.TagPrefix);
        terms.Policy.RequireProduct();
        var commit = await world.Git.RequireCommitOfRunAsync(null, cancellation);
        var remoteTags = await world.Git.ListRemoteTagsAsync(cancellation);
        var tagCommit = remoteTags.GetValueOrDefault(release.Name);
        var facts = new ValidationFacts(terms, release, commit)
        {
            IsAhead = inputs.DryRun && (given is null || tagCommit is null),
            IsByTag = inputs.Version is null && world.Runner.Tag is not null,
            TagCommit = tagCommit,
            Tags = ReleaseTag.Among(remoteTags.Keys, terms.TagPrefix, terms.Order),
            MovedFrom = world.Runner.MovedFrom,
            Manifests = manifests,
            Changelog = ReadChangelog(terms, release),
            Recovery = new RecoveryRequest(inputs.RecoveryRelease, inputs.RecoveryIssue, inputs.RecoveryReason, inputs.RecoveryConfirmation),
            Today = Calendar.DayOf(world.Clock.GetUtcNow(), terms.Policy),
        };
        facts = await WithTagAsync(await WithBranchAsync(facts, cancellation), cancellation);
        facts = await WithLinkAsync(facts, remoteTags, cancellation);
        return await new GateReading(inputs, world).ReadAsync(facts, cancellation);
    }

    // In a dry run only: a release is what somebody tagged or typed, never what somebody guessed.
    private ReleaseTag? Foreseen(ReleaseTerms terms, IReadOnlyList<ManifestFact> manifests)
    {
        if (!inputs.DryRun) return null;
        var version = ProductName.OfBranch(world.Runner, terms.ReleaseBranch)?.Version
            ?? manifests.Select(m => SemanticVersion.TryParse(m.Version ?? "", out var said) ? said : null).FirstOrDefault(v => v is not null);
        return version is null ? null : ReleaseTag.FindOfRun(version.Text, world.Runner, terms.TagPrefix);
    }

    private async Task<ValidationFacts> WithBranchAsync(ValidationFacts facts, CancellationToken cancellation)
    {
        var branch = facts.Terms.Branch;
        var place = $"refs/remotes/origin/{branch}";
        // Fetched always: a checkout's own copy of the branch may be old, and a shallow one has no history to look in.
        if (!await world.Git.FetchAsync([$"+refs/heads/{branch}:{place}"], cancellation)) return facts;
        return facts with
        {
            BranchHolds = await world.Git.IsAncestorAsync(facts.Commit, place, cancellation),
            BranchTip = facts.Terms.IsTipOnly ? await world.Git.FindCommitAsync(place, cancellation) : null,
        };
    }

    // A lower line may get a hotfix after the link was written. What the released commit does not hold may have come later, and a link that leaves it out was right.
    private async Task<ValidationFacts> WithLinkAsync(ValidationFacts facts, IReadOnlyDictionary<string, string> commits, CancellationToken cancellation)
    {
        if (facts.Changelog is not { Link.From: var from } changelog) return facts;
        var tags = facts.Tags.ToList();
        for (var i = 0; i <= MostOvertaken && ReleaseTag.Before(facts.Release.Version, tags, facts.Terms.Order, changelog.Told) is { } before; i++)
        {
            if (before.Name == from) return facts with { Changelog = changelog with { Begin = before } };
            if (await world.Git.IsAncestorAsync(commits[before.Name], facts.Commit, cancellation)) return facts;
            tags.Remove(before);
        }

        return facts;
    }

    private async Task<ValidationFacts> WithTagAsync(ValidationFacts facts, CancellationToken cancellation)
    {
        var isBlackout = GateRules.Blackout(facts.Terms.Policy.Gates, facts.Today) is not null;
        var isAsked = facts.TagCommit is not null && (facts.Terms.NeedsAnnotatedTag || facts.Terms.Policy.Version.TagMessage is not null || (facts.IsByTag && (facts.IsRecovery || isBlackout)));
        var tag = isAsked ? await world.Git.FindRemoteTagObjectAsync(facts.Release.Name, cancellation) : null;
        var reason = facts.IsByTag ? tag?.Lines.FirstOrDefault(l => l.StartsWith(EmergencyLine, StringComparison.Ordinal))?[EmergencyLine.Length..].Trim() : null;
        return facts with { TagObject = tag, EmergencyReason = inputs.EmergencyReason ?? (string.IsNullOrEmpty(reason) ? null : reason) };
    }

    private ChangelogFact? ReadChangelog(ReleaseTerms terms, ReleaseTag release)
    {
        if (!terms.NeedsSection && !terms.Policy.Changelog.CompareLinks) return null;
        var path = terms.ChangelogPath.Replace("{version}", release.Version.Text, StringComparison.Ordinal);
        if (world.Workspace.ReadText(path) is not { } text) return new ChangelogFact(path, IsThere: false, [], null);
        // A changelog of the product's own names no product in its headings.
        var isPerVersion = path != terms.ChangelogPath;
        var changelog = Changelog.Parse(text).Of(terms.ProductOfSections);
        var sections = isPerVersion ? changelog.OfFile(release.Version) : changelog.Find(release.Version);
        var link = sections is [var section, ..] && terms.Policy.Changelog.CompareLinks ? changelog.LinkOf(section) : null;
        return new ChangelogFact(path, IsThere: true, sections, link) { Told = isPerVersion ? null : changelog.Versions };
    }

    private IReadOnlyList<ManifestFact> ReadManifests(IReadOnlyList<string> places) => [.. places.Select(ManifestPlace.Parse).SelectMany(ReadManifest)];

    private IEnumerable<ManifestFact> ReadManifest(ManifestPlace place)
    {
        if (world.Workspace.ReadText(place.File) is not { } text) return [new ManifestFact(place.ToString(), place.File, null, null, "the file is not there")];
        return place.Read(text).Select(v => new ManifestFact(v.Key == "*" ? place.File : $"{place.File}#{v.Key}", place.File, v.Line, v.Version, v.Problem) { Remedy = v.Remedy });
    }
}
