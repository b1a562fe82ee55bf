using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ReleaseActions.Core.Policy;

/// <summary>What a team decides once: <c>.github/release-actions.yml</c>, read by every action. An input overrides it for one run.</summary>
public sealed record ReleasePolicy
{
    private readonly string _file;
    private readonly string? _text;
    private bool _speaksOfProducts;
    private string? _changelogAsWritten;
    private readonly IReadOnlyDictionary<string, int> _lines;

    private ReleasePolicy(PolicyMap map, string? text, string file, IReadOnlyDictionary<string, int> lines)
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
        (_text, _file, _lines) = (text, file, lines);
    }

    /// <summary>The product that the policy was filled in for; null where none was named, or the repository is one product.</summary>
    public string? Product { get; private init; }

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
            _ = new ReleasePolicy(map, null, "", new Dictionary<string, int>());
            return map.Keys;
        }
    }

    /// <summary>The policy of a team that has no file.</summary>
    public static ReleasePolicy Defaults => Read(null, "");

    /// <summary>Reads a policy.</summary>
    /// <param name="text">The file's text, or null where there is no file: then everything has its default.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="ActionException">It is not YAML, has an unknown key or a wrong value (exit 2, all problems with their lines).</exception>
    public static ReleasePolicy Read(string? text, string file) => Read(text, file, null);

    /// <summary>The policy as it is for one product: <c>{product}</c> is filled in wherever it stands.</summary>
    /// <param name="product">The product; null leaves the policy as it is.</param>
    public ReleasePolicy Of(string? product) => product is null ? this
        : Read(_text, _file, product) with { Product = product, _speaksOfProducts = _speaksOfProducts, _changelogAsWritten = Changelog.Path };

    /// <summary>A text of an input, which may say <c>{product}</c> as the policy may, about to be used.</summary>
    /// <exception cref="ActionException">It depends on the product, and nobody named one (exit 2).</exception>
    public string Filled(string text) => ProductName.Require(ProductName.Fill(text, Product));

    /// <summary>The product whose sections count in a changelog; null where the changelog is the product's own, whatever its headings say.</summary>
    /// <param name="path">The changelog's path as an input gives it; null where the policy's counts.</param>
    public string? ProductIn(string? path) => ProductName.IsIn(path ?? _changelogAsWritten ?? "") ? null : Product;

    /// <summary>Refuses a product that nothing depends on: who names one expects that something does.</summary>
    /// <param name="inputs">What may depend on it beside the policy.</param>
    /// <exception cref="ActionException">Nothing does (exit 2).</exception>
    public void RequireUseOfProduct(params IReadOnlyList<string?> inputs)
    {
        if (Product is not null && !_speaksOfProducts && !inputs.OfType<string>().Any(ProductName.IsIn))
            throw ActionException.BadInput($"The product '{Product}' was named, and nothing in the policy depends on it", "Write {product} into `version.tag-prefix` and `changelog.path` of the policy, or leave the input away");
    }

    /// <summary>Refuses to release where the policy speaks of products, wherever it does, and nobody named one: <c>{product}</c> would be published as it is written.</summary>
    /// <exception cref="ActionException">That is so (exit 2).</exception>
    public void RequireProduct()
    {
        if (Product is null && _speaksOfProducts) ProductName.Require("{product}");
    }

    private static ReleasePolicy Read(string? text, string file, string? product)
    {
        var problems = new List<Finding>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        var node = text is null ? null : Parse(text, file, problems);
        var ofProducts = node?.AllNodes.OfType<YamlScalarNode>().Where(t => t.Value is { } value && ProductName.IsIn(value)).ToList() ?? [];
        foreach (var scalar in ofProducts) scalar.Value = ProductName.Fill(scalar.Value!, product);
        var map = new PolicyMap(node, "", file, problems, lines);
        var policy = new ReleasePolicy(map, text, file, lines) { _speaksOfProducts = ofProducts.Count > 0 };
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
