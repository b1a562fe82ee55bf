using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Rehearse;

/// <summary>The message of the tag that a rehearsal makes, as the team's own people would have to write it. Pure.</summary>
internal static class RehearsalTag
{
    private const string Words = "rehearsal";

    public static string Message(ReleasePolicy policy, string tag)
    {
        if (ReleaseTag.Find(tag, policy.Version.TagPrefix) is not { } release) return $"Release {tag}";
        var line = policy.Version.TagLineOf(release)?.Replace("*", Words, StringComparison.Ordinal) ?? $"Release {tag}";
        if (!policy.Version.IsRecovery(release.Version)) return line;
        var recovery = new RecoveryRequest(IsAsked: true, "1", Words, RecoveryRequest.Phrase(release.Version));
        return $"{line}\n\n{string.Join('\n', recovery.TagLines(release.Version))}";
    }
}
