using ReleaseActions.Core.Running;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ReleaseActions.Core.Policy;

/// <summary>What a team decides once: <c>.github/release-actions.yml</c>, read by every action. An input overrides it for one run.</summary>
public sealed record ReleasePolicy
{
    private readonly string _file;
    private readonly IReadOnlyDictionary<string, int> _lines;

    private ReleasePolicy(PolicyMap map, string file, IReadOnlyDictionary<string, int> lines)
    {
        Version = map.Map("version", "Which versions may be released, and which files must say the same.", m => new VersionPolicy(m));
        Branches = map.Map("branches", "The branches a release goes through.", m => new BranchPolicy(m));
        Prepare = map.Map("prepare", "How release-prepare cuts a release.", m => new PreparePolicy(m));
        Changelog = map.Map("changelog", "Where the release notes come from.", m => new ChangelogPolicy(m));
        Registry = map.Text("registry", "The registry and the path in it that image names start with. {owner} is the repository's owner in lower case.", "ghcr.io/{owner}");
        Images = map.Maps("images", "The images of a release. All carry the release's version.", m => new ImagePolicy(m));
        Artifacts = map.Map("artifacts", "The files of a release, and what is made about them.", m => new ArtifactPolicy(m));
        Release = map.Map("release", "The GitHub Release.", m => new ReleasePagePolicy(m));
        State = map.Map("state", "A file in which the team keeps where its product stands.", m => new StatePolicy(m));
        Notifications = map.Maps("notifications", "The channels that are told of each release. One that fails is reported and fails nothing.", m => new NotificationPolicy(m));
        Gates = map.Map("gates", "What must hold outside the files before a version may be released.", m => new GatePolicy(m));
        (_file, _lines) = (file, lines);
    }

    /// <summary>Versions, tags and manifests.</summary>
    public VersionPolicy Version { get; }

    /// <summary>Branches.</summary>
    public BranchPolicy Branches { get; }

    /// <summary>How a release is cut.</summary>
    public PreparePolicy Prepare { get; }

    /// <summary>The changelog.</summary>
    public ChangelogPolicy Changelog { get; }

    /// <summary>The registry and path that image names start with; may hold <c>{owner}</c>.</summary>
    public string Registry { get; }

    /// <summary>The images, in the order of the file.</summary>
    public IReadOnlyList<ImagePolicy> Images { get; }

    /// <summary>Files, checksums, SBOM.</summary>
    public ArtifactPolicy Artifacts { get; }

    /// <summary>The GitHub Release.</summary>
    public ReleasePagePolicy Release { get; }

    /// <summary>The team's state file.</summary>
    public StatePolicy State { get; }

    /// <summary>The channels that are told of a release.</summary>
    public IReadOnlyList<NotificationPolicy> Notifications { get; }

    /// <summary>What must hold outside the files.</summary>
    public GatePolicy Gates { get; }

    /// <summary>The keys of the file, for the JSON Schema and the documentation.</summary>
    public static IReadOnlyList<PolicyKey> Keys
    {
        get
        {
            var map = new PolicyMap(null, "", "", [], []);
            _ = new ReleasePolicy(map, "", new Dictionary<string, int>());
            return map.Keys;
        }
    }

    /// <summary>Reads a policy.</summary>
    /// <param name="text">The file's text, or null where there is no file: then everything has its default.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="ActionException">It is not YAML, has an unknown key or a wrong value (exit 2, all problems with their lines).</exception>
    public static ReleasePolicy Read(string? text, string file)
    {
        var problems = new List<Finding>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        var map = new PolicyMap(text is null ? null : Parse(text, file, problems), "", file, problems, lines);
        var policy = new ReleasePolicy(map, file, lines);
        map.Close();
        return problems.Count == 0 ? policy : throw new ActionException(ExitCode.BadInput, problems);
    }

    /// <summary>Where a key such as <c>version.prereleases</c> stands, for a finding about it; neither file nor line where the default decides.</summary>
    public (string? File, int? Line) PlaceOf(string key) => _lines.TryGetValue(key, out var line) ? (_file, line) : (null, null);

    private static YamlMappingNode? Parse(string text, string file, List<Finding> problems)
    {
        try
        {
            var node = BoundedYaml.Load(text);
            if (node is null or YamlScalarNode { Value: null or "" }) return null;
            if (node is YamlMappingNode root) return root;
            problems.Add(new Finding("The policy is not one mapping of keys", "Write keys such as `version:` and `images:` at the left margin", file, 1));
        }
        catch (YamlException e)
        {
            problems.Add(new Finding($"The policy is not YAML: {e.Message}", "Mend the line; an editor with YAML support shows the place", file, (int)e.Start.Line));
        }

        return null;
    }
}
