using System.Globalization;
using ReleaseActions.Core;
using ReleaseActions.Core.Manifests;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;
using YamlDotNet.Core;

namespace ReleaseActions.ReleasePublish;

/// <summary>What is done about the team's state file, and why. Pure.</summary>
/// <param name="File">The file on its branch.</param>
/// <param name="Policy">Where its keys are.</param>
/// <param name="Writes">Whether it is written.</param>
/// <param name="Reason">Why, for the plan and the report.</param>
internal sealed record StateUpdate(StateFile File, StatePolicy Policy, bool Writes, string Reason)
{
    /// <summary>Why a text could not be replaced.</summary>
    public const string Unwritable = "it has a key that cannot be written in place";

    private static readonly IReadOnlyList<string> Keys = ["phase", "version", "last_release", "last_activity"];

    /// <summary>What forbids it, reported before anything is published; null where nothing does.</summary>
    public Finding? Problem { get; private init; }

    /// <summary>Decides. The file names the highest stable release: a prerelease, a patch of an older line or a rerun leaves it.</summary>
    /// <param name="file">The file on its branch.</param>
    /// <param name="plan">What is released; its request has a state file.</param>
    /// <param name="isPublished">Whether the release is public: a person may have published what was requested as a draft.</param>
    public static StateUpdate For(StateFile file, PublishPlan plan, bool isPublished)
    {
        var request = plan.Request;
        var (policy, version) = (request.State!, request.Tag.Version);
        var update = new StateUpdate(file, policy, Writes: true, $"gets {version} and phase {policy.Phase}");
        if ((request.Draft && !isPublished) || plan.IsPrerelease || request.Order.IsPrerelease(version))
            return update.Stays("stays: it names stable releases that are public");
        try
        {
            return file.Text is { } text ? update.Decide(text, version, request.Order) : update with
            {
                Problem = new Finding(
                    $"There is no file '{file.Path}' on '{file.Branch}', which `state.file` names",
                    "Add it with the keys phase, version, last_release and last_activity, or remove `state` from the policy",
                    file.Path),
            };
        }
        catch (YamlException e)
        {
            var problem = $"'{file.Path}' on '{file.Branch}' is not YAML: {e.Message}";
            return update with { Problem = new Finding(problem, "Fix the line", file.Path, (int)e.Start.Line) };
        }
    }

    /// <summary>The file's new text; null where it cannot be written.</summary>
    /// <exception cref="YamlException">It is not YAML.</exception>
    public string? Written(ReleaseVersion version, DateTimeOffset published)
    {
        var time = published.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return Replace(File.Text!, new Dictionary<string, string>
        {
            [Key("phase")] = Policy.Phase,
            [Key("version")] = version.Text,
            [Key("last_release")] = time,
            [Key("last_activity")] = time,
        });
    }

    /// <summary>A YAML document with other texts at some keys; every other byte stays.</summary>
    /// <param name="yaml">The document.</param>
    /// <param name="texts">Dotted keys that are there, and plain words for them: letters, digits and <c>. : + _ -</c>.</param>
    /// <returns>
    /// Null where a text cannot be replaced in place: on several lines, with escapes, with an anchor, or with an alias to elsewhere.
    /// </returns>
    /// <exception cref="YamlException">It is not YAML.</exception>
    public static string? Replace(string yaml, IReadOnlyDictionary<string, string> texts)
    {
        var keys = YamlKeys.Read(yaml);
        if (texts.Keys.Any(key => !keys.TryGetValue(key, out var text) || !KeyedEdits.StandsThere(yaml, text))) return null;
        var (written, spoilt) = KeyedEdits.Write(yaml, keys, texts, YamlKeys.Read);
        return spoilt is null ? written : null;
    }

    /// <summary>The update as a line of a list.</summary>
    public string ToMarkdown() => $"{Markdown.Code(File.Path)} on {Markdown.Code(File.Branch)} {Markdown.Text(Reason)}";

    private StateUpdate Decide(string text, ReleaseVersion version, VersionOrder order)
    {
        var keys = YamlKeys.Read(text);
        string? Says(string name) => keys.TryGetValue(Key(name), out var there) ? (there.IsNothing ? "" : there.Text) : null;
        var missing = Keys.Where(k => Says(k) is null).Select(Key).ToList();
        if (missing.Count > 0)
        {
            return With(
                $"has no {string.Join(", no ", missing)}",
                "Add the keys, empty if you like; `state.path` names the mapping that holds them");
        }

        var said = order.Scheme.Find(Says("version")!);
        if (said is not null && order.Compare(said, version) > 0) return Stays($"stays: {said} is higher");
        if (said == version && Says("phase") == Policy.Phase) return Stays($"says {said} in phase {Policy.Phase}");
        return Written(version, DateTimeOffset.UnixEpoch) is not null ? this : With(
            "has a key that cannot be written in place",
            "Write phase, version, last_release and last_activity each on one line, without escapes and aliases");
    }

    private StateUpdate Stays(string reason) => this with { Writes = false, Reason = reason };

    private StateUpdate With(string problem, string remedy) =>
        this with { Problem = new Finding($"'{File.Path}' on '{File.Branch}' {problem}", remedy, File.Path) };

    private string Key(string name) => Policy.Path is null ? name : $"{Policy.Path}.{name}";
}
