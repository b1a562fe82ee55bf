using System.Globalization;
using ReleaseActions.Core;
using ReleaseActions.Core.Git;
using ReleaseActions.Core.Manifests;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;
using YamlDotNet.Core;

namespace ReleaseActions.ReleasePublish;

/// <summary>What is done about the team's state file, and why. Pure.</summary>
/// <param name="File">The file as it is on its branch.</param>
/// <param name="Policy">Where its keys are.</param>
/// <param name="Writes">Whether it is written.</param>
/// <param name="Reason">Why, for the plan and the report.</param>
internal sealed record StateUpdate(RemoteFile File, StatePolicy Policy, bool Writes, string Reason)
{
    /// <summary>What forbids it, told before anything is published; null where nothing does.</summary>
    public Finding? Problem { get; private init; }

    /// <summary>Decides. The file speaks of the highest stable release: neither a prerelease nor a patch of an older line changes it, nor does a rerun.</summary>
    /// <param name="file">The file as it is on its branch.</param>
    /// <param name="policy">Where its keys are.</param>
    /// <param name="wish">What was asked for.</param>
    /// <param name="isPublished">Whether the release is public: a person may have published what was asked for as a draft.</param>
    public static StateUpdate For(RemoteFile file, StatePolicy policy, PublishWish wish, bool isPublished)
    {
        StateUpdate Stays(string reason) => new(file, policy, Writes: false, reason);
        if ((wish.Draft && !isPublished) || wish.Prerelease || wish.Order.IsPrerelease(wish.Tag.Version)) return Stays("stays: it speaks of stable releases that are public");
        var update = new StateUpdate(file, policy, Writes: true, $"gets {wish.Tag.Version} and phase {policy.Phase}");
        try
        {
            if (file.Text is null) return update with { Problem = new Finding($"There is no file '{file.Path}' on '{file.Branch}', which `state.file` names", "Add it with the keys phase, version, last_release and last_activity, or take `state` out of the policy", file.Path) };
            var missing = ((string[])["phase", "version", "last_release", "last_activity"]).Select(update.Key).Where(k => YamlTexts.Find(file.Text, k) is null).ToList();
            if (missing.Count > 0) return update with { Problem = new Finding($"'{file.Path}' on '{file.Branch}' has no {string.Join(", no ", missing)}", "Add the keys, empty if you like; `state.path` says in which mapping they are", file.Path) };
            if (SemanticVersion.TryParse(YamlTexts.Find(file.Text, update.Key("version"))!, out var said) && wish.Order.Compare(said, wish.Tag.Version) > 0) return Stays($"stays: {said} is higher");
            if (said == wish.Tag.Version && YamlTexts.Find(file.Text, update.Key("phase")) == policy.Phase) return Stays($"says {said} in phase {policy.Phase}");
            return update.Written(wish.Tag.Version, DateTimeOffset.UnixEpoch) is null
                ? update with { Problem = new Finding($"'{file.Path}' on '{file.Branch}' has a key that cannot be written where it stands", "Write phase, version, last_release and last_activity each on one line, without escapes and aliases", file.Path) }
                : update;
        }
        catch (YamlException e)
        {
            return update with { Problem = new Finding($"'{file.Path}' on '{file.Branch}' is not YAML: {e.Message}", "Mend the line", file.Path, (int)e.Start.Line) };
        }
    }

    /// <summary>The file's new text; null where it cannot be written.</summary>
    public string? Written(SemanticVersion version, DateTimeOffset published)
    {
        var time = published.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return YamlTexts.Write(File.Text!, new Dictionary<string, string> { [Key("phase")] = Policy.Phase, [Key("version")] = version.Text, [Key("last_release")] = time, [Key("last_activity")] = time });
    }

    /// <summary>The update as a line of a list.</summary>
    public string ToMarkdown() => $"{Markdown.Code(File.Path)} on {Markdown.Code(File.Branch)} {Markdown.Text(Reason)}";

    private string Key(string name) => Policy.Path is null ? name : $"{Policy.Path}.{name}";
}
