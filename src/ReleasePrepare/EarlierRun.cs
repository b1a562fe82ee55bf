using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Edges;
using ReleaseActions.Core.Running;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePrepare;

/// <summary>What origin has under the name that this run would give its branch. A name proves nothing: its last commit says whether an earlier run made it. Pure.</summary>
/// <param name="Branch">The branch.</param>
/// <param name="Tip">Its last commit, 40 hex digits.</param>
/// <param name="Last">The same commit, read; null where it cannot be.</param>
/// <param name="Changed">The files in which it differs from the commit that this run would begin at.</param>
/// <param name="Files">The version's files as it has them.</param>
internal sealed record EarlierRun(string Branch, string Tip, Commit? Last, IReadOnlyList<string> Changed, IReadOnlyDictionary<string, SourceFile> Files)
{
    /// <summary>Why the branch cannot be taken for an earlier run's; null where it is one commit of ours, or begins where this run would and has nothing on top.</summary>
    /// <param name="facts">What else is known.</param>
    /// <param name="release">The release that is cut.</param>
    /// <param name="parents">The commits that the run's own commit would come after; the first is where it begins.</param>
    /// <param name="message">The message that the run's own commit would have.</param>
    public Finding? Doubt(PrepareFacts facts, ReleaseTag release, IReadOnlyList<string> parents, string message)
    {
        if (Tip == facts.Base) return null;
        if (Last is null || !Last.Parents.SequenceEqual(parents)) return Unlike(parents[0], "its last commit does not come right after that one");
        if ((Last.Subject, Last.Body.Trim()) != Parts(message)) return Unlike(parents[0], $"its last commit says '{Last.Subject}'");
        if (Changed.Except(facts.Settings.MetadataFilesOf(release)).FirstOrDefault() is { } other) return Unlike(parents[0], $"it changes '{other}' too");
        return PromotionFlow.Unfinished(facts with { Files = Files }, release, Branch).Any() ? Unlike(parents[0], $"its files do not say {release.Version}") : null;
    }

    /// <summary>The error, with both commits.</summary>
    public Finding Unlike(string begin, string why) => new(
        $"The branch '{Branch}' is on origin already, at {Tip[..12]}, and is not what this run would make of {begin[..12]}: {why}",
        $"Look at what it holds; where nobody needs it, git push origin --delete {Branch}, and run this again");

    // As git shows them: the lines of the first paragraph in one.
    private static (string Subject, string Body) Parts(string message)
    {
        var parts = message.Trim().Split("\n\n", 2);
        return (string.Join(' ', parts[0].Split('\n')), parts.Length == 2 ? parts[1].Trim() : "");
    }
}
