using ReleaseActions.Core;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePrepare;

/// <summary>One commit on the branch, its annotated tag, and one push of both. Pure.</summary>
internal static class TagFlow
{
    public static PreparePlan Plan(PrepareFacts facts)
    {
        var choice = VersionChoice.For(facts);
        var release = ReleaseTag.Of(choice.Version, facts.Settings.TagPrefix);
        var (files, tag) = (NewFiles.For(facts, release), new PlannedTag(release.Name, TagMessage(facts, release)));
        return new PreparePlan
        {
            Settings = facts.Settings, Release = release, Choice = choice, ChangelogSource = files.ChangelogSource, MovesCheckout = true,
            Commit = new PlannedCommit(facts.Base, [facts.Base], files.Changes, release.Fill(facts.Settings.Policy.Prepare.CommitMessage)),
            Branches = [new PlannedBranch(facts.Settings.From, facts.Branches.GetValueOrDefault(facts.Settings.From, ""))],
            Tag = tag,
            Broken = [.. Guards.Broken(
                Guards.Clean(facts), Guards.OnBranch(facts), Guards.UpToDate(facts), Guards.NotByTag(facts), Guards.NotTagged(facts, release), Guards.HigherThanItsLine(facts, release), Guards.Legal(facts, release), Guards.AfterManifests(facts, choice.Version), Guards.TagFits(facts, release, tag), files.Unlinked(facts, release)), .. Guards.Recovery(facts, choice.Version)],
            Along = facts.Ahead,
        };
    }

    /// <summary>The tag's message, by the policy.</summary>
    /// <exception cref="ActionException">The policy wants a description and none was given (exit 2).</exception>
    public static string TagMessage(PrepareFacts facts, ReleaseTag release) =>
        facts.Settings.Policy.Version.IsRecovery(release.Version) ? $"{Worded(facts, release)}\n\n{string.Join('\n', facts.Request.Recovery.TagLines(release.Version))}" : Worded(facts, release);

    private static string Worded(PrepareFacts facts, ReleaseTag release)
    {
        var template = facts.Settings.Policy.Prepare.TagMessage;
        if (!template.Contains("{description}", StringComparison.Ordinal)) return release.Fill(template);
        var description = facts.Request.Description ?? throw ActionException.BadInput($"The policy's tag message '{PlainText.Inert(template)}' wants a description", "Give the input `description`: what the release brings, in a few words");
        return release.Fill(template).Replace("{description}", description, StringComparison.Ordinal);
    }
}
