using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ReleaseActions.Core.Policy;

/// <summary>A team's decisions: <c>.github/release-actions.yml</c>, read by every action. An input overrides it for one run.</summary>
public sealed partial class ReleasePolicy(PolicyMap map)
{
    private string? _text;
    private string _file = "";
    private Dictionary<string, int> _lines = [];
    private bool _dependsOnProduct;
    private ReleasePolicy? _asWritten;

    /// <summary>The product that was filled in; null where none was named, or the repository has one product.</summary>
    public string? Product { get; private init; }

    /// <summary>Versions, tags and manifests.</summary>
    public VersionPolicy Version { get; } = map.Map(
        "version", "Which versions may be released, and which files must contain them.", m => new VersionPolicy(m).Checked(m));

    /// <summary>Branches.</summary>
    public BranchPolicy Branches { get; } = map.Map("branches", "The branches a release goes through.", m => new BranchPolicy(m));

    /// <summary>How a release is prepared.</summary>
    public PreparePolicy Prepare { get; } = map.Map("prepare", "How release-prepare prepares a release.", m => new PreparePolicy(m));

    /// <summary>The changelog.</summary>
    public ChangelogPolicy Changelog { get; } = map.Map(
        "changelog", "Where the release notes come from.", m => new ChangelogPolicy(m));

    /// <summary>The registry and path before each image name; may contain <c>{owner}</c>.</summary>
    public string Registry { get; } = map.Text("registry",
        "The registry and the path in it, before each image name. {owner} is the repository's owner in lower case.", "ghcr.io/{owner}");

    /// <summary>The images, in the order of the file.</summary>
    public IReadOnlyList<ImagePolicy> Images { get; } = map.Maps(
        "images", "The images of a release. All have the release's version.", m => new ImagePolicy(m));

    /// <summary>Files, checksums, SBOM.</summary>
    public ArtifactPolicy Artifacts { get; } = map.Map(
        "artifacts", "The files of a release, and the files made from them.", m => new ArtifactPolicy(m));

    /// <summary>The GitHub Release.</summary>
    public ReleasePagePolicy Release { get; } = map.Map("release", "The GitHub Release.", m => new ReleasePagePolicy(m));

    /// <summary>The team's state file.</summary>
    public StatePolicy State { get; } = map.Map(
        "state", "A file in which the team records the state of its product.", m => new StatePolicy(m).Checked(m));

    /// <summary>The channels that are notified of a release.</summary>
    public IReadOnlyList<NotificationPolicy> Notifications { get; } = map.Maps("notifications",
        "The channels that are notified of each release. A channel that fails is reported and does not fail the release.",
        m => new NotificationPolicy(m));

    /// <summary>What must hold outside the files.</summary>
    public GatePolicy Gates { get; } = map.Map(
        "gates", "What must hold outside the files before a version may be released.", m => new GatePolicy(m));

    /// <summary>The policy of a team that has no file.</summary>
    public static ReleasePolicy Defaults => Read(null, "");

    /// <summary>Reads a policy. Pure.</summary>
    /// <param name="text">The file's text, or null where there is no file: then everything has its default.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="ActionException">It is not YAML, has an unknown key or a wrong value (exit 2, with each line).</exception>
    public static ReleasePolicy Read(string? text, string file) => Read(text, file, null, null);

    /// <summary>The policy for one product, with <c>{product}</c> filled in everywhere.</summary>
    /// <param name="product">The product; null leaves the policy unchanged.</param>
    public ReleasePolicy Of(string? product) => product is null ? this : Read(_text, _file, product, AsWritten);

    /// <summary>The policy with <c>{product}</c> in its texts, for what concerns every product.</summary>
    public ReleasePolicy AsWritten => _asWritten ?? this;

    /// <summary>An input, which may contain <c>{product}</c> as the policy may, about to be used.</summary>
    /// <exception cref="ActionException">It depends on the product, and none was named (exit 2).</exception>
    public string Filled(string text) => ProductName.Require(ProductName.Fill(text, Product));

    /// <summary>The product whose sections count in a changelog; null where the changelog belongs to the product alone.</summary>
    /// <param name="path">The changelog's path from an input; null for the policy's.</param>
    public string? ProductIn(string? path) => ProductName.IsIn(path ?? AsWritten.Changelog.Path) ? null : Product;

    /// <summary>Refuses a product that nothing depends on: whoever names one expects an effect.</summary>
    /// <param name="inputs">What may depend on it, apart from the policy.</param>
    /// <exception cref="ActionException">Nothing does (exit 2).</exception>
    public void RequireUseOfProduct(params IReadOnlyList<string?> inputs)
    {
        if (Product is not null && !_dependsOnProduct && !inputs.OfType<string>().Any(ProductName.IsIn))
            throw ActionException.BadInput(
                $"The product '{Product}' was named, and nothing in the policy depends on it",
                "Write {product} into `version.tag-prefix` and `changelog.path` of the policy, or omit the input");
    }

    /// <summary>Refuses to release where the policy depends on the product anywhere, and none was named.</summary>
    /// <exception cref="ActionException">Otherwise <c>{product}</c> would be published literally (exit 2).</exception>
    public void RequireProduct()
    {
        if (Product is null && _dependsOnProduct) ProductName.Require("{product}");
    }

    /// <summary>The file and line of a key such as <c>version.prereleases</c>, for a finding; nulls where the default applies.</summary>
    public (string? File, int? Line) PlaceOf(string key) => _lines.TryGetValue(key, out var line) ? (_file, line) : (null, null);

    /// <summary>Where this policy guards a release less than another one does.</summary>
    /// <param name="other">The policy of the default branch.</param>
    /// <param name="today">The first day that matters for blackouts.</param>
    public IReadOnlyList<Finding> LoosenedFrom(ReleasePolicy other, DateOnly today) =>
        [.. PolicyGuard.All.Where(g => !g.Keeps(this, other, today)).Select(g => Loosened(g, other))];

    /// <summary>The JSON Schema of the file (draft-07, which editors know), as text with a final newline.</summary>
    public static string Schema()
    {
        var root = new PolicyMap(null, "", "", [], []);
        _ = new ReleasePolicy(root);
        var schema = root.AddSchemaTo(new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "release-actions policy (.github/release-actions.yml)",
        });
        var options = new JsonSerializerOptions { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        return schema.ToJsonString(options) + "\n";
    }

    private Finding Loosened(PolicyGuard guard, ReleasePolicy other)
    {
        var (file, line) = PlaceOf(guard.Key);
        return new Finding(
            $"The policy of this commit loosens '{guard.Key}', which guards a release: here it is '{guard.Show(this)}', and on the default "
            + $"branch '{guard.Show(other)}'",
            "Release a commit whose policy has the value of the default branch, or change it there first", file, line);
    }

    private static ReleasePolicy Read(string? text, string file, string? product, ReleasePolicy? asWritten)
    {
        var problems = new List<Finding>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        var node = text is null ? null : Parse(text, file, problems);
        var scalars = node?.AllNodes.OfType<YamlScalarNode>() ?? [];
        var ofProduct = scalars.Where(t => t.Value is { } value && ProductName.IsIn(value)).ToList();
        foreach (var scalar in ofProduct) scalar.Value = ProductName.Fill(scalar.Value!, product);
        var map = new PolicyMap(node, "", file, problems, lines);
        var policy = new ReleasePolicy(map)
        {
            _text = text, _file = file, _lines = lines, _dependsOnProduct = ofProduct.Count > 0,
            Product = product, _asWritten = asWritten,
        };
        map.Close();
        return problems.Count == 0 ? policy : throw new ActionException(ExitCode.BadInput, problems);
    }

    private static YamlMappingNode? Parse(string text, string file, List<Finding> problems)
    {
        try
        {
            var node = BoundedYaml.Load(text);
            if (node is null or YamlScalarNode { Value: null or "" }) return null;
            if (node is YamlMappingNode root) return root;
            const string Remedy = "Write keys such as `version:` and `images:` at the left margin";
            problems.Add(new Finding("The policy is not one mapping of keys", Remedy, file, 1));
        }
        catch (YamlException e)
        {
            const string Fix = "Fix the line; an editor with YAML support shows the place";
            problems.Add(new Finding($"The policy is not YAML: {e.Message}", Fix, file, (int)e.Start.Line));
        }

        return null;
    }
}
